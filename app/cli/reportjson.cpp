// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/reportjson.h"

#include <QDateTime>
#include <QJsonArray>

#include "app/cli/output.h"
#include "core/journal/planrowjson.h"

namespace tidemark::cli {

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
            {u"toSource"_s, counts({})}, // one way
            {u"identical"_s, table.identical ? QJsonValue(*table.identical) : QJsonValue(QJsonValue::Null)},
            {u"deletesChecked"_s, table.deletesChecked},
            {u"conflicts"_s, 0},
            {u"quarantined"_s, table.quarantined},
            {u"changedSincePlan"_s, table.changedSincePlan},
            {u"withheldDeletes"_s, table.withheldDeletes},
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

QJsonObject rowJson(const PlanTable &table, const RowLayout &layout, const PlanRow &row)
{
    const auto chain = [](const QByteArray &bytes) {
        return std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size()));
    };
    return planRowToJson(
        table, std::make_shared<const RowLayout>(layout),
        {row.place, row.number, row.decision, row.reason, chain(row.source), chain(row.target), row.included});
}

QString noteName(MappingNote::Kind kind)
{
    switch (kind) {
    case MappingNote::Kind::SourceColumnUnmatched:
        return u"source-column-unmatched"_s;
    case MappingNote::Kind::TargetColumnUnmatched:
        return u"target-column-unmatched"_s;
    case MappingNote::Kind::TargetColumnGenerated:
        return u"target-column-generated"_s;
    case MappingNote::Kind::RequiredTargetColumnMissing:
        return u"required-target-column-missing"_s;
    case MappingNote::Kind::ValuesMayNotFit:
        return u"values-may-not-fit"_s;
    case MappingNote::Kind::FractionFloored:
        return u"fraction-floored"_s;
    case MappingNote::Kind::FloatNarrowed:
        return u"float-narrowed"_s;
    case MappingNote::Kind::TravelsAsText:
        return u"travels-as-text"_s;
    case MappingNote::Kind::ZonelessComparedAsWritten:
        return u"zoneless-compared-as-written"_s;
    case MappingNote::Kind::CollationEquates:
        return u"collation-equates"_s;
    case MappingNote::Kind::KeyNotIndexedInOrder:
        return u"key-not-indexed-in-order"_s;
    }
    return {};
}

} // namespace tidemark::cli
