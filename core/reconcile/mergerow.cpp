// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/reconcile/mergerow.h"

#include <algorithm>
#include <array>

#include <xxhash.h>

#include "core/data/celldecoder.h"
#include "core/reconcile/cellarithmetic.h"

namespace tidemark {

namespace {

constexpr std::array ruleNames = {
    std::pair{CellRule::Source, QLatin1StringView("source")},
    std::pair{CellRule::Target, QLatin1StringView("target")},
    std::pair{CellRule::Greatest, QLatin1StringView("greatest")},
    std::pair{CellRule::Least, QLatin1StringView("least")},
    std::pair{CellRule::NonNull, QLatin1StringView("non-null")},
    std::pair{CellRule::Concatenate, QLatin1StringView("concatenate")},
    std::pair{CellRule::Sum, QLatin1StringView("sum")},
};

enum class Moved : quint8 { No, Yes, Unknown };

Moved moved(const BasePicture *base, JobSide side, int cell, CellView now)
{
    if (base == nullptr)
        return Moved::Unknown;
    if (base->hasCells())
        return base->rows.comparison(base->rowOf(side), cell) == now ? Moved::No : Moved::Yes;
    const std::vector<quint64> &prints =
        side == JobSide::Target && !base->targetPrints.empty() ? base->targetPrints : base->sourcePrints;
    if (std::size_t(cell) >= prints.size())
        return Moved::Unknown;
    return prints[std::size_t(cell)] == cellPrint(now) ? Moved::No : Moved::Yes;
}

// What a rule makes of a cell that both sides changed.
struct Ruled
{
    CellOrigin origin = CellOrigin::Clash;
    std::string value; // where the origin is Rule
};

Ruled larger(const CellType &type, CellView source, CellView target, bool greatest)
{
    if (source.isNull || target.isNull)
        return {source.isNull ? CellOrigin::Target : CellOrigin::Source, {}};
    const auto order = compareCells(type.kind, source.bytes, target.bytes);
    if (!order)
        return {};
    return {(*order > 0) == greatest ? CellOrigin::Source : CellOrigin::Target, {}};
}

// Both appended to what was there: both ends follow it, the source's first. Else one text after the other, by line.
Ruled concatenated(CellView source, CellView target, const std::optional<CellView> &base)
{
    if (source.isNull || target.isNull)
        return {source.isNull ? CellOrigin::Target : CellOrigin::Source, {}};
    std::string text(source.bytes);
    if (base && !base->isNull && source.bytes.starts_with(base->bytes) && target.bytes.starts_with(base->bytes))
        text += target.bytes.substr(base->bytes.size());
    else
        text.append("\n").append(target.bytes);
    return {CellOrigin::Rule, std::move(text)};
}

// Both moved it by some amount: it moves by both.
Ruled summed(const CellType &type, CellView source, CellView target, const std::optional<CellView> &base)
{
    if (source.isNull || target.isNull || !base || base->isNull)
        return {};
    auto sum = sumOfMoves(type.kind, base->bytes, source.bytes, target.bytes);
    return sum ? Ruled{CellOrigin::Rule, std::move(*sum)} : Ruled{};
}

Ruled applyRule(CellRule rule, const CellType &type, CellView source, CellView target,
                const std::optional<CellView> &base)
{
    if (!ruleFits(rule, type.kind))
        return {};
    switch (rule) {
    case CellRule::None:
        return {};
    case CellRule::Source:
        return {CellOrigin::Source, {}};
    case CellRule::Target:
        return {CellOrigin::Target, {}};
    case CellRule::Greatest:
        return larger(type, source, target, true);
    case CellRule::Least:
        return larger(type, source, target, false);
    case CellRule::NonNull:
        if (source.isNull == target.isNull)
            return {};
        return {source.isNull ? CellOrigin::Target : CellOrigin::Source, {}};
    case CellRule::Concatenate:
        return concatenated(source, target, base);
    case CellRule::Sum:
        return summed(type, source, target, base);
    }
    return {};
}

// What a time in a text says: a day alone, or a moment; with its zone or without.
std::pair<bool, bool> timeShape(std::string_view text)
{
    const auto parsed = parseTimestamp(text);
    return {text.find(':') != std::string_view::npos, parsed && parsed->offsetSeconds};
}

std::optional<qint64> timeOf(const CellType &type, CellView cell)
{
    constexpr qint64 usPerDay = 86'400'000'000;
    switch (type.kind) {
    case CellKind::Date:
        return cell::date(cell) * usPerDay;
    case CellKind::Time:
    case CellKind::Timestamp:
    case CellKind::Instant:
        return cell::microseconds(cell);
    case CellKind::Text:
    case CellKind::Exact: { // SQLite keeps times as text
        const auto parsed = parseTimestamp(cell.bytes);
        if (!parsed)
            return std::nullopt;
        return parsed->microseconds - qint64(parsed->offsetSeconds.value_or(0)) * 1'000'000;
    }
    default:
        return std::nullopt;
    }
}

} // namespace

quint64 cellPrint(CellView comparison)
{
    return comparison.isNull ? 0 : XXH3_64bits_withSeed(comparison.bytes.data(), comparison.bytes.size(), 1);
}

bool MergedRow::clashes() const
{
    return std::find(origins.begin(), origins.end(), CellOrigin::Clash) != origins.end();
}

MergedRow mergeRows(const RowBatch &source, int sourceRow, const RowBatch &target, int targetRow,
                    const BasePicture *base, const std::vector<CellRule> &rules)
{
    const RowLayout &layout = source.layout();
    MergedRow merged;
    merged.origins.resize(std::size_t(layout.comparedCount), CellOrigin::Both);
    merged.ruled.resize(merged.origins.size());
    for (int cell = layout.keyCount; cell < layout.comparedCount; ++cell) {
        const CellView atSource = source.comparison(sourceRow, cell);
        const CellView atTarget = target.comparison(targetRow, cell);
        if (atSource == atTarget)
            continue;
        const Moved sourceMoved = moved(base, JobSide::Source, cell, atSource);
        const Moved targetMoved = moved(base, JobSide::Target, cell, atTarget);
        CellOrigin &origin = merged.origins[std::size_t(cell)];
        if (sourceMoved == Moved::No && targetMoved == Moved::No)
            continue; // as the last sync left them: different, and each right where it is
        if (sourceMoved == Moved::No) {
            origin = CellOrigin::Target;
        } else if (targetMoved == Moved::No) {
            origin = CellOrigin::Source;
        } else {
            const CellRule rule = rules.empty() ? CellRule::None : rules[std::size_t(cell)];
            std::optional<CellView> before;
            if (base != nullptr && base->hasCells())
                before = base->rows.value(base->rowOf(JobSide::Source), cell);
            Ruled ruled = applyRule(rule, layout.cells[std::size_t(cell)], source.value(sourceRow, cell),
                                    target.value(targetRow, cell), before);
            origin = ruled.origin;
            merged.ruled[std::size_t(cell)] = std::move(ruled.value);
            if (rule != CellRule::None)
                merged.rules |= ruleBit(ruleNumber(rules, cell));
        }
    }
    return merged;
}

void appendMerged(const MergedRow &merged, JobSide at, const RowBatch &source, int sourceRow, const RowBatch &target,
                  int targetRow, RowBatch &out)
{
    std::string chain;
    const auto append = [&chain](bool isNull, std::string_view bytes) {
        const quint32 length = isNull ? RowBatch::nullLength : quint32(bytes.size());
        chain.append(reinterpret_cast<const char *>(&length), sizeof length);
        chain += bytes;
    };
    const RowLayout &layout = source.layout();
    for (int cell = 0; cell < layout.size(); ++cell) {
        const CellOrigin origin = cell < layout.comparedCount ? merged.origins[std::size_t(cell)] : CellOrigin::Both;
        if (origin == CellOrigin::Rule) {
            append(false, merged.ruled[std::size_t(cell)]);
            continue;
        }
        const bool fromSource = origin == CellOrigin::Source || (origin == CellOrigin::Both && at == JobSide::Source);
        const CellView view = fromSource ? source.value(sourceRow, cell) : target.value(targetRow, cell);
        append(view.isNull, view.bytes);
    }
    (void)out.appendChain(chain); // made of cells of this layout
}

std::optional<JobSide> newerSide(const CellType &sourceType, CellView source, const CellType &targetType,
                                 CellView target, qint64 marginUs)
{
    if (source.isNull || target.isNull) {
        if (source.isNull == target.isNull)
            return std::nullopt;
        return source.isNull ? JobSide::Target : JobSide::Source;
    }
    const auto sourceTime = timeOf(sourceType, source);
    const auto targetTime = timeOf(targetType, target);
    const bool areTexts = sourceType.kind == CellKind::Text && targetType.kind == CellKind::Text;
    if (areTexts && timeShape(source.bytes) != timeShape(target.bytes))
        return std::nullopt; // "10:00" here and "10:00Z" there: who knows by how much
    if (sourceTime && targetTime) {
        const qint64 later = std::max(*sourceTime, *targetTime);
        const qint64 earlier = std::min(*sourceTime, *targetTime);
        // Infinities are times, too: the difference is one of 64 bits without a sign.
        if (later == earlier || quint64(later) - quint64(earlier) < quint64(marginUs))
            return std::nullopt;
        return *sourceTime == later ? JobSide::Source : JobSide::Target;
    }
    if (sourceTime || targetTime || sourceType.kind != targetType.kind)
        return std::nullopt;
    const bool counts = sourceType.kind == CellKind::Integer || sourceType.kind == CellKind::Decimal;
    const auto order = counts ? compareCells(sourceType.kind, source.bytes, target.bytes) : std::nullopt;
    if (!order || *order == 0)
        return std::nullopt;
    return *order > 0 ? JobSide::Source : JobSide::Target;
}

QString cellRuleName(CellRule rule)
{
    for (const auto &[known, name] : ruleNames) {
        if (known == rule)
            return name;
    }
    return {};
}

std::optional<CellRule> cellRuleFromName(QStringView name)
{
    for (const auto &[known, text] : ruleNames) {
        if (text == name)
            return known;
    }
    return std::nullopt;
}

bool ruleFits(CellRule rule, CellKind kind)
{
    switch (rule) {
    case CellRule::Greatest:
    case CellRule::Least:
        return kind != CellKind::Json && kind != CellKind::Exact;
    case CellRule::Concatenate:
        return kind == CellKind::Text;
    case CellRule::Sum:
        return kind == CellKind::Integer || kind == CellKind::Decimal || kind == CellKind::Float;
    case CellRule::None:
    case CellRule::Source:
    case CellRule::Target:
    case CellRule::NonNull:
        return true;
    }
    return false;
}

} // namespace tidemark
