// SPDX-License-Identifier: GPL-3.0-or-later
// Why a value is not taken: said beside the cell, before a database says it.
#include "app/wording/wording.h"
#include "ui/conflicts/conflictcellmodel.h"
#include "ui/plan/celltext.h"
#include "ui/widgets/format.h"

using namespace Qt::StringLiterals;

namespace tidemark {

using From = CellChoice::From;

static constexpr qsizetype wordsShown = 8;

static int amount(qint64 count) { return static_cast<int>(std::min<qint64>(count, 2'000'000'000)); }

QList<JobSide> ConflictCellModel::writtenSides() const
{
    return m_isOneWay ? QList<JobSide>{JobSide::Target} : QList<JobSide>{JobSide::Source, JobSide::Target};
}

static CellLimits limitsOf(const PlanTable &table, JobSide side, int cell)
{
    return (side == JobSide::Source ? table.sourceLimits : table.targetLimits).value(cell);
}

QString ConflictCellModel::misfitAt(JobSide side, int cell, CellView value) const
{
    const CellType &type = m_picture->table->columns[cell].type;
    const auto misfit = misfitOf(limitsOf(*m_picture->table, side, cell), type, value);
    if (!misfit)
        return {};
    const QString name = wording::safeText(side == JobSide::Source ? m_sourceName : m_targetName, 40);
    switch (misfit->kind) {
    case Misfit::Kind::IsNull:
        return tr("%1 takes no NULL here.").arg(name);
    case Misfit::Kind::TooLong:
        return type.kind == CellKind::Blob
            ? tr("%1 takes at most %n byte(s).", nullptr, amount(misfit->limit)).arg(name)
            : tr("%1 takes at most %n character(s).", nullptr, amount(misfit->limit)).arg(name);
    case Misfit::Kind::TooManyDigits:
        return tr("%1 takes at most %n digit(s) before the point.", nullptr, amount(misfit->limit)).arg(name);
    case Misfit::Kind::OutOfRange:
        return tr("%1 takes whole numbers from %2 to %3.").arg(name, misfit->least, misfit->greatest);
    case Misfit::Kind::OtherWord:
        break;
    }
    const QString words =
        wording::safeText(misfit->words.sliced(0, std::min(misfit->words.size(), wordsShown)).join(u", "_s), 120);
    return misfit->words.size() > wordsShown ? tr("%1 takes only %2 and others of its list.").arg(name, words)
                                             : tr("%1 takes only %2.").arg(name, words);
}

QString ConflictCellModel::misfit(int cell, CellView value) const
{
    const QList<JobSide> sides = writtenSides();
    for (const JobSide side : sides) {
        if (const QString why = misfitAt(side, cell, value); !why.isEmpty())
            return why;
    }
    return {};
}

QStringList ConflictCellModel::wordsFor(int row) const
{
    const int cell = cellOf(row);
    QStringList words;
    const QList<JobSide> sides = cell < 0 ? QList<JobSide>() : writtenSides();
    for (const JobSide side : sides) {
        const QStringList own = limitsOf(*m_picture->table, side, cell).words;
        if (own.isEmpty())
            continue;
        if (words.isEmpty())
            words = own;
        else
            words.removeIf([&own](const QString &word) { return !own.contains(word); });
    }
    return words;
}

QString ConflictCellModel::fault(int row) const
{
    const int cell = cellOf(row);
    if (!m_typed.contains(cell))
        return {};
    const PlanColumn &column = m_picture->table->columns[cell];
    const auto value = cellFromText(column, m_typed.value(cell));
    return value ? misfit(cell, value->view()) : expected(column);
}

std::optional<CellView> ConflictCellModel::valueFor(JobSide side, int cell) const
{
    const ConflictRows &rows = *m_picture->rows;
    const RowBatch &own = side == JobSide::Source ? rows.source : rows.target;
    std::optional<CellView> value;
    if (const auto whole = wholeSide()) {
        const RowBatch &row = *whole == JobSide::Source ? rows.source : rows.target;
        if (!row.isEmpty())
            value = row.value(0, cell);
    } else if (const CellChoice &choice = m_choices[static_cast<std::size_t>(cell)]; choice.from > From::Own) {
        value = choice.from == From::Source ? rows.source.value(0, cell)
            : choice.from == From::Target   ? rows.target.value(0, cell)
            : choice.from == From::Base     ? rows.base.value(0, cell)
                                            : choice.given.view();
    }
    if (value && !own.isEmpty() && own.value(0, cell) == *value)
        return {};
    return value;
}

QString ConflictCellModel::anyWarning() const
{
    if (!m_picture || !m_picture->rows || m_whole == ConflictAnswer::Skip)
        return {};
    const QList<JobSide> sides = writtenSides();
    for (int cell = m_picture->table->keyCount; cell < m_picture->table->comparedCount; ++cell) {
        for (const JobSide side : sides) {
            const auto value = valueFor(side, cell);
            const QString why = value ? misfitAt(side, cell, *value) : QString();
            if (!why.isEmpty())
                return tr("%1: %2 Written like this, the row will be refused.")
                    .arg(celltext::name(m_picture->table->columns[cell].source), why);
        }
    }
    return {};
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
