// SPDX-License-Identifier: GPL-3.0-or-later
// Opening a plan, its head, tables and counts; planrows.cpp reads rows, plandecisions.cpp keeps what a person decides.
#include "core/journal/planreader_p.h"

#include <QJsonDocument>

#include "core/journal/planjson.h"

namespace tidemark {

namespace {

Result<QJsonObject> checkedBody(const SqliteFile &file, qint64 number, const QByteArray &body, qint64 checksum)
{
    if (planlayout::bodyChecksum(number, body) != checksum)
        return fail(Error{ErrorCode::DatabaseDamaged, {}, QStringLiteral("checksum")}.with(Fact::File, file.path()));
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

Result<void> PlanReader::Private::checkFormat()
{
    TRY_ASSIGN(const qint64 id, file->integer("PRAGMA application_id"));
    if (id != planlayout::applicationId)
        return fail(damaged(*file, QStringLiteral("not a finished plan")));
    TRY_ASSIGN(const qint64 pages, file->integer("PRAGMA page_count"));
    TRY_ASSIGN(const qint64 pageSize, file->integer("PRAGMA page_size"));
    const qint64 size = file->sizeOnDisk();
    if (size >= 0 && size < pages * pageSize) // SQLite takes a last page that was cut as zeros
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

Result<void> PlanReader::Private::readDifferences(QList<PlanTable> &tables)
{
    for (PlanTable &table : tables)
        table.differences = QList<qint64>(table.columns.size(), 0);
    TRY_ASSIGN(SqliteQuery rows, file->query("SELECT table_number, cell, count FROM column_counts"));
    for (;;) {
        TRY_ASSIGN(const bool more, rows.next());
        if (!more)
            return {};
        const qint64 table = rows.integer(0);
        const qint64 cell = rows.integer(1);
        if (table >= 0 && table < tables.size() && cell >= 0 && cell < tables.at(table).differences.size())
            tables[table].differences[cell] = rows.integer(2);
    }
}

Result<qint64> PlanReader::Private::count(int table, int decision)
{
    if (!counts) {
        std::map<std::pair<int, int>, qint64> all;
        TRY_ASSIGN(SqliteQuery rows, file->query("SELECT table_number, decision, count FROM counts"));
        for (;;) {
            TRY_ASSIGN(const bool more, rows.next());
            if (!more)
                break;
            all[{int(rows.integer(0)), int(rows.integer(1))}] = rows.integer(2);
        }
        counts = std::move(all);
    }
    const auto found = counts->find({table, decision});
    return found == counts->end() ? 0 : found->second;
}

PlanReader::PlanReader(std::unique_ptr<Private> p) : d(std::move(p)) { }

PlanReader::~PlanReader() = default;

Result<std::unique_ptr<PlanReader>> PlanReader::open(const QString &file)
{
    auto d = std::make_unique<Private>();
    // Not read-only: a tick that was cut off by a crash must be rolled back first.
    TRY_ASSIGN(d->file, SqliteFile::open(file, SqliteFile::Access::Existing));
    TRY(d->file->forbidWriting(true));
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
            break;
        TRY_ASSIGN(const QJsonObject body, checkedBody(*d->file, rows.integer(0), rows.bytes(1), rows.integer(2)));
        auto table = planTableFromJson(body);
        if (!table || rows.integer(0) != tables.size())
            return fail(Private::damaged(*d->file, QStringLiteral("tables")));
        table->included = rows.integer(3) != 0;
        tables.append(std::move(*table));
    }
    TRY(d->readDifferences(tables));
    return tables;
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

} // namespace tidemark
