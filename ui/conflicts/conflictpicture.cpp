// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/conflicts/conflictpicture.h"

#include "app/wording/leftrows.h"
#include "ui/plan/celltext.h"

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

constexpr qint64 pageSize = 1000;

// Where a row is there on one side alone: what it was changed in.
QList<int> changedSinceBase(const ConflictRows &rows, const PlanTable &table)
{
    QList<int> cells;
    for (int cell = table.keyCount; cell < table.comparedCount; ++cell) {
        const bool known = !rows.base.isEmpty() && rows.baseKnown[static_cast<std::size_t>(cell)];
        if (!known || rows.base.comparison(0, cell) != rows.any().comparison(0, cell))
            cells.append(cell);
    }
    return cells;
}

QList<int> askedCells(const ConflictPicture &picture)
{
    const ConflictRows &rows = *picture.rows;
    if (picture.lacksSide())
        return changedSinceBase(rows, *picture.table);
    QList<int> both, one, differing;
    for (int cell = picture.table->keyCount; cell < picture.table->comparedCount; ++cell) {
        const CellMove move = picture.moves[static_cast<std::size_t>(cell)];
        if (move == CellMove::Both || move == CellMove::Unknown)
            both.append(cell);
        else if (move != CellMove::None)
            one.append(cell);
        else if (rows.differs(cell))
            differing.append(cell);
    }
    return !both.isEmpty() ? both : !one.isEmpty() ? one : differing;
}

bool same(CellView a, CellView b) { return a == b; }

// Where the cell of an answer comes from, as a person would say it.
CellChoice choiceOf(const ConflictRows &rows, int cell, CellView atSource, CellView atTarget)
{
    using From = CellChoice::From;
    if (!same(atSource, atTarget))
        return {From::Own};
    if (same(atSource, rows.source.value(0, cell)))
        return {From::Source};
    if (same(atSource, rows.target.value(0, cell)))
        return {From::Target};
    if (!rows.base.isEmpty() && rows.baseKnown[static_cast<std::size_t>(cell)]
        && same(atSource, rows.base.value(0, cell)))
        return {From::Base};
    return {From::Given, {{atSource.bytes.data(), static_cast<qsizetype>(atSource.bytes.size())}, atSource.isNull}};
}

template <typename Visit>
Result<void> eachConflict(Journal &journal, const QString &jobId, const QList<ConflictState> &states, Visit visit)
{
    ConflictFilter filter;
    filter.states = states;
    filter.limit = pageSize;
    for (;;) {
        TRY_ASSIGN(const QList<Conflict> page, journal.conflicts(jobId, filter));
        for (const Conflict &conflict : page) {
            TRY_ASSIGN(const bool more, visit(conflict));
            if (!more)
                return {};
        }
        if (page.size() < pageSize)
            return {};
        filter.afterId = page.last().id;
    }
}

} // namespace

std::vector<CellChoice> ConflictPicture::startingChoices() const
{
    std::vector<CellChoice> choices(rows ? static_cast<std::size_t>(rows->layout->size()) : 0);
    if (!rows || lacksSide())
        return choices;
    for (int cell = table->keyCount; cell < table->comparedCount; ++cell) {
        const auto index = static_cast<std::size_t>(cell);
        if (asked.contains(cell) || !rows->differs(cell))
            continue;
        choices[index].from = moves[index] == CellMove::Source ? CellChoice::From::Source
            : moves[index] == CellMove::Target                 ? CellChoice::From::Target
                                                               : CellChoice::From::Own;
    }
    return choices;
}

std::vector<CellChoice> ConflictPicture::choices() const
{
    std::vector<CellChoice> choices = startingChoices();
    if (conflict.answer != ConflictAnswer::Row || choices.empty() || lacksSide())
        return choices;
    const auto read = [](RowBatch &batch, const QByteArray &chain) {
        return batch.appendChain({chain.constData(), static_cast<std::size_t>(chain.size())});
    };
    RowBatch atSource(rows->layout), atTarget(rows->layout);
    if (!read(atSource, conflict.rowForSource) || !read(atTarget, conflict.rowForTarget))
        return choices;
    for (int cell = table->keyCount; cell < table->comparedCount; ++cell) {
        const CellView source = atSource.value(0, cell);
        const CellView target = atTarget.value(0, cell);
        const bool untouched = !rows->differs(cell) && same(source, rows->source.value(0, cell))
            && same(target, rows->target.value(0, cell));
        if (!untouched)
            choices[static_cast<std::size_t>(cell)] = choiceOf(*rows, cell, source, target);
    }
    return choices;
}

SharedPicture pictureOf(const Conflict &conflict, std::shared_ptr<const PlanTable> table)
{
    auto picture = std::make_shared<ConflictPicture>();
    picture->conflict = conflict;
    picture->table = std::move(table);
    if (!picture->table)
        return picture;
    picture->rows = conflictRows(*picture->table, conflict);
    if (picture->rows) {
        picture->moves = cellMoves(conflict, *picture->rows);
        picture->asked = askedCells(*picture);
    }
    return picture;
}

Result<std::shared_ptr<const PlanTable>> PictureTables::of(const QString &table)
{
    auto known = m_tables.find(table);
    if (known == m_tables.end()) {
        TRY_ASSIGN(auto layout, m_journal.conflictTable(m_jobId, table));
        known = m_tables.emplace(table, layout ? std::make_shared<const PlanTable>(std::move(*layout)) : nullptr).first;
    }
    return known->second;
}

