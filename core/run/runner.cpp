// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/runner.h"

#include <QDateTime>
#include <QRandomGenerator>
#include <QUuid>

#include "core/run/oneway.h"
#include "core/run/planner.h"
#include "core/run/queuerun.h"
#include "core/run/serviceconnector.h"
#include "core/run/twowayexecution.h"
#include "core/run/undotable.h"

namespace tidemark {

// Sorts by time, and two runs of one millisecond stay apart.
QString newRunId(const Clock &clock)
{
    const QDateTime now = QDateTime::fromMSecsSinceEpoch(clock.nowUs() / 1000, Qt::UTC);
    const quint32 salt = QRandomGenerator::system()->generate() & 0xffff;
    return now.toString(QStringLiteral("yyyy-MM-dd'T'HHmmss.zzz'Z'")) + u'-'
        + QString::number(salt, 16).rightJustified(4, u'0');
}

namespace {

bool syncsService(const JobSettings &job)
{
    return job.mode == Mode::TwoWay && (job.source.driver == Driver::Http || job.target.driver == Driver::Http);
}

RunReport failedReport(const JobSettings &job, const QString &run, const Error &error, qint64 startedUs)
{
    RunReport report;
    report.job = job.name;
    report.jobId = job.id;
    report.run = run;
    report.state = RunState::Failed;
    report.startedUs = report.finishedUs = startedUs;
    report.error = error;
    return report;
}

} // namespace

RunReport Runner::plan(const JobSettings &job, const RunOptions &options, const QString &planFile,
                       Cancellation &cancellation, ProgressBoard &progress)
{
    if (hasQueue(job)) {
        const JobSettings adapted = queueJob(job);
        QueueConnector queue(adapted, m_connector, m_journal, m_clock, cancellation);
        RunContext context(adapted, options, queue, m_journal, m_clock, cancellation, progress);
        return planQueue(context, queue, planFile);
    }
    ServiceConnector services(m_connector, m_journal);
    Connector &connector = syncsService(job) ? services : m_connector;
    RunContext context(job, options, connector, m_journal, m_clock, cancellation, progress);
    return job.mode == Mode::TwoWay ? TwoWayExecution(context).plan(planFile) : Planner(context, planFile).run();
}

RunReport Runner::verify(const JobSettings &job, Cancellation &cancellation, ProgressBoard &progress)
{
    const RunOptions options;
    if (hasQueue(job))
        return failedReport(job, {},
                            Error{ErrorCode::NotAvailable, {{Fact::Option, QStringLiteral("queue-verify")}}, {}},
                            m_clock.nowUs());
    JobSettings whole = job;
    if (job.mode == Mode::TwoWay) { // a row at one side alone is a difference, whatever becomes of it
        whole.defaults.deletes = DeletePolicy::Propagate;
        for (JobTable &table : whole.tables)
            table.deletes = DeletePolicy::Propagate;
    }
    RunContext context(whole, options, m_connector, m_journal, m_clock, cancellation, progress);
    return Planner(context, {}).run();
}

RunReport Runner::run(const JobSettings &job, const RunOptions &options, Cancellation &cancellation,
                      ProgressBoard &progress)
{
    if (hasQueue(job)) {
        const JobSettings adapted = queueJob(job);
        QueueConnector queue(adapted, m_connector, m_journal, m_clock, cancellation);
        return inJournal(adapted, options, cancellation, progress, queue, [&queue](RunContext &context) {
            return runKeeping(context, {}, [&] { return runQueue(context, queue); });
        });
    }
    ServiceConnector services(m_connector, m_journal);
    Connector &connector = syncsService(job) ? services : m_connector;
    return inJournal(job, options, cancellation, progress, connector, [](RunContext &context) {
        return runKeeping(context, {}, [&context] {
            return context.job.mode == Mode::TwoWay ? TwoWayExecution(context).run() : Execution(context).run();
        });
    });
}

RunReport Runner::resolve(const JobSettings &job, const QList<ConflictReply> &replies, const QString &by,
                          const RunOptions &options, Cancellation &cancellation, ProgressBoard &progress)
{
    const bool twoWay = job.mode == Mode::TwoWay;
    const auto carried = twoWay ? Result<QList<ConflictReply>>(replies) : oneWayReplies(m_journal, job, replies);
    if (!carried)
        return failedReport(job, {}, carried.error(), m_clock.nowUs());
    const auto answered = m_journal.answerConflicts(job.id, *carried, by, m_clock.nowUs());
    if (!answered)
        return failedReport(job, {}, answered.error(), m_clock.nowUs());
    RunOptions own = options;
    own.yes = true; // each row has been looked at: no guard has to ask
    own.planFile.clear();
    ServiceConnector services(m_connector, m_journal);
    Connector &connector = syncsService(job) ? services : m_connector;
    return inJournal(job, own, cancellation, progress, connector, [twoWay](RunContext &context) {
        context.answersOnly = !twoWay;
        return runKeeping(context, {}, [&context, twoWay] {
            return twoWay ? TwoWayExecution(context).resolve() : Execution(context).run();
        });
    });
}

RunReport Runner::inJournal(const JobSettings &job, const RunOptions &options, Cancellation &cancellation,
                            ProgressBoard &progress, Connector &connector,
                            const std::function<RunReport(RunContext &)> &work)
{
    const QString run = newRunId(m_clock);
    const qint64 startedUs = m_clock.nowUs();
    if (job.id.isEmpty())
        return failedReport(
            job, run,
            Error{ErrorCode::FileUnwritable, {{Fact::File, job.file}, {Fact::Expected, QStringLiteral("id")}}, {}},
            startedUs);
    if (auto begun = m_journal.startRun(job.id, job.name, run, startedUs); !begun)
        return failedReport(job, run, begun.error(), startedUs);
    RunContext context(job, options, connector, m_journal, m_clock, cancellation, progress);
    context.run = run;
    context.generation = QUuid::createUuid().toRfc4122();
    RunReport report = work(context);
    if (auto kept = m_journal.finishRun(report); !kept && !report.error) {
        report.error = kept.error();
        report.state = RunState::Failed;
    }
    return report;
}

} // namespace tidemark
