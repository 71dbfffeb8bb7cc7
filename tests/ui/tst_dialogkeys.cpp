// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <QAbstractItemView>
#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QWindow>

#include "app/wording/wording.h"
#include "tests/ui/support/person.h"
#include "ui/connections/certificatedialog.h"
#include "ui/connections/connectiondialog.h"
#include "ui/connections/connectionlistdialog.h"
#include "ui/connections/grantsdialog.h"
#include "ui/connections/passworddialog.h"
#include "ui/jobs/engine.h"
#include "ui/jobs/jobdialog.h"
#include "ui/main/comparedialog.h"
#include "ui/main/sample.h"
#include "ui/main/settingsdialog.h"
#include "ui/plan/confirmdialog.h"
#include "ui/widgets/askbox.h"
#include "ui/widgets/style.h"

using namespace Qt::StringLiterals;
using namespace tidemark;

// The keys in every dialog: Return on a button that has the focus presses that button, and never the one that the
// dialog would rather have pressed; Tab comes everywhere.
class TestDialogKeys : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void pressesWhatHasTheFocus_data();
    void pressesWhatHasTheFocus();
    void everythingIsReachedByTab_data() { pressesWhatHasTheFocus_data(); }
    void everythingIsReachedByTab();
    void labelsLeadToTheirFields_data() { pressesWhatHasTheFocus_data(); }
    void labelsLeadToTheirFields();
    void productionIsNeverWrittenByReturn();
    void theNumberIsTypedAtOnce();
    void boxesKeepWhatThereIs();

private:
    std::unique_ptr<QDialog> make(const QString &name);
    QTemporaryDir m_folder;
    std::shared_ptr<Desk> m_desk;
    ConnectionSettings m_shop;
    QString m_job;
};

void TestDialogKeys::initTestCase()
{
    QApplication::setStyle(new TidemarkStyle);
    wording::useLanguage(u"en"_s);
    theme::apply(theme::Choice::Light, false);
    m_shop.name = u"shop"_s;
    m_shop.driver = Driver::Postgres;
    m_shop.host = u"127.0.0.1"_s;
    m_shop.port = 1; // nobody answers
    m_shop.database = u"shop"_s;
    m_shop.user = u"app"_s;
    m_shop.password = {PasswordSource::Kind::Env, u"SHOP_PASSWORD"_s};
    person::elsewhere([this] {
        m_desk = Desk::open(m_folder.filePath(u"workspace"_s), {}).value();
        Cancellation cancellation;
        const Sample sample = buildSample(*m_desk, m_folder.filePath(u"samples"_s), cancellation).value();
        m_job = m_desk->workspace().jobFile(sample.job);
        if (!m_desk->workspace().saveConnection(m_shop))
            qFatal("no connection");
    });
}

static ConfirmDialog::Facts facts(bool production, bool guarded)
{
    ConfirmDialog::Facts facts;
    facts.target = facts.host = u"shop"_s;
    facts.production = production;
    facts.counts = {1, 2, guarded ? 412 : 3};
    facts.guardedDeletes = guarded ? 412 : 0;
    facts.guardedRows = guarded ? 900 : -1;
    return facts;
}

std::unique_ptr<QDialog> TestDialogKeys::make(const QString &name)
{
    if (name == u"compare")
        return std::make_unique<CompareDialog>(
            m_desk, QStringList{m_folder.filePath(u"samples/till.db"_s), m_folder.filePath(u"samples/report.db"_s)});
    if (name == u"confirm")
        return std::make_unique<ConfirmDialog>(facts(false, false));
    if (name == u"guard")
        return std::make_unique<ConfirmDialog>(facts(false, true));
    if (name == u"password")
        return std::make_unique<PasswordDialog>(m_shop, true, nullptr);
    if (name == u"certificate")
        return std::make_unique<CertificateDialog>(m_desk, m_shop, nullptr);
    if (name == u"grants")
        return std::make_unique<GrantsDialog>(m_desk, m_shop, QString(), nullptr);
    if (name == u"connection")
        return std::make_unique<ConnectionDialog>(m_desk, m_shop, QStringList());
    if (name == u"connections")
        return std::make_unique<ConnectionListDialog>(m_desk);
    if (name == u"job")
        return std::make_unique<JobDialog>(m_desk, m_job, QStringList());
    if (name == u"settings")
        return std::make_unique<SettingsDialog>(Preferences{});
    auto box = std::make_unique<AskBox>(u"question"_s, u"title"_s, u"text"_s, nullptr);
    box->setAttribute(Qt::WA_DeleteOnClose, false);
    box->addButton(u"Remove"_s, QMessageBox::DestructiveRole);
    box->addKeepButton(u"Cancel"_s);
    return box;
}

