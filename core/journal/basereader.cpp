// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "core/journal/baselayout.h"
#include "core/journal/sqlitefile.h"

namespace tidemark {

struct BaseReader::Private
{
    std::unique_ptr<SqliteFile> file;
    qint64 number = -1;
    bool ordered = false;
    std::optional<SqliteQuery> rows; // ordered: standing on `current`, unless it has ended
    bool ended = false;
    std::vector<bool> asked; // else: by row id
    std::vector<std::string> passed; // ordered: nobody asked for them
    RecordChecksum sum;

    Result<void> step()
    {
        TRY_ASSIGN(const bool more, rows->next());
        ended = !more;
        return {};
    }

    Found read(const SqliteQuery &query)
    {
        const QByteArray prints = query.bytes(1);
        const QByteArray picture = query.bytes(2);
        auto record = baselayout::recordOf(prints, picture);
        if (!record || query.integer(3) != baselayout::checksumOf(sum, query.view(0), prints, picture))
            return {BaseRow::Unknown, {}};
        return {BaseRow::Present, std::move(*record)};
    }

    Result<Found> lookUp(std::string_view key)
    {
        TRY_ASSIGN(SqliteQuery query,
                   file->query("SELECT key, prints, picture, checksum, id FROM rows"
                               " WHERE number = ? AND key = ?"));
        query.bind(number).bindView(key);
        TRY_ASSIGN(const bool there, query.next());
        if (!there)
            return Found{};
        const auto id = std::size_t(query.integer(4));
        if (id >= asked.size())
            asked.resize(std::max(id + 1, asked.size() * 2));
        asked[id] = true;
        return read(query);
    }

    Result<Found> walkTo(std::string_view key)
    {
        while (!ended && rows->view(0) < key) {
            passed.emplace_back(rows->view(0));
            TRY(step());
        }
        if (ended || rows->view(0) != key)
            return Found{};
        const Found found = read(*rows);
        TRY(step());
        return found;
    }
};

BaseReader::BaseReader(std::unique_ptr<Private> p) : d(std::move(p)) { }

BaseReader::~BaseReader()
{
    d->rows.reset(); // before its file
}

Result<std::unique_ptr<BaseReader>> BaseReader::open(const QString &path, const QString &table, bool ordered)
{
    auto d = std::make_unique<Private>();
    d->ordered = ordered;
    TRY_ASSIGN(d->file, SqliteFile::open(path, SqliteFile::Access::Existing));
    TRY(d->file->run("BEGIN"));
    TRY_ASSIGN(SqliteQuery tables, d->file->query("SELECT number FROM tables WHERE name = ?"));
    tables.bind(table);
    TRY_ASSIGN(const bool found, tables.next());
    if (found)
        d->number = tables.integer(0);
    if (ordered) {
        TRY_ASSIGN(SqliteQuery rows,
                   d->file->query("SELECT key, prints, picture, checksum, id FROM rows WHERE number = ? ORDER BY key"));
        rows.bind(d->number);
        d->rows.emplace(std::move(rows));
        TRY(d->step());
    }
    return std::unique_ptr<BaseReader>(new BaseReader(std::move(d)));
}

Result<BaseReader::Found> BaseReader::find(std::string_view key)
{
    return d->ordered ? d->walkTo(key) : d->lookUp(key);
}

Result<void> BaseReader::unasked(const Unasked &tell)
{
    if (d->ordered) {
        while (!d->ended) {
            d->passed.emplace_back(d->rows->view(0));
            TRY(d->step());
        }
        for (const std::string &key : d->passed)
            TRY(tell(key));
        return {};
    }
    TRY_ASSIGN(SqliteQuery all, d->file->query("SELECT id, key FROM rows WHERE number = ?"));
    all.bind(d->number);
    for (;;) {
        TRY_ASSIGN(const bool more, all.next());
        if (!more)
            return {};
        const auto id = std::size_t(all.integer(0));
        if (id >= d->asked.size() || !d->asked[id])
            TRY(tell(std::string(all.view(1))));
    }
}

} // namespace tidemark
