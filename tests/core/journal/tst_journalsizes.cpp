// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTest>

#include "core/journal/basefile.h"
#include "core/journal/journalsizes.h"
#include "core/journal/undofile.h"
#include "tests/core/journal/somejournal.h"

using namespace tidemark;

namespace {

constexpr qint64 day = 86'400'000'000;
constexpr qint64 now = 1'795'000'000'000'000;

} // namespace

// What a workspace keeps is measured, and what is purged is what was said before.
class TestJournalSizes : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void nothingIsThere();
    void everyKindIsMeasured();
    void purgesByAge();
    void purgesOneJob();
    void countsOnlyWhatCouldBeUndone();
    void leavesARunThatIsUnderWay();
    void purgesWhatNoRunIsKnownOf();
    void purgesClosedConflicts();
    void compactsWhatIsFree();
    void doesNotCompactUnderARun();

private:
    void finished(const QString &jobId, const QString &run, qint64 startedUs, bool isKnown = true);
    QStringList left() const { return QDir(m_journal->undoFolder()).entryList({u"*.db"_s}, QDir::Files, QDir::Name); }
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Journal> m_journal;
    std::unique_ptr<JournalStorage> m_storage;
};

void TestJournalSizes::init()
{
    m_storage.reset();
    m_journal.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    m_journal = opened(m_folder->filePath(u"journal.db"_s));
    QVERIFY(m_journal);
    m_storage = std::make_unique<JournalStorage>(*m_journal);
}

// A run with an undo file of one row.
void TestJournalSizes::finished(const QString &jobId, const QString &run, qint64 startedUs, bool isKnown)
{
    UndoHead head;
    head.run = run;
    head.jobId = jobId;
    UndoWriter writer(m_journal->undoFolder(), head, 1 << 30);
    UndoTable undone;
    undone.source = undone.target = undone.table = u"t"_s;
    undone.columns = {{u"id"_s, u"id"_s, {}, true}};
    undone.keyCount = undone.comparedCount = 1;
    const int number = writer.addTable(undone);
    RowBatch rows(undone.layout());
    rows.beginRow();
    rows.appendCell("1");
    rows.endRow();
    const std::vector<UndoItem> items{{Decision::InsertTarget, Reason::MissingAtTarget, -1, 0}};
    QVERIFY(writer.note(number, rows, rows, items));
    QVERIFY(writer.prepare(number, 1));
    writer.committed(number);
    QVERIFY(writer.finish());
    if (!isKnown)
        return;
    RunReport report;
    report.jobId = jobId;
    report.job = u"job "_s + jobId;
    report.run = run;
    report.startedUs = startedUs;
    QVERIFY(m_journal->finishRun(report));
}

void TestJournalSizes::nothingIsThere()
{
    const auto sizes = m_storage->sizes();
    QVERIFY(sizes);
    QVERIFY(sizes->journalBytes > 0);
    QCOMPARE(sizes->planBytes, qint64(0));
    QVERIFY(sizes->jobs.isEmpty());
    const auto loss = m_storage->purge({}, now);
    QVERIFY(loss);
    QCOMPARE(*loss, UndoLoss{});
    QCOMPARE(m_storage->closedConflicts(0, now).value(), qint64(0));
}

