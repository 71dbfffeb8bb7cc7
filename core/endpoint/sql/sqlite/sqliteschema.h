// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/tableschema.h"
#include "core/endpoint/sql/sqlite/sqlitehandle.h"

namespace tidemark {

// Reads the schema of one file, by pragma functions and by the statements that made it.
class SqliteSchemaReader
{
public:
    explicit SqliteSchemaReader(const SqliteHandle &handle) : m_handle(handle) { }

    Result<QList<TableName>> tables() const;
    Result<bool> exists(const TableName &table) const;
    Result<TableSchema> describe(const TableName &name) const;
    Result<QByteArray> token(const TableName &name) const;
    Result<qint64> estimateRows(const TableName &name) const;

private:
    struct Definition // of a base table: its name as it is written, and its statement
    {
        QString name;
        QString sql;
    };
    Result<Definition> definition(const TableName &name) const;
    Result<void> readColumns(TableSchema &table, bool strict) const;
    Result<void> readTypeDetails(TableSchema &table) const;
    Result<void> readIndexes(TableSchema &table, bool &hasKeyIndex) const;
    Result<void> readForeignKeys(TableSchema &table) const;
    Result<void> readTriggers(TableSchema &table) const;

    const SqliteHandle &m_handle;
};

} // namespace tidemark
