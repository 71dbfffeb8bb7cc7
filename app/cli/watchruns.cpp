// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/watchruns.h"

#include <QDateTime>
#include <QJsonArray>
#include <QSet>

#include "app/cli/command.h"
#include "app/cli/followrun.h"
#include "app/wording/afterrunwords.h"
#include "app/wording/leftrows.h"
#include "app/wording/reportjson.h"
#include "app/wording/schedulewords.h"
#include "app/wording/wording.h"
#include "core/schedule/review.h"
#include "core/schedule/schedulenames.h"

namespace tidemark::cli {

using namespace Qt::StringLiterals;

namespace {

QJsonValue timeOrNull(qint64 us)
{
    return us == 0 ? QJsonValue(QJsonValue::Null)
                   : QJsonValue(QDateTime::fromMSecsSinceEpoch(us / 1000, Qt::UTC).toString(Qt::ISODateWithMs));
}

QString named(const QString &job, const QString &text)
{
    return job.isEmpty() ? text
                         : Cli::tr("%1: %2", "a job's name and what is said of it").arg(wording::safeText(job), text);
}

// Worth a line of its own: not what passes by itself as jobs run.
bool isOther(const JobOutlook &before, const JobOutlook &now)
{
    const auto runs = [](const JobOutlook &job) {
        return job.state == JobOutlook::State::Running || job.state == JobOutlook::State::Queued;
    };
    if (runs(now) || now.state == JobOutlook::State::NoSchedule)
        return false;
    if (runs(before))
        return now.state != JobOutlook::State::Planned && now.state != JobOutlook::State::Follows;
    return before.state != now.state || before.error != now.error || before.after != now.after;
}

} // namespace

WatchRuns::WatchRuns(Runner &runner, Journal &journal, const Clock &clock, Cancellation &cancellation, WatchLog &log,
                     const Settings &settings)
    : m_runner(runner), m_journal(journal), m_clock(clock), m_cancellation(cancellation), m_log(log),
      m_settings(settings)
{
    m_pool.setMaxThreadCount(settings.atOnce);
}

WatchRuns::~WatchRuns() { finish(); }

void WatchRuns::attach(ScheduleLoop *loop)
{
    const std::scoped_lock lock(m_mutex);
    m_loop = loop;
}

void WatchRuns::finish() { m_pool.waitForDone(); }

void WatchRuns::start(const JobSettings &job, const ScheduledStart &start)
{
    m_pool.start([this, job, start] { run(job, start); });
}

void WatchRuns::ended(const RunReport &report)
{
    const std::scoped_lock lock(m_mutex);
    if (m_loop != nullptr)
        m_loop->runEnded(report);
}

void WatchRuns::run(const JobSettings &job, const ScheduledStart &start)
{
    m_log.tell(u"started"_s,
               {{u"job"_s, job.name},
                {u"id"_s, job.id},
                {u"cause"_s, causeName(start.cause)},
                {u"slot"_s, timeOrNull(start.slotUs)},
                {u"missed"_s, start.missed}},
               named(job.name, Cli::tr("runs: %1.").arg(wording::startReason(start, m_clock.nowUs()))));
    ProgressBoard board;
    RunReport report = m_runner.run(job, {}, m_cancellation, board);
    report.jobId = job.id; // also where it never began
    const auto document = wording::runJson(m_journal, report);
    const QJsonObject told = document ? *document : wording::reportJson(report);
    tellEnd(report, told);
    ended(report);
    follow(job, report, told);
}

void WatchRuns::tellEnd(const RunReport &report, const QJsonObject &document)
{
    QJsonObject line{{u"job"_s, report.job}, {u"id"_s, report.jobId}, {u"report"_s, document}};
    QString text = wording::outcome(report);
    std::optional<qint64> nextUs;
    {
        const std::scoped_lock lock(m_mutex);
        const ScheduleOverview overview = m_loop == nullptr ? ScheduleOverview() : m_loop->overview();
        for (const JobOutlook &job : overview.jobs) {
            if (job.id == report.jobId)
                nextUs = job.nextUs;
        }
    }
    line.insert(u"next"_s, timeOrNull(nextUs.value_or(0)));
    if (nextUs)
        text += u' ' + Cli::tr("Next run %1.").arg(wording::moment(*nextUs, m_clock.nowUs()));
    m_log.tell(u"ended"_s, line, named(report.job, text));
}

void WatchRuns::follow(const JobSettings &job, const RunReport &report, const QJsonObject &document)
{
    if (actionsAfter(job.afterRun, report.state).isEmpty())
        return;
    const auto trusted = isTrusted(m_journal, job);
    if (!m_settings.trustsAll && !(trusted && *trusted)) {
        m_log.tell(u"untrusted"_s, {{u"job"_s, job.name}, {u"id"_s, job.id}},
                   named(job.name,
                         Cli::tr("What is to follow a run is not carried out: its commands and web hooks are not "
                                 "trusted yet. tidemark-cli run --trust, or watch --trust, lets them act.")));
        return;
    }
    const auto notify = [this](const RunReport &of) -> Result<void> {
        m_log.tell(u"notify"_s, {{u"job"_s, of.job}, {u"id"_s, of.jobId}}, named(of.job, wording::outcome(of)));
        return {};
    };
    const QList<ActionOutcome> outcomes =
        carryOut(job, report, document, {m_clock, m_settings.workspace, notify, m_cancellation});
    for (const ActionOutcome &outcome : outcomes) {
        QJsonObject line{{u"job"_s, job.name},
                         {u"id"_s, job.id},
                         {u"action"_s, actionName(outcome.kind)},
                         {u"name"_s, outcome.name},
                         {u"attempts"_s, outcome.attempts},
                         {u"output"_s, outcome.output}};
        line.insert(u"error"_s,
                    outcome.error ? QJsonValue(wording::errorJson(*outcome.error)) : QJsonValue(QJsonValue::Null));
        const QString text = wording::afterRunOutcome(outcome);
        m_log.tell(u"action"_s, line, text.isEmpty() ? QString() : named(job.name, text));
    }
}

void WatchRuns::notice(const ScheduleNotice &notice, const QString &job)
{
    QJsonObject line{{u"job"_s, job}, {u"id"_s, notice.jobId}, {u"slot"_s, timeOrNull(notice.slotUs)}};
    if (notice.count > 0)
        line.insert(u"count"_s, notice.count);
    if (notice.error)
        line.insert(u"error"_s, wording::errorJson(*notice.error));
    QString text = wording::notice(notice, m_clock.nowUs());
    if (notice.kind == ScheduleNotice::Kind::WaitsReview) {
        const QJsonObject review{
            {u"kind"_s, attentionName(Attention::Kind::Review)}, {u"table"_s, QString()}, {u"count"_s, 0}};
        line.insert(u"attention"_s, QJsonArray{review});
        text += u' ' + Cli::tr("tidemark-cli run \"%1\"").arg(wording::safeText(job));
    }
    m_log.tell(noticeName(notice.kind), line, named(job, text));
}

void WatchRuns::tellOutlook(const JobOutlook &job)
{
    QJsonObject line{{u"job"_s, job.name}, {u"id"_s, job.id}, {u"state"_s, outlookName(job.state)}};
    line.insert(u"next"_s, timeOrNull(job.nextUs.value_or(0)));
    line.insert(u"after"_s, job.after.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(job.after));
    if (job.error)
        line.insert(u"error"_s, wording::errorJson(*job.error));
    m_log.tell(u"job"_s, line, named(job.name, wording::outlook(job, m_clock.nowUs())));
}

void WatchRuns::changed(const ScheduleOverview &overview)
{
    QSet<QString> present;
    for (const JobOutlook &job : overview.jobs) {
        present.insert(job.name);
        const auto known = m_told.constFind(job.name);
        const bool isNew = known == m_told.constEnd() && job.state != JobOutlook::State::NoSchedule;
        const bool isNews = isNew || (known != m_told.constEnd() && isOther(*known, job));
        m_told.insert(job.name, job);
        if (isNews)
            tellOutlook(job);
    }
    const QStringList names = m_told.keys();
    for (const QString &name : names) {
        if (present.contains(name))
            continue;
        m_told.remove(name);
        m_log.tell(u"gone"_s, {{u"job"_s, name}}, named(name, Cli::tr("there is no such job any more.")));
    }
    if (overview.error && overview.error != m_fault)
        m_log.tell(u"fault"_s, {{u"error"_s, wording::errorJson(*overview.error)}}, wording::oneLine(*overview.error));
    m_fault = overview.error;
    if (!m_began && m_told.isEmpty())
        m_log.tell(u"idle"_s, {}, Cli::tr("No job has a schedule yet."));
    m_began = true;
}

} // namespace tidemark::cli
