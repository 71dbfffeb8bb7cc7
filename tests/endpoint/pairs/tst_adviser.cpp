// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/endpoint/pairs/advicecases.h"

using namespace tidemark;
using namespace tidemark::test;

// Each finding provoked on each database; its query can be run again, and what it offers mends it.
class TestAdviser : public QObject
{
    Q_OBJECT

private:
    static void add(const char *name, Driver driver, const QStringList &setup, const DetectSettings &detect,
                    FindingCode code, Grade grade, qint64 count = -2, const QString &text = {}, int mended = -1)
    {
        const char *database = driver == Driver::Sqlite ? "sqlite" : driver == Driver::Postgres ? "postgres" : "mysql";
        QTest::addRow("%s: %s", database, name)
            << driver << setup << detect << code << grade << count << text << mended;
    }

    static void addStamps(const Spelling &is)
    {
        const Driver d = is.driver;
        const QString plain = u"CREATE TABLE t (%1, c %2)"_s.arg(is.id(), is.stamp());
        const QString strict = u"CREATE TABLE t (%1, c %2 NOT NULL)"_s.arg(is.id(), is.stamp());
        const QString index = u"CREATE INDEX i ON t (c)"_s;
        const QString stamps = rows(1, 59, u"'2024-01-01 00:00:%1.5'"_s);
        const DetectSettings stamp = by(DetectBy::Timestamp);
        constexpr int good = int(Grade::Good);
        add("no index", d, {strict, stamps}, stamp, FindingCode::IndexMissing, Grade::Warning, 0, {}, good);
        add("index", d, {strict, index, stamps}, stamp, FindingCode::IndexMissing, Grade::Good, 1, u"i"_s);
        add("index on something else first", d, {strict, u"CREATE INDEX i ON t (id, c)"_s, stamps}, stamp,
            FindingCode::IndexMissing, Grade::Warning, 0);
        add("no nulls declared", d, {strict, stamps}, stamp, FindingCode::Nulls, Grade::Good, 0, u"NOT NULL"_s);
        add("no nulls found", d, {plain, stamps}, stamp, FindingCode::Nulls, Grade::Good, 0);
        add("nulls", d, {plain, stamps, rows(61, 63, u"NULL"_s)}, stamp, FindingCode::Nulls, Grade::Problem, 3, {},
            good);
        add("nulls under an index", d, {plain, index, stamps, rows(61, 63, u"NULL"_s)}, stamp, FindingCode::Nulls,
            Grade::Problem, 3, {}, good);
        add("microseconds", d, {strict, stamps}, stamp, FindingCode::PrecisionCoarse, Grade::Good, 59, u"us"_s);
        add("whole seconds", d, {strict, rows(1, 20, u"'2024-01-01 00:00:%1'"_s)}, stamp, FindingCode::PrecisionCoarse,
            Grade::Good, -2, u"s"_s);
        DetectSettings quick = stamp;
        quick.lagMs = 500;
        add("whole seconds, and less of a lag", d, {strict, rows(1, 20, u"'2024-01-01 00:00:%1'"_s)}, quick,
            FindingCode::PrecisionCoarse, Grade::Warning, -2, u"s"_s);
        add("few ties", d, {strict, stamps}, stamp, FindingCode::Ties, Grade::Good);
        add("many ties", d, {strict, rows(1, 1200, u"'2024-01-01 00:00:00'"_s)}, stamp, FindingCode::Ties,
            Grade::Warning, 1200);
        add("many ties under an index", d, {strict, index, rows(1, 1200, u"'2024-01-01 00:00:00'"_s)}, stamp,
            FindingCode::Ties, Grade::Warning, 1200);
        add("nothing in the future", d, {strict, stamps}, stamp, FindingCode::FutureStamps, Grade::Good, 0);
        add("stamps in the future", d, {strict, index, stamps, rows(61, 62, u"'2099-01-01 00:00:00'"_s)}, stamp,
            FindingCode::FutureStamps, Grade::Warning, 2, {}, good);
        add("nobody knows who stamps", d, {strict, stamps}, stamp, FindingCode::DefaultWithoutTrigger, Grade::Unknown);
        const QString filled = u"CREATE TABLE t (%1, c %2 NOT NULL %3)"_s.arg(is.id(), is.stamp(), is.defaultNow());
        add("a default that only inserts use", d, {filled, stamps}, stamp, FindingCode::DefaultWithoutTrigger,
            d == Driver::Sqlite ? Grade::Warning : Grade::Problem, d == Driver::Sqlite ? -2 : 0, {}, good);
        if (d == Driver::Sqlite) // of the servers, tst_grants tells: it depends on the user
            add("late commits", d, {strict, stamps}, stamp, FindingCode::LateCommits, Grade::Good, -2, u"5m"_s);
    }

