// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/sql/sqlite/sqlitetokens.h"

#include <QStringList>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

qsizetype endOfComment(const QString &sql, qsizetype at) // at itself: no comment begins here
{
    if (sql.mid(at, 2) == "--"_L1) {
        const qsizetype end = sql.indexOf(u'\n', at);
        return end < 0 ? sql.size() : end + 1;
    }
    if (sql.mid(at, 2) == "/*"_L1) {
        const qsizetype end = sql.indexOf("*/"_L1, at + 2);
        return end < 0 ? sql.size() : end + 2;
    }
    return at;
}

// Reads what is quoted from `at` on, and moves past it. A doubled quote stands for itself.
QString quotedText(const QString &sql, qsizetype &at)
{
    const QChar close = sql[at] == u'[' ? QChar(u']') : sql[at];
    QString text;
    for (++at; at < sql.size(); ++at) {
        if (sql[at] != close) {
            text += sql[at];
        } else if (close != u']' && at + 1 < sql.size() && sql[at + 1] == close) {
            text += close;
            ++at;
        } else {
            ++at;
            break;
        }
    }
    return text;
}

bool isWordPart(QChar c) { return c.isLetterOrNumber() || c == u'_' || c == u'$' || c.unicode() > 0x7f; }

} // namespace

std::vector<SqlToken> sqlTokens(const QString &sql)
{
    std::vector<SqlToken> tokens;
    int depth = 0;
    for (qsizetype at = 0; at < sql.size();) {
        const QChar c = sql[at];
        if (const qsizetype end = endOfComment(sql, at); end != at) {
            at = end;
        } else if (c == u'"' || c == u'\'' || c == u'`' || c == u'[') {
            const QString text = quotedText(sql, at);
            tokens.push_back({text, depth, true});
        } else if (isWordPart(c)) {
            const qsizetype start = at;
            while (at < sql.size() && isWordPart(sql[at]))
                ++at;
            tokens.push_back({sql.mid(start, at - start), depth, false});
        } else {
            depth += c == u'(' ? 1 : 0;
            if (!c.isSpace())
                tokens.push_back({c, depth, false});
            depth -= c == u')' ? 1 : 0;
            ++at;
        }
    }
    return tokens;
}

bool isStrictTable(const QString &createTable)
{
    bool bodySeen = false;
    for (const SqlToken &token : sqlTokens(createTable)) {
        if (token.depth > 0)
            bodySeen = true;
        else if (bodySeen && token.is("STRICT"_L1))
            return true;
    }
    return false;
}

QString triggerTiming(const QString &createTrigger)
{
    QStringList words;
    for (const SqlToken &token : sqlTokens(createTrigger)) {
        for (const auto word : {"BEFORE"_L1, "AFTER"_L1, "INSTEAD"_L1})
            if (words.isEmpty() && token.is(word))
                words.append(word);
        for (const auto word : {"INSERT"_L1, "UPDATE"_L1, "DELETE"_L1})
            if (token.is(word))
                return (words.isEmpty() ? u"BEFORE"_s : words.first()) + u' ' + word; // BEFORE is the default
    }
    return words.join(u' ');
}

} // namespace tidemark
