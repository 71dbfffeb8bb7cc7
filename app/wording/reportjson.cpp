// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/wording/reportjson.h"

#include <QDateTime>
#include <QJsonArray>

#include "app/wording/wording.h"

namespace tidemark::wording {

using namespace Qt::StringLiterals;

namespace {

QJsonValue errorOrNull(const std::optional<Error> &error)
{
    return error ? QJsonValue(errorJson(*error)) : QJsonValue(QJsonValue::Null);
}

QJsonValue textOrNull(const QString &text) { return text.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(text); }

QJsonValue timeOrNull(qint64 us)
{
    if (us == 0)
        return QJsonValue::Null;
    return QDateTime::fromMSecsSinceEpoch(us / 1000, Qt::UTC).toString(Qt::ISODateWithMs);
}

QJsonObject counts(const WriteCounts &counts)
{
    return {{u"insert"_s, counts.inserts}, {u"update"_s, counts.updates}, {u"delete"_s, counts.deletes}};
}

QJsonObject tableJson(const TableReport &table)
{
    return {{u"source"_s, table.source},
            {u"target"_s, table.target},
            {u"toTarget"_s, counts(table.toTarget)},
            {u"toSource"_s, counts(table.toSource)},
            {u"merged"_s, table.merged},
            {u"identical"_s, table.identical ? QJsonValue(*table.identical) : QJsonValue(QJsonValue::Null)},
            {u"deletesChecked"_s, table.deletesChecked},
            {u"conflicts"_s, table.conflicts},
            {u"skipped"_s, table.skipped},
            {u"quarantined"_s, table.quarantined},
            {u"changedSincePlan"_s, table.changedSincePlan},
            {u"withheldDeletes"_s, table.withheldDeletes},
            {u"sidesChanged"_s, table.sidesChanged},
            {u"whyWhole"_s, textOrNull(table.whyWhole)},
            {u"rowsRead"_s, table.rowsRead},
            {u"seconds"_s, table.seconds},
            {u"error"_s, errorOrNull(table.error)}};
}

} // namespace

QJsonObject reportJson(const RunReport &report)
{
    QJsonArray attention;
    for (const Attention &item : report.attention)
        attention.append(
            QJsonObject{{u"kind"_s, attentionName(item.kind)}, {u"table"_s, item.table}, {u"count"_s, item.count}});
    QJsonArray tables;
    for (const TableReport &table : report.tables)
        tables.append(tableJson(table));
    return {{u"job"_s, report.job},
            {u"id"_s, textOrNull(report.jobId)},
            {u"run"_s, textOrNull(report.run)},
            {u"state"_s, runStateName(report.state)},
            {u"started"_s, timeOrNull(report.startedUs)},
            {u"finished"_s, timeOrNull(report.finishedUs)},
            {u"attention"_s, attention},
            {u"tables"_s, tables},
            {u"error"_s, errorOrNull(report.error)}};
}

QJsonObject errorJson(const Error &error)
{
    const Message words = message(error);
    return {{u"code"_s, codeName(error.code)},
            {u"message"_s, words.next.isEmpty() ? words.what : QString(words.what + u' ' + words.next)},
            {u"detail"_s, error.detail},
            {u"transient"_s, error.isTransient()}};
}

} // namespace tidemark::wording
