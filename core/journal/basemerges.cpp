// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journal/basefile_p.h"

namespace tidemark {

namespace {

qint64 checksumOf(RecordChecksum &sum, std::string_view key, const QByteArray &prints, const QByteArray &mergedSource,
                  const QByteArray &mergedTarget)
{
    sum.restart();
    return sum.add(key).add(prints).add(mergedSource).add(mergedTarget).value();
}

} // namespace

Result<void> BaseFile::intend(const QString &table, std::span<const BaseMerge> merges)
{
    return d->write(table, [&](qint64 number) -> Result<void> {
        TRY_ASSIGN(SqliteQuery insert,
                   d->file->query("INSERT OR REPLACE INTO merges (number, key, prints, merged_source, merged_target,"
                                  " stored_source, stored_target, checksum) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"));
        for (const BaseMerge &merge : merges) {
            const QByteArray prints = baselayout::printsOf({merge.source, merge.target, {}});
            insert.bind(number).bindView(merge.key).bind(prints).bind(merge.mergedSource).bind(merge.mergedTarget);
            insert.bind(merge.storedSource).bind(merge.storedTarget);
            TRY(insert.bind(checksumOf(d->sum, merge.key, prints, merge.mergedSource, merge.mergedTarget)).run());
        }
        return {};
    });
}

Result<void> BaseFile::noteStored(const QString &table, JobSide side, std::span<const Stored> rows)
{
    return d->write(table, [&](qint64 number) -> Result<void> {
        TRY_ASSIGN(SqliteQuery update,
                   d->file->query(side == JobSide::Source
                                      ? "UPDATE merges SET stored_source = ? WHERE number = ? AND key = ?"
                                      : "UPDATE merges SET stored_target = ? WHERE number = ? AND key = ?"));
        for (const Stored &row : rows)
            TRY(update.bind(row.chain).bind(number).bindView(row.key).run());
        return {};
    });
}

Result<void> BaseFile::merges(const QString &table, const std::function<Result<void>(BaseMerge &&)> &tell)
{
    TRY_ASSIGN(SqliteQuery rows,
               d->file->query("SELECT key, prints, merged_source, merged_target, stored_source, stored_target, checksum"
                              " FROM merges WHERE number = (SELECT number FROM tables WHERE name = ?) ORDER BY key"));
    rows.bind(table);
    for (;;) {
        TRY_ASSIGN(const bool more, rows.next());
        if (!more)
            return {};
        const QByteArray prints = rows.bytes(1);
        const auto pictures = baselayout::recordOf(prints, {});
        BaseMerge merge{std::string(rows.view(0)), {}, {}, rows.bytes(2), rows.bytes(3), rows.bytes(4), rows.bytes(5)};
        if (!pictures
            || rows.integer(6) != checksumOf(d->sum, merge.key, prints, merge.mergedSource, merge.mergedTarget))
            continue;
        merge.source = pictures->source;
        merge.target = pictures->target;
        TRY(tell(std::move(merge)));
    }
}

Result<void> BaseFile::dropMerges(const QString &table, std::span<const std::string> keys)
{
    return d->write(table, [&](qint64 number) -> Result<void> {
        TRY_ASSIGN(SqliteQuery remove, d->file->query("DELETE FROM merges WHERE number = ? AND key = ?"));
        for (const std::string &key : keys)
            TRY(remove.bind(number).bindView(key).run());
        return {};
    });
}

} // namespace tidemark
