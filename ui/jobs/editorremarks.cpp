// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/editorremarks.h"

#include <algorithm>

#include "app/wording/wording.h"
#include "ui/widgets/signs.h"

using namespace Qt::StringLiterals;

namespace tidemark {

static bool isOf(const EditorProblem &remark, EditorRemarkModel::Kind kind)
{
    using Kind = EditorRemarkModel::Kind;
    using Level = EditorProblem::Level;
    const bool created = remark.code == "creates-table"_L1 || remark.code.startsWith("creates-checkpoint"_L1)
        || remark.code.startsWith("creates-log"_L1);
    const bool loss = remark.code == "loss"_L1;
    const bool right = remark.code == "grant"_L1;
    switch (kind) {
    case Kind::All:
        return true;
    case Kind::Problems:
        return remark.level == Level::Problem;
    case Kind::Warnings:
        return remark.level == Level::Warning && !loss && !right;
    case Kind::Created:
        return created;
    case Kind::Losses:
        return loss;
    case Kind::Rights:
        return right;
    }
    return false;
}

void EditorRemarkModel::setRemarks(QList<EditorProblem> remarks)
{
    std::stable_sort(remarks.begin(), remarks.end(),
                     [](const EditorProblem &a, const EditorProblem &b) { return a.level < b.level; });
    if (remarks == m_all)
        return;
    m_all = std::move(remarks);
    filter();
}

void EditorRemarkModel::setKind(Kind kind)
{
    m_kind = kind;
    filter();
}

int EditorRemarkModel::count(Kind kind) const
{
    return static_cast<int>(
        std::count_if(m_all.begin(), m_all.end(), [kind](const EditorProblem &remark) { return isOf(remark, kind); }));
}

void EditorRemarkModel::filter()
{
    beginResetModel();
    m_shown.clear();
    for (const EditorProblem &remark : std::as_const(m_all)) {
        if (isOf(remark, m_kind))
            m_shown << remark;
    }
    endResetModel();
}

const EditorProblem *EditorRemarkModel::at(int row) const
{
    return row >= 0 && row < m_shown.size() ? &m_shown.at(row) : nullptr;
}

int EditorRemarkModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_shown.size());
}

int EditorRemarkModel::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : ColumnCount; }

QVariant EditorRemarkModel::data(const QModelIndex &index, int role) const
{
    const EditorProblem *remark = index.isValid() ? at(index.row()) : nullptr;
    if (remark == nullptr)
        return {};
    const QString table = wording::safeText(remark->table, 80);
    using Level = EditorProblem::Level;
    switch (role) {
    case Qt::DisplayRole:
        return index.column() == Table ? table : remark->text;
    case Qt::ToolTipRole:
        return remark->text;
    case Qt::DecorationRole:
        if (index.column() != m_signColumn)
            return {};
        if (remark->level == Level::Problem)
            return signs::icon(u"error"_s, theme::Token::Remove);
        return remark->level == Level::Warning ? signs::icon(u"warning"_s, theme::Token::Warning)
                                               : signs::icon(u"done"_s, theme::Token::Muted);
    case Qt::AccessibleTextRole: {
        const QString level = remark->level == Level::Problem ? tr("Problem")
            : remark->level == Level::Warning                 ? tr("Warning")
                                                              : tr("Note");
        return index.column() == Table ? QString(level + u", "_s + table) : remark->text;
    }
    default:
        return {};
    }
}

QVariant EditorRemarkModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == Table ? tr("Table") : tr("What a run will meet");
}

} // namespace tidemark
