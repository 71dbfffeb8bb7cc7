// SPDX-License-Identifier: GPL-3.0-or-later
// Slots that are claimed once, pauses and what they leave behind, as several programs see them.

#include <array>
#include <atomic>
#include <thread>

#include <QTemporaryDir>
#include <QTest>

#include "core/journal/sqlitefile.h"
#include "tests/core/journal/somejournal.h"

using namespace tidemark;
using namespace Qt::StringLiterals;

class TestJournalSchedule : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void claims_data();
    void claims();
    void aYearOfSlotsIsOneRecord();
    void onlySoManyAreKept();
    void oneProgramGetsASlot();
    void followsFromNowOn();
    void pausesAndResumes();
    void damagedRecordsAreAbsent();
    void lastGoodRun();

private:
    int count(const char *sql)
    {
        return static_cast<int>(SqliteFile::open(m_file, SqliteFile::Access::Existing).value()->integer(sql).value());
    }
    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_file;
};

void TestJournalSchedule::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_file = m_folder->filePath(u"journal.db"_s);
}

void TestJournalSchedule::claims_data()
{
    QTest::addColumn<QList<int>>("before"); // slots claimed one after the other, each with the one before as previous
    QTest::addColumn<int>("slot");
    QTest::addColumn<int>("now");
    QTest::addColumn<bool>("claimed");
    QTest::newRow("the first") << QList<int>{} << 10 << 10 << true;
    QTest::newRow("again") << QList<int>{10} << 10 << 10 << false;
    QTest::newRow("the next") << QList<int>{10} << 20 << 20 << true;
    QTest::newRow("one of a row of them") << QList<int>{10, 20, 30} << 20 << 31 << false;
    QTest::newRow("one that was passed over") << QList<int>{10, -40} << 20 << 41 << false;
    QTest::newRow("the clock was ahead: another slot") << QList<int>{10, -1000} << 20 << 21 << true;
    QTest::newRow("the clock was ahead: one before it leapt") << QList<int>{10, 20, -1000} << 20 << 21 << false;
    QTest::newRow("the clock was ahead: its own slot") << QList<int>{10, -1000} << 1000 << 1000 << false;
    QTest::newRow("set back: a slot that was taken") << QList<int>{10, 20, 30, 40} << 20 << 21 << false;
    QTest::newRow("set back: one before all") << QList<int>{1010, 1020} << 20 << 21 << true;
}

void TestJournalSchedule::claims()
{
    QFETCH(const QList<int>, before);
    QFETCH(const int, slot);
    QFETCH(const int, now);
    const auto journal = opened(m_file);
    int previous = 0;
    for (const int taken : before) { // a negative one: slots were passed over
        const int at = qAbs(taken);
        QCOMPARE(journal->claimSlot(job, at, taken < 0 ? 0 : previous, at).value(), SlotClaim::Claimed);
        previous = at;
    }
    const auto claim = opened(m_file)->claimSlot(job, slot, 0, now).value();
    QTEST(claim == SlotClaim::Claimed, "claimed");
    QCOMPARE(journal->claimSlot(u"another job"_s, slot, 0, now).value(), SlotClaim::Claimed);
}

void TestJournalSchedule::aYearOfSlotsIsOneRecord()
{
    const auto journal = opened(m_file);
    for (int slot = 1; slot <= 500; ++slot)
        QCOMPARE(journal->claimSlot(job, slot * 60, (slot - 1) * 60, slot * 60).value(), SlotClaim::Claimed);
    QCOMPARE(count("SELECT count(*) FROM schedule_slots"), 1);
    for (const int slot : {1, 250, 500})
        QCOMPARE(journal->claimSlot(job, slot * 60, 0, slot * 60).value(), SlotClaim::Taken);
}

void TestJournalSchedule::onlySoManyAreKept()
{
    const auto journal = opened(m_file);
    for (int slot = 1; slot <= 200; ++slot) // each passed over something
        QCOMPARE(journal->claimSlot(job, slot * 60, 0, slot * 60).value(), SlotClaim::Claimed);
    QCOMPARE(count("SELECT count(*) FROM schedule_slots"), 64);
}

void TestJournalSchedule::oneProgramGetsASlot()
{
    constexpr int programs = 4;
    constexpr int slotCount = 150;
    opened(m_file);
    std::array<std::atomic<int>, slotCount + 1> claimed{};
    std::atomic<int> faults = 0;
    {
        std::vector<std::jthread> threads;
        threads.reserve(programs);
        for (int program = 0; program < programs; ++program) {
            threads.emplace_back([&] {
                const auto journal = std::move(*Journal::open(m_file));
                for (int slot = 1; slot <= slotCount; ++slot) {
                    const auto claim = journal->claimSlot(job, slot * 60, (slot - 1) * 60, slotCount * 60);
                    claimed[static_cast<std::size_t>(slot)] += claim && *claim == SlotClaim::Claimed ? 1 : 0;
                    faults += claim ? 0 : 1;
                }
            });
        }
    }
    QCOMPARE(faults, 0);
    for (int slot = 1; slot <= slotCount; ++slot)
        QCOMPARE(claimed[static_cast<std::size_t>(slot)].load(), 1);
}

