// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/queuepublished.h"

#include <cstring>

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <xxhash.h>

namespace tidemark {

namespace {

constexpr char schema[] = "CREATE TABLE IF NOT EXISTS published(id BLOB PRIMARY KEY, row BLOB NOT NULL) WITHOUT ROWID";

std::string bytesOf(const Fingerprint &row)
{
    std::string bytes(sizeof row.low + sizeof row.high, '\0');
    std::memcpy(bytes.data(), &row.low, sizeof row.low);
    std::memcpy(bytes.data() + sizeof row.low, &row.high, sizeof row.high);
    return bytes;
}

} // namespace

std::string PublishedRows::idOf(const QString &table, std::string_view key)
{
    std::string text = table.toStdString();
    text += '\0';
    text += key;
    XXH128_canonical_t canonical;
    XXH128_canonicalFromHash(&canonical, XXH3_128bits(text.data(), text.size()));
    return {reinterpret_cast<const char *>(canonical.digest), sizeof canonical.digest};
}

Result<std::unique_ptr<PublishedRows>> PublishedRows::open(const QString &path)
{
    QDir().mkpath(QFileInfo(path).absolutePath());
    TRY_ASSIGN(std::unique_ptr<SqliteFile> file, SqliteFile::open(path, SqliteFile::Access::CreateIfMissing));
    TRY(file->execute(schema));
    return std::unique_ptr<PublishedRows>(new PublishedRows(std::move(file)));
}

void PublishedRows::remove(const QString &path)
{
    for (const char *suffix : {"", "-wal", "-shm"})
        QFile::remove(path + QLatin1StringView(suffix));
}

Result<bool> PublishedRows::isKnown(const std::string &id, const Fingerprint &row)
{
    TRY_ASSIGN(SqliteQuery query, m_file->query("SELECT row FROM published WHERE id = ?"));
    query.bindView(id);
    TRY_ASSIGN(const bool found, query.next());
    const bool isKnown = found && query.view(0) == bytesOf(row);
    query.restart();
    return isKnown;
}

Result<void> PublishedRows::keep()
{
    if (m_noted.empty())
        return {};
    TRY_ASSIGN(SqliteTransaction transaction, SqliteTransaction::begin(*m_file));
    {
        TRY_ASSIGN(SqliteQuery query, m_file->query("INSERT OR REPLACE INTO published(id, row) VALUES (?, ?)"));
        for (const auto &[id, row] : m_noted) {
            const std::string bytes = bytesOf(row);
            query.bindView(id).bindView(bytes);
            TRY(query.run());
        }
    }
    TRY(transaction.commit());
    m_noted.clear();
    return {};
}

} // namespace tidemark
