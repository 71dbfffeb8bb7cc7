// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <numeric>

#include "core/data/celldecoder.h"
#include "core/data/rowencoder.h"
#include "core/endpoint/session.h"

namespace tidemark::test {

using namespace Qt::StringLiterals;

// What a test reads and writes of a table: all of its columns, compared as what they are.
struct WholeTable
{
    explicit WholeTable(TableSchema described, QStringList keys = {}) : schema(std::move(described))
    {
        if (keys.isEmpty())
            keys = schema.primaryKey;
        columns = keys;
        for (const Column &column : schema.columns)
            if (!keys.contains(column.name) && !column.generated)
                columns.append(column.name);
        auto cells = std::make_shared<RowLayout>();
        for (const QString &name : columns) {
            const ColumnType &type = schema.columns[schema.columnIndex(name)].type;
            CellType cell;
            cell.kind = type.kind;
            cells->cells.push_back(cell);
            sources.push_back(CellSource{type, {}, name});
        }
        cells->keyCount = static_cast<int>(keys.size());
        cells->comparedCount = cells->size();
        layout = cells;
    }
    ReadRequest readRequest() const
    {
        ReadRequest request;
        request.table = &schema;
        request.layout = layout;
        request.columns = columns;
        request.sources = sources;
        return request;
    }
    WriteRequest writeRequest() const
    {
        WriteRequest request;
        request.table = &schema;
        request.layout = layout;
        request.cells = sources;
        for (int cell = 0; cell < layout->size(); ++cell)
            request.columns.push_back({cell, columns[cell], cell < layout->keyCount});
        return request;
    }
    QString rowText(const RowBatch &batch, int row) const
    {
        QStringList cells;
        for (int cell = 0; cell < layout->size(); ++cell) {
            const CellView view = batch.value(row, cell);
            cells.append(view.isNull ? u"NULL"_s : cell::text(layout->cells[static_cast<std::size_t>(cell)], view));
        }
        return cells.join(u'|');
    }

    TableSchema schema;
    QStringList columns;
    std::vector<CellSource> sources;
    std::shared_ptr<const RowLayout> layout;
};

inline std::vector<int> allRows(const RowBatch &batch)
{
    std::vector<int> rows(static_cast<std::size_t>(batch.rowCount()));
    std::iota(rows.begin(), rows.end(), 0);
    return rows;
}

// Rows from text, one string a row, "NULL" for NULL; cells are given as the encoder takes text.
inline RowBatch rowsOf(const WholeTable &table, const QStringList &rows)
{
    RowBatch batch(table.layout);
    RowEncoder encoder(table.layout, table.sources);
    encoder.setBatch(&batch);
    for (const QString &row : rows) {
        encoder.beginRow();
        for (const QString &cell : row.split(u'|')) {
            if (cell == u"NULL"_s)
                encoder.null();
            else
                encoder.text(cell.toStdString());
        }
        encoder.endRow();
    }
    return batch;
}

inline Result<void> insert(RowWriter &writer, const WholeTable &table, const QStringList &rows)
{
    const RowBatch batch = rowsOf(table, rows);
    for (int row = 0; row < batch.rowCount(); ++row)
        if (const Error *fault = batch.fault(row))
            return fail(*fault);
    return writer.insert({&batch, allRows(batch)});
}

inline Result<QStringList> readAll(Session &session, const WholeTable &table, const ReadRequest &request)
{
    TRY_ASSIGN(const auto reader, session.read(request));
    QStringList rows;
    RowBatch batch(table.layout);
    while (true) {
        TRY_ASSIGN(const bool more, reader->next(batch));
        if (!more)
            return rows;
        for (int row = 0; row < batch.rowCount(); ++row) {
            if (const Error *fault = batch.fault(row))
                return fail(*fault);
            rows.append(table.rowText(batch, row));
        }
    }
}

} // namespace tidemark::test
