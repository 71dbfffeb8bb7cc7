// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <QByteArray>
#include <QList>
#include <QString>

#include "core/base/result.h"
#include "core/reconcile/mergerow.h"

namespace tidemark {

// The base of a two-way job: what both sides were after the last sync. One SQLite file a job beside the journal, so
// that a base of millions of rows never locks it; WAL, synchronous = FULL: every member is durable when it returns.
// Rows and heads carry checksums; one that fails counts as absent. Not thread-safe: one BaseFile a thread.

// One row. A side's fingerprint is that of its own picture: what rounding and triggers of one side made of a value.
struct BaseRecord
{
    Fingerprint source;
    Fingerprint target;
    QByteArray picture; // encodePicture(); empty: fingerprints alone
    // Both sides had the row when they met first, and have not been in step since: found again as BaseRow::Unknown.
    bool neverInStep = false;
    bool operator==(const BaseRecord &) const = default;
};

// A picture with its cells, or their prints where the cells are larger than this.
constexpr qint64 pictureCellLimit = 4096;
QByteArray encodePicture(const RowBatch &source, int sourceRow, const RowBatch &target, int targetRow);
// Nothing: empty, or not a picture of this layout.
std::optional<BasePicture> decodePicture(const QByteArray &picture, const std::shared_ptr<const RowLayout> &layout);

// To which state of the world a table's base belongs (semantics.md, the trust rules).
struct BaseHead
{
    QByteArray journalId;
    QByteArray mappingDigest;
    QByteArray sidesDigest;
    QByteArray sourceGeneration; // as both sides' checkpoints bore them when this base was settled
    QByteArray targetGeneration;
    QByteArray writing; // the generation of a run that has begun to write since; empty: none
    bool operator==(const BaseHead &) const = default;
};

enum class BaseTrust : quint8 { Trusted, NoBase, OtherJournal, OtherMapping, OtherDatabases, OtherGeneration };

// now: what journal, job and both checkpoints say today; its `writing` is ignored. Pure.
BaseTrust trustBase(const std::optional<BaseHead> &head, const BaseHead &now);

struct BaseChange
{
    std::string key; // appendOrderedKey()
    std::optional<BaseRecord> now; // not set: the row is on neither side any more
};

// Changes that a side's transaction will have made once it commits: its checkpoint then bears this generation, and this
// epoch or a later one.
struct BasePromise
{
    JobSide side = JobSide::Target;
    QByteArray generation;
    qint64 epoch = 0;
    bool operator==(const BasePromise &) const = default;
};

// A merged row on its way to both sides: intended before either is written, finished when both are. What a side has
// stored is known once its promise is settled as kept. Found again by the next run, a side that has moved since is
// compared with the row that the merge left: BaseFile::rebase().
struct BaseMerge
{
    std::string key;
    Fingerprint source; // of the pictures that it rests on
    Fingerprint target;
    QByteArray mergedSource; // chains to be written; empty: that side has it already
    QByteArray mergedTarget;
    QByteArray storedSource; // chains as the database has them; empty: not yet
    QByteArray storedTarget;
    QByteArray beforeSource = {}; // chains of the pictures that it rests on; empty: the row was not there
    QByteArray beforeTarget = {};
    bool operator==(const BaseMerge &) const = default;
};

// A row that is about to be sent to a side which takes nothing back, and commits nothing: found again, nobody has said
// whether it was written.
struct BaseIntent
{
    std::string key;
    JobSide side = JobSide::Target; // that was to be written
    QByteArray handed; // chains: what it was to become
    QByteArray before; // what it was; empty: absent
    bool operator==(const BaseIntent &) const = default;
};

class BaseFile
{
public:
    // Made where it is missing. A file that is no database any more is set aside (".damaged"): there is no base then.
    static Result<std::unique_ptr<BaseFile>> open(const QString &path);
    static void remove(const QString &path); // with all copies of it
    ~BaseFile();

    const QString &path() const;
    // table: CheckpointKey::table.
    Result<std::optional<BaseHead>> head(const QString &table);
    Result<void> saveHead(const QString &table, const BaseHead &head);
    Result<void> forget(const QString &table); // head, rows and promises
    // What is kept of the table's rows from now on. alone: their fingerprints; pictures that are there are dropped, and
    // overwritten in the file, and copies of it that an upgrade or a damage has left are removed. Costs nothing where
    // it is so already.
    Result<void> keepPrintsAlone(const QString &table, bool alone);
    Result<qint64> rowCount(const QString &table);

    Result<void> change(const QString &table, std::span<const BaseChange> changes);
    struct Stored // a merged row as the side will have it
    {
        std::string key;
        QByteArray chain;
    };
    // Before the side's COMMIT; may be called several times for one promise.
    Result<void> promise(const QString &table, const BasePromise &promise, std::span<const BaseChange> changes,
                         std::span<const Stored> merged = {});
    // kept: the side has committed, the changes are true, its merges have come to it, and the head knows that the side
    // bears this generation (one that bears an older one again came back from a backup); else they never were.
    Result<void> settle(const QString &table, const BasePromise &promise, bool kept);
    Result<QList<BasePromise>> promises(const QString &table); // oldest first
    Result<bool> hasPromises(); // of any table
    Result<void> copyTo(const QString &path); // as it is now; must not exist

    Result<void> intend(const QString &table, std::span<const BaseMerge> merges); // replaces by key
    // At once: what these rows were when they were last made of one another; their merges are none any more.
    Result<void> rebase(const QString &table, std::span<const BaseChange> rows);
    // One damaged is left out: its row is a conflict like any other.
    Result<void> merges(const QString &table, const std::function<Result<void>(BaseMerge &&)> &tell);
    Result<void> dropMerges(const QString &table, std::span<const std::string> keys);

    Result<void> noteIntents(const QString &table, std::span<const BaseIntent> intents); // replaces by key and side
    Result<std::vector<BaseIntent>> intents(const QString &table); // damaged ones are left out
    Result<void> dropIntents(const QString &table, JobSide side, std::span<const std::string> keys);

private:
    struct Private;
    explicit BaseFile(std::unique_ptr<Private> p);
    std::unique_ptr<Private> d;
};

// Looks up the rows of one table in one snapshot, while a BaseFile writes. `ordered`: keys are asked for in increasing
// order, and one pass answers all; else each is looked up.
class BaseReader
{
public:
    struct Found
    {
        BaseRow row = BaseRow::Absent; // Unknown: there is a record, and it is damaged, or never in step
        BaseRecord record;
    };
    using Unasked = std::function<Result<void>(const std::string &key)>;

    static Result<std::unique_ptr<BaseReader>> open(const QString &path, const QString &table, bool ordered);
    ~BaseReader();
    Result<Found> find(std::string_view key);
    // At the end: the keys that nobody asked for, that is the rows that both sides have lost.
    Result<void> unasked(const Unasked &tell);

private:
    struct Private;
    explicit BaseReader(std::unique_ptr<Private> p);
    std::unique_ptr<Private> d;
};

} // namespace tidemark
