// SPDX-License-Identifier: GPL-3.0-or-later
// What the scheduler decides: each situation with its starts and what people are told. The journal is the real one.

#include "tests/core/schedule/schedulerrig.h"

using namespace tidemark;

namespace {

using Cause = ScheduledStart::Cause;
using Kind = ScheduleNotice::Kind;
using State = JobOutlook::State;

} // namespace

class TestScheduler : public QObject, private SchedulerRig
{
    Q_OBJECT

private Q_SLOTS:
    void init() { begin(); }
    void startsAtItsTime();
    void startsLateOnes_data();
    void startsLateOnes();
    void overlaps_data();
    void overlaps();
    void oneWaitsInTheQueue();
    void followsAnother();
    void aCircleNeverStarts();
    void waitsForAReview();
    void waitsWhilePaused();
    void switchedOffAndOn();
    void anotherScheduleBeginsAnew();
    void alarmsOnce();
    void aVanishedJobIsForgotten();
    void wakesWhenItSays();
};

void TestScheduler::startsAtItsTime()
{
    add(u"a"_s, hourly());
    Scheduler scheduler(claim());
    give(scheduler, m_ten - 5 * minute);
    const auto before = scheduler.tick(m_ten - second);
    QVERIFY(before.starts.isEmpty() && before.notices.isEmpty());
    QCOMPARE(before.wakeUs, std::optional(m_ten));
    QCOMPARE(stateOf(scheduler, u"a"_s), State::Planned);
    const auto answer = scheduler.tick(m_ten);
    QCOMPARE(answer.starts, (QList<ScheduledStart>{{u"a"_s, Cause::Slot, m_ten, 0}}));
    QCOMPARE(answer.wakeUs, std::optional(m_ten + hour));
    QCOMPARE(stateOf(scheduler, u"a"_s), State::Running);
    QVERIFY(scheduler.tick(m_ten + second).starts.isEmpty());
    scheduler.runEnded(ended(u"a"_s), m_ten + minute);
    QVERIFY(scheduler.tick(m_ten + minute).starts.isEmpty());
    QCOMPARE(scheduler.tick(m_ten + hour).starts.size(), 1);
}

void TestScheduler::startsLateOnes_data()
{
    QTest::addColumn<bool>("skips");
    QTest::addColumn<qint64>("now"); // after ten
    QTest::addColumn<QList<ScheduledStart>>("starts");
    QTest::addColumn<qint64>("told"); // missed and skipped
    const auto start = [this](Cause cause, qint64 slot, qint64 missed) {
        return QList<ScheduledStart>{{u"a"_s, cause, m_ten + slot, missed}};
    };
    QTest::newRow("within the grace") << false << 30 * second << start(Cause::Slot, 0, 0) << qint64(0);
    QTest::newRow("within the grace, skip") << true << 30 * second << start(Cause::Slot, 0, 0) << qint64(0);
    QTest::newRow("late, once") << false << 10 * minute << start(Cause::Missed, 0, 0) << qint64(0);
    QTest::newRow("late, skip") << true << 10 * minute << QList<ScheduledStart>() << qint64(1);
    QTest::newRow("slept for three, once")
        << false << 2 * hour + 10 * minute << start(Cause::Missed, 2 * hour, 2) << qint64(0);
    QTest::newRow("slept for three, skip") << true << 2 * hour + 10 * minute << QList<ScheduledStart>() << qint64(3);
    QTest::newRow("woken by the third, once") << false << 2 * hour << start(Cause::Slot, 2 * hour, 2) << qint64(0);
    QTest::newRow("woken by the third, skip") << true << 2 * hour << start(Cause::Slot, 2 * hour, 2) << qint64(2);
}

void TestScheduler::startsLateOnes()
{
    QFETCH(const bool, skips);
    QFETCH(const qint64, now);
    QFETCH(const QList<ScheduledStart>, starts);
    QFETCH(const qint64, told);
    add(u"a"_s, hourly()).schedule->missed = skips ? ScheduleSettings::Missed::Skip : ScheduleSettings::Missed::Once;
    // The same in a program that slept and in one that was closed.
    for (const bool closed : {false, true}) {
        m_journal = std::move(*Journal::open(m_folder->filePath(closed ? u"1"_s : u"2"_s)));
        auto scheduler = std::make_unique<Scheduler>(claim());
        give(*scheduler, m_ten - 5 * minute);
        QVERIFY(scheduler->tick(m_ten - second).starts.isEmpty());
        if (closed) {
            scheduler = std::make_unique<Scheduler>(claim());
            give(*scheduler, m_ten + now);
        }
        const auto answer = scheduler->tick(m_ten + now);
        QCOMPARE(answer.starts, starts);
        qint64 skipped = 0;
        for (const ScheduleNotice &notice : answer.notices) {
            QCOMPARE(notice.kind, Kind::MissedSkipped);
            skipped += notice.count;
        }
        QCOMPARE(skipped, told);
        // Nothing of it comes again, here or after the next start.
        Scheduler again(claim());
        give(again, m_ten + now);
        QVERIFY(again.tick(m_ten + now + second) == (Scheduler::Answer{{}, {}, scheduler->tick(m_ten + now).wakeUs}));
    }
}

