// SPDX-License-Identifier: GPL-3.0-or-later
#include <QUuid>

#include "tests/support/fakesession.h"

// What a FakeSession knows of tables and checkpoints.

namespace tidemark {

using namespace Qt::StringLiterals;

namespace {

CheckpointId idOf(const CheckpointKey &key) { return {key.jobId, key.table, key.side}; }

const TableName checkpointTable{{}, u"tidemark_checkpoint"_s};

tl::unexpected<Error> noTable(const TableName &table)
{
    return fail(Error{ErrorCode::NoSuchTable, {}, {}}.with(Fact::Table, table.display()));
}

} // namespace

Result<QList<TableName>> FakeSession::tables()
{
    TRY(operation(u"tables"_s));
    const std::scoped_lock lock(m_database.m_mutex);
    QList<TableName> names;
    for (const auto &[name, table] : m_database.m_state.tables)
        names.append(name);
    return names;
}

Result<TableSchema> FakeSession::describe(const TableName &table)
{
    TRY(operation(u"describe "_s + table.name));
    const std::scoped_lock lock(m_database.m_mutex);
    const auto there = visible(table);
    if (!there)
        return noTable(table);
    return there->schema;
}

Result<QByteArray> FakeSession::schemaToken(const TableName &table)
{
    TRY(operation(u"schemaToken "_s + table.name));
    const std::scoped_lock lock(m_database.m_mutex);
    const auto found = m_database.m_state.tables.find(table); // a catalogue has no snapshot
    if (found == m_database.m_state.tables.end())
        return noTable(table);
    return QByteArray::number(found->second->version);
}

Result<qint64> FakeSession::estimateRows(const TableName &table)
{
    TRY(operation(u"estimateRows "_s + table.name));
    const std::scoped_lock lock(m_database.m_mutex);
    const auto there = visible(table);
    if (!there)
        return noTable(table);
    return static_cast<qint64>(there->rows.size());
}

Result<CommitBound> FakeSession::commitBound()
{
    TRY(needMode(Mode::None, u"commitBound"_s));
    TRY(operation(u"commitBound"_s));
    const std::scoped_lock lock(m_database.m_mutex);
    return m_database.m_bound;
}

Result<void> FakeSession::validateWhere(const TableName &table, const QString &where)
{
    TRY(operation(u"validateWhere "_s + table.name));
    const std::scoped_lock lock(m_database.m_mutex);
    if (!m_database.m_wheres.contains(where))
        return fail(Error{ErrorCode::WhereInvalid, {}, u"not set in this fake"_s}.with(Fact::Sql, where));
    return {};
}

Result<TableSchema> FakeSession::planTable(const TableSchema &source, const TableName &name)
{
    TRY(operation(u"planTable "_s + name.name));
    TableSchema planned;
    planned.name = name;
    planned.primaryKey = source.primaryKey;
    for (Column column : source.columns) {
        column.generated = column.changesOnUpdate = false;
        column.identity = Identity::None;
        column.sequence.clear();
        column.defaultSql.clear();
        planned.columns.append(column);
    }
    for (const Index &index : source.indexes) {
        if (index.unique && !index.partial)
            planned.indexes.append(index);
    }
    return planned;
}

QStringList FakeSession::createTableSql(const TableSchema &planned)
{
    QStringList columns;
    for (const Column &column : planned.columns)
        columns.append(column.name + u' ' + cellKindName(column.type.kind));
    return {u"CREATE TABLE %1 (%2)"_s.arg(planned.name.name, columns.join(u", "_s))};
}

Result<void> FakeSession::createTable(const TableSchema &planned)
{
    TRY(needMode(Mode::None, u"createTable"_s));
    TRY(operation(u"createTable "_s + planned.name.name));
    if (!m_options.writable || !m_database.mayCreateTables)
        return fail(Error{ErrorCode::NoRights, {}, {}}.with(Fact::Table, planned.name.display()));
    if (m_database.hasTable(planned.name.name))
        return fail(Error{ErrorCode::SqlRefused, {}, u"table exists"_s}.with(Fact::Table, planned.name.display()));
    m_database.createTable(planned);
    return {};
}

QString FakeSession::checkpointTableSql() { return u"CREATE TABLE tidemark_checkpoint"_s; }

Result<bool> FakeSession::hasCheckpointTable()
{
    TRY(operation(u"hasCheckpointTable"_s));
    return m_database.hasCheckpointTable();
}

Result<void> FakeSession::createCheckpointTable()
{
    TRY(needMode(Mode::None, u"createCheckpointTable"_s));
    TRY(operation(u"createCheckpointTable"_s));
    if (!m_options.writable || !m_database.mayCreateTables)
        return fail(Error{ErrorCode::NoRights, {}, {}}.with(Fact::Table, checkpointTable.name));
    const std::scoped_lock lock(m_database.m_mutex);
    m_database.m_state.hasCheckpointTable = true;
    if (m_database.m_state.identity.isEmpty())
        m_database.m_state.identity = QUuid::createUuid().toRfc4122();
    return {};
}

Result<QByteArray> FakeSession::identityToken()
{
    TRY(operation(u"identityToken"_s));
    const std::scoped_lock lock(m_database.m_mutex);
    return m_database.m_state.identity;
}

Result<std::optional<Checkpoint>> FakeSession::loadCheckpoint(const CheckpointKey &key, bool lockIt)
{
    if (lockIt)
        TRY(needMode(Mode::Write, u"loadCheckpoint, locked"_s));
    TRY(operation(u"loadCheckpoint"_s));
    Lock lock(m_database.m_mutex);
    if (lockIt) {
        if (!m_database.m_state.hasCheckpointTable)
            return noTable(checkpointTable);
        TRY(lockRows(lock, checkpointTable, {{key.jobId.toUtf8(), key.table.toUtf8(), key.side.toUtf8()}}));
    }
    if (m_transaction) {
        const auto own = m_transaction->changes.checkpoints.find(idOf(key));
        if (own != m_transaction->changes.checkpoints.end())
            return own->second;
    }
    const auto &state = m_mode == Mode::Read ? m_snapshot : m_database.m_state;
    const auto found = state.checkpoints.find(idOf(key));
    return found == state.checkpoints.end() ? std::nullopt : std::optional(found->second);
}

Result<void> FakeSession::saveCheckpoint(const Checkpoint &checkpoint)
{
    if (m_mode == Mode::Read || !m_options.writable)
        return misuse(u"saveCheckpoint while reading"_s);
    TRY(operation(u"saveCheckpoint"_s));
    const std::scoped_lock lock(m_database.m_mutex);
    if (!m_database.m_state.hasCheckpointTable)
        return noTable(checkpointTable);
    if (m_transaction)
        m_transaction->changes.checkpoints[idOf(checkpoint.key)] = checkpoint;
    else
        m_database.m_state.checkpoints[idOf(checkpoint.key)] = checkpoint;
    return {};
}

Result<void> FakeSession::removeCheckpoints(const QString &jobId)
{
    TRY(needMode(Mode::None, u"removeCheckpoints"_s));
    TRY(operation(u"removeCheckpoints"_s));
    const std::scoped_lock lock(m_database.m_mutex);
    auto &state = m_database.m_state;
    std::erase_if(state.checkpoints, [&](const auto &entry) { return std::get<0>(entry.first) == jobId; });
    if (state.checkpoints.empty()) {
        state.hasCheckpointTable = false;
        state.identity.clear();
    }
    return {};
}

Result<bool> FakeSession::tryJobLock(const QString &jobId)
{
    TRY(operation(u"tryJobLock"_s));
    const std::scoped_lock lock(m_database.m_mutex);
    const auto [held, isNew] = m_database.m_jobLocks.try_emplace(jobId, this);
    if (held->second == this)
        m_jobLock = jobId;
    return held->second == this;
}

bool FakeSession::isAlive()
{
    const std::scoped_lock lock(m_database.m_mutex);
    const auto held = m_database.m_jobLocks.find(m_jobLock);
    return !m_dead && (m_jobLock.isEmpty() || (held != m_database.m_jobLocks.end() && held->second == this));
}

} // namespace tidemark
