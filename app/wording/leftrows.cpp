// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/wording/leftrows.h"

#include <algorithm>

#include <QDateTime>
#include <QJsonArray>

#include "app/wording/reportjson.h"

namespace tidemark::wording {

using namespace Qt::StringLiterals;

static constexpr qint64 mostRows = 1000;

QString tablePair(const QString &pair)
{
    for (const QString &arrow : {u" → "_s, u" ← "_s}) { // the latter: as the source is written
        const QStringList names = pair.split(arrow);
        if (names.size() == 2 && names.first() == names.last())
            return names.first();
    }
    return pair;
}

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
            rows.append({Attention::Kind::Quarantine, tablePair(row.table), row.keyText, row.sinceUs, row.error});
    }
    if (has(Attention::Kind::Review)) {
        TRY_ASSIGN(const auto changed,
                   journal.waitingRows(report.jobId, {}, RetryReason::ChangedSincePlan, 0, most - rows.size()));
        for (const WaitingRow &row : changed)
            rows.append({Attention::Kind::Review, tablePair(row.table), row.retry.keyText, row.retry.sinceUs, {}});
    }
    return rows;
}

Result<QJsonObject> runJson(Journal &journal, const RunReport &report)
{
    TRY_ASSIGN(const QList<LeftRow> rows, leftRows(journal, report, mostRows));
    QJsonArray list;
    for (const LeftRow &row : rows)
        list.append(QJsonObject{
            {u"table"_s, row.table},
            {u"key"_s, row.key},
            {u"kind"_s, attentionName(row.kind)},
            {u"since"_s, QDateTime::fromMSecsSinceEpoch(row.sinceUs / 1000, Qt::UTC).toString(Qt::ISODateWithMs)},
            {u"error"_s, row.error ? QJsonValue(errorJson(*row.error)) : QJsonValue(QJsonValue::Null)}});
    QJsonObject document = reportJson(report);
    document.insert(u"leftRows"_s, list);
    return document;
}

} // namespace tidemark::wording
