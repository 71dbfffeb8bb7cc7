// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>

#include "ui/jobs/editorproblems.h"

namespace tidemark {

// Problems and remarks, the worst first.
class EditorRemarkModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { Table, Text, ColumnCount };
    enum class Kind : quint8 { All, Problems, Warnings, Created, Losses, Rights };

    using QAbstractTableModel::QAbstractTableModel;
    void setRemarks(QList<EditorProblem> remarks);
    void setKind(Kind kind);
    void setSignColumn(Column column) { m_signColumn = column; } // where the level's sign stands
    int count(Kind kind) const;
    const EditorProblem *at(int row) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    void filter();
    QList<EditorProblem> m_all;
    QList<EditorProblem> m_shown;
    Kind m_kind = Kind::All;
    int m_signColumn = Table;
};

} // namespace tidemark