bool ConflictEntry::isLike(const ConflictEntry &other) const
{
    return table == other.table && kind == other.kind && columns == other.columns && sourceLacks == other.sourceLacks
        && targetLacks == other.targetLacks;
}

ConflictEntry entryOf(const ConflictPicture &picture)
{
    const Conflict &conflict = picture.conflict;
    ConflictEntry entry;
    entry.id = conflict.id;
    entry.table = conflict.table;
    entry.key = conflict.key;
    entry.keyText = conflict.keyText;
    entry.kind = conflict.kind;
    entry.state = conflict.state;
    entry.sourceLacks = conflict.source.isEmpty();
    entry.targetLacks = conflict.target.isEmpty();
    QStringList columns;
    if (!picture.lacksSide()) {
        for (const int cell : picture.asked)
            columns.append(picture.table->columns[cell].source);
    }
    entry.columns = columns.join(u", "_s);
    entry.search =
        QStringList{wording::tablePair(entry.table), entry.keyText, entry.columns}.join(u'\n').toCaseFolded();
    return entry;
}

Result<ConflictListing> readListing(Journal &journal, const QString &jobId)
{
    ConflictListing listing;
    TRY_ASSIGN(const QList<ConflictCount> counts, journal.conflictCounts(jobId));
    for (const ConflictCount &count : counts) {
        qint64 &sum = count.state == ConflictState::Open ? listing.open
            : count.state == ConflictState::Answered     ? listing.answered
                                                         : listing.skipped;
        sum += count.count;
    }
    PictureTables tables(journal, jobId);
    TRY(eachConflict(journal, jobId, {ConflictState::Open, ConflictState::Answered, ConflictState::Skipped},
                     [&](const Conflict &conflict) -> Result<bool> {
                         TRY_ASSIGN(auto table, tables.of(conflict.table));
                         listing.entries.append(entryOf(*pictureOf(conflict, std::move(table))));
                         return listing.entries.size() < ConflictListing::most;
                     }));
    return listing;
}

Result<SharedPicture> readPicture(Journal &journal, const QString &jobId, qint64 id)
{
    ConflictFilter filter;
    filter.states = {ConflictState::Open, ConflictState::Answered, ConflictState::Skipped};
    filter.afterId = id - 1;
    filter.limit = 1;
    TRY_ASSIGN(const QList<Conflict> found, journal.conflicts(jobId, filter));
    if (found.isEmpty() || found.first().id != id)
        return SharedPicture();
    PictureTables tables(journal, jobId);
    TRY_ASSIGN(auto table, tables.of(found.first().table));
    return pictureOf(found.first(), std::move(table));
}

// What the answer says in the cells that are asked about, or where none is, in those that differ.
static QString valuesOf(const ConflictPicture &picture, const ConflictReply &reply)
{
    constexpr qsizetype columnsShown = 3;
    constexpr int charactersShown = 40;
    const bool isSource = reply.answer == ConflictAnswer::Source;
    if (!picture.rows || (!isSource && reply.answer != ConflictAnswer::Target && reply.answer != ConflictAnswer::Row))
        return {};
    RowBatch given(picture.rows->layout);
    const QByteArray &chain = reply.rowForTarget;
    if (reply.answer == ConflictAnswer::Row
        && !given.appendChain({chain.constData(), static_cast<std::size_t>(chain.size())}))
        return {};
    const RowBatch &made = reply.answer == ConflictAnswer::Row ? given
        : isSource                                             ? picture.rows->source
                                                               : picture.rows->target;
    if (made.isEmpty())
        return {};
    QList<int> cells = picture.asked;
    for (int cell = picture.table->keyCount; cell < picture.table->comparedCount && picture.asked.isEmpty(); ++cell) {
        if (picture.rows->differs(cell))
            cells << cell;
    }
    QStringList values;
    for (const int cell : std::as_const(cells)) {
        if (values.size() == columnsShown) {
            values << u"…"_s;
            break;
        }
        const PlanColumn &column = picture.table->columns[cell];
        values << celltext::name(column.source) + u": "_s
                + celltext::harmless(celltext::shortened(column.type, made.value(0, cell), charactersShown));
    }
    return values.join(u" · "_s);
}

Result<QList<ProposedAnswer>> proposeAnswers(Journal &journal, const QString &jobId, const WishedIds &wished,
                                             const AnswerPicture &answer)
{
    QList<ProposedAnswer> proposed;
    PictureTables tables(journal, jobId);
    TRY(eachConflict(journal, jobId, {ConflictState::Open}, [&](const Conflict &conflict) -> Result<bool> {
        if (!wished(conflict.id))
            return true;
        TRY_ASSIGN(auto table, tables.of(conflict.table));
        const SharedPicture picture = pictureOf(conflict, std::move(table));
        ConflictReply reply = answer(*picture);
        const bool deletes = (reply.answer == ConflictAnswer::Source && conflict.source.isEmpty())
            || (reply.answer == ConflictAnswer::Target && conflict.target.isEmpty());
        QString values = valuesOf(*picture, reply);
        proposed.append({std::move(reply), conflict.table, conflict.keyText, deletes, std::move(values)});
        return true;
    }));
    return proposed;
}

ConflictReply currentReply(const Conflict &conflict)
{
    const bool isSaid = conflict.state == ConflictState::Answered || conflict.state == ConflictState::Skipped;
    return {conflict.id, isSaid ? conflict.answer : ConflictAnswer::None, conflict.rowForSource, conflict.rowForTarget,
            picturesPrint(conflict)};
}

} // namespace tidemark
