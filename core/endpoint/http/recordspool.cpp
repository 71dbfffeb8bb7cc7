// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/http/recordspool.h"

#include <cerrno>
#include <cstring>

#include <unistd.h>

#include <QDir>

namespace tidemark::http {

using namespace Qt::StringLiterals;

Result<std::unique_ptr<QTemporaryFile>> namelessFile()
{
    auto file = std::make_unique<QTemporaryFile>(QDir::tempPath() + "/tidemark-XXXXXX"_L1);
    if (!file->open())
        return fail(ErrorCode::InputOutput, file->errorString());
    QFile::remove(file->fileName());
    return file;
}

Result<void> writeBytes(QTemporaryFile &file, const char *bytes, std::size_t size)
{
    const bool isWritten = file.write(bytes, qint64(size)) == qint64(size) && file.flush();
    if (isWritten)
        return {};
    return fail(file.error() == QFileDevice::ResourceError ? ErrorCode::DiskFull : ErrorCode::InputOutput,
                file.errorString());
}

Result<void> readFrom(int handle, quint64 offset, std::size_t size, char *out)
{
    while (size > 0) {
        const ssize_t got = ::pread(handle, out, size, off_t(offset));
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return fail(ErrorCode::InputOutput, got == 0 ? u"a temporary file ended early"_s : qt_error_string(errno));
        out += got;
        offset += quint64(got);
        size -= std::size_t(got);
    }
    return {};
}

Result<void> RecordSpool::append(std::string_view record)
{
    const auto size = quint32(record.size());
    m_memory.append(reinterpret_cast<const char *>(&size), sizeof size);
    m_memory.append(record);
    ++m_count;
    return qint64(m_memory.size()) > m_memoryBytes ? spill() : Result<void>();
}

Result<void> RecordSpool::spill()
{
    if (!m_file) {
        TRY_ASSIGN(m_file, namelessFile());
        m_handle = m_file->handle();
    }
    TRY(writeBytes(*m_file, m_memory.data(), m_memory.size()));
    m_inFile += m_memory.size();
    m_memory.clear();
    return {};
}

Result<void> RecordSpool::finish() { return m_file ? spill() : Result<void>(); }

Result<void> RecordSpool::readBytes(quint64 offset, std::size_t size, char *out) const
{
    if (m_file)
        return readFrom(m_handle, offset, size, out);
    std::memcpy(out, m_memory.data() + offset, size);
    return {};
}

Result<Place> RecordSpool::placeAt(quint64 at) const
{
    Place place;
    if (at >= m_inFile + m_memory.size())
        return place;
    TRY(readBytes(at, sizeof place.size, reinterpret_cast<char *>(&place.size)));
    place.offset = at + sizeof place.size;
    return place;
}

Result<void> RecordSpool::read(const Place &place, std::string &out) const
{
    out.resize(place.size);
    return readBytes(place.offset, place.size, out.data());
}

} // namespace tidemark::http
