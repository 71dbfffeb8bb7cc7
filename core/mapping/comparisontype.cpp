// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include <QTimeZone>

#include "core/mapping/tablemapping.h"
#include "core/mapping/typepair.h"

// types.md tells what is decided here; a test compares the two.

namespace tidemark {

namespace {

using Kind = CellKind;

// SQLite's BLOB and unknown types hold whatever was put there: the other column says what that is.
bool givesWay(const ColumnType &type)
{
    return type.isDynamic && (type.kind == Kind::Blob || type.kind == Kind::Exact);
}

std::optional<Kind> numericKind(const ColumnType &source, const ColumnType &target, const CompareOptions &options)
{
    const auto either = [&](Kind kind) { return source.kind == kind || target.kind == kind; };
    const auto both = [&](Kind first, Kind second) {
        return (source.kind == first && target.kind == second) || (source.kind == second && target.kind == first);
    };
    if (either(Kind::Boolean)) {
        if (both(Kind::Boolean, Kind::Integer))
            return Kind::Boolean;
        const bool isDynamic = source.kind == Kind::Boolean ? target.isDynamic : source.isDynamic;
        return both(Kind::Boolean, Kind::Decimal) && isDynamic ? std::optional(Kind::Boolean) : std::nullopt;
    }
    if (either(Kind::Float) && options.floatTolerance > 0)
        return Kind::Float;
    // What the target cannot hold must be refused here; a server would round it, and every run would find it changed.
    if (target.kind == Kind::Float)
        return Kind::Float;
    if (target.kind == Kind::Integer)
        return target.isDynamic ? Kind::Decimal : Kind::Integer;
    return Kind::Decimal;
}

std::optional<Kind> temporalKind(Kind source, Kind target)
{
    const auto either = [&](Kind kind) { return source == kind || target == kind; };
    if (either(Kind::Time) || (source == Kind::Instant && target == Kind::Date))
        return std::nullopt;
    if (target == Kind::Date)
        return Kind::Date;
    return either(Kind::Instant) ? Kind::Instant : Kind::Timestamp;
}

std::optional<Kind> blobKind(const ColumnType &blob, const ColumnType &other)
{
    if (other.kind == Kind::Uuid && blob.length == 16)
        return Kind::Uuid;
    if (other.isDynamic && (other.kind == Kind::Text || other.kind == Kind::Exact))
        return Kind::Blob;
    return std::nullopt;
}

std::optional<Kind> pairKind(const ColumnType &source, const ColumnType &target, const CompareOptions &options)
{
    if (source.kind == target.kind)
        return source.kind;
    if (givesWay(source) && givesWay(target))
        return source.kind;
    if (givesWay(source))
        return target.kind;
    if (givesWay(target))
        return source.kind;
    if (source.kind == Kind::Blob)
        return blobKind(source, target);
    if (target.kind == Kind::Blob)
        return blobKind(target, source);
    if (source.kind == Kind::Text || target.kind == Kind::Text) {
        const Kind other = source.kind == Kind::Text ? target.kind : source.kind;
        return other == Kind::Exact ? Kind::Text : other;
    }
    if (isNumeric(source.kind) && isNumeric(target.kind))
        return numericKind(source, target, options);
    if (isTemporal(source.kind) && isTemporal(target.kind))
        return temporalKind(source.kind, target.kind);
    return std::nullopt;
}

int optionDigits(TimePrecision precision)
{
    switch (precision) {
    case TimePrecision::Seconds:
        return 0;
    case TimePrecision::Milliseconds:
        return 3;
    case TimePrecision::Auto:
    case TimePrecision::Microseconds:
        break;
    }
    return 6;
}

int fractionOf(const ColumnType &type) // a date and a text cut nothing
{
    const bool isCounted = isTemporal(type.kind) && type.kind != Kind::Date;
    return isCounted ? type.fraction : 6;
}

// A scale that the target imposes; the source's alone loses nothing.
int decimalScale(const ColumnType &source, const ColumnType &target)
{
    if (target.kind != Kind::Decimal || target.isDynamic || target.scale < 0)
        return -1;
    const bool sourceFits = source.kind == Kind::Integer
        || (source.kind == Kind::Decimal && !source.isDynamic && source.scale >= 0 && source.scale <= target.scale);
    return sourceFits ? -1 : target.scale;
}

Error wrongZone(const ColumnRule &rule, const QString &expected)
{
    return Error{ErrorCode::WrongValue, {}, {}}
        .with(Fact::Column, rule.source)
        .with(Fact::Value, rule.zone)
        .with(Fact::Expected, expected);
}

Result<void> checkZone(const CellType &type, const ColumnType &source, const ColumnType &target, const ColumnRule &rule)
{
    if (rule.zone.isEmpty())
        return {};
    if (!QTimeZone(rule.zone.toLatin1()).isValid())
        return fail(wrongZone(rule, QStringLiteral("IANA time zone")));
    const bool isUsed = type.kind == Kind::Instant && (source.kind != Kind::Instant || target.kind != Kind::Instant);
    if (!isUsed) // a zone that changes nothing is a misunderstanding, and would hide one
        return fail(wrongZone(rule, QStringLiteral("a column without zone beside one with")));
    return {};
}

} // namespace

bool isNumeric(CellKind kind)
{
    return kind == Kind::Boolean || kind == Kind::Integer || kind == Kind::Decimal || kind == Kind::Float;
}

bool isTemporal(CellKind kind)
{
    return kind == Kind::Date || kind == Kind::Time || kind == Kind::Timestamp || kind == Kind::Instant;
}

bool isTextual(CellKind kind) { return kind == Kind::Text || kind == Kind::Exact; }

Result<CellType> comparisonType(const ColumnType &source, const ColumnType &target, const CompareOptions &options,
                                const ColumnRule &rule)
{
    const auto kind = pairKind(source, target, options);
    if (!kind) {
        return fail(Error{ErrorCode::TypesIncompatible, {}, {}}
                        .with(Fact::Column, rule.source)
                        .with(Fact::Found, source.native)
                        .with(Fact::Expected, target.native));
    }
    CellType type;
    type.kind = *kind;
    if (*kind == Kind::Decimal)
        type.scale = decimalScale(source, target);
    if (*kind == Kind::Time || *kind == Kind::Timestamp || *kind == Kind::Instant)
        type.fraction = std::min({fractionOf(source), fractionOf(target), optionDigits(options.timePrecision)});
    if (*kind == Kind::Float) {
        const auto isSingle = [](const ColumnType &side) {
            return side.kind == Kind::Float && side.bytes == 4 && !side.isDynamic;
        };
        type.floatBits = isSingle(source) || isSingle(target) ? 32 : 64;
        type.floatTolerance = options.floatTolerance;
    }
    if (isTextual(*kind)) {
        type.ignoreCase = !options.caseCounts;
        type.ignoreTrailingSpaces = !options.trailingSpacesCount;
        type.emptyIsNull = options.emptyIsNull;
        type.refuseNul = !source.holdsNul || !target.holdsNul;
        type.nulByte = rule.nulByte;
    }
    if (*kind == Kind::Json)
        type.jsonAsText = options.jsonAsText;
    if (isTemporal(*kind))
        type.zeroDate = rule.zeroDate;
    TRY(checkZone(type, source, target, rule));
    return type;
}

} // namespace tidemark
