// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/sql/sqlite/sqlitechangelog.h"

#include <algorithm>

#include "core/endpoint/sql/sqlite/sqlitesession.h"
#include "core/endpoint/sql/sqlite/sqlitetypes.h"

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

constexpr std::array kinds{u'i', u'u', u'd', u'x', u'y'};

// Any type of this affinity; a declaration of the user's is not repeated.
QString declaredAs(const QString &native)
{
    switch (affinityOf(native)) {
    case Affinity::None:
        break;
    case Affinity::Text:
        return u" TEXT"_s;
    case Affinity::Numeric:
        return u" NUMERIC"_s;
    case Affinity::Integer:
        return u" INTEGER"_s;
    case Affinity::Real:
        return u" REAL"_s;
    }
    return u" BLOB"_s;
}

QString text(const SqlRow &row, int column) { return QString::fromUtf8(row.value(column).value_or(QByteArray())); }

} // namespace

Result<QString> SqliteChangeLog::obstacle(const ChangeLog &log)
{
    // Rows that REPLACE deletes by such an index cannot be told by their columns.
    const auto overExpressions = [](const Index &index) { return index.unique && index.columns.isEmpty(); };
    const QList<Index> &indexes = log.table->indexes;
    return std::any_of(indexes.begin(), indexes.end(), overExpressions) ? u"expression-index"_s : QString();
}

QString SqliteChangeLog::logEntry(const ChangeLog &log) const
{
    return u"INSERT INTO %1 (op, %2)"_s.arg(quote(log.name()), keyNames(log));
}

QString SqliteChangeLog::trigger(const ChangeLog &log, QChar kind, const QString &event,
                                 const QStringList &statements) const
{
    return u"CREATE TRIGGER %1 %2 ON %3 FOR EACH ROW BEGIN\n    %4;\nEND"_s.arg(
        quote(log.name() + u'_' + kind), event, quote(log.table->name.name), statements.join(";\n    "_L1));
}

// Byte by byte: a key that only changes its case is another one.
QString SqliteChangeLog::sameKey(const ChangeLog &log, const QString &a, const QString &b) const
{
    QStringList terms;
    for (const QString &column : log.key) {
        const QString left = a + u'.' + quote(column);
        const QString right = b + u'.' + quote(column);
        terms += u"%1 IS %2 COLLATE BINARY AND typeof(%1) = typeof(%2)"_s.arg(left, right);
    }
    return terms.join(" AND "_L1);
}

// The rows that REPLACE would delete, one statement a unique index; seldom any.
Result<QStringList> SqliteChangeLog::inTheWay(const ChangeLog &log, bool update)
{
    TRY_ASSIGN(
        const auto rows,
        m_session.query(u"SELECT l.name, x.name, x.coll FROM pragma_index_list(?1) l, "
                        "pragma_index_xinfo(l.name) x WHERE l.\"unique\" AND x.\"key\" ORDER BY l.seq, x.seqno"_s,
                        {log.table->name.name}));
    QMap<QString, QStringList> terms;
    for (const SqlRow &row : rows)
        terms[text(row, 0)] += u"t.%1 COLLATE %2 = NEW.%1"_s.arg(quote(text(row, 1)), quote(text(row, 2)));
    const QStringList &own = log.table->primaryKey;
    if (own.size() == 1 && own != log.key) // the row's number has no index
        terms[QString()] += u"t.%1 = NEW.%1"_s.arg(quote(own.first()));
    QStringList statements;
    for (const QStringList &unique : std::as_const(terms)) {
        QString statement = u"%1 SELECT 'D', %2 FROM %3 t WHERE %4"_s.arg(
            logEntry(log), keysOf(log, u"t"_s), quote(log.table->name.name), unique.join(" AND "_L1));
        if (update)
            statement += u" AND NOT (%1)"_s.arg(sameKey(log, u"t"_s, u"OLD"_s));
        statements += statement;
    }
    return statements;
}