    static void addEngineStamps()
    {
        constexpr int good = int(Grade::Good);
        const DetectSettings stamp = by(DetectBy::Timestamp);
        const QString stamps = rows(1, 20, u"'2024-01-01 00:00:%1'"_s);
        add("day", Driver::Postgres, {u"CREATE TABLE t (id int PRIMARY KEY, c date NOT NULL)"_s}, stamp,
            FindingCode::PrecisionCoarse, Grade::Warning, -2, u"day"_s);
        add("day", Driver::Mysql, {u"CREATE TABLE t (id int PRIMARY KEY, c date NOT NULL)"_s}, stamp,
            FindingCode::PrecisionCoarse, Grade::Warning, -2, u"day"_s);
        add("with a zone", Driver::Postgres, {u"CREATE TABLE t (id int PRIMARY KEY, c timestamptz)"_s}, stamp,
            FindingCode::ZonelessLocalTime, Grade::Good, -2, u"UTC"_s);
        add("with a zone", Driver::Mysql, {u"CREATE TABLE t (id int PRIMARY KEY, c timestamp NULL)"_s}, stamp,
            FindingCode::ZonelessLocalTime, Grade::Good, -2, u"UTC"_s);
        add("no index on a partitioned table", Driver::Postgres,
            {u"CREATE TABLE t (id bigint PRIMARY KEY, c timestamp NOT NULL) PARTITION BY RANGE (id)"_s,
             u"CREATE TABLE t_1 PARTITION OF t FOR VALUES FROM (0) TO (1000)"_s, stamps},
            stamp, FindingCode::IndexMissing, Grade::Warning, 0, {}, good);
        add("a default in UTC", Driver::Postgres,
            {u"CREATE TABLE t (id int PRIMARY KEY, c timestamp DEFAULT (now() AT TIME ZONE 'utc'))"_s}, stamp,
            FindingCode::ZonelessLocalTime, Grade::Good, -2, u"UTC"_s);
        add("the writers' zone", Driver::Postgres,
            {u"CREATE TABLE t (id int PRIMARY KEY, c timestamp DEFAULT now())"_s}, stamp,
            FindingCode::ZonelessLocalTime, Grade::Good);
        add("the application's zone", Driver::Postgres, {u"CREATE TABLE t (id int PRIMARY KEY, c timestamp)"_s}, stamp,
            FindingCode::ZonelessLocalTime, Grade::Unknown);
        add("the application's zone", Driver::Mysql, {u"CREATE TABLE t (id int PRIMARY KEY, c datetime)"_s}, stamp,
            FindingCode::ZonelessLocalTime, Grade::Unknown);
        add("the writers' zone", Driver::Mysql,
            {u"CREATE TABLE t (id int PRIMARY KEY, c datetime DEFAULT current_timestamp())"_s}, stamp,
            FindingCode::ZonelessLocalTime, Grade::Good);
        add("UTC", Driver::Sqlite,
            {u"CREATE TABLE t (id INTEGER PRIMARY KEY, c TIMESTAMP DEFAULT CURRENT_TIMESTAMP)"_s}, stamp,
            FindingCode::ZonelessLocalTime, Grade::Good, -2, u"UTC"_s);
        add("local time", Driver::Sqlite,
            {u"CREATE TABLE t (id INTEGER PRIMARY KEY, c TIMESTAMP DEFAULT (datetime('now', 'localtime')))"_s}, stamp,
            FindingCode::ZonelessLocalTime, Grade::Problem, -2, u"localtime"_s);
        add("nobody knows the zone", Driver::Sqlite, {u"CREATE TABLE t (id INTEGER PRIMARY KEY, c TIMESTAMP)"_s}, stamp,
            FindingCode::ZonelessLocalTime, Grade::Unknown);
        add("ON UPDATE", Driver::Mysql,
            {u"CREATE TABLE t (id int PRIMARY KEY, c datetime DEFAULT now() ON UPDATE now())"_s}, stamp,
            FindingCode::DefaultWithoutTrigger, Grade::Good, -2, u"ON UPDATE"_s);
        add("a trigger", Driver::Mysql,
            {u"CREATE TABLE t (id int PRIMARY KEY, c datetime)"_s,
             u"CREATE TRIGGER touch BEFORE UPDATE ON t FOR EACH ROW SET NEW.c = UTC_TIMESTAMP()"_s},
            stamp, FindingCode::DefaultWithoutTrigger, Grade::Good, -2, u"touch"_s);
        add("a trigger for something else", Driver::Mysql,
            {u"CREATE TABLE t (id int PRIMARY KEY, c datetime, d int)"_s,
             u"CREATE TRIGGER touch BEFORE UPDATE ON t FOR EACH ROW SET NEW.d = 1"_s},
            stamp, FindingCode::DefaultWithoutTrigger, Grade::Unknown);
        add("a trigger", Driver::Sqlite,
            {u"CREATE TABLE t (id INTEGER PRIMARY KEY, c TIMESTAMP)"_s,
             u"CREATE TRIGGER touch AFTER UPDATE ON t BEGIN UPDATE t SET c = datetime('now') WHERE id = NEW.id; END"_s},
            stamp, FindingCode::DefaultWithoutTrigger, Grade::Good, -2, u"touch"_s);
        add("a trigger", Driver::Postgres,
            {u"CREATE TABLE t (id int PRIMARY KEY, c timestamptz)"_s,
             u"CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.c = now(); RETURN NEW; END'"_s,
             u"CREATE TRIGGER touched BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION touch()"_s},
            stamp, FindingCode::DefaultWithoutTrigger, Grade::Good, -2, u"touched"_s);
        add("rows stamped again later", Driver::Postgres,
            {u"CREATE TABLE t (id int GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, c timestamptz DEFAULT now())"_s,
             rows(1, 59, u"'2024-01-01 00:00:%1'"_s), u"UPDATE t SET c = '2024-02-01' WHERE id = 7"_s},
            stamp, FindingCode::DefaultWithoutTrigger, Grade::Warning, 1, {}, good);
        add("texts that do not sort by time", Driver::Sqlite,
            {u"CREATE TABLE t (id INTEGER PRIMARY KEY, c TIMESTAMP)"_s, rows(1, 20, u"'%1.01.2024'"_s)}, stamp,
            FindingCode::NotMonotonic, Grade::Problem, 20);
        for (const Driver driver : {Driver::Postgres, Driver::Mysql}) {
            const QString make = u"CREATE TABLE t (id int PRIMARY KEY, c varchar(30))"_s;
            add("texts that do not sort by time", driver, {make, rows(1, 20, u"'%1.01.2024'"_s)}, stamp,
                FindingCode::NotMonotonic, Grade::Problem, 20);
            add("texts that sort by time", driver, {make, stamps}, stamp, FindingCode::NotMonotonic, Grade::Good, 0);
            add("texts have no precision", driver, {make, stamps}, stamp, FindingCode::PrecisionCoarse, Grade::Unknown);
            add("texts have no clock", driver, {make, stamps}, stamp, FindingCode::FutureStamps, Grade::Unknown);
            add("empty texts are unknown", driver, {make}, stamp, FindingCode::NotMonotonic, Grade::Unknown, 0);
            DetectSettings version = by(DetectBy::Version);
            add("numbers as texts", driver, {make, rows(1, 20, u"'%1'"_s).replace("'0"_L1, "'"_L1)}, version,
                FindingCode::NotMonotonic, Grade::Problem);
        }
        add("texts and numbers", Driver::Sqlite,
            {u"CREATE TABLE t (id INTEGER PRIMARY KEY, c TIMESTAMP)"_s, stamps, rows(21, 22, u"1893456000"_s)}, stamp,
            FindingCode::NotMonotonic, Grade::Problem, 1);
        add("texts in order", Driver::Sqlite, {u"CREATE TABLE t (id INTEGER PRIMARY KEY, c TIMESTAMP)"_s, stamps},
            stamp, FindingCode::NotMonotonic, Grade::Good, 0);
        add("seconds since 1970", Driver::Sqlite,
            {u"CREATE TABLE t (id INTEGER PRIMARY KEY, c INTEGER)"_s, rows(1, 20, u"17000000%1"_s)}, stamp,
            FindingCode::FutureStamps, Grade::Good, 0);
        add("milliseconds in the future", Driver::Sqlite,
            {u"CREATE TABLE t (id INTEGER PRIMARY KEY, c INTEGER)"_s, rows(1, 20, u"41000000000%1"_s)}, stamp,
            FindingCode::FutureStamps, Grade::Warning, 20);
        add("milliseconds in the future", Driver::Postgres,
            {u"CREATE TABLE t (id int PRIMARY KEY, c bigint)"_s, rows(1, 20, u"41000000000%1"_s)}, stamp,
            FindingCode::FutureStamps, Grade::Warning, 20);
        add("milliseconds in the future", Driver::Mysql,
            {u"CREATE TABLE t (id int PRIMARY KEY, c bigint)"_s, rows(1, 20, u"41000000000%1"_s)}, stamp,
            FindingCode::FutureStamps, Grade::Warning, 20);
    }

