// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/sql/changelogreader.h"

#include "core/data/celldecoder.h"

using namespace Qt::StringLiterals;

namespace tidemark {

Result<std::unique_ptr<ChangeLogReader>> ChangeLogReader::open(SqlSession &session, const TableName &logTable,
                                                               const ReadRequest &keys, ChangeLogReading &reading,
                                                               bool withNumbers)
{
    std::unique_ptr<ChangeLogReader> reader(new ChangeLogReader(reading, keys.layout));
    ReadRequest request;
    request.limits = keys.limits;
    request.sources = keys.sources;
    request.where = u"op IN ('I', 'U', 'D')"_s;
    RowLayout layout = *keys.layout;
    reader->m_table.name = logTable;
    for (int cell = 0; cell < layout.size(); ++cell) {
        Column column;
        column.name = u"key_%1"_s.arg(cell + 1);
        column.type = keys.sources[std::size_t(cell)].type;
        request.columns += column.name;
        reader->m_table.columns += column;
    }
    if (withNumbers) {
        Column number;
        number.name = u"seq"_s;
        number.type.kind = CellKind::Integer;
        CellType type;
        type.kind = CellKind::Integer;
        reader->m_numberCell = layout.size();
        layout.cells.push_back(type);
        request.columns += number.name;
        request.sources.push_back({number.type, {}, number.name});
        reader->m_table.columns += number;
    }
    request.table = &reader->m_table;
    request.layout = std::make_shared<const RowLayout>(std::move(layout));
    reader->m_entries.reset(request.layout);
    TRY_ASSIGN(reader->m_reader, session.read(request));
    return reader;
}

Result<bool> ChangeLogReader::next(RowBatch &batch)
{
    batch.reset(m_keys);
    TRY_ASSIGN(const bool more, m_reader->next(m_entries));
    for (int row = 0; row < m_entries.rowCount(); ++row) {
        batch.appendRow(m_entries, row);
        if (m_numberCell >= 0)
            note(cell::integer(m_entries.value(row, m_numberCell)).toSigned());
    }
    m_reading.entries += m_entries.rowCount();
    return more;
}

void ChangeLogReader::note(qint64 number)
{
    auto &numbers = m_reading.numbers;
    if (!numbers.empty() && numbers.back().second + 1 == number)
        numbers.back().second = number;
    else
        numbers.emplace_back(number, number);
}

} // namespace tidemark
