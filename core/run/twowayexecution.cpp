// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/twowayexecution.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QUuid>

#include "core/run/retrying.h"
#include "core/run/twowayrules.h"

namespace tidemark {

namespace {

// A row that moves while a run is about to write it is decided afresh, so often; then it waits for the next run.
constexpr int looksAtMoved = 3;

QString baseFolder(const Journal &journal)
{
    return QFileInfo(journal.undoFolder()).absolutePath() + QStringLiteral("/base");
}

// What is tried again begins anew: rows that were written by then are in step.
TableReport reportOf(const TwoWayTable &table)
{
    TableReport report;
    const TwoWayCounts &counts = table.counts;
    report.source = table.source;
    report.target = table.target;
    report.toTarget = table.toTarget.written;
    report.toSource = table.toSource.written;
    report.merged = counts.merged;
    report.conflicts = table.openConflicts;
    report.skipped = counts.skipped;
    if (table.whole)
        report.identical = counts.of(TwoWayCase::InStep) + counts.of(TwoWayCase::Converged);
    report.whyWhole = table.whyWhole;
    report.deletesChecked = table.deletesChecked;
    report.quarantined = counts.aside + table.toTarget.setAside + table.toSource.setAside - table.askedAgain;
    report.changedSincePlan = table.notAsApproved + table.toTarget.changedSincePlan + table.toSource.changedSincePlan;
    report.withheldDeletes = table.toTarget.withheldDeletes + table.toSource.withheldDeletes;
    report.targetRows = table.whole ? counts.targetRows : -1;
    report.rowsRead = counts.sourceRows + counts.targetRows;
    report.seconds = table.seconds;
    report.error = table.error;
    if (report.error && !report.error->facts.contains(Fact::Table))
        report.error->with(Fact::Table, table.source);
    return report;
}

} // namespace

QString baseFileOf(const Journal &journal, const QString &jobId)
{
    return baseFolder(journal) + u'/' + jobId + QStringLiteral(".db");
}

void removeBase(const Journal &journal, const QString &jobId)
{
    if (!jobId.isEmpty())
        BaseFile::remove(baseFileOf(journal, jobId));
}

RunReport TwoWayExecution::run() { return repeat(false); }

RunReport TwoWayExecution::resolve() { return repeat(true); }

RunReport TwoWayExecution::plan(const QString &planFile)
{
    m_startedUs = m_context.clock.nowUs();
    TwoWayRun run({m_context, baseFileOf(m_context.journal, m_context.job.id), {}, twoWaySettings, planFile});
    const auto done = run.run();
    for (const TwoWayTable &table : run.reports()) {
        TableReport row = reportOf(table);
        row.toTarget = table.counts.toTarget;
        row.toSource = table.counts.toSource;
        row.conflicts = table.counts.conflicts;
        m_tables += row;
    }
    return report(done ? Result<void>() : fail(done.error()), true);
}

// again: a second look at rows that had moved; what the first one said of the whole table stands.
void TwoWayExecution::add(const QList<TwoWayTable> &tables, bool again)
{
    for (const TwoWayTable &table : tables) {
        TableReport now = reportOf(table);
        const auto before = std::find_if(m_tables.begin(), m_tables.end(), [&](const TableReport &one) {
            return one.source == now.source && one.target == now.target;
        });
        if (before == m_tables.end()) {
            m_tables += now;
            continue;
        }
        now.toTarget = now.toTarget + before->toTarget;
        now.toSource = now.toSource + before->toSource;
        now.merged += before->merged;
        now.seconds += before->seconds;
        if (again) {
            now.skipped += before->skipped;
            now.quarantined += before->quarantined;
            now.withheldDeletes += before->withheldDeletes;
            now.identical = before->identical;
            now.whyWhole = before->whyWhole;
            now.deletesChecked = before->deletesChecked;
            now.targetRows = before->targetRows;
            now.rowsRead += before->rowsRead;
            now.error = now.error ? now.error : before->error;
        }
        *before = now;
    }
}

bool TwoWayExecution::hasMoved() const
{
    return std::any_of(m_tables.cbegin(), m_tables.cend(),
                       [](const TableReport &table) { return table.changedSincePlan > 0; });
}

RunReport TwoWayExecution::repeat(bool answeredOnly)
{
    m_startedUs = m_context.clock.nowUs();
    const QString folder = baseFolder(m_context.journal);
    const QFile::Permissions owner = QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner;
    if (!QDir().exists(folder) && (!QDir().mkpath(folder) || !QFile::setPermissions(folder, owner)))
        return report(fail(Error{ErrorCode::FileUnwritable, {{Fact::File, folder}}, {}}), false);
    int looks = answeredOnly || !m_context.options.planFile.isEmpty() ? looksAtMoved : 0;
    bool again = false; // at what moved while it was written
    for (int attempt = 1;; ++attempt) {
        TwoWayRun run({m_context,
                       baseFileOf(m_context.journal, m_context.job.id),
                       folder + QStringLiteral("/spool-") + m_context.run + QStringLiteral(".db"),
                       twoWaySettings,
                       {},
                       answeredOnly,
                       again});
        const auto done = run.run();
        if (again && !done && done.error().code == ErrorCode::Busy)
            return report({}, false); // another run has begun, and finds it
        add(run.reports(), again);
        std::optional<Error> reason;
        if (!done)
            reason = done.error();
        for (const TableReport &table : std::as_const(m_tables)) {
            if (!reason && table.error && table.error->isTransient())
                reason = table.error;
        }
        // A cut connection may still hold the lock for a while.
        const bool repeats = reason
            && (reason->isTransient() || reason->code == ErrorCode::LockLost
                || (attempt > 1 && reason->code == ErrorCode::Busy));
        if (repeats) {
            const auto waited = waitToRetry(m_context, attempt, *reason);
            if (!waited)
                return report(fail(waited.error()), false);
            if (*waited) {
                m_context.generation = QUuid::createUuid().toRfc4122();
                m_context.snapshot.clear();
                continue;
            }
        }
        again = !reason && hasMoved() && looks++ < looksAtMoved;
        if (!again)
            return report(done ? Result<void>() : fail(done.error()), false);
        m_context.generation = QUuid::createUuid().toRfc4122();
        m_context.snapshot.clear();
    }
}

RunReport TwoWayExecution::report(const Result<void> &outcome, bool plans) const
{
    RunReport report;
    report.job = m_context.job.name;
    report.jobId = m_context.job.id;
    report.run = plans ? QString() : m_context.run;
    report.startedUs = m_startedUs;
    report.tables = m_tables;
    bool failed = !outcome;
    for (const TableReport &table : m_tables) {
        failed = failed || table.error;
        const std::pair<Attention::Kind, qint64> open[] = {{Attention::Kind::Deletes, table.withheldDeletes},
                                                           {Attention::Kind::Review, table.changedSincePlan},
                                                           {Attention::Kind::Quarantine, table.quarantined},
                                                           {Attention::Kind::Conflicts, table.conflicts}};
        for (const auto &[kind, count] : open) {
            if (count > 0)
                report.attention += {kind, table.source, count};
        }
    }
    report.state = failed            ? RunState::Failed
        : plans                      ? RunState::Planned
        : report.attention.isEmpty() ? RunState::Completed
                                     : RunState::NeedsAttention;
    if (!outcome) {
        report.error = outcome.error();
        if (outcome.error().code == ErrorCode::Cancelled)
            report.state = RunState::Cancelled;
        if (outcome.error().code == ErrorCode::Busy)
            report.state = RunState::Busy;
    }
    report.finishedUs = m_context.clock.nowUs();
    return report;
}

} // namespace tidemark
