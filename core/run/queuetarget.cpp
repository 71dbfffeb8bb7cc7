// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/queuetarget.h"

#include <QDateTime>

#include "core/data/rowindex.h"
#include "core/mapping/tablemapping.h"
#include "core/run/queueround.h"
#include "core/run/twowayexecution.h"

namespace tidemark {

using namespace Qt::StringLiterals;

namespace {

class NoRows final : public RowReader
{
public:
    explicit NoRows(std::shared_ptr<const RowLayout> layout) : m_layout(std::move(layout)) { }
    Result<bool> next(RowBatch &batch) override
    {
        batch.reset(m_layout);
        return false;
    }

private:
    std::shared_ptr<const RowLayout> m_layout;
};

class EventWriter final : public RowWriter
{
public:
    EventWriter(Publishing &publishing, QueueOutbox &outbox, PublishedRows *published, const WriteRequest &request)
        : m_publishing(publishing), m_outbox(outbox), m_published(published), m_table(request.table->name.display()),
          m_layout(request.layout),
          m_writer(*request.layout, namesOf(request), typesOf(request), originOf(publishing.job, *request.table),
                   publishing.job.target.queue->envelope),
          m_route(m_table.toStdString())
    { }

    Result<void> insert(RowSelection rows) override { return write(EventOperation::Create, rows); }
    Result<void> update(RowSelection rows) override { return write(EventOperation::Update, rows); }
    Result<void> remove(RowSelection keys) override { return write(EventOperation::Delete, keys); }

private:
    static QStringList namesOf(const WriteRequest &request)
    {
        QStringList names;
        for (const CellSource &cell : request.cells)
            names += cell.column;
        for (const WriteColumn &column : request.columns)
            names[column.cell] = column.name;
        return names;
    }
    static std::vector<ColumnType> typesOf(const WriteRequest &request)
    {
        std::vector<ColumnType> types;
        for (const CellSource &cell : request.cells)
            types.push_back(cell.type);
        return types;
    }
    static EventOrigin originOf(const JobSettings &job, const TableSchema &table)
    {
        const bool isFile = job.source.driver == Driver::Sqlite;
        const QString database = isFile ? job.source.database.section(u'/', -1) : job.source.database;
        return {job.name, database, table.name};
    }

    Result<void> write(EventOperation operation, RowSelection rows)
    {
        const qint64 nowMs = QDateTime::currentMSecsSinceEpoch();
        std::string value, key;
        for (const int row : rows.rows) {
            EventStamp stamp;
            TRY_ASSIGN(stamp.sequence, m_publishing.sequence.next());
            stamp.id = m_publishing.job.id.toUtf8() + '/' + QByteArray::number(stamp.sequence);
            const ChangeEventWriter::Row there{rows.batch, row};
            const bool isDelete = operation == EventOperation::Delete;
            m_writer.write(operation, isDelete ? there : ChangeEventWriter::Row(),
                           isDelete ? ChangeEventWriter::Row() : there, stamp, nowMs, value, key);
            m_outbox.add(key, value, stamp.id.toStdString(), m_route);
            if (m_published != nullptr && !isDelete)
                m_published->note(PublishedRows::idOf(m_table, rows.batch->key(row, m_scratch)),
                                  rows.batch->fingerprint(row));
        }
        return {};
    }

