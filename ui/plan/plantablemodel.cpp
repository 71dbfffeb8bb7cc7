// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plan/plantablemodel.h"

#include <QBrush>
#include <QGuiApplication>

#include "app/wording/wording.h"
#include "ui/widgets/format.h"
#include "ui/widgets/theme.h"

using namespace Qt::StringLiterals;

namespace tidemark {

void PlanTableModel::setTables(const QList<PlanTable> &tables)
{
    beginResetModel();
    m_tables = tables;
    endResetModel();
}

WriteCounts PlanTableModel::included() const
{
    WriteCounts sum;
    for (const PlanTable &table : m_tables) {
        if (!table.included)
            continue;
        sum.inserts += table.report.toTarget.inserts;
        sum.updates += table.report.toTarget.updates;
        sum.deletes += table.report.toTarget.deletes;
    }
    return sum;
}

void PlanTableModel::retranslate()
{
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
    if (!m_tables.isEmpty())
        Q_EMIT dataChanged(index(0, 0), index(static_cast<int>(m_tables.size()) - 1, ColumnCount - 1));
}

int PlanTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_tables.size());
}

int PlanTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(ColumnCount);
}

static QString countText(qint64 count) { return count == 0 ? u"0"_s : format::count(count); }

QVariant PlanTableModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const PlanTable &table = m_tables.at(index.row());
    const TableReport &report = table.report;
    const qint64 counts[] = {0, report.toTarget.inserts, report.toTarget.updates, report.toTarget.deletes, 0};
    const bool isCount = index.column() >= Inserts && index.column() <= Deletes;
    if (role == Qt::DisplayRole) {
        if (index.column() == Name) {
            const QString title =
                report.source == report.target ? report.source : report.source + u" → "_s + report.target;
            return report.error ? QString(title + u"  !  "_s + wording::message(*report.error).what) : title;
        }
        if (index.column() == Equal)
            return report.identical ? countText(*report.identical) : tr("not read");
        return countText(counts[index.column()]);
    }
    if (role == Qt::CheckStateRole && index.column() == Name && report.toTarget.total() > 0)
        return table.included ? Qt::Checked : Qt::Unchecked;
    if (role == Qt::TextAlignmentRole && index.column() != Name)
        return QVariant::fromValue(Qt::Alignment(Qt::AlignRight | Qt::AlignVCenter));
    if (role == Qt::ForegroundRole) {
        const QPalette palette = QGuiApplication::palette();
        if (index.column() == Name)
            return report.error ? QBrush(theme::color(theme::Token::Remove, palette)) : QVariant();
        if (isCount && counts[index.column()] > 0) {
            constexpr theme::Token tokens[] = {theme::Token::Text, theme::Token::Insert, theme::Token::Update,
                                               theme::Token::Remove};
            return QBrush(theme::color(tokens[index.column()], palette));
        }
        return QBrush(theme::color(theme::Token::Muted, palette));
    }
    if (role == Qt::ToolTipRole && report.error)
        return wording::oneLine(*report.error);
    return {};
}

bool PlanTableModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (!index.isValid() || role != Qt::CheckStateRole || index.column() != Name)
        return false;
    PlanTable &table = m_tables[index.row()];
    table.included = value.toInt() == Qt::Checked;
    Q_EMIT dataChanged(index, index);
    Q_EMIT inclusionChanged(index.row(), table.included);
    return true;
}

Qt::ItemFlags PlanTableModel::flags(const QModelIndex &index) const
{
    Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    if (index.isValid() && index.column() == Name && m_tables.at(index.row()).report.toTarget.total() > 0)
        flags |= Qt::ItemIsUserCheckable;
    return flags;
}

QVariant PlanTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(
            Qt::Alignment((section == Name ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter));
    const bool tip = role == Qt::ToolTipRole;
    if (role != Qt::DisplayRole && !tip)
        return {};
    switch (section) {
    case Name:
        return tr("Table");
    case Inserts:
        return tip ? tr("Rows to insert") : u"+"_s;
    case Updates:
        return tip ? tr("Rows to update") : u"~"_s;
    case Deletes:
        return tip ? tr("Rows to delete") : u"−"_s;
    case Equal:
        return tip ? tr("Rows that are equal") : u"="_s;
    default:
        return {};
    }
}

} // namespace tidemark
