// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/endpoint/mysql/listener.h"
#include "tests/endpoint/mysql/mysqlfixture.h"

using namespace Qt::StringLiterals;
using namespace tidemark;
using namespace tidemark::test;

class TestMysqlConnection : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (!hasMysql())
            QSKIP("TIDEMARK_TEST_MYSQL is not set");
    }
    void tls_data();
    void tls();
    void refusesWhatItCannotHonour();
    void wrongPassword();
    void wrongDatabase();
    void refusedPort();
    void unknownHost();
    void socketPath();
    void notMysql();
    void localInfile();
    void sessionVariables();
    void readOnlySession();
    void jobLock();
};

void TestMysqlConnection::tls_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<int>("mode");
    QTest::addColumn<QString>("ca");
    QTest::addColumn<int>("expected"); // −1: opens encrypted, −2: in clear

    const auto row = [](const char *name, const QString &host, TlsMode mode, const QString &ca, int expected) {
        QTest::newRow(name) << host << static_cast<int>(mode) << ca << expected;
    };
    const int name = static_cast<int>(ErrorCode::TlsName);
    const int untrusted = static_cast<int>(ErrorCode::TlsUntrusted);
    row("disable", u"127.0.0.1"_s, TlsMode::Disable, {}, -2);
    row("prefer", u"127.0.0.1"_s, TlsMode::Prefer, {}, -1);
    row("require", u"127.0.0.1"_s, TlsMode::Require, {}, -1);
    row("verify-ca", u"127.0.0.1"_s, TlsMode::VerifyCa, u"ca.pem"_s, -1);
    row("verify-ca, other authority", u"127.0.0.1"_s, TlsMode::VerifyCa, u"wrong-ca.pem"_s, untrusted);
    row("verify-ca, the system's authorities", u"127.0.0.1"_s, TlsMode::VerifyCa, {}, untrusted);
    row("verify-full", u"localhost"_s, TlsMode::VerifyFull, u"ca.pem"_s, -1);
    row("verify-full, other name", u"127.0.0.1"_s, TlsMode::VerifyFull, u"ca.pem"_s, name);
    row("verify-full, other authority", u"localhost"_s, TlsMode::VerifyFull, u"wrong-ca.pem"_s, untrusted);
    row("verify-full, the system's authorities", u"localhost"_s, TlsMode::VerifyFull, {}, untrusted);
}

void TestMysqlConnection::tls()
{
    QFETCH(QString, host);
    QFETCH(int, mode);
    QFETCH(QString, ca);
    QFETCH(int, expected);
    ConnectionSettings settings = mysqlSettings();
    settings.host = host;
    settings.tls.mode = static_cast<TlsMode>(mode);
    if (!ca.isEmpty())
        settings.tls.ca = qEnvironmentVariable("TIDEMARK_TEST_TLS_DIR") + u'/' + ca;
    const auto session = openMysql(settings, mysqlSecret(), {});
    if (expected >= 0) {
        COMPARE_CODE(session, static_cast<ErrorCode>(expected));
        return;
    }
    VERIFY_OK(session);
    const auto cipher = (*session)->query(u"SHOW STATUS LIKE 'Ssl_cipher'"_s);
    VERIFY_OK(cipher);
    QCOMPARE(cipher->first()[1]->isEmpty(), expected == -2);
}

void TestMysqlConnection::refusesWhatItCannotHonour()
{
    ConnectionSettings settings = mysqlSettings();
    settings.tls.mode = TlsMode::Require;
    settings.tls.pin = QString(64, u'a');
    COMPARE_CODE(openMysql(settings, mysqlSecret(), {}), ErrorCode::TlsUntrusted);
    settings.tls.pin.clear();
    settings.tls.mode = TlsMode::VerifyFull;
    settings.tls.ca = u"/nonexistent/ca.pem"_s;
    COMPARE_CODE(openMysql(settings, mysqlSecret(), {}), ErrorCode::FileNotFound);
}

void TestMysqlConnection::wrongPassword()
{
    const auto session = openMysql(mysqlSettings(), Secret("not-the-password"), {});
    COMPARE_CODE(session, ErrorCode::WrongPassword);
    QVERIFY(!session.error().detail.contains("not-the-password"_L1));
    QCOMPARE(session.error().facts.value(Fact::User), mysqlSettings().user);
}

void TestMysqlConnection::wrongDatabase()
{
    ConnectionSettings settings = mysqlSettings("TIDEMARK_TEST_MYSQL_ADMIN");
    settings.database = u"my_no_such"_s;
    const auto session = openMysql(settings, mysqlSecret("TIDEMARK_TEST_ADMIN_PASSWORD"), {});
    COMPARE_CODE(session, ErrorCode::NoSuchDatabase);
    QCOMPARE(session.error().facts.value(Fact::Database), u"my_no_such"_s);
    settings = mysqlSettings();
    settings.user = u"tidemark_low"_s;
    settings.database = u"mysql"_s;
    COMPARE_CODE(openMysql(settings, mysqlSecret(), {}), ErrorCode::NoRights);
}

