// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/queueround.h"

#include <algorithm>
#include <unordered_set>

#include <QSysInfo>

#include "core/change/changeeventreader.h"
#include "core/run/queuewords.h"

namespace tidemark {

using namespace Qt::StringLiterals;

namespace {

constexpr int messagesAtOnce = 5000;
// All of a round where some of them came before: no more are suspected with the one that is to blame.
constexpr int messagesAtFirst = 500;
constexpr qint64 mostMessages = 200'000; // of a round
constexpr qint64 mostBytes = 64 << 20;
constexpr qint64 firstWaitMs = 2000; // until the broker has begun to deliver
constexpr qint64 nextWaitMs = 200;

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

QString queueIdentity(const ConnectionSettings &settings)
{
    const QueueSettings &queue = *settings.queue;
    const QString place = settings.driver == Driver::Redis ? QString(queue.stream + u' ' + queue.group)
                                                           : QString(queue.exchange + u' ' + queue.queue);
    return u"%1 %2:%3/%4 %5"_s.arg(driverName(settings.driver), settings.host, QString::number(settings.port),
                                   settings.database, place);
}

QString QueueRound::identity() const { return queueIdentity(m_job.source); }

Result<void> QueueRound::open(QueueOpener &opener, bool consumes)
{
    ConnectionSettings source = m_job.source;
    if (source.queue->consumer.isEmpty()) {
        // The job's own, the same after a restart: jobs that share a group are consumers of their own.
        QueueSettings queue = *source.queue;
        queue.consumer = QSysInfo::machineHostName() + u':' + m_job.id;
        source.queue = std::make_shared<const QueueSettings>(std::move(queue));
    }
    QueueOptions options;
    options.consumes = consumes;
    options.mayCreate = consumes;
    options.cancellation = &m_cancellation;
    TRY_ASSIGN(m_queue, opener.openQueue(source, options));
    if (!consumes || !keepsVersions())
        return {};
    TRY_ASSIGN(const auto target, m_connector.open(m_job.target, OpenOptions{true, &m_cancellation}));
    return m_versions.ensure(*target);
}

void QueueRound::begin()
{
    m_tables.clear();
    m_poison.clear();
    m_idle.clear();
    m_batches.clear();
    m_rows.clear();
    m_texts.clear();
    m_scopes.clear();
    for (const JobTable &table : m_job.tables) {
        StagedTable &staged = m_tables[table.source];
        staged.name = table.source;
        staged.ignoresDeletes = table.deletes == DeletePolicy::Ignore;
    }
}

Result<qint64> QueueRound::fill()
{
    begin();
    const bool isAmqp = m_job.source.driver == Driver::Amqp; // which hands out no more than that ahead
    const qint64 most = isAmqp ? std::min<qint64>(mostMessages, m_job.source.queue->prefetch) : mostMessages;
    qint64 count = 0, bytes = 0;
    while (count < most && bytes < mostBytes) {
        QueueBatch batch;
        const qint64 waitMs = std::exchange(m_isFirst, false) ? firstWaitMs : nextWaitMs;
        const qint64 atOnce = count == 0 ? messagesAtFirst : messagesAtOnce;
        const int limit = static_cast<int>(std::min(atOnce, most - count));
        TRY(m_queue->receive(limit, waitMs, batch));
        if (batch.isEmpty())
            break;
        const bool isAgain = std::any_of(batch.messages.begin(), batch.messages.end(),
                                         [](const QueueMessage &message) { return message.deliveries > 1; });
        count += batch.size();
        bytes += batch.byteSize();
        TRY(stage(batch));
        m_batches.push_back(std::move(batch));
        if (isAgain)
            break;
    }
    TRY(describeTables());
    return count;
}

Result<qint64> QueueRound::peek(int limit)
{
    begin();
    QueueBatch batch;
    auto peeked = m_queue->peek(limit, batch);
    if (!peeked && peeked.error().code != ErrorCode::NoSuchTable) // nobody has published or consumed yet
        return fail(std::move(peeked).error());
    TRY(stage(batch));
    const auto count = static_cast<qint64>(batch.size());
    m_batches.push_back(std::move(batch));
    TRY(describeTables());
    return count;
}

Result<void> QueueRound::assume()
{
    begin();
    return describeTables();
}

Result<void> QueueRound::stage(const QueueBatch &batch)
{
    ChangeEventReader reader;
    for (const QueueMessage &message : batch.messages) {
        if (m_cancellation.isCancelled())
            return fail(ErrorCode::Cancelled);
        stageMessage(message, reader);
    }
    return {};
}

void QueueRound::stageMessage(const QueueMessage &message, ChangeEventReader &reader)
{
    ChangeEvent event;
    if (auto parsed = reader.parse(message.key, message.value, event); !parsed) {
        m_poison.emplace_back(message, std::move(parsed).error());
        return;
    }
    if (event.operation == EventOperation::Tombstone) {
        m_idle.push_back(message.id);
        return;
    }
    StagedTable *const table = tableOf(event.source);
    if (table == nullptr) {
        const QString name = QString::fromStdString(event.source.table);
        const QString schema = QString::fromStdString(event.source.schema);
        m_poison.emplace_back(message,
                              Error{ErrorCode::NoSuchTable, {{Fact::Table, TableName{schema, name}.display()}}, {}});
        return;
    }
    StagedChange change;
    change.message = message;
    change.operation = event.operation;
    if (!event.source.order.empty() && event.source.order.size() <= QueueVersions::longestVersion) {
        change.scope = *m_scopes.insert(event.source.connector + '/' + event.source.name).first;
        change.order = m_texts.keep(event.source.order);
    } else if (!message.place.empty()) {
        change.scope = *m_scopes.insert("place/" + m_job.source.queue->stream.toStdString()).first;
        change.order = message.place;
    } else if (m_job.source.driver == Driver::Amqp && !m_job.source.queue->oneConsumer) {
        // Which of two changes of a key is the later one, nobody could say.
        change.fault =
            std::make_unique<const Error>(Error{ErrorCode::MissingKey, {{Fact::JsonPath, u"source.sequence"_s}}, {}});
    }
    keepRows(*table, event, change);
    table->changes.push_back(std::move(change));
}

StagedTable *QueueRound::tableOf(const EventSource &source)
{
    for (auto &[wanted, table] : m_tables) {
        if (names(wanted, source))
            return &table;
    }
    if (!m_job.allTables)
        return nullptr;
    const TableName name{QString::fromStdString(source.schema), QString::fromStdString(source.table)};
    StagedTable &table = m_tables[name];
    table.name = name;
    table.ignoresDeletes = m_job.defaults.deletes == DeletePolicy::Ignore;
    return &table;
}

void QueueRound::keepRows(StagedTable &table, const ChangeEvent &event, StagedChange &change)
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

void QueueRound::restore(const StagedChange &change, ChangeEvent &event) const
{
    event.operation = change.operation;
    event.source.connector = change.isOurs ? "tidemark" : "";
    const bool isDelete = change.operation == EventOperation::Delete;
    m_rows.restore(isDelete ? -1 : change.row, event.after);
    m_rows.restore(isDelete ? change.row : -1, event.before);
    m_rows.restore(change.keyRow, event.key);
}

QList<TableName> QueueRound::tables() const
{
    QList<TableName> result;
    for (const auto &[name, table] : m_tables)
        result += name;
    return result;
}

StagedTable *QueueRound::find(const TableName &name)
{
    const auto found = m_tables.find(name);
    return found == m_tables.end() ? nullptr : &found->second;
}

const JobTable &QueueRound::settingsOf(const StagedTable &table) const
{
    for (const JobTable &settings : m_job.tables) {
        if (settings.source == table.name)
            return settings;
    }
    return m_job.defaults;
}

Result<void> QueueRound::describeTables()
{
    if (m_tables.empty())
        return {};
    TRY_ASSIGN(const auto target, m_connector.open(m_job.target, OpenOptions{false, &m_cancellation}));
    if (keepsVersions())
        TRY(m_versions.learn(*target));
    TRY_ASSIGN(const QList<TableName> known, target->tables());
    for (auto &[name, table] : m_tables) {
        auto described = describeTable(table, *target, known);
        if (!described && described.error().isTransient())
            return described;
        if (!described)
            table.error = std::move(described).error().with(Fact::Connection, m_job.target.label());
    }
    return {};
}

// The source's table is the target's, with the columns that most of the rows bear: a row that lacks one of them is
// one of its own kind, and set aside; what a few rows bear beyond them is left out.
Result<void> QueueRound::describeTable(StagedTable &table, Session &target, const QList<TableName> &known)
{
    const JobTable &settings = settingsOf(table);
    const TableName wanted = settings.target.value_or(TableName{{}, table.name.name});
    TableName name = wanted;
    if (wanted.schema.isEmpty()) {
        TRY_ASSIGN(name, matchTable(wanted, known));
    }
    TRY_ASSIGN(const TableSchema there, target.describe(name));
    table.target = there.name.display();
    std::unordered_map<std::string, int> columns; // how many rows bear each
    std::vector<std::string> order; // as they first came
    int rows = 0;
    for (const auto &[shape, count] : table.shapes) {
        rows += count;
        for (const std::string &column : columnNames(m_rows.shape(shape))) {
            int &seen = columns[column];
            if (seen == 0)
                order.push_back(column);
            seen += count;
        }
    }
    std::set<std::string> deletedKeys;
    for (const int shape : table.deletedShapes) {
        for (const std::string &column : columnNames(m_rows.shape(shape)))
            deletedKeys.insert(column);
    }
    const auto isBorne = [&](const std::string &column) { return columns.at(column) * 2 > rows; };
    TableSchema schema =
        rows > 0 ? queueTable(there, settings.rules, order, isBorne) : deletedTable(there, settings.rules, deletedKeys);
    schema.name = table.name;
    table.schema = std::move(schema);
    return {};
}

Result<void> QueueRound::loadVersions(StagedTable &table, Cancellation *cancellation)
{
    if (table.versions.empty() || !keepsVersions())
        return {};
    TRY_ASSIGN(const auto target, m_connector.open(m_job.target, OpenOptions{false, cancellation}));
    std::vector<KeyVersion *> all;
    for (StagedVersion &version : table.versions)
        all.push_back(&version);
    return m_versions.load(*target, std::move(all));
}

void StagedTable::forgetKeys()
{
    keyNumbers.clear();
    keys.clear();
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

const StagedKey *StagedTable::find(std::string_view key) const
{
    const auto found = keyNumbers.find(key);
    return found == keyNumbers.end() ? nullptr : &keys[static_cast<std::size_t>(found->second)];
}

} // namespace tidemark
