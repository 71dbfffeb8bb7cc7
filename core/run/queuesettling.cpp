// SPDX-License-Identifier: GPL-3.0-or-later
// What becomes of a round's messages once its run has ended.
#include "core/run/queueround.h"

#include <algorithm>

#include "core/apply/checkpointtable.h"
#include "core/run/queuewords.h"

namespace tidemark {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 asideAtOnce = 2000;

// The keys that this run left unwritten, by their comparison bytes, with the reason; no reason: it stays in the queue.
Result<std::unordered_map<std::string, Error>> failedKeys(Journal &journal, const QString &jobId, const QString &table,
                                                          const QString &run,
                                                          const std::shared_ptr<const RowLayout> &layout,
                                                          QList<QByteArray> &seen)
{
    std::unordered_map<std::string, Error> failed;
    std::unordered_map<std::string, Error> reasons;
    for (qint64 offset = 0;; offset += asideAtOnce) {
        TRY_ASSIGN(const QList<SetAsideRow> rows, journal.asideRows(jobId, table, offset, asideAtOnce));
        for (const SetAsideRow &row : rows)
            reasons.insert_or_assign(row.key.toStdString(), row.error);
        if (rows.size() < asideAtOnce)
            break;
    }
    TRY_ASSIGN(const QList<RetryKey> retries, journal.retries(jobId, table));
    std::string scratch;
    for (const RetryKey &retry : retries) {
        seen += retry.key;
        if (retry.run != run)
            continue; // of an earlier one: its message came again, or lies in quarantine
        RowBatch key(layout);
        if (!key.appendChain({retry.key.constData(), std::size_t(retry.key.size())}))
            continue;
        Error why{ErrorCode::Cancelled, {}, {}}; // stays
        if (retry.reason == RetryReason::SetAside) {
            const auto reason = reasons.find(retry.key.toStdString());
            why = reason != reasons.end() ? reason->second : Error{ErrorCode::ValueNotKept, {}, {}};
        }
        failed.insert_or_assign(std::string(key.key(0, scratch)), why);
    }
    return failed;
}

TableReport *reportOf(const StagedTable &table, RunReport &report)
{
    const auto isOurs = [&table](const TableReport &one) { return one.source == table.name.display(); };
    const auto found = std::find_if(report.tables.begin(), report.tables.end(), isOurs);
    return found == report.tables.end() ? nullptr : &*found;
}

} // namespace

Result<void> QueueRound::quarantine(const QueueMessage &message, const Error &why)
{
    return queue().quarantine(message, codeName(why.code), factsText(why));
}

// Of keys that were equal already, nothing was written with which their order could have been kept.
Result<void> QueueRound::rememberOrders(StagedTable &table, const std::unordered_map<std::string, Error> &failed)
{
    std::vector<KeyVersion *> left;
    for (const auto &[key, number] : table.keyNumbers) {
        for (int i = table.keys[static_cast<std::size_t>(number)].version; i >= 0;) {
            StagedVersion &version = table.versions[static_cast<std::size_t>(i)];
            if (version.isNews() && !version.isStored && !failed.contains(std::string(key)))
                left.push_back(&version);
            i = version.next;
        }
    }
    if (left.empty() || !keepsVersions())
        return {};
    TRY_ASSIGN(const auto target, m_connector.open(m_job.target, OpenOptions{true, &m_cancellation}));
    TRY(target->beginWrite());
    TRY(m_versions.store(*target, std::move(left), false));
    return target->commit();
}

Result<void> QueueRound::settleTable(StagedTable &table, const QString &run, Journal &journal, RunReport &report,
                                     std::vector<std::string_view> &done)
{
    TableReport *const row = reportOf(table, report);
    // Of "all tables" one that the target has not.
    if (row == nullptr && m_job.allTables && table.error && table.error->code == ErrorCode::NoSuchTable) {
        for (const StagedChange &change : table.changes)
            TRY(quarantine(change.message, *table.error));
        report.attention += {Attention::Kind::Quarantine, table.name.display(), qint64(table.changes.size())};
        return {};
    }
    if (row == nullptr || row->error || table.error)
        return {};
    const QString name = checkpointTable(row->source, table.target);
    std::unordered_map<std::string, Error> failed;
    QList<QByteArray> seen;
    if (table.keyLayout) {
        TRY_ASSIGN(failed, failedKeys(journal, m_job.id, name, run, table.keyLayout, seen));
    }
    qint64 moved = 0;
    for (const StagedChange &change : table.changes) {
        const auto found = change.isStale ? failed.end() : failed.find(std::string(change.key));
        if (!change.fault && found == failed.end()) {
            done.push_back(change.message.id);
        } else if (change.fault || found->second.code != ErrorCode::Cancelled) {
            TRY(quarantine(change.message, change.fault ? *change.fault : found->second));
            moved += change.fault ? 1 : 0; // the others the run has counted itself
        }
    }
    // The queue knows of them by now; what stays in it is read again from there.
    TRY(journal.removeRetries(m_job.id, name, seen));
    TRY(journal.clearAside(m_job.id, name, seen));
    row->quarantined += moved;
    if (moved > 0)
        report.attention += {Attention::Kind::Quarantine, row->source, moved};
    return {};
}

Result<void> QueueRound::settle(const QString &run, Journal &journal, RunReport &report)
{
    // Before anything leaves the queue: this may find that the round has to be looked at again.
    for (auto &[name, table] : m_now->tables) {
        const TableReport *const row = reportOf(table, report);
        if (row == nullptr || row->error || table.error || !table.keyLayout)
            continue;
        QList<QByteArray> seen;
        TRY_ASSIGN(
            const auto failed,
            failedKeys(journal, m_job.id, checkpointTable(row->source, table.target), run, table.keyLayout, seen));
        TRY(rememberOrders(table, failed));
    }
    std::vector<std::string_view> done = m_now->idle;
    for (auto &[name, table] : m_now->tables)
        TRY(settleTable(table, run, journal, report, done));
    if (!done.empty())
        TRY(queue().acknowledge(done));
    for (const auto &[message, why] : m_now->poison)
        TRY(quarantine(message, why));
    if (!m_now->poison.empty())
        report.attention +=
            {Attention::Kind::Quarantine, m_job.source.label(), static_cast<qint64>(m_now->poison.size())};
    if (!report.attention.isEmpty() && report.state == RunState::Completed)
        report.state = RunState::NeedsAttention;
    (void)queue().trim();
    m_now = std::make_unique<QueueStaging>(m_job);
    return {};
}

} // namespace tidemark
