// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>

#include "ui/plan/planrow.h"

namespace tidemark {

// The tables of a plan with their counts; a tick says whether a table is written.
class PlanTableModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { Name, Inserts, Updates, Deletes, Equal, ColumnCount };

    explicit PlanTableModel(QObject *parent = nullptr) : QAbstractTableModel(parent) { }
    void setTables(const QList<PlanTable> &tables);
    const QList<PlanTable> &tables() const { return m_tables; }
    WriteCounts included() const; // of the ticked tables
    void retranslate();

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

Q_SIGNALS:
    void inclusionChanged(int table, bool included);

private:
    QList<PlanTable> m_tables;
};

} // namespace tidemark