void TestScheduler::overlaps_data()
{
    QTest::addColumn<bool>("queues");
    QTest::addColumn<bool>("byHand"); // the run that is under way
    QTest::newRow("skip") << false << false;
    QTest::newRow("queue") << true << false;
    QTest::newRow("skip, begun by hand") << false << true;
    QTest::newRow("queue, begun by hand") << true << true;
}

void TestScheduler::overlaps()
{
    QFETCH(const bool, queues);
    QFETCH(const bool, byHand);
    add(u"a"_s, hourly()).schedule->overlap =
        queues ? ScheduleSettings::Overlap::Queue : ScheduleSettings::Overlap::Skip;
    Scheduler scheduler(claim());
    give(scheduler, m_ten - minute);
    if (byHand)
        scheduler.runBegan(u"a"_s);
    else
        QCOMPARE(scheduler.tick(m_ten).starts.size(), 1);
    const auto answer = scheduler.tick(m_ten + hour);
    QVERIFY(answer.starts.isEmpty());
    QCOMPARE(answer.notices.size(), queues ? 0 : 1);
    if (!queues)
        QCOMPARE(answer.notices.first(), (ScheduleNotice{Kind::Overlapped, u"a"_s, m_ten + hour, byHand ? 1 : 0, {}}));
    QCOMPARE(stateOf(scheduler, u"a"_s), queues ? State::Queued : State::Running);
    scheduler.runEnded(ended(u"a"_s), m_ten + hour + minute);
    const auto after = scheduler.tick(m_ten + hour + minute);
    QCOMPARE(after.starts,
             queues ? (QList<ScheduledStart>{{u"a"_s, Cause::Queued, m_ten + hour, byHand ? 1 : 0}})
                    : QList<ScheduledStart>());
}

void TestScheduler::oneWaitsInTheQueue()
{
    add(u"a"_s, hourly()).schedule->overlap = ScheduleSettings::Overlap::Queue;
    Scheduler scheduler(claim());
    give(scheduler, m_ten - minute);
    QCOMPARE(scheduler.tick(m_ten).starts.size(), 1);
    for (int slot = 1; slot <= 5; ++slot)
        QVERIFY(scheduler.tick(m_ten + slot * hour).starts.isEmpty());
    scheduler.runEnded(ended(u"a"_s, RunState::Failed), m_ten + 5 * hour + minute);
    QCOMPARE(scheduler.tick(m_ten + 5 * hour + minute).starts,
             (QList<ScheduledStart>{{u"a"_s, Cause::Queued, m_ten + 5 * hour, 0}}));
    scheduler.runEnded(ended(u"a"_s), m_ten + 5 * hour + 2 * minute);
    QVERIFY(scheduler.tick(m_ten + 5 * hour + 2 * minute).starts.isEmpty());
}

void TestScheduler::followsAnother()
{
    add(u"first"_s, hourly());
    add(u"second"_s, following(u"first"_s));
    add(u"third"_s, following(u"second"_s));
    add(u"lost"_s, following(u"nobody"_s));
    Scheduler scheduler(claim());
    give(scheduler, m_ten - minute);
    QCOMPARE(scheduler.tick(m_ten).starts.size(), 1);
    QCOMPARE(stateOf(scheduler, u"second"_s), State::Follows);
    QCOMPARE(stateOf(scheduler, u"lost"_s), State::NoPredecessor);
    for (const RunState state : {RunState::Failed, RunState::NeedsAttention, RunState::Cancelled, RunState::Busy}) {
        scheduler.runBegan(u"first"_s);
        scheduler.runEnded(ended(u"first"_s, state), m_ten + second);
        QVERIFY2(scheduler.tick(m_ten + second).starts.isEmpty(), "only a run that completed is followed");
    }
    scheduler.runEnded(ended(u"first"_s), m_ten + minute);
    QCOMPARE(scheduler.tick(m_ten + minute).starts,
             (QList<ScheduledStart>{{u"second"_s, Cause::Chain, m_ten + minute, 0}}));
    scheduler.runEnded(ended(u"second"_s), m_ten + 2 * minute);
    QCOMPARE(scheduler.tick(m_ten + 2 * minute).starts,
             (QList<ScheduledStart>{{u"third"_s, Cause::Chain, m_ten + 2 * minute, 0}}));
    RunReport undo = ended(u"first"_s);
    undo.undoes = u"a run"_s;
    scheduler.runBegan(u"first"_s);
    scheduler.runEnded(undo, m_ten + 3 * minute);
    QVERIFY(scheduler.tick(m_ten + 3 * minute).starts.isEmpty());
}

