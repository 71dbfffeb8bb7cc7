// SPDX-License-Identifier: GPL-3.0-or-later
// A broker, a publisher and two consumers, each in a network namespace of its own: one consumer is cut off with
// messages in hand, the broker is killed and comes back, and both sides still become equal.
//
// The test runs itself again within namespaces that end with it, so that nothing of the machine's own network, /run or
// processes is touched.
#include <map>
#include <optional>
#include <vector>

#include "tests/app/ownbroker.h"

using namespace tidemark::test;
using namespace Qt::StringLiterals;

namespace {

constexpr char inside[] = "TIDEMARK_TEST_INSIDE";
constexpr char hindrance[] = "TIDEMARK_TEST_HINDRANCE";

QStringList isolation()
{
    return {getuid() == 0 ? u"-nmupf"_s : u"-Urnmupf"_s, u"--mount-proc"_s, u"--kill-child"_s, u"--"_s};
}

// Standard output and error; none: it failed.
std::optional<QByteArray> output(const QString &program, const QStringList &arguments, QByteArray *why = nullptr)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(program, arguments);
    const bool ended = process.waitForFinished(patienceMs) && process.exitCode() == 0;
    const QByteArray said = process.readAll() + process.errorString().toUtf8();
    if (why != nullptr)
        *why = said;
    return ended ? std::optional(said) : std::nullopt;
}

QByteArray shell(const QString &commands)
{
    QByteArray why;
    return output(u"bash"_s, {u"-ec"_s, commands}, &why) ? QByteArray() : "failed: " + why;
}

// /run/netns and the name of the host are of these namespaces alone.
QString networks()
{
    return u"mount -t tmpfs tmpfs /run; hostname localhost; ip netns add broker; ip -n broker link set lo up\n"
           "ip -n broker link add bridge type bridge; ip -n broker addr add 10.77.0.1/24 dev bridge\n"
           "ip -n broker link set bridge up; n=2\n"
           "for name in publisher east west; do\n"
           "  ip netns add $name; ip -n $name link set lo up\n"
           "  ip -n broker link add $name type veth peer name eth0 netns $name\n"
           "  ip -n broker link set $name master bridge; ip -n broker link set $name up\n"
           "  ip -n $name addr add 10.77.0.$n/24 dev eth0; ip -n $name link set eth0 up; n=$((n + 1))\n"
           "done"_s;
}

QStringList within(const QString &network, const QStringList &command)
{
    return QStringList{u"--net=/run/netns/"_s + network} + command;
}

} // namespace

class TestQueueNetworks : public QObject
{
    Q_OBJECT

    CliFolder m_folder;
    std::unique_ptr<OwnBroker> m_broker;
    std::map<QString, std::unique_ptr<QProcess>> m_running;

