// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/connections/connectiondelegate.h"

#include <QPainter>

#include "ui/connections/connectionlistmodel.h"
#include "ui/widgets/signs.h"

using namespace Qt::StringLiterals;

namespace tidemark {

using Model = ConnectionListModel;

static std::pair<QString, theme::Token> signOf(Model::Tone tone)
{
    switch (tone) {
    case Model::Tone::Good:
        return {u"done"_s, theme::Token::Insert};
    case Model::Tone::Bad:
        return {u"error"_s, theme::Token::Remove};
    case Model::Tone::Busy:
        return {u"running"_s, theme::Token::Accent};
    case Model::Tone::Muted:
        break;
    }
    return {u"never"_s, theme::Token::Muted};
}

static QString elided(QPainter *painter, const QString &text, Qt::TextElideMode mode, int width)
{
    return painter->fontMetrics().elidedText(text, mode, width);
}

int ConnectionDelegate::paintMarks(QPainter *painter, const QRect &line, const QStyleOptionViewItem &option,
                                   const QModelIndex &index)
{
    const theme::Colors &colors = theme::of(option.palette);
    QFont font = theme::caption(option.font);
    font.setWeight(QFont::DemiBold);
    painter->setFont(font);
    int right = line.right();
    const auto mark = [&](const QString &text, QRgb fill, QRgb ink) {
        const int width = painter->fontMetrics().horizontalAdvance(text) + 12;
        const QRect badge(right - width + 1, line.center().y() - 9, width, 19);
        painter->setPen(Qt::NoPen);
        painter->setBrush(QColor(fill));
        painter->drawRoundedRect(badge, 3, 3);
        painter->setPen(QColor(ink));
        painter->drawText(badge, Qt::AlignCenter, text);
        right = badge.left() - theme::gap;
    };
    if (index.data(Model::ProductionRole).toBool())
        mark(ConnectionListModel::tr("PRODUCTION"), colors.warning.cell, colors.text);
    if (index.data(Model::ReadOnlyRole).toBool())
        mark(ConnectionListModel::tr("read-only"), colors.hairline, colors.text);
    return right;
}

void ConnectionDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const theme::Colors &colors = theme::of(option.palette);
    const bool selected = option.state & QStyle::State_Selected;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (selected || option.state & QStyle::State_MouseOver)
        painter->fillRect(option.rect, QColor(selected ? colors.update.row : colors.panel));
    painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), QColor(colors.hairline));
    const QRect inner = option.rect.adjusted(12, theme::gap, -12, -theme::gap);
    signs::paint(painter, index.data(Model::IconRole).toString(), QRect(inner.left(), inner.top(), 24, inner.height()),
                 QColor(colors.text));
    const QRect text = inner.adjusted(24 + 12, 0, 0, 0);
    const QRect first(text.left(), text.top(), text.width(), text.height() / 2);
    const QRect second(text.left(), text.top() + text.height() / 2, text.width(), text.height() / 2);

    const int marks = paintMarks(painter, first, option, index);
    QFont bold = option.font;
    bold.setWeight(QFont::DemiBold);
    painter->setFont(bold);
    painter->setPen(QColor(colors.text));
    const QRect name(first.left(), first.top(), std::max(0, marks - first.left()), first.height());
    painter->drawText(name, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                      elided(painter, index.data().toString(), Qt::ElideRight, name.width()));

    const auto [sign, token] = signOf(static_cast<Model::Tone>(index.data(Model::ToneRole).toInt()));
    const QColor tone = theme::color(token, option.palette);
    painter->setFont(theme::caption(option.font));
    const QString state = elided(painter, index.data(Model::StateRole).toString(), Qt::ElideRight, second.width() / 2);
    const int stateWidth = painter->fontMetrics().horizontalAdvance(state);
    painter->setPen(tone);
    painter->drawText(second, Qt::AlignRight | Qt::AlignVCenter | Qt::TextSingleLine, state);
    const QRect signRect(second.right() - stateWidth - 4 - 14, second.top(), 14, second.height());
    signs::paint(painter, sign, signRect, tone);
    painter->setPen(QColor(colors.muted));
    const QRect place(second.left(), second.top(), std::max(0, signRect.left() - theme::group - second.left()),
                      second.height());
    painter->drawText(place, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine,
                      elided(painter, index.data(Model::PlaceRole).toString(), Qt::ElideMiddle, place.width()));

    if (selected) {
        painter->setRenderHint(QPainter::Antialiasing, false);
        painter->setBrush(Qt::NoBrush);
        painter->setPen(QPen(QColor(colors.accent), 2));
        painter->drawRect(option.rect.adjusted(1, 1, -1, -1));
    }
    painter->restore();
}

QSize ConnectionDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    return {320, std::max(56, QFontMetrics(option.font).height() * 2 + 2 * theme::gap + 4)};
}

} // namespace tidemark
