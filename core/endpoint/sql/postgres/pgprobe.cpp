// SPDX-License-Identifier: GPL-3.0-or-later
// What adviser, rehearsal and check ask of a session.
#include "core/endpoint/sql/postgres/pgsession.h"

using namespace Qt::StringLiterals;

namespace tidemark::postgres {

namespace {

constexpr QLatin1StringView rehearsalTable{"tidemark_rehearsal"};

} // namespace

Result<std::optional<QList<SqlRow>>> PgSession::queryWithin(const QString &sql, qint64 milliseconds)
{
    TRY(script("BEGIN READ ONLY; SET LOCAL statement_timeout = "
               + QByteArray::number(std::max<qint64>(milliseconds, 1))));
    auto rows = query(sql, {});
    if (m_connection->isDead())
        return fail(std::move(rows).error());
    TRY(rollback());
    if (rows)
        return std::optional(std::move(*rows));
    if (rows.error().code == ErrorCode::Timeout)
        return std::optional<QList<SqlRow>>();
    return fail(std::move(rows).error());
}

Result<std::optional<bool>> PgSession::hasRights(const Rights &rights)
{
    QStringList terms;
    const auto term = [&](QLatin1StringView function, const QString &object, const QString &privilege) {
        terms.append(u"pg_catalog.%1(%2, %3)"_s.arg(function, object, m_dialect.literal(privilege)));
    };
    // A table or sequence that is not there has no rights; its name must not fail the statement.
    const bool isSequence = rights.on == Rights::On::Sequence;
    const QString relation = u"pg_catalog.to_regclass(%1)::pg_catalog.oid"_s.arg(
        m_dialect.literal(isSequence ? rights.name : m_dialect.table(rights.table)));
    for (const QString &privilege : rights.privileges) {
        if (rights.on == Rights::On::Database)
            term("has_database_privilege"_L1, m_dialect.literal(rights.name), privilege);
        else if (rights.on == Rights::On::Schema)
            term("has_schema_privilege"_L1, m_dialect.literal(rights.name), privilege);
        else if (isSequence)
            term("has_sequence_privilege"_L1, relation, privilege);
        else if (rights.on == Rights::On::Table)
            term("has_table_privilege"_L1, relation, privilege);
        for (const QString &column : rights.on == Rights::On::Columns ? rights.columns : QStringList())
            terms.append(u"pg_catalog.has_column_privilege(%1, %2, %3)"_s.arg(relation, m_dialect.literal(column),
                                                                              m_dialect.literal(privilege)));
    }
    if (rights.on == Rights::On::Role)
        terms.append(u"pg_catalog.pg_has_role(%1, 'USAGE')"_s.arg(m_dialect.literal(rights.name)));
    if (terms.isEmpty())
        return std::optional<bool>();
    const auto rows = query("SELECT "_L1 + terms.join(" AND "_L1), {});
    if (!rows && rows.error().code == ErrorCode::NoRights) // of the schema
        return std::optional(false);
    if (!rows)
        return m_connection->isDead() ? Result<std::optional<bool>>(fail(rows.error())) : std::optional<bool>();
    if (rows->isEmpty() || !rows->first()[0])
        return std::optional<bool>();
    return std::optional(*rows->first()[0] == "t");
}

Result<TableSchema> PgSession::beginRehearsal(const QList<Column> &columns)
{
    TableSchema table;
    table.name = {u"pg_temp"_s, rehearsalTable};
    QStringList lines;
    for (const Column &column : columns) {
        const QString collation =
            column.type.collation.isEmpty() ? QString() : " COLLATE "_L1 + m_dialect.quote(column.type.collation);
        lines.append(m_dialect.quote(column.name) + u' ' + column.type.native + collation);
        Column bare;
        bare.name = column.name;
        bare.type = column.type;
        table.columns.append(bare);
    }
    TRY(beginWrite());
    const QString sql = "CREATE TEMPORARY TABLE "_L1 + m_dialect.table(table.name) + " ("_L1 + lines.join(", "_L1)
        + ") ON COMMIT DROP"_L1;
    if (auto created = execute(sql, {}); !created) {
        if (!m_connection->isDead())
            TRY(rollback());
        return fail(std::move(created).error());
    }
    return table;
}

Result<void> PgSession::endRehearsal() { return rollback(); }

} // namespace tidemark::postgres
