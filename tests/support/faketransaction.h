// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/fakedatabase.h"

namespace tidemark {

struct FakeChanges
{
    std::map<TableName, std::map<FakeKey, std::optional<FakeRow>>> rows; // nothing: deleted
    std::map<CheckpointId, Checkpoint> checkpoints;
    FakeCounters counts;
};

// What a write transaction has done so far. The database's mutex is held by every caller.
class FakeTransaction
{
public:
    explicit FakeTransaction(FakeDatabase &database) : m_database(database) { }

    FakeChanges changes;
    bool deferred = false;

    std::shared_ptr<const FakeTable>
    table(const TableName &name) const; // committed by anybody, then changed here; null: none
    Result<void> commit();
    FakeDatabase &database() const { return m_database; }

private:
    Result<void> checkDeferred() const;
    FakeDatabase &m_database;
};

// One statement upon one table: its constraints hold at each row.
class FakeTableWork
{
public:
    FakeTableWork(FakeTransaction &transaction, const TableName &table);

    const FakeTable &table() const { return *m_table; }
    std::optional<FakeKey> find(const FakeRow &keyCells, const QList<int> &keyColumns); // by the server's equality
    Result<void> insert(const FakeRow &row);
    Result<void> update(const FakeKey &key, const FakeRow &row);
    Result<void> remove(const FakeKey &key);

private:
    struct Unique
    {
        QString name;
        QList<int> columns;
        std::map<FakeKey, FakeKey> rows; // equality form → row
    };
    struct Parent // a foreign key of this table
    {
        ForeignKey foreignKey;
        QList<int> columns;
        QList<int> targetColumns;
        bool self;
        std::set<FakeKey> there;
    };
    struct Child // a foreign key to this table
    {
        TableName table;
        ForeignKey foreignKey;
        QList<int> columns;
        QList<int> targetColumns;
        bool self;
        std::map<FakeKey, int> references;
    };

    Result<void> checkRow(const FakeRow &row, const FakeKey *replaced) const;
    Result<void> checkParents(const FakeRow &row) const;
    Result<void> checkChildren(const FakeRow &row, const FakeRow *after);
    Result<void> cascade(const Child &child, const FakeKey &form);
    void note(const FakeRow &row, const FakeKey &key, bool there);
    Error error(ErrorCode code, const FakeRow &row) const;

    FakeTransaction &m_transaction;
    TableName m_name;
    std::shared_ptr<FakeTable> m_table;
    QList<Unique> m_uniques;
    QList<Parent> m_parents;
    QList<Child> m_children;
    QList<int> m_indexed;
    std::map<FakeKey, FakeKey> m_index; // of find()
};

QList<int> columnIndexes(const TableSchema &schema, const QStringList &names); // −1 is left out
Result<QList<int>> columnsOf(const TableSchema &schema, const QStringList &names); // NoSuchColumn
// The first row of `child` whose parent is not among the rows of `parent`.
std::optional<FakeRow> orphan(const FakeTable &child, const ForeignKey &foreignKey, const FakeTable *parent);

} // namespace tidemark