void TestJournalSchedule::followsFromNowOn()
{
    const auto journal = opened(m_file);
    QCOMPARE(journal->followSchedule(job, "a", 10).value().sinceUs, 10);
    QCOMPARE(journal->followSchedule(job, "a", 20).value().sinceUs, 10);
    QCOMPARE(opened(m_file)->followSchedule(job, "b", 30).value().sinceUs, 30);
    QVERIFY(journal->claimSlot(job, 40, 0, 40));
    QCOMPARE(journal->followSchedule(job, "b", 50).value(), (ScheduleRecord{job, "b", 30, 40, 0, {}}));
}

void TestJournalSchedule::pausesAndResumes()
{
    const auto journal = opened(m_file);
    const auto other = opened(m_file);
    QVERIFY(journal->followSchedule(job, "a", 10));
    QVERIFY(journal->pauseSchedule(job, u"ann"_s, 20));
    QVERIFY(other->pauseSchedule(job, u"bob"_s, 21));
    QCOMPARE(other->scheduleRecords().value(), (QList<ScheduleRecord>{{job, "a", 10, 0, 20, u"ann"_s}}));
    QCOMPARE(other->claimSlot(job, 22, 0, 22).value(), SlotClaim::Paused);
    QVERIFY(other->resumeSchedule(job, 30));
    QVERIFY(other->resumeSchedule(job, 31)); // it was not paused
    QCOMPARE(journal->scheduleRecords().value(), (QList<ScheduleRecord>{{job, "a", 30, 0, 0, {}}}));
    QCOMPARE(journal->claimSlot(job, 32, 0, 32).value(), SlotClaim::Claimed);
    QVERIFY(journal->pauseSchedule({}, {}, 40));
    QCOMPARE(other->claimSlot(job, 42, 0, 42).value(), SlotClaim::Paused);
    QCOMPARE(other->claimSlot(u"any"_s, 42, 0, 42).value(), SlotClaim::Paused);
    QVERIFY(other->resumeSchedule({}, 50));
    const QList<ScheduleRecord> records = other->scheduleRecords().value();
    for (const ScheduleRecord &record : records)
        QCOMPARE(record.sinceUs, record.jobId.isEmpty() ? 0 : 50);
    QCOMPARE(journal->claimSlot(job, 52, 0, 52).value(), SlotClaim::Claimed);
    QVERIFY(journal->removeJob(job));
    QCOMPARE(journal->claimSlot(job, 52, 0, 52).value(), SlotClaim::Claimed);
}

void TestJournalSchedule::damagedRecordsAreAbsent()
{
    {
        const auto journal = opened(m_file);
        QVERIFY(journal->followSchedule(job, "a", 10));
        QVERIFY(journal->saveReview(job, {"d", "s", u"run"_s, u"r"_s, 1}));
        QVERIFY(journal->saveTrust(job, "t", 1));
        QVERIFY(journal->hasTrust(job, "t").value());
        QVERIFY(!journal->hasTrust(job, "other").value());
    }
    QVERIFY(SqliteFile::open(m_file, SqliteFile::Access::Existing)
                .value()
                ->execute("UPDATE schedules SET since_us = 11; UPDATE reviews SET subject = 'x';"
                          "UPDATE trust SET checksum = checksum + 1"));
    const auto journal = opened(m_file);
    QVERIFY(journal->scheduleRecords().value().isEmpty());
    QVERIFY(journal->reviews(job).value().isEmpty());
    QVERIFY(!journal->hasTrust(job, "t").value());
    QCOMPARE(journal->followSchedule(job, "a", 20).value().sinceUs, 20);
}

void TestJournalSchedule::lastGoodRun()
{
    const auto journal = opened(m_file);
    QCOMPARE(journal->lastGoodRun(job).value(), 0);
    for (int run = 1; run <= 40; ++run) {
        RunReport report = someReport(u"%1"_s.arg(run, 4, 10, QLatin1Char('0')), run * 100);
        report.undoes.clear();
        report.state = run == 2 ? RunState::Completed : RunState::Failed;
        report.finishedUs = run * 100 + 1;
        QVERIFY(journal->finishRun(report));
    }
    QCOMPARE(journal->lastGoodRun(job).value(), 201);
}

QTEST_GUILESS_MAIN(TestJournalSchedule)
#include "tst_journalschedule.moc"
