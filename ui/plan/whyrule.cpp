// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plan/whyrule.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

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

QString whyText(WhyRule rule, const QString &source, const QString &target)
{
    const auto tr = [](const char *text) { return QCoreApplication::translate("tidemark::WhyPanel", text); };
    switch (rule) {
    case WhyRule::Same:
        return tr(QT_TRANSLATE_NOOP("tidemark::WhyPanel", "The same value on both sides."));
    case WhyRule::NotCompared:
        return tr(QT_TRANSLATE_NOOP("tidemark::WhyPanel", "This column is written along, but not compared."));
    case WhyRule::EqualNumbers:
        return tr(QT_TRANSLATE_NOOP("tidemark::WhyPanel", "%1 and %2 are equal numbers.")).arg(source, target);
    case WhyRule::CaseIgnored:
        return tr(QT_TRANSLATE_NOOP("tidemark::WhyPanel", "This job ignores upper and lower case."));
    case WhyRule::TrailingSpaceIgnored:
        return tr(QT_TRANSLATE_NOOP("tidemark::WhyPanel", "This job ignores spaces at the end."));
    case WhyRule::EmptyIsNull:
        return tr(QT_TRANSLATE_NOOP("tidemark::WhyPanel", "This job treats an empty text as NULL."));
    case WhyRule::FractionIgnored:
        return tr(QT_TRANSLATE_NOOP("tidemark::WhyPanel",
                                    "Equal up to the precision that the coarser side can hold."));
    case WhyRule::SameJson:
        return tr(QT_TRANSLATE_NOOP("tidemark::WhyPanel", "The same JSON; the order of keys and blanks do not count."));
    case WhyRule::WithinTolerance:
        return tr(QT_TRANSLATE_NOOP("tidemark::WhyPanel", "Closer than this job's tolerance."));
    case WhyRule::EqualOtherwise:
        return tr(QT_TRANSLATE_NOOP("tidemark::WhyPanel", "Equal by this job's rules."));
    case WhyRule::NullIsNotEmpty:
        return tr(QT_TRANSLATE_NOOP("tidemark::WhyPanel", "NULL is not an empty text."));
    case WhyRule::NullIsNoValue:
        return tr(QT_TRANSLATE_NOOP("tidemark::WhyPanel", "NULL means no value; the other side has one."));
    case WhyRule::TrailingSpaceCounts:
        return tr(QT_TRANSLATE_NOOP("tidemark::WhyPanel", "A space at the end counts."));
    case WhyRule::LeadingSpaceCounts:
        return tr(QT_TRANSLATE_NOOP("tidemark::WhyPanel", "A space at the start counts."));
    case WhyRule::LineEndCounts:
        return tr(QT_TRANSLATE_NOOP("tidemark::WhyPanel", "The line ends differ (CR LF and LF)."));
    case WhyRule::CaseCounts:
        return tr(QT_TRANSLATE_NOOP("tidemark::WhyPanel", "Upper and lower case count."));
    case WhyRule::UnicodeForm:
        return tr(QT_TRANSLATE_NOOP("tidemark::WhyPanel", "They look alike, in two Unicode forms."));
    case WhyRule::NumbersDiffer:
        return tr(QT_TRANSLATE_NOOP("tidemark::WhyPanel", "%1 and %2 are different numbers.")).arg(source, target);
    case WhyRule::TimesDiffer:
        return tr(QT_TRANSLATE_NOOP("tidemark::WhyPanel", "Two different points in time."));
    case WhyRule::ValuesDiffer:
        return tr(QT_TRANSLATE_NOOP("tidemark::WhyPanel", "The values differ."));
    }
    return {};
}

} // namespace tidemark
