// SPDX-License-Identifier: GPL-3.0-or-later
// Transactions and the watermark's bound.
#include "core/endpoint/sql/postgres/pgsession.h"

using namespace Qt::StringLiterals;

namespace tidemark::postgres {

Result<void> PgSession::beginRead(const QByteArray &snapshot)
{
    m_favoursIndexes = false;
    QByteArray sql = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
    if (!snapshot.isEmpty())
        sql += "; SET TRANSACTION SNAPSHOT " + m_dialect.literal(QString::fromUtf8(snapshot)).toUtf8();
    else
        sql += "; SELECT pg_catalog.txid_current_snapshot()"; // taken now, not with the first row that is read
    auto begun = script(sql);
    if (!begun && m_connection->inFailedTransaction())
        (void)!script("ROLLBACK");
    return begun;
}

Result<QByteArray> PgSession::exportSnapshot()
{
    if (m_facts.readOnly) // a standby exports none
        return QByteArray();
    TRY_ASSIGN(const auto rows, query(u"SELECT pg_catalog.pg_export_snapshot()"_s, {}));
    return rows.isEmpty() ? QByteArray() : rows[0][0].value_or(QByteArray());
}

Result<void> PgSession::beginWrite()
{
    m_favoursIndexes = false;
    if (!m_writable || m_facts.readOnly)
        return fail(Error{ErrorCode::ReadOnly, {{Fact::Database, m_settings.database}}, {}});
    return script("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE");
}

Result<void> PgSession::commit()
{
    TRY(m_connection->commit());
    return {};
}

Result<void> PgSession::rollback() { return script("ROLLBACK"); }
Result<void> PgSession::savepoint() { return script("SAVEPOINT tidemark"); }

Result<void> PgSession::rollbackToSavepoint()
{
    return script("ROLLBACK TO SAVEPOINT tidemark; RELEASE SAVEPOINT tidemark");
}

Result<void> PgSession::releaseSavepoint() { return script("RELEASE SAVEPOINT tidemark"); }
Result<void> PgSession::deferForeignKeys() { return script("SET CONSTRAINTS ALL DEFERRED"); }

// A keyed statement of some thousand rows looks dearer to the planner than it is, because it thinks of disks that seek.
Result<void> PgSession::favourIndexes()
{
    if (m_favoursIndexes || !m_connection->inTransaction())
        return {};
    TRY(script("SET LOCAL random_page_cost = 1.0"));
    m_favoursIndexes = true;
    return {};
}

Result<CommitBound> PgSession::commitBound()
{
    CommitBound bound;
    // Another role's transaction is shown as NULL to who may not see it, as if there were none: then nothing is known.
    TRY_ASSIGN(const auto rows,
               query(uR"(
SELECT (EXTRACT(EPOCH FROM pg_catalog.clock_timestamp()) * 1000000)::pg_catalog.int8,
       (EXTRACT(EPOCH FROM LEAST(
           (SELECT pg_catalog.min(a.xact_start) FROM pg_catalog.pg_stat_activity a
            WHERE a.pid <> pg_catalog.pg_backend_pid() AND a.backend_type <> 'autovacuum worker'
              AND (a.datid IS NULL OR a.datid = (SELECT d.oid FROM pg_catalog.pg_database d
                                                 WHERE d.datname = pg_catalog.current_database()))),
           (SELECT pg_catalog.min(p.prepared) FROM pg_catalog.pg_prepared_xacts p
            WHERE p.database = pg_catalog.current_database()))) * 1000000)::pg_catalog.int8,
       pg_catalog.pg_has_role('pg_read_all_stats', 'USAGE')
           OR NOT EXISTS (SELECT FROM pg_catalog.pg_stat_activity a
                          WHERE a.usesysid IS NOT NULL AND NOT pg_catalog.pg_has_role(a.usesysid, 'USAGE')),
       pg_catalog.pg_is_in_recovery(), EXISTS (SELECT FROM pg_catalog.pg_prepared_xacts p
                                               WHERE p.database = pg_catalog.current_database()))"_s,
                     {}));
    if (rows.size() != 1 || !rows[0][0])
        return fail(ErrorCode::Internal, u"the server does not tell its time"_s);
    bound.serverNowUs = rows[0][0]->toLongLong();
    bound.boundUs = bound.serverNowUs;
    // A prepared transaction may be older than its preparing tells; a standby knows nothing of its primary's.
    bound.known = rows[0][2] == "t" && rows[0][3] == "f" && rows[0][4] == "f";
    if (bound.known && rows[0][1])
        bound.boundUs = std::min(bound.boundUs, rows[0][1]->toLongLong());
    return bound;
}

} // namespace tidemark::postgres
