// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <chrono>

#include "tests/support/fakesession.h"

namespace tidemark {

using namespace Qt::StringLiterals;

namespace {

void encodeRow(RowEncoder &encoder, const TableSchema &schema, const FakeRow &row, const QList<int> &columns)
{
    encoder.beginRow();
    for (const int column : columns)
        deliverCell(encoder, schema.columns[column].type.kind, viewOf(row[column]));
    encoder.endRow();
}

bool passes(const std::optional<MarkFilter> &marks, const TableSchema &schema, const FakeRow &row)
{
    const int column = marks ? schema.columnIndex(marks->column) : -1;
    if (column < 0)
        return true;
    const bool marked = row[column] && textOf(schema.columns[column].type, row[column]) == marks->value;
    return marked == (marks->rows == MarkFilter::Rows::Marked);
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
            if (!passes(request.marks, table.schema, row))
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
        if (order == ReadRequest::Order::Key && m_session.m_database.breaksOrder && m_order.size() > 1)
            std::iter_swap(m_order.end() - 1, m_order.end() - 2);
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
            m_database.m_unlocked.wait_for(lock, milliseconds(std::min(10, m_database.lockTimeoutMs)));
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
        if (form && wanted.contains(*form) && passes(request.marks, table.schema, row)
            && (request.where.isEmpty() || known->second(textsOf(table.schema, row))))
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

} // namespace tidemark
