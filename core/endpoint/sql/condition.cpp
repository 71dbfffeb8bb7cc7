// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/sql/condition.h"

namespace tidemark {

namespace {

bool isWordPart(QChar c) { return c.isLetterOrNumber() || c == u'_' || c == u'$' || c.unicode() >= 0x80; }

// Reads over what may hold parentheses that do not count. Every skip returns the place past its end, −1 where it has
// none.
class Scanner
{
public:
    Scanner(QStringView text, const ConditionSyntax &syntax) : m_text(text), m_syntax(syntax) { }

    bool staysInside() const
    {
        int depth = 0;
        for (qsizetype at = 0; at < m_text.size();) {
            const qsizetype past = skip(at);
            if (past < 0)
                return false;
            if (past > at) {
                at = past;
                continue;
            }
            depth += m_text[at] == u'(' ? 1 : m_text[at] == u')' ? -1 : 0;
            if (depth < 0)
                return false;
            ++at;
        }
        return depth == 0;
    }

private:
    bool starts(qsizetype at, QStringView with) const { return m_text.sliced(at).startsWith(with); }

    qsizetype skip(qsizetype at) const
    {
        switch (m_text[at].unicode()) {
        case u'\'':
            return quoted(at, m_syntax.backslashInTexts || isEscapeText(at));
        case u'"':
        case u'`':
            return quoted(at, m_syntax.backslashInTexts && m_text[at] == u'"');
        case u'$':
            return m_syntax.dollarTexts ? dollarText(at) : at;
        case u'#':
            return m_syntax.hashComments ? line(at) : at;
        case u'-':
            return startsLineComment(at) ? line(at) : at;
        case u'/':
            return starts(at, u"/*") ? comment(at) : at;
        default:
            return at;
        }
    }

    bool isEscapeText(qsizetype at) const
    {
        return m_syntax.escapeTexts && at > 0 && m_text[at - 1].toLower() == u'e'
            && (at == 1 || !isWordPart(m_text[at - 2]));
    }

    bool startsLineComment(qsizetype at) const
    {
        if (!starts(at, u"--"))
            return false;
        return !m_syntax.hashComments || at + 2 == m_text.size() || m_text[at + 2].unicode() <= u' ';
    }

    qsizetype quoted(qsizetype at, bool backslash) const
    {
        const QChar quote = m_text[at];
        for (++at; at < m_text.size(); ++at) {
            if (backslash && m_text[at] == u'\\')
                ++at;
            else if (m_text[at] == quote) // a doubled one ends here and begins again
                return at + 1;
        }
        return -1;
    }

    qsizetype dollarText(qsizetype at) const
    {
        if (at > 0 && isWordPart(m_text[at - 1]))
            return at;
        qsizetype end = at + 1;
        while (end < m_text.size() && m_text[end] != u'$' && isWordPart(m_text[end]))
            ++end;
        if (end == m_text.size() || m_text[end] != u'$' || (end > at + 1 && m_text[at + 1].isDigit()))
            return at;
        const QStringView tag = m_text.sliced(at, end + 1 - at);
        const qsizetype close = m_text.indexOf(tag, end + 1);
        return close < 0 ? -1 : close + tag.size();
    }

    qsizetype line(qsizetype at) const
    {
        const qsizetype end = m_text.indexOf(u'\n', at);
        return end < 0 ? m_text.size() : end + 1;
    }

    qsizetype comment(qsizetype at) const
    {
        if (m_syntax.hashComments && (starts(at, u"/*!") || starts(at, u"/*M!")))
            return -1;
        int depth = 0;
        while (at + 1 < m_text.size()) {
            if (starts(at, u"/*") && (depth == 0 || m_syntax.nestedComments)) {
                ++depth;
                at += 2;
            } else if (starts(at, u"*/")) {
                at += 2;
                if (--depth == 0)
                    return at;
            } else {
                ++at;
            }
        }
        return -1;
    }

    QStringView m_text;
    const ConditionSyntax &m_syntax;
};

} // namespace

QString enclosed(const QString &condition) { return u'(' + condition + QStringLiteral("\n)"); }

bool staysInside(QStringView condition, const ConditionSyntax &syntax)
{
    return Scanner(condition, syntax).staysInside();
}

} // namespace tidemark
