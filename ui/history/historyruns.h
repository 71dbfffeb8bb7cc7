// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <QSortFilterProxyModel>

#include "core/reconcile/report.h"
#include "ui/report/reporttext.h"

namespace tidemark {

// Runs, the newest first. The list grows while the journal is being read.
class HistoryRunsModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { Started, Job, Written, Duration, Conflicts, Aside, Result, ColumnCount };
    static bool isNumber(int column) { return column >= Written && column <= Aside; }

    using QAbstractTableModel::QAbstractTableModel;
    void setRuns(const QList<RunReport> &runs); // what stands already keeps its selection
    const RunReport *run(int row) const;
    const QList<RunReport> &runs() const { return m_runs; }
    int rowOf(const QString &run) const; // −1: none
    void retranslate();

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString text(const RunReport &run, int column) const;
    QList<RunReport> m_runs;
};

// The runs of a job, of a state, with a text.
class HistoryRunsFilter final : public QSortFilterProxyModel
{
    Q_OBJECT
public:
    enum class State : quint8 { All, Done, NeedsYou, Failed, Undos };

    using QSortFilterProxyModel::QSortFilterProxyModel;
    void setFilter(const QString &jobId, State state, const QString &text);

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override;

private:
    QString m_jobId, m_text;
    State m_state = State::All;
};

} // namespace tidemark
