// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plan/celldelegate.h"

#include <QApplication>
#include <QPainter>

#include "ui/plan/celltext.h"
#include "ui/plan/planrowmodel.h"
#include "ui/widgets/signs.h"

using namespace Qt::StringLiterals;

namespace tidemark {

QString CellDelegate::visible(const QString &text, bool allSpaces) { return celltext::visible(text, allSpaces); }

// More does not fit into the widest column.
static constexpr int charactersPainted = 160;

void CellDelegate::paintSign(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const PlanRowView *row = m_model.row(index.row());
    if (!row)
        return;
    const theme::Token token = row->included ? signs::tokenOf(row->decision) : theme::Token::Muted;
    const QString name = row->included ? signs::nameOf(row->decision) : u"skipped"_s;
    const QRect box(option.rect.center().x() - 9, option.rect.center().y() - 9, 20, 20);
    signs::paint(painter, name, box, theme::color(token, option.palette));
}

void CellDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const theme::Colors &colors = theme::of(option.palette);
    const PlanRowView *row = m_model.row(index.row());
    const PlanCell *cell = m_model.cell(index);
    const bool changed = m_model.isChanged(index) && row && row->included;
    painter->save();
    painter->setClipRect(option.rect);
    QColor back(colors.window);
    if (row && row->included && !(cell && cell->isAbsent)) {
        const theme::Tint &tint = signs::tintOf(row->decision, colors);
        back = QColor(changed ? tint.cell : tint.row);
    } else if (cell && cell->isAbsent) {
        back = QColor(colors.panel);
    }
    painter->fillRect(option.rect, back);
    if (changed) {
        const theme::Tint &tint = signs::tintOf(row->decision, colors);
        painter->fillRect(QRect(option.rect.left(), option.rect.top(), 2, option.rect.height() - 1), QColor(tint.mark));
    }
    painter->setPen(QColor(colors.hairline));
    painter->drawLine(option.rect.bottomLeft(), option.rect.bottomRight());

    if (index.column() == 0) {
        paintSign(painter, option, index);
    } else if (cell && !cell->isAbsent) {
        QFont font = option.font;
        if (changed)
            font.setWeight(QFont::DemiBold);
        QColor text(row->included ? colors.text : colors.muted);
        if (cell->isNull) {
            font.setItalic(true);
            if (!changed)
                text = QColor(colors.muted);
        }
        const QRect inner = option.rect.adjusted(8, 0, -8, 0);
        const QString shown = cell->isNull ? u"NULL"_s : visible(cell->text.left(charactersPainted), m_spaces);
        painter->setFont(font);
        painter->setPen(text);
        painter->drawText(inner,
                          (cell->alignRight && !cell->isNull ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter
                              | Qt::TextSingleLine,
                          QFontMetrics(font).elidedText(shown, Qt::ElideRight, inner.width()));
    } else if (!row) {
        painter->setPen(QColor(colors.muted));
        painter->drawText(option.rect.adjusted(8, 0, -8, 0), Qt::AlignVCenter, u"…"_s);
    }

    // The row is framed, its tint stays; the current cell has a whole frame.
    if (option.state & QStyle::State_Selected) {
        painter->fillRect(QRect(option.rect.left(), option.rect.top(), option.rect.width(), 2), QColor(colors.accent));
        painter->fillRect(QRect(option.rect.left(), option.rect.bottom() - 1, option.rect.width(), 2),
                          QColor(colors.accent));
    }
    if (option.state & QStyle::State_HasFocus) {
        painter->setBrush(Qt::NoBrush);
        painter->setPen(QPen(QColor(colors.accent), 2));
        painter->drawRect(option.rect.adjusted(1, 1, -1, -1));
    }
    painter->restore();
}

QSize CellDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    if (index.column() == 0)
        return {36, theme::row};
    QFont bold = option.font;
    bold.setWeight(QFont::DemiBold);
    const PlanCell *cell = m_model.cell(index);
    const int text =
        cell && !cell->isAbsent ? QFontMetrics(bold).horizontalAdvance(visible(cell->text.left(60), m_spaces)) : 0;
    return {std::clamp(text + 20, 56, 320), theme::row};
}

} // namespace tidemark
