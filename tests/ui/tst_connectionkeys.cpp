// SPDX-License-Identifier: GPL-3.0-or-later
#include <QApplication>
#include <QClipboard>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabBar>
#include <QTabWidget>
#include <QTest>
#include <QWhatsThis>

#include "app/wording/wording.h"
#include "tests/ui/support/connecting.h"
#include "tests/ui/support/person.h"
#include "ui/connections/connectiondialog.h"
#include "ui/connections/problemlinks.h"
#include "ui/connections/textfield.h"
#include "ui/jobs/engine.h"
#include "ui/widgets/accentbutton.h"

using namespace Qt::StringLiterals;
using namespace tidemark;
using namespace tidemark::connecting;

// The connection dialog by keyboard alone.
class TestConnectionKeys : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { m_place = std::make_unique<Place>(); }
    void problemsLeadToTheirField();
    void problemsTakeTheMouse();
    void tabWalksInOrder_data();
    void tabWalksInOrder();
    void everyControlExplainsItself();
    void mnemonicsAreTheirOwn_data();
    void mnemonicsAreTheirOwn();
    void mnemonicsLeadToTheirFields();
    void aConnectionIsMadeByKeyboardAlone();
    void untouchedClosesAtOnce();
    void closingAsksForWhatIsNotSaved();
    void returnSavesAndAUrlDoesNot();
    void returnPressesTheButtonThatHasTheFocus();
    void thePasswordIsShownByKey();

private:
    static QStringList texts(const QWidget &dialog); // with their mnemonics
    std::unique_ptr<Place> m_place;
};

QStringList TestConnectionKeys::texts(const QWidget &dialog)
{
    QStringList all;
    for (const QLabel *label : dialog.findChildren<QLabel *>()) {
        if (label->isVisibleTo(&dialog) && label->buddy())
            all << label->text();
    }
    for (const QAbstractButton *button : dialog.findChildren<QAbstractButton *>()) {
        if (button->isVisibleTo(&dialog))
            all << button->text();
    }
    return all;
}

void TestConnectionKeys::problemsLeadToTheirField()
{
    const auto dialog = m_place->open(full());
    QVERIFY(QTest::qWaitForWindowActive(dialog.get())); // else no focus is painted
    QVERIFY(person::type(*dialog, u"host"_s, u"a b"_s));
    QVERIFY(person::type(*dialog, u"timeout"_s, u"soon"_s));
    QVERIFY(openTab(*dialog, 2));
    QVERIFY(person::type(*dialog, u"sshPort"_s, u"0"_s));
    QVERIFY(openTab(*dialog, 1));
    QCOMPARE(problems(*dialog), (QStringList{u"Host"_s, u"Time-out"_s, u"SSH port"_s}));
    const std::tuple<int, QString, int> ways[]{{1, u"host"_s, 0}, {2, u"timeout"_s, 0}, {3, u"sshPort"_s, 2}};
    for (const auto &[steps, field, tab] : ways) {
        QVERIFY(openTab(*dialog, 1));
        QWidget *grants = dialog->findChild<QPushButton *>(u"grants"_s);
        grants->setFocus(Qt::TabFocusReason);
        for (int step = 0; step < steps; ++step)
            QTest::keyClick(dialog->focusWidget(), Qt::Key_Tab);
        auto *link = qobject_cast<LinkButton *>(dialog->focusWidget());
        QVERIFY(link);
        QVERIFY(!link->accessibleDescription().isEmpty());
        // The focus is seen.
        const QImage with = link->grab().toImage();
        grants->setFocus(Qt::TabFocusReason);
        QVERIFY(with != link->grab().toImage());
        link->setFocus(Qt::TabFocusReason);
        QTest::keyClick(link, steps == 2 ? Qt::Key_Space : Qt::Key_Return);
        QCOMPARE(dialog->findChild<QTabWidget *>()->currentIndex(), tab);
        QCOMPARE(dialog->focusWidget(), edit(*dialog, field));
        QVERIFY(dialog->isVisible()); // Return saved nothing
    }
}

void TestConnectionKeys::problemsTakeTheMouse()
{
    const auto dialog = m_place->open(full());
    QVERIFY(person::type(*dialog, u"user"_s, u"x"_s));
    edit(*dialog, u"database"_s)->clear();
    edit(*dialog, u"host"_s)->clear();
    QVERIFY(openTab(*dialog, 2));
    QVERIFY(person::click(*dialog, u"Database"_s));
    QCOMPARE(dialog->focusWidget(), edit(*dialog, u"database"_s));
}

