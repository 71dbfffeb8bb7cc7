// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>

#include "ui/history/historytext.h"

namespace tidemark {

// One row that a run wrote, a column a line: what stood there and what the run made of it.
class HistoryCellsModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { Name, Before, After, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;
    void setChange(const RowChange *change); // null: none
    const HistoryCell *cell(int row) const;
    void retranslate();

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QList<HistoryCell> m_cells;
    Decision m_decision = Decision::UpdateTarget;
};

} // namespace tidemark
