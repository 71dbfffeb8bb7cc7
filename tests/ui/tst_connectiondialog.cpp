// SPDX-License-Identifier: GPL-3.0-or-later
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDragEnterEvent>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QLabel>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabBar>
#include <QTabWidget>
#include <QTest>

#include "tests/ui/support/connecting.h"
#include "tests/ui/support/person.h"
#include "ui/connections/connectiondialog.h"
#include "ui/connections/textfield.h"
#include "ui/jobs/engine.h"
#include "ui/widgets/accentbutton.h"

using namespace Qt::StringLiterals;
using namespace tidemark;
using namespace tidemark::connecting;

// The fields of the connection dialog by key and mouse alone.
class TestConnectionDialog : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { m_place = std::make_unique<Place>(); }
    void fieldsFollowTheDriver();
    void everythingComesBack();
    void urlIsSpread_data();
    void urlIsSpread();
    void passwordOfAUrlStaysOutOfSight();
    void wrongInputIsNamed_data();
    void wrongInputIsNamed();
    void aFileThatIsNotThereCanBeMade();
    void aFileInTheHomeFolderCanBeMade();
    void filesAreChosenInAPicker();
    void oddFilesAreTakenWhole();
    void aUrlChangesWhatItSaysAlone();
    void undoTakesBackWhatWasTyped();
    void aSocketHasNoPort();
    void lineEndsAreNamed_data();
    void lineEndsAreNamed();
    void namesAreShownWholeAndHarmless();

private:
    std::unique_ptr<Place> m_place;
};

void TestConnectionDialog::fieldsFollowTheDriver()
{
    const auto dialog = m_place->open();
    QVERIFY(person::choose(*dialog, u"driver"_s, u"PostgreSQL"_s));
    for (const QString &name : {u"host"_s, u"port"_s, u"database"_s, u"schema"_s, u"user"_s, u"passwordKind"_s})
        QVERIFY2(person::field(*dialog, name), qPrintable(name));
    QVERIFY(!person::field(*dialog, u"file"_s));
    QVERIFY(dialog->findChild<QTabWidget *>()->tabBar()->isVisible());
    QVERIFY(person::choose(*dialog, u"driver"_s, u"MariaDB / MySQL"_s));
    QVERIFY(!person::field(*dialog, u"schema"_s));
    QCOMPARE(edit(*dialog, u"port"_s)->placeholderText(), u"3306"_s);
    QVERIFY(person::choose(*dialog, u"driver"_s, u"SQLite"_s));
    QVERIFY(person::field(*dialog, u"file"_s) && !person::field(*dialog, u"host"_s));
    QVERIFY(!dialog->findChild<QTabWidget *>()->tabBar()->isVisible());
}

void TestConnectionDialog::everythingComesBack()
{
    const auto dialog = m_place->open(full());
    QCOMPARE(dialog->settings(), full());
    QVERIFY(person::shows(*dialog, u"PRODUCTION"_s));
    // What another driver has no field for is not kept behind its back.
    QVERIFY(person::choose(*dialog, u"driver"_s, u"SQLite"_s));
    QVERIFY(dialog->settings().user.isEmpty() && !dialog->settings().ssh);
    QVERIFY(person::choose(*dialog, u"driver"_s, u"PostgreSQL"_s));
    QCOMPARE(dialog->settings(), full()); // nothing typed was lost meanwhile
}

void TestConnectionDialog::urlIsSpread_data()
{
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString>("url");
    QTest::addColumn<Driver>("driver");
    QTest::addColumn<QString>("host");
    QTest::addColumn<int>("port");
    QTest::addColumn<QString>("database");
    QTest::addColumn<QString>("user");
    QTest::newRow("into the URL") << u"url"_s << u"postgres://app@db.example:5433/shop"_s << Driver::Postgres
                                  << u"db.example"_s << 5433 << u"shop"_s << u"app"_s;
    QTest::newRow("into the host") << u"host"_s << u"mysql://app@db.example/shop"_s << Driver::Mysql << u"db.example"_s
                                   << 0 << u"shop"_s << u"app"_s;
    QTest::newRow("into the name") << u"name"_s << u"mariadb://db.example/shop"_s << Driver::Mysql << u"db.example"_s
                                   << 0 << u"shop"_s << QString();
    QTest::newRow("JDBC") << u"host"_s << u"jdbc:postgresql://db.example/shop?user=app&ApplicationName=x"_s
                          << Driver::Postgres << u"db.example"_s << 0 << u"shop"_s << u"app"_s;
    QTest::newRow("IPv6, escapes") << u"user"_s << u"postgresql://a%40b@[::1]:6000/my%20shop"_s << Driver::Postgres
                                   << u"::1"_s << 6000 << u"my shop"_s << u"a@b"_s;
    QTest::newRow("no database") << u"host"_s << u"postgres://db.example"_s << Driver::Postgres << u"db.example"_s << 0
                                 << QString() << QString();
    QTest::newRow("file") << u"url"_s << u"/tmp/till.db"_s << Driver::Sqlite << QString() << 0 << u"/tmp/till.db"_s
                          << QString();
}

