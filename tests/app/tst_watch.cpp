// SPDX-License-Identifier: GPL-3.0-or-later
// tidemark-cli watch as a process of its own: what it runs, and how it ends.
#include <QMap>

#include "tests/app/watching.h"

class TestWatch : public QObject, private WatchRig
{
    Q_OBJECT

private Q_SLOTS:
    void init() { begin(); }
    void runsAtItsTimes();
    void waitsForAReview();
    void noticesChangedFiles();
    void onlyNamedJobs();
    void endsAfterTheBatch();
    void isCancelled();
    void aChainFollows();
    void twoOfThemRunEachSlotOnce();
    void whatFollowsAStopHappens();
    void twoMachinesNeverWriteAtOnce();
};

void TestWatch::runsAtItsTimes()
{
    add(u"b"_s, R"({"every": "1s"})");
    m_folder->sql(u"a.db"_s, "INSERT INTO t VALUES (2, 'two')");
    Watching watch(*m_folder);
    const QJsonObject planned = watch.next(u"job"_s, u"b"_s);
    QCOMPARE(planned.value("state"_L1).toString(), u"planned"_s);
    QVERIFY(!planned.value("next"_L1).toString().isEmpty());
    const QJsonObject started = watch.next(u"started"_s, u"b"_s);
    QCOMPARE(started.value("cause"_L1).toString(), u"slot"_s);
    QVERIFY(started.value("slot"_L1).toString().endsWith(".000Z"_L1));
    const QJsonObject ended = watch.next(u"ended"_s, u"b"_s);
    QCOMPARE(ended.value("report"_L1).toObject().value("state"_L1).toString(), u"completed"_s);
    QVERIFY(!ended.value("next"_L1).toString().isEmpty());
    QCOMPARE(rows(u"b.db"_s), 2);
    QVERIFY(!watch.next(u"ended"_s, u"b"_s).isEmpty()); // and again
    QCOMPARE(watch.end(SIGTERM), 0);
    QCOMPARE(watch.faulty(), 0);
    QCOMPARE(watch.lines().last().value("event"_L1).toString(), u"stopped"_s);
}

void TestWatch::waitsForAReview()
{
    add(u"b"_s, R"({"every": "1s"})", {}, false);
    add(u"c"_s, R"({"every": "1s"})");
    Watching watch(*m_folder);
    const QJsonObject waits = watch.next(u"waits-review"_s, u"b"_s);
    QCOMPARE(waits.value("attention"_L1).toArray().at(0).toObject().value("kind"_L1).toString(), u"review"_s);
    for (int slot = 0; slot < 3; ++slot)
        QVERIFY(!watch.next(u"ended"_s, u"c"_s).isEmpty());
    for (const QJsonObject &line : watch.lines())
        QVERIFY2(line.value("event"_L1) != "started"_L1 || line.value("job"_L1) == "c"_L1, "before it was reviewed");
    QCOMPARE(m_folder->run({u"run"_s, u"b"_s}).exitCode, 0);
    QVERIFY(!watch.next(u"started"_s, u"b"_s).isEmpty());
    // An edit that could write more waits again.
    QByteArray file = m_folder->read(u"workspace/jobs/b.json"_s);
    replace(u"b"_s, file.replace("\"mirror\"", "\"update\""));
    QVERIFY(!watch.next(u"waits-review"_s, u"b"_s).isEmpty());
    QCOMPARE(watch.end(SIGTERM), 0);
}

void TestWatch::noticesChangedFiles()
{
    add(u"b"_s, R"({"daily": ["00:00"]})");
    Watching watch(*m_folder);
    QVERIFY(!watch.next(u"job"_s, u"b"_s).isEmpty());
    QByteArray file = m_folder->read(u"workspace/jobs/b.json"_s);
    const qsizetype from = file.indexOf("\"daily\"");
    file.replace(from, file.indexOf(']', from) + 1 - from, "\"every\": \"1s\"");
    replace(u"b"_s, file);
    QVERIFY(!watch.next(u"ended"_s, u"b"_s).isEmpty());
    add(u"c"_s, R"({"every": "1s"})");
    QVERIFY(!watch.next(u"ended"_s, u"c"_s).isEmpty());
    QCOMPARE(m_folder->run({u"job"_s, u"remove"_s, u"b"_s}).exitCode, 0);
    QVERIFY(!watch.next(u"gone"_s, u"b"_s).isEmpty());
    QCOMPARE(watch.end(SIGTERM), 0);
}

