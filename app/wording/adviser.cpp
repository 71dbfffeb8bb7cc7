// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/wording/adviser.h"

#include <QLocale>

#include "app/wording/text.h"

namespace tidemark::wording {

using namespace Qt::StringLiterals;

namespace {

constexpr double leastShownPercent = 0.01;

QString number(qint64 value) { return QLocale().toString(value); }

QString percent(qint64 count, qint64 of)
{
    const double share = 100.0 * double(count) / double(of);
    if (count > 0 && share < leastShownPercent)
        return u"< "_s + QLocale().toString(leastShownPercent, 'g', 2) + u" %"_s;
    return QLocale().toString(share, 'g', share < 10 ? 2 : 3) + u" %"_s;
}

bool isMeasured(FindingCode code) // the figure is count out of a number of rows
{
    return code == FindingCode::Nulls || code == FindingCode::Ties || code == FindingCode::FutureStamps
        || code == FindingCode::NotMonotonic || code == FindingCode::VersionScope
        || code == FindingCode::PrecisionCoarse || code == FindingCode::DefaultWithoutTrigger
        || code == FindingCode::FlagValues;
}

} // namespace

QString gradeWord(Grade grade)
{
    switch (grade) {
    case Grade::Good:
        return Wording::tr("Good", "a grade");
    case Grade::Unknown:
        return Wording::tr("Unknown", "a grade");
    case Grade::Warning:
        return Wording::tr("Caution", "a grade");
    case Grade::Problem:
        break;
    }
    return Wording::tr("Problem", "a grade");
}

QString findingTitle(FindingCode code)
{
    switch (code) {
    case FindingCode::IndexMissing:
        return Wording::tr("Index");
    case FindingCode::Nulls:
        return Wording::tr("Empty values");
    case FindingCode::PrecisionCoarse:
        return Wording::tr("Precision");
    case FindingCode::ZonelessLocalTime:
        return Wording::tr("Time zone");
    case FindingCode::DefaultWithoutTrigger:
        return Wording::tr("Who sets it");
    case FindingCode::Ties:
        return Wording::tr("Rows that share a value");
    case FindingCode::FutureStamps:
        return Wording::tr("Stamps in the future");
    case FindingCode::NotMonotonic:
        return Wording::tr("Order");
    case FindingCode::NoKey:
        return Wording::tr("Key");
    case FindingCode::VersionScope:
        return Wording::tr("Scope");
    case FindingCode::LateCommits:
        return Wording::tr("Late commits");
    case FindingCode::SequenceOrder:
        return Wording::tr("Sequence");
    case FindingCode::FlagValues:
        return Wording::tr("Values");
    case FindingCode::FlagFiresTrigger:
        return Wording::tr("Triggers");
    case FindingCode::ReadsEverything:
        break;
    }
    return Wording::tr("Cost");
}

QString figure(const Finding &finding)
{
    if (finding.count < 0 || !isMeasured(finding.code))
        return finding.count < 0 || finding.code == FindingCode::LateCommits ? QString() : number(finding.count);
    const QString count =
        finding.atLeast ? Wording::tr("at least %1").arg(number(finding.count)) : number(finding.count);
    if (finding.of <= 0)
        return Wording::tr("%1 rows", "a number").arg(count);
    return finding.sampled
        ? Wording::tr("%1 of %2 sampled rows (%3)").arg(count, number(finding.of), percent(finding.count, finding.of))
        : Wording::tr("%1 of %2 rows (%3)").arg(count, number(finding.of), percent(finding.count, finding.of));
}

QString candidate(const DetectSettings &detect)
{
    const QString column = safeText(detect.column);
    switch (detect.by) {
    case DetectBy::Timestamp:
        return Wording::tr("Timestamp in %1").arg(column);
    case DetectBy::Version:
        return detect.scope == VersionScope::Row ? Wording::tr("Version of each row in %1").arg(column)
                                                 : Wording::tr("Version in %1").arg(column);
    case DetectBy::Flag:
        return Wording::tr("Flag in %1").arg(column);
    case DetectBy::Log:
        return Wording::tr("Change log");
    case DetectBy::Hash:
        break;
    }
    return Wording::tr("Hash of every row");
}

QString adviceReason(AdviceReason reason)
{
    switch (reason) {
    case AdviceReason::NoKey:
        return Wording::tr("Without a key this table cannot be synchronised.");
    case AdviceReason::StampedByDatabase:
        return Wording::tr("The database itself stamps every change.");
    case AdviceReason::NumberedByDatabase:
        return Wording::tr("The database itself numbers every change.");
    case AdviceReason::Indexed:
        return Wording::tr("An index finds the changes without reading the rest.");
    case AdviceReason::SmallTable:
        return Wording::tr("The table is small: reading all of it costs little.");
    case AdviceReason::NothingReliable:
        return Wording::tr("No column is certain to show every change.");
    case AdviceReason::SeesEverything:
        return Wording::tr("Comparing every row finds each change, whoever made it.");
    case AdviceReason::LargeTable:
        return Wording::tr("The table is large: a stamped column with an index would save reading all of it.");
    }
    return {};
}

QString advice(const TableAdvice &advice)
{
    QStringList sentences;
    if (advice.recommended >= 0 && advice.recommended < advice.candidates.size())
        sentences += Wording::tr("Recommended: %1.").arg(candidate(advice.candidates[advice.recommended].detect));
    for (const AdviceReason reason : advice.reasons)
        sentences += adviceReason(reason);
    QString text;
    for (const QString &sentence : sentences)
        text = text.isEmpty() ? sentence : wording::sentences(text, sentence);
    return text;
}

} // namespace tidemark::wording
