// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/progressmeter.h"

#include <algorithm>
#include <cmath>

namespace tidemark {

static constexpr qint64 windowMs = 15'000; // speeds are of this last time
static constexpr qint64 sampleMs = 250;
static constexpr qint64 leastMs = 3'000; // before that nobody can tell how long it takes
static constexpr double leastFraction = 0.01;

ProgressMeter::Work ProgressMeter::workOf(const TableProgress &table) const
{
    const bool ended = table.phase == Phase::Done || table.phase == Phase::Failed;
    if (!m_approved.isEmpty()) {
        for (const TableReport &planned : m_approved) {
            if (planned.source != table.source || planned.target != table.target)
                continue;
            const qint64 total = planned.toTarget.total() + planned.toSource.total();
            return {ended ? total : std::min(table.written.total(), total), total};
        }
        return {0, 0};
    }
    if (ended)
        return {std::max(table.rowsRead, table.estimate), std::max(table.rowsRead, table.estimate)};
    if (table.estimate < 0)
        return {table.rowsRead, -1};
    // An estimate that is too low must not look like the end.
    const qint64 total = std::max(table.estimate, table.rowsRead + table.rowsRead / 100);
    return {table.rowsRead, total};
}

OverallProgress ProgressMeter::measure(const ProgressSnapshot &snapshot, qint64 nowMs, bool paused)
{
    OverallProgress result;
    Sample now{nowMs, 0, 0};
    qint64 total = 0;
    bool known = !snapshot.tables.isEmpty();
    WriteCounts found, written;
    for (const TableProgress &table : snapshot.tables) {
        const Work work = workOf(table);
        now.work += work.done;
        now.bytes += table.bytesRead + table.bytesWritten;
        total += std::max<qint64>(work.total, 0);
        known = known && work.total >= 0;
        result.rowsRead += table.rowsRead;
        result.tablesDone += table.phase == Phase::Done ? 1 : 0;
        for (auto [sum, counts] : {std::pair(&found, table.found), std::pair(&written, table.written)}) {
            sum->inserts += counts.inserts;
            sum->updates += counts.updates;
            sum->deletes += counts.deletes;
        }
    }
    result.tables = static_cast<int>(snapshot.tables.size());
    result.counts = written.total() > 0 ? written : found;
    if (known)
        result.fraction = total > 0 ? static_cast<double>(now.work) / static_cast<double>(total) : 0;

    // A pause or a wait is no speed: what came before says nothing of what comes after.
    if (paused || snapshot.retryAttempt > 0) {
        m_samples.clear();
        return result;
    }
    if (!m_samples.empty() && now.work < m_samples.back().work)
        m_samples.clear(); // begun again after a failure
    if (m_samples.empty() || nowMs - m_samples.back().ms >= sampleMs)
        m_samples.push_back(now);
    while (nowMs - m_samples.front().ms > windowMs && m_samples.size() > 2)
        m_samples.pop_front();
    const Sample &then = m_samples.front();
    const double seconds = static_cast<double>(nowMs - then.ms) / 1000.0;
    if (seconds < 1)
        return result;
    result.rowsPerSecond = static_cast<double>(now.work - then.work) / seconds;
    result.bytesPerSecond = static_cast<double>(now.bytes - then.bytes) / seconds;
    if (nowMs - then.ms >= leastMs && result.fraction >= leastFraction && result.rowsPerSecond > 0)
        result.secondsLeft =
            static_cast<qint64>(std::ceil(static_cast<double>(total - now.work) / result.rowsPerSecond));
    return result;
}

} // namespace tidemark
