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
    void wordsOfAnEnum()
    {
        if (!Side::isAvailable(Driver::Mysql))
            QSKIP("no server: TIDEMARK_TEST_MYSQL is not set");
        SqlPair pair(Driver::Sqlite, Driver::Mysql);
        pair.source.exec(u"CREATE TABLE items (id INTEGER PRIMARY KEY, state VARCHAR(20), note VARCHAR(20))"_s);
        pair.target.exec(u"CREATE TABLE items (id bigint PRIMARY KEY, state ENUM('new','it''s','乌龙茶') NOT NULL,"
                         " note varchar(7))"_s);
        pair.source.exec(u"INSERT INTO items VALUES (1, 'new', 'x')"_s);
        pair.target.exec(u"INSERT INTO items VALUES (1, '乌龙茶', 'y')"_s);
        const JobSettings job = pair.job({{u"mode"_s, u"two-way"_s}});
        QCOMPARE(shown(pair.run(job)), u"needs-attention +0 ~0 -0"_s);
        const auto table = pair.journal->conflictTable(job.id, u"items → items"_s);
        QVERIFY(table && *table);
        const CellLimits state = (*table)->targetLimits.value(1);
        QCOMPARE(state.words, (QStringList{u"new"_s, u"it's"_s, u"乌龙茶"_s}));
        QVERIFY(!state.nullable);
        QCOMPARE((*table)->targetLimits.value(2).length, 7);
        QVERIFY((*table)->sourceLimits.value(1).words.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestConflictLimits)
#include "tst_conflictlimits.moc"
