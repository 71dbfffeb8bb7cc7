// SPDX-License-Identifier: GPL-3.0-or-later
#include <mutex>

#include <QFile>
#include <QJsonDocument>

#include "core/journal/planfile.h"
#include "core/journal/planjson.h"
#include "core/journal/planlayout.h"
#include "core/journal/sqlitefile.h"

namespace tidemark {

namespace {

struct TableCounts
{
    std::array<qint64, planlayout::decisions.size()> byDecision = {};
    qint64 all = 0;
    std::vector<qint64> differences; // a cell each
};

void countDifferences(const RowBatch &source, int sourceRow, const RowBatch &target, int targetRow,
                      std::vector<qint64> &counts)
{
    const int compared = source.layout().comparedCount;
    if (counts.size() < static_cast<size_t>(compared))
        counts.resize(static_cast<size_t>(compared));
    for (int cell = source.layout().keyCount; cell < compared; ++cell) {
        // Comparison bytes are looked up only where the plain ones differ: most cells are equal.
        if (source.value(sourceRow, cell) == target.value(targetRow, cell)
            || source.comparison(sourceRow, cell) == target.comparison(targetRow, cell))
            continue;
        ++counts[static_cast<size_t>(cell)];
    }
}

// Both sides have the row, and it is not the same.
bool isDifference(Decision decision)
{
    return decision == Decision::UpdateTarget || decision == Decision::UpdateSource || decision == Decision::Merge
        || decision == Decision::Conflict;
}

QByteArray nothing() { return QByteArrayLiteral("{}"); }

QByteArray compact(const QJsonObject &object) { return QJsonDocument(object).toJson(QJsonDocument::Compact); }

} // namespace

struct PlanWriter::Private
{
    std::mutex mutex;
    std::unique_ptr<SqliteFile> file;
    QString path;
    Kind kind = Kind::Plan;
    std::vector<TableCounts> tables;
    RecordChecksum checksum;
    std::optional<Error> failure; // a file that missed a row must not become a plan
    bool finished = false;

    Result<void> saveHead(const PlanHead &head);
    Result<void> saveCounts();
    Result<void> saveRows(int table, const RowBatch &source, const RowBatch &target, std::span<const Item> items);
    Result<void> seal();