void TestMysqlConnection::refusedPort()
{
    ConnectionSettings settings = mysqlSettings();
    settings.port = Listener().port(); // closed again
    const auto session = openMysql(settings, mysqlSecret(), {});
    COMPARE_CODE(session, ErrorCode::Unreachable);
    QCOMPARE(session.error().facts.value(Fact::Port), QString::number(settings.port));
    settings.host = u"/nonexistent/mysqld.sock"_s;
    COMPARE_CODE(openMysql(settings, mysqlSecret(), {}), ErrorCode::Unreachable);
}

void TestMysqlConnection::unknownHost()
{
    ConnectionSettings settings = mysqlSettings();
    settings.host = u"no-such-host.invalid"_s;
    settings.tls.mode = TlsMode::Disable;
    COMPARE_CODE(openMysql(settings, mysqlSecret(), {}), ErrorCode::HostNotFound);
}

void TestMysqlConnection::socketPath()
{
    MysqlDatabase database;
    ConnectionSettings settings = database.settings();
    settings.host = QString::fromUtf8(database.value(u"SELECT @@socket"_s));
    settings.port = 0;
    VERIFY_OK(openMysql(settings, mysqlSecret(), {}));
}

void TestMysqlConnection::notMysql()
{
    const Listener other;
    ConnectionSettings settings = mysqlSettings();
    settings.port = other.port();
    settings.timeoutMs = 2000;
    std::thread speaker([&] { other.say("SSH-2.0-OpenSSH_9.2p1\r\n"); });
    const auto session = openMysql(settings, mysqlSecret(), {});
    speaker.join();
    QVERIFY(!session);
    QVERIFY2(session.error().code == ErrorCode::ProtocolUnknown || session.error().code == ErrorCode::ConnectionLost,
             qPrintable(codeName(session.error().code)));
}

void TestMysqlConnection::localInfile()
{
    MysqlDatabase database;
    database.run(u"CREATE TABLE n (t TEXT)"_s);
    auto session = database.open();
    VERIFY_OK(session);
    QVERIFY(!(*session)->execute(u"LOAD DATA LOCAL INFILE '/etc/passwd' INTO TABLE n"_s));
    QCOMPARE(database.value(u"SELECT COUNT(*) FROM n"_s), QByteArray("0"));
}

void TestMysqlConnection::sessionVariables()
{
    auto session = openMysql(mysqlSettings(), mysqlSecret(), {true, nullptr});
    VERIFY_OK(session);
    const auto rows =
        (*session)->query(u"SELECT @@sql_mode, @@time_zone, @@character_set_results, @@local_infile IS NOT NULL"_s);
    VERIFY_OK(rows);
    QVERIFY(rows->first()[0]->contains("STRICT_ALL_TABLES"));
    QVERIFY(rows->first()[0]->contains("NO_AUTO_VALUE_ON_ZERO"));
    QCOMPARE(*rows->first()[1], QByteArray("+00:00"));
    QCOMPARE(*rows->first()[2], QByteArray("utf8mb4"));
    QCOMPARE((*session)->facts().product, u"MariaDB"_s);
    auto other = openMysql(mysqlSettings(), mysqlSecret(), {});
    VERIFY_OK(other);
    QCOMPARE((*session)->facts().identity, (*other)->facts().identity);
    const auto multi = (*session)->query(u"SELECT 1; SELECT 2"_s);
    QVERIFY(!multi);
}

void TestMysqlConnection::readOnlySession()
{
    MysqlDatabase database;
    database.run(u"CREATE TABLE n (id INT PRIMARY KEY)"_s);
    auto session = database.open(false);
    VERIFY_OK(session);
    COMPARE_CODE((*session)->beginWrite(), ErrorCode::ReadOnly);
    COMPARE_CODE((*session)->execute(u"INSERT INTO n VALUES (1)"_s), ErrorCode::ReadOnly);
    VERIFY_OK((*session)->beginRead({}));
    COMPARE_CODE((*session)->execute(u"INSERT INTO n VALUES (1)"_s), ErrorCode::ReadOnly);
    VERIFY_OK((*session)->rollback());
    QCOMPARE(database.value(u"SELECT COUNT(*) FROM n"_s), QByteArray("0"));
}

void TestMysqlConnection::jobLock()
{
    auto first = openMysql(mysqlSettings(), mysqlSecret(), {true, nullptr});
    auto second = openMysql(mysqlSettings(), mysqlSecret(), {true, nullptr});
    VERIFY_OK(first);
    VERIFY_OK(second);
    const QString job = u"my-test-%1"_s.arg(QCoreApplication::applicationPid());
    QCOMPARE((*first)->tryJobLock(job).value(), true);
    QCOMPARE((*second)->tryJobLock(job).value(), false);
    QCOMPARE((*second)->tryJobLock(job + u'x').value(), true);
    first->reset();
    QTRY_COMPARE((*second)->tryJobLock(job).value(), true); // the server notices the end in its own time
}

QTEST_GUILESS_MAIN(TestMysqlConnection)
#include "tst_mysqlconnection.moc"
