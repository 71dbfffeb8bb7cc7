// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/plannedconflicts.h"

#include <limits>

#include "core/apply/checkpointtable.h"
#include "core/data/orderedkey.h"
#include "core/detect/compare.h"
#include "core/journal/planfile.h"

namespace tidemark {

namespace {

constexpr qsizetype conflictsPerWrite = 1000;

QByteArray bytesOf(std::string_view bytes) { return {bytes.data(), qsizetype(bytes.size())}; }

ConflictKind kindOf(Reason reason)
{
    switch (reason) {
    case Reason::ChangedAtBoth:
        return ConflictKind::BothUpdated;
    case Reason::DeletedAndChanged:
        return ConflictKind::UpdatedAndDeleted;
    default:
        return ConflictKind::BothInserted;
    }
}

// The conflicts of one table.
class Keeper
{
public:
    Keeper(Journal &journal, const PlanHead &head, const PlanTable &table)
        : m_journal(journal), m_jobId(head.jobId), m_twoWay(head.twoWay), m_sinceUs(head.createdUs), m_table(table),
          m_layout(table.layout()), m_name(checkpointTable(table.report.source, table.report.target))
    { }

    // False: the row does not fit the table.
    bool take(const PlanRowRef &row)
    {
        RowBatch picture(m_layout);
        if (!picture.appendChain(row.source.empty() ? row.target : row.source))
            return false;
        std::string key;
        appendOrderedKey(picture, 0, key);
        Conflict conflict;
        conflict.table = m_name;
        conflict.key = bytesOf(key);
        conflict.keyText = keyText(picture, 0);
        conflict.kind = m_twoWay ? kindOf(row.reason) : ConflictKind::Differs;
        conflict.source = bytesOf(row.source);
        conflict.target = bytesOf(row.target);
        conflict.base = bytesOf(row.base);
        conflict.mappingDigest = m_table.mappingDigest;
        conflict.sinceUs = m_sinceUs;
        m_found += std::move(conflict);
        return true;
    }
    bool isFull() const { return m_found.size() >= conflictsPerWrite; }

    Result<void> flush()
    {
        if (m_found.isEmpty())
            return {};
        TRY(m_journal.saveConflictTable(m_jobId, m_name, m_table));
        m_kept += m_found.size();
        return m_journal.meetConflicts(m_jobId, std::exchange(m_found, {}));
    }
    qint64 kept() const { return m_kept; }

private:
    Journal &m_journal;
    QString m_jobId;
    bool m_twoWay;
    qint64 m_sinceUs;
    const PlanTable &m_table;
    std::shared_ptr<const RowLayout> m_layout;
    QString m_name;
    QList<Conflict> m_found;
    qint64 m_kept = 0;
};

Result<qint64> keepTable(Journal &journal, PlanReader &plan, int number, const PlanTable &table)
{
    Keeper keeper(journal, plan.head(), table);
    Result<void> done;
    bool fits = true;
    TRY(plan.scan(number, Decision::Conflict, 0, std::numeric_limits<qint64>::max(), [&](const PlanRowRef &row) {
        fits = keeper.take(row);
        if (fits && keeper.isFull())
            done = keeper.flush();
        return fits && done.has_value();
    }));
    if (!fits)
        return fail(ErrorCode::DatabaseDamaged);
    TRY(std::move(done));
    TRY(keeper.flush());
    return keeper.kept();
}

} // namespace

Result<qint64> keepPlannedConflicts(Journal &journal, const QString &planFile)
{
    TRY_ASSIGN(const std::unique_ptr<PlanReader> plan, PlanReader::open(planFile));
    if (plan->head().jobId.isEmpty())
        return 0;
    TRY_ASSIGN(const QList<PlanTable> tables, plan->tables());
    qint64 kept = 0;
    for (int number = 0; number < tables.size(); ++number) {
        if (tables[number].report.error || tables[number].report.conflicts == 0)
            continue;
        TRY_ASSIGN(const qint64 here, keepTable(journal, *plan, number, tables[number]));
        kept += here;
    }
    return kept;
}

Result<ConflictPlace> plannedConflict(const QString &planFile, qint64 place)
{
    TRY_ASSIGN(const std::unique_ptr<PlanReader> plan, PlanReader::open(planFile));
    TRY_ASSIGN(const QList<PlanTable> tables, plan->tables());
    const int number = PlanReader::tableOf(place);
    if (number < 0 || number >= tables.size())
        return fail(ErrorCode::DatabaseDamaged);
    const PlanTable &table = tables[number];
    ConflictPlace found{checkpointTable(table.report.source, table.report.target), {}};
    RowBatch picture(table.layout());
    bool fits = false;
    TRY(plan->rowsAt(std::span(&place, 1), [&](const PlanRowRef &row) {
        fits = picture.appendChain(row.source.empty() ? row.target : row.source);
        return false;
    }));
    if (!fits)
        return fail(ErrorCode::DatabaseDamaged);
    std::string key;
    appendOrderedKey(picture, 0, key);
    found.key = bytesOf(key);
    return found;
}

} // namespace tidemark
