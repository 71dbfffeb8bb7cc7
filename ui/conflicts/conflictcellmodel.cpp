// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/conflicts/conflictcellmodel.h"

#include <algorithm>

#include "ui/plan/celltext.h"

using namespace Qt::StringLiterals;

namespace tidemark {

using From = CellChoice::From;

void ConflictCellModel::setSides(const QString &source, const QString &target)
{
    m_sourceName = source;
    m_targetName = target;
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
}

void ConflictCellModel::setPicture(const SharedPicture &picture)
{
    beginResetModel();
    m_picture = picture;
    m_choices = picture ? picture->choices() : std::vector<CellChoice>();
    const ConflictReply said = picture ? currentReply(picture->conflict) : ConflictReply();
    m_whole = said.answer == ConflictAnswer::Row ? ConflictAnswer::None : said.answer;
    m_typed.clear();
    m_touched = false;
    refill();
    endResetModel();
    Q_EMIT changed();
}

void ConflictCellModel::refill()
{
    m_cells.clear();
    if (!m_picture || !m_picture->rows)
        return;
    for (int cell = m_picture->table->keyCount; cell < m_picture->table->comparedCount; ++cell) {
        if (!m_folded || m_picture->asked.contains(cell) || m_typed.contains(cell)
            || m_choices[static_cast<std::size_t>(cell)].from == From::Given)
            m_cells.append(cell);
    }
}

void ConflictCellModel::setFolded(bool folded)
{
    if (folded == m_folded)
        return;
    beginResetModel();
    m_folded = folded;
    refill();
    endResetModel();
}

int ConflictCellModel::agreeingCount() const
{
    if (!m_picture || !m_picture->rows)
        return 0;
    return m_picture->table->comparedCount - m_picture->table->keyCount - static_cast<int>(m_picture->asked.size());
}

int ConflictCellModel::oneSidedCount() const
{
    if (!m_picture || !m_picture->rows || m_picture->lacksSide())
        return 0;
    int count = 0;
    for (int cell = m_picture->table->keyCount; cell < m_picture->table->comparedCount; ++cell)
        count += m_picture->rows->differs(cell) && !m_picture->asked.contains(cell) ? 1 : 0;
    return count;
}

int ConflictCellModel::cellOf(int row) const { return row >= 0 && row < m_cells.size() ? m_cells.at(row) : -1; }

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
    if (!value) {
        choose(cell, {});
        m_typed.insert(cell, *text);
        touch();
        return false;
    }
    choose(cell, {From::Given, std::move(*value)});
    return true;
}

void ConflictCellModel::giveBytes(int row, const QByteArray &bytes)
{
    if (canEdit(row))
        choose(cellOf(row), {From::Given, {bytes, false}});
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

std::optional<JobSide> ConflictCellModel::wholeSide() const
{
    if (m_whole == ConflictAnswer::Source)
        return JobSide::Source;
    return m_whole == ConflictAnswer::Target ? std::optional(JobSide::Target) : std::nullopt;
}

ConflictCellModel::Look ConflictCellModel::outcome(int cell) const
{
    const ConflictRows &rows = *m_picture->rows;
    const auto index = static_cast<std::size_t>(cell);
    Look look;
    if (m_typed.contains(cell)) {
        look.isFault = true;
        return look;
    }
    if (const auto side = wholeSide()) {
        const RowBatch &row = *side == JobSide::Source ? rows.source : rows.target;
        look.isAbsent = row.isEmpty();
        look.isKnown = !row.isEmpty();
        look.isChanged = m_picture->lacksSide() || rows.differs(cell);
        if (look.isKnown)
            look.cell = row.value(0, cell);
        return look;
    }
    const CellChoice &choice = m_choices[index];
    const bool agrees = !m_picture->lacksSide() && !rows.differs(cell) && choice.from == From::Nobody;
    look.isKnown = agrees || choice.from > From::Own;
    look.isChanged = choice.from > From::Own && m_whole == ConflictAnswer::None;
    if (agrees || choice.from == From::Source)
        look.cell = rows.source.value(0, cell);
    else if (choice.from == From::Target)
        look.cell = rows.target.value(0, cell);
    else if (choice.from == From::Base)
        look.cell = rows.base.value(0, cell);
    else if (choice.from == From::Given)
        look.cell = choice.given.view();
    return look;
}

ConflictCellModel::Look ConflictCellModel::look(const QModelIndex &index) const
{
    Look look;
    const int cell = index.isValid() ? cellOf(index.row()) : -1;
    if (cell < 0 || index.column() == Name)
        return look;
    const ConflictRows &rows = *m_picture->rows;
    const From from = m_choices[static_cast<std::size_t>(cell)].from;
    const auto side = wholeSide();
    if (index.column() == Outcome) {
        look = outcome(cell);
    } else if (index.column() == Base) {
        look.isKnown = !rows.base.isEmpty() && rows.baseKnown[static_cast<std::size_t>(cell)];
        look.isChosen = !side && from == From::Base;
        if (look.isKnown)
            look.cell = rows.base.value(0, cell);
    } else {
        const bool atSource = index.column() == Source;
        const RowBatch &row = atSource ? rows.source : rows.target;
        look.isAbsent = row.isEmpty();
        look.isKnown = !row.isEmpty();
        look.isChanged =
            look.isKnown && (m_picture->lacksSide() ? m_picture->asked.contains(cell) : rows.differs(cell));
        look.isChosen = side ? *side == (atSource ? JobSide::Source : JobSide::Target)
                             : from == (atSource ? From::Source : From::Target);
        if (look.isKnown)
            look.cell = row.value(0, cell);
    }
    look.type = m_picture->table->columns[cell].type;
    return look;
}

int ConflictCellModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_cells.size());
}

int ConflictCellModel::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : ColumnCount; }

QVariant ConflictCellModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return static_cast<int>(Qt::AlignLeft | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Name:
        return tr("Column");
    case Base:
        return tr("Last synced");
    case Source:
        return celltext::name(m_sourceName);
    case Target:
        return celltext::name(m_targetName);
    default:
        return tr("Result");
    }
}

Qt::ItemFlags ConflictCellModel::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    const Qt::ItemFlags common = Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
    return index.column() == Outcome && canEdit(index.row()) ? common | Qt::ItemIsEditable : common;
}

bool ConflictCellModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    return role == Qt::EditRole && index.isValid() && index.column() == Outcome && give(index.row(), value.toString());
}

} // namespace tidemark
