// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/tableprogressmodel.h"

#include <algorithm>

#include <QPainter>

#include "app/wording/wording.h"
#include "ui/widgets/format.h"
#include "ui/widgets/reportcounts.h"
#include "ui/widgets/theme.h"

using namespace Qt::StringLiterals;

namespace tidemark {

static QString tableTitle(const QString &source, const QString &target)
{
    return source == target || target.isEmpty() ? wording::safeText(source)
                                                : wording::safeText(source) + u" → "_s + wording::safeText(target);
}

TableProgressModel::Line TableProgressModel::lineOf(const TableProgress &table)
{
    Line line;
    line.name = tableTitle(table.source, table.target);
    const bool writing = table.phase == Phase::Writing || table.phase == Phase::Deleting
        || table.phase == Phase::Settling || table.phase == Phase::Done;
    const WriteCounts &counts = writing && table.written.total() > 0 ? table.written : table.found;
    line.counts = format::signedCounts(counts.inserts, counts.updates, counts.deletes);
    if (table.error) {
        line.detail = wording::message(*table.error).what;
        line.isError = true;
        return line;
    }
    QStringList parts{wording::phase(table.phase)};
    if (table.rowsRead > 0)
        parts << (table.estimate > 0 && table.phase != Phase::Done
                      ? tr("%1 of ≈ %2 rows").arg(format::count(table.rowsRead), format::count(table.estimate))
                      : tr("%1 rows").arg(format::count(table.rowsRead)));
    if (table.rowsPerSecond > 0 && table.phase != Phase::Done)
        parts << format::rate(table.rowsPerSecond);
    line.detail = parts.join(u" · "_s);
    switch (table.phase) {
    case Phase::Waiting:
    case Phase::Failed:
        line.fraction = 0;
        break;
    case Phase::Done:
        line.fraction = 1;
        break;
    case Phase::Opening:
    case Phase::Comparing:
    case Phase::Writing:
    case Phase::Deleting:
    case Phase::Settling:
        // An estimate that is too low must not look like the end.
        line.fraction = table.estimate > 0
            ? std::min(0.99, static_cast<double>(table.rowsRead) / static_cast<double>(table.estimate))
            : -2;
        break;
    }
    return line;
}

TableProgressModel::Line TableProgressModel::lineOf(const TableReport &table, bool bothWays)
{
    Line line;
    line.name = tableTitle(table.source, table.target);
    line.counts = counts::text(table.toTarget, table.toSource, bothWays);
    if (table.error) {
        line.detail = wording::message(*table.error).what;
        line.isError = true;
        return line;
    }
    QStringList parts;
    parts << (table.identical ? tr("%1 equal").arg(format::count(*table.identical)) : tr("equal rows not read"));
    if (table.conflicts > 0)
        parts << tr("%Ln conflict(s)", nullptr, static_cast<int>(table.conflicts));
    if (table.quarantined > 0)
        parts << tr("%1 set aside").arg(format::count(table.quarantined));
    if (table.changedSincePlan > 0)
        parts << tr("%1 changed since preview").arg(format::count(table.changedSincePlan));
    if (table.withheldDeletes > 0)
        parts << tr("%1 deletes withheld").arg(format::count(table.withheldDeletes));
    line.detail = parts.join(u" · "_s);
    return line;
}

void TableProgressModel::showProgress(const ProgressSnapshot &snapshot, bool withText)
{
    QList<Line> lines;
    for (qsizetype i = 0; i < snapshot.tables.size(); ++i) {
        Line line = lineOf(snapshot.tables.at(i));
        if (!withText && i < m_lines.size() && m_lines.at(i).name == line.name && !line.isError) {
            line.detail = m_lines.at(i).detail;
            line.counts = m_lines.at(i).counts;
        }
        lines.push_back(std::move(line));
    }
    show(std::move(lines));
}

void TableProgressModel::showReport(const RunReport &report)
{
    QList<Line> lines;
    const bool bothWays = counts::to(report, true).total() > 0;
    for (const TableReport &table : report.tables)
        lines.push_back(lineOf(table, bothWays));
    show(std::move(lines));
}

void TableProgressModel::clear() { show({}); }

void TableProgressModel::show(QList<Line> lines)
{
    if (lines == m_lines)
        return;
    if (lines.size() != m_lines.size()) {
        beginResetModel();
        m_lines = std::move(lines);
        endResetModel();
        return;
    }
    m_lines = std::move(lines);
    Q_EMIT dataChanged(index(0), index(static_cast<int>(m_lines.size()) - 1));
}

int TableProgressModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_lines.size());
}

QVariant TableProgressModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Line &line = m_lines.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return line.name;
    case CountsRole:
        return line.counts;
    case DetailRole:
        return line.detail;
    case Qt::ToolTipRole:
        return format::toolTip(line.name + u'\n' + line.detail);
    case FractionRole:
        return line.fraction;
    case ErrorRole:
        return line.isError;
    case Qt::AccessibleTextRole:
        return QString(line.name + u", "_s + line.counts + u", "_s + line.detail);
    default:
        return {};
    }
}

void TableProgressDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const theme::Colors &colors = theme::of(option.palette);
    painter->save();
    const QRect inner = option.rect.adjusted(0, 4, 0, -4);
    const int lineHeight = QFontMetrics(option.font).height() + 2;
    const QRect first(inner.left(), inner.top(), inner.width(), lineHeight);
    const QRect second(inner.left(), inner.top() + lineHeight, inner.width(), lineHeight);
    const QString counts = index.data(TableProgressModel::CountsRole).toString();
    const QFont data = theme::data(theme::caption(option.font));
    const int countsWidth = QFontMetrics(data).horizontalAdvance(counts);
    painter->setFont(data);
    painter->setPen(QColor(colors.muted));
    painter->drawText(first, Qt::AlignRight | Qt::AlignVCenter, counts);
    painter->setFont(option.font);
    painter->setPen(QColor(colors.text));
    const QRect name = first.adjusted(0, 0, -countsWidth - theme::gap, 0);
    painter->drawText(name, Qt::AlignLeft | Qt::AlignVCenter,
                      option.fontMetrics.elidedText(index.data().toString(), Qt::ElideMiddle, name.width()));
    const bool isError = index.data(TableProgressModel::ErrorRole).toBool();
    const QFont small = theme::caption(option.font);
    painter->setFont(small);
    painter->setPen(QColor(isError ? colors.remove.mark : colors.muted));
    painter->drawText(second, Qt::AlignLeft | Qt::AlignVCenter,
                      QFontMetrics(small).elidedText((isError ? u"! "_s : QString())
                                                         + index.data(TableProgressModel::DetailRole).toString(),
                                                     Qt::ElideRight, second.width()));
    const double fraction = index.data(TableProgressModel::FractionRole).toDouble();
    if (fraction > -1) {
        const QRect bar(inner.left(), second.bottom() + 3, inner.width(), 4);
        painter->fillRect(bar, QColor(colors.hairline));
        painter->fillRect(QRect(bar.left(), bar.top(), static_cast<int>(bar.width() * fraction), 4),
                          QColor(colors.accent));
    } else if (fraction < -1) {
        const QRect bar(inner.left(), second.bottom() + 3, inner.width(), 4);
        painter->fillRect(bar, QBrush(QColor(colors.accent), Qt::BDiagPattern));
    } else {
        painter->setPen(QColor(colors.hairline));
        painter->drawLine(option.rect.bottomLeft(), option.rect.bottomRight());
    }
    painter->restore();
}

QSize TableProgressDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    return {200, (QFontMetrics(option.font).height() + 2) * 2 + 18};
}

} // namespace tidemark
