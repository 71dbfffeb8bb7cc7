// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/framedelegate.h"

#include <QHeaderView>
#include <QPainter>
#include <QTableView>

#include "ui/widgets/theme.h"

namespace tidemark {

int FrameDelegate::lastShown(const QTableView &view)
{
    const QHeaderView &header = *view.horizontalHeader();
    for (int visual = header.count() - 1; visual >= 0; --visual) {
        const int column = header.logicalIndex(visual);
        if (!header.isSectionHidden(column))
            return column;
    }
    return -1;
}

void FrameDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const theme::Colors &colors = theme::of(option.palette);
    const bool selected = option.state & QStyle::State_Selected;
    if (selected || option.state & QStyle::State_MouseOver)
        painter->fillRect(option.rect, QColor(selected ? colors.update.row : colors.panel));
    QStyleOptionViewItem plain = option;
    plain.state &= ~(QStyle::State_Selected | QStyle::State_HasFocus | QStyle::State_MouseOver);
    plain.rect.adjust(4, 0, -4, 0);
    QStyledItemDelegate::paint(painter, plain, index);
    if (!selected)
        return;
    const QRect &rect = option.rect;
    const QColor accent(colors.accent);
    painter->fillRect(QRect(rect.left(), rect.top(), rect.width(), 2), accent);
    painter->fillRect(QRect(rect.left(), rect.bottom() - 1, rect.width(), 2), accent);
    const auto *view = qobject_cast<const QTableView *>(option.widget);
    const int last = view ? lastShown(*view) : index.model()->columnCount(index.parent()) - 1;
    if (index.column() == 0)
        painter->fillRect(QRect(rect.left(), rect.top(), 2, rect.height()), accent);
    if (index.column() == last)
        painter->fillRect(QRect(rect.right() - 1, rect.top(), 2, rect.height()), accent);
}

bool FrameDelegate::editorEvent(QEvent *event, QAbstractItemModel *model, const QStyleOptionViewItem &option,
                                const QModelIndex &index)
{
    QStyleOptionViewItem inner = option; // a tick is clicked where it is painted
    inner.rect.adjust(4, 0, -4, 0);
    return QStyledItemDelegate::editorEvent(event, model, inner, index);
}

QSize FrameDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QSize size = QStyledItemDelegate::sizeHint(option, index);
    size.rwidth() += 8; // set in by 4 on either side
    size.setHeight(std::max(size.height(), theme::rowHeight(option.font)));
    return size;
}

} // namespace tidemark
