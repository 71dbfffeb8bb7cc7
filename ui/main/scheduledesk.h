// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include <QObject>

#include "core/schedule/scheduleloop.h"

namespace tidemark {

class Desk;

// The scheduler of the window: its loop runs on a thread of its own, and what it says arrives here, on the UI thread.
class ScheduleDesk final : public QObject
{
    Q_OBJECT
public:
    explicit ScheduleDesk(std::shared_ptr<Desk> desk, QObject *parent = nullptr);
    ~ScheduleDesk() override; // nothing is told any more

    void begin();
    ScheduleLoop &loop() { return *m_loop; } // once it has begun
    const ScheduleOverview &overview() const { return m_overview; }
    const JobOutlook *outlook(const QString &jobId) const;

Q_SIGNALS:
    void startWanted(const tidemark::JobSettings &job, const tidemark::ScheduledStart &start);
    void noticed(const tidemark::ScheduleNotice &notice, const QString &job);
    void changed();

private:
    std::shared_ptr<Desk> m_desk;
    std::unique_ptr<ScheduleLoop> m_loop;
    ScheduleOverview m_overview;
};

} // namespace tidemark
