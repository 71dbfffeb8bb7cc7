// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journal/basefile.h"

#include <array>

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include "core/journal/basefile_p.h"

namespace tidemark {

namespace {

constexpr qint64 applicationId = 0x54444d42; // "TDMB"

constexpr std::array formatSteps = {
    "CREATE TABLE tables (number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, journal_id BLOB, mapping_digest BLOB,"
    " sides_digest BLOB, source_generation BLOB, target_generation BLOB, writing BLOB, checksum INTEGER);"
    "CREATE TABLE rows (id INTEGER PRIMARY KEY, number INTEGER NOT NULL, key BLOB NOT NULL, prints BLOB NOT NULL,"
    " picture BLOB NOT NULL, checksum INTEGER NOT NULL, UNIQUE (number, key));"
    "CREATE TABLE promises (id INTEGER PRIMARY KEY, number INTEGER NOT NULL, side INTEGER NOT NULL,"
    " generation BLOB NOT NULL, epoch INTEGER NOT NULL, key BLOB NOT NULL, prints BLOB, picture BLOB,"
    " checksum INTEGER NOT NULL);"
    "CREATE INDEX promises_by_table ON promises (number, side, epoch);"
    "CREATE TABLE merges (number INTEGER NOT NULL, key BLOB NOT NULL, prints BLOB NOT NULL, merged_source BLOB NOT "
    "NULL,"
    " merged_target BLOB NOT NULL, stored_source BLOB NOT NULL, stored_target BLOB NOT NULL, before_source BLOB NOT "
    "NULL,"
    " before_target BLOB NOT NULL, checksum INTEGER NOT NULL,"
    " PRIMARY KEY (number, key)) WITHOUT ROWID;",
    "CREATE TABLE intents (number INTEGER NOT NULL, key BLOB NOT NULL, side INTEGER NOT NULL, handed BLOB NOT NULL,"
    " before BLOB NOT NULL, checksum INTEGER NOT NULL, PRIMARY KEY (number, key, side)) WITHOUT ROWID;",
    // Its rows have no pictures.
    "ALTER TABLE tables ADD COLUMN prints_alone INTEGER NOT NULL DEFAULT 0;",
};

constexpr const char *putRow =
    "INSERT INTO rows (number, key, prints, picture, checksum) VALUES (?, ?, ?, ?, ?)"
    " ON CONFLICT (number, key) DO UPDATE SET prints = excluded.prints, picture = excluded.picture,"
    " checksum = excluded.checksum";
constexpr const char *dropRow = "DELETE FROM rows WHERE number = ? AND key = ?";

qint64 checksumOf(const QString &table, const BaseHead &head)
{
    RecordChecksum sum;
    sum.add(table).add(head.journalId).add(head.mappingDigest).add(head.sidesDigest);
    return sum.add(head.sourceGeneration).add(head.targetGeneration).add(head.writing).value();
}

Result<std::unique_ptr<SqliteFile>> openFile(const QString &path)
{
    TRY_ASSIGN(auto file, SqliteFile::open(path, SqliteFile::Access::CreateIfMissing));
    if (file->liesOnDisk())
        TRY(file->execute("PRAGMA synchronous = FULL"));
    TRY(bringToFormat(*file, applicationId, formatSteps));
    if (file->liesOnDisk())
        TRY(file->execute("PRAGMA journal_mode = WAL"));
    return file;
}

void setAside(const QString &path)
{
    const QString aside = path + QStringLiteral(".damaged");
    QFile::remove(aside);
    QFile::rename(path, aside);
    for (const QString &suffix : {QStringLiteral("-wal"), QStringLiteral("-shm")})
        QFile::remove(path + suffix);
}

// Those of older formats, and what was set aside as damaged.
void removeCopies(const QString &path)
{
    const QFileInfo file(path);
    for (const QString &suffix : {QStringLiteral(".format-*"), QStringLiteral(".damaged")}) {
        for (const QFileInfo &copy : file.dir().entryInfoList({file.fileName() + suffix}, QDir::Files))
            QFile::remove(copy.filePath());
    }
}

} // namespace

Result<qint64> BaseFile::Private::number(const QString &table)
{
    TRY_ASSIGN(SqliteQuery rows, file->query("SELECT number FROM tables WHERE name = ?"));
    rows.bind(table);
    TRY_ASSIGN(const bool found, rows.next());
    if (found)
        return rows.integer(0);
    TRY_ASSIGN(SqliteQuery insert, file->query("INSERT INTO tables (name) VALUES (?) RETURNING number"));
    insert.bind(table);
    TRY(insert.next());
    return insert.integer(0);
}

Result<void> BaseFile::Private::put(qint64 number, const BaseChange &change)
{
    if (!change.now) {
        TRY_ASSIGN(SqliteQuery remove, file->query(dropRow));
        return remove.bind(number).bindView(change.key).run();
    }
    const QByteArray prints = baselayout::printsOf(*change.now);
    TRY_ASSIGN(SqliteQuery insert, file->query(putRow));
    insert.bind(number).bindView(change.key).bind(prints).bind(change.now->picture);
    return insert.bind(baselayout::checksumOf(sum, change.key, prints, change.now->picture)).run();
}

Result<std::optional<BaseHead>> BaseFile::Private::head(const QString &table)
{
    TRY_ASSIGN(SqliteQuery rows,
               file->query("SELECT journal_id, mapping_digest, sides_digest, source_generation, target_generation,"
                           " writing, checksum FROM tables WHERE name = ? AND checksum IS NOT NULL"));
    rows.bind(table);
    TRY_ASSIGN(const bool found, rows.next());
    if (!found)
        return std::nullopt;
    const BaseHead head{rows.bytes(0), rows.bytes(1), rows.bytes(2), rows.bytes(3), rows.bytes(4), rows.bytes(5)};
    if (rows.integer(6) != checksumOf(table, head))
        return std::nullopt;
    return std::optional(head);
}

Result<void> BaseFile::Private::putHead(const QString &table, qint64 number, const BaseHead &head)
{
    TRY_ASSIGN(SqliteQuery update,
               file->query("UPDATE tables SET journal_id = ?, mapping_digest = ?, sides_digest = ?,"
                           " source_generation = ?, target_generation = ?, writing = ?, checksum = ?"
                           " WHERE number = ?"));
    update.bind(head.journalId).bind(head.mappingDigest).bind(head.sidesDigest).bind(head.sourceGeneration);
    update.bind(head.targetGeneration).bind(head.writing).bind(checksumOf(table, head)).bind(number);
    return update.run();
}

Result<void> BaseFile::Private::noteGeneration(const QString &table, qint64 number, const BasePromise &promise)
{
    TRY_ASSIGN(auto head, this->head(table));
    if (!head)
        return {};
    (promise.side == JobSide::Source ? head->sourceGeneration : head->targetGeneration) = promise.generation;
    return putHead(table, number, *head);
}

BaseFile::BaseFile(std::unique_ptr<Private> p) : d(std::move(p)) { }

BaseFile::~BaseFile() = default;

Result<std::unique_ptr<BaseFile>> BaseFile::open(const QString &path)
{
    auto d = std::make_unique<Private>();
    auto file = openFile(path);
    if (!file && file.error().code == ErrorCode::DatabaseDamaged) {
        setAside(path);
        file = openFile(path);
    }
    if (!file)
        return fail(std::move(file).error());
    d->file = std::move(*file);
    return std::unique_ptr<BaseFile>(new BaseFile(std::move(d)));
}

void BaseFile::remove(const QString &path)
{
    for (const QString &suffix : {QString(), QStringLiteral("-wal"), QStringLiteral("-shm")})
        QFile::remove(path + suffix);
    removeCopies(path);
}

const QString &BaseFile::path() const { return d->file->path(); }

Result<std::optional<BaseHead>> BaseFile::head(const QString &table) { return d->head(table); }

Result<void> BaseFile::saveHead(const QString &table, const BaseHead &head)
{
    return d->write(table, [&](qint64 number) { return d->putHead(table, number, head); });
}

Result<void> BaseFile::forget(const QString &table)
{
    return d->write(table, [&](qint64 number) -> Result<void> {
        for (const char *const sql : {"DELETE FROM rows WHERE number = ?", "DELETE FROM promises WHERE number = ?",
                                      "DELETE FROM merges WHERE number = ?", "DELETE FROM intents WHERE number = ?",
                                      "UPDATE tables SET checksum = NULL WHERE number = ?"}) {
            TRY_ASSIGN(SqliteQuery remove, d->file->query(sql));
            TRY(remove.bind(number).run());
        }
        return {};
    });
}

Result<void> BaseFile::Private::dropPictures(qint64 number)
{
    struct Row
    {
        qint64 id;
        QByteArray key, prints;
        bool isWhole;
    };
    constexpr qsizetype rowsAtOnce = 1000;
    std::vector<Row> found;
    for (qint64 last = 0;;) {
        found.clear();
        TRY_ASSIGN(SqliteQuery rows,
                   file->query("SELECT id, key, prints, picture, checksum FROM rows WHERE number = ? AND id > ?"
                               " AND picture <> x'' ORDER BY id LIMIT ?"));
        rows.bind(number).bind(last).bind(qint64(rowsAtOnce));
        for (;;) {
            TRY_ASSIGN(const bool more, rows.next());
            if (!more)
                break;
            const bool isWhole =
                rows.integer(4) == baselayout::checksumOf(sum, rows.view(1), rows.bytes(2), rows.bytes(3));
            found.push_back({rows.integer(0), rows.bytes(1), rows.bytes(2), isWhole});
        }
        for (const Row &row : found) {
            TRY_ASSIGN(SqliteQuery update, file->query("UPDATE rows SET picture = x'', checksum = ? WHERE id = ?"));
            const std::string_view key(row.key.constData(), std::size_t(row.key.size()));
            const qint64 checksum = baselayout::checksumOf(sum, key, row.prints, {});
            TRY(update.bind(row.isWhole ? checksum : ~checksum).bind(row.id).run()); // what is damaged stays so
        }
        if (found.empty())
            return {};
        last = found.back().id;
    }
}

Result<void> BaseFile::keepPrintsAlone(const QString &table, bool alone)
{
    TRY_ASSIGN(SqliteQuery known, d->file->query("SELECT prints_alone FROM tables WHERE name = ?"));
    known.bind(table);
    TRY_ASSIGN(const bool found, known.next());
    if ((found && known.integer(0) != 0) == alone)
        return {};
    known.restart();
    // What is dropped is to be gone from the file, too, not only from what a query finds.
    TRY(d->file->run("PRAGMA secure_delete = ON"));
    TRY(d->write(table, [&](qint64 number) -> Result<void> {
        if (alone)
            TRY(d->dropPictures(number));
        TRY_ASSIGN(SqliteQuery note, d->file->query("UPDATE tables SET prints_alone = ? WHERE number = ?"));
        return note.bind(qint64(alone)).bind(number).run();
    }));
    if (!alone || !d->file->liesOnDisk())
        return {};
    removeCopies(path());
    return d->file->run("PRAGMA wal_checkpoint(TRUNCATE)");
}

Result<qint64> BaseFile::rowCount(const QString &table)
{
    TRY_ASSIGN(SqliteQuery rows,
               d->file->query("SELECT count(*) FROM rows WHERE number = (SELECT number FROM tables WHERE name = ?)"));
    rows.bind(table);
    TRY(rows.next());
    return rows.integer(0);
}

Result<void> BaseFile::change(const QString &table, std::span<const BaseChange> changes)
{
    return d->write(table, [&](qint64 number) -> Result<void> {
        for (const BaseChange &change : changes)
            TRY(d->put(number, change));
        return {};
    });
}

Result<void> BaseFile::promise(const QString &table, const BasePromise &promise, std::span<const BaseChange> changes,
                               std::span<const Stored> merged)
{
    return d->write(table, [&](qint64 number) -> Result<void> {
        TRY_ASSIGN(SqliteQuery insert,
                   d->file->query("INSERT INTO promises (number, side, generation, epoch, key, prints, picture,"
                                  " checksum) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"));
        TRY_ASSIGN(SqliteQuery insertMerged, // no prints: it is no row of the base
                   d->file->query("INSERT INTO promises (number, side, generation, epoch, key, picture, checksum)"
                                  " VALUES (?, ?, ?, ?, ?, ?, 0)"));
        for (const Stored &row : merged) {
            insertMerged.bind(number).bind(qint64(promise.side)).bind(promise.generation).bind(promise.epoch);
            TRY(insertMerged.bindView(row.key).bind(row.chain).run());
        }
        for (const BaseChange &change : changes) {
            const QByteArray prints = change.now ? baselayout::printsOf(*change.now) : QByteArray();
            const QByteArray picture = change.now ? change.now->picture : QByteArray();
            insert.bind(number).bind(qint64(promise.side)).bind(promise.generation).bind(promise.epoch);
            insert.bindView(change.key).bind(prints).bind(picture);
            TRY(insert.bind(baselayout::checksumOf(d->sum, change.key, prints, picture)).run());
        }
        return {};
    });
}

Result<void> BaseFile::settle(const QString &table, const BasePromise &promise, bool kept)
{
    return d->write(table, [&](qint64 number) -> Result<void> {
        // A record that is damaged by now leaves a damaged row behind: its key is known to nobody else.
        constexpr const char *keep =
            "INSERT INTO rows (number, key, prints, picture, checksum) SELECT number, key, prints, picture, checksum"
            " FROM promises WHERE number = ?1 AND side = ?2 AND epoch = ?3 AND generation = ?4 AND length(prints) > 0"
            " ORDER BY id ON CONFLICT (number, key) DO UPDATE SET prints = excluded.prints,"
            " picture = excluded.picture, checksum = excluded.checksum";
        constexpr const char *drop =
            "DELETE FROM rows WHERE number = ?1 AND key IN (SELECT key FROM promises AS p WHERE number = ?1"
            " AND side = ?2 AND epoch = ?3 AND generation = ?4 AND length(prints) = 0 AND NOT EXISTS (SELECT 1 FROM"
            " promises WHERE number = ?1 AND side = ?2 AND epoch = ?3 AND generation = ?4 AND key = p.key"
            " AND id > p.id))";
        constexpr const char *mergedSource =
            "UPDATE merges SET stored_source = p.picture FROM (SELECT key, picture, max(id) FROM promises"
            " WHERE number = ?1 AND side = ?2 AND epoch = ?3 AND generation = ?4 AND prints IS NULL GROUP BY key) AS p"
            " WHERE merges.number = ?1 AND merges.key = p.key";
        constexpr const char *mergedTarget =
            "UPDATE merges SET stored_target = p.picture FROM (SELECT key, picture, max(id) FROM promises"
            " WHERE number = ?1 AND side = ?2 AND epoch = ?3 AND generation = ?4 AND prints IS NULL GROUP BY key) AS p"
            " WHERE merges.number = ?1 AND merges.key = p.key";
        constexpr const char *done =
            "DELETE FROM promises WHERE number = ?1 AND side = ?2 AND epoch = ?3 AND generation = ?4";
        const char *const merged = promise.side == JobSide::Source ? mergedSource : mergedTarget;
        for (const char *const sql : {keep, drop, merged, done}) {
            if (!kept && sql != done)
                continue;
            TRY_ASSIGN(SqliteQuery statement, d->file->query(sql));
            statement.bind(number).bind(qint64(promise.side)).bind(promise.epoch).bind(promise.generation);
            TRY(statement.run());
        }
        return kept ? d->noteGeneration(table, number, promise) : Result<void>();
    });
}

Result<QList<BasePromise>> BaseFile::promises(const QString &table)
{
    TRY_ASSIGN(SqliteQuery rows,
               d->file->query("SELECT side, generation, epoch FROM promises WHERE number ="
                              " (SELECT number FROM tables WHERE name = ?) GROUP BY side, generation, epoch"
                              " ORDER BY min(id)"));
    rows.bind(table);
    QList<BasePromise> found;
    for (;;) {
        TRY_ASSIGN(const bool more, rows.next());
        if (!more)
            return found;
        found += BasePromise{JobSide(rows.integer(0)), rows.bytes(1), rows.integer(2)};
    }
}

Result<bool> BaseFile::hasPromises()
{
    TRY_ASSIGN(SqliteQuery rows, d->file->query("SELECT 1 FROM promises LIMIT 1"));
    return rows.next();
}

Result<void> BaseFile::copyTo(const QString &path)
{
    TRY_ASSIGN(SqliteQuery copy, d->file->query("VACUUM INTO ?"));
    return copy.bind(path).run();
}

} // namespace tidemark
