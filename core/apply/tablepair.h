// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/config/jobsettings.h"
#include "core/endpoint/session.h"
#include "core/endpoint/sql/columnwords.h"
#include "core/mapping/tablemapping.h"

namespace tidemark {

// One table of a job with its matched sides: what detection and applying need to know of it. Immutable during a run.
struct TablePair
{
    JobTable settings;
    TableMapping mapping;
    CheckpointKey checkpointKey;
    std::shared_ptr<const RowLayout> layout; // of both sides' full rows
    std::shared_ptr<const RowLayout> keyLayout; // the key cells alone
    QByteArray mappingDigest;
    QByteArray readDigest; // mapping digest, filters, detection and identities: governs the watermark
    QByteArray sidesDigest; // identities alone
    QByteArray planDigest; // read digest and the columns of both tables: governs approved plans
    bool createTarget = false;
    ColumnWords sourceWords, targetWords; // by the side's own names

    // Marks of rows that count as deleted (SoftDelete): the source's, and the target's, which deletes set.
    std::optional<SoftDelete> sourceMark, targetMark;

    bool propagatesDeletes() const { return settings.deletes == DeletePolicy::Propagate; }
    QString sourceName() const { return mapping.source.name.display(); }
    QString targetName() const { return mapping.target.name.display(); }

    // Requests that borrow this pair's schemas: the pair outlives them.
    ReadRequest readSource(const BatchSettings &batch) const;
    ReadRequest readTarget(const BatchSettings &batch) const;
    ReadRequest keysOf(ReadRequest request) const; // the same side, key cells alone
    WriteRequest write() const;

    // The row's key as a batch of keyLayout would hold it: self-contained, for the journal.
    void appendKey(const RowBatch &rows, int row, RowBatch &keys) const;
};

TablePair makeTablePair(const JobSettings &job, const JobTable &settings, TableMapping mapping,
                        const QString &sourceIdentity, const QString &targetIdentity);

} // namespace tidemark
