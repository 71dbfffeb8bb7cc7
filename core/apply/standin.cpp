// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/apply/standin.h"

#include <algorithm>
#include <array>

#include <QRandomGenerator>

namespace tidemark {

namespace {

std::vector<int> cellsOf(const TablePair &pair, const QStringList &columns)
{
    std::vector<int> cells;
    for (int cell = pair.mapping.keyCount; cell < pair.mapping.columns.size(); ++cell) {
        const ColumnPair &column = pair.mapping.columns[cell];
        if (column.write && columns.contains(pair.mapping.target.columns[column.target].name))
            cells.push_back(cell);
    }
    return cells;
}

void addAll(std::vector<int> &cells, const std::vector<int> &more)
{
    for (const int cell : more) {
        if (std::find(cells.begin(), cells.end(), cell) == cells.end())
            cells.push_back(cell);
    }
}

// A value that nobody is likely to have; empty: this type has none.
std::string inventedValue(const ColumnType &type)
{
    constexpr std::string_view alphabet = "abcdefghijklmnopqrstuvwxyz0123456789";
    constexpr qint64 wanted = 24;
    constexpr qint64 least = 8; // shorter ones would collide
    QRandomGenerator *random = QRandomGenerator::global();
    if (type.kind == CellKind::Text) {
        const qint64 length = type.length < 0 ? wanted : std::min(wanted, type.length);
        std::string text;
        while (length >= least && qint64(text.size()) < length)
            text += alphabet[random->bounded(quint32(alphabet.size()))];
        return text;
    }
    if (type.kind == CellKind::Integer && type.bytes >= 4) {
        const qint64 value = -1 - qint64(random->bounded(2'000'000'000U));
        const quint64 bits = type.isUnsigned ? quint64(-value) + 2'000'000'000U : static_cast<quint64>(value);
        std::array<char, 9> bytes{};
        bytes[0] = type.isUnsigned ? 1 : 0;
        for (std::size_t i = 0; i < 8; ++i)
            bytes.at(i + 1) = static_cast<char>(bits >> (56 - 8 * i));
        return {bytes.data(), bytes.size()};
    }
    return {};
}

} // namespace

std::vector<int> uniqueCells(const TablePair &pair)
{
    std::vector<int> cells;
    for (const Index &index : pair.mapping.target.indexes) {
        if (index.unique)
            addAll(cells, cellsOf(pair, index.columns));
    }
    return cells;
}

std::vector<int> foreignCells(const TablePair &pair)
{
    std::vector<int> cells;
    for (const ForeignKey &key : pair.mapping.target.foreignKeys)
        addAll(cells, cellsOf(pair, key.columns));
    return cells;
}

bool appendStandIn(const TablePair &pair, const RowBatch &rows, int row, const std::vector<int> &cells, bool invented,
                   RowBatch &out)
{
    out.beginRow();
    for (int cell = 0; cell < pair.layout->size(); ++cell) {
        const CellView value = rows.value(row, cell);
        const Column &column = pair.mapping.target.columns[pair.mapping.columns[cell].target];
        const bool replaced = std::find(cells.begin(), cells.end(), cell) != cells.end();
        if (value.isNull || (replaced && column.nullable)) {
            out.appendNull();
            continue;
        }
        const std::string standIn = replaced && invented ? inventedValue(column.type) : std::string();
        if (replaced && standIn.empty()) {
            out.dropRow();
            return false;
        }
        out.appendCell(replaced ? std::string_view(standIn) : value.bytes);
    }
    out.endRow();
    return true;
}

} // namespace tidemark
