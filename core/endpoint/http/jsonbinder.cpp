// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/http/jsonbinder.h"

#include <cmath>
#include <limits>

#include "core/data/celldecoder.h"
#include "core/data/decimaltext.h"
#include "core/data/timetext.h"

namespace tidemark::http {

using namespace Qt::StringLiterals;

namespace {

constexpr int deepest = 1000; // of JSON that another side delivered
constexpr qsizetype shownCharacters = 100;

bool isNumeric(CellKind kind)
{
    return kind == CellKind::Integer || kind == CellKind::Decimal || kind == CellKind::Float;
}

} // namespace

JsonBinder::JsonBinder(CellType type, CellSource target)
    : m_type(type), m_target(std::move(target)), m_layout(std::make_shared<RowLayout>(RowLayout{{m_type}, 1, 1})),
      m_encoder(m_layout, {m_target}), m_probe(m_layout)
{ }

Result<std::string> JsonBinder::value(CellView cell)
{
    if (cell.isNull)
        return std::string("null");
    auto text = spelled(cell);
    if (!text || !matches(cell, *text))
        return fail(notKept(cell));
    return std::move(*text);
}

bool JsonBinder::matches(CellView cell, std::string_view json)
{
    m_encoder.setBatch(&m_probe); // this may have been moved since
    m_probe.clear();
    m_encoder.beginRow();
    encodeValue(json, m_target.type, m_type.kind, m_encoder, m_scratch);
    m_encoder.endRow();
    const quint32 length = cell.isNull ? RowBatch::nullLength : quint32(cell.bytes.size());
    std::string chain(reinterpret_cast<const char *>(&length), sizeof length);
    if (!cell.isNull)
        chain += cell.bytes;
    return m_probe.fault(0) == nullptr && m_probe.appendChain(chain) && m_probe.equalRows(0, m_probe, 1);
}

std::optional<std::string> JsonBinder::spelled(CellView cell) const
{
    std::string text;
    switch (m_type.kind) {
    case CellKind::Boolean:
        return std::string(cell::boolean(cell) ? "true" : "false");
    case CellKind::Integer:
        cell::appendText(m_type, cell, text);
        if (m_target.type.kind == CellKind::Boolean && (text == "0" || text == "1"))
            return std::string(text == "1" ? "true" : "false");
        return number(std::move(text));
    case CellKind::Decimal: {
        std::string scratch;
        text = m_target.type.scale < 0 ? std::string(cell.bytes)
                                       : std::string(flooredDecimal(cell.bytes, m_target.type.scale, scratch));
        return number(std::move(text));
    }
    case CellKind::Float:
        if (!std::isfinite(cell::real(cell)))
            return std::nullopt;
        appendShortest(cell::real(cell), text);
        return number(std::move(text));
    case CellKind::Json:
        if (m_target.type.kind != CellKind::Json || checkJson(cell.bytes, deepest))
            return std::nullopt;
        return std::string(cell.bytes);
    case CellKind::Time:
    case CellKind::Timestamp:
    case CellKind::Instant:
        return moment(cell);
    case CellKind::Blob:
        return std::nullopt;
    case CellKind::Date:
        if (cell::date(cell) == std::numeric_limits<qint32>::min()
            || cell::date(cell) == std::numeric_limits<qint32>::max())
            return std::nullopt;
        break;
    case CellKind::Text:
    case CellKind::Uuid:
    case CellKind::Exact:
        break;
    }
    cell::appendText(m_type, cell, text);
    return quotedJson(text);
}

std::optional<std::string> JsonBinder::number(std::string digits) const
{
    if (m_asText || !isNumeric(m_target.type.kind))
        return quotedJson(digits);
    if (checkJson(digits, 1)) // NaN and infinity
        return std::nullopt;
    return digits;
}

std::optional<std::string> JsonBinder::moment(CellView cell) const
{
    std::string text;
    const qint64 exact = cell::microseconds(cell);
    if (exact == std::numeric_limits<qint64>::min() || exact == std::numeric_limits<qint64>::max())
        return std::nullopt; // no moment
    const qint64 value = cell::floorMicroseconds(exact, m_target.type.fraction);
    if (m_type.kind == CellKind::Time) {
        appendTime(value, 0, text);
        return quotedJson(text);
    }
    const bool isInstant = m_type.kind == CellKind::Instant;
    appendTimestamp(value, 0, isInstant ? "Z" : "", text);
    if (const auto blank = text.find(' '); blank != std::string::npos)
        text[blank] = 'T';
    return quotedJson(text);
}

Error JsonBinder::notKept(CellView cell) const
{
    return Error{ErrorCode::ValueNotKept, {{Fact::Column, m_target.column}}, {}}
        .with(Fact::Value, cell::text(m_type, cell).left(shownCharacters))
        .with(Fact::Type, m_target.type.native);
}

std::string quotedJson(std::string_view utf8)
{
    static constexpr char hex[] = "0123456789abcdef";
    std::string out = "\"";
    for (const char c : utf8) {
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (static_cast<unsigned char>(c) < 0x20) {
            out += "\\u00";
            out += hex[c >> 4];
            out += hex[c & 0xf];
        } else {
            out += c;
        }
    }
    return out += '"';
}

std::optional<std::string> withValue(std::string_view container, const JsonPointer &place, std::string_view value,
                                     std::size_t step) // NOLINT(misc-no-recursion): bounded by the settings
{
    if (step == place.size())
        return std::string(value);
    const bool isMissing = container.empty() || kindOf(container) == JsonKind::Null;
    const JsonKind kind = isMissing ? JsonKind::Object : kindOf(container);
    if (kind != JsonKind::Object && kind != JsonKind::Array)
        return std::nullopt;
    const bool isObject = kind == JsonKind::Object;
    std::string out(isObject ? "{" : "[");
    std::string scratch;
    bool isPlaced = false;
    std::size_t index = 0;
    for (JsonItems items(isMissing ? std::string_view("{}") : container); items.next(); ++index) {
        if (index > 0)
            out += ',';
        const bool isHere = isObject ? isKey(items.key(), place[step], scratch) : std::to_string(index) == place[step];
        if (isObject)
            out.append(items.key()).append(":");
        if (!isHere) {
            out += items.value();
            continue;
        }
        auto inner = withValue(items.value(), place, value, step + 1);
        if (!inner)
            return std::nullopt;
        out += *inner;
        isPlaced = true;
    }
    if (!isPlaced) {
        auto inner = isObject ? withValue({}, place, value, step + 1) : std::nullopt;
        if (!inner)
            return std::nullopt;
        out.append(index > 0 ? "," : "").append(quotedJson(place[step])).append(":").append(*inner);
    }
    return out += isObject ? '}' : ']';
}

} // namespace tidemark::http
