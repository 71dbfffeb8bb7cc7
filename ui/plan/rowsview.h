// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QSet>
#include <QWidget>

#include "ui/plan/plansource.h"

class QFontMetrics;
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
    void setTitles(const QString &source, const QString &target); // what is no side of a job
    void setColumns(const QSet<int> *only); // null: all of them; after every change of the table
    QList<int> shownCells() const;
    // Widths that a person gave to cells; the others fit their contents. Before setColumns().
    void setWidths(const QHash<int, int> &widths);
    const QHash<int, int> &widths() const { return m_widths; }
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
    void orderWished(const tidemark::RowOrder &order);
    void widthsChanged(); // by hand
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
    void fitPinned();
    void widthGiven(int column, int before, int width);
    QList<int> contentWidths(int rows) const; // a cell each
    int headerWidth(int column, const QFontMetrics &metrics) const;
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
    QHash<int, int> m_widths;
    RowOrder m_order;
    int m_fittedTable = -1; // whose columns have their widths, once its rows are there
    bool m_allShown = true;
    bool m_fitted = false;
    bool m_mirroring = false; // one side's width is being given to the other
    bool m_dragging = false; // a person changes a width
    int m_wanted = -1; // a row to select when its page is there
    bool m_wantedForward = true;
};

} // namespace tidemark
