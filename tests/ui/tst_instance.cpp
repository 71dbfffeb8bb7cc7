// SPDX-License-Identifier: GPL-3.0-or-later
#include <csignal>

#include <fcntl.h>
#include <sys/stat.h>

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QLocalSocket>
#include <QProcess>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include "ui/tray/instance.h"

using namespace Qt::StringLiterals;
using namespace tidemark;

using Wish = InstanceMessage::Wish;

// One window a workspace: other processes come to it, whatever they send and however it ended the last time.
class TestInstance : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void messagesTravelWhole_data();
    void messagesTravelWhole();
    void nothingElseIsUnderstood_data();
    void nothingElseIsUnderstood();
    void aSecondProcessIsHeard();
    void hostileBytesAreHarmless_data();
    void hostileBytesAreHarmless();
    void aFloodOfPeersEnds();
    void aKilledFirstOneIsReplaced();
    void aFrozenFirstOneIsNamed();
    void whoeverComesWhileOneEndsTakesOver();
    void anotherWorkspaceIsAnotherWindow();
    void aFolderThatOthersMayEnterIsPassedOver();
    void theSocketIsThisUsersAlone();

private:
    static QString told(const InstanceMessage &message);
    std::unique_ptr<QProcess> helper(const QString &role, const InstanceMessage &message = {});
    QTemporaryDir m_folder;
};

QString TestInstance::told(const InstanceMessage &message)
{
    return u"%1 %2"_s.arg(static_cast<int>(message.wish)).arg(message.text);
}

// This very program as another process, see main().
std::unique_ptr<QProcess> TestInstance::helper(const QString &role, const InstanceMessage &message)
{
    auto process = std::make_unique<QProcess>();
    process->setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process->start(QCoreApplication::applicationFilePath(),
                   {u"--as"_s, role, m_folder.path(), QString::number(static_cast<int>(message.wish)), message.text});
    return process;
}

void TestInstance::messagesTravelWhole_data()
{
    QTest::addColumn<Wish>("wish");
    QTest::addColumn<QString>("text");
    QTest::newRow("none") << Wish::None << QString();
    QTest::newRow("show") << Wish::Show << QString();
    QTest::newRow("sample") << Wish::Sample << QString();
    QTest::newRow("file") << Wish::Open << u"/tmp/a \"job\" of 苏.json"_s;
    QTest::newRow("job") << Wish::Run << u"Till → Report copy"_s;
    QTest::newRow("longest") << Wish::Run << QString(instancewire::longestText, u'\u82cf');
}

void TestInstance::messagesTravelWhole()
{
    QFETCH(Wish, wish);
    QFETCH(QString, text);
    const InstanceMessage message{wish, text};
    const QByteArray frame = instancewire::encode(message);
    QVERIFY(!frame.isEmpty() && frame.size() <= instancewire::longestFrame);
    const auto whole = instancewire::decode(frame);
    QVERIFY(whole.message);
    QCOMPARE(*whole.message, message);
    for (qsizetype length = 0; length < std::min<qsizetype>(frame.size(), 64); ++length) {
        const auto part = instancewire::decode(frame.first(length));
        QVERIFY(part.isIncomplete && !part.message);
    }
}

static QByteArray framed(const QByteArray &body)
{
    const auto size = static_cast<quint32>(body.size());
    QByteArray frame;
    for (const int shift : {24, 16, 8, 0})
        frame += static_cast<char>(size >> shift & 0xff);
    return frame + body;
}

void TestInstance::nothingElseIsUnderstood_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("another magic") << framed("tidemark/2 show\n");
    QTest::newRow("no line end") << framed("tidemark/1 show");
    QTest::newRow("an unknown verb") << framed("tidemark/1 quit\n");
    QTest::newRow("no verb") << framed("tidemark/1 \n");
    QTest::newRow("empty") << framed("");
    QTest::newRow("a text that does not belong") << framed("tidemark/1 show\nx");
    QTest::newRow("a path that is not absolute") << framed("tidemark/1 open\njob.json");
    QTest::newRow("no job") << framed("tidemark/1 run\n");
    QTest::newRow("a line end in a name") << framed("tidemark/1 run\na\nb");
    QTest::newRow("a null in a name") << framed(QByteArray("tidemark/1 run\na\0b", 18));
    QTest::newRow("no UTF-8") << framed("tidemark/1 run\n\xff\xfe");
    QTest::newRow("longer than any") << framed("tidemark/1 run\n" + QByteArray(4097, 'a'));
    QTest::newRow("a length beyond all") << QByteArray("\xff\xff\xff\xff");
    QTest::newRow("a length just beyond") << QByteArray("\x00\x00\x40\x3d", 4);
}

