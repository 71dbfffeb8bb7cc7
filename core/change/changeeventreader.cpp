// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/change/changeeventreader.h"

#include "core/change/changeeventsource.h"

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

Error atPath(ErrorCode code, const QString &path) { return Error{code, {{Fact::JsonPath, path}}, {}}; }

QString joined(const QString &path, QLatin1StringView name)
{
    return path.isEmpty() ? QString(name) : path + u'.' + name;
}

Result<void> readOperation(const JsonToken &value, const QString &path, EventOperation &operation)
{
    if (value.kind != JsonToken::Kind::String)
        return fail(atPath(ErrorCode::WrongType, path).with(Fact::Expected, u"string"_s));
    const char c = value.text.size() == 1 ? value.text[0] : '\0';
    switch (c) {
    case 'c':
        operation = EventOperation::Create;
        return {};
    case 'r':
        operation = EventOperation::Read;
        return {};
    case 'u':
        operation = EventOperation::Update;
        return {};
    case 'd':
        operation = EventOperation::Delete;
        return {};
    case 't':
    case 'm':
        return fail(atPath(ErrorCode::NotAvailable, path).with(Fact::Found, QString(QLatin1Char(c))));
    default:
        return fail(atPath(ErrorCode::WrongValue, path)
                        .with(Fact::Expected, u"\"c\" | \"r\" | \"u\" | \"d\""_s)
                        .with(Fact::Found, QString::fromUtf8(value.text.substr(0, 20))));
    }
}

bool isNothing(std::string_view value)
{
    return value.find_first_not_of(" \t\r\n") == std::string_view::npos || value == "null";
}

} // namespace

Result<void> ChangeEventReader::checkSize(std::string_view text, const QString &path) const
{
    if (static_cast<qint64>(text.size()) <= m_bounds.bytes)
        return {};
    return fail(atPath(ErrorCode::WrongValue, path)
                    .with(Fact::Limit, QString::number(m_bounds.bytes))
                    .with(Fact::Count, QString::number(text.size())));
}

Result<void> ChangeEventReader::parse(std::string_view key, std::optional<std::string_view> value, ChangeEvent &event)
{
    m_schemas.trim();
    event.source.clear();
    event.tsMs = 0;
    for (EventRow *row : {&event.before, &event.after, &event.key}) {
        row->isPresent = false;
        row->fields.clear();
    }
    TRY(parseKey(key, event));
    if (!value || isNothing(*value)) {
        event.operation = EventOperation::Tombstone;
        return {};
    }
    return parseValue(*value, event);
}

// A key of other pipelines may be anything (a plain text, "default"): only an object tells columns apart.
Result<void> ChangeEventReader::parseKey(std::string_view key, ChangeEvent &event)
{
    TRY(checkSize(key, u"key"_s));
    JsonTokens tokens(key, m_bounds.depth);
    if (!tokens.isAtObject())
        return {};
    tokens.enterObject();
    const EventSchema *schema = nullptr;
    JsonToken name;
    bool hasPayload = false;
    while (tokens.nextMember(name)) {
        if (name.text == "schema" && tokens.isAtObject()) {
            TRY(this->schema(tokens, true, schema));
        } else if (name.text == "payload" && tokens.isAtObject()) {
            hasPayload = true;
            TRY(row(tokens, u"key.payload"_s, event.key));
        } else {
            JsonToken value;
            if (tokens.value(value))
                event.key.fields.push_back({name, value, {}, false});
        }
        if (event.key.fields.size() > static_cast<std::size_t>(m_bounds.fields))
            return fail(atPath(ErrorCode::WrongValue, u"key"_s).with(Fact::Limit, QString::number(m_bounds.fields)));
    }
    if (tokens.failed() || !tokens.atEnd())
        return fail(tokens.fault().with(Fact::JsonPath, u"key"_s));
    event.key.isPresent = hasPayload || !event.key.fields.empty();
    applySchema(schema, event.key);
    return {};
}

Result<void> ChangeEventReader::parseValue(std::string_view value, ChangeEvent &event)
{
    TRY(checkSize(value, QString()));
    JsonTokens tokens(value, m_bounds.depth);
    if (!tokens.isAtObject())
        return fail(Error{ErrorCode::WrongType, {{Fact::Expected, u"object"_s}}, {}});
    m_seen = 0;
    m_hasOperation = false;
    const EventSchema *schema = nullptr;
    QString path;
    tokens.enterObject();
    JsonToken name;
    while (tokens.nextMember(name)) {
        if (name.text == "schema" && tokens.isAtObject()) {
            TRY(this->schema(tokens, false, schema));
        } else if (name.text == "payload" && !m_hasOperation) {
            if (tokens.isAtObject()) {
                path = u"payload"_s;
                TRY(envelope(tokens, path, event));
                continue;
            }
            JsonToken payload;
            if (tokens.value(payload) && payload.kind == JsonToken::Kind::Null) {
                event.operation = EventOperation::Tombstone;
                m_hasOperation = true;
            }
        } else {
            TRY(member(tokens, name, path, event));
        }
    }
    if (tokens.failed() || !tokens.atEnd())
        return fail(tokens.fault());
    applySchema(schema, event.before);
    applySchema(schema, event.after);
    return check(path, event);
}

