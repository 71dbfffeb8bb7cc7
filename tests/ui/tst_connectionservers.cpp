// SPDX-License-Identifier: GPL-3.0-or-later
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabBar>
#include <QTabWidget>
#include <QTest>
#include <QUrl>

#include "app/wording/wording.h"
#include "tests/support/fakeserver.h"
#include "tests/support/sshserver.h"
#include "tests/support/tcpproxy.h"
#include "tests/ui/support/connecting.h"
#include "tests/ui/support/person.h"
#include "ui/connections/connectiondialog.h"
#include "ui/connections/connectiontester.h"
#include "ui/connections/textfield.h"
#include "ui/jobs/engine.h"
#include "ui/widgets/accentbutton.h"

using namespace Qt::StringLiterals;
using namespace tidemark;
using namespace tidemark::connecting;

// The test of a connection against real servers, by key and mouse; the UI thread is watched: it never waits.
class TestConnectionServers : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { m_place = std::make_unique<Place>(); }
    void testSaysWhatMendsIt();
    void testIsStopped();
    void realServers_data();
    void realServers();
    void certificateIsPinned();
    void failuresAreNamed_data();
    void failuresAreNamed();
    void throughAnSshServer_data();
    void throughAnSshServer();
    void serverIsLostMeanwhile_data() { engines(); }
    void serverIsLostMeanwhile();
    void editingEndsATest();

private:
    static void engines();
    bool fill(const ConnectionDialog &dialog, const ConnectionSettings &settings, const QString &password) const;
    std::unique_ptr<Place> m_place;
};

namespace {

const char *variableOf(Driver driver)
{
    return driver == Driver::Postgres ? "TIDEMARK_TEST_POSTGRES" : "TIDEMARK_TEST_MYSQL";
}

#define NEED_SERVERS                                                                                                   \
    if (!qEnvironmentVariableIsSet("TIDEMARK_TEST_POSTGRES") || !qEnvironmentVariableIsSet("TIDEMARK_TEST_MYSQL"))     \
    QSKIP("TIDEMARK_TEST_POSTGRES and TIDEMARK_TEST_MYSQL are not set")

ConnectionSettings goodSettings(Driver driver)
{
    const QUrl url(qEnvironmentVariable(variableOf(driver)));
    ConnectionSettings settings;
    settings.name = u"real"_s;
    settings.driver = driver;
    settings.host = url.host();
    settings.port = url.port();
    settings.user = url.userName();
    settings.database = url.path().mid(1);
    settings.timeoutMs = 20'000; // servers answer late where the machine is busy
    return settings;
}

// What a failure needs to be there while it is provoked.
struct Scene
{
    std::unique_ptr<test::FakeServer> server;
    std::unique_ptr<test::SshServer> ssh;
    QString password = qEnvironmentVariable("TIDEMARK_TEST_PASSWORD");

    ~Scene() { qunsetenv("TIDEMARK_SSH_CONFIG"); }
    void replaceServer(ConnectionSettings &settings, test::FakeServer::Serve serve)
    {
        server = std::make_unique<test::FakeServer>(std::move(serve));
        settings.host = u"127.0.0.1"_s;
        settings.port = server->port();
    }
    void goThroughSsh(ConnectionSettings &settings, test::SshServer::Known known, bool withKey)
    {
        ssh = std::make_unique<test::SshServer>();
        settings.ssh = SshSettings{u"127.0.0.1"_s, ssh->port(), ssh->user(), {}};
        qputenv("TIDEMARK_SSH_CONFIG", ssh->clientConfig(known, withKey).toLocal8Bit());
    }
    static void verifyBy(ConnectionSettings &settings, const QString &host, const QString &authority)
    {
        settings.host = host;
        settings.tls.mode = TlsMode::VerifyFull;
        settings.tls.ca = qEnvironmentVariable("TIDEMARK_TEST_TLS_DIR") + u'/' + authority;
    }
};

struct Failure
{
    const char *name;
    ErrorCode code;
    void (*provoke)(Scene &, ConnectionSettings &);
};

const QList<Failure> &failures()
{
    using Set = ConnectionSettings;
    using Known = test::SshServer::Known;
    static const QList<Failure> all{
        {"DNS", ErrorCode::HostNotFound, [](Scene &, Set &s) { s.host = u"no-such-host.invalid"_s; }},
        {"refused", ErrorCode::Unreachable, [](Scene &, Set &s) { s.port = test::closedPort(); }},
        {"time-out", ErrorCode::Timeout,
         [](Scene &scene, Set &s) {
             scene.replaceServer(s, test::silentServer());
             s.timeoutMs = 1500;
         }},
        {"TLS name", ErrorCode::TlsName, [](Scene &scene, Set &s) { scene.verifyBy(s, u"127.0.0.1"_s, u"ca.pem"_s); }},
        {"TLS CA", ErrorCode::TlsUntrusted,
         [](Scene &scene, Set &s) { scene.verifyBy(s, u"localhost"_s, u"wrong-ca.pem"_s); }},
        {"password", ErrorCode::WrongPassword, [](Scene &scene, Set &) { scene.password = u"not the password"_s; }},
        {"database", ErrorCode::NoSuchDatabase, [](Scene &, Set &s) { s.database = u"ui_no_such_database"_s; }},
        {"rights", ErrorCode::NoRights,
         [](Scene &scene, Set &s) {
             scene.replaceServer(s, s.driver == Driver::Postgres ? test::closedPostgres() : test::closedMariaDb());
         }},
        {"version", ErrorCode::ServerTooOld,
         [](Scene &scene, Set &s) {
             scene.replaceServer(s, s.driver == Driver::Postgres ? test::oldPostgres() : test::oldMariaDb());
             s.tls.mode = TlsMode::Disable;
         }},
        {"SSH host key", ErrorCode::SshHostKey,
         [](Scene &scene, Set &s) { scene.goThroughSsh(s, Known::Nothing, true); }},
        {"SSH host key changed", ErrorCode::SshHostKey,
         [](Scene &scene, Set &s) { scene.goThroughSsh(s, Known::Other, true); }},
        {"SSH auth", ErrorCode::SshAuth,
         [](Scene &scene, Set &s) {
             scene.goThroughSsh(s, Known::Right, false);
             s.ssh->key = scene.ssh->otherKey();
         }},
        {"protocol", ErrorCode::ProtocolUnknown,
         [](Scene &scene, Set &s) { scene.replaceServer(s, test::httpServer()); }},
    };
    return all;
}

} // namespace

