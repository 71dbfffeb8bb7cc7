// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/after/afterrun.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonDocument>
#include <QProcessEnvironment>
#include <QStandardPaths>
#include <QTemporaryFile>
#include <QUrl>

#include "core/after/childprocess.h"
#include "core/after/webhook.h"
#include "core/base/blockingcall.h"
#include "core/base/units.h"
#include "core/config/secrets.h"

namespace tidemark {

using namespace Qt::StringLiterals;

struct AfterRun::Work
{
    const JobSettings &job;
    const RunReport &report;
    QByteArray body;
    Cancellation &cancellation;
};

namespace {

const auto reportMark = u"{report}"_s;

Error about(ErrorCode code, const QString &program) { return Error{code, {{Fact::Command, program}}, {}}; }

// The folder of this user's own run-time files, else the one for temporary files: QTemporaryFile makes it 0600 there.
Result<std::unique_ptr<QTemporaryFile>> writeReport(const QByteArray &body)
{
    QString folder = qEnvironmentVariable("XDG_RUNTIME_DIR"); // Qt would complain where there is none
    if (folder.isEmpty() || !QFileInfo(folder).isWritable())
        folder = QDir::tempPath();
    auto file = std::make_unique<QTemporaryFile>(QString(folder + u"/tidemark-report-XXXXXX.json"_s));
    if (!file->open() || file->write(body) != body.size() || !file->flush())
        return fail(Error{ErrorCode::FileUnwritable, {{Fact::File, file->fileTemplate()}}, file->errorString()});
    file->close();
    return file;
}

QStringList secretVariables(const JobSettings &job)
{
    QStringList names{u"PGPASSWORD"_s, u"MYSQL_PWD"_s};
    const auto add = [&names](const PasswordSource &source) {
        if (source.kind == PasswordSource::Kind::Env)
            names << source.name;
    };
    add(job.source.password);
    add(job.target.password);
    for (const auto *list :
         {&job.afterRun.success, &job.afterRun.attention, &job.afterRun.failure, &job.afterRun.always})
        for (const AfterRunAction &action : *list)
            add(action.secret);
    return names;
}

Result<QString> findProgram(const QString &word)
{
    const QString program = word.contains(u'/') ? word : QStandardPaths::findExecutable(word);
    if (program.isEmpty() || !QFileInfo::exists(program))
        return fail(about(ErrorCode::FileNotFound, word).with(Fact::File, word));
    const QFileInfo info(program);
    if (!info.isFile() || !info.isExecutable())
        return fail(about(ErrorCode::FileUnreadable, word).with(Fact::File, word));
    return program;
}

std::optional<Error> errorOf(const ChildEnd &end, const AfterRunAction &action, const QString &name)
{
    Error error = about(ErrorCode::CommandFailed, name);
    error.detail = end.output.trimmed().right(400);
    switch (end.how) {
    case ChildEnd::How::Exited:
        if (end.status == 0)
            return {};
        return error.with(Fact::Count, QString::number(end.status));
    case ChildEnd::How::Signalled:
        return error.with(Fact::Found, QString::number(end.status));
    case ChildEnd::How::TimedOut:
        return error.with(Fact::Limit, formatDuration(afterRunTimeoutMs(action)));
    case ChildEnd::How::Cancelled:
        return about(ErrorCode::Cancelled, name);
    case ChildEnd::How::NotStarted:
        break;
    }
    return error;
}

} // namespace

QList<AfterRunAction> actionsAfter(const AfterRunSettings &settings, RunState state)
{
    switch (state) {
    case RunState::Completed:
        return settings.success + settings.always;
    case RunState::NeedsAttention:
        return settings.attention + settings.always;
    case RunState::Failed:
        return settings.failure + settings.always;
    case RunState::Cancelled:
        return settings.always;
    case RunState::Busy:
    case RunState::Planned:
        break;
    }
    return {};
}

QList<ActionOutcome> AfterRun::perform(const JobSettings &job, const RunReport &report, const QJsonObject &document,
                                       Cancellation &cancellation) const
{
    const BlockingCall blocking("what follows a run");
    QList<ActionOutcome> outcomes;
    const Work work{job, report, QJsonDocument(document).toJson(QJsonDocument::Compact), cancellation};
    for (const AfterRunAction &action : actionsAfter(job.afterRun, report.state)) {
        if (action.kind == AfterRunAction::Kind::Command)
            outcomes << command(action, work);
        else if (action.kind == AfterRunAction::Kind::WebHook)
            outcomes << webHook(action, work);
        else
            outcomes << notification(work);
    }
    return outcomes;
}

ActionOutcome AfterRun::command(const AfterRunAction &action, const Work &work) const
{
    ActionOutcome outcome;
    outcome.kind = action.kind;
    outcome.name = action.command.value(0);
    const auto failed = [&outcome](Error error) {
        outcome.error = std::move(error);
        return outcome;
    };
    if (work.cancellation.isCancelled())
        return failed(about(ErrorCode::Cancelled, outcome.name));
    const auto program = findProgram(outcome.name);
    if (!program)
        return failed(program.error());
    ChildCall call;
    call.program = *program;
    call.arguments = action.command.mid(1);
    call.timeoutMs = afterRunTimeoutMs(action);
    std::unique_ptr<QTemporaryFile> file; // until the command has ended
    for (QString &argument : call.arguments) {
        if (!argument.contains(reportMark))
            continue;
        if (!file) {
            auto written = writeReport(work.body);
            if (!written)
                return failed(written.error());
            file = std::move(*written);
        }
        argument.replace(reportMark, file->fileName());
    }
    call.environment = QProcessEnvironment::systemEnvironment();
    for (const QString &name : secretVariables(work.job) + m_settings.secretVariables)
        call.environment.remove(name);
    call.environment.insert(u"TIDEMARK_JOB"_s, work.report.job);
    call.environment.insert(u"TIDEMARK_RUN"_s, work.report.run);
    call.environment.insert(u"TIDEMARK_STATE"_s, runStateName(work.report.state));
    const ChildEnd end = runChild(call, work.cancellation);
    outcome.output = end.output;
    outcome.error = errorOf(end, action, outcome.name);
    return outcome;
}

ActionOutcome AfterRun::webHook(const AfterRunAction &action, const Work &work) const
{
    ActionOutcome outcome;
    outcome.kind = action.kind;
    HookCall call;
    call.url = QUrl(action.url, QUrl::StrictMode);
    outcome.name = originOf(call.url);
    call.body = work.body;
    call.timeoutMs = afterRunTimeoutMs(action);
    ConnectionSettings holder; // of the secret
    holder.name = outcome.name;
    holder.password = action.secret;
    auto secret = resolvePassword(holder, {}, m_settings.keychain, &work.cancellation);
    if (secret && secret->isEmpty() && action.secret.kind != PasswordSource::Kind::None)
        secret = fail(Error{ErrorCode::PasswordMissing, {{Fact::Connection, outcome.name}}, {}});
    if (!secret) { // unsigned, where a signature is expected, it is not sent
        outcome.error = secret.error();
        outcome.attempts = 0;
        return outcome;
    }
    call.secret = *secret;
    call.wait = m_settings.wait;
    const HookEnd end = postHook(call, m_settings.clock, work.cancellation);
    outcome.attempts = end.attempts;
    outcome.error = end.error;
    return outcome;
}

ActionOutcome AfterRun::notification(const Work &work) const
{
    ActionOutcome outcome;
    const Result<void> told = m_settings.notify ? m_settings.notify(work.report) : fail(ErrorCode::NotAvailable);
    if (!told)
        outcome.error = told.error();
    return outcome;
}

} // namespace tidemark
