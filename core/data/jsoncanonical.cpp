// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/jsoncanonical.h"

#include <algorithm>
#include <optional>
#include <vector>

#include <QtGlobal>

#include "core/data/decimaltext.h"
#include "core/data/utf8text.h"

namespace tidemark {

namespace {

constexpr int maxDepth = 1000;
// An exponent is resolved up to here; beyond, digits and exponent are kept apart, or 1e99999 would be a hundred
// kilobytes.
constexpr qint64 maxPlainDigits = 400;

class Canonicaliser
{
public:
    Canonicaliser(std::string_view text, std::string &out) : m_text(text), m_out(out) { }

    bool run()
    {
        skipBlanks();
        if (!value(0))
            return false;
        skipBlanks();
        return m_at == m_text.size();
    }

private:
    struct Member // of an object: extents in m_out
    {
        std::size_t start = 0; // of the key's quote
        std::size_t keyEnd = 0;
        std::size_t end = 0;
    };

    char peek() const { return m_at < m_text.size() ? m_text[m_at] : '\0'; }

    void skipBlanks()
    {
        while (m_at < m_text.size()
               && (m_text[m_at] == ' ' || m_text[m_at] == '\n' || m_text[m_at] == '\r' || m_text[m_at] == '\t'))
            ++m_at;
    }

    bool take(char c)
    {
        if (peek() != c)
            return false;
        ++m_at;
        return true;
    }

    bool literal(std::string_view word)
    {
        if (m_text.substr(m_at, word.size()) != word)
            return false;
        m_at += word.size();
        m_out.append(word);
        return true;
    }

    bool value(int depth) // NOLINT(misc-no-recursion): depth is bounded
    {
        switch (peek()) {
        case '{':
            return depth < maxDepth && object(depth);
        case '[':
            return depth < maxDepth && array(depth);
        case '"':
            return string();
        case 't':
            return literal("true");
        case 'f':
            return literal("false");
        case 'n':
            return literal("null");
        default:
            return number();
        }
    }

    bool array(int depth) // NOLINT(misc-no-recursion)
    {
        ++m_at;
        m_out += '[';
        skipBlanks();
        if (!take(']')) {
            do {
                skipBlanks();
                if (!value(depth + 1))
                    return false;
                m_out += ',';
                skipBlanks();
            } while (take(','));
            m_out.pop_back();
            if (!take(']'))
                return false;
        }
        m_out += ']';
        return true;
    }

    bool object(int depth) // NOLINT(misc-no-recursion)
    {
        ++m_at;
        m_out += '{';
        const std::size_t begin = m_out.size();
        std::vector<Member> members;
        skipBlanks();
        if (!take('}')) {
            do {
                skipBlanks();
                Member member;
                member.start = m_out.size();
                if (peek() != '"' || !string())
                    return false;
                member.keyEnd = m_out.size();
                skipBlanks();
                if (!take(':'))
                    return false;
                m_out += ':';
                skipBlanks();
                if (!value(depth + 1))
                    return false;
                member.end = m_out.size();
                m_out += ',';
                members.push_back(member);
                skipBlanks();
            } while (take(','));
            if (!take('}'))
                return false;
            m_out.pop_back();
            sortMembers(members, begin);
        }
        m_out += '}';
        return true;
    }

    void sortMembers(std::vector<Member> &members, std::size_t begin)
    {
        const auto key = [this](const Member &member) {
            return std::string_view(m_out).substr(member.start + 1, member.keyEnd - member.start - 2);
        };
        const auto isSorted = [&] {
            for (std::size_t i = 1; i < members.size(); ++i) {
                if (key(members[i - 1]) >= key(members[i]))
                    return false;
            }
            return true;
        };
        if (isSorted())
            return;
        std::stable_sort(members.begin(), members.end(),
                         [&](const Member &left, const Member &right) { return key(left) < key(right); });
        std::string sorted;
        sorted.reserve(m_out.size() - begin);
        for (std::size_t i = 0; i < members.size(); ++i) {
            if (i + 1 < members.size() && key(members[i]) == key(members[i + 1]))
                continue; // the last one counts
            sorted.append(m_out, members[i].start, members[i].end - members[i].start);
            sorted += ',';
        }
        sorted.pop_back();
        m_out.resize(begin);
        m_out += sorted;
    }

    bool number()
    {
        const std::size_t start = m_at;
        take('-');
        const std::size_t whole = digits();
        if (whole == 0 || (whole > 1 && m_text[m_at - whole] == '0'))
            return false;
        if (take('.') && digits() == 0)
            return false;
        const std::size_t mantissaEnd = m_at;
        qint64 exponent = 0;
        if (take('e') || take('E')) {
            const bool isNegative = take('-');
            if (!isNegative)
                take('+');
            const std::size_t size = digits();
            if (size == 0)
                return false;
            for (const char c : m_text.substr(m_at - size, size))
                exponent = std::min<qint64>(exponent * 10 + (c - '0'), qint64(1) << 40);
            exponent = isNegative ? -exponent : exponent;
        }
        appendNumber(m_text.substr(start, mantissaEnd - start), exponent);
        return true;
    }

