// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <QCache>
#include <QSet>

#include "ui/plan/plansource.h"

namespace tidemark {

// The rows of one table of a plan, paged: only what is looked at is read, on the source's threads. Columns: sign, the
// key once, then the other cells of the source, then those of the target.
class PlanRowModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum class Part : quint8 { Sign, Key, Source, Target };

    explicit PlanRowModel(PlanSource &source, QObject *parent = nullptr);

    void setTable(const PlanQuery &query, const PlanTable &table); // rows follow when they are counted
    void setTable(const PlanQuery &query, const PlanTable &table, qint64 rows);
    const PlanQuery &query() const { return m_query; }
    const QList<PlanColumn> &columns() const { return m_columns; }
    qint64 differences(int cell) const { return m_differences.value(cell); }

    Part partOf(int column) const;
    int cellOf(int column) const; // layout cell; −1: the sign
    int columnOf(Part part, int cell) const; // reverse
    int keyCount() const { return m_keyCount; }
    const PlanRowView *row(int row) const; // null: not read yet
    const PlanCell *cell(const QModelIndex &index) const;
    bool isChanged(const QModelIndex &index) const;
    CellFlow flow(const QModelIndex &index) const; // of a merged row's cell, where this side's value is replaced
    void setTwoWay(const QString &source, const QString &target) { m_sides = {source, target}; }
    bool isTwoWay() const { return !m_sides.isEmpty(); }
    void show(const PlanChange &done); // a decision, in the rows that are at hand
    void retranslate();

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

Q_SIGNALS:
    void pageArrived(int firstRow, int lastRow);

private:
    QString words(const PlanRowView &row) const; // what its sign says
    void fill(const PlanQuery &query, const PlanTable &table, qint64 rows);
    void showCount(const PlanQuery &query, qint64 rows);
    void showPage(const PlanQuery &query, qint64 page, int first, const QList<PlanRowView> &rows);
    void dropPage(const PlanQuery &query, qint64 page);

    PlanSource &m_source;
    PlanQuery m_query;
    QList<PlanColumn> m_columns;
    QList<qint64> m_differences;
    QStringList m_sides; // of a two-way plan: both names
    int m_keyCount = 0;
    int m_rows = 0;
    int m_pageSize = 1;
    mutable QCache<qint64, QList<PlanRowView>> m_pages;
    mutable QSet<qint64> m_asked;
};

} // namespace tidemark
