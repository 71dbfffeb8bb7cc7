// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <deque>

#include "core/endpoint/session.h"
#include "core/endpoint/sql/mysql/mysqlbinder.h"
#include "core/endpoint/sql/mysql/mysqlstatement.h"

namespace tidemark::mysql {

// One statement that is run for every row of a selection: as an array of parameters where the server takes one
// (MariaDB), as INSERT with many rows or one execution a row elsewhere (MySQL). Never REPLACE, IGNORE or ON DUPLICATE
// KEY: they change other rows than the one meant.
class RowStatement
{
public:
    struct Parameter
    {
        int cell = -1;
        CellSource target;
    };
    // head + group for each row: "INSERT INTO t (a, b) VALUES " and "(?, ?)"; with an empty group head is the whole
    // statement.
    RowStatement(Link &link, TableName table, const RowLayout &layout, const std::vector<Parameter> &parameters,
                 QString head, QString group, qint64 maxPacket);

    Result<qint64> run(RowSelection rows); // rows affected, summed
    void setKeysOnly() { m_keysOnly = true; } // a fault elsewhere in the row does not matter
    const std::vector<int> &cells() const { return m_cells; }

private:
    struct Chunk
    {
        size_t first = 0;
        size_t count = 0;
    };
    Result<void> prepare(size_t rows);
    Result<Chunk> chunkFrom(RowSelection rows, size_t first) const;
    Result<qint64> runArray(RowSelection rows, Chunk chunk);
    Result<qint64> runMany(RowSelection rows, Chunk chunk);
    Result<void> checkWarnings();
    bool fill(MYSQL_BIND *binds, size_t selected, std::vector<BindSlot> &places, size_t firstSlot);
    static my_bool fillArrayRow(void *self, MYSQL_BIND *binds, unsigned row);
    Error located(Error error) const;

    Link &m_link;
    TableName m_table;
    std::vector<int> m_cells;
    std::vector<ColumnBinder> m_binders;
    QString m_head;
    QString m_group;
    qint64 m_maxPacket;
    std::unique_ptr<Statement> m_statement;
    size_t m_preparedRows = 0;
    std::vector<BindSlot> m_slots;
    RowSelection m_rows; // of the running call
    size_t m_firstRow = 0;
    bool m_keysOnly = false;
    std::optional<Error> m_fault; // found while binding
};

class MysqlWriter final : public RowWriter
{
public:
    MysqlWriter(Link &link, const WriteRequest &request, qint64 maxPacket);
    Result<void> insert(RowSelection rows) override;
    Result<void> update(RowSelection rows) override;
    Result<void> remove(RowSelection keys) override;

private:
    RowStatement &insertStatement();
    RowStatement &updateStatement();
    RowStatement &removeStatement();
    std::vector<RowStatement::Parameter> parameters(bool keys, bool others) const;
    Result<void> runAll(RowStatement &statement, RowSelection rows, QLatin1StringView what);

    Link &m_link;
    TableName m_table;
    std::shared_ptr<const RowLayout> m_layout;
    std::vector<WriteColumn> m_columns;
    std::vector<CellSource> m_targets;
    qint64 m_maxPacket;
    std::unique_ptr<RowStatement> m_insert, m_update, m_remove;
};

// "`a` = ? AND `b` = ?": the key of one row.
QString keyCondition(const std::vector<WriteColumn> &columns);

} // namespace tidemark::mysql
