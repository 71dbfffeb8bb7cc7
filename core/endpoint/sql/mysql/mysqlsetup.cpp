// SPDX-License-Identifier: GPL-3.0-or-later
// What a session settles and learns when it opens, and how far the server's clock is to be trusted.
#include "core/endpoint/sql/mysql/mysqlsession.h"

#include <algorithm>

#include <QHash>
#include <QVersionNumber>

#include <mysqld_error.h>

using namespace Qt::StringLiterals;

namespace tidemark::mysql {

namespace {

constexpr qint64 commitSlackUs = 1'000'000; // trx_started has whole seconds
constexpr qint64 statementSlackUs = 200'000; // a statement has its time a moment before its transaction begins
constexpr int pictureLooks = 15;

QString microsOf(const QString &time) { return u"CAST(UNIX_TIMESTAMP(%1) * 1000000 AS SIGNED)"_s.arg(time); }

// One row: when the oldest transaction of another that may write began, by how many seconds that may be wrong, and
// whether our own is in the picture. trx_started is the local time of the server's system, whatever the session's zone;
// where that zone changed its offset since yesterday, an hour may be meant twice, and the bound is taken that much
// earlier.
QString oldestWriter()
{
    const QString offset = u"TIMESTAMPDIFF(SECOND, %1, CONVERT_TZ(%1, '+00:00', 'SYSTEM'))"_s;
    return u"SELECT "_s
        + microsOf(u"MIN(CASE WHEN trx_is_read_only = 0 AND trx_mysql_thread_id <> CONNECTION_ID() "
                   "THEN CONVERT_TZ(trx_started, 'SYSTEM', '+00:00') END)"_s)
        + ", ABS("_L1 + offset.arg(u"UTC_TIMESTAMP()"_s) + " - "_L1
        + offset.arg(u"(UTC_TIMESTAMP() - INTERVAL 1 DAY)"_s)
        + "), COALESCE(SUM(trx_mysql_thread_id = CONNECTION_ID()), 0) FROM information_schema.innodb_trx"_L1;
}

} // namespace

Result<void> MysqlSession::prepareSession()
{
    const auto seconds = std::max<qint64>(1, m_link->settings().timeoutMs / 1000);
    // Strict, and nothing is changed by an AUTO_INCREMENT or a time zone. Zero dates can be read; none is ever written.
    TRY(m_link->execute(
        "SET SESSION sql_mode = 'STRICT_ALL_TABLES,NO_AUTO_VALUE_ON_ZERO,NO_ENGINE_SUBSTITUTION,"
        "ERROR_FOR_DIVISION_BY_ZERO', time_zone = '+00:00', autocommit = 1, foreign_key_checks = 1, "
        "unique_checks = 1, sql_safe_updates = 0, sql_auto_is_null = 0, sql_select_limit = DEFAULT, "
        "lc_messages = 'en_US', wait_timeout = 604800, net_read_timeout = 86400, net_write_timeout = 86400, "
        "innodb_lock_wait_timeout = "
        + QByteArray::number(seconds) + ", lock_wait_timeout = " + QByteArray::number(seconds)));
    if (m_link->isMariaDb())
        TRY(m_link->execute(
            "SET SESSION check_constraint_checks = 1, max_statement_time = 0, in_predicate_conversion_threshold = 0, "
            "idle_transaction_timeout = 0, idle_readonly_transaction_timeout = 0, idle_write_transaction_timeout = 0"));
    else
        TRY(m_link->execute("SET SESSION max_execution_time = 0"));
    if (!m_writable)
        TRY(m_link->execute("SET SESSION TRANSACTION READ ONLY"));
    return {};
}

Result<void> MysqlSession::readFacts()
{
    TRY_ASSIGN(
        const auto rows,
        query(u"SHOW VARIABLES WHERE Variable_name IN ('hostname', 'port', 'server_id', 'server_uid', 'server_uuid', "
              "'read_only', 'binlog_format', 'log_bin', 'max_allowed_packet', 'version', 'wsrep_on')"_s));
    QHash<QString, QString> variables;
    for (const SqlRow &row : rows)
        variables.insert(QString::fromUtf8(row[0].value_or("")), QString::fromUtf8(row[1].value_or("")));
    m_facts.product = m_link->isMariaDb() ? u"MariaDB"_s : u"MySQL"_s;
    m_facts.version = variables[u"version"_s];
    m_facts.identity =
        u"mysql:%1:%2:%3:%4/"_s.arg(variables[u"hostname"_s], variables[u"port"_s], variables[u"server_id"_s],
                                    variables[u"server_uid"_s] + variables[u"server_uuid"_s])
        + m_link->settings().database;
    m_facts.transactionalDdl = false;
    m_facts.readOnly = variables[u"read_only"_s] != "OFF"_L1 || m_link->settings().readOnly;
    m_facts.holdsLock = variables.value(u"wsrep_on"_s) != "ON"_L1; // GET_LOCK is known to one node of a cluster
    m_readCommitted = variables[u"log_bin"_s] != "ON"_L1 || variables[u"binlog_format"_s] != "STATEMENT"_L1;
    m_maxPacket = std::max<qint64>(variables[u"max_allowed_packet"_s].toLongLong(), 1 << 16);
    m_hasUuid = m_link->isMariaDb() && QVersionNumber::fromString(m_facts.version) >= QVersionNumber(10, 7);
    m_facts.tls = m_link->tlsProtocol();
    const ConnectionSettings &settings = m_link->settings();
    const bool isVerified = settings.effectiveTlsMode() >= TlsMode::VerifyCa || !settings.tls.pin.isEmpty();
    if (!settings.isNear() && !m_link->isEncrypted())
        m_facts.remarks.append(u"tls-not-used"_s);
    else if (!settings.isNear() && !isVerified)
        m_facts.remarks.append(u"tls-not-verified"_s);
    if (variables[u"read_only"_s] != "OFF"_L1)
        m_facts.remarks.append(u"standby"_s);
    return {};
}

// innodb_trx is a picture that the server takes anew only when nobody has looked at it for 100 ms: where something else
// keeps looking, it stays as old as it is. It is believed once it shows the transaction begun here for that purpose.
// Transactions that only read cannot write.
Result<CommitBound> MysqlSession::commitBound()
{
    CommitBound bound;
    TRY_ASSIGN(const auto now, query(u"SELECT "_s + microsOf(u"NOW(6)"_s)));
    bound.serverNowUs = now.first()[0].value_or("").toLongLong();
    bound.boundUs = bound.serverNowUs;
    if (m_facts.remarks.contains(u"standby"_s)) // rows arrive there with stamps of another server's past
        return bound;
    for (int look = 0; look < pictureLooks; ++look) {
        if (look > 0)
            TRY(m_link->execute("DO SLEEP(0.15)"));
        TRY(m_link->execute("START TRANSACTION WITH CONSISTENT SNAPSHOT"));
        auto seen = query(oldestWriter());
        if (!seen && m_link->isDead())
            return fail(std::move(seen).error());
        TRY(m_link->execute("ROLLBACK"));
        if (!seen && seen.error().code == ErrorCode::NoRights)
            return bound;
        if (!seen)
            return fail(std::move(seen).error());
        const SqlRow &row = seen->first();
        if (row[2].value_or("0") == "0")
            continue;
        bound.known = true;
        bound.boundUs -= statementSlackUs;
        if (row[0])
            bound.boundUs = std::min(
                bound.boundUs, row[0]->toLongLong() - commitSlackUs - row[1].value_or("0").toLongLong() * 1'000'000);
        return bound;
    }
    return bound;
}

} // namespace tidemark::mysql
