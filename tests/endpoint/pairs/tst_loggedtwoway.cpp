// SPDX-License-Identifier: GPL-3.0-or-later
// Two-way jobs that find the changes of both sides by change logs, from one real engine to another.
#include <QFile>
#include <QFileInfo>

#include "tests/endpoint/pairs/logruns.h"

using namespace tidemark;
using namespace Qt::StringLiterals;

namespace {

QJsonObject twoWay(const QJsonObject &more = {})
{
    QJsonObject object =
        byLog({{u"mode"_s, u"two-way"_s}, {u"guard"_s, QJsonObject{{u"rows"_s, 1000}, {u"percent"_s, 50}}}});
    for (auto it = more.begin(); it != more.end(); ++it)
        object[it.key()] = it.value();
    return object;
}

// Both directions, what stays open, and how it was found: "completed > +1 ~0 -0 < +0 ~2 -0, 1 open, log, 3 read".
QString toldBoth(const RunReport &report)
{
    QString text = runStateName(report.state);
    if (report.error)
        text += u' ' + codeName(report.error->code) + u' ' + report.error->detail;
    for (const TableReport &table : report.tables) {
        text += u" > "_s + shown(table.toTarget) + u" < "_s + shown(table.toSource);
        text += table.identical ? u" whole"_s : u" log"_s;
        if (!table.whyWhole.isEmpty())
            text += u' ' + table.whyWhole;
        if (table.conflicts > 0)
            text += u", %1 open"_s.arg(table.conflicts);
        if (table.error)
            text += u' ' + codeName(table.error->code) + u' ' + table.error->detail;
    }
    return text;
}

const QString quiet = u"completed > +0 ~0 -0 < +0 ~0 -0 log"_s;

// The real connector, which tells before a session is opened.
class TellingConnector final : public Connector
{
public:
    explicit TellingConnector(std::function<void(const ConnectionSettings &)> tell) : m_tell(std::move(tell)) { }
    Result<std::unique_ptr<Session>> open(const ConnectionSettings &settings, const OpenOptions &options) override
    {
        m_tell(settings);
        return m_real.open(settings, options);
    }

private:
    std::function<void(const ConnectionSettings &)> m_tell;
    SqlConnector m_real;
};

} // namespace

class TestLoggedTwoWay : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void carriesChangesBothWays_data() { addLogPairs(); }
    void carriesChangesBothWays();
    void keepsConflictsInSight_data() { addLogPairs(); }
    void keepsConflictsInSight();
    void findsAgainWhatNobodyApproved_data() { addLogPairs(); }
    void findsAgainWhatNobodyApproved();
    void comparesWholeAfterABreak_data() { addLogPairs(); }
    void comparesWholeAfterABreak();
    void findsWhatIsCommittedWhileAllIsCompared_data() { addLogPairs(); }
    void findsWhatIsCommittedWhileAllIsCompared();
    void guardsDeletes_data() { addLogPairs(); }
    void guardsDeletes();
    void removesTheLogsOfBothSides_data() { addLogPairs(); }
    void removesTheLogsOfBothSides();
};

#define PAIR(name)                                                                                                     \
    LOG_PAIR(name);                                                                                                    \
    name.source.createItems();                                                                                         \
    name.target.createItems();                                                                                         \
    name.source.putMany(1, 50)

void TestLoggedTwoWay::carriesChangesBothWays()
{
    PAIR(pair);
    const JobSettings job = pair.job(twoWay());
    QCOMPARE(toldBoth(pair.run(job)), u"completed > +50 ~0 -0 < +0 ~0 -0 whole log-absent"_s);
    installLogs(pair, job);
    QCOMPARE(toldBoth(pair.run(job)), u"completed > +0 ~0 -0 < +0 ~0 -0 whole"_s);
    RunReport report = pair.run(job);
    QCOMPARE(toldBoth(report), quiet);
    QCOMPARE(report.tables.first().rowsRead, 0);

    pair.source.exec(u"UPDATE items SET name = 'source' WHERE id IN (1, 2)"_s);
    pair.target.exec(u"UPDATE items SET name = 'target' WHERE id = 3"_s);
    pair.source.exec(u"DELETE FROM items WHERE id = 4"_s);
    pair.target.exec(u"DELETE FROM items WHERE id IN (5, 6)"_s);
    pair.target.putMany(100, 3);
    pair.source.exec(u"DELETE FROM items WHERE id = 7"_s); // at both
    pair.target.exec(u"DELETE FROM items WHERE id = 7"_s);
    QCOMPARE(toldBoth(pair.run(job)), u"completed > +0 ~2 -1 < +3 ~1 -2 log"_s);
    QCOMPARE(pair.target.items(), pair.source.items());
    report = pair.run(job);
    QCOMPARE(toldBoth(report), quiet);
    QCOMPARE(report.tables.first().rowsRead, 0); // its own writes are in no log
    QCOMPARE(shown(pair.verify(job)), u"completed +0 ~0 -0"_s);
}