void TestDialogKeys::pressesWhatHasTheFocus_data()
{
    QTest::addColumn<int>("least"); // buttons that can have the focus
    QTest::newRow("compare") << 5;
    QTest::newRow("confirm") << 2;
    QTest::newRow("guard") << 1;
    QTest::newRow("password") << 1;
    QTest::newRow("certificate") << 1;
    QTest::newRow("grants") << 2;
    QTest::newRow("connection") << 4;
    QTest::newRow("connections") << 6;
    QTest::newRow("job") << 1;
    QTest::newRow("settings") << 1;
    QTest::newRow("box") << 2;
}

void TestDialogKeys::pressesWhatHasTheFocus()
{
    QFETCH(int, least);
    const auto dialog = make(QString::fromLatin1(QTest::currentDataTag()));
    dialog->show();
    dialog->activateWindow();
    QTRY_VERIFY(dialog->isActiveWindow() && dialog->isEnabled());
    const auto usable = [&] {
        QList<QPushButton *> buttons;
        for (QPushButton *button : dialog->findChildren<QPushButton *>()) {
            if (button->isVisible() && button->isEnabled())
                buttons << button;
        }
        return buttons;
    };
    QTRY_VERIFY(usable().size() >= least);
    const QList<QPushButton *> buttons = usable();
    std::vector<std::unique_ptr<QSignalSpy>> clicks;
    for (QPushButton *button : buttons) {
        button->disconnect(); // what it does is not wanted here
        clicks.push_back(std::make_unique<QSignalSpy>(button, &QPushButton::clicked));
    }
    for (const Qt::Key key : {Qt::Key_Return, Qt::Key_Enter}) {
        for (qsizetype i = 0; i < buttons.size(); ++i) {
            buttons[i]->setFocus(Qt::TabFocusReason);
            QVERIFY2(buttons[i]->hasFocus(), qPrintable(buttons[i]->text()));
            QTest::keyClick(buttons[i], key);
            for (qsizetype other = 0; other < buttons.size(); ++other) {
                const QString what = u"%1, focus on %2"_s.arg(buttons[other]->text(), buttons[i]->text());
                QVERIFY2(clicks[other]->size() == (other == i ? 1 : 0), qPrintable(what));
                clicks[other]->clear();
            }
        }
    }
    QVERIFY(dialog->isVisible());
}

// Forth and back, Tab comes to everything that takes the keys.
void TestDialogKeys::everythingIsReachedByTab()
{
    const auto dialog = make(QString::fromLatin1(QTest::currentDataTag()));
    dialog->show();
    dialog->activateWindow();
    QTRY_VERIFY(dialog->isActiveWindow() && dialog->isEnabled());
    QSet<const QWidget *> wanted;
    for (const QWidget *widget : dialog->findChildren<QWidget *>()) {
        const bool control = qobject_cast<const QAbstractButton *>(widget) || qobject_cast<const QLineEdit *>(widget)
            || qobject_cast<const QComboBox *>(widget) || qobject_cast<const QAbstractItemView *>(widget);
        const bool takesTab = widget->focusPolicy() & Qt::TabFocus && !widget->focusProxy();
        // Of buttons that exclude each other one is a stop; the arrows lead to the others.
        const auto *button = qobject_cast<const QAbstractButton *>(widget);
        const bool oneOfSome = button && (button->group() || button->autoExclusive());
        if (control && takesTab && widget->isVisible() && widget->isEnabled() && !oneOfSome
            && !qobject_cast<const QComboBox *>(widget->parentWidget()))
            wanted << widget;
    }
    QVERIFY(!wanted.isEmpty());
    for (const Qt::KeyboardModifiers modifiers : {Qt::NoModifier, Qt::ShiftModifier}) {
        QSet<const QWidget *> left = wanted;
        for (int i = 0; i < 200 && !left.isEmpty(); ++i) {
            QTest::keyClick(dialog->windowHandle(), modifiers ? Qt::Key_Backtab : Qt::Key_Tab, modifiers);
            left.remove(dialog->focusWidget());
        }
        QStringList names;
        for (const QWidget *widget : std::as_const(left))
            names << QString::fromLatin1(widget->metaObject()->className()) + u' ' + widget->objectName();
        QVERIFY2(left.isEmpty(), qPrintable(names.join(u", "_s)));
    }
}

