// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/change/changeeventschema.h"

#include <charconv>
#include <optional>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

constexpr int maxDepth = 32;
constexpr std::size_t maxSchemas = 256;
constexpr std::size_t maxFields = 4096;

struct NamedMeaning
{
    std::string_view name;
    EventType::Meaning meaning;
};

using Meaning = EventType::Meaning;
constexpr NamedMeaning logicalTypes[]{
    {"org.apache.kafka.connect.data.Decimal", Meaning::Decimal},
    {"org.apache.kafka.connect.data.Date", Meaning::Days},
    {"org.apache.kafka.connect.data.Time", Meaning::TimeMs},
    {"org.apache.kafka.connect.data.Timestamp", Meaning::TimestampMs},
    {"io.debezium.data.VariableScaleDecimal", Meaning::VariableDecimal},
    {"io.debezium.data.Bits", Meaning::Bits},
    {"io.debezium.time.Date", Meaning::Days},
    {"io.debezium.time.Time", Meaning::TimeMs},
    {"io.debezium.time.MicroTime", Meaning::TimeUs},
    {"io.debezium.time.NanoTime", Meaning::TimeNs},
    {"io.debezium.time.Timestamp", Meaning::TimestampMs},
    {"io.debezium.time.MicroTimestamp", Meaning::TimestampUs},
    {"io.debezium.time.NanoTimestamp", Meaning::TimestampNs},
    {"io.debezium.time.ZonedTimestamp", Meaning::ZonedTimestamp},
    {"io.debezium.time.ZonedTime", Meaning::ZonedTime},
    {"io.debezium.time.IsoDate", Meaning::IsoText},
    {"io.debezium.time.IsoTime", Meaning::IsoText},
    {"io.debezium.time.IsoTimestamp", Meaning::IsoText},
    {"io.debezium.time.MicroDuration", Meaning::Duration},
    {"io.debezium.time.NanoDuration", Meaning::Duration},
};

// One schema node; the fields of a struct stay text until somebody wants them.
struct Node
{
    std::string type;
    std::string name;
    std::string field;
    std::string_view fields; // the array
    int scale = 0;
    int length = 0;
};

void readText(const JsonToken &token, std::string &out)
{
    std::string scratch;
    std::string_view text;
    if (token.kind == JsonToken::Kind::String && unescaped(token, scratch, text))
        out.assign(text);
}

void readParameters(std::string_view text, Node &node)
{
    JsonTokens tokens(text, maxDepth);
    if (!tokens.enterObject())
        return;
    JsonToken name, value;
    while (tokens.nextMember(name) && tokens.value(value)) {
        int *place = name.text == "scale" ? &node.scale : name.text == "length" ? &node.length : nullptr;
        if (place != nullptr)
            std::from_chars(value.text.data(), value.text.data() + value.text.size(), *place);
    }
}

Result<Node> readNode(std::string_view text)
{
    JsonTokens tokens(text, maxDepth);
    Node node;
    if (!tokens.enterObject())
        return fail(Error{ErrorCode::WrongType, {{Fact::Expected, u"object"_s}, {Fact::JsonPath, u"schema"_s}}, {}});
    JsonToken name, value;
    while (tokens.nextMember(name) && tokens.value(value)) {
        if (name.text == "type")
            readText(value, node.type);
        else if (name.text == "name")
            readText(value, node.name);
        else if (name.text == "field")
            readText(value, node.field);
        else if (name.text == "fields" && value.kind == JsonToken::Kind::Array)
            node.fields = value.text;
        else if (name.text == "parameters" && value.kind == JsonToken::Kind::Object)
            readParameters(value.text, node);
    }
    if (tokens.failed())
        return fail(tokens.fault().with(Fact::JsonPath, u"schema"_s));
    return node;
}

EventType typeOf(const Node &node)
{
    for (const NamedMeaning &known : logicalTypes) {
        if (node.name == known.name)
            return {known.meaning, node.scale, node.length};
    }
    if (node.type == "bytes")
        return {Meaning::Bytes};
    if (node.type == "float")
        return {Meaning::Float32};
    if (node.type == "struct" || node.type == "array" || node.type == "map")
        return {Meaning::Unknown};
    return {Meaning::Plain};
}

template <typename Visit> Result<void> eachField(const Node &node, const Visit &visit)
{
    if (node.fields.empty())
        return {};
    JsonTokens tokens(node.fields, maxDepth);
    tokens.enterArray();
    JsonToken value;
    std::size_t count = 0;
    while (tokens.nextElement() && tokens.value(value)) {
        if (++count > maxFields)
            return fail(Error{ErrorCode::WrongValue, {{Fact::JsonPath, u"schema.fields"_s}}, {}}.with(
                Fact::Limit, QString::number(maxFields)));
        TRY_ASSIGN(const Node field, readNode(value.text));
        TRY(visit(field));
    }
    return {};
}

Result<void> readRow(const Node &node, EventSchema &row)
{
    return eachField(node, [&](const Node &field) -> Result<void> {
        row.names.push_back(field.field);
        row.types.push_back(typeOf(field));
        return {};
    });
}

} // namespace

const EventType *EventSchema::find(std::string_view name, std::size_t likelyIndex) const
{
    if (likelyIndex < names.size() && names[likelyIndex] == name)
        return &types[likelyIndex];
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (names[i] == name)
            return &types[i];
    }
    return nullptr;
}

Result<const EventSchemas::Envelope *> EventSchemas::find(std::string_view text, bool isKey)
{
    const Envelope *&last = m_last[isKey ? 1 : 0];
    if (last != nullptr && last->text == text)
        return last;
    auto &known = m_known[isKey ? 1 : 0];
    if (const auto found = known.find(std::string(text)); found != known.end())
        return last = found->second.get();
    TRY_ASSIGN(const Node node, readNode(text));
    auto envelope = std::make_unique<Envelope>();
    envelope->text = text;
    if (isKey) {
        TRY(readRow(node, envelope->row));
    } else {
        // before and after have the same fields; the first of them that lists any is as good as the other.
        TRY(eachField(node, [&](const Node &field) -> Result<void> {
            const bool isRow = field.field == "after" || field.field == "before";
            return isRow && envelope->row.names.empty() ? readRow(field, envelope->row) : Result<void>{};
        }));
    }
    last = envelope.get();
    known.emplace(envelope->text, std::move(envelope));
    return last;
}

void EventSchemas::trim()
{
    for (int i = 0; i < 2; ++i) {
        if (m_known[i].size() <= maxSchemas)
            continue;
        m_known[i].clear();
        m_last[i] = nullptr;
    }
}

} // namespace tidemark
