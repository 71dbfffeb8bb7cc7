// SPDX-License-Identifier: GPL-3.0-or-later
// What the scheduler says of its jobs.
#include "core/schedule/scheduler.h"

#include <QCryptographicHash>
#include <QDataStream>
#include <QIODevice>

namespace tidemark {

std::optional<qint64> Scheduler::alarmAt(const Entry &entry) const
{
    if (!isOn(entry) || entry.job.schedule->alarmMs <= 0)
        return {};
    const qint64 since = qMax(entry.job.lastGoodUs, entry.record.sinceUs);
    return (since == 0 ? entry.seenUs : since) + entry.job.schedule->alarmMs * 1000;
}

void Scheduler::checkAlarm(Entry &entry, qint64 nowUs, Answer &answer) const
{
    const auto at = alarmAt(entry);
    if (!at || *at > nowUs) {
        entry.toldAlarm = false;
        return;
    }
    if (!entry.toldAlarm)
        answer.notices.append({ScheduleNotice::Kind::Alarm, entry.job.id, entry.job.lastGoodUs, 0, {}});
    entry.toldAlarm = true;
}

std::optional<qint64> Scheduler::wakeOf(const Entry &entry) const
{
    if (!isOn(entry))
        return {};
    std::optional<qint64> at;
    const auto add = [&at](qint64 time) { at = at ? qMin(*at, time) : time; };
    if (entry.job.reviewed && entry.nextSlotUs)
        add(qMax(entry.nextStartUs, entry.retryUs));
    if (entry.job.reviewed && entry.chainUs != 0 && !entry.isCircle)
        add(qMax(m_nowUs, entry.retryUs));
    if (const auto alarm = alarmAt(entry); alarm && !entry.toldAlarm)
        add(*alarm);
    return at;
}

JobOutlook::State Scheduler::stateOf(const Entry &entry) const
{
    using State = JobOutlook::State;
    if (entry.job.error)
        return State::Faulty;
    if (!entry.job.schedule)
        return State::NoSchedule;
    if (entry.runs > 0)
        return entry.queuedUs != 0 ? State::Queued : State::Running;
    if (!entry.job.enabled)
        return State::Disabled;
    if (m_all.isPaused())
        return State::AllPaused;
    if (entry.record.isPaused())
        return State::Paused;
    if (!entry.job.reviewed)
        return State::WaitsReview;
    if (entry.isCircle)
        return State::Circle;
    if (entry.isOrphan)
        return State::NoPredecessor;
    if (!entry.job.schedule->after.isEmpty())
        return State::Follows;
    return entry.nextSlotUs ? State::Planned : State::NoSlot;
}

QList<JobOutlook> Scheduler::outlook() const
{
    QList<JobOutlook> list;
    for (const QString &id : m_order) {
        const Entry &entry = m_entries.at(id);
        JobOutlook look;
        look.id = id;
        look.name = entry.job.name;
        look.state = stateOf(entry);
        if (entry.nextSlotUs)
            look.nextUs = entry.nextStartUs;
        if (entry.job.schedule)
            look.after = entry.job.schedule->after;
        const auto alarm = alarmAt(entry);
        look.alarmed = alarm && *alarm <= m_nowUs;
        look.lastGoodUs = entry.job.lastGoodUs;
        const ScheduleRecord &pause = look.state == JobOutlook::State::AllPaused ? m_all : entry.record;
        look.pausedUs = pause.pausedUs;
        look.pausedBy = pause.pausedBy;
        look.error = entry.job.error;
        list.append(look);
    }
    return list;
}

QByteArray Scheduler::digest(const ScheduleSettings &schedule)
{
    QByteArray bytes;
    QDataStream out(&bytes, QIODevice::WriteOnly);
    out.setVersion(QDataStream::Qt_6_4);
    out << quint8(schedule.by) << schedule.everyMs << schedule.cron << schedule.times << schedule.days << schedule.zone
        << schedule.jitterMs << schedule.after;
    for (const ScheduleSettings::Window &window : schedule.windows)
        out << window.from << window.to;
    return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256);
}

} // namespace tidemark
