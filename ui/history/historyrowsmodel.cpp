// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/history/historyrowsmodel.h"

#include <algorithm>
#include <limits>

#include "app/wording/wording.h"
#include "ui/history/historytext.h"
#include "ui/jobs/engine.h"
#include "ui/widgets/background.h"
#include "ui/widgets/format.h"
#include "ui/widgets/signs.h"

using namespace Qt::StringLiterals;

namespace tidemark {

static constexpr int pageRows = 200;
static constexpr qsizetype pagesKept = 50;

HistoryRowsModel::HistoryRowsModel(std::shared_ptr<Desk> desk, QObject *parent)
    : QAbstractTableModel(parent), m_desk(std::move(desk))
{ }

void HistoryRowsModel::showTable(const QString &run, const KeptRun::Table &table)
{
    beginResetModel();
    m_run = run;
    m_table = table.number;
    m_count = static_cast<int>(std::min<qint64>(table.rows, std::numeric_limits<int>::max()));
    m_history = false;
    ++m_number;
    m_pages.clear();
    m_asked.clear();
    m_failure.clear();
    endResetModel();
}

void HistoryRowsModel::showHistory(const QList<RowChange> &changes)
{
    beginResetModel();
    m_run.clear();
    m_count = static_cast<int>(changes.size());
    m_history = true;
    ++m_number;
    m_pages.clear();
    m_asked.clear();
    m_failure.clear();
    for (int page = 0; page * pageRows < m_count; ++page) {
        m_pages.insert(page, changes.mid(qsizetype{page} * pageRows, pageRows));
        m_asked.insert(page);
    }
    endResetModel();
}

void HistoryRowsModel::clear() { showHistory({}); }

const RowChange *HistoryRowsModel::change(int row) const
{
    if (row < 0 || row >= m_count)
        return nullptr;
    const auto page = m_pages.constFind(row / pageRows);
    if (page == m_pages.constEnd()) {
        request(row / pageRows);
        return nullptr;
    }
    return row % pageRows < page->size() ? &page->at(row % pageRows) : nullptr;
}

QList<RowChange> HistoryRowsModel::readFrom(int row, int most) const
{
    QList<RowChange> changes;
    for (; row < m_count && changes.size() < most; ++row) {
        const auto page = m_pages.constFind(row / pageRows);
        if (page == m_pages.constEnd() || row % pageRows >= page->size())
            break;
        changes << page->at(row % pageRows);
    }
    return changes;
}

void HistoryRowsModel::request(int page) const
{
    if (m_asked.contains(page))
        return;
    m_asked.insert(page);
    auto *self = const_cast<HistoryRowsModel *>(this); // what arrives later changes the model
    inBackground(
        self,
        [desk = m_desk, run = m_run, table = m_table, page] {
            return keptRows(desk->journal(), run, table, qint64{page} * pageRows, pageRows);
        },
        [self, number = m_number, page](const tidemark::Result<Page> &rows) { self->arrive(number, page, rows); });
}

void HistoryRowsModel::arrive(int number, int page, const tidemark::Result<Page> &rows)
{
    if (number != m_number)
        return;
    if (m_pages.size() >= pagesKept) {
        m_pages.clear();
        m_asked = {page};
    }
    m_failure = rows ? QString() : wording::oneLine(rows.error());
    m_pages.insert(page, rows ? *rows : Page());
    const int first = page * pageRows;
    Q_EMIT dataChanged(index(first, 0), index(std::min(first + pageRows, m_count) - 1, ColumnCount - 1));
    Q_EMIT pageArrived();
}

int HistoryRowsModel::rowCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : m_count; }

int HistoryRowsModel::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : int{ColumnCount}; }

QVariant HistoryRowsModel::shown(const RowChange &change, int column) const
{
    switch (column) {
    case What: {
        const QString what = change.filledTable               ? tr("Filled")
            : change.entry.decision == Decision::InsertTarget ? tr("Inserted")
            : change.entry.decision == Decision::UpdateTarget ? tr("Updated")
                                                              : tr("Deleted");
        return change.written == JobSide::Source ? tr("%1 at the source", "Updated at the source").arg(what) : what;
    }
    case Run:
        return HistoryText::started(change.startedUs);
    case Key:
        return HistoryText::keyText(change);
    case Rule: {
        QString rule = HistoryText::rule(change);
        if (change.entry.inDoubt)
            rule += (rule.isEmpty() ? QString() : u" · "_s) + tr("cut off: an undo finds out whether it was written");
        if (m_history && !change.undoneBy.isEmpty())
            rule += (rule.isEmpty() ? QString() : u" · "_s) + tr("undone since");
        return rule;
    }
    case Change:
        return HistoryText::summary(change, 3);
    default:
        return {};
    }
}

QVariant HistoryRowsModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= m_count)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant(Qt::AlignLeft | Qt::AlignVCenter);
    const RowChange *change = this->change(index.row());
    if (!change)
        return role == Qt::DisplayRole && index.column() == Change ? QVariant(m_failure) : QVariant();
    switch (role) {
    case Qt::DisplayRole:
        return shown(*change, index.column());
    case Qt::ToolTipRole:
        return format::toolTip(shown(*change, index.column()).toString());
    case Qt::DecorationRole:
        return index.column() == What && !change->filledTable
            ? QVariant(signs::icon(signs::nameOf(change->entry.decision), signs::tokenOf(change->entry.decision)))
            : QVariant();
    default:
        return {};
    }
}

QVariant HistoryRowsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant(Qt::AlignLeft | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    const QString names[] = {tr("What"), tr("Run"), tr("Key"), tr("Why"), tr("Old → new")};
    return names[section];
}

} // namespace tidemark
