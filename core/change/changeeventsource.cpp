// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/change/changeeventsource.h"

#include <charconv>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

// What an order is made of. Views into the message.
struct Positions
{
    std::string_view sequence, lsn, file, pos, row, commitLsn, changeLsn, serial;
};

constexpr std::size_t numberWidth = 20;

// Numbers to one width, so that they sort as bytes.
void appendNumber(std::string_view digits, std::string &out)
{
    if (digits.size() < numberWidth)
        out.append(numberWidth - digits.size(), '0');
    out.append(digits);
}

void makeOrder(const Positions &at, EventSource &source)
{
    std::string &order = source.order;
    if (source.connector == "tidemark") {
        order.assign(at.sequence);
    } else if (!at.lsn.empty()) {
        appendNumber(at.lsn, order);
    } else if (!at.file.empty() && !at.pos.empty()) {
        order.append(at.file).append("/");
        appendNumber(at.pos, order);
        order += '/';
        appendNumber(at.row.empty() ? "0" : at.row, order);
    } else if (!at.commitLsn.empty()) {
        order.append(at.commitLsn).append("/").append(at.changeLsn).append("/");
        appendNumber(at.serial.empty() ? "0" : at.serial, order);
    }
}

std::string *textPlace(std::string_view name, EventSource &source)
{
    if (name == "connector")
        return &source.connector;
    if (name == "name")
        return &source.name;
    if (name == "db")
        return &source.database;
    if (name == "schema")
        return &source.schema;
    if (name == "table")
        return &source.table;
    return name == "id" ? &source.id : nullptr;
}

std::string_view *positionPlace(std::string_view name, Positions &at)
{
    if (name == "sequence")
        return &at.sequence;
    if (name == "lsn")
        return &at.lsn;
    if (name == "file")
        return &at.file;
    if (name == "pos")
        return &at.pos;
    if (name == "row")
        return &at.row;
    if (name == "commit_lsn")
        return &at.commitLsn;
    if (name == "change_lsn")
        return &at.changeLsn;
    return name == "event_serial_no" ? &at.serial : nullptr;
}

Result<void> readText(const JsonToken &value, const QString &path, std::string &out)
{
    if (value.kind == JsonToken::Kind::Null)
        return {};
    std::string scratch;
    std::string_view text;
    if (value.kind != JsonToken::Kind::String || !unescaped(value, scratch, text))
        return fail(Error{ErrorCode::WrongType, {{Fact::JsonPath, path}, {Fact::Expected, u"string"_s}}, {}});
    out.assign(text);
    return {};
}

} // namespace

void EventSource::clear()
{
    for (std::string *text : {&connector, &name, &database, &schema, &table, &id, &order})
        text->clear();
    tsMs = 0;
}

bool readWhole(const JsonToken &token, qint64 &value)
{
    if (token.kind != JsonToken::Kind::Number || !token.isWhole)
        return false;
    const char *end = token.text.data() + token.text.size();
    const auto [stopped, error] = std::from_chars(token.text.data(), end, value);
    return error == std::errc() && stopped == end;
}

Result<void> readEventSource(JsonTokens &tokens, const QString &path, EventSource &source)
{
    if (!tokens.isAtObject())
        return fail(Error{ErrorCode::WrongType, {{Fact::JsonPath, path}, {Fact::Expected, u"object"_s}}, {}});
    tokens.enterObject();
    Positions at;
    JsonToken name, value;
    while (tokens.nextMember(name) && tokens.value(value)) {
        if (std::string *place = textPlace(name.text, source)) {
            TRY(readText(value, path + u'.' + QString::fromUtf8(name.text), *place));
        } else if (name.text == "ts_ms") {
            readWhole(value, source.tsMs);
        } else if (std::string_view *position = positionPlace(name.text, at); position != nullptr && !value.hasEscapes
                   && (value.kind == JsonToken::Kind::String || value.kind == JsonToken::Kind::Number)) {
            *position = value.text;
        }
    }
    makeOrder(at, source);
    return {};
}

} // namespace tidemark
