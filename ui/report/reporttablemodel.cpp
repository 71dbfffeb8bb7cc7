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
    return table.quarantined > 0 || table.changedSincePlan > 0 || table.withheldDeletes > 0 ? 1 : 2;
}

void ReportTableModel::setReport(const RunReport &report)
{
    beginResetModel();
    m_tables = report.tables;
    std::stable_sort(m_tables.begin(), m_tables.end(),
                     [](const TableReport &a, const TableReport &b) { return rankOf(a) < rankOf(b); });
    endResetModel();
}

const TableReport *ReportTableModel::table(int row) const
{
    return row >= 0 && row < m_tables.size() ? &m_tables.at(row) : nullptr;
}

int ReportTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_tables.size());
}

int ReportTableModel::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : ColumnCount; }

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
        return text(table, index.column());
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
                       + text(table, index.column()));
    default:
        return {};
    }
}

QVariant ReportTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant(section == Name ? Qt::AlignLeft | Qt::AlignVCenter : Qt::AlignRight | Qt::AlignVCenter);
    if (role == Qt::DisplayRole || role == Qt::AccessibleTextRole) {
        const QString names[] = {tr("Table"),     u"+"_s,        u"~"_s,         u"−"_s,    u"="_s,
                                 tr("Set aside"), tr("Changed"), tr("Withheld"), tr("Time")};
        if (role == Qt::DisplayRole)
            return names[section];
    }
    if (role == Qt::ToolTipRole || role == Qt::AccessibleTextRole) {
        const QString names[] = {tr("Table"),
                                 tr("Rows inserted"),
                                 tr("Rows updated"),
                                 tr("Rows deleted"),
                                 tr("Rows that are equal"),
                                 tr("Rows that the target refused"),
                                 tr("Rows that changed since the preview, not written"),
                                 tr("Deletes that wait for approval"),
                                 tr("Time")};
        return names[section];
    }
    return {};
}

} // namespace tidemark
