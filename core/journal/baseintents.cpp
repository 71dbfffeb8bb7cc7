// SPDX-License-Identifier: GPL-3.0-or-later
// What was about to be written to a side that takes nothing back.
#include "core/journal/basefile_p.h"

namespace tidemark {

namespace {

qint64 checksumOf(RecordChecksum &sum, const BaseIntent &intent)
{
    sum.restart();
    return sum.add(intent.key).add(qint64(intent.side)).add(intent.handed).add(intent.before).value();
}

} // namespace

Result<void> BaseFile::noteIntents(const QString &table, std::span<const BaseIntent> intents)
{
    return d->write(table, [&](qint64 number) -> Result<void> {
        TRY_ASSIGN(SqliteQuery insert,
                   d->file->query("INSERT OR REPLACE INTO intents (number, key, side, handed, before, checksum)"
                                  " VALUES (?, ?, ?, ?, ?, ?)"));
        for (const BaseIntent &intent : intents) {
            insert.bind(number).bindView(intent.key).bind(qint64(intent.side)).bind(intent.handed).bind(intent.before);
            TRY(insert.bind(checksumOf(d->sum, intent)).run());
        }
        return {};
    });
}

Result<std::vector<BaseIntent>> BaseFile::intents(const QString &table)
{
    TRY_ASSIGN(SqliteQuery rows,
               d->file->query("SELECT key, side, handed, before, checksum FROM intents WHERE number ="
                              " (SELECT number FROM tables WHERE name = ?) ORDER BY side, key"));
    rows.bind(table);
    std::vector<BaseIntent> found;
    for (;;) {
        TRY_ASSIGN(const bool more, rows.next());
        if (!more)
            return found;
        BaseIntent intent{std::string(rows.view(0)), JobSide(rows.integer(1)), rows.bytes(2), rows.bytes(3)};
        if (rows.integer(4) == checksumOf(d->sum, intent))
            found.push_back(std::move(intent));
    }
}

Result<void> BaseFile::dropIntents(const QString &table, JobSide side, std::span<const std::string> keys)
{
    return d->write(table, [&](qint64 number) -> Result<void> {
        TRY_ASSIGN(SqliteQuery remove, d->file->query("DELETE FROM intents WHERE number = ? AND side = ? AND key = ?"));
        for (const std::string &key : keys)
            TRY(remove.bind(number).bind(qint64(side)).bindView(key).run());
        return {};
    });
}

} // namespace tidemark
