// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <limits>

#include <QFileInfo>
#include <QJsonDocument>

#include "core/journal/planfile.h"
#include "core/journal/planjson.h"
#include "core/journal/planlayout.h"
#include "core/journal/sqlitefile.h"

namespace tidemark {

namespace {

Error damaged(const SqliteFile &file, const QString &what)
{
    return Error{ErrorCode::DatabaseDamaged, {}, what}.with(Fact::File, file.path());
}

Result<QJsonObject> checkedBody(const SqliteFile &file, qint64 number, const QByteArray &body, qint64 checksum)
{
    if (planlayout::bodyChecksum(number, body) != checksum)
        return fail(damaged(file, QStringLiteral("checksum")));
    return QJsonDocument::fromJson(body).object();
}

} // namespace

std::shared_ptr<const RowLayout> PlanTable::layout() const
{
    auto layout = std::make_shared<RowLayout>();
    for (const PlanColumn &column : columns)
        layout->cells.push_back(column.type);
    layout->keyCount = keyCount;
    layout->comparedCount = comparedCount;
    return layout;
}

struct PlanReader::Private
{
    std::unique_ptr<SqliteFile> file;
    PlanHead head;
    RecordChecksum checksum;

    Result<void> checkFormat();
    Result<void> readHead();
    Result<qint64> count(int table, int decision);
    Result<qint64> firstFrom(int table, int decision,
                             qint64 number); // the nth of the first row with this number or a later one
    Result<void> appendRows(int table, int decision, qint64 nth, qint64 limit, qint64 numberEnd, QList<PlanRow> &rows);
    Result<std::optional<int>> decisionOf(int table, qint64 number);

