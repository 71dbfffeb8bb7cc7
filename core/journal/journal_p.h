// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <mutex>

#include "core/journal/fileformat.h"
#include "core/journal/journal.h"
#include "core/journal/processidentity.h"
#include "core/journal/sqlitefile.h"

namespace tidemark {

// One connection under one mutex: the journal's calls are few and small.
struct Journal::Private
{
    std::mutex mutex;
    std::unique_ptr<SqliteFile> file;
    QByteArray id;
    const ProcessIdentity process = ProcessIdentity::current();

    // Runs `change` in a transaction of its own; durable when it returns.
    template <typename Change> Result<void> write(Change change)
    {
        const std::scoped_lock lock(mutex);
        TRY_ASSIGN(SqliteTransaction transaction, SqliteTransaction::begin(*file));
        TRY(change(*file));
        return transaction.commit();
    }
};

} // namespace tidemark
