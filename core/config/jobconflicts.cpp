// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/jobreader.h"

namespace tidemark {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 longestMarginMs = qint64(366) * 86'400'000;

constexpr JsonChoice<ConflictPolicy> oneWayPolicies[]{{"source"_L1, ConflictPolicy::Source},
                                                      {"target"_L1, ConflictPolicy::Target},
                                                      {"newest"_L1, ConflictPolicy::Newest},
                                                      {"ask"_L1, ConflictPolicy::Ask}};
constexpr JsonChoice<ConflictPolicy> policies[]{{"source"_L1, ConflictPolicy::Source},
                                                {"target"_L1, ConflictPolicy::Target},
                                                {"newest"_L1, ConflictPolicy::Newest},
                                                {"merge"_L1, ConflictPolicy::Merge},
                                                {"ask"_L1, ConflictPolicy::Ask}};
constexpr JsonChoice<CellRule> cellRules[]{
    {"source"_L1, CellRule::Source}, {"target"_L1, CellRule::Target},    {"greatest"_L1, CellRule::Greatest},
    {"least"_L1, CellRule::Least},   {"non-null"_L1, CellRule::NonNull}, {"concatenate"_L1, CellRule::Concatenate},
    {"sum"_L1, CellRule::Sum}};

bool usesNewest(const ConflictSettings &conflicts)
{
    return conflicts.policy == ConflictPolicy::Newest || conflicts.first == ConflictPolicy::Newest;
}

void readPolicies(const JsonObjectNode &object, Mode mode, ConflictSettings &conflicts)
{
    const bool twoWay = mode == Mode::TwoWay;
    if (const auto policy = object.findSet("policy"_L1))
        conflicts.policy = twoWay ? policy->choice(policies) : policy->choice(oneWayPolicies);
    if (const auto first = object.findSet("first"_L1)) {
        if (!twoWay)
            first->wrongValue(u"two-way-only"_s);
        conflicts.first = first->choice(policies);
    }
}

// One name is that of both sides.
void readNewest(const JsonNode &node, ConflictSettings &conflicts)
{
    if (node.isString()) {
        conflicts.newestSource = conflicts.newestTarget = node.text();
        return;
    }
    const JsonObjectNode sides = node.object({"source"_L1, "target"_L1}, u"string | object"_s);
    if (const auto source = sides.require("source"_L1, u"string"_s))
        conflicts.newestSource = source->text();
    if (const auto target = sides.require("target"_L1, u"string"_s))
        conflicts.newestTarget = target->text();
}

} // namespace

ConflictSettings readConflicts(const JsonNode &node, Mode mode, ConflictSettings conflicts)
{
    const JsonObjectNode object = node.object({"policy"_L1, "column"_L1, "margin"_L1, "first"_L1});
    readPolicies(object, mode, conflicts);
    const auto column = object.findSet("column"_L1);
    const auto margin = object.findSet("margin"_L1);
    if (column)
        readNewest(*column, conflicts);
    if (margin)
        conflicts.marginMs = margin->durationMs(0, longestMarginMs);
    if (usesNewest(conflicts)) {
        if (conflicts.newestSource.isEmpty())
            object.missing("column"_L1, u"string | object"_s);
        return conflicts;
    }
    if (column)
        column->wrongValue(u"newest-only"_s);
    if (margin && conflicts.marginMs != 0)
        margin->wrongValue(u"newest-only"_s);
    conflicts.newestSource.clear(); // a table need not say what it does not take over from the job
    conflicts.newestTarget.clear();
    conflicts.marginMs = 0;
    return conflicts;
}

CellRule readCellRule(const JsonNode &node, Mode mode, const ColumnRule &column)
{
    if (mode != Mode::TwoWay)
        node.wrongValue(u"two-way-only"_s);
    const CellRule rule = node.choice(cellRules);
    if (column.leftOut || !column.compare)
        node.wrongValue(u"compared-only"_s);
    return rule;
}

} // namespace tidemark