    template <typename Change> Result<void> change(Change work)
    {
        const std::scoped_lock lock(mutex);
        if (failure)
            return fail(*failure);
        auto done = work();
        if (!done)
            failure = done.error();
        return done;
    }
};

Result<void> PlanWriter::Private::saveHead(const PlanHead &head)
{
    const QByteArray body = kind == Kind::Spool ? nothing() : compact(planHeadToJson(head));
    TRY_ASSIGN(SqliteQuery insert, file->query("INSERT INTO head (body, checksum) VALUES (?, ?)"));
    return insert.bind(body).bind(planlayout::bodyChecksum(0, body)).run();
}

Result<void> PlanWriter::Private::saveRows(int table, const RowBatch &source, const RowBatch &target,
                                           std::span<const Item> items)
{
    TRY_ASSIGN(SqliteQuery insert,
               file->query("INSERT INTO rows (place, number, reason, source, target, checksum, base, merged_source,"
                           " merged_target) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"));
    TableCounts &counts = tables[static_cast<size_t>(table)];
    for (const Item &item : items) {
        const int decision = planlayout::numberOf(planlayout::decisions, item.decision);
        const int reason = planlayout::numberOf(planlayout::reasons, item.reason);
        if (decision < 0)
            continue;
        const qint64 place = planlayout::place(table, decision, counts.byDecision[static_cast<size_t>(decision)]++);
        const qint64 number = counts.all++;
        const std::string_view from = item.sourceRow < 0 ? std::string_view() : source.chain(item.sourceRow);
        const std::string_view to = item.targetRow < 0 ? std::string_view() : target.chain(item.targetRow);
        if (isDifference(item.decision) && item.sourceRow >= 0 && item.targetRow >= 0)
            countDifferences(source, item.sourceRow, target, item.targetRow, counts.differences);
        const planlayout::RowChains chains{from, to, item.base, item.mergedSource, item.mergedTarget};
        insert.bind(place).bind(number).bind(qint64{reason}).bindView(from).bindView(to);
        insert.bind(planlayout::rowChecksum(checksum, place, number, reason, chains));
        TRY(insert.bindView(item.base).bindView(item.mergedSource).bindView(item.mergedTarget).run());
    }
    return {};
}

Result<void> PlanWriter::Private::saveCounts()
{
    TRY_ASSIGN(SqliteQuery insert, file->query("INSERT INTO counts (table_number, decision, count) VALUES (?, ?, ?)"));
    for (size_t table = 0; table < tables.size(); ++table) {
        for (size_t decision = 0; decision < planlayout::decisions.size(); ++decision) {
            if (tables[table].byDecision[decision] == 0)
                continue;
            insert.bind(static_cast<qint64>(table)).bind(static_cast<qint64>(decision));
            TRY(insert.bind(tables[table].byDecision[decision]).run());
        }
    }
    TRY_ASSIGN(SqliteQuery column,
               file->query("INSERT INTO column_counts (table_number, cell, count) VALUES (?, ?, ?)"));
    for (size_t table = 0; table < tables.size(); ++table) {
        for (size_t cell = 0; cell < tables[table].differences.size(); ++cell) {
            column.bind(static_cast<qint64>(table)).bind(static_cast<qint64>(cell));
            TRY(column.bind(tables[table].differences[cell]).run());
        }
    }
    return {};
}

Result<void> PlanWriter::Private::seal()
{
    TRY(saveCounts());
    static const QByteArray id = "PRAGMA application_id = " + QByteArray::number(planlayout::applicationId);
    static const QByteArray format = "PRAGMA user_version = " + QByteArray::number(planlayout::format);
    TRY(file->run("COMMIT"));
    // What was written without waiting reaches the disk with this last transaction, which makes the file a plan.
    if (!file->hasSchema())
        TRY(file->execute("PRAGMA synchronous = FULL"));
    TRY_ASSIGN(SqliteTransaction transaction, SqliteTransaction::begin(*file));
    TRY(file->run(id.constData()));
    TRY(file->run(format.constData()));
    return transaction.commit();
}

PlanWriter::PlanWriter(std::unique_ptr<Private> p) : d(std::move(p)) { }

PlanWriter::~PlanWriter()
{
    if (d->finished)
        return;
    d->file.reset();
    QFile::remove(d->path);
}

Result<std::unique_ptr<PlanWriter>> PlanWriter::create(const QString &file, const PlanHead &head, Kind kind)
{
    auto d = std::make_unique<Private>();
    TRY_ASSIGN(d->file, SqliteFile::open(file, SqliteFile::Access::CreateNew, planlayout::schema));
    d->path = file;
    d->kind = kind;
    std::unique_ptr<PlanWriter> writer(new PlanWriter(std::move(d))); // from here on the file goes with it
    SqliteFile &database = *writer->d->file;
    // Nobody reads the file before it is sealed, and one that is not sealed is worth nothing: no journal, no waiting.
    if (!database.hasSchema())
        TRY(database.execute("PRAGMA page_size = 8192; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
                             "PRAGMA locking_mode = EXCLUSIVE; PRAGMA cache_size = -16384"));
    TRY(database.run("BEGIN IMMEDIATE"));
    if (!database.hasSchema())
        TRY(database.execute(planlayout::schema));
    TRY(writer->d->saveHead(head));
    return writer;
}

Result<int> PlanWriter::addTable(const PlanTable &table)
{
    const QByteArray body = d->kind == Kind::Spool ? nothing() : compact(planTableToJson(table));
    int number = 0;
    TRY(d->change([&]() -> Result<void> {
        number = static_cast<int>(d->tables.size());
        TRY_ASSIGN(SqliteQuery insert,
                   d->file->query("INSERT INTO tables (number, body, checksum, included) VALUES (?, ?, ?, ?)"));
        insert.bind(qint64{number}).bind(body).bind(planlayout::bodyChecksum(number, body));
        TRY(insert.bind(qint64{table.included}).run());
        d->tables.emplace_back();
        return {};
    }));
    return number;
}

Result<void> PlanWriter::addRows(int table, const RowBatch &source, const RowBatch &target, std::span<const Item> items)
{
    return d->change([&] { return d->saveRows(table, source, target, items); });
}

Result<void> PlanWriter::restartTable(int table)
{
    return d->change([&]() -> Result<void> {
        TRY_ASSIGN(SqliteQuery remove, d->file->query("DELETE FROM rows WHERE place >= ? AND place < ?"));
        TRY(remove.bind(planlayout::place(table, 0, 0)).bind(planlayout::place(table + 1, 0, 0)).run());
        d->tables[static_cast<size_t>(table)] = {};
        return {};
    });
}

Result<void> PlanWriter::finishTable(int table, const PlanTable &result)
{
    if (d->kind == Kind::Spool)
        return {};
    const QByteArray body = compact(planTableToJson(result));
    return d->change([&]() -> Result<void> {
        TRY_ASSIGN(SqliteQuery update,
                   d->file->query("UPDATE tables SET body = ?, checksum = ?, included = ? WHERE number = ?"));
        update.bind(body).bind(planlayout::bodyChecksum(table, body)).bind(qint64{result.included});
        return update.bind(qint64{table}).run();
    });
}

Result<void> PlanWriter::finish()
{
    TRY(d->change([&] { return d->seal(); }));
    d->file.reset();
    d->finished = true;
    return {};
}

} // namespace tidemark
