// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/history/historyexport.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QSaveFile>

#include "app/wording/decidedby.h"
#include "app/wording/reportjson.h"
#include "app/wording/wording.h"
#include "core/journal/planrowjson.h"
#include "ui/history/historytext.h"
#include "ui/plan/celltext.h"
#include "ui/plan/rowexport.h"
#include "ui/widgets/reportcounts.h"

using namespace Qt::StringLiterals;

namespace tidemark {

static constexpr qint64 pageRows = 500;
static constexpr int longest = 100'000; // characters of a cell

HistoryExport::Format HistoryExport::formatOf(const QString &file)
{
    return file.endsWith(u".csv"_s, Qt::CaseInsensitive) ? Format::Csv
        : file.endsWith(u".json"_s, Qt::CaseInsensitive) ? Format::Json
                                                         : Format::Html;
}

Result<void> HistoryExport::write(Journal &journal, const Run &run, const QString &file, const std::atomic_bool &stop)
{
    QSaveFile device(file);
    const auto failure = [&] {
        return fail(Error{ErrorCode::FileUnwritable, {{Fact::File, file}}, device.errorString()});
    };
    if (!device.open(QIODevice::WriteOnly))
        return failure();
    device.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner); // it holds people's rows
    HistoryExport text(journal, run, device, stop);
    auto kept = keptRun(journal, run.report.run);
    if (kept)
        text.m_kept = *std::move(kept);
    else if (kept.error().code != ErrorCode::FileNotFound)
        return fail(kept.error());
    const Format format = formatOf(file);
    TRY(format == Format::Csv ? text.csv() : format == Format::Json ? text.json() : text.html());
    return device.commit() ? Result<void>() : failure();
}

Result<void> HistoryExport::rows(const Visit &visit)
{
    for (const KeptRun::Table &table : m_kept ? m_kept->tables : QList<KeptRun::Table>()) {
        for (qint64 offset = 0; offset < table.rows; offset += pageRows) {
            if (m_stop)
                return fail(ErrorCode::Cancelled);
            TRY_ASSIGN(const QList<RowChange> page,
                       keptRows(m_journal, m_run.report.run, table.number, offset, pageRows));
            for (const RowChange &change : page)
                visit(table, change);
        }
    }
    return {};
}

static QString sideName(const KeptRun::Table &table)
{
    return table.table.written == JobSide::Source ? u"source"_s : u"target"_s;
}

static QString tableName(const KeptRun::Table &table)
{
    return table.table.written == JobSide::Source ? table.table.source : table.table.target;
}

static bool hasNumber(const KeptRun::Table &table) // for a key
{
    return table.table.keyCount == 1 && celltext::isNumber(table.table.columns.first().type.kind);
}

// Every cell of every row is a line of its own: tables of many shapes have one head.
Result<void> HistoryExport::csv()
{
    m_device.write("\xef\xbb\xbf"); // spreadsheets take it for another encoding else
    put(u"run,table,side,key,change,why,column,before,after\r\n"_s);
    const auto field = [](const QString &text, bool isNumber = false) { return RowText::field(text, isNumber, u','); };
    return rows([&](const KeptRun::Table &table, const RowChange &change) {
        const QString head =
            QStringList{field(change.run),
                        field(tableName(table)),
                        sideName(table),
                        field(QStringList(HistoryText::keyOf(change).values()).join(u", "_s), hasNumber(table)),
                        decisionName(change.entry.decision).section(u'-', 0, 0),
                        field(HistoryText::rule(change))}
                .join(u',');
        const auto value = [&](HistoryCell::Kind kind, const QString &text, bool isNumber) {
            return kind == HistoryCell::Kind::Value ? field(text, isNumber) : QString();
        };
        bool any = false;
        for (const HistoryCell &cell : HistoryText::cells(change, HistoryText::Form::Whole)) {
            const bool known = cell.beforeKind <= HistoryCell::Kind::Null || cell.afterKind <= HistoryCell::Kind::Null;
            if (cell.isKey || !cell.changed || !known)
                continue;
            any = true;
            put(head + u',' + field(cell.column) + u',' + value(cell.beforeKind, cell.before, cell.alignRight) + u','
                + value(cell.afterKind, cell.after, cell.alignRight) + u"\r\n"_s);
        }
        if (!any)
            put(head + u",,,\r\n"_s);
    });
}

