// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>

#include <QByteArray>
#include <QList>
#include <QString>

#include "core/base/result.h"
#include "core/data/celllimits.h"
#include "core/data/rowbatch.h"
#include "core/reconcile/decision.h"
#include "core/reconcile/report.h"
#include "core/reconcile/twoway.h"

namespace tidemark {

// A plan on disk (plans/ID.db, one SQLite file): decisions, one a row key, with both pictures as canonical chains;
// paged, so that a million rows open at once. One writer, then any number of readers, each on its own thread and
// connection.

struct PlanHead
{
    int format = 1;
    QString id;
    QString jobId;
    QString job;
    QString source, target; // labels of the connections
    bool mirror = false;
    bool twoWay = false;
    bool sourceIsProduction = false; // two-way: it is written, too
    bool targetIsProduction = false;
    qint64 createdUs = 0;
    bool operator==(const PlanHead &) const = default;
};

struct PlanColumn
{
    QString source; // names
    QString target;
    CellType type;
    bool compared = true;
    bool operator==(const PlanColumn &) const = default;
};

struct PlanTable
{
    TableReport report; // counts as planned
    QList<PlanColumn> columns; // layout order
    int keyCount = 0;
    int comparedCount = 0;
    QByteArray mappingDigest, planDigest;
    QByteArray position; // the read position, opaque here: the watermark that applying the plan may move to
    bool included = true; // a person's tick
    // A column each, as both databases declare them; empty: not known (files of earlier versions).
    QList<CellLimits> sourceLimits = {}, targetLimits = {};
    QList<qint64> differences; // a column each: the updated rows in which it differs; counted by the writer
    std::shared_ptr<const RowLayout> layout() const;
};

struct PlanRow
{
    qint64 number = 0; // within the table, from 0, in the order found
    Decision decision = Decision::InsertTarget;
    Reason reason = Reason::None;
    QByteArray source; // chains; empty = absent
    QByteArray target;
    QByteArray base = {}; // two-way: decodePicture(); empty: unknown
    QByteArray mergedSource = {}; // of a merge: what each side is to become
    QByteArray mergedTarget = {};
    bool included = true;
    qint64 place = 0; // in the file: names the row, and leads to it at once
};

// A row while it is being read: the chains are valid until the next one.
struct PlanRowRef
{
    qint64 place = 0;
    qint64 number = 0;
    Decision decision = Decision::InsertTarget;
    Reason reason = Reason::None;
    std::string_view source, target;
    std::string_view base, mergedSource, mergedTarget; // as in PlanRow
    bool included = true;
};

// Rows by their places, [first, past).
struct PlanRange
{
    qint64 first = 0;
    qint64 past = 0;
    bool operator==(const PlanRange &) const = default;
};

// What a person decides in one go: rows skipped, then rows taken again, then tables unticked and ticked.
struct PlanChange
{
    QList<PlanRange> skip, take;
    QList<int> untick, tick;
    bool isEmpty() const { return skip.isEmpty() && take.isEmpty() && untick.isEmpty() && tick.isEmpty(); }
    PlanChange reversed() const { return {take, skip, tick, untick}; }
    bool operator==(const PlanChange &) const = default;
};

// Sorts and joins.
QList<PlanRange> rangesOf(std::span<const qint64> places);

class PlanWriter
{
public:
    enum class Kind : quint8 {
        Plan,
        Spool // rows alone: nothing is kept of its head and its tables
    };
    static Result<std::unique_ptr<PlanWriter>> create(const QString &file, const PlanHead &head,
                                                      Kind kind = Kind::Plan); // 0600; refuses to replace
    ~PlanWriter();
    // Thread-safe: several tables may be filled at once.
    Result<int> addTable(const PlanTable &table);
    // Batched by the caller; either batch's row is −1 where absent. Only decisions that write are kept, and conflicts.
    struct Item
    {
        Decision decision;
        Reason reason;
        int sourceRow;
        int targetRow;
        std::string_view base = {}; // as in PlanRow
        std::string_view mergedSource = {};
        std::string_view mergedTarget = {};
    };
    Result<void> addRows(int table, const RowBatch &source, const RowBatch &target, std::span<const Item> items);
    Result<void> restartTable(int table); // drops its rows: the comparison begins anew
    Result<void> finishTable(int table, const PlanTable &result); // counts and position
    Result<void> finish(); // indexes, then readable; without it the file is not a plan

private:
    struct Private;
    explicit PlanWriter(std::unique_ptr<Private> p);
    std::unique_ptr<Private> d;
};

class PlanReader
{
public:
    static Result<std::unique_ptr<PlanReader>>
    open(const QString &file); // FileNotFound, DatabaseDamaged, PlanOutdated (format)
    ~PlanReader();
    const PlanHead &head() const;
    Result<QList<PlanTable>> tables();
    Result<qint64> rowCount(int table, std::optional<Decision> only);
    // Rows [offset, offset + limit) of those with this decision (all where not set), in order; offsets cost what a page
    // costs.
    Result<QList<PlanRow>> rows(int table, std::optional<Decision> only, qint64 offset, qint64 limit);
    // The same rows one after the other, without copies, until the visitor says false.
    using Visit = std::function<bool(const PlanRowRef &row)>;
    Result<void> scan(int table, std::optional<Decision> only, qint64 offset, qint64 limit, const Visit &visit);
    // The rows at these places, in this order; each costs a look-up.
    Result<void> rowsAt(std::span<const qint64> places, const Visit &visit);
    Result<void> scanRange(const PlanRange &range, const Visit &visit); // of one table and decision
    static int tableOf(qint64 place);
    // Where the rows [offset, offset + limit) lie.
    Result<QList<PlanRange>> places(int table, std::optional<Decision> only, qint64 offset, qint64 limit);

    // What is ticked of what is written to one side; all 0 where the table is not. A merge updates both.
    Result<WriteCounts> includedCounts(int table, JobSide to = JobSide::Target);
    Result<WriteCounts> takenCounts(int table, JobSide to = JobSide::Target); // likewise, whatever the table's own tick
    Result<QList<PlanRange>> skippedRows(int table);
    // All or nothing; costs by the ranges, not by the rows. Answers what it really changed: its reversed() takes it
    // back.
    Result<PlanChange> apply(const PlanChange &change);
    Result<void> setTableIncluded(int table, bool included);
    Result<void> setRowIncluded(int table, qint64 row, bool included);

private:
    struct Private;
    explicit PlanReader(std::unique_ptr<Private> p);
    std::unique_ptr<Private> d;
};

} // namespace tidemark
