// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/endpoint/pairs/sqlpair.h"

Q_DECLARE_METATYPE(tidemark::Driver)

// The data rows that tests of two real databases have, and the pair that the row at hand is about.
namespace tidemark {

// Every ordered pair of the three databases, as "sqlite → postgres".
inline void addPairs(QChar arrow = u'→')
{
    QTest::addColumn<Driver>("from");
    QTest::addColumn<Driver>("to");
    const std::pair<QString, Driver> drivers[]{{QStringLiteral("sqlite"), Driver::Sqlite},
                                               {QStringLiteral("postgres"), Driver::Postgres},
                                               {QStringLiteral("mysql"), Driver::Mysql}};
    for (const auto &[fromName, from] : drivers) {
        for (const auto &[toName, to] : drivers)
            QTest::newRow(qPrintable(fromName + u' ' + arrow + u' ' + toName)) << from << to;
    }
}

// Null: a server is missing.
template <typename Pair> std::unique_ptr<Pair> fetchedPair()
{
    QFETCH(Driver, from);
    QFETCH(Driver, to);
    if (!Side::isAvailable(from) || !Side::isAvailable(to))
        return nullptr;
    return std::make_unique<Pair>(from, to);
}

// With the table of items at both sides, and as many equal rows in it.
template <typename Pair> std::unique_ptr<Pair> fetchedItems(int rows = 0)
{
    auto pair = fetchedPair<Pair>();
    for (Side *side : pair ? QList<Side *>{&pair->source, &pair->target} : QList<Side *>()) {
        side->createItems();
        if (rows > 0)
            side->putMany(1, rows);
    }
    return pair;
}

} // namespace tidemark

// Declares `pair`, or skips.
#define PAIR_OR_SKIP(made)                                                                                             \
    const auto pairPointer = made;                                                                                     \
    if (!pairPointer)                                                                                                  \
        QSKIP("a server is missing: TIDEMARK_TEST_POSTGRES or TIDEMARK_TEST_MYSQL is not set");                        \
    auto &pair = *pairPointer
