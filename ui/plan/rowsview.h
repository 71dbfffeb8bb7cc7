// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSet>
#include <QWidget>

class QLabel;
class QModelIndex;
class QScrollBar;
class QTableView;

namespace tidemark {

class CellDelegate;
class PlanRowModel;

// The rows of a plan: sign and key pinned, then source and target side by side, scrolling as one in both directions.
class RowsView final : public QWidget
{
    Q_OBJECT
public:
    explicit RowsView(PlanRowModel &model, QWidget *parent = nullptr);
    void setSides(const QString &source, const QString &target);
    void setColumns(const QSet<int> *only); // null: all of them
    void setSpacesShown(bool shown);
    QModelIndex current() const;
    void select(int row, int cell); // cell −1: the first changed one
    void nextDifference(bool forward);
    void focusRows();

Q_SIGNALS:
    void currentChanged(const QModelIndex &index);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    QTableView *makeView();
    void join();
    void layoutColumns();
    void fitColumns();
    void arrive(int first, int last);
    int changedCell(int row, int after, bool forward) const; // −1: none

    PlanRowModel &m_model;
    CellDelegate *m_delegate;
    QLabel *m_pinnedTitle;
    QLabel *m_sourceTitle;
    QLabel *m_targetTitle;
    QTableView *m_pinned;
    QTableView *m_source;
    QTableView *m_target;
    QScrollBar *m_vertical;
    QScrollBar *m_horizontal;
    QSet<int> m_shown;
    bool m_allShown = true;
    bool m_fitted = false;
    bool m_mirroring = false; // one side's width is being given to the other
    int m_wanted = -1; // a row to select when its page is there
    bool m_wantedForward = true;
};

} // namespace tidemark