void TestScheduler::aCircleNeverStarts()
{
    add(u"a"_s, following(u"c"_s));
    add(u"b"_s, following(u"a"_s));
    add(u"c"_s, following(u"b"_s));
    add(u"self"_s, following(u"self"_s));
    add(u"beside"_s, following(u"a"_s));
    Scheduler scheduler(claim());
    give(scheduler, m_ten);
    for (const QString &id : {u"a"_s, u"b"_s, u"c"_s, u"self"_s})
        QCOMPARE(stateOf(scheduler, id), State::Circle);
    QCOMPARE(stateOf(scheduler, u"beside"_s), State::Follows);
    scheduler.runBegan(u"a"_s); // by hand
    scheduler.runEnded(ended(u"a"_s), m_ten);
    const auto answer = scheduler.tick(m_ten);
    QCOMPARE(answer.starts, (QList<ScheduledStart>{{u"beside"_s, Cause::Chain, m_ten, 0}}));
}

void TestScheduler::waitsForAReview()
{
    add(u"a"_s, hourly()).reviewed = false;
    Scheduler scheduler(claim());
    give(scheduler, m_ten - minute);
    QCOMPARE(scheduler.tick(m_ten - minute).notices, (QList<ScheduleNotice>{{Kind::WaitsReview, u"a"_s, 0, 0, {}}}));
    const auto answer = scheduler.tick(m_ten);
    QVERIFY(answer.starts.isEmpty() && answer.notices.isEmpty()); // told once
    QCOMPARE(stateOf(scheduler, u"a"_s), State::WaitsReview);
    m_jobs.first().reviewed = true;
    give(scheduler, m_ten + minute);
    QVERIFY(scheduler.tick(m_ten + minute).starts.isEmpty()); // its review was a run of its own
    QCOMPARE(scheduler.tick(m_ten + hour).starts, (QList<ScheduledStart>{{u"a"_s, Cause::Slot, m_ten + hour, 0}}));
    m_jobs.first().reviewed = false; // an edit
    give(scheduler, m_ten + hour);
    QCOMPARE(scheduler.tick(m_ten + hour).notices.size(), 1);
}

void TestScheduler::waitsWhilePaused()
{
    add(u"a"_s, hourly());
    add(u"b"_s, hourly());
    Scheduler scheduler(claim());
    give(scheduler, m_ten - minute);
    QVERIFY(m_journal->pauseSchedule(u"a"_s, u"ann"_s, m_ten - minute));
    QVERIFY(m_journal->pauseSchedule(u"a"_s, u"bob"_s, m_ten));
    give(scheduler, m_ten - minute);
    QCOMPARE(scheduler.tick(m_ten).starts, (QList<ScheduledStart>{{u"b"_s, Cause::Slot, m_ten, 0}}));
    const JobOutlook look = scheduler.outlook().first();
    QCOMPARE(look.state, State::Paused);
    QCOMPARE(look.pausedBy, u"ann"_s);
    QCOMPARE(look.pausedUs, m_ten - minute);
    QVERIFY(m_journal->resumeSchedule(u"a"_s, m_ten + 3 * hour + minute));
    give(scheduler, m_ten + 3 * hour + minute);
    QVERIFY(scheduler.tick(m_ten + minute).starts.isEmpty());
    scheduler.runEnded(ended(u"b"_s), m_ten + minute);
    QVERIFY(m_journal->pauseSchedule({}, {}, m_ten + 3 * hour + 2 * minute));
    give(scheduler, m_ten + 3 * hour + 2 * minute);
    QVERIFY(scheduler.tick(m_ten + 4 * hour).starts.isEmpty());
    QCOMPARE(stateOf(scheduler, u"b"_s), State::AllPaused);
    QVERIFY(m_journal->resumeSchedule({}, m_ten + 5 * hour + minute));
    give(scheduler, m_ten + 5 * hour + minute);
    QVERIFY(scheduler.tick(m_ten + 5 * hour + minute).starts.isEmpty()); // what passed was nobody's
    QCOMPARE(scheduler.tick(m_ten + 6 * hour).starts.size(), 2);
}

