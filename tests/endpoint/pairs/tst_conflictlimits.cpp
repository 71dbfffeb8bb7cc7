// SPDX-License-Identifier: GPL-3.0-or-later
// What a real database says of its columns is kept beside the conflicts, so that values can be held against it without
// asking the database again.
#include "tests/endpoint/pairs/sqlpair.h"

using namespace tidemark;
using namespace Qt::StringLiterals;

class TestConflictLimits : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void wordsOfAnEnum_data()
    {
        QTest::addColumn<Driver>("driver");
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("type");
        QTest::addColumn<QStringList>("words");
        const QStringList states{u"new"_s, u"it's"_s, u"乌龙茶"_s};
        QTest::newRow("MariaDB") << Driver::Mysql << QString() << u"ENUM('new','it''s','乌龙茶')"_s << states;
        QTest::newRow("MariaDB, a set") << Driver::Mysql << QString() << u"SET('new','乌龙茶')"_s
                                        << QStringList{QString(), u"new"_s, u"乌龙茶"_s, u"new,乌龙茶"_s};
        QTest::newRow("PostgreSQL") << Driver::Postgres
                                    << u"CREATE TYPE \"State of\" AS ENUM ('new','it''s','乌龙茶')"_s
                                    << u"\"State of\""_s << states;
    }
    void wordsOfAnEnum()
    {
        QFETCH(Driver, driver);
        QFETCH(QString, before);
        QFETCH(QString, type);
        QFETCH(QStringList, words);
        if (!Side::isAvailable(driver))
            QSKIP("no server: TIDEMARK_TEST_POSTGRES and TIDEMARK_TEST_MYSQL are not set");
        SqlPair pair(Driver::Sqlite, driver);
        pair.source.exec(u"CREATE TABLE items (id INTEGER PRIMARY KEY, state VARCHAR(20), note VARCHAR(20))"_s);
        if (!before.isEmpty())
            pair.target.exec(before);
        pair.target.exec(u"CREATE TABLE items (id bigint PRIMARY KEY, state %1 NOT NULL, note varchar(7))"_s.arg(type));
        pair.source.exec(u"INSERT INTO items VALUES (1, 'new', 'x')"_s);
        pair.target.exec(u"INSERT INTO items VALUES (1, '乌龙茶', 'y')"_s);
        const JobSettings job = pair.job({{u"mode"_s, u"two-way"_s}});
        QCOMPARE(shown(pair.run(job)), u"needs-attention +0 ~0 -0"_s);
        const auto table = pair.journal->conflictTable(job.id, u"items → items"_s);
        QVERIFY(table && *table);
        const CellLimits state = (*table)->targetLimits.value(1);
        QCOMPARE(state.words, words);
        QVERIFY(!state.nullable);
        QCOMPARE((*table)->targetLimits.value(2).length, 7);
        QVERIFY((*table)->sourceLimits.value(1).words.isEmpty());
    }
    void wordsOfADomain()
    {
        if (!Side::isAvailable(Driver::Postgres))
            QSKIP("no server: TIDEMARK_TEST_POSTGRES is not set");
        SqlPair pair(Driver::Postgres, Driver::Sqlite);
        pair.source.exec(u"CREATE TYPE mood AS ENUM ('glad','sad')"_s);
        pair.source.exec(u"CREATE DOMAIN feeling AS mood"_s);
        pair.source.exec(u"CREATE TABLE items (id bigint PRIMARY KEY, felt feeling, span interval)"_s);
        pair.target.exec(u"CREATE TABLE items (id INTEGER PRIMARY KEY, felt TEXT, span TEXT)"_s);
        pair.source.exec(u"INSERT INTO items VALUES (1, 'glad', '1 day')"_s);
        pair.target.exec(u"INSERT INTO items VALUES (1, 'sad', '2 days')"_s);
        const JobSettings job = pair.job({{u"mode"_s, u"two-way"_s}});
        QCOMPARE(shown(pair.run(job)), u"needs-attention +0 ~0 -0"_s);
        const auto table = pair.journal->conflictTable(job.id, u"items → items"_s);
        QVERIFY(table && *table);
        QCOMPARE((*table)->sourceLimits.value(1).words, (QStringList{u"glad"_s, u"sad"_s}));
        QVERIFY((*table)->sourceLimits.value(2).words.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestConflictLimits)
#include "tst_conflictlimits.moc"
