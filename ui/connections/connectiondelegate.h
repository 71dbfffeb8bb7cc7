// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace tidemark {

// A connection in two lines: what it is and its marks; where it is and how its last test went.
class ConnectionDelegate final : public QStyledItemDelegate
{
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    // From right to left; returns the left edge.
    static int paintMarks(QPainter *painter, const QRect &line, const QStyleOptionViewItem &option,
                          const QModelIndex &index);
};

} // namespace tidemark
