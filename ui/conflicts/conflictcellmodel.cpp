// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/conflicts/conflictcellmodel.h"

#include "ui/plan/celltext.h"

using namespace Qt::StringLiterals;

namespace tidemark {

using From = CellChoice::From;

void ConflictCellModel::setSides(const QString &source, const QString &target, bool isOneWay)
{
    m_sourceName = source;
    m_targetName = target;
    m_isOneWay = isOneWay;
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

} // namespace tidemark
