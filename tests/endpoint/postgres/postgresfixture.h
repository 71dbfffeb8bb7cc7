// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTest>
#include <QUrl>

#include "core/endpoint/sql/sqlsession.h"
#include "tests/endpoint/postgres/wholetable.h"

namespace tidemark::test {

using namespace Qt::StringLiterals;

// A schema of its own in the tests' server, gone at the end.
class PostgresFixture
{
public:
    static bool isThere() { return qEnvironmentVariableIsSet("TIDEMARK_TEST_POSTGRES"); }

    PostgresFixture()
    {
        const QUrl url(qEnvironmentVariable("TIDEMARK_TEST_POSTGRES"));
        settings.driver = Driver::Postgres;
        settings.host = url.host();
        settings.port = url.port(5432);
        settings.user = url.userName();
        settings.database = url.path().mid(1);
        secret = Secret(qgetenv("TIDEMARK_TEST_PASSWORD"));
        schema = u"test_postgres_%1_%2"_s.arg(QCoreApplication::applicationPid()).arg(++s_count);
        auto opened = open();
        if (!opened)
            qFatal("%s", qPrintable(opened.error().detail));
        admin = std::move(*opened);
        run(u"CREATE SCHEMA %1"_s.arg(schema));
        settings.schema = schema;
        admin = std::move(*open());
    }
    ~PostgresFixture() { run(u"DROP SCHEMA IF EXISTS %1 CASCADE"_s.arg(schema)); }

    Result<std::unique_ptr<SqlSession>> open(bool writable = true, Cancellation *cancellation = nullptr) const
    {
        return openPostgres(settings, secret, OpenOptions{writable, cancellation});
    }
    void run(const QString &sql) const
    {
        const auto done = admin->execute(sql);
        if (!done)
            qFatal("%s: %s", qPrintable(sql), qPrintable(done.error().detail));
    }
    QString value(const QString &sql) const
    {
        const auto rows = admin->query(sql);
        if (!rows || rows->isEmpty() || !rows->first()[0])
            return rows ? QString() : rows.error().detail;
        return QString::fromUtf8(*rows->first()[0]);
    }

    ConnectionSettings settings;
    Secret secret;
    QString schema;
    std::unique_ptr<SqlSession> admin;

private:
    static inline int s_count = 0;
};

// Made anew, and described by the session.
inline WholeTable createdTable(PostgresFixture &fixture, Session &session, const QString &name, const QString &columns)
{
    fixture.run(u"DROP TABLE IF EXISTS %1"_s.arg(name));
    fixture.run(u"CREATE TABLE %1 (%2)"_s.arg(name, columns));
    auto described = session.describe({{}, name});
    if (!described)
        qFatal("%s", qPrintable(described.error().detail));
    return WholeTable(*described);
}

#define GOOD(expression)                                                                                               \
    do {                                                                                                               \
        const auto &goodResult = (expression);                                                                         \
        if (!goodResult)                                                                                               \
            QFAIL(qPrintable(codeName(goodResult.error().code) + u": "_s + goodResult.error().detail));                \
    } while (false)

// Declares `name` as the value of a Result that must be good.
#define MUST(name, expression)                                                                                         \
    auto name##Result = (expression);                                                                                  \
    if (!name##Result)                                                                                                 \
        QFAIL(qPrintable(codeName(name##Result.error().code) + u": "_s + name##Result.error().detail));                \
    auto &name = *name##Result

#define FAILS_WITH(expression, expected)                                                                               \
    do {                                                                                                               \
        const auto &badResult = (expression);                                                                          \
        QVERIFY(!badResult);                                                                                           \
        QCOMPARE(codeName(badResult.error().code), codeName(expected));                                                \
    } while (false)

} // namespace tidemark::test
