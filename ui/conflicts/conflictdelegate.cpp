// SPDX-License-Identifier: GPL-3.0-or-later
#include <QPainter>

#include "ui/conflicts/conflictlistmodel.h"
#include "ui/widgets/signs.h"
#include "ui/widgets/theme.h"

using namespace Qt::StringLiterals;

namespace tidemark {

void ConflictDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const theme::Colors &colors = theme::of(option.palette);
    const auto state = static_cast<ConflictState>(index.data(Qt::UserRole + 1).toInt());
    const bool isOpen = state == ConflictState::Open;
    painter->save();
    painter->setClipRect(option.rect);
    painter->fillRect(option.rect, QColor(colors.window));
    const QRect inner = option.rect.adjusted(theme::gap, 6, -theme::gap, -6);
    const QString sign = isOpen ? u"conflict"_s : state == ConflictState::Skipped ? u"skipped"_s : u"done"_s;
    const theme::Token token = isOpen     ? theme::Token::Conflict
        : state == ConflictState::Skipped ? theme::Token::Muted
                                          : theme::Token::Insert;
    signs::paint(painter, sign, QRect(inner.left(), inner.center().y() - 9, 20, 20),
                 theme::color(token, option.palette));
    const QRect text = inner.adjusted(28, 0, 0, 0);
    QFont first = option.font;
    first.setWeight(isOpen ? QFont::DemiBold : QFont::Normal);
    const QFont second = theme::caption(option.font);
    const QFontMetrics firstMetrics(first), secondMetrics(second);
    painter->setFont(first);
    painter->setPen(QColor(isOpen ? colors.text : colors.muted));
    painter->drawText(QRect(text.left(), text.top(), text.width(), firstMetrics.height()), Qt::AlignLeft,
                      firstMetrics.elidedText(index.data().toString(), Qt::ElideMiddle, text.width()));
    painter->setFont(second);
    painter->setPen(QColor(colors.muted));
    painter->drawText(
        QRect(text.left(), text.bottom() - secondMetrics.height() - 1, text.width(), secondMetrics.height() + 6),
        Qt::AlignLeft, secondMetrics.elidedText(index.data(Qt::UserRole).toString(), Qt::ElideRight, text.width()));
    painter->setPen(QColor(colors.hairline));
    painter->drawLine(option.rect.bottomLeft(), option.rect.bottomRight());
    if (option.state & QStyle::State_Selected) {
        painter->setPen(QPen(QColor(colors.accent), 2));
        painter->drawRect(option.rect.adjusted(1, 1, -1, -1));
    }
    painter->restore();
}

QSize ConflictDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    return {160, QFontMetrics(option.font).height() + QFontMetrics(theme::caption(option.font)).height() + 22};
}

} // namespace tidemark
