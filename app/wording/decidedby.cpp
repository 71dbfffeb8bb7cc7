// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/wording/decidedby.h"

#include <QJsonObject>

#include "app/wording/text.h"
#include "app/wording/wording.h"
#include "core/reconcile/mergerow.h"

using namespace Qt::StringLiterals;

namespace tidemark::wording {

namespace {

bool atFirstMeeting(const RowChange &change) { return change.reason == Reason::NoBase; }

// The last bit stands for all of the rest, too: which of those it was is not known.
QList<UndoDeciders::Rule> rulesOf(const RowChange &change)
{
    QList<UndoDeciders::Rule> rules;
    for (int rule = 0; rule < change.deciders.rules.size(); ++rule) {
        if ((change.entry.cause.detail & ruleBit(rule)) != 0)
            rules += change.deciders.rules.at(rule);
    }
    return rules;
}

std::optional<ConflictPolicy> policyOf(DecidedBy by)
{
    switch (by) {
    case DecidedBy::Source:
        return ConflictPolicy::Source;
    case DecidedBy::Target:
        return ConflictPolicy::Target;
    case DecidedBy::Newest:
        return ConflictPolicy::Newest;
    case DecidedBy::Merge:
        return ConflictPolicy::Merge;
    case DecidedBy::Unknown:
    case DecidedBy::AnswerSource:
    case DecidedBy::AnswerTarget:
    case DecidedBy::AnswerRow:
    case DecidedBy::EarlierMerge:
        break;
    }
    return std::nullopt;
}

QString byPolicy(const RowChange &change, ConflictPolicy policy)
{
    const QString who = atFirstMeeting(change)
        ? Wording::tr("the policy “%1” decided, as for the first sync").arg(policyName(policy))
        : Wording::tr("the policy “%1” decided").arg(policyName(policy));
    if (policy == ConflictPolicy::Newest && !change.deciders.newest.isEmpty())
        return Wording::tr("%1, by the column %2", "a policy; the column that tells which row is newer")
            .arg(who, safeText(change.deciders.newest));
    if (policy != ConflictPolicy::Merge)
        return who;
    QStringList rules;
    for (const UndoDeciders::Rule &rule : rulesOf(change))
        rules += Wording::tr("%1 by “%2”", "a column and the rule that decided its cell")
                     .arg(safeText(rule.column), cellRuleName(rule.rule));
    return rules.isEmpty()
        ? Wording::tr("%1, cell by cell", "a policy").arg(who)
        : Wording::tr("%1, cell by cell, and %2", "a policy; columns and the rules that decided them")
              .arg(who, rules.join(u", "_s));
}

QString byAnswer(const RowChange &change)
{
    const QString person = change.person.isEmpty() ? Wording::tr("a person", "who answered") : safeText(change.person);
    switch (change.entry.cause.by) {
    case DecidedBy::AnswerSource:
        return Wording::tr("%1 answered: take the source").arg(person);
    case DecidedBy::AnswerTarget:
        return Wording::tr("%1 answered: take the target").arg(person);
    default:
        return Wording::tr("%1 answered with a merged row").arg(person);
    }
}

} // namespace

QString decidedBy(const RowChange &change)
{
    const DecidedBy by = change.entry.cause.by;
    if (!change.undoes.isEmpty() || by == DecidedBy::Unknown)
        return {};
    if (const auto policy = policyOf(by))
        return byPolicy(change, *policy);
    return isAnswer(by) ? byAnswer(change) : Wording::tr("an earlier run had begun this merge");
}

QJsonValue decidedByJson(const RowChange &change)
{
    const DecidedBy by = change.entry.cause.by;
    if (!change.undoes.isEmpty())
        return QJsonValue::Null;
    if (by == DecidedBy::Unknown)
        return isContested(change.reason) ? QJsonValue::Undefined : QJsonValue::Null;
    if (isAnswer(by))
        return QJsonObject{
            {u"by"_s, u"person"_s},
            {u"person"_s, change.person.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(change.person)},
            {u"answer"_s,
             by == DecidedBy::AnswerSource       ? u"source"_s
                 : by == DecidedBy::AnswerTarget ? u"target"_s
                                                 : u"row"_s}};
    const auto policy = policyOf(by);
    if (!policy)
        return QJsonObject{{u"by"_s, u"earlier-merge"_s}};
    QJsonObject object{{u"by"_s, u"policy"_s}, {u"policy"_s, policyName(*policy)}};
    if (atFirstMeeting(change))
        object.insert(u"first"_s, true);
    if (policy == ConflictPolicy::Newest)
        object.insert(u"column"_s, change.deciders.newest);
    QJsonObject rules;
    for (const UndoDeciders::Rule &rule : rulesOf(change))
        rules.insert(rule.column, cellRuleName(rule.rule));
    if (policy == ConflictPolicy::Merge)
        object.insert(u"rules"_s, rules);
    return object;
}

} // namespace tidemark::wording
