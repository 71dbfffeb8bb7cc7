// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journal/planfile.h"
#include "core/reconcile/cause.h"

namespace tidemark {

// What a run overwrote (undo/RUN.db, one SQLite file): for each row that it wrote how it was before and what it became,
// durable before the commit at the side that is written. A two-way run writes both sides of a table: each has a table
// here. One writer, which makes the file with the first row; readers at any time.

struct UndoHead
{
    QString run, undoes; // undoes: the run that this one took back
    QString jobId, job;
    QString source, target; // labels of the connections
    bool twoWay = false;
    QByteArray generation; // of the run, as the checkpoints of what it wrote carry it
    qint64 createdUs = 0;
    QString jobFile; // empty: the job was made in memory, and is
    QByteArray jobJson; // this
    QStringList people = {}; // who answered what it wrote: their names at the system, as causes number them
    bool operator==(const UndoHead &) const = default;
};

// Both sides had a say in the row, and a policy or a person decided: what stood at the written side has lost.
inline bool isContested(Reason reason) { return reason >= Reason::ChangedAtBoth; }

// What the causes of a table's rows stand for: as the job had it when the run began with the table.
struct UndoDeciders
{
    struct Rule
    {
        QString column; // the source's name, as the job calls the sides
        CellRule rule = CellRule::None;
        bool operator==(const Rule &) const = default;
    };
    QString newest; // the column that tells which row is newer, the source's name
    QList<Rule> rules; // in the order of their cells
    bool operator==(const UndoDeciders &) const = default;
};

struct UndoTable
{
    QString source, target; // as reports call them, whichever was written
    QString table, side; // CheckpointKey's, of the direction
    JobSide written = JobSide::Target; // decisions and rows are as seen from there
    QList<PlanColumn> columns; // layout order
    int keyCount = 0, comparedCount = 0;
    QByteArray mappingDigest, sidesDigest;
    QStringList left; // the written side's columns that the job does not know: a row put back has their defaults
    bool keepsValues = true; // false: fingerprints alone
    bool filled = false; // it was empty: its rows are counted and not kept
    bool summed = false; // filled: their fingerprints are added up
    UndoDeciders deciders = {};
    std::shared_ptr<const RowLayout> layout() const;
};

// The fingerprints of a table's rows, added up: whatever their order.
struct FingerprintSum
{
    qint64 rows = 0;
    quint64 low = 0, high = 0;
    void add(const Fingerprint &one, int sign = 1);
    void add(const FingerprintSum &other);
    bool operator==(const FingerprintSum &) const = default;
};

// Of one row that was written, with its rows in the batches it is handed over with; −1: absent.
struct UndoItem
{
    Decision decision = Decision::InsertTarget;
    Reason reason = Reason::None;
    int before = -1;
    int after = -1;
    Cause cause = {};
};

// Thread-safe: several tables are filled at once.
class UndoWriter
{
public:
    // limit: bytes beyond which the run keeps nothing at all.
    UndoWriter(const QString &folder, UndoHead head, qint64 limit);
    ~UndoWriter();
    int addTable(const UndoTable &table);
    quint8 numberOf(const QString &person); // Cause::detail of an answer; 0: nobody in particular, or too many
    // Each table has one batch at a time: what was noted since it ended last.
    Result<void> note(int table, const RowBatch &before, const RowBatch &after, std::span<const UndoItem> items);
    Result<void> prepare(int table, qint64 epoch); // durable; epoch 0: the target keeps none
    void committed(int table); // marked with the next prepare, or by finish()
    void rolledBack(int table); // a prepared batch stays in doubt
    // Of batches in doubt, before another attempt raises the epoch for other reasons: the target's is this one.
    Result<void> decide(int table, qint64 epochFound);
    Result<void> finish(); // a run that wrote nothing leaves no file

private:
    struct Private;
    std::unique_ptr<Private> d;
};

// A row as one run changed it, from its first write to its last.
struct UndoChange
{
    struct State
    {
        bool there = false;
        bool known = false; // there: the fingerprint is
        Fingerprint fingerprint;
    };
    QByteArray key; // value chain of the key cells
    bool existed = false;
    bool valuesKnown = false; // existed: `before` is whole
    QByteArray before; // chain
    QList<State> left; // how the run left it; two where its last batch is in doubt
    Reason reason = Reason::None;
};

// One write of a row.
struct UndoEntry
{
    Decision decision = Decision::InsertTarget;
    Reason reason = Reason::None;
    QByteArray key, before, after; // chains; empty: absent, or not kept
    Cause cause = {};
    bool valuesKept = true;
    bool inDoubt = false; // the written side's checkpoint tells whether it was committed
};

class UndoReader
{
public:
    static Result<std::unique_ptr<UndoReader>>
    open(const QString &file); // FileNotFound, DatabaseDamaged, WorkspaceNewer
    ~UndoReader();
    const UndoHead &head() const;
    bool overflowed() const; // more than the job keeps
    Result<QList<UndoTable>> tables();
    // What the written side's checkpoint says of a table that this run wrote last.
    Result<void> decide(int table, qint64 epoch);
    FingerprintSum filledWith(int table, bool withDoubtful) const;
    using Visit = std::function<Result<void>(const UndoChange &change)>;
    // By key; only: the row with this key alone (its comparison chain).
    Result<void> scan(int table, const QByteArray &only, const Visit &visit);
    Result<QList<UndoEntry>> entries(int table, const QByteArray &key); // key: comparison chain; in order written

    // What was written of a table, in the order written: [offset, offset + limit); offsets cost what a page costs.
    Result<qint64> rowCount(int table);
    Result<QList<UndoEntry>> rows(int table, qint64 offset, qint64 limit);

    Result<QString> undoneBy(); // empty: nobody
    Result<void> setUndoneBy(const QString &run);

private:
    struct Private;
    explicit UndoReader(std::unique_ptr<Private> p);
    std::unique_ptr<Private> d;
};

// The undo files of a workspace, beside its journal.
QString undoFile(const QString &folder, const QString &run);
void removeUndoFile(const QString &folder, const QString &run);

} // namespace tidemark
