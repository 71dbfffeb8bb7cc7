// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journal/baselayout.h"

#include <cstring>

namespace tidemark::baselayout {

namespace {

constexpr qsizetype printSize = 2 * sizeof(quint64);

Fingerprint printAt(const QByteArray &bytes, qsizetype offset)
{
    Fingerprint print;
    std::memcpy(&print.low, bytes.constData() + offset, sizeof print.low);
    std::memcpy(&print.high, bytes.constData() + offset + qsizetype(sizeof print.low), sizeof print.high);
    return print;
}

} // namespace

QByteArray printsOf(const BaseRecord &record)
{
    if (record.neverInStep)
        return QByteArrayLiteral("?");
    QByteArray bytes;
    const auto append = [&bytes](const Fingerprint &print) {
        bytes.append(reinterpret_cast<const char *>(&print.low), sizeof print.low);
        bytes.append(reinterpret_cast<const char *>(&print.high), sizeof print.high);
    };
    append(record.source);
    if (record.target != record.source)
        append(record.target);
    return bytes;
}

std::optional<BaseRecord> recordOf(const QByteArray &prints, const QByteArray &picture)
{
    if (prints.size() != printSize && prints.size() != 2 * printSize)
        return std::nullopt;
    BaseRecord record;
    record.source = printAt(prints, 0);
    record.target = prints.size() > printSize ? printAt(prints, printSize) : record.source;
    record.picture = picture;
    return record;
}

qint64 checksumOf(RecordChecksum &sum, std::string_view key, const QByteArray &prints, const QByteArray &picture)
{
    sum.restart();
    return sum.add(key).add(prints).add(picture).value();
}

} // namespace tidemark::baselayout
