// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <limits>

#include <QTest>

#include "core/data/celldecoder.h"
#include "core/data/rowencoder.h"

// What a driver can deliver, one cell at a time.
namespace tidemark::test {

using Delivery = std::function<void(RowEncoder &)>;

inline constexpr qint64 leastTime = std::numeric_limits<qint64>::min();
inline constexpr qint64 greatestTime = std::numeric_limits<qint64>::max();

inline CellType of(CellKind kind) { return {.kind = kind}; }

inline std::shared_ptr<const RowLayout> oneCell(const CellType &type)
{
    auto layout = std::make_shared<RowLayout>();
    layout->cells = {type};
    layout->comparedCount = 1;
    return layout;
}

struct Encoded
{
    RowBatch batch;
    QString shown; // "FAULT", "NULL", or the text; hex where binary
};

inline Encoded encode(const CellType &type, const Delivery &deliver, const QByteArray &zone = {})
{
    const auto layout = oneCell(type);
    Encoded result{RowBatch(layout), {}};
    RowEncoder encoder(layout, {{{}, zone, QStringLiteral("amount")}});
    encoder.setBatch(&result.batch);
    encoder.beginRow();
    deliver(encoder);
    encoder.endRow();
    const CellView cell = result.batch.value(0, 0);
    if (result.batch.fault(0) != nullptr)
        result.shown = cell.isNull ? QStringLiteral("FAULT") : QStringLiteral("FAULT WITH A VALUE");
    else if (cell.isNull)
        result.shown = QStringLiteral("NULL");
    else if (type.kind == CellKind::Blob)
        result.shown = QString::fromLatin1(QByteArray(cell.bytes.data(), qsizetype(cell.bytes.size())).toHex());
    else
        result.shown = cell::text(type, cell);
    return result;
}

inline Delivery text(const std::string &utf8)
{
    return [utf8](RowEncoder &e) { e.text(utf8); };
}
inline Delivery blob(const std::string &bytes)
{
    return [bytes](RowEncoder &e) { e.blob(bytes); };
}
inline Delivery decimal(const std::string &digits)
{
    return [digits](RowEncoder &e) { e.decimal(digits); };
}
inline Delivery integer(qint64 value)
{
    return [value](RowEncoder &e) { e.integer(value); };
}
inline Delivery big(quint64 value)
{
    return [value](RowEncoder &e) { e.unsignedInteger(value); };
}
inline Delivery real(double value)
{
    return [value](RowEncoder &e) { e.real(value); };
}
inline Delivery real32(float value)
{
    return [value](RowEncoder &e) { e.real32(value); };
}
inline Delivery boolean(bool value)
{
    return [value](RowEncoder &e) { e.boolean(value); };
}
inline Delivery date(qint32 days)
{
    return [days](RowEncoder &e) { e.date(days); };
}
inline Delivery time(qint64 us)
{
    return [us](RowEncoder &e) { e.time(us); };
}
inline Delivery timestamp(qint64 us)
{
    return [us](RowEncoder &e) { e.timestamp(us); };
}
inline Delivery instant(qint64 us)
{
    return [us](RowEncoder &e) { e.instant(us); };
}
inline Delivery uuid(const std::string &bytes)
{
    return [bytes](RowEncoder &e) { e.uuid(bytes); };
}
inline Delivery json(const std::string &utf8)
{
    return [utf8](RowEncoder &e) { e.json(utf8); };
}
inline Delivery zeroDate(const std::string &text)
{
    return [text](RowEncoder &e) { e.zeroDate(text); };
}

} // namespace tidemark::test

Q_DECLARE_METATYPE(tidemark::test::Delivery)
Q_DECLARE_METATYPE(tidemark::CellType)
