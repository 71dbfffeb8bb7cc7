// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/sql/sqlite/sqlitesession.h"

#include <algorithm>

#include <sqlite3.h>

#include "core/base/clock.h"
#include "core/endpoint/sql/condition.h"
#include "core/endpoint/sql/sqlite/sqlitereader.h"
#include "core/endpoint/sql/sqlite/sqlitetokens.h"
#include "core/endpoint/sql/sqlite/sqlitewriter.h"

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

SqlRow rowOf(const SqliteStatement &statement)
{
    SqlRow row;
    for (int i = 0; i < statement.columnCount(); ++i) {
        const auto value = storedValue(statement, i);
        if (!value || value->storage == StoredValue::Storage::Null) {
            row.append(std::nullopt);
            continue;
        }
        std::string text;
        appendExact(*value, text);
        const bool isBlob = value->storage == StoredValue::Storage::Blob;
        row.append(isBlob ? QByteArray(value->bytes.data(), static_cast<qsizetype>(value->bytes.size()))
                          : QByteArray::fromStdString(text.substr(2)));
    }
    return row;
}

// A condition must not close the parenthesis that it is put into, nor bring parameters of its own.
bool staysInside(const QString &where)
{
    const auto tokens = sqlTokens(where);
    return std::none_of(tokens.begin(), tokens.end(),
                        [](const SqlToken &token) { return token.is(")"_L1) && token.depth <= 0; });
}

} // namespace

SqliteSession::SqliteSession(std::unique_ptr<SqliteHandle> handle, bool writable)
    : m_handle(std::move(handle)), m_schema(*m_handle), m_writable(writable)
{ }

Result<std::unique_ptr<SqliteSession>> SqliteSession::open(const ConnectionSettings &settings,
                                                           const OpenOptions &options)
{
    TRY_ASSIGN(auto handle, SqliteHandle::open(settings, options));
    std::unique_ptr<SqliteSession> session(new SqliteSession(std::move(handle), options.writable));
    TRY(session->readFacts());
    session->m_facts.readOnly = session->m_facts.readOnly || settings.readOnly;
    return session;
}

Result<void> SqliteSession::readFacts()
{
    TRY_ASSIGN(const QByteArray journalMode, m_handle->single("PRAGMA journal_mode"));
    m_facts.product = u"SQLite"_s;
    m_facts.version = QString::fromLatin1(sqlite3_libversion());
    m_facts.identity = u"sqlite:"_s + m_handle->file();
    m_facts.readersBlockWriters = journalMode != "wal";
    m_facts.oneWriter = true;
    return {};
}

Result<SqliteStatement> SqliteSession::bound(const QString &sql, const QList<SqlValue> &parameters) const
{
    assertThread();
    TRY_ASSIGN(auto statement, SqliteStatement::prepare(*m_handle, sql));
    for (qsizetype i = 0; i < parameters.size(); ++i)
        statement.bind(static_cast<int>(i) + 1, parameters[i]);
    return statement;
}

Result<QList<SqlRow>> SqliteSession::query(const QString &sql, const QList<SqlValue> &parameters)
{
    TRY_ASSIGN(auto statement, bound(sql, parameters));
    QList<SqlRow> rows;
    for (;;) {
        TRY_ASSIGN(const bool more, statement.step());
        if (!more)
            return rows;
        rows.append(rowOf(statement));
    }
}

Result<qint64> SqliteSession::execute(const QString &sql, const QList<SqlValue> &parameters)
{
    TRY_ASSIGN(auto statement, bound(sql, parameters));
    const qint64 before = sqlite3_total_changes64(m_handle->db());
    TRY(statement.step());
    // DDL leaves the count of the statement before it.
    return sqlite3_total_changes64(m_handle->db()) == before ? 0 : sqlite3_changes64(m_handle->db());
}

Result<void> SqliteSession::beginRead(const QByteArray &)
{
    assertThread();
    if (m_writable)
        TRY(m_handle->run("PRAGMA query_only=ON"));
    TRY(m_handle->run("BEGIN"));
    const auto taken = m_handle->single("SELECT 1 FROM sqlite_schema LIMIT 1"); // BEGIN alone takes no snapshot yet
    if (!taken) {
        rollback();
        return fail(taken.error());
    }
    return {};
}

