// SPDX-License-Identifier: GPL-3.0-or-later
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTest>

#include "app/wording/wording.h"
#include "tests/ui/support/fakekeychain.h"
#include "tests/ui/support/person.h"
#include "ui/connections/connectiondialog.h"
#include "ui/connections/textfield.h"
#include "ui/jobs/engine.h"
#include "ui/widgets/accentbutton.h"
#include "ui/widgets/style.h"

using namespace Qt::StringLiterals;
using namespace tidemark;

// The connection dialog by key and mouse alone; the UI thread is watched: it never waits.
class TestConnectionDialog : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void fieldsFollowTheDriver();
    void everythingComesBack();
    void urlIsSpread_data();
    void urlIsSpread();
    void passwordOfAUrlStaysOutOfSight();
    void wrongInputIsNamed_data();
    void wrongInputIsNamed();
    void problemsLeadToTheirField();
    void aFileThatIsNotThereCanBeMade();
    void passwordGoesToTheKeychain();
    void lockedKeychainLosesNothing();
    void withoutAKeychainNoneIsOffered();
    void testSaysWhatMendsIt();
    void testIsStopped();
    void realServers_data();
    void realServers();
    void certificateIsPinned();
    void grantsAreCopied();
    void namesAreShownWholeAndHarmless();
    void othersChangesAreNoticed();

private:
    static TextField *edit(const QWidget &dialog, const QString &name) { return dialog.findChild<TextField *>(name); }
    static bool paste(QWidget *into, const QString &text);
    static QString summary(const QWidget &dialog) { return dialog.findChild<QLabel *>(u"problems"_s)->text(); }
    static QString notice(const QWidget &dialog);
    static ConnectionSettings full();
    std::unique_ptr<ConnectionDialog> open(const ConnectionSettings &settings = {}, const QStringList &taken = {});
    QTemporaryDir m_folder;
    std::shared_ptr<Desk> m_desk;
    std::shared_ptr<FakeKeychain> m_keychain;
};

void TestConnectionDialog::initTestCase()
{
    QApplication::setStyle(new TidemarkStyle);
    wording::useLanguage(u"en"_s);
    auto desk = Desk::open(m_folder.filePath(u"workspace"_s), {});
    QVERIFY(desk);
    m_desk = *desk;
}

void TestConnectionDialog::init() { m_keychain = std::make_shared<FakeKeychain>(); }

std::unique_ptr<ConnectionDialog> TestConnectionDialog::open(const ConnectionSettings &settings,
                                                             const QStringList &taken)
{
    auto dialog = std::make_unique<ConnectionDialog>(m_desk, settings, taken, nullptr, m_keychain);
    dialog->show();
    return dialog;
}

bool TestConnectionDialog::paste(QWidget *into, const QString &text)
{
    QGuiApplication::clipboard()->setText(text);
    QTest::mouseClick(into, Qt::LeftButton);
    QTest::keySequence(into, QKeySequence::Paste);
    QCoreApplication::processEvents(); // it is spread after the field's own change
    return true;
}

QString TestConnectionDialog::notice(const QWidget &dialog)
{
    const auto *text = dialog.findChild<QLabel *>(u"noticeText"_s);
    return text->isVisibleTo(&dialog) ? text->text() : QString();
}

ConnectionSettings TestConnectionDialog::full()
{
    ConnectionSettings settings;
    settings.name = u"shop"_s;
    settings.driver = Driver::Postgres;
    settings.host = u"db.example"_s;
    settings.port = 5433;
    settings.database = u"shop"_s;
    settings.schema = u"sales"_s;
    settings.user = u"app"_s;
    settings.password = {PasswordSource::Kind::Env, u"SHOP_PASSWORD"_s};
    settings.tls = {TlsMode::VerifyCa, u"/etc/ca.pem"_s, u"/etc/me.pem"_s, u"/etc/me.key"_s, QString(64, u'a')};
    settings.ssh = SshSettings{u"bastion"_s, 2222, u"me"_s, u"/home/me/.ssh/id"_s};
    settings.timeoutMs = 30'000;
    settings.readOnly = true;
    settings.production = true;
    return settings;
}