void TestConnectionServers::engines()
{
    QTest::addColumn<int>("engine");
    QTest::newRow("PostgreSQL") << static_cast<int>(Driver::Postgres);
    QTest::newRow("MariaDB") << static_cast<int>(Driver::Mysql);
}

// As a person fills it in.
bool TestConnectionServers::fill(const ConnectionDialog &dialog, const ConnectionSettings &settings,
                                 const QString &password) const
{
    static const QMap<TlsMode, QString> modes{{TlsMode::Disable, u"Off"_s},
                                              {TlsMode::VerifyFull, u"Verify authority and host name"_s}};
    const auto port = [](int number) { return QString::number(number); };
    const bool general = person::type(dialog, u"name"_s, settings.name)
        && person::choose(dialog, u"driver"_s,
                          settings.driver == Driver::Postgres ? u"PostgreSQL"_s : u"MariaDB / MySQL"_s)
        && person::type(dialog, u"host"_s, settings.host) && person::type(dialog, u"port"_s, port(settings.port))
        && person::type(dialog, u"database"_s, settings.database) && person::type(dialog, u"user"_s, settings.user)
        && person::choose(dialog, u"passwordKind"_s, u"Asked each time"_s)
        && person::type(dialog, u"secret"_s, password)
        && person::type(dialog, u"timeout"_s, QString::number(settings.timeoutMs) + u"ms"_s);
    if (!general)
        return false;
    if (settings.tls.mode
        && !(openTab(dialog, 1) && person::choose(dialog, u"tlsMode"_s, modes.value(*settings.tls.mode))
             && person::type(dialog, u"ca"_s, settings.tls.ca)))
        return false;
    return !settings.ssh
        || (openTab(dialog, 2) && person::tick(dialog, u"ssh"_s, true)
            && person::type(dialog, u"sshHost"_s, settings.ssh->host)
            && person::type(dialog, u"sshPort"_s, port(settings.ssh->port))
            && person::type(dialog, u"sshUser"_s, settings.ssh->user)
            && person::type(dialog, u"sshKey"_s, settings.ssh->key));
}

