// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/report/reporttext.h"

#include <algorithm>
#include <limits>

#include <QDateTime>

#include "app/wording/changelog.h"
#include "app/wording/wording.h"
#include "ui/widgets/format.h"
#include "ui/widgets/reportcounts.h"

using namespace Qt::StringLiterals;

namespace tidemark {

QStringList ReportText::failedTables(const RunReport &report)
{
    QStringList tables;
    for (const TableReport &table : report.tables) {
        if (table.error)
            tables << table.source;
    }
    return tables;
}

ReportText::Tone ReportText::toneOf(const RunReport &report)
{
    if (report.error || report.state == RunState::Failed || !failedTables(report).isEmpty())
        return Tone::Problem;
    if (report.state != RunState::Completed && report.state != RunState::Planned)
        return Tone::Attention;
    for (const TableReport &table : report.tables) {
        if (table.conflicts > 0 || table.quarantined > 0 || table.changedSincePlan > 0 || table.withheldDeletes > 0)
            return Tone::Attention;
    }
    return Tone::Good;
}

QString ReportText::headline(const RunReport &report)
{
    const qsizetype failed = failedTables(report).size();
    if (!report.error && failed > 0 && failed < report.tables.size())
        return tr("%1 of %2 tables failed. Written in the others: %3 rows.")
            .arg(failed)
            .arg(report.tables.size())
            .arg(format::count(counts::rows(report)));
    return wording::outcome(report);
}

// As a plural form takes it.
static int number(qint64 count) { return static_cast<int>(std::min<qint64>(count, std::numeric_limits<int>::max())); }

static ReportText::Problem problemOf(const QString &table, const Error &error)
{
    const wording::Message message = wording::message(error);
    return {wording::safeText(table), message.what, message.next, wording::safeText(error.detail, 2000)};
}

QList<ReportText::Problem> ReportText::problems(const RunReport &report, bool twoWay)
{
    QList<Problem> list;
    if (report.error)
        list << problemOf({}, *report.error);
    for (const TableReport &table : report.tables) {
        // A run that ended as a whole says the same of every table.
        if (table.error && !(report.error && table.error->code == report.error->code))
            list << problemOf(table.source, *table.error);
    }
    for (const TableReport &table : report.tables) {
        const QString name = wording::safeText(table.source);
        if (table.conflicts > 0)
            list << Problem{name,
                            tr("%Ln conflict(s): left as they are at both sides.", nullptr, number(table.conflicts)),
                            tr("Nothing is written to them until they are answered."),
                            {}};
        if (table.quarantined > 0)
            list << Problem{
                name,
                twoWay ? tr("%Ln row(s) set aside: the side that they were to be written to refused them.", nullptr,
                            number(table.quarantined))
                       : tr("%Ln row(s) set aside: the target refused them.", nullptr, number(table.quarantined)),
                tr("They are listed below with their reasons. Later runs try them again."),
                {}};
        if (table.changedSincePlan > 0)
            list << Problem{
                name,
                tr("%Ln row(s) changed since the preview; not written.", nullptr, number(table.changedSincePlan)),
                tr("Compare again to see them as they are now."),
                {}};
        if (table.withheldDeletes > 0)
            list << Problem{
                name,
                table.sidesChanged ? tr("%Ln delete(s) withheld: a side is another database than at the last run.",
                                        nullptr, number(table.withheldDeletes))
                                   : tr("%Ln delete(s) withheld.", nullptr, number(table.withheldDeletes)),
                table.sidesChanged ? tr("What that database lacks may never have been in it. Compare again and confirm "
                                        "the number before it deletes.")
                                   : tr("Compare again and confirm the number before it deletes."),
                {}};
        if (!table.whyWhole.isEmpty())
            list << Problem{name, wording::whyWhole(table.whyWhole), {}, {}};
    }
    return list;
}

QString ReportText::duration(qint64 us)
{
    const qint64 seconds = us / 1'000'000;
    if (seconds < 1)
        return tr("%1 ms").arg(us / 1000);
    if (seconds < 60)
        return tr("%1 s").arg(seconds);
    if (seconds < 3600)
        return tr("%1 min %2 s").arg(seconds / 60).arg(seconds % 60);
    return tr("%1 h %2 min").arg(seconds / 3600).arg(seconds % 3600 / 60);
}

QString ReportText::plainText(const RunReport &report, const QString &sides, bool twoWay)
{
    QStringList lines{wording::safeText(report.job) + u": "_s + headline(report), sides};
    lines << QDateTime::fromMSecsSinceEpoch(report.startedUs / 1000).toString(u"yyyy-MM-dd HH:mm:ss"_s) + u" · "_s
            + duration(report.finishedUs - report.startedUs);
    if (!report.run.isEmpty())
        lines << report.run;
    lines << QString();
    for (const Problem &problem : problems(report, twoWay)) {
        lines << (problem.table.isEmpty() ? QString() : problem.table + u": "_s) + problem.what + u' ' + problem.next;
        if (!problem.detail.isEmpty())
            lines << u"    "_s + problem.detail;
    }
    for (const TableReport &table : report.tables) {
        QString line = wording::safeText(table.source);
        if (table.target != table.source && !table.target.isEmpty())
            line += u" → "_s + wording::safeText(table.target);
        line += u"  "_s + counts::text(table.toTarget, table.toSource, twoWay);
        if (table.conflicts > 0)
            line += u"  !"_s + format::count(table.conflicts);
        if (table.identical)
            line += u"  ="_s + format::count(*table.identical);
        lines << line;
    }
    return lines.join(u'\n') + u'\n';
}

} // namespace tidemark
