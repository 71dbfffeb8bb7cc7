// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/jsonscanner.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace tidemark {

using namespace Qt::StringLiterals;

namespace {

QString decoded(const QByteArray &quoted)
{
    return QJsonDocument::fromJson('[' + quoted + ']').array().at(0).toString();
}

bool isPlain(const QString &key)
{
    for (const QChar c : key) {
        if (!(c >= u'a' && c <= u'z') && !(c >= u'A' && c <= u'Z') && !(c >= u'0' && c <= u'9') && c != u'_')
            return false;
    }
    return !key.isEmpty();
}

} // namespace

QString jsonPath(const QString &parent, const QString &key)
{
    if (!isPlain(key)) {
        const QByteArray quoted = QJsonDocument(QJsonArray{key}).toJson(QJsonDocument::Compact);
        return parent + QString::fromUtf8(quoted);
    }
    return parent.isEmpty() ? key : QString(parent + u'.' + key);
}

QString jsonPath(const QString &parent, qsizetype index) { return parent + u'[' + QString::number(index) + u']'; }

void JsonScanner::open(bool isObject)
{
    Level level;
    level.isObject = isObject;
    level.expectsKey = isObject;
    if (!m_levels.empty()) {
        const Level &outer = m_levels.back();
        level.path = outer.isObject ? outer.member : jsonPath(outer.path, outer.index);
    }
    m_levels.push_back(std::move(level));
}

void JsonScanner::string()
{
    const qsizetype begin = m_at;
    for (++m_at; m_at < m_text.size() && m_text[m_at] != '"'; ++m_at) {
        if (m_text[m_at] == '\\')
            ++m_at;
    }
    if (m_levels.empty() || !m_levels.back().expectsKey)
        return;
    Level &level = m_levels.back();
    level.expectsKey = false;
    const QString key = decoded(m_text.sliced(begin, qMin(m_at + 1, m_text.size()) - begin));
    level.member = jsonPath(level.path, key);
    if (level.keys.contains(key) && !m_duplicate)
        m_duplicate = Duplicate{level.member, begin};
    level.keys.insert(key);
    if (m_levels.size() == 1)
        m_members.append({key, begin, begin});
}

// A comma, or the end of a level: the member before it is complete.
void JsonScanner::separator()
{
    if (m_levels.size() != 1 || m_members.isEmpty())
        return;
    qsizetype end = m_at;
    while (end > 0 && QByteArrayView(" \t\r\n").contains(m_text[end - 1]))
        --end;
    m_members.last().end = end;
}

void JsonScanner::scan()
{
    for (; m_at < m_text.size(); ++m_at) {
        switch (m_text[m_at]) {
        case '{':
        case '[':
            open(m_text[m_at] == '{');
            break;
        case '}':
        case ']':
            separator();
            if (!m_levels.empty())
                m_levels.pop_back();
            break;
        case ',':
            separator();
            if (!m_levels.empty()) {
                m_levels.back().expectsKey = m_levels.back().isObject;
                ++m_levels.back().index;
            }
            break;
        case '"':
            string();
            break;
        default:
            break;
        }
    }
}

} // namespace tidemark
