// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <vector>

#include <QTemporaryFile>

#include "core/base/result.h"
#include "core/data/rowbatch.h"

namespace tidemark {

// Rows set down for later, in partitions: in memory up to a bound, then in a temporary file without a name (0600, gone
// with the object). Not thread-safe.
class SpillFile
{
public:
    SpillFile(std::shared_ptr<const RowLayout> layout, int partitions, qint64 memoryBytes);

    // faulty: the row has a cell that could not be kept; it comes back with a fault of its own (ValueNotKept, without
    // facts).
    Result<void> append(int partition, std::string_view chain, bool faulty = false);
    qint64 rowCount() const { return m_rows; }

    // Calls back with batches of a partition, in the order appended. The batch's layout is the one given above.
    template <typename Take> Result<void> read(int partition, qint64 batchBytes, Take take)
    {
        RowBatch batch(m_layout);
        Cursor cursor;
        for (;;) {
            TRY_ASSIGN(const bool more, fill(partition, cursor, batchBytes, batch));
            if (!batch.isEmpty())
                TRY(take(batch));
            if (!more)
                return {};
        }
    }
    Result<void> readAll(int partition, RowBatch &out); // the whole partition

private:
    struct Extent
    {
        qint64 offset;
        qint64 size;
    };
    struct Partition
    {
        std::vector<Extent> onDisk;
        std::string inMemory;
    };
    struct Cursor
    {
        std::size_t extent = 0;
        qint64 offset = 0;
        QByteArray buffer;
        qint64 at = 0;
    };

    Result<bool> fill(int partition, Cursor &cursor, qint64 batchBytes, RowBatch &batch);
    Result<bool> load(const Partition &partition, Cursor &cursor);
    Result<void> spill();

    std::shared_ptr<const RowLayout> m_layout;
    std::vector<Partition> m_partitions;
    std::unique_ptr<QTemporaryFile> m_file;
    qint64 m_memoryBytes;
    qint64 m_inMemory = 0;
    qint64 m_fileSize = 0;
    qint64 m_rows = 0;
};

} // namespace tidemark
