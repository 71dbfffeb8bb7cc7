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

static constexpr int twoWayColumns[] = {PlanTableModel::Name,          PlanTableModel::Inserts,
                                        PlanTableModel::Updates,       PlanTableModel::Deletes,
                                        PlanTableModel::SourceInserts, PlanTableModel::SourceUpdates,
                                        PlanTableModel::SourceDeletes, PlanTableModel::Conflicts,
                                        PlanTableModel::Skipped,       PlanTableModel::Equal};

static qint64 planned(const PlanTable &table) { return PlanCounts::planned(table.report).total(); }

int PlanTableModel::columnAt(int section) const { return isTwoWay() ? twoWayColumns[section] : section; }

void PlanTableModel::setTwoWay(const QString &source, const QString &target)
{
    beginResetModel();
    m_sides = {source, target};
    endResetModel();
}

void PlanTableModel::setTables(const QList<PlanTable> &tables, const QList<PlanCounts> &taken)
{
    beginResetModel();
    m_tables = tables;
    m_taken = taken;
    for (qsizetype i = m_taken.size(); i < m_tables.size(); ++i)
        m_taken << PlanCounts::planned(m_tables.at(i).report);
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
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

PlanCounts PlanTableModel::taken(int table) const { return m_taken.value(table); }

PlanCounts PlanTableModel::chosen(int table) const
{
    return m_tables.value(table).included ? m_taken.value(table) : PlanCounts{};
}

PlanCounts PlanTableModel::chosen() const
{
    PlanCounts sum;
    for (int table = 0; table < m_tables.size(); ++table)
        sum = sum + chosen(table);
    return sum;
}

qint64 PlanTableModel::skipped() const
{
    qint64 rows = 0;
    for (int table = 0; table < m_tables.size(); ++table)
        rows += planned(m_tables.at(table)) - chosen(table).total();
    return rows;
}

Qt::CheckState PlanTableModel::state(int table) const
{
    const qint64 rows = chosen(table).total();
    if (rows == 0)
        return Qt::Unchecked;
    return rows == planned(m_tables.at(table)) ? Qt::Checked : Qt::PartiallyChecked;
}

void PlanTableModel::retranslate()
{
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
    if (!m_tables.isEmpty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

int PlanTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_tables.size());
}

int PlanTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : isTwoWay() ? static_cast<int>(std::size(twoWayColumns)) : int{ColumnCount};
}

QString PlanTableModel::nameText(const TableReport &report) const
{
    const QString source = celltext::name(report.source);
    const QString title =
        report.source == report.target ? source : format::sides(source, celltext::name(report.target), isTwoWay());
    return report.error ? QString(title + u"  !  "_s + wording::message(*report.error).what) : title;
}

qint64 PlanTableModel::countAt(const QModelIndex &index) const
{
    const TableReport &report = m_tables.at(index.row()).report;
    switch (columnAt(index.column())) {
    case Inserts:
        return report.toTarget.inserts;
    case Updates:
        return report.toTarget.updates;
    case Deletes:
        return report.toTarget.deletes;
    case SourceInserts:
        return report.toSource.inserts;
    case SourceUpdates:
        return report.toSource.updates;
    case SourceDeletes:
        return report.toSource.deletes;
    case Conflicts:
        return report.conflicts;
    case Skipped:
        return planned(m_tables.at(index.row())) - chosen(index.row()).total();
    default:
        return 0;
    }
}

QVariant PlanTableModel::color(const QModelIndex &index) const
{
    const QPalette palette = QGuiApplication::palette();
    if (index.column() == Name)
        return m_tables.at(index.row()).report.error ? QBrush(theme::color(theme::Token::Remove, palette)) : QVariant();
    const int column = columnAt(index.column());
    if (column != Equal && countAt(index) > 0) {
        constexpr theme::Token tokens[] = {theme::Token::Text,    theme::Token::Insert, theme::Token::Update,
                                           theme::Token::Remove,  theme::Token::Text,   theme::Token::Text,
                                           theme::Token::Insert,  theme::Token::Update, theme::Token::Remove,
                                           theme::Token::Conflict};
        return QBrush(theme::color(tokens[column], palette));
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
        if (columnAt(index.column()) == Equal)
            return report.identical && !report.error ? format::count(*report.identical) : tr("not read");
        return format::count(countAt(index));
    case Qt::CheckStateRole:
        return index.column() == Name && planned(m_tables.at(index.row())) > 0 ? QVariant(state(index.row()))
                                                                               : QVariant();
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
    if (index.isValid() && index.column() == Name && planned(m_tables.at(index.row())) > 0)
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
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
        return {};
    return role == Qt::ToolTipRole ? columnTip(columnAt(section)) : columnName(columnAt(section));
}

QString PlanTableModel::columnName(int column) const
{
    const QString towards = isTwoWay() ? u"→ "_s : QString();
    switch (column) {
    case Inserts:
        return QString(towards + u'+');
    case Updates:
        return QString(towards + u'~');
    case Deletes:
        return QString(towards + u'−');
    case SourceInserts:
        return u"← +"_s;
    case SourceUpdates:
        return u"← ~"_s;
    case SourceDeletes:
        return u"← −"_s;
    case Conflicts:
        return u"!"_s;
    case Skipped:
        return u"○"_s;
    case Equal:
        return u"="_s;
    default:
        return tr("Table");
    }
}

QString PlanTableModel::columnTip(int column) const
{
    const QString source = m_sides.value(0);
    const QString target = m_sides.value(1);
    switch (column) {
    case Inserts:
        return isTwoWay() ? tr("Rows to insert into %1").arg(target) : tr("Rows to insert");
    case Updates:
        return isTwoWay() ? tr("Rows to update in %1, merged ones among them").arg(target) : tr("Rows to update");
    case Deletes:
        return isTwoWay() ? tr("Rows to delete from %1").arg(target) : tr("Rows to delete");
    case SourceInserts:
        return tr("Rows to insert into %1").arg(source);
    case SourceUpdates:
        return tr("Rows to update in %1, merged ones among them").arg(source);
    case SourceDeletes:
        return tr("Rows to delete from %1").arg(source);
    case Conflicts:
        return tr("Conflicts: not written, to be answered");
    case Skipped:
        return tr("Rows that are skipped");
    case Equal:
        return tr("Rows that are equal");
    default:
        return tr("Table");
    }
}

} // namespace tidemark
