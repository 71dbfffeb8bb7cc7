// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/jobreader.h"

#include <QTimeZone>

namespace tidemark {

using namespace Qt::StringLiterals;

namespace {

constexpr QLatin1StringView tableForms("string | [schema, table]");

constexpr JsonChoice<ZeroDate> zeroDates[]{{"refuse"_L1, ZeroDate::Refuse}, {"null"_L1, ZeroDate::Null}};
constexpr JsonChoice<NulByte> nulBytes[]{{"refuse"_L1, NulByte::Refuse}, {"strip"_L1, NulByte::Strip}};

TableName readName(const JsonNode &node)
{
    if (!node.isArray()) {
        if (!node.isString())
            node.wrongType(tableForms);
        return {QString(), node.text()};
    }
    const QList<JsonNode> parts = node.array(tableForms);
    if (parts.size() != 2) {
        node.wrongValue(tableForms);
        return {};
    }
    return {parts[0].text(), parts[1].text()};
}

ColumnRule readColumn(const JsonNode &node, Mode mode)
{
    const JsonObjectNode object = node.object({"source"_L1, "target"_L1, "compare"_L1, "write"_L1, "rule"_L1, "zone"_L1,
                                               "zeroDate"_L1, "nulByte"_L1, "mask"_L1});
    ColumnRule rule;
    if (const auto source = object.require("source"_L1, u"string"_s))
        rule.source = source->text();
    if (const auto target = object.find("target"_L1)) {
        if (target->isNull())
            rule.leftOut = true;
        else if (!target->isString())
            target->wrongType(u"string | null"_s);
        else
            rule.target = target->text();
    }
    if (const auto compare = object.find("compare"_L1))
        rule.compare = compare->boolean();
    if (const auto write = object.find("write"_L1))
        rule.write = write->boolean();
    if (const auto zone = object.findSet("zone"_L1)) {
        rule.zone = zone->text();
        if (!QTimeZone::isTimeZoneIdAvailable(rule.zone.toUtf8()))
            zone->wrongValue(u"zone"_s);
    }
    if (const auto zeroDate = object.find("zeroDate"_L1))
        rule.zeroDate = zeroDate->choice(zeroDates);
    if (const auto nulByte = object.find("nulByte"_L1))
        rule.nulByte = nulByte->choice(nulBytes);
    if (const auto cells = object.findSet("rule"_L1))
        rule.rule = readCellRule(*cells, mode, rule);
    if (const auto mask = object.findSet("mask"_L1))
        mask->notAvailable();
    return rule;
}

QList<ColumnRule> readColumns(const JsonNode &node, Mode mode)
{
    QList<ColumnRule> rules;
    const QList<JsonNode> nodes = node.array(u"array"_s);
    for (const JsonNode &item : nodes) {
        const ColumnRule rule = readColumn(item, mode);
        for (const ColumnRule &earlier : rules) {
            if (earlier.source == rule.source || (rule.target && earlier.target == rule.target))
                item.fault(ErrorCode::DuplicateName, {}, false);
        }
        rules.append(rule);
    }
    return rules;
}

// The column of a soft delete is the job's mark at that side: no value of the other side's is written there.
void refuseMark(const JsonNode &node, const JobTable &table)
{
    if (!table.soft || table.soft->side != SoftDelete::Side::Target)
        return;
    const QList<JsonNode> nodes = node.array(u"array"_s);
    for (qsizetype i = 0; i < table.rules.columns.size() && i < nodes.size(); ++i) {
        const ColumnRule &rule = table.rules.columns[i];
        if (!rule.leftOut && rule.target == table.soft->column)
            JsonObjectNode(nodes[i]).at("target"_L1).wrongValue(u"other-than-mark"_s);
    }
}

QString readExpression(const JsonNode &node)
{
    const QString sql = node.string();
    if (node.isString() && sql.trimmed().isEmpty())
        node.wrongValue(u"non-empty"_s);
    return sql;
}

void readWhere(const JsonObjectNode &object, Mode mode, JobTable &table)
{
    const auto where = object.findSet("where"_L1);
    if (!where)
        return;
    if (where->isString()) {
        table.whereSource = readExpression(*where);
    } else {
        const JsonObjectNode sides = where->object({"source"_L1, "target"_L1}, u"string | object"_s);
        if (const auto source = sides.findSet("source"_L1))
            table.whereSource = readExpression(*source);
        if (const auto target = sides.findSet("target"_L1))
            table.whereTarget = readExpression(*target);
    }
    if (mode == Mode::TwoWay) {
        for (const auto &[key, isMissing] : {std::pair{"source"_L1, table.whereSource.isEmpty()},
                                             std::pair{"target"_L1, table.whereTarget.isEmpty()}}) {
            if (isMissing)
                JsonObjectNode(*where).missing(key, u"both-filters"_s);
        }
        return;
    }
    // Rows outside the filter are not the job's: without the target's filter they would all look deleted.
    if (table.deletes == DeletePolicy::Propagate && !table.whereSource.isEmpty() && table.whereTarget.isEmpty())
        JsonObjectNode(*where).missing("target"_L1, u"target-filter"_s);
}

JobTable readTable(const JsonNode &node, Mode mode, const JobTable &defaults)
{
    JobTable table = defaults;
    if (!node.isObject()) { // the short form: the name alone
        table.source = readName(node);
    } else {
        const JsonObjectNode object =
            node.object({"source"_L1, "target"_L1, "key"_L1, "columns"_L1, "columnsOnly"_L1, "where"_L1, "detect"_L1,
                         "deletes"_L1, "keyCompare"_L1, "guard"_L1, "conflicts"_L1, "compare"_L1, "create"_L1,
                         "leftFilter"_L1, "onBadRow"_L1, "allowNonTransactional"_L1, "keep"_L1});
        if (const auto source = object.require("source"_L1, tableForms))
            table.source = readName(*source);
        if (const auto target = object.findSet("target"_L1))
            table.target = readName(*target);
        if (const auto key = object.findSet("key"_L1))
            table.rules.key = key->texts();
        if (const auto columns = object.findSet("columns"_L1))
            table.rules.columns = readColumns(*columns, mode);
        if (const auto only = object.find("columnsOnly"_L1)) {
            table.rules.columnsOnly = only->boolean();
            if (table.rules.columnsOnly && table.rules.columns.isEmpty())
                object.missing("columns"_L1, u"array"_s);
        }
        readRules(object, mode, table);
        if (const auto columns = object.findSet("columns"_L1))
            refuseMark(*columns, table);
        requireKeyCompare(object, table);
        readWhere(object, mode, table);
    }
    if (!usesKeyCompare(table))
        table.keyCompare = KeyCompare();
    return table;
}

} // namespace

QList<JobTable> readTables(const JsonNode &node, Mode mode, const JobTable &defaults)
{
    static const QString expected = uR"(array | "*")"_s;
    if (node.isString())
        node.wrongValue(expected);
    QList<JobTable> tables;
    const QList<JsonNode> nodes = node.array(expected);
    if (node.isArray() && nodes.isEmpty())
        node.wrongValue(u"non-empty"_s);
    for (const JsonNode &item : nodes) {
        const JobTable table = readTable(item, mode, defaults);
        for (const JobTable &earlier : tables) {
            const bool sameTarget = table.target.value_or(table.source) == earlier.target.value_or(earlier.source);
            if (sameTarget && !item.reader().failed())
                item.fault(ErrorCode::DuplicateName, {}, false);
        }
        tables.append(table);
    }
    return tables;
}

} // namespace tidemark
