// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstring>
#include <mutex>

#include <QDir>
#include <QFileInfo>

#include "core/journal/sqlitefile.h"
#include "core/journal/planlayout.h"
#include "core/journal/undolayout.h"

namespace tidemark {

using undolayout::State;

namespace {

struct Noted // one table's
{
    UndoTable table;
    bool inFile = false;
    qint64 batch = 0; // 0: none
    bool prepared = false;
    qint64 rows = 0; // of the batch
    FingerprintSum filled; // since its batch began
    bool changed = false; // filled: something was noted
    QList<std::pair<qint64, qint64>> doubtful; // batches and epochs, prepared and then rolled back
};

std::size_t keyBytes(std::string_view chain, int keyCount)
{
    std::size_t at = 0;
    for (int cell = 0; cell < keyCount; ++cell) {
        quint32 size = 0;
        std::memcpy(&size, chain.data() + at, sizeof size);
        at += sizeof size + (size == RowBatch::nullLength ? 0 : size);
    }
    return at;
}

} // namespace

struct UndoWriter::Private
{
    std::mutex mutex;
    const QString path;
    UndoHead head;
    bool headIsNew = false; // and is not in the file
    const qint64 limit;
    std::unique_ptr<SqliteFile> file;
    std::vector<Noted> tables;
    RecordChecksum checksum;
    qint64 lastBatch = 0;
    qint64 bytes = 0;
    QList<qint64> applied; // committed, and not yet marked
    bool inTransaction = false;
    bool waits = true; // for the disk: synchronous = FULL
    bool keepsSomething = false; // a batch that is applied or in doubt
    bool overflowed = false;

    Private(QString file, UndoHead head, qint64 limit) : path(std::move(file)), head(std::move(head)), limit(limit) { }