void TestWatch::onlyNamedJobs()
{
    add(u"b"_s, R"({"every": "1s"})");
    add(u"c"_s, R"({"every": "1s"})");
    Watching watch(*m_folder, {u"c"_s});
    QVERIFY(!watch.next(u"ended"_s, u"c"_s).isEmpty());
    QVERIFY(!watch.next(u"ended"_s, u"c"_s).isEmpty());
    QCOMPARE(watch.end(SIGTERM), 0);
    for (const QJsonObject &line : watch.lines())
        QVERIFY(line.value("job"_L1) != "b"_L1);
}

void TestWatch::endsAfterTheBatch()
{
    add(u"b"_s, R"({"every": "1s"})", R"(, "batch": {"rows": 50}, "throttle": {"rows": 500})");
    m_folder->sql(u"a.db"_s,
                  "WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)"
                  " INSERT INTO t SELECT i, 'x' FROM n");
    Watching watch(*m_folder);
    QVERIFY(!watch.next(u"started"_s, u"b"_s).isEmpty());
    QTRY_VERIFY_WITH_TIMEOUT(rows(u"b.db"_s) > 1, patienceMs);
    QCOMPARE(watch.end(SIGTERM), 0);
    const int written = rows(u"b.db"_s);
    QVERIFY(written > 1 && written < 3000);
    QCOMPARE((written - 1) % 50, 0);
    QCOMPARE(watch.next(u"ended"_s).value("report"_L1).toObject().value("state"_L1).toString(), u"cancelled"_s);
    QCOMPARE(watch.lines().last().value("cancelled"_L1), QJsonValue(false));
}

void TestWatch::isCancelled()
{
    add(u"b"_s, R"({"every": "1h"})");
    Watching watch(*m_folder);
    QVERIFY(!watch.next(u"job"_s, u"b"_s).isEmpty());
    QCOMPARE(watch.end(SIGINT), 3);
    QCOMPARE(watch.lines().last().value("cancelled"_L1), QJsonValue(true));
}

void TestWatch::aChainFollows()
{
    add(u"b"_s, R"({"every": "1s"})");
    add(u"c"_s, R"({"after": "b"})");
    add(u"d"_s, R"({"after": "nobody"})");
    Watching watch(*m_folder);
    QCOMPARE(watch.next(u"started"_s, u"c"_s).value("cause"_L1).toString(), u"chain"_s);
    QVERIFY(!watch.next(u"ended"_s, u"c"_s).isEmpty());
    QCOMPARE(watch.end(SIGTERM), 0);
    bool told = false;
    for (const QJsonObject &line : watch.lines())
        told = told || (line.value("job"_L1) == "d"_L1 && line.value("state"_L1) == "no-predecessor"_L1);
    QVERIFY(told);
}

void TestWatch::twoOfThemRunEachSlotOnce()
{
    add(u"b"_s, R"({"every": "1s"})");
    QMap<QString, int> slots_;
    {
        Watching one(*m_folder);
        Watching other(*m_folder);
        for (int i = 0; i < 4; ++i) {
            QTRY_VERIFY_WITH_TIMEOUT(
                !m_folder
                     ->sql(u"workspace/journal.db"_s, "SELECT 1 FROM runs LIMIT 1 OFFSET " + QByteArray::number(2 * i))
                     .isEmpty(),
                patienceMs);
        }
        QCOMPARE(one.end(SIGTERM), 0);
        QCOMPARE(other.end(SIGTERM), 0);
        for (const auto *watch : {&one, &other}) {
            for (const QJsonObject &line : watch->lines()) {
                if (line.value("event"_L1) == "started"_L1)
                    ++slots_[line.value("slot"_L1).toString()];
            }
        }
    }
    QVERIFY(slots_.size() >= 3);
    for (auto slot = slots_.cbegin(); slot != slots_.cend(); ++slot)
        QVERIFY2(slot.value() == 1, qPrintable(slot.key()));
}

