// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTableView>

#include "core/journal/conflict.h"

namespace tidemark {

class ConflictCellModel;

// The cells of one conflict, answered by keys: < and > take a side, / the last synced value, F2 edits, Ctrl+0 sets
// NULL; with Ctrl, < and > speak for the whole row.
class ConflictCellView final : public QTableView
{
    Q_OBJECT
public:
    explicit ConflictCellView(ConflictCellModel &model, QWidget *parent = nullptr);
    void fit(); // the columns to what they show
    int wantedHeight() const;
    void showFirst(); // the first cell that wants an answer
    bool isEditing() const { return state() == QAbstractItemView::EditingState; }
    void endEditing(); // what stands in the editor is the value
    void retranslate();

Q_SIGNALS:
    void saveWished();
    void rowWished(tidemark::ConflictAnswer answer);
    void fileWished(int row); // its bytes are to become the value

protected:
    void closeEditor(QWidget *editor,
                     QAbstractItemDelegate::EndEditHint hint) override; // goes on like an answer by key
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    bool answer(int key, Qt::KeyboardModifiers modifiers);
    void goOn();
    void editCurrent();
    ConflictCellModel &m_model;
};

} // namespace tidemark