// A conflict's change is purged from the log; it is looked at in every run until it is none.
void TestLoggedTwoWay::keepsConflictsInSight()
{
    PAIR(pair);
    const JobSettings job = pair.job(twoWay());
    installLogs(pair, job);
    (void)pair.run(job);
    pair.source.exec(u"UPDATE items SET name = 'one' WHERE id = 1"_s);
    pair.target.exec(u"UPDATE items SET name = 'two' WHERE id = 1"_s);
    const QString open = u"needs-attention > +0 ~0 -0 < +0 ~0 -0 log, 1 open"_s;
    QCOMPARE(toldBoth(pair.run(job)), open);
    QCOMPARE(toldBoth(pair.run(job)), open);
    const auto conflicts = pair.journal->conflicts(job.id, {});
    QVERIFY(conflicts);
    QCOMPARE(conflicts->size(), 1);
    Cancellation cancellation;
    ProgressBoard progress;
    const RunReport answered = Runner(pair.connector, *pair.journal, pair.clock)
                                   .resolve(job, {{conflicts->first().id, ConflictAnswer::Target, {}, {}}}, u"anna"_s,
                                            {}, cancellation, progress);
    QCOMPARE(answered.state, RunState::Completed);
    QCOMPARE(pair.source.items(), pair.target.items());
    QCOMPARE(toldBoth(pair.run(job)), quiet);
    // One that ends by itself.
    pair.source.exec(u"UPDATE items SET name = 'one' WHERE id = 2"_s);
    pair.target.exec(u"UPDATE items SET name = 'two' WHERE id = 2"_s);
    QCOMPARE(toldBoth(pair.run(job)), open);
    pair.target.exec(u"UPDATE items SET name = 'one' WHERE id = 2"_s);
    QCOMPARE(toldBoth(pair.run(job)), quiet);
    QCOMPARE(toldBoth(pair.run(job)), quiet);
}

void TestLoggedTwoWay::findsAgainWhatNobodyApproved()
{
    PAIR(pair);
    const JobSettings job = pair.job(twoWay());
    installLogs(pair, job);
    (void)pair.run(job);
    pair.source.exec(u"UPDATE items SET name = 'source' WHERE id IN (1, 2)"_s);
    pair.target.exec(u"UPDATE items SET name = 'target' WHERE id = 3"_s);
    const QString file = pair.path(u"p.db"_s);
    QCOMPARE(toldBoth(pair.plan(job, file)), u"planned > +0 ~2 -0 < +0 ~1 -0 log"_s);
    {
        const auto plan = PlanReader::open(file);
        const auto rows = (*plan)->rows(0, Decision::UpdateTarget, 0, 10);
        QCOMPARE(rows->size(), 2);
        QVERIFY((*plan)->setRowIncluded(0, rows->first().number, false));
    }
    RunOptions options;
    options.planFile = file;
    QCOMPARE(toldBoth(pair.run(job, options)), u"completed > +0 ~1 -0 < +0 ~1 -0 log"_s);
    QCOMPARE(toldBoth(pair.run(job)), u"completed > +0 ~1 -0 < +0 ~0 -0 log"_s);
    QCOMPARE(pair.source.items(), pair.target.items());
    QCOMPARE(toldBoth(pair.run(job)), quiet);
}

