// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journal/journal.h"

#include <array>

#include <QUuid>

#include <sqlite3.h>

#include "core/journal/journal_p.h"

namespace tidemark {

namespace {

constexpr qint64 applicationId = 0x54444d4a; // "TDMJ"

// What each step makes is fixed for ever; a later format adds a step.
constexpr std::array formatSteps = {
    "CREATE TABLE identity (id BLOB NOT NULL);"
    "CREATE TABLE runs (run TEXT PRIMARY KEY, job_id TEXT NOT NULL, job TEXT NOT NULL, started_us INTEGER NOT NULL,"
    " pid INTEGER NOT NULL, boot TEXT NOT NULL, start_tick INTEGER NOT NULL, report TEXT, checksum INTEGER);"
    "CREATE INDEX runs_by_job ON runs (job_id, started_us, run);"
    "CREATE INDEX runs_by_time ON runs (started_us, run);"
    "CREATE TABLE checkpoints (job_id TEXT NOT NULL, table_name TEXT NOT NULL, side TEXT NOT NULL, format INTEGER NOT "
    "NULL,"
    " watermark BLOB NOT NULL, mapping_digest BLOB NOT NULL, read_digest BLOB NOT NULL, generation BLOB NOT NULL,"
    " epoch INTEGER NOT NULL, journal_id BLOB NOT NULL, checksum INTEGER NOT NULL,"
    " PRIMARY KEY (job_id, table_name, side)) WITHOUT ROWID;"
    "CREATE TABLE retries (job_id TEXT NOT NULL, table_name TEXT NOT NULL, key BLOB NOT NULL, reason INTEGER NOT NULL,"
    " checksum INTEGER NOT NULL, PRIMARY KEY (job_id, table_name, key)) WITHOUT ROWID;"
    "CREATE TABLE aside (job_id TEXT NOT NULL, table_name TEXT NOT NULL, key BLOB NOT NULL, key_text TEXT NOT NULL,"
    " source BLOB NOT NULL, error TEXT NOT NULL, run TEXT NOT NULL, since_us INTEGER NOT NULL, checksum INTEGER NOT "
    "NULL,"
    " PRIMARY KEY (job_id, table_name, key)) WITHOUT ROWID;",
    "ALTER TABLE retries ADD COLUMN key_text TEXT NOT NULL DEFAULT '';"
    "ALTER TABLE retries ADD COLUMN run TEXT NOT NULL DEFAULT '';"
    "ALTER TABLE retries ADD COLUMN since_us INTEGER NOT NULL DEFAULT 0;",
    "CREATE TABLE conflict_tables (job_id TEXT NOT NULL, table_name TEXT NOT NULL, layout BLOB NOT NULL,"
    " checksum INTEGER NOT NULL, PRIMARY KEY (job_id, table_name)) WITHOUT ROWID;"
    "CREATE TABLE conflicts (id INTEGER PRIMARY KEY AUTOINCREMENT, job_id TEXT NOT NULL, table_name TEXT NOT NULL,"
    " state INTEGER NOT NULL, run TEXT NOT NULL, kind TEXT NOT NULL, since_us INTEGER NOT NULL,"
    " answer INTEGER NOT NULL, answered_us INTEGER NOT NULL, answered_by TEXT NOT NULL, ending INTEGER NOT NULL,"
    " closed_us INTEGER NOT NULL, key BLOB NOT NULL, key_text TEXT NOT NULL, mapping_digest BLOB NOT NULL,"
    " source BLOB NOT NULL, target BLOB NOT NULL, base BLOB NOT NULL, row_for_source BLOB NOT NULL,"
    " row_for_target BLOB NOT NULL, checksum INTEGER NOT NULL);"
    "CREATE UNIQUE INDEX conflicts_by_key ON conflicts (job_id, table_name, key) WHERE state <> 4;"
    "CREATE INDEX conflicts_of_job ON conflicts (job_id, state, id);"
    "CREATE INDEX conflicts_of_table ON conflicts (job_id, table_name, state, id);"
    "CREATE INDEX conflicts_closed ON conflicts (job_id, closed_us) WHERE state = 4;",
    "CREATE TABLE schedules (job_id TEXT PRIMARY KEY, digest BLOB NOT NULL, since_us INTEGER NOT NULL,"
    " paused_us INTEGER NOT NULL, paused_by TEXT NOT NULL, checksum INTEGER NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE schedule_slots (job_id TEXT NOT NULL, first_us INTEGER NOT NULL, last_us INTEGER NOT NULL,"
    " used INTEGER NOT NULL, PRIMARY KEY (job_id, first_us)) WITHOUT ROWID;"
    "CREATE TABLE reviews (job_id TEXT NOT NULL, digest BLOB NOT NULL, subject BLOB NOT NULL, how TEXT NOT NULL,"
    " run TEXT NOT NULL, reviewed_us INTEGER NOT NULL, checksum INTEGER NOT NULL,"
    " PRIMARY KEY (job_id, digest)) WITHOUT ROWID;"
    "CREATE TABLE trust (job_id TEXT NOT NULL, digest BLOB NOT NULL, given_us INTEGER NOT NULL,"
    " checksum INTEGER NOT NULL, PRIMARY KEY (job_id, digest)) WITHOUT ROWID;"
    "ALTER TABLE conflicts ADD COLUMN refusal TEXT NOT NULL DEFAULT '';",
};

// SQLite's own waiting does not cover this switch where two programs make the file at once.
Result<void> switchToWal(SqliteFile &file)
{
    constexpr int attempts = 500;
    constexpr int pauseMs = 20;
    for (int attempt = 1;; ++attempt) {
        auto switched = file.execute("PRAGMA journal_mode = WAL");
        if (switched || switched.error().code != ErrorCode::LockTimeout || attempt == attempts)
            return switched;
        sqlite3_sleep(pauseMs);
    }
}

Result<QByteArray> journalId(SqliteFile &file)
{
    const auto stored = [&]() -> Result<QByteArray> {
        TRY_ASSIGN(SqliteQuery rows, file.query("SELECT id FROM identity"));
        TRY_ASSIGN(const bool found, rows.next());
        return found ? rows.bytes(0) : QByteArray();
    };
    TRY_ASSIGN(const QByteArray before, stored());
    if (!before.isEmpty())
        return before;
    TRY_ASSIGN(SqliteTransaction transaction, SqliteTransaction::begin(file));
    TRY_ASSIGN(QByteArray id, stored()); // another program may have drawn it meanwhile
    if (id.isEmpty()) {
        id = QUuid::createUuid().toRfc4122();
        TRY_ASSIGN(SqliteQuery insert, file.query("INSERT INTO identity (id) VALUES (?)"));
        TRY(insert.bind(id).run());
    }
    TRY(transaction.commit());
    return id;
}

} // namespace

Journal::Journal(std::unique_ptr<Private> p) : d(std::move(p)) { }

Journal::~Journal() = default;

Result<std::unique_ptr<Journal>> Journal::open(const QString &file)
{
    auto d = std::make_unique<Private>();
    TRY_ASSIGN(d->file, SqliteFile::open(file, SqliteFile::Access::CreateIfMissing));
    TRY(d->file->execute("PRAGMA synchronous = FULL"));
    TRY(bringToFormat(*d->file, applicationId, formatSteps));
    TRY(switchToWal(*d->file));
    TRY_ASSIGN(d->id, journalId(*d->file));
    return std::unique_ptr<Journal>(new Journal(std::move(d)));
}

QByteArray Journal::id() const { return d->id; }

Result<void> Journal::removeJob(const QString &jobId)
{
    TRY(purgeUndo(jobId, 0, 0, 0));
    return d->write([&](SqliteFile &file) -> Result<void> {
        for (const char *const sql :
             {"DELETE FROM runs WHERE job_id = ?", "DELETE FROM checkpoints WHERE job_id = ?",
              "DELETE FROM retries WHERE job_id = ?", "DELETE FROM aside WHERE job_id = ?",
              "DELETE FROM conflicts WHERE job_id = ?", "DELETE FROM conflict_tables WHERE job_id = ?",
              "DELETE FROM schedules WHERE job_id = ?", "DELETE FROM schedule_slots WHERE job_id = ?",
              "DELETE FROM reviews WHERE job_id = ?", "DELETE FROM trust WHERE job_id = ?"}) {
            TRY_ASSIGN(SqliteQuery remove, file.query(sql));
            TRY(remove.bind(jobId).run());
        }
        return {};
    });
}

} // namespace tidemark
