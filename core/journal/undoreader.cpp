// SPDX-License-Identifier: GPL-3.0-or-later
#include <map>

#include <QFileInfo>

#include "core/journal/sqlitefile.h"
#include "core/journal/undolayout.h"

namespace tidemark {

using undolayout::State;

namespace {

struct Batch
{
    qint64 table = 0;
    qint64 state = 0;
    qint64 epoch = 0;
    FingerprintSum filled;
    qint64 rows = 0; // known once they were counted
};

QByteArray bytesOf(std::string_view view) { return {view.data(), qsizetype(view.size())}; }

#define ROW_CELLS                                                                                                      \
    "SELECT place, table_number, key, key_cells, decision, reason, flags, before, after, stored, checksum FROM rows "
constexpr const char *selectByKey = ROW_CELLS "WHERE table_number = ? ORDER BY key, place";
constexpr const char *selectKey = ROW_CELLS "WHERE table_number = ? AND key = ? ORDER BY place";
constexpr const char *selectPlaces = ROW_CELLS "WHERE place >= ? AND place < ? ORDER BY place";
#undef ROW_CELLS

UndoEntry entryOf(const undolayout::Row &row, const Batch &batch)
{
    UndoEntry entry;
    entry.decision = undolayout::decisions.at(std::size_t(row.decision));
    entry.reason = undolayout::reasons.at(std::size_t(row.reason));
    entry.key = bytesOf(row.keyCells.empty() ? row.key : row.keyCells);
    entry.before = bytesOf(row.before);
    entry.after = bytesOf(row.after);
    entry.cause = undolayout::causeOf(row.flags);
    entry.valuesKept = (row.flags & undolayout::ValuesLeftOut) == 0;
    entry.inDoubt = batch.state == State::Prepared;
    return entry;
}

} // namespace

struct UndoReader::Private
{
    std::unique_ptr<SqliteFile> file;
    UndoHead head;
    bool overflowed = false;
    std::map<qint64, Batch> batches; // in time
    bool counted = false;
    RecordChecksum checksum;

