// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>

#include "core/journal/planfile.h"
#include "core/journal/planlayout.h"
#include "core/journal/sqlitefile.h"

namespace tidemark {

struct PlanReader::Private
{
    std::unique_ptr<SqliteFile> file;
    PlanHead head;
    RecordChecksum checksum;
    std::optional<std::map<std::pair<int, int>, qint64>> counts; // by table and decision; as they are first asked for

    static Error damaged(const SqliteFile &file, const QString &what)
    {
        return Error{ErrorCode::DatabaseDamaged, {}, what}.with(Fact::File, file.path());
    }

    Result<void> checkFormat();
    Result<void> readHead();
    Result<void> readDifferences(QList<PlanTable> &tables);
    Result<qint64> count(int table, int decision);
    Result<qint64> firstFrom(int table, int decision,
                             qint64 number); // the nth of the first row with this number or a later one
    Result<std::optional<qint64>> placeOf(int table, qint64 number);

    // The row that a statement stands on; its columns are place, number, reason, source, target, checksum.
    Result<PlanRowRef> rowOf(const SqliteQuery &query);
    Result<void> scanOne(int table, int decision, qint64 nth, qint64 end, const Visit &visit);
    Result<void> scanAll(int table, qint64 offset, qint64 limit, const Visit &visit);

    Result<QList<PlanRange>> excluded(qint64 first, qint64 past); // those that touch it
    Result<void> skip(PlanRange range, QList<PlanRange> &changed);
    Result<void> take(PlanRange range, QList<PlanRange> &changed);
    Result<void> tick(int table, bool included, QList<int> &changed);

    // The file is guarded against everything but a person's ticks.
    template <typename Change> Result<void> write(Change change)
    {
        if (!file->isWritable())
            return fail(Error{ErrorCode::FileUnwritable, {}, {}}.with(Fact::File, file->path()));
        TRY(file->forbidWriting(false));
        const auto changed = [&]() -> Result<void> {
            TRY_ASSIGN(SqliteTransaction transaction, SqliteTransaction::begin(*file));
            TRY(change());
            return transaction.commit();
        }();
        TRY(file->forbidWriting(true));
        return changed;
    }
};

} // namespace tidemark
