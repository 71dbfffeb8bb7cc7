// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fakedatabase.h"

#include <algorithm>

#include <QUuid>

namespace tidemark {

using namespace Qt::StringLiterals;

FakeDatabase::FakeDatabase(const QString &name)
{
    facts.product = u"Fake"_s;
    facts.version = u"1"_s;
    facts.identity = u"fake:"_s + name;
    m_bound.known = true;
    m_bound.boundUs = m_bound.serverNowUs = 1'800'000'000'000'000; // 2027-01-15: later than what tests stamp
}

std::shared_ptr<FakeTable> FakeDatabase::writable(const TableName &table)
{
    const auto found = m_state.tables.find(table);
    if (found == m_state.tables.end())
        qFatal("no fake table \"%s\"", qPrintable(table.display()));
    auto copy = std::make_shared<FakeTable>(*found->second);
    found->second = copy;
    return copy;
}

FakeKey FakeDatabase::keyFor(const FakeTable &table, const FakeRow &row)
{
    FakeKey key;
    for (const QString &column : table.schema.primaryKey)
        key.append(row[table.schema.columnIndex(column)].value_or(QByteArray()));
    if (key.isEmpty())
        key.append(QByteArray::number(m_nextNumber++).rightJustified(12, '0'));
    return key;
}

void FakeDatabase::createTable(const TableSchema &schema)
{
    const std::scoped_lock lock(m_mutex);
    auto table = std::make_shared<FakeTable>();
    table->schema = schema;
    table->version = m_nextNumber++;
    m_state.tables[schema.name] = std::move(table);
}

void FakeDatabase::alterTable(const QString &table, const std::function<void(TableSchema &)> &change)
{
    const std::scoped_lock lock(m_mutex);
    const auto copy = writable({{}, table});
    const TableSchema before = copy->schema;
    change(copy->schema);
    copy->version = m_nextNumber++;
    for (auto &[key, row] : copy->rows) {
        FakeRow cells;
        for (const Column &column : copy->schema.columns) {
            const int index = before.columnIndex(column.name);
            cells.append(index < 0 ? FakeCell() : row[index]);
        }
        row = cells;
    }
}

void FakeDatabase::put(const QString &table, const FakeValues &values)
{
    const std::scoped_lock lock(m_mutex);
    const auto copy = writable({{}, table});
    if (values.size() != copy->schema.columns.size())
        qFatal("\"%s\" has %lld columns", qPrintable(table), static_cast<long long>(copy->schema.columns.size()));
    FakeRow row;
    for (qsizetype i = 0; i < values.size(); ++i)
        row.append(cellFromText(copy->schema.columns[i].type, values[i]));
    const FakeKey key = keyFor(*copy, row);
    if (m_locks.contains({{{}, table}, key}))
        qFatal("a session holds this row of \"%s\"", qPrintable(table)); // a foreign client would wait
    copy->rows[key] = row;
}

void FakeDatabase::remove(const QString &table, const FakeValues &key)
{
    const std::scoped_lock lock(m_mutex);
    const auto copy = writable({{}, table});
    FakeKey bytes;
    for (qsizetype i = 0; i < key.size(); ++i) {
        const int column = copy->schema.columnIndex(copy->schema.primaryKey.value(i));
        bytes.append(cellFromText(copy->schema.columns[column].type, key[i]).value_or(QByteArray()));
    }
    if (m_locks.contains({{{}, table}, bytes}))
        qFatal("a session holds this row of \"%s\"", qPrintable(table));
    if (copy->rows.erase(bytes) == 0)
        qFatal("no such row in \"%s\"", qPrintable(table));
}

bool FakeDatabase::isLocked(const QString &table) const
{
    const std::scoped_lock lock(m_mutex);
    return std::any_of(m_locks.begin(), m_locks.end(),
                       [&table](const auto &held) { return held.first.first.name == table; });
}

void FakeDatabase::clear(const QString &table)
{
    const std::scoped_lock lock(m_mutex);
    writable({{}, table})->rows.clear();
}

QStringList FakeDatabase::rows(const QString &table) const
{
    const std::scoped_lock lock(m_mutex);
    QStringList list;
    const auto found = m_state.tables.find({{}, table});
    if (found == m_state.tables.end())
        return {u"(no such table)"_s};
    for (const auto &[key, row] : found->second->rows)
        list.append(textsOf(found->second->schema, row).join(u'|'));
    return list;
}

bool FakeDatabase::hasTable(const QString &table) const
{
    const std::scoped_lock lock(m_mutex);
    return m_state.tables.contains({{}, table});
}

TableSchema FakeDatabase::schema(const QString &table) const
{
    const std::scoped_lock lock(m_mutex);
    const auto found = m_state.tables.find({{}, table});
    return found == m_state.tables.end() ? TableSchema() : found->second->schema;
}

std::optional<Checkpoint> FakeDatabase::checkpoint(const CheckpointKey &key) const
{
    const std::scoped_lock lock(m_mutex);
    const auto found = m_state.checkpoints.find({key.jobId, key.table, key.side});
    return found == m_state.checkpoints.end() ? std::nullopt : std::optional(found->second);
}

QList<Checkpoint> FakeDatabase::checkpoints() const
{
    const std::scoped_lock lock(m_mutex);
    QList<Checkpoint> list;
    for (const auto &[id, checkpoint] : m_state.checkpoints)
        list.append(checkpoint);
    return list;
}

void FakeDatabase::changeCheckpoint(const CheckpointKey &key, const std::function<void(Checkpoint &)> &change)
{
    const std::scoped_lock lock(m_mutex);
    const auto found = m_state.checkpoints.find({key.jobId, key.table, key.side});
    if (found == m_state.checkpoints.end())
        qFatal("no checkpoint of \"%s\"", qPrintable(key.table));
    change(found->second);
}

bool FakeDatabase::hasCheckpointTable() const
{
    const std::scoped_lock lock(m_mutex);
    return m_state.hasCheckpointTable;
}

void FakeDatabase::dropCheckpointTable()
{
    const std::scoped_lock lock(m_mutex);
    m_state.hasCheckpointTable = false;
    m_state.identity.clear();
    m_state.checkpoints.clear();
}

std::shared_ptr<const FakeDatabase::Backup> FakeDatabase::backUp() const
{
    const std::scoped_lock lock(m_mutex);
    return std::make_shared<const Backup>(Backup{m_state});
}

void FakeDatabase::restore(const std::shared_ptr<const Backup> &backup)
{
    const std::scoped_lock lock(m_mutex);
    m_state = backup->state;
}

FakeCounters FakeDatabase::counters() const
{
    const std::scoped_lock lock(m_mutex);
    return m_counters;
}

void FakeDatabase::resetCounters()
{
    const std::scoped_lock lock(m_mutex);
    m_counters = {};
    m_log.clear();
}

QStringList FakeDatabase::violations() const
{
    const std::scoped_lock lock(m_mutex);
    return m_violations;
}

QStringList FakeDatabase::log() const
{
    const std::scoped_lock lock(m_mutex);
    return m_log;
}

void FakeDatabase::setCommitBound(const CommitBound &bound)
{
    const std::scoped_lock lock(m_mutex);
    m_bound = bound;
}

void FakeDatabase::setWhere(const QString &where, FakePredicate predicate)
{
    const std::scoped_lock lock(m_mutex);
    m_wheres[where] = std::move(predicate);
}

void FakeDatabase::refuseRows(const QString &table, FakePredicate which, Error error)
{
    const std::scoped_lock lock(m_mutex);
    m_refusals.append({{{}, table}, std::move(which), std::move(error)});
}

void FakeDatabase::acceptRows()
{
    const std::scoped_lock lock(m_mutex);
    m_refusals.clear();
}

void FakeDatabase::holdJobLock(const QString &jobId)
{
    const std::scoped_lock lock(m_mutex);
    m_jobLocks[jobId] = nullptr;
}

void FakeDatabase::releaseJobLock(const QString &jobId)
{
    const std::scoped_lock lock(m_mutex);
    m_jobLocks.erase(jobId);
}

void FakeDatabase::failOn(const QString &operation, const Error &error, int skip, int times)
{
    const std::scoped_lock lock(m_mutex);
    m_failures.append({operation, error, skip, times, false});
}

void FakeDatabase::failCommit(bool applied, int skip)
{
    const std::scoped_lock lock(m_mutex);
    m_failures.append({u"commit"_s, Error{ErrorCode::CommitInDoubt, {}, {}}, skip, 1, applied});
}

void FakeDatabase::failNoMore()
{
    const std::scoped_lock lock(m_mutex);
    m_failures.clear();
}

void FakeDatabase::onOperation(std::function<void(const QString &)> hook)
{
    const std::scoped_lock lock(m_mutex);
    m_hook = std::move(hook);
}

std::optional<FakeDatabase::Failure> FakeDatabase::takeFailure(const QString &operation)
{
    for (qsizetype i = 0; i < m_failures.size(); ++i) {
        Failure &failure = m_failures[i];
        const QString &words = failure.operation;
        if (!words.isEmpty() && operation != words && !operation.startsWith(words + u' '))
            continue;
        if (failure.skip-- > 0)
            continue;
        failure.skip = 0;
        const Failure taken = failure;
        if (failure.times > 0 && --failure.times == 0)
            m_failures.removeAt(i);
        return taken;
    }
    return {};
}

void FakeDatabase::violate(const QString &what)
{
    const std::scoped_lock lock(m_mutex);
    m_violations.append(what);
}

} // namespace tidemark
