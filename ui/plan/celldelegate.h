// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace tidemark {

class PlanRowModel;

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
    void paintSign(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const;
    const PlanRowModel &m_model;
    bool m_spaces = false;
};

} // namespace tidemark
