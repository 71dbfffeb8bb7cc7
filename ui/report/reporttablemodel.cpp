// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/report/reporttablemodel.h"

#include <algorithm>

#include "app/wording/wording.h"
#include "ui/widgets/format.h"
#include "ui/widgets/signs.h"

using namespace Qt::StringLiterals;

namespace tidemark {

static int rankOf(const TableReport &table)
{
    if (table.error)
        return 0;
    return table.conflicts > 0 || table.quarantined > 0 || table.changedSincePlan > 0 || table.withheldDeletes > 0 ? 1
                                                                                                                   : 2;
}

static constexpr int twoWayColumns[] = {
    ReportTableModel::Name,          ReportTableModel::Inserts,       ReportTableModel::Updates,
    ReportTableModel::Deletes,       ReportTableModel::SourceInserts, ReportTableModel::SourceUpdates,
    ReportTableModel::SourceDeletes, ReportTableModel::Conflicts,     ReportTableModel::Equal,
    ReportTableModel::Aside,         ReportTableModel::Changed,       ReportTableModel::Withheld,
    ReportTableModel::Seconds};

int ReportTableModel::columnAt(int section) const { return m_twoWay ? twoWayColumns[section] : section; }

void ReportTableModel::setReport(const RunReport &report, bool twoWay)
{
    beginResetModel();
    m_twoWay = twoWay;
    m_tables = report.tables;
    std::stable_sort(m_tables.begin(), m_tables.end(),
                     [](const TableReport &a, const TableReport &b) { return rankOf(a) < rankOf(b); });
    endResetModel();
}

const TableReport *ReportTableModel::table(int row) const
{
    return row >= 0 && row < m_tables.size() ? &m_tables.at(row) : nullptr;
}

bool ReportTableModel::isSpare(int section) const
{
    const int column = columnAt(section);
    return std::all_of(m_tables.begin(), m_tables.end(), [column](const TableReport &table) {
        return (column == Aside && table.quarantined == 0) || (column == Changed && table.changedSincePlan == 0)
            || (column == Withheld && table.withheldDeletes == 0);
    });
}

int ReportTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_tables.size());
}

int ReportTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : m_twoWay ? static_cast<int>(std::size(twoWayColumns)) : int{ColumnCount};
}

QString ReportTableModel::text(const TableReport &table, int column)
{
    const auto orDash = [](qint64 count) { return count == 0 ? u"–"_s : format::count(count); };
    switch (column) {
    case Name:
        return table.source == table.target || table.target.isEmpty()
            ? wording::safeText(table.source)
            : wording::safeText(table.source) + u" → "_s + wording::safeText(table.target);
    case Inserts:
        return orDash(table.toTarget.inserts);
    case Updates:
        return orDash(table.toTarget.updates);
    case Deletes:
        return orDash(table.toTarget.deletes);
    case SourceInserts:
        return orDash(table.toSource.inserts);
    case SourceUpdates:
        return orDash(table.toSource.updates);
    case SourceDeletes:
        return orDash(table.toSource.deletes);
    case Conflicts:
        return orDash(table.conflicts);
    case Equal:
        return table.identical ? format::count(*table.identical) : tr("not read");
    case Aside:
        return orDash(table.quarantined);
    case Changed:
        return orDash(table.changedSincePlan);
    case Withheld:
        return orDash(table.withheldDeletes);
    case Seconds:
        return tr("%1 s").arg(table.seconds, 0, 'f', table.seconds < 10 ? 1 : 0);
    default:
        return {};
    }
}

QVariant ReportTableModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const TableReport &table = m_tables.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return text(table, columnAt(index.column()));
    case Qt::DecorationRole:
        if (index.column() != Name)
            return {};
        return rankOf(table) == 0 ? signs::icon(u"error"_s, theme::Token::Remove)
            : rankOf(table) == 1  ? signs::icon(u"warning"_s, theme::Token::Warning)
                                  : signs::icon(u"done"_s, theme::Token::Insert);
    case Qt::TextAlignmentRole:
        return QVariant(index.column() == Name ? Qt::AlignLeft | Qt::AlignVCenter : Qt::AlignRight | Qt::AlignVCenter);
    case Qt::ToolTipRole:
        return index.column() != Name ? QString()
            : table.error             ? format::toolTip(wording::message(*table.error).what)
                                      : format::toolTip(text(table, Name));
    case Qt::AccessibleTextRole:
        if (index.column() == Name && table.error)
            return QString(text(table, Name) + u", "_s + wording::message(*table.error).what);
        return QString(headerData(index.column(), Qt::Horizontal, Qt::ToolTipRole).toString() + u": "_s
                       + text(table, columnAt(index.column())));
    default:
        return {};
    }
}

QVariant ReportTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
        return {};
    switch (role) {
    case Qt::TextAlignmentRole:
        return QVariant(section == Name ? Qt::AlignLeft | Qt::AlignVCenter : Qt::AlignRight | Qt::AlignVCenter);
    case Qt::DisplayRole:
        return columnName(columnAt(section));
    case Qt::ToolTipRole:
    case Qt::AccessibleTextRole:
        return columnTip(columnAt(section));
    default:
        return {};
    }
}

QString ReportTableModel::columnName(int column) const
{
    const QString towards = m_twoWay ? u"→ "_s : QString();
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
    case Equal:
        return u"="_s;
    case Aside:
        return tr("Set aside");
    case Changed:
        return tr("Changed");
    case Withheld:
        return tr("Withheld");
    case Seconds:
        return tr("Time");
    default:
        return tr("Table");
    }
}

QString ReportTableModel::columnTip(int column) const
{
    switch (column) {
    case Inserts:
        return m_twoWay ? tr("Rows inserted at the target") : tr("Rows inserted");
    case Updates:
        return m_twoWay ? tr("Rows updated at the target") : tr("Rows updated");
    case Deletes:
        return m_twoWay ? tr("Rows deleted at the target") : tr("Rows deleted");
    case SourceInserts:
        return tr("Rows inserted at the source");
    case SourceUpdates:
        return tr("Rows updated at the source");
    case SourceDeletes:
        return tr("Rows deleted at the source");
    case Conflicts:
        return tr("Conflicts that wait for an answer");
    case Equal:
        return tr("Rows that are equal");
    case Aside:
        return m_twoWay ? tr("Rows that were refused") : tr("Rows that the target refused");
    case Changed:
        return tr("Rows that changed since the preview, not written");
    case Withheld:
        return tr("Deletes that wait for approval");
    case Seconds:
        return tr("Time");
    default:
        return tr("Table");
    }
}

} // namespace tidemark
