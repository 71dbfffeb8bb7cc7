// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFile>

#include "core/journal/sqlitefile.h"

#include "tests/core/journal/somejournal.h"

using namespace tidemark;

// What the journal keeps.
class TestJournal : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void keepsItsId();
    void keepsRuns();
    void ordersRuns();
    void runUnderWayIsNotHistory();
    void keepsCheckpoints();
    void keepsRetries();
    void listsWaitingRows();
    void upgradesTheFirstFormat();
    void keepsRowsSetAside();
    void removesAJob();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_file;
};

void TestJournal::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_file = m_folder->filePath(u"journal.db"_s);
}

void TestJournal::keepsItsId()
{
    const QByteArray id = opened(m_file)->id();
    QCOMPARE(id.size(), 16);
    QCOMPARE(opened(m_file)->id(), id);
    QVERIFY(opened(m_folder->filePath(u"other.db"_s))->id() != id);
}

void TestJournal::keepsRuns()
{
    const RunReport report = someReport(u"r1"_s, 100);
    {
        const auto journal = opened(m_file);
        QVERIFY(journal->startRun(job, report.job, report.run, report.startedUs));
        QVERIFY(journal->finishRun(report));
    }
    const auto journal = opened(m_file);
    const auto runs = journal->runs(job, 10);
    QVERIFY(runs.has_value());
    QCOMPARE(runs->size(), 1);
    QVERIFY(runs->first() == report);
    QVERIFY(*journal->lastRun(job).value() == report);
    QVERIFY(!journal->lastRun(u"another"_s).value());
    RunReport empty;
    empty.jobId = job;
    empty.run = u"r2"_s;
    empty.startedUs = 200;
    QVERIFY(journal->finishRun(empty)); // never begun here
    QVERIFY(*journal->lastRun(job).value() == empty);
}

void TestJournal::ordersRuns()
{
    const auto journal = opened(m_file);
    for (const int at : {3, 1, 4, 2})
        QVERIFY(journal->finishRun(someReport(QString::number(at), at)));
    RunReport other = someReport(u"x"_s, 5);
    other.jobId = u"other"_s;
    QVERIFY(journal->finishRun(other));
    const auto names = [&](const QString &jobId, int limit) {
        QStringList list;
        const auto runs = journal->runs(jobId, limit);
        for (const RunReport &report : *runs)
            list.append(report.run);
        return list.join(u' ');
    };
    QCOMPARE(names(job, 100), u"4 3 2 1"_s);
    QCOMPARE(names(job, 2), u"4 3"_s);
    QCOMPARE(names(QString(), 3), u"x 4 3"_s);
    QCOMPARE(names(QString(), -1), u"x 4 3 2 1"_s);
}

void TestJournal::runUnderWayIsNotHistory()
{
    const auto journal = opened(m_file);
    QVERIFY(journal->finishRun(someReport(u"r1"_s, 1)));
    QVERIFY(journal->startRun(job, u"orders"_s, u"r2"_s, 2));
    QCOMPARE(opened(m_file)->lastRun(job).value()->run, u"r1"_s);
    // The same pid at another start of the machine, or of a process that began at another time, is another process.
    for (const char *const change : {"UPDATE runs SET boot = 'x' WHERE run = 'r2'",
                                     "UPDATE runs SET start_tick = start_tick + 1 WHERE run = 'r2'"}) {
        QVERIFY(journal->startRun(job, u"orders"_s, u"r2"_s, 2));
        sql(m_file, change);
        const auto last = journal->lastRun(job).value();
        QCOMPARE(last->run, u"r2"_s);
        QCOMPARE(last->state, RunState::Failed);
        QCOMPARE(last->error->code, ErrorCode::Interrupted);
    }
}

void TestJournal::keepsCheckpoints()
{
    Checkpoint checkpoint = someCheckpoint();
    QVERIFY(!opened(m_file)->checkpoint(checkpoint.key).value());
    QVERIFY(opened(m_file)->saveCheckpoint(checkpoint));
    const auto journal = opened(m_file);
    QVERIFY(*journal->checkpoint(checkpoint.key).value() == checkpoint);
    QVERIFY(!journal->checkpoint({job, table, u"target"_s}).value());
    QVERIFY(!journal->checkpoint({job, u"lines"_s}).value());
    checkpoint.epoch = 4;
    checkpoint.watermark = {};
    QVERIFY(journal->saveCheckpoint(checkpoint));
    QVERIFY(*journal->checkpoint(checkpoint.key).value() == checkpoint);
}

void TestJournal::keepsRetries()
{
    const auto journal = opened(m_file);
    const QList<RetryKey> keys = {{keyBytes(1), RetryReason::ChangedSincePlan},
                                  {keyBytes(2), RetryReason::NotSelected},
                                  {keyBytes(3), RetryReason::Withheld},
                                  {keyBytes(4), RetryReason::Locked},
                                  {keyBytes(5), RetryReason::SetAside}};
    QVERIFY(journal->addRetries(job, table, keys));
    QVERIFY(opened(m_file)->retries(job, table).value() == keys);
    QVERIFY(journal->retries(job, u"lines"_s).value().isEmpty());
    QVERIFY(journal->retries(u"another"_s, table).value().isEmpty());
    QVERIFY(journal->addRetries(job, table, {{keyBytes(2), RetryReason::Locked}, {QByteArray(), RetryReason::Locked}}));
    QVERIFY(journal->removeRetries(job, table, {keyBytes(1), keyBytes(3), keyBytes(99)}));
    const QList<RetryKey> left = {
        {QByteArray(), RetryReason::Locked}, {keyBytes(2), RetryReason::Locked}, keys.at(3), keys.at(4)};
    QVERIFY(opened(m_file)->retries(job, table).value() == left);
}

