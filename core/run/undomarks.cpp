// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/undomarks.h"

#include "core/data/orderedkey.h"

namespace tidemark {

Result<void> UndoneMarks::note(const WrittenRows &rows)
{
    if (m_areEdits || !m_base.isTrusted())
        return {};
    for (const WrittenRow &row : rows.rows) {
        std::string key;
        appendOrderedKey(rows.handed, row.handed, key);
        m_changes.push_back({std::move(key), BaseRecord{}});
    }
    return {};
}

Result<void> UndoneMarks::prepare(const QByteArray &, qint64 epoch)
{
    // Epochs grow with each commit: this one tells whether the transaction before, whose answer was lost, was one.
    if (m_doubtful) {
        const qint64 before = *std::exchange(m_doubtful, {});
        TRY(m_base.settlePromise(m_side, before, epoch > before));
    }
    if (m_changes.empty())
        return {};
    m_epoch = epoch;
    m_promised = true;
    const auto changes = std::exchange(m_changes, {});
    return m_base.promise(m_side, epoch, changes, {});
}

Result<void> UndoneMarks::committed()
{
    return std::exchange(m_promised, false) ? m_base.settlePromise(m_side, m_epoch, true) : Result<void>();
}

void UndoneMarks::rolledBack()
{
    m_changes.clear();
    if (std::exchange(m_promised, false))
        m_doubtful = m_epoch;
}

Result<void> UndoneMarks::stopMerges(BaseFile &file, const QString &table, const std::set<std::string> &keys)
{
    std::vector<BaseChange> changes;
    changes.reserve(keys.size());
    for (const std::string &key : keys)
        changes.push_back({key, BaseRecord{}});
    if (changes.empty())
        return {};
    TRY(file.change(table, changes)); // in this order: a merge that is still known is finished, not computed anew
    return file.dropMerges(table, std::vector<std::string>(keys.begin(), keys.end()));
}

} // namespace tidemark
