// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/http/jsontext.h"

#include <charconv>

#include "core/data/utf8text.h"

namespace tidemark::http {

namespace {

bool isBlank(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }
bool isDigit(char c) { return c >= '0' && c <= '9'; }
bool isHex(char c) { return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

void skipBlanks(std::string_view &text)
{
    std::size_t at = 0;
    while (at < text.size() && isBlank(text[at]))
        ++at;
    text.remove_prefix(at);
}

class Checker
{
public:
    Checker(std::string_view text, int maxDepth) : m_text(text), m_maxDepth(maxDepth) { }

    std::optional<JsonFault> run()
    {
        blanks();
        const bool isSound = value(0) && (blanks(), m_at == m_text.size());
        return isSound ? std::nullopt : std::optional(JsonFault{m_at, m_tooDeep});
    }

private:
    char peek() const { return m_at < m_text.size() ? m_text[m_at] : '\0'; }
    bool take(char c)
    {
        if (peek() != c)
            return false;
        ++m_at;
        return true;
    }
    void blanks()
    {
        while (m_at < m_text.size() && isBlank(m_text[m_at]))
            ++m_at;
    }
    bool word(std::string_view literal)
    {
        if (m_text.substr(m_at, literal.size()) != literal)
            return false;
        m_at += literal.size();
        return true;
    }

    bool value(int depth) // NOLINT(misc-no-recursion): depth is bounded
    {
        switch (peek()) {
        case '{':
            return container(depth, '}', true);
        case '[':
            return container(depth, ']', false);
        case '"':
            return string();
        case 't':
            return word("true");
        case 'f':
            return word("false");
        case 'n':
            return word("null");
        default:
            return number();
        }
    }

    bool container(int depth, char end, bool isObject) // NOLINT(misc-no-recursion)
    {
        m_tooDeep = depth >= m_maxDepth;
        if (m_tooDeep)
            return false;
        ++m_at;
        blanks();
        if (take(end))
            return true;
        do {
            blanks();
            if (isObject) {
                if (peek() != '"' || !string())
                    return false;
                blanks();
                if (!take(':'))
                    return false;
                blanks();
            }
            if (!value(depth + 1))
                return false;
            blanks();
        } while (take(','));
        return take(end);
    }

    bool string()
    {
        for (++m_at; m_at < m_text.size(); ++m_at) {
            const char c = m_text[m_at];
            if (c == '"')
                return ++m_at, true;
            if (static_cast<unsigned char>(c) < 0x20)
                return false;
            if (c == '\\' && !escape())
                return false;
        }
        return false;
    }

    bool escape() // leaves m_at at its last character
    {
        constexpr std::string_view plain = "\"\\/bfnrt";
        ++m_at;
        if (peek() != 'u')
            return peek() != '\0' && plain.find(peek()) != std::string_view::npos;
        for (int digit = 0; digit < 4; ++digit) {
            ++m_at;
            if (!isHex(peek()))
                return false;
        }
        return true;
    }

    bool digits()
    {
        if (!isDigit(peek()))
            return false;
        while (isDigit(peek()))
            ++m_at;
        return true;
    }

    bool number()
    {
        take('-');
        if (!take('0') && !digits())
            return false;
        if (take('.') && !digits())
            return false;
        if (peek() != 'e' && peek() != 'E')
            return true;
        ++m_at;
        if (!take('+'))
            take('-');
        return digits();
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    int m_maxDepth;
    bool m_tooDeep = false;
};

std::size_t endOfString(std::string_view text) // past its closing quote
{
    std::size_t at = 1;
    while (text[at] != '"')
        at += text[at] == '\\' ? 2 : 1;
    return at + 1;
}

// Past the value that the text begins with.
std::size_t endOfValue(std::string_view text)
{
    if (text.front() == '"')
        return endOfString(text);
    std::size_t at = 0;
    if (text.front() != '{' && text.front() != '[') {
        while (at < text.size() && text[at] != ',' && text[at] != ']' && text[at] != '}' && !isBlank(text[at]))
            ++at;
        return at;
    }
    int depth = 0;
    do {
        const char c = text[at];
        if (c == '"') {
            at += endOfString(text.substr(at));
            continue;
        }
        depth += (c == '{' || c == '[' ? 1 : 0) - (c == '}' || c == ']' ? 1 : 0);
        ++at;
    } while (depth > 0);
    return at;
}

unsigned hexOf(std::string_view digits)
{
    unsigned value = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
    return value;
}

char unescaped(char c)
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
        return c;
    }
}

} // namespace

JsonKind kindOf(std::string_view value)
{
    switch (value.front()) {
    case '{':
        return JsonKind::Object;
    case '[':
        return JsonKind::Array;
    case '"':
        return JsonKind::String;
    case 't':
    case 'f':
        return JsonKind::Boolean;
    case 'n':
        return JsonKind::Null;
    default:
        return JsonKind::Number;
    }
}

std::optional<JsonFault> checkJson(std::string_view text, int maxDepth)
{
    if (const auto fault = Checker(text, maxDepth).run())
        return fault;
    return isValidUtf8(text) ? std::nullopt : std::optional(JsonFault{0, false});
}

JsonItems::JsonItems(std::string_view container)
{
    skipBlanks(container);
    m_isObject = !container.empty() && container.front() == '{';
    const bool isContainer = m_isObject || (!container.empty() && container.front() == '[');
    m_rest = isContainer ? container.substr(1) : std::string_view();
}

bool JsonItems::next()
{
    skipBlanks(m_rest);
    if (!m_rest.empty() && m_rest.front() == ',') {
        m_rest.remove_prefix(1);
        skipBlanks(m_rest);
    }
    if (m_rest.empty() || m_rest.front() == ']' || m_rest.front() == '}')
        return false;
    if (m_isObject) {
        m_key = m_rest.substr(0, endOfString(m_rest));
        m_rest.remove_prefix(m_key.size());
        skipBlanks(m_rest);
        m_rest.remove_prefix(1);
        skipBlanks(m_rest);
    }
    m_value = m_rest.substr(0, endOfValue(m_rest));
    m_rest.remove_prefix(m_value.size());
    return true;
}

void decodeString(std::string_view quoted, std::string &out)
{
    out.clear();
    const std::string_view text = quoted.substr(1, quoted.size() - 2);
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t slash = text.find('\\', at);
        out.append(text.substr(at, slash - at));
        if (slash == std::string_view::npos)
            return;
        at = slash + 2;
        if (text[slash + 1] != 'u') {
            out += unescaped(text[slash + 1]);
            continue;
        }
        unsigned code = hexOf(text.substr(at, 4));
        at += 4;
        const bool isHigh = code >= 0xd800 && code < 0xdc00;
        if (isHigh && text.substr(at, 2) == "\\u") {
            const unsigned low = hexOf(text.substr(at + 2, 4));
            if (low >= 0xdc00 && low < 0xe000) {
                code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
                at += 6;
            }
        }
        if (code >= 0xd800 && code < 0xe000)
            out += '\xff';
        else
            appendUtf8(code, out);
    }
}

