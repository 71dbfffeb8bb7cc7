// SPDX-License-Identifier: GPL-3.0-or-later
// What the scheduler makes of clocks that are set, of other programs on its journal, and of a journal that is away.

#include "tests/core/schedule/schedulerrig.h"

using namespace tidemark;

namespace {

using Cause = ScheduledStart::Cause;
using Kind = ScheduleNotice::Kind;
using State = JobOutlook::State;

} // namespace

// Two programs on one journal where a test wants them.
class TestSchedulerClocks : public QObject, private SchedulerRig
{
    Q_OBJECT

private Q_SLOTS:
    void init() { begin(); }
    void pausedElsewhereMeanwhile();
    void aSetBackClockRepeatsNothing();
    void aClockADayAheadMakesNoStorm();
    void aClockAheadIsForgottenByTheNextStart();
    void aStartAfterAClockSetBackMissesNothing();
    void oneOfTwoProgramsStarts();
    void busyElsewhereIsTold();
    void triesAgainWithoutAJournal();
    void aSetBackClockTriesAgainAtOnce();
};

void TestSchedulerClocks::pausedElsewhereMeanwhile()
{
    add(u"a"_s, hourly());
    Scheduler scheduler(claim());
    give(scheduler, m_ten - minute);
    QVERIFY(m_journal->pauseSchedule({}, u"ann"_s, m_ten - second)); // not read again yet
    const auto answer = scheduler.tick(m_ten);
    QVERIFY(answer.starts.isEmpty());
    QCOMPARE(answer.notices, (QList<ScheduleNotice>{{Kind::Paused, u"a"_s, m_ten, 0, {}}}));
}

void TestSchedulerClocks::aSetBackClockRepeatsNothing()
{
    add(u"a"_s, hourly()).schedule->everyMs = 60'000;
    Scheduler scheduler(claim());
    give(scheduler, m_ten - second);
    int starts = 0;
    const auto play = [&](qint64 from, qint64 until) {
        for (qint64 now = from; now <= until; now += 10 * second) {
            const auto answer = scheduler.tick(now);
            QVERIFY(answer.notices.isEmpty());
            starts += static_cast<int>(answer.starts.size());
            for (const ScheduledStart &start : answer.starts)
                scheduler.runEnded(ended(start.jobId), now);
        }
    };
    play(m_ten, m_ten + hour); // 10:00 … 11:00
    QCOMPARE(starts, 61);
    play(m_ten + 30 * minute, m_ten + hour); // half an hour back
    QCOMPARE(starts, 61);
    play(m_ten + hour, m_ten + hour + 10 * minute); // and on
    QCOMPARE(starts, 71);
    play(m_ten - 365 * 24 * hour, m_ten - 365 * 24 * hour + 10 * minute); // a year: nothing of it was taken
    QCOMPARE(starts, 82);
}

void TestSchedulerClocks::aClockADayAheadMakesNoStorm()
{
    add(u"a"_s, hourly()).schedule->everyMs = 60'000;
    add(u"b"_s, hourly());
    Scheduler scheduler(claim());
    give(scheduler, m_ten - second);
    QList<ScheduledStart> starts;
    const auto play = [&](qint64 from, qint64 until) {
        for (qint64 now = from; now <= until; now += 10 * second) {
            const auto answer = scheduler.tick(now);
            starts += answer.starts;
            for (const ScheduledStart &start : answer.starts)
                scheduler.runEnded(ended(start.jobId), now);
        }
    };
    play(m_ten, m_ten + 10 * minute);
    QCOMPARE(starts.size(), 12);
    play(m_ten + 24 * hour + 11 * minute + 30 * second, m_ten + 24 * hour + 11 * minute + 30 * second);
    QCOMPARE(starts.size(), 14); // one each, for all that seems to have passed
    QCOMPARE(starts.last(), (ScheduledStart{u"b"_s, Cause::Missed, m_ten + 24 * hour, 23}));
    play(m_ten + 11 * minute, m_ten + 60 * minute); // set right: 10:11 … 11:00, and 11:00
    QCOMPARE(starts.size(), 14 + 50 + 1);
    play(m_ten + 24 * hour, m_ten + 24 * hour + 20 * minute); // when that day comes, its two are taken already
    QMap<qint64, int> slots_;
    for (const ScheduledStart &start : std::as_const(starts)) {
        if (start.jobId == u"a"_s)
            QCOMPARE(++slots_[start.slotUs], 1);
    }
}

void TestSchedulerClocks::aClockAheadIsForgottenByTheNextStart()
{
    add(u"a"_s, hourly());
    {
        Scheduler scheduler(claim());
        give(scheduler, m_ten + 30 * 24 * hour - minute);
        QCOMPARE(scheduler.tick(m_ten + 30 * 24 * hour).starts.size(), 1);
    }
    Scheduler scheduler(claim());
    give(scheduler, m_ten - minute);
    QVERIFY(scheduler.tick(m_ten - minute).starts.isEmpty());
    QCOMPARE(scheduler.tick(m_ten).starts.size(), 1);
    QCOMPARE(scheduler.tick(m_ten + hour).notices.size(), 1); // overlaps: it was claimed
}

