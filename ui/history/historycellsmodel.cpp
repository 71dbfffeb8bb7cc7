// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/history/historycellsmodel.h"

#include <QFont>
#include <QGuiApplication>
#include <QPalette>

#include "ui/widgets/format.h"
#include "ui/widgets/signs.h"

using namespace Qt::StringLiterals;

namespace tidemark {

void HistoryCellsModel::setChange(const RowChange *change)
{
    beginResetModel();
    m_cells = change ? HistoryText::cells(*change, HistoryText::Form::Shown, 400) : QList<HistoryCell>();
    m_decision = change ? change->entry.decision : Decision::UpdateTarget;
    endResetModel();
}

const HistoryCell *HistoryCellsModel::cell(int row) const
{
    return row >= 0 && row < m_cells.size() ? &m_cells.at(row) : nullptr;
}

void HistoryCellsModel::retranslate()
{
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
    if (!m_cells.isEmpty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

int HistoryCellsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_cells.size());
}

int HistoryCellsModel::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : int{ColumnCount}; }

QVariant HistoryCellsModel::data(const QModelIndex &index, int role) const
{
    const HistoryCell *cell = index.isValid() ? this->cell(index.row()) : nullptr;
    if (!cell)
        return {};
    const bool isBefore = index.column() == Before;
    const HistoryCell::Kind kind = isBefore ? cell->beforeKind : cell->afterKind;
    const QString shown =
        index.column() == Name ? cell->column : HistoryText::shown(kind, isBefore ? cell->before : cell->after);
    switch (role) {
    case Qt::DisplayRole:
        return shown;
    case Qt::ToolTipRole:
        return format::toolTip(isBefore && cell->lost ? tr("%1: this value lost").arg(shown) : shown);
    case Qt::AccessibleTextRole:
        return isBefore && cell->lost ? tr("%1: this value lost").arg(shown) : shown;
    case Qt::TextAlignmentRole:
        return QVariant((index.column() != Name && cell->alignRight && kind == HistoryCell::Kind::Value ? Qt::AlignRight
                                                                                                        : Qt::AlignLeft)
                        | Qt::AlignVCenter);
    case Qt::FontRole: {
        QFont font = index.column() == Name ? QGuiApplication::font() : theme::data(QGuiApplication::font());
        font.setWeight(cell->changed ? QFont::DemiBold : QFont::Normal);
        font.setItalic(index.column() != Name && kind != HistoryCell::Kind::Value);
        return font;
    }
    case Qt::BackgroundRole: {
        if (!cell->changed || index.column() == Name)
            return {};
        const theme::Colors &colors = theme::of(QGuiApplication::palette());
        const theme::Tint &tint = isBefore && cell->lost ? colors.conflict : signs::tintOf(m_decision, colors);
        return QColor(kind == HistoryCell::Kind::Value || kind == HistoryCell::Kind::Null ? tint.cell : tint.row);
    }
    case Qt::DecorationRole:
        return isBefore && cell->lost ? QVariant(signs::icon(u"conflict"_s, theme::Token::Conflict)) : QVariant();
    default:
        return {};
    }
}

QVariant HistoryCellsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant(Qt::AlignLeft | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    const QString names[] = {tr("Column"), tr("Before the run"), tr("Written by the run")};
    return names[section];
}

} // namespace tidemark
