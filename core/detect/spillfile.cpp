// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/detect/spillfile.h"

#include <cstring>
#include <limits>

#include <QDir>

namespace tidemark {

namespace {

constexpr quint32 faultBit = 0x80000000; // a chain stays below 2 GiB

Error fileError(const QFileDevice &file)
{
    const bool full =
        file.error() == QFileDevice::ResourceError || file.errorString().contains(QLatin1StringView("space"));
    return Error{
        full ? ErrorCode::DiskFull : ErrorCode::InputOutput, {{Fact::File, QDir::tempPath()}}, file.errorString()};
}

} // namespace

SpillFile::SpillFile(std::shared_ptr<const RowLayout> layout, int partitions, qint64 memoryBytes)
    : m_layout(std::move(layout)), m_partitions(std::size_t(partitions)), m_memoryBytes(memoryBytes)
{ }

Result<void> SpillFile::append(int partition, std::string_view chain, bool faulty)
{
    std::string &buffer = m_partitions[std::size_t(partition)].inMemory;
    const auto size = static_cast<quint32>(chain.size()) | (faulty ? faultBit : 0);
    buffer.append(reinterpret_cast<const char *>(&size), sizeof size);
    buffer.append(chain);
    m_inMemory += static_cast<qint64>(sizeof size + chain.size());
    ++m_rows;
    return m_inMemory > m_memoryBytes ? spill() : Result<void>();
}

Result<void> SpillFile::spill()
{
    if (!m_file) {
        m_file = std::make_unique<QTemporaryFile>();
        if (!m_file->open())
            return fail(fileError(*m_file));
    }
    if (!m_file->seek(m_fileSize))
        return fail(fileError(*m_file));
    for (Partition &partition : m_partitions) {
        if (partition.inMemory.empty())
            continue;
        const auto size = static_cast<qint64>(partition.inMemory.size());
        if (m_file->write(partition.inMemory.data(), size) != size)
            return fail(fileError(*m_file));
        partition.onDisk.push_back({m_fileSize, size});
        m_fileSize += size;
        partition.inMemory.clear();
    }
    if (!m_file->flush())
        return fail(fileError(*m_file));
    m_inMemory = 0;
    return {};
}

// Brings the next stretch of a partition into the cursor's buffer; rows never straddle extents.
Result<bool> SpillFile::load(const Partition &partition, Cursor &cursor)
{
    cursor.at = 0;
    if (cursor.extent < partition.onDisk.size()) {
        const Extent extent = partition.onDisk[cursor.extent++];
        cursor.buffer.resize(extent.size);
        if (!m_file->seek(extent.offset) || m_file->read(cursor.buffer.data(), extent.size) != extent.size)
            return fail(fileError(*m_file));
        return true;
    }
    if (cursor.extent == partition.onDisk.size()) {
        ++cursor.extent;
        cursor.buffer = QByteArray(partition.inMemory.data(), static_cast<qsizetype>(partition.inMemory.size()));
        return !cursor.buffer.isEmpty();
    }
    return false;
}

Result<bool> SpillFile::fill(int partition, Cursor &cursor, qint64 batchBytes, RowBatch &batch)
{
    batch.clear();
    while (batch.byteSize() < batchBytes) {
        if (cursor.at >= cursor.buffer.size()) {
            TRY_ASSIGN(const bool more, load(m_partitions[std::size_t(partition)], cursor));
            if (!more)
                return false;
            continue;
        }
        quint32 size = 0;
        std::memcpy(&size, cursor.buffer.constData() + cursor.at, sizeof size);
        cursor.at += qint64(sizeof size);
        const bool faulty = (size & faultBit) != 0;
        size &= ~faultBit;
        if (!batch.appendChain({cursor.buffer.constData() + cursor.at, size}))
            return fail(ErrorCode::Internal, QStringLiteral("a spilled row is damaged"));
        if (faulty)
            batch.faultLastRow(Error{ErrorCode::ValueNotKept, {}, {}});
        cursor.at += size;
    }
    return true;
}

Result<void> SpillFile::readAll(int partition, RowBatch &out)
{
    out.reset(m_layout);
    Cursor cursor;
    TRY(fill(partition, cursor, std::numeric_limits<qint64>::max(), out));
    return {};
}

} // namespace tidemark
