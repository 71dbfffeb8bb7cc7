// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tray/noticebook.h"

#include <algorithm>

#include "ui/widgets/reportcounts.h"

using namespace Qt::StringLiterals;

namespace tidemark {

bool NoticeBook::isTold(const QString &key, Need need, qint64 count, bool wasAsked)
{
    if (need == Need::None) {
        m_told.remove(key);
        return wasAsked;
    }
    const auto before = m_told.constFind(key);
    const bool isNew = before == m_told.constEnd() || before->need != need || count > before->count;
    m_told[key] = {need, count};
    return isNew || wasAsked;
}

static qint64 attentionOf(const RunReport &report, Attention::Kind kind)
{
    qint64 count = 0;
    for (const Attention &one : report.attention) {
        if (one.kind == kind)
            count += one.count;
    }
    return count;
}

NoticeBook::Need NoticeBook::needOf(const RunReport &report)
{
    switch (report.state) {
    case RunState::Failed:
        return Need::Failure;
    case RunState::NeedsAttention:
        break;
    case RunState::Completed:
    case RunState::Cancelled:
    case RunState::Busy:
    case RunState::Planned:
        return Need::None;
    }
    if (counts::conflicts(report) > 0 || attentionOf(report, Attention::Kind::Conflicts) > 0)
        return Need::Conflicts;
    if (attentionOf(report, Attention::Kind::Deletes) > 0)
        return Need::Deletes;
    return Need::SetAside;
}

qint64 NoticeBook::countOf(const RunReport &report, Need need)
{
    switch (need) {
    case Need::Conflicts:
        return std::max(counts::conflicts(report), attentionOf(report, Attention::Kind::Conflicts));
    case Need::Deletes:
        return attentionOf(report, Attention::Kind::Deletes);
    case Need::SetAside:
        return attentionOf(report, Attention::Kind::Quarantine);
    case Need::None:
    case Need::Review:
    case Need::Alarm:
    case Need::Failure:
        break;
    }
    return 0;
}

} // namespace tidemark