void TestInstance::nothingElseIsUnderstood()
{
    QFETCH(QByteArray, bytes);
    const auto read = instancewire::decode(bytes);
    QVERIFY(!read.message && !read.isIncomplete);
}

void TestInstance::aSecondProcessIsHeard()
{
    Instance first(m_folder.path(), m_folder.path());
    QCOMPARE(first.begin({}), Instance::Role::First);
    QSignalSpy spy(&first, &Instance::told);
    for (const InstanceMessage &message :
         {InstanceMessage{Wish::Show, {}}, InstanceMessage{Wish::Open, u"/a b/苏.json"_s},
          InstanceMessage{Wish::Run, u"till"_s}}) {
        spy.clear();
        const auto second = helper(u"second"_s, message);
        QTRY_COMPARE_WITH_TIMEOUT(second->state(), QProcess::NotRunning, 20'000);
        QCOMPARE(second->exitCode(), static_cast<int>(Instance::Role::Second));
        QCOMPARE(spy.size(), 1);
        QCOMPARE(told(spy.first().first().value<InstanceMessage>()), told(message));
    }
}

void TestInstance::hostileBytesAreHarmless_data()
{
    QTest::addColumn<QByteArray>("bytes");
    nothingElseIsUnderstood_data();
    QTest::newRow("nothing at all") << QByteArray();
    QTest::newRow("half a frame") << framed("tidemark/1 show\n").first(9);
    QTest::newRow("a megabyte of zeros") << QByteArray(1 << 20, '\0');
    QRandomGenerator random(7);
    for (int i = 0; i < 30; ++i) {
        QByteArray noise(random.bounded(1, 4000), '\0');
        for (char &byte : noise)
            byte = static_cast<char>(random.bounded(256));
        if (i % 2 == 0)
            noise = framed("tidemark/1 " + noise);
        QTest::addRow("noise %d", i) << noise;
    }
}

void TestInstance::hostileBytesAreHarmless()
{
    QFETCH(QByteArray, bytes);
    Instance first(m_folder.path(), m_folder.path());
    QCOMPARE(first.begin({}), Instance::Role::First);
    QSignalSpy spy(&first, &Instance::told);
    QLocalSocket hostile;
    hostile.connectToServer(first.socketFile());
    QTRY_COMPARE(hostile.state(), QLocalSocket::ConnectedState);
    hostile.write(bytes);
    hostile.flush();
    // It is let go of, and the next one is heard as ever.
    QTRY_COMPARE_WITH_TIMEOUT(hostile.state(), QLocalSocket::UnconnectedState, 10'000);
    QVERIFY(spy.isEmpty());
    const auto second = helper(u"second"_s);
    QTRY_COMPARE_WITH_TIMEOUT(second->state(), QProcess::NotRunning, 20'000);
    QCOMPARE(second->exitCode(), static_cast<int>(Instance::Role::Second));
    QCOMPARE(spy.size(), 1);
}

// More than it talks to at a time, all of them silent.
void TestInstance::aFloodOfPeersEnds()
{
    Instance first(m_folder.path(), m_folder.path());
    QCOMPARE(first.begin({}), Instance::Role::First);
    QSignalSpy spy(&first, &Instance::told);
    std::vector<std::unique_ptr<QLocalSocket>> peers;
    for (int i = 0; i < 60; ++i) {
        peers.push_back(std::make_unique<QLocalSocket>());
        peers.back()->connectToServer(first.socketFile());
    }
    const auto second = helper(u"second"_s);
    QTRY_COMPARE_WITH_TIMEOUT(second->state(), QProcess::NotRunning, 20'000);
    QCOMPARE(second->exitCode(), static_cast<int>(Instance::Role::Second));
    QCOMPARE(spy.size(), 1);
    for (const auto &peer : peers)
        QTRY_COMPARE_WITH_TIMEOUT(peer->state(), QLocalSocket::UnconnectedState, 10'000);
}

void TestInstance::aKilledFirstOneIsReplaced()
{
    const auto first = helper(u"first"_s);
    QByteArray said;
    QTRY_VERIFY_WITH_TIMEOUT((said += first->readAllStandardOutput()).contains("listens"), 20'000);
    first->kill();
    QTRY_COMPARE(first->state(), QProcess::NotRunning);
    Instance next(m_folder.path(), m_folder.path());
    QVERIFY(QFile::exists(next.socketFile())); // what it left behind
    QCOMPARE(next.begin({}), Instance::Role::First);
    const auto second = helper(u"second"_s);
    QTRY_COMPARE_WITH_TIMEOUT(second->state(), QProcess::NotRunning, 20'000);
    QCOMPARE(second->exitCode(), static_cast<int>(Instance::Role::Second));
}

void TestInstance::aFrozenFirstOneIsNamed()
{
    const auto first = helper(u"first"_s);
    QByteArray said;
    QTRY_VERIFY_WITH_TIMEOUT((said += first->readAllStandardOutput()).contains("listens"), 20'000);
    const auto pid = first->processId();
    QCOMPARE(::kill(static_cast<pid_t>(pid), SIGSTOP), 0);
    Instance second(m_folder.path(), m_folder.path());
    QCOMPARE(second.begin({}, 600), Instance::Role::Frozen);
    QCOMPARE(second.otherPid(), pid);
    QCOMPARE(::kill(static_cast<pid_t>(pid), SIGCONT), 0);
    QCOMPARE(second.begin({}, 20'000), Instance::Role::Second); // once it is well again
    first->kill();
    first->waitForFinished();
}

void TestInstance::whoeverComesWhileOneEndsTakesOver()
{
    auto first = std::make_unique<Instance>(m_folder.path(), m_folder.path());
    QCOMPARE(first->begin({}), Instance::Role::First);
    first.reset();
    Instance next(m_folder.path(), m_folder.path());
    QVERIFY(!QFile::exists(next.socketFile()));
    QCOMPARE(next.begin({}), Instance::Role::First);
}

void TestInstance::anotherWorkspaceIsAnotherWindow()
{
    QTemporaryDir other;
    Instance first(m_folder.path(), m_folder.path());
    Instance second(other.path(), m_folder.path());
    QCOMPARE(first.begin({}), Instance::Role::First);
    QCOMPARE(second.begin({}), Instance::Role::First);
    QVERIFY(first.socketFile() != second.socketFile());
    // One folder by another name is the same.
    const QString link = other.filePath(u"link"_s);
    QVERIFY(QFile::link(m_folder.path(), link));
    QCOMPARE(Instance(link, m_folder.path()).socketFile(), first.socketFile());
}

void TestInstance::aFolderThatOthersMayEnterIsPassedOver()
{
    QTemporaryDir runtime;
    const QByteArray before = qgetenv("XDG_RUNTIME_DIR");
    qputenv("XDG_RUNTIME_DIR", runtime.path().toUtf8());
    QCOMPARE(Instance::placeFor(m_folder.path()), runtime.path());
    QCOMPARE(::chmod(qPrintable(runtime.path()), 0755), 0);
    const QString inside = m_folder.path() + u"/run"_s;
    QCOMPARE(Instance::placeFor(m_folder.path()), inside);
    struct stat status
    {
    };
    QCOMPARE(::stat(qPrintable(inside), &status), 0);
    QCOMPARE(status.st_mode & 0777, 0700U);
    // Too deep for a socket's name: a folder of its own among the temporary ones.
    const QString deep = m_folder.filePath(QString(90, u'd'));
    QVERIFY(Instance::placeFor(deep).startsWith(QDir::tempPath() + u"/tidemark-"_s));
    qputenv("XDG_RUNTIME_DIR", before);
}

void TestInstance::theSocketIsThisUsersAlone()
{
    Instance first(m_folder.path(), m_folder.path());
    QCOMPARE(first.begin({}), Instance::Role::First);
    struct stat status
    {
    };
    QCOMPARE(::stat(qPrintable(QFileInfo(first.socketFile()).path()), &status), 0);
    QCOMPARE(status.st_mode & 0077, 0U);
    const QString lock = QString(first.socketFile()).replace(u".sock"_s, u".lock"_s);
    QCOMPARE(::stat(qPrintable(lock), &status), 0);
    QCOMPARE(status.st_mode & 0777, 0600U);
}

// --as first|second FOLDER WISH TEXT: another process of the test above.
static int helperMain(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    Instance instance(arguments.at(3), arguments.at(3));
    const Instance::Role role =
        instance.begin({static_cast<Wish>(arguments.at(4).toInt()), arguments.value(5)}, 15'000);
    if (arguments.at(2) != u"first")
        return static_cast<int>(role);
    std::puts(role == Instance::Role::First ? "listens" : "does not");
    std::fflush(stdout);
    return QCoreApplication::exec();
}

int main(int argc, char **argv)
{
    if (argc > 4 && QByteArrayView(argv[1]) == "--as")
        return helperMain(argc, argv);
    QCoreApplication app(argc, argv);
    TestInstance test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_instance.moc"
