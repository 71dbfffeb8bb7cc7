// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plan/plantablemodel.h"

#include <QBrush>
#include <QGuiApplication>

#include "app/wording/wording.h"
#include "ui/plan/celltext.h"
#include "ui/widgets/format.h"
#include "ui/widgets/theme.h"

using namespace Qt::StringLiterals;

namespace tidemark {

void PlanTableModel::setTables(const QList<PlanTable> &tables, const QList<WriteCounts> &taken)
{
    beginResetModel();
    m_tables = tables;
    m_taken = taken;
    for (qsizetype i = m_taken.size(); i < m_tables.size(); ++i)
        m_taken << m_tables.at(i).report.toTarget;
    endResetModel();
}

void PlanTableModel::setStates(const QList<PlanTableState> &states)
{
    for (const PlanTableState &state : states) {
        if (state.table < 0 || state.table >= m_tables.size())
            continue;
        m_tables[state.table].included = state.included;
        m_taken[state.table] = state.taken;
    }
    if (!m_tables.isEmpty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

WriteCounts PlanTableModel::taken(int table) const { return m_taken.value(table); }

WriteCounts PlanTableModel::chosen(int table) const
{
    return m_tables.value(table).included ? m_taken.value(table) : WriteCounts{};
}

WriteCounts PlanTableModel::chosen() const
{
    WriteCounts sum;
    for (int table = 0; table < m_tables.size(); ++table) {
        const WriteCounts counts = chosen(table);
        sum.inserts += counts.inserts;
        sum.updates += counts.updates;
        sum.deletes += counts.deletes;
    }
    return sum;
}

qint64 PlanTableModel::skipped() const
{
    qint64 rows = 0;
    for (int table = 0; table < m_tables.size(); ++table)
        rows += m_tables.at(table).report.toTarget.total() - chosen(table).total();
    return rows;
}

Qt::CheckState PlanTableModel::state(int table) const
{
    const qint64 rows = chosen(table).total();
    if (rows == 0)
        return Qt::Unchecked;
    return rows == m_tables.at(table).report.toTarget.total() ? Qt::Checked : Qt::PartiallyChecked;
}

void PlanTableModel::retranslate()
{
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
    if (!m_tables.isEmpty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

int PlanTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_tables.size());
}

int PlanTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(ColumnCount);
}

QString PlanTableModel::nameText(const TableReport &report) const
{
    const QString source = celltext::name(report.source);
    const QString title =
        report.source == report.target ? source : QString(source + u" → "_s + celltext::name(report.target));
    return report.error ? QString(title + u"  !  "_s + wording::message(*report.error).what) : title;
}

qint64 PlanTableModel::countAt(const QModelIndex &index) const
{
    const WriteCounts &counts = m_tables.at(index.row()).report.toTarget;
    switch (index.column()) {
    case Inserts:
        return counts.inserts;
    case Updates:
        return counts.updates;
    case Deletes:
        return counts.deletes;
    case Skipped:
        return counts.total() - chosen(index.row()).total();
    default:
        return 0;
    }
}

QVariant PlanTableModel::color(const QModelIndex &index) const
{
    const QPalette palette = QGuiApplication::palette();
    if (index.column() == Name)
        return m_tables.at(index.row()).report.error ? QBrush(theme::color(theme::Token::Remove, palette)) : QVariant();
    if (index.column() < Equal && countAt(index) > 0) {
        constexpr theme::Token tokens[] = {theme::Token::Text, theme::Token::Insert, theme::Token::Update,
                                           theme::Token::Remove, theme::Token::Text};
        return QBrush(theme::color(tokens[index.column()], palette));
    }
    return QBrush(theme::color(theme::Token::Muted, palette));
}

QVariant PlanTableModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const TableReport &report = m_tables.at(index.row()).report;
    switch (role) {
    case Qt::DisplayRole:
        if (index.column() == Name)
            return nameText(report);
        // A table that failed was not read to its end: nothing is said of equal rows.
        if (index.column() == Equal)
            return report.identical && !report.error ? format::count(*report.identical) : tr("not read");
        return format::count(countAt(index));
    case Qt::CheckStateRole:
        return index.column() == Name && report.toTarget.total() > 0 ? QVariant(state(index.row())) : QVariant();
    case Qt::TextAlignmentRole:
        return index.column() == Name ? QVariant()
                                      : QVariant::fromValue(Qt::Alignment(Qt::AlignRight | Qt::AlignVCenter));
    case Qt::ForegroundRole:
        return color(index);
    case Qt::ToolTipRole:
        if (report.error)
            return format::toolTip(wording::oneLine(*report.error));
        return index.column() == Name ? format::toolTip(nameText(report)) : QVariant();
    default:
        return {};
    }
}

bool PlanTableModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (!index.isValid() || role != Qt::CheckStateRole || index.column() != Name)
        return false;
    // A table that is ticked in part is ticked wholly first.
    const bool wanted = state(index.row()) == Qt::PartiallyChecked || value.toInt() == Qt::Checked;
    Q_EMIT tickWished(index.row(), wanted);
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
    case Skipped:
        return tip ? tr("Rows that are skipped") : u"○"_s;
    case Equal:
        return tip ? tr("Rows that are equal") : u"="_s;
    default:
        return {};
    }
}

} // namespace tidemark
