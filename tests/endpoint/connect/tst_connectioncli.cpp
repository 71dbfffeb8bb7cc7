// SPDX-License-Identifier: GPL-3.0-or-later
// Connections through the real command line: SSH, keychain, and what a test of a connection says.
#include <csignal>
#include <memory>

#include <QUrl>

#include "tests/app/clirun.h"
#include "tests/support/fakeserver.h"
#include "tests/support/sshserver.h"

using namespace tidemark::test;
using namespace Qt::StringLiterals;

// An SSH agent of the test's own, that holds one key.
class Agent
{
public:
    explicit Agent(const QString &key) : m_socket(m_folder.filePath(u"agent"_s))
    {
        m_process.start(u"ssh-agent"_s, {u"-D"_s, u"-a"_s, m_socket});
        if (!m_process.waitForStarted() || !QTest::qWaitFor([this] { return QFile::exists(m_socket); }, 30'000))
            return;
        qputenv("SSH_AUTH_SOCK", m_socket.toLocal8Bit());
        isReady = QProcess::execute(u"ssh-add"_s, {u"-q"_s, key}) == 0;
    }
    ~Agent()
    {
        qunsetenv("SSH_AUTH_SOCK");
        m_process.terminate();
        m_process.waitForFinished();
    }
    Agent(const Agent &) = delete;
    Agent &operator=(const Agent &) = delete;

    bool isReady = false;

private:
    QTemporaryDir m_folder;
    QString m_socket;
    QProcess m_process;
};

class TestConnectionCli : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void usage_data();
    void usage();
    void sshIsSaved();
    void keychainAbsent();
    void sqliteFiles();
    void throughSsh_data();
    void throughSsh();
    void asWhomThroughSsh_data();
    void asWhomThroughSsh();
    void killedWithItsTunnel_data();
    void killedWithItsTunnel();
};

void TestConnectionCli::usage_data()
{
    QTest::addColumn<QStringList>("arguments");
    const auto row = [](const char *name, const QStringList &arguments) {
        QTest::newRow(name) << QStringList{u"connection"_s, u"add"_s, u"c"_s} + arguments;
    };
    const QString url = u"postgres://u@h/d"_s;
    row("key without server", {url, u"--ssh-key"_s, u"k"_s});
    row("SSH to a file", {u"x.db"_s, u"--ssh"_s, u"b"_s});
    row("an option", {url, u"--ssh"_s, u"-oProxyCommand=id"_s});
    row("an option as user", {url, u"--ssh"_s, u"-l@b"_s});
    row("a shell", {url, u"--ssh"_s, u"b;id"_s});
    row("two users", {url, u"--ssh"_s, u"a@b@c"_s});
    row("no port", {url, u"--ssh"_s, u"b:"_s});
    row("two passwords", {url, u"--password-keychain"_s, u"k"_s, u"--password-ask"_s});
    row("keychain for a file", {u"x.db"_s, u"--password-keychain"_s, u"k"_s});
    row("keychain without key", {url, u"--password-keychain"_s});
}

void TestConnectionCli::usage()
{
    QFETCH(QStringList, arguments);
    const CliFolder folder;
    const auto added = folder.json(arguments);
    QVERIFY2(added.exitCode == 4, added.said().constData());
    QCOMPARE(added.code(), u"usage"_s);
    const auto list = folder.json({u"connection"_s, u"list"_s});
    QVERIFY(list.json().value("connections"_L1).toArray().isEmpty());
}

void TestConnectionCli::sshIsSaved()
{
    const CliFolder folder;
    const auto added = folder.json({u"connection"_s, u"add"_s, u"c"_s, u"mysql://u@localhost/d"_s, u"--ssh"_s,
                                    u"me@[fe80::1]:2222"_s, u"--ssh-key"_s, u"keys/id"_s});
    QVERIFY2(added.exitCode == 0, added.said().constData());
    const QJsonObject ssh = added.json().value("connection"_L1).toObject().value("ssh"_L1).toObject();
    QCOMPARE(ssh.value("host"_L1).toString(), u"fe80::1"_s);
    QCOMPARE(ssh.value("port"_L1).toInt(), 2222);
    QCOMPARE(ssh.value("user"_L1).toString(), u"me"_s);
    QCOMPARE(ssh.value("key"_L1).toString(), folder.path(u"keys/id"_s));
    const auto far = folder.json({u"connection"_s, u"add"_s, u"far"_s, u"postgres://h/d"_s, u"--ssh"_s, u"b:70000"_s});
    QVERIFY2(far.exitCode == 4, far.said().constData());
    QCOMPARE(far.code(), u"wrong-value"_s);
}

// Nobody can be asked, and no keychain answers: nothing is saved, nothing lands anywhere in clear.
void TestConnectionCli::keychainAbsent()
{
    qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere/bus");
    const CliFolder folder;
    const auto added =
        folder.json({u"connection"_s, u"add"_s, u"c"_s, u"postgres://u@h/d"_s, u"--password-keychain"_s, u"shop"_s});
    QVERIFY2(added.exitCode == 4, added.said().constData());
    QCOMPARE(added.code(), u"keychain-unavailable"_s);
    QVERIFY(folder.json({u"connection"_s, u"list"_s}).json().value("connections"_L1).toArray().isEmpty());
    // A file from another machine that names a keychain's key.
    QVERIFY(QDir().mkpath(folder.path(u"workspace"_s)));
    folder.write(u"workspace/connections.json"_s,
                 R"({"tidemark": 1, "connections": [{"name": "c", "driver": "mysql", "host": "h.invalid",
                     "database": "d", "password": {"keychain": "shop"}}]})");
    const auto tested = folder.json({u"connection"_s, u"test"_s, u"c"_s});
    QVERIFY2(tested.exitCode == 4, tested.said().constData());
    QCOMPARE(tested.code(), u"keychain-unavailable"_s);
    qunsetenv("DBUS_SESSION_BUS_ADDRESS");
}

