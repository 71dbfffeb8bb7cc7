// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fakesession.h"

#include <QUuid>

namespace tidemark {

using namespace Qt::StringLiterals;

namespace {

bool isLethal(ErrorCode code)
{
    return code == ErrorCode::ConnectionLost || code == ErrorCode::Timeout || code == ErrorCode::Cancelled
        || code == ErrorCode::CommitInDoubt || code == ErrorCode::ServerClosing || code == ErrorCode::BrokenStream;
}

CheckpointId idOf(const CheckpointKey &key) { return {key.jobId, key.table, key.side}; }

const TableName checkpointTable{{}, u"tidemark_checkpoint"_s};

tl::unexpected<Error> noTable(const TableName &table)
{
    return fail(Error{ErrorCode::NoSuchTable, {}, {}}.with(Fact::Table, table.display()));
}

} // namespace

Result<std::unique_ptr<Session>> FakeDatabase::open(const OpenOptions &options)
{
    auto session = std::make_unique<FakeSession>(*this, options);
    TRY(session->operation(u"open"_s));
    return std::unique_ptr<Session>(std::move(session));
}

FakeSession::FakeSession(FakeDatabase &database, const OpenOptions &options)
    : m_database(database), m_options(options), m_facts(database.facts)
{ }

FakeSession::~FakeSession()
{
    if (m_readers > 0)
        m_database.violate(u"a session ended before its reader"_s);
    const std::scoped_lock lock(m_database.m_mutex);
    end();
    std::erase_if(m_database.m_jobLocks, [this](const auto &held) { return held.second == this; });
}

void FakeSession::end()
{
    m_mode = Mode::None;
    m_aborted = false;
    m_transaction.reset();
    m_savepoint.reset();
    m_snapshot = {};
    if (!m_exported.isEmpty())
        m_database.m_snapshots.erase(m_exported);
    m_exported.clear();
    std::erase_if(m_database.m_locks, [this](const auto &held) { return held.second == this; });
    m_database.m_unlocked.notify_all();
}

tl::unexpected<Error> FakeSession::misuse(const QString &what)
{
    m_database.violate(what);
    return fail(ErrorCode::Internal, what);
}

tl::unexpected<Error> FakeSession::failed(Error error)
{
    if (isLethal(error.code)) {
        m_dead = true;
        const std::scoped_lock lock(m_database.m_mutex);
        end(); // the server notices
    } else if (m_mode == Mode::Write && m_database.errorEndsTransaction) {
        m_aborted = true;
    }
    return fail(std::move(error));
}

Result<void> FakeSession::enter(const QString &name, std::function<void(const QString &)> &hook)
{
    if (m_thread != std::this_thread::get_id())
        return misuse(u"another thread: "_s + name);
    if (m_dead)
        return misuse(u"a dead session: "_s + name);
    if (m_aborted && name != u"rollback" && name != u"rollbackToSavepoint")
        return misuse(u"the transaction has failed already: "_s + name);
    if (m_readers > 0 && !name.startsWith(u"next "))
        return misuse(u"a reader is not at its end: "_s + name);
    const std::scoped_lock lock(m_database.m_mutex);
    ++m_database.m_counters.statements;
    m_database.m_log.append(name);
    hook = m_database.m_hook;
    return {};
}

Result<void> FakeSession::operation(const QString &name, bool *applied)
{
    std::function<void(const QString &)> hook;
    TRY(enter(name, hook));
    if (hook)
        hook(name);
    if (m_options.cancellation && m_options.cancellation->isCancelled())
        return failed(Error{ErrorCode::Cancelled, {}, {}});
    std::optional<FakeDatabase::Failure> failure;
    {
        const std::scoped_lock lock(m_database.m_mutex);
        failure = m_database.takeFailure(name);
    }
    if (!failure)
        return {};
    if (applied && failure->applied) {
        *applied = true;
        return {};
    }
    return failed(failure->error);
}

Result<void> FakeSession::needMode(Mode mode, const QString &name)
{
    if (m_mode == mode)
        return {};
    return misuse(mode == Mode::None ? QString(u"inside a transaction: "_s + name)
                                     : QString(u"outside such a transaction: "_s + name));
}

std::shared_ptr<const FakeTable> FakeSession::visible(const TableName &table) const
{
    if (m_mode == Mode::Write)
        return m_transaction->table(table);
    const auto &tables = m_mode == Mode::Read ? m_snapshot.tables : m_database.m_state.tables;
    const auto found = tables.find(table);
    return found == tables.end() ? nullptr : found->second;
}

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

Result<void> FakeSession::beginRead(const QByteArray &snapshot)
{
    TRY(needMode(Mode::None, u"beginRead"_s));
    TRY(operation(u"beginRead"_s));
    const std::scoped_lock lock(m_database.m_mutex);
    if (!snapshot.isEmpty()) {
        const auto shared = m_database.m_snapshots.find(snapshot);
        if (shared == m_database.m_snapshots.end())
            return fail(ErrorCode::SqlRefused, u"no such snapshot"_s);
        m_snapshot = shared->second;
    } else {
        m_snapshot = m_database.m_state;
    }
    m_mode = Mode::Read;
    return {};
}

Result<QByteArray> FakeSession::exportSnapshot()
{
    TRY(needMode(Mode::Read, u"exportSnapshot"_s));
    TRY(operation(u"exportSnapshot"_s));
    if (!m_database.offersSnapshots)
        return QByteArray();
    const std::scoped_lock lock(m_database.m_mutex);
    m_exported = QByteArray("snapshot ") + QByteArray::number(m_database.m_nextNumber++);
    m_database.m_snapshots[m_exported] = m_snapshot;
    return m_exported;
}

Result<void> FakeSession::beginWrite()
{
    TRY(needMode(Mode::None, u"beginWrite"_s));
    TRY(operation(u"beginWrite"_s));
    if (!m_options.writable || m_facts.readOnly)
        return fail(ErrorCode::ReadOnly);
    m_transaction = std::make_unique<FakeTransaction>(m_database);
    m_mode = Mode::Write;
    return {};
}

Result<void> FakeSession::commit()
{
    if (m_mode == Mode::None)
        return needMode(Mode::Write, u"commit"_s);
    bool answerIsLost = false;
    TRY(operation(u"commit"_s, &answerIsLost));
    {
        const std::scoped_lock lock(m_database.m_mutex);
        const Result<void> committed = m_mode == Mode::Write ? m_transaction->commit() : Result<void>();
        end();
        if (!committed)
            return committed; // and rolled back, as a deferred constraint does
    }
    if (answerIsLost)
        return failed(Error{ErrorCode::CommitInDoubt, {}, {}});
    return {};
}

Result<void> FakeSession::rollback()
{
    if (m_mode == Mode::None)
        return needMode(Mode::Write, u"rollback"_s);
    TRY(operation(u"rollback"_s));
    const std::scoped_lock lock(m_database.m_mutex);
    end();
    return {};
}

Result<void> FakeSession::savepoint()
{
    TRY(needMode(Mode::Write, u"savepoint"_s));
    TRY(operation(u"savepoint"_s));
    if (m_savepoint)
        return misuse(u"a second savepoint"_s);
    m_savepoint = m_transaction->changes;
    return {};
}

Result<void> FakeSession::rollbackToSavepoint()
{
    TRY(needMode(Mode::Write, u"rollbackToSavepoint"_s));
    if (!m_savepoint)
        return misuse(u"rollbackToSavepoint without one"_s);
    TRY(operation(u"rollbackToSavepoint"_s));
    m_transaction->changes = std::move(*m_savepoint);
    m_savepoint.reset();
    m_aborted = false;
    return {};
}

Result<void> FakeSession::releaseSavepoint()
{
    TRY(needMode(Mode::Write, u"releaseSavepoint"_s));
    if (!m_savepoint)
        return misuse(u"releaseSavepoint without one"_s);
    TRY(operation(u"releaseSavepoint"_s));
    m_savepoint.reset();
    return {};
}

Result<void> FakeSession::deferForeignKeys()
{
    TRY(needMode(Mode::Write, u"deferForeignKeys"_s));
    TRY(operation(u"deferForeignKeys"_s));
    m_transaction->deferred = m_database.defersForeignKeys;
    return {};
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
    return isNew || held->second == this;
}

} // namespace tidemark