Result<void> ChangeEventReader::schema(JsonTokens &tokens, bool isKey, const EventSchema *&found)
{
    const EventSchemas::Envelope *likely = m_schemas.likely(isKey);
    if (likely != nullptr && tokens.skipKnown(likely->text)) {
        found = &likely->row;
        return {};
    }
    JsonToken text;
    if (!tokens.value(text))
        return fail(tokens.fault());
    TRY_ASSIGN(const EventSchemas::Envelope *envelope, m_schemas.find(text.text, isKey));
    found = &envelope->row;
    return {};
}

Result<void> ChangeEventReader::envelope(JsonTokens &tokens, const QString &path, ChangeEvent &event)
{
    tokens.enterObject();
    JsonToken name;
    while (tokens.nextMember(name))
        TRY(member(tokens, name, path, event));
    return tokens.failed() ? Result<void>(fail(tokens.fault())) : Result<void>{};
}

Result<void> ChangeEventReader::member(JsonTokens &tokens, const JsonToken &name, const QString &path,
                                       ChangeEvent &event)
{
    const auto once = [&](quint32 bit, QLatin1StringView word) -> Result<void> {
        if ((m_seen & bit) != 0)
            return fail(atPath(ErrorCode::DuplicateName, joined(path, word)));
        m_seen |= bit;
        return {};
    };
    if (name.text == "before") {
        TRY(once(1, "before"_L1));
        return row(tokens, joined(path, "before"_L1), event.before);
    }
    if (name.text == "after") {
        TRY(once(2, "after"_L1));
        return row(tokens, joined(path, "after"_L1), event.after);
    }
    if (name.text == "source") {
        TRY(once(4, "source"_L1));
        return readEventSource(tokens, joined(path, "source"_L1), event.source);
    }
    JsonToken value;
    if (!tokens.value(value))
        return fail(tokens.fault());
    if (name.text == "op") {
        TRY(once(8, "op"_L1));
        m_hasOperation = true;
        return readOperation(value, joined(path, "op"_L1), event.operation);
    }
    if (name.text == "ts_ms")
        readWhole(value, event.tsMs);
    return {};
}

Result<void> ChangeEventReader::row(JsonTokens &tokens, const QString &path, EventRow &row)
{
    if (!tokens.isAtObject()) {
        JsonToken value;
        if (!tokens.value(value))
            return fail(tokens.fault());
        if (value.kind != JsonToken::Kind::Null)
            return fail(atPath(ErrorCode::WrongType, path).with(Fact::Expected, u"object | null"_s));
        return {};
    }
    tokens.enterObject();
    row.isPresent = true;
    EventField field;
    while (tokens.nextMember(field.name) && tokens.value(field.value)) {
        if (row.fields.size() == static_cast<std::size_t>(m_bounds.fields))
            return fail(atPath(ErrorCode::WrongValue, path).with(Fact::Limit, QString::number(m_bounds.fields)));
        row.fields.push_back(field);
    }
    return tokens.failed() ? Result<void>(fail(tokens.fault())) : Result<void>{};
}

void ChangeEventReader::applySchema(const EventSchema *schema, EventRow &row)
{
    if (schema == nullptr)
        return;
    std::string scratch;
    for (std::size_t i = 0; i < row.fields.size(); ++i) {
        EventField &field = row.fields[i];
        std::string_view name;
        const EventType *type = unescaped(field.name, scratch, name) ? schema->find(name, i) : nullptr;
        if (type != nullptr) {
            field.type = *type;
            field.hasType = true;
        }
    }
}

Result<void> ChangeEventReader::check(const QString &path, const ChangeEvent &event) const
{
    const auto missing = [&](QLatin1StringView name, const QString &expected) {
        return fail(atPath(ErrorCode::MissingKey, joined(path, name)).with(Fact::Expected, expected));
    };
    if (!m_hasOperation)
        return missing("op"_L1, u"string"_s);
    if (event.operation == EventOperation::Tombstone)
        return {};
    if (event.operation == EventOperation::Delete) {
        if (!event.before.isPresent && !event.key.isPresent)
            return missing("before"_L1, u"object"_s);
    } else if (!event.after.isPresent) {
        return missing("after"_L1, u"object"_s);
    }
    if (event.source.table.empty())
        return missing("source.table"_L1, u"string"_s);
    return {};
}

} // namespace tidemark
