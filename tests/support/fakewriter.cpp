// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fakesession.h"

namespace tidemark {

using namespace Qt::StringLiterals;

template <typename Statement>
Result<void> FakeSession::change(const QString &name, const TableName &table, Statement statement)
{
    TRY(needMode(Mode::Write, name));
    TRY(operation(name));
    Lock lock(m_database.m_mutex);
    if (!m_transaction->table(table)) {
        lock.unlock();
        return failed(Error{ErrorCode::NoSuchTable, {}, {}}.with(Fact::Table, table.display()));
    }
    const Result<void> done = statement(lock);
    if (done || m_dead || m_aborted)
        return done;
    if (lock.owns_lock())
        lock.unlock();
    return failed(done.error());
}

class FakeWriter final : public RowWriter
{
public:
    FakeWriter(FakeSession &session, const WriteRequest &request)
        : m_session(session), m_request(request), m_table(request.table->name), m_pending(request.layout)
    { }

    Result<void> insert(RowSelection rows) override
    {
        if (!m_streaming)
            return m_session.change(u"insert "_s + m_table.name, m_table,
                                    [&](auto &lock) { return insertRows(lock, rows); });
        for (const int row : rows.rows)
            m_pending.appendRow(*rows.batch, row);
        return {};
    }

    Result<void> update(RowSelection rows) override
    {
        return m_session.change(u"update "_s + m_table.name, m_table, [&](auto &) -> Result<void> {
            FakeTableWork work(*m_session.m_transaction, m_table);
            for (const int row : rows.rows)
                TRY(updateRow(work, *rows.batch, row));
            return {};
        });
    }

    Result<void> remove(RowSelection keys) override
    {
        return m_session.change(u"remove "_s + m_table.name, m_table, [&](auto &lock) -> Result<void> {
            TRY_ASSIGN(const std::set<FakeKey> found, find(keys));
            TRY(m_session.lockRows(lock, m_table, found));
            FakeTableWork work(*m_session.m_transaction, m_table);
            for (const FakeKey &key : found) {
                if (work.table().rows.contains(key))
                    TRY(work.remove(key));
            }
            return {};
        });
    }

    Result<void> flush() override
    {
        if (m_pending.isEmpty())
            return {};
        std::vector<int> all(static_cast<size_t>(m_pending.rowCount()));
        for (size_t i = 0; i < all.size(); ++i)
            all[i] = static_cast<int>(i);
        const auto inserted = m_session.change(u"insert "_s + m_table.name, m_table, [&](auto &lock) {
            return insertRows(lock, RowSelection{&m_pending, all});
        });
        m_pending.clear();
        return inserted;
    }

    void setStreaming(bool streaming) override { m_streaming = streaming; }

    Result<void> prepare()
    {
        const auto there = m_session.m_transaction->table(m_table);
        if (!there)
            return fail(Error{ErrorCode::NoSuchTable, {}, {}}.with(Fact::Table, m_table.display()));
        QStringList names;
        QStringList keys;
        for (const WriteColumn &column : m_request.columns) {
            names.append(column.name);
            if (column.isKey)
                keys.append(column.name);
        }
        TRY_ASSIGN(m_columns, columnsOf(there->schema, names));
        TRY_ASSIGN(m_keyColumns, columnsOf(there->schema, keys));
        m_columnCount = there->schema.columns.size();
        return {};
    }

private:
    friend class FakeSession;

    Result<void> fill(FakeRow &into, const RowBatch &rows, int row, bool keys, bool others) const
    {
        for (size_t i = 0; i < m_request.columns.size(); ++i) {
            const WriteColumn &column = m_request.columns[i];
            if (column.isKey ? !keys : !others)
                continue;
            const auto cell = static_cast<size_t>(column.cell);
            auto stored = storedCell(rows.layout().cells[cell], rows.value(row, column.cell), m_request.cells[cell]);
            if (!stored) {
                return fail(
                    std::move(stored.error()).with(Fact::Table, m_table.display()).with(Fact::Column, column.name));
            }
            into[m_columns[static_cast<qsizetype>(i)]] = *stored;
        }
        return {};
    }

