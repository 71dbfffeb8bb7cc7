// SPDX-License-Identifier: GPL-3.0-or-later
// What one question of the adviser told, as a sentence.
#include <QLocale>

#include "app/wording/adviser.h"
#include "app/wording/text.h"

namespace tidemark::wording {

using namespace Qt::StringLiterals;

namespace {

QString number(qint64 value) { return QLocale().toString(value); }

QString indexFinding(const Finding &finding)
{
    const QString column = safeText(finding.column);
    if (finding.count > 0)
        return finding.text.isEmpty() ? Wording::tr("%1 is indexed.").arg(column)
                                      : Wording::tr("%1 is indexed (%2).").arg(column, safeText(finding.text));
    return finding.grade == Grade::Good
        ? Wording::tr("There is no index on %1, and none is needed: every run reads the whole table.").arg(column)
        : Wording::tr("There is no index on %1: every run reads the whole table.").arg(column);
}

QString nullFinding(const Finding &finding)
{
    const QString column = safeText(finding.column);
    if (finding.count == 0)
        return Wording::tr("%1 is never empty.").arg(column);
    return Wording::tr("%1 is empty in %2: such rows are never found.").arg(column, figure(finding));
}

QString precisionFinding(const Finding &finding)
{
    const QString column = safeText(finding.column);
    if (finding.text == "day"_L1)
        return Wording::tr("%1 tells days alone: every run reads all rows of the last day again.").arg(column);
    if (finding.text == "us"_L1)
        return Wording::tr("%1 has fractions of a second.").arg(column);
    return finding.grade == Grade::Good
        ? Wording::tr("%1 tells whole seconds: rows of the last second are read again.").arg(column)
        : Wording::tr("%1 tells whole seconds, and the lag is shorter than one: changes could be missed.").arg(column);
}

QString zoneFinding(const Finding &finding)
{
    const QString column = safeText(finding.column);
    if (finding.text == "UTC"_L1 && finding.grade == Grade::Good)
        return Wording::tr("%1 is in UTC.").arg(column);
    if (finding.text == "localtime"_L1)
        return Wording::tr("%1 is filled with the machine's local time: one hour repeats each autumn.").arg(column);
    if (finding.text.isEmpty())
        return Wording::tr("%1 has no time zone: only who writes it knows which one is meant.").arg(column);
    const QString zone = safeText(finding.text);
    if (finding.grade == Grade::Good)
        return Wording::tr("%1 has no time zone; the server fills it in %2.").arg(column, zone);
    if (finding.grade == Grade::Problem)
        return Wording::tr("%1 has no time zone, and the server fills it in %2: one hour repeats each autumn.")
            .arg(column, zone);
    return Wording::tr("%1 has no time zone; the server is set to %2, the application may mean another one.")
        .arg(column, zone);
}

QString setterFinding(const Finding &finding)
{
    const QString column = safeText(finding.column);
    const QString text = safeText(finding.text);
    if (finding.grade == Grade::Good)
        return finding.text == "ON UPDATE"_L1
            ? Wording::tr("The server sets %1 at every update (ON UPDATE).").arg(column)
            : Wording::tr("Trigger %2 sets %1 at every update.").arg(column, text);
    if (finding.error && finding.error->code == ErrorCode::NoRights)
        return Wording::tr("Whether a trigger sets %1 cannot be seen: this user has no TRIGGER right.").arg(column);
    if (finding.grade == Grade::Problem)
        return Wording::tr(
                   "%1 is set when a row is inserted (%2) and by no trigger when it is updated; over %3 rows it "
                   "never steps back, so updates do not move it.")
            .arg(column, text, number(finding.of));
    if (finding.grade == Grade::Warning)
        return Wording::tr("%1 is set when a row is inserted (%2); at an update only the application can set it.")
            .arg(column, text);
    return Wording::tr("No trigger sets %1: whether the application does so at every change cannot be seen.")
        .arg(column);
}

QString scopeFinding(const Finding &finding)
{
    const QString column = safeText(finding.column);
    if (finding.text == "row"_L1)
        return finding.grade == Grade::Good
            ? Wording::tr("%1 counts the changes of each row by itself.").arg(column)
            : Wording::tr("%1 counts the changes of each row by itself (%2 share one value): as one growing number it "
                          "would miss changes.")
                  .arg(column, figure(finding));
    if (finding.text == "table"_L1)
        return finding.grade == Grade::Good
            ? Wording::tr("%1 is one growing number for the whole table.").arg(column)
            : Wording::tr("%1 is one growing number for the whole table: comparing it row by row reads more than "
                          "needed.")
                  .arg(column);
    return Wording::tr("Whether %1 is one growing number or a counter of each row cannot be told from these values.")
        .arg(column);
}

QString orderFinding(const Finding &finding)
{
    const QString column = safeText(finding.column);
    if (finding.code == FindingCode::NotMonotonic)
        return finding.grade == Grade::Good
            ? Wording::tr("%1 sorts as it should.").arg(column)
            : Wording::tr("%1 does not sort as time or number: %2 are out of place or cannot be read.")
                  .arg(column, figure(finding));
    if (finding.text == "descending"_L1)
        return Wording::tr("The sequence of %1 counts downwards.").arg(column);
    if (finding.text == "cycle"_L1)
        return Wording::tr("The sequence of %1 starts again at its end.").arg(column);
    return finding.grade == Grade::Good
        ? Wording::tr("The sequence of %1 hands out one number at a time.").arg(column)
        : Wording::tr("The sequence of %1 hands out %2 numbers at a time: they do not grow with time.")
              .arg(column, number(finding.count));
}

QString flagFinding(const Finding &finding)
{
    const QString column = safeText(finding.column);
    if (finding.code == FindingCode::FlagFiresTrigger)
        return finding.count == 0
            ? Wording::tr("Setting %1 fires nothing.").arg(column)
            : Wording::tr("Setting %1 also fires or changes: %2").arg(column, safeText(finding.text));
    if (finding.grade == Grade::Warning)
        return Wording::tr("%1 has other values than the two (%2); such rows are never found.")
            .arg(column, safeText(finding.text));
    return Wording::tr("Values of %1: %2.").arg(column, safeText(finding.text));
}

QString tiesFinding(const Finding &finding)
{
    const QString column = safeText(finding.column);
    if (finding.count <= 1)
        return finding.sampled
            ? Wording::tr("No two of %1 sampled rows share a value of %2.").arg(number(finding.of), column)
            : Wording::tr("No two rows share a value of %1.").arg(column);
    return finding.grade == Grade::Good
        ? Wording::tr("At most %1 share one value of %2.").arg(figure(finding), column)
        : Wording::tr("%1 share one value of %2: while it is the last one, every run reads them again.")
              .arg(figure(finding), column);
}

QString futureFinding(const Finding &finding)
{
    const QString column = safeText(finding.column);
    return finding.count == 0 ? Wording::tr("No stamp in %1 is later than the server's clock.").arg(column)
                              : Wording::tr("%1 are later in %2 than the server's clock: every run reads them again.")
                                    .arg(figure(finding), column);
}

QString lateFinding(const Finding &finding)
{
    const QString lag = safeText(finding.text);
    return finding.grade == Grade::Good
        ? Wording::tr("Transactions that are still open are accounted for; the last %1 are read again.").arg(lag)
        : Wording::tr("This user cannot see the transactions of others: rows committed more than %1 after their stamp "
                      "would be missed.")
              .arg(lag);
}

QString tableFinding(const Finding &finding)
{
    if (finding.code == FindingCode::NoKey)
        return finding.count > 0
            ? Wording::tr("The key is %1.").arg(safeText(finding.text))
            : Wording::tr("There is no primary key and no unique index without NULL: rows cannot be matched.");
    if (finding.count < 0)
        return Wording::tr("Every run reads all rows; how many is not known.");
    return Wording::tr("Every run reads all rows (≈ %1).").arg(number(finding.count));
}

QString unreadable(const Finding &finding)
{
    const Error &error = *finding.error;
    if (error.code == ErrorCode::Timeout)
        return Wording::tr("%1: not known, the query took too long.").arg(findingTitle(finding.code));
    const QString reason = error.detail.isEmpty() ? message(error).what : safeText(error.detail, 400);
    return Wording::tr("%1: not known (%2).").arg(findingTitle(finding.code), reason);
}

} // namespace

QString finding(const Finding &finding)
{
    const bool isHidden = finding.code == FindingCode::DefaultWithoutTrigger && finding.error
        && finding.error->code == ErrorCode::NoRights;
    if (finding.grade == Grade::Unknown && finding.error && !isHidden)
        return unreadable(finding);
    switch (finding.code) {
    case FindingCode::IndexMissing:
        return indexFinding(finding);
    case FindingCode::Nulls:
        return finding.count < 0 ? Wording::tr("Whether %1 is ever empty is not known.").arg(safeText(finding.column))
                                 : nullFinding(finding);
    case FindingCode::PrecisionCoarse:
        if (finding.text.isEmpty())
            return finding.query.isEmpty()
                ? Wording::tr("The precision of %1 cannot be told from its type.").arg(safeText(finding.column))
                : Wording::tr("%1 has no values yet to tell its precision.").arg(safeText(finding.column));
        return precisionFinding(finding);
    case FindingCode::ZonelessLocalTime:
        return zoneFinding(finding);
    case FindingCode::DefaultWithoutTrigger:
        return setterFinding(finding);
    case FindingCode::Ties:
        return tiesFinding(finding);
    case FindingCode::FutureStamps:
        return finding.count < 0
            ? Wording::tr("Whether %1 has stamps in the future is not known.").arg(safeText(finding.column))
            : futureFinding(finding);
    case FindingCode::NotMonotonic:
    case FindingCode::SequenceOrder:
        return finding.grade == Grade::Unknown
            ? Wording::tr("%1 has no values yet to tell its order.").arg(safeText(finding.column))
            : orderFinding(finding);
    case FindingCode::VersionScope:
        return scopeFinding(finding);
    case FindingCode::LateCommits:
        return lateFinding(finding);
    case FindingCode::FlagValues:
    case FindingCode::FlagFiresTrigger:
        return flagFinding(finding);
    case FindingCode::NoKey:
    case FindingCode::ReadsEverything:
        break;
    }
    return tableFinding(finding);
}

} // namespace tidemark::wording