void TestConnectionKeys::tabWalksInOrder_data()
{
    QTest::addColumn<int>("tab");
    QTest::addColumn<QStringList>("fields");
    const QStringList end{u"test"_s, u"grants"_s, u"cancel"_s, u"save"_s};
    QTest::newRow("general") << 0
                             << QStringList{u"url"_s,          u"name"_s,     u"driver"_s,  u"host"_s,
                                            u"port"_s,         u"database"_s, u"schema"_s,  u"user"_s,
                                            u"passwordKind"_s, u"variable"_s, u"timeout"_s, u"readOnly"_s,
                                            u"production"_s}
            + end;
    QTest::newRow("encryption")
        << 1
        << QStringList{u"url"_s, u"tlsMode"_s,        u"ca"_s, u"certificate"_s, u"certificateKey"_s,
                       u"pin"_s, u"viewCertificate"_s}
            + end;
    QTest::newRow("SSH") << 2
                         << QStringList{u"url"_s,     u"ssh"_s,    u"sshHost"_s,       u"sshPort"_s,
                                        u"sshUser"_s, u"sshKey"_s, u"copySshCommand"_s}
            + end;
}

void TestConnectionKeys::tabWalksInOrder()
{
    QFETCH(int, tab);
    QFETCH(QStringList, fields);
    const auto dialog = m_place->open(full());
    QVERIFY(openTab(*dialog, tab));
    edit(*dialog, u"url"_s)->setFocus();
    QStringList walked;
    for (int step = 0; step < 60; ++step) {
        QWidget *at = dialog->focusWidget();
        if (step > 0 && at == edit(*dialog, u"url"_s))
            break;
        QVERIFY(at->isVisibleTo(dialog.get()));
        if (fields.contains(at->objectName()))
            walked << at->objectName();
        QTest::keyClick(at, Qt::Key_Tab);
    }
    QCOMPARE(dialog->focusWidget(), edit(*dialog, u"url"_s)); // round
    QCOMPARE(walked, fields);
}

void TestConnectionKeys::everyControlExplainsItself()
{
    const auto dialog = m_place->open(full());
    for (int tab = 0; tab < 3; ++tab) {
        QVERIFY(openTab(*dialog, tab));
        for (QWidget *widget : dialog->findChildren<QWidget *>()) {
            const bool isControl = qobject_cast<QAbstractButton *>(widget) || qobject_cast<QLineEdit *>(widget)
                || qobject_cast<QComboBox *>(widget);
            if (isControl && widget->isVisibleTo(dialog.get()) && (widget->focusPolicy() & Qt::TabFocus))
                QVERIFY2(!widget->whatsThis().isEmpty(),
                         qPrintable(widget->objectName() + u' ' + widget->accessibleName()));
        }
    }
    // Shift+F1 shows it.
    QVERIFY(openTab(*dialog, 0));
    edit(*dialog, u"host"_s)->setFocus();
    QTest::keyClick(edit(*dialog, u"host"_s), Qt::Key_F1, Qt::ShiftModifier);
    const auto shown = [] {
        const QWidgetList all = QApplication::topLevelWidgets();
        return std::any_of(all.cbegin(), all.cend(), [](const QWidget *widget) {
            return widget->isVisible() && QByteArray(widget->metaObject()->className()) == "QWhatsThat";
        });
    };
    QTRY_VERIFY(shown());
    QWhatsThis::hideText();
    QTRY_VERIFY(!shown());
}

void TestConnectionKeys::mnemonicsAreTheirOwn_data()
{
    QTest::addColumn<QString>("language");
    QTest::newRow("en") << u"en"_s;
    QTest::newRow("zh") << u"zh_CN"_s;
}

void TestConnectionKeys::mnemonicsAreTheirOwn()
{
    QFETCH(QString, language);
    wording::useLanguage(language);
    ConnectionSettings settings = full();
    settings.password = {PasswordSource::Kind::File, u"/run/secret"_s};
    const auto dialog = m_place->open(settings);
    for (int tab = 0; tab < 3; ++tab) {
        QVERIFY(openTab(*dialog, tab));
        QMap<QString, QString> owners;
        for (const QString &text : texts(*dialog)) {
            const QKeySequence key = QKeySequence::mnemonic(text);
            if (key.isEmpty())
                continue;
            QVERIFY2(!owners.contains(key.toString()), qPrintable(owners.value(key.toString()) + u" / "_s + text));
            owners.insert(key.toString(), text);
        }
        QVERIFY(owners.size() > 3);
    }
    wording::useLanguage(u"en"_s);
}

