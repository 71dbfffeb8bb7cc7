// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QComboBox>

#include "ui/widgets/framedelegate.h"

namespace tidemark {

// Cells of a service's columns. Types are chosen, or typed where they have figures: decimal(12,2).
class ColumnTypeDelegate final : public QStyledItemDelegate
{
public:
    ColumnTypeDelegate(int typeColumn, QObject *parent) : QStyledItemDelegate(parent), m_typeColumn(typeColumn) { }
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QWidget *createEditor(QWidget *parent, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    void setEditorData(QWidget *editor, const QModelIndex &index) const override;
    void setModelData(QWidget *editor, QAbstractItemModel *model, const QModelIndex &index) const override;

private:
    FrameDelegate m_frame;
    int m_typeColumn;
};

inline void ColumnTypeDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                                      const QModelIndex &index) const
{
    m_frame.paint(painter, option, index);
}

inline QSize ColumnTypeDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    return m_frame.sizeHint(option, index);
}

inline QWidget *ColumnTypeDelegate::createEditor(QWidget *parent, const QStyleOptionViewItem &option,
                                                 const QModelIndex &index) const
{
    QWidget *editor = nullptr;
    if (index.column() == m_typeColumn) {
        auto *box = new QComboBox(parent);
        box->setEditable(true);
        box->setInsertPolicy(QComboBox::NoInsert);
        box->addItems({QStringLiteral("integer"), QStringLiteral("decimal"), QStringLiteral("decimal(12,2)"),
                       QStringLiteral("float"), QStringLiteral("boolean"), QStringLiteral("text"),
                       QStringLiteral("date"), QStringLiteral("time"), QStringLiteral("timestamp"),
                       QStringLiteral("datetime"), QStringLiteral("uuid"), QStringLiteral("json")});
        editor = box;
    } else {
        editor = QStyledItemDelegate::createEditor(parent, option, index);
    }
    editor->setAccessibleName(index.model()->headerData(index.column(), Qt::Horizontal).toString());
    return editor;
}

inline void ColumnTypeDelegate::setEditorData(QWidget *editor, const QModelIndex &index) const
{
    if (auto *box = qobject_cast<QComboBox *>(editor))
        box->setEditText(index.data(Qt::EditRole).toString());
    else
        QStyledItemDelegate::setEditorData(editor, index);
}

inline void ColumnTypeDelegate::setModelData(QWidget *editor, QAbstractItemModel *model, const QModelIndex &index) const
{
    if (const auto *box = qobject_cast<QComboBox *>(editor))
        model->setData(index, box->currentText().trimmed());
    else
        QStyledItemDelegate::setModelData(editor, model, index);
}

} // namespace tidemark
