// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/desktopprogram.h"

// The program itself on a desktop, running jobs while nobody looks: what is told, and what follows.
class TestSessionRuns : public QObject, private DesktopProgram
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { start(); }
    void init() { begin(); }
    void cleanup() { m_folder.reset(); }
    void cleanupTestCase() { stop(); }
    void aNotificationLeadsToItsPlace();
    void whatWaitsForAReviewIsSaid();
    void aConflictIsSaidAndShown();
    void aKilledRunIsTakenUpAgain();
    void whatFollowsIsAwaited();
    void theWindowAndWatchShareTheSlots();
};

// A scheduled run that fails is told of, and a click on that shows its report.
void TestSessionRuns::aNotificationLeadsToItsPlace()
{
    sql(u"a.db"_s, "CREATE TABLE t(id INTEGER PRIMARY KEY, v); INSERT INTO t VALUES (1, 'x')");
    sql(u"b.db"_s, "CREATE TABLE t(id INTEGER PRIMARY KEY, v)");
    saveJob(u"till"_s,
            {{u"schedule"_s, QJsonObject{{u"every"_s, u"1s"_s}}}, {u"retry"_s, QJsonObject{{u"attempts"_s, 1}}}});
    QCOMPARE(cli({u"run"_s, u"till"_s}), 0);
    QCOMPARE(sql(u"b.db"_s, "SELECT v FROM t"), QByteArray("x"));
    sql(u"b.db"_s, "DROP TABLE t");
    const auto program = tidemark({u"--hidden"_s});
    QTRY_VERIFY_WITH_TIMEOUT(m_notifications.find(u"till"_s), 60'000);
    const FakeNotifications::Shown told = *m_notifications.find(u"till"_s);
    QVERIFY(told.actions.contains(u"default"_s));
    const int known = runs();
    QTRY_VERIFY_WITH_TIMEOUT(runs() >= known + 3, 30'000); // it goes on failing, once a second
    QCOMPARE(m_notifications.shown.size(), 1);
    QVERIFY(!isShown(u"Tidemark$"_s)); // nothing came up by itself
    Q_EMIT m_notifications.ActionInvoked(told.id, u"default"_s);
    QTRY_VERIFY_WITH_TIMEOUT(isShown(u"till"_s), 10'000);
    end(*program);
}

// By the schedule, once; by "Run all jobs", which a person asked for, again. A click shows the rows.
void TestSessionRuns::whatWaitsForAReviewIsSaid()
{
    twoTables();
    saveJob(u"till"_s, {{u"schedule"_s, QJsonObject{{u"every"_s, u"1s"_s}}}});
    const auto program = tidemark({u"--hidden"_s});
    QTRY_VERIFY_WITH_TIMEOUT(m_notifications.find(u"till"_s), 30'000);
    QVERIFY(m_notifications.find(u"till"_s)->text.contains(u"until somebody has seen"_s));
    WAIT_SIGN(icon, program);
    const auto isSaid = [&] { return m_notifications.find(u"1 job waits for a review"_s) != nullptr; };
    QVERIFY(chooseInMenu(icon, *program, {u"a"_s}, isSaid)); // Run all jobs
    QCOMPARE(sql(u"b.db"_s, "SELECT count(*) FROM t"), QByteArray("0"));
    Q_EMIT m_notifications.ActionInvoked(m_notifications.shown.last().id, u"default"_s);
    QTRY_VERIFY_WITH_TIMEOUT(isShown(u"Preview: till"_s), 20'000);
    end(*program);
}

void TestSessionRuns::aConflictIsSaidAndShown()
{
    twoTables();
    saveJob(u"till"_s, {{u"mode"_s, u"two-way"_s}, {u"schedule"_s, QJsonObject{{u"every"_s, u"1s"_s}}}});
    QCOMPARE(cli({u"run"_s, u"till"_s}), 0);
    QCOMPARE(sql(u"b.db"_s, "SELECT v FROM t"), QByteArray("x"));
    sql(u"a.db"_s, "UPDATE t SET v = 'here'");
    sql(u"b.db"_s, "UPDATE t SET v = 'there'");
    const auto program = tidemark({u"--hidden"_s});
    QTRY_VERIFY_WITH_TIMEOUT(m_notifications.find(u"till"_s), 60'000);
    const FakeNotifications::Shown told = *m_notifications.find(u"till"_s);
    const int known = runs();
    QTRY_VERIFY_WITH_TIMEOUT(runs() >= known + 3, 30'000); // it meets the same conflict once a second
    QCOMPARE(m_notifications.shown.size(), 1);
    Q_EMIT m_notifications.ActionInvoked(told.id, u"default"_s);
    QTRY_VERIFY_WITH_TIMEOUT(isShown(u"onflict"_s), 20'000);
    QCOMPARE(sql(u"b.db"_s, "SELECT v FROM t"), QByteArray("there"));
    end(*program);
}

// The session ends while a command follows a run: the program waits for it.
void TestSessionRuns::whatFollowsIsAwaited()
{
    twoTables();
    const QString gate = m_folder->filePath(u"gate"_s);
    const QString script = u"echo began >>'%1'; until [ -e '%2' ]; do sleep 0.05; done; echo ended >>'%1'"_s.arg(
        m_folder->filePath(u"told"_s), gate);
    const QJsonObject command{{u"command"_s, QJsonArray{u"/bin/sh"_s, u"-c"_s, script}}};
    saveJob(u"till"_s,
            {{u"schedule"_s, QJsonObject{{u"every"_s, u"1s"_s}}},
             {u"afterRun"_s, QJsonObject{{u"success"_s, QJsonArray{command}}}}});
    QFile open(gate);
    QVERIFY(open.open(QIODevice::WriteOnly));
    QCOMPARE(cli({u"run"_s, u"till"_s}), 0);
    QVERIFY(open.remove());
    QFile told(m_folder->filePath(u"told"_s));
    QVERIFY(told.remove());
    const auto program = tidemark({u"--hidden"_s});
    QTRY_VERIFY_WITH_TIMEOUT(told.exists(), 30'000);
    ::kill(static_cast<pid_t>(program->processId()), SIGTERM);
    // It answers other starts after it has heard that, and still is there.
    for (int start = 0; start < 2; ++start) {
        const auto second = tidemark({u"--hidden"_s});
        QTRY_COMPARE_WITH_TIMEOUT(second->state(), QProcess::NotRunning, 20'000);
        QCOMPARE(second->exitCode(), 0);
    }
    QCOMPARE(program->state(), QProcess::Running);
    QVERIFY(open.open(QIODevice::WriteOnly));
    open.close();
    QVERIFY(isEnded(*program));
    QVERIFY(told.open(QIODevice::ReadOnly));
    const QByteArray text = told.readAll();
    QCOMPARE(text.count("ended"), text.count("began"));
}

// One workspace, two programs that run by themselves: each time is one's or the other's.
void TestSessionRuns::theWindowAndWatchShareTheSlots()
{
    twoTables();
    saveJob(u"till"_s, {{u"schedule"_s, QJsonObject{{u"every"_s, u"1s"_s}}}});
    QCOMPARE(cli({u"run"_s, u"till"_s}), 0);
    const auto number = [this](const QByteArray &query) { return sql(u"workspace/journal.db"_s, query).toInt(); };
    const int before = runs();
    const auto program = tidemark({u"--hidden"_s});
    const auto watch = begin(qEnvironmentVariable("TIDEMARK_BINARY_DIR") + u"/app/tidemark-cli"_s,
                             {u"--workspace"_s, workspace(), u"watch"_s});
    QTRY_VERIFY_WITH_TIMEOUT(runs() >= before + 8, 60'000);
    for (const auto *process : {program.get(), watch.get()})
        ::kill(static_cast<pid_t>(process->processId()), SIGTERM);
    QVERIFY(isEnded(*program));
    QVERIFY(isEnded(*watch));
    const QByteArray said = watch->readAllStandardError();
    QVERIFY2(said.contains("is run by another program") || said.contains("is under way elsewhere"), said.constData());
    const int claimed = number("SELECT sum((last_us - first_us) / 1000000 + 1) FROM schedule_slots");
    const int made = runs() - before;
    QVERIFY2(made <= claimed, qPrintable(u"%1 runs in %2 slots"_s.arg(made).arg(claimed)));
}

void TestSessionRuns::aKilledRunIsTakenUpAgain()
{
    sql(u"a.db"_s, "CREATE TABLE t(id INTEGER PRIMARY KEY, v); INSERT INTO t VALUES (0, 'x')");
    sql(u"b.db"_s, "CREATE TABLE t(id INTEGER PRIMARY KEY, v)");
    saveJob(u"till"_s,
            {{u"schedule"_s, QJsonObject{{u"every"_s, u"1s"_s}}}, {u"batch"_s, QJsonObject{{u"rows"_s, 50}}}});
    QCOMPARE(cli({u"run"_s, u"till"_s}), 0);
    sql(u"a.db"_s,
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60000) "
        "INSERT INTO t SELECT i, 'row ' || i FROM n");
    const auto rows = [this] { return sql(u"b.db"_s, "SELECT count(*) FROM t").toInt(); };
    const auto program = tidemark({u"--hidden"_s});
    QTRY_VERIFY_WITH_TIMEOUT(rows() > 1, 60'000);
    end(*program); // kill -9
    const int before = rows();
    QVERIFY2(before < 60'001, "it was over before it was killed");
    const auto again = tidemark({u"--hidden"_s});
    QTRY_COMPARE_WITH_TIMEOUT(rows(), 60'001, 120'000);
    sql(u"a.db"_s, "INSERT INTO t VALUES (70000, 'later')");
    QTRY_COMPARE_WITH_TIMEOUT(rows(), 60'002, 60'000);
    QCOMPARE(sql(u"b.db"_s, "SELECT count(*), sum(id), count(DISTINCT v) FROM t"),
             sql(u"a.db"_s, "SELECT count(*), sum(id), count(DISTINCT v) FROM t"));
    end(*again);
}

QTEST_GUILESS_MAIN(TestSessionRuns)
#include "moc_fakenotifications.cpp" // NOLINT(bugprone-suspicious-include): of a header that only tests have
#include "tst_sessionruns.moc"
