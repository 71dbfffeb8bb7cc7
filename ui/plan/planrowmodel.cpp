// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plan/planrowmodel.h"

#include <limits>

#include "app/wording/wording.h"
#include "ui/plan/plansource.h"

using namespace Qt::StringLiterals;

namespace tidemark {

static constexpr int pagesKept = 40;

PlanRowModel::PlanRowModel(PlanSource &source, QObject *parent)
    : QAbstractTableModel(parent), m_source(source), m_pages(pagesKept)
{
    connect(&source, &PlanSource::counted, this, &PlanRowModel::showCount);
    connect(&source, &PlanSource::pageRead, this, &PlanRowModel::showPage);
}

void PlanRowModel::setTable(const PlanQuery &query, const PlanTable &table)
{
    beginResetModel();
    m_query = query;
    m_columns = table.columns;
    m_keyCount = table.keyCount;
    m_rows = 0;
    m_pages.clear();
    m_asked.clear();
    endResetModel();
    m_source.requestCount(query);
}

void PlanRowModel::showCount(const PlanQuery &query, qint64 rows)
{
    if (!(query == m_query) || rows == m_rows)
        return;
    beginResetModel();
    m_rows = static_cast<int>(std::min<qint64>(rows, std::numeric_limits<int>::max()));
    endResetModel();
}

void PlanRowModel::showPage(const PlanQuery &query, qint64 page, const QList<PlanRowView> &rows)
{
    if (!(query == m_query))
        return;
    auto *kept = new QList<PlanRowView>(rows);
    for (PlanRowView &row : *kept)
        row.included = !m_skipped.contains({m_query.table, row.number});
    m_pages.insert(page, kept);
    m_asked.remove(page);
    const int first = static_cast<int>(page * PlanSource::pageSize);
    const int last = std::min(m_rows, first + static_cast<int>(rows.size())) - 1;
    if (last < first)
        return;
    Q_EMIT dataChanged(index(first, 0), index(last, columnCount() - 1));
    Q_EMIT pageArrived(first, last);
}

PlanRowModel::Part PlanRowModel::partOf(int column) const
{
    if (column == 0)
        return Part::Sign;
    if (column <= m_keyCount)
        return Part::Key;
    return column < 1 + m_columns.size() ? Part::Source : Part::Target;
}

int PlanRowModel::cellOf(int column) const
{
    if (column == 0)
        return -1;
    const int cells = static_cast<int>(m_columns.size());
    return column <= cells ? column - 1 : column - 1 - cells + m_keyCount;
}

int PlanRowModel::columnOf(Part part, int cell) const
{
    if (part == Part::Sign)
        return 0;
    if (part != Part::Target)
        return cell + 1;
    return cell + 1 + static_cast<int>(m_columns.size()) - m_keyCount;
}

const PlanRowView *PlanRowModel::row(int row) const
{
    const qint64 page = row / PlanSource::pageSize;
    if (const QList<PlanRowView> *rows = m_pages.object(page)) {
        const int at = row % PlanSource::pageSize;
        return at < rows->size() ? &rows->at(at) : nullptr;
    }
    if (!m_asked.contains(page)) {
        m_asked.insert(page);
        m_source.requestPage(m_query, page);
    }
    return nullptr;
}

const PlanCell *PlanRowModel::cell(const QModelIndex &index) const
{
    const PlanRowView *view = row(index.row());
    const int at = cellOf(index.column());
    if (!view || at < 0 || at >= view->source.size())
        return nullptr;
    const Part part = partOf(index.column());
    if (part == Part::Key)
        return view->source.at(at).isAbsent ? &view->target.at(at) : &view->source.at(at);
    return part == Part::Source ? &view->source.at(at) : &view->target.at(at);
}

bool PlanRowModel::isChanged(const QModelIndex &index) const
{
    const PlanRowView *view = row(index.row());
    const int at = cellOf(index.column());
    return view && at >= 0 && at < view->changed.size() && view->changed.at(at);
}

void PlanRowModel::toggle(int rowNumber)
{
    const qint64 page = rowNumber / PlanSource::pageSize;
    QList<PlanRowView> *rows = m_pages.object(page);
    const int at = rowNumber % PlanSource::pageSize;
    if (!rows || at >= rows->size())
        return;
    PlanRowView &view = (*rows)[at];
    view.included = !view.included;
    if (view.included)
        m_skipped.remove({m_query.table, view.number});
    else
        m_skipped.insert({m_query.table, view.number}, view.decision);
    m_source.includeRow(m_query.table, view.number, view.included);
    Q_EMIT dataChanged(index(rowNumber, 0), index(rowNumber, columnCount() - 1));
    Q_EMIT inclusionChanged();
}

qint64 PlanRowModel::skipped() const { return m_skipped.size(); }

qint64 PlanRowModel::skipped(int table, Decision decision) const
{
    qint64 count = 0;
    for (auto at = m_skipped.cbegin(); at != m_skipped.cend(); ++at)
        count += at.key().first == table && at.value() == decision ? 1 : 0;
    return count;
}

void PlanRowModel::retranslate()
{
    if (m_rows > 0)
        Q_EMIT dataChanged(index(0, 0), index(m_rows - 1, columnCount() - 1));
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
}

int PlanRowModel::rowCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : m_rows; }

int PlanRowModel::columnCount(const QModelIndex &parent) const
{
    if (parent.isValid() || m_columns.isEmpty())
        return 0;
    return 1 + 2 * static_cast<int>(m_columns.size()) - m_keyCount;
}

QVariant PlanRowModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    // Looking at a cell is what reads its page.
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole && role != Qt::AccessibleTextRole)
        return {};
    const PlanRowView *view = row(index.row());
    if (!view)
        return index.column() == 0 ? QVariant() : QVariant(u"…"_s);
    if (index.column() == 0) {
        const QString word = view->included ? wording::decision(view->decision) : tr("Skipped");
        return role == Qt::DisplayRole ? QVariant() : QVariant(word);
    }
    const PlanCell *shown = cell(index);
    if (!shown || shown->isAbsent)
        return role == Qt::AccessibleTextRole ? tr("no row") : QString();
    if (role == Qt::AccessibleTextRole && isChanged(index))
        return tr("%1, changed").arg(shown->text);
    return shown->text;
}

QVariant PlanRowModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
        return {};
    const int at = cellOf(section);
    if (role == Qt::DisplayRole)
        return at < 0 ? QString() : partOf(section) == Part::Target ? m_columns.at(at).target : m_columns.at(at).source;
    if (role == Qt::TextAlignmentRole && at >= 0) {
        const CellKind kind = m_columns.at(at).type.kind;
        const bool number = kind == CellKind::Integer || kind == CellKind::Decimal || kind == CellKind::Float;
        return QVariant::fromValue(Qt::Alignment((number ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter));
    }
    if (role == Qt::ToolTipRole && at >= 0)
        return at < m_keyCount ? tr("Key column") : QString();
    return {};
}

} // namespace tidemark