void TestConnectionKeys::mnemonicsLeadToTheirFields()
{
    const auto dialog = m_place->open(full());
    QVERIFY(QTest::qWaitForWindowActive(dialog.get()));
    dialog->resize(dialog->minimumSize()); // what is out of sight is scrolled to
    int led = 0;
    for (int tab = 0; tab < 3; ++tab) {
        QVERIFY(openTab(*dialog, tab));
        QMap<QString, QPointer<QWidget>> ways;
        for (const QLabel *label : dialog->findChildren<QLabel *>()) {
            if (label->buddy() && label->isVisibleTo(dialog.get()))
                ways.insert(label->text(), label->buddy());
        }
        for (auto way = ways.cbegin(); way != ways.cend(); ++way) {
            const QKeySequence key = QKeySequence::mnemonic(way.key());
            if (key.isEmpty())
                continue;
            QTest::keySequence(dialog.get(), key);
            const QWidget *now = dialog->focusWidget();
            QVERIFY2(now == way.value() || now == way.value()->focusProxy(), qPrintable(way.key()));
            QTRY_VERIFY2(!now->visibleRegion().isEmpty(), qPrintable(way.key()));
            ++led;
        }
    }
    QVERIFY(led >= 15);
}

void TestConnectionKeys::aConnectionIsMadeByKeyboardAlone()
{
    const auto dialog = m_place->open();
    dialog->saveHere(true);
    QVERIFY(QTest::qWaitForWindowActive(dialog.get()));
    const auto key = [&](Qt::Key key, Qt::KeyboardModifiers modifiers = {}) {
        QTest::keyClick(dialog->focusWidget(), key, modifiers);
    };
    const auto words = [&](const QString &text) { QTest::keyClicks(dialog->focusWidget(), text); };
    QTRY_COMPARE(dialog->focusWidget(), edit(*dialog, u"url"_s));
    key(Qt::Key_Tab);
    QTRY_COMPARE(dialog->focusWidget(), edit(*dialog, u"name"_s));
    words(u"by key"_s);
    key(Qt::Key_Tab);
    key(Qt::Key_Down); // PostgreSQL
    key(Qt::Key_Tab);
    QCOMPARE(dialog->focusWidget(), edit(*dialog, u"host"_s));
    words(u"db.example"_s);
    key(Qt::Key_Tab);
    words(u"5433"_s);
    key(Qt::Key_Tab);
    words(u"shop"_s);
    key(Qt::Key_Tab);
    words(u"sales"_s);
    key(Qt::Key_Tab);
    words(u"app"_s);
    key(Qt::Key_Tab);
    words(u"None"_s); // no password
    key(Qt::Key_K, Qt::AltModifier);
    QTRY_VERIFY(dialog->findChild<QCheckBox *>(u"production"_s)->isChecked());
    key(Qt::Key_R, Qt::AltModifier);
    QTRY_VERIFY(dialog->findChild<QCheckBox *>(u"readOnly"_s)->isChecked());
    key(Qt::Key_Tab, Qt::ControlModifier); // the next tab
    QCOMPARE(dialog->findChild<QTabWidget *>()->currentIndex(), 1);
    key(Qt::Key_E, Qt::AltModifier);
    words(u"Required"_s);
    key(Qt::Key_Tab, Qt::ControlModifier);
    QCOMPARE(dialog->findChild<QTabWidget *>()->currentIndex(), 2);
    key(Qt::Key_A, Qt::AltModifier);
    QTRY_VERIFY(dialog->findChild<QCheckBox *>(u"ssh"_s)->isChecked());
    key(Qt::Key_H, Qt::AltModifier);
    QCOMPARE(dialog->focusWidget(), edit(*dialog, u"sshHost"_s));
    words(u"bastion"_s);
    QSignalSpy accepted(dialog.get(), &QDialog::accepted);
    key(Qt::Key_Return);
    QTRY_COMPARE(accepted.count(), 1);
    ConnectionSettings expected;
    expected.name = u"by key"_s;
    expected.driver = Driver::Postgres;
    expected.host = u"db.example"_s;
    expected.port = 5433;
    expected.database = u"shop"_s;
    expected.schema = u"sales"_s;
    expected.user = u"app"_s;
    expected.production = true;
    expected.readOnly = true;
    expected.tls.mode = TlsMode::Require;
    expected.ssh = SshSettings{u"bastion"_s, 22, {}, {}};
    QCOMPARE(m_place->desk()->workspace().connection(u"by key"_s).value(), expected);
}