    static void addVersions(const Spelling &is)
    {
        const Driver d = is.driver;
        constexpr int good = int(Grade::Good);
        const QString make =
            u"CREATE TABLE t (%1, c %2 NOT NULL)"_s.arg(is.id(), d == Driver::Sqlite ? u"INTEGER"_s : u"bigint"_s);
        DetectSettings version = by(DetectBy::Version);
        add("one number for the table", d, {make, rows(1, 60, u"10%1"_s)}, version, FindingCode::VersionScope,
            Grade::Good, 1, u"table"_s);
        add("counters taken for a cursor", d, {make, rows(1, 60, u"1"_s)}, version, FindingCode::VersionScope,
            Grade::Problem, 60, u"row"_s);
        add("too few to tell", d, {make, rows(1, 5, u"1"_s)}, version, FindingCode::VersionScope, Grade::Unknown);
        version.scope = VersionScope::Row;
        add("counters", d, {make, rows(1, 60, u"1"_s)}, version, FindingCode::VersionScope, Grade::Good, 60, u"row"_s);
        add("a cursor taken for counters", d, {make, rows(1, 60, u"10%1"_s)}, version, FindingCode::VersionScope,
            Grade::Warning, 1, u"table"_s);
        add("who counts", d, {make, rows(1, 60, u"1"_s)}, version, FindingCode::DefaultWithoutTrigger, Grade::Unknown,
            -2, {}, good);
        add("no index needed to read all", d, {make}, version, FindingCode::IndexMissing, Grade::Good, 0);
    }