    QProcess &begin(const QString &network, const QStringList &arguments)
    {
        auto &process = m_running[network];
        process = std::make_unique<QProcess>();
        QProcessEnvironment environment = m_folder.environment();
        environment.insert(u"TIDEMARK_WORKSPACE"_s, m_folder.path(u"workspace-"_s + network));
        process->setProcessEnvironment(environment);
        process->setWorkingDirectory(m_folder.path({}));
        process->setProcessChannelMode(QProcess::MergedChannels);
        process->start(u"nsenter"_s, within(network, QStringList{CliFolder::program()} + arguments));
        process->waitForStarted();
        return *process;
    }
    // Until it is done: what a broker that is gone stops may be repeated.
    QByteArray publish()
    {
        QByteArray said;
        for (int i = 0; i < 10; ++i) {
            QProcess &publisher = begin(u"publisher"_s, {u"run"_s, u"publish.json"_s, u"--yes"_s});
            if (!publisher.waitForFinished(120'000))
                return "still running";
            said = publisher.readAll();
            if (publisher.exitCode() != 2)
                return publisher.exitCode() == 0 ? QByteArray() : said;
        }
        return said;
    }
    // By everybody; and what differs.
    QByteArray told() const
    {
        const QStringList is = rows("b.db");
        const QStringList expected = rows("a.db");
        QByteArray text = QByteArray::number(is.size());
        text += " rows, not " + QByteArray::number(expected.size());
        for (const auto &[network, process] : m_running)
            text += "\n" + network.toUtf8() + ":\n" + process->readAll().right(600);
        return text;
    }
    static QString link(const QString &network, const char *state)
    {
        return u"nsenter --net=/run/netns/%1 ip link set eth0 %2"_s.arg(network, QLatin1StringView(state));
    }
    // Rows from..until new, those of before changed, some of these deleted.
    void change(int from, int until)
    {
        const QByteArray first = QByteArray::number(from);
        m_folder.sql(u"a.db"_s,
                     "UPDATE items SET v = v + 1 WHERE id % 3 = 0; DELETE FROM items WHERE id % 50 = "
                         + QByteArray::number(from % 50 + 7) + ";WITH RECURSIVE n(i) AS (SELECT " + first
                         + " UNION ALL SELECT i + 1 FROM n WHERE i + 1 < " + QByteArray::number(until)
                         + ") INSERT INTO items SELECT i, 'row ' || i, i, 0 FROM n");
    }
    QStringList rows(const char *side) const { return m_folder.sql(QLatin1StringView(side), listed); }
    // Not delivered to any consumer; all that is not acknowledged, where there is no consumer and the broker tells.
    int waiting() const { return counts().value(u"waiting"_s).toInt(-1); }
    int unacknowledged() const { return counts().value(u"unacknowledged"_s).toInt(0); }
    QJsonObject counts() const
    {
        QByteArray said;
        (void)output(
            u"nsenter"_s,
            within(u"publisher"_s,
                   {u"env"_s, u"TIDEMARK_WORKSPACE="_s + m_folder.path(u"workspace-looks"_s), CliFolder::program(),
                    u"--json"_s, u"connection"_s, u"test"_s, m_folder.path(u"queue.json"_s)}),
            &said);
        return QJsonDocument::fromJson(said.left(said.lastIndexOf('}') + 1)).object().value(u"queue"_s).toObject();
    }
    int received() const // by the target
    {
        return m_folder.sql(u"b.db"_s, "SELECT count(*) FROM items").value(0).toInt();
    }

private Q_SLOTS:
    void initTestCase()
    {
        if (!qEnvironmentVariableIsSet(inside))
            QSKIP(QByteArray("NOT TESTED: network namespaces: " + qgetenv(hindrance)).constData());
        QCOMPARE(shell(networks()), QByteArray());
    }

    void cleanup()
    {
        for (const auto &[network, process] : m_running) {
            process->kill();
            process->waitForFinished();
        }
        m_running.clear();
        m_broker.reset();
        (void)shell(link(u"west"_s, "up"));
    }

    void converges_data()
    {
        QTest::addColumn<bool>("isRedis");
        QTest::newRow("Redis") << true;
        QTest::newRow("RabbitMQ") << false;
    }

    void converges()
    {
        QFETCH(const bool, isRedis);
        const OwnBroker::Place place{QStringList{u"nsenter"_s} + within(u"broker"_s, {}), u"10.77.0.1"_s,
                                     isRedis ? 6379 : 5672};
        m_broker = std::make_unique<OwnBroker>(isRedis, m_folder.path(isRedis ? u"redis"_s : u"rabbitmq"_s), place);
        m_broker->start();
        QVERIFY2(comes([this] { return m_broker->answers(); }), m_broker->log().constData());
        m_folder.sql(u"a.db"_s, "DROP TABLE IF EXISTS items;" + table);
        for (const QString &old : {u"b.db"_s, u"workspace-publisher"_s, u"workspace-east"_s, u"workspace-west"_s}) {
            QFile::remove(m_folder.path(old));
            QDir(m_folder.path(old)).removeRecursively();
        }
        m_folder.sql(u"b.db"_s, "PRAGMA journal_mode = WAL;" + table);
        const QByteArray often = R"(, "schedule": {"every": "1s"}, "batch": {"rows": 200})";
        m_folder.write(u"queue.json"_s, m_broker->json());
        writeJob(m_folder, u"publish"_s, file("a.db"), m_broker->json(),
                 R"(, "detect": {"by": "log"}, "batch": {"rows": 500}, "throttle": {"rows": 3000})", "mirror");
        for (const QString &name : {u"east"_s, u"west"_s})
            writeJob(m_folder, name, m_broker->json(), file("b.db"),
                     often + R"(, "guard": {"rows": 1000000, "percent": 100})", "mirror");
        RUNS(m_folder.run({u"job"_s, u"log"_s, u"publish.json"_s, u"install"_s}));
        // What a consumer makes in the target is there before the target is held below.
        for (const QString &name : {u"east"_s, u"west"_s}) {
            QProcess &first = begin(name, {u"run"_s, QString(name + u".json"_s)});
            QVERIFY(first.waitForFinished(patienceMs));
            QVERIFY2(first.exitCode() == 0, first.readAll().constData());
        }
        change(1, 2000);
        QCOMPARE(publish(), QByteArray());

        const int published = waiting();
        QVERIFY(published > 1000);

        // West holds messages that it cannot apply yet; then it is cut off, applies them, and cannot say so.
        sqlite3 *target = nullptr;
        sqlite3_open(m_folder.path(u"b.db"_s).toUtf8().constData(), &target);
        QCOMPARE(sqlite3_exec(target, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr), SQLITE_OK);
        QProcess &west = begin(u"west"_s, {u"watch"_s, u"west.json"_s});
        QVERIFY2(comes([&] { return waiting() < published; }), west.readAll().constData());
        QCOMPARE(shell(link(u"west"_s, "down")), QByteArray());
        sqlite3_exec(target, "COMMIT", nullptr, nullptr, nullptr);
        sqlite3_close(target);

        // The other one works, more is published, and the broker is killed in the middle of it.
        QProcess &east = begin(u"east"_s, {u"watch"_s, u"east.json"_s});
        change(2000, 12'000);
        QProcess &publisher = begin(u"publisher"_s, {u"run"_s, u"publish.json"_s, u"--yes"_s});
        QVERIFY2(comes([&] { return received() > 2500 || publisher.state() == QProcess::NotRunning; }),
                 east.readAll().constData());
        m_broker->kill();
        change(12'000, 13'000);
        m_broker->start();
        QVERIFY(publisher.state() == QProcess::NotRunning || publisher.waitForFinished(120'000));
        QVERIFY2(publisher.exitCode() == 0 || publisher.exitCode() == 2, publisher.readAll().constData());
        QCOMPARE(publish(), QByteArray());
        // Without West, which holds what it will never acknowledge.
        QVERIFY2(comes([this] { return rows("b.db") == rows("a.db"); }), told().constData());

        // West is back, by itself, and East ends.
        QCOMPARE(shell(link(u"west"_s, "up")), QByteArray());
        ::kill(static_cast<pid_t>(east.processId()), SIGTERM);
        QVERIFY(east.waitForFinished(patienceMs));
        QCOMPARE(east.exitCode(), 0);
        change(13'000, 14'000);
        QCOMPARE(publish(), QByteArray());
        QVERIFY2(comes([this] { return rows("b.db") == rows("a.db"); }), told().constData());
        ::kill(static_cast<pid_t>(west.processId()), SIGTERM);
        QVERIFY(west.waitForFinished(patienceMs));
        QCOMPARE(west.exitCode(), 0);
        QVERIFY(rows("b.db") == rows("a.db"));
        QVERIFY(comes([this] { return waiting() == 0 && unacknowledged() == 0; }));
    }
};

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    if (!qEnvironmentVariableIsSet(inside)) {
        QByteArray why = missingBroker();
        if (why.isEmpty() && output(u"unshare"_s, isolation() + QStringList{u"bash"_s, u"-ec"_s, networks()}, &why)) {
            qputenv(inside, "1");
            if (!qEnvironmentVariableIsSet("QTEST_FUNCTION_TIMEOUT"))
                qputenv("QTEST_FUNCTION_TIMEOUT", "1200000"); // each wait has its own limit
            if (!qEnvironmentVariableIsSet("TIDEMARK_TEST_PASSWORD"))
                qputenv("TIDEMARK_TEST_PASSWORD", "tidemark");
            // In the place of this process, so that nothing is left of it where it is killed.
            const QStringList command = QStringList{u"unshare"_s} + isolation()
                + QStringList{QCoreApplication::applicationFilePath()} + QCoreApplication::arguments().mid(1);
            std::vector<QByteArray> words;
            words.reserve(static_cast<std::size_t>(command.size()));
            for (const QString &word : command)
                words.push_back(QFile::encodeName(word));
            std::vector<char *> pointers;
            pointers.reserve(words.size() + 1);
            for (QByteArray &word : words)
                pointers.push_back(word.data());
            pointers.push_back(nullptr);
            execvp(pointers[0], pointers.data());
        }
        qputenv(hindrance, why.simplified());
    }
    TestQueueNetworks test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_queuenetworks.moc"