    Result<void> insertRows(std::unique_lock<std::mutex> &lock, RowSelection rows)
    {
        QList<FakeRow> converted;
        std::optional<Error> fault; // of a row after the converted ones
        for (const int row : rows.rows) {
            FakeRow cells(m_columnCount);
            if (auto filled = fill(cells, *rows.batch, row, true, true); !filled) {
                fault = filled.error();
                break;
            }
            converted.append(cells);
        }
        if (!m_request.table->primaryKey.isEmpty()) { // another's row of this key, not yet committed, is waited for
            std::set<FakeKey> keys;
            const auto table = m_session.m_transaction->table(m_table);
            for (const FakeRow &row : converted)
                keys.insert(m_session.m_database.keyFor(*table, row));
            TRY(m_session.lockRows(lock, m_table, keys));
        }
        FakeTableWork work(*m_session.m_transaction, m_table);
        for (const FakeRow &row : converted)
            TRY(work.insert(row));
        if (fault)
            return fail(*fault);
        return {};
    }

    Result<void> updateRow(FakeTableWork &work, const RowBatch &rows, int row)
    {
        FakeRow key(m_columnCount);
        TRY(fill(key, rows, row, true, false));
        const auto found = work.find(key, m_keyColumns);
        const auto &locks = m_session.m_database.m_locks;
        const auto held = found ? locks.find({m_table, *found}) : locks.end();
        if (held == locks.end() || held->second != &m_session) {
            m_session.m_database.m_violations.append(u"update of a row that is not there or not locked: "_s
                                                     + m_table.name);
            return fail(ErrorCode::Internal, u"update of a row that is not there or not locked"_s);
        }
        FakeRow cells = work.table().rows.at(*found);
        TRY(fill(cells, rows, row, false, true));
        return work.update(*found, cells);
    }

    Result<std::set<FakeKey>> find(RowSelection keys) const
    {
        FakeTableWork work(*m_session.m_transaction, m_table);
        std::set<FakeKey> found;
        for (const int row : keys.rows) {
            FakeRow cells(m_columnCount);
            TRY(fill(cells, *keys.batch, row, true, false));
            if (auto key = work.find(cells, m_keyColumns))
                found.insert(std::move(*key));
        }
        return found;
    }

    FakeSession &m_session;
    WriteRequest m_request;
    TableName m_table;
    RowBatch m_pending;
    QList<int> m_columns; // of the table, one a written column
    QList<int> m_keyColumns;
    qsizetype m_columnCount = 0;
    bool m_streaming = false;
};

Result<std::unique_ptr<RowWriter>> FakeSession::writer(const WriteRequest &request)
{
    TRY(needMode(Mode::Write, u"writer"_s));
    TRY(operation(u"writer "_s + request.table->name.name));
    auto writer = std::make_unique<FakeWriter>(*this, request);
    Lock lock(m_database.m_mutex);
    if (auto prepared = writer->prepare(); !prepared) {
        lock.unlock();
        return failed(prepared.error());
    }
    return std::unique_ptr<RowWriter>(std::move(writer));
}

Result<void> FakeSession::setFlag(const WriteRequest &request, const QString &column, const QString &value,
                                  RowSelection keys)
{
    const TableName &name = request.table->name;
    return change(u"setFlag "_s + name.name, name, [&](Lock &lock) -> Result<void> {
        FakeWriter writer(*this, request);
        TRY(writer.prepare());
        TRY_ASSIGN(const std::set<FakeKey> found, writer.find(keys));
        TRY(lockRows(lock, name, found));
        FakeTableWork work(*m_transaction, name);
        const int index = work.table().schema.columnIndex(column);
        if (index < 0)
            return fail(Error{ErrorCode::NoSuchColumn, {}, {}}.with(Fact::Column, column));
        TRY_ASSIGN(const FakeCell cell, parsedCell(work.table().schema.columns[index].type, value));
        for (const FakeKey &key : found) {
            FakeRow row = work.table().rows.at(key);
            if (row[index] == cell)
                continue;
            row[index] = cell;
            TRY(work.update(key, row));
        }
        return {};
    });
}

} // namespace tidemark
