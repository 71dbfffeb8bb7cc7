// SPDX-License-Identifier: GPL-3.0-or-later
// Moving about in the rows; rowscolumns.cpp lays out their columns.
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
#include "ui/widgets/format.h"
#include "ui/widgets/theme.h"

using namespace Qt::StringLiterals;

namespace tidemark {

using Part = PlanRowModel::Part;

RowsView::RowsView(PlanRowModel &model, QWidget *parent)
    : QWidget(parent), m_model(model), m_delegate(new CellDelegate(model, this)), m_pinnedTitle(new QLabel(this)),
      m_sourceTitle(new QLabel(this)), m_targetTitle(new QLabel(this)), m_pinned(makeView(u"rowKeys"_s)),
      m_source(makeView(u"sourceRows"_s)), m_target(makeView(u"targetRows"_s)),
      m_vertical(new QScrollBar(Qt::Vertical, this)), m_horizontal(new QScrollBar(Qt::Horizontal, this))
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
        title->setMinimumWidth(0);
        title->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
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
    mirrorWidths();
    connectHeaders();
    setFocusProxy(m_source);
    connect(&m_model, &QAbstractItemModel::modelReset, this, [this] {
        m_wanted = m_model.rowCount() > 0 ? 0 : -1;
        m_wantedForward = true;
        if (std::exchange(m_fittedTable, m_model.query().table) != m_model.query().table)
            m_fitted = false;
        if (m_wanted == 0 && m_model.row(0))
            arrive(0, 0);
    });
    connect(&m_model, &PlanRowModel::pageArrived, this, &RowsView::arrive);
}