void TestConnectionDialog::urlIsSpread()
{
    QFETCH(QString, field);
    QFETCH(QString, url);
    const auto dialog = m_place->open();
    QVERIFY(person::choose(*dialog, u"driver"_s, u"PostgreSQL"_s));
    paste(edit(*dialog, field), url);
    if (field == u"url"_s)
        QTest::keyClick(edit(*dialog, field), Qt::Key_Return);
    const ConnectionSettings now = dialog->settings();
    QTEST(now.driver, "driver");
    QTEST(now.host, "host");
    QTEST(now.port, "port");
    QTEST(now.database, "database");
    QTEST(now.user, "user");
    QVERIFY(dialog->isVisible()); // filled in, not saved
    QVERIFY(!now.name.contains(u"://"_s));
}

void TestConnectionDialog::passwordOfAUrlStaysOutOfSight()
{
    const auto dialog = m_place->open();
    QVERIFY(person::choose(*dialog, u"driver"_s, u"PostgreSQL"_s));
    QTRY_COMPARE(dialog->findChild<QComboBox *>(u"passwordKind"_s)->currentText(), u"Stored in the keychain"_s);
    paste(edit(*dialog, u"host"_s), u"postgres://app:p%40ss/w0rd@db.example/shop?sslmode=require"_s);
    QCOMPARE(dialog->settings().host, u"db.example"_s);
    QCOMPARE(edit(*dialog, u"secret"_s)->text(), u"p@ss/w0rd"_s);
    QCOMPARE(edit(*dialog, u"secret"_s)->echoMode(), QLineEdit::Password);
    QVERIFY(notice(*dialog).contains(u"keychain"_s));
    for (TextField *each : dialog->findChildren<TextField *>()) {
        for (int i = 0; i < 4; ++i)
            QTest::keySequence(each, QKeySequence::Undo);
        if (each->objectName() != u"secret")
            QVERIFY2(!each->text().contains(u"w0rd"_s), qPrintable(each->objectName()));
    }
    for (const QString &text : person::texts(*dialog))
        QVERIFY2(!text.contains(u"w0rd"_s), qPrintable(text));
}

void TestConnectionDialog::wrongInputIsNamed_data()
{
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("problem");
    QTest::addColumn<int>("tab");
    QTest::newRow("no name") << u"name"_s << QString() << u"needs a name"_s << 0;
    QTest::newRow("taken name") << u"name"_s << u"taken"_s << u"of this name already"_s << 0;
    QTest::newRow("blank in host") << u"host"_s << u"a b"_s << u"no blanks"_s << 0;
    QTest::newRow("no host") << u"host"_s << QString() << u"name or address"_s << 0;
    QTest::newRow("port 0") << u"port"_s << u"0"_s << u"1 to 65535"_s << 0;
    QTest::newRow("port as word") << u"port"_s << u"http"_s << u"1 to 65535"_s << 0;
    QTest::newRow("no database") << u"database"_s << QString() << u"name of the database"_s << 0;
    QTest::newRow("variable") << u"variable"_s << u"A=B"_s << u"neither blanks"_s << 0;
    QTest::newRow("time-out") << u"timeout"_s << u"soon"_s << u"10s or 2m"_s << 0;
    QTest::newRow("time-out too long") << u"timeout"_s << u"2h"_s << u"at most 1h"_s << 0;
    QTest::newRow("relative CA") << u"ca"_s << u"ca.pem"_s << u"whole path"_s << 1;
    QTest::newRow("certificate without key") << u"certificateKey"_s << QString() << u"needs its key"_s << 1;
    QTest::newRow("pin") << u"pin"_s << u"abc"_s << u"64 digits"_s << 1;
    QTest::newRow("SSH host") << u"sshHost"_s << u"-oProxyCommand=x"_s << u"hyphen"_s << 2;
    QTest::newRow("SSH port") << u"sshPort"_s << u"99999"_s << u"1 to 65535"_s << 2;
    QTest::newRow("SSH key") << u"sshKey"_s << u"id_rsa"_s << u"whole path"_s << 2;
}