    // query_only guards the file against everything but a person's ticks.
    template <typename Change> Result<void> write(Change change)
    {
        if (!file->isWritable())
            return fail(Error{ErrorCode::FileUnwritable, {}, {}}.with(Fact::File, file->path()));
        TRY(file->execute("PRAGMA query_only = OFF"));
        const auto changed = [&]() -> Result<void> {
            TRY_ASSIGN(SqliteTransaction transaction, SqliteTransaction::begin(*file));
            TRY(change());
            return transaction.commit();
        }();
        TRY(file->execute("PRAGMA query_only = ON"));
        return changed;
    }
};

Result<void> PlanReader::Private::checkFormat()
{
    TRY_ASSIGN(const qint64 id, file->integer("PRAGMA application_id"));
    if (id != planlayout::applicationId)
        return fail(damaged(*file, QStringLiteral("not a finished plan")));
    TRY_ASSIGN(const qint64 pages, file->integer("PRAGMA page_count"));
    TRY_ASSIGN(const qint64 pageSize, file->integer("PRAGMA page_size"));
    if (QFileInfo(file->path()).size() < pages * pageSize) // SQLite takes a last page that was cut as zeros
        return fail(damaged(*file, QStringLiteral("cut short")));
    TRY_ASSIGN(const qint64 format, file->integer("PRAGMA user_version"));
    if (format == planlayout::format)
        return {};
    return fail(Error{ErrorCode::PlanOutdated, {}, {}}
                    .with(Fact::File, file->path())
                    .with(Fact::Found, QString::number(format))
                    .with(Fact::Expected, QString::number(planlayout::format)));
}

Result<void> PlanReader::Private::readHead()
{
    TRY_ASSIGN(SqliteQuery row, file->query("SELECT body, checksum FROM head"));
    TRY_ASSIGN(const bool found, row.next());
    if (!found)
        return fail(damaged(*file, QStringLiteral("no head")));
    TRY_ASSIGN(const QJsonObject body, checkedBody(*file, 0, row.bytes(0), row.integer(1)));
    head = planHeadFromJson(body);
    return {};
}

Result<qint64> PlanReader::Private::count(int table, int decision)
{
    TRY_ASSIGN(SqliteQuery row, file->query("SELECT count FROM counts WHERE table_number = ? AND decision = ?"));
    row.bind(qint64{table}).bind(qint64{decision});
    TRY_ASSIGN(const bool found, row.next());
    return found ? row.integer(0) : 0;
}

Result<qint64> PlanReader::Private::firstFrom(int table, int decision, qint64 number)
{
    TRY_ASSIGN(qint64 end, count(table, decision));
    TRY_ASSIGN(SqliteQuery row, file->query("SELECT number FROM rows WHERE place = ?"));
    qint64 begin = 0;
    while (begin < end) {
        const qint64 middle = begin + (end - begin) / 2;
        row.bind(planlayout::place(table, decision, middle));
        TRY_ASSIGN(const bool found, row.next());
        if (!found)
            return fail(damaged(*file, QStringLiteral("a row is missing")));
        const bool before = row.integer(0) < number;
        TRY(row.run());
        if (before)
            begin = middle + 1;
        else
            end = middle;
    }
    return begin;
}

Result<void> PlanReader::Private::appendRows(int table, int decision, qint64 nth, qint64 limit, qint64 numberEnd,
                                             QList<PlanRow> &rows)
{
    TRY_ASSIGN(const qint64 all, count(table, decision));
    const qint64 end = std::min(all, limit < all - nth ? nth + limit : all);
    TRY_ASSIGN(SqliteQuery query,
               file->query("SELECT place, number, reason, source, target, checksum, EXISTS (SELECT 1 FROM excluded"
                           " WHERE table_number = ?3 AND excluded.number = rows.number) FROM rows"
                           " WHERE place >= ?1 AND place < ?2 ORDER BY place"));
    query.bind(planlayout::place(table, decision, nth))
        .bind(planlayout::place(table, decision, end))
        .bind(qint64{table});
    for (qint64 expected = nth; expected < end; ++expected) {
        TRY_ASSIGN(const bool found, query.next());
        if (!found || query.integer(0) != planlayout::place(table, decision, expected))
            return fail(damaged(*file, QStringLiteral("a row is missing")));
        const qint64 number = query.integer(1);
        if (number >= numberEnd)
            break;
        const qint64 reason = query.integer(2);
        const qint64 sum =
            planlayout::rowChecksum(checksum, query.integer(0), number, reason, query.view(3), query.view(4));
        if (sum != query.integer(5) || reason < 0 || reason >= qint64{planlayout::reasons.size()})
            return fail(damaged(*file, QStringLiteral("checksum")));
        rows.append({number, planlayout::decisions[static_cast<size_t>(decision)],
                     planlayout::reasons[static_cast<size_t>(reason)], query.bytes(3), query.bytes(4),
                     query.integer(6) == 0});
    }
    return {};
}

Result<std::optional<int>> PlanReader::Private::decisionOf(int table, qint64 number)
{
    for (int decision = 0; decision < int{planlayout::decisions.size()}; ++decision) {
        TRY_ASSIGN(const qint64 nth, firstFrom(table, decision, number));
        TRY_ASSIGN(const qint64 all, count(table, decision));
        if (nth == all)
            continue;
        TRY_ASSIGN(SqliteQuery row, file->query("SELECT number FROM rows WHERE place = ?"));
        row.bind(planlayout::place(table, decision, nth));
        TRY(row.next());
        if (row.integer(0) == number)
            return decision;
    }
    return std::nullopt;
}

PlanReader::PlanReader(std::unique_ptr<Private> p) : d(std::move(p)) { }

PlanReader::~PlanReader() = default;

Result<std::unique_ptr<PlanReader>> PlanReader::open(const QString &file)
{
    auto d = std::make_unique<Private>();
    // Not read-only: a tick that was cut off by a crash must be rolled back first.
    TRY_ASSIGN(d->file, SqliteFile::open(file, SqliteFile::Access::Existing));
    TRY(d->file->execute("PRAGMA query_only = ON"));
    TRY(d->checkFormat());
    TRY(d->readHead());
    return std::unique_ptr<PlanReader>(new PlanReader(std::move(d)));
}

const PlanHead &PlanReader::head() const { return d->head; }

Result<QList<PlanTable>> PlanReader::tables()
{
    TRY_ASSIGN(SqliteQuery rows, d->file->query("SELECT number, body, checksum, included FROM tables ORDER BY number"));
    QList<PlanTable> tables;
    for (;;) {
        TRY_ASSIGN(const bool more, rows.next());
        if (!more)
            return tables;
        TRY_ASSIGN(const QJsonObject body, checkedBody(*d->file, rows.integer(0), rows.bytes(1), rows.integer(2)));
        auto table = planTableFromJson(body);
        if (!table || rows.integer(0) != tables.size())
            return fail(damaged(*d->file, QStringLiteral("tables")));
        table->included = rows.integer(3) != 0;
        tables.append(std::move(*table));
    }
}

Result<qint64> PlanReader::rowCount(int table, std::optional<Decision> only)
{
    qint64 sum = 0;
    for (int decision = 0; decision < int{planlayout::decisions.size()}; ++decision) {
        if (only && *only != planlayout::decisions[static_cast<size_t>(decision)])
            continue;
        TRY_ASSIGN(const qint64 rows, d->count(table, decision));
        sum += rows;
    }
    return sum;
}

Result<QList<PlanRow>> PlanReader::rows(int table, std::optional<Decision> only, qint64 offset, qint64 limit)
{
    QList<PlanRow> rows;
    if (limit <= 0 || offset < 0)
        return rows;
    constexpr qint64 noEnd = std::numeric_limits<qint64>::max();
    if (only) {
        const int decision = planlayout::numberOf(planlayout::decisions, *only);
        if (decision >= 0)
            TRY(d->appendRows(table, decision, offset, limit, noEnd, rows));
        return rows;
    }
    const qint64 end = limit < noEnd - offset ? offset + limit : noEnd; // a row's number is its offset among all
    for (int decision = 0; decision < int{planlayout::decisions.size()}; ++decision) {
        TRY_ASSIGN(const qint64 nth, d->firstFrom(table, decision, offset));
        TRY(d->appendRows(table, decision, nth, limit, end, rows));
    }
    std::sort(rows.begin(), rows.end(), [](const PlanRow &a, const PlanRow &b) { return a.number < b.number; });
    return rows;
}

Result<WriteCounts> PlanReader::includedCounts(int table)
{
    TRY_ASSIGN(SqliteQuery query,
               d->file->query("SELECT c.count - (SELECT count(*) FROM excluded e WHERE e.table_number = c.table_number"
                              " AND e.decision = c.decision) FROM counts c JOIN tables t ON t.number = c.table_number"
                              " WHERE c.table_number = ? AND c.decision = ? AND t.included"));
    const auto included = [&](Decision decision) -> Result<qint64> {
        query.bind(qint64{table}).bind(qint64{planlayout::numberOf(planlayout::decisions, decision)});
        TRY_ASSIGN(const bool found, query.next());
        const qint64 count = found ? query.integer(0) : 0;
        TRY(query.run());
        return count;
    };
    WriteCounts counts;
    TRY_ASSIGN(counts.inserts, included(Decision::InsertTarget));
    TRY_ASSIGN(counts.updates, included(Decision::UpdateTarget));
    TRY_ASSIGN(counts.deletes, included(Decision::DeleteTarget));
    return counts;
}

Result<void> PlanReader::setTableIncluded(int table, bool included)
{
    return d->write([&]() -> Result<void> {
        TRY_ASSIGN(SqliteQuery update, d->file->query("UPDATE tables SET included = ? WHERE number = ?"));
        return update.bind(qint64{included}).bind(qint64{table}).run();
    });
}

Result<void> PlanReader::setRowIncluded(int table, qint64 row, bool included)
{
    TRY_ASSIGN(const std::optional<int> decision, d->decisionOf(table, row));
    if (!decision)
        return fail(ErrorCode::Internal, QStringLiteral("the plan has no such row"));
    return d->write([&]() -> Result<void> {
        TRY_ASSIGN(SqliteQuery change,
                   d->file->query(
                       included
                           ? "DELETE FROM excluded WHERE table_number = ?1 AND number = ?2 AND decision = ?3"
                           : "INSERT OR IGNORE INTO excluded (table_number, number, decision) VALUES (?1, ?2, ?3)"));
        return change.bind(qint64{table}).bind(row).bind(qint64{*decision}).run();
    });
}

} // namespace tidemark
