// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journal/planreader_p.h"

#include <algorithm>

namespace tidemark {

QList<PlanRange> rangesOf(std::span<const qint64> places)
{
    std::vector<qint64> sorted(places.begin(), places.end());
    std::sort(sorted.begin(), sorted.end());
    QList<PlanRange> ranges;
    for (const qint64 place : sorted) {
        if (!ranges.isEmpty() && place <= ranges.constLast().past)
            ranges.last().past = std::max(ranges.constLast().past, place + 1);
        else
            ranges.append({place, place + 1});
    }
    return ranges;
}

Result<QList<PlanRange>> PlanReader::Private::excluded(qint64 first, qint64 past)
{
    QList<PlanRange> ranges;
    if (first >= past)
        return ranges;
    // They are disjoint: only the last one that begins before can reach in.
    TRY_ASSIGN(SqliteQuery query,
               file->query("SELECT first, past FROM excluded WHERE first >="
                           " coalesce((SELECT max(first) FROM excluded WHERE first <= ?1), ?1) AND first < ?2"
                           " ORDER BY first"));
    query.bind(first).bind(past);
    for (;;) {
        TRY_ASSIGN(const bool more, query.next());
        if (!more)
            return ranges;
        if (query.integer(1) > first)
            ranges.append({query.integer(0), query.integer(1)});
    }
}

Result<void> PlanReader::Private::skip(PlanRange range, QList<PlanRange> &changed)
{
    // With what touches it at either end it becomes one range.
    TRY_ASSIGN(const QList<PlanRange> touched, excluded(range.first - 1, range.past + 1));
    PlanRange joined = range;
    qint64 at = range.first;
    TRY_ASSIGN(SqliteQuery remove, file->query("DELETE FROM excluded WHERE first = ?"));
    for (const PlanRange &old : touched) {
        joined = {std::min(joined.first, old.first), std::max(joined.past, old.past)};
        if (at < std::min(old.first, range.past))
            changed.append({at, std::min(old.first, range.past)});
        at = std::max(at, old.past);
        TRY(remove.bind(old.first).run());
    }
    if (at < range.past)
        changed.append({at, range.past});
    TRY_ASSIGN(SqliteQuery insert, file->query("INSERT INTO excluded (first, past) VALUES (?, ?)"));
    return insert.bind(joined.first).bind(joined.past).run();
}

Result<void> PlanReader::Private::take(PlanRange range, QList<PlanRange> &changed)
{
    TRY_ASSIGN(const QList<PlanRange> touched, excluded(range.first, range.past));
    TRY_ASSIGN(SqliteQuery remove, file->query("DELETE FROM excluded WHERE first = ?"));
    TRY_ASSIGN(SqliteQuery insert, file->query("INSERT INTO excluded (first, past) VALUES (?, ?)"));
    for (const PlanRange &old : touched) {
        TRY(remove.bind(old.first).run());
        if (old.first < range.first)
            TRY(insert.bind(old.first).bind(range.first).run());
        if (old.past > range.past)
            TRY(insert.bind(range.past).bind(old.past).run());
        changed.append({std::max(old.first, range.first), std::min(old.past, range.past)});
    }
    return {};
}

Result<void> PlanReader::Private::tick(int table, bool included, QList<int> &changed)
{
    TRY_ASSIGN(SqliteQuery old, file->query("SELECT included FROM tables WHERE number = ?"));
    old.bind(qint64{table});
    TRY_ASSIGN(const bool found, old.next());
    if (!found)
        return fail(ErrorCode::Internal, QStringLiteral("the plan has no such table"));
    if ((old.integer(0) != 0) == included)
        return {};
    TRY_ASSIGN(SqliteQuery update, file->query("UPDATE tables SET included = ? WHERE number = ?"));
    TRY(update.bind(qint64{included}).bind(qint64{table}).run());
    changed.append(table);
    return {};
}

Result<PlanChange> PlanReader::apply(const PlanChange &change)
{
    PlanChange done;
    TRY(d->write([&]() -> Result<void> {
        for (const PlanRange &range : change.skip) {
            if (range.first < range.past)
                TRY(d->skip(range, done.skip));
        }
        for (const PlanRange &range : change.take) {
            if (range.first < range.past)
                TRY(d->take(range, done.take));
        }
        for (const int table : change.untick)
            TRY(d->tick(table, false, done.untick));
        for (const int table : change.tick)
            TRY(d->tick(table, true, done.tick));
        return {};
    }));
    return done;
}

Result<QList<PlanRange>> PlanReader::skippedRows(int table)
{
    QList<PlanRange> skipped;
    for (int decision = 0; decision < int{planlayout::decisions.size()}; ++decision) {
        TRY_ASSIGN(const qint64 all, d->count(table, decision));
        const PlanRange range{planlayout::place(table, decision, 0), planlayout::place(table, decision, all)};
        TRY_ASSIGN(const QList<PlanRange> touched, d->excluded(range.first, range.past));
        for (const PlanRange &one : touched)
            skipped.append({std::max(one.first, range.first), std::min(one.past, range.past)});
    }
    return skipped;
}

Result<WriteCounts> PlanReader::takenCounts(int table, JobSide to)
{
    std::array<qint64, planlayout::decisions.size()> counts = {};
    for (size_t decision = 0; decision < counts.size(); ++decision) {
        TRY_ASSIGN(counts[decision], d->count(table, static_cast<int>(decision)));
    }
    TRY_ASSIGN(const QList<PlanRange> skipped, skippedRows(table));
    for (const PlanRange &range : skipped)
        counts[static_cast<size_t>(planlayout::decisionOf(range.first))] -= range.past - range.first;
    const auto of = [&](Decision decision) {
        return counts[static_cast<size_t>(planlayout::numberOf(planlayout::decisions, decision))];
    };
    const qint64 merged = of(Decision::Merge);
    return to == JobSide::Target
        ? WriteCounts{of(Decision::InsertTarget), of(Decision::UpdateTarget) + merged, of(Decision::DeleteTarget)}
        : WriteCounts{of(Decision::InsertSource), of(Decision::UpdateSource) + merged, of(Decision::DeleteSource)};
}

Result<WriteCounts> PlanReader::includedCounts(int table, JobSide to)
{
    TRY_ASSIGN(SqliteQuery query, d->file->query("SELECT included FROM tables WHERE number = ?"));
    query.bind(qint64{table});
    TRY_ASSIGN(const bool found, query.next());
    return found && query.integer(0) != 0 ? takenCounts(table, to) : Result<WriteCounts>(WriteCounts{});
}

Result<void> PlanReader::setTableIncluded(int table, bool included)
{
    PlanChange change;
    (included ? change.tick : change.untick).append(table);
    TRY(apply(change));
    return {};
}

Result<void> PlanReader::setRowIncluded(int table, qint64 row, bool included)
{
    TRY_ASSIGN(const std::optional<qint64> place, d->placeOf(table, row));
    if (!place)
        return fail(ErrorCode::Internal, QStringLiteral("the plan has no such row"));
    PlanChange change;
    (included ? change.take : change.skip).append({*place, *place + 1});
    TRY(apply(change));
    return {};
}

} // namespace tidemark
