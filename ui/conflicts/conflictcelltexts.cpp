// SPDX-License-Identifier: GPL-3.0-or-later
// What the cells of a conflict say.
#include "ui/conflicts/conflictcellmodel.h"

#include "core/data/celldecoder.h"
#include "ui/plan/celltext.h"
#include "ui/widgets/format.h"

using namespace Qt::StringLiterals;

namespace tidemark {

using From = CellChoice::From;

static constexpr int charactersShown = 400;
static constexpr int charactersEdited = 1 << 20;

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