Result<void> HistoryExport::json()
{
    QJsonObject report = wording::reportJson(m_run.report);
    report.insert(u"undoes"_s,
                  m_run.report.undoes.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(m_run.report.undoes));
    const QByteArray head = QJsonDocument(report).toJson(QJsonDocument::Compact);
    m_device.write(R"({"report":)" + head + ",\n\"rows\":[");
    bool first = true;
    TRY(rows([&](const KeptRun::Table &table, const RowChange &change) {
        const PlanTable plan = HistoryText::planTable(change);
        const auto picture = [&](const QByteArray &chain) {
            return chainToJson(plan, change.layout, std::string_view(chain.constData(), std::size_t(chain.size())));
        };
        const UndoEntry &entry = change.entry;
        QJsonObject key;
        const auto cells = HistoryText::keyOf(change);
        for (auto part = cells.cbegin(); part != cells.cend(); ++part)
            key.insert(part.key(), part.value());
        QJsonObject row{{u"table"_s, tableName(table)},
                        {u"written"_s, sideName(table)},
                        {u"key"_s, key},
                        {u"decision"_s, decisionName(change.decision)},
                        {u"reason"_s, reasonName(change.reason)},
                        {u"contested"_s, isContested(change.reason)}};
        // Unknown is left out; absent is null.
        if (const QJsonValue decided = wording::decidedByJson(change); !decided.isUndefined())
            row.insert(u"decidedBy"_s, decided);
        if (!entry.before.isEmpty() || entry.decision == Decision::InsertTarget)
            row.insert(u"before"_s, picture(entry.before));
        if (!entry.after.isEmpty() || entry.decision == Decision::DeleteTarget)
            row.insert(u"after"_s, picture(entry.after));
        m_device.write((std::exchange(first, false) ? "\n" : ",\n")
                       + QJsonDocument(row).toJson(QJsonDocument::Compact));
    }));
    m_device.write("\n]}\n");
    return {};
}

static QString cellOf(const QString &text, const QString &attributes = {})
{
    return u"<td"_s + attributes + u'>' + text.toHtmlEscaped() + u"</td>"_s;
}

void HistoryExport::htmlHead()
{
    const RunReport &report = m_run.report;
    const QString title = tr("Run of %1").arg(wording::safeText(report.job));
    put(u"<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><title>%1</title>\n<style>"
        "body{font:14px system-ui,sans-serif;margin:24px;color:#1b1f24;background:#fff}"
        "table{border-collapse:collapse;margin:12px 0}"
        "td,th{border:1px solid #d0d7de;padding:4px 8px;text-align:left;vertical-align:top}"
        "td.n{text-align:right}.muted{color:#57606a}.lost{background:#f3e8fa}"
        "td.v{font-family:ui-monospace,monospace;white-space:pre-wrap}</style></head>\n<body>\n"_s.arg(
            title.toHtmlEscaped()));
    put(u"<h1>%1</h1>\n<p><strong>%2</strong> – %3</p>\n<p class=\"muted\">%4</p>\n"_s.arg(
        title.toHtmlEscaped(), HistoryText::signWords(report).toHtmlEscaped(),
        HistoryText::result(report).toHtmlEscaped(),
        tr("%1 · started %2 · took %3 · %4")
            .arg(m_run.sides, HistoryText::started(report.startedUs),
                 ReportText::duration(std::max<qint64>(0, report.finishedUs - report.startedUs)), report.run)
            .toHtmlEscaped()));
    const QList<ReportText::Problem> problems = ReportText::problems(report, m_run.twoWay);
    if (!problems.isEmpty())
        put(u"<ul>\n"_s);
    for (const ReportText::Problem &problem : problems)
        put(u"<li>%1</li>\n"_s.arg(QString((problem.table.isEmpty() ? QString() : problem.table + u": "_s)
                                           + problem.what + (problem.next.isEmpty() ? QString() : u' ' + problem.next))
                                       .toHtmlEscaped()));
    if (!problems.isEmpty())
        put(u"</ul>\n"_s);
}

