// SPDX-License-Identifier: GPL-3.0-or-later
// Rows that an earlier run was about to write to a side which takes nothing back, and of which it did not say what
// became of them: that side is asked, before anything is decided.
#include "core/data/rowindex.h"
#include "core/run/rowchains.h"
#include "core/run/twowayrun.h"

namespace tidemark {

// As they are now, in no order; those that are absent are left out.
Result<RowBatch> TwoWayRun::doubtfulRows(Work &work, JobSide side, const std::vector<BaseIntent> &intents)
{
    const TablePair &pair = work.to(side).pair;
    RowBatch keys(pair.layout);
    std::vector<int> which;
    for (const BaseIntent &intent : intents) {
        if (intent.side == side && keys.appendChain(viewOf(intent.handed)))
            which.push_back(keys.rowCount() - 1);
    }
    RowBatch now(pair.layout);
    if (which.empty())
        return now;
    Session &session = side == JobSide::Target ? m_sides.target() : m_sides.source();
    ReadRequest request = pair.readTarget(m_s.context.job.batch);
    request.where.clear();
    TRY(session.readKeys(request, RowSelection{&keys, which}, false, now));
    return now;
}

// What is there as it was to be has been written: it is the row's base. What is there as it was, or not at all, is
// decided like any other row. All else is for a person: nobody can tell an edit from what that side makes of a row.
Result<void> TwoWayRun::settleDoubts(Work &work)
{
    TRY_ASSIGN(const std::vector<BaseIntent> intents, work.base->openIntents());
    if (intents.empty())
        return {};
    TRY_ASSIGN(const auto merges, work.base->unfinishedMerges());
    TRY_ASSIGN(const std::unique_ptr<BaseReader> base,
               BaseReader::open(m_baseFile, work.toTarget.pair.checkpointKey.table, false));
    for (const JobSide side : {JobSide::Target, JobSide::Source}) {
        TRY_ASSIGN(const RowBatch now, doubtfulRows(work, side, intents));
        const auto byKey = rowsByKey(now);
        std::vector<BaseChange> written;
        std::vector<std::string> judged;
        std::string scratch;
        for (const BaseIntent &intent : intents) {
            if (intent.side != side)
                continue;
            RowBatch handed(work.toTarget.pair.layout);
            RowBatch before(work.toTarget.pair.layout);
            const bool isRow = handed.appendChain(viewOf(intent.handed));
            if (!intent.before.isEmpty())
                (void)before.appendChain(viewOf(intent.before));
            const auto found = isRow ? byKey.find(std::string(handed.key(0, scratch))) : byKey.end();
            if (found == byKey.end() || merges.contains(intent.key)) { // a merge knows what it rests on
                judged.push_back(intent.key);
                continue;
            }
            const int row = found->second;
            const Fingerprint print = now.fingerprint(row);
            TRY_ASSIGN(const BaseReader::Found known, base->find(intent.key));
            const bool asKnown = known.row == BaseRow::Present
                && (side == JobSide::Target ? known.record.target : known.record.source) == print;
            const bool asBefore = !before.isEmpty() && before.fingerprint(0) == print;
            if (!asKnown && handed.fingerprint(0) == print) {
                written.push_back({intent.key,
                                   side == JobSide::Target ? work.base->record(handed, 0, now, row)
                                                           : work.base->record(now, row, handed, 0)});
                judged.push_back(intent.key);
            } else if (asKnown || asBefore) {
                judged.push_back(intent.key);
            } else {
                work.doubtful.insert(intent.key);
            }
        }
        if (!written.empty())
            TRY(work.base->takeAsWritten(written));
        if (!judged.empty())
            TRY(work.base->dropIntents(side, judged));
    }
    return {};
}

} // namespace tidemark