Result<QStringList> SqliteChangeLog::createSql(const ChangeLog &log)
{
    QStringList columns{u"seq INTEGER PRIMARY KEY"_s, u"op TEXT NOT NULL"_s};
    for (int i = 0; i < log.key.size(); ++i)
        columns += u"key_%1"_s.arg(i + 1) + declaredAs(typeOf(log, i).native);
    columns += u"about TEXT"_s;
    const QString entry = logEntry(log);
    const QString same = sameKey(log, u"NEW"_s, u"OLD"_s);
    QStringList statements{
        u"CREATE TABLE %1 (%2)"_s.arg(quote(log.name()), columns.join(", "_L1)),
        trigger(log, u'i', u"AFTER INSERT"_s, {u"%1 VALUES ('I', %2)"_s.arg(entry, keysOf(log, u"NEW"_s))}),
        trigger(log, u'u', u"AFTER UPDATE"_s,
                {u"%1 SELECT 'D', %2 WHERE NOT (%3)"_s.arg(entry, keysOf(log, u"OLD"_s), same),
                 u"%1 VALUES (CASE WHEN %3 THEN 'U' ELSE 'I' END, %2)"_s.arg(entry, keysOf(log, u"NEW"_s), same)}),
        trigger(log, u'd', u"AFTER DELETE"_s, {u"%1 VALUES ('D', %2)"_s.arg(entry, keysOf(log, u"OLD"_s))}),
    };
    TRY_ASSIGN(const QStringList inserted, inTheWay(log, false));
    if (!inserted.isEmpty())
        statements += trigger(log, u'x', u"BEFORE INSERT"_s, inserted);
    TRY_ASSIGN(const QStringList updated, inTheWay(log, true));
    if (!updated.isEmpty())
        statements += trigger(log, u'y', u"BEFORE UPDATE"_s, updated);
    return statements;
}

QStringList SqliteChangeLog::dropSql(const TableName &logTable) const
{
    QStringList statements;
    for (const char16_t kind : kinds)
        statements += "DROP TRIGGER IF EXISTS main."_L1 + quote(logTable.name + u'_' + QChar(kind));
    statements += "DROP TABLE IF EXISTS main."_L1 + quote(logTable.name);
    return statements;
}

Result<QList<TableName>> SqliteChangeLog::tables()
{
    TRY_ASSIGN(
        const auto rows,
        m_session.query(u"SELECT name FROM main.sqlite_schema WHERE type = 'table' AND substr(name, 1, ?1) = ?2"_s,
                        {qint64(prefix.size()), QString(prefix)}));
    QList<TableName> tables;
    for (const SqlRow &row : rows)
        tables += TableName{{}, text(row, 0)};
    return tables;
}

Result<SqlChangeLog::Standing> SqliteChangeLog::standing(const ChangeLog &log)
{
    Standing standing;
    const QString name = log.name();
    TRY_ASSIGN(const auto rows,
               m_session.query(u"SELECT name, tbl_name, sql, rowid FROM main.sqlite_schema WHERE type = 'trigger' "
                               "AND substr(name, 1, ?1) = ?2 ORDER BY name"_s,
                               {qint64(name.size()), name}));
    for (const SqlRow &row : rows) {
        ++standing.triggers;
        for (int column = 0; column < 3; ++column)
            standing.definition += row[column].value_or(QByteArray()) + '\0';
        standing.continuity += row[3].value_or(QByteArray()) + ' ';
    }
    TRY_ASSIGN(const auto cookie, m_session.query(u"PRAGMA main.schema_version"_s));
    standing.continuity += cookie.first()[0].value_or(QByteArray());
    return standing;
}

std::unique_ptr<SqlChangeLog> SqliteSession::changeLogs() { return std::make_unique<SqliteChangeLog>(*this); }

// A trigger sees no variable of a session. But there is one writer: what enters a log in its transaction is its own.
Result<void> SqliteSession::markOwnWrites(const QString &jobId)
{
    assertThread();
    m_ownLogs.clear();
    TRY_ASSIGN(const QList<TableName> logs, SqliteChangeLog(*this).logsOf(jobId));
    for (const TableName &log : logs) {
        TRY_ASSIGN(const auto last, query(u"SELECT max(seq) FROM %1"_s.arg(m_dialect.table(log)), {}));
        m_ownLogs.append({log, last.first()[0].value_or("0").toLongLong()});
    }
    return {};
}

Result<void> SqliteSession::forgetOwnWrites()
{
    for (const auto &[log, last] : std::exchange(m_ownLogs, {}))
        TRY(execute(u"DELETE FROM %1 WHERE seq > ?1 AND op <> 'M'"_s.arg(m_dialect.table(log)), {last}));
    return {};
}

} // namespace tidemark
