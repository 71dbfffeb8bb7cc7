// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/endpoint/sql/sqlsession.h"

namespace tidemark::mysql {

// Reads information_schema, always for one schema and table, so that the server need not open all others.
class SchemaReader
{
public:
    SchemaReader(SqlSession &session, bool isMariaDb) : m_session(session), m_mariaDb(isMariaDb) { }

    Result<QList<TableName>> tables();
    Result<TableSchema> describe(const TableName &name);
    Result<QByteArray> token(const TableName &name);
    Result<qint64> estimateRows(const TableName &name);

private:
    Result<QList<SqlRow>> query(const QString &sql, const TableName &name);
    Result<void> readTable(TableSchema &schema);
    Result<void> readColumns(TableSchema &schema);
    Result<QStringList> jsonColumns(const TableName &name);
    Result<void> readIndexes(TableSchema &schema);
    Result<void> readForeignKeys(TableSchema &schema);
    Result<void> readTriggers(TableSchema &schema);

    SqlSession &m_session;
    bool m_mariaDb;
};

} // namespace tidemark::mysql