void TestJournal::listsWaitingRows()
{
    const auto journal = opened(m_file);
    const auto retry = [](int number, RetryReason reason) {
        return RetryKey{keyBytes(number), reason, u"%1"_s.arg(number), u"run 7"_s, 1000 + number};
    };
    QVERIFY(journal->addRetries(job, table,
                                {retry(1, RetryReason::ChangedSincePlan), retry(2, RetryReason::SetAside),
                                 retry(3, RetryReason::ChangedSincePlan), retry(4, RetryReason::ChangedSincePlan)}));
    QVERIFY(journal->addRetries(job, u"lines"_s, {retry(5, RetryReason::ChangedSincePlan)}));
    QVERIFY(journal->addRetries(u"another"_s, table, {retry(6, RetryReason::ChangedSincePlan)}));
    const auto changed = RetryReason::ChangedSincePlan;
    QCOMPARE(journal->waitingCount(job, table, {}).value(), 4);
    QCOMPARE(journal->waitingCount(job, table, changed).value(), 3);
    QCOMPARE(journal->waitingCount(job, {}, changed).value(), 4);
    const QList<WaitingRow> page = journal->waitingRows(job, table, changed, 1, 2).value();
    QCOMPARE(page.size(), 2);
    QVERIFY(page.first() == (WaitingRow{table, retry(3, changed)}));
    QVERIFY(page.last() == (WaitingRow{table, retry(4, changed)}));
    QCOMPARE(journal->waitingRows(job, table, changed, 3, 2).value().size(), 0);
    QCOMPARE(opened(m_file)->waitingRows(job, {}, {}, 0, 100).value().size(), 5);
}

// A record that the first format wrote keeps its checksum: it must not count as damaged afterwards.
void TestJournal::upgradesTheFirstFormat()
{
    QVERIFY(opened(m_file)->addRetries(job, table, {{keyBytes(1), RetryReason::Locked}}));
    {
        auto file = SqliteFile::open(m_file, SqliteFile::Access::Existing).value();
        QVERIFY(
            file->execute("ALTER TABLE retries DROP COLUMN key_text; ALTER TABLE retries DROP COLUMN run;"
                          "ALTER TABLE retries DROP COLUMN since_us; DROP TABLE conflicts; DROP TABLE conflict_tables;"
                          "DROP TABLE schedules; DROP TABLE schedule_slots; DROP TABLE reviews; DROP TABLE trust;"
                          "PRAGMA user_version = 1"));
    }
    const auto journal = opened(m_file);
    QVERIFY(journal);
    QVERIFY(QFile::exists(m_file + u".format-1"_s));
    QVERIFY(journal->retries(job, table).value() == (QList<RetryKey>{{keyBytes(1), RetryReason::Locked}}));
    QCOMPARE(journal->damagedRetries(job, table).value(), 0);
}

void TestJournal::keepsRowsSetAside()
{
    const auto journal = opened(m_file);
    QVERIFY(journal->setAside(job, {someAside(2), someAside(1), someAside(3), someAside(1, u"lines"_s)}));
    SetAsideRow again = someAside(2);
    again.error = Error{ErrorCode::ForeignKeyViolated, {}, u"no such parent"_s};
    again.source = {};
    QVERIFY(journal->setAside(job, {again}));
    QCOMPARE(journal->asideCount(job, table).value(), 3);
    QCOMPARE(journal->asideCount(job, {}).value(), 4);
    QCOMPARE(journal->asideCount(u"another"_s, {}).value(), 0);
    const auto rows = opened(m_file)->asideRows(job, table, 0, 10);
    QVERIFY(rows.value() == (QList<SetAsideRow>{someAside(1), again, someAside(3)}));
    QVERIFY(journal->asideRows(job, table, 1, 1).value() == QList<SetAsideRow>{again});
    QCOMPARE(journal->asideRows(job, {}, 0, 10).value().size(), 4);
    QVERIFY(journal->clearAside(job, table, {keyBytes(1), keyBytes(2)}));
    QVERIFY(journal->asideRows(job, table, 0, 10).value() == QList<SetAsideRow>{someAside(3)});
    QCOMPARE(journal->asideCount(job, {}).value(), 2);
}

void TestJournal::removesAJob()
{
    const auto journal = opened(m_file);
    for (const QString &id : {job, u"other"_s}) {
        Checkpoint checkpoint = someCheckpoint();
        checkpoint.key.jobId = id;
        RunReport report = someReport(u"run of "_s + id, 1);
        report.jobId = id;
        QVERIFY(journal->finishRun(report));
        QVERIFY(journal->saveCheckpoint(checkpoint));
        QVERIFY(journal->addRetries(id, table, {{keyBytes(1), RetryReason::Locked}}));
        QVERIFY(journal->setAside(id, {someAside(1)}));
    }
    QVERIFY(journal->removeJob(job));
    for (const QString &id : {job, u"other"_s}) {
        const bool stays = id != job;
        QCOMPARE(journal->lastRun(id).value().has_value(), stays);
        QCOMPARE(journal->checkpoint({id, table}).value().has_value(), stays);
        QCOMPARE(journal->retries(id, table).value().size(), stays ? 1 : 0);
        QCOMPARE(journal->asideCount(id, {}).value(), stays ? 1 : 0);
    }
}

QTEST_APPLESS_MAIN(TestJournal)
#include "tst_journal.moc"
