// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/wording/afterrunwords.h"

#include "app/wording/text.h"

namespace tidemark::wording {

using namespace Qt::StringLiterals;

namespace {

constexpr int longestShown = 2000; // whoever trusts a command must be able to read all of it

// So that one sees where an argument ends. Nothing here is ever read by a shell.
QString quotedWords(const QStringList &words)
{
    QStringList shown;
    for (const QString &word : words) {
        bool plain = !word.isEmpty();
        for (const QChar c : word)
            plain = plain && (c.isLetterOrNumber() || u"-_./:=,@%+{}"_s.contains(c));
        shown << (plain ? word : QString(u'"' + QString(word).replace(u'"', u"\\\""_s) + u'"'));
    }
    return safeText(shown.join(u' '), longestShown);
}

QString when(const QString &commandOrUrl, const QString &state, bool isCommand)
{
    if (state == "success"_L1)
        return (isCommand ? Wording::tr("After a good run it starts: %1")
                          : Wording::tr("After a good run it reports to %1"))
            .arg(commandOrUrl);
    if (state == "attention"_L1)
        return (isCommand ? Wording::tr("Where a person is needed it starts: %1")
                          : Wording::tr("Where a person is needed it reports to %1"))
            .arg(commandOrUrl);
    if (state == "failure"_L1)
        return (isCommand ? Wording::tr("After a failed run it starts: %1")
                          : Wording::tr("After a failed run it reports to %1"))
            .arg(commandOrUrl);
    return (isCommand ? Wording::tr("After every run it starts: %1") : Wording::tr("After every run it reports to %1"))
        .arg(commandOrUrl);
}

QString secretFact(const PasswordSource &secret)
{
    const QString name = safeText(secret.name, 400);
    switch (secret.kind) {
    case PasswordSource::Kind::Env:
        return Wording::tr("Signs its reports with the variable %1").arg(name);
    case PasswordSource::Kind::File:
        return Wording::tr("Signs its reports with the file %1").arg(name);
    case PasswordSource::Kind::Keychain:
        return Wording::tr("Signs its reports with %1 of the keychain").arg(name);
    case PasswordSource::Kind::None:
    case PasswordSource::Kind::Ask:
        break;
    }
    return {};
}

} // namespace

QStringList afterRunFacts(const AfterRunSettings &settings)
{
    QStringList facts;
    const std::pair<QString, const QList<AfterRunAction> &> lists[]{{u"success"_s, settings.success},
                                                                    {u"attention"_s, settings.attention},
                                                                    {u"failure"_s, settings.failure},
                                                                    {u"always"_s, settings.always}};
    for (const auto &[state, actions] : lists) {
        for (const AfterRunAction &action : actions) {
            if (action.kind == AfterRunAction::Kind::Command)
                facts << when(quotedWords(action.command), state, true);
            if (action.kind != AfterRunAction::Kind::WebHook)
                continue; // a notification reaches nobody else
            facts << when(safeText(action.url, longestShown), state, false);
            if (const QString secret = secretFact(action.secret); !secret.isEmpty() && !facts.contains(secret))
                facts << secret;
        }
    }
    return facts;
}

QString afterRunOutcome(const ActionOutcome &outcome)
{
    if (!outcome.error)
        return {};
    const Error &error = *outcome.error;
    QString what = message(error).what;
    const QString name = safeText(outcome.name);
    if (outcome.kind == AfterRunAction::Kind::Command && error.code == ErrorCode::FileNotFound)
        what = Wording::tr("There is no program %1.").arg(name);
    if (outcome.kind == AfterRunAction::Kind::Command && error.code == ErrorCode::FileUnreadable)
        what = Wording::tr("%1 is no program that this user may start.").arg(name);
    if (outcome.kind == AfterRunAction::Kind::Notify)
        what = Wording::tr("The notification could not be shown.");
    if (error.code == ErrorCode::Cancelled)
        what = Wording::tr("%1 was cancelled.").arg(name);
    if (!error.detail.isEmpty())
        what = sentences(what, u'(' + safeText(error.detail.trimmed(), 400) + u')');
    return Wording::tr("After the run: %1").arg(what);
}

bool wordAfterRun(const Error &error, Message &message)
{
    const Facts facts(error);
    if (error.code == ErrorCode::WebHookRefused) {
        message = {Wording::tr("%1 answered with HTTP status %2.").arg(facts.server(), facts[Fact::Found]), {}};
        return true;
    }
    if (error.code != ErrorCode::CommandFailed)
        return false;
    const QString program = facts[Fact::Command];
    if (facts.has(Fact::Count))
        message.what = Wording::tr("%1 ended with exit status %2.").arg(program, facts[Fact::Count]);
    else if (facts.has(Fact::Limit))
        message.what = Wording::tr("%1 took longer than %2 and was ended.").arg(program, facts[Fact::Limit]);
    else if (facts.has(Fact::Found))
        message.what = Wording::tr("%1 was ended by signal %2.").arg(program, facts[Fact::Found]);
    else
        message.what = Wording::tr("%1 could not be started.").arg(program);
    return true;
}

} // namespace tidemark::wording
