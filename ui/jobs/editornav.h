// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace tidemark {

// An entry of the editor's list of pages, with its count of problems.
class EditorNavDelegate final : public QStyledItemDelegate
{
    Q_OBJECT
public:
    static constexpr int countRole = Qt::UserRole;
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

} // namespace tidemark
