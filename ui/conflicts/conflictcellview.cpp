// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/conflicts/conflictcellview.h"

#include <algorithm>

#include <QContextMenuEvent>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>

#include "ui/conflicts/conflictcelldelegate.h"
#include "ui/conflicts/conflictcellmodel.h"
#include "ui/plan/celltext.h"
#include "ui/widgets/theme.h"

using namespace Qt::StringLiterals;

namespace tidemark {

using From = CellChoice::From;
using Cells = ConflictCellModel;

ConflictCellView::ConflictCellView(ConflictCellModel &model, QWidget *parent) : QTableView(parent), m_model(model)
{
    setObjectName(u"conflictCells"_s);
    setModel(&model);
    setItemDelegate(new ConflictCellDelegate(model, this));
    setEditTriggers(QAbstractItemView::DoubleClicked);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setShowGrid(false);
    setTabKeyNavigation(false);
    setWordWrap(false);
    setFrameShape(QFrame::NoFrame);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    const int row = theme::rowHeight(font());
    verticalHeader()->hide();
    verticalHeader()->setDefaultSectionSize(row);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setMinimumHeight(row);
    retranslate();
}

void ConflictCellView::retranslate() { setAccessibleName(tr("Cells in conflict")); }

// All of them are seen at once: the result above all.
void ConflictCellView::fit()
{
    QList<int> widths;
    for (int column = 0; column < Cells::ColumnCount; ++column) {
        const QString head = m_model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
        widths << std::max(horizontalHeader()->fontMetrics().horizontalAdvance(head) + 28, sizeHintForColumn(column));
    }
    for (const int side : {Cells::Base, Cells::Source, Cells::Target}) // any of them may become the result
        widths[Cells::Outcome] = std::max(widths[Cells::Outcome], isColumnHidden(side) ? 0 : widths[side]);
    widths[Cells::Name] = std::min(widths[Cells::Name], std::max(viewport()->width() / 5, 72));
    int room = viewport()->width() - widths[Cells::Name];
    QList<int> order{Cells::Source, Cells::Target, Cells::Outcome};
    if (isColumnHidden(Cells::Base))
        widths[Cells::Base] = 0;
    else
        order.append(Cells::Base);
    std::sort(order.begin(), order.end(), [&widths](int a, int b) { return widths[a] < widths[b]; });
    const int wanted = widths[1] + widths[2] + widths[3] + widths[4];
    const bool isTight = wanted > room;
    const int more = std::max(0, room - wanted) / static_cast<int>(order.size()); // what is left goes to the values
    int left = static_cast<int>(order.size());
    for (const int column : order) { // the narrow ones as they are; the others share what remains
        widths[column] = isTight ? std::min(widths[column], std::max(room / left, 72)) : widths[column] + more;
        room -= isTight ? widths[column] : 0;
        --left;
    }
    for (int column = 0; column < Cells::ColumnCount; ++column)
        horizontalHeader()->resizeSection(column, widths[column]);
}

// What its rows need, and an editor of several lines where one may open.
int ConflictCellView::wantedHeight() const
{
    const int row = verticalHeader()->defaultSectionSize();
    int rows = m_model.rowCount();
    for (int at = 0; at < m_model.rowCount(); ++at) {
        const CellKind kind = m_model.look(m_model.index(at, Cells::Outcome)).type.kind;
        if (m_model.canEdit(at) && (kind == CellKind::Json || celltext::isTextual(kind)))
            rows = std::max(rows, ConflictCellDelegate::editorHeight(font()) / row + 1);
    }
    return std::max(horizontalHeader()->sizeHint().height(), horizontalHeader()->minimumHeight()) + rows * row + 1;
}

void ConflictCellView::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    fit();
}

void ConflictCellView::showFirst()
{
    const int row = std::max(0, m_model.nextUnanswered(-1));
    if (m_model.rowCount() > row)
        setCurrentIndex(m_model.index(row, Cells::Outcome));
}

// To the next cell that nobody has answered; stays where all are.
void ConflictCellView::goOn()
{
    const int next = m_model.nextUnanswered(currentIndex().row());
    if (next >= 0)
        setCurrentIndex(m_model.index(next, Cells::Outcome));
}