void TestJournalSizes::everyKindIsMeasured()
{
    finished(u"a"_s, u"r1"_s, now);
    finished(u"a"_s, u"r2"_s, now);
    finished(u"b"_s, u"r3"_s, now);
    QDir(m_folder->path()).mkpath(u"base"_s);
    QDir(m_folder->path()).mkpath(u"plans/of-a-program"_s);
    for (const auto &[name, bytes] : {std::pair(u"base/b.db"_s, 100'000), std::pair(u"base/b.db-wal"_s, 20'000),
                                      std::pair(u"plans/of-a-program/p.db"_s, 5'000)}) {
        QFile file(m_folder->filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray(bytes, 'x'));
    }
    const auto sizes = m_storage->sizes();
    QVERIFY(sizes);
    QCOMPARE(sizes->jobs.size(), qsizetype(2));
    const JournalSizes::Job &first = sizes->jobs.at(0); // the largest
    QCOMPARE(first.id, u"b"_s);
    QCOMPARE(first.name, u"job b"_s);
    QCOMPARE(first.undoRuns, qint64(1));
    QCOMPARE(first.baseBytes, qint64(120'000));
    QCOMPARE(first.undoBytes, QFileInfo(undoFile(m_journal->undoFolder(), u"r3"_s)).size());
    QCOMPARE(sizes->jobs.at(1).undoRuns, qint64(2));
    QCOMPARE(sizes->undoRuns(), qint64(3));
    QCOMPARE(sizes->baseBytes(), qint64(120'000));
    QCOMPARE(sizes->planBytes, qint64(5'000));
    QCOMPARE(sizes->planFiles, qint64(1));
}

void TestJournalSizes::purgesByAge()
{
    finished(u"a"_s, u"r1"_s, now - 31 * day);
    finished(u"a"_s, u"r2"_s, now - 30 * day);
    finished(u"b"_s, u"r3"_s, now - 90 * day);
    const UndoPurge purge{false, {}, 30};
    const auto loss = m_storage->look(purge, now);
    QVERIFY(loss);
    QCOMPARE(loss->files, qint64(2));
    QCOMPARE(loss->runs, qint64(2));
    QVERIFY(loss->bytes > 0);
    QCOMPARE(left().size(), qsizetype(3)); // looking takes nothing
    QCOMPARE(m_storage->purge(purge, now).value(), *loss);
    QCOMPARE(left(), QStringList{u"r2.db"_s});
}

void TestJournalSizes::purgesOneJob()
{
    finished(u"a"_s, u"r1"_s, now - 31 * day);
    finished(u"a"_s, u"r2"_s, now);
    finished(u"b"_s, u"r3"_s, now);
    QCOMPARE(m_storage->purge({true, u"a"_s, 0}, now).value().files, qint64(2));
    QCOMPARE(left(), QStringList{u"r3.db"_s});
}

void TestJournalSizes::countsOnlyWhatCouldBeUndone()
{
    finished(u"a"_s, u"r1"_s, now);
    finished(u"a"_s, u"r2"_s, now);
    const auto reader = UndoReader::open(undoFile(m_journal->undoFolder(), u"r1"_s));
    QVERIFY(reader);
    QVERIFY((*reader)->setUndoneBy(u"r9"_s));
    const auto loss = m_storage->look({}, now);
    QVERIFY(loss);
    QCOMPARE(loss->files, qint64(2));
    QCOMPARE(loss->runs, qint64(1));
}

void TestJournalSizes::leavesARunThatIsUnderWay()
{
    finished(u"a"_s, u"r1"_s, now);
    QVERIFY(m_journal->startRun(u"a"_s, u"job a"_s, u"r1"_s, now)); // by this very process
    QCOMPARE(m_storage->purge({}, now).value(), UndoLoss{});
    QCOMPARE(left(), QStringList{u"r1.db"_s});
}

void TestJournalSizes::purgesWhatNoRunIsKnownOf()
{
    finished(u"a"_s, u"r1"_s, now);
    finished(u"a"_s, u"r2"_s, now, false);
    const auto sizes = m_storage->sizes();
    QVERIFY(sizes);
    QCOMPARE(sizes->jobs.size(), qsizetype(2));
    QCOMPARE(m_storage->purge({true, {}, 0}, now).value().files, qint64(1));
    QCOMPARE(left(), QStringList{u"r1.db"_s});
}

void TestJournalSizes::purgesClosedConflicts()
{
    QList<Conflict> found;
    for (int number = 1; number <= 3; ++number) {
        Conflict conflict;
        conflict.table = table;
        conflict.key = keyBytes(number);
        conflict.keyText = QString::number(number);
        conflict.run = u"r1"_s;
        conflict.sinceUs = now - 50 * day;
        conflict.source = "s";
        conflict.target = "t";
        found << conflict;
    }
    QVERIFY(m_journal->meetConflicts(job, found));
    QVERIFY(m_journal->closeConflicts(job, table, {keyBytes(1)}, ConflictEnd::Settled, now - 40 * day));
    QVERIFY(m_journal->closeConflicts(job, table, {keyBytes(2)}, ConflictEnd::Settled, now - 10 * day));
    QCOMPARE(m_storage->closedConflicts(30, now).value(), qint64(1));
    QVERIFY(m_storage->purgeClosedConflicts(30, now));
    QCOMPARE(m_storage->closedConflicts(30, now).value(), qint64(0));
    QCOMPARE(m_storage->closedConflicts(0, now).value(), qint64(1));
    QCOMPARE(m_journal->conflictCount(job, table).value(), qint64(1)); // the open one stays
}

void TestJournalSizes::compactsWhatIsFree()
{
    QList<RetryKey> keys;
    for (int number = 0; number < 20'000; ++number)
        keys << RetryKey{keyBytes(number), RetryReason::Withheld, u"some text of a key"_s};
    QVERIFY(m_journal->addRetries(job, table, keys));
    QList<QByteArray> bytes;
    for (const RetryKey &key : keys)
        bytes << key.key;
    QVERIFY(m_journal->removeRetries(job, table, bytes));
    const qint64 free = m_storage->sizes().value().freeBytes;
    QVERIFY(free > 500'000);
    const auto given = m_storage->compact();
    QVERIFY2(given, given ? "" : qPrintable(given.error().detail));
    QVERIFY(*given > free / 2);
    QCOMPARE(m_storage->sizes().value().freeBytes, qint64(0));
    QCOMPARE(m_journal->runs(job, 1).value().size(), qsizetype(0)); // the journal goes on
    QVERIFY(m_journal->addRetries(job, table, keys.mid(0, 1)));
}

void TestJournalSizes::doesNotCompactUnderARun()
{
    QVERIFY(m_journal->startRun(job, u"orders"_s, u"r1"_s, now));
    const auto given = m_storage->compact();
    QVERIFY(!given);
    QCOMPARE(given.error().code, ErrorCode::Busy);
}

QTEST_GUILESS_MAIN(TestJournalSizes)
#include "tst_journalsizes.moc"
