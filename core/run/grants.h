// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>
#include <QStringList>

#include "core/base/result.h"
#include "core/config/jobsettings.h"
#include "core/endpoint/rights.h"

namespace tidemark {

class Dialect;
class Session;

// The rights that a job needs at one side, as GRANT statements for the user it connects as. SQLite has none.

enum class GrantReason : quint8 {
    Connect, // to reach the tables at all
    ReadRows,
    WriteRows,
    DeleteRows,
    SetFlag, // detection by flag marks rows at the source
    AdvanceSequence, // identity columns keep their values, and their sequences are moved past them
    Checkpoint, // Tidemark's own table, at each side that is written
    CreateTables,
    SeeTransactions, // optional: how far the source has been committed; without it a longer lag rules
    Rehearse, // optional: a temporary table for the rehearsal of types
    SeeTriggers, // optional: a list of triggers that would fire
    LogChanges, // optional: detection by log, its triggers, and the table that they write into
};

struct Grant
{
    GrantReason reason = GrantReason::ReadRows;
    bool optional = false;
    Rights rights;
    QString sql; // one statement, without a semicolon
    bool operator==(const Grant &) const = default;
};

struct GrantedTable
{
    TableName name; // at this side; schema empty: the connection's
    QString flagColumn; // source, detection by flag; else empty
    bool logged = false; // source, detection by log
    QString log; // the log's table; empty: not known yet, and any table of the database is meant
    QStringList sequences; // a side that is written: Column::sequence, quoted and qualified
    bool creates = false; // target: the job makes it
    bool deletes = false; // a side that is written: rows are deleted (mirror, two-way)
    bool operator==(const GrantedTable &) const = default;
};

struct GrantRequest
{
    ConnectionSettings connection; // driver, database, schema, user
    QString userHost = QStringLiteral("%"); // MySQL: where the user comes from
    bool isTarget = false;
    bool isTwoWay = false; // the source is written, too
    QList<GrantedTable> tables;
    bool keepsCheckpoint = true; // a side that is written: "checkpoint": "target"
    bool checkpointExists = false;
    bool seesTransactions = false; // source: some table is detected by timestamp
    bool isWritten() const { return isTarget || isTwoWay; }
    bool operator==(const GrantRequest &) const = default;
};

// Pure. The dialect is the driver's: dialectOf() of core/endpoint/connector.h, or a session's own.
QList<Grant> grantsFor(const GrantRequest &request, const Dialect &dialect);
QStringList grantStatements(const QList<Grant> &grants, bool withOptional); // each with its semicolon

// From a job whose tables are listed; schemas of the target tell sequences (may be empty). For tables "*" the caller
// lists them.
GrantRequest grantRequest(const JobSettings &job, bool isTarget, const QList<TableSchema> &schemas = {});

// Those of `grants` that the session's user lacks. What the server does not tell counts as there.
Result<QList<Grant>> missingGrants(const QList<Grant> &grants, Session &session);

QString grantReasonName(GrantReason reason); // "read-rows"

} // namespace tidemark
