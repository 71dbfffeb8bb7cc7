// SPDX-License-Identifier: GPL-3.0-or-later
#include <QLocale>

#include "app/wording/adviser.h"
#include "app/wording/text.h"

namespace tidemark::wording {

using namespace Qt::StringLiterals;

namespace {

// A server's own words seldom end as a sentence does.
QString ended(const QString &text)
{
    static const QString ends = u".!?。！？"_s;
    return text.isEmpty() || ends.contains(text.back()) ? text : Wording::tr("%1.", "the end of a sentence").arg(text);
}

QString refusal(const ValueLoss &loss, const QString &column, const QString &given)
{
    if (loss.error && loss.error->code == ErrorCode::NotNullViolated)
        return Wording::tr("Column %1 (%2) takes no NULL.").arg(column, safeText(loss.targetType));
    const QString why = loss.error && !loss.error->detail.isEmpty() ? safeText(loss.error->detail, 300) : QString();
    if (loss.sourceColumn.isEmpty())
        return why.isEmpty() ? Wording::tr("The row is refused.") : Wording::tr("The row is refused: %1").arg(why);
    return why.isEmpty()
        ? Wording::tr("Column %1 (%2) refuses %3.").arg(column, safeText(loss.targetType), given)
        : Wording::tr("Column %1 (%2) refuses %3: %4").arg(column, safeText(loss.targetType), given, why);
}

QString change(const ValueLoss &loss, const QString &column, const QString &given)
{
    const QString type = safeText(loss.targetType);
    const QString kept = u'“' + safeText(loss.kept) + u'”';
    const bool isKnown = !loss.kept.isEmpty() || loss.kind == ValueLoss::Kind::Cut;
    switch (loss.kind) {
    case ValueLoss::Kind::Rounded:
        return isKnown ? Wording::tr("Column %1 (%2) rounds %3 to %4.").arg(column, type, given, kept)
                       : Wording::tr("Column %1 (%2) rounds %3.").arg(column, type, given);
    case ValueLoss::Kind::Cut:
        return Wording::tr("Column %1 (%2) cuts %3 to %4.").arg(column, type, given, kept);
    case ValueLoss::Kind::Padded:
        return Wording::tr("Column %1 (%2) pads %3 with blanks.").arg(column, type, given);
    default:
        return Wording::tr("Column %1 (%2) turns %3 into %4.").arg(column, type, given, kept);
    }
}

} // namespace

QString lossKind(ValueLoss::Kind kind)
{
    switch (kind) {
    case ValueLoss::Kind::Rounded:
        return Wording::tr("Rounded", "what became of a value");
    case ValueLoss::Kind::Cut:
        return Wording::tr("Cut", "what became of a value");
    case ValueLoss::Kind::Padded:
        return Wording::tr("Padded", "what became of a value");
    case ValueLoss::Kind::Changed:
        return Wording::tr("Changed", "what became of a value");
    case ValueLoss::Kind::Refused:
        break;
    }
    return Wording::tr("Refused", "what became of a value");
}

QString loss(const ValueLoss &loss)
{
    const QString column = safeText(loss.targetColumn.isEmpty() ? loss.sourceColumn : loss.targetColumn);
    const QString given = u'“' + safeText(loss.given) + u'”';
    const QString what =
        ended(loss.kind == ValueLoss::Kind::Refused ? refusal(loss, column, given) : change(loss, column, given));
    if (!loss.fromData)
        return Wording::tr("%1 No row of the sample has such a value.").arg(what);
    if (loss.count > 1)
        return Wording::tr("%1 In row %2, and %3 more of the sample.")
            .arg(what, safeText(loss.key), QLocale().toString(loss.count - 1));
    return Wording::tr("%1 In row %2.").arg(what, safeText(loss.key));
}

QString rehearsal(const Rehearsal &rehearsal)
{
    const QString rows = QLocale().toString(rehearsal.sampleRows);
    const QString edges = QLocale().toString(rehearsal.edgeValues);
    if (rehearsal.method == Rehearsal::Method::FromTypes) {
        const QString why = rehearsal.hindrance ? oneLine(*rehearsal.hindrance) : QString();
        return Wording::tr("%1 rows and %2 edge values were judged by their types alone: no temporary table could be "
                           "made. %3")
            .arg(rows, edges, why)
            .trimmed();
    }
    return rehearsal.losses.isEmpty()
        ? Wording::tr("%1 rows and %2 edge values came back from a temporary table as they were.").arg(rows, edges)
        : Wording::tr("%1 rows and %2 edge values were written to a temporary table and read back; losses: %3.")
              .arg(rows, edges, QLocale().toString(rehearsal.losses.size()));
}

QString grantReason(GrantReason reason)
{
    switch (reason) {
    case GrantReason::Connect:
        return Wording::tr("To reach the tables.");
    case GrantReason::ReadRows:
        return Wording::tr("To read the rows.");
    case GrantReason::WriteRows:
        return Wording::tr("To insert and update rows.");
    case GrantReason::DeleteRows:
        return Wording::tr("To insert, update and delete rows.");
    case GrantReason::SetFlag:
        return Wording::tr("To mark rows of the source as done.");
    case GrantReason::AdvanceSequence:
        return Wording::tr("To move the sequence past the numbers that were written.");
    case GrantReason::Checkpoint:
        return Wording::tr("To keep Tidemark's checkpoint in the target.");
    case GrantReason::CreateTables:
        return Wording::tr("To create the missing tables.");
    case GrantReason::SeeTransactions:
        return Wording::tr("To see open transactions: without it, a longer lag is read again by every run.");
    case GrantReason::Rehearse:
        return Wording::tr("To rehearse the types in a temporary table.");
    case GrantReason::SeeTriggers:
        return Wording::tr("To see which triggers there are.");
    case GrantReason::LogChanges:
        return Wording::tr("To log changes by triggers.");
    }
    return {};
}

QString grant(const Grant &grant)
{
    return Wording::tr("A right is missing: %1 %2", "what it is for, and the statement that grants it")
        .arg(grantReason(grant.reason), grant.sql);
}

} // namespace tidemark::wording
