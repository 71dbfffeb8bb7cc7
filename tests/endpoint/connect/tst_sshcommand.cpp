// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "core/endpoint/ssh/sshcommand.h"

using namespace tidemark;
using namespace tidemark::ssh;
using namespace Qt::StringLiterals;

class TestSshCommand : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void argumentsAreWhole();
    void hostKeysAreAlwaysChecked();
    void refusesWords_data();
    void refusesWords();
    void lastWords_data();
    void lastWords();
    void channelWords_data();
    void channelWords();
    void takenPort();
};

void TestSshCommand::argumentsAreWhole()
{
    const SshSettings bastion{u"bastion"_s, 2222, u"me"_s, u"/home/me/a key"_s};
    const auto arguments = sshArguments(bastion, {u"db.inside"_s, 5432}, 40'001, 10'000, u"/t/config"_s);
    QVERIFY(arguments);
    QCOMPARE(arguments->mid(arguments->size() - 2), (QStringList{u"--"_s, u"bastion"_s}));
    const auto follows = [&](const QString &option, const QString &value) {
        for (qsizetype i = 0; i + 1 < arguments->size(); ++i) {
            if (arguments->at(i) == option && arguments->at(i + 1) == value)
                return true;
        }
        return false;
    };
    QVERIFY(follows(u"-L"_s, u"127.0.0.1:40001:db.inside:5432"_s));
    QVERIFY(follows(u"-p"_s, u"2222"_s));
    QVERIFY(follows(u"-l"_s, u"me"_s));
    QVERIFY(follows(u"-i"_s, u"/home/me/a key"_s));
    QVERIFY(follows(u"-o"_s, u"IdentitiesOnly=yes"_s));
    QVERIFY(follows(u"-F"_s, u"/t/config"_s));
    QVERIFY(follows(u"-o"_s, u"ConnectTimeout=10"_s));

    const auto plain = sshArguments({u"bastion"_s, 22, {}, {}}, {u"::1"_s, 3306}, 1, 1, {});
    QVERIFY(plain);
    QVERIFY(plain->contains(u"127.0.0.1:1:[::1]:3306"_s));
    QVERIFY(plain->contains(u"ConnectTimeout=1"_s));
    for (const QString &absent : {u"-p"_s, u"-l"_s, u"-i"_s, u"-F"_s, u"IdentitiesOnly=yes"_s})
        QVERIFY2(!plain->contains(absent), qPrintable(absent));
}

void TestSshCommand::hostKeysAreAlwaysChecked()
{
    const auto arguments = sshArguments({u"bastion"_s, 22, {}, {}}, {u"db"_s, 1}, 1, 1000, {});
    QVERIFY(arguments);
    for (const QString &option : {u"StrictHostKeyChecking=yes"_s, u"BatchMode=yes"_s, u"ExitOnForwardFailure=yes"_s,
                                  u"NoHostAuthenticationForLocalhost=no"_s, u"ControlPath=none"_s})
        QCOMPARE(arguments->count(option), 1);
    for (const QString &argument : *arguments) {
        QVERIFY(!argument.startsWith("UserKnownHostsFile"_L1));
        QVERIFY(!argument.contains("accept-new"_L1));
    }
}

void TestSshCommand::refusesWords_data()
{
    QTest::addColumn<QString>("word");
    for (const char *word :
         {"-oProxyCommand=id", "--", "a b", "a\nb", "a;b", "`id`", "$(id)", "a|b", "a&b", "[x]", "'"})
        QTest::newRow(word) << QString::fromLatin1(word);
}

void TestSshCommand::refusesWords()
{
    QFETCH(QString, word);
    QVERIFY(!sshArguments({word, 22, {}, {}}, {u"db"_s, 1}, 1, 1000, {}));
    QVERIFY(!sshArguments({u"h"_s, 22, word, {}}, {u"db"_s, 1}, 1, 1000, {}));
    QVERIFY(!sshArguments({u"h"_s, 22, {}, {}}, {word, 1}, 1, 1000, {}));
}

