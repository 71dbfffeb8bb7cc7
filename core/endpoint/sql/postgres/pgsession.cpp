// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/sql/postgres/pgsession.h"

#include <algorithm>

#include <QCryptographicHash>
#include <QtEndian>

using namespace Qt::StringLiterals;

namespace tidemark {

Result<std::unique_ptr<SqlSession>> openPostgres(const ConnectionSettings &settings, const Secret &secret,
                                                 const OpenOptions &options)
{
    return postgres::PgSession::open(settings, secret, options);
}

} // namespace tidemark

namespace tidemark::postgres {

namespace {

constexpr qint64 leastLockTimeoutMs = 30'000;

// Parameters in the form that libpq wants, with their texts kept alive.
class BoundValues
{
public:
    explicit BoundValues(const QList<SqlValue> &values)
    {
        m_texts.reserve(static_cast<std::size_t>(values.size()));
        for (const SqlValue &value : values) {
            PgParameter parameter;
            if (const auto *number = std::get_if<qint64>(&value))
                m_texts.push_back(QByteArray::number(*number));
            else if (const auto *real = std::get_if<double>(&value))
                m_texts.push_back(QByteArray::number(*real, 'g', 17));
            else if (const auto *text = std::get_if<QString>(&value))
                m_texts.push_back(text->toUtf8());
            else if (const auto *bytes = std::get_if<QByteArray>(&value)) {
                constexpr Oid bytea = 17;
                m_texts.push_back(*bytes);
                parameter.type = bytea;
                parameter.binary = true;
            }
            if (!std::holds_alternative<std::monostate>(value))
                parameter.bytes =
                    std::string_view(m_texts.back().constData(), static_cast<std::size_t>(m_texts.back().size()));
            m_parameters.push_back(parameter);
        }
    }
    const std::vector<PgParameter> &parameters() const { return m_parameters; }

private:
    std::vector<QByteArray> m_texts;
    std::vector<PgParameter> m_parameters;
};

std::optional<QByteArray> cellOf(const PgResult &result, int row, int column)
{
    if (PQgetisnull(result.get(), row, column) != 0)
        return std::nullopt;
    return QByteArray(PQgetvalue(result.get(), row, column), PQgetlength(result.get(), row, column));
}

} // namespace

PgSession::PgSession(std::unique_ptr<PgConnection> connection, const ConnectionSettings &settings, bool writable)
    : m_connection(std::move(connection)), m_settings(settings), m_writable(writable && !settings.readOnly)
{ }

Result<std::unique_ptr<SqlSession>> PgSession::open(const ConnectionSettings &settings, const Secret &secret,
                                                    const OpenOptions &options)
{
    TRY_ASSIGN(std::unique_ptr<PgConnection> connection, PgConnection::open(settings, secret, options));
    std::unique_ptr<PgSession> session(new PgSession(std::move(connection), settings, options.writable));
    TRY(session->prepare());
    return session;
}

Result<void> PgSession::script(const QByteArray &sql)
{
    TRY(m_connection->script(sql));
    return {};
}

Result<PgResult> PgSession::run(const QString &sql, const QList<SqlValue> &parameters)
{
    const BoundValues values(parameters);
    return m_connection->exec(sql.toUtf8(), values.parameters());
}

Result<QList<SqlRow>> PgSession::query(const QString &sql, const QList<SqlValue> &parameters)
{
    TRY_ASSIGN(const PgResult result, run(sql, parameters));
    QList<SqlRow> rows;
    for (int row = 0; row < PQntuples(result.get()); ++row) {
        SqlRow cells;
        for (int column = 0; column < PQnfields(result.get()); ++column)
            cells.append(cellOf(result, row, column));
        rows.append(std::move(cells));
    }
    return rows;
}

Result<qint64> PgSession::execute(const QString &sql, const QList<SqlValue> &parameters)
{
    TRY_ASSIGN(const PgResult result, run(sql, parameters));
    return QByteArray(PQcmdTuples(result.get())).toLongLong();
}

SchemaReader PgSession::schemaReader()
{
    return SchemaReader(*m_connection, m_dialect, m_defaultByteOrder, m_bytesAreCodePoints);
}

Result<QList<TableName>> PgSession::tables() { return schemaReader().tables(); }
Result<TableSchema> PgSession::describe(const TableName &name) { return schemaReader().describe(name); }
Result<QByteArray> PgSession::schemaToken(const TableName &name) { return schemaReader().token(name); }
Result<qint64> PgSession::estimateRows(const TableName &name) { return schemaReader().estimateRows(name); }
Result<bool> PgSession::tableExists(const TableName &name) { return schemaReader().exists(name); }

Result<void> PgSession::prepare()
{
    TRY(applySettings());
    TRY(readFacts());
    addRemarks();
    return {};
}

Result<void> PgSession::applySettings()
{
    const qint64 lockTimeout = std::max(3 * m_settings.timeoutMs, leastLockTimeoutMs);
    // What decides how values are written as text, and what could stop or hide anything, is never left to a server's
    // defaults.
    QByteArray sql = "SET client_encoding = 'UTF8'; SET TimeZone = 'UTC'; SET DateStyle = 'ISO'; "
                     "SET IntervalStyle = 'postgres'; SET extra_float_digits = 3; SET bytea_output = 'hex'; "
                     "SET lc_monetary = 'C'; SET standard_conforming_strings = on; SET row_security = off; "
                     "SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0; "
                     "SET jit = off; SET lock_timeout = "
        + QByteArray::number(lockTimeout);
    if (!m_writable)
        sql += "; SET default_transaction_read_only = on";
    if (m_connection->serverVersion() >= 14'00'00)
        sql += "; SET idle_session_timeout = 0";
    if (!m_settings.schema.isEmpty()) {
        // What follows stays reachable: a filter may call functions that live elsewhere.
        const QString own = m_dialect.literal(m_dialect.quote(m_settings.schema));
        sql += u"; SELECT pg_catalog.set_config('search_path', pg_catalog.concat_ws(', ', %1, "
               "NULLIF(pg_catalog.current_setting('search_path'), '')), false)"_s.arg(own)
                   .toUtf8();
    }
    return script(sql);
}

Result<void> PgSession::readFacts()
{
    TRY_ASSIGN(const auto rows,
               query(uR"(
SELECT pg_catalog.current_schema(), pg_catalog.pg_is_in_recovery(), pg_catalog.pg_backend_pid(), d.oid,
       pg_catalog.pg_encoding_to_char(d.encoding),
       CASE pg_catalog.to_jsonb(d) ->> 'datlocprovider' WHEN 'i' THEN false WHEN 'b' THEN true
            ELSE d.datcollate IN ('C', 'POSIX') END,
       EXISTS (SELECT FROM pg_catalog.pg_namespace n WHERE n.nspname = $1)
FROM pg_catalog.pg_database d WHERE d.datname = pg_catalog.current_database())"_s,
                     {m_settings.schema}));
    if (rows.size() != 1)
        return fail(ErrorCode::Internal, u"the database is not in its own catalogue"_s);
    const auto text = [&rows](int column) { return rows[0][column].value_or(QByteArray()); };
    if (!m_settings.schema.isEmpty() && text(6) != "t")
        return fail(Error{ErrorCode::NoSuchDatabase,
                          {{Fact::Database, m_settings.database + u'.' + m_settings.schema}},
                          u"there is no such schema"_s});
    m_dialect.setSchema(m_settings.schema.isEmpty() ? QString::fromUtf8(text(0)) : m_settings.schema);
    m_facts.product = u"PostgreSQL"_s;
    m_facts.version = m_connection->parameter("server_version").section(u' ', 0, 0);
    m_facts.readOnly = text(1) == "t";
    // A pooler hands out process numbers of its own.
    m_facts.holdsLock = text(2).toInt() == m_connection->backendPid();
    const QByteArray encoding = text(4);
    m_bytesAreCodePoints = encoding == "UTF8" || encoding == "SQL_ASCII" || encoding == "LATIN1";
    m_defaultByteOrder = text(5) == "t";
    m_facts.tls = m_connection->tlsProtocol();
    return findIdentity(text(3));
}

