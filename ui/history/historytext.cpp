// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/history/historytext.h"

#include <algorithm>

#include <QDateTime>
#include <QRegularExpression>

#include "app/wording/decidedby.h"
#include "app/wording/wording.h"
#include "core/data/celldecoder.h"
#include "ui/plan/celltext.h"
#include "ui/plan/planrow.h"

using namespace Qt::StringLiterals;

namespace tidemark {

static std::string_view viewOf(const QByteArray &bytes) { return {bytes.constData(), std::size_t(bytes.size())}; }

QString HistoryText::sign(const RunReport &report)
{
    switch (ReportText::toneOf(report)) {
    case ReportText::Tone::Good:
        return u"done"_s;
    case ReportText::Tone::Attention:
        return u"warning"_s;
    case ReportText::Tone::Problem:
        break;
    }
    return u"error"_s;
}

QString HistoryText::signWords(const RunReport &report)
{
    switch (ReportText::toneOf(report)) {
    case ReportText::Tone::Good:
        return tr("Done");
    case ReportText::Tone::Attention:
        return report.state == RunState::Cancelled ? tr("Cancelled")
            : report.state == RunState::Busy       ? tr("Busy")
                                                   : tr("Needs you");
    case ReportText::Tone::Problem:
        break;
    }
    return ReportText::failedTables(report).size() < report.tables.size() && !report.error ? tr("Failed in part")
                                                                                           : tr("Failed");
}

QString HistoryText::result(const RunReport &report)
{
    const QString text = ReportText::headline(report);
    return report.undoes.isEmpty() ? text : tr("Undo: %1").arg(text);
}

QString HistoryText::started(qint64 us)
{
    return QDateTime::fromMSecsSinceEpoch(us / 1000).toString(u"yyyy-MM-dd HH:mm:ss"_s);
}

QString HistoryText::rule(const RowChange &change)
{
    if (!change.undoes.isEmpty())
        return tr("Put back by an undo");
    const QString decided = wording::decidedBy(change);
    return decided.isEmpty() ? why(change)
                             : tr("%1; %2", "why a row was written; and what decided it").arg(why(change), decided);
}

QString HistoryText::why(const RowChange &change)
{
    switch (change.reason) {
    case Reason::MissingAtTarget:
        return tr("The target lacked it");
    case Reason::CellsDiffer:
        return tr("The source had other values");
    case Reason::MissingAtSource:
        return tr("The source lacked it");
    case Reason::LeftFilter:
        return tr("It had left the filter");
    case Reason::ChangedAtSource:
        return tr("The source had changed it");
    case Reason::ChangedAtTarget:
        return tr("The target had changed it");
    case Reason::DeletedAtSource:
        return tr("The source had deleted it");
    case Reason::DeletedAtTarget:
        return tr("The target had deleted it");
    case Reason::ChangedAtBoth:
        return tr("Both sides had changed it; what stood here gave way");
    case Reason::InsertedAtBoth:
        return tr("Both sides had inserted it; what stood here gave way");
    case Reason::DeletedAndChanged:
        return tr("One side had deleted it, the other changed it; what stood here gave way");
    case Reason::NoBase:
        return tr("The sides differed when they first met; what stood here gave way");
    case Reason::None:
        break;
    }
    return {};
}

std::shared_ptr<const RowLayout> HistoryText::keyLayout(const RowChange &change)
{
    auto layout = std::make_shared<RowLayout>();
    for (int cell = 0; change.layout && cell < change.layout->keyCount; ++cell)
        layout->cells.push_back(change.columns.at(cell).type);
    layout->keyCount = layout->comparedCount = static_cast<int>(layout->cells.size());
    return layout;
}

QString HistoryText::keyText(const RowChange &change)
{
    const auto layout = keyLayout(change);
    std::vector<CellView> cells;
    if (change.filledTable || !readChain(*layout, viewOf(change.entry.key), cells))
        return {};
    QStringList parts;
    for (std::size_t cell = 0; cell < cells.size(); ++cell)
        parts << celltext::visible(celltext::shortened(layout->cells[cell], cells[cell], 60), false);
    return parts.join(u", "_s);
}

QMap<QString, QString> HistoryText::keyOf(const RowChange &change)
{
    const auto layout = keyLayout(change);
    std::vector<CellView> cells;
    QMap<QString, QString> key;
    if (readChain(*layout, viewOf(change.entry.key), cells)) {
        for (std::size_t cell = 0; cell < cells.size(); ++cell)
            key.insert(change.columns.at(qsizetype(cell)).source, cell::text(layout->cells[cell], cells[cell]));
    }
    return key;
}

QMap<QString, QString> HistoryText::keyFrom(const QString &typed, const QStringList &keyColumns)
{
    const QString text = typed.trimmed();
    if (text.isEmpty())
        return {};
    const bool named = std::any_of(keyColumns.begin(), keyColumns.end(), [&](const QString &column) {
        const qsizetype equals = text.indexOf(u'=');
        return equals > 0 && QString::compare(text.left(equals).trimmed(), column, Qt::CaseInsensitive) == 0;
    });
    if (!named)
        return keyColumns.size() == 1 ? QMap<QString, QString>{{keyColumns.first(), text}} : QMap<QString, QString>();
    // A value may hold commas: the next part begins where a key column is named again.
    QStringList names;
    for (const QString &column : keyColumns)
        names << QRegularExpression::escape(column);
    const QRegularExpression part(u"(?:^|,)\\s*(%1)\\s*="_s.arg(names.join(u'|')),
                                  QRegularExpression::CaseInsensitiveOption);
    QMap<QString, QString> key;
    QString name;
    qsizetype from = 0;
    for (auto match = part.globalMatch(text); match.hasNext();) {
        const QRegularExpressionMatch found = match.next();
        if (!name.isEmpty())
            key.insert(name, text.mid(from, found.capturedStart() - from).trimmed());
        const QString typedName = found.captured(1);
        name = *std::find_if(keyColumns.begin(), keyColumns.end(), [&](const QString &column) {
            return QString::compare(column, typedName, Qt::CaseInsensitive) == 0;
        });
        from = found.capturedEnd();
    }
    key.insert(name, text.mid(from).trimmed());
    return key.size() == keyColumns.size() ? key : QMap<QString, QString>();
}

QString HistoryText::shown(HistoryCell::Kind kind, const QString &text)
{
    switch (kind) {
    case HistoryCell::Kind::Value:
        return text;
    case HistoryCell::Kind::Null:
        return u"NULL"_s;
    case HistoryCell::Kind::Absent:
        return u"–"_s;
    case HistoryCell::Kind::Unknown:
        break;
    }
    return tr("not kept");
}

static QString wholeText(const CellType &type, const CellView &cell)
{
    if (type.kind == CellKind::Blob)
        return u"0x"_s
            + QString::fromLatin1(QByteArray(cell.bytes.data(), static_cast<qsizetype>(cell.bytes.size())).toHex());
    return cell::text(type, cell);
}

QList<HistoryCell> HistoryText::cells(const RowChange &change, Form form, int limit)
{
    if (change.filledTable || !change.layout)
        return {};
    const RowLayout &layout = *change.layout;
    const UndoEntry &entry = change.entry;
    std::vector<CellView> before, after, key;
    const bool hasBefore = !entry.before.isEmpty() && readChain(layout, viewOf(entry.before), before);
    const bool hasAfter = !entry.after.isEmpty() && readChain(layout, viewOf(entry.after), after);
    const auto keys = keyLayout(change);
    const bool hasKey = readChain(*keys, viewOf(entry.key), key);
    QList<HistoryCell> list;
    for (int at = 0; at < change.columns.size(); ++at) {
        const auto index = std::size_t(at);
        const CellType &type = layout.cells[index];
        HistoryCell cell;
        cell.column = celltext::name(change.columns.at(at).target);
        cell.isKey = at < layout.keyCount;
        cell.alignRight = celltext::isNumber(type.kind);
        const auto tell = [&](bool there, bool wasAbsent, const std::vector<CellView> &cells, QString &text) {
            const CellView *view = there ? &cells[index] : cell.isKey && hasKey && !wasAbsent ? &key[index] : nullptr;
            if (view == nullptr)
                return wasAbsent ? HistoryCell::Kind::Absent : HistoryCell::Kind::Unknown;
            if (view->isNull)
                return HistoryCell::Kind::Null;
            text = form == Form::Whole ? wholeText(type, *view)
                                       : celltext::visible(celltext::shortened(type, *view, limit), false);
            return HistoryCell::Kind::Value;
        };
        cell.beforeKind = tell(hasBefore, entry.decision == Decision::InsertTarget, before, cell.before);
        cell.afterKind = tell(hasAfter, entry.decision == Decision::DeleteTarget, after, cell.after);
        cell.changed = hasBefore && hasAfter
            ? before[index].isNull != after[index].isNull || before[index].bytes != after[index].bytes
            : !cell.isKey;
        cell.lost = cell.changed && hasBefore && isContested(change.reason) && change.undoes.isEmpty();
        list << cell;
    }
    std::stable_sort(list.begin(), list.end(), [](const HistoryCell &a, const HistoryCell &b) {
        return std::pair(!a.isKey, !a.changed) < std::pair(!b.isKey, !b.changed);
    });
    return list;
}

QString HistoryText::summary(const RowChange &change, int limit)
{
    if (change.filledTable)
        return tr("The run filled the empty table; it may have brought the row.");
    QStringList parts;
    for (const HistoryCell &cell : cells(change, Form::Shown, 40)) {
        if (cell.isKey || !cell.changed)
            continue;
        if (parts.size() == limit) {
            parts << u"…"_s;
            break;
        }
        const QString before = shown(cell.beforeKind, cell.before);
        const QString after = shown(cell.afterKind, cell.after);
        parts << (change.entry.decision == Decision::InsertTarget ? u"%1: %2"_s.arg(cell.column, after)
                      : change.entry.decision == Decision::DeleteTarget
                      ? u"%1: %2"_s.arg(cell.column, before)
                      : u"%1: %2 → %3"_s.arg(cell.column, before, after));
    }
    if (change.entry.decision == Decision::InsertTarget && change.entry.after.isEmpty())
        return tr("Inserted; the values of inserted rows are not kept");
    if (!change.entry.valuesKept)
        return tr("The job keeps fingerprints alone: the values are not known");
    return parts.join(u" · "_s);
}

PlanTable HistoryText::planTable(const RowChange &change)
{
    PlanTable table;
    table.report.source = table.report.target = change.table;
    table.columns = change.columns;
    if (change.layout) {
        table.keyCount = change.layout->keyCount;
        table.comparedCount = change.layout->comparedCount;
    }
    return table;
}

} // namespace tidemark
