// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <QCache>
#include <QSet>

#include "ui/plan/planrow.h"

namespace tidemark {

class PlanSource;

// The rows of one table of a plan, paged: only what is looked at is read, on the source's thread. Columns: sign, the
// key once, then the other cells of the source, then those of the target.
class PlanRowModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum class Part : quint8 { Sign, Key, Source, Target };

    explicit PlanRowModel(PlanSource &source, QObject *parent = nullptr);

    void setTable(const PlanQuery &query, const PlanTable &table); // rows follow when they are counted
    const PlanQuery &query() const { return m_query; }
    const QList<PlanColumn> &columns() const { return m_columns; }

    Part partOf(int column) const;
    int cellOf(int column) const; // layout cell; −1: the sign
    int columnOf(Part part, int cell) const; // reverse
    int keyCount() const { return m_keyCount; }
    const PlanRowView *row(int row) const; // null: not read yet
    const PlanCell *cell(const QModelIndex &index) const;
    bool isChanged(const QModelIndex &index) const;
    void toggle(int row); // skips a row, or takes it back
    qint64 skipped() const;
    qint64 skipped(int table, Decision decision) const;
    void retranslate();

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

Q_SIGNALS:
    void pageArrived(int firstRow, int lastRow);
    void inclusionChanged();

private:
    void showCount(const PlanQuery &query, qint64 rows);
    void showPage(const PlanQuery &query, qint64 page, const QList<PlanRowView> &rows);

    PlanSource &m_source;
    PlanQuery m_query;
    QList<PlanColumn> m_columns;
    int m_keyCount = 0;
    int m_rows = 0;
    mutable QCache<qint64, QList<PlanRowView>> m_pages;
    mutable QSet<qint64> m_asked;
    QHash<std::pair<int, qint64>, Decision> m_skipped; // table and row number
};

} // namespace tidemark