    Result<void> makeFile();
    Result<void> saveHead(const char *statement);
    Result<void> begin(bool durable);
    Result<void> commit();
    Result<void> startBatch(Noted &noted, int number);
    Result<void> addRow(Noted &noted, int number, const RowBatch &before, const RowBatch &after, const UndoItem &item);
    Result<void> markApplied();
    Result<void> decideEarlier(Noted &noted, qint64 epoch);
    Result<void> setState(qint64 batch, State state);
    Result<void> dropBatch(qint64 batch);
    Result<void> overflow();
    void sum(Noted &noted, const RowBatch &before, const RowBatch &after, std::span<const UndoItem> items) const;
};

Result<void> UndoWriter::Private::makeFile()
{
    if (file)
        return {};
    const QFileInfo info(path);
    constexpr auto onlyOwner = QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner;
    if (!QFileInfo::exists(info.absolutePath()) && !QDir().mkdir(info.absolutePath(), onlyOwner)
        && !QFileInfo::exists(info.absolutePath()))
        return fail(Error{ErrorCode::FileUnwritable, {{Fact::File, info.absolutePath()}}, {}});
    TRY_ASSIGN(file, SqliteFile::open(path, SqliteFile::Access::CreateNew));
    TRY(file->execute("PRAGMA page_size = 8192; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
                      "PRAGMA cache_size = -8192"));
    TRY(bringToFormat(*file, undolayout::applicationId, undolayout::formatSteps));
    return saveHead("INSERT INTO head (body, checksum) VALUES (?, ?)");
}

Result<void> UndoWriter::Private::saveHead(const char *statement)
{
    const QByteArray body = undolayout::headToJson(head, overflowed);
    TRY_ASSIGN(SqliteQuery save, file->query(statement));
    headIsNew = false;
    return save.bind(body).bind(undolayout::bodyChecksum(0, body)).run();
}

Result<void> UndoWriter::Private::begin(bool durable)
{
    TRY(makeFile());
    if (inTransaction)
        return {};
    if (durable != waits)
        TRY(file->execute(durable ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL"));
    waits = durable;
    TRY_ASSIGN(SqliteQuery query, file->query("BEGIN IMMEDIATE"));
    TRY(query.run());
    inTransaction = true;
    return headIsNew ? saveHead("UPDATE head SET body = ?, checksum = ?") : Result<void>();
}

Result<void> UndoWriter::Private::commit()
{
    if (!inTransaction)
        return {};
    TRY_ASSIGN(SqliteQuery query, file->query("COMMIT"));
    TRY(query.run());
    inTransaction = false;
    return {};
}

Result<void> UndoWriter::Private::startBatch(Noted &noted, int number)
{
    if (!noted.inFile) {
        const QByteArray body = undolayout::tableToJson(noted.table);
        TRY_ASSIGN(SqliteQuery table, file->query("INSERT INTO tables (number, body, checksum) VALUES (?, ?, ?)"));
        TRY(table.bind(qint64{number}).bind(body).bind(undolayout::bodyChecksum(number, body)).run());
        noted.inFile = true;
    }
    if (noted.batch != 0)
        return {};
    noted.batch = ++lastBatch;
    noted.rows = 0;
    TRY_ASSIGN(SqliteQuery insert,
               file->query("INSERT INTO batches (number, table_number, state, epoch, filled, sum_low, sum_high)"
                           " VALUES (?, ?, 0, 0, 0, 0, 0)"));
    return insert.bind(noted.batch).bind(qint64{number}).run();
}

Result<void> UndoWriter::Private::addRow(Noted &noted, int number, const RowBatch &before, const RowBatch &after,
                                         const UndoItem &item)
{
    const bool fromBefore = item.before >= 0;
    const RowBatch &known = fromBefore ? before : after;
    const int knownRow = fromBefore ? item.before : item.after;
    if (knownRow < 0)
        return {}; // gone the moment it was written: a trigger's doing
    undolayout::Row row;
    std::string scratch;
    std::string values;
    row.place = noted.batch * undolayout::rowsPerBatch + noted.rows++;
    row.table = number;
    row.key = known.key(knownRow, scratch);
    // The key's values come first in every chain; on their own where no chain is kept.
    const std::string_view chain = known.chain(knownRow);
    const std::string_view keyCells = chain.substr(0, keyBytes(chain, noted.table.keyCount));
    row.keyCells = keyCells == row.key ? std::string_view() : keyCells;
    row.decision = planlayout::numberOf(undolayout::decisions, item.decision);
    row.reason = std::max(0, planlayout::numberOf(undolayout::reasons, item.reason));
    const bool existed = item.decision != Decision::InsertTarget;
    const bool stays = item.decision != Decision::DeleteTarget;
    const bool beforeKnown = fromBefore && before.fault(item.before) == nullptr;
    const bool afterKnown = item.after >= 0 && after.fault(item.after) == nullptr;
    const bool keeps = noted.table.keepsValues;
    row.flags = (existed && !(beforeKnown && keeps) ? undolayout::BeforeUnknown : 0)
        | (stays && !afterKnown ? undolayout::AfterUnknown : 0) | (keeps ? 0 : undolayout::ValuesLeftOut)
        | undolayout::causeFlags(item.cause);
    if (existed && beforeKnown && keeps)
        row.before = chain;
    // What was inserted stands in the target: its fingerprint is enough.
    if (existed && stays && afterKnown && keeps)
        row.after = after.chain(item.after);
    const QByteArray stored =
        stays && afterKnown ? undolayout::fingerprintBytes(after.fingerprint(item.after)) : QByteArray();
    row.stored = {stored.constData(), std::size_t(stored.size())};
    TRY_ASSIGN(SqliteQuery insert,
               file->query("INSERT INTO rows (place, table_number, key, key_cells, decision, reason, flags, before,"
                           " after, stored, checksum) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"));
    insert.bind(row.place).bind(row.table).bindView(row.key).bindView(row.keyCells).bind(row.decision);
    insert.bind(row.reason).bind(row.flags).bindView(row.before).bindView(row.after).bindView(row.stored);
    bytes += qint64(row.key.size() + row.keyCells.size() + row.before.size() + row.after.size() + 64);
    return insert.bind(undolayout::checksumOf(checksum, row)).run();
}

void UndoWriter::Private::sum(Noted &noted, const RowBatch &before, const RowBatch &after,
                              std::span<const UndoItem> items) const
{
    noted.changed = noted.changed || !items.empty();
    for (const UndoItem &item : items) {
        if (item.decision != Decision::InsertTarget)
            noted.filled.add(noted.table.summed && item.before >= 0 ? before.fingerprint(item.before) : Fingerprint{},
                             -1);
        if (item.decision != Decision::DeleteTarget)
            noted.filled.add(noted.table.summed && item.after >= 0 ? after.fingerprint(item.after) : Fingerprint{});
    }
}

Result<void> UndoWriter::Private::setState(qint64 batch, State state)
{
    TRY_ASSIGN(SqliteQuery update, file->query("UPDATE batches SET state = ? WHERE number = ?"));
    return update.bind(qint64{state}).bind(batch).run();
}

Result<void> UndoWriter::Private::markApplied()
{
    for (const qint64 batch : std::as_const(applied))
        TRY(setState(batch, State::Applied));
    applied.clear();
    return {};
}

Result<void> UndoWriter::Private::dropBatch(qint64 batch)
{
    TRY_ASSIGN(SqliteQuery rows, file->query("DELETE FROM rows WHERE place >= ? AND place < ?"));
    TRY(rows.bind(batch * undolayout::rowsPerBatch).bind((batch + 1) * undolayout::rowsPerBatch).run());
    TRY_ASSIGN(SqliteQuery remove, file->query("DELETE FROM batches WHERE number = ?"));
    return remove.bind(batch).run();
}

// Every transaction reads the target's checkpoint under lock and goes on from there: one that was in doubt and whose
// epoch is taken again did not come in, and one below did.
Result<void> UndoWriter::Private::decideEarlier(Noted &noted, qint64 epoch)
{
    if (epoch == 0)
        return {};
    for (const auto &[batch, was] : std::exchange(noted.doubtful, {}))
        TRY(was < epoch ? setState(batch, State::Applied) : dropBatch(batch));
    return {};
}

// What is kept in part could not be undone in part: the file says that it holds nothing.
Result<void> UndoWriter::Private::overflow()
{
    overflowed = true;
    file.reset();
    inTransaction = false;
    applied.clear();
    removeUndoFile(QFileInfo(path).absolutePath(), head.run);
    keepsSomething = true;
    return makeFile();
}

UndoWriter::UndoWriter(const QString &folder, UndoHead head, qint64 limit)
    : d(std::make_unique<Private>(undoFile(folder, head.run), std::move(head), limit))
{ }

UndoWriter::~UndoWriter() = default;

int UndoWriter::addTable(const UndoTable &table)
{
    const std::scoped_lock lock(d->mutex);
    Noted noted;
    noted.table = table;
    d->tables.push_back(std::move(noted));
    return static_cast<int>(d->tables.size()) - 1;
}

quint8 UndoWriter::numberOf(const QString &person)
{
    const std::scoped_lock lock(d->mutex);
    if (person.isEmpty())
        return 0;
    qsizetype at = d->head.people.indexOf(person);
    if (at < 0 && d->head.people.size() < mostPeople) {
        at = d->head.people.size();
        d->head.people += person;
        d->headIsNew = true;
    }
    return quint8(at + 1);
}

Result<void> UndoWriter::note(int table, const RowBatch &before, const RowBatch &after, std::span<const UndoItem> items)
{
    const std::scoped_lock lock(d->mutex);
    Noted &noted = d->tables[std::size_t(table)];
    if (d->overflowed || items.empty())
        return {};
    if (noted.table.filled) {
        d->sum(noted, before, after, items);
        return {};
    }
    TRY(d->begin(true));
    TRY(d->startBatch(noted, table));
    for (const UndoItem &item : items)
        TRY(d->addRow(noted, table, before, after, item));
    return d->bytes > d->limit ? d->overflow() : Result<void>();
}

Result<void> UndoWriter::prepare(int table, qint64 epoch)
{
    const std::scoped_lock lock(d->mutex);
    Noted &noted = d->tables[std::size_t(table)];
    if (d->overflowed || (noted.batch == 0 && !noted.changed))
        return {};
    // Of a table that is being filled the count is all there is: it is not waited for, but for its first word.
    TRY(d->begin(!noted.table.filled || !noted.inFile));
    TRY(d->decideEarlier(noted, epoch));
    TRY(d->startBatch(noted, table));
    TRY_ASSIGN(
        SqliteQuery update,
        d->file->query("UPDATE batches SET state = 1, epoch = ?, filled = ?, sum_low = ?, sum_high = ? WHERE number"
                       " = ?"));
    update.bind(epoch).bind(noted.filled.rows).bind(static_cast<qint64>(noted.filled.low));
    TRY(update.bind(static_cast<qint64>(noted.filled.high)).bind(noted.batch).run());
    TRY(d->markApplied());
    noted.prepared = true;
    d->keepsSomething = true;
    noted.doubtful.append({noted.batch, epoch});
    return d->commit();
}

Result<void> UndoWriter::decide(int table, qint64 epochFound)
{
    const std::scoped_lock lock(d->mutex);
    Noted &noted = d->tables[std::size_t(table)];
    if (d->overflowed || noted.doubtful.isEmpty())
        return {};
    TRY(d->begin(true));
    TRY(d->decideEarlier(noted, epochFound + 1));
    return d->commit();
}

void UndoWriter::committed(int table)
{
    const std::scoped_lock lock(d->mutex);
    Noted &noted = d->tables[std::size_t(table)];
    if (noted.prepared && !d->overflowed) {
        d->applied.append(noted.batch);
        noted.doubtful.removeLast();
    }
    noted.batch = 0;
    noted.prepared = noted.changed = false;
    noted.filled = {};
}

void UndoWriter::rolledBack(int table)
{
    const std::scoped_lock lock(d->mutex);
    Noted &noted = d->tables[std::size_t(table)];
    // Should this fail, the batch stays noted alone, and counts for nothing.
    if (noted.batch != 0 && !noted.prepared && !d->overflowed)
        (void)d->dropBatch(noted.batch);
    noted.batch = 0;
    noted.prepared = noted.changed = false;
    noted.filled = {};
}

Result<void> UndoWriter::finish()
{
    const std::scoped_lock lock(d->mutex);
    if (!d->file)
        return {};
    if (d->keepsSomething) {
        if (!d->overflowed) {
            TRY(d->begin(true));
            TRY(d->markApplied());
            TRY(d->commit());
        }
        d->file.reset();
        return {};
    }
    d->file.reset();
    removeUndoFile(QFileInfo(d->path).absolutePath(), d->head.run);
    return {};
}

} // namespace tidemark
