// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/rehearsaltable.h"

#include <numeric>

#include <QtEndian>

#include "core/data/celldecoder.h"

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

Column numberColumn(const QList<Column> &others)
{
    Column column;
    column.name = u"tidemark_row"_s;
    const auto isTaken = [&others](const QString &name) {
        return std::any_of(others.begin(), others.end(),
                           [&name](const Column &other) { return other.name.compare(name, Qt::CaseInsensitive) == 0; });
    };
    while (isTaken(column.name))
        column.name += u'_';
    column.type.kind = CellKind::Integer;
    column.type.native = u"integer"_s;
    column.type.bytes = 4;
    return column;
}

} // namespace

RehearsalTable::RehearsalTable(SqlSession *target, const TableMapping &mapping, const std::vector<int> &columns)
    : m_target(target)
{
    const std::vector<CellSource> cells = mapping.targetCells();
    RowLayout layout;
    CellType number;
    number.kind = CellKind::Integer;
    layout.cells.push_back(number);
    for (const int column : columns) {
        const ColumnPair &pair = mapping.columns[column];
        m_columns += mapping.target.columns[pair.target];
        m_cells.push_back(cells[static_cast<size_t>(column)]);
        layout.cells.push_back(pair.type);
    }
    m_columns.prepend(numberColumn(m_columns));
    m_cells.insert(m_cells.begin(), CellSource{m_columns.first().type, {}, m_columns.first().name});
    layout.keyCount = 1;
    layout.comparedCount = layout.size();
    m_layout = std::make_shared<const RowLayout>(std::move(layout));
    m_rows.reset(m_layout);
}

Result<void> RehearsalTable::open()
{
    if (m_target == nullptr)
        return fail(ErrorCode::NotAvailable);
    TRY_ASSIGN(m_table, m_target->beginRehearsal(m_columns));
    return {};
}

Result<void> RehearsalTable::close() { return m_target->endRehearsal(); }

void RehearsalTable::beginRow()
{
    m_rows.beginRow();
    char *bytes = m_rows.appendRaw(9);
    bytes[0] = 1; // not negative
    qToBigEndian(static_cast<quint64>(m_rows.rowCount()), bytes + 1);
}

Result<void> RehearsalTable::write()
{
    std::vector<int> all;
    for (int row = 0; row < m_rows.rowCount(); ++row)
        if (const Error *fault = m_rows.fault(row))
            m_refused.emplace(row, *fault);
        else
            all.push_back(row);
    return insert(all);
}

// The one that is to blame is known by its number, or found by halves.
Result<void> RehearsalTable::insert(std::span<const int> rows)
{
    if (rows.empty())
        return {};
    auto done = insertOnce(rows);
    if (done || done.error().endsSession())
        return done;
    if (rows.size() == 1) {
        m_refused.emplace(rows.front(), std::move(done).error());
        return {};
    }
    bool isNumber = false;
    const int blamed = done.error().facts.value(Fact::Key).toInt(&isNumber);
    const auto found = isNumber ? std::find(rows.begin(), rows.end(), blamed) : rows.end();
    if (found == rows.end()) {
        TRY(insert(rows.subspan(0, rows.size() / 2)));
        return insert(rows.subspan(rows.size() / 2));
    }
    const auto index = static_cast<size_t>(found - rows.begin());
    TRY(insert(rows.subspan(index, 1))); // alone, to be sure that it was this one
    TRY(insert(rows.subspan(0, index)));
    return insert(rows.subspan(index + 1));
}

Result<void> RehearsalTable::insertOnce(std::span<const int> rows)
{
    WriteRequest request;
    request.table = &m_table;
    request.layout = m_layout;
    request.cells = m_cells;
    for (int cell = 0; cell < m_layout->size(); ++cell)
        request.columns.push_back({cell, m_columns[cell].name, cell == 0});
    TRY(m_target->savepoint());
    auto done = [&]() -> Result<void> {
        TRY_ASSIGN(const std::unique_ptr<RowWriter> writer, m_target->writer(request));
        TRY(writer->insert({&m_rows, rows}));
        return writer->flush();
    }();
    if (!done && done.error().endsSession())
        return done;
    TRY(done ? m_target->releaseSavepoint() : m_target->rollbackToSavepoint());
    return done;
}

Result<void> RehearsalTable::readBack(const std::function<void(int, const RowBatch &, int)> &take)
{
    ReadRequest request;
    request.table = &m_table;
    request.layout = m_layout;
    request.sources = m_cells;
    for (const Column &column : m_columns)
        request.columns += column.name;
    TRY_ASSIGN(const std::unique_ptr<RowReader> reader, m_target->read(request));
    RowBatch batch(m_layout);
    for (;;) {
        TRY_ASSIGN(const bool more, reader->next(batch));
        if (!more)
            return {};
        for (int row = 0; row < batch.rowCount(); ++row)
            if (const CellView number = batch.value(row, 0); !number.isNull)
                take(static_cast<int>(cell::integer(number).value), batch, row);
    }
}

} // namespace tidemark
