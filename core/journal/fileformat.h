// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <span>
#include <string_view>

#include "core/journal/sqlitefile.h"

namespace tidemark {

// A file's format is its user_version; steps[n] brings a file from format n to n + 1, steps[0] makes an empty one. Safe
// when two programs do it at once. Before a file with content is changed it is copied beside itself
// ("journal.db.format-1"). A file of a later format is refused (WorkspaceNewer); one with another application id is not
// ours (DatabaseDamaged).
Result<void> bringToFormat(SqliteFile &file, qint64 applicationId, std::span<const char *const> steps);

// XXH3-64 over the parts, each with its length: what a record must still be when it is read again.
class RecordChecksum
{
public:
    RecordChecksum();
    ~RecordChecksum();
    RecordChecksum(const RecordChecksum &) = delete;
    RecordChecksum &operator=(const RecordChecksum &) = delete;
    RecordChecksum &add(std::string_view bytes);
    RecordChecksum &add(const QByteArray &bytes)
    {
        return add(std::string_view(bytes.constData(), static_cast<size_t>(bytes.size())));
    }
    RecordChecksum &add(const QString &text) { return add(text.toUtf8()); }
    RecordChecksum &add(qint64 number);
    qint64 value() const; // as SQLite stores it
    void restart();

private:
    void *m_state;
};

} // namespace tidemark
