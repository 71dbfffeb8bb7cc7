// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/change/watermark.h"

#include <QtEndian>

#include <xxhash.h>

namespace tidemark {

namespace {

// version, flags, keyComparedUs, cursor, then XXH3-64 over all before it; integers big endian.
constexpr char formatVersion = 1;
constexpr char hasCursor = 1;
constexpr qsizetype headSize = 2 + sizeof(qint64);
constexpr qsizetype checksumSize = sizeof(quint64);

void appendBigEndian(QByteArray &bytes, quint64 value)
{
    const quint64 ordered = qToBigEndian(value);
    bytes.append(reinterpret_cast<const char *>(&ordered), sizeof(ordered));
}

quint64 checksum(QByteArrayView bytes) { return XXH3_64bits(bytes.data(), static_cast<size_t>(bytes.size())); }

} // namespace

QByteArray Watermark::toBytes() const
{
    QByteArray bytes;
    bytes.reserve(headSize + (cursor ? cursor->size() : 0) + checksumSize);
    bytes.append(formatVersion);
    bytes.append(cursor ? hasCursor : '\0');
    appendBigEndian(bytes, static_cast<quint64>(keyComparedUs));
    if (cursor)
        bytes.append(*cursor);
    appendBigEndian(bytes, checksum(bytes));
    return bytes;
}

std::optional<Watermark> Watermark::fromBytes(const QByteArray &bytes)
{
    if (bytes.size() < headSize + checksumSize || bytes[0] != formatVersion)
        return {};
    const QByteArrayView body = QByteArrayView(bytes).chopped(checksumSize);
    if (qFromBigEndian<quint64>(bytes.constData() + body.size()) != checksum(body))
        return {};
    Watermark watermark;
    watermark.keyComparedUs = static_cast<qint64>(qFromBigEndian<quint64>(bytes.constData() + 2));
    const QByteArrayView cursor = body.sliced(headSize);
    if (bytes[1] == hasCursor)
        watermark.cursor = cursor.isEmpty() ? QByteArray("") : cursor.toByteArray();
    else if (bytes[1] != 0 || !cursor.isEmpty())
        return {};
    return watermark;
}

} // namespace tidemark
