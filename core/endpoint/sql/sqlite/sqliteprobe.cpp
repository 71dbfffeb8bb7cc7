// SPDX-License-Identifier: GPL-3.0-or-later
// What adviser, rehearsal and check ask of a session.
#include "core/base/clock.h"
#include "core/endpoint/sql/sqlite/sqlitesession.h"

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

constexpr QLatin1StringView rehearsalTable{"tidemark_rehearsal"};

bool isStrict(const QList<Column> &columns)
{
    static const QStringList names{u"INT"_s, u"INTEGER"_s, u"REAL"_s, u"TEXT"_s, u"BLOB"_s, u"ANY"_s};
    return std::all_of(columns.begin(), columns.end(), [](const Column &column) {
        return !column.type.isDynamic && names.contains(column.type.native.toUpper());
    });
}

} // namespace

Result<std::optional<QList<SqlRow>>> SqliteSession::queryWithin(const QString &sql, qint64 milliseconds)
{
    m_handle->setDeadline(SystemClock().steadyMs() + milliseconds);
    auto rows = query(sql, {});
    m_handle->setDeadline({});
    if (rows)
        return std::optional(std::move(*rows));
    if (rows.error().code == ErrorCode::Cancelled && !m_handle->isCancelled())
        return std::optional<QList<SqlRow>>();
    return fail(std::move(rows).error());
}

Result<std::optional<bool>> SqliteSession::hasRights(const Rights &) { return std::optional<bool>(); }

// In a transaction of its own temporary database alone: the file is neither locked nor touched.
Result<TableSchema> SqliteSession::beginRehearsal(const QList<Column> &columns)
{
    TableSchema table;
    table.name = {u"temp"_s, rehearsalTable};
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
    TRY(m_handle->run("PRAGMA temp_store=MEMORY"));
    TRY(m_handle->run("BEGIN"));
    const QString strict = isStrict(columns) ? u" STRICT"_s : QString();
    const QString sql =
        "CREATE TABLE "_L1 + m_dialect.table(table.name) + " ("_L1 + lines.join(", "_L1) + u')' + strict;
    if (auto created = execute(sql, {}); !created) {
        (void)rollback();
        return fail(std::move(created).error());
    }
    return table;
}

Result<void> SqliteSession::endRehearsal()
{
    std::erase_if(m_lookups, [](const CachedLookup &cached) { return cached.table.schema == "temp"_L1; });
    return rollback();
}

} // namespace tidemark
