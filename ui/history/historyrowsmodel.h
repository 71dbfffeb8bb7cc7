// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include <QAbstractTableModel>
#include <QHash>
#include <QSet>

#include "core/run/undohistory.h"

namespace tidemark {

class Desk;

// The rows that a run wrote in one table, paged from its undo file; or what all runs did to one row.
class HistoryRowsModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { What, Run, Key, Rule, Change, ColumnCount };

    explicit HistoryRowsModel(std::shared_ptr<Desk> desk, QObject *parent = nullptr);
    void showTable(const QString &run, const KeptRun::Table &table);
    void showHistory(const QList<RowChange> &changes);
    void clear();
    const RowChange *change(int row) const; // null: not read yet
    QList<RowChange> readFrom(int row, int most) const; // what is at hand, from the row on
    bool isHistory() const { return m_history; }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

Q_SIGNALS:
    void pageArrived();

private:
    using Page = QList<RowChange>;
    void request(int page) const;
    void arrive(int number, int page, const tidemark::Result<Page> &rows);
    QVariant shown(const RowChange &change, int column) const;

    std::shared_ptr<Desk> m_desk;
    QString m_run;
    int m_table = -1;
    int m_count = 0;
    int m_number = 0; // of this list: what an earlier one asked for comes too late
    bool m_history = false;
    QString m_failure;
    QHash<int, Page> m_pages;
    mutable QSet<int> m_asked;
};

} // namespace tidemark
