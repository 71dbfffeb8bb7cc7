// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plan/rowsview.h"

#include <QEvent>
#include <QGridLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QScrollBar>
#include <QTableView>

#include "ui/plan/celldelegate.h"
#include "ui/plan/planrowmodel.h"
#include "ui/widgets/theme.h"

namespace tidemark {

using Part = PlanRowModel::Part;

RowsView::RowsView(PlanRowModel &model, QWidget *parent)
    : QWidget(parent), m_model(model), m_delegate(new CellDelegate(model, this)), m_pinnedTitle(new QLabel(this)),
      m_sourceTitle(new QLabel(this)), m_targetTitle(new QLabel(this)), m_pinned(makeView()), m_source(makeView()),
      m_target(makeView()), m_vertical(new QScrollBar(Qt::Vertical, this)),
      m_horizontal(new QScrollBar(Qt::Horizontal, this))
{
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setVerticalSpacing(0);
    grid->setHorizontalSpacing(4);
    int column = 0;
    for (QLabel *title : {m_pinnedTitle, m_sourceTitle, m_targetTitle}) {
        QFont bold = theme::caption(font());
        bold.setWeight(QFont::DemiBold);
        title->setFont(bold);
        title->setMargin(6);
        title->setTextFormat(Qt::PlainText);
        grid->addWidget(title, 0, column++);
    }
    grid->addWidget(m_pinned, 1, 0);
    grid->addWidget(m_source, 1, 1);
    grid->addWidget(m_target, 1, 2);
    grid->addWidget(m_vertical, 1, 3);
    grid->addWidget(m_horizontal, 2, 1, 1, 2);
    grid->setColumnStretch(1, 1);
    grid->setColumnStretch(2, 1);
    grid->setRowStretch(1, 1);
    for (QTableView *view : {m_source, m_target})
        view->horizontalHeader()->setStretchLastSection(true);
    join();
    connect(&m_model, &QAbstractItemModel::modelReset, this, [this] {
        m_fitted = false;
        m_wanted = m_model.rowCount() > 0 ? 0 : -1;
        m_wantedForward = true;
        layoutColumns();
        if (m_wanted == 0 && m_model.row(0))
            arrive(0, 0);
    });
    connect(&m_model, &PlanRowModel::pageArrived, this, &RowsView::arrive);
}

QTableView *RowsView::makeView()
{
    auto *view = new QTableView(this);
    view->setModel(&m_model);
    view->setItemDelegate(m_delegate);
    view->setFont(theme::data(font()));
    view->setFrameShape(QFrame::NoFrame);
    view->setShowGrid(false);
    view->setSelectionBehavior(QAbstractItemView::SelectRows);
    view->setSelectionMode(QAbstractItemView::SingleSelection);
    view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    view->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    view->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    view->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    view->setTabKeyNavigation(false);
    view->setWordWrap(false);
    view->verticalHeader()->hide();
    view->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    view->verticalHeader()->setDefaultSectionSize(theme::row);
    view->horizontalHeader()->setFont(theme::caption(font()));
    view->horizontalHeader()->setFixedHeight(theme::row);
    view->horizontalHeader()->setHighlightSections(false);
    view->horizontalHeader()->setMinimumSectionSize(36);
    view->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    view->installEventFilter(this);
    return view;
}

void RowsView::join()
{
    QItemSelectionModel *selection = m_source->selectionModel();
    for (QTableView *view : {m_pinned, m_target}) {
        QItemSelectionModel *own = view->selectionModel();
        view->setSelectionModel(selection);
        delete own;
    }
    connect(selection, &QItemSelectionModel::currentChanged, this, &RowsView::currentChanged);
    const QList<QTableView *> views{m_pinned, m_source, m_target};
    for (QTableView *view : views) {
        connect(view->verticalScrollBar(), &QScrollBar::valueChanged, m_vertical, &QScrollBar::setValue);
        connect(m_vertical, &QScrollBar::valueChanged, view->verticalScrollBar(), &QScrollBar::setValue);
    }
    connect(m_source->verticalScrollBar(), &QScrollBar::rangeChanged, this, [this](int low, int high) {
        m_vertical->setRange(low, high);
        m_vertical->setPageStep(m_source->verticalScrollBar()->pageStep());
        m_vertical->setSingleStep(theme::row);
        m_vertical->setVisible(high > low);
    });
    for (QTableView *view : {m_source, m_target}) {
        connect(view->horizontalScrollBar(), &QScrollBar::valueChanged, m_horizontal, &QScrollBar::setValue);
        connect(m_horizontal, &QScrollBar::valueChanged, view->horizontalScrollBar(), &QScrollBar::setValue);
    }
    connect(m_target->horizontalScrollBar(), &QScrollBar::rangeChanged, this, [this](int low, int high) {
        m_horizontal->setRange(low, high);
        m_horizontal->setPageStep(m_target->horizontalScrollBar()->pageStep());
        m_horizontal->setSingleStep(40);
        m_horizontal->setVisible(high > low);
    });
    m_vertical->hide();
    m_horizontal->hide();
    // A column is as wide on one side as on the other.
    const auto mirror = [this](QTableView *other, Part part) {
        return [this, other, part](int column, int, int width) {
            // The last column of each side fills what is left of it.
            if (m_mirroring || width <= 0 || m_model.partOf(column) == part)
                return;
            m_mirroring = true;
            other->setColumnWidth(m_model.columnOf(part, m_model.cellOf(column)), width);
            m_mirroring = false;
        };
    };
    connect(m_source->horizontalHeader(), &QHeaderView::sectionResized, this, mirror(m_target, Part::Target));
    connect(m_target->horizontalHeader(), &QHeaderView::sectionResized, this, mirror(m_source, Part::Source));
}

void RowsView::setSides(const QString &source, const QString &target)
{
    m_sourceTitle->setText(tr("%1 (source)").arg(source));
    m_targetTitle->setText(tr("%1 (target)").arg(target));
    m_pinnedTitle->setText(tr("Key"));
    m_pinned->setAccessibleName(tr("Signs and keys"));
    m_source->setAccessibleName(m_sourceTitle->text());
    m_target->setAccessibleName(m_targetTitle->text());
}

void RowsView::setColumns(const QSet<int> *only)
{
    m_allShown = !only;
    m_shown = only ? *only : QSet<int>();
    layoutColumns();
}

void RowsView::setSpacesShown(bool shown)
{
    m_delegate->setSpacesShown(shown);
    for (QTableView *view : {m_pinned, m_source, m_target})
        view->viewport()->update();
}

void RowsView::layoutColumns()
{
    for (int column = 0; column < m_model.columnCount(); ++column) {
        const Part part = m_model.partOf(column);
        const bool shown = m_allShown || m_shown.contains(m_model.cellOf(column));
        m_pinned->setColumnHidden(column, part != Part::Sign && part != Part::Key);
        m_source->setColumnHidden(column, part != Part::Source || !shown);
        m_target->setColumnHidden(column, part != Part::Target || !shown);
    }
    fitColumns();
}

void RowsView::fitColumns()
{
    if (m_model.columnCount() == 0)
        return;
    const int rows = std::min(m_model.rowCount(), 100);
    const QFontMetrics header(theme::caption(font()));
    int pinned = 0;
    for (int column = 0; column < m_model.columnCount(); ++column) {
        int width = column == 0
            ? 36
            : std::min(220,
                       header.horizontalAdvance(m_model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString())
                           + 24);
        QStyleOptionViewItem option;
        option.font = m_source->font();
        const int twin = m_model.partOf(column) == Part::Source ? m_model.columnOf(Part::Target, m_model.cellOf(column))
            : m_model.partOf(column) == Part::Target            ? m_model.columnOf(Part::Source, m_model.cellOf(column))
                                                                : column;
        for (int row = 0; row < rows && column > 0; ++row) {
            if (!m_model.row(row))
                break;
            width = std::max(width, m_delegate->sizeHint(option, m_model.index(row, column)).width());
            width = std::max(width, m_delegate->sizeHint(option, m_model.index(row, twin)).width());
        }
        QTableView *view = m_model.partOf(column) == Part::Source ? m_source
            : m_model.partOf(column) == Part::Target              ? m_target
                                                                  : m_pinned;
        if (!view->isColumnHidden(column))
            view->setColumnWidth(column, width);
        if (view == m_pinned)
            pinned += width;
    }
    m_pinned->setFixedWidth(std::min(pinned, 320));
    m_pinnedTitle->setFixedWidth(std::min(pinned, 320));
}

QModelIndex RowsView::current() const { return m_source->currentIndex(); }

int RowsView::changedCell(int row, int after, bool forward) const
{
    const PlanRowView *view = m_model.row(row);
    if (!view)
        return -1;
    const int cells = static_cast<int>(view->changed.size());
    for (int cell = forward ? after + 1 : (after < 0 ? cells : after) - 1; cell >= 0 && cell < cells;
         cell += forward ? 1 : -1) {
        if (view->changed.at(cell) && (m_allShown || m_shown.contains(cell)))
            return cell;
    }
    return -1;
}

void RowsView::select(int row, int cell)
{
    if (row < 0 || row >= m_model.rowCount())
        return;
    if (!m_model.row(row)) {
        m_wanted = row;
        m_wantedForward = true;
    }
    int wanted = cell >= 0 ? cell : changedCell(row, -1, true);
    if (wanted < 0)
        wanted = std::min(m_model.keyCount(), static_cast<int>(m_model.columns().size()) - 1);
    const PlanRowView *view = m_model.row(row);
    const bool atTarget = view && !view->source.isEmpty() && view->source.first().isAbsent;
    const Part part = wanted < m_model.keyCount() ? Part::Key : atTarget ? Part::Target : Part::Source;
    const QModelIndex index = m_model.index(row, m_model.columnOf(part, wanted));
    m_source->selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    (part == Part::Target ? m_target : part == Part::Key ? m_pinned : m_source)->scrollTo(index);
}

void RowsView::nextDifference(bool forward)
{
    const QModelIndex now = current();
    if (!now.isValid())
        return select(0, -1);
    const int cell = changedCell(now.row(), m_model.cellOf(now.column()), forward);
    if (cell >= 0)
        return select(now.row(), cell);
    const int row = now.row() + (forward ? 1 : -1);
    if (row < 0 || row >= m_model.rowCount())
        return;
    m_wantedForward = forward;
    if (!m_model.row(row)) {
        m_wanted = row;
        m_source->scrollTo(m_model.index(row, m_model.columnOf(Part::Source, m_model.keyCount())));
        return;
    }
    select(row, forward ? -1 : changedCell(row, -1, false));
}

void RowsView::arrive(int first, int last)
{
    if (!m_fitted) {
        m_fitted = true;
        fitColumns();
    }
    if (m_wanted < first || m_wanted > last)
        return;
    const int row = m_wanted;
    m_wanted = -1;
    select(row, m_wantedForward ? -1 : changedCell(row, -1, false));
}

void RowsView::focusRows() { m_source->setFocus(); }

bool RowsView::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->key() == Qt::Key_Space && current().isValid()) {
            m_model.toggle(current().row());
            return true;
        }
        // Left and right lead from one part to the next.
        const QModelIndex now = current();
        if (now.isValid() && (key->key() == Qt::Key_Left || key->key() == Qt::Key_Right)) {
            const int step = key->key() == Qt::Key_Left ? -1 : 1;
            for (int column = now.column() + step; column > 0 && column < m_model.columnCount(); column += step) {
                const Part part = m_model.partOf(column);
                QTableView *view = part == Part::Source ? m_source : part == Part::Target ? m_target : m_pinned;
                if (view->isColumnHidden(column))
                    continue;
                const QModelIndex next = m_model.index(now.row(), column);
                view->setFocus();
                m_source->selectionModel()->setCurrentIndex(
                    next, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
                view->scrollTo(next);
                break;
            }
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void RowsView::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        m_model.retranslate();
    QWidget::changeEvent(event);
}

} // namespace tidemark