void TestLoggedTwoWay::comparesWholeAfterABreak()
{
    PAIR(pair);
    const JobSettings job = pair.job(twoWay());
    installLogs(pair, job);
    (void)pair.run(job);
    QCOMPARE(toldBoth(pair.run(job)), quiet);
    // The base is gone: what the logs name is not all.
    const QString base = QFileInfo(pair.path(u"journal.db"_s)).absolutePath() + u"/base/"_s + job.id + u".db"_s;
    QVERIFY(QFile::exists(base));
    for (const QString &suffix : {QString(), u"-wal"_s, u"-shm"_s})
        QFile::remove(base + suffix);
    pair.target.exec(u"UPDATE items SET name = 'target' WHERE id = 3"_s);
    QCOMPARE(toldBoth(pair.run(job)), u"needs-attention > +0 ~0 -0 < +0 ~0 -0 whole base-absent, 1 open"_s);
    pair.source.exec(u"UPDATE items SET name = 'target' WHERE id = 3"_s);
    QCOMPARE(toldBoth(pair.run(job)), quiet);
    // One side's log alone is broken.
    Cancellation cancellation;
    const auto logs = jobLogs(job, LogAction::Look, pair.connector, cancellation);
    QVERIFY(logs);
    QCOMPARE(logs->size(), 2);
    QCOMPARE(logs->last().side, JobSide::Target);
    QVERIFY(pair.target.session().removeChangeLogs(job.id));
    pair.target.reconnect();
    pair.source.exec(u"UPDATE items SET name = 'whole' WHERE id = 9"_s);
    const QString told = toldBoth(pair.run(job));
    QVERIFY2(told.startsWith(u"completed > +0 ~1 -0 < +0 ~0 -0 whole log-absent"_s), qPrintable(told));
}

// Rows are compared in a snapshot of the source. What is entered after it stays in the log.
void TestLoggedTwoWay::findsWhatIsCommittedWhileAllIsCompared()
{
    PAIR(pair);
    const JobSettings job = pair.job(twoWay());
    installLogs(pair, job);
    (void)pair.run(job);
    QCOMPARE(toldBoth(pair.run(job)), quiet);
    int opened = 0;
    TellingConnector connector([&](const ConnectionSettings &side) {
        const bool isSource = side.driver == job.source.driver && side.database == job.source.database
            && side.schema == job.source.schema;
        if (isSource && ++opened == 2) // the first one has made the snapshot
            pair.source.execElsewhere(u"UPDATE items SET name = 'meanwhile' WHERE id = 1"_s);
    });
    RunOptions full;
    full.full = true;
    Cancellation cancellation;
    ProgressBoard progress;
    const RunReport report = Runner(connector, *pair.journal, pair.clock).run(job, full, cancellation, progress);
    QVERIFY(opened > 1);
    QCOMPARE(report.state, RunState::Completed);
    QCOMPARE(pair.run(job).state, RunState::Completed);
    QCOMPARE(pair.target.rows(u"SELECT name FROM items WHERE id = 1"_s), QStringList{u"meanwhile"_s});
    QCOMPARE(toldBoth(pair.run(job)), quiet);
}

void TestLoggedTwoWay::guardsDeletes()
{
    PAIR(pair);
    const JobSettings job = pair.job(twoWay());
    installLogs(pair, job);
    (void)pair.run(job);
    pair.source.exec(u"DELETE FROM items WHERE id > 5"_s);
    QCOMPARE(toldBoth(pair.run(job)), u"needs-attention > +0 ~0 -0 < +0 ~0 -0 log"_s);
    QCOMPARE(pair.target.items().size(), 50);
    RunOptions options;
    options.allowDeletes = 45;
    QCOMPARE(toldBoth(pair.run(job, options)), u"completed > +0 ~0 -45 < +0 ~0 -0 log"_s);
    QCOMPARE(toldBoth(pair.run(job)), quiet);
}

void TestLoggedTwoWay::removesTheLogsOfBothSides()
{
    PAIR(pair);
    const JobSettings job = pair.job(twoWay());
    installLogs(pair, job);
    Cancellation cancellation;
    QVERIFY(removeJobLogs(job, pair.connector, cancellation));
    const auto logs = jobLogs(job, LogAction::Look, pair.connector, cancellation);
    QVERIFY(logs);
    QCOMPARE(logs->size(), 2);
    for (const TableLog &log : *logs)
        QCOMPARE(log.state.kind, ChangeLogState::Kind::Absent);
}

QTEST_GUILESS_MAIN(TestLoggedTwoWay)
#include "tst_loggedtwoway.moc"