void TestSshCommand::lastWords_data()
{
    QTest::addColumn<QString>("words");
    QTest::addColumn<int>("code");
    const auto row = [](const char *name, const char *words, ErrorCode code) {
        QTest::newRow(name) << QString::fromUtf8(words) << static_cast<int>(code);
    };
    row("unknown host key",
        "No ED25519 host key is known for [127.0.0.1]:2222 and you have requested strict checking.\r\n"
        "Host key verification failed.\r\n",
        ErrorCode::SshHostKey);
    row("changed host key",
        "@@@@@@@@@@@\r\n@    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @\r\nHost key for h has changed and "
        "you have requested strict checking.\r\nHost key verification failed.\r\n",
        ErrorCode::SshHostKey);
    row("key refused", "me@h: Permission denied (publickey).\r\n", ErrorCode::SshAuth);
    row("no key file",
        "Warning: Identity file /x not accessible: No such file or directory.\r\nme@h: Permission denied "
        "(publickey,password).\r\n",
        ErrorCode::SshAuth);
    row("too many keys", "Received disconnect from 10.0.0.1 port 22:2: Too many authentication failures\r\n",
        ErrorCode::SshAuth);
    row("no such host", "ssh: Could not resolve hostname h: Name or service not known\r\n", ErrorCode::SshUnreachable);
    row("refused", "ssh: connect to host h port 22: Connection refused\r\n", ErrorCode::SshUnreachable);
    row("time-out", "ssh: connect to host h port 22: Connection timed out\r\n", ErrorCode::SshUnreachable);
    row("no SSH", "kex_exchange_identification: Connection closed by remote host\r\n", ErrorCode::SshUnreachable);
    row("bad option", "/c: line 1: Bad configuration option: x\r\n/c: terminating, 1 bad configuration options\r\n",
        ErrorCode::SshUnavailable);
    row("nothing in common",
        "Unable to negotiate with 10.0.0.1 port 22: no matching host key type found. Their offer: ssh-rsa\r\n",
        ErrorCode::SshUnavailable);
    row("a notice of the server comes first", "Welcome. All use is logged.\r\nme@h: Permission denied (publickey).\r\n",
        ErrorCode::SshAuth);
    row("nothing", "", ErrorCode::SshUnavailable);
}

void TestSshCommand::lastWords()
{
    QFETCH(QString, words);
    QFETCH(int, code);
    const Error error = sshError(words);
    QCOMPARE(codeName(error.code), codeName(static_cast<ErrorCode>(code)));
    QCOMPARE(error.detail.isEmpty(), words.isEmpty());
    const bool isTransient = error.code == ErrorCode::SshUnreachable;
    QCOMPARE(error.isTransient(), isTransient);
    QCOMPARE(exitCode(error.code), isTransient ? 2 : 4);
}

void TestSshCommand::channelWords_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<int>("code");
    const auto row = [](const char *line, int code) { QTest::newRow(line) << QString::fromUtf8(line) << code; };
    row("channel 2: open failed: administratively prohibited: open failed",
        static_cast<int>(ErrorCode::SshForwardRefused));
    row("channel 2: open failed: connect failed: Connection refused", static_cast<int>(ErrorCode::Unreachable));
    row("channel 2: open failed: connect failed: No route to host", static_cast<int>(ErrorCode::Unreachable));
    row("channel 2: open failed: connect failed: Connection timed out", static_cast<int>(ErrorCode::Timeout));
    row("channel 2: open failed: connect failed: Name or service not known", static_cast<int>(ErrorCode::HostNotFound));
    row("channel 2: open failed: connect failed: Temporary failure in name resolution",
        static_cast<int>(ErrorCode::HostNotFound));
    row("Welcome to this server", -1);
}

void TestSshCommand::channelWords()
{
    QFETCH(QString, line);
    QFETCH(int, code);
    const auto error = channelError(line);
    QCOMPARE(error ? static_cast<int>(error->code) : -1, code);
}

void TestSshCommand::takenPort()
{
    QVERIFY(portWasTaken(u"bind [127.0.0.1]:5: Address already in use\nchannel_setup_fwd_listener_tcpip: cannot listen "
                         "to port: 5\nCould not request local forwarding.\n"_s));
    QVERIFY(!portWasTaken(u"Permission denied (publickey)."_s));
}

QTEST_APPLESS_MAIN(TestSshCommand)
#include "tst_sshcommand.moc"