bool isKey(std::string_view quoted, std::string_view name, std::string &scratch)
{
    const std::string_view plain = quoted.substr(1, quoted.size() - 2);
    if (plain.find('\\') == std::string_view::npos)
        return plain == name;
    decodeString(quoted, scratch);
    return scratch == name;
}

JsonPointer pointerOf(const QString &text)
{
    JsonPointer pointer;
    if (text.isEmpty())
        return pointer;
    for (QString part : text.mid(1).split(u'/')) {
        part.replace(QLatin1StringView("~1"), QLatin1StringView("/"));
        part.replace(QLatin1StringView("~0"), QLatin1StringView("~"));
        pointer.push_back(part.toStdString());
    }
    return pointer;
}

std::optional<std::string_view> valueAt(std::string_view text, const JsonPointer &pointer, std::size_t first)
{
    skipBlanks(text);
    while (!text.empty() && isBlank(text.back()))
        text.remove_suffix(1);
    std::string scratch;
    for (std::size_t step = first; step < pointer.size(); ++step) {
        const JsonKind kind = kindOf(text);
        if (kind != JsonKind::Object && kind != JsonKind::Array)
            return std::nullopt;
        std::size_t index = 0;
        bool found = false;
        for (JsonItems items(text); !found && items.next(); ++index) {
            found = kind == JsonKind::Object ? isKey(items.key(), pointer[step], scratch)
                                             : std::to_string(index) == pointer[step];
            if (found)
                text = items.value();
        }
        if (!found)
            return std::nullopt;
    }
    return text;
}

} // namespace tidemark::http