Result<void> SqliteSession::beginWrite()
{
    assertThread();
    return m_handle->run("BEGIN IMMEDIATE");
}

Result<void> SqliteSession::commit()
{
    assertThread();
    TRY(forgetOwnWrites());
    TRY(m_handle->run("COMMIT"));
    return m_writable ? m_handle->run("PRAGMA query_only=OFF") : Result<void>{};
}

Result<void> SqliteSession::rollback()
{
    assertThread();
    forgetKeys();
    m_ownLogs.clear();
    if (sqlite3_get_autocommit(m_handle->db()) == 0) // SQLite itself rolls back where a disk is full or broken
        TRY(m_handle->run("ROLLBACK"));
    return m_writable ? m_handle->run("PRAGMA query_only=OFF") : Result<void>{};
}

Result<void> SqliteSession::savepoint() { return m_handle->run("SAVEPOINT tidemark_rows"); }

Result<void> SqliteSession::rollbackToSavepoint()
{
    forgetKeys();
    TRY(m_handle->run("ROLLBACK TO tidemark_rows"));
    return releaseSavepoint();
}

Result<void> SqliteSession::releaseSavepoint() { return m_handle->run("RELEASE tidemark_rows"); }

Result<void> SqliteSession::deferForeignKeys() { return m_handle->run("PRAGMA defer_foreign_keys=ON"); }

Result<std::unique_ptr<RowReader>> SqliteSession::read(const ReadRequest &request)
{
    assertThread();
    TRY_ASSIGN(auto reader, SqliteReader::make(*m_handle, request));
    return std::unique_ptr<RowReader>(std::move(reader));
}

Result<void> SqliteSession::readKeys(const ReadRequest &request, RowSelection keys, bool, RowBatch &out)
{
    assertThread();
    const auto lookup = this->lookup(*request.table, request.layout, request.columns, request.sources);
    // Outside a transaction every key would lock the file and look at it anew.
    const bool alone = keys.rows.size() > 1 && sqlite3_get_autocommit(m_handle->db()) != 0;
    if (alone)
        TRY(m_handle->run("BEGIN"));
    auto rows = readRowsByKey(*m_handle, request, *lookup, keys, out);
    if (alone && sqlite3_get_autocommit(m_handle->db()) == 0)
        TRY(m_handle->run("ROLLBACK"));
    if (!rows)
        rows.error().with(Fact::Table, request.table->name.display());
    return rows;
}

Result<std::unique_ptr<RowWriter>> SqliteSession::writer(const WriteRequest &request)
{
    assertThread();
    return std::unique_ptr<RowWriter>(std::make_unique<SqliteWriter>(*m_handle, request, lookup(request)));
}

Result<CommitBound> SqliteSession::commitBound()
{
    const qint64 now = SystemClock().nowUs();
    return CommitBound{now, now, false};
}

Result<void> SqliteSession::validateWhere(const TableName &table, const QString &where)
{
    assertThread();
    if (where.isEmpty())
        return {};
    Error invalid = Error{ErrorCode::WhereInvalid, {}, {}}.with(Fact::Table, table.display()).with(Fact::Sql, where);
    if (!staysInside(where))
        return fail(invalid);
    const auto statement = SqliteStatement::prepare(
        *m_handle, "SELECT 1 FROM "_L1 + m_dialect.table(table) + " WHERE "_L1 + enclosed(where));
    if (!statement) {
        if (statement.error().isTransient() || statement.error().code == ErrorCode::Cancelled)
            return fail(statement.error());
        invalid.detail = statement.error().detail;
        return fail(invalid);
    }
    if (!statement->isReadOnly() || statement->parameterCount() != 0)
        return fail(invalid);
    return {};
}

