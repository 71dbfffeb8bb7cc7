// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include <QTemporaryFile>

#include "core/base/result.h"

namespace tidemark::http {

// Where a record lies in a spool.
struct Place
{
    quint64 offset = 0;
    quint32 size = 0;
};

// Records as they came, in memory up to a bound, then in a temporary file without a name (0600, gone with the object).
// Filled by one thread; from finish() on several may read.
class RecordSpool
{
public:
    explicit RecordSpool(qint64 memoryBytes = 16 << 20) : m_memoryBytes(memoryBytes) { }
    RecordSpool(const RecordSpool &) = delete;
    RecordSpool &operator=(const RecordSpool &) = delete;

    Result<void> append(std::string_view record);
    Result<void> finish();
    qint64 count() const { return m_count; }

    // The first record, or the one behind another; size 0: there is none.
    Result<Place> first() const { return placeAt(0); }
    Result<Place> after(const Place &place) const { return placeAt(place.offset + place.size); }
    Result<void> read(const Place &place, std::string &out) const;

private:
    Result<Place> placeAt(quint64 at) const;
    Result<void> readBytes(quint64 offset, std::size_t size, char *out) const;
    Result<void> spill();

    std::string m_memory; // what is not in the file
    std::unique_ptr<QTemporaryFile> m_file;
    int m_handle = -1;
    quint64 m_inFile = 0;
    qint64 m_memoryBytes;
    qint64 m_count = 0;
};

// A temporary file without a name; DiskFull, InputOutput.
Result<std::unique_ptr<QTemporaryFile>> namelessFile();
Result<void> writeBytes(QTemporaryFile &file, const char *bytes, std::size_t size);
Result<void> readFrom(int handle, quint64 offset, std::size_t size, char *out);

} // namespace tidemark::http