// SIGTERM ends a run after its batch: that is an end, too, and what is to follow every run follows it.
void TestWatch::whatFollowsAStopHappens()
{
    // It takes its time: until the file `gate` is there.
    const QByteArray folder = m_folder->path({}).toUtf8();
    m_folder->write(u"gate"_s, {});
    add(u"b"_s, R"({"every": "1s"})",
        R"(, "batch": {"rows": 50}, "throttle": {"rows": 500}, "afterRun": {"always": [{"command": ["/bin/sh", "-c",
           "cd ')"
            + folder
            + R"('; echo began >>told; until [ -e gate ]; do sleep 0.05; done; echo $TIDEMARK_STATE >>told"]}]})");
    QCOMPARE(m_folder->run({u"run"_s, u"b"_s, u"--trust"_s}).exitCode, 0);
    QCOMPARE(m_folder->read(u"told"_s), QByteArray("began\ncompleted\n"));
    QVERIFY(QFile::remove(m_folder->path(u"gate"_s)));
    m_folder->sql(u"a.db"_s,
                  "WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)"
                  " INSERT INTO t SELECT i, 'x' FROM n");
    Watching watch(*m_folder);
    QVERIFY(!watch.next(u"started"_s, u"b"_s).isEmpty());
    QTRY_VERIFY_WITH_TIMEOUT(rows(u"b.db"_s) > 1, patienceMs);
    watch.signal(SIGTERM);
    QTRY_COMPARE_WITH_TIMEOUT(m_folder->read(u"told"_s), QByteArray("began\ncompleted\nbegan\n"), patienceMs);
    m_folder->write(u"gate"_s, {});
    QCOMPARE(watch.ended(), 0);
    QCOMPARE(m_folder->read(u"told"_s), QByteArray("began\ncompleted\nbegan\ncancelled\n"));
    const QJsonObject action = watch.next(u"action"_s, u"b"_s);
    QVERIFY(!action.isEmpty() && action.value("error"_L1).isNull());
    QCOMPARE(watch.lines().last().value("event"_L1).toString(), u"stopped"_s);
}

// Each with a workspace of its own, as on two machines, and rows of its own: where they took turns within a run, the
// target's diary would tell.
void TestWatch::twoMachinesNeverWriteAtOnce()
{
    m_folder->sql(u"b.db"_s,
                  "CREATE TABLE t (id INTEGER PRIMARY KEY, x TEXT); CREATE TABLE diary (n INTEGER PRIMARY KEY, x TEXT);"
                  "CREATE TRIGGER wrote AFTER UPDATE ON t BEGIN INSERT INTO diary (x) VALUES (new.x); END;");
    const QStringList machines{u"one"_s, u"two"_s};
    for (const QString &name : machines) {
        m_folder->sql(name + u".db"_s,
                      "CREATE TABLE t (id INTEGER PRIMARY KEY, x TEXT);"
                      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200)"
                      " INSERT INTO t SELECT i, '"
                          + name.toUtf8() + "' FROM n");
        m_folder->write(
            name + u".json"_s,
            R"({"tidemark": 1, "id": "6f1c0e0a-0000-4000-8000-000000000001", "name": "shared",
            "source": {"driver": "sqlite", "database": ")"
                + m_folder->path(name).toUtf8() + R"(.db"}, "target": {"driver": "sqlite", "database": ")"
                + m_folder->path(u"b.db"_s).toUtf8()
                + R"("}, "mode": "update", "tables": ["t"], "batch": {"rows": 20}, "throttle": {"rows": 400},
            "schedule": {"every": "1s"}})");
        const QString space = m_folder->path(name + u"-space"_s);
        QCOMPARE(m_folder->run({u"--workspace"_s, space, u"job"_s, u"import"_s, name + u".json"_s}).exitCode, 0);
        const auto run = m_folder->run({u"--workspace"_s, space, u"run"_s, u"shared"_s});
        QVERIFY2(run.exitCode == 0, run.said().constData());
    }
    m_folder->sql(u"b.db"_s, "DELETE FROM diary");
    int busy = 0;
    {
        Watching one(*m_folder, {u"--workspace"_s, m_folder->path(u"one-space"_s)});
        Watching two(*m_folder, {u"--workspace"_s, m_folder->path(u"two-space"_s)});
        QTRY_VERIFY_WITH_TIMEOUT(m_folder->sql(u"b.db"_s, "SELECT count(*) FROM diary").value(0).toInt() >= 1200,
                                 2 * patienceMs);
        QCOMPARE(one.end(SIGTERM), 0);
        QCOMPARE(two.end(SIGTERM), 0);
        for (const auto *watch : {&one, &two}) {
            for (const QJsonObject &line : watch->lines())
                busy += line.value("event"_L1) == "busy-elsewhere"_L1 ? 1 : 0;
        }
    }
    QVERIFY(busy > 0); // they did meet
    const QStringList diary = m_folder->sql(u"b.db"_s, "SELECT x FROM diary ORDER BY n");
    int turns = 0;
    for (qsizetype i = 1; i < diary.size(); ++i)
        turns += diary[i] != diary[i - 1] ? 1 : 0;
    // A whole run has 200 rows; only the last two may have been cut short.
    QVERIFY2(turns <= diary.size() / 200 + 2, qPrintable(u"%1 turns in %2 rows"_s.arg(turns).arg(diary.size())));
}

QTEST_GUILESS_MAIN(TestWatch)
#include "tst_watch.moc"
