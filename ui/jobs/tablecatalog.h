// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <mutex>
#include <optional>

#include <QHash>
#include <QList>
#include <QStringList>

#include "core/base/cancellation.h"
#include "core/config/jobsettings.h"
#include "core/endpoint/session.h"

namespace tidemark {

class Desk;

// The tables of the two sides of a job, as far as they have been read.
struct CatalogTable
{
    TableName name;
    std::shared_ptr<const TableSchema> schema; // not read yet: null
    qint64 rows = -1; // estimated; −1 unknown
    bool operator==(const CatalogTable &) const = default;
};

struct CatalogSide
{
    QList<CatalogTable> tables; // sorted by name
    QHash<QString, int> exact; // by name
    QHash<QString, QList<int>> loose; // by name without case and underscores

    void setTables(QList<TableName> names);
    // As a run matches names: exactly, then without case and underscores; −1 none or more than one.
    int find(const TableName &wanted) const;
};

struct TableCatalog
{
    CatalogSide source;
    CatalogSide target;
    QString targetSchema; // of the connection: where a table without a schema is created
    bool complete = false;
};

bool hasKey(const TableSchema &schema); // a primary key, or a unique index over columns that are never NULL

// Where a reading puts what it has, and learns what is wanted first. Shared by the reader's thread and the UI's.
class CatalogBox
{
public:
    TableCatalog catalog() const;
    int version() const; // grows with every put()
    void put(const TableCatalog &catalog);
    void want(const TableName &source); // the next table to be described
    std::optional<TableName> takeWanted();

private:
    mutable std::mutex m_mutex;
    TableCatalog m_catalog;
    int m_version = 0;
    std::optional<TableName> m_wanted;
};

// Reads names first, then each table's columns and estimated rows. Opens both sides and closes them again; blocks. The
// tables of a message queue are those that its messages tell of, the job's, and as a source any that the target has;
// nothing is taken from it.
Result<void> readCatalog(Desk &desk, const JobSettings &job, CatalogBox &box, Cancellation &cancellation);

} // namespace tidemark
