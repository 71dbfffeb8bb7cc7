// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plan/prettyjson.h"

namespace tidemark {

static constexpr int indent = 2;
static constexpr int deepest = 60; // beyond, lines are not indented further

QString prettyJson(const QString &canonical)
{
    QString out;
    int depth = 0;
    bool inString = false;
    const auto newLine = [&] { out += u'\n' + QString(indent * std::min(depth, deepest), u' '); };
    for (qsizetype i = 0; i < canonical.size(); ++i) {
        const QChar c = canonical.at(i);
        if (inString) {
            out += c;
            if (c == u'\\' && i + 1 < canonical.size())
                out += canonical.at(++i);
            else if (c == u'"')
                inString = false;
            continue;
        }
        const QChar next = i + 1 < canonical.size() ? canonical.at(i + 1) : QChar();
        if (c == u'{' || c == u'[') {
            out += c;
            ++depth;
            if (next != u'}' && next != u']')
                newLine();
        } else if (c == u'}' || c == u']') {
            --depth;
            if (i > 0 && canonical.at(i - 1) != u'{' && canonical.at(i - 1) != u'[')
                newLine();
            out += c;
        } else if (c == u',') {
            out += c;
            newLine();
        } else if (c == u':') {
            out += c;
            out += u' ';
        } else {
            inString = c == u'"';
            out += c;
        }
    }
    return out;
}

} // namespace tidemark
