// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include <QString>

namespace tidemark {

// The words and marks of a statement that SQLite has already accepted: comments skipped, quotes taken off.
struct SqlToken
{
    QString text;
    int depth = 0; // of parentheses
    bool isQuoted = false;

    bool is(QLatin1StringView word) const { return !isQuoted && text.compare(word, Qt::CaseInsensitive) == 0; }
};
std::vector<SqlToken> sqlTokens(const QString &sql);

bool isStrictTable(const QString &createTable);
QString triggerTiming(const QString &createTrigger); // "BEFORE INSERT"

} // namespace tidemark
