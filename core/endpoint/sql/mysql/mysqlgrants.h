// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <vector>

#include <QMap>
#include <QStringList>

#include "core/endpoint/rights.h"

namespace tidemark::mysql {

// What SHOW GRANTS says of the session's own user.
class GrantedRights
{
public:
    GrantedRights(const QStringList &lines, QString database);

    // Nothing where a role may give what is not found here.
    std::optional<bool> holds(const Rights &rights) const;

private:
    struct Line
    {
        QString database, table; // "*": any; a database alone is a pattern
        QStringList privileges; // upper case; those of columns as "UPDATE (A, B)" in `columns`
        QMap<QString, QStringList> columns;
    };
    bool holds(const Rights &rights, const QString &privilege) const;
    bool covers(const Line &line, const Rights &rights) const;

    std::vector<Line> m_lines;
    bool m_hasRoles = false;
    QString m_database; // of names without one
};

} // namespace tidemark::mysql
