// SPDX-License-Identifier: GPL-3.0-or-later
// What is told of conflicts, and for how long.
#include <algorithm>

#include <QJsonDocument>

#include "core/journal/conflictrecord.h"
#include "core/journal/journal_p.h"
#include "core/journal/planjson.h"

namespace tidemark {

namespace {

constexpr qint64 usOfDay = 86'400'000'000;
constexpr qint64 batchSize = 1000; // of what need not be done at once: other writers come in between

constexpr const char *selectAll =
    "SELECT id, " TIDEMARK_CONFLICT_CELLS " FROM conflicts WHERE job_id = ?1 AND state = ?2 AND id > ?3 ORDER BY id";
constexpr const char *selectTable =
    "SELECT id, " TIDEMARK_CONFLICT_CELLS
    " FROM conflicts WHERE job_id = ?1 AND state = ?2 AND id > ?3 AND table_name = ?4 ORDER BY id";

constexpr ConflictState allStates[] = {ConflictState::Open, ConflictState::Answered, ConflictState::Skipped,
                                       ConflictState::Closed};

qint64 layoutChecksum(const QString &jobId, const QString &table, const QByteArray &layout)
{
    RecordChecksum sum;
    return sum.add(jobId).add(table).add(layout).value();
}

} // namespace

Result<void> Journal::saveConflictTable(const QString &jobId, const QString &table, const PlanTable &layout)
{
    PlanTable kept = layout; // what does not change from run to run
    kept.report = {};
    kept.report.source = layout.report.source;
    kept.report.target = layout.report.target;
    kept.planDigest.clear();
    kept.position.clear();
    const QByteArray json = QJsonDocument(planTableToJson(kept)).toJson(QJsonDocument::Compact);
    const qint64 sum = layoutChecksum(jobId, table, json);
    return d->write([&](SqliteFile &file) -> Result<void> {
        TRY_ASSIGN(SqliteQuery insert,
                   file.query("INSERT INTO conflict_tables (job_id, table_name, layout, checksum) VALUES (?, ?, ?, ?)"
                              " ON CONFLICT DO UPDATE SET layout = excluded.layout, checksum = excluded.checksum"
                              " WHERE layout <> excluded.layout OR checksum <> excluded.checksum"));
        return insert.bind(jobId).bind(table).bind(json).bind(sum).run();
    });
}

Result<std::optional<PlanTable>> Journal::conflictTable(const QString &jobId, const QString &table)
{
    const std::scoped_lock lock(d->mutex);
    TRY_ASSIGN(SqliteQuery query,
               d->file->query("SELECT layout, checksum FROM conflict_tables WHERE job_id = ? AND table_name = ?"));
    query.bind(jobId).bind(table);
    TRY_ASSIGN(const bool found, query.next());
    if (!found || query.integer(1) != layoutChecksum(jobId, table, query.bytes(0)))
        return std::optional<PlanTable>();
    return planTableFromJson(QJsonDocument::fromJson(query.bytes(0)).object());
}

Result<QList<Conflict>> Journal::conflicts(const QString &jobId, const ConflictFilter &filter)
{
    const std::scoped_lock lock(d->mutex);
    QList<Conflict> found;
    for (const ConflictState state : allStates) {
        if (!filter.states.isEmpty() && !filter.states.contains(state))
            continue;
        TRY_ASSIGN(SqliteQuery query, d->file->query(filter.table.isEmpty() ? selectAll : selectTable));
        query.bind(jobId).bind(conflictStateNumber(state)).bind(filter.afterId);
        if (!filter.table.isEmpty())
            query.bind(filter.table);
        for (qint64 taken = 0; taken < filter.limit;) {
            TRY_ASSIGN(const bool more, query.next());
            if (!more)
                break;
            auto conflict = readConflict(query);
            if (!conflict)
                continue;
            found.append(std::move(*conflict));
            ++taken;
        }
    }
    std::sort(found.begin(), found.end(), [](const Conflict &a, const Conflict &b) { return a.id < b.id; });
    if (found.size() > filter.limit)
        found.resize(qMax(filter.limit, 0));
    return found;
}

Result<qint64> Journal::conflictCount(const QString &jobId, const QString &table)
{
    const std::scoped_lock lock(d->mutex);
    TRY_ASSIGN(SqliteQuery query,
               d->file->query(table.isEmpty() ? "SELECT count(*) FROM conflicts WHERE job_id = ?1 AND state IN (1, 2)"
                                              : "SELECT count(*) FROM conflicts WHERE job_id = ?1 AND table_name = ?2"
                                                " AND state IN (1, 2)"));
    query.bind(jobId);
    if (!table.isEmpty())
        query.bind(table);
    TRY(query.next());
    return query.integer(0);
}

Result<QList<ConflictCount>> Journal::conflictCounts(const QString &jobId)
{
    const std::scoped_lock lock(d->mutex);
    TRY_ASSIGN(
        SqliteQuery query,
        d->file->query("SELECT table_name, kind, state, count(*) FROM conflicts WHERE job_id = ?1"
                       " AND state IN (1, 2, 3) GROUP BY table_name, kind, state ORDER BY table_name, kind, state"));
    query.bind(jobId);
    QList<ConflictCount> counts;
    for (;;) {
        TRY_ASSIGN(const bool more, query.next());
        if (!more)
            return counts;
        const auto kind = conflictKindFromName(query.text(1));
        const auto state = conflictStateOf(query.integer(2));
        if (kind && state)
            counts.append({query.text(0), *kind, *state, query.integer(3)});
    }
}

Result<void> Journal::purgeConflicts(const QString &jobId, int days, qint64 nowUs)
{
    for (qint64 gone = batchSize; gone == batchSize;) {
        TRY(d->write([&](SqliteFile &file) -> Result<void> {
            {
                TRY_ASSIGN(SqliteQuery remove,
                           file.query("DELETE FROM conflicts WHERE id IN (SELECT id FROM conflicts WHERE job_id = ?1"
                                      " AND state = 4 AND closed_us < ?2 LIMIT ?3)"));
                TRY(remove.bind(jobId).bind(nowUs - days * usOfDay).bind(batchSize).run());
            }
            TRY_ASSIGN(gone, file.integer("SELECT changes()"));
            return {};
        }));
    }
    return {};
}

} // namespace tidemark
