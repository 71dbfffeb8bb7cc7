// SPDX-License-Identifier: GPL-3.0-or-later
// A year of Berlin's time in which the machine sleeps, programs are restarted, runs take their time and the clock is
// set: every slot is run once, or told as passed; none is lost, none comes twice.

#include <QRandomGenerator>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>

#include "core/journal/journal.h"
#include "core/schedule/scheduler.h"
#include "tests/core/schedule/instants.h"

using namespace tidemark;
using namespace Qt::StringLiterals;

namespace {

using Kind = ScheduleNotice::Kind;

constexpr qint64 second = 1'000'000;
constexpr qint64 minute = 60 * second;
constexpr qint64 hour = 60 * minute;
constexpr qint64 day = 24 * hour;

ScheduleSettings settings(ScheduleSettings::By by)
{
    ScheduleSettings made;
    made.by = by;
    made.zone = u"Europe/Berlin"_s;
    return made;
}

} // namespace

class TestScheduleYear : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everySlotIsAccountedFor_data();
    void everySlotIsAccountedFor();

private:
    struct Year
    {
        QMap<qint64, int> ran; // times by slot
        QMap<qint64, int> passed; // told as skipped, by slot
        QSet<qint64> inOthers; // slots that a later one stood for; come again by themselves once a clock is set back
        qint64 missedTold = 0;
        qint64 dropped = 0; // waited in the queue of a program that was ended
    };
    // What is under way of a job.
    struct Run
    {
        QString jobId;
        qint64 endsUs = 0;
    };
};

void TestScheduleYear::everySlotIsAccountedFor_data()
{
    QTest::addColumn<ScheduleSettings>("schedule");
    QTest::addColumn<int>("programs"); // at once, on one journal
    ScheduleSettings every = settings(ScheduleSettings::By::Every);
    every.everyMs = 3'600'000;
    QTest::newRow("every hour, once, skip") << every << 1;
    QTest::newRow("every hour, two programs") << every << 2;
    every.overlap = ScheduleSettings::Overlap::Queue;
    QTest::newRow("every hour, once, queue") << every << 1;
    every.missed = ScheduleSettings::Missed::Skip;
    QTest::newRow("every hour, missed skipped") << every << 1;
    every.jitterMs = 1'800'000;
    QTest::newRow("every hour, jitter") << every << 1;
    ScheduleSettings daily = settings(ScheduleSettings::By::Daily);
    daily.times = {150, 480, 1200}; // 02:30 is not there in March, and there twice in October
    QTest::newRow("three times a day") << daily << 1;
    QTest::newRow("three times a day, two programs") << daily << 2;
    ScheduleSettings cron = settings(ScheduleSettings::By::Cron);
    cron.cron = u"*/30 * * * *"_s;
    QTest::newRow("cron, every half hour") << cron << 1;
}