void ConflictCellView::editCurrent()
{
    const int row = currentIndex().row();
    if (!m_model.canEdit(row))
        return;
    setCurrentIndex(m_model.index(row, Cells::Outcome));
    edit(currentIndex());
}

void ConflictCellView::closeEditor(QWidget *editor, QAbstractItemDelegate::EndEditHint hint)
{
    const int row = currentIndex().row();
    const bool isDone = hint != QAbstractItemDelegate::NoHint && hint != QAbstractItemDelegate::RevertModelCache;
    QTableView::closeEditor(editor, isDone ? QAbstractItemDelegate::SubmitModelCache : hint);
    if (isDone && m_model.fault(row).isEmpty())
        goOn();
}

void ConflictCellView::endEditing()
{
    if (QWidget *const editor = isEditing() ? indexWidget(currentIndex()) : nullptr) {
        commitData(editor);
        closeEditor(editor, QAbstractItemDelegate::NoHint);
    }
}

bool ConflictCellView::answer(int key, Qt::KeyboardModifiers modifiers)
{
    const bool whole = modifiers.testFlag(Qt::ControlModifier);
    const int row = currentIndex().row();
    switch (key) {
    case Qt::Key_Less:
    case Qt::Key_Greater:
        if (whole)
            Q_EMIT rowWished(key == Qt::Key_Less ? ConflictAnswer::Source : ConflictAnswer::Target);
        else
            m_model.take(row, key == Qt::Key_Less ? From::Source : From::Target);
        break;
    case Qt::Key_Slash:
        m_model.take(row, From::Base);
        break;
    case Qt::Key_0:
        if (!whole)
            return false;
        m_model.give(row, {});
        break;
    case Qt::Key_Delete:
    case Qt::Key_Backspace:
        m_model.clear(row);
        return true;
    default:
        return false;
    }
    goOn();
    return true;
}

void ConflictCellView::keyPressEvent(QKeyEvent *event)
{
    const bool isReturn = event->key() == Qt::Key_Return;
    if (isReturn && (m_model.isComplete() || event->modifiers().testFlag(Qt::ControlModifier))) {
        Q_EMIT saveWished();
    } else if (isReturn || event->key() == Qt::Key_Enter || event->key() == Qt::Key_F2) {
        editCurrent();
    } else if (!answer(event->key(), event->modifiers())) {
        QTableView::keyPressEvent(event);
        return;
    }
    event->accept();
}

void ConflictCellView::contextMenuEvent(QContextMenuEvent *event)
{
    const int row = event->reason() == QContextMenuEvent::Mouse ? indexAt(event->pos()).row() : currentIndex().row();
    if (row < 0)
        return;
    setCurrentIndex(m_model.index(row, Cells::Outcome));
    QMenu menu(this);
    const auto add = [&](const QString &text, int key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
        menu.addAction(text, this, [this, key, modifiers] { answer(key, modifiers); })
            ->setShortcut(QKeySequence(static_cast<int>(modifiers) | key));
    };
    const auto head = [this](Cells::Column column) {
        QString name = m_model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
        return name.replace(u'&', u"&&"_s);
    };
    add(tr("Take %1").arg(head(Cells::Source)), Qt::Key_Less);
    add(tr("Take %1").arg(head(Cells::Target)), Qt::Key_Greater);
    if (m_model.look(m_model.index(row, Cells::Base)).isKnown && m_model.canEdit(row))
        add(tr("Take the last synced value"), Qt::Key_Slash);
    if (m_model.canEdit(row)) {
        menu.addSeparator();
        menu.addAction(tr("Edit…"), this, &ConflictCellView::editCurrent)->setShortcut(Qt::Key_F2);
        add(tr("Set NULL"), Qt::Key_0, Qt::ControlModifier);
        const CellKind kind = m_model.look(m_model.index(row, Cells::Outcome)).type.kind;
        if (kind == CellKind::Blob || kind == CellKind::Text || kind == CellKind::Json)
            menu.addAction(tr("Value from a file…"), this, [this, row] { Q_EMIT fileWished(row); });
        menu.addSeparator();
        add(tr("Take the answer back"), Qt::Key_Delete);
    }
    menu.exec(event->globalPos());
}

} // namespace tidemark
