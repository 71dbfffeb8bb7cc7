// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSet>
#include <QWidget>

#include "ui/plan/plansource.h"

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
    QList<int> shownCells() const;
    void setSpacesShown(bool shown);
    void setOrder(const RowOrder &order); // what the headers show
    QModelIndex current() const;
    QList<RowSpan> selection() const; // sorted, joined; the current row where nothing is selected
    void select(int row, int cell); // cell −1: the first changed one
    void selectWhenThere(int row, bool forward); // likewise, once it is read
    bool nextDifference(bool forward); // false: there is none in this table
    void focusRows();

Q_SIGNALS:
    void currentChanged(const QModelIndex &index);
    void selectionChanged();
    void orderWished(const tidemark::RowOrder &order);
    void toggleWished(); // Space
    void copyWished(); // Ctrl+C
    void menuWished(const QPoint &globalPosition);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    QTableView *makeView(const QString &name);
    QTableView *viewOf(int column) const;
    void join();
    void mirrorWidths();
    void connectHeaders();
    void headerClicked(int column);
    void layoutColumns();
    void fitColumns();
    int fittedWidth(int column, int rows) const;
    void arrive(int first, int last);
    void step(int direction);
    void contextMenu(QTableView *view, const QPoint &position);
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
    RowOrder m_order;
    int m_fittedTable = -1; // whose columns have their widths
    bool m_allShown = true;
    bool m_fitted = false;
    bool m_mirroring = false; // one side's width is being given to the other
    int m_wanted = -1; // a row to select when its page is there
    bool m_wantedForward = true;
};

} // namespace tidemark
