// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <chrono>

#include "core/data/celldecoder.h"
#include "tests/support/fakesession.h"

// The rows of a FakeSession: readers and writers.

namespace tidemark {

using namespace Qt::StringLiterals;

namespace {

Result<QList<int>> columnsOf(const TableSchema &schema, const QStringList &names)
{
    QList<int> columns;
    for (const QString &name : names) {
        const int index = schema.columnIndex(name);
        if (index < 0) {
            return fail(Error{ErrorCode::NoSuchColumn, {}, {}}
                            .with(Fact::Table, schema.name.display())
                            .with(Fact::Column, name));
        }
        columns.append(index);
    }
    return columns;
}

void encodeRow(RowEncoder &encoder, const TableSchema &schema, const FakeRow &row, const QList<int> &columns)
{
    encoder.beginRow();
    for (const int column : columns)
        encodeCell(encoder, schema.columns[column].type.kind, viewOf(row[column]));
    encoder.endRow();
}

bool sortsByBytes(CellKind kind)
{
    return kind != CellKind::Decimal && kind != CellKind::Json && kind != CellKind::Exact;
}

void prepare(RowBatch &batch, const std::shared_ptr<const RowLayout> &layout)
{
    if (batch.layoutPointer() == layout)
        batch.clear();
    else
        batch.reset(layout);
}

} // namespace

// Encodes what it will deliver at once, delivers it by and by.
class FakeReader final : public RowReader
{
public:
    FakeReader(FakeSession &session, const ReadRequest &request)
        : m_session(session), m_name(u"next "_s + request.table->name.name), m_limits(request.limits),
          m_rows(request.layout)
    {
        ++m_session.m_readers;
    }
    ~FakeReader() override { finish(); }

    Result<void> load(const ReadRequest &request, const FakeTable &table, const FakePredicate *where)
    {
        TRY_ASSIGN(const QList<int> columns, columnsOf(table.schema, request.columns));
        const int cursor = request.cursorCell < 0 ? -1 : columns[request.cursorCell];
        const int flag = request.flagColumn.isEmpty() ? -1 : table.schema.columnIndex(request.flagColumn);
        FakeCell from;
        if (cursor >= 0 && !sortsByBytes(table.schema.columns[cursor].type.kind))
            return fail(ErrorCode::TypesIncompatible, u"this fake has no cursor of such a type"_s);
        if (request.cursorFrom) {
            TRY_ASSIGN(from, parsedCell(table.schema.columns[cursor].type, QString::fromUtf8(*request.cursorFrom)));
        }
        const bool byCursor =
            request.order == ReadRequest::Order::Cursor || request.order == ReadRequest::Order::CursorDescending;
        RowEncoder encoder(request.layout, request.sources);
        encoder.setBatch(&m_rows);
        for (const auto &[key, row] : table.rows) {
            if (where && !(*where)(textsOf(table.schema, row)))
                continue;
            if (flag >= 0 && textOf(table.schema.columns[flag].type, row[flag]) != request.flagValue)
                continue;
            if (cursor >= 0 && ((byCursor && !row[cursor]) || (from && (!row[cursor] || *row[cursor] < *from))))
                continue;
            encodeRow(encoder, table.schema, row, columns);
            m_order.push_back(m_rows.rowCount() - 1);
            m_cursors.append(cursor < 0 ? QByteArray() : row[cursor].value_or(QByteArray()));
        }
        sort(request.order);
        return {};
    }

    Result<bool> next(RowBatch &batch) override
    {
        TRY(m_session.operation(m_name));
        prepare(batch, m_rows.layoutPointer());
        while (m_next < m_order.size() && batch.rowCount() < m_limits.rows && batch.byteSize() < m_limits.bytes)
            batch.appendRow(m_rows, m_order[m_next++]);
        {
            const std::scoped_lock lock(m_session.m_database.m_mutex);
            m_session.m_database.m_counters.rowsRead += batch.rowCount();
        }
        if (!batch.isEmpty())
            return true;
        finish();
        return false;
    }

private:
    void sort(ReadRequest::Order order)
    {
        if (order == ReadRequest::Order::None) // no database promises any
            return std::reverse(m_order.begin(), m_order.end());
        std::stable_sort(m_order.begin(), m_order.end(), [&](int a, int b) {
            if (order != ReadRequest::Order::Key && m_cursors[a] != m_cursors[b])
                return (m_cursors[a] < m_cursors[b]) == (order == ReadRequest::Order::Cursor);
            return m_rows.compareKeys(a, m_rows, b) < 0;
        });
    }
    void finish()
    {
        if (std::exchange(m_open, false))
            --m_session.m_readers;
    }

