// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>

#include "ui/plan/plansource.h"

namespace tidemark {

// The tables of a plan with their counts; a tick says whether a table is written: wholly, in part, or not.
class PlanTableModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { Name, Inserts, Updates, Deletes, Skipped, Equal, ColumnCount };
    // A two-way plan has those of the source after those of the target.
    enum TwoWayColumn { SourceInserts = ColumnCount, SourceUpdates, SourceDeletes, Conflicts };

    explicit PlanTableModel(QObject *parent = nullptr) : QAbstractTableModel(parent) { }
    void setTwoWay(const QString &source, const QString &target); // names; before the tables
    bool isTwoWay() const { return !m_sides.isEmpty(); }
    void setTables(const QList<PlanTable> &tables, const QList<PlanCounts> &taken);
    void setStates(const QList<PlanTableState> &states);
    const QList<PlanTable> &tables() const { return m_tables; }
    PlanCounts taken(int table) const; // of it, ticked or not
    PlanCounts chosen(int table) const; // what would be written of it
    PlanCounts chosen() const; // of all of them
    qint64 skipped() const; // rows of ticked tables, and all of the others
    Qt::CheckState state(int table) const;
    void retranslate();

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

Q_SIGNALS:
    void tickWished(int table, bool included); // asks for it; setStates() follows

private:
    QString nameText(const TableReport &report) const;
    QVariant color(const QModelIndex &index) const;
    qint64 countAt(const QModelIndex &index) const;
    int columnAt(int section) const; // what stands there
    QString columnName(int column) const;
    QString columnTip(int column) const;

    QList<PlanTable> m_tables;
    QList<PlanCounts> m_taken;
    QStringList m_sides; // of a two-way plan
};

} // namespace tidemark
