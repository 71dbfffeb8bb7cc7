// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/sql/mysql/mysqlsession.h"

#include <QCryptographicHash>

#include "core/endpoint/sql/condition.h"
#include "core/endpoint/sql/mysql/mysqlcells.h"
#include "core/endpoint/sql/mysql/mysqlerror.h"
#include "core/endpoint/sql/mysql/mysqlreader.h"
#include "core/endpoint/sql/mysql/mysqlschema.h"
#include "core/endpoint/sql/mysql/mysqlselect.h"
#include "core/endpoint/sql/mysql/mysqlstatement.h"
#include "core/endpoint/sql/mysql/mysqlwriter.h"

using namespace Qt::StringLiterals;

namespace tidemark {

Result<std::unique_ptr<SqlSession>> openMysql(const ConnectionSettings &settings, const Secret &secret,
                                              const OpenOptions &options)
{
    return mysql::MysqlSession::open(settings, secret, options);
}

} // namespace tidemark

namespace tidemark::mysql {

Result<std::unique_ptr<SqlSession>> MysqlSession::open(const ConnectionSettings &settings, const Secret &secret,
                                                       const OpenOptions &options)
{
    TRY_ASSIGN(auto link, Link::open(settings, secret, options));
    std::unique_ptr<MysqlSession> session(new MysqlSession(std::move(link), options.writable && !settings.readOnly));
    TRY(session->prepareSession());
    TRY(session->readFacts());
    return std::unique_ptr<SqlSession>(std::move(session));
}

// small statements

Result<qint64> MysqlSession::run(const QString &sql, const QList<SqlValue> &parameters, QList<SqlRow> *rows)
{
    Statement statement(*m_link);
    TRY(statement.prepare(sql.toUtf8()));
    Parameters bound(parameters);
    TRY(statement.bind(bound.binds()));
    TRY(statement.execute());
    if (!statement.isStreaming())
        return statement.affectedRows();
    qint64 count = 0;
    for (;; ++count) {
        TRY_ASSIGN(const bool more, statement.fetch());
        if (!more)
            return count;
        if (rows == nullptr)
            continue;
        SqlRow row;
        for (size_t i = 0; i < statement.row().size(); ++i) {
            const RawCell &cell = statement.row()[i];
            row.append(cell.isNull ? std::nullopt : std::optional(cellText(statement.columns()[i], cell)));
        }
        rows->append(row);
    }
}

Result<QList<SqlRow>> MysqlSession::query(const QString &sql, const QList<SqlValue> &parameters)
{
    QList<SqlRow> rows;
    TRY(run(sql, parameters, &rows));
    return rows;
}

Result<qint64> MysqlSession::execute(const QString &sql, const QList<SqlValue> &parameters)
{
    if (!parameters.isEmpty())
        return run(sql, parameters, nullptr);
    TRY(m_link->execute(sql.toUtf8())); // not everything can be prepared
    return m_link->affectedRows();
}

// schema

Result<QList<TableName>> MysqlSession::tables() { return SchemaReader(*this, m_link->isMariaDb()).tables(); }

Result<TableSchema> MysqlSession::describe(const TableName &name)
{
    return SchemaReader(*this, m_link->isMariaDb()).describe(name);
}

Result<QByteArray> MysqlSession::schemaToken(const TableName &name)
{
    return SchemaReader(*this, m_link->isMariaDb()).token(name);
}

Result<qint64> MysqlSession::estimateRows(const TableName &name)
{
    return SchemaReader(*this, m_link->isMariaDb()).estimateRows(name);
}

Result<bool> MysqlSession::tableExists(const TableName &table)
{
    const QString schema = table.schema.isEmpty() ? u"DATABASE()"_s : m_dialect.literal(table.schema);
    TRY_ASSIGN(
        const auto rows,
        query(u"SELECT TABLE_NAME FROM information_schema.TABLES WHERE TABLE_SCHEMA = %1 AND TABLE_NAME = %2"_s.arg(
            schema, m_dialect.literal(table.name))));
    return !rows.isEmpty();
}

// transactions

Result<void> MysqlSession::beginRead(const QByteArray &snapshot)
{
    if (!snapshot.isEmpty())
        return fail(ErrorCode::NotAvailable, u"snapshots are not shared between connections here"_s);
    m_writing = false;
    TRY(m_link->execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"));
    return m_link->execute("START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY");
}

Result<void> MysqlSession::beginWrite()
{
    if (!m_writable)
        return fail(Error{ErrorCode::ReadOnly, {}, {}}.with(Fact::Connection, m_link->settings().label()));
    TRY(m_link->execute(m_readCommitted ? "SET TRANSACTION ISOLATION LEVEL READ COMMITTED"
                                        : "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"));
    TRY(m_link->execute("START TRANSACTION READ WRITE"));
    m_writing = true;
    return {};
}

Result<void> MysqlSession::commit()
{
    const bool wasWriting = m_writing;
    m_writing = false;
    auto committed = m_link->execute("COMMIT");
    if (!committed && wasWriting && m_link->isDead()) { // it may have been done, and the answer lost
        Error error = std::move(committed).error();
        error.detail = codeName(error.code) + (error.detail.isEmpty() ? QString() : u": "_s + error.detail);
        error.code = ErrorCode::CommitInDoubt;
        return fail(std::move(error));
    }
    if (!committed)
        return committed;
    return endOwnWrites();
}

Result<void> MysqlSession::rollback()
{
    m_writing = false;
    TRY(m_link->execute("ROLLBACK"));
    return endOwnWrites();
}

Result<void> MysqlSession::savepoint() { return m_link->execute("SAVEPOINT tidemark"); }

Result<void> MysqlSession::rollbackToSavepoint()
{
    TRY(m_link->execute("ROLLBACK TO SAVEPOINT tidemark"));
    return releaseSavepoint();
}

Result<void> MysqlSession::releaseSavepoint() { return m_link->execute("RELEASE SAVEPOINT tidemark"); }

// rows

Result<std::unique_ptr<RowReader>> MysqlSession::read(const ReadRequest &request)
{
    auto reader = std::make_unique<MysqlReader>(*m_link, request);
    if (auto started = reader->start(request); !started)
        return fail(std::move(started).error().with(Fact::Table, request.table->name.display()));
    return std::unique_ptr<RowReader>(std::move(reader));
}

Result<std::unique_ptr<RowWriter>> MysqlSession::writer(const WriteRequest &request)
{
    if (!m_writable)
        return fail(Error{ErrorCode::ReadOnly, {}, {}}.with(Fact::Table, request.table->name.display()));
    return std::unique_ptr<RowWriter>(std::make_unique<MysqlWriter>(*m_link, request, m_maxPacket));
}

Result<void> MysqlSession::setFlag(const WriteRequest &request, const QString &column, const QString &value,
                                   RowSelection keys)
{
    if (keys.rows.empty())
        return {};
    std::vector<RowStatement::Parameter> parameters;
    for (const WriteColumn &key : request.columns)
        if (key.isKey)
            parameters.push_back({key.cell, request.cells[static_cast<size_t>(key.cell)]});
    const QString flag = m_dialect.quote(column);
    const QString literal = flagLiteral(*request.table, column, value);
    const QString sql = u"UPDATE "_s + m_dialect.table(request.table->name) + " SET "_L1 + flag + " = "_L1 + literal
        + " WHERE "_L1 + keyCondition(request.columns) + " AND NOT ("_L1 + flag + " <=> "_L1 + literal + u')';
    RowStatement statement(*m_link, request.table->name, *request.layout, parameters, sql, QString(), m_maxPacket);
    statement.setKeysOnly();
    TRY(statement.run(keys));
    return {};
}

Result<void> MysqlSession::validateWhere(const TableName &table, const QString &where)
{
    const auto refuse = [&](const QString &detail) {
        return fail(Error{ErrorCode::WhereInvalid, {{Fact::Table, table.display()}, {Fact::Sql, where}}, detail});
    };
    if (!staysInside(where, {.backslashInTexts = true, .hashComments = true}))
        return refuse(u"a parenthesis, a text or a comment that does not end where it should"_s);
    Statement statement(*m_link);
    auto prepared =
        statement.prepare((u"SELECT 1 FROM "_s + m_dialect.table(table) + " WHERE "_L1 + enclosed(where)).toUtf8());
    if (!prepared && m_link->isDead())
        return fail(std::move(prepared).error());
    if (!prepared)
        return refuse(prepared.error().detail);
    return statement.parameterCount() == 0 ? Result<void>{} : refuse(u"a bare question mark"_s);
}

Result<bool> MysqlSession::tryJobLock(const QString &jobId)
{
    // A lock's name has 64 characters at most.
    const auto hash = QCryptographicHash::hash(jobId.toUtf8(), QCryptographicHash::Sha256).toHex().left(40);
    TRY_ASSIGN(const auto rows, query(u"SELECT GET_LOCK(?, 0)"_s, {u"tidemark:"_s + QString::fromLatin1(hash)}));
    return !rows.isEmpty() && rows.first()[0] == QByteArray("1");
}

QString MysqlSession::checkpointType(CheckpointType type) const
{
    switch (type) {
    case CheckpointType::Key:
        return u"VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin"_s;
    case CheckpointType::Text:
        return u"LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin"_s;
    case CheckpointType::Integer:
        break;
    }
    return u"BIGINT"_s;
}

} // namespace tidemark::mysql