void TestConnectionKeys::untouchedClosesAtOnce()
{
    for (const ConnectionSettings &settings : {full(), ConnectionSettings()}) {
        const auto dialog = m_place->open(settings);
        auto *kind = dialog->findChild<QComboBox *>(u"passwordKind"_s);
        if (settings.name.isEmpty()) // the keychain has been found
            QTRY_COMPARE(kind->currentText(), u"Stored in the keychain"_s);
        QTest::keyClick(dialog->focusWidget() ? dialog->focusWidget() : dialog.get(), Qt::Key_Escape);
        QVERIFY(!dialog->isVisible());
    }
    // A password that was typed for a test alone is nothing to be saved.
    ConnectionSettings asked = full();
    asked.password = {PasswordSource::Kind::Ask, {}};
    const auto dialog = m_place->open(asked);
    QVERIFY(person::type(*dialog, u"secret"_s, u"x"_s));
    QTest::keyClick(edit(*dialog, u"secret"_s), Qt::Key_Escape);
    QVERIFY(!dialog->isVisible());
}

void TestConnectionKeys::closingAsksForWhatIsNotSaved()
{
    const auto dialog = m_place->open(full());
    QVERIFY(person::type(*dialog, u"user"_s, u"typed"_s));
    QTest::keyClick(edit(*dialog, u"user"_s), Qt::Key_Escape);
    WAIT_WINDOW(box, u"unsavedBox"_s);
    QTest::keyClick(box, Qt::Key_Escape);
    QTRY_VERIFY(!person::window(u"unsavedBox"_s));
    QVERIFY(dialog->isVisible());
    QCOMPARE(edit(*dialog, u"user"_s)->text(), u"typed"_s);
    dialog->close(); // by the window's own button
    WAIT_WINDOW(again, u"unsavedBox"_s);
    QVERIFY(dialog->isVisible());
    QSignalSpy accepted(dialog.get(), &QDialog::accepted);
    QTest::keyClick(again, Qt::Key_Return); // saves
    QTRY_COMPARE(accepted.count(), 1);

    const auto wrong = m_place->open(full());
    QVERIFY(person::type(*wrong, u"host"_s, u"a b"_s));
    QVERIFY(person::click(*wrong, u"Cancel"_s));
    WAIT_WINDOW(last, u"unsavedBox"_s);
    QVERIFY(!person::button(*last, u"Save"_s)); // it cannot be
    QSignalSpy rejected(wrong.get(), &QDialog::rejected);
    QVERIFY(person::click(*last, u"Discard"_s));
    QCOMPARE(rejected.count(), 1);
}

void TestConnectionKeys::returnSavesAndAUrlDoesNot()
{
    const auto dialog = m_place->open(full());
    QSignalSpy accepted(dialog.get(), &QDialog::accepted);
    edit(*dialog, u"url"_s)->setFocus();
    QTest::keyClicks(edit(*dialog, u"url"_s), u"postgres://app@db.example/books"_s);
    QTest::keyClick(edit(*dialog, u"url"_s), Qt::Key_Return);
    QCOMPARE(accepted.count(), 0);
    QCOMPARE(edit(*dialog, u"database"_s)->text(), u"books"_s);
    QTest::keyClick(edit(*dialog, u"database"_s), Qt::Key_Return);
    QTRY_COMPARE(accepted.count(), 1);
}

void TestConnectionKeys::returnPressesTheButtonThatHasTheFocus()
{
    const auto dialog = m_place->open(full());
    QVERIFY(QTest::qWaitForWindowActive(dialog.get()));
    QSignalSpy accepted(dialog.get(), &QDialog::accepted);
    QSignalSpy rejected(dialog.get(), &QDialog::rejected);
    const auto press = [&](const QString &name) {
        dialog->findChild<QPushButton *>(name)->setFocus(Qt::TabFocusReason);
        QTest::keyClick(dialog->focusWidget(), Qt::Key_Return);
    };
    press(u"grants"_s);
    WAIT_WINDOW(grants, u"grantsDialog"_s);
    QTest::keyClick(grants, Qt::Key_Escape);
    QTRY_VERIFY(!person::window(u"grantsDialog"_s));
    press(u"test"_s);
    QVERIFY(person::button(*dialog, u"Stop the test"_s));
    press(u"cancel"_s);
    QCOMPARE(accepted.count(), 0);
    QCOMPARE(rejected.count(), 1);
}

void TestConnectionKeys::thePasswordIsShownByKey()
{
    ConnectionSettings settings = full();
    settings.password = {PasswordSource::Kind::Ask, {}};
    const auto dialog = m_place->open(settings);
    QVERIFY(QTest::qWaitForWindowActive(dialog.get()));
    TextField *secret = edit(*dialog, u"secret"_s);
    QVERIFY(person::type(*dialog, u"secret"_s, u"x"_s));
    QCOMPARE(secret->echoMode(), QLineEdit::Password);
    QTest::keyClick(secret, Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(secret->echoMode(), QLineEdit::Normal);
    QTest::keyClick(secret, Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(secret->echoMode(), QLineEdit::Password);
}

QTEST_MAIN(TestConnectionKeys)
#include "tst_connectionkeys.moc"
