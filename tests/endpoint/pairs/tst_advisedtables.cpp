// SPDX-License-Identifier: GPL-3.0-or-later
#include <thread>

#include "tests/endpoint/pairs/advicecases.h"

using namespace tidemark;
using namespace tidemark::test;

// What is said of whole tables, what offers do, and what keeps within its bounds.
class TestAdvisedTables : public QObject
{
    Q_OBJECT

private:
    static void eachDriver()
    {
        QTest::addColumn<Driver>("driver");
        for (const auto &[name, driver] : drivers)
            QTest::newRow(name) << driver;
    }

private Q_SLOTS:
    // What a trigger that was offered does: it stamps, numbers or marks the row that is changed.
    void offeredTriggersWork_data() { eachDriver(); }
    void offeredTriggersWork()
    {
        QFETCH(Driver, driver);
        if (!Side::isAvailable(driver))
            QSKIP("this server is missing: TIDEMARK_TEST_POSTGRES or TIDEMARK_TEST_MYSQL is not set");
        const QTemporaryDir folder;
        Side side(driver, folder.path(), u"offer"_s);
        const Spelling is{driver};
        // One table an offer: on SQLite one trigger's work is another's cause, which FlagFiresTrigger warns of.
        const auto column = [](const TableSchema &table, QStringView name) {
            return table.columns[table.columnIndex(name)];
        };
        for (const QString &name : {u"stamped"_s, u"numbered"_s, u"marked"_s}) {
            side.exec(
                u"CREATE TABLE %4 (%1, at %2, rev int, mark int, note %3)"_s.arg(is.id(), is.stamp(), is.text(), name));
            side.exec(u"INSERT INTO %1 (id, at, rev, mark) VALUES (1, '2020-01-01 00:00:00', 1, 0), "
                      "(2, '2020-01-01 00:00:00', 1, 0)"_s.arg(name));
            const TableSchema table = side.session().describe({{}, name}).value();
            const AdviceSql &sql = side.session().adviceSql(); // until the next statement
            const QStringList offer = name == u"stamped" ? sql.stampOnUpdate(table, column(table, u"at"))
                : name == u"numbered"                    ? sql.numberOnUpdate(table, column(table, u"rev"), true)
                                                         : sql.flagOnUpdate(table, column(table, u"mark"), u"1"_s);
            QVERIFY(!offer.isEmpty());
            for (const QString &statement : offer)
                side.exec(statement);
            side.exec(u"UPDATE %1 SET note = 'changed' WHERE id = 1"_s.arg(name));
        }
        const QString shown =
            u"SELECT id, rev, mark, CASE WHEN at < '2021-01-01' THEN 'old' ELSE 'new' END FROM %1 ORDER BY id"_s;
        QCOMPARE(side.rows(shown.arg(u"stamped"_s)), (QStringList{u"1|1|0|new"_s, u"2|1|0|old"_s}));
        QCOMPARE(side.rows(shown.arg(u"numbered"_s)), (QStringList{u"1|2|0|old"_s, u"2|1|0|old"_s}));
        QCOMPARE(side.rows(shown.arg(u"marked"_s)), (QStringList{u"1|1|1|old"_s, u"2|1|0|old"_s}));
        side.exec(u"UPDATE marked SET mark = 0 WHERE id = 1"_s); // as detection by flag does
        QCOMPARE(side.rows(u"SELECT mark FROM marked WHERE id = 1"_s), QStringList{u"0"_s});
    }

    void aGrowingNumberIsOffered()
    {
        if (!Side::isAvailable(Driver::Postgres))
            QSKIP("TIDEMARK_TEST_POSTGRES is not set");
        const QTemporaryDir folder;
        for (const Driver driver : {Driver::Postgres, Driver::Sqlite}) {
            Side side(driver, folder.path(), u"number"_s);
            side.exec(u"CREATE TABLE t (id INTEGER PRIMARY KEY, rev INTEGER)"_s);
            side.exec(u"INSERT INTO t (id, rev) VALUES (1, 5), (2, 9)"_s);
            const TableSchema table = side.session().describe({{}, u"t"_s}).value();
            for (const QString &statement : side.session().adviceSql().numberOnUpdate(table, table.columns[1], false)) {
                if (statement.startsWith("SELECT"_L1))
                    side.rows(statement);
                else
                    side.exec(statement);
            }
            side.exec(u"UPDATE t SET id = 3 WHERE id = 1"_s);
            side.exec(u"INSERT INTO t (id) VALUES (4)"_s);
            QCOMPARE(side.rows(u"SELECT id, rev FROM t ORDER BY id"_s), (QStringList{u"2|9"_s, u"3|10"_s, u"4|11"_s}));
        }
    }