    FakeSession &m_session;
    QString m_name;
    BatchLimits m_limits;
    RowBatch m_rows;
    std::vector<int> m_order;
    QList<QByteArray> m_cursors;
    size_t m_next = 0;
    bool m_open = true;
};

Result<std::unique_ptr<RowReader>> FakeSession::read(const ReadRequest &request)
{
    TRY(operation(u"read "_s + request.table->name.name));
    std::shared_ptr<const FakeTable> table;
    std::optional<FakePredicate> where;
    {
        const std::scoped_lock lock(m_database.m_mutex);
        ++m_database.m_counters.reads;
        table = visible(request.table->name);
        if (const auto known = m_database.m_wheres.find(request.where); known != m_database.m_wheres.end())
            where = known->second;
    }
    if (!table)
        return failed(Error{ErrorCode::NoSuchTable, {}, {}}.with(Fact::Table, request.table->name.display()));
    if (!request.where.isEmpty() && !where)
        return failed(Error{ErrorCode::WhereInvalid, {}, {}}.with(Fact::Sql, request.where));
    auto reader = std::make_unique<FakeReader>(*this, request);
    if (auto loaded = reader->load(request, *table, where ? &*where : nullptr); !loaded)
        return failed(loaded.error());
    return std::unique_ptr<RowReader>(std::move(reader));
}

Result<bool> FakeSession::lockRows(Lock &lock, const TableName &table, const std::set<FakeKey> &keys)
{
    using namespace std::chrono;
    const auto end = steady_clock::now() + milliseconds(m_database.lockTimeoutMs);
    bool waited = false;
    for (const FakeKey &key : keys) {
        for (;;) {
            const auto [held, isNew] = m_database.m_locks.try_emplace({table, key}, this);
            if (isNew || held->second == this)
                break;
            waited = true;
            m_database.m_unlocked.wait_for(lock, milliseconds(10));
            const bool cancelled = m_options.cancellation && m_options.cancellation->isCancelled();
            if (!cancelled && steady_clock::now() < end)
                continue;
            lock.unlock();
            return failed(Error{cancelled ? ErrorCode::Cancelled : ErrorCode::LockTimeout, {}, {}}.with(
                Fact::Table, table.display()));
        }
    }
    return waited;
}

Result<std::vector<FakeKey>> FakeSession::matching(const ReadRequest &request, RowSelection keys,
                                                   const FakeTable &table) const
{
    const RowLayout &layout = keys.batch->layout();
    TRY_ASSIGN(const QList<int> columns, columnsOf(table.schema, request.columns.mid(0, layout.keyCount)));
    std::set<FakeKey> wanted;
    for (const int row : keys.rows) {
        FakeRow cells(table.schema.columns.size());
        bool storable = true;
        for (int cell = 0; cell < layout.keyCount && storable; ++cell) {
            const auto index = static_cast<size_t>(cell);
            const auto stored = storedCell(layout.cells[index], keys.batch->value(row, cell), request.sources[index]);
            storable = stored.has_value(); // what the column cannot hold is not there
            if (storable)
                cells[columns[cell]] = *stored;
        }
        if (auto form = storable ? equalityForm(table.schema, cells, columns) : std::nullopt)
            wanted.insert(std::move(*form));
    }
    const auto known = m_database.m_wheres.find(request.where);
    if (!request.where.isEmpty() && known == m_database.m_wheres.end())
        return fail(Error{ErrorCode::WhereInvalid, {}, {}}.with(Fact::Sql, request.where));
    std::vector<FakeKey> found;
    for (const auto &[key, row] : table.rows) {
        const auto form = equalityForm(table.schema, row, columns);
        if (form && wanted.contains(*form) && (request.where.isEmpty() || known->second(textsOf(table.schema, row))))
            found.push_back(key);
    }
    return found;
}

Result<void> FakeSession::readKeys(const ReadRequest &request, RowSelection keys, bool lockThem, RowBatch &out)
{
    const TableName &name = request.table->name;
    if (lockThem)
        TRY(needMode(Mode::Write, u"lockKeys "_s + name.name));
    TRY(operation((lockThem ? u"lockKeys "_s : u"readKeys "_s) + name.name));
    Lock lock(m_database.m_mutex);
    std::shared_ptr<const FakeTable> table;
    std::vector<FakeKey> found;
    for (bool again = true; again;) {
        table = visible(name);
        if (!table) {
            lock.unlock();
            return failed(Error{ErrorCode::NoSuchTable, {}, {}}.with(Fact::Table, name.display()));
        }
        auto matched = matching(request, keys, *table);
        if (!matched) {
            lock.unlock();
            return failed(matched.error());
        }
        found = std::move(*matched);
        again = false;
        if (lockThem) { // who waited reads what the other has left
            TRY_ASSIGN(again, lockRows(lock, name, std::set<FakeKey>(found.begin(), found.end())));
        }
    }
    ++m_database.m_counters.reads;
    m_database.m_counters.rowsRead += static_cast<qint64>(found.size());
    lock.unlock();
    auto columns = columnsOf(table->schema, request.columns);
    if (!columns)
        return failed(columns.error());
    prepare(out, request.layout);
    RowEncoder encoder(request.layout, request.sources);
    encoder.setBatch(&out);
    std::reverse(found.begin(), found.end());
    for (const FakeKey &key : found)
        encodeRow(encoder, table->schema, table->rows.at(key), *columns);
    return {};
}

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
