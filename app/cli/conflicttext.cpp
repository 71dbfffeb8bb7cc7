// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/conflicttext.h"

#include <QDateTime>

#include "app/cli/command.h"
#include "app/cli/reporttext.h"
#include "app/wording/conflictwords.h"
#include "app/wording/leftrows.h"
#include "app/wording/reportjson.h"
#include "app/wording/wording.h"
#include "core/journal/conflictrows.h"

namespace tidemark::cli {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 pageSize = 1000;

QString timeText(qint64 us) { return QDateTime::fromMSecsSinceEpoch(us / 1000).toString(u"yyyy-MM-dd HH:mm:ss"_s); }

QString keyText(const Conflict &conflict, const PlanTable *table, const std::optional<ConflictRows> &rows)
{
    if (!rows)
        return wording::safeText(conflict.keyText);
    QStringList key;
    for (int cell = 0; cell < table->keyCount; ++cell)
        key.append(wording::safeText(table->columns[cell].source) + u" = "_s
                   + cellText(table->columns[cell].type, rows->any().value(0, cell)));
    return key.join(u", "_s);
}

QString baseText(const PlanTable &table, const ConflictRows &rows, int cell)
{
    if (!rows.baseKnown[static_cast<std::size_t>(cell)])
        return u"?"_s;
    return cellText(table.columns[cell].type, rows.base.value(0, cell));
}

// The columns in which the sides differ; of a row that one side lacks, all of them.
void printCells(Output &out, const PlanTable &table, const ConflictRows &rows)
{
    const bool oneSide = rows.source.isEmpty() || rows.target.isEmpty();
    const bool hasBase = !rows.base.isEmpty();
    const auto sideText = [&](const RowBatch &side, int cell) {
        return side.isEmpty() ? u"–"_s : cellText(table.columns[cell].type, side.value(0, cell));
    };
    QList<QStringList> lines;
    int agreeing = 0;
    for (int cell = table.keyCount; cell < table.comparedCount; ++cell) {
        if (!oneSide && !rows.differs(cell)) {
            ++agreeing;
            continue;
        }
        QStringList line{u"    "_s + wording::safeText(table.columns[cell].source)};
        if (hasBase)
            line.append(baseText(table, rows, cell));
        lines.append(line << sideText(rows.source, cell) << sideText(rows.target, cell));
    }
    QStringList head{u"    "_s + Cli::tr("Column")};
    if (hasBase)
        head.append(Cli::tr("Last synced"));
    if (!lines.isEmpty())
        out.table(head << Cli::tr("Source") << Cli::tr("Target"), lines);
    if (agreeing > 0)
        out.line(u"    "_s + Cli::tr("%Ln more column(s) agree.", nullptr, agreeing));
}

} // namespace

Result<const PlanTable *> ConflictTables::of(const QString &table)
{
    auto known = m_tables.find(table);
    if (known == m_tables.end()) {
        TRY_ASSIGN(auto layout, m_journal.conflictTable(m_jobId, table));
        known = m_tables.emplace(table, std::move(layout)).first;
    }
    return known->second ? &*known->second : nullptr;
}

Result<void> eachConflict(Journal &journal, const QString &jobId, const QList<ConflictState> &states,
                          const VisitConflict &visit)
{
    if (jobId.isEmpty()) // a job without an id has never run
        return {};
    ConflictFilter filter;
    filter.states = states;
    filter.limit = pageSize;
    for (;;) {
        TRY_ASSIGN(const QList<Conflict> page, journal.conflicts(jobId, filter));
        for (const Conflict &conflict : page)
            TRY(visit(conflict));
        if (page.size() < pageSize)
            return {};
        filter.afterId = page.last().id;
    }
}

Result<void> checkTable(const Arguments &arguments, const JobSettings &job)
{
    const QString asked = arguments.value(u"--table"_s);
    if (asked.isEmpty() || job.allTables)
        return {};
    QStringList names;
    for (const JobTable &table : job.tables) {
        const QString source = table.source.display();
        const QString target = table.target ? table.target->display() : source;
        if (asked == source || asked == target || asked == source + u" → "_s + target)
            return {};
        names.append(source);
    }
    return fail(arguments.usage()
                    .with(Fact::Option, u"--table"_s)
                    .with(Fact::Value, asked)
                    .with(Fact::Expected, names.join(u" | "_s)));
}

bool isOfTable(const Conflict &conflict, const QString &asked)
{
    return asked.isEmpty() || conflict.table == asked || conflict.table.split(u" → "_s).contains(asked);
}

QJsonObject conflictDocument(const Conflict &conflict, const PlanTable *table)
{
    QJsonObject document = conflictToJson(conflict, table);
    if (conflict.refusal)
        document.insert(u"error"_s, wording::errorJson(*conflict.refusal));
    return document;
}

void printConflict(Output &out, const Conflict &conflict, const PlanTable *table)
{
    if (out.isJson())
        return;
    const auto rows = table == nullptr ? std::nullopt : conflictRows(*table, conflict);
    out.line(u"#%1  %2 (%3)"_s.arg(QString::number(conflict.id), wording::safeText(wording::tablePair(conflict.table)),
                                   keyText(conflict, table, rows)));
    out.line(u"    "_s + wording::conflictKind(conflict));
    const QString since = timeText(conflict.sinceUs);
    out.line(u"    "_s
             + (conflict.run.isEmpty() ? Cli::tr("Open since %1, found by a comparison.").arg(since)
                                       : Cli::tr("Open since %1, met last by the run %2.").arg(since, conflict.run)));
    if (conflict.state == ConflictState::Answered || conflict.state == ConflictState::Skipped)
        out.line(u"    "_s
                 + Cli::tr("Answered by %1 at %2: %3.")
                       .arg(wording::safeText(conflict.answeredBy), timeText(conflict.answeredUs),
                            wording::conflictAnswer(conflict.answer)));
    if (rows)
        printCells(out, *table, *rows);
    else
        out.line(u"    "_s + Cli::tr("The job's columns have changed since; the next run reads the row anew."));
    out.line();
}

} // namespace tidemark::cli