    static void addFlags(const Spelling &is)
    {
        const Driver d = is.driver;
        constexpr int good = int(Grade::Good);
        const QString make = u"CREATE TABLE t (%1, c int, d %2)"_s.arg(is.id(), is.stamp());
        DetectSettings flag = by(DetectBy::Flag);
        flag.pending = u"1"_s;
        flag.done = u"0"_s;
        const QStringList filled{make, rows(1, 50, u"0"_s), rows(51, 60, u"1"_s)};
        add("both values", d, filled, flag, FindingCode::FlagValues, Grade::Good, 0, u"0: 50, 1: 10"_s);
        add("other values", d, filled + QStringList{rows(61, 62, u"7"_s)}, flag, FindingCode::FlagValues,
            Grade::Warning, 2, u"0: 50, 1: 10, 7: 2"_s);
        add("who marks", d, filled, flag, FindingCode::DefaultWithoutTrigger, Grade::Unknown, -2, {}, good);
        add("no index", d, filled, flag, FindingCode::IndexMissing, Grade::Warning, 0, {}, good);
        add("nothing fires", d, filled, flag, FindingCode::FlagFiresTrigger, Grade::Good, 0);
        const QString touch = d == Driver::Sqlite
            ? u"CREATE TRIGGER touch AFTER UPDATE ON t BEGIN UPDATE t SET d = 'x' WHERE id = NEW.id; END"_s
            : d == Driver::Mysql ? u"CREATE TRIGGER touch BEFORE UPDATE ON t FOR EACH ROW SET NEW.d = now()"_s
                                 : u"CREATE TRIGGER touch BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION "
                                   "suppress_redundant_updates_trigger()"_s;
        add("a trigger fires", d, filled + QStringList{touch}, flag, FindingCode::FlagFiresTrigger, Grade::Warning, 1,
            u"touch"_s);
    }

private Q_SLOTS:
    void eachFinding_data()
    {
        QTest::addColumn<Driver>("driver");
        QTest::addColumn<QStringList>("setup");
        QTest::addColumn<DetectSettings>("detect");
        QTest::addColumn<FindingCode>("code");
        QTest::addColumn<Grade>("grade");
        QTest::addColumn<qint64>("count");
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("mended");
        for (const auto &[name, driver] : drivers) {
            addStamps({driver});
            addVersions({driver});
            addFlags({driver});
            add("hash", driver, {u"CREATE TABLE t (id int PRIMARY KEY, c int)"_s, rows(1, 7, u"1"_s)}, DetectSettings(),
                FindingCode::ReadsEverything, Grade::Good, 7);
        }
        addEngineStamps();
        DetectSettings version = by(DetectBy::Version);
        constexpr int good = int(Grade::Good);
        const QString table = u"CREATE TABLE t (id int PRIMARY KEY, c bigint DEFAULT nextval('q'))"_s;
        add("numbers in blocks", Driver::Postgres, {u"CREATE SEQUENCE q CACHE 50"_s, table}, version,
            FindingCode::SequenceOrder, Grade::Warning, 50, u"cache 50"_s, good);
        add("numbers that start again", Driver::Postgres, {u"CREATE SEQUENCE q CYCLE"_s, table}, version,
            FindingCode::SequenceOrder, Grade::Problem, -2, u"cycle"_s, good);
        add("numbers that fall", Driver::Postgres, {u"CREATE SEQUENCE q INCREMENT -1"_s, table}, version,
            FindingCode::SequenceOrder, Grade::Problem, -2, u"descending"_s);
        add("one by one", Driver::Postgres, {u"CREATE SEQUENCE q"_s, table}, version, FindingCode::SequenceOrder,
            Grade::Good, 1, u"cache 1"_s);
    }

