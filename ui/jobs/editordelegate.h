// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/framedelegate.h"

namespace tidemark {

// Cells of the editor's tables: framed rows, the current cell marked, and names of the target chosen from a list that
// can be typed into.
class EditorCellDelegate final : public QStyledItemDelegate
{
    Q_OBJECT
public:
    struct Special // an entry above the names
    {
        QString text;
        QVariant value;
    };
    // targetsRole: the names to choose from; chosen in targetColumn.
    EditorCellDelegate(int targetColumn, int targetsRole, QList<Special> specials, QObject *parent);

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    bool editorEvent(QEvent *event, QAbstractItemModel *model, const QStyleOptionViewItem &option,
                     const QModelIndex &index) override;
    QWidget *createEditor(QWidget *parent, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    void setEditorData(QWidget *editor, const QModelIndex &index) const override;
    void setModelData(QWidget *editor, QAbstractItemModel *model, const QModelIndex &index) const override;

private:
    FrameDelegate m_frame;
    int m_targetColumn;
    int m_targetsRole;
    QList<Special> m_specials;
};

} // namespace tidemark
