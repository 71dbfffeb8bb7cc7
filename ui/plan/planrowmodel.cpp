// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plan/planrowmodel.h"

#include <limits>

#include "app/wording/wording.h"
#include "ui/plan/celltext.h"
#include "ui/widgets/format.h"
#include "ui/widgets/theme.h"

using namespace Qt::StringLiterals;

namespace tidemark {

static constexpr qsizetype cellsKept = 600'000;
// A view counts pixels in an int: more rows than this it cannot show.
static constexpr qint64 mostRows = std::numeric_limits<int>::max() / 64 - 100;

PlanRowModel::PlanRowModel(PlanSource &source, QObject *parent)
    : QAbstractTableModel(parent), m_source(source), m_pages(cellsKept)
{
    connect(&source, &PlanSource::counted, this, &PlanRowModel::showCount);
    connect(&source, &PlanSource::pageRead, this, &PlanRowModel::showPage);
    connect(&source, &PlanSource::pageDropped, this, &PlanRowModel::dropPage);
}

void PlanRowModel::fill(const PlanQuery &query, const PlanTable &table, qint64 rows)
{
    beginResetModel();
    m_query = query;
    m_columns = table.columns;
    m_differences = table.differences;
    m_keyCount = table.keyCount;
    m_pageSize = PlanSource::rowsPerPage(table.columns.size());
    m_rows = static_cast<int>(std::min(rows, mostRows));
    m_pages.clear();
    m_asked.clear();
    endResetModel();
}

void PlanRowModel::setTable(const PlanQuery &query, const PlanTable &table)
{
    fill(query, table, 0);
    m_source.requestCount(query);
}

void PlanRowModel::setTable(const PlanQuery &query, const PlanTable &table, qint64 rows) { fill(query, table, rows); }

void PlanRowModel::showCount(const PlanQuery &query, qint64 rows)
{
    if (!(query == m_query) || rows == m_rows)
        return;
    beginResetModel();
    m_rows = static_cast<int>(std::min(rows, mostRows));
    endResetModel();
}

void PlanRowModel::showPage(const PlanQuery &query, qint64 page, int first, const QList<PlanRowView> &rows)
{
    if (!(query == m_query) || rows.isEmpty())
        return;
    QList<PlanRowView> *kept = m_pages.take(page);
    if (!kept)
        kept = new QList<PlanRowView>;
    if (kept->size() != first) { // a piece of a page that has been dropped since
        delete kept;
        m_asked.remove(page);
        return;
    }
    *kept += rows;
    const qsizetype cells = kept->size() * std::max<qsizetype>(1, m_columns.size()) * 2;
    const int start = static_cast<int>(page * m_pageSize);
    const int past = start + static_cast<int>(kept->size());
    if (kept->size() >= m_pageSize || past >= m_rows)
        m_asked.remove(page);
    m_pages.insert(page, kept, std::min(cells, cellsKept));
    const int last = std::min(m_rows, past) - 1;
    if (last < start + first)
        return;
    Q_EMIT dataChanged(index(start + first, 0), index(last, columnCount() - 1));
    Q_EMIT pageArrived(start + first, last);
}

void PlanRowModel::dropPage(const PlanQuery &query, qint64 page)
{
    if (!(query == m_query) || !m_asked.remove(page))
        return;
    // Where it is on screen after all, painting asks anew.
    const int first = static_cast<int>(page * m_pageSize);
    const int last = std::min(m_rows, first + m_pageSize) - 1;
    if (last >= first)
        Q_EMIT dataChanged(index(first, 0), index(last, columnCount() - 1));
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
    const qint64 page = row / m_pageSize;
    const int at = row % m_pageSize;
    if (const QList<PlanRowView> *rows = m_pages.object(page); rows && at < rows->size())
        return &rows->at(at);
    if (!m_asked.contains(page)) {
        m_asked.insert(page);
        m_pages.remove(page);
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

CellFlow PlanRowModel::flow(const QModelIndex &index) const
{
    const PlanRowView *view = row(index.row());
    const Part part = partOf(index.column());
    const CellFlow flow = view ? view->flow.value(cellOf(index.column())) : CellFlow::None;
    const bool replaced = flow == CellFlow::Both || (part == Part::Source && flow == CellFlow::ToSource)
        || (part == Part::Target && flow == CellFlow::ToTarget);
    return replaced ? flow : CellFlow::None;
}

QString PlanRowModel::words(const PlanRowView &row) const
{
    if (!row.included)
        return tr("Skipped");
    switch (row.decision) {
    case Decision::InsertSource:
        return tr("Insert into %1").arg(m_sides.value(0));
    case Decision::UpdateSource:
        return tr("Update in %1").arg(m_sides.value(0));
    case Decision::DeleteSource:
        return tr("Delete from %1").arg(m_sides.value(0));
    case Decision::Merge:
        return tr("Merge, written to both sides");
    case Decision::Conflict:
        return tr("Conflict: not written");
    case Decision::InsertTarget:
        return isTwoWay() ? tr("Insert into %1").arg(m_sides.value(1)) : wording::decision(row.decision);
    case Decision::UpdateTarget:
        return isTwoWay() ? tr("Update in %1").arg(m_sides.value(1)) : wording::decision(row.decision);
    case Decision::DeleteTarget:
        return isTwoWay() ? tr("Delete from %1").arg(m_sides.value(1)) : wording::decision(row.decision);
    case Decision::Equal:
    case Decision::Keep:
        break;
    }
    return wording::decision(row.decision);
}

static bool holds(const QList<PlanRange> &ranges, qint64 place)
{
    const auto after = [](qint64 at, const PlanRange &range) { return at < range.first; };
    const auto it = std::upper_bound(ranges.cbegin(), ranges.cend(), place, after);
    return it != ranges.cbegin() && std::prev(it)->past > place;
}

void PlanRowModel::show(const PlanChange &done)
{
    const auto sorted = [](QList<PlanRange> ranges) {
        std::sort(ranges.begin(), ranges.end(),
                  [](const PlanRange &a, const PlanRange &b) { return a.first < b.first; });
        return ranges;
    };
    const QList<PlanRange> skipped = sorted(done.skip);
    const QList<PlanRange> taken = sorted(done.take);
    const QList<qint64> pages = m_pages.keys();
    for (const qint64 page : pages) {
        QList<PlanRowView> *rows = m_pages.object(page);
        for (PlanRowView &row : *rows) {
            if (holds(skipped, row.place))
                row.included = false;
            if (holds(taken, row.place))
                row.included = true;
        }
    }
    if (m_rows > 0)
        Q_EMIT dataChanged(index(0, 0), index(m_rows - 1, columnCount() - 1));
}

void PlanRowModel::retranslate()
{
    if (m_rows > 0)
        Q_EMIT dataChanged(index(0, 0), index(m_rows - 1, columnCount() - 1));
    if (columnCount() > 0)
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
        return index.column() == 0 || role == Qt::ToolTipRole ? QVariant() : QVariant(u"…"_s);
    if (index.column() == 0) {
        return role == Qt::DisplayRole ? QVariant() : QVariant(words(*view));
    }
    const PlanCell *shown = cell(index);
    if (!shown || shown->isAbsent)
        return role == Qt::AccessibleTextRole ? tr("no row") : QString();
    if (role == Qt::AccessibleTextRole && flow(index) != CellFlow::None)
        return tr("%1, replaced by the merge").arg(shown->text);
    if (role == Qt::AccessibleTextRole && isChanged(index))
        return tr("%1, changed").arg(shown->text);
    return role == Qt::ToolTipRole ? format::toolTip(celltext::visible(shown->text, false)) : shown->text;
}

QVariant PlanRowModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
        return {};
    const int at = cellOf(section);
    if (role == Qt::TextAlignmentRole && at >= 0) {
        const bool number = celltext::isNumber(m_columns.at(at).type.kind);
        return QVariant::fromValue(Qt::Alignment((number ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter));
    }
    if (at < 0)
        return {};
    const QString name =
        celltext::name(partOf(section) == Part::Target ? m_columns.at(at).target : m_columns.at(at).source);
    const qint64 changed = differences(at);
    if (role == Qt::DisplayRole)
        return changed > 0 ? QString(name + u"  ~"_s + format::count(changed)) : name;
    if (role == Qt::ToolTipRole || role == Qt::AccessibleDescriptionRole) {
        const QString what = at < m_keyCount ? tr("Key column")
            : changed == 1                   ? tr("Differs in 1 updated row")
            : changed > 1                    ? tr("Differs in %1 updated rows").arg(format::count(changed))
                                             : tr("The same in every updated row");
        const QString both = name + u'\n' + what;
        return role == Qt::ToolTipRole ? format::toolTip(both) : both;
    }
    return {};
}

} // namespace tidemark
