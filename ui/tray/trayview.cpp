// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tray/trayview.h"

#include <algorithm>

#include <QCoreApplication>
#include <QPainter>
#include <QSvgRenderer>

#include "app/wording/wording.h"
#include "ui/jobs/joblistmodel.h"
#include "ui/jobs/jobtiming.h"
#include "ui/tray/trayicon.h"

using namespace Qt::StringLiterals;

namespace tidemark {

QString trayIconFile(TrayState state)
{
    switch (state) {
    case TrayState::Error:
        return u":/icons/tray-error.svg"_s;
    case TrayState::Conflict:
        return u":/icons/tray-conflict.svg"_s;
    case TrayState::Running:
        return u":/icons/tray-running.svg"_s;
    case TrayState::Paused:
        return u":/icons/tray-paused.svg"_s;
    case TrayState::Idle:
        break;
    }
    return u":/icons/tray-idle.svg"_s;
}

// Drawn at each size that panels have: a picture that is scaled loses its edges.
QIcon trayIcon(TrayState state)
{
    QSvgRenderer svg(trayIconFile(state));
    QIcon icon;
    for (const int size : {16, 22, 24, 32, 48, 64}) {
        QPixmap picture(size, size);
        picture.fill(Qt::transparent);
        QPainter painter(&picture);
        svg.render(&painter);
        painter.end();
        icon.addPixmap(picture);
    }
    return icon;
}

static TrayState stateOf(const QList<JobEntry> &jobs, const TrayView &view)
{
    bool failed = false;
    bool asks = view.conflicts > 0;
    for (const JobEntry &job : jobs) {
        if (job.settings && !job.settings->enabled)
            continue;
        failed = failed || job.error || job.taskError || (job.outlook && job.outlook->alarmed)
            || (job.last && job.last->state == RunState::Failed && !job.planned && !job.running);
        asks = asks || toneOf(job) == JobTone::Attention;
    }
    return failed          ? TrayState::Error
        : asks             ? TrayState::Conflict
        : view.running > 0 ? TrayState::Running
        : view.paused      ? TrayState::Paused
                           : TrayState::Idle;
}

static const JobEntry *lastOf(const QList<JobEntry> &jobs)
{
    const JobEntry *newest = nullptr;
    for (const JobEntry &job : jobs) {
        if (job.last && (!newest || job.last->finishedUs > newest->last->finishedUs))
            newest = &job;
    }
    return newest;
}

static std::optional<qint64> nextUsOf(const JobEntry &job)
{
    const bool comes = job.outlook
        && (job.outlook->state == JobOutlook::State::Planned || job.outlook->state == JobOutlook::State::Running);
    return comes ? job.outlook->nextUs : std::nullopt;
}

static const JobEntry *nextOf(const QList<JobEntry> &jobs)
{
    const JobEntry *next = nullptr;
    for (const JobEntry &job : jobs) {
        if (nextUsOf(job) && (!next || *nextUsOf(job) < *nextUsOf(*next)))
            next = &job;
    }
    return next;
}

TrayView trayViewOf(const QList<JobEntry> &jobs, bool paused, qint64 nowUs)
{
    TrayView view;
    for (const JobEntry &job : jobs) {
        const bool usable = job.settings && job.settings->enabled && !job.foreign;
        view.jobs += {job.key, wording::safeText(job.name, 60), usable && !job.running, job.running.has_value(),
                      openConflicts(job)};
        view.running += job.running ? 1 : 0;
        view.conflicts += openConflicts(job);
        view.hasSchedule = view.hasSchedule || (job.settings && job.settings->enabled && job.settings->schedule);
    }
    std::sort(view.jobs.begin(), view.jobs.end(), [](const TrayView::Job &a, const TrayView::Job &b) {
        const int order = QString::localeAwareCompare(a.name, b.name);
        return order != 0 ? order < 0 : a.key < b.key;
    });
    view.paused = view.hasSchedule && paused;
    view.state = stateOf(jobs, view);
    if (const JobEntry *last = lastOf(jobs)) {
        view.lastLine = TrayIcon::tr("%1: %2 (%3)")
                            .arg(wording::safeText(last->name, 60), wording::outcome(*last->last),
                                 timing::moment(last->last->finishedUs, nowUs));
    }
    if (view.paused)
        view.nextLine = TrayIcon::tr("The schedule is paused.");
    else if (const JobEntry *next = nextOf(jobs))
        view.nextLine = TrayIcon::tr("Next: %1, %2")
                            .arg(wording::safeText(next->name, 60), timing::moment(*nextUsOf(*next), nowUs));
    else
        view.nextLine = TrayIcon::tr("Nothing is scheduled.");
    return view;
}

} // namespace tidemark