void TestConnectionCli::sqliteFiles()
{
    const CliFolder folder;
    folder.sql(u"a.db"_s, "PRAGMA journal_mode=WAL; CREATE TABLE t(id INTEGER PRIMARY KEY); CREATE TABLE u(x);");
    const auto good = folder.json({u"connection"_s, u"test"_s, u"a.db"_s});
    QVERIFY2(good.exitCode == 0, good.said().constData());
    QCOMPARE(good.json().value("product"_L1).toString(), u"SQLite"_s);
    QCOMPARE(good.json().value("tables"_L1).toInt(), 2);
    QCOMPARE(good.json().value("writableTables"_L1).toInt(), 2);
    QVERIFY(good.json().value("tls"_L1).isNull());
    QCOMPARE(good.json().value("locked"_L1).toBool(true), false);
    const auto absent = folder.json({u"connection"_s, u"test"_s, u"b.db"_s});
    QCOMPARE(absent.exitCode, 4);
    QCOMPARE(absent.code(), u"file-not-found"_s);
    QVERIFY(!QFile::exists(folder.path(u"b.db"_s)));
    folder.write(u"no.db"_s, QByteArray(5000, 'x'));
    QCOMPARE(folder.json({u"connection"_s, u"test"_s, u"no.db"_s}).code(), u"not-a-database"_s);
}

void TestConnectionCli::throughSsh_data()
{
    QTest::addColumn<QString>("variable");
    QTest::addColumn<int>("known");
    QTest::addColumn<bool>("serverThere");
    QTest::addColumn<int>("exitCode");
    QTest::addColumn<QString>("code");
    for (const char *variable : {"TIDEMARK_TEST_POSTGRES", "TIDEMARK_TEST_MYSQL"}) {
        const auto row = [variable](const char *name, SshServer::Known known, bool there, int exitCode,
                                    const char *code) {
            QTest::addRow("%s %s", variable, name) << QString::fromLatin1(variable) << static_cast<int>(known) << there
                                                   << exitCode << QString::fromLatin1(code);
        };
        row("known", SshServer::Known::Right, true, 0, "");
        row("unknown", SshServer::Known::Nothing, true, 4, "ssh-host-key");
        row("another than before", SshServer::Known::Other, true, 4, "ssh-host-key");
        row("absent", SshServer::Known::Right, false, 2, "ssh-unreachable");
    }
}

void TestConnectionCli::throughSsh()
{
    QFETCH(QString, variable);
    QFETCH(int, known);
    QFETCH(bool, serverThere);
    QFETCH(int, exitCode);
    QFETCH(QString, code);
    const QString url = qEnvironmentVariable(variable.toLatin1().constData());
    if (url.isEmpty())
        QSKIP(qPrintable(variable + " is not set"_L1));
    if (!SshServer::isThere())
        QSKIP("sshd, ssh or ssh-keygen is not installed (openssh-server, openssh-client)");
    SshServer ssh;
    QVERIFY2(ssh.isRunning(), qPrintable(ssh.log()));
    qputenv("TIDEMARK_SSH_CONFIG", ssh.clientConfig(static_cast<SshServer::Known>(known)).toLocal8Bit());
    const CliFolder folder;
    const QString place = u"%1@127.0.0.1:%2"_s.arg(ssh.user()).arg(serverThere ? ssh.port() : closedPort());
    const auto added = folder.json(
        {u"connection"_s, u"add"_s, u"c"_s, url, u"--password-env"_s, u"TIDEMARK_TEST_PASSWORD"_s, u"--ssh"_s, place});
    QVERIFY2(added.exitCode == 0, added.said().constData());
    const auto tested = folder.json({u"connection"_s, u"test"_s, u"c"_s});
    QVERIFY2(tested.exitCode == exitCode, tested.said().constData());
    QCOMPARE(tested.code(), code);
    if (exitCode == 0)
        QCOMPARE(tested.json().value("ssh"_L1).toString(), place);
    QVERIFY(!tested.said().contains(qgetenv("TIDEMARK_TEST_PASSWORD")));
    qunsetenv("TIDEMARK_SSH_CONFIG");
}

