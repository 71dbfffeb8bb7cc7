// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include <QString>

#include "core/base/result.h"

namespace tidemark {

// One value of a JSON text: a view, nothing is copied. Of an object or array `text` is all of it, of a string what
// stands between the quotes.
struct JsonToken
{
    enum class Kind : quint8 { Null, True, False, Number, String, Object, Array };
    Kind kind = Kind::Null;
    bool hasEscapes = false; // String
    bool isWhole = false; // Number: neither fraction nor exponent
    std::string_view text;
};

// Reads a JSON text from the left, once and strictly (RFC 8259). After a fault every member answers false; fault() says
// what and where. Bounded in depth, since the text is a stranger's.
class JsonTokens
{
public:
    JsonTokens(std::string_view text, int maxDepth) : m_text(text), m_maxDepth(maxDepth) { }

    // The next value, whatever it is, passed whole.
    bool value(JsonToken &token);
    // An object's members: enterObject() where one begins, then nextMember() until it is false, each followed by
    // reading the value; then leave() says whether it ended as it should.
    bool isAtObject();
    bool enterObject();
    bool nextMember(JsonToken &name);
    bool enterArray();
    bool nextElement();
    bool atEnd(); // nothing but blanks is left
    // Passes these very bytes where they come next, which are known to be a value.
    bool skipKnown(std::string_view bytes);

    bool failed() const { return m_failed; }
    Error fault() const; // NotJson with the line, or WrongValue with the depth

private:
    bool fail();
    void skipBlanks();
    bool literal(std::string_view word);
    bool number(JsonToken &token);
    bool string(JsonToken &token);
    bool skip(int depth);
    bool separator(char close);

    std::string_view m_text;
    std::size_t m_at = 0;
    int m_maxDepth;
    int m_depth = 0;
    bool m_first = false; // the object or array that was entered last has given no member yet
    bool m_failed = false;
    bool m_isTooDeep = false;
};

// What a string token says: the view itself, or unescaped in scratch. false: a lone surrogate, which no UTF-8 holds.
bool unescaped(const JsonToken &token, std::string &scratch, std::string_view &out);

// Appends a string with its quotes, escaped as little as JSON allows.
void appendJsonString(std::string_view utf8, std::string &out);

} // namespace tidemark
