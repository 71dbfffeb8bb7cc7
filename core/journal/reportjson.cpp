// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journal/reportjson.h"

#include <QJsonArray>

namespace tidemark {

using namespace Qt::StringLiterals;

namespace {

template <typename Enum> std::optional<Enum> named(const QString &name, Enum last, QString (*nameOf)(Enum))
{
    for (int i = 0; i <= static_cast<int>(last); ++i) {
        if (nameOf(static_cast<Enum>(i)) == name)
            return static_cast<Enum>(i);
    }
    return {};
}

QJsonObject countsToJson(const WriteCounts &counts)
{
    return {{u"insert"_s, counts.inserts}, {u"update"_s, counts.updates}, {u"delete"_s, counts.deletes}};
}

WriteCounts countsFromJson(const QJsonObject &object)
{
    return {object["insert"_L1].toInteger(), object["update"_L1].toInteger(), object["delete"_L1].toInteger()};
}

QJsonValue optionalError(const std::optional<Error> &error)
{
    return error ? QJsonValue(errorToJson(*error)) : QJsonValue();
}

std::optional<Error> optionalError(const QJsonValue &value)
{
    return value.isObject() ? std::optional(errorFromJson(value.toObject())) : std::nullopt;
}

} // namespace

QJsonObject errorToJson(const Error &error)
{
    QJsonObject facts;
    for (auto fact = error.facts.cbegin(); fact != error.facts.cend(); ++fact)
        facts.insert(factName(fact.key()), fact.value());
    return {{u"code"_s, codeName(error.code)}, {u"facts"_s, facts}, {u"detail"_s, error.detail}};
}

Error errorFromJson(const QJsonObject &object)
{
    Error error;
    error.detail = object["detail"_L1].toString();
    const QString code = object["code"_L1].toString();
    if (const auto known = named(code, ErrorCode::Internal, codeName))
        error.code = *known;
    else
        error.detail = code + u": " + error.detail;
    const QJsonObject facts = object["facts"_L1].toObject();
    for (auto fact = facts.begin(); fact != facts.end(); ++fact) {
        if (const auto known = named(fact.key(), Fact::Sql, factName))
            error.facts.insert(*known, fact.value().toString());
    }
    return error;
}

QJsonObject tableReportToJson(const TableReport &report)
{
    return {
        {u"source"_s, report.source},
        {u"target"_s, report.target},
        {u"toTarget"_s, countsToJson(report.toTarget)},
        {u"toSource"_s, countsToJson(report.toSource)},
        {u"merged"_s, report.merged},
        {u"conflicts"_s, report.conflicts},
        {u"skipped"_s, report.skipped},
        {u"identical"_s, report.identical ? QJsonValue(*report.identical) : QJsonValue()},
        {u"deletesChecked"_s, report.deletesChecked},
        {u"quarantined"_s, report.quarantined},
        {u"changedSincePlan"_s, report.changedSincePlan},
        {u"withheldDeletes"_s, report.withheldDeletes},
        {u"sidesChanged"_s, report.sidesChanged},
        {u"whyWhole"_s, report.whyWhole},
        {u"targetRows"_s, report.targetRows},
        {u"rowsRead"_s, report.rowsRead},
        {u"seconds"_s, report.seconds},
        {u"error"_s, optionalError(report.error)},
    };
}

TableReport tableReportFromJson(const QJsonObject &object)
{
    TableReport report;
    report.source = object["source"_L1].toString();
    report.target = object["target"_L1].toString();
    report.toTarget = countsFromJson(object["toTarget"_L1].toObject());
    report.toSource = countsFromJson(object["toSource"_L1].toObject());
    report.merged = object["merged"_L1].toInteger();
    report.conflicts = object["conflicts"_L1].toInteger();
    report.skipped = object["skipped"_L1].toInteger();
    if (const QJsonValue identical = object["identical"_L1]; identical.isDouble())
        report.identical = identical.toInteger();
    report.deletesChecked = object["deletesChecked"_L1].toBool();
    report.quarantined = object["quarantined"_L1].toInteger();
    report.changedSincePlan = object["changedSincePlan"_L1].toInteger();
    report.withheldDeletes = object["withheldDeletes"_L1].toInteger();
    report.sidesChanged = object["sidesChanged"_L1].toBool();
    report.whyWhole = object["whyWhole"_L1].toString();
    report.targetRows = object["targetRows"_L1].toInteger(-1);
    report.rowsRead = object["rowsRead"_L1].toInteger();
    report.seconds = object["seconds"_L1].toDouble();
    report.error = optionalError(object["error"_L1]);
    return report;
}

QJsonObject runReportToJson(const RunReport &report)
{
    QJsonArray attention;
    for (const Attention &item : report.attention)
        attention.append(
            QJsonObject{{u"kind"_s, attentionName(item.kind)}, {u"table"_s, item.table}, {u"count"_s, item.count}});
    QJsonArray tables;
    for (const TableReport &table : report.tables)
        tables.append(tableReportToJson(table));
    return {
        {u"job"_s, report.job},
        {u"jobId"_s, report.jobId},
        {u"run"_s, report.run},
        {u"undoes"_s, report.undoes},
        {u"state"_s, runStateName(report.state)},
        {u"startedUs"_s, report.startedUs},
        {u"finishedUs"_s, report.finishedUs},
        {u"attention"_s, attention},
        {u"tables"_s, tables},
        {u"error"_s, optionalError(report.error)},
    };
}

std::optional<RunReport> runReportFromJson(const QJsonObject &object)
{
    const auto state = named(object["state"_L1].toString(), RunState::Planned, runStateName);
    if (!state)
        return {};
    RunReport report;
    report.job = object["job"_L1].toString();
    report.jobId = object["jobId"_L1].toString();
    report.run = object["run"_L1].toString();
    report.undoes = object["undoes"_L1].toString();
    report.state = *state;
    report.startedUs = object["startedUs"_L1].toInteger();
    report.finishedUs = object["finishedUs"_L1].toInteger();
    for (const auto &value : object["attention"_L1].toArray()) {
        const auto kind = named(value["kind"_L1].toString(), Attention::Kind::Conflicts, attentionName);
        if (kind)
            report.attention.append({*kind, value["table"_L1].toString(), value["count"_L1].toInteger()});
    }
    for (const auto &value : object["tables"_L1].toArray())
        report.tables.append(tableReportFromJson(value.toObject()));
    report.error = optionalError(object["error"_L1]);
    return report;
}

} // namespace tidemark
