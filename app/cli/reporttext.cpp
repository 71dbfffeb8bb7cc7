// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/reporttext.h"

#include <algorithm>

#include <QLocale>

#include "app/cli/command.h"
#include "app/wording/leftrows.h"
#include "app/wording/changelog.h"
#include "app/wording/wording.h"
#include "core/data/celldecoder.h"

namespace tidemark::cli {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 shownLeftRows = 10;

QString number(qint64 value) { return QLocale().toString(value); }

QStringList counts(const WriteCounts &counts)
{
    return {number(counts.inserts), number(counts.updates), number(counts.deletes)};
}

bool hasTwoWays(const RunReport &report)
{
    return std::any_of(report.tables.begin(), report.tables.end(),
                       [](const TableReport &table) { return table.toSource.total() > 0 || table.merged > 0; });
}

bool hasConflicts(const RunReport &report)
{
    return std::any_of(report.tables.begin(), report.tables.end(),
                       [](const TableReport &table) { return table.conflicts > 0; });
}

bool hasOtherSides(const RunReport &report, const QString &table)
{
    return std::any_of(report.tables.begin(), report.tables.end(),
                       [&table](const TableReport &known) { return known.source == table && known.sidesChanged; });
}

QString attentionText(const RunReport &report, const Attention &attention)
{
    const QString table = wording::safeText(attention.table);
    const int count = static_cast<int>(qMin<qint64>(attention.count, 2'000'000'000));
    switch (attention.kind) {
    case Attention::Kind::Deletes:
        if (hasOtherSides(report, attention.table))
            return Cli::tr("%1: %Ln delete(s) withheld: a side is another database than at the last run. Allow them "
                           "with --allow-deletes %2.",
                           nullptr, count)
                .arg(table)
                .arg(count);
        return Cli::tr("%1: %Ln delete(s) withheld. Allow them with --allow-deletes %2.", nullptr, count)
            .arg(table)
            .arg(count);
    case Attention::Kind::Review:
        if (!report.undoes.isEmpty())
            return Cli::tr("%1: %Ln row(s) changed since the run; left as they are.", nullptr, count).arg(table);
        return Cli::tr("%1: %Ln row(s) changed since the preview; not written.", nullptr, count).arg(table);
    case Attention::Kind::Quarantine:
        return Cli::tr("%1: %Ln row(s) set aside.", nullptr, count).arg(table);
    case Attention::Kind::Conflicts:
        return Cli::tr("%1: %Ln conflict(s) open; tidemark-cli conflicts JOB lists them.", nullptr, count).arg(table);
    }
    return {};
}

QString leftRowText(const wording::LeftRow &row)
{
    const QString place = u"%1 (%2)"_s.arg(wording::safeText(row.table), wording::safeText(row.key));
    if (!row.error)
        return place;
    const QString what = wording::message(*row.error).what;
    return row.error->facts.contains(Fact::Key)
        ? what
        : Cli::tr("%1: %2", "a row and what is to be said of it").arg(place, what);
}

RowBatch batchOf(const RowLayout &layout, const QByteArray &chain)
{
    RowBatch batch(std::make_shared<const RowLayout>(layout));
    if (!chain.isEmpty())
        batch.appendChain({chain.constData(), static_cast<std::size_t>(chain.size())});
    return batch;
}

QString sign(Decision decision)
{
    switch (decision) {
    case Decision::InsertTarget:
    case Decision::InsertSource:
        return u"+"_s;
    case Decision::UpdateTarget:
    case Decision::UpdateSource:
        return u"~"_s;
    case Decision::DeleteTarget:
    case Decision::DeleteSource:
        return u"−"_s;
    case Decision::Merge:
        return u"≈"_s;
    case Decision::Conflict:
        return u"!"_s;
    case Decision::Equal:
    case Decision::Keep:
        break;
    }
    return u"="_s;
}

bool toSource(Decision decision)
{
    return decision == Decision::InsertSource || decision == Decision::UpdateSource
        || decision == Decision::DeleteSource;
}

// What was, and what comes of it; both sides where they go on apart.
QString changeText(Decision decision, const QString &source, const QString &target, const QString &merged)
{
    if (decision == Decision::Merge)
        return source + u" | "_s + target + u" → "_s + merged;
    if (decision == Decision::Conflict)
        return source + u" | "_s + target;
    return toSource(decision) ? QString(source + u" → "_s + target) : QString(target + u" → "_s + source);
}

} // namespace

QString cellText(const CellType &type, CellView view)
{
    if (view.isNull)
        return u"NULL"_s;
    if (type.kind == CellKind::Blob) {
        const QByteArray start(view.bytes.data(), static_cast<qsizetype>(std::min<std::size_t>(view.bytes.size(), 8)));
        return Cli::tr("%1 bytes: %2").arg(view.bytes.size()).arg(QString::fromLatin1(start.toHex()))
            + (view.bytes.size() > 8 ? u"…"_s : QString());
    }
    const QString text = wording::safeText(cell::text(type, view), 60);
    const bool isText = type.kind == CellKind::Text || type.kind == CellKind::Exact || type.kind == CellKind::Json;
    return isText ? QString(u'\'' + text + u'\'') : text;
}

void printTables(Output &out, const RunReport &report, bool twoWay)
{
    const bool both = twoWay || hasTwoWays(report);
    const bool asks = both || hasConflicts(report);
    QList<QStringList> rows;
    for (const TableReport &table : report.tables) {
        const QString names =
            table.source == table.target ? table.source : QString(table.source + u" → "_s + table.target);
        QStringList row = QStringList(wording::safeText(names)) + counts(table.toTarget);
        if (both)
            row << counts(table.toSource) << number(table.merged);
        if (asks)
            row << number(table.conflicts);
        row << (table.identical ? number(*table.identical) : u"?"_s)
            << (table.error ? wording::oneLine(*table.error) : QString());
        rows.append(row);
    }
    const QStringList oneWayHead{Cli::tr("Table"), u"+"_s, u"~"_s, u"−"_s, u"="_s, {}};
    const QStringList askingHead{Cli::tr("Table"), u"+"_s, u"~"_s, u"−"_s, u"!"_s, u"="_s, {}};
    const QStringList twoWayHead{Cli::tr("Table"), u"→ +"_s, u"→ ~"_s, u"→ −"_s, u"← +"_s, u"← ~"_s,
                                 u"← −"_s,         u"≈"_s,   u"!"_s,   u"="_s,   {}};
    if (!rows.isEmpty() && both)
        out.table(twoWayHead, rows, {1, 2, 3, 4, 5, 6, 7, 8, 9});
    else if (!rows.isEmpty() && asks)
        out.table(askingHead, rows, {1, 2, 3, 4, 5});
    else if (!rows.isEmpty())
        out.table(oneWayHead, rows, {1, 2, 3, 4});
    for (const TableReport &table : report.tables)
        if (!table.whyWhole.isEmpty())
            out.line(Cli::tr("%1: %2").arg(wording::safeText(table.source), wording::whyWhole(table.whyWhole)));
    for (const Attention &attention : report.attention)
        out.line(attentionText(report, attention));
}

void printReport(Output &out, const RunReport &report, const QString &outcome, bool twoWay)
{
    printTables(out, report, twoWay);
    printOutcome(out, report, outcome);
}

void printOutcome(Output &out, const RunReport &report, const QString &outcome)
{
    out.line(outcome);
    if (!report.error) // a table's is told in its line
        return;
    if (const QString detail = report.error->detail.trimmed(); !detail.isEmpty())
        out.line(u'(' + wording::safeText(detail, 400) + u')');
    if (const QString next = wording::message(*report.error).next; !next.isEmpty())
        out.line(next);
}

Result<void> printLeftRows(Output &out, Journal &journal, const RunReport &report)
{
    if (out.isJson())
        return {};
    TRY_ASSIGN(const QList<wording::LeftRow> rows, wording::leftRows(journal, report, shownLeftRows + 1));
    for (qsizetype i = 0; i < qMin<qsizetype>(rows.size(), shownLeftRows); ++i)
        out.line(u"    "_s + leftRowText(rows[i]));
    if (rows.size() > shownLeftRows)
        out.line(u"    "_s + Cli::tr("… and more; --json lists them."));
    return {};
}

QString rowText(const PlanTable &table, const RowLayout &layout, const PlanRow &row)
{
    const RowBatch source = batchOf(layout, row.source);
    const RowBatch target = batchOf(layout, row.target);
    const RowBatch &any = source.isEmpty() ? target : source;
    if (any.isEmpty())
        return {};
    const RowBatch merged = batchOf(layout, row.mergedTarget.isEmpty() ? row.mergedSource : row.mergedTarget);
    QStringList key, cells;
    for (int cell = 0; cell < layout.size(); ++cell) {
        const QString name = wording::safeText(table.columns[cell].source);
        const CellType &type = table.columns[cell].type;
        if (cell < table.keyCount) {
            key.append(name + u" = "_s + cellText(type, any.value(0, cell)));
            continue;
        }
        // Of a row that only one side has, all of it.
        if (source.isEmpty() || target.isEmpty())
            cells.append(name + u": "_s + cellText(type, any.value(0, cell)));
        else if (cell < table.comparedCount && source.comparison(0, cell) != target.comparison(0, cell))
            cells.append(name + u": "_s
                         + changeText(row.decision, cellText(type, source.value(0, cell)),
                                      cellText(type, target.value(0, cell)),
                                      merged.isEmpty() ? QString() : cellText(type, merged.value(0, cell))));
    }
    const QString where = toSource(row.decision) ? table.report.source : table.report.target;
    const QString whole = (toSource(row.decision) ? u"← "_s : QString()) + sign(row.decision) + u' '
        + wording::safeText(where) + u" ("_s + key.join(u", "_s) + u')';
    return cells.isEmpty() ? whole : QString(whole + u"  "_s + cells.join(u", "_s));
}

} // namespace tidemark::cli