Result<void> SqliteSession::setFlag(const WriteRequest &request, const QString &column, const QString &value,
                                    RowSelection keys)
{
    assertThread();
    const int index = request.table->columnIndex(column);
    if (index < 0)
        return fail(Error{ErrorCode::NoSuchColumn, {}, {}}
                        .with(Fact::Table, request.table->name.display())
                        .with(Fact::Column, column));
    SqliteWriter writer(*m_handle, request, lookup(request));
    return writer.setFlag(column, flagValueFor(request.table->columns[index].type, value), keys);
}

Result<TableSchema> SqliteSession::planTable(const TableSchema &source, const TableName &name)
{
    TableSchema planned;
    planned.name.name = name.name;
    planned.primaryKey = source.primaryKey;
    planned.foreignKeys = source.foreignKeys;
    for (ForeignKey &key : planned.foreignKeys)
        key.target.schema.clear();
    for (const Column &column : source.columns) {
        const bool inKey = source.primaryKey.contains(column.name) || column.identity != Identity::None
            || std::any_of(source.foreignKeys.begin(), source.foreignKeys.end(),
                           [&](const ForeignKey &key) { return key.columns.contains(column.name); });
        Column copy;
        copy.name = column.name;
        copy.type = typeFromDeclaration(declarationFor(column.type, inKey));
        copy.nullable = column.nullable && !source.primaryKey.contains(column.name);
        if (copy.type.kind == CellKind::Text)
            copy.type.byteOrder = true;
        planned.columns.append(copy);
    }
    if (planned.primaryKey.size() == 1) {
        Column &key = planned.columns[planned.columnIndex(planned.primaryKey.first())];
        if (key.type.native == "INTEGER"_L1) {
            key.identity = Identity::ByDefault;
            key.type.isDynamic = false;
        }
    }
    return planned;
}

Result<void> SqliteSession::createTable(const TableSchema &planned)
{
    for (const QString &sql : createTableSql(planned)) {
        auto created = execute(sql, {});
        if (!created)
            return fail(std::move(created).error().with(Fact::Table, planned.name.display()));
    }
    return {};
}

QString SqliteSession::checkpointType(CheckpointType type) const
{
    return type == CheckpointType::Integer ? u"INTEGER"_s : u"TEXT"_s;
}

Result<bool> SqliteSession::tryJobLock(const QString &jobId)
{
    const JobLock::State state = m_jobLock.tryLock(m_handle->file(), jobId);
    if (state == JobLock::State::Impossible) {
        m_facts.holdsLock = false;
        if (!m_facts.remarks.contains(u"lock-folder-not-writable"_s))
            m_facts.remarks.append(u"lock-folder-not-writable"_s);
    }
    return state != JobLock::State::Taken;
}

std::shared_ptr<KeyLookup> SqliteSession::lookup(const TableSchema &table,
                                                 const std::shared_ptr<const RowLayout> &layout,
                                                 const QStringList &columns, const std::vector<CellSource> &sources)
{
    const QStringList names = columns.mid(0, layout->keyCount);
    const std::vector<CellType> types(layout->cells.begin(), layout->cells.begin() + layout->keyCount);
    for (const CachedLookup &cached : m_lookups)
        if (cached.table == table.name && cached.names == names && cached.types == types)
            return cached.lookup;
    auto lookup = std::make_shared<KeyLookup>(*m_handle, m_dialect.table(table.name), layout, names, sources);
    m_lookups.push_back({table.name, names, types, lookup});
    return lookup;
}

std::shared_ptr<KeyLookup> SqliteSession::lookup(const WriteRequest &request)
{
    QStringList names;
    for (int cell = 0; cell < request.layout->keyCount; ++cell)
        for (const WriteColumn &column : request.columns)
            if (column.cell == cell)
                names.append(column.name);
    return lookup(*request.table, request.layout, names, request.cells);
}

void SqliteSession::forgetKeys()
{
    for (const CachedLookup &cached : m_lookups)
        cached.lookup->forget();
}

Result<std::unique_ptr<SqlSession>> openSqlite(const ConnectionSettings &settings, const OpenOptions &options)
{
    TRY_ASSIGN(auto session, SqliteSession::open(settings, options));
    return std::unique_ptr<SqlSession>(std::move(session));
}

} // namespace tidemark
