// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/leftrows.h"

#include <QDateTime>

#include "app/cli/command.h"
#include "app/wording/reportjson.h"
#include "app/wording/wording.h"

namespace tidemark::cli {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 shownRows = 10;
constexpr qint64 writtenRows = 1000;

struct LeftRow
{
    Attention::Kind kind = Attention::Kind::Quarantine;
    QString table; // "source → target"
    QString key;
    qint64 sinceUs = 0;
    std::optional<Error> error;
};

Result<QList<LeftRow>> leftRows(Journal &journal, const RunReport &report, qint64 most)
{
    QList<LeftRow> rows;
    const auto has = [&report](Attention::Kind kind) {
        return std::any_of(report.attention.begin(), report.attention.end(),
                           [kind](const Attention &attention) { return attention.kind == kind; });
    };
    if (has(Attention::Kind::Quarantine)) {
        TRY_ASSIGN(const auto aside, journal.asideRows(report.jobId, {}, 0, most));
        for (const SetAsideRow &row : aside)
            rows.append({Attention::Kind::Quarantine, row.table, row.keyText, row.sinceUs, row.error});
    }
    if (has(Attention::Kind::Review)) {
        TRY_ASSIGN(const auto changed,
                   journal.waitingRows(report.jobId, {}, RetryReason::ChangedSincePlan, 0, most - rows.size()));
        for (const WaitingRow &row : changed)
            rows.append({Attention::Kind::Review, row.table, row.retry.keyText, row.retry.sinceUs, {}});
    }
    return rows;
}

// Said once where both sides call it the same.
QString tableName(const QString &pair)
{
    const QStringList names = pair.split(u" → "_s);
    return names.size() == 2 && names.first() == names.last() ? names.first() : pair;
}

QString rowLine(const LeftRow &row)
{
    const QString place = u"%1 (%2)"_s.arg(wording::safeText(tableName(row.table)), wording::safeText(row.key));
    if (!row.error)
        return place;
    const QString what = wording::message(*row.error).what;
    return row.error->facts.contains(Fact::Key)
        ? what
        : Cli::tr("%1: %2", "a row and what is to be said of it").arg(place, what);
}

} // namespace

Result<void> printLeftRows(Output &out, Journal &journal, const RunReport &report)
{
    if (out.isJson())
        return {};
    TRY_ASSIGN(const QList<LeftRow> rows, leftRows(journal, report, shownRows + 1));
    for (qsizetype i = 0; i < qMin<qsizetype>(rows.size(), shownRows); ++i)
        out.line(u"    "_s + rowLine(rows[i]));
    if (rows.size() > shownRows)
        out.line(u"    "_s + Cli::tr("… and more; --json lists them."));
    return {};
}

Result<QJsonArray> leftRowsJson(Journal &journal, const RunReport &report)
{
    TRY_ASSIGN(const QList<LeftRow> rows, leftRows(journal, report, writtenRows));
    QJsonArray list;
    for (const LeftRow &row : rows)
        list.append(QJsonObject{
            {u"table"_s, tableName(row.table)},
            {u"key"_s, row.key},
            {u"kind"_s, attentionName(row.kind)},
            {u"since"_s, QDateTime::fromMSecsSinceEpoch(row.sinceUs / 1000, Qt::UTC).toString(Qt::ISODateWithMs)},
            {u"error"_s, row.error ? QJsonValue(wording::errorJson(*row.error)) : QJsonValue(QJsonValue::Null)}});
    return list;
}

} // namespace tidemark::cli