    Error damaged(const QString &what) const
    {
        return Error{ErrorCode::DatabaseDamaged, {{Fact::File, file->path()}}, what};
    }
    Result<void> readHead();
    Result<void> readBatches();
    Result<void> indexByKey();
    Result<void> countRows();
    Result<undolayout::Row> rowOf(const SqliteQuery &query);
    const Batch *batchOf(qint64 place) const; // null: noted alone
};

Result<void> UndoReader::Private::readHead()
{
    TRY_ASSIGN(SqliteQuery row, file->query("SELECT body, checksum FROM head"));
    TRY_ASSIGN(const bool found, row.next());
    if (!found || undolayout::bodyChecksum(0, row.bytes(0)) != row.integer(1))
        return fail(damaged(QStringLiteral("head")));
    head = undolayout::headFromJson(row.bytes(0), overflowed);
    return {};
}

Result<void> UndoReader::Private::readBatches()
{
    batches.clear();
    counted = false;
    TRY_ASSIGN(SqliteQuery rows,
               file->query("SELECT number, table_number, state, epoch, filled, sum_low, sum_high FROM batches"));
    for (;;) {
        TRY_ASSIGN(const bool more, rows.next());
        if (!more)
            return {};
        const FingerprintSum filled{rows.integer(4), static_cast<quint64>(rows.integer(5)),
                                    static_cast<quint64>(rows.integer(6))};
        batches[rows.integer(0)] = Batch{rows.integer(1), rows.integer(2), rows.integer(3), filled};
    }
}

Result<void> UndoReader::Private::indexByKey()
{
    if (!file->isWritable())
        return {}; // slower, and as true
    return file->execute("CREATE INDEX IF NOT EXISTS rows_by_key ON rows (table_number, key, place)");
}

Result<undolayout::Row> UndoReader::Private::rowOf(const SqliteQuery &query)
{
    undolayout::Row row;
    row.place = query.integer(0);
    row.table = query.integer(1);
    row.key = query.view(2);
    row.keyCells = query.view(3);
    row.decision = query.integer(4);
    row.reason = query.integer(5);
    row.flags = query.integer(6);
    row.before = query.view(7);
    row.after = query.view(8);
    row.stored = query.view(9);
    const bool known = row.decision >= 0 && row.decision < qint64(undolayout::decisions.size()) && row.reason >= 0
        && row.reason < qint64(undolayout::reasons.size());
    if (!known || undolayout::checksumOf(checksum, row) != query.integer(10))
        return fail(damaged(QStringLiteral("row %1").arg(row.place)));
    return row;
}

// A batch's rows are numbered without a gap.
Result<void> UndoReader::Private::countRows()
{
    if (std::exchange(counted, true))
        return {};
    TRY_ASSIGN(SqliteQuery last, file->query("SELECT max(place) FROM rows WHERE place >= ? AND place < ?"));
    for (auto &[number, batch] : batches) {
        const qint64 first = number * undolayout::rowsPerBatch;
        last.bind(first).bind(first + undolayout::rowsPerBatch);
        TRY_ASSIGN(const bool found, last.next());
        batch.rows = found && !last.isNull(0) ? last.integer(0) - first + 1 : 0;
        last.restart();
    }
    return {};
}

const Batch *UndoReader::Private::batchOf(qint64 place) const
{
    const auto found = batches.find(place / undolayout::rowsPerBatch);
    return found == batches.end() || found->second.state == State::Noted ? nullptr : &found->second;
}

UndoReader::UndoReader(std::unique_ptr<Private> p) : d(std::move(p)) { }

UndoReader::~UndoReader() = default;

Result<std::unique_ptr<UndoReader>> UndoReader::open(const QString &file)
{
    auto d = std::make_unique<Private>();
    TRY_ASSIGN(d->file, SqliteFile::open(file, SqliteFile::Access::Existing));
    TRY_ASSIGN(const qint64 id, d->file->integer("PRAGMA application_id"));
    if (id != undolayout::applicationId)
        return fail(d->damaged(QStringLiteral("not an undo file")));
    TRY(bringToFormat(*d->file, undolayout::applicationId, undolayout::formatSteps));
    TRY(d->readHead());
    TRY(d->readBatches());
    return std::unique_ptr<UndoReader>(new UndoReader(std::move(d)));
}

const UndoHead &UndoReader::head() const { return d->head; }

bool UndoReader::overflowed() const { return d->overflowed; }

Result<QList<UndoTable>> UndoReader::tables()
{
    TRY_ASSIGN(SqliteQuery rows, d->file->query("SELECT number, body, checksum FROM tables ORDER BY number"));
    QList<UndoTable> tables;
    for (;;) {
        TRY_ASSIGN(const bool more, rows.next());
        if (!more)
            return tables;
        const qint64 number = rows.integer(0);
        const QByteArray body = rows.bytes(1);
        auto table = undolayout::tableFromJson(body);
        if (!table || undolayout::bodyChecksum(number, body) != rows.integer(2) || number < tables.size())
            return fail(d->damaged(QStringLiteral("tables")));
        while (tables.size() < number)
            tables.append(UndoTable{}); // of a table that the run did not write
        tables.append(std::move(*table));
    }
}

Result<void> UndoReader::decide(int table, qint64 epoch)
{
    if (!d->file->isWritable())
        return fail(Error{ErrorCode::FileUnwritable, {{Fact::File, d->file->path()}}, {}});
    TRY_ASSIGN(SqliteTransaction transaction, SqliteTransaction::begin(*d->file));
    TRY_ASSIGN(SqliteQuery update, d->file->query("UPDATE batches SET state = ? WHERE number = ?"));
    for (const auto &[number, batch] : d->batches) {
        if (batch.table == table && batch.state == State::Prepared && batch.epoch > 0)
            TRY(update.bind(qint64{batch.epoch <= epoch ? State::Applied : State::Noted}).bind(number).run());
    }
    TRY(transaction.commit());
    return d->readBatches();
}

FingerprintSum UndoReader::filledWith(int table, bool withDoubtful) const
{
    FingerprintSum sum;
    for (const auto &[number, batch] : d->batches) {
        if (batch.table == table && (batch.state == State::Applied || (withDoubtful && batch.state == State::Prepared)))
            sum.add(batch.filled);
    }
    return sum;
}

Result<void> UndoReader::scan(int table, const QByteArray &only, const Visit &visit)
{
    TRY(d->indexByKey());
    TRY_ASSIGN(SqliteQuery query, d->file->query(only.isEmpty() ? selectByKey : selectKey));
    query.bind(qint64{table});
    if (!only.isEmpty())
        query.bind(only);
    UndoChange change;
    QByteArray key;
    bool open = false;
    const auto finish = [&]() -> Result<void> { return open ? visit(change) : Result<void>(); };
    for (;;) {
        TRY_ASSIGN(const bool more, query.next());
        if (!more)
            return finish();
        TRY_ASSIGN(const undolayout::Row row, d->rowOf(query));
        const Batch *batch = d->batchOf(row.place);
        if (batch == nullptr)
            continue;
        const Decision decision = undolayout::decisions.at(std::size_t(row.decision));
        UndoChange::State left;
        left.there = decision != Decision::DeleteTarget;
        const auto stored = undolayout::fingerprintFrom(row.stored);
        left.known = stored.has_value();
        left.fingerprint = stored.value_or(Fingerprint{});
        if (!open || std::string_view(key.constData(), std::size_t(key.size())) != row.key) {
            TRY(finish());
            open = true;
            key = bytesOf(row.key);
            change = {};
            change.key = bytesOf(row.keyCells.empty() ? row.key : row.keyCells);
            change.existed = decision != Decision::InsertTarget;
            change.valuesKnown = change.existed && (row.flags & undolayout::BeforeUnknown) == 0;
            change.before = bytesOf(row.before);
        }
        change.reason = undolayout::reasons.at(std::size_t(row.reason));
        if (batch->state == State::Applied)
            change.left.clear();
        change.left.append(left);
    }
}

Result<QList<UndoEntry>> UndoReader::entries(int table, const QByteArray &key)
{
    TRY(d->indexByKey());
    TRY_ASSIGN(SqliteQuery query, d->file->query(selectKey));
    query.bind(qint64{table}).bind(key);
    QList<UndoEntry> entries;
    for (;;) {
        TRY_ASSIGN(const bool more, query.next());
        if (!more)
            return entries;
        TRY_ASSIGN(const undolayout::Row row, d->rowOf(query));
        const Batch *batch = d->batchOf(row.place);
        if (batch == nullptr)
            continue;
        entries.append(entryOf(row, *batch));
    }
}

Result<qint64> UndoReader::rowCount(int table)
{
    TRY(d->countRows());
    qint64 rows = 0;
    for (const auto &[number, batch] : d->batches)
        rows += batch.table == table && batch.state != State::Noted ? batch.rows : 0;
    return rows;
}

Result<QList<UndoEntry>> UndoReader::rows(int table, qint64 offset, qint64 limit)
{
    TRY(d->countRows());
    TRY_ASSIGN(SqliteQuery query, d->file->query(selectPlaces));
    QList<UndoEntry> entries;
    for (const auto &[number, batch] : d->batches) {
        if (batch.table != table || batch.state == State::Noted)
            continue;
        if (offset >= batch.rows) {
            offset -= batch.rows;
            continue;
        }
        const qint64 first = number * undolayout::rowsPerBatch;
        query.bind(first + offset).bind(first + std::min(batch.rows, offset + limit - entries.size()));
        offset = 0;
        for (;;) {
            TRY_ASSIGN(const bool more, query.next());
            if (!more)
                break;
            TRY_ASSIGN(const undolayout::Row row, d->rowOf(query));
            entries.append(entryOf(row, batch));
        }
        query.restart();
        if (entries.size() >= limit)
            break;
    }
    return entries;
}

Result<QString> UndoReader::undoneBy()
{
    TRY_ASSIGN(SqliteQuery row, d->file->query("SELECT run FROM undone"));
    TRY_ASSIGN(const bool found, row.next());
    return found ? row.text(0) : QString();
}

Result<void> UndoReader::setUndoneBy(const QString &run)
{
    TRY_ASSIGN(SqliteTransaction transaction, SqliteTransaction::begin(*d->file));
    TRY(d->file->execute("DELETE FROM undone"));
    if (!run.isEmpty()) {
        TRY_ASSIGN(SqliteQuery insert, d->file->query("INSERT INTO undone (run) VALUES (?)"));
        TRY(insert.bind(run).run());
    }
    return transaction.commit();
}

} // namespace tidemark
