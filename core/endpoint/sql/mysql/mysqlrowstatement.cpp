// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "core/endpoint/sql/mysql/mysqlcells.h"
#include "core/endpoint/sql/mysql/mysqlwriter.h"

using namespace Qt::StringLiterals;

namespace tidemark::mysql {

namespace {

constexpr size_t maxParameters = 65'535; // of a prepared statement
constexpr size_t manyRows = 500; // of an INSERT that names each row's parameters
constexpr qint64 cellOverhead = 10; // bytes of a cell on the wire beside its own

} // namespace

RowStatement::RowStatement(Link &link, TableName table, const RowLayout &layout,
                           const std::vector<Parameter> &parameters, QString head, QString group, qint64 maxPacket)
    : m_link(link), m_table(std::move(table)), m_head(std::move(head)), m_group(std::move(group)),
      m_maxPacket(maxPacket)
{
    for (const Parameter &parameter : parameters) {
        m_cells.push_back(parameter.cell);
        m_binders.emplace_back(layout.cells[static_cast<size_t>(parameter.cell)], parameter.target);
    }
}

Error RowStatement::located(Error error) const { return std::move(error).with(Fact::Table, m_table.display()); }

Result<void> RowStatement::prepare(size_t rows)
{
    if (m_statement && m_preparedRows == rows)
        return {};
    QString sql = m_head;
    for (size_t i = 0; i < rows && !m_group.isEmpty(); ++i)
        sql += (i == 0 ? u""_s : u", "_s) + m_group;
    m_statement = std::make_unique<Statement>(m_link);
    m_preparedRows = rows;
    if (auto prepared = m_statement->prepare(sql.toUtf8()); !prepared) {
        m_statement.reset();
        return fail(located(std::move(prepared).error()));
    }
    return {};
}

// As many rows as fit into a packet with room to spare; one that fits in none is that row's fault.
Result<RowStatement::Chunk> RowStatement::chunkFrom(RowSelection rows, size_t first) const
{
    const qint64 limit = m_maxPacket - m_maxPacket / 4;
    Chunk chunk{first, 0};
    qint64 size = 0;
    while (first + chunk.count < rows.rows.size()) {
        qint64 rowSize = 0;
        for (const int cell : m_cells)
            rowSize += cellOverhead
                + static_cast<qint64>(rows.batch->value(rows.rows[first + chunk.count], cell).bytes.size());
        if (rowSize > m_maxPacket - 1024)
            return fail(located(Error{ErrorCode::ValueTooLong, {}, u"max_allowed_packet"_s}
                                    .with(Fact::Limit, QString::number(m_maxPacket))
                                    .with(Fact::Line, QString::number(first + chunk.count))));
        if (chunk.count > 0 && size + rowSize > limit)
            break;
        size += rowSize;
        ++chunk.count;
    }
    return chunk;
}

bool RowStatement::fill(MYSQL_BIND *binds, size_t selected, std::vector<BindSlot> &places, size_t firstSlot)
{
    const int row = m_rows.rows[selected];
    if (const Error *error = m_rows.batch->fault(row); error != nullptr && !m_keysOnly) {
        m_fault = Error(*error).with(Fact::Line, QString::number(selected));
        return false;
    }
    for (size_t i = 0; i < m_cells.size(); ++i) {
        if (auto error = m_binders[i].bind(m_rows.batch->value(row, m_cells[i]), places[firstSlot + i], binds[i])) {
            m_fault = std::move(*error).with(Fact::Line, QString::number(selected));
            return false;
        }
    }
    return true;
}

my_bool RowStatement::fillArrayRow(void *self, MYSQL_BIND *binds, unsigned row)
{
    auto *statement = static_cast<RowStatement *>(self);
    return statement->fill(binds, statement->m_firstRow + row, statement->m_slots, 0) ? 0 : 1;
}

Result<qint64> RowStatement::run(RowSelection rows)
{
    m_rows = rows;
    qint64 affected = 0;
    size_t done = 0;
    while (done < rows.rows.size()) {
        m_fault.reset();
        m_firstRow = done;
        TRY_ASSIGN(const Chunk chunk, chunkFrom(rows, done));
        auto count = m_link.hasBulk() ? runArray(rows, chunk) : runMany(rows, chunk);
        if (!count)
            return fail(located(m_fault ? *m_fault : std::move(count).error()));
        affected += *count;
        done += chunk.count;
    }
    return affected;
}

Result<qint64> RowStatement::runArray(RowSelection, Chunk chunk)
{
    TRY(prepare(1));
    m_slots.resize(m_cells.size());
    std::vector<MYSQL_BIND> binds(m_cells.size(), MYSQL_BIND{});
    for (size_t i = 0; i < binds.size(); ++i) {
        binds[i].buffer_type = m_binders[i].wireType();
        binds[i].is_unsigned = m_binders[i].isUnsigned() ? 1 : 0;
    }
    TRY(m_statement->bind(binds));
    m_statement->setRows(static_cast<unsigned>(chunk.count), &RowStatement::fillArrayRow, this);
    TRY(m_statement->execute());
    const qint64 affected = m_statement->affectedRows();
    TRY(checkWarnings());
    return affected;
}

Result<qint64> RowStatement::runMany(RowSelection, Chunk chunk)
{
    const size_t columns = m_cells.size();
    qint64 affected = 0;
    for (size_t done = 0; done < chunk.count;) {
        const size_t most = m_group.isEmpty() ? 1 : std::min(manyRows, maxParameters / std::max<size_t>(columns, 1));
        const size_t rows = std::min(most, chunk.count - done);
        TRY(prepare(rows));
        m_slots.resize(rows * columns);
        std::vector<MYSQL_BIND> binds(rows * columns, MYSQL_BIND{});
        for (size_t row = 0; row < rows; ++row) {
            for (size_t i = 0; i < columns; ++i) {
                binds[row * columns + i].buffer_type = m_binders[i].wireType();
                binds[row * columns + i].is_unsigned = m_binders[i].isUnsigned() ? 1 : 0;
            }
            if (!fill(&binds[row * columns], chunk.first + done + row, m_slots, row * columns))
                return fail(ErrorCode::ValueNotKept); // run() puts m_fault in its place
        }
        for (MYSQL_BIND &bind : binds)
            bind.u.indicator = nullptr; // of arrays alone
        TRY(m_statement->bind(binds));
        TRY(m_statement->execute());
        affected += m_statement->affectedRows();
        TRY(checkWarnings());
        done += rows;
    }
    return affected;
}

// Strict mode lets some alterations pass with a note: they are errors all the same.
Result<void> RowStatement::checkWarnings()
{
    if (m_statement->warningCount() == 0)
        return {};
    Statement warnings(m_link);
    TRY(warnings.prepare("SHOW WARNINGS"));
    TRY(warnings.execute());
    std::optional<Error> altered;
    for (;;) {
        TRY_ASSIGN(const bool more, warnings.fetch());
        if (!more)
            break;
        const QByteArray text = cellText(warnings.columns()[2], warnings.row()[2]);
        const unsigned number = cellText(warnings.columns()[1], warnings.row()[1]).toUInt();
        Error error = m_link.error(number, text.constData());
        if (!altered && error.isRowFault())
            altered = std::move(error);
    }
    if (altered)
        return fail(std::move(*altered));
    return {};
}

} // namespace tidemark::mysql
