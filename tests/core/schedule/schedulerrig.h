// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTemporaryDir>
#include <QTest>

#include "core/journal/journal.h"
#include "core/schedule/scheduler.h"
#include "tests/core/schedule/instants.h"

namespace tidemark {

using namespace Qt::StringLiterals;

inline constexpr qint64 second = 1'000'000;
inline constexpr qint64 minute = 60 * second;
inline constexpr qint64 hour = 60 * minute;

inline ScheduleSettings hourly()
{
    ScheduleSettings settings;
    settings.everyMs = 3'600'000;
    settings.zone = u"UTC"_s;
    return settings;
}

inline ScheduleSettings following(const QString &name)
{
    ScheduleSettings settings;
    settings.by = ScheduleSettings::By::After;
    settings.after = name;
    return settings;
}

inline RunReport ended(const QString &jobId, RunState state = RunState::Completed, qint64 atUs = 0)
{
    RunReport report;
    report.jobId = jobId;
    report.state = state;
    report.finishedUs = atUs;
    return report;
}

// A scheduler's jobs and claims on a real journal.
class SchedulerRig
{
protected:
    void begin()
    {
        m_jobs.clear();
        m_broken = false;
        m_journal.reset();
        m_folder = std::make_unique<QTemporaryDir>();
        m_journal = std::move(*Journal::open(m_folder->filePath(u"journal.db"_s)));
    }
    Scheduler::Claim claim()
    {
        return [this](const QString &id, qint64 slot, qint64 previous, qint64 now) {
            return m_broken ? Result<SlotClaim>(fail(ErrorCode::DiskFull))
                            : m_journal->claimSlot(id, slot, previous, now);
        };
    }
    void give(Scheduler &scheduler, qint64 now)
    {
        for (const ScheduledJob &job : std::as_const(m_jobs)) {
            if (job.schedule)
                QVERIFY(m_journal->followSchedule(
                    job.id, job.enabled ? Scheduler::digest(*job.schedule) : QByteArray("off"), now));
        }
        scheduler.setJobs(m_jobs, m_journal->scheduleRecords().value(), now);
    }
    ScheduledJob &add(const QString &id, const ScheduleSettings &schedule)
    {
        m_jobs.append({id, id, true, schedule, true, {}, 0});
        return m_jobs.last();
    }
    JobOutlook::State stateOf(const Scheduler &scheduler, const QString &id)
    {
        for (const JobOutlook &look : scheduler.outlook()) {
            if (look.id == id)
                return look.state;
        }
        return JobOutlook::State::Faulty;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Journal> m_journal;
    QList<ScheduledJob> m_jobs;
    bool m_broken = false;
    const qint64 m_ten = at(u"2026-03-02T10:00:00Z"_s); // a slot of hourly()
};

} // namespace tidemark
