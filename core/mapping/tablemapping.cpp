// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/mapping/tablemapping.h"

#include <bit>

#include <QtEndian>

#include <xxhash.h>

namespace tidemark {

namespace {

// Fields with their lengths, so that no two mappings share a serialisation.
class Serialisation
{
public:
    void add(qint64 value) { append(qToBigEndian(value)); }
    void add(double value) { append(qToBigEndian(std::bit_cast<quint64>(value))); }
    void add(const QString &text)
    {
        const QByteArray utf8 = text.toUtf8();
        add(static_cast<qint64>(utf8.size()));
        m_bytes += utf8;
    }
    void add(const TableName &name)
    {
        add(name.schema);
        add(name.name);
    }
    void add(const CellType &type)
    {
        add(cellKindName(type.kind));
        add(qint64(type.scale));
        add(qint64(type.fraction));
        add(qint64(type.floatBits));
        add(type.floatTolerance);
        for (const bool flag : {type.ignoreCase, type.ignoreTrailingSpaces, type.emptyIsNull, type.jsonAsText,
                                type.zeroDate == ZeroDate::Null, type.refuseNul, type.nulByte == NulByte::Strip})
            add(qint64(flag ? 1 : 0));
    }

    QByteArray digest() const
    {
        XXH128_canonical_t canonical;
        XXH128_canonicalFromHash(&canonical,
                                 XXH3_128bits(m_bytes.constData(), static_cast<std::size_t>(m_bytes.size())));
        return {reinterpret_cast<const char *>(canonical.digest), sizeof canonical.digest};
    }

private:
    template <typename Word> void append(Word word)
    {
        m_bytes.append(reinterpret_cast<const char *>(&word), sizeof word);
    }

    QByteArray m_bytes;
};

bool isOrderedKind(CellKind kind)
{
    return kind != CellKind::Decimal && kind != CellKind::Json && kind != CellKind::Exact;
}

// Whether the column's ORDER BY is the order of the cells' comparison bytes.
bool deliversOrder(const Column &column, const CellType &type)
{
    const bool hasFraction =
        type.kind == CellKind::Time || type.kind == CellKind::Timestamp || type.kind == CellKind::Instant;
    return column.type.byteOrder && !column.nullable && column.type.kind == type.kind && isOrderedKind(type.kind)
        && (!hasFraction || column.type.fraction <= type.fraction);
}

bool hasIndexOn(const TableSchema &table, const QStringList &key)
{
    const auto leads = [&](const QStringList &columns) { return columns.mid(0, key.size()) == key; };
    if (leads(table.primaryKey))
        return true;
    for (const Index &index : table.indexes) {
        if (!index.partial && leads(index.columns))
            return true;
    }
    return false;
}

QStringList names(const TableSchema &table, const QList<ColumnPair> &pairs, int ColumnPair::*side)
{
    QStringList result;
    for (const ColumnPair &pair : pairs)
        result.append(table.columns.at(pair.*side).name);
    return result;
}

} // namespace

std::shared_ptr<const RowLayout> TableMapping::layout() const
{
    auto layout = std::make_shared<RowLayout>();
    for (const ColumnPair &pair : columns)
        layout->cells.push_back(pair.type);
    layout->keyCount = keyCount;
    layout->comparedCount = comparedCount;
    return layout;
}

QStringList TableMapping::sourceColumns() const { return names(source, columns, &ColumnPair::source); }
QStringList TableMapping::targetColumns() const { return names(target, columns, &ColumnPair::target); }

std::vector<CellSource> TableMapping::sourceCells() const
{
    std::vector<CellSource> cells;
    for (const ColumnPair &pair : columns) {
        const Column &column = source.columns.at(pair.source);
        cells.push_back({column.type, pair.zoneSource.toLatin1(), column.name});
    }
    return cells;
}

std::vector<CellSource> TableMapping::targetCells() const
{
    std::vector<CellSource> cells;
    for (const ColumnPair &pair : columns) {
        const Column &column = target.columns.at(pair.target);
        cells.push_back({column.type, pair.zoneTarget.toLatin1(), column.name});
    }
    return cells;
}

bool TableMapping::ordered() const
{
    const QList<ColumnPair> key = columns.mid(0, keyCount);
    for (const ColumnPair &pair : key) {
        if (!deliversOrder(source.columns.at(pair.source), pair.type)
            || !deliversOrder(target.columns.at(pair.target), pair.type))
            return false;
    }
    return keyCount > 0 && hasIndexOn(source, names(source, key, &ColumnPair::source))
        && hasIndexOn(target, names(target, key, &ColumnPair::target));
}

QByteArray TableMapping::digest() const
{
    Serialisation bytes;
    bytes.add(qint64(encodingVersion));
    bytes.add(source.name);
    bytes.add(target.name);
    bytes.add(qint64(keyCount));
    bytes.add(qint64(comparedCount));
    for (const ColumnPair &pair : columns) {
        bytes.add(source.columns.at(pair.source).name);
        bytes.add(target.columns.at(pair.target).name);
        bytes.add(pair.type);
        bytes.add(pair.zoneSource);
        bytes.add(pair.zoneTarget);
        bytes.add(qint64(pair.write ? 1 : 0));
    }
    return bytes.digest();
}

} // namespace tidemark
