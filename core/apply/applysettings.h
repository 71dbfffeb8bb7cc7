// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <string>
#include <unordered_set>

#include "core/apply/tablepair.h"
#include "core/apply/updatepolicy.h"
#include "core/apply/writelane.h"
#include "core/apply/writeledger.h"
#include "core/base/clock.h"
#include "core/journal/journal.h"
#include "core/reconcile/report.h"

namespace tidemark {

struct ApplyCounts
{
    WriteCounts written; // committed
    qint64 bytes = 0; // of the rows written
    qint64 setAside = 0;
    qint64 changedSincePlan = 0;
    qint64 withheldDeletes = 0;
    bool operator==(const ApplyCounts &) const = default;
};

// What writes one table of one run.
struct ApplySettings
{
    const TablePair &pair;
    const JobSettings &job;
    WriteLane &lane;
    Journal &journal;
    Cancellation &cancellation;
    const Clock &clock;
    QString run;
    QByteArray generation; // of this run
    QByteArray targetToken; // the target's schema as matched; another one while writing is SchemaChanged
    std::optional<Checkpoint> known; // what the target's checkpoint held when the run began
    Watermark position; // up to which earlier runs have applied
    // Batch: committed one by one. Anything more is committed by whoever owns the lane.
    TransactionScope transaction = TransactionScope::Batch;
    bool sidesChanged = false; // what is absent at another database was not deleted: somebody has to say so
    bool holdUpserts = false; // the target cannot be written while it is read
    bool streaming = false; // inserts stream through one statement: an error costs the transaction
    // The source's tables were not read in one snapshot: a foreign key that fails may hold once they are read again.
    bool mayLookAgain = false;
    std::unordered_set<std::string> failedBefore; // keys that were set aside by an earlier run: they have failed twice
    std::vector<WriteLedger *> ledgers = {}; // outlive the applier
    UpdatePolicy *policy = nullptr; // direct runs: likewise; null: the source's row is written
    std::function<void(const ApplyCounts &)> progress;
    // A row that the target stores otherwise than it was handed: as handed, and as it is there.
    std::function<Result<void>(const RowBatch &, int, const RowBatch &, int)> altered = {};
    JobSide written = JobSide::Target; // as the job calls the side that is the pair's target
};

// Under this key the journal notes, before the target is written, the generation that will be there then, and (as
// watermark) the one that is there until then.
inline CheckpointKey writeNoteKey(CheckpointKey key)
{
    key.side = QStringLiteral("written");
    return key;
}

// Under this key the journal keeps which databases the table was synced between last (as mapping digest).
inline CheckpointKey sidesKey(CheckpointKey key)
{
    key.side = QStringLiteral("sides");
    return key;
}

} // namespace tidemark
