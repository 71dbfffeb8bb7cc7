// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/queuerun.h"

#include <algorithm>

#include "core/run/execution.h"
#include "core/run/planner.h"

namespace tidemark {

namespace {

constexpr int mostPeeked = 100'000;
constexpr int mostAgain = 20;

RunReport reportOf(const RunContext &context, RunState state)
{
    RunReport report;
    report.job = context.job.name;
    report.jobId = context.job.id;
    report.run = context.run;
    report.state = state;
    report.startedUs = report.finishedUs = context.clock.nowUs();
    return report;
}

RunReport failed(const RunContext &context, const Error &error)
{
    const bool isCancelled = error.code == ErrorCode::Cancelled;
    RunReport report = reportOf(context, isCancelled ? RunState::Cancelled : RunState::Failed);
    report.error = error;
    return report;
}

void add(RunReport &whole, const TableReport &part)
{
    const auto same = std::find_if(whole.tables.begin(), whole.tables.end(), [&part](const TableReport &one) {
        return one.source == part.source && one.target == part.target;
    });
    if (same == whole.tables.end()) {
        whole.tables += part;
        return;
    }
    same->toTarget = same->toTarget + part.toTarget;
    same->quarantined += part.quarantined;
    same->withheldDeletes += part.withheldDeletes;
    same->rowsRead += part.rowsRead;
    same->seconds += part.seconds;
    same->targetRows = part.targetRows >= 0 ? part.targetRows : same->targetRows;
    same->error = part.error;
}

void add(RunReport &whole, const RunReport &part)
{
    for (const TableReport &table : part.tables)
        add(whole, table);
    for (const Attention &one : part.attention) {
        const auto same = std::find_if(whole.attention.begin(), whole.attention.end(), [&one](const Attention &other) {
            return other.kind == one.kind && other.table == one.table;
        });
        if (same == whole.attention.end())
            whole.attention += one;
        else
            same->count += one.count;
    }
    whole.error = part.error;
    whole.finishedUs = part.finishedUs;
    whole.state = part.state;
    if (part.state == RunState::Completed && !whole.attention.isEmpty())
        whole.state = RunState::NeedsAttention;
}

bool goesOn(const RunReport &report)
{
    return report.state == RunState::Completed || report.state == RunState::NeedsAttention;
}

bool wasOvertaken(const TableReport &table) { return table.error && QueueVersions::isOvertaken(*table.error); }

// Another consumer may have been further with some key in the meantime: then the round is looked at again, as it is.
RunReport applyRound(RunContext &context)
{
    RunReport whole = Execution(context).run();
    for (int again = 0; again < mostAgain; ++again) {
        if (whole.error || std::none_of(whole.tables.begin(), whole.tables.end(), wasOvertaken))
            return whole;
        add(whole, Execution(context).run());
    }
    for (TableReport &table : whole.tables) {
        if (wasOvertaken(table))
            table.error = Error{ErrorCode::SerializationFailure, {{Fact::Table, table.source}}, {}};
    }
    return whole;
}

// Where some table failed, the others are done; where the whole did, nobody knows what is.
void settleRound(RunContext &context, QueueConnector &queue, RunReport &part)
{
    for (int again = 0; goesOn(part) || (part.state == RunState::Failed && !part.error); ++again) {
        const auto settled = queue.round().settle(context.run, context.journal, part);
        if (settled)
            return;
        const bool isOvertaken = QueueVersions::isOvertaken(settled.error());
        if (isOvertaken && again < mostAgain) {
            add(part, applyRound(context));
            continue;
        }
        part.error = isOvertaken ? Error{ErrorCode::SerializationFailure, {}, {}} : settled.error();
        part.state = RunState::Failed;
    }
}

// A queue is compared with nothing.
RunReport published(RunReport report)
{
    for (TableReport &table : report.tables)
        table.identical.reset();
    return report;
}

} // namespace

static RunReport consumeQueue(RunContext &context, QueueConnector &queue)
{
    if (!context.options.planFile.isEmpty())
        return failed(context, Error{ErrorCode::NotAvailable, {{Fact::Option, QStringLiteral("queue-plan")}}, {}});
    if (auto opened = queue.openQueue(true); !opened)
        return failed(context, opened.error());
    RunReport whole = reportOf(context, RunState::Completed);
    context.round = &queue.round();
    for (bool isFirst = true; goesOn(whole); isFirst = false) {
        const auto count = queue.round().fill();
        if (!count) {
            add(whole, failed(context, count.error()));
            break;
        }
        // An empty queue still shows what is wrong with its tables.
        const bool hasTables = !queue.round().tables().isEmpty();
        if (*count == 0 && (!isFirst || !hasTables))
            break;
        RunReport part = hasTables ? applyRound(context) : reportOf(context, RunState::Completed);
        settleRound(context, queue, part);
        add(whole, part);
        if (*count == 0 || context.cancellation.isStopping())
            break;
    }
    queue.round().giveBack();
    context.round = nullptr;
    whole.finishedUs = context.clock.nowUs();
    return whole;
}

RunReport runQueue(RunContext &context, QueueConnector &queue)
{
    return isQueue(context.job.source.driver) ? consumeQueue(context, queue) : published(Execution(context).run());
}

RunReport planQueue(RunContext &context, QueueConnector &queue, const QString &planFile)
{
    if (planFile.isEmpty())
        return failed(context, Error{ErrorCode::NotAvailable, {{Fact::Option, QStringLiteral("queue-verify")}}, {}});
    if (!isQueue(context.job.source.driver))
        return published(Planner(context, planFile).run());
    if (auto opened = queue.openQueue(false); !opened)
        return failed(context, opened.error());
    if (const auto count = queue.round().peek(mostPeeked); !count)
        return failed(context, count.error());
    context.round = &queue.round();
    RunReport report = Planner(context, planFile).run();
    context.round = nullptr;
    return report;
}

} // namespace tidemark