void TestConnectionDialog::wrongInputIsNamed()
{
    QFETCH(QString, field);
    QFETCH(QString, text);
    QFETCH(QString, problem);
    QFETCH(int, tab);
    const auto dialog = m_place->open(full(), {u"taken"_s});
    auto *save = dialog->findChild<AccentButton *>();
    auto *tabs = dialog->findChild<QTabWidget *>();
    QVERIFY2(save->isEnabled(), qPrintable(problems(*dialog).join(u' ')));
    tabs->setCurrentIndex(tab);
    TextField *at = edit(*dialog, field);
    const QString before = at->text();
    QTest::mouseClick(at, Qt::LeftButton);
    QTest::keySequence(at, QKeySequence::SelectAll);
    QTest::keyClick(at, Qt::Key_Delete);
    QTest::keyClicks(at, text);
    QVERIFY(!save->isEnabled());
    QVERIFY2(person::shows(*dialog, problem), qPrintable(person::texts(*dialog).join(u'\n')));
    QVERIFY(tabs->tabText(tab).contains(u"(1)"_s));
    for (int i = 0; i < 40 && at->text() != before; ++i)
        QTest::keySequence(at, QKeySequence::Undo);
    QCOMPARE(at->text(), before);
    QVERIFY(save->isEnabled());
    QCOMPARE(problems(*dialog), QStringList());
}