void TestScheduler::switchedOffAndOn()
{
    add(u"a"_s, hourly());
    Scheduler scheduler(claim());
    give(scheduler, m_ten - minute);
    m_jobs.first().enabled = false;
    give(scheduler, m_ten - second);
    QVERIFY(scheduler.tick(m_ten + 2 * hour).starts.isEmpty());
    QCOMPARE(stateOf(scheduler, u"a"_s), State::Disabled);
    m_jobs.first().enabled = true;
    // By a program that has just been started, too.
    Scheduler fresh(claim());
    give(fresh, m_ten + 2 * hour + minute);
    QVERIFY(fresh.tick(m_ten + 2 * hour + minute).starts.isEmpty());
    QCOMPARE(fresh.tick(m_ten + 3 * hour).starts.size(), 1);
}

void TestScheduler::anotherScheduleBeginsAnew()
{
    add(u"a"_s, hourly());
    Scheduler scheduler(claim());
    give(scheduler, m_ten - minute);
    QCOMPARE(scheduler.tick(m_ten).starts.size(), 1);
    scheduler.runEnded(ended(u"a"_s), m_ten + second);
    m_jobs.first().schedule->everyMs = 300'000; // edited at 10:32: what would have been before is nobody's
    give(scheduler, m_ten + 32 * minute);
    const auto answer = scheduler.tick(m_ten + 32 * minute);
    QVERIFY(answer.starts.isEmpty());
    QCOMPARE(answer.wakeUs, std::optional(m_ten + 35 * minute));
    QCOMPARE(scheduler.tick(m_ten + 35 * minute).starts.size(), 1);
}

void TestScheduler::alarmsOnce()
{
    add(u"a"_s, hourly()).schedule->alarmMs = 150 * 60'000;
    Scheduler scheduler(claim());
    give(scheduler, m_ten - minute);
    int alarms = 0;
    const auto hourOf = [&](int slot, RunState state) {
        const qint64 now = m_ten + slot * hour;
        const auto answer = scheduler.tick(now);
        for (const ScheduleNotice &notice : answer.notices)
            alarms += notice.kind == Kind::Alarm ? 1 : 0;
        for (const ScheduledStart &start : answer.starts)
            scheduler.runEnded(ended(start.jobId, state, now), now);
    };
    for (int slot = 0; slot < 6; ++slot)
        hourOf(slot, RunState::Failed);
    QCOMPARE(alarms, 1);
    QVERIFY(scheduler.outlook().first().alarmed);
    hourOf(6, RunState::Completed);
    hourOf(7, RunState::Failed);
    QVERIFY(!scheduler.outlook().first().alarmed);
    QCOMPARE(alarms, 1);
    for (int slot = 8; slot < 12; ++slot)
        hourOf(slot, RunState::NeedsAttention);
    QCOMPARE(alarms, 2);
}

void TestScheduler::aVanishedJobIsForgotten()
{
    add(u"a"_s, hourly());
    Scheduler scheduler(claim());
    give(scheduler, m_ten - minute);
    QCOMPARE(scheduler.tick(m_ten).starts.size(), 1);
    m_jobs.clear();
    give(scheduler, m_ten);
    scheduler.runEnded(ended(u"a"_s), m_ten + minute);
    QVERIFY(scheduler.tick(m_ten + hour) == Scheduler::Answer());
    QVERIFY(scheduler.outlook().isEmpty());
}

void TestScheduler::wakesWhenItSays()
{
    // Asked only when it said so, it starts the same as when asked all the time.
    add(u"a"_s, hourly()).schedule->jitterMs = 1'200'000;
    add(u"b"_s, hourly()).schedule->everyMs = 7 * 60'000;
    Scheduler scheduler(claim());
    give(scheduler, m_ten - second);
    int starts = 0;
    int ticks = 0;
    for (qint64 now = m_ten - second; now < m_ten + 24 * hour; ++ticks) {
        const auto answer = scheduler.tick(now);
        starts += static_cast<int>(answer.starts.size());
        for (const ScheduledStart &start : answer.starts)
            scheduler.runEnded(ended(start.jobId), now);
        QVERIFY(answer.wakeUs && *answer.wakeUs > now);
        now = *answer.wakeUs;
    }
    QCOMPARE(starts, 24 + 206);
    QVERIFY(ticks <= starts + 1);
}

QTEST_GUILESS_MAIN(TestScheduler)
#include "tst_scheduler.moc"
