// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/sql/mysql/mysqlchangelog.h"

#include <algorithm>
#include <array>

#include <QRegularExpression>

#include "core/endpoint/sql/mysql/mysqlsession.h"

using namespace Qt::StringLiterals;

namespace tidemark::mysql {

namespace {

constexpr std::array kinds{u'i', u'u', u'd'};
constexpr int witnessesAnEnd = 8;

QString text(const SqlRow &row, int column) { return QString::fromUtf8(row.value(column).value_or(QByteArray())); }

bool changesChild(const QString &action) { return action != "NO ACTION"_L1 && action != "RESTRICT"_L1; }

QString declaredAs(const ColumnType &type)
{
    // The widest integer: a key that is widened later must not make the writer's own statement fail.
    if (type.kind == CellKind::Integer || type.kind == CellKind::Boolean)
        return type.native.startsWith("bit"_L1) ? type.native : (type.isUnsigned ? u"bigint unsigned"_s : u"bigint"_s);
    return type.collation.isEmpty() ? type.native : QString(type.native + " COLLATE "_L1 + type.collation);
}

} // namespace

QString MysqlChangeLog::schemaOf(const ChangeLog &log) const
{
    const QString &schema = log.table->name.schema;
    return schema.isEmpty() ? u"DATABASE()"_s : m_session.dialect().literal(schema);
}

QString MysqlChangeLog::place(const ChangeLog &log) const
{
    return u"TABLE_SCHEMA = %1 AND TABLE_NAME = %2"_s.arg(schemaOf(log),
                                                          m_session.dialect().literal(log.table->name.name));
}

Result<QString> MysqlChangeLog::obstacle(const ChangeLog &log)
{
    const TableSchema &table = *log.table;
    if (!table.transactional)
        return u"not-transactional"_s;
    if (std::any_of(table.foreignKeys.begin(), table.foreignKeys.end(),
                    [](const ForeignKey &key) { return changesChild(key.onDelete) || changesChild(key.onUpdate); }))
        return u"cascades"_s;
    TRY_ASSIGN(const auto parts,
               m_session.query(u"SELECT 1 FROM information_schema.PARTITIONS WHERE %1 AND "
                               "PARTITION_NAME IS NOT NULL LIMIT 1"_s.arg(place(log))));
    if (!parts.isEmpty())
        return u"partitioned"_s;
    TRY_ASSIGN(const auto replica, m_session.query(u"SHOW GLOBAL STATUS LIKE 'Slave_running'"_s));
    return !replica.isEmpty() && text(replica.first(), 1) == "ON"_L1 ? u"replicated"_s : QString();
}

QString MysqlChangeLog::entry(const ChangeLog &log, QLatin1StringView operation, const QString &row) const
{
    return u"INSERT INTO %1 (op, %2) VALUES ('%3', %4);"_s.arg(logTable(log), keyNames(log), operation,
                                                               keysOf(log, row));
}

QString MysqlChangeLog::trigger(const ChangeLog &log, QChar kind, const QString &event, const QString &statements) const
{
    const TableName name{log.table->name.schema, log.name() + u'_' + kind};
    const Dialect &dialect = m_session.dialect();
    return u"CREATE TRIGGER %1 AFTER %2 ON %3 FOR EACH ROW IF NOT (@tidemark_writing <=> %4) THEN\n    %5\nEND IF"_s
        .arg(dialect.table(name), event, tableOf(log), dialect.literal(log.jobId), statements);
}

Result<QStringList> MysqlChangeLog::createSql(const ChangeLog &log)
{
    QStringList columns{u"seq BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY"_s,
                        u"op CHAR(1) CHARACTER SET ascii COLLATE ascii_bin NOT NULL"_s};
    QStringList same;
    for (int i = 0; i < log.key.size(); ++i) {
        const ColumnType &type = typeOf(log, i);
        columns += u"key_%1 "_s.arg(i + 1) + declaredAs(type) + " NULL"_L1;
        // Byte by byte: a key that only changes its case is another one.
        const bool isText = type.kind == CellKind::Text || type.kind == CellKind::Exact;
        const QString form = isText ? u"CAST(%1 AS BINARY)"_s : u"%1"_s;
        const QString column = quote(log.key.at(i));
        same += form.arg("OLD."_L1 + column) + " <=> "_L1 + form.arg("NEW."_L1 + column);
    }
    columns += u"about TEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL"_s;
    const QString update =
        u"IF %1 THEN %2 ELSE %3 %4 END IF;"_s.arg(same.join(" AND "_L1), entry(log, "U"_L1, u"NEW"_s),
                                                  entry(log, "D"_L1, u"OLD"_s), entry(log, "I"_L1, u"NEW"_s));
    return QStringList{
        u"CREATE TABLE %1 (%2) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4"_s.arg(logTable(log),
                                                                                    columns.join(", "_L1)),
        trigger(log, u'i', u"INSERT"_s, entry(log, "I"_L1, u"NEW"_s)),
        trigger(log, u'u', u"UPDATE"_s, update),
        trigger(log, u'd', u"DELETE"_s, entry(log, "D"_L1, u"OLD"_s)),
    };
}

QStringList MysqlChangeLog::dropSql(const TableName &logTable) const
{
    const Dialect &dialect = m_session.dialect();
    QStringList statements;
    for (const char16_t kind : kinds)
        statements +=
            "DROP TRIGGER IF EXISTS "_L1 + dialect.table({logTable.schema, logTable.name + u'_' + QChar(kind)});
    statements += "DROP TABLE IF EXISTS "_L1 + dialect.table(logTable);
    return statements;
}

Result<QList<TableName>> MysqlChangeLog::tables()
{
    TRY_ASSIGN(const auto rows,
               m_session.query(u"SELECT NULLIF(TABLE_SCHEMA, DATABASE()), TABLE_NAME FROM information_schema.TABLES "
                               "WHERE LEFT(TABLE_NAME, %1) = '%2' AND TABLE_TYPE = 'BASE TABLE'"_s.arg(
                                   QString::number(prefix.size()), prefix)));
    QList<TableName> tables;
    for (const SqlRow &row : rows)
        tables += TableName{text(row, 0), text(row, 1)};
    return tables;
}

Result<SqlChangeLog::Standing> MysqlChangeLog::standing(const ChangeLog &log)
{
    Standing standing;
    const QString event = u"EVENT_OBJECT_SCHEMA = %1 AND EVENT_OBJECT_TABLE = %2"_s.arg(
        schemaOf(log), m_session.dialect().literal(log.table->name.name));
    TRY_ASSIGN(const auto rows,
               m_session.query(u"SELECT TRIGGER_NAME, EVENT_MANIPULATION, ACTION_TIMING, ACTION_STATEMENT, DEFINER, "
                               "CREATED FROM information_schema.TRIGGERS WHERE %1 AND LEFT(TRIGGER_NAME, %2) = '%3' "
                               "ORDER BY TRIGGER_NAME"_s.arg(event, QString::number(log.name().size()), log.name())));
    for (const SqlRow &row : rows) {
        ++standing.triggers;
        for (int column = 0; column < 5; ++column)
            standing.definition += row[column].value_or(QByteArray()) + '\0';
        standing.continuity += row[5].value_or(QByteArray()) + ' ';
    }
    // Altered or copied into a new one: what was changed by that, no trigger saw.
    TRY_ASSIGN(const auto table,
               m_session.query(u"SELECT CREATE_TIME FROM information_schema.TABLES WHERE %1"_s.arg(place(log))));
    if (!table.isEmpty())
        standing.continuity += table.first()[0].value_or(QByteArray());
    // That time has whole seconds.
    static const QRegularExpression counter(u" AUTO_INCREMENT=[0-9]+"_s);
    TRY_ASSIGN(const auto definition, m_session.query(u"SHOW CREATE TABLE %1"_s.arg(tableOf(log))));
    if (!definition.isEmpty())
        standing.continuity += text(definition.first(), 1).remove(counter).toUtf8();
    return standing;
}

Result<void> MysqlChangeLog::beginReading(const ChangeLog &log, ChangeLogReading &reading)
{
    TRY_ASSIGN(const auto rows, m_session.query(u"SELECT 1 FROM %1 LIMIT 1"_s.arg(tableOf(log))));
    reading.tableWasEmpty = rows.isEmpty();
    QStringList inTable;
    QStringList inLog;
    for (qsizetype i = 1; i <= log.key.size(); ++i) {
        const QString name = u"key_%1"_s.arg(i);
        inTable += u"t.%1 = w.%2"_s.arg(quote(log.key.at(i - 1)), name);
        inLog += u"e.%1 = w.%1"_s.arg(name);
    }
    // A witness without a key: the table was empty, and all that came since is in the log.
    TRY_ASSIGN(
        const auto proofs,
        m_session.query(u"SELECT 1 FROM %1 w WHERE w.op = 'C' AND (w.key_1 IS NULL OR (EXISTS (SELECT 1 FROM %2 t "
                        "WHERE %3) AND NOT EXISTS (SELECT 1 FROM %1 e WHERE e.op IN ('I', 'D') AND %4))) LIMIT 1"_s.arg(
                            logTable(log), tableOf(log), inTable.join(" AND "_L1), inLog.join(" AND "_L1))));
    if (proofs.isEmpty() && reading.doubt.isEmpty())
        reading.doubt = u"unproven"_s;
    return {};
}

// The witnesses of the time until the next purge: the first and the last keys.
Result<void> MysqlChangeLog::afterPurge(const ChangeLog &log, const ChangeLogReading &reading)
{
    TRY(m_session.execute(u"DELETE FROM %1 WHERE seq < 0"_s.arg(logTable(log))));
    QStringList up, down;
    for (const QString &column : log.key) {
        up += quote(column);
        down += quote(column) + " DESC"_L1;
    }
    const QString keys = up.join(", "_L1);
    int number = -witnessesAnEnd;
    for (const QStringList &order : {up, down}) {
        TRY(m_session.execute(u"INSERT INTO %1 (seq, op, %2) SELECT %3 - ROW_NUMBER() OVER (ORDER BY %4), 'C', %4 FROM "
                              "(SELECT %4 FROM %5 ORDER BY %6 LIMIT %7) w"_s.arg(
                                  logTable(log), keyNames(log), QString::number(number), keys, tableOf(log),
                                  order.join(", "_L1), QString::number(witnessesAnEnd))));
        number -= witnessesAnEnd;
    }
    if (reading.tableWasEmpty)
        TRY(m_session.execute(u"INSERT INTO %1 (seq, op) VALUES (-1, 'C')"_s.arg(logTable(log))));
    return {};
}

std::unique_ptr<SqlChangeLog> MysqlSession::changeLogs() { return std::make_unique<MysqlChangeLog>(*this); }

Result<void> MysqlSession::markOwnWrites(const QString &jobId)
{
    m_ownWrites = true;
    TRY(execute(u"SET @tidemark_writing = %1"_s.arg(m_dialect.literal(jobId))));
    return {};
}

Result<void> MysqlSession::endOwnWrites()
{
    return std::exchange(m_ownWrites, false) ? m_link->execute("SET @tidemark_writing = NULL") : Result<void>();
}

} // namespace tidemark::mysql
