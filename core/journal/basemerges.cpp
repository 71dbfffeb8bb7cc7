// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journal/basefile_p.h"

namespace tidemark {

namespace {

qint64 checksumOf(RecordChecksum &sum, const QByteArray &prints, const BaseMerge &merge)
{
    sum.restart();
    sum.add(merge.key).add(prints).add(merge.mergedSource).add(merge.mergedTarget);
    return sum.add(merge.beforeSource).add(merge.beforeTarget).value();
}

} // namespace

Result<void> BaseFile::intend(const QString &table, std::span<const BaseMerge> merges)
{
    return d->write(table, [&](qint64 number) -> Result<void> {
        TRY_ASSIGN(SqliteQuery insert,
                   d->file->query("INSERT OR REPLACE INTO merges (number, key, prints, merged_source, merged_target,"
                                  " stored_source, stored_target, before_source, before_target, checksum)"
                                  " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"));
        for (const BaseMerge &merge : merges) {
            const QByteArray prints = baselayout::printsOf({merge.source, merge.target, {}});
            insert.bind(number).bindView(merge.key).bind(prints).bind(merge.mergedSource).bind(merge.mergedTarget);
            insert.bind(merge.storedSource).bind(merge.storedTarget).bind(merge.beforeSource).bind(merge.beforeTarget);
            TRY(insert.bind(checksumOf(d->sum, prints, merge)).run());
        }
        return {};
    });
}

Result<void> BaseFile::rebase(const QString &table, std::span<const BaseChange> rows)
{
    return d->write(table, [&](qint64 number) -> Result<void> {
        TRY_ASSIGN(SqliteQuery remove, d->file->query("DELETE FROM merges WHERE number = ? AND key = ?"));
        for (const BaseChange &row : rows) {
            TRY(d->put(number, row));
            TRY(remove.bind(number).bindView(row.key).run());
        }
        return {};
    });
}

Result<void> BaseFile::merges(const QString &table, const std::function<Result<void>(BaseMerge &&)> &tell)
{
    TRY_ASSIGN(SqliteQuery rows,
               d->file->query("SELECT key, prints, merged_source, merged_target, stored_source, stored_target,"
                              " before_source, before_target, checksum FROM merges WHERE number = (SELECT number FROM "
                              "tables WHERE name = ?) ORDER BY key"));
    rows.bind(table);
    for (;;) {
        TRY_ASSIGN(const bool more, rows.next());
        if (!more)
            return {};
        const QByteArray prints = rows.bytes(1);
        const auto pictures = baselayout::recordOf(prints, {});
        BaseMerge merge{std::string(rows.view(0)),
                        {},
                        {},
                        rows.bytes(2),
                        rows.bytes(3),
                        rows.bytes(4),
                        rows.bytes(5),
                        rows.bytes(6),
                        rows.bytes(7)};
        if (!pictures || rows.integer(8) != checksumOf(d->sum, prints, merge))
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
