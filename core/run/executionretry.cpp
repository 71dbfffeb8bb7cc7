// SPDX-License-Identifier: GPL-3.0-or-later
// How a run waits before it tries again.
#include <algorithm>
#include <cmath>

#include <QRandomGenerator>

#include "core/run/execution.h"
#include "core/run/retrying.h"

namespace tidemark {

Result<bool> waitToRetry(RunContext &context, int attempt, const Error &reason)
{
    const RetrySettings &retry = context.job.retry;
    if (attempt >= retry.attempts)
        return false;
    const double grown = double(retry.delayMs) * std::pow(retry.factor, attempt - 1);
    const double bounded = std::min(grown, double(retry.maxDelayMs));
    const double jittered = bounded * (0.5 + QRandomGenerator::global()->generateDouble() / 2);
    context.progress.setRetry(attempt, reason);
    const bool cancelled = context.cancellation.wait(std::chrono::milliseconds(qint64(jittered)));
    context.progress.setRetry(0, std::nullopt);
    if (cancelled)
        return fail(ErrorCode::Cancelled);
    return true;
}

Result<bool> Execution::waitToRetry(int attempt, const Error &reason)
{
    return tidemark::waitToRetry(m_context, attempt, reason);
}

// Waits until both sides answer, with the tables ready for another attempt. A lock that a cut connection still holds is
// waited for likewise.
Result<bool> Execution::comeBack(int &attempt, const Error &reason, const QList<int> &tables)
{
    Error why = reason;
    for (;; ++attempt) {
        TRY_ASSIGN(const bool again, waitToRetry(attempt, why));
        if (!again)
            return why.code == ErrorCode::Busy ? Result<bool>(fail(why)) : Result<bool>(false);
        auto back = [&]() -> Result<void> {
            TRY(m_sides.ensureAlive());
            for (const int table : tables) {
                TableRun &run = *m_tables[std::size_t(table)];
                if (run.matched().pair)
                    TRY(run.prepare(m_sides.target(), m_context.gate.checkpointTableStands));
            }
            return {};
        }();
        if (back)
            break;
        why = std::move(back).error();
        if (!why.isTransient() && why.code != ErrorCode::Busy)
            return fail(why);
    }
    for (const int table : tables) {
        if (m_tables[std::size_t(table)]->matched().pair)
            m_tables[std::size_t(table)]->clearError();
    }
    return true;
}

} // namespace tidemark
