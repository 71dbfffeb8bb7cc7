// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/editornav.h"

#include <QPainter>

#include "ui/widgets/theme.h"

namespace tidemark {

void EditorNavDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const theme::Colors &colors = theme::of(option.palette);
    const bool selected = option.state & QStyle::State_Selected;
    const QRect rect = option.rect;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (selected || option.state & QStyle::State_MouseOver)
        painter->fillRect(rect, QColor(selected ? colors.update.row : colors.hairline));
    if (selected)
        painter->fillRect(QRect(rect.left(), rect.top(), 4, rect.height()), QColor(colors.accent));
    if (selected && option.state & QStyle::State_HasFocus) {
        painter->setPen(QPen(QColor(colors.accent), 2));
        painter->setBrush(Qt::NoBrush);
        painter->drawRect(rect.adjusted(1, 1, -1, -1));
    }
    const int count = index.data(countRole).toInt();
    QFont font = option.font;
    font.setWeight(selected ? QFont::DemiBold : QFont::Normal);
    painter->setFont(font);
    painter->setPen(QColor(colors.text));
    painter->drawText(rect.adjusted(theme::group, 0, count > 0 ? -48 : -theme::gap, 0),
                      Qt::AlignVCenter | Qt::AlignLeft, index.data().toString());
    if (count > 0) {
        const QString text = count > 99 ? QStringLiteral("99+") : QString::number(count);
        const int width = std::max(24, option.fontMetrics.horizontalAdvance(text) + 14);
        const QRect badge(rect.right() - width - theme::gap, rect.center().y() - 9, width, 20);
        painter->setPen(QPen(QColor(colors.remove.mark), 1));
        painter->setBrush(QColor(colors.remove.row));
        painter->drawRoundedRect(QRectF(badge).adjusted(0.5, 0.5, -0.5, -0.5), 10, 10);
        painter->setPen(QColor(colors.remove.mark));
        painter->setFont(theme::caption(option.font));
        painter->drawText(badge, Qt::AlignCenter, text);
    }
    painter->restore();
}

QSize EditorNavDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QSize size = QStyledItemDelegate::sizeHint(option, index);
    size.setHeight(40);
    return size;
}

} // namespace tidemark
