// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/queuestaging.h"

#include <algorithm>

#include "core/change/changeeventreader.h"

namespace tidemark {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype betweenChecks = 64;

bool isSame(const QString &wanted, const std::string &found)
{
    const QString name = QString::fromStdString(found);
    return wanted == name || looseName(wanted) == looseName(name);
}

// A name without a schema is any schema's. MySQL's events bear a database and no schema.
bool names(const TableName &wanted, const EventSource &source)
{
    if (!isSame(wanted.name, source.table))
        return false;
    return wanted.schema.isEmpty() || isSame(wanted.schema, source.schema)
        || (source.schema.empty() && isSame(wanted.schema, source.database));
}

} // namespace

QueueStaging::QueueStaging(const JobSettings &job)
    : m_job(job), m_stream(job.source.queue ? job.source.queue->stream.toStdString() : std::string())
{
    for (const JobTable &table : m_job.tables) {
        StagedTable &staged = tables[table.source];
        staged.name = table.source;
        staged.ignoresDeletes = table.deletes == DeletePolicy::Ignore;
    }
}

Result<void> QueueStaging::take(QueueBatch batch, const Cancellation &cancellation)
{
    ChangeEventReader reader;
    m_batches.push_back(std::move(batch));
    const QueueBatch &taken = m_batches.back();
    messages += taken.size();
    bytes += taken.byteSize();
    for (qsizetype i = 0; i < taken.size(); ++i) {
        if (i % betweenChecks == 0 && cancellation.isCancelled())
            return fail(ErrorCode::Cancelled);
        const QueueMessage &message = taken.messages[static_cast<std::size_t>(i)];
        isAgain = isAgain || message.deliveries > 1;
        stage(message, reader);
    }
    return {};
}

void QueueStaging::stage(const QueueMessage &message, ChangeEventReader &reader)
{
    ChangeEvent event;
    if (auto parsed = reader.parse(message.key, message.value, event); !parsed) {
        poison.emplace_back(message, std::move(parsed).error());
        return;
    }
    if (event.operation == EventOperation::Tombstone) {
        idle.push_back(message.id);
        return;
    }
    StagedTable *const table = tableOf(event.source);
    if (table == nullptr) {
        const QString name = QString::fromStdString(event.source.table);
        const QString schema = QString::fromStdString(event.source.schema);
        poison.emplace_back(message,
                            Error{ErrorCode::NoSuchTable, {{Fact::Table, TableName{schema, name}.display()}}, {}});
        return;
    }
    StagedChange change;
    change.message = message;
    change.operation = event.operation;
    if (!event.source.order.empty() && event.source.order.size() <= QueueVersions::longestVersion) {
        change.scope = scope(event.source.connector, event.source.name);
        change.order = m_texts.keep(event.source.order);
    } else if (!message.place.empty()) {
        change.scope = scope("place", m_stream);
        change.order = message.place;
    } else if (m_job.source.driver == Driver::Amqp && !m_job.source.queue->oneConsumer) {
        // Which of two changes of a key is the later one, nobody could say.
        change.fault =
            std::make_unique<const Error>(Error{ErrorCode::MissingKey, {{Fact::JsonPath, u"source.sequence"_s}}, {}});
    }
    keepRows(*table, event, change);
    table->changes.push_back(std::move(change));
}

std::string_view QueueStaging::scope(std::string_view first, std::string_view second)
{
    m_scope.assign(first).append("/").append(second);
    const auto found = m_scopes.find(m_scope);
    return found != m_scopes.end() ? *found : *m_scopes.insert(m_scope).first;
}

StagedTable *QueueStaging::tableOf(const EventSource &source)
{
    const bool isSame = m_lastTable != nullptr && source.table == m_lastSource.table
        && source.schema == m_lastSource.schema && source.database == m_lastSource.database;
    if (!isSame) {
        m_lastTable = findTable(source);
        m_lastSource = source;
    }
    return m_lastTable;
}

StagedTable *QueueStaging::findTable(const EventSource &source)
{
    for (auto &[wanted, table] : tables) {
        if (names(wanted, source))
            return &table;
    }
    if (!m_job.allTables)
        return nullptr;
    const TableName name{QString::fromStdString(source.schema), QString::fromStdString(source.table)};
    StagedTable &table = tables[name];
    table.name = name;
    table.ignoresDeletes = m_job.defaults.deletes == DeletePolicy::Ignore;
    return &table;
}

void QueueStaging::keepRows(StagedTable &table, const ChangeEvent &event, StagedChange &change)
{
    change.isOurs = event.isOurs();
    if (event.operation != EventOperation::Delete) {
        change.row = m_rows.add(event.after, 0);
        ++table.shapes[m_rows.shapeOf(change.row)];
        return;
    }
    change.row = m_rows.add(event.before, 1);
    change.keyRow = m_rows.add(event.key, 2);
    table.deletedShapes.insert(m_rows.shapeOf(change.keyRow >= 0 ? change.keyRow : change.row));
}

void QueueStaging::restore(const StagedChange &change, ChangeEvent &event) const
{
    event.operation = change.operation;
    event.source.connector = change.isOurs ? "tidemark" : "";
    const bool isDelete = change.operation == EventOperation::Delete;
    m_rows.restore(isDelete ? -1 : change.row, event.after);
    m_rows.restore(isDelete ? change.row : -1, event.before);
    m_rows.restore(change.keyRow, event.key);
}

std::vector<std::string_view> QueueStaging::fresh() const
{
    std::vector<std::string_view> ids;
    for (const QueueBatch &batch : m_batches) {
        for (const QueueMessage &message : batch.messages) {
            if (message.deliveries <= 1)
                ids.push_back(message.id);
        }
    }
    return ids;
}

void StagedTable::forgetKeys()
{
    keyNumbers.clear();
    keys.clear();
    inOrder.clear();
    versions.clear();
    keyBytes.clear();
}

void StagedTable::setKey(StagedChange &change, std::string_view key)
{
    auto found = keyNumbers.find(key);
    if (found == keyNumbers.end()) {
        found = keyNumbers.emplace(keyBytes.keep(key), static_cast<int>(keys.size())).first;
        keys.emplace_back();
    }
    change.key = found->first;
    change.keyNumber = found->second;
}

StagedVersion &StagedTable::versionOf(const StagedChange &change)
{
    int *place = &keys[static_cast<std::size_t>(change.keyNumber)].version;
    while (*place >= 0) {
        StagedVersion &version = versions[static_cast<std::size_t>(*place)];
        if (version.scope == change.scope)
            return version;
        place = &version.next;
    }
    *place = static_cast<int>(versions.size());
    StagedVersion &version = versions.emplace_back();
    version.scope = change.scope;
    return version;
}

void StagedTable::setOrder(const StagedChange &change)
{
    keys[static_cast<std::size_t>(change.keyNumber)].place = inOrder.size();
    inOrder.emplace_back(change.key, change.keyNumber);
}

const StagedKey *StagedTable::find(std::string_view key, std::size_t &next) const
{
    if (next < inOrder.size() && inOrder[next].first == key)
        return &keys[static_cast<std::size_t>(inOrder[next++].second)];
    const auto found = keyNumbers.find(key);
    if (found == keyNumbers.end())
        return nullptr;
    const StagedKey &known = keys[static_cast<std::size_t>(found->second)];
    next = known.place + 1;
    return &known;
}

} // namespace tidemark
