// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/conflicts/conflictcellmodel.h"

#include <algorithm>

#include "core/data/celldecoder.h"
#include "ui/plan/celltext.h"
#include "ui/widgets/format.h"

using namespace Qt::StringLiterals;

namespace tidemark {

using From = CellChoice::From;

static constexpr int charactersShown = 400;
static constexpr int charactersEdited = 1 << 20;

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

QString ConflictCellModel::textOf(const QModelIndex &index) const
{
    const int cell = cellOf(index.row());
    const PlanColumn &column = m_picture->table->columns[cell];
    if (index.column() == Name)
        return celltext::name(column.source);
    const Look look = this->look(index);
    if (look.isFault)
        return celltext::visible(m_typed.value(cell).left(charactersShown), false);
    if (look.isAbsent)
        return index.column() == Outcome ? tr("to be deleted") : tr("not there");
    if (look.isKnown) {
        const QString text = celltext::shortened(column.type, look.cell, charactersShown);
        return look.cell.isNull ? text : celltext::visible(text, false);
    }
    if (index.column() != Outcome)
        return tr("not known");
    if (m_whole == ConflictAnswer::Skip || m_choices[static_cast<std::size_t>(cell)].from == From::Own)
        return tr("each keeps its own");
    return tr("unanswered");
}

QVariant ConflictCellModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    if (role == Qt::DisplayRole)
        return textOf(index);
    if (role == Qt::EditRole)
        return index.column() == Outcome ? textForEdit(index.row()) : textOf(index);
    if (role == Qt::ToolTipRole) {
        const QString why = index.column() == Outcome ? fault(index.row()) : QString();
        return format::toolTip(why.isEmpty() ? textOf(index) : why);
    }
    if (role == Qt::AccessibleTextRole && index.column() != Name)
        return QString(celltext::name(m_picture->table->columns[cellOf(index.row())].source) + u", "_s
                       + headerData(index.column(), Qt::Horizontal, Qt::DisplayRole).toString() + u": "_s
                       + textOf(index));
    return {};
}

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

// What an editor begins with: the result, else the source's value.
QString ConflictCellModel::textForEdit(int row) const
{
    const int cell = cellOf(row);
    if (cell < 0 || !m_picture->rows || m_picture->lacksSide())
        return {};
    if (m_typed.contains(cell))
        return m_typed.value(cell);
    const Look said = outcome(cell);
    const CellView view = said.isKnown ? said.cell : m_picture->rows->source.value(0, cell);
    const CellType &type = m_picture->table->columns[cell].type;
    if (view.isNull)
        return {};
    if (type.kind == CellKind::Blob)
        return view.bytes.size() > charactersEdited ? QString()
                                                    : u"0x"_s
                + QString::fromLatin1(QByteArray(view.bytes.data(), static_cast<qsizetype>(view.bytes.size())).toHex());
    return cell::text(type, view);
}

QString ConflictCellModel::fault(int row) const
{
    const int cell = cellOf(row);
    return m_typed.contains(cell) ? expected(m_picture->table->columns[cell]) : QString();
}

QString ConflictCellModel::anyFault() const
{
    for (int row = 0; row < m_cells.size(); ++row) {
        if (const QString why = fault(row); !why.isEmpty())
            return celltext::name(m_picture->table->columns[cellOf(row)].source) + u": "_s + why;
    }
    return {};
}

QString ConflictCellModel::expected(const PlanColumn &column) const
{
    switch (column.type.kind) {
    case CellKind::Boolean:
        return tr("true or false is expected.");
    case CellKind::Integer:
        return tr("A whole number is expected.");
    case CellKind::Decimal:
        if (column.type.scale >= 0)
            return tr("A number with at most %n digit(s) after the point is expected.", nullptr, column.type.scale);
        return tr("A number is expected.");
    case CellKind::Float:
        return tr("A number is expected.");
    case CellKind::Date:
        return tr("A date such as 2024-02-29 is expected.");
    case CellKind::Time:
        return tr("A time such as 13:05:00 is expected.");
    case CellKind::Timestamp:
        return tr("A time such as 2024-02-29 13:05:00 is expected.");
    case CellKind::Instant:
        return tr("A time such as 2024-02-29 13:05:00+00:00 is expected.");
    case CellKind::Uuid:
        return tr("A UUID is expected.");
    case CellKind::Json:
        return tr("JSON is expected.");
    case CellKind::Blob:
        return tr("Bytes such as 0x00ff are expected, or a file.");
    case CellKind::Text:
    case CellKind::Exact:
        break;
    }
    return tr("The column does not take this text.");
}

} // namespace tidemark
