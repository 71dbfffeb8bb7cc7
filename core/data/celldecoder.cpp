// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/celldecoder.h"

#include <array>
#include <limits>

#include <QJsonObject>

#include "core/data/cellbytes.h"
#include "core/data/decimaltext.h"
#include "core/data/timetext.h"

namespace tidemark::cell {

namespace {

QString fromUtf8(std::string_view bytes)
{
    return QString::fromUtf8(bytes.data(), static_cast<qsizetype>(bytes.size()));
}

void appendUuid(std::string_view bytes, std::string &out)
{
    constexpr std::string_view hex = "0123456789abcdef";
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        if (i == 4 || i == 6 || i == 8 || i == 10)
            out += '-';
        const auto byte = static_cast<unsigned char>(bytes[i]);
        out += hex[byte >> 4];
        out += hex[byte & 0xf];
    }
}

} // namespace

bool boolean(CellView cell) { return cell.bytes[0] != '\0'; }

Integer integer(CellView cell) { return {cell.bytes[0] == '\0', qFromBigEndian<quint64>(cell.bytes.data() + 1)}; }

double real(CellView cell) { return cellbytes::real(cell.bytes.data()); }
qint32 date(CellView cell) { return cellbytes::date(cell.bytes.data()); }
qint64 microseconds(CellView cell) { return cellbytes::time(cell.bytes.data()); }

void appendText(const CellType &type, CellView cell, std::string &out, int digits)
{
    switch (type.kind) {
    case CellKind::Boolean:
        out += boolean(cell) ? "true" : "false";
        return;
    case CellKind::Integer: {
        const Integer value = integer(cell);
        out += value.isNegative ? std::to_string(value.toSigned()) : std::to_string(value.value);
        return;
    }
    case CellKind::Float:
        appendShortest(real(cell), out);
        return;
    case CellKind::Date:
        appendDate(date(cell), out);
        return;
    case CellKind::Time:
        appendTime(microseconds(cell), digits, out);
        return;
    case CellKind::Timestamp:
        appendTimestamp(microseconds(cell), digits, "", out);
        return;
    case CellKind::Instant:
        appendTimestamp(microseconds(cell), digits, "+00:00", out);
        return;
    case CellKind::Uuid:
        appendUuid(cell.bytes, out);
        return;
    case CellKind::Decimal:
    case CellKind::Text:
    case CellKind::Blob:
    case CellKind::Json:
    case CellKind::Exact:
        out += cell.bytes;
        return;
    }
}

QString text(const CellType &type, CellView cell)
{
    std::string out;
    appendText(type, cell, out);
    return fromUtf8(out);
}

QJsonValue json(const CellType &type, CellView cell)
{
    if (cell.isNull)
        return QJsonValue(QJsonValue::Null);
    switch (type.kind) {
    case CellKind::Boolean:
        return boolean(cell);
    case CellKind::Integer: {
        constexpr qint64 exact = (qint64(1) << 53) - 1;
        const Integer value = integer(cell);
        const bool fits = value.isNegative ? value.toSigned() >= -exact : value.value <= quint64(exact);
        return fits ? QJsonValue(value.toSigned()) : QJsonValue(text(type, cell));
    }
    case CellKind::Float: {
        const double value = real(cell);
        return std::isfinite(value) ? QJsonValue(value) : QJsonValue(text(type, cell));
    }
    case CellKind::Blob: {
        const auto bytes = QByteArray::fromRawData(cell.bytes.data(), static_cast<qsizetype>(cell.bytes.size()));
        return QJsonObject{{QStringLiteral("base64"), QString::fromLatin1(bytes.toBase64())}};
    }
    case CellKind::Decimal:
    case CellKind::Text:
    case CellKind::Date:
    case CellKind::Time:
    case CellKind::Timestamp:
    case CellKind::Instant:
    case CellKind::Uuid:
    case CellKind::Json:
    case CellKind::Exact:
        break;
    }
    return text(type, cell);
}

qint64 floorMicroseconds(qint64 value, int fraction)
{
    constexpr std::array<qint64, 7> steps{1'000'000, 100'000, 10'000, 1'000, 100, 10, 1};
    if (fraction >= 6 || value == std::numeric_limits<qint64>::max() || value == std::numeric_limits<qint64>::min())
        return value;
    const qint64 step = steps.at(static_cast<std::size_t>(std::max(fraction, 0)));
    const qint64 rest = value % step;
    const qint64 below = rest < 0 ? rest + step : rest;
    // Next to the least number there is nothing to floor to, and −infinity is no neighbour.
    return value > std::numeric_limits<qint64>::min() + below ? value - below : value;
}

} // namespace tidemark::cell
