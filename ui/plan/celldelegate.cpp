// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plan/celldelegate.h"

#include <algorithm>

#include <QApplication>
#include <QPainter>
#include <QTableView>

#include "ui/plan/celltext.h"
#include "ui/plan/planrowmodel.h"
#include "ui/widgets/framedelegate.h"
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
    const int signWidth = m_model.isTwoWay() ? 32 : option.rect.width(); // its direction beside it
    const QPoint center(option.rect.left() + (signWidth - 1) / 2, option.rect.center().y());
    const QRect box(center.x() - 9, center.y() - 9, 20, 20);
    const QColor color = theme::color(token, option.palette);
    signs::paint(painter, name, box, color);
    const QRect beside(option.rect.left() + signWidth, center.y() - 7, 16, 16);
    if (m_model.isTwoWay())
        paintDirection(painter, row->decision, beside, color);
}

// Which side is written; a merge both, a conflict none.
void CellDelegate::paintDirection(QPainter *painter, Decision decision, const QRect &rect, const QColor &color)
{
    switch (decision) {
    case Decision::InsertTarget:
    case Decision::UpdateTarget:
    case Decision::DeleteTarget:
        signs::paint(painter, u"to-target"_s, rect, color);
        break;
    case Decision::InsertSource:
    case Decision::UpdateSource:
    case Decision::DeleteSource:
        signs::paint(painter, u"to-source"_s, rect, color);
        break;
    case Decision::Merge:
        signs::paint(painter, u"to-source"_s, rect.translated(-3, 0), color);
        signs::paint(painter, u"to-target"_s, rect.translated(9, 0), color);
        break;
    case Decision::Equal:
    case Decision::Keep:
    case Decision::Conflict:
        break;
    }
}

// In a merged row each cell has its own way: the arrow points at the cell that is replaced.
int CellDelegate::paintFlow(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const PlanRowView *row = m_model.row(index.row());
    const CellFlow flow = m_model.flow(index);
    if (flow == CellFlow::None || !row->included)
        return 0;
    const bool atSource = m_model.partOf(index.column()) == PlanRowModel::Part::Source;
    const QRect place(option.rect.left() + 6, option.rect.center().y() - 7, 14, 14);
    signs::paint(painter, atSource ? u"to-source"_s : u"to-target"_s, place,
                 QColor(signs::tintOf(row->decision, theme::of(option.palette)).mark));
    return 16;
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
        const bool muted = !row->included || (cell->isNull && !changed);
        QStyleOptionViewItem beside(option);
        beside.rect.adjust(paintFlow(painter, option, index), 0, 0, 0);
        paintText(painter, beside, *cell, changed, QColor(muted ? colors.muted : colors.text));
    } else if (!row) {
        painter->setPen(QColor(colors.muted));
        painter->drawText(option.rect.adjusted(8, 0, -8, 0), Qt::AlignVCenter, u"…"_s);
    }
    paintFrame(painter, option, index);
    painter->restore();
}

const CellDelegate::Face &CellDelegate::face(const QFont &base, bool bold, bool italic) const
{
    if (m_base != base || m_faces.front().font != base) {
        m_base = base;
        for (size_t i = 0; i < m_faces.size(); ++i) {
            Face &face = m_faces[i];
            face.font = base;
            if (i & 1)
                face.font.setWeight(QFont::DemiBold);
            face.font.setItalic(i & 2);
            face.metrics = QFontMetrics(face.font);
            const int narrow = face.metrics.horizontalAdvance(u'i');
            face.unit = narrow == face.metrics.horizontalAdvance(u'M') ? narrow : 0;
        }
    }
    return m_faces[(bold ? 1 : 0) + (italic ? 2 : 0)];
}

void CellDelegate::paintText(QPainter *painter, const QStyleOptionViewItem &option, const PlanCell &cell, bool changed,
                             QColor color) const
{
    const Face &face = this->face(option.font, changed, cell.isNull);
    const QRect inner = option.rect.adjusted(8, 0, -8, 0);
    QString shown = cell.isNull ? u"NULL"_s : visible(cell.text.left(charactersPainted), m_spaces);
    const bool fits = face.unit > 0 && shown.size() * face.unit <= inner.width()
        && std::all_of(shown.cbegin(), shown.cend(), [](QChar c) { return c.unicode() < 0x250; });
    if (!fits)
        shown = face.metrics.elidedText(shown, Qt::ElideRight, inner.width());
    painter->setFont(face.font);
    painter->setPen(color);
    painter->drawText(inner,
                      (cell.alignRight && !cell.isNull ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter
                          | Qt::TextSingleLine,
                      shown);
}

// Rows are framed from their sign to the last column that is shown, their tint stays; the current cell has a frame of
// its own.
void CellDelegate::paintFrame(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const QColor accent(theme::of(option.palette).accent);
    const QRect &rect = option.rect;
    if (option.state & QStyle::State_Selected) {
        const auto *view = qobject_cast<const QTableView *>(option.widget);
        const auto isSelected = [&](int row) {
            return view && view->selectionModel()->isSelected(m_model.index(row, index.column()));
        };
        if (!isSelected(index.row() - 1)) // rows below each other have one frame
            painter->fillRect(QRect(rect.left(), rect.top(), rect.width(), 2), accent);
        if (!isSelected(index.row() + 1))
            painter->fillRect(QRect(rect.left(), rect.bottom() - 1, rect.width(), 2), accent);
        if (index.column() == 0)
            painter->fillRect(QRect(rect.left(), rect.top(), 2, rect.height()), accent);
        if (view && m_model.partOf(index.column()) == PlanRowModel::Part::Target
            && FrameDelegate::lastShown(*view) == index.column())
            painter->fillRect(QRect(rect.right() - 1, rect.top(), 2, rect.height()), accent);
    }
    if (option.state & QStyle::State_HasFocus) {
        painter->setBrush(Qt::NoBrush);
        painter->setPen(QPen(accent, 2));
        painter->drawRect(rect.adjusted(1, 1, -1, -1));
    }
}

QSize CellDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    if (index.column() == 0)
        return {m_model.isTwoWay() ? 64 : 36, theme::rowHeight(option.font)};
    const PlanCell *cell = m_model.cell(index);
    const int text = cell && !cell->isAbsent
        ? face(option.font, true, false).metrics.horizontalAdvance(visible(cell->text.left(60), m_spaces))
        : 0;
    const int arrow = m_model.isTwoWay() ? 16 : 0; // room for it in every row: which ones are merged is not known yet
    return {std::clamp(text + 20 + arrow, 56, 320), theme::rowHeight(option.font)};
}

} // namespace tidemark