// Alt and the letter that is underlined.
void TestDialogKeys::labelsLeadToTheirFields()
{
    const auto dialog = make(QString::fromLatin1(QTest::currentDataTag()));
    dialog->show();
    dialog->activateWindow();
    QTRY_VERIFY(dialog->isActiveWindow() && dialog->isEnabled());
    QList<QPointer<QLabel>> labels; // some go with what their key brings up
    for (QLabel *label : dialog->findChildren<QLabel *>())
        labels << label;
    for (const QPointer<QLabel> &label : std::as_const(labels)) {
        const QKeySequence keys = label ? QKeySequence::mnemonic(label->text()) : QKeySequence();
        if (keys.isEmpty() || !label->isVisible() || label->textFormat() == Qt::PlainText)
            continue;
        QWidget *field = label->buddy();
        QVERIFY2(field, qPrintable(label->text()));
        if (!field->isEnabled() || !field->isVisible())
            continue;
        QTest::keyClick(dialog->windowHandle(), static_cast<Qt::Key>(keys[0].key()), Qt::AltModifier);
        const QWidget *focus = dialog->focusWidget();
        QVERIFY2(focus == field || focus == field->focusProxy() || field->isAncestorOf(focus),
                 qPrintable(label->text()));
    }
}

void TestDialogKeys::productionIsNeverWrittenByReturn()
{
    ConfirmDialog dialog(facts(true, false));
    QSignalSpy accepted(&dialog, &QDialog::accepted);
    dialog.show();
    dialog.activateWindow();
    QTRY_VERIFY(dialog.isActiveWindow());
    QVERIFY(person::button(dialog, u"Cancel"_s)->hasFocus());
    QAbstractButton *write = person::button(dialog, u"Write to shop"_s);
    QVERIFY(write);
    write->setFocus(Qt::TabFocusReason);
    QTest::keyClick(write, Qt::Key_Return);
    QCOMPARE(accepted.size(), 0);
    QTest::keyClick(write, Qt::Key_Space);
    QCOMPARE(accepted.size(), 1);
}

void TestDialogKeys::theNumberIsTypedAtOnce()
{
    for (const bool production : {false, true}) {
        ConfirmDialog dialog(facts(production, true));
        QSignalSpy finished(&dialog, &QDialog::finished);
        dialog.show();
        dialog.activateWindow();
        QTRY_VERIFY(dialog.isActiveWindow());
        auto *number = qobject_cast<QLineEdit *>(dialog.focusWidget());
        QVERIFY(number);
        QTest::keyClicks(number, u"41"_s);
        QTest::keyClick(number, Qt::Key_Return); // not yet the number
        QCOMPARE(finished.size(), 0);
        QTest::keyClicks(number, u"2"_s);
        QTest::keyClick(number, Qt::Key_Return);
        QCOMPARE(finished.size(), production ? 0 : 1); // production takes a press of its own button
    }
}

void TestDialogKeys::boxesKeepWhatThereIs()
{
    auto *box = new AskBox(u"question"_s, u"title"_s, u"text"_s, nullptr);
    const QPushButton *remove = box->addButton(u"Remove"_s, QMessageBox::DestructiveRole);
    QPushButton *keep = box->addKeepButton(u"Cancel"_s);
    QSignalSpy removed(remove, &QPushButton::clicked);
    QSignalSpy kept(keep, &QPushButton::clicked);
    box->open();
    box->activateWindow();
    QTRY_VERIFY(box->isActiveWindow());
    QVERIFY(keep->hasFocus() && keep->isDefault() && box->escapeButton() == keep);
    QTest::keyClick(box, Qt::Key_Return);
    QCOMPARE(kept.size(), 1);
    QCOMPARE(removed.size(), 0);
}

QTEST_MAIN(TestDialogKeys)
#include "tst_dialogkeys.moc"