void TestConnectionDialog::aFileThatIsNotThereCanBeMade()
{
    const QString file = m_place->file(u"new one.db"_s);
    const auto dialog = m_place->open();
    QVERIFY(person::type(*dialog, u"name"_s, u"fresh"_s));
    QVERIFY(person::type(*dialog, u"file"_s, file));
    QTRY_VERIFY(person::button(*dialog, u"createFile"_s));
    QVERIFY(person::shows(*dialog, u"no such file yet"_s));
    QVERIFY(person::tick(*dialog, u"createFile"_s, true));
    QSignalSpy accepted(dialog.get(), &QDialog::accepted);
    QVERIFY(person::click(*dialog, u"Save"_s));
    QVERIFY(!accepted.isEmpty() || accepted.wait(30'000));
    QVERIFY(QFile::exists(file));
    person::elsewhere([&] { QVERIFY(m_place->desk()->connector().open(dialog->settings(), {}).has_value()); });
}

void TestConnectionDialog::aFileInTheHomeFolderCanBeMade()
{
    const auto dialog = m_place->open();
    QVERIFY(person::type(*dialog, u"file"_s, u"~/tidemark-no-such-folder/none.db"_s));
    QTRY_VERIFY(person::button(*dialog, u"createFile"_s));
    QVERIFY(person::type(*dialog, u"name"_s, u"home"_s));
    QVERIFY(person::tick(*dialog, u"createFile"_s, true));
    QVERIFY(person::click(*dialog, u"Save"_s));
    QTRY_VERIFY2(notice(*dialog).contains(u"Not saved"_s), qPrintable(notice(*dialog))); // there is no such folder
    QCOMPARE(dialog->focusWidget(), edit(*dialog, u"file"_s));
    QVERIFY(dialog->isVisible());
}

// The picker opens what is there and takes a name that is not, by keyboard alone.
void TestConnectionDialog::filesAreChosenInAPicker()
{
    const QString there = m_place->file(u"there.db"_s);
    QFile made(there);
    QVERIFY(made.open(QIODevice::WriteOnly));
    made.close();
    const auto dialog = m_place->open();
    for (const QString &file : {there, m_place->file(u"new.db"_s)}) {
        edit(*dialog, u"file"_s)->setFocus();
        QTest::keyClick(dialog->focusWidget(), Qt::Key_Tab);
        auto *choose = qobject_cast<QPushButton *>(dialog->focusWidget());
        QVERIFY(choose && choose->text() == u"Choose…");
        QTest::keyClick(choose, Qt::Key_Space);
        QTRY_VERIFY(dialog->findChild<QFileDialog *>());
        auto *picker = dialog->findChild<QFileDialog *>();
        QTRY_VERIFY(picker->isVisible());
        auto *name = picker->findChild<QLineEdit *>(u"fileNameEdit"_s);
        QVERIFY(name);
        QTRY_COMPARE(name->text(), QFileInfo(edit(*dialog, u"file"_s)->text()).fileName());
        QTRY_VERIFY(picker->isActiveWindow());
        name->setFocus();
        name->setText(file); // typed, its completions would depend on what else lies there
        QVERIFY(person::click(*picker, u"Choose"_s));
        QTRY_COMPARE(edit(*dialog, u"file"_s)->text(), file);
        QTRY_VERIFY(!dialog->findChild<QFileDialog *>());
        const bool isNew = file != there;
        QTRY_COMPARE(person::button(*dialog, u"createFile"_s) != nullptr, isNew);
    }
}

// A dropped file is a file, whatever it is called.
void TestConnectionDialog::oddFilesAreTakenWhole()
{
    const auto dialog = m_place->open(full());
    for (const QString &file : {u"/tmp/postgres://x@y/z"_s, u"/tmp/ends with blanks  "_s, u"/tmp/a\nb.db"_s}) {
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(file)});
        QDragEnterEvent enter({10, 10}, Qt::CopyAction, &data, Qt::LeftButton, {});
        QCoreApplication::sendEvent(dialog.get(), &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent drop({10, 10}, Qt::CopyAction, &data, Qt::LeftButton, {});
        QCoreApplication::sendEvent(dialog.get(), &drop);
        QCOMPARE(edit(*dialog, u"file"_s)->text(), file);
        QVERIFY(person::field(*dialog, u"file"_s));
    }
    QVERIFY(person::choose(*dialog, u"driver"_s, u"PostgreSQL"_s));
    QCOMPARE(dialog->settings(), full()); // what stood there for the server is still there
}

void TestConnectionDialog::aUrlChangesWhatItSaysAlone()
{
    const auto dialog = m_place->open(full());
    paste(edit(*dialog, u"url"_s), u"postgres://you@other.example/books"_s);
    QTest::keyClick(edit(*dialog, u"url"_s), Qt::Key_Return);
    ConnectionSettings expected = full();
    expected.host = u"other.example"_s;
    expected.port = 0;
    expected.database = u"books"_s;
    expected.schema.clear();
    expected.user = u"you"_s;
    expected.tls.pin.clear(); // of the other host
    QCOMPARE(dialog->settings(), expected);
}

void TestConnectionDialog::undoTakesBackWhatWasTyped()
{
    const auto dialog = m_place->open(full());
    TextField *host = edit(*dialog, u"host"_s);
    QTest::keySequence(host, QKeySequence::Undo);
    QCOMPARE(host->text(), u"db.example"_s); // it was not typed here
    QVERIFY(person::type(*dialog, u"host"_s, u"x"_s));
    for (int i = 0; i < 3; ++i)
        QTest::keySequence(host, QKeySequence::Undo);
    QCOMPARE(host->text(), u"db.example"_s);
    paste(edit(*dialog, u"url"_s), u"postgres://you@other.example/books"_s);
    QTest::keyClick(edit(*dialog, u"url"_s), Qt::Key_Return);
    QCOMPARE(host->text(), u"other.example"_s);
    QTest::keySequence(host, QKeySequence::Undo);
    QCOMPARE(host->text(), u"db.example"_s);
}

void TestConnectionDialog::aSocketHasNoPort()
{
    ConnectionSettings settings = full();
    settings.driver = Driver::Mysql;
    settings.schema.clear();
    settings.ssh.reset();
    const auto dialog = m_place->open(settings);
    QVERIFY(person::type(*dialog, u"port"_s, u"nonsense"_s));
    QVERIFY(problems(*dialog).contains(u"Port"_s));
    QVERIFY(person::type(*dialog, u"host"_s, u"/run/mysqld.sock"_s));
    QVERIFY(!edit(*dialog, u"port"_s)->isEnabled());
    QVERIFY2(problems(*dialog).isEmpty(), qPrintable(problems(*dialog).join(u' ')));
    QCOMPARE(dialog->settings().port, 0);
}

void TestConnectionDialog::lineEndsAreNamed_data()
{
    QTest::addColumn<QString>("field");
    for (const QString &field : {u"name"_s, u"host"_s, u"database"_s, u"schema"_s, u"user"_s})
        QTest::newRow(qPrintable(field)) << field;
}

void TestConnectionDialog::lineEndsAreNamed()
{
    QFETCH(QString, field);
    const auto dialog = m_place->open(full());
    auto *save = dialog->findChild<AccentButton *>();
    QVERIFY(save->isEnabled());
    QTest::keySequence(edit(*dialog, field), QKeySequence::MoveToEndOfLine);
    edit(*dialog, field)->insert(u"\nx"_s); // as from a file: a line takes none by hand
    QVERIFY(!save->isEnabled());
    QCOMPARE(problems(*dialog).size(), 1);
}

void TestConnectionDialog::namesAreShownWholeAndHarmless()
{
    ConnectionSettings odd;
    odd.name = u"<b>a</b> \"q\" 'q' \u202egnp مرحبا"_s;
    odd.database = u"/tmp/<i>x</i>.db"_s;
    const auto dialog = m_place->open(odd);
    QCOMPARE(dialog->settings(), odd);
    QVERIFY(dialog->windowTitle().contains(u"<b>a</b>"_s) && dialog->windowTitle().contains(u"‹U+202E›"_s));
    for (const QLabel *label : dialog->findChildren<QLabel *>())
        QVERIFY2(label->textFormat() == Qt::PlainText || !label->text().contains(u'<'), qPrintable(label->text()));
}

QTEST_MAIN(TestConnectionDialog)
#include "tst_connectiondialog.moc"