void HistoryExport::htmlTables()
{
    const auto heads = [this](const QStringList &names) {
        QString row;
        for (const QString &name : names)
            row += u"<th>"_s + name.toHtmlEscaped() + u"</th>"_s;
        put(u"<tr>"_s + row + u"</tr>\n"_s);
    };
    put(u"<h2>%1</h2>\n<table>\n"_s.arg(tr("Tables").toHtmlEscaped()));
    heads({tr("Table"), tr("Written"), tr("Conflicts"), tr("Set aside")});
    for (const TableReport &table : m_run.report.tables)
        put(u"<tr>"_s + cellOf(wording::safeText(table.source)) + cellOf(counts::text(table.toTarget, table.toSource))
            + cellOf(format::count(table.conflicts), u" class=\"n\""_s)
            + cellOf(format::count(table.quarantined), u" class=\"n\""_s) + u"</tr>\n"_s);
    put(u"</table>\n<h2>%1</h2>\n"_s.arg(tr("Rows").toHtmlEscaped()));
    if (!m_kept || m_kept->tables.isEmpty())
        return put(u"<p>%1</p>\n"_s.arg(tr("Of the rows that this run wrote nothing is kept.").toHtmlEscaped()));
    for (const KeptRun::Table &table : std::as_const(m_kept->tables)) {
        if (table.filled > 0)
            put(u"<p>%1</p>\n"_s.arg(tr("%1 was empty and has been filled: %2 rows, not kept one by one.")
                                         .arg(wording::safeText(tableName(table)), format::count(table.filled))
                                         .toHtmlEscaped()));
    }
    put(u"<table>\n"_s);
    heads({tr("Table"), tr("Key"), tr("Change"), tr("Why"), tr("Column"), tr("Before the run"),
           tr("Written by the run")});
}

Result<void> HistoryExport::html()
{
    htmlHead();
    htmlTables();
    const bool hasRows = m_kept && !m_kept->tables.isEmpty();
    TRY(rows([this](const KeptRun::Table &table, const RowChange &change) {
        const QString head = cellOf(wording::safeText(tableName(table))) + cellOf(HistoryText::keyText(change))
            + cellOf(signText(change.entry.decision)) + cellOf(HistoryText::rule(change));
        bool any = false;
        for (const HistoryCell &cell : HistoryText::cells(change, HistoryText::Form::Shown, longest)) {
            if (cell.isKey || !cell.changed)
                continue;
            any = true;
            put(u"<tr>"_s + head + cellOf(cell.column)
                + cellOf(HistoryText::shown(cell.beforeKind, cell.before),
                         cell.lost ? u" class=\"v lost\""_s : u" class=\"v\""_s)
                + cellOf(HistoryText::shown(cell.afterKind, cell.after), u" class=\"v\""_s) + u"</tr>\n"_s);
        }
        if (!any)
            put(u"<tr>"_s + head + u"<td></td><td></td><td></td></tr>\n"_s);
    }));
    put((hasRows ? u"</table>\n"_s : QString()) + u"</body></html>\n"_s);
    return {};
}

QString HistoryExport::signText(Decision decision)
{
    return decision == Decision::InsertTarget ? tr("+ inserted")
        : decision == Decision::UpdateTarget  ? tr("~ updated")
                                              : tr("− deleted");
}

} // namespace tidemark
