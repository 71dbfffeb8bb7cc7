// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>

#include <QFontMetrics>
#include <QStyledItemDelegate>

#include "core/reconcile/decision.h"

namespace tidemark {

class PlanRowModel;
struct PlanCell;

// A cell of the preview: tinted by its decision, changed cells darker, semibold and with a bar; NULL, '' and blanks
// each look different.
class CellDelegate final : public QStyledItemDelegate
{
    Q_OBJECT
public:
    explicit CellDelegate(const PlanRowModel &model, QObject *parent = nullptr)
        : QStyledItemDelegate(parent), m_model(model)
    { }
    void setSpacesShown(bool shown) { m_spaces = shown; }
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

    // '' as quotes, spaces at the ends (or all) as ·, line ends as ⏎.
    static QString visible(const QString &text, bool allSpaces);

private:
    // A font with what painting asks of it: finding one out again for every cell would cost most of the painting.
    struct Face
    {
        QFont font;
        QFontMetrics metrics{QFont()};
        int unit = 0; // of a character, where all are as wide; 0: they are not
    };
    const Face &face(const QFont &base, bool bold, bool italic) const;
    static void paintDirection(QPainter *painter, Decision decision, const QRect &rect, const QColor &color);
    int paintFlow(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const; // its width
    void paintSign(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const;
    void paintText(QPainter *painter, const QStyleOptionViewItem &option, const PlanCell &cell, bool changed,
                   QColor color) const;
    void paintFrame(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const;
    const PlanRowModel &m_model;
    bool m_spaces = false;
    mutable QFont m_base; // of the faces
    mutable std::array<Face, 4> m_faces;
};

} // namespace tidemark
