// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/mapping/typepair.h"

#include <array>

namespace tidemark {

namespace {

using Note = MappingNote::Kind;

constexpr int exactDigitsOfSqlite = 15; // what NUMERIC affinity keeps of a decimal
constexpr qint64 greatestValue = qint64(1) << 31; // of any engine: a longer column is as good as one without a limit

// Digits of the greatest number of so many bytes.
int integerDigits(const ColumnType &type)
{
    constexpr std::array<int, 9> digits{0, 3, 5, 8, 10, 13, 15, 17, 19};
    if (type.bytes >= 8)
        return type.isUnsigned ? 20 : 19;
    return digits.at(static_cast<std::size_t>(std::max(type.bytes, 0)));
}

bool integerFits(const ColumnType &source, const ColumnType &target)
{
    if (target.isDynamic) // any size, signed
        return !source.isUnsigned || source.bytes < 8;
    if (source.isUnsigned == target.isUnsigned)
        return target.bytes >= source.bytes;
    return source.isUnsigned && target.bytes > source.bytes;
}

// Digits before the point; −1 no limit.
int wholeDigits(const ColumnType &type)
{
    if (type.kind == CellKind::Integer)
        return integerDigits(type);
    if (type.kind == CellKind::Decimal && type.precision >= 0)
        return type.precision - std::max(type.scale, 0);
    return -1;
}

bool decimalFits(const ColumnType &source, const ColumnType &target)
{
    if (target.isDynamic)
        return source.kind == CellKind::Integer || (source.precision >= 0 && source.precision <= exactDigitsOfSqlite);
    const int room = wholeDigits(target);
    const int wanted = wholeDigits(source);
    return room < 0 || (wanted >= 0 && wanted <= room);
}

bool lengthFits(const ColumnType &source, const ColumnType &target)
{
    return target.length < 0 || target.length >= greatestValue || target.isDynamic
        || (source.length >= 0 && source.length <= target.length);
}

bool fits(const ColumnType &source, const ColumnType &target)
{
    switch (target.kind) {
    case CellKind::Boolean:
        return source.kind == CellKind::Boolean;
    case CellKind::Integer:
        if (source.kind == CellKind::Integer)
            return integerFits(source, target);
        return source.kind == CellKind::Boolean || target.isDynamic;
    case CellKind::Decimal:
        return source.kind == CellKind::Decimal || source.kind == CellKind::Integer ? decimalFits(source, target)
                                                                                    : source.kind == CellKind::Boolean;
    case CellKind::Text:
        return !isTextual(source.kind) || lengthFits(source, target);
    case CellKind::Blob:
        return source.kind == CellKind::Uuid || lengthFits(source, target);
    case CellKind::Date:
        return source.kind == CellKind::Date;
    case CellKind::Exact:
        return source.kind != CellKind::Exact || source.native == target.native;
    case CellKind::Float:
    case CellKind::Time:
    case CellKind::Timestamp:
    case CellKind::Instant:
    case CellKind::Uuid:
    case CellKind::Json:
        break;
    }
    return true;
}

bool isFloored(const ColumnType &source, const ColumnType &target, const CellType &type)
{
    if (type.kind == CellKind::Decimal)
        return type.scale >= 0;
    const bool counts = isTemporal(type.kind) && isTemporal(source.kind) && source.kind != CellKind::Date
        && isTemporal(target.kind) && target.kind != CellKind::Date;
    return counts && source.fraction > target.fraction;
}

bool isFloatNarrowed(const ColumnType &source, const ColumnType &target)
{
    return target.kind == CellKind::Float && target.bytes == 4 && !target.isDynamic
        && !(source.kind == CellKind::Float && source.bytes == 4);
}

} // namespace

QList<MappingNote> pairNotes(const Column &source, const Column &target, const ColumnPair &pair, bool isKey)
{
    QList<MappingNote> notes;
    const QString types = source.type.native + QStringLiteral(" → ") + target.type.native;
    const auto add = [&](Note kind, const QString &detail) { notes.append({kind, source.name, detail}); };
    const CellKind kind = pair.type.kind;
    if (pair.write && !fits(source.type, target.type))
        add(Note::ValuesMayNotFit, types);
    if (pair.write && isFloored(source.type, target.type, pair.type))
        add(Note::FractionFloored, types);
    if (pair.write && isFloatNarrowed(source.type, target.type))
        add(Note::FloatNarrowed, types);
    // A column without a type keeps numbers and texts apart; an exact cell is text alone.
    const bool losesStorage = kind == CellKind::Exact && source.type.isDynamic && target.type.isDynamic;
    if (losesStorage || (!isTextual(kind) && (isTextual(source.type.kind) || isTextual(target.type.kind))))
        add(Note::TravelsAsText, types);
    const bool oneHasZone = (source.type.kind == CellKind::Instant) != (target.type.kind == CellKind::Instant);
    if (kind == CellKind::Instant && oneHasZone && pair.zoneSource.isEmpty() && pair.zoneTarget.isEmpty())
        add(Note::ZonelessComparedAsWritten, types);
    const auto equates = [](const ColumnType &type) { return type.caseInsensitive || type.padSpace; };
    if (isKey && isTextual(kind) && (equates(source.type) || equates(target.type)))
        add(Note::CollationEquates, equates(target.type) ? target.type.collation : source.type.collation);
    return notes;
}

} // namespace tidemark
