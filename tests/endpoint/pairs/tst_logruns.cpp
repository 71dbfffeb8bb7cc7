// SPDX-License-Identifier: GPL-3.0-or-later
// Jobs that find their changes by a change log, from one real engine to another.

#include <QScopeGuard>

#include "tests/endpoint/pairs/logruns.h"

using namespace tidemark;
using namespace Qt::StringLiterals;

class TestLogRuns : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void carriesEveryChange_data() { addLogPairs(); }
    void carriesEveryChange();
    void readsNoMoreThanTheChanges_data() { addLogPairs(); }
    void readsNoMoreThanTheChanges();
    void runsWithoutALog_data() { addLogPairs(); }
    void runsWithoutALog();
    void comparesWholeAfterABreak_data() { addLogPairs(); }
    void comparesWholeAfterABreak();
    void findsWhatIsCommittedLate_data();
    void findsWhatIsCommittedLate();
    void comparesWholeAfterTruncate_data();
    void comparesWholeAfterTruncate();
    void comparesWholeAfterARestore();
    void keepsPlansApart_data() { addLogPairs(); }
    void keepsPlansApart();
    void guardsDeletes_data() { addLogPairs(); }
    void guardsDeletes();
    void keepsWhatLeftTheFilter_data() { addLogPairs(); }
    void keepsWhatLeftTheFilter();
    void updatesWithoutDeleting_data() { addLogPairs(); }
    void updatesWithoutDeleting();
    void setsBadRowsAsideAndComesBack_data() { addLogPairs(); }
    void setsBadRowsAsideAndComesBack();
    void givesEachTargetItsOwnLog();
    void losesNothingUnderWriters_data();
    void losesNothingUnderWriters();
    void cleansUp_data() { addLogPairs(); }
    void cleansUp();
};

#define PAIR(name)                                                                                                     \
    LOG_PAIR(name);                                                                                                    \
    name.source.createItems();                                                                                         \
    name.target.createItems()

void TestLogRuns::carriesEveryChange()
{
    PAIR(pair);
    const JobSettings job = pair.job(byLog());
    pair.source.putMany(1, 50);
    installLogs(pair, job);
    pair.source.putMany(51, 50); // between installing and the first run
    QCOMPARE(told(pair.run(job)), u"completed +100 ~0 -0 whole"_s);
    QCOMPARE(told(pair.run(job)), u"completed +0 ~0 -0 log"_s);

    pair.source.exec(u"UPDATE items SET name = 'new' WHERE id IN (1, 2, 3)"_s);
    pair.source.exec(u"UPDATE items SET name = 'newer' WHERE id = 3"_s);
    pair.source.exec(u"DELETE FROM items WHERE id = 10"_s);
    pair.source.exec(u"UPDATE items SET id = 1000 WHERE id = 20"_s);
    pair.source.putMany(200, 3);
    pair.source.exec(u"DELETE FROM items WHERE id = 201"_s); // came and went
    const RunReport report = pair.run(job);
    QCOMPARE(told(report), u"completed +3 ~3 -2 log"_s);
    QVERIFY(report.tables.first().deletesChecked);
    QCOMPARE(pair.target.items(), pair.source.items());
    QCOMPARE(told(pair.run(job)), u"completed +0 ~0 -0 log"_s);
    QCOMPARE(pair.source.rows(u"SELECT count(*) FROM %1 WHERE op IN ('I', 'U', 'D')"_s.arg(logTable(pair, job))),
             QStringList{u"0"_s});
    QCOMPARE(shown(pair.verify(job)), u"completed +0 ~0 -0"_s);
}