void TestScheduleYear::everySlotIsAccountedFor()
{
    QFETCH(const ScheduleSettings, schedule);
    QFETCH(const int, programs);
    const QTemporaryDir folder;
    const QString id = u"a"_s;
    const Timetable times(schedule, id);
    const qint64 begin = at(u"2026-01-01T00:00:01Z"_s);
    const qint64 end = at(u"2027-01-01T00:00:00Z"_s);
    QList<std::shared_ptr<Journal>> journals;
    QList<std::shared_ptr<Scheduler>> schedulers;
    const auto boot = [&](int which, qint64 now) {
        const auto journal = journals[which];
        schedulers[which] =
            std::make_shared<Scheduler>([journal](const QString &job, qint64 slot, qint64 previous, qint64 nowUs) {
                return journal->claimSlot(job, slot, previous, nowUs);
            });
        QVERIFY(journal->followSchedule(id, Scheduler::digest(schedule), now));
        schedulers[which]->setJobs({{id, id, true, schedule, true, {}, 0}}, journal->scheduleRecords().value(), now);
    };
    for (int i = 0; i < programs; ++i) {
        journals.append(std::move(*Journal::open(folder.filePath(u"journal.db"_s))));
        schedulers.append(nullptr);
        boot(i, begin);
    }
    Year year;
    QList<qint64> all;
    for (auto slot = times.next(begin); slot && *slot < end + day; slot = times.next(*slot))
        all.append(*slot);
    const auto standsFor = [&](qint64 slot, qint64 count) {
        const qsizetype index = all.indexOf(slot);
        QVERIFY(index >= count);
        for (qint64 i = 1; i <= count; ++i)
            year.inOthers.insert(all[index - i]);
    };
    qint64 reached = begin;
    QRandomGenerator random(20'261'123);
    QList<std::optional<qint64>> runEnds(programs);
    QList<int> clockSets{40, 80, 120}; // days on which the clock is an hour behind, for a while
    for (qint64 now = begin; now < end;) {
        std::optional<qint64> wake;
        for (int which = 0; which < programs; ++which) {
            Scheduler &scheduler = *schedulers[which];
            if (runEnds[which] && *runEnds[which] <= now) {
                RunReport report;
                report.jobId = id;
                report.state = random.bounded(5) == 0 ? RunState::Failed : RunState::Completed;
                scheduler.runEnded(report, now);
                runEnds[which].reset();
            }
            const auto answer = scheduler.tick(now);
            QVERIFY(answer.starts.size() <= 1);
            for (const ScheduledStart &start : answer.starts) {
                ++year.ran[start.slotUs];
                standsFor(start.slotUs, schedule.missed == ScheduleSettings::Missed::Once ? start.missed : 0);
                QVERIFY(!runEnds[which]);
                // Mostly short, now and then longer than the next slot is away.
                runEnds[which] = now + (random.bounded(50) == 0 ? 100 * minute : 2 * minute);
            }
            for (const ScheduleNotice &notice : answer.notices) {
                if (notice.kind == Kind::Overlapped) {
                    ++year.passed[notice.slotUs];
                    standsFor(notice.slotUs, notice.count);
                } else if (notice.kind == Kind::MissedSkipped)
                    year.missedTold += notice.count;
                else
                    QCOMPARE(notice.kind, Kind::TakenElsewhere);
            }
            for (const auto &time : {answer.wakeUs, runEnds[which]}) {
                if (time)
                    wake = wake ? qMin(*wake, *time) : *time;
            }
        }
        QVERIFY(wake && *wake > now);
        reached = qMax(reached, now);
        const qint64 before = now;
        now = qMin(*wake, now + 30 * minute);
        if (random.bounded(200) == 0 && programs == 1) { // asleep, for minutes or days
            now += random.bounded(2) == 0 ? random.bounded(90) * minute : qint64(random.bounded(60)) * hour;
        } else if (random.bounded(300) == 0) { // one of them restarts; what ran there is gone
            const int which = random.bounded(programs);
            year.dropped += schedulers[which]->outlook().first().state == JobOutlook::State::Queued ? 1 : 0;
            runEnds[which].reset();
            boot(which, now);
        } else if (!clockSets.isEmpty() && before - begin > clockSets.first() * day) { // set back
            clockSets.removeFirst();
            now = before - hour;
        }
    }
    qint64 slotsOfYear = 0;
    for (auto slot = times.next(begin); slot && times.startOf(*slot) <= reached; slot = times.next(*slot))
        ++slotsOfYear;
    for (auto slot = year.ran.cbegin(); slot != year.ran.cend(); ++slot) {
        QCOMPARE(slot.value(), 1);
        QVERIFY2(times.last(slot.key()) == std::optional(slot.key()), "only the schedule's slots run");
        QVERIFY(!year.passed.contains(slot.key()));
    }
    for (const auto &taken : {year.ran, year.passed}) {
        for (auto slot = taken.cbegin(); slot != taken.cend(); ++slot)
            year.inOthers.remove(slot.key());
    }
    for (const JobOutlook &look : schedulers.first()->outlook())
        year.dropped += look.state == JobOutlook::State::Queued ? 1 : 0;
    qInfo("%lld slots: %lld ran, %lld overlapped, %lld within others, %lld told as missed, %lld dropped", slotsOfYear,
          qint64(year.ran.size()), qint64(year.passed.size()), qint64(year.inOthers.size()), year.missedTold,
          year.dropped);
    QVERIFY(year.ran.size() > slotsOfYear / 3);
    QCOMPARE(year.ran.size() + year.passed.size() + year.inOthers.size() + year.missedTold + year.dropped, slotsOfYear);
}

QTEST_GUILESS_MAIN(TestScheduleYear)
#include "tst_scheduleyear.moc"
