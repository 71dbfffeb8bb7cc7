// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/jobreader.h"

#include <cmath>

namespace tidemark {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 longestMs = qint64(366) * 86'400'000;
constexpr qint64 mostRows = qint64(1) << 53;

constexpr JsonChoice<DetectBy> detectKinds[]{{"hash"_L1, DetectBy::Hash},
                                             {"timestamp"_L1, DetectBy::Timestamp},
                                             {"version"_L1, DetectBy::Version},
                                             {"flag"_L1, DetectBy::Flag},
                                             {"log"_L1, DetectBy::Log}};
constexpr JsonChoice<VersionScope> scopes[]{{"table"_L1, VersionScope::Table}, {"row"_L1, VersionScope::Row}};
constexpr JsonChoice<DeletePolicy> deletePolicies[]{{"ignore"_L1, DeletePolicy::Ignore},
                                                    {"propagate"_L1, DeletePolicy::Propagate}};
constexpr JsonChoice<SoftDelete::Side> softSides[]{{"source"_L1, SoftDelete::Side::Source},
                                                   {"target"_L1, SoftDelete::Side::Target}};
constexpr JsonChoice<LeftFilter> leftFilters[]{{"delete"_L1, LeftFilter::Delete}, {"keep"_L1, LeftFilter::Keep}};
// Two-way: a row that one side's filter alone lets through is nobody's. Deleted at the other side because of it, it
// would look deleted there once it comes back.
constexpr JsonChoice<LeftFilter> keptLeftFilters[]{{"keep"_L1, LeftFilter::Keep}};
constexpr JsonChoice<OnBadRow> badRows[]{{"stop"_L1, OnBadRow::Stop}, {"skip"_L1, OnBadRow::Skip}};
constexpr JsonChoice<TimePrecision> precisions[]{{"auto"_L1, TimePrecision::Auto},
                                                 {"s"_L1, TimePrecision::Seconds},
                                                 {"ms"_L1, TimePrecision::Milliseconds},
                                                 {"us"_L1, TimePrecision::Microseconds}};
constexpr JsonChoice<bool> jsonRules[]{{"canonical"_L1, false}, {"text"_L1, true}};
constexpr JsonChoice<Kept> keepKinds[]{{"cells"_L1, Kept::Cells}, {"fingerprints"_L1, Kept::Fingerprints}};

// A flag's value as text that every database reads: 1, 0, digits or the string.
QString flagValue(const JsonObjectNode &object, QLatin1StringView key)
{
    static const QString expected = u"string | number | boolean"_s;
    const auto node = object.require(key, expected);
    if (!node)
        return {};
    const QJsonValue &value = node->value();
    if (value.isString())
        return value.toString();
    if (value.isBool())
        return value.toBool() ? u"1"_s : u"0"_s;
    if (!value.isDouble()) {
        node->wrongType(expected);
        return {};
    }
    const double number = value.toDouble();
    return number == std::floor(number) && std::abs(number) < 9e15 ? QString::number(value.toInteger())
                                                                   : QString::number(number, 'g', 17);
}

QString column(const JsonObjectNode &object)
{
    const auto node = object.require("column"_L1, u"string"_s);
    return node ? node->text() : QString();
}

void readFlag(const JsonObjectNode &object, DetectSettings &detect)
{
    detect.column = column(object);
    detect.pending = flagValue(object, "pending"_L1);
    detect.done = flagValue(object, "done"_L1);
    if (detect.pending == detect.done && object.has("done"_L1))
        object.at("done"_L1).wrongValue(u"other-than-pending"_s);
}

DetectSettings readDetectKind(const JsonNode &node)
{
    DetectSettings detect;
    // The kind first: it decides which keys there are.
    const JsonObjectNode any(node);
    if (!node.isObject())
        node.wrongType(u"object"_s);
    else if (const auto by =
                 any.require("by"_L1, alternatives({u"hash"_s, u"timestamp"_s, u"version"_s, u"flag"_s, u"log"_s})))
        detect.by = by->choice(detectKinds);
    if (node.reader().failed())
        return detect;
    switch (detect.by) {
    case DetectBy::Hash:
    case DetectBy::Log:
        node.object({"by"_L1});
        break;
    case DetectBy::Timestamp: {
        const JsonObjectNode object = node.object({"by"_L1, "column"_L1, "lag"_L1});
        detect.column = column(object);
        if (const auto lag = object.findSet("lag"_L1))
            detect.lagMs = lag->durationMs(0, longestMs);
        break;
    }
    case DetectBy::Version: {
        const JsonObjectNode object = node.object({"by"_L1, "column"_L1, "scope"_L1, "overlap"_L1});
        detect.column = column(object);
        if (const auto scope = object.find("scope"_L1))
            detect.scope = scope->choice(scopes);
        if (const auto overlap = object.find("overlap"_L1)) {
            detect.overlap = overlap->integer(0, mostRows);
            if (detect.scope == VersionScope::Row)
                overlap->wrongValue(u"null"_s);
        }
        break;
    }
    case DetectBy::Flag:
        readFlag(node.object({"by"_L1, "column"_L1, "pending"_L1, "done"_L1}), detect);
        break;
    }
    return detect;
}

// To mark a flag done is one more write to the row, at each side, after the base has it: what a trigger or an update
// column makes of that would go to the other side as an edit. Versions of a row count what its own side did to it: the
// other side's say something else.
DetectSettings readTwoWayKind(const JsonNode &node)
{
    const DetectSettings detect = readDetectKind(node);
    if (detect.by == DetectBy::Flag)
        JsonObjectNode(node).at("by"_L1).notAvailable();
    if (detect.by == DetectBy::Version && detect.scope == VersionScope::Row)
        JsonObjectNode(node).at("scope"_L1).notAvailable();
    return detect;
}

// Two-way jobs compare both sides whole, or look at what logs or cursors name, each side's its own.
void readTwoWayDetect(const JsonNode &node, JobTable &rules)
{
    const QJsonObject json = node.value().toObject();
    rules.targetDetect.reset();
    if (!json.contains("source"_L1) && !json.contains("target"_L1)) {
        rules.detect = readTwoWayKind(node);
        return;
    }
    const JsonObjectNode object = node.object({"source"_L1, "target"_L1});
    const auto source = object.findSet("source"_L1);
    const auto target = object.findSet("target"_L1);
    rules.detect = source ? readTwoWayKind(*source) : DetectSettings();
    const DetectSettings atTarget = target ? readTwoWayKind(*target) : DetectSettings();
    // Where one side is read whole, the other is, too.
    if ((rules.detect.by == DetectBy::Hash) != (atTarget.by == DetectBy::Hash))
        (atTarget.by != DetectBy::Hash ? target : source)->notAvailable();
    if (atTarget != rules.detect)
        rules.targetDetect = atTarget;
}

DetectSettings readDetect(const JsonNode &node)
{
    const QJsonObject json = node.value().toObject();
    if (!json.contains("source"_L1) && !json.contains("target"_L1))
        return readDetectKind(node);
    const JsonObjectNode object = node.object({"source"_L1, "target"_L1});
    // Only a two-way job detects changes of its target.
    if (object.findSet("target"_L1))
        object.at("target"_L1).notAvailable();
    const auto source = object.require("source"_L1, u"object"_s);
    return source ? readDetectKind(*source) : DetectSettings();
}

// What a row that comes back is marked with, where the file leaves it to be guessed.
QString oppositeOf(const QJsonValue &deleted)
{
    if (deleted.isBool())
        return deleted.toBool() ? u"0"_s : u"1"_s;
    if (deleted.isDouble() && (deleted.toDouble() == 1 || deleted.toDouble() == 0))
        return deleted.toDouble() == 1 ? u"0"_s : u"1"_s;
    return {};
}

SoftDelete readSoft(const JsonNode &node, Mode mode)
{
    SoftDelete soft;
    const JsonObjectNode object = node.object({"column"_L1, "deleted"_L1, "side"_L1, "present"_L1});
    soft.column = column(object);
    soft.deleted = flagValue(object, "deleted"_L1);
    if (const auto side = object.require("side"_L1, alternatives({u"source"_s, u"target"_s}))) {
        soft.side = side->choice(softSides);
        if (mode == Mode::Update && soft.side == SoftDelete::Side::Target)
            side->wrongValue(quoted(u"source")); // it deletes nothing that could be marked
    }
    const bool isWritten = mode == Mode::TwoWay || soft.side == SoftDelete::Side::Target;
    if (const auto present = object.findSet("present"_L1)) {
        soft.present = flagValue(object, "present"_L1);
        if (!isWritten)
            present->wrongValue(u"written-only"_s);
        else if (soft.present == soft.deleted)
            present->wrongValue(u"other-than-deleted"_s);
    } else if (isWritten && object.has("deleted"_L1)) {
        soft.present = oppositeOf(object.at("deleted"_L1).value());
        if (soft.present.isEmpty())
            object.missing("present"_L1, u"string | number | boolean"_s);
    }
    return soft;
}

DeletePolicy readDeletes(const JsonNode &node, Mode mode, std::optional<SoftDelete> &soft)
{
    soft.reset();
    if (node.isObject()) {
        const JsonObjectNode object = node.object({"soft"_L1});
        if (const auto settings = object.require("soft"_L1, u"object"_s))
            soft = readSoft(*settings, mode);
        return mode == Mode::Update ? DeletePolicy::Ignore : DeletePolicy::Propagate;
    }
    const DeletePolicy policy = node.choice(deletePolicies);
    const bool fits = mode == Mode::TwoWay || (policy == DeletePolicy::Propagate) == (mode == Mode::Mirror);
    if (!fits)
        node.wrongValue(quoted(mode == Mode::Mirror ? u"propagate" : u"ignore"));
    return policy;
}

KeyCompare readKeyCompare(const JsonNode &node)
{
    KeyCompare keys;
    const QString word = node.string();
    if (word == "never"_L1) {
        keys.when = KeyCompare::When::Never;
    } else if (node.isString() && word != "always"_L1) {
        keys.when = KeyCompare::When::Every;
        JsonReader probe(QString{});
        keys.everyMs = JsonNode(probe, node.value(), {}).durationMs(1, longestMs);
        if (probe.failed())
            node.wrongValue(uR"("always" | duration | "never")"_s);
    }
    return keys;
}

GuardSettings readGuard(const JsonNode &node, GuardSettings guard)
{
    const JsonObjectNode object = node.object({"rows"_L1, "percent"_L1});
    if (const auto rows = object.find("rows"_L1))
        guard.rows = rows->integer(0, mostRows);
    if (const auto percent = object.find("percent"_L1))
        guard.percent = percent->number(0, 100);
    return guard;
}

CompareOptions readCompare(const JsonNode &node, CompareOptions compare)
{
    const JsonObjectNode object = node.object(
        {"case"_L1, "trailingSpaces"_L1, "floatTolerance"_L1, "timePrecision"_L1, "emptyIsNull"_L1, "json"_L1});
    const std::pair<QLatin1StringView, bool &> switches[]{{"case"_L1, compare.caseCounts},
                                                          {"trailingSpaces"_L1, compare.trailingSpacesCount},
                                                          {"emptyIsNull"_L1, compare.emptyIsNull}};
    for (const auto &[key, value] : switches) {
        if (const auto found = object.find(key))
            value = found->boolean();
    }
    if (const auto tolerance = object.find("floatTolerance"_L1))
        compare.floatTolerance = tolerance->number(0, 1e300);
    if (const auto precision = object.find("timePrecision"_L1))
        compare.timePrecision = precision->choice(precisions);
    if (const auto json = object.find("json"_L1))
        compare.jsonAsText = json->choice(jsonRules);
    return compare;
}

} // namespace

