// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <vector>

#include <QByteArray>
#include <QSet>
#include <QString>

#include "core/config/jsontext.h"

namespace tidemark {

QString jsonPath(const QString &parent, const QString &key); // "tables[0].key"; a key with odd characters as ["…"]
QString jsonPath(const QString &parent, qsizetype index);

// Walks over a text that QJsonDocument has accepted (it checks nothing again), and finds what that one hides: keys that
// stand twice, and where the members of the outermost object are.
class JsonScanner
{
public:
    struct Duplicate
    {
        QString path;
        qsizetype offset = 0;
    };

    explicit JsonScanner(const QByteArray &text) : m_text(text) { }
    void scan();
    const std::optional<Duplicate> &duplicate() const { return m_duplicate; }
    const QList<JsonMember> &topMembers() const { return m_members; }

private:
    struct Level
    {
        bool isObject = false;
        QString path;
        QSet<QString> keys;
        QString member; // path of the member that is being read
        qsizetype index = 0;
        bool expectsKey = false;
    };

    void open(bool isObject);
    void string();
    void separator();

    const QByteArray &m_text;
    qsizetype m_at = 0;
    std::vector<Level> m_levels;
    std::optional<Duplicate> m_duplicate;
    QList<JsonMember> m_members;
};

} // namespace tidemark
