// SPDX-License-Identifier: GPL-3.0-or-later
// What a person says of the cells of a conflict.
#include <algorithm>

#include "ui/conflicts/conflictcellmodel.h"

namespace tidemark {

using From = CellChoice::From;

// A row that one side lacks is kept or deleted as a whole.
void ConflictCellModel::take(int row, From from)
{
    const int cell = cellOf(row);
    if (cell < 0)
        return;
    if (m_picture->lacksSide()) {
        if (from != From::Base)
            takeAll(from == From::Source ? ConflictAnswer::Source : ConflictAnswer::Target);
        return;
    }
    const bool known = !m_picture->rows->base.isEmpty() && m_picture->rows->baseKnown[static_cast<std::size_t>(cell)];
    if (from != From::Base || known)
        choose(cell, {from});
}

void ConflictCellModel::choose(int cell, const CellChoice &choice)
{
    m_whole = ConflictAnswer::None;
    m_typed.remove(cell);
    m_choices[static_cast<std::size_t>(cell)] = choice;
    touch();
}

void ConflictCellModel::takeAll(ConflictAnswer answer)
{
    if (!m_picture)
        return;
    m_whole = answer;
    m_choices = m_picture->startingChoices();
    m_typed.clear();
    touch();
}

void ConflictCellModel::clear(int row)
{
    const int cell = cellOf(row);
    if (cell < 0)
        return;
    choose(cell, m_picture->startingChoices()[static_cast<std::size_t>(cell)]);
}

bool ConflictCellModel::canEdit(int row) const { return cellOf(row) >= 0 && !m_picture->lacksSide(); }

bool ConflictCellModel::give(int row, const std::optional<QString> &text)
{
    if (!canEdit(row))
        return false;
    const int cell = cellOf(row);
    auto value = cellFromText(m_picture->table->columns[cell], text);
    if (!value || !misfit(cell, value->view()).isEmpty()) {
        choose(cell, {});
        m_typed.insert(cell, text);
        touch();
        return false;
    }
    choose(cell, {From::Given, std::move(*value)});
    return true;
}

QString ConflictCellModel::giveBytes(int row, const QByteArray &bytes)
{
    if (!canEdit(row))
        return {};
    const CellBytes value{bytes, false};
    const QString why = misfit(cellOf(row), value.view());
    if (why.isEmpty())
        choose(cellOf(row), {From::Given, value});
    return why;
}

void ConflictCellModel::touch()
{
    m_touched = true;
    if (!m_cells.isEmpty())
        Q_EMIT dataChanged(index(0, 0), index(static_cast<int>(m_cells.size()) - 1, ColumnCount - 1));
    Q_EMIT changed();
}

bool ConflictCellModel::isComplete() const
{
    if (!m_picture || !m_typed.isEmpty())
        return false;
    if (m_whole != ConflictAnswer::None)
        return true;
    return m_picture->rows && !m_picture->lacksSide() && nextUnanswered(-1) < 0
        && std::none_of(m_picture->asked.begin(), m_picture->asked.end(),
                        [this](int cell) { return m_choices[static_cast<std::size_t>(cell)].from == From::Nobody; });
}

int ConflictCellModel::nextUnanswered(int after) const
{
    const int count = static_cast<int>(m_cells.size());
    for (int step = 1; step <= count && m_whole == ConflictAnswer::None; ++step) {
        const int row = (after + step) % count;
        if (m_picture->asked.contains(m_cells.at(row))
            && m_choices[static_cast<std::size_t>(m_cells.at(row))].from == From::Nobody)
            return row;
    }
    return -1;
}

ConflictReply ConflictCellModel::reply() const
{
    if (!isComplete())
        return {};
    const Conflict &conflict = m_picture->conflict;
    if (m_whole != ConflictAnswer::None)
        return {conflict.id, m_whole, {}, {}, picturesPrint(conflict)};
    return chosenAnswer(*m_picture->table, conflict, m_choices).value_or(ConflictReply());
}

ConflictCellModel::Draft ConflictCellModel::draft() const
{
    return {m_choices, m_whole, m_typed, m_picture ? picturesPrint(m_picture->conflict) : QByteArray()};
}

void ConflictCellModel::restore(const Draft &draft)
{
    if (!m_picture || draft.shown != picturesPrint(m_picture->conflict) || draft.choices.size() != m_choices.size())
        return;
    beginResetModel();
    m_choices = draft.choices;
    m_whole = draft.whole;
    m_typed = draft.typed;
    refill();
    endResetModel();
    touch();
}

bool ConflictCellModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    return role == Qt::EditRole && index.isValid() && index.column() == Outcome && give(index.row(), value.toString());
}

} // namespace tidemark
