// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/changelog.h"
#include "tests/endpoint/pairs/sqlpair.h"

Q_DECLARE_METATYPE(tidemark::Driver)

namespace tidemark {

// The pairs that runs by change log are tried on.
inline void addLogPairs()
{
    QTest::addColumn<Driver>("from");
    QTest::addColumn<Driver>("to");
    QTest::newRow("sqlite-sqlite") << Driver::Sqlite << Driver::Sqlite;
    QTest::newRow("postgres-mysql") << Driver::Postgres << Driver::Mysql;
    QTest::newRow("mysql-sqlite") << Driver::Mysql << Driver::Sqlite;
}

inline bool areThere(Driver from, Driver to) { return Side::isAvailable(from) && Side::isAvailable(to); }

inline QJsonObject byLog(const QJsonObject &more = {})
{
    QJsonObject object{{QStringLiteral("detect"), QJsonObject{{QStringLiteral("by"), QStringLiteral("log")}}}};
    for (auto it = more.begin(); it != more.end(); ++it)
        object[it.key()] = it.value();
    return object;
}

inline void installLogs(SqlPair &pair, const JobSettings &job)
{
    Cancellation cancellation;
    const auto logs = jobLogs(job, LogAction::Install, pair.connector, cancellation);
    QVERIFY2(logs, logs ? "" : qPrintable(logs.error().detail));
    for (const TableLog &log : *logs) {
        QVERIFY2(!log.error, log.error ? qPrintable(codeName(log.error->code) + u' ' + log.error->detail) : "");
        QCOMPARE(log.state.kind, ChangeLogState::Kind::Ready);
    }
}

inline QString logTable(SqlPair &pair, const JobSettings &job)
{
    Cancellation cancellation;
    const auto logs = jobLogs(job, LogAction::Look, pair.connector, cancellation);
    return logs && !logs->isEmpty() ? logs->first().name : QString();
}

// What a run did, and why it compared everything where it did.
inline QString told(const RunReport &report)
{
    QString text = shown(report);
    for (const TableReport &table : report.tables)
        text += (table.identical ? QStringLiteral(" whole") : QStringLiteral(" log"))
            + (table.whyWhole.isEmpty() ? QString() : QString(u' ' + table.whyWhole));
    return text;
}

} // namespace tidemark

#define LOG_PAIR(name)                                                                                                 \
    QFETCH(Driver, from);                                                                                              \
    QFETCH(Driver, to);                                                                                                \
    if (!areThere(from, to))                                                                                           \
        QSKIP("no such server");                                                                                       \
    SqlPair name(from, to)
