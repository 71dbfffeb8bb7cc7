// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/schedule/scheduler.h"

#include <algorithm>

#include <QSet>

namespace tidemark {

namespace {

constexpr qint64 retryAfterUs = 5'000'000;

qint64 earlier(qint64 a, qint64 b) { return a == 0 ? b : qMin(a, b); }

} // namespace

Scheduler::Scheduler(Claim claim, const QTimeZone &local) : m_claim(std::move(claim)), m_local(local) { }

bool Scheduler::isOn(const Entry &entry) const
{
    return entry.job.schedule && entry.job.enabled && !entry.job.error && !entry.record.isPaused() && !m_all.isPaused();
}

// Slots until then are settled: the next one is looked up once.
void Scheduler::see(Entry &entry, qint64 untilUs)
{
    entry.seenUs = untilUs;
    entry.nextSlotUs = entry.times ? entry.times->next(untilUs) : std::nullopt;
    entry.nextStartUs = entry.nextSlotUs ? entry.times->startOf(*entry.nextSlotUs) : 0;
}

// What passes now is nobody's.
void Scheduler::letPass(Entry &entry, qint64 nowUs)
{
    entry.queuedUs = 0;
    entry.chainUs = 0;
    if (entry.nextSlotUs && *entry.nextSlotUs <= nowUs)
        see(entry, nowUs);
}

void Scheduler::renew(Entry &entry, const ScheduledJob &job, const ScheduleRecord &record, qint64 nowUs)
{
    const bool isNew = entry.job.id.isEmpty();
    const bool isOther = isNew || entry.job.schedule != job.schedule || entry.record.sinceUs != record.sinceUs;
    if (job.reviewed || entry.job.schedule != job.schedule)
        entry.toldReview = false;
    const qint64 lastGood = qMax(entry.job.lastGoodUs, job.lastGoodUs);
    entry.job = job;
    entry.job.lastGoodUs = lastGood;
    entry.record = record;
    if (!isOther)
        return;
    entry.times.reset();
    if (job.schedule && job.schedule->by != ScheduleSettings::By::After)
        entry.times.emplace(*job.schedule, job.id, m_local);
    // What is of later than now comes from a clock that was wrong.
    const auto past = [nowUs](qint64 us) { return us <= nowUs ? us : 0; };
    qint64 settled = past(record.sinceUs);
    if (isNew)
        settled = record.lastSlotUs > nowUs ? nowUs : qMax(settled, record.lastSlotUs);
    entry.lastSlotUs = record.lastSlotUs;
    entry.queuedUs = 0;
    see(entry, settled == 0 ? nowUs : settled);
}

void Scheduler::setJobs(const QList<ScheduledJob> &jobs, const QList<ScheduleRecord> &records, qint64 nowUs)
{
    QHash<QString, ScheduleRecord> known;
    for (const ScheduleRecord &record : records)
        known.insert(record.jobId, record);
    m_all = known.value({});
    QStringList order;
    for (const ScheduledJob &job : jobs) {
        order.append(job.id);
        renew(m_entries[job.id], job, known.value(job.id), nowUs);
    }
    m_order = order;
    // The end of a run of a job that is gone is told as well, and means nothing then.
    const QSet<QString> present(order.begin(), order.end());
    for (auto entry = m_entries.begin(); entry != m_entries.end();)
        entry = present.contains(entry->first) ? std::next(entry) : m_entries.erase(entry);
    linkChains();
}

void Scheduler::linkChains()
{
    QHash<QString, QString> after; // by name
    for (const auto &[id, entry] : m_entries)
        after.insert(entry.job.name, entry.job.schedule ? entry.job.schedule->after : QString());
    for (auto &[id, entry] : m_entries) {
        QString name = after.value(entry.job.name);
        entry.isOrphan = !name.isEmpty() && !after.contains(name);
        for (qsizetype step = 0; step < after.size() && !name.isEmpty() && name != entry.job.name; ++step)
            name = after.value(name);
        entry.isCircle = !name.isEmpty() && name == entry.job.name;
    }
}

Scheduler::Answer Scheduler::tick(qint64 nowUs)
{
    Answer answer;
    answer.notices = std::exchange(m_pending, {});
    if (nowUs < m_nowUs) { // set back: what comes again is taken already, and nothing waits for the old future
        for (auto &[id, entry] : m_entries) {
            if (entry.seenUs > nowUs)
                see(entry, nowUs - 1);
            entry.retryUs = 0;
        }
    }
    m_nowUs = nowUs;
    for (const QString &id : std::as_const(m_order))
        tick(m_entries.at(id), nowUs, answer);
    qint64 wake = 0;
    for (const auto &[id, entry] : m_entries) {
        if (const auto at = wakeOf(entry))
            wake = earlier(wake, *at);
    }
    if (wake != 0)
        answer.wakeUs = wake;
    return answer;
}

void Scheduler::tick(Entry &entry, qint64 nowUs, Answer &answer)
{
    if (!isOn(entry)) {
        letPass(entry, nowUs);
        return;
    }
    checkAlarm(entry, nowUs, answer);
    if (!entry.job.reviewed) {
        if (!entry.toldReview)
            answer.notices.append({ScheduleNotice::Kind::WaitsReview, entry.job.id, 0, 0, {}});
        entry.toldReview = true;
        letPass(entry, nowUs);
        return;
    }
    if (entry.queuedUs != 0 && entry.runs == 0) {
        const ScheduledStart start{entry.job.id, ScheduledStart::Cause::Queued, entry.queuedUs, entry.queuedMissed};
        entry.queuedUs = 0;
        entry.queuedMissed = 0;
        begin(entry, start, answer); // claimed when it came
    }
    if (entry.chainUs != 0 && entry.retryUs <= nowUs && !entry.isCircle)
        fire(entry, {entry.job.id, ScheduledStart::Cause::Chain, entry.chainUs, 0}, nowUs, answer);
    if (entry.nextSlotUs && entry.nextStartUs <= nowUs && entry.retryUs <= nowUs)
        tickSlots(entry, nowUs, answer);
}

// At least one slot is due. Of several, the last one stands for all.
void Scheduler::tickSlots(Entry &entry, qint64 nowUs, Answer &answer)
{
    // After the clock was set back, what was settled before does not count again.
    const qint64 from = entry.lastSlotUs < nowUs ? qMax(entry.seenUs, entry.lastSlotUs) : entry.seenUs;
    Timetable::Passed passed = entry.times->passed(from, nowUs);
    if (passed.count > 0 && entry.times->startOf(*passed.lastUs) > nowUs)
        passed = entry.times->passed(from, *passed.lastUs - 1);
    if (passed.count == 0) {
        see(entry, from);
        return;
    }
    const qint64 slot = *passed.lastUs;
    const bool isLate = nowUs - entry.times->startOf(slot) > graceUs;
    const qint64 missed = isLate ? passed.count : passed.count - 1;
    if (missed > 0 && entry.job.schedule->missed == ScheduleSettings::Missed::Skip) {
        answer.notices.append({ScheduleNotice::Kind::MissedSkipped, entry.job.id, slot, missed, {}});
        if (isLate) {
            // For other programs and the next start of this one; without the journal it is told again.
            [[maybe_unused]] const auto settled = m_claim(entry.job.id, slot, 0, nowUs);
            entry.lastSlotUs = slot;
            see(entry, slot);
            return;
        }
    }
    const auto cause = isLate ? ScheduledStart::Cause::Missed : ScheduledStart::Cause::Slot;
    fire(entry, {entry.job.id, cause, slot, passed.count - 1}, nowUs, answer);
}

void Scheduler::fire(Entry &entry, const ScheduledStart &start, qint64 nowUs, Answer &answer)
{
    using Kind = ScheduleNotice::Kind;
    const bool isChain = start.cause == ScheduledStart::Cause::Chain;
    const bool follows =
        !isChain && entry.lastSlotUs != 0 && entry.times->next(entry.lastSlotUs) == std::optional(start.slotUs);
    const auto claim = m_claim(entry.job.id, start.slotUs, follows ? entry.lastSlotUs : 0, nowUs);
    if (!claim) {
        entry.retryUs = nowUs + retryAfterUs;
        answer.notices.append({Kind::JournalFault, entry.job.id, start.slotUs, 0, claim.error()});
        return;
    }
    entry.retryUs = 0;
    // Where missed ones are skipped, they have been told as such.
    const qint64 missed = entry.job.schedule->missed == ScheduleSettings::Missed::Once ? start.missed : 0;
    const bool isAgain = !isChain && start.slotUs <= entry.lastSlotUs; // the clock was set back
    if (isChain)
        entry.chainUs = 0;
    else
        see(entry, start.slotUs);
    if (!isChain && (!isAgain || *claim == SlotClaim::Claimed))
        entry.lastSlotUs = start.slotUs;
    if (*claim == SlotClaim::Paused) {
        answer.notices.append({Kind::Paused, entry.job.id, start.slotUs, 0, {}});
    } else if (*claim == SlotClaim::Taken) {
        if (!isAgain)
            answer.notices.append({Kind::TakenElsewhere, entry.job.id, start.slotUs, 0, {}});
    } else if (entry.runs == 0) {
        begin(entry, start, answer);
    } else if (entry.job.schedule->overlap == ScheduleSettings::Overlap::Queue) {
        if (entry.queuedUs != 0) // one waits: the newest
            answer.notices.append({Kind::Overlapped, entry.job.id, entry.queuedUs, entry.queuedMissed, {}});
        entry.queuedUs = start.slotUs;
        entry.queuedMissed = missed;
    } else {
        answer.notices.append({Kind::Overlapped, entry.job.id, start.slotUs, missed, {}});
    }
}

void Scheduler::begin(Entry &entry, const ScheduledStart &start, Answer &answer)
{
    ++entry.runs;
    entry.begunUs = start.slotUs;
    answer.starts.append(start);
}

void Scheduler::runBegan(const QString &jobId)
{
    if (const auto entry = m_entries.find(jobId); entry != m_entries.end())
        ++entry->second.runs;
}

void Scheduler::runEnded(const RunReport &report, qint64 nowUs)
{
    const auto found = m_entries.find(report.jobId);
    if (found == m_entries.end())
        return;
    Entry &ended = found->second;
    ended.runs = qMax(0, ended.runs - 1);
    const qint64 slot = ended.runs == 0 ? std::exchange(ended.begunUs, 0) : 0;
    if (report.state == RunState::Busy && slot != 0)
        m_pending.append({ScheduleNotice::Kind::BusyElsewhere, report.jobId, slot, 0, {}});
    if (report.state != RunState::Completed || !report.undoes.isEmpty())
        return;
    ended.job.lastGoodUs = report.finishedUs == 0 ? nowUs : report.finishedUs;
    ended.toldAlarm = false;
    for (auto &[id, entry] : m_entries) {
        if (entry.job.schedule && !entry.job.schedule->after.isEmpty() && entry.job.schedule->after == ended.job.name)
            entry.chainUs = nowUs;
    }
}

bool Scheduler::isRunning(const QString &jobId) const
{
    const auto entry = m_entries.find(jobId);
    return entry != m_entries.end() && entry->second.runs > 0;
}

} // namespace tidemark
