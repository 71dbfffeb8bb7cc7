// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journal/planreader_p.h"

#include <algorithm>
#include <limits>

namespace tidemark {

namespace {

constexpr qint64 noEnd = std::numeric_limits<qint64>::max();

#define PLAN_ROW "SELECT place, number, reason, source, target, checksum, base, merged_source, merged_target FROM rows"
#define PLAN_RANGE PLAN_ROW " WHERE place >= ?1 AND place < ?2 ORDER BY place"
// One text a range: they are read side by side, and a statement has one user at a time.
constexpr std::array rangeQueries = {PLAN_RANGE,        PLAN_RANGE " ",     PLAN_RANGE "  ",     PLAN_RANGE "   ",
                                     PLAN_RANGE "    ", PLAN_RANGE "     ", PLAN_RANGE "      ", PLAN_RANGE "       "};
constexpr const char *rowQuery = PLAN_ROW " WHERE place = ?1";
#undef PLAN_RANGE
#undef PLAN_ROW
static_assert(rangeQueries.size() == planlayout::decisions.size());

qint64 endOf(qint64 offset, qint64 limit) { return limit < noEnd - offset ? offset + limit : noEnd; }

} // namespace

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

Result<std::optional<qint64>> PlanReader::Private::placeOf(int table, qint64 number)
{
    for (int decision = 0; decision < int{planlayout::decisions.size()}; ++decision) {
        TRY_ASSIGN(const qint64 nth, firstFrom(table, decision, number));
        TRY_ASSIGN(const qint64 all, count(table, decision));
        if (nth == all)
            continue;
        const qint64 place = planlayout::place(table, decision, nth);
        TRY_ASSIGN(SqliteQuery row, file->query("SELECT number FROM rows WHERE place = ?"));
        row.bind(place);
        TRY(row.next());
        if (row.integer(0) == number)
            return place;
    }
    return std::nullopt;
}

Result<PlanRowRef> PlanReader::Private::rowOf(const SqliteQuery &query)
{
    PlanRowRef row;
    row.place = query.integer(0);
    row.number = query.integer(1);
    row.source = query.view(3);
    row.target = query.view(4);
    const qint64 reason = query.integer(2);
    row.base = query.view(6);
    row.mergedSource = query.view(7);
    row.mergedTarget = query.view(8);
    const qint64 sum = planlayout::rowChecksum(checksum, row.place, row.number, reason,
                                               {row.source, row.target, row.base, row.mergedSource, row.mergedTarget});
    if (sum != query.integer(5) || reason < 0 || reason >= qint64{planlayout::reasons.size()})
        return fail(damaged(*file, QStringLiteral("checksum")));
    row.decision = planlayout::decisions[static_cast<size_t>(planlayout::decisionOf(row.place))];
    row.reason = planlayout::reasons[static_cast<size_t>(reason)];
    return row;
}

namespace {

// Whether places that only grow lie in one of these ranges.
class Skipped
{
public:
    explicit Skipped(QList<PlanRange> ranges) : m_ranges(std::move(ranges)) { }
    bool contains(qint64 place)
    {
        while (m_at < m_ranges.size() && m_ranges.at(m_at).past <= place)
            ++m_at;
        return m_at < m_ranges.size() && m_ranges.at(m_at).first <= place;
    }

private:
    QList<PlanRange> m_ranges;
    qsizetype m_at = 0;
};

// The rows of one decision, one after the other.
struct Stream
{
    SqliteQuery query;
    Skipped skipped;
    qint64 expected = 0; // the place of the next row
    qint64 end = 0;
    std::optional<PlanRowRef> row;
};

} // namespace

Result<void> PlanReader::Private::scanOne(int table, int decision, qint64 nth, qint64 end, const Visit &visit)
{
    const qint64 first = planlayout::place(table, decision, nth);
    const qint64 past = planlayout::place(table, decision, std::max(nth, end));
    TRY_ASSIGN(QList<PlanRange> ranges, excluded(first, past));
    Skipped skipped(std::move(ranges));
    TRY_ASSIGN(SqliteQuery query, file->query(rangeQueries[static_cast<size_t>(decision)]));
    query.bind(first).bind(past);
    for (qint64 place = first; place < past; ++place) {
        TRY_ASSIGN(const bool found, query.next());
        if (!found || query.integer(0) != place)
            return fail(damaged(*file, QStringLiteral("a row is missing")));
        TRY_ASSIGN(PlanRowRef row, rowOf(query));
        row.included = !skipped.contains(place);
        if (!visit(row))
            break;
    }
    return {};
}

Result<void> PlanReader::Private::scanAll(int table, qint64 offset, qint64 limit, const Visit &visit)
{
    std::vector<Stream> streams;
    streams.reserve(planlayout::decisions.size());
    const auto advance = [this](Stream &stream) -> Result<void> {
        stream.row.reset();
        if (stream.expected == stream.end)
            return {};
        TRY_ASSIGN(const bool found, stream.query.next());
        if (!found || stream.query.integer(0) != stream.expected)
            return fail(damaged(*file, QStringLiteral("a row is missing")));
        TRY_ASSIGN(stream.row, rowOf(stream.query));
        stream.row->included = !stream.skipped.contains(stream.expected++);
        return {};
    };
    for (int decision = 0; decision < int{planlayout::decisions.size()}; ++decision) {
        TRY_ASSIGN(const qint64 all, count(table, decision));
        if (all == 0)
            continue;
        TRY_ASSIGN(const qint64 nth, firstFrom(table, decision, offset));
        const qint64 first = planlayout::place(table, decision, nth);
        const qint64 past = planlayout::place(table, decision, std::min(all, endOf(nth, limit)));
        TRY_ASSIGN(QList<PlanRange> ranges, excluded(first, past));
        TRY_ASSIGN(SqliteQuery query, file->query(rangeQueries[static_cast<size_t>(decision)]));
        query.bind(first).bind(past);
        streams.push_back({std::move(query), Skipped(std::move(ranges)), first, past, {}});
        TRY(advance(streams.back()));
    }
    const qint64 end = endOf(offset, limit); // a row's number is its offset among all
    for (;;) {
        Stream *next = nullptr;
        for (Stream &stream : streams) {
            if (stream.row && (!next || stream.row->number < next->row->number))
                next = &stream;
        }
        if (!next || next->row->number >= end || !visit(*next->row))
            return {};
        TRY(advance(*next));
    }
}

Result<void> PlanReader::scan(int table, std::optional<Decision> only, qint64 offset, qint64 limit, const Visit &visit)
{
    if (limit <= 0 || offset < 0)
        return {};
    if (!only)
        return d->scanAll(table, offset, limit, visit);
    const int decision = planlayout::numberOf(planlayout::decisions, *only);
    if (decision < 0)
        return {};
    TRY_ASSIGN(const qint64 all, d->count(table, decision));
    return offset < all ? d->scanOne(table, decision, offset, std::min(all, endOf(offset, limit)), visit)
                        : Result<void>();
}

Result<QList<PlanRow>> PlanReader::rows(int table, std::optional<Decision> only, qint64 offset, qint64 limit)
{
    QList<PlanRow> rows;
    const auto keep = [&](const PlanRowRef &row) {
        const auto copy = [](std::string_view chain) {
            return QByteArray(chain.data(), static_cast<qsizetype>(chain.size()));
        };
        rows.append({row.number, row.decision, row.reason, copy(row.source), copy(row.target), copy(row.base),
                     copy(row.mergedSource), copy(row.mergedTarget), row.included, row.place});
        return true;
    };
    TRY(scan(table, only, offset, limit, keep));
    return rows;
}

Result<void> PlanReader::rowsAt(std::span<const qint64> places, const Visit &visit)
{
    for (const qint64 place : places) {
        TRY_ASSIGN(const QList<PlanRange> skipped, d->excluded(place, place + 1));
        TRY_ASSIGN(SqliteQuery query, d->file->query(rowQuery));
        query.bind(place);
        TRY_ASSIGN(const bool found, query.next());
        if (!found)
            return fail(Private::damaged(*d->file, QStringLiteral("a row is missing")));
        TRY_ASSIGN(PlanRowRef row, d->rowOf(query));
        row.included = skipped.isEmpty();
        if (!visit(row))
            break;
    }
    return {};
}

Result<void> PlanReader::scanRange(const PlanRange &range, const Visit &visit)
{
    const qint64 nth = range.first % planlayout::rowsPerRange;
    return d->scanOne(tableOf(range.first), planlayout::decisionOf(range.first), nth, nth + range.past - range.first,
                      visit);
}

int PlanReader::tableOf(qint64 place)
{
    return static_cast<int>(place / planlayout::rowsPerRange / qint64{planlayout::decisions.size()});
}

Result<QList<PlanRange>> PlanReader::places(int table, std::optional<Decision> only, qint64 offset, qint64 limit)
{
    QList<PlanRange> ranges;
    if (limit <= 0 || offset < 0)
        return ranges;
    for (int decision = 0; decision < int{planlayout::decisions.size()}; ++decision) {
        if (only && *only != planlayout::decisions[static_cast<size_t>(decision)])
            continue;
        TRY_ASSIGN(const qint64 all, d->count(table, decision));
        qint64 first = std::min(offset, all);
        qint64 past = std::min(endOf(offset, limit), all);
        if (!only) {
            TRY_ASSIGN(first, d->firstFrom(table, decision, offset));
            TRY_ASSIGN(past, d->firstFrom(table, decision, endOf(offset, limit)));
        }
        if (first < past)
            ranges.append({planlayout::place(table, decision, first), planlayout::place(table, decision, past)});
    }
    return ranges;
}

} // namespace tidemark