void TestConnectionDialog::fieldsFollowTheDriver()
{
    const auto dialog = open();
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
    const auto dialog = open(full());
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
    const auto dialog = open();
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
    const auto dialog = open();
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
    const auto dialog = open(full(), {u"taken"_s});
    auto *save = dialog->findChild<AccentButton *>();
    auto *tabs = dialog->findChild<QTabWidget *>();
    QVERIFY2(save->isEnabled(), qPrintable(summary(*dialog)));
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
    QVERIFY(summary(*dialog).isEmpty());
}

void TestConnectionDialog::problemsLeadToTheirField()
{
    const auto dialog = open(full());
    QVERIFY(person::type(*dialog, u"host"_s, u"a b"_s));
    auto *tabs = dialog->findChild<QTabWidget *>();
    QTest::mouseClick(tabs->tabBar(), Qt::LeftButton, {}, tabs->tabBar()->tabRect(2).center());
    QCOMPARE(tabs->currentIndex(), 2);
    auto *links = dialog->findChild<QLabel *>(u"problems"_s);
    QVERIFY(links->text().contains(u">Host<"_s));
    auto *grants = dialog->findChild<QPushButton *>(u"grants"_s);
    grants->setFocus(Qt::TabFocusReason);
    QTest::keyClick(grants, Qt::Key_Tab); // to the first link
    QCOMPARE(dialog->focusWidget(), links);
    QTest::keyClick(links, Qt::Key_Return);
    QCOMPARE(tabs->currentIndex(), 0);
    QCOMPARE(dialog->focusWidget(), edit(*dialog, u"host"_s));
}

void TestConnectionDialog::aFileThatIsNotThereCanBeMade()
{
    const QString file = m_folder.filePath(u"new one.db"_s);
    const auto dialog = open();
    QVERIFY(person::type(*dialog, u"name"_s, u"fresh"_s));
    QVERIFY(person::type(*dialog, u"file"_s, file));
    QTRY_VERIFY(person::button(*dialog, u"createFile"_s));
    QVERIFY(person::shows(*dialog, u"no such file yet"_s));
    QVERIFY(person::tick(*dialog, u"createFile"_s, true));
    QSignalSpy accepted(dialog.get(), &QDialog::accepted);
    QVERIFY(person::click(*dialog, u"Save"_s));
    QVERIFY(!accepted.isEmpty() || accepted.wait());
    QVERIFY(QFile::exists(file));
    person::elsewhere([&] { QVERIFY(m_desk->connector().open(dialog->settings(), {}).has_value()); });
}

void TestConnectionDialog::passwordGoesToTheKeychain()
{
    const auto dialog = open();
    dialog->saveHere(true);
    paste(edit(*dialog, u"url"_s), u"postgres://app@db.example/kept"_s);
    QTRY_COMPARE(dialog->findChild<QComboBox *>(u"passwordKind"_s)->currentText(), u"Stored in the keychain"_s);
    auto *save = dialog->findChild<AccentButton *>();
    QVERIFY(!save->isEnabled()); // no password yet
    QVERIFY(person::type(*dialog, u"secret"_s, u"s3cret"_s));
    QSignalSpy accepted(dialog.get(), &QDialog::accepted);
    QTest::keyClick(edit(*dialog, u"secret"_s), Qt::Key_Return);
    QVERIFY(accepted.wait());
    QCOMPARE(m_keychain->entry(u"kept"_s), QByteArray("s3cret"));
    QFile file(m_desk->workspace().folder() + u"/connections.json"_s);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(!file.readAll().contains("s3cret"));
    QCOMPARE(dialog->settings().password, (PasswordSource{PasswordSource::Kind::Keychain, u"kept"_s}));
    // Another connection of that name, of another workspace, keeps its own entry.
    QVERIFY(m_desk->workspace().removeConnection(u"kept"_s));
    const auto second = open();
    paste(edit(*second, u"url"_s), u"postgres://app:other@db.example/kept"_s);
    QSignalSpy again(second.get(), &QDialog::accepted);
    QTRY_VERIFY(second->findChild<AccentButton *>()->isEnabled());
    QTRY_COMPARE(second->findChild<QComboBox *>(u"passwordKind"_s)->count(), 5);
    QVERIFY(person::choose(*second, u"passwordKind"_s, u"Stored in the keychain"_s));
    QVERIFY(person::click(*second, u"Save"_s));
    QVERIFY(again.wait());
    QCOMPARE(m_keychain->entry(u"kept"_s), QByteArray("s3cret"));
    QCOMPARE(m_keychain->entry(second->settings().password.name), QByteArray("other"));
}

