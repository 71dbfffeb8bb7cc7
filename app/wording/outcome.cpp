// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/wording/text.h"

#include <QLocale>

namespace tidemark::wording {

using namespace Qt::StringLiterals;

namespace {

int amount(qint64 count) { return static_cast<int>(qMin<qint64>(count, 2'000'000'000)); }

// What two complete reads have shown, and nothing was left over.
bool isProvenEqual(const RunReport &report)
{
    for (const TableReport &table : report.tables) {
        if (!table.identical || !table.deletesChecked || table.error || table.quarantined > 0
            || table.withheldDeletes > 0 || table.changedSincePlan > 0 || table.conflicts > 0)
            return false;
    }
    return !report.tables.isEmpty();
}

const Error *firstError(const RunReport &report)
{
    if (report.error)
        return &*report.error;
    for (const TableReport &table : report.tables) {
        if (table.error)
            return &*table.error;
    }
    return nullptr;
}

qint64 waiting(const RunReport &report)
{
    qint64 count = 0;
    for (const Attention &attention : report.attention)
        count += attention.count;
    return count;
}

qint64 conflicts(const RunReport &report)
{
    qint64 count = 0;
    for (const TableReport &table : report.tables)
        count += table.conflicts;
    return count;
}

qint64 skipped(const RunReport &report)
{
    qint64 count = 0;
    for (const TableReport &table : report.tables)
        count += table.skipped;
    return count;
}

// A row made of both sides is written at both, and is one row.
qint64 rowsOf(const RunReport &report)
{
    qint64 rows = report.totals().total();
    for (const TableReport &table : report.tables)
        rows -= std::min(table.merged, std::min(table.toTarget.updates, table.toSource.updates));
    return rows;
}

QString wouldChange(qint64 total)
{
    return Wording::tr("%Ln row(s) would change. Nothing has been written yet.", nullptr, amount(total));
}

QString written(const RunReport &report)
{
    const qint64 total = rowsOf(report);
    return total == 0 ? Wording::tr("Nothing written.") : Wording::tr("%Ln row(s) written.", nullptr, amount(total));
}

// How far it came that did not come to its end: a plan writes nothing.
QString reached(const RunReport &report)
{
    const qint64 total = rowsOf(report);
    return report.run.isEmpty() && total > 0 ? wouldChange(total) : written(report);
}

QString planned(const RunReport &report)
{
    const qint64 total = rowsOf(report);
    const qint64 open = conflicts(report);
    if (open == 0)
        return wouldChange(total);
    const QString asks = Wording::tr("%Ln row(s) need a decision.", nullptr, amount(open));
    return total == 0 ? asks : sentences(wouldChange(total), asks);
}

QString completed(const RunReport &report)
{
    if (const qint64 resting = skipped(report); resting > 0) {
        const QString rest = Wording::tr("%Ln conflict(s) left as they are.", nullptr, amount(resting));
        return sentences(rowsOf(report) == 0 ? Wording::tr("Nothing to do.") : written(report), rest);
    }
    const bool isEqual = isProvenEqual(report);
    if (rowsOf(report) == 0)
        return isEqual ? Wording::tr("Nothing to do. Both sides are equal.") : Wording::tr("Nothing to do.");
    return isEqual
        ? sentences(written(report), Wording::tr("All %n table(s) equal.", nullptr, amount(report.tables.size())))
        : written(report);
}

} // namespace

QString outcome(const RunReport &report)
{
    const qint64 total = rowsOf(report);
    const Error *error = firstError(report);
    switch (report.state) {
    case RunState::Planned:
        if (error != nullptr)
            return message(*error).what;
        return total == 0 && conflicts(report) == 0 ? completed(report) : planned(report);
    case RunState::Completed:
        return completed(report);
    case RunState::NeedsAttention:
        return Wording::tr("Written: %1. Needs you: %2.")
            .arg(QLocale().toString(total), QLocale().toString(waiting(report)));
    case RunState::Failed: {
        const QString what = error != nullptr ? message(*error).what : Wording::tr("The run was interrupted.");
        return total > 0 ? sentences(what, reached(report)) : what;
    }
    case RunState::Cancelled:
        return sentences(Wording::tr("Cancelled."), reached(report));
    case RunState::Busy:
        return Wording::tr("Another run of this job is under way. Nothing was done.");
    }
    return {};
}

} // namespace tidemark::wording
