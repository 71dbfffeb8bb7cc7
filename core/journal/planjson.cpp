// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journal/planjson.h"

#include <QJsonArray>

#include "core/journal/reportjson.h"

namespace tidemark {

using namespace Qt::StringLiterals;

namespace {

QString base64(const QByteArray &bytes) { return QString::fromLatin1(bytes.toBase64()); }

QByteArray fromBase64(const QJsonValue &value) { return QByteArray::fromBase64(value.toString().toLatin1()); }

} // namespace

QJsonObject planHeadToJson(const PlanHead &head)
{
    return {
        {u"format"_s, head.format},
        {u"id"_s, head.id},
        {u"jobId"_s, head.jobId},
        {u"job"_s, head.job},
        {u"source"_s, head.source},
        {u"target"_s, head.target},
        {u"mirror"_s, head.mirror},
        {u"twoWay"_s, head.twoWay},
        {u"targetIsProduction"_s, head.targetIsProduction},
        {u"sourceIsProduction"_s, head.sourceIsProduction},
        {u"createdUs"_s, head.createdUs},
    };
}

PlanHead planHeadFromJson(const QJsonObject &object)
{
    PlanHead head;
    head.format = object["format"_L1].toInt();
    head.id = object["id"_L1].toString();
    head.jobId = object["jobId"_L1].toString();
    head.job = object["job"_L1].toString();
    head.source = object["source"_L1].toString();
    head.target = object["target"_L1].toString();
    head.mirror = object["mirror"_L1].toBool();
    head.twoWay = object["twoWay"_L1].toBool();
    head.sourceIsProduction = object["sourceIsProduction"_L1].toBool();
    head.targetIsProduction = object["targetIsProduction"_L1].toBool();
    head.createdUs = object["createdUs"_L1].toInteger();
    return head;
}

QJsonObject cellTypeToJson(const CellType &type)
{
    return {
        {u"kind"_s, cellKindName(type.kind)},
        {u"scale"_s, type.scale},
        {u"fraction"_s, type.fraction},
        {u"floatBits"_s, type.floatBits},
        {u"ignoreCase"_s, type.ignoreCase},
        {u"ignoreTrailingSpaces"_s, type.ignoreTrailingSpaces},
        {u"emptyIsNull"_s, type.emptyIsNull},
        {u"jsonAsText"_s, type.jsonAsText},
        {u"floatTolerance"_s, type.floatTolerance},
        {u"zeroDate"_s, type.zeroDate == ZeroDate::Null ? u"null"_s : u"refuse"_s},
        {u"nulByte"_s, type.nulByte == NulByte::Strip ? u"strip"_s : u"refuse"_s},
        {u"refuseNul"_s, type.refuseNul},
    };
}

std::optional<CellType> cellTypeFromJson(const QJsonObject &object)
{
    const auto kind = cellKindFromName(object["kind"_L1].toString());
    if (!kind)
        return {};
    CellType type;
    type.kind = *kind;
    type.scale = object["scale"_L1].toInt();
    type.fraction = object["fraction"_L1].toInt();
    type.floatBits = object["floatBits"_L1].toInt();
    type.ignoreCase = object["ignoreCase"_L1].toBool();
    type.ignoreTrailingSpaces = object["ignoreTrailingSpaces"_L1].toBool();
    type.emptyIsNull = object["emptyIsNull"_L1].toBool();
    type.jsonAsText = object["jsonAsText"_L1].toBool();
    type.floatTolerance = object["floatTolerance"_L1].toDouble();
    type.zeroDate = object["zeroDate"_L1] == u"null"_s ? ZeroDate::Null : ZeroDate::Refuse;
    type.nulByte = object["nulByte"_L1] == u"strip"_s ? NulByte::Strip : NulByte::Refuse;
    type.refuseNul = object["refuseNul"_L1].toBool();
    return type;
}

// What says nothing is left out: most columns limit little.
static QJsonObject limitsToJson(const CellLimits &limits)
{
    QJsonObject object;
    if (!limits.nullable)
        object.insert(u"nullable"_s, false);
    if (limits.length >= 0)
        object.insert(u"length"_s, limits.length);
    if (limits.digits >= 0)
        object.insert(u"digits"_s, limits.digits);
    if (limits.bytes > 0)
        object.insert(u"bytes"_s, limits.bytes);
    if (limits.isUnsigned)
        object.insert(u"unsigned"_s, true);
    if (!limits.words.isEmpty())
        object.insert(u"words"_s, QJsonArray::fromStringList(limits.words));
    return object;
}

static CellLimits limitsFromJson(const QJsonObject &object)
{
    CellLimits limits;
    limits.nullable = object["nullable"_L1].toBool(true);
    limits.length = object["length"_L1].toInteger(-1);
    limits.digits = object["digits"_L1].toInt(-1);
    limits.bytes = object["bytes"_L1].toInt();
    if (limits.bytes < 0 || limits.bytes > 8)
        limits.bytes = 0;
    limits.isUnsigned = object["unsigned"_L1].toBool();
    const QJsonArray words = object["words"_L1].toArray();
    for (const auto word : words)
        limits.words += word.toString();
    return limits;
}

static QJsonObject columnToJson(const PlanTable &table, int at)
{
    const PlanColumn &column = table.columns[at];
    QJsonObject object{{u"source"_s, column.source},
                       {u"target"_s, column.target},
                       {u"type"_s, cellTypeToJson(column.type)},
                       {u"compared"_s, column.compared}};
    for (const auto &[key, limits] :
         {std::pair(u"sourceLimits"_s, table.sourceLimits), std::pair(u"targetLimits"_s, table.targetLimits)}) {
        if (at < limits.size() && limits[at] != CellLimits())
            object.insert(key, limitsToJson(limits[at]));
    }
    return object;
}

QJsonObject planTableToJson(const PlanTable &table)
{
    QJsonArray columns;
    for (int at = 0; at < table.columns.size(); ++at)
        columns.append(columnToJson(table, at));
    return {
        {u"report"_s, tableReportToJson(table.report)},
        {u"columns"_s, columns},
        {u"keyCount"_s, table.keyCount},
        {u"comparedCount"_s, table.comparedCount},
        {u"mappingDigest"_s, base64(table.mappingDigest)},
        {u"planDigest"_s, base64(table.planDigest)},
        {u"position"_s, base64(table.position)},
    };
}

std::optional<PlanTable> planTableFromJson(const QJsonObject &object)
{
    PlanTable table;
    table.report = tableReportFromJson(object["report"_L1].toObject());
    for (const auto &value : object["columns"_L1].toArray()) {
        const auto type = cellTypeFromJson(value["type"_L1].toObject());
        if (!type)
            return {};
        table.columns.append(
            {value["source"_L1].toString(), value["target"_L1].toString(), *type, value["compared"_L1].toBool()});
        table.sourceLimits.append(limitsFromJson(value["sourceLimits"_L1].toObject()));
        table.targetLimits.append(limitsFromJson(value["targetLimits"_L1].toObject()));
    }
    table.keyCount = object["keyCount"_L1].toInt();
    table.comparedCount = object["comparedCount"_L1].toInt();
    table.mappingDigest = fromBase64(object["mappingDigest"_L1]);
    table.planDigest = fromBase64(object["planDigest"_L1]);
    table.position = fromBase64(object["position"_L1]);
    return table;
}

} // namespace tidemark