void TestConnectionDialog::lockedKeychainLosesNothing()
{
    m_keychain->setLocked(true);
    const auto dialog = open();
    paste(edit(*dialog, u"url"_s), u"postgres://app@db.example/locked"_s);
    QTRY_COMPARE(dialog->findChild<QComboBox *>(u"passwordKind"_s)->currentText(), u"Stored in the keychain"_s);
    QVERIFY(person::type(*dialog, u"secret"_s, u"s3cret"_s));
    QVERIFY(person::click(*dialog, u"Save"_s));
    QTRY_VERIFY(notice(*dialog).contains(u"Not saved"_s));
    QVERIFY(dialog->isVisible());
    QCOMPARE(edit(*dialog, u"secret"_s)->text(), u"s3cret"_s);
    m_keychain->setLocked(false);
    QSignalSpy accepted(dialog.get(), &QDialog::accepted);
    QVERIFY(person::click(*dialog, u"Save"_s));
    QVERIFY(accepted.wait());
}

void TestConnectionDialog::withoutAKeychainNoneIsOffered()
{
    m_keychain->setAvailable(false);
    const auto dialog = open();
    QVERIFY(person::choose(*dialog, u"driver"_s, u"PostgreSQL"_s));
    auto *kind = dialog->findChild<QComboBox *>(u"passwordKind"_s);
    QTRY_COMPARE(kind->findText(u"Stored in the keychain"_s), -1);
    QVERIFY(person::shows(*dialog, u"This desktop has no keychain"_s));
    paste(edit(*dialog, u"url"_s), u"postgres://app:s3cret@db.example/none"_s);
    QCOMPARE(kind->currentText(), u"Asked each time"_s);
    QVERIFY(notice(*dialog).contains(u"asked each time"_s));
    QSignalSpy accepted(dialog.get(), &QDialog::accepted);
    QVERIFY(person::click(*dialog, u"Save"_s));
    QCOMPARE(accepted.count(), 1);
    QCOMPARE(dialog->settings().password, (PasswordSource{PasswordSource::Kind::Ask, {}}));
}

void TestConnectionDialog::testSaysWhatMendsIt()
{
    person::Watch watch;
    const auto dialog = open();
    paste(edit(*dialog, u"url"_s), u"postgres://app:x@127.0.0.1:1/shop"_s);
    auto *tabs = dialog->findChild<QTabWidget *>();
    QTest::mouseClick(tabs->tabBar(), Qt::LeftButton, {}, tabs->tabBar()->tabRect(1).center());
    QVERIFY(person::click(*dialog, u"Test"_s));
    QTRY_VERIFY(person::button(*dialog, u"goToField"_s));
    QCOMPARE(dialog->findChild<QLabel *>(u"testHeadline"_s)->text().contains(u"127.0.0.1"_s), true);
    QVERIFY(person::click(*dialog, u"goToField"_s));
    QCOMPARE(tabs->currentIndex(), 0);
    QCOMPARE(dialog->focusWidget(), edit(*dialog, u"port"_s));
    QVERIFY(dialog->findChild<AccentButton *>()->isEnabled()); // a server that is away can be saved
}

void TestConnectionDialog::testIsStopped()
{
    person::Watch watch;
    const auto dialog = open();
    // An address that nobody answers at.
    paste(edit(*dialog, u"url"_s), u"postgres://app:x@192.0.2.1/shop"_s);
    QVERIFY(person::click(*dialog, u"Test"_s));
    QVERIFY(person::click(*dialog, u"Stop the test"_s));
    QVERIFY(person::shows(*dialog, u"Test stopped."_s));
    QVERIFY(person::button(*dialog, u"Test"_s));
    QVERIFY(person::type(*dialog, u"user"_s, u"still usable"_s));
}

