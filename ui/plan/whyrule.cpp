// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plan/whyrule.h"

namespace tidemark {

static QString utf8(CellView cell)
{
    return QString::fromUtf8(cell.bytes.data(), static_cast<qsizetype>(cell.bytes.size()));
}

static QString trimmedRight(QString text)
{
    while (!text.isEmpty() && text.back().isSpace())
        text.chop(1);
    return text;
}

static WhyRule equalRule(const CellType &type, CellView source, CellView target)
{
    if (source.isNull != target.isNull)
        return WhyRule::EmptyIsNull;
    switch (type.kind) {
    case CellKind::Decimal:
        return WhyRule::EqualNumbers;
    case CellKind::Float:
        return type.floatTolerance > 0 ? WhyRule::WithinTolerance : WhyRule::EqualNumbers;
    case CellKind::Time:
    case CellKind::Timestamp:
    case CellKind::Instant:
        return WhyRule::FractionIgnored;
    case CellKind::Json:
        return WhyRule::SameJson;
    case CellKind::Text:
    case CellKind::Exact:
        if (type.ignoreCase && utf8(source).toCaseFolded() == utf8(target).toCaseFolded())
            return WhyRule::CaseIgnored;
        return type.ignoreTrailingSpaces ? WhyRule::TrailingSpaceIgnored : WhyRule::EqualOtherwise;
    case CellKind::Boolean:
    case CellKind::Integer:
    case CellKind::Blob:
    case CellKind::Date:
    case CellKind::Uuid:
        break;
    }
    return WhyRule::EqualOtherwise;
}

static WhyRule textRule(const QString &source, const QString &target)
{
    const QString left = QString(source).remove(u'\r');
    if (left == QString(target).remove(u'\r'))
        return WhyRule::LineEndCounts;
    if (trimmedRight(source) == trimmedRight(target))
        return WhyRule::TrailingSpaceCounts;
    if (source.trimmed() == target.trimmed())
        return WhyRule::LeadingSpaceCounts;
    if (source.toCaseFolded() == target.toCaseFolded())
        return WhyRule::CaseCounts;
    if (source.normalized(QString::NormalizationForm_C) == target.normalized(QString::NormalizationForm_C))
        return WhyRule::UnicodeForm;
    return WhyRule::ValuesDiffer;
}

WhyRule explain(const CellType &type, CellView source, CellView sourceComparison, CellView target,
                CellView targetComparison)
{
    if (source == target)
        return WhyRule::Same;
    if (sourceComparison == targetComparison)
        return equalRule(type, source, target);
    if (source.isNull || target.isNull) {
        const bool emptyText = (source.isNull ? target : source).bytes.empty();
        const bool isText = type.kind == CellKind::Text || type.kind == CellKind::Exact;
        return emptyText && isText ? WhyRule::NullIsNotEmpty : WhyRule::NullIsNoValue;
    }
    switch (type.kind) {
    case CellKind::Text:
    case CellKind::Exact:
        return textRule(utf8(source), utf8(target));
    case CellKind::Integer:
    case CellKind::Decimal:
    case CellKind::Float:
        return WhyRule::NumbersDiffer;
    case CellKind::Date:
    case CellKind::Time:
    case CellKind::Timestamp:
    case CellKind::Instant:
        return WhyRule::TimesDiffer;
    case CellKind::Boolean:
    case CellKind::Blob:
    case CellKind::Uuid:
    case CellKind::Json:
        break;
    }
    return WhyRule::ValuesDiffer;
}

} // namespace tidemark
