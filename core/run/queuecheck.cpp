// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/checker.h"
#include "core/run/queuerun.h"

namespace tidemark {

using namespace Qt::StringLiterals;

namespace {

// The broker of a target answers, whether or not the queue is there yet.
Result<void> reachTarget(const JobSettings &job, QueueConnector &queue, Cancellation &cancellation)
{
    QueueOptions options;
    options.mayCreate = false;
    options.cancellation = &cancellation;
    const auto opened = queue.opener().openQueue(job.target, options);
    if (!opened && opened.error().code != ErrorCode::NoSuchTable)
        return fail(opened.error());
    return {};
}

Result<void> addVersions(const JobSettings &job, Session &target, QList<CheckItem> &items)
{
    if (job.checkpoint != CheckpointPlace::Target)
        return {};
    TRY_ASSIGN(const bool stands, QueueVersions(job).learn(target));
    if (stands)
        return {};
    TRY_ASSIGN(const TableSchema planned, target.planTable(QueueVersions::planned(), QueueVersions::tableName()));
    CheckItem item;
    item.level = CheckItem::Level::Note;
    item.code = u"creates-checkpoint"_s;
    item.detail = target.createTableSql(planned).join(u";\n"_s);
    items += item;
    return {};
}

} // namespace

Result<QList<CheckItem>> checkQueueJob(const JobSettings &job, Connector &connector, Journal &journal,
                                       const Clock &clock, Cancellation &cancellation, const CheckOptions &options)
{
    QueueConnector queue(job, connector, journal, clock, cancellation);
    const bool consumes = isQueue(job.source.driver);
    if (!queue.knowsQueues())
        return fail(ErrorCode::NotAvailable);
    if (consumes) {
        TRY(queue.openQueue(false));
        TRY(queue.round().glance()); // a job is checked often while it is edited
        if (queue.round().tables().isEmpty()) // all tables, and none is known
            return QList<CheckItem>();
    } else {
        TRY(reachTarget(job, queue, cancellation));
    }
    TRY_ASSIGN(const std::unique_ptr<Session> source, queue.open(job.source, OpenOptions{false, &cancellation}));
    TRY_ASSIGN(const std::unique_ptr<Session> target, queue.open(job.target, OpenOptions{false, &cancellation}));
    CheckOptions own = options;
    own.rehearses = false; // of messages there is no sample, and of queues no temporary table
    own.advice = options.advice && !consumes;
    TRY_ASSIGN(QList<CheckItem> items, checkJob(job, *source, *target, own));
    if (consumes)
        TRY(addVersions(job, *target, items));
    return items;
}

} // namespace tidemark