    Publishing &m_publishing;
    QueueOutbox &m_outbox;
    PublishedRows *const m_published;
    const QString m_table;
    std::string m_scratch;
    std::shared_ptr<const RowLayout> m_layout;
    ChangeEventWriter m_writer;
    std::string m_route;
};

} // namespace

QueueTarget::QueueTarget(Publishing &publishing, std::unique_ptr<Session> source, Cancellation *cancellation)
    : m_publishing(publishing), m_source(std::move(source)), m_cancellation(cancellation)
{
    m_facts.product = driverName(publishing.job.target.driver);
    m_facts.identity = queueIdentity(publishing.job.target);
    m_facts.readOnly = publishing.job.target.readOnly;
    m_facts.holdsLock = m_source->facts().holdsLock;
}

// As the job's tables are called on this side: by their own names, where the job says no other.
Result<QList<TableName>> QueueTarget::tables()
{
    TRY_ASSIGN(QList<TableName> names, m_source->tables());
    for (const JobTable &table : m_publishing.job.tables) {
        const TableName name = table.target.value_or(table.source);
        if (!names.contains(name))
            names += name;
    }
    return names;
}

Result<TableSchema> QueueTarget::describe(const TableName &name)
{
    TableName wanted = name;
    for (const JobTable &table : m_publishing.job.tables) {
        if (table.target == name)
            wanted = table.source;
    }
    if (wanted.schema.isEmpty()) {
        TRY_ASSIGN(const QList<TableName> names, m_source->tables());
        TRY_ASSIGN(wanted, matchTable(wanted, names));
    }
    TRY_ASSIGN(TableSchema schema, m_source->describe(wanted));
    const TableSchema there = schema;
    if (wanted.name != name.name || !name.schema.isEmpty())
        schema.name = name;
    // An event takes whatever its row holds.
    schema.foreignKeys.clear();
    schema.triggers.clear();
    schema.transactional = true;
    for (Column &column : schema.columns) {
        column.generated = false;
        column.nullable = column.nullable || !schema.primaryKey.contains(column.name);
        column.identity = Identity::None;
        column.sequence.clear();
        column.type.caseInsensitive = column.type.padSpace = false;
    }
    m_schemas.insert_or_assign(schema.name, there);
    return schema;
}

Result<void> QueueTarget::beginWrite()
{
    m_outbox.truncate(0);
    if (m_published)
        m_published->truncate(0);
    return {};
}

Result<void> QueueTarget::rollback() { return beginWrite(); }

Result<void> QueueTarget::commit()
{
    if (m_outbox.size() == 0)
        return {};
    if (!m_queue) {
        QueueOptions options;
        options.cancellation = m_cancellation;
        TRY_ASSIGN(m_queue, m_publishing.opener.openQueue(m_publishing.job.target, options));
    }
    TRY(m_outbox.publish(*m_queue));
    return m_published ? m_published->keep() : Result<void>();
}

Result<void> QueueTarget::savepoint()
{
    m_savepoint = m_outbox.size();
    m_notedBefore = m_published ? m_published->noted() : 0;
    return {};
}

Result<void> QueueTarget::rollbackToSavepoint()
{
    m_outbox.truncate(m_savepoint);
    if (m_published)
        m_published->truncate(m_notedBefore);
    return {};
}

Result<std::unique_ptr<RowReader>> QueueTarget::read(const ReadRequest &request)
{
    return std::unique_ptr<RowReader>(std::make_unique<NoRows>(request.layout));
}

QString Publishing::publishedFileOf(const Journal &journal, const QString &jobId)
{
    return baseFileOf(journal, jobId) + u".published"_s;
}

Result<PublishedRows *> QueueTarget::published(const TableName &name)
{
    DetectBy by = m_publishing.job.defaults.detect.by;
    for (const JobTable &table : m_publishing.job.tables) {
        if (looseName(table.target.value_or(table.source).name) == looseName(name.name))
            by = table.detect.by;
    }
    if (by != DetectBy::Timestamp && by != DetectBy::Version)
        return nullptr;
    if (!m_published) {
        TRY_ASSIGN(m_published, PublishedRows::open(m_publishing.publishedFile));
    }
    return m_published.get();
}

Result<void> QueueTarget::readPublished(const ReadRequest &request, RowSelection keys, PublishedRows &published,
                                        RowBatch &out)
{
    const TableName &name = request.table->name;
    if (!m_schemas.contains(name))
        TRY(describe(name));
    ReadRequest there = request;
    there.table = &m_schemas.at(name);
    there.where.clear();
    RowBatch now(request.layout);
    TRY(m_source->readKeys(there, keys, false, now));
    std::string scratch;
    for (int row = 0; row < now.rowCount(); ++row) {
        const std::string id = PublishedRows::idOf(name.display(), now.key(row, scratch));
        TRY_ASSIGN(const bool known, published.isKnown(id, now.fingerprint(row)));
        if (known && now.fault(row) == nullptr)
            out.appendRow(now, row);
    }
    return {};
}

Result<void> QueueTarget::readKeys(const ReadRequest &request, RowSelection keys, bool, RowBatch &out)
{
    out.reset(request.layout);
    TRY_ASSIGN(PublishedRows *const known, published(request.table->name));
    if (known != nullptr)
        TRY(readPublished(request, keys, *known, out));
    const auto asPublished = rowsByKey(out);
    std::string scratch;
    for (const int row : keys.rows) {
        if (asPublished.contains(std::string(keys.batch->key(row, scratch))))
            continue;
        out.beginRow();
        for (int cell = 0; cell < out.layout().size(); ++cell) {
            if (cell < out.layout().keyCount && !keys.batch->value(row, cell).isNull)
                out.appendCell(keys.batch->value(row, cell).bytes, keys.batch->comparison(row, cell).bytes);
            else
                out.appendNull();
        }
        out.setFault(Error{ErrorCode::ValueNotKept, {}, {}}); // unknown, and equal to nothing
        out.endRow();
    }
    return {};
}

Result<std::unique_ptr<RowWriter>> QueueTarget::writer(const WriteRequest &request)
{
    if (qsizetype(request.columns.size()) != request.layout->size())
        return fail(Error{ErrorCode::NotAvailable, {{Fact::Table, request.table->name.display()}}, {}}.with(
            Fact::Option, u"queue-partial"_s));
    TRY_ASSIGN(PublishedRows *const known, published(request.table->name));
    return std::unique_ptr<RowWriter>(std::make_unique<EventWriter>(m_publishing, m_outbox, known, request));
}

} // namespace tidemark
