// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main/scheduledesk.h"

#include <algorithm>

#include <QCoreApplication>
#include <QPointer>

#include "ui/jobs/engine.h"

namespace tidemark {

// Changed files and reviews are told by whoever reads the workspace; this is for a clock that was set, or slept.
static constexpr qint64 pollMs = 10'000;

ScheduleDesk::ScheduleDesk(std::shared_ptr<Desk> desk, QObject *parent) : QObject(parent), m_desk(std::move(desk)) { }

ScheduleDesk::~ScheduleDesk() = default;

// What the loop's thread says, said again on the UI thread, unless the desk is gone by then.
template <typename Say> static void onUi(const QPointer<ScheduleDesk> &desk, Say say)
{
    QMetaObject::invokeMethod(
        QCoreApplication::instance(),
        [desk, say = std::move(say)] {
            if (desk)
                say(*desk);
        },
        Qt::QueuedConnection);
}

void ScheduleDesk::begin()
{
    const QPointer<ScheduleDesk> self(this);
    ScheduleLoop::Listener listener;
    listener.start = [self](const JobSettings &job, const ScheduledStart &start) {
        onUi(self, [job, start](ScheduleDesk &desk) { Q_EMIT desk.startWanted(job, start); });
    };
    listener.notice = [self](const ScheduleNotice &notice, const QString &job) {
        onUi(self, [notice, job](ScheduleDesk &desk) { Q_EMIT desk.noticed(notice, job); });
    };
    listener.changed = [self](const ScheduleOverview &overview) {
        onUi(self, [overview](ScheduleDesk &desk) {
            desk.m_overview = overview;
            Q_EMIT desk.changed();
        });
    };
    m_loop = std::make_unique<ScheduleLoop>(m_desk->workspace(), m_desk->journal(), m_desk->clock(),
                                            std::move(listener), ScheduleLoop::Options{{}, true, pollMs});
}

const JobOutlook *ScheduleDesk::outlook(const QString &jobId) const
{
    const auto found = std::find_if(m_overview.jobs.cbegin(), m_overview.jobs.cend(),
                                    [&](const JobOutlook &job) { return !jobId.isEmpty() && job.id == jobId; });
    return found == m_overview.jobs.cend() ? nullptr : &*found;
}

} // namespace tidemark
