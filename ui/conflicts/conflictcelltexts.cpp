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
    if (look.isFault) {
        const std::optional<QString> typed = m_typed.value(cell);
        return typed ? celltext::visible(typed->left(charactersShown), false) : u"NULL"_s;
    }
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
        return m_typed.value(cell).value_or(QString());
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

} // namespace tidemark
