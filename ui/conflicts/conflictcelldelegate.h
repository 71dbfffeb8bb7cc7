// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace tidemark {

class ConflictCellModel;

// A cell of a conflict: what the sides changed is tinted, what the result takes is framed by its bar, NULL, '' and
// blanks each look different. Its editors go by the type of the column.
class ConflictCellDelegate final : public QStyledItemDelegate
{
    Q_OBJECT
public:
    explicit ConflictCellDelegate(const ConflictCellModel &model, QObject *parent = nullptr)
        : QStyledItemDelegate(parent), m_model(model)
    { }
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QWidget *createEditor(QWidget *parent, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    void setEditorData(QWidget *editor, const QModelIndex &index) const override;
    void setModelData(QWidget *editor, QAbstractItemModel *model, const QModelIndex &index) const override;
    static int editorHeight(const QFont &font); // in several lines
    void updateEditorGeometry(QWidget *editor, const QStyleOptionViewItem &option,
                              const QModelIndex &index) const override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    const ConflictCellModel &m_model;
};

} // namespace tidemark
