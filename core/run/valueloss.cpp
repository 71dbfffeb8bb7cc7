// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/valueloss.h"

#include <cmath>

#include "core/data/celldecoder.h"
#include "core/data/comparison.h"
#include "core/data/decimaltext.h"
#include "core/data/utf8text.h"

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

constexpr qsizetype shownCharacters = 60;
constexpr qsizetype shownBytes = 24;
constexpr qint64 lastSecondOf32Bits = 2'147'483'647;

bool isSequence(CellKind kind)
{
    return kind == CellKind::Text || kind == CellKind::Blob || kind == CellKind::Exact || kind == CellKind::Json;
}

bool isTimed(CellKind kind)
{
    return kind == CellKind::Time || kind == CellKind::Timestamp || kind == CellKind::Instant;
}

std::string_view comparable(CellKind kind, std::string_view bytes, std::string &out)
{
    CellType exact; // no scale, no precision, no option: the value itself
    exact.kind = kind;
    return comparisonForm(exact, bytes, out) == ComparisonForm::Own ? std::string_view(out) : bytes;
}

std::optional<TypeLoss> refused(ErrorCode code, const QString &type)
{
    return TypeLoss{ValueLoss::Kind::Refused, Error{code, {{Fact::Type, type}}, {}}};
}

std::optional<TypeLoss> integerLoss(CellView given, const ColumnType &target)
{
    const cell::Integer value = cell::integer(given);
    const int bits = 8 * target.bytes;
    if (target.isUnsigned) {
        const bool fits = !value.isNegative && (bits >= 64 || value.value >> bits == 0);
        return fits ? std::nullopt : refused(ErrorCode::ValueOutOfRange, target.native);
    }
    const qint64 greatest = std::numeric_limits<qint64>::max() >> (64 - bits);
    const bool fits = value.isNegative ? value.toSigned() >= -greatest - 1 : value.value <= quint64(greatest);
    return fits ? std::nullopt : refused(ErrorCode::ValueOutOfRange, target.native);
}

std::optional<TypeLoss> decimalLoss(CellView given, const ColumnType &target)
{
    if (target.precision <= 0 || target.scale < 0)
        return std::nullopt;
    const std::string_view digits = trimmedDecimal(given.bytes);
    const size_t start = digits.starts_with('-') ? 1 : 0;
    const size_t point = std::min(digits.find('.'), digits.size());
    const size_t whole = digits.substr(start, point - start) == "0" ? 0 : point - start;
    const size_t fraction = point < digits.size() ? digits.size() - point - 1 : 0;
    if (whole > static_cast<size_t>(target.precision - target.scale))
        return refused(ErrorCode::ValueOutOfRange, target.native);
    if (fraction > static_cast<size_t>(target.scale))
        return TypeLoss{ValueLoss::Kind::Rounded, {}};
    return std::nullopt;
}

std::optional<TypeLoss> textLoss(CellView given, const ColumnType &target)
{
    if (!target.holdsNul && given.bytes.find('\0') != std::string_view::npos)
        return refused(ErrorCode::ValueNotKept, target.native);
    const auto isStart = [](char byte) { return (static_cast<unsigned char>(byte) & 0xc0U) != 0x80U; };
    const auto characters = target.kind == CellKind::Blob
        ? static_cast<qint64>(given.bytes.size())
        : static_cast<qint64>(std::count_if(given.bytes.begin(), given.bytes.end(), isStart));
    return target.length > 0 && characters > target.length ? refused(ErrorCode::ValueTooLong, target.native)
                                                           : std::nullopt;
}

std::optional<TypeLoss> timeLoss(const CellType &type, CellView given, const ColumnType &target)
{
    const qint64 value = cell::microseconds(given);
    if (type.kind == CellKind::Instant && target.native.startsWith("timestamp"_L1, Qt::CaseInsensitive)
        && !target.native.contains("zone"_L1)) {
        const qint64 seconds = cell::floorMicroseconds(value, 0) / 1'000'000;
        if (seconds < 1 || seconds > lastSecondOf32Bits)
            return refused(ErrorCode::ValueOutOfRange, target.native);
    }
    if (isTimed(target.kind) && cell::floorMicroseconds(value, target.fraction) != value)
        return TypeLoss{ValueLoss::Kind::Rounded, {}};
    return std::nullopt;
}

} // namespace

std::optional<ValueLoss::Kind> lossOf(CellKind kind, CellView given, CellView kept)
{
    using Kind = ValueLoss::Kind;
    if (given.isNull || kept.isNull)
        return given.isNull == kept.isNull ? std::nullopt : std::optional(Kind::Changed);
    std::string first;
    std::string second;
    if (comparable(kind, given.bytes, first) == comparable(kind, kept.bytes, second))
        return std::nullopt;
    if (!isSequence(kind))
        return kind == CellKind::Uuid || kind == CellKind::Boolean ? Kind::Changed : Kind::Rounded;
    if (given.bytes.size() > kept.bytes.size() && given.bytes.starts_with(kept.bytes))
        return Kind::Cut;
    return kept.bytes.starts_with(given.bytes) ? Kind::Padded : Kind::Changed;
}

std::optional<TypeLoss> lossByType(const CellType &type, CellView given, const ColumnType &target)
{
    if (given.isNull || target.isDynamic)
        return std::nullopt;
    if (type.kind == CellKind::Integer && target.kind == CellKind::Integer)
        return integerLoss(given, target);
    if (type.kind == CellKind::Decimal && target.kind == CellKind::Decimal)
        return decimalLoss(given, target);
    if (type.kind == CellKind::Float && target.kind == CellKind::Float && target.bytes == 4) {
        const double value = cell::real(given);
        const auto narrow = double(static_cast<float>(value));
        if (std::isinf(narrow) && !std::isinf(value))
            return refused(ErrorCode::ValueOutOfRange, target.native);
        return narrow == value || std::isnan(value) ? std::nullopt
                                                    : std::optional(TypeLoss{ValueLoss::Kind::Rounded, {}});
    }
    if (isSequence(type.kind))
        return textLoss(given, target);
    return isTimed(type.kind) ? timeLoss(type, given, target) : std::nullopt;
}

QString shownValue(const CellType &type, CellView cell)
{
    if (cell.isNull)
        return u"NULL"_s;
    if (type.kind == CellKind::Blob) {
        const QByteArray bytes(cell.bytes.data(), static_cast<qsizetype>(cell.bytes.size()));
        const QString hex = QString::fromLatin1(bytes.left(shownBytes).toHex());
        return bytes.size() <= shownBytes ? hex : QString(hex + QChar(0x2026));
    }
    const QString text = cell::text(type, cell);
    if (text.size() <= shownCharacters)
        return text;
    return text.left(shownCharacters / 2) + QChar(0x2026) + text.right(shownCharacters / 4);
}

} // namespace tidemark