Result<void> PgSession::findIdentity(const QByteArray &databaseId)
{
    QString server = m_settings.host + u':' + QString::number(m_settings.port > 0 ? m_settings.port : 5432);
    if (m_settings.ssh) // "localhost" behind another SSH server is another server
        server.prepend(m_settings.ssh->label() + u'>');
    const auto control = query(u"SELECT system_identifier FROM pg_catalog.pg_control_system()"_s, {});
    if (control && control->size() == 1 && control->first()[0])
        server = QString::fromLatin1(*control->first()[0]);
    else if (m_connection->isDead())
        return fail(control.error());
    m_facts.identity = "postgres:"_L1 + server + u'/' + QString::fromLatin1(databaseId) + u'/' + m_settings.database;
    return {};
}

void PgSession::addRemarks()
{
    if (m_facts.readOnly)
        m_facts.remarks.append(u"standby"_s);
    if (!m_facts.holdsLock)
        m_facts.remarks.append(u"lock-not-held"_s);
    const bool isVerified = m_connection->usesTls()
        && (m_settings.effectiveTlsMode() >= TlsMode::VerifyCa || !m_settings.tls.pin.isEmpty());
    if (!m_connection->usesTls() && m_connection->isRemote())
        m_facts.remarks.append(u"tls-not-used"_s);
    else if (!isVerified && m_connection->isRemote())
        m_facts.remarks.append(u"tls-not-verified"_s);
}

QString PgSession::checkpointType(CheckpointType type) const
{
    switch (type) {
    case CheckpointType::Key:
        return u"varchar(64)"_s;
    case CheckpointType::Integer:
        return u"bigint"_s;
    case CheckpointType::Text:
        break;
    }
    return u"text"_s;
}

TableName PgSession::checkpointTable() const { return TableName{m_dialect.schema(), checkpointTableName}; }

// A lock of the session: it needs no row and no clock, and goes with the connection.
Result<bool> PgSession::tryJobLock(const QString &jobId)
{
    const QByteArray digest =
        QCryptographicHash::hash(QByteArray("tidemark:" + jobId.toUtf8()), QCryptographicHash::Sha256);
    const qint64 number = qFromBigEndian<qint64>(digest.constData());
    TRY_ASSIGN(const auto taken, query(u"SELECT pg_catalog.pg_try_advisory_lock($1)"_s, {number}));
    if (taken.size() != 1 || taken[0][0] != "t")
        return false;
    // Behind a proxy that pools transactions the next one is served by another process, which holds nothing.
    TRY_ASSIGN(const auto held,
               query(u"SELECT EXISTS (SELECT FROM pg_catalog.pg_locks WHERE locktype = 'advisory' "
                     "AND pid = pg_catalog.pg_backend_pid() AND granted)"_s,
                     {}));
    if (held.size() != 1 || held[0][0] != "t") {
        m_facts.holdsLock = false;
        if (!m_facts.remarks.contains(u"lock-not-held"_s))
            m_facts.remarks.append(u"lock-not-held"_s);
    }
    return true;
}

} // namespace tidemark::postgres
