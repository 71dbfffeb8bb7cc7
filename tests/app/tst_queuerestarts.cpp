// SPDX-License-Identifier: GPL-3.0-or-later
// A broker that is killed and started again under a running job, which publishes to it or consumes from it: both sides
// become equal, nothing is lost, and nothing is applied twice.
#include "tests/app/ownbroker.h"

using namespace tidemark::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int all = 5000;
constexpr int some = 300; // when the broker is killed

} // namespace

class TestQueueRestarts : public QObject
{
    Q_OBJECT

    std::unique_ptr<CliFolder> m_folder;
    std::unique_ptr<OwnBroker> m_broker;

    int number(const char *query) const { return m_folder->sql(u"b.db"_s, query).value(0).toInt(); }
    int waiting() const
    {
        const auto looked = m_folder->json({u"connection"_s, u"test"_s, u"queue.json"_s});
        return looked.json().value(u"queue"_s).toObject().value(u"waiting"_s).toInt(-1);
    }
    // A job that is under way while the broker is killed at that fact, and started again; then until it is done.
    template <typename Fact> void restartUnder(const QString &job, const Fact &fact)
    {
        QProcess running;
        running.setProcessEnvironment(m_folder->environment());
        running.setWorkingDirectory(m_folder->path({}));
        running.setProcessChannelMode(QProcess::MergedChannels);
        running.start(CliFolder::program(), {u"run"_s, job, u"--yes"_s});
        QVERIFY(running.waitForStarted());
        const bool came = comes([&] { return running.state() == QProcess::NotRunning || fact(); });
        QVERIFY2(came && running.state() == QProcess::Running, running.readAll().constData());
        m_broker->kill();
        QVERIFY(running.state() == QProcess::Running || running.exitCode() == 2);
        m_broker->start();
        QVERIFY(running.state() == QProcess::NotRunning || running.waitForFinished(2 * patienceMs));
        const QByteArray said = running.readAll();
        QVERIFY2(running.exitCode() == 0 || running.exitCode() == 2, said.constData());
        QVERIFY2(comes([this] { return m_broker->answers(); }), m_broker->log().constData());
        for (int again = 0, left = running.exitCode(); left != 0; ++again) {
            const auto repeated = m_folder->run({u"run"_s, job, u"--yes"_s});
            left = repeated.exitCode;
            QVERIFY2(left == 0 || (left == 2 && again < 10), repeated.said().constData());
        }
    }

private Q_SLOTS:
    void initTestCase()
    {
        if (const QByteArray missing = missingBroker(); !missing.isEmpty())
            QSKIP(missing.constData());
        if (!qEnvironmentVariableIsSet("TIDEMARK_TEST_PASSWORD"))
            qputenv("TIDEMARK_TEST_PASSWORD", "tidemark");
    }

    void underAJob_data()
    {
        QTest::addColumn<bool>("isRedis");
        QTest::addColumn<bool>("asTarget");
        QTest::newRow("Redis as target") << true << true;
        QTest::newRow("Redis as source") << true << false;
        QTest::newRow("RabbitMQ as target") << false << true;
        QTest::newRow("RabbitMQ as source") << false << false;
    }

    void underAJob()
    {
        QFETCH(const bool, isRedis);
        QFETCH(const bool, asTarget);
        m_broker.reset();
        m_folder = std::make_unique<CliFolder>();
        m_broker = std::make_unique<OwnBroker>(isRedis, m_folder->path(u"broker"_s), OwnBroker::Place());
        m_broker->start();
        QVERIFY2(comes([this] { return m_broker->answers(); }), m_broker->log().constData());
        // What is written to the target, once more for each time that it is.
        m_folder->sql(u"a.db"_s, table);
        m_folder->sql(u"b.db"_s,
                      "PRAGMA journal_mode = WAL;" + table
                          + "CREATE TABLE seen(id INTEGER, v INTEGER);"
                            "CREATE TRIGGER i AFTER INSERT ON items BEGIN INSERT INTO seen VALUES (new.id, new.v); END;"
                            "CREATE TRIGGER u AFTER UPDATE ON items BEGIN INSERT INTO seen VALUES (new.id, new.v); END;"
                            "CREATE TRIGGER d AFTER DELETE ON items BEGIN INSERT INTO seen VALUES (old.id, -1); END;");
        // The job under which it happens takes seconds.
        const QByteArray slowly =
            R"(, "batch": {"rows": 200}, "throttle": {"rows": 2500}, "retry": {"attempts": 40, "delay": "500ms", "factor": 1})";
        writeJob(*m_folder, u"publish"_s, file("a.db"), m_broker->json(),
                 R"(, "detect": {"by": "log"})" + (asTarget ? slowly : QByteArray()), "mirror");
        writeJob(*m_folder, u"consume"_s, m_broker->json(), file("b.db"), asTarget ? QByteArray() : slowly, "mirror");
        m_folder->write(u"queue.json"_s, m_broker->json());
        RUNS(m_folder->run({u"job"_s, u"log"_s, u"publish.json"_s, u"install"_s}));
        RUNS(m_folder->run({u"run"_s, u"consume.json"_s})); // a consumer is known before there is anything to wait for
        m_folder->sql(u"a.db"_s,
                      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < "
                          + QByteArray::number(all) + ") INSERT INTO items SELECT i, 'row ' || i, i, 0 FROM n");
        if (asTarget) {
            restartUnder(u"publish.json"_s, [this] { return waiting() > some; });
        } else {
            RUNS(m_folder->run({u"run"_s, u"publish.json"_s}));
            restartUnder(u"consume.json"_s, [this] { return number("SELECT count(*) FROM items") > some; });
        }
        if (QTest::currentTestFailed())
            return;
        RUNS(m_folder->run({u"run"_s, u"consume.json"_s}));
        QVERIFY(m_folder->sql(u"b.db"_s, listed) == m_folder->sql(u"a.db"_s, listed));
        QCOMPARE(number("SELECT count(*) FROM seen"), all);
        // Order holds, too, of what was published before and after.
        m_folder->sql(u"a.db"_s, "UPDATE items SET v = 1 WHERE id % 3 = 0; DELETE FROM items WHERE id % 50 = 1");
        RUNS(m_folder->run({u"run"_s, u"publish.json"_s, u"--yes"_s}));
        RUNS(m_folder->run({u"run"_s, u"consume.json"_s, u"--yes"_s}));
        QVERIFY(m_folder->sql(u"b.db"_s, listed) == m_folder->sql(u"a.db"_s, listed));
        QCOMPARE(number("SELECT count(*) FROM seen"), number("SELECT count(*) FROM (SELECT DISTINCT id, v FROM seen)"));
        QVERIFY(comes([this] { return waiting() == 0; }));
    }

    void cleanupTestCase()
    {
        m_broker.reset();
        m_folder.reset();
    }
};

QTEST_GUILESS_MAIN(TestQueueRestarts)
#include "tst_queuerestarts.moc"