    void appendNumber(std::string_view mantissa, qint64 exponent)
    {
        const bool isNegative = mantissa[0] == '-';
        mantissa.remove_prefix(isNegative ? 1 : 0);
        std::string all(mantissa.substr(0, mantissa.find('.')));
        qint64 point = static_cast<qint64>(all.size()) + exponent;
        if (all.size() < mantissa.size())
            all.append(mantissa.substr(all.size() + 1));
        const std::size_t first = all.find_first_not_of('0');
        if (first == std::string::npos) {
            m_out += '0';
            return;
        }
        all.erase(all.find_last_not_of('0') + 1);
        all.erase(0, first);
        point -= static_cast<qint64>(first);
        if (isNegative)
            m_out += '-';
        const auto size = static_cast<qint64>(all.size());
        if (point > size + maxPlainDigits || point < -maxPlainDigits) {
            m_out.append(all).append("e").append(std::to_string(point - size));
        } else if (point >= size) {
            m_out.append(all).append(static_cast<std::size_t>(point - size), '0');
        } else if (point > 0) {
            m_out.append(all, 0, static_cast<std::size_t>(point)).append(".");
            m_out.append(all, static_cast<std::size_t>(point));
        } else {
            m_out.append("0.").append(static_cast<std::size_t>(-point), '0').append(all);
        }
    }

    std::size_t digits()
    {
        const std::size_t start = m_at;
        while (peek() >= '0' && peek() <= '9')
            ++m_at;
        return m_at - start;
    }

    bool string()
    {
        ++m_at;
        m_out += '"';
        while (m_at < m_text.size()) {
            const char c = m_text[m_at++];
            if (c == '"') {
                m_out += '"';
                return true;
            }
            if (static_cast<unsigned char>(c) < 0x20)
                return false;
            if (c != '\\')
                m_out += c;
            else if (!escape())
                return false;
        }
        return false;
    }

    bool escape()
    {
        const char c = peek();
        ++m_at;
        switch (c) {
        case '"':
        case '\\':
        case '/':
            appendCharacter(static_cast<char32_t>(c));
            return true;
        case 'b':
            appendCharacter('\b');
            return true;
        case 'f':
            appendCharacter('\f');
            return true;
        case 'n':
            appendCharacter('\n');
            return true;
        case 'r':
            appendCharacter('\r');
            return true;
        case 't':
            appendCharacter('\t');
            return true;
        case 'u':
            return unicodeEscape();
        default:
            return false;
        }
    }

    std::optional<char32_t> hex4(std::size_t at) const
    {
        if (at + 4 > m_text.size())
            return std::nullopt;
        char32_t value = 0;
        for (const char c : m_text.substr(at, 4)) {
            value <<= 4;
            if (c >= '0' && c <= '9')
                value |= static_cast<char32_t>(c - '0');
            else if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f')
                value |= static_cast<char32_t>((c | 0x20) - 'a' + 10);
            else
                return std::nullopt;
        }
        return value;
    }

    bool unicodeEscape()
    {
        const auto unit = hex4(m_at);
        if (!unit)
            return false;
        m_at += 4;
        const bool isHigh = *unit >= 0xd800 && *unit <= 0xdbff;
        if (isHigh && m_text.substr(m_at, 2) == "\\u") {
            const auto low = hex4(m_at + 2);
            if (low && *low >= 0xdc00 && *low <= 0xdfff) {
                m_at += 6;
                appendUtf8(0x10000 + ((*unit - 0xd800) << 10) + (*low - 0xdc00), m_out);
                return true;
            }
        }
        appendCharacter(*unit);
        return true;
    }

    void appendCharacter(char32_t c)
    {
        switch (c) {
        case '"':
            m_out += "\\\"";
            return;
        case '\\':
            m_out += "\\\\";
            return;
        case '\b':
            m_out += "\\b";
            return;
        case '\f':
            m_out += "\\f";
            return;
        case '\n':
            m_out += "\\n";
            return;
        case '\r':
            m_out += "\\r";
            return;
        case '\t':
            m_out += "\\t";
            return;
        default:
            break;
        }
        if (c >= 0x20 && (c < 0xd800 || c > 0xdfff)) {
            appendUtf8(c, m_out);
            return;
        }
        constexpr std::string_view hex = "0123456789abcdef";
        m_out += "\\u";
        for (int shift = 12; shift >= 0; shift -= 4)
            m_out += hex[(c >> shift) & 0xf];
    }

    std::string_view m_text;
    std::string &m_out;
    std::size_t m_at = 0;
};

} // namespace

bool canonicalJson(std::string_view text, std::string &out)
{
    out.clear();
    return isValidUtf8(text) && Canonicaliser(text, out).run();
}

} // namespace tidemark