void TestConnectionCli::asWhomThroughSsh_data()
{
    QTest::addColumn<QString>("by");
    QTest::addColumn<QString>("code"); // empty: it connects
    QTest::newRow("a key file") << u"file"_s << QString();
    QTest::newRow("a stranger's key file") << u"stranger"_s << u"ssh-auth"_s;
    QTest::newRow("the agent") << u"agent"_s << QString();
    QTest::newRow("nothing") << u"nothing"_s << u"ssh-auth"_s;
}

void TestConnectionCli::asWhomThroughSsh()
{
    QFETCH(QString, by);
    QFETCH(QString, code);
    const QString url = qEnvironmentVariable("TIDEMARK_TEST_POSTGRES");
    if (url.isEmpty() || !SshServer::isThere())
        QSKIP("TIDEMARK_TEST_POSTGRES is not set, or openssh-server is not installed");
    SshServer ssh;
    QVERIFY2(ssh.isRunning(), qPrintable(ssh.log()));
    const CliFolder folder;
    QFile keyless(ssh.clientConfig(SshServer::Known::Right, false));
    QVERIFY(keyless.open(QIODevice::ReadOnly));
    folder.write(u"ssh.config"_s, keyless.readAll().replace("IdentityAgent none", "IdentityFile none"));
    qputenv("TIDEMARK_SSH_CONFIG", folder.path(u"ssh.config"_s).toLocal8Bit());
    std::unique_ptr<Agent> agent;
    if (by == "agent"_L1) {
        agent = std::make_unique<Agent>(ssh.key());
        QVERIFY(agent->isReady);
    }
    QStringList arguments{u"connection"_s,
                          u"add"_s,
                          u"c"_s,
                          url,
                          u"--password-env"_s,
                          u"TIDEMARK_TEST_PASSWORD"_s,
                          u"--ssh"_s,
                          u"%1@127.0.0.1:%2"_s.arg(ssh.user()).arg(ssh.port())};
    if (by == "file"_L1 || by == "stranger"_L1)
        arguments << u"--ssh-key"_s << (by == "file"_L1 ? ssh.key() : ssh.otherKey());
    const auto added = folder.json(arguments);
    QVERIFY2(added.exitCode == 0, added.said().constData());
    const auto tested = folder.json({u"connection"_s, u"test"_s, u"c"_s});
    QVERIFY2(tested.exitCode == (code.isEmpty() ? 0 : 4), tested.said().constData());
    QCOMPARE(tested.code(), code);
    qunsetenv("TIDEMARK_SSH_CONFIG");
}

void TestConnectionCli::killedWithItsTunnel_data()
{
    QTest::addColumn<int>("signal");
    QTest::newRow("SIGKILL") << SIGKILL;
    QTest::newRow("SIGINT") << SIGINT;
}

// Whatever ends the program: its ssh does not stay behind.
void TestConnectionCli::killedWithItsTunnel()
{
    QFETCH(int, signal);
    if (!SshServer::isThere())
        QSKIP("sshd, ssh or ssh-keygen is not installed (openssh-server, openssh-client)");
    SshServer ssh;
    QVERIFY2(ssh.isRunning(), qPrintable(ssh.log()));
    const FakeServer silent(silentServer()); // so that it waits
    qputenv("TIDEMARK_SSH_CONFIG", ssh.clientConfig().toLocal8Bit());
    const CliFolder folder;
    const auto added = folder.json({u"connection"_s, u"add"_s, u"c"_s,
                                    u"postgres://u@127.0.0.1:%1/d?timeout=10m&tls=disable"_s.arg(silent.port()),
                                    u"--ssh"_s, u"%1@127.0.0.1:%2"_s.arg(ssh.user()).arg(ssh.port())});
    QVERIFY2(added.exitCode == 0, added.said().constData());
    QProcess cli;
    cli.setProcessEnvironment(folder.environment());
    cli.start(CliFolder::program(), {u"connection"_s, u"test"_s, u"c"_s});
    QVERIFY(cli.waitForStarted());
    const qint64 pid = cli.processId();
    QTRY_COMPARE_WITH_TIMEOUT(sshProcessesOf(pid).size(), 1, 20'000);
    const int tunnel = sshProcessesOf(pid).first();
    QCOMPARE(::kill(static_cast<pid_t>(pid), signal), 0);
    QVERIFY(cli.waitForFinished(20'000));
    if (signal == SIGINT)
        QCOMPARE(cli.exitCode(), 3);
    const QString running = u"/proc/%1/stat"_s.arg(tunnel);
    const auto isGone = [&running] { // or a zombie that whoever adopted it has not looked at
        QFile file(running);
        return !file.open(QIODevice::ReadOnly) || file.readAll().contains(") Z ");
    };
    QTRY_VERIFY_WITH_TIMEOUT(isGone(), 20'000);
    qunsetenv("TIDEMARK_SSH_CONFIG");
}

QTEST_GUILESS_MAIN(TestConnectionCli)
#include "tst_connectioncli.moc"
