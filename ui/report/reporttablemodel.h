// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>

#include "core/reconcile/report.h"

namespace tidemark {

// The tables of a report, those with errors first, then those that left rows unwritten.
class ReportTableModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { Name, Inserts, Updates, Deletes, Equal, Aside, Changed, Withheld, Seconds, ColumnCount };
    // A two-way report has those of the source after those of the target.
    enum TwoWayColumn { SourceInserts = ColumnCount, SourceUpdates, SourceDeletes, Conflicts };

    explicit ReportTableModel(QObject *parent = nullptr) : QAbstractTableModel(parent) { }
    void setReport(const RunReport &report, bool twoWay = false);
    const TableReport *table(int row) const;
    bool isSpare(int section) const; // of what goes wrong: in no table of the report anything did

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    int columnAt(int section) const; // what stands there
    QString columnName(int column) const;
    QString columnTip(int column) const;
    static QString text(const TableReport &table, int column);
    QList<TableReport> m_tables;
    bool m_twoWay = false;
};

} // namespace tidemark
