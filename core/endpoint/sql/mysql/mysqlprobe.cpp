// SPDX-License-Identifier: GPL-3.0-or-later
// What adviser, rehearsal and check ask of a session.
#include "core/endpoint/sql/mysql/mysqlgrants.h"
#include "core/endpoint/sql/mysql/mysqlsession.h"

using namespace Qt::StringLiterals;

namespace tidemark::mysql {

namespace {

constexpr QLatin1StringView rehearsalTable{"tidemark_rehearsal"};

// A declaration that describe() or planTable() gave, as CREATE TABLE takes it.
QString declarationOf(const ColumnType &type)
{
    QString native = type.kind == CellKind::Json ? u"JSON"_s : type.native;
    if (type.kind != CellKind::Json && !type.collation.isEmpty() && !native.contains(" COLLATE "_L1))
        native += " COLLATE "_L1 + type.collation;
    return native + " NULL DEFAULT NULL"_L1;
}

} // namespace

Result<std::optional<QList<SqlRow>>> MysqlSession::queryWithin(const QString &sql, qint64 milliseconds)
{
    const bool isMariaDb = m_link->isMariaDb();
    const qint64 limit = std::max<qint64>(milliseconds, 1);
    TRY(m_link->execute(isMariaDb ? "SET SESSION max_statement_time = " + QByteArray::number(double(limit) / 1000)
                                  : "SET SESSION max_execution_time = " + QByteArray::number(limit)));
    TRY(m_link->execute("START TRANSACTION READ ONLY")); // a filter may call a function that writes
    auto rows = query(sql, {});
    if (m_link->isDead())
        return fail(std::move(rows).error());
    TRY(m_link->execute("ROLLBACK"));
    TRY(m_link->execute(isMariaDb ? "SET SESSION max_statement_time = 0" : "SET SESSION max_execution_time = 0"));
    if (rows)
        return std::optional(std::move(*rows));
    if (rows.error().code == ErrorCode::Timeout)
        return std::optional<QList<SqlRow>>();
    return fail(std::move(rows).error());
}

Result<std::optional<bool>> MysqlSession::hasRights(const Rights &rights)
{
    const auto shown = query(u"SHOW GRANTS"_s);
    if (!shown)
        return m_link->isDead() ? Result<std::optional<bool>>(fail(shown.error())) : std::optional<bool>();
    QStringList lines;
    for (const SqlRow &row : *shown)
        lines.append(QString::fromUtf8(row[0].value_or(QByteArray())));
    return GrantedRights(lines, m_link->settings().database).holds(rights);
}

Result<TableSchema> MysqlSession::beginRehearsal(const QList<Column> &columns)
{
    TableSchema table;
    table.name = {{}, rehearsalTable};
    table.engine = u"InnoDB"_s;
    QStringList lines;
    for (const Column &column : columns) {
        lines.append(m_dialect.quote(column.name) + u' ' + declarationOf(column.type));
        Column bare;
        bare.name = column.name;
        bare.type = column.type;
        table.columns.append(bare);
    }
    // Not IF NOT EXISTS: it would silently take what another table of this name is.
    const QString sql = "CREATE TEMPORARY TABLE "_L1 + m_dialect.table(table.name) + " ("_L1 + lines.join(", "_L1)
        + ") ENGINE=InnoDB ROW_FORMAT=DYNAMIC"_L1;
    TRY(execute(sql));
    if (auto begun = beginWrite(); !begun) {
        if (!m_link->isDead())
            TRY(endRehearsal());
        return fail(std::move(begun).error());
    }
    return table;
}

Result<void> MysqlSession::endRehearsal()
{
    TRY(rollback());
    TRY(execute("DROP TEMPORARY TABLE IF EXISTS "_L1 + m_dialect.table({{}, rehearsalTable})));
    return {};
}

} // namespace tidemark::mysql
