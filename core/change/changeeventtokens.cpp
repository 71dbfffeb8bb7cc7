// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/change/changeeventtokens.h"

#include <algorithm>
#include <array>
#include <optional>

#include "core/data/utf8text.h"

namespace tidemark {

namespace {

// Bytes that end the quick walk over a string: its quote, an escape, and what may not stand there.
constexpr std::array<bool, 256> stops = [] {
    std::array<bool, 256> table{};
    for (std::size_t c = 0; c < 0x20; ++c)
        table[c] = true;
    table['"'] = true;
    table['\\'] = true;
    return table;
}();

bool isDigit(char c) { return c >= '0' && c <= '9'; }

std::optional<char32_t> hex4(std::string_view text, std::size_t at)
{
    if (at + 4 > text.size())
        return std::nullopt;
    char32_t value = 0;
    for (const char c : text.substr(at, 4)) {
        value <<= 4;
        if (isDigit(c))
            value |= static_cast<char32_t>(c - '0');
        else if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f')
            value |= static_cast<char32_t>((c | 0x20) - 'a' + 10);
        else
            return std::nullopt;
    }
    return value;
}

// The character behind \u at `at`, which moves on; nothing: no such character.
std::optional<char32_t> unicodeEscape(std::string_view text, std::size_t &at)
{
    const auto unit = hex4(text, at);
    if (!unit || (*unit >= 0xdc00 && *unit <= 0xdfff))
        return std::nullopt;
    at += 4;
    if (*unit < 0xd800 || *unit > 0xdbff)
        return unit;
    if (text.substr(at, 2) != "\\u")
        return std::nullopt;
    const auto low = hex4(text, at + 2);
    if (!low || *low < 0xdc00 || *low > 0xdfff)
        return std::nullopt;
    at += 6;
    return 0x10000 + ((*unit - 0xd800) << 10) + (*low - 0xdc00);
}

char simpleEscape(char c)
{
    switch (c) {
    case 'b':
        return '\b';
    case 'f':
        return '\f';
    case 'n':
        return '\n';
    case 'r':
        return '\r';
    case 't':
        return '\t';
    default:
        return c == '"' || c == '\\' || c == '/' ? c : '\0';
    }
}

} // namespace

bool JsonTokens::fail()
{
    m_failed = true;
    return false;
}

Error JsonTokens::fault() const
{
    const std::string_view before = m_text.substr(0, std::min(m_at, m_text.size()));
    const auto line = std::count(before.begin(), before.end(), '\n') + 1;
    const std::size_t lineStart = before.rfind('\n');
    const std::size_t column = before.size() - (lineStart == std::string_view::npos ? 0 : lineStart + 1) + 1;
    Error error{m_isTooDeep ? ErrorCode::WrongValue : ErrorCode::NotJson, {}, {}};
    error.with(Fact::Line, QString::number(line) + u':' + QString::number(column));
    if (m_isTooDeep)
        error.with(Fact::Limit, QString::number(m_maxDepth));
    return error;
}

void JsonTokens::skipBlanks()
{
    while (m_at < m_text.size()) {
        const char c = m_text[m_at];
        if (c != ' ' && c != '\n' && c != '\r' && c != '\t')
            return;
        ++m_at;
    }
}

bool JsonTokens::atEnd()
{
    skipBlanks();
    return m_at == m_text.size();
}

bool JsonTokens::skipKnown(std::string_view bytes)
{
    skipBlanks();
    if (m_failed || bytes.empty() || !m_text.substr(m_at).starts_with(bytes))
        return false;
    m_at += bytes.size();
    return true;
}

bool JsonTokens::isAtObject()
{
    skipBlanks();
    return !m_failed && m_at < m_text.size() && m_text[m_at] == '{';
}

bool JsonTokens::enterObject()
{
    if (!isAtObject())
        return fail();
    if (++m_depth > m_maxDepth) {
        m_isTooDeep = true;
        return fail();
    }
    ++m_at;
    m_first = true;
    return true;
}

bool JsonTokens::enterArray()
{
    skipBlanks();
    if (m_failed || m_at >= m_text.size() || m_text[m_at] != '[')
        return fail();
    if (++m_depth > m_maxDepth) {
        m_isTooDeep = true;
        return fail();
    }
    ++m_at;
    m_first = true;
    return true;
}

// false: the end, or a fault.
bool JsonTokens::separator(char close)
{
    skipBlanks();
    const bool first = m_first;
    m_first = false;
    if (m_failed || m_at >= m_text.size())
        return fail();
    if (m_text[m_at] == close) {
        ++m_at;
        --m_depth;
        return false;
    }
    if (!first) {
        if (m_text[m_at] != ',')
            return fail();
        ++m_at;
        skipBlanks();
    }
    return true;
}

bool JsonTokens::nextMember(JsonToken &name)
{
    if (m_failed || !separator('}'))
        return false;
    if (m_at >= m_text.size() || m_text[m_at] != '"' || !string(name))
        return fail();
    skipBlanks();
    if (m_at >= m_text.size() || m_text[m_at] != ':')
        return fail();
    ++m_at;
    return true;
}

bool JsonTokens::nextElement() { return !m_failed && separator(']'); }

bool JsonTokens::value(JsonToken &token)
{
    skipBlanks();
    if (m_failed || m_at >= m_text.size())
        return fail();
    const std::size_t start = m_at;
    switch (m_text[m_at]) {
    case '"':
        return string(token);
    case '{':
    case '[':
        token.kind = m_text[m_at] == '{' ? JsonToken::Kind::Object : JsonToken::Kind::Array;
        if (!skip(m_depth))
            return fail();
        token.text = m_text.substr(start, m_at - start);
        return true;
    case 't':
        token.kind = JsonToken::Kind::True;
        return literal("true");
    case 'f':
        token.kind = JsonToken::Kind::False;
        return literal("false");
    case 'n':
        token.kind = JsonToken::Kind::Null;
        return literal("null");
    default:
        return number(token);
    }
}

bool JsonTokens::literal(std::string_view word)
{
    if (m_text.substr(m_at, word.size()) != word)
        return fail();
    m_at += word.size();
    return true;
}

bool JsonTokens::number(JsonToken &token)
{
    const std::size_t start = m_at;
    const auto digits = [this] {
        const std::size_t first = m_at;
        while (m_at < m_text.size() && isDigit(m_text[m_at]))
            ++m_at;
        return m_at - first;
    };
    const auto take = [this](char c) { return m_at < m_text.size() && m_text[m_at] == c && (++m_at, true); };
    take('-');
    const std::size_t whole = digits();
    if (whole == 0 || (whole > 1 && m_text[m_at - whole] == '0'))
        return fail();
    token.isWhole = true;
    if (take('.')) {
        token.isWhole = false;
        if (digits() == 0)
            return fail();
    }
    if (take('e') || take('E')) {
        token.isWhole = false;
        take('-') || take('+');
        if (digits() == 0)
            return fail();
    }
    token.kind = JsonToken::Kind::Number;
    token.text = m_text.substr(start, m_at - start);
    return true;
}

bool JsonTokens::string(JsonToken &token)
{
    const std::size_t start = ++m_at;
    token.kind = JsonToken::Kind::String;
    token.hasEscapes = false;
    while (true) {
        while (m_at < m_text.size() && !stops[static_cast<unsigned char>(m_text[m_at])])
            ++m_at;
        if (m_at >= m_text.size())
            return fail();
        const char c = m_text[m_at];
        if (c == '"')
            break;
        if (c != '\\')
            return fail();
        token.hasEscapes = true;
        ++m_at;
        if (m_at < m_text.size() && m_text[m_at] == 'u') {
            if (!hex4(m_text, m_at + 1))
                return fail();
            m_at += 5;
        } else if (m_at < m_text.size() && simpleEscape(m_text[m_at]) != '\0') {
            ++m_at;
        } else {
            return fail();
        }
    }
    token.text = m_text.substr(start, m_at - start);
    ++m_at;
    return true;
}

bool JsonTokens::skip(int depth) // NOLINT(misc-no-recursion): depth is bounded
{
    if (depth >= m_maxDepth) {
        m_isTooDeep = true;
        return fail();
    }
    const bool isObject = m_text[m_at] == '{';
    const char close = isObject ? '}' : ']';
    ++m_at;
    ++m_depth;
    m_first = true;
    JsonToken token;
    while (isObject ? nextMember(token) : nextElement()) {
        if (!value(token))
            return false;
    }
    return !m_failed && m_text[m_at - 1] == close;
}

bool unescaped(const JsonToken &token, std::string &scratch, std::string_view &out)
{
    if (!token.hasEscapes) {
        out = token.text;
        return true;
    }
    scratch.clear();
    std::size_t at = 0;
    while (at < token.text.size()) {
        const std::size_t next = std::min(token.text.find('\\', at), token.text.size());
        scratch.append(token.text, at, next - at);
        at = next + 2;
        if (next == token.text.size())
            break;
        if (token.text[next + 1] == 'u') {
            const auto character = unicodeEscape(token.text, at);
            if (!character)
                return false;
            appendUtf8(*character, scratch);
        } else {
            scratch += simpleEscape(token.text[next + 1]);
        }
    }
    out = scratch;
    return true;
}

void appendJsonString(std::string_view utf8, std::string &out)
{
    out += '"';
    std::size_t start = 0;
    for (std::size_t i = 0; i < utf8.size(); ++i) {
        const auto c = static_cast<unsigned char>(utf8[i]);
        if (!stops[c])
            continue;
        out.append(utf8, start, i - start);
        start = i + 1;
        constexpr std::string_view hex = "0123456789abcdef";
        switch (c) {
        case '"':
            out += "\\\"";
            break;
        case '\\':
            out += "\\\\";
            break;
        case '\n':
            out += "\\n";
            break;
        case '\r':
            out += "\\r";
            break;
        case '\t':
            out += "\\t";
            break;
        default:
            out += "\\u00";
            out += hex[c >> 4];
            out += hex[c & 0xf];
        }
    }
    out.append(utf8, start, utf8.size() - start);
    out += '"';
}

} // namespace tidemark