    void theWholeTable_data() { eachDriver(); }
    void theWholeTable()
    {
        QFETCH(Driver, driver);
        if (!Side::isAvailable(driver))
            QSKIP("this server is missing: TIDEMARK_TEST_POSTGRES or TIDEMARK_TEST_MYSQL is not set");
        const QTemporaryDir folder;
        Side side(driver, folder.path(), u"whole"_s);
        const Spelling is{driver};
        side.exec(
            u"CREATE TABLE t (%1, name %2, created_at %3, updated_at %3 NOT NULL, row_version int, exported int)"_s.arg(
                is.id(), is.text(), is.stamp()));
        QStringList values;
        for (int id = 1; id <= 60; ++id)
            values += u"(%1, 'n', '2024-01-01 00:00:00', '2024-01-01 00:00:00', 1, 1)"_s.arg(id);
        side.exec(u"INSERT INTO t VALUES "_s + values.join(u", "_s));
        const auto describe = [&side] { return side.session().describe({{}, u"t"_s}).value(); };
        const auto advised = [&]() { return Adviser(side.session()).advise(describe()).value(); };
        TableAdvice advice = advised();
        QCOMPARE(advice.rows, 60);
        QCOMPARE(advice.candidates.size(), 5); // two stamps, a version, a flag, hash
        QCOMPARE(advice.candidates[advice.recommended].detect.by, DetectBy::Hash);
        QCOMPARE(advice.reasons,
                 (QList<AdviceReason>{AdviceReason::NothingReliable, AdviceReason::SeesEverything,
                                      AdviceReason::SmallTable}));
        for (const CandidateAdvice &candidate : advice.candidates) {
            if (candidate.detect.by == DetectBy::Version)
                QCOMPARE(candidate.detect.scope, VersionScope::Row);
            if (candidate.detect.by == DetectBy::Flag)
                QCOMPARE(candidate.detect.pending, u"0"_s);
            // What tells when a row was made is not to be moved by every update.
            const Finding *setter = find(candidate.findings, FindingCode::DefaultWithoutTrigger);
            if (candidate.detect.column == "created_at"_L1)
                QVERIFY(setter->mend.isEmpty());
        }
        const TableSchema table = describe();
        const Column &column = table.columns[table.columnIndex(u"updated_at")];
        for (const QString &sql : side.session().adviceSql().stampOnUpdate(table, column))
            side.exec(sql);
        side.exec(u"CREATE INDEX stamps ON t (updated_at)"_s);
        advice = advised();
        QCOMPARE(advice.candidates[advice.recommended].detect.column, u"updated_at"_s);
        QCOMPARE(advice.reasons, (QList<AdviceReason>{AdviceReason::StampedByDatabase, AdviceReason::Indexed}));
    }

    void withoutAKey()
    {
        const QTemporaryDir folder;
        for (const auto &[name, driver] : drivers) {
            if (!Side::isAvailable(driver))
                QSKIP("a server is missing: TIDEMARK_TEST_POSTGRES or TIDEMARK_TEST_MYSQL is not set");
            Side side(driver, folder.path(), u"nokey"_s);
            side.exec(u"CREATE TABLE t (a int, b int)"_s);
            const auto advised = [&side] {
                return Adviser(side.session()).advise(side.session().describe({{}, u"t"_s}).value()).value();
            };
            const TableAdvice advice = advised();
            QCOMPARE(advice.recommended, -1);
            QCOMPARE(advice.reasons, QList<AdviceReason>{AdviceReason::NoKey});
            QCOMPARE(advice.findings.first().grade, Grade::Problem);
            if (driver == Driver::Sqlite) // it cannot add one
                continue;
            for (const QString &sql : advice.findings.first().mend)
                side.exec(sql);
            QCOMPARE(advised().findings.first().grade, Grade::Good);
            QVERIFY(advised().recommended >= 0);
        }
    }

