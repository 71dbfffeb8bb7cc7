// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plan/whyrule.h"

#include <cmath>

#include "core/data/celldecoder.h"
#include "core/data/jsoncanonical.h"

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

static WhyRule equalTextRule(const CellType &type, const QString &source, const QString &target)
{
    const bool sameFolded = source.toCaseFolded() == target.toCaseFolded();
    if (type.ignoreCase && sameFolded)
        return WhyRule::CaseIgnored;
    if (type.ignoreTrailingSpaces && trimmedRight(source) == trimmedRight(target))
        return WhyRule::TrailingSpaceIgnored;
    return type.ignoreCase && type.ignoreTrailingSpaces ? WhyRule::CaseAndSpaceIgnored : WhyRule::EqualOtherwise;
}

static WhyRule equalFloatRule(const CellType &type, CellView source, CellView target)
{
    const double a = cell::real(source);
    const double b = cell::real(target);
    if (a == b || (std::isnan(a) && std::isnan(b)))
        return WhyRule::EqualNumbers; // 0 and -0
    return type.floatTolerance > 0 ? WhyRule::WithinTolerance : WhyRule::DigitsIgnored;
}

// Without the zeros after the point that say nothing.
static std::string_view plainDigits(std::string_view digits)
{
    if (digits.find('.') == std::string_view::npos)
        return digits;
    while (digits.back() == '0')
        digits.remove_suffix(1);
    if (digits.back() == '.')
        digits.remove_suffix(1);
    return digits == "-0" ? digits.substr(1) : digits;
}

static WhyRule equalRule(const CellType &type, CellView source, CellView target)
{
    if (source.isNull != target.isNull)
        return WhyRule::EmptyIsNull;
    switch (type.kind) {
    case CellKind::Decimal:
        return plainDigits(source.bytes) == plainDigits(target.bytes) ? WhyRule::EqualNumbers : WhyRule::DigitsIgnored;
    case CellKind::Float:
        return equalFloatRule(type, source, target);
    case CellKind::Time:
    case CellKind::Timestamp:
    case CellKind::Instant:
        return WhyRule::FractionIgnored;
    case CellKind::Json:
        return WhyRule::SameJson;
    case CellKind::Text:
    case CellKind::Exact:
        return equalTextRule(type, utf8(source), utf8(target));
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

static WhyRule timeRule(CellView source, CellView target)
{
    constexpr qint64 second = 1'000'000;
    const qint64 a = cell::microseconds(source);
    const qint64 b = cell::microseconds(target);
    constexpr qint64 far = qint64{1} << 62;
    if (std::abs(a / 2) > far / 2 || std::abs(b / 2) > far / 2) // infinities
        return WhyRule::TimesDiffer;
    const qint64 apart = std::abs(a - b);
    if (apart < second)
        return WhyRule::FractionCounts;
    return apart % (3600 * second) == 0 && apart <= 14 * 3600 * second ? WhyRule::WholeHoursApart
                                                                       : WhyRule::TimesDiffer;
}

static WhyRule jsonRule(CellView source, CellView target)
{
    std::string a, b;
    const bool same = canonicalJson(source.bytes, a) && canonicalJson(target.bytes, b) && a == b;
    return same ? WhyRule::JsonTextCounts : WhyRule::JsonDiffers;
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
        return WhyRule::TimesDiffer;
    case CellKind::Time:
    case CellKind::Timestamp:
    case CellKind::Instant:
        return timeRule(source, target);
    case CellKind::Json:
        return jsonRule(source, target);
    case CellKind::Blob:
        return WhyRule::BytesDiffer;
    case CellKind::Boolean:
    case CellKind::Uuid:
        break;
    }
    return WhyRule::ValuesDiffer;
}

} // namespace tidemark