// The clock is set back over a slot that was claimed, and the program is started anew then.
void TestSchedulerClocks::aStartAfterAClockSetBackMissesNothing()
{
    add(u"a"_s, hourly());
    {
        Scheduler scheduler(claim());
        give(scheduler, m_ten - 24 * hour - minute);
        for (int slot = -24; slot <= 0; ++slot) {
            for (const ScheduledStart &start : scheduler.tick(m_ten + slot * hour).starts)
                scheduler.runEnded(ended(start.jobId), m_ten + slot * hour);
        }
    }
    Scheduler scheduler(claim());
    give(scheduler, m_ten - 30 * minute);
    QVERIFY(scheduler.tick(m_ten - 30 * minute).starts.isEmpty());
    const auto again = scheduler.tick(m_ten);
    QVERIFY(again.starts.isEmpty() && again.notices.isEmpty());
    QCOMPARE(scheduler.tick(m_ten + 2 * hour + 5 * minute).starts,
             (QList<ScheduledStart>{{u"a"_s, Cause::Missed, m_ten + 2 * hour, 1}}));
}

void TestSchedulerClocks::oneOfTwoProgramsStarts()
{
    add(u"a"_s, hourly());
    const auto second_ = std::move(*Journal::open(m_folder->filePath(u"journal.db"_s)));
    Scheduler one(claim());
    Scheduler other([&](const QString &id, qint64 slot, qint64 previous, qint64 now) {
        return second_->claimSlot(id, slot, previous, now);
    });
    give(one, m_ten - minute);
    give(other, m_ten - minute);
    int starts = 0;
    int taken = 0;
    for (int slot = 0; slot < 500; ++slot) {
        const qint64 now = m_ten + slot * hour;
        for (Scheduler *scheduler : {slot % 3 == 0 ? &other : &one, slot % 3 == 0 ? &one : &other}) {
            const auto answer = scheduler->tick(now);
            starts += static_cast<int>(answer.starts.size());
            for (const ScheduleNotice &notice : answer.notices)
                taken += notice.kind == Kind::TakenElsewhere ? 1 : 100;
            for (const ScheduledStart &start : answer.starts)
                scheduler->runEnded(ended(start.jobId), now);
        }
    }
    QCOMPARE(starts, 500);
    QCOMPARE(taken, 500);
}

void TestSchedulerClocks::busyElsewhereIsTold()
{
    add(u"a"_s, hourly());
    Scheduler scheduler(claim());
    give(scheduler, m_ten - minute);
    QCOMPARE(scheduler.tick(m_ten).starts.size(), 1);
    scheduler.runEnded(ended(u"a"_s, RunState::Busy), m_ten + second);
    QCOMPARE(scheduler.tick(m_ten + second).notices,
             (QList<ScheduleNotice>{{Kind::BusyElsewhere, u"a"_s, m_ten, 0, {}}}));
    scheduler.runBegan(u"a"_s); // by hand: whoever began it is told
    scheduler.runEnded(ended(u"a"_s, RunState::Busy), m_ten + minute);
    QVERIFY(scheduler.tick(m_ten + minute).notices.isEmpty());
}

void TestSchedulerClocks::triesAgainWithoutAJournal()
{
    add(u"a"_s, hourly());
    Scheduler scheduler(claim());
    give(scheduler, m_ten - minute);
    m_broken = true;
    const auto answer = scheduler.tick(m_ten);
    QVERIFY(answer.starts.isEmpty());
    QCOMPARE(answer.notices.size(), 1);
    QCOMPARE(answer.notices.first().kind, Kind::JournalFault);
    QVERIFY(scheduler.tick(m_ten + second).notices.isEmpty()); // not at once
    m_broken = false;
    QCOMPARE(scheduler.tick(*answer.wakeUs).starts, (QList<ScheduledStart>{{u"a"_s, Cause::Slot, m_ten, 0}}));
}

// The time to try again was of the future that is none any more.
void TestSchedulerClocks::aSetBackClockTriesAgainAtOnce()
{
    add(u"a"_s, hourly());
    Scheduler scheduler(claim());
    give(scheduler, m_ten - minute);
    m_broken = true;
    QVERIFY(scheduler.tick(m_ten + 2 * hour + minute).starts.isEmpty());
    m_broken = false;
    QVERIFY(scheduler.tick(m_ten - minute).starts.isEmpty());
    QCOMPARE(scheduler.tick(m_ten).starts.size(), 1);
}

QTEST_GUILESS_MAIN(TestSchedulerClocks)
#include "tst_schedulerclocks.moc"
