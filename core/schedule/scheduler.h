// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <map>
#include <optional>

#include <QList>
#include <QString>

#include "core/base/result.h"
#include "core/journal/schedulerecord.h"
#include "core/reconcile/report.h"
#include "core/schedule/timetable.h"

namespace tidemark {

// A job as the scheduler sees it.
struct ScheduledJob
{
    QString id;
    QString name;
    bool enabled = true;
    std::optional<ScheduleSettings> schedule;
    bool reviewed = false; // core/schedule/review.h
    std::optional<Error> error; // its file cannot be read: it waits
    qint64 lastGoodUs = 0; // a run that completed; 0: none
    bool operator==(const ScheduledJob &) const = default;
};

// Why a job is started, with the slot that it stands for.
struct ScheduledStart
{
    enum class Cause : quint8 {
        Slot,
        Missed, // the machine slept or the program was closed: `missed` slots in one
        Queued, // its slot came while it ran
        Chain, // the job that it follows has completed
    };
    QString jobId;
    Cause cause = Cause::Slot;
    qint64 slotUs = 0;
    qint64 missed = 0; // slots that passed before this one
    bool operator==(const ScheduledStart &) const = default;
};

// What people are told of, once each.
struct ScheduleNotice
{
    enum class Kind : quint8 {
        MissedSkipped, // count slots passed unused (missed: skip)
        Overlapped, // a slot came while the job ran, and is skipped, with count earlier ones
        TakenElsewhere, // another program has claimed the slot
        BusyElsewhere, // the run found the job under way, maybe on another machine: the slot is skipped
        WaitsReview, // the job would start, and nobody has seen yet what it does
        Paused, // the slot passes unused
        Alarm, // no good run for too long
        JournalFault, // the slot could not be claimed; it is tried again
    };
    Kind kind = Kind::MissedSkipped;
    QString jobId;
    qint64 slotUs = 0;
    qint64 count = 0;
    std::optional<Error> error;
    bool operator==(const ScheduleNotice &) const = default;
};

// What a job is about to do by itself.
struct JobOutlook
{
    enum class State : quint8 {
        Planned, // at nextUs
        Running,
        Queued, // runs, and will once more
        Follows, // whenever the job `after` has completed
        WaitsReview,
        Paused, // this job
        AllPaused,
        Disabled,
        NoSchedule,
        NoSlot, // its schedule never comes
        Circle, // follows itself, by way of others
        NoPredecessor, // there is no job named `after`
        Faulty, // its file cannot be read
    };
    QString id;
    QString name;
    State state = State::NoSchedule;
    std::optional<qint64> nextUs; // also while running, paused or waiting for a review: when it would
    QString after;
    bool alarmed = false; // no good run for too long
    qint64 lastGoodUs = 0;
    qint64 pausedUs = 0; // of State Paused and AllPaused: since when and by whom
    QString pausedBy;
    std::optional<Error> error;
    bool operator==(const JobOutlook &) const = default;
};

// Decides which jobs start when: a state machine without threads, timers or files; for one thread. It is told of jobs,
// of the time and of runs, and asks `claim` for each slot before it gives a start. Whatever the clock does, tick()
// starts a job once at most, and a slot that was claimed never starts again.
class Scheduler
{
public:
    // previousUs: the slot before slotUs, 0 where slots were passed over.
    using Claim =
        std::function<Result<SlotClaim>(const QString &jobId, qint64 slotUs, qint64 previousUs, qint64 nowUs)>;
    struct Answer
    {
        QList<ScheduledStart> starts;
        QList<ScheduleNotice> notices;
        std::optional<qint64> wakeUs; // when to be asked again, unless something happens
        bool operator==(const Answer &) const = default;
    };

    explicit Scheduler(Claim claim, const QTimeZone &local = QTimeZone::systemTimeZone());

    // All jobs there are, with their records; those that are gone are forgotten. A job whose schedule, switch or pause
    // is another than before goes on from its record's sinceUs.
    void setJobs(const QList<ScheduledJob> &jobs, const QList<ScheduleRecord> &records, qint64 nowUs);
    Answer tick(qint64 nowUs);
    // Of any run of the job in this program, also one that a person began.
    void runBegan(const QString &jobId);
    void runEnded(const RunReport &report, qint64 nowUs); // the next tick may start the job or those that follow it

    QList<JobOutlook> outlook() const; // as of the last tick, in the order of setJobs
    bool isRunning(const QString &jobId) const;
    static QByteArray digest(const ScheduleSettings &schedule); // ScheduleRecord::digest
    static constexpr qint64 graceUs = 60'000'000; // a start that is later than its slot by more counts as missed

private:
    struct Entry
    {
        ScheduledJob job;
        ScheduleRecord record;
        std::optional<Timetable> times;
        qint64 seenUs = 0; // slots until then are settled
        qint64 lastSlotUs = 0; // the one settled last
        std::optional<qint64> nextSlotUs; // after seenUs
        qint64 nextStartUs = 0; // its start
        int runs = 0; // under way
        qint64 begunUs = 0; // the slot whose run is under way
        qint64 queuedUs = 0; // the one that waits for its end
        qint64 queuedMissed = 0; // and stands for so many earlier ones
        qint64 chainUs = 0; // the job that it follows completed then
        qint64 retryUs = 0; // the journal could not be written
        bool toldReview = false;
        bool toldAlarm = false;
        bool isCircle = false;
        bool isOrphan = false; // nobody bears the name that it follows
    };
    bool isOn(const Entry &entry) const; // it starts by itself, once it is reviewed
    void renew(Entry &entry, const ScheduledJob &job, const ScheduleRecord &record, qint64 nowUs);
    void linkChains();
    static void see(Entry &entry, qint64 untilUs);
    static void letPass(Entry &entry, qint64 nowUs);
    void tick(Entry &entry, qint64 nowUs, Answer &answer);
    void tickSlots(Entry &entry, qint64 nowUs, Answer &answer);
    void fire(Entry &entry, const ScheduledStart &start, qint64 nowUs, Answer &answer);
    void begin(Entry &entry, const ScheduledStart &start, Answer &answer);
    void checkAlarm(Entry &entry, qint64 nowUs, Answer &answer) const;
    std::optional<qint64> alarmAt(const Entry &entry) const;
    std::optional<qint64> wakeOf(const Entry &entry) const;
    JobOutlook::State stateOf(const Entry &entry) const;

    Claim m_claim;
    QTimeZone m_local;
    std::map<QString, Entry> m_entries;
    QStringList m_order;
    ScheduleRecord m_all; // pausing everything
    qint64 m_nowUs = 0;
    QList<ScheduleNotice> m_pending;
};

} // namespace tidemark
