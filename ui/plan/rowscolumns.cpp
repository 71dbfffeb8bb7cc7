// SPDX-License-Identifier: GPL-3.0-or-later
// The columns of the rows: which are shown, how wide, and by which one they are sorted.
#include <QHeaderView>
#include <QLabel>
#include <QTableView>

#include "ui/plan/celldelegate.h"
#include "ui/plan/planrowmodel.h"
#include "ui/plan/rowsview.h"
#include "ui/widgets/theme.h"

namespace tidemark {

using Part = PlanRowModel::Part;

static constexpr int columnsFitted = 80; // to their contents; a table of a thousand columns is not measured through
static constexpr int widestPinned = 320;

QTableView *RowsView::viewOf(int column) const
{
    const Part part = m_model.partOf(column);
    return part == Part::Source ? m_source : part == Part::Target ? m_target : m_pinned;
}

// A column is as wide on one side as on the other.
void RowsView::mirrorWidths()
{
    const auto mirror = [this](QTableView *other, Part part) {
        return [this, other, part](int column, int, int width) {
            // The last column of each side fills what is left of it.
            if (m_mirroring || width <= 0 || m_model.columnCount() == 0 || m_model.partOf(column) == part)
                return;
            m_mirroring = true;
            other->setColumnWidth(m_model.columnOf(part, m_model.cellOf(column)), width);
            m_mirroring = false;
        };
    };
    connect(m_source->horizontalHeader(), &QHeaderView::sectionResized, this, mirror(m_target, Part::Target));
    connect(m_target->horizontalHeader(), &QHeaderView::sectionResized, this, mirror(m_source, Part::Source));
}

void RowsView::connectHeaders()
{
    for (QTableView *view : {m_pinned, m_source, m_target})
        connect(view->horizontalHeader(), &QHeaderView::sectionClicked, this, &RowsView::headerClicked);
}

// Up, down, and as found.
void RowsView::headerClicked(int column)
{
    const int cell = m_model.cellOf(column);
    if (cell < 0)
        return;
    RowOrder order{cell, m_model.partOf(column) == Part::Target, false};
    if (m_order.cell == order.cell && m_order.target == order.target) {
        if (m_order.descending)
            order = {};
        else
            order.descending = true;
    }
    Q_EMIT orderWished(order);
}

void RowsView::setOrder(const RowOrder &order)
{
    m_order = order;
    const int column = order.cell < 0 || order.cell >= m_model.columns().size() ? -1
        : order.cell < m_model.keyCount() ? m_model.columnOf(Part::Key, order.cell)
                                          : m_model.columnOf(order.target ? Part::Target : Part::Source, order.cell);
    for (QTableView *view : {m_pinned, m_source, m_target}) {
        QHeaderView *header = view->horizontalHeader();
        const bool here = column >= 0 && viewOf(column) == view;
        header->setSortIndicatorShown(here);
        if (here)
            header->setSortIndicator(column, order.descending ? Qt::DescendingOrder : Qt::AscendingOrder);
    }
}

void RowsView::setColumns(const QSet<int> *only)
{
    m_allShown = !only;
    m_shown = only ? *only : QSet<int>();
    layoutColumns();
}

QList<int> RowsView::shownCells() const
{
    QList<int> cells;
    for (int cell = 0; cell < m_model.columns().size(); ++cell) {
        if (cell < m_model.keyCount() || m_allShown || m_shown.contains(cell))
            cells << cell;
    }
    return cells;
}

void RowsView::layoutColumns()
{
    m_fittedTable = m_model.query().table;
    for (int column = 0; column < m_model.columnCount(); ++column) {
        const Part part = m_model.partOf(column);
        const bool shown = m_allShown || m_shown.contains(m_model.cellOf(column));
        const auto hide = [column](QTableView *view, bool hidden) {
            if (view->isColumnHidden(column) != hidden)
                view->setColumnHidden(column, hidden);
        };
        hide(m_pinned, part != Part::Sign && part != Part::Key);
        hide(m_source, part != Part::Source || !shown);
        hide(m_target, part != Part::Target || !shown);
    }
    fitColumns();
}

int RowsView::fittedWidth(int column, int rows) const
{
    if (column == 0)
        return 36;
    const QFontMetrics header(theme::caption(font()));
    const Part part = m_model.partOf(column);
    const int cell = m_model.cellOf(column);
    // Room for the sign of the order, too.
    int width = std::min(
        220, header.horizontalAdvance(m_model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString()) + 36);
    QStyleOptionViewItem option;
    option.font = m_source->font();
    const int twin = part == Part::Source ? m_model.columnOf(Part::Target, cell)
        : part == Part::Target            ? m_model.columnOf(Part::Source, cell)
                                          : column;
    for (int row = 0; row < rows && cell < columnsFitted && m_model.row(row); ++row) {
        width = std::max(width, m_delegate->sizeHint(option, m_model.index(row, column)).width());
        width = std::max(width, m_delegate->sizeHint(option, m_model.index(row, twin)).width());
    }
    return width;
}

void RowsView::fitColumns()
{
    if (m_model.columnCount() == 0)
        return;
    const int rows = std::min(m_model.rowCount(), 60);
    int pinned = 0;
    m_mirroring = true; // both sides are measured alike
    for (int column = 0; column < m_model.columnOf(Part::Target, m_model.keyCount()); ++column) {
        QTableView *view = viewOf(column);
        if (view->isColumnHidden(column))
            continue;
        const int width = fittedWidth(column, rows);
        view->setColumnWidth(column, width);
        if (view == m_pinned)
            pinned += width;
        else
            m_target->setColumnWidth(m_model.columnOf(Part::Target, m_model.cellOf(column)), width);
    }
    m_mirroring = false;
    m_pinned->setFixedWidth(std::min(pinned, widestPinned));
    m_pinnedTitle->setFixedWidth(std::min(pinned, widestPinned));
}

} // namespace tidemark