    // No statement gives a partitioned table a key of a new column alone: nothing is offered that would be refused.
    void withoutAKeyInPartitions()
    {
        if (!Side::isAvailable(Driver::Postgres))
            QSKIP("TIDEMARK_TEST_POSTGRES is not set");
        const QTemporaryDir folder;
        Side side(Driver::Postgres, folder.path(), u"parts"_s);
        side.exec(u"CREATE TABLE t (a int, id int) PARTITION BY LIST (a)"_s);
        const TableSchema table = side.session().describe({{}, u"t"_s}).value();
        const TableAdvice advice = Adviser(side.session()).advise(table).value();
        QCOMPARE(advice.findings.first().grade, Grade::Problem);
        QCOMPARE(advice.findings.first().mend, QStringList());
    }

    // The job's filter: figures count the rows that it reads, queries show it, and what mends leaves the others alone.
    void theRowsThatTheJobReads_data()
    {
        QTest::addColumn<Driver>("driver");
        QTest::addColumn<bool>("indexed");
        for (const auto &[name, driver] : drivers) {
            QTest::addRow("%s", name) << driver << false;
            QTest::addRow("%s: indexed", name) << driver << true;
        }
    }
    void theRowsThatTheJobReads()
    {
        QFETCH(Driver, driver);
        QFETCH(bool, indexed);
        if (!Side::isAvailable(driver))
            QSKIP("this server is missing: TIDEMARK_TEST_POSTGRES or TIDEMARK_TEST_MYSQL is not set");
        const QTemporaryDir folder;
        Side side(driver, folder.path(), u"filter"_s);
        const Spelling is{driver};
        side.exec(u"CREATE TABLE t (%1, c %2, kind int)"_s.arg(is.id(), is.stamp()));
        if (indexed)
            side.exec(u"CREATE INDEX i ON t (c)"_s);
        side.exec(rows(1, 20, u"'2024-01-01 00:00:%1.5'"_s));
        side.exec(rows(21, 22, u"NULL"_s));
        side.exec(u"UPDATE t SET kind = 1"_s);
        side.exec(rows(101, 1'600, u"'2024-01-01 00:00:00'"_s));
        side.exec(rows(1'601, 1'605, u"NULL"_s));
        side.exec(rows(1'606, 1'608, u"'2099-01-01 00:00:00'"_s));
        const auto advise = [&](const QString &where) {
            const TableSchema table = side.session().describe({{}, u"t"_s}).value();
            return Adviser(side.session()).advise(table, by(DetectBy::Timestamp), {}, where);
        };
        using Code = FindingCode;
        struct Figures
        {
            QString where;
            qint64 nulls, precise, future, ties;
        };
        // A comment at the end takes nothing with it, and an OR stays what it is.
        for (const Figures &expected : {Figures{u"kind = 1 -- mine"_s, 2, 20, 0, 1}, Figures{{}, 7, 20, 3, 1'500},
                                        Figures{u"kind = 2 OR kind IS NULL"_s, 5, 0, 3, 1'500}}) {
            const CandidateAdvice advice = advise(expected.where).value();
            const auto count = [&advice](Code code) { return find(advice.findings, code)->count; };
            QCOMPARE(count(Code::Nulls), expected.nulls);
            QCOMPARE(count(Code::PrecisionCoarse), expected.precise);
            QCOMPARE(count(Code::FutureStamps), expected.future);
            QCOMPARE(count(Code::Ties), expected.ties);
            for (const Code code : {Code::Nulls, Code::PrecisionCoarse, Code::FutureStamps, Code::Ties}) {
                const Finding &finding = *find(advice.findings, code);
                QVERIFY2(finding.query.contains(expected.where), qPrintable(finding.query));
                QVERIFY2(side.session().query(finding.query), qPrintable(finding.query));
            }
        }
        const CandidateAdvice mine = advise(u"kind = 1"_s).value();
        for (const QString &sql : find(mine.findings, Code::Nulls)->mend)
            side.exec(sql);
        QCOMPARE(find(advise(u"kind = 1"_s).value().findings, Code::Nulls)->count, 0);
        QCOMPARE(side.rows(u"SELECT count(*) FROM t WHERE c IS NULL"_s), QStringList{u"5"_s});
        QCOMPARE(advise(u"kind = 1) OR (1 = 1"_s).error().code, ErrorCode::WhereInvalid);
        const TableSchema table = side.session().describe({{}, u"t"_s}).value();
        const TableAdvice whole = Adviser(side.session()).advise(table, u"kind = 1"_s).value();
        QCOMPARE(whole.rows, 22);
        for (const CandidateAdvice &candidate : whole.candidates)
            if (candidate.detect.by == DetectBy::Hash)
                QCOMPARE(find(candidate.findings, Code::ReadsEverything)->count, 22);
        AdviceLimits few;
        few.sampleRows = 10; // counted further, as nobody's estimate knows a filter
        QCOMPARE(Adviser(side.session(), few).advise(table, u"kind IS NULL"_s).value().rows, 1'508);
    }

    // A filter may call a function: what is asked cannot write.
    void askingWritesNothing()
    {
        const QTemporaryDir folder;
        for (const Driver driver : {Driver::Postgres, Driver::Mysql}) {
            if (!Side::isAvailable(driver))
                QSKIP("a server is missing: TIDEMARK_TEST_POSTGRES or TIDEMARK_TEST_MYSQL is not set");
            Side side(driver, folder.path(), u"calls"_s);
            side.exec(u"CREATE TABLE t (id int PRIMARY KEY, c int)"_s);
            side.exec(u"INSERT INTO t VALUES (1, 1)"_s);
            side.exec(u"CREATE TABLE seen (id int)"_s);
            side.exec(
                driver == Driver::Postgres
                    ? u"CREATE FUNCTION sneak() RETURNS int LANGUAGE sql AS 'INSERT INTO seen VALUES (1); SELECT 1'"_s
                    : u"CREATE FUNCTION sneak() RETURNS int MODIFIES SQL DATA BEGIN INSERT INTO seen VALUES (1); "
                      "RETURN 1; END"_s);
            QCOMPARE(countRows(side.session(), {{}, u"t"_s}, u"sneak() = 1"_s).error().code, ErrorCode::ReadOnly);
            QCOMPARE(side.rows(u"SELECT count(*) FROM seen"_s), QStringList{u"0"_s});
        }
    }

    // What cannot be asked in time is unknown, and the session lives on.
    void withoutTime()
    {
        const QTemporaryDir folder;
        for (const auto &[name, driver] : drivers) {
            if (!Side::isAvailable(driver))
                QSKIP("a server is missing: TIDEMARK_TEST_POSTGRES or TIDEMARK_TEST_MYSQL is not set");
            Side side(driver, folder.path(), u"hurry"_s);
            side.exec(u"CREATE TABLE t (id int PRIMARY KEY, c %1)"_s.arg(Spelling{driver}.stamp()));
            const TableSchema table = side.session().describe({{}, u"t"_s}).value();
            AdviceLimits limits;
            limits.totalMs = 0;
            const CandidateAdvice advice =
                Adviser(side.session(), limits).advise(table, by(DetectBy::Timestamp)).value();
            for (const Finding &finding : advice.findings)
                if (!finding.query.isEmpty() && finding.code != FindingCode::LateCommits) {
                    QCOMPARE(finding.grade, Grade::Unknown);
                    QCOMPARE(finding.error->code, ErrorCode::Timeout);
                }
            const QString forever = driver == Driver::Postgres ? u"SELECT pg_sleep(20)"_s
                : driver == Driver::Mysql
                ? u"SELECT count(*) FROM information_schema.COLUMNS a, information_schema.COLUMNS b, "
                  "information_schema.COLUMNS c"_s
                : u"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"_s;
            const auto cut = side.session().queryWithin(forever, 50);
            QVERIFY(cut.has_value() && !cut->has_value());
            QCOMPARE(side.rows(u"SELECT count(*) FROM t"_s), QStringList{u"0"_s});
        }
    }

    // A cancelled question ends at once, as an error of the whole: the session is gone.
    void cancelled_data() { eachDriver(); }
    void cancelled()
    {
        QFETCH(Driver, driver);
        if (!Side::isAvailable(driver))
            QSKIP("this server is missing: TIDEMARK_TEST_POSTGRES or TIDEMARK_TEST_MYSQL is not set");
        const QTemporaryDir folder;
        Side side(driver, folder.path(), u"cancel"_s);
        side.exec(u"CREATE TABLE t (id int PRIMARY KEY, c int)"_s);
        side.exec(rows(1, 1000, u"1"_s));
        Cancellation cancellation;
        SqlConnector connector;
        OpenOptions options;
        options.cancellation = &cancellation;
        const auto session = connector.open(side.settings, options).value();
        std::thread other([&cancellation] {
            (void)cancellation.wait(std::chrono::milliseconds(200));
            cancellation.cancel();
        });
        // A thousand rows to the fourth: longer than any patience.
        const auto counted =
            countRows(*session, {{}, u"t"_s},
                      u"(SELECT count(*) FROM t a, t b, t d, t e WHERE a.id + b.id + d.id + e.id > t.c) > 0"_s,
                      {1'000'000, 600'000});
        other.join();
        QVERIFY(!counted.has_value());
        QCOMPARE(counted.error().code, ErrorCode::Cancelled);
    }

    void hostileNames()
    {
        const QTemporaryDir folder;
        for (const auto &[name, driver] : drivers) {
            if (!Side::isAvailable(driver))
                QSKIP("a server is missing: TIDEMARK_TEST_POSTGRES or TIDEMARK_TEST_MYSQL is not set");
            Side side(driver, folder.path(), u"names"_s);
            const QString table = u"a'b\"c`d %1 -- ; /*"_s;
            const QString column = u"updated'\"`%2$tidemark;--"_s;
            const Dialect &dialect = side.session().dialect();
            const QString quotedTable = dialect.quote(table);
            const QString quotedColumn = dialect.quote(column);
            side.exec(u"CREATE TABLE "_s + quotedTable + u" (id int PRIMARY KEY, "_s + quotedColumn + u' '
                      + Spelling{driver}.stamp() + u')');
            side.exec(u"INSERT INTO "_s + quotedTable + u" VALUES (1, NULL)"_s);
            const auto described = [&] { return side.session().describe({{}, table}).value(); };
            const TableAdvice advice = Adviser(side.session()).advise(described()).value();
            QCOMPARE(advice.candidates.size(), 2);
            for (const CandidateAdvice &candidate : advice.candidates)
                for (const Finding &finding : candidate.findings) {
                    QVERIFY2(!finding.error, qPrintable(shown(finding)));
                    for (const QString &sql : finding.mend)
                        if (!sql.startsWith("GRANT"_L1)) // an administrator's
                            side.exec(sql);
                }
            QCOMPARE(side.rows(u"SELECT count(*) FROM "_s + quotedTable), QStringList{u"1"_s});
            QCOMPARE(countRows(side.session(), {{}, table}, quotedColumn + u" IS NOT NULL -- x"_s).value(),
                     (RowCount{1, true}));
        }
    }

    void countsWithAFilter_data() { eachDriver(); }
    void countsWithAFilter()
    {
        QFETCH(Driver, driver);
        if (!Side::isAvailable(driver))
            QSKIP("this server is missing: TIDEMARK_TEST_POSTGRES or TIDEMARK_TEST_MYSQL is not set");
        const QTemporaryDir folder;
        Side side(driver, folder.path(), u"count"_s);
        side.exec(u"CREATE TABLE t (id int PRIMARY KEY, c int)"_s);
        for (int block = 0; block < 3; ++block)
            side.exec(rows(block * 5'000, block * 5'000 + 4'999, QString::number(block)));
        const TableName table{{}, u"t"_s};
        const auto count = [&](const QString &where, const CountLimits &limits = {}) {
            return countRows(side.session(), table, where, limits);
        };
        QCOMPARE(count({}).value(), (RowCount{15'000, true}));
        QCOMPARE(count(u"c = 1"_s).value(), (RowCount{5'000, true}));
        QCOMPARE(count(u"c = 9"_s).value(), (RowCount{0, true}));
        QCOMPARE(count({}, {100, 2'000}).value(), (RowCount{100, false}));
        QCOMPARE(count({}, {100, 0}).value(), (RowCount{0, false}));
        QCOMPARE(count(u"nothing = 1"_s).error().code, ErrorCode::WhereInvalid);
        QCOMPARE(side.session().estimateRows(table).value() >= -1, true);
    }
};

QTEST_MAIN(TestAdvisedTables)
#include "tst_advisedtables.moc"
