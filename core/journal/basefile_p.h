// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journal/baselayout.h"
#include "core/journal/sqlitefile.h"

namespace tidemark {

struct BaseFile::Private
{
    std::unique_ptr<SqliteFile> file;
    RecordChecksum sum;

    Result<qint64> number(const QString &table); // given where it has none yet
    Result<void> put(qint64 number, const BaseChange &change);
    Result<std::optional<BaseHead>> head(const QString &table);
    Result<void> putHead(const QString &table, qint64 number, const BaseHead &head);
    Result<void> dropPictures(qint64 number);
    Result<void> noteGeneration(const QString &table, qint64 number, const BasePromise &promise);

    // Runs `change` in a transaction of its own; durable when it returns.
    template <typename Change> Result<void> write(const QString &table, Change change)
    {
        TRY_ASSIGN(SqliteTransaction transaction, SqliteTransaction::begin(*file));
        TRY_ASSIGN(const qint64 tableNumber, number(table));
        TRY(change(tableNumber));
        return transaction.commit();
    }
};

} // namespace tidemark
