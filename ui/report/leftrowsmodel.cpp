// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/report/leftrowsmodel.h"

#include <algorithm>
#include <limits>

#include <QDateTime>

#include "app/wording/leftrows.h"
#include "app/wording/wording.h"
#include "ui/jobs/engine.h"
#include "ui/widgets/background.h"
#include "ui/widgets/format.h"

using namespace Qt::StringLiterals;

namespace tidemark {

static constexpr int pageRows = 200;
static constexpr qsizetype pagesKept = 100;

LeftRowsModel::LeftRowsModel(std::shared_ptr<Desk> desk, QObject *parent)
    : QAbstractTableModel(parent), m_desk(std::move(desk))
{ }

Result<LeftRowsModel::Counts> LeftRowsModel::count(Journal &journal, const QString &jobId)
{
    Counts counts;
    TRY_ASSIGN(counts.aside, journal.asideCount(jobId, {}));
    TRY_ASSIGN(counts.changed, journal.waitingCount(jobId, {}, RetryReason::ChangedSincePlan));
    TRY_ASSIGN(counts.withheld, journal.waitingCount(jobId, {}, RetryReason::Withheld));
    return counts;
}

void LeftRowsModel::show(const QString &jobId, Kind kind, qint64 count)
{
    beginResetModel();
    m_job = jobId;
    m_kind = kind;
    m_count = static_cast<int>(std::min<qint64>(count, std::numeric_limits<int>::max()));
    ++m_number;
    m_pages.clear();
    m_asked.clear();
    endResetModel();
}

Result<LeftRowsModel::Page> LeftRowsModel::read(Journal &journal, const QString &jobId, Kind kind, qint64 offset)
{
    Page page;
    if (kind == Kind::Aside) {
        TRY_ASSIGN(const QList<SetAsideRow> rows, journal.asideRows(jobId, {}, offset, pageRows));
        for (const SetAsideRow &row : rows)
            page << Row{row.table, row.keyText, wording::message(row.error).what,
                        wording::safeText(row.error.detail, 2000), row.sinceUs};
        return page;
    }
    const RetryReason reason = kind == Kind::Changed ? RetryReason::ChangedSincePlan : RetryReason::Withheld;
    TRY_ASSIGN(const QList<WaitingRow> rows, journal.waitingRows(jobId, {}, reason, offset, pageRows));
    for (const WaitingRow &row : rows)
        page << Row{row.table, row.retry.keyText, {}, {}, row.retry.sinceUs};
    return page;
}

void LeftRowsModel::request(int page) const
{
    if (m_asked.contains(page))
        return;
    m_asked.insert(page);
    auto *self = const_cast<LeftRowsModel *>(this); // what arrives later changes the model
    inBackground(
        self,
        [desk = m_desk, job = m_job, kind = m_kind, page] {
            return read(desk->journal(), job, kind, static_cast<qint64>(page) * pageRows);
        },
        [self, number = m_number, page](const Result<Page> &rows) { self->arrive(number, page, rows); });
}

void LeftRowsModel::arrive(int number, int page, const Result<Page> &rows)
{
    if (number != m_number)
        return;
    if (m_pages.size() >= pagesKept) {
        m_pages.clear();
        m_asked = {page};
    }
    m_pages.insert(page, rows ? *rows : Page{Row{{}, {}, wording::oneLine(rows.error()), {}, 0}});
    const int first = page * pageRows;
    Q_EMIT dataChanged(index(first, 0), index(std::min(first + pageRows, m_count) - 1, ColumnCount - 1));
}

int LeftRowsModel::rowCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : m_count; }

int LeftRowsModel::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : ColumnCount; }

QVariant LeftRowsModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
        return {};
    const int page = index.row() / pageRows;
    const auto found = m_pages.constFind(page);
    if (found == m_pages.constEnd()) {
        request(page);
        return role == Qt::DisplayRole && index.column() == Key ? QVariant(u"…"_s) : QVariant();
    }
    const Row row = found->value(index.row() % pageRows);
    if (role == Qt::ToolTipRole)
        return format::toolTip(row.detail.isEmpty() ? row.reason : QString(row.reason + u'\n' + row.detail));
    switch (index.column()) {
    case Table:
        return wording::safeText(wording::tablePair(row.table));
    case Key:
        return wording::safeText(row.key);
    case Reason:
        return !row.reason.isEmpty()  ? row.reason
            : m_kind == Kind::Changed ? tr("Changed since preview; not written.")
                                      : tr("Delete withheld until it is approved.");
    case Since:
        return row.sinceUs > 0 ? wording::ago(row.sinceUs, QDateTime::currentMSecsSinceEpoch() * 1000) : QString();
    default:
        return {};
    }
}

QVariant LeftRowsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant(Qt::AlignLeft | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    const QString names[] = {tr("Table"), tr("Key"), tr("Reason"), tr("Since")};
    return names[section];
}

} // namespace tidemark
