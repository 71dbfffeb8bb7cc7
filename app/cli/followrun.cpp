// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/followrun.h"

#include "app/wording/afterrunwords.h"
#include "app/wording/wording.h"
#include "core/config/keychain.h"
#include "core/schedule/review.h"

namespace tidemark::cli {

using namespace Qt::StringLiterals;

QString actionName(AfterRunAction::Kind kind)
{
    switch (kind) {
    case AfterRunAction::Kind::Notify:
        return u"notify"_s;
    case AfterRunAction::Kind::Command:
        return u"command"_s;
    case AfterRunAction::Kind::WebHook:
        return u"webhook"_s;
    }
    return {};
}

QList<ActionOutcome> carryOut(const JobSettings &job, const RunReport &report, const QJsonObject &document,
                              const ActionPlace &place)
{
    AfterRun::Settings settings{place.clock};
    const auto keychain = systemKeychain();
    settings.keychain = keychain.get();
    settings.notify = place.notify;
    if (const auto connections = place.workspace ? place.workspace->connections() : QList<ConnectionSettings>()) {
        for (const ConnectionSettings &connection : *connections) {
            if (connection.password.kind == PasswordSource::Kind::Env)
                settings.secretVariables << connection.password.name;
        }
    }
    Cancellation late;
    Cancellation &cancellation = report.state == RunState::Cancelled ? late : place.cancellation;
    return AfterRun(settings).perform(job, report, document, cancellation);
}

Result<void> followRun(CommandContext &context, const JobSettings &job, const RunReport &report,
                       const QJsonObject &document, bool trust)
{
    TRY_ASSIGN(Journal *const journal, context.journal());
    if (trust && !job.file.isEmpty())
        TRY(keepTrust(*journal, job, context.clock().nowUs()));
    if (actionsAfter(job.afterRun, report.state).isEmpty())
        return {};
    TRY_ASSIGN(const bool trusted, isTrusted(*journal, job));
    if (!trusted) {
        context.out().note(Cli::tr("What is to follow a run is not carried out: its commands and web hooks are not "
                                   "trusted yet. run --trust lets them act."));
        return {};
    }
    const auto notify = [&context](const RunReport &of) -> Result<void> {
        context.out().note(wording::safeText(of.job) + u": "_s + wording::outcome(of));
        return {};
    };
    const auto outcomes =
        carryOut(job, report, document, {context.clock(), context.workspace(), notify, context.cancellation()});
    for (const ActionOutcome &outcome : outcomes) {
        if (outcome.error)
            context.out().note(wording::afterRunOutcome(outcome));
    }
    return {};
}

} // namespace tidemark::cli
