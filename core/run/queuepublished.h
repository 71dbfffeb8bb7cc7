// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/data/rowbatch.h"
#include "core/journal/sqlitefile.h"

namespace tidemark {

// What a job has published last of each row, as a fingerprint: a cursor is read again from some way before its end, and
// what is found there unchanged is not published twice. A file of the workspace; lost, rows are published again, which
// does no harm. One thread.
class PublishedRows
{
public:
    static Result<std::unique_ptr<PublishedRows>> open(const QString &path);
    static void remove(const QString &path);
    static std::string idOf(const QString &table, std::string_view key);

    Result<bool> isKnown(const std::string &id, const Fingerprint &row);
    void note(std::string id, const Fingerprint &row) { m_noted.emplace_back(std::move(id), row); }
    std::size_t noted() const { return m_noted.size(); }
    void truncate(std::size_t size) { m_noted.resize(size); }
    Result<void> keep(); // what was noted; not synced with the broker, and need not be

private:
    explicit PublishedRows(std::unique_ptr<SqliteFile> file) : m_file(std::move(file)) { }

    std::unique_ptr<SqliteFile> m_file;
    std::vector<std::pair<std::string, Fingerprint>> m_noted;
};

} // namespace tidemark
