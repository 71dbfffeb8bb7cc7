// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/jobdelegate.h"

#include <QPainter>

#include "ui/jobs/joblistmodel.h"
#include "ui/widgets/signs.h"

using namespace Qt::StringLiterals;

namespace tidemark {

static std::pair<QString, theme::Token> signOf(JobTone tone)
{
    switch (tone) {
    case JobTone::Problem:
        return {u"error"_s, theme::Token::Remove};
    case JobTone::Attention:
        return {u"warning"_s, theme::Token::Warning};
    case JobTone::Running:
        return {u"running"_s, theme::Token::Accent};
    case JobTone::Pending:
        return {u"update"_s, theme::Token::Update};
    case JobTone::Good:
        return {u"done"_s, theme::Token::Insert};
    case JobTone::Disabled:
        return {u"skipped"_s, theme::Token::Muted};
    case JobTone::Never:
        return {u"never"_s, theme::Token::Muted};
    }
    return {};
}

void JobDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const theme::Colors &colors = theme::of(option.palette);
    const bool selected = option.state & QStyle::State_Selected;
    painter->save();
    if (selected || option.state & QStyle::State_MouseOver)
        painter->fillRect(option.rect, QColor(selected ? colors.update.row : colors.panel));
    painter->setPen(QColor(colors.hairline));
    painter->drawLine(option.rect.bottomLeft(), option.rect.bottomRight());

    const auto [sign, token] = signOf(static_cast<JobTone>(index.data(JobListModel::ToneRole).toInt()));
    const QColor tone = theme::color(token, option.palette);
    const QRect inner = option.rect.adjusted(theme::group, theme::gap, -theme::group, -theme::gap);
    signs::paint(painter, sign, QRect(inner.left(), inner.top() + 2, 20, 20), tone);
    const QRect text = inner.adjusted(20 + theme::gap, 0, 0, 0);
    const int half = text.height() / 2;
    const QRect first(text.left(), text.top(), text.width(), half);
    const QRect second(text.left(), text.top() + half, text.width(), half);

    QFont bold = option.font;
    bold.setWeight(QFont::DemiBold);
    const auto draw = [&](const QRect &rect, const QFont &font, const QColor &color, const QString &line,
                          Qt::Alignment alignment) {
        painter->setFont(font);
        painter->setPen(color);
        const QString cut = QFontMetrics(font).elidedText(line, Qt::ElideRight, rect.width());
        painter->drawText(rect, alignment | Qt::AlignVCenter | Qt::TextSingleLine, cut);
        return QFontMetrics(font).horizontalAdvance(cut);
    };
    const int used = draw(QRect(first.left(), first.top(), first.width() * 3 / 5, first.height()), bold,
                          QColor(colors.text), index.data().toString(), Qt::AlignLeft);
    draw(first.adjusted(used + theme::group, 0, 0, 0), option.font, QColor(colors.muted),
         index.data(JobListModel::SidesRole).toString(), Qt::AlignRight);
    const QFont small = theme::caption(option.font);
    const int line = draw(QRect(second.left(), second.top(), second.width() * 3 / 5, second.height()), small,
                          QColor(colors.muted), index.data(JobListModel::SecondLineRole).toString(), Qt::AlignLeft);
    draw(second.adjusted(line + theme::group, 0, 0, 0), small, tone, index.data(JobListModel::StateRole).toString(),
         Qt::AlignRight);

    if (selected) {
        painter->setBrush(Qt::NoBrush);
        painter->setPen(QPen(QColor(colors.accent), 2));
        painter->drawRect(option.rect.adjusted(1, 1, -1, -1));
    }
    painter->restore();
}

QSize JobDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    return {320, std::max(56, QFontMetrics(option.font).height() * 2 + 2 * theme::gap + 4)};
}

} // namespace tidemark
