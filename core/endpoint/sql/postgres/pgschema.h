// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/endpoint/sql/postgres/pgconnection.h"
#include "core/endpoint/sql/postgres/pgdialect.h"

namespace tidemark::postgres {

// Reads the catalogue: base tables (partitioned ones whole, never a partition) and what they are made of.
class SchemaReader
{
public:
    // defaultByteOrder: the database's own collation sorts by bytes; bytesAreCodePoints: and so does its encoding.
    SchemaReader(PgConnection &connection, const PgDialect &dialect, bool defaultByteOrder, bool bytesAreCodePoints)
        : m_connection(connection), m_dialect(dialect), m_defaultByteOrder(defaultByteOrder),
          m_bytesAreCodePoints(bytesAreCodePoints)
    { }
    Result<QList<TableName>> tables();
    Result<TableSchema> describe(const TableName &name);
    Result<QByteArray> token(const TableName &name);
    Result<qint64> estimateRows(const TableName &name);
    Result<bool> exists(const TableName &name);

private:
    Result<PgResult> ask(const char *sql, const QList<QByteArray> &parameters);
    Result<QByteArray> find(const TableName &name, TableSchema *schema);
    Result<void> readColumns(const QByteArray &oid, TableSchema &schema);
    Result<void> readIndexes(const QByteArray &oid, TableSchema &schema);
    Result<void> readForeignKeys(const QByteArray &oid, TableSchema &schema);
    Result<void> readTriggers(const QByteArray &oid, TableSchema &schema);

    PgConnection &m_connection;
    const PgDialect &m_dialect;
    bool m_defaultByteOrder;
    bool m_bytesAreCodePoints;
};

} // namespace tidemark::postgres
