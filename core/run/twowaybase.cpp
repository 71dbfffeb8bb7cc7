// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/twowaybase.h"

#include "core/data/orderedkey.h"

namespace tidemark {

namespace {

constexpr std::size_t changesPerWrite = 5000;

QByteArray generationOf(const std::optional<Checkpoint> &checkpoint)
{
    return checkpoint ? checkpoint->generation : QByteArray();
}

std::string keyOf(const RowBatch &rows, int row)
{
    std::string key;
    appendOrderedKey(rows, row, key);
    return key;
}

} // namespace

Watermark TwoWayBase::settledWatermark(const QByteArray &generation)
{
    Watermark watermark;
    watermark.cursor = generation;
    return watermark;
}

bool TwoWayBase::isKept(const BasePromise &promise, const std::optional<Checkpoint> &side)
{
    if (!side || side->generation != promise.generation)
        return false;
    if (promise.epoch > 0)
        return side->epoch >= promise.epoch;
    return Watermark::fromBytes(side->watermark) == settledWatermark(promise.generation);
}

std::unique_lock<std::mutex> TwoWayBase::turn() const
{
    return m_s.turn != nullptr ? std::unique_lock(*m_s.turn) : std::unique_lock<std::mutex>();
}

Result<void> TwoWayBase::open(const std::optional<Checkpoint> &source, const std::optional<Checkpoint> &target)
{
    const auto turn = this->turn();
    const QString &table = m_s.pair.checkpointKey.table;
    TRY_ASSIGN(const QList<BasePromise> promises, m_s.looksOnly ? QList<BasePromise>() : m_s.file.promises(table));
    for (const BasePromise &promise : promises)
        TRY(m_s.file.settle(table, promise, isKept(promise, promise.side == JobSide::Source ? source : target)));
    TRY_ASSIGN(const auto head, m_s.file.head(table));
    m_head = {m_s.journalId,        m_s.pair.mappingDigest, m_s.pair.sidesDigest,
              generationOf(source), generationOf(target),   {}};
    m_trust = trustBase(head, m_head);
    if (m_s.looksOnly)
        return {};
    if (!isTrusted()) {
        m_changes = true; // even where both sides are empty: there is a base from now on
        TRY(m_s.file.forget(table));
    } // else m_head has what both sides bear now, be it of a run that was cut off
    return m_s.file.keepPrintsAlone(table, !m_s.keepsCells);
}

Result<std::map<std::string, BaseMerge>> TwoWayBase::unfinishedMerges()
{
    const auto turn = this->turn();
    std::map<std::string, BaseMerge> found;
    if (m_s.looksOnly && !isTrusted())
        return found; // a run would have forgotten them
    TRY(m_s.file.merges(m_s.pair.checkpointKey.table, [&found](BaseMerge &&merge) -> Result<void> {
        std::string key = merge.key;
        found.emplace(std::move(key), std::move(merge));
        return {};
    }));
    return found;
}

BaseRecord TwoWayBase::record(const RowBatch &source, int sourceRow, const RowBatch &target, int targetRow) const
{
    BaseRecord record{source.fingerprint(sourceRow), target.fingerprint(targetRow), {}};
    if (m_s.keepsCells)
        record.picture = encodePicture(source, sourceRow, target, targetRow);
    return record;
}

Result<void> TwoWayBase::change(BaseChange change)
{
    m_changes = true;
    m_pending.push_back(std::move(change));
    return m_pending.size() < changesPerWrite ? Result<void>() : flush();
}

Result<void> TwoWayBase::flush()
{
    if (m_pending.empty())
        return {};
    const auto turn = this->turn();
    const QString &table = m_s.pair.checkpointKey.table;
    TRY(isTrusted() ? m_s.file.promise(table, settlement(), m_pending) : m_s.file.change(table, m_pending));
    m_pending.clear();
    return {};
}

Result<void> TwoWayBase::intend(BaseMerge merge)
{
    m_changes = true;
    m_merging.insert(merge.key);
    std::erase(m_doneMerges, merge.key);
    m_pendingMerges.push_back(std::move(merge));
    return m_pendingMerges.size() < changesPerWrite ? Result<void>() : flushMerges();
}

Result<void> TwoWayBase::rebase(BaseChange row)
{
    m_changes = true;
    m_rebased.push_back(std::move(row));
    return m_rebased.size() < changesPerWrite ? Result<void>() : flushRebased();
}

Result<void> TwoWayBase::flushRebased()
{
    const auto turn = this->turn();
    if (!m_rebased.empty())
        TRY(m_s.file.rebase(m_s.pair.checkpointKey.table, m_rebased));
    m_rebased.clear();
    return {};
}

Result<void> TwoWayBase::flushMerges()
{
    TRY(flushRebased()); // which may be of the same rows
    const auto turn = this->turn();
    if (!m_pendingMerges.empty())
        TRY(m_s.file.intend(m_s.pair.checkpointKey.table, m_pendingMerges));
    m_pendingMerges.clear();
    return {};
}

Result<void> TwoWayBase::restart()
{
    m_pending.clear();
    m_rebased.clear();
    m_pendingMerges.clear();
    m_doneMerges.clear();
    m_merging.clear();
    m_changes = !isTrusted();
    const auto turn = this->turn();
    const QString &table = m_s.pair.checkpointKey.table;
    return isTrusted() ? m_s.file.settle(table, settlement(), false) : m_s.file.forget(table);
}

Result<void> TwoWayBase::sealDecisions()
{
    TRY(flushMerges());
    TRY(flush());
    if (!isTrusted() || m_writingNoted)
        return {};
    m_head.writing = m_s.generation;
    m_writingNoted = true;
    const auto turn = this->turn();
    return m_s.file.saveHead(m_s.pair.checkpointKey.table, m_head);
}

Result<void> TwoWayBase::noteStamped()
{
    m_head.sourceGeneration = m_head.targetGeneration = m_s.generation;
    m_head.writing.clear();
    const auto turn = this->turn();
    return isTrusted() ? m_s.file.saveHead(m_s.pair.checkpointKey.table, m_head) : Result<void>();
}

Result<void> TwoWayBase::promise(JobSide side, qint64 epoch, std::span<const BaseChange> changes,
                                 std::span<const BaseFile::Stored> merged)
{
    m_changes = true;
    const auto turn = this->turn();
    const QString &table = m_s.pair.checkpointKey.table;
    return m_s.file.promise(table, {side, m_s.generation, epoch}, changes, merged);
}

Result<void> TwoWayBase::settlePromise(JobSide side, qint64 epoch, bool kept)
{
    const auto turn = this->turn();
    return m_s.file.settle(m_s.pair.checkpointKey.table, {side, m_s.generation, epoch}, kept);
}

Result<void> TwoWayBase::intendWrites(std::span<const BaseIntent> intents)
{
    if (!isTrusted()) // found again, there is no base, and rows are met as such
        return {};
    const auto turn = this->turn();
    return m_s.file.noteIntents(m_s.pair.checkpointKey.table, intents);
}

Result<void> TwoWayBase::dropIntents(JobSide side, std::span<const std::string> keys)
{
    const auto turn = this->turn();
    return m_s.file.dropIntents(m_s.pair.checkpointKey.table, side, keys);
}

Result<std::vector<BaseIntent>> TwoWayBase::openIntents()
{
    if (!isTrusted())
        return std::vector<BaseIntent>();
    const auto turn = this->turn();
    return m_s.file.intents(m_s.pair.checkpointKey.table);
}

Result<void> TwoWayBase::takeAsWritten(std::span<const BaseChange> rows)
{
    m_changes = true;
    const auto turn = this->turn();
    return m_s.file.change(m_s.pair.checkpointKey.table, rows);
}

// Merges that both sides have by now: the base is what each of them stored.
Result<void> TwoWayBase::finishMerges()
{
    const auto turn = this->turn();
    const QString &table = m_s.pair.checkpointKey.table;
    std::vector<BaseChange> changes;
    std::vector<std::string> done;
    TRY(m_s.file.merges(table, [&](BaseMerge &&merge) -> Result<void> {
        if (merge.storedSource.isEmpty() || merge.storedTarget.isEmpty() || !m_merging.contains(merge.key))
            return {};
        RowBatch rows(m_s.pair.layout);
        for (const QByteArray &chain : {merge.storedSource, merge.storedTarget})
            (void)rows.appendChain({chain.constData(), std::size_t(chain.size())});
        if (rows.rowCount() == 2)
            changes.push_back({merge.key, record(rows, 0, rows, 1)});
        done.push_back(std::move(merge.key));
        return {};
    }));
    if (!changes.empty())
        TRY(m_s.file.change(table, changes));
    return done.empty() ? Result<void>() : m_s.file.dropMerges(table, done);
}

Result<void> TwoWayBase::settle()
{
    const auto turn = this->turn();
    const QString &table = m_s.pair.checkpointKey.table;
    if (isTrusted())
        TRY(m_s.file.settle(table, settlement(), true));
    if (!m_doneMerges.empty())
        TRY(m_s.file.dropMerges(table, std::exchange(m_doneMerges, {})));
    return isTrusted() ? Result<void>() : m_s.file.saveHead(table, m_head);
}

Result<void> BaseLedger::intend(const WrittenRows &rows)
{
    std::vector<BaseIntent> intents;
    for (const WrittenRow &row : rows.rows) {
        std::string key = keyOf(rows.handed, row.handed);
        const std::string_view handed = rows.handed.chain(row.handed);
        m_judged.erase(key);
        std::string &known = m_intended[key];
        if (known == handed)
            continue; // written by halves, around one that was refused
        known = handed;
        const std::string_view before = row.before < 0 ? std::string_view() : rows.before.chain(row.before);
        intents.push_back({std::move(key), m_side, QByteArray(handed.data(), qsizetype(handed.size())),
                           QByteArray(before.data(), qsizetype(before.size()))});
    }
    return intents.empty() ? Result<void>() : m_base.intendWrites(intents);
}

void BaseLedger::refused(const RowBatch &rows, int row)
{
    if (std::string key = keyOf(rows, row); m_intended.contains(key))
        m_judged.insert(std::move(key));
}

Result<void> BaseLedger::note(const WrittenRows &rows)
{
    for (const WrittenRow &row : rows.rows) {
        std::string key = keyOf(rows.handed, row.handed);
        if (m_intended.contains(key))
            m_judged.insert(key);
        if (row.after < 0) {
            m_changes.push_back({std::move(key), std::nullopt});
        } else if (m_base.isMerging(key)) {
            const std::string_view chain = rows.after.chain(row.after);
            m_merged.push_back({std::move(key), QByteArray(chain.data(), qsizetype(chain.size()))});
        } else {
            // The other side holds what was handed over; this one what it made of it.
            const bool atTarget = m_side == JobSide::Target;
            m_changes.push_back({std::move(key),
                                 atTarget ? m_base.record(rows.handed, row.handed, rows.after, row.after)
                                          : m_base.record(rows.after, row.after, rows.handed, row.handed)});
        }
    }
    return {};
}

Result<void> BaseLedger::spill(const QByteArray &, qint64 epoch) { return promise(epoch, {}); }

Result<void> BaseLedger::prepare(const QByteArray &, qint64 epoch) { return promise(epoch, m_merged); }

Result<void> BaseLedger::promise(qint64 epoch, std::span<const BaseFile::Stored> merged)
{
    // Epochs grow with each commit: this one tells whether the transaction before, whose answer was lost, was one.
    if (m_doubtful) {
        const qint64 before = *std::exchange(m_doubtful, {});
        TRY(m_base.settlePromise(m_side, before, epoch > before));
    }
    m_epoch = epoch;
    m_promised = true;
    auto done = m_base.promise(m_side, epoch, m_changes, merged);
    m_changes.clear();
    return done;
}

Result<void> BaseLedger::committed()
{
    m_merged.clear();
    m_intended.clear();
    const std::vector<std::string> judged(m_judged.begin(), m_judged.end());
    m_judged.clear();
    if (std::exchange(m_promised, false))
        TRY(m_base.settlePromise(m_side, m_epoch, true));
    return judged.empty() ? Result<void>() : m_base.dropIntents(m_side, judged);
}

void BaseLedger::rolledBack()
{
    m_changes.clear();
    m_intended.clear();
    m_judged.clear();
    if (std::exchange(m_promised, false))
        m_doubtful = m_epoch;
    m_merged.clear();
}

} // namespace tidemark