bool usesKeyCompare(const JobTable &rules)
{
    const auto seesNoDeletes = [](const DetectSettings &detect) {
        return detect.by != DetectBy::Hash && detect.by != DetectBy::Log;
    };
    return rules.deletes == DeletePolicy::Propagate
        && (seesNoDeletes(rules.detect) || (rules.targetDetect && seesNoDeletes(*rules.targetDetect)));
}

void requireKeyCompare(const JsonObjectNode &object, const JobTable &rules)
{
    if (object.has("keyCompare"_L1) && rules.keyCompare != KeyCompare() && !usesKeyCompare(rules))
        object.at("keyCompare"_L1).wrongValue(quoted(u"always"));
}

void readRules(const JsonObjectNode &object, Mode mode, JobTable &rules)
{
    if (const auto node = object.find("detect"_L1)) {
        if (mode == Mode::TwoWay)
            readTwoWayDetect(*node, rules);
        else
            rules.detect = readDetect(*node);
    }
    if (const auto node = object.find("deletes"_L1))
        rules.deletes = readDeletes(*node, mode, rules.soft);
    if (const auto node = object.find("keyCompare"_L1))
        rules.keyCompare = readKeyCompare(*node);
    if (const auto node = object.find("guard"_L1))
        rules.guard = readGuard(*node, rules.guard);
    if (const auto node = object.findSet("conflicts"_L1))
        rules.conflicts = readConflicts(*node, mode, rules.conflicts);
    if (const auto node = object.find("compare"_L1))
        rules.rules.compare = readCompare(*node, rules.rules.compare);
    if (const auto node = object.find("create"_L1))
        rules.create = node->boolean();
    if (const auto node = object.find("leftFilter"_L1))
        rules.leftFilter =
            mode == Mode::TwoWay ? node->choice(keptLeftFilters, {"delete"_L1}) : node->choice(leftFilters);
    if (const auto node = object.find("onBadRow"_L1))
        rules.onBadRow = node->choice(badRows);
    if (const auto node = object.find("allowNonTransactional"_L1))
        rules.allowNonTransactional = node->boolean();
    if (const auto node = object.findSet("keep"_L1))
        rules.kept = node->choice(keepKinds);
}

} // namespace tidemark