void TestConnectionServers::testSaysWhatMendsIt()
{
    person::Watch watch;
    const auto dialog = m_place->open();
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

void TestConnectionServers::testIsStopped()
{
    person::Watch watch;
    const auto dialog = m_place->open();
    // An address that nobody answers at.
    paste(edit(*dialog, u"url"_s), u"postgres://app:x@192.0.2.1/shop"_s);
    QVERIFY(person::click(*dialog, u"Test"_s));
    QVERIFY(person::click(*dialog, u"Stop the test"_s));
    QVERIFY(person::shows(*dialog, u"Test stopped."_s));
    QVERIFY(person::button(*dialog, u"Test"_s));
    QVERIFY(person::type(*dialog, u"user"_s, u"still usable"_s));
}

void TestConnectionServers::realServers_data()
{
    QTest::addColumn<QByteArray>("variable");
    QTest::addColumn<QString>("product");
    QTest::newRow("PostgreSQL") << QByteArray("TIDEMARK_TEST_POSTGRES") << u"PostgreSQL"_s;
    QTest::newRow("MariaDB") << QByteArray("TIDEMARK_TEST_MYSQL") << u"MariaDB"_s;
}

void TestConnectionServers::realServers()
{
    QFETCH(QByteArray, variable);
    QFETCH(QString, product);
    const QString url = qEnvironmentVariable(variable.constData());
    if (url.isEmpty())
        QSKIP(qPrintable(QString::fromLatin1(variable) + u" is not set: no server to test with"_s));
    person::Watch watch;
    const auto dialog = m_place->open();
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

void TestConnectionServers::certificateIsPinned()
{
    const QString url = qEnvironmentVariable("TIDEMARK_TEST_POSTGRES");
    if (url.isEmpty())
        QSKIP("TIDEMARK_TEST_POSTGRES is not set: no server to ask for its certificate");
    person::Watch watch;
    const auto dialog = m_place->open();
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

void TestConnectionServers::failuresAreNamed_data()
{
    QTest::addColumn<int>("engine");
    QTest::addColumn<int>("number");
    for (const Driver driver : {Driver::Postgres, Driver::Mysql}) {
        for (int number = 0; number < failures().size(); ++number)
            QTest::addRow("%s %s", driver == Driver::Postgres ? "PostgreSQL" : "MariaDB", failures().at(number).name)
                << static_cast<int>(driver) << number;
    }
}

void TestConnectionServers::failuresAreNamed()
{
    NEED_SERVERS;
    QFETCH(int, engine);
    QFETCH(int, number);
    const Failure &failure = failures().at(number);
    if (QByteArray(failure.name).startsWith("SSH") && !test::SshServer::isThere())
        QSKIP("sshd is not installed (openssh-server)");
    Scene scene;
    ConnectionSettings settings = goodSettings(static_cast<Driver>(engine));
    failure.provoke(scene, settings);
    person::Watch watch;
    const auto dialog = m_place->open();
    QVERIFY(fill(*dialog, settings, scene.password));
    std::optional<Error> found;
    connect(dialog.get(), &ConnectionDialog::tested, this,
            [&](const ConnectionSettings &, const QString &, const std::optional<Error> &error) { found = error; });
    const QString said = connecting::test(*dialog);
    QVERIFY2(found, qPrintable(said));
    QVERIFY2(found->code == failure.code, qPrintable(codeName(found->code) + u": "_s + said + found->detail));
    const wording::Message message = wording::message(*found);
    QCOMPARE(said, message.what);
    QVERIFY(!message.next.isEmpty() && person::shows(*dialog, message.next));
    for (const QString &text : person::texts(*dialog))
        QVERIFY2(!text.contains(u"not the password"_s), qPrintable(text));
    // It can be mended and tested again.
    QVERIFY(person::button(*dialog, u"Test"_s)->isEnabled());
}

void TestConnectionServers::throughAnSshServer_data()
{
    QTest::addColumn<int>("engine");
    QTest::addColumn<bool>("keyFile");
    for (const bool keyFile : {false, true}) {
        QTest::addRow("PostgreSQL, %s", keyFile ? "key file" : "agent or usual key")
            << static_cast<int>(Driver::Postgres) << keyFile;
        QTest::addRow("MariaDB, %s", keyFile ? "key file" : "agent or usual key")
            << static_cast<int>(Driver::Mysql) << keyFile;
    }
}

void TestConnectionServers::throughAnSshServer()
{
    NEED_SERVERS;
    if (!test::SshServer::isThere())
        QSKIP("sshd is not installed (openssh-server)");
    QFETCH(int, engine);
    QFETCH(bool, keyFile);
    Scene scene;
    ConnectionSettings settings = goodSettings(static_cast<Driver>(engine));
    scene.goThroughSsh(settings, test::SshServer::Known::Right, !keyFile);
    QVERIFY2(scene.ssh->isRunning(), qPrintable(scene.ssh->log()));
    if (keyFile)
        settings.ssh->key = scene.ssh->key();
    Scene::verifyBy(settings, u"localhost"_s, u"ca.pem"_s); // the name behind the tunnel
    person::Watch watch;
    const auto dialog = m_place->open();
    dialog->saveHere(true);
    QVERIFY(fill(*dialog, settings, scene.password));
    QVERIFY(person::shows(*dialog, u"ssh -p %1 %2@127.0.0.1"_s.arg(settings.ssh->port).arg(settings.ssh->user)));
    QVERIFY(person::click(*dialog, u"copySshCommand"_s));
    QVERIFY(QGuiApplication::clipboard()->text().startsWith(u"ssh -p"_s));
    const QString said = connecting::test(*dialog);
    QVERIFY2(said.startsWith(u"Connected to"_s), qPrintable(person::texts(*dialog).join(u'\n') + scene.ssh->log()));
    QVERIFY(person::shows(*dialog, u"Reached through the SSH tunnel."_s));
    QVERIFY(person::shows(*dialog, u"server verified"_s));
    // The certificate is fetched through it, too.
    QVERIFY(openTab(*dialog, 1));
    QVERIFY(person::click(*dialog, u"viewCertificate"_s));
    WAIT_WINDOW(certificate, u"certificateDialog"_s);
    QTRY_VERIFY_WITH_TIMEOUT(person::shows(*certificate, u"CN=localhost"_s), 20'000);
    QTest::keyClick(certificate, Qt::Key_Escape);
    QTRY_VERIFY(!person::window(u"certificateDialog"_s));
    QSignalSpy accepted(dialog.get(), &QDialog::accepted);
    QVERIFY(person::click(*dialog, u"Save"_s));
    QVERIFY(accepted.count() > 0 || accepted.wait(30'000));
    const ConnectionSettings saved = [&] {
        ConnectionSettings read;
        person::elsewhere(
            [&] { read = m_place->desk()->workspace().connection(settings.name).value_or(ConnectionSettings()); });
        return read;
    }();
    QCOMPARE(saved.ssh, settings.ssh);
    QCOMPARE(saved.host, settings.host);
}

// The server goes while the dialog is open: it is said, nothing freezes, nothing typed is lost, and it may come back.
void TestConnectionServers::serverIsLostMeanwhile()
{
    NEED_SERVERS;
    QFETCH(int, engine);
    person::Watch watch;
    ConnectionSettings settings = goodSettings(static_cast<Driver>(engine));
    test::TcpProxy proxy(settings.host, settings.port);
    settings.host = u"127.0.0.1"_s;
    settings.port = proxy.port();
    settings.timeoutMs = 4000; // waited for in full once, and enough for what answers on a busy machine
    const QString password = qEnvironmentVariable("TIDEMARK_TEST_PASSWORD");
    const auto dialog = m_place->open();
    QVERIFY(fill(*dialog, settings, password));
    QString said = connecting::test(*dialog);
    QVERIFY2(said.startsWith(u"Connected to"_s), qPrintable(said));
    proxy.setFrozen(true);
    said = connecting::test(*dialog);
    QVERIFY2(said.contains(u"did not answer within"_s), qPrintable(said));
    proxy.setFrozen(false);
    proxy.cutNow();
    proxy.cutAfter(60); // in the midst of what it says
    said = connecting::test(*dialog);
    QVERIFY2(!said.startsWith(u"Connected to"_s) && said.contains(u"127.0.0.1"_s), qPrintable(said));
    // Also while its tables are listed.
    QVERIFY(person::click(*dialog, u"grants"_s));
    WAIT_WINDOW(grants, u"grantsDialog"_s);
    QTRY_VERIFY_WITH_TIMEOUT(person::shows(*grants, u"The tables could not be listed"_s), 20'000);
    QVERIFY(person::type(*grants, u"grantTables"_s, u"orders"_s)); // named by hand it goes on
    QVERIFY(person::button(*grants, u"copyGrants"_s)->isEnabled());
    QTest::keyClick(grants, Qt::Key_Escape);
    QTRY_VERIFY(!person::window(u"grantsDialog"_s));
    proxy.cutAfter(-1);
    QCOMPARE(edit(*dialog, u"secret"_s)->text(), password);
    said = connecting::test(*dialog);
    QVERIFY2(said.startsWith(u"Connected to"_s), qPrintable(said));
}

// Its answer would be about what does not stand there any more.
void TestConnectionServers::editingEndsATest()
{
    person::Watch watch;
    const test::FakeServer silent(test::silentServer());
    const auto dialog = m_place->open();
    paste(edit(*dialog, u"url"_s), u"postgres://app:x@127.0.0.1:%1/shop"_s.arg(silent.port()));
    QVERIFY(person::click(*dialog, u"Test"_s));
    QVERIFY(person::button(*dialog, u"Stop the test"_s));
    QVERIFY(person::type(*dialog, u"name"_s, u"another name"_s)); // does not matter to it
    QVERIFY(person::button(*dialog, u"Stop the test"_s));
    auto *tester = dialog->findChild<ConnectionTester *>();
    QVERIFY(tester->isRunning());
    QVERIFY(person::type(*dialog, u"user"_s, u"somebody"_s));
    QVERIFY(!tester->isRunning());
    QVERIFY(person::button(*dialog, u"Test"_s));
    QVERIFY(headline(*dialog)->text().isEmpty());
}

QTEST_MAIN(TestConnectionServers)
#include "tst_connectionservers.moc"
