// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journal/journal_p.h"

namespace tidemark {

namespace {

qint64 checksum(const Checkpoint &checkpoint)
{
    RecordChecksum sum;
    sum.add(checkpoint.key.jobId).add(checkpoint.key.table).add(checkpoint.key.side);
    sum.add(qint64{checkpoint.format}).add(checkpoint.watermark).add(checkpoint.mappingDigest);
    sum.add(checkpoint.readDigest).add(checkpoint.generation).add(checkpoint.epoch).add(checkpoint.journalId);
    return sum.value();
}

} // namespace

Result<std::optional<Checkpoint>> Journal::checkpoint(const CheckpointKey &key)
{
    const std::scoped_lock lock(d->mutex);
    TRY_ASSIGN(
        SqliteQuery rows,
        d->file->query("SELECT format, watermark, mapping_digest, read_digest, generation, epoch, journal_id, checksum"
                       " FROM checkpoints WHERE job_id = ? AND table_name = ? AND side = ?"));
    rows.bind(key.jobId).bind(key.table).bind(key.side);
    TRY_ASSIGN(const bool found, rows.next());
    if (!found)
        return std::nullopt;
    Checkpoint checkpoint;
    checkpoint.key = key;
    checkpoint.format = static_cast<int>(rows.integer(0));
    checkpoint.watermark = rows.bytes(1);
    checkpoint.mappingDigest = rows.bytes(2);
    checkpoint.readDigest = rows.bytes(3);
    checkpoint.generation = rows.bytes(4);
    checkpoint.epoch = rows.integer(5);
    checkpoint.journalId = rows.bytes(6);
    if (rows.integer(7) != checksum(checkpoint))
        return std::nullopt; // a full compare is always right
    return std::optional(std::move(checkpoint));
}

Result<void> Journal::saveCheckpoint(const Checkpoint &checkpoint)
{
    return d->write([&](SqliteFile &file) -> Result<void> {
        TRY_ASSIGN(SqliteQuery insert,
                   file.query("INSERT OR REPLACE INTO checkpoints (job_id, table_name, side, format, watermark,"
                              " mapping_digest, read_digest, generation, epoch, journal_id, checksum)"
                              " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"));
        insert.bind(checkpoint.key.jobId).bind(checkpoint.key.table).bind(checkpoint.key.side);
        insert.bind(qint64{checkpoint.format}).bind(checkpoint.watermark).bind(checkpoint.mappingDigest);
        insert.bind(checkpoint.readDigest)
            .bind(checkpoint.generation)
            .bind(checkpoint.epoch)
            .bind(checkpoint.journalId);
        return insert.bind(checksum(checkpoint)).run();
    });
}

} // namespace tidemark
