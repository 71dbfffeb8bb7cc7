// SPDX-License-Identifier: GPL-3.0-or-later
// The columns of the rows: which are shown, how wide, and by which one they are sorted.
#include <array>

#include <QHeaderView>
#include <QLabel>
#include <QTableView>

#include "ui/plan/celldelegate.h"
#include "ui/plan/planrowmodel.h"
#include "ui/plan/rowsview.h"
#include "ui/widgets/theme.h"

namespace tidemark {

using Part = PlanRowModel::Part;

static constexpr int columnsFitted = 40; // by their headers' exact width
static constexpr int rowsFitted = 40; // fewer of a wide table
static constexpr int cellsFitted = 8000;
static constexpr int longestFitted = 60; // characters
static constexpr int narrowestContent = 56, widestContent = 320, widestHeader = 220, widestPinned = 320;
static constexpr int signWidth = 36;
static constexpr int signWidthTwoWay = 64; // with the direction

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
            if (m_mirroring || width <= 0 || m_model.columnCount() == 0 || m_model.partOf(column) == part)
                return;
            m_mirroring = true;
            other->setColumnWidth(m_model.columnOf(part, m_model.cellOf(column)), width);
            m_mirroring = false;
        };
    };
    for (QTableView *view : {m_pinned, m_source, m_target})
        connect(view->horizontalHeader(), &QHeaderView::sectionResized, this, &RowsView::widthGiven);
    connect(m_source->horizontalHeader(), &QHeaderView::sectionResized, this, mirror(m_target, Part::Target));
    connect(m_target->horizontalHeader(), &QHeaderView::sectionResized, this, mirror(m_source, Part::Source));
}

// By hand: other widths follow from contents and from the window.
void RowsView::widthGiven(int column, int, int width)
{
    const int cell = m_dragging ? m_model.cellOf(column) : -1;
    if (cell < 0 || width <= 0)
        return;
    m_widths[cell] = width;
    if (viewOf(column) == m_pinned)
        fitPinned();
    Q_EMIT widthsChanged();
}

void RowsView::fitPinned()
{
    int width = 0;
    for (int column = 0; column <= m_model.keyCount(); ++column)
        width += m_pinned->columnWidth(column);
    width = std::min(width, widestPinned);
    m_pinned->setFixedWidth(width);
    m_pinnedTitle->setFixedWidth(width);
}

void RowsView::setWidths(const QHash<int, int> &widths) { m_widths = widths; }

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

// While a header paints nothing, a section's size costs no look at the thousand others.
template <typename Change> static void changeQuietly(const std::array<QTableView *, 3> &views, const Change &change)
{
    for (QTableView *view : views)
        view->horizontalHeader()->setUpdatesEnabled(false);
    change();
    for (QTableView *view : views)
        view->horizontalHeader()->setUpdatesEnabled(true);
}

void RowsView::layoutColumns()
{
    m_mirroring = true;
    changeQuietly({m_pinned, m_source, m_target}, [this] {
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
    });
    m_mirroring = false;
    // A wide table is measured once, when its first rows are there.
    if (m_fitted || m_model.rowCount() == 0 || m_model.columns().size() <= columnsFitted)
        fitColumns();
}

// What a text takes in a font whose characters are all as wide, or twice.
static int unitsOf(const QString &text)
{
    int units = 0;
    for (const QChar c : QStringView(text).left(longestFitted))
        units += c.unicode() < 0x1100 ? 1 : 2;
    return units;
}

// The widest cells of the first rows, by an estimate: only what may be none is measured.
QList<int> RowsView::contentWidths(int rows) const
{
    const auto cells = static_cast<size_t>(m_model.columns().size());
    std::vector<int> units(cells, 0);
    std::vector<const QString *> widest(cells, nullptr);
    for (int row = 0; row < rows; ++row) {
        const PlanRowView *view = m_model.row(row);
        if (!view)
            break;
        for (const QList<PlanCell> *side : {&view->source, &view->target}) {
            for (size_t cell = 0; cell < cells && static_cast<qsizetype>(cell) < side->size(); ++cell) {
                const PlanCell &one = side->at(static_cast<qsizetype>(cell));
                const int now = one.isAbsent ? 0 : unitsOf(one.text);
                if (now > units[cell]) {
                    units[cell] = now;
                    widest[cell] = &one.text;
                }
            }
        }
    }
    const QFontMetrics metrics(m_source->font());
    const int unit = metrics.horizontalAdvance(u'0');
    QList<int> widths;
    for (size_t cell = 0; cell < cells; ++cell) {
        const QString *text = widest[cell];
        const bool even = !text || units[cell] == std::min(longestFitted, static_cast<int>(text->size()));
        widths << (even ? units[cell] * unit : metrics.horizontalAdvance(text->left(longestFitted)));
    }
    return widths;
}

int RowsView::headerWidth(int column, const QFontMetrics &metrics) const
{
    const QString text = m_model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
    // Of a thousand columns the far ones are not measured through.
    const int width = m_model.cellOf(column) < columnsFitted ? metrics.horizontalAdvance(text)
                                                             : unitsOf(text) * metrics.averageCharWidth();
    return std::min(widestHeader, width + 36); // with room for the sign of the order
}

void RowsView::fitColumns()
{
    if (m_model.columnCount() == 0)
        return;
    const int cells = static_cast<int>(m_model.columns().size());
    const QList<int> contents =
        contentWidths(std::min(m_model.rowCount(), std::clamp(cellsFitted / cells, 4, rowsFitted)));
    const QFontMetrics header(theme::caption(font()));
    const int arrow = m_model.isTwoWay() ? 16 : 0; // of a merged cell
    m_mirroring = true; // both sides are measured alike
    changeQuietly({m_pinned, m_source, m_target}, [&] {
        for (int column = 0; column < m_model.columnOf(Part::Target, m_model.keyCount()); ++column) {
            QTableView *view = viewOf(column);
            if (view->isColumnHidden(column))
                continue;
            const int cell = m_model.cellOf(column);
            int width = m_model.isTwoWay() ? signWidthTwoWay : signWidth;
            if (cell >= 0) {
                const auto given = m_widths.constFind(cell);
                width = given != m_widths.constEnd()
                    ? *given
                    : std::max(headerWidth(column, header),
                               std::clamp(contents.at(cell) + 20 + arrow, narrowestContent, widestContent));
            }
            view->setColumnWidth(column, width);
            if (view != m_pinned)
                m_target->setColumnWidth(m_model.columnOf(Part::Target, cell), width);
        }
    });
    m_mirroring = false;
    fitPinned();
}

} // namespace tidemark