void TestConnectionDialog::realServers_data()
{
    QTest::addColumn<QByteArray>("variable");
    QTest::addColumn<QString>("product");
    QTest::newRow("PostgreSQL") << QByteArray("TIDEMARK_TEST_POSTGRES") << u"PostgreSQL"_s;
    QTest::newRow("MariaDB") << QByteArray("TIDEMARK_TEST_MYSQL") << u"MariaDB"_s;
}

void TestConnectionDialog::realServers()
{
    QFETCH(QByteArray, variable);
    QFETCH(QString, product);
    const QString url = qEnvironmentVariable(variable.constData());
    if (url.isEmpty())
        QSKIP(qPrintable(QString::fromLatin1(variable) + u" is not set: no server to test with"_s));
    person::Watch watch;
    const auto dialog = open();
    paste(edit(*dialog, u"url"_s), url);
    QVERIFY(person::choose(*dialog, u"passwordKind"_s, u"Asked each time"_s));
    QVERIFY(person::type(*dialog, u"secret"_s, u"wrong"_s));
    auto *headline = dialog->findChild<QLabel *>(u"testHeadline"_s);
    QVERIFY(person::click(*dialog, u"Test"_s));
    QTRY_VERIFY2_WITH_TIMEOUT(headline->text().contains(u"refused the password"_s), qPrintable(headline->text()),
                              20'000);
    QVERIFY(person::click(*dialog, u"goToField"_s));
    QCOMPARE(dialog->focusWidget(), edit(*dialog, u"secret"_s));
    QTest::keyClicks(dialog->focusWidget(), qEnvironmentVariable("TIDEMARK_TEST_PASSWORD"));
    QVERIFY(person::click(*dialog, u"Test"_s));
    QTRY_VERIFY2_WITH_TIMEOUT(headline->text().contains(u"Connected to "_s + product), qPrintable(headline->text()),
                              20'000);
    QVERIFY(person::shows(*dialog, u"Connected in"_s));
    QVERIFY(person::type(*dialog, u"database"_s, u"no such database"_s));
    QVERIFY(headline->text().isEmpty()); // of other settings
    QVERIFY(person::click(*dialog, u"Test"_s));
    QTRY_VERIFY_WITH_TIMEOUT(!headline->text().isEmpty() && person::button(*dialog, u"Test"_s), 20'000);
    QVERIFY(person::click(*dialog, u"goToField"_s));
    QCOMPARE(dialog->focusWidget(), edit(*dialog, u"database"_s));
}

void TestConnectionDialog::certificateIsPinned()
{
    const QString url = qEnvironmentVariable("TIDEMARK_TEST_POSTGRES");
    if (url.isEmpty())
        QSKIP("TIDEMARK_TEST_POSTGRES is not set: no server to ask for its certificate");
    person::Watch watch;
    const auto dialog = open();
    paste(edit(*dialog, u"url"_s), url);
    QVERIFY(person::choose(*dialog, u"passwordKind"_s, u"Asked each time"_s));
    QVERIFY(person::type(*dialog, u"secret"_s, qEnvironmentVariable("TIDEMARK_TEST_PASSWORD")));
    auto *tabs = dialog->findChild<QTabWidget *>();
    QTest::mouseClick(tabs->tabBar(), Qt::LeftButton, {}, tabs->tabBar()->tabRect(1).center());
    QVERIFY(person::choose(*dialog, u"tlsMode"_s, u"Verify authority and host name"_s));
    auto *headline = dialog->findChild<QLabel *>(u"testHeadline"_s);
    QVERIFY(person::click(*dialog, u"Test"_s));
    QTRY_VERIFY_WITH_TIMEOUT(person::button(*dialog, u"testCertificate"_s), 20'000);
    QVERIFY(person::choose(*dialog, u"tlsMode"_s, u"Required, not verified"_s));
    QVERIFY(person::click(*dialog, u"viewCertificate"_s));
    WAIT_WINDOW(certificate, u"certificateDialog"_s);
    QTRY_VERIFY_WITH_TIMEOUT(person::shows(*certificate, u"SHA-256"_s), 20'000);
    QVERIFY(person::click(*certificate, u"pinCertificate"_s));
    QTRY_COMPARE(edit(*dialog, u"pin"_s)->text().size(), 64);
    QVERIFY(person::click(*dialog, u"Test"_s));
    QTRY_VERIFY2_WITH_TIMEOUT(headline->text().contains(u"Connected to"_s), qPrintable(headline->text()), 20'000);
    QVERIFY(person::shows(*dialog, u"server verified"_s));
    QVERIFY(person::type(*dialog, u"pin"_s, QString(64, u'0')));
    QVERIFY(person::click(*dialog, u"Test"_s));
    QTRY_VERIFY_WITH_TIMEOUT(person::button(*dialog, u"testCertificate"_s), 20'000);
}

void TestConnectionDialog::grantsAreCopied()
{
    const auto dialog = open(full());
    QVERIFY(person::click(*dialog, u"grants"_s));
    WAIT_WINDOW(grants, u"grantsDialog"_s);
    QVERIFY(person::type(*grants, u"grantTables"_s, u"orders, odd \"name"_s));
    QVERIFY(person::click(*grants, u"copyGrants"_s));
    const QString sql = QGuiApplication::clipboard()->text();
    QVERIFY2(sql.contains(u"GRANT SELECT"_s) && sql.contains(u"\"odd \"\"name\""_s), qPrintable(sql));
    QVERIFY(!sql.contains(u"INSERT"_s));
    QTest::keyClick(grants, Qt::Key_Escape);
}

void TestConnectionDialog::namesAreShownWholeAndHarmless()
{
    ConnectionSettings odd;
    odd.name = u"<b>a</b> \"q\" 'q' \u202egnp مرحبا"_s;
    odd.database = u"/tmp/<i>x</i>.db"_s;
    const auto dialog = open(odd);
    QCOMPARE(dialog->settings(), odd);
    QVERIFY(dialog->windowTitle().contains(u"<b>a</b>"_s) && dialog->windowTitle().contains(u"‹U+202E›"_s));
    const auto labels = dialog->findChildren<QLabel *>();
    for (const QLabel *label : labels) {
        const bool own = label->objectName() == u"problems";
        QVERIFY2(own || label->textFormat() == Qt::PlainText || !label->text().contains(u'<'),
                 qPrintable(label->text()));
    }
}

void TestConnectionDialog::othersChangesAreNoticed()
{
    ConnectionSettings settings = full();
    settings.name = u"watched"_s;
    QVERIFY(m_desk->workspace().saveConnection(settings));
    const auto dialog = open(settings);
    dialog->saveHere(false);
    QVERIFY(person::type(*dialog, u"user"_s, u"mine"_s));
    ConnectionSettings theirs = settings;
    theirs.host = u"elsewhere.example"_s;
    QVERIFY(m_desk->workspace().saveConnection(theirs, theirs.name));
    QVERIFY(person::click(*dialog, u"Save"_s)); // before anybody has told the dialog
    QTRY_VERIFY(notice(*dialog).contains(u"Another program has changed"_s));
    QCOMPARE(m_desk->workspace().connection(settings.name)->host, u"elsewhere.example"_s);
    QCOMPARE(dialog->settings().user, u"mine"_s); // nothing typed is lost
    QSignalSpy accepted(dialog.get(), &QDialog::accepted);
    QVERIFY(person::click(*dialog, u"Save"_s)); // seen, and replaced
    QVERIFY(accepted.wait());
    QCOMPARE(m_desk->workspace().connection(settings.name)->user, u"mine"_s);

    const auto other = open(m_desk->workspace().connection(settings.name).value());
    other->saveHere(false);
    QVERIFY(person::type(*other, u"user"_s, u"typed"_s));
    other->workspaceChanged({theirs});
    QVERIFY(notice(*other).contains(u"Another program has changed"_s));
    QVERIFY(person::click(*other, u"noticeAction"_s));
    QCOMPARE(other->settings(), theirs);
    other->workspaceChanged({});
    QVERIFY(notice(*other).contains(u"removed"_s));
}

QTEST_MAIN(TestConnectionDialog)
#include "tst_connectiondialog.moc"
