// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIcon>
#include <QList>
#include <QString>

#include "ui/jobs/jobentry.h"

namespace tidemark {

// What the tray's sign says, in the order in which one hides another: what needs a person first.
enum class TrayState : quint8 { Error, Conflict, Running, Paused, Idle };

// A sign by its shape and colour; at least 3 : 1 on light and on dark panels, so that nobody has to know which it is.
QIcon trayIcon(TrayState state);
QString trayIconFile(TrayState state);

// What the tray shows of the jobs, as a plain value: what has not changed is not shown anew.
struct TrayView
{
    struct Job
    {
        QString key;
        QString name;
        bool canRun = false; // enabled, readable, and nothing of it is running
        bool running = false;
        qint64 conflicts = 0;
        bool operator==(const Job &) const = default;
    };
    TrayState state = TrayState::Idle;
    QList<Job> jobs; // by name
    int running = 0;
    qint64 conflicts = 0;
    bool hasSchedule = false; // a job runs by itself
    bool paused = false; // the schedule
    QString lastLine; // "Till → Report copy: 17 rows written, 3 min ago"; empty: nothing has run
    QString nextLine; // "Next: Till → Report copy, 14:00"
    bool operator==(const TrayView &) const = default;
};

// nowUs: as the clock says it. The lines name minutes at the finest.
TrayView trayViewOf(const QList<JobEntry> &jobs, bool paused, qint64 nowUs);

} // namespace tidemark