    void eachFinding()
    {
        QFETCH(Driver, driver);
        QFETCH(QStringList, setup);
        QFETCH(DetectSettings, detect);
        QFETCH(FindingCode, code);
        QFETCH(Grade, grade);
        QFETCH(qint64, count);
        QFETCH(QString, text);
        QFETCH(int, mended);
        if (!Side::isAvailable(driver))
            QSKIP("this server is missing: TIDEMARK_TEST_POSTGRES or TIDEMARK_TEST_MYSQL is not set");
        const QTemporaryDir folder;
        Side side(driver, folder.path(), u"advice"_s);
        for (const QString &sql : setup)
            side.exec(sql);
        const auto advise = [&]() -> CandidateAdvice {
            const TableSchema table = side.session().describe({{}, u"t"_s}).value();
            auto advice = Adviser(side.session()).advise(table, detect);
            if (!advice)
                qFatal("%s: %s", qPrintable(codeName(advice.error().code)), qPrintable(advice.error().detail));
            return *advice;
        };
        const CandidateAdvice advice = advise();
        const Finding *finding = find(advice.findings, code);
        QVERIFY(finding != nullptr);
        QVERIFY2(finding->grade == grade, qPrintable(shown(*finding)));
        if (count != -2)
            QVERIFY2(finding->count == count, qPrintable(shown(*finding)));
        if (!text.isEmpty())
            QCOMPARE(finding->text, text);
        QVERIFY(advice.grade >= grade);
        for (const Finding &each : advice.findings) {
            QVERIFY2(!each.error || each.grade == Grade::Unknown, qPrintable(shown(each)));
            QVERIFY2(!each.error, qPrintable(shown(each)));
            if (!each.query.isEmpty()) {
                const auto again = side.session().query(each.query);
                QVERIFY2(again.has_value(), qPrintable(each.query));
            }
        }
        if (mended < 0)
            return;
        QVERIFY2(!finding->mend.isEmpty(), qPrintable(shown(*finding)));
        for (const QString &sql : finding->mend)
            if (sql.startsWith("SELECT"_L1))
                side.rows(sql);
            else
                side.exec(sql);
        const CandidateAdvice after = advise();
        const Finding *now = find(after.findings, code);
        QVERIFY2(int(now->grade) == mended, qPrintable(shown(*now) + finding->mend.join(u"; "_s)));
    }
};

QTEST_MAIN(TestAdviser)
#include "tst_adviser.moc"
