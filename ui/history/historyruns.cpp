// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/history/historyruns.h"

#include <algorithm>

#include "app/wording/wording.h"
#include "ui/history/historytext.h"
#include "ui/widgets/reportcounts.h"
#include "ui/widgets/signs.h"

using namespace Qt::StringLiterals;

namespace tidemark {

static qint64 asideOf(const RunReport &run)
{
    qint64 sum = 0;
    for (const TableReport &table : run.tables)
        sum += table.quarantined;
    return sum;
}

// Newer runs before those that stand, older ones after them: what is selected and scrolled to stays.
void HistoryRunsModel::setRuns(const QList<RunReport> &runs)
{
    const auto same = [](const RunReport &a, const RunReport &b) { return a.run == b.run && a.state == b.state; };
    const auto first = m_runs.isEmpty()
        ? runs.end()
        : std::find_if(runs.begin(), runs.end(), [&](const RunReport &run) { return same(run, m_runs.first()); });
    const qsizetype newer = first - runs.begin();
    const qsizetype older = runs.size() - newer - m_runs.size();
    if (first == runs.end() || older < 0 || !std::equal(m_runs.begin(), m_runs.end(), first, same)) {
        beginResetModel();
        m_runs = runs;
        endResetModel();
        return;
    }
    if (newer > 0) {
        beginInsertRows({}, 0, static_cast<int>(newer) - 1);
        m_runs = runs.mid(0, newer) + m_runs;
        endInsertRows();
    }
    if (older > 0) {
        beginInsertRows({}, static_cast<int>(m_runs.size()), static_cast<int>(runs.size()) - 1);
        m_runs = runs;
        endInsertRows();
    }
}

const RunReport *HistoryRunsModel::run(int row) const
{
    return row >= 0 && row < m_runs.size() ? &m_runs.at(row) : nullptr;
}

int HistoryRunsModel::rowOf(const QString &run) const
{
    for (int row = 0; row < m_runs.size(); ++row) {
        if (m_runs.at(row).run == run)
            return row;
    }
    return -1;
}

void HistoryRunsModel::retranslate()
{
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
    if (!m_runs.isEmpty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

int HistoryRunsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_runs.size());
}

int HistoryRunsModel::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : int{ColumnCount}; }

QString HistoryRunsModel::text(const RunReport &run, int column) const
{
    const auto number = [](qint64 count) { return count > 0 ? format::count(count) : QString(); };
    switch (column) {
    case Started:
        return HistoryText::started(run.startedUs);
    case Job:
        return wording::safeText(run.job);
    case Result:
        return HistoryText::result(run);
    case Written:
        return number(counts::rows(run));
    case Conflicts:
        return number(counts::conflicts(run));
    case Aside:
        return number(asideOf(run));
    case Duration:
        return run.finishedUs > run.startedUs ? ReportText::duration(run.finishedUs - run.startedUs) : QString();
    default:
        return {};
    }
}

QVariant HistoryRunsModel::data(const QModelIndex &index, int role) const
{
    const RunReport *run = index.isValid() ? this->run(index.row()) : nullptr;
    if (!run)
        return {};
    const bool isNumber = HistoryRunsModel::isNumber(index.column());
    switch (role) {
    case Qt::DisplayRole:
        return text(*run, index.column());
    case Qt::TextAlignmentRole:
        return QVariant((isNumber ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    case Qt::DecorationRole: {
        if (index.column() != Started)
            return {};
        const ReportText::Tone tone = ReportText::toneOf(*run);
        return signs::icon(HistoryText::sign(*run),
                           tone == ReportText::Tone::Good            ? theme::Token::Insert
                               : tone == ReportText::Tone::Attention ? theme::Token::Warning
                                                                     : theme::Token::Remove);
    }
    case Qt::ToolTipRole:
        return format::toolTip(HistoryText::signWords(*run) + u" · "_s + HistoryText::result(*run));
    case Qt::AccessibleTextRole:
        return index.column() == Started ? QVariant(HistoryText::signWords(*run) + u", "_s + text(*run, index.column()))
                                         : QVariant(text(*run, index.column()));
    default:
        return {};
    }
}

QVariant HistoryRunsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant((isNumber(section) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    const QString names[] = {tr("Started"),   tr("Job"),       tr("Written"), tr("Duration"),
                             tr("Conflicts"), tr("Set aside"), tr("Result")};
    return names[section];
}

void HistoryRunsFilter::setFilter(const QString &jobId, State state, const QString &text)
{
    m_jobId = jobId;
    m_state = state;
    m_text = text;
    invalidateFilter();
}

bool HistoryRunsFilter::filterAcceptsRow(int row, const QModelIndex &) const
{
    const auto *model = qobject_cast<const HistoryRunsModel *>(sourceModel());
    const RunReport *run = model ? model->run(row) : nullptr;
    if (!run || (!m_jobId.isEmpty() && run->jobId != m_jobId))
        return false;
    const ReportText::Tone tone = ReportText::toneOf(*run);
    const bool fits = m_state == State::All || (m_state == State::Done && tone == ReportText::Tone::Good)
        || (m_state == State::NeedsYou && tone == ReportText::Tone::Attention)
        || (m_state == State::Failed && tone == ReportText::Tone::Problem)
        || (m_state == State::Undos && !run->undoes.isEmpty());
    if (!fits || m_text.isEmpty())
        return fits;
    const auto has = [&](const QString &text) { return text.contains(m_text, Qt::CaseInsensitive); };
    if (has(run->job) || has(run->run) || has(HistoryText::started(run->startedUs)) || has(HistoryText::result(*run)))
        return true;
    for (const TableReport &table : run->tables) {
        if (has(table.source) || has(table.target) || (table.error && has(wording::message(*table.error).what)))
            return true;
    }
    return false;
}

} // namespace tidemark