// One change costs one row read, whatever the table holds.
void TestLogRuns::readsNoMoreThanTheChanges()
{
    PAIR(pair);
    const JobSettings job = pair.job(byLog());
    for (int first = 1; first < 20'000; first += 2000)
        pair.source.putMany(first, 2000);
    installLogs(pair, job);
    QCOMPARE(told(pair.run(job)), u"completed +20000 ~0 -0 whole"_s);
    RunReport report = pair.run(job);
    QCOMPARE(report.tables.first().rowsRead, 0);
    pair.source.exec(u"UPDATE items SET name = 'one' WHERE id = 7777"_s);
    report = pair.run(job);
    QCOMPARE(told(report), u"completed +0 ~1 -0 log"_s);
    QCOMPARE(report.tables.first().rowsRead, 1);
    pair.source.exec(u"DELETE FROM items WHERE id = 7777"_s);
    report = pair.run(job);
    QCOMPARE(told(report), u"completed +0 ~0 -1 log"_s);
    QVERIFY(report.tables.first().rowsRead <= 1);
}

// Nothing is installed unasked: such a job compares everything, and says so each time.
void TestLogRuns::runsWithoutALog()
{
    PAIR(pair);
    const JobSettings job = pair.job(byLog());
    pair.source.putMany(1, 5);
    QCOMPARE(told(pair.run(job)), u"completed +5 ~0 -0 whole log-absent"_s);
    pair.source.exec(u"DELETE FROM items WHERE id = 5"_s);
    QCOMPARE(told(pair.run(job)), u"completed +0 ~0 -1 whole log-absent"_s);
    installLogs(pair, job);
    pair.source.exec(u"UPDATE items SET name = 'x' WHERE id = 1"_s);
    QCOMPARE(told(pair.run(job)), u"completed +0 ~1 -0 whole log-new"_s);
    pair.source.exec(u"UPDATE items SET name = 'y' WHERE id = 1"_s);
    QCOMPARE(told(pair.run(job)), u"completed +0 ~1 -0 log"_s);
}

void TestLogRuns::comparesWholeAfterABreak()
{
    PAIR(pair);
    const JobSettings job = pair.job(byLog());
    pair.source.putMany(1, 30);
    installLogs(pair, job);
    pair.run(job);
    const QString trigger = logTable(pair, job) + u"_u"_s;
    pair.source.exec(from == Driver::Postgres ? u"DROP TRIGGER %1 ON items"_s.arg(trigger)
                                              : u"DROP TRIGGER %1"_s.arg(trigger));
    pair.source.exec(u"UPDATE items SET name = 'unseen' WHERE id = 3"_s);
    QCOMPARE(told(pair.run(job)), u"completed +0 ~1 -0 whole log-broken"_s);
    pair.source.exec(u"UPDATE items SET name = 'unseen again' WHERE id = 3"_s);
    installLogs(pair, job);
    QCOMPARE(told(pair.run(job)), u"completed +0 ~1 -0 whole log-new"_s);
    QCOMPARE(told(pair.run(job)), u"completed +0 ~0 -0 log"_s);
    // Off for a moment, with a change that no trigger saw, and on again.
    pair.source.exec(u"UPDATE items SET name = 'hidden' WHERE id = 4"_s);
    pair.source.exec(u"DELETE FROM %1 WHERE op = 'U'"_s.arg(logTable(pair, job)));
    pair.source.exec(from == Driver::Postgres ? u"ALTER TABLE items DISABLE TRIGGER %1"_s.arg(trigger)
                                              : u"ALTER TABLE items ADD COLUMN more integer"_s);
    if (from == Driver::Postgres)
        pair.source.exec(u"ALTER TABLE items ENABLE ALWAYS TRIGGER %1"_s.arg(trigger));
    QCOMPARE(told(pair.run(job)), u"completed +0 ~1 -0 whole log-changed"_s);
    QCOMPARE(told(pair.run(job)), u"completed +0 ~0 -0 log"_s);
}

void TestLogRuns::findsWhatIsCommittedLate_data()
{
    QTest::addColumn<Driver>("from");
    QTest::addColumn<Driver>("to");
    QTest::newRow("postgres-mysql") << Driver::Postgres << Driver::Mysql;
    QTest::newRow("mysql-sqlite") << Driver::Mysql << Driver::Sqlite;
}

// A transaction that is held open across runs, and committed after: its rows come with the next one.
void TestLogRuns::findsWhatIsCommittedLate()
{
    PAIR(pair);
    const JobSettings job = pair.job(byLog());
    pair.source.putMany(1, 30);
    installLogs(pair, job);
    pair.run(job);
    Cancellation cancellation;
    auto slow = pair.connector.openSql(pair.source.settings, OpenOptions{true, &cancellation});
    QVERIFY(slow && (*slow)->beginWrite());
    QVERIFY((*slow)->execute(u"UPDATE items SET name = 'late' WHERE id = 1"_s));
    QVERIFY((*slow)->execute(u"DELETE FROM items WHERE id = 2"_s));
    pair.source.exec(u"UPDATE items SET name = 'early' WHERE id = 3"_s);
    QCOMPARE(told(pair.run(job)), u"completed +0 ~1 -0 log"_s);
    pair.source.exec(u"UPDATE items SET name = 'earlier' WHERE id = 3"_s);
    QCOMPARE(told(pair.run(job)), u"completed +0 ~1 -0 log"_s);
    QVERIFY((*slow)->commit());
    QCOMPARE(told(pair.run(job)), u"completed +0 ~1 -1 log"_s);
    QCOMPARE(pair.target.items(), pair.source.items());
}

void TestLogRuns::comparesWholeAfterTruncate_data() { findsWhatIsCommittedLate_data(); }

void TestLogRuns::comparesWholeAfterTruncate()
{
    PAIR(pair);
    const JobSettings job = pair.job(byLog());
    pair.source.putMany(1, 30);
    installLogs(pair, job);
    pair.run(job);
    pair.source.exec(u"TRUNCATE TABLE items"_s);
    pair.source.putMany(20, 5); // some of them again
    RunOptions options;
    options.yes = true;
    const QString why = from == Driver::Postgres ? u"log-truncated"_s : u"log-unproven"_s;
    QCOMPARE(told(pair.run(job, options)), u"completed +0 ~0 -25 whole "_s + why);
    QCOMPARE(pair.target.items(), pair.source.items());
    QCOMPARE(told(pair.run(job)), u"completed +0 ~0 -0 log"_s);
}

// The source as it was before the last run: its log says nothing of the rows that went back.
void TestLogRuns::comparesWholeAfterARestore()
{
    SqlPair pair(Driver::Sqlite, Driver::Sqlite);
    pair.source.createItems();
    pair.target.createItems();
    const JobSettings job = pair.job(byLog());
    pair.source.putMany(1, 30);
    installLogs(pair, job);
    pair.run(job);
    pair.source.exec(u"UPDATE items SET name = 'x' WHERE id = 1"_s);
    pair.source.reconnect();
    const QString file = pair.source.settings.database, copy = pair.path(u"backup.db"_s);
    QVERIFY(QFile::copy(file, copy));
    pair.run(job);
    pair.source.exec(u"UPDATE items SET name = 'y' WHERE id = 2"_s);
    QCOMPARE(told(pair.run(job)), u"completed +0 ~1 -0 log"_s);
    pair.source.reconnect();
    QVERIFY(QFile::remove(file) && QFile::copy(copy, file));
    QCOMPARE(told(pair.run(job)), u"completed +0 ~1 -0 whole log-generation"_s);
    QCOMPARE(pair.target.items(), pair.source.items());
}

// A plan purges nothing: what it read is read again by the next run.
void TestLogRuns::keepsPlansApart()
{
    PAIR(pair);
    const JobSettings job = pair.job(byLog());
    pair.source.putMany(1, 30);
    installLogs(pair, job);
    const auto applied = [&](const QString &file) {
        RunOptions options;
        options.planFile = pair.path(file);
        return pair.run(job, options);
    };
    QCOMPARE(shown(pair.plan(job, pair.path(u"1"_s))), u"planned +30 ~0 -0"_s);
    QCOMPARE(shown(applied(u"1"_s)), u"completed +30 ~0 -0"_s);
    pair.source.exec(u"UPDATE items SET name = 'x' WHERE id = 1"_s);
    const RunReport planned = pair.plan(job, pair.path(u"2"_s));
    QCOMPARE(told(planned), u"planned +0 ~1 -0 log"_s);
    pair.source.exec(u"UPDATE items SET name = 'y' WHERE id = 2"_s); // between preview and run
    QCOMPARE(shown(applied(u"2"_s)), u"completed +0 ~1 -0"_s);
    QCOMPARE(told(pair.run(job)), u"completed +0 ~1 -0 log"_s);
    QCOMPARE(pair.target.items(), pair.source.items());
    QCOMPARE(told(pair.run(job)), u"completed +0 ~0 -0 log"_s);
    // A plan that was overtaken by a run.
    pair.source.exec(u"UPDATE items SET name = 'z' WHERE id = 3"_s);
    pair.plan(job, pair.path(u"3"_s));
    QCOMPARE(told(pair.run(job)), u"completed +0 ~1 -0 log"_s);
    applied(u"3"_s);
    pair.source.exec(u"UPDATE items SET name = 'zz' WHERE id = 3"_s);
    QCOMPARE(pair.run(job).totals().updates, 1);
    QCOMPARE(pair.target.items(), pair.source.items());
}

void TestLogRuns::guardsDeletes()
{
    PAIR(pair);
    const JobSettings job = pair.job(byLog());
    pair.source.putMany(1, 200);
    installLogs(pair, job);
    pair.run(job);
    pair.source.exec(u"DELETE FROM items WHERE id BETWEEN 100 AND 109"_s); // 5 %
    QCOMPARE(told(pair.run(job)), u"completed +0 ~0 -10 log"_s);
    pair.source.exec(u"DELETE FROM items WHERE id BETWEEN 110 AND 139"_s); // more than 10 %
    QCOMPARE(told(pair.run(job)), u"needs-attention +0 ~0 -0 log"_s);
    // Purged, and still owed.
    QCOMPARE(told(pair.run(job)), u"needs-attention +0 ~0 -0 log"_s);
    RunOptions options;
    options.allowDeletes = 30;
    QCOMPARE(told(pair.run(job, options)), u"completed +0 ~0 -30 log"_s);
    QCOMPARE(pair.target.items(), pair.source.items());
}

void TestLogRuns::keepsWhatLeftTheFilter()
{
    PAIR(pair);
    const QJsonObject where{{u"source"_s, u"version < 5"_s}, {u"target"_s, u"version < 5"_s}};
    const auto jobOf = [&](const QString &leftFilter) {
        return pair.job(byLog({{u"tables"_s,
                                QJsonArray{QJsonObject{
                                    {u"source"_s, u"items"_s}, {u"where"_s, where}, {u"leftFilter"_s, leftFilter}}}}}));
    };
    const JobSettings job = jobOf(u"keep"_s);
    pair.source.putMany(1, 30);
    installLogs(pair, job);
    pair.run(job);
    pair.source.exec(u"UPDATE items SET version = 9 WHERE id = 1"_s);
    pair.source.exec(u"DELETE FROM items WHERE id = 2"_s);
    QCOMPARE(told(pair.run(job)), u"completed +0 ~0 -1 log"_s);
    pair.source.exec(u"UPDATE items SET version = 9 WHERE id = 3"_s);
    QCOMPARE(told(pair.run(jobOf(u"delete"_s))), u"completed +0 ~0 -1 log"_s);
}

void TestLogRuns::updatesWithoutDeleting()
{
    PAIR(pair);
    const JobSettings job = pair.job(byLog({{u"mode"_s, u"update"_s}}));
    pair.source.putMany(1, 30);
    installLogs(pair, job);
    pair.run(job);
    pair.source.exec(u"DELETE FROM items WHERE id = 1"_s);
    pair.source.exec(u"UPDATE items SET name = 'x' WHERE id = 2"_s);
    const RunReport report = pair.run(job);
    QCOMPARE(told(report), u"completed +0 ~1 -0 log"_s);
    QVERIFY(!report.tables.first().deletesChecked);
    QCOMPARE(pair.target.items().size(), 30);
}

// What could not be written is purged from the log and kept in the retry set.
void TestLogRuns::setsBadRowsAsideAndComesBack()
{
    PAIR(pair);
    const JobSettings job = pair.job(byLog());
    pair.source.putMany(1, 30);
    installLogs(pair, job);
    pair.run(job);
    pair.target.exec(u"CREATE UNIQUE INDEX only ON items (version, pending, %1)"_s.arg(
        to == Driver::Mysql ? u"name(20)"_s : u"name"_s));
    pair.target.exec(u"INSERT INTO items VALUES (999, 'taken', 1, '2024-01-01 00:00:00', 7, 7)"_s);
    pair.source.exec(u"UPDATE items SET name = 'taken', version = 7, pending = 7 WHERE id = 5"_s);
    pair.source.exec(u"UPDATE items SET name = 'fine' WHERE id = 6"_s);
    QCOMPARE(told(pair.run(job)), u"needs-attention +0 ~1 -0 log"_s);
    pair.target.exec(u"DELETE FROM items WHERE id = 999"_s);
    QCOMPARE(told(pair.run(job)), u"completed +0 ~1 -0 log"_s);
    QCOMPARE(pair.target.items(), pair.source.items());
}

// One table to two targets: the entries that one pair has applied are still the other's.
void TestLogRuns::givesEachTargetItsOwnLog()
{
    SqlPair pair(Driver::Sqlite, Driver::Sqlite);
    pair.source.createItems();
    pair.target.createItems(u"one"_s);
    pair.target.createItems(u"two"_s);
    const JobSettings job =
        pair.job(byLog({{u"tables"_s,
                         QJsonArray{QJsonObject{{u"source"_s, u"items"_s}, {u"target"_s, u"one"_s}},
                                    QJsonObject{{u"source"_s, u"items"_s}, {u"target"_s, u"two"_s}}}}}));
    installLogs(pair, job);
    pair.run(job);
    pair.source.putMany(1, 4);
    QCOMPARE(pair.run(job).totals().inserts, 8);
    RunOptions onlyOne;
    pair.source.exec(u"UPDATE items SET name = 'x'"_s);
    const RunReport report = pair.run(job);
    QCOMPARE(told(report), u"completed +0 ~8 -0 log log"_s);
    QCOMPARE(pair.target.rows(u"SELECT name FROM two"_s), (QStringList{u"x"_s, u"x"_s, u"x"_s, u"x"_s}));
}

void TestLogRuns::losesNothingUnderWriters_data()
{
    QTest::addColumn<Driver>("from");
    QTest::addColumn<Driver>("to");
    QTest::newRow("postgres-sqlite") << Driver::Postgres << Driver::Sqlite;
    QTest::newRow("mysql-sqlite") << Driver::Mysql << Driver::Sqlite;
}

// Two writers whose transactions overlap, commit late or roll back, while runs read and purge: once they are still, one
// more run makes both sides equal, and none of them had to compare everything.
void TestLogRuns::losesNothingUnderWriters()
{
    PAIR(pair);
    const JobSettings job = pair.job(byLog());
    pair.source.putMany(1, 40);
    pair.source.putMany(10'000, 1000); // nobody's: the others are never a fifth of all
    installLogs(pair, job);
    RunOptions options;
    options.yes = true;
    pair.run(job, options);
    std::atomic_bool stop = false;
    const auto write = [&](int writer) {
        Cancellation cancellation;
        auto session = pair.connector.openSql(pair.source.settings, OpenOptions{true, &cancellation});
        for (int round = 0; session && !stop; ++round) {
            if (!(*session)->beginWrite())
                return;
            for (int i = 0; i < 3; ++i) {
                const int id = writer * 1000 + (round * 7 + i) % 50;
                (void)(*session)->execute(u"DELETE FROM items WHERE id = %1"_s.arg(id));
                if ((round + i) % 3 != 0)
                    (void)(*session)->execute(
                        u"INSERT INTO items VALUES (%1, 'w %2', 1, '2024-01-01 00:00:00', 1, 0)"_s.arg(
                            QString::number(id), QString::number(round)));
            }
            (void)(round % 5 == 4 ? (*session)->rollback() : (*session)->commit());
        }
    };
    std::vector<std::jthread> writers;
    for (const int writer : {1, 2})
        writers.emplace_back(write, writer);
    const auto stopAtOnce = qScopeGuard([&stop] { stop = true; }); // also where a check fails: they are waited for
    qint64 written = 0;
    for (int i = 0; i < 12; ++i) {
        const RunReport report = pair.run(job, options);
        QVERIFY2(!report.error && !report.tables.first().error, qPrintable(shown(report)));
        QCOMPARE(report.tables.first().whyWhole, QString());
        written += report.totals().total();
    }
    stop = true;
    writers.clear();
    QVERIFY(written > 0);
    const RunReport last = pair.run(job, options);
    QVERIFY(!last.tables.first().identical);
    QCOMPARE(pair.target.items(), pair.source.items());
    QCOMPARE(told(pair.run(job)), u"completed +0 ~0 -0 log"_s);
}

void TestLogRuns::cleansUp()
{
    PAIR(pair);
    const JobSettings job = pair.job(byLog());
    installLogs(pair, job);
    const QString table = logTable(pair, job);
    pair.source.putMany(1, 3);
    pair.run(job);
    Cancellation cancellation;
    QVERIFY(Runner(pair.connector, *pair.journal, pair.clock).cleanJob(job, cancellation));
    const auto logs = jobLogs(job, LogAction::Look, pair.connector, cancellation);
    QVERIFY(logs);
    QCOMPARE(logs->first().state.kind, ChangeLogState::Kind::Absent);
    QVERIFY(!pair.source.session().query(u"SELECT 1 FROM %1"_s.arg(table)));
    pair.source.reconnect();
    pair.source.putMany(4, 3);
}

QTEST_GUILESS_MAIN(TestLogRuns)
#include "tst_logruns.moc"