QTableView *RowsView::makeView(const QString &name)
{
    auto *view = new QTableView(this);
    view->setObjectName(name);
    view->setModel(&m_model);
    view->setItemDelegate(m_delegate);
    view->setFont(theme::data(font()));
    view->setFrameShape(QFrame::NoFrame);
    view->setShowGrid(false);
    view->setSelectionBehavior(QAbstractItemView::SelectRows);
    view->setSelectionMode(QAbstractItemView::ExtendedSelection);
    view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    view->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    view->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    view->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    view->setTabKeyNavigation(false);
    view->setWordWrap(false);
    view->setTextElideMode(Qt::ElideRight);
    view->setContextMenuPolicy(Qt::CustomContextMenu);
    view->verticalHeader()->hide();
    view->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    view->verticalHeader()->setMinimumSectionSize(0);
    view->verticalHeader()->setDefaultSectionSize(theme::rowHeight(view->font()));
    QHeaderView *header = view->horizontalHeader();
    header->setFont(theme::caption(font()));
    header->setFixedHeight(theme::rowHeight(header->font()));
    header->setHighlightSections(false);
    header->setMinimumSectionSize(36);
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header->setTextElideMode(Qt::ElideRight);
    header->setSectionsClickable(true);
    header->setResizeContentsPrecision(50);
    header->viewport()->installEventFilter(this);
    view->setCornerButtonEnabled(false);
    connect(view, &QWidget::customContextMenuRequested, this,
            [this, view](const QPoint &position) { contextMenu(view, position); });
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
    for (QTableView *view : {m_pinned, m_source, m_target}) {
        // A header asks of every column whether all of its rows are selected: a million questions a paint.
        view->horizontalHeader()->setSelectionModel(new QItemSelectionModel(&m_model, view));
        connect(view->verticalScrollBar(), &QScrollBar::valueChanged, m_vertical, &QScrollBar::setValue);
        connect(m_vertical, &QScrollBar::valueChanged, view->verticalScrollBar(), &QScrollBar::setValue);
    }
    connect(m_source->verticalScrollBar(), &QScrollBar::rangeChanged, this, [this](int low, int high) {
        m_vertical->setRange(low, high);
        m_vertical->setPageStep(m_source->verticalScrollBar()->pageStep());
        m_vertical->setSingleStep(m_source->verticalHeader()->defaultSectionSize());
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
}

void RowsView::setSides(const QString &source, const QString &target)
{
    setTitles(tr("%1 (source)").arg(source), tr("%1 (target)").arg(target));
}

void RowsView::setTitles(const QString &source, const QString &target)
{
    m_sourceTitle->setText(source);
    m_targetTitle->setText(target);
    m_pinnedTitle->setText(tr("Key"));
    m_pinned->setAccessibleName(tr("Signs and keys"));
    m_source->setAccessibleName(m_sourceTitle->text());
    m_target->setAccessibleName(m_targetTitle->text());
    for (QLabel *title : {m_sourceTitle, m_targetTitle})
        title->setToolTip(format::toolTip(title->text()));
}

void RowsView::setSpacesShown(bool shown)
{
    m_delegate->setSpacesShown(shown);
    for (QTableView *view : {m_pinned, m_source, m_target})
        view->viewport()->update();
}

QModelIndex RowsView::current() const { return m_source->currentIndex(); }

QList<RowSpan> RowsView::selection() const
{
    QList<RowSpan> spans;
    const QItemSelection selected = m_source->selectionModel()->selection();
    for (const QItemSelectionRange &range : selected)
        spans.append({range.top(), range.bottom() + 1});
    std::sort(spans.begin(), spans.end(), [](const RowSpan &a, const RowSpan &b) { return a.first < b.first; });
    QList<RowSpan> joined;
    for (const RowSpan &span : std::as_const(spans)) {
        if (!joined.isEmpty() && span.first <= joined.constLast().past)
            joined.last().past = std::max(joined.constLast().past, span.past);
        else
            joined.append(span);
    }
    if (joined.isEmpty() && current().isValid())
        joined.append({current().row(), current().row() + 1});
    return joined;
}

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

void RowsView::selectWhenThere(int row, bool forward)
{
    m_wantedForward = forward;
    if (m_model.row(row)) {
        select(row, forward ? -1 : changedCell(row, -1, false));
        return;
    }
    m_wanted = row;
    m_source->scrollTo(m_model.index(row, m_model.columnOf(Part::Source, m_model.keyCount())));
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
    viewOf(index.column())->scrollTo(index);
}

bool RowsView::nextDifference(bool forward)
{
    const QModelIndex now = current();
    if (!now.isValid()) {
        select(0, -1);
        return m_model.rowCount() > 0;
    }
    const int cell = changedCell(now.row(), m_model.cellOf(now.column()), forward);
    if (cell >= 0) {
        select(now.row(), cell);
        return true;
    }
    const int row = now.row() + (forward ? 1 : -1);
    if (row < 0 || row >= m_model.rowCount())
        return false;
    selectWhenThere(row, forward);
    return true;
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

// Left and right lead from one part to the next.
void RowsView::step(int direction)
{
    const QModelIndex now = current();
    for (int column = now.column() + direction; column > 0 && column < m_model.columnCount(); column += direction) {
        QTableView *view = viewOf(column);
        if (view->isColumnHidden(column))
            continue;
        const QModelIndex next = m_model.index(now.row(), column);
        view->setFocus();
        m_source->selectionModel()->setCurrentIndex(next,
                                                    QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
        view->scrollTo(next);
        return;
    }
}

void RowsView::contextMenu(QTableView *view, const QPoint &position)
{
    const QModelIndex index = view->indexAt(position);
    // A row outside the selection becomes the selection; a menu within it speaks of all of it.
    if (index.isValid() && !m_source->selectionModel()->isRowSelected(index.row()))
        m_source->selectionModel()->setCurrentIndex(index,
                                                    QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    else if (index.isValid())
        m_source->selectionModel()->setCurrentIndex(index, QItemSelectionModel::NoUpdate);
    if (current().isValid())
        Q_EMIT menuWished(view->viewport()->mapToGlobal(position));
}

bool RowsView::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::MouseButtonPress || event->type() == QEvent::MouseButtonDblClick)
        m_dragging = true; // in a header: the cells' viewports are not watched
    else if (event->type() == QEvent::MouseButtonRelease)
        m_dragging = false;
    if (event->type() == QEvent::KeyPress && current().isValid()) {
        const auto *key = static_cast<QKeyEvent *>(event);
        const bool plain = key->modifiers() == Qt::NoModifier;
        if (key->key() == Qt::Key_Space && plain) {
            Q_EMIT toggleWished();
            return true;
        }
        if (key->matches(QKeySequence::Copy)) {
            Q_EMIT copyWished();
            return true;
        }
        if (key->key() == Qt::Key_Menu || (key->key() == Qt::Key_F10 && key->modifiers() == Qt::ShiftModifier)) {
            QTableView *view = viewOf(current().column());
            Q_EMIT menuWished(view->viewport()->mapToGlobal(view->visualRect(current()).bottomLeft()));
            return true;
        }
        if (plain && (key->key() == Qt::Key_Left || key->key() == Qt::Key_Right)) {
            step(key->key() == Qt::Key_Left ? -1 : 1);
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
