// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/sql/mysql/mysqlgrants.h"

#include <algorithm>

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace tidemark::mysql {

namespace {

QString unquoted(const QString &name)
{
    if (!name.startsWith(u'`'))
        return name;
    return name.mid(1, name.size() - 2).replace("``"_L1, "`"_L1);
}

// The name of a database in a grant upon all of it: % and _ are wild, a back slash takes that away.
bool matches(const QString &pattern, const QString &name)
{
    QString expression;
    for (qsizetype i = 0; i < pattern.size(); ++i) {
        const QChar c = pattern[i];
        if (c == u'\\' && i + 1 < pattern.size())
            expression += QRegularExpression::escape(QString(pattern[++i]));
        else if (c == u'%')
            expression += ".*"_L1;
        else if (c == u'_')
            expression += u'.';
        else
            expression += QRegularExpression::escape(QString(c));
    }
    return QRegularExpression(QRegularExpression::anchoredPattern(expression)).match(name).hasMatch();
}

// "SELECT, UPDATE (`a`, `b`)" at the commas outside of parentheses and quotes.
QStringList privilegesOf(const QString &text)
{
    QStringList parts;
    QString part;
    int depth = 0;
    bool isQuoted = false;
    for (const QChar c : text) {
        if (c == u'`')
            isQuoted = !isQuoted;
        else if (!isQuoted && (c == u'(' || c == u')'))
            depth += c == u'(' ? 1 : -1;
        if (c == u',' && depth == 0 && !isQuoted) {
            parts.append(part.trimmed());
            part.clear();
        } else {
            part += c;
        }
    }
    parts.append(part.trimmed());
    return parts;
}

} // namespace

GrantedRights::GrantedRights(const QStringList &lines, QString database) : m_database(std::move(database))
{
    static const QRegularExpression grant(
        u"^GRANT (.+) ON (?:TABLE )?(\\*|`(?:[^`]|``)*`)\\.(\\*|`(?:[^`]|``)*`) TO "_s);
    static const QRegularExpression listed(u"^([A-Z ]+) \\((.*)\\)$"_s);
    static const QRegularExpression name(u"`((?:[^`]|``)*)`"_s);
    for (const QString &text : lines) {
        const auto match = grant.match(text);
        if (!match.hasMatch()) {
            m_hasRoles = m_hasRoles || !text.contains(" ON "_L1);
            continue;
        }
        Line line{unquoted(match.captured(2)), unquoted(match.captured(3)), {}, {}};
        for (const QString &privilege : privilegesOf(match.captured(1))) {
            const auto columns = listed.match(privilege);
            if (!columns.hasMatch()) {
                line.privileges.append(privilege.toUpper());
                continue;
            }
            QStringList &names = line.columns[columns.captured(1)];
            for (auto found = name.globalMatch(columns.captured(2)); found.hasNext();)
                names.append(unquoted(found.next().captured(0)));
        }
        m_lines.push_back(line);
    }
}

bool GrantedRights::covers(const Line &line, const Rights &rights) const
{
    if (line.database == u"*")
        return true;
    if (rights.on == Rights::On::Server)
        return false;
    const bool isTable = rights.on == Rights::On::Table || rights.on == Rights::On::Columns;
    const QString database = isTable ? rights.table.schema : rights.name;
    const QString wanted = database.isEmpty() ? m_database : database;
    if (line.table == u"*")
        return matches(line.database, wanted);
    return isTable && line.database == wanted && line.table == rights.table.name;
}

bool GrantedRights::holds(const Rights &rights, const QString &privilege) const
{
    return std::any_of(m_lines.begin(), m_lines.end(), [&](const Line &line) {
        if (!covers(line, rights))
            return false;
        if (line.privileges.contains(privilege) || line.privileges.contains("ALL PRIVILEGES"_L1))
            return true;
        const QStringList named = line.columns.value(privilege);
        return rights.on == Rights::On::Columns
            && std::all_of(rights.columns.begin(), rights.columns.end(),
                           [&named](const QString &column) { return named.contains(column, Qt::CaseInsensitive); });
    });
}

std::optional<bool> GrantedRights::holds(const Rights &rights) const
{
    const bool hasAll = std::all_of(rights.privileges.begin(), rights.privileges.end(),
                                    [&](const QString &privilege) { return holds(rights, privilege); });
    if (hasAll)
        return true;
    return m_hasRoles ? std::nullopt : std::optional(false);
}

} // namespace tidemark::mysql
