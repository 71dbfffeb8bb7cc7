// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/checker.h"
#include "core/run/rehearsal.h"
#include "tests/endpoint/pairs/sqlpair.h"

using namespace tidemark;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(tidemark::Driver)
Q_DECLARE_METATYPE(tidemark::ValueLoss::Kind)

namespace {

using Kind = ValueLoss::Kind;

QString shown(const ValueLoss &loss)
{
    return u"%1 %2 '%3' → '%4' %5 %6 %7"_s.arg(
        lossName(loss.kind), loss.sourceColumn, loss.given, loss.kept, loss.fromData ? u"data"_s : u"edge"_s, loss.key,
        loss.error ? codeName(loss.error->code) + u' ' + loss.error->detail : QString());
}

QStringList shown(const Rehearsal &rehearsal)
{
    QStringList lines;
    for (const ValueLoss &loss : rehearsal.losses)
        lines += shown(loss);
    return lines;
}

TableMapping mapped(Side &source, Side &target)
{
    const TableSchema from = source.session().describe({{}, u"t"_s}).value();
    const TableSchema to = target.session().describe({{}, u"t"_s}).value();
    auto mapping = mapTable(from, to, {});
    if (!mapping)
        qFatal("%s", qPrintable(codeName(mapping.error().code)));
    return *mapping;
}

// Everything that the target keeps beside its rows.
QStringList inventory(Side &side)
{
    switch (side.driver()) {
    case Driver::Sqlite:
        return side.rows(u"SELECT type, name FROM sqlite_schema UNION ALL SELECT type, name FROM sqlite_temp_schema "
                         "ORDER BY 2"_s);
    case Driver::Postgres:
        return side.rows(u"SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE "
                         "n.nspname = current_schema() OR n.oid = pg_my_temp_schema() ORDER BY 1"_s)
            + side.rows(u"SELECT last_value, is_called FROM t_id_seq"_s);
    default:
        break;
    }
    return side.rows(u"SHOW TABLES"_s)
        + side.rows(u"SELECT AUTO_INCREMENT FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE()"_s);
}

} // namespace

class TestRehearsal : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // What a narrower column of each target does to a value of the source's rows.
    void lossesOfRows_data()
    {
        QTest::addColumn<Driver>("from");
        QTest::addColumn<QString>("sourceType");
        QTest::addColumn<QString>("value");
        QTest::addColumn<Driver>("to");
        QTest::addColumn<QString>("targetType");
        QTest::addColumn<bool>("loses");
        QTest::addColumn<Kind>("kind");
        QTest::addColumn<QString>("kept");
        const auto row = [](const char *name, Driver from, const char *sourceType, const char *value, Driver to,
                            const char *targetType, std::optional<Kind> kind, const char *kept = "") {
            QTest::newRow(name) << from << QString::fromUtf8(sourceType) << QString::fromUtf8(value) << to
                                << QString::fromUtf8(targetType) << kind.has_value() << kind.value_or(Kind::Changed)
                                << QString::fromUtf8(kept);
        };
        const auto lite = Driver::Sqlite;
        const auto pg = Driver::Postgres;
        const auto my = Driver::Mysql;
        row("too long for postgres", lite, "TEXT", "'abcdef'", pg, "varchar(3)", Kind::Refused);
        row("too long for mysql", lite, "TEXT", "'abcdef'", my, "varchar(3)", Kind::Refused);
        row("fits", lite, "TEXT", "'abc'", my, "varchar(3)", std::nullopt);
        row("padded", lite, "TEXT", "'ab'", pg, "char(5)", Kind::Padded, "ab   ");
        row("integer beyond postgres", lite, "INTEGER", "3000000000", pg, "int", Kind::Refused);
        row("integer beyond mysql", pg, "bigint", "3000000000", my, "int", Kind::Refused);
        row("negative into unsigned", pg, "bigint", "-1", my, "int unsigned", Kind::Refused);
        row("decimal rounded by postgres", my, "decimal(12,4)", "1.2345", pg, "numeric(12,2)", Kind::Rounded, "1.23");
        row("decimal rounded by mysql", pg, "numeric(12,4)", "-1.2345", my, "decimal(12,2)", Kind::Rounded, "-1.24");
        row("the same in other digits", my, "decimal(12,4)", "1.2300", pg, "numeric(12,2)", std::nullopt);
        row("decimal too great", pg, "numeric", "12345678901", my, "decimal(12,2)", Kind::Refused);
        row("NaN", pg, "numeric", "'NaN'", my, "decimal(12,2)", Kind::Refused);
        row("float narrowed by postgres", my, "double", "0.1", pg, "real", Kind::Rounded);
        row("float narrowed by mysql", pg, "double precision", "0.1", my, "float", Kind::Rounded);
        row("microseconds cut by mysql", pg, "timestamp", "'2024-02-29 12:34:56.789123'", my, "datetime", Kind::Rounded,
            "2024-02-29 12:34:56");
        row("microseconds cut by postgres", my, "datetime(6)", "'2024-02-29 12:34:56.789123'", pg, "timestamp(3)",
            Kind::Rounded, "2024-02-29 12:34:56.789");
        row("microseconds kept", pg, "timestamp", "'2024-02-29 12:34:56.789123'", my, "datetime(6)", std::nullopt);
        row("beyond TIMESTAMP", pg, "timestamptz", "'2045-01-01 00:00:00+00'", my, "timestamp(6) NULL", Kind::Refused);
        row("infinity", pg, "timestamp", "'infinity'", my, "datetime(6)", Kind::Refused);
        row("json spelled anew is the same", my, "json", "'{\"b\": 1,   \"a\": 2}'", pg, "jsonb", std::nullopt);
        row("NUL", lite, "TEXT", "CAST(x'610062' AS TEXT)", pg, "text", Kind::Refused);
        row("no number", lite, "TEXT", "'abc'", pg, "int", Kind::Refused);
        row("a word in a number column", lite, "INTEGER", "'abc'", my, "bigint", Kind::Refused);
        row("18 digits in SQLite's DECIMAL", pg, "numeric(20,2)", "123456789012345678.91", lite, "DECIMAL(20,2)",
            Kind::Refused);
        row("unsigned of 64 bits", my, "bigint unsigned", "18446744073709551615", lite, "INTEGER", Kind::Refused);
        row("enum", pg, "text", "'green'", my, "enum('red','blue')", Kind::Refused);
        row("blob too long", lite, "BLOB", "x'00ff00ff'", my, "varbinary(3)", Kind::Refused);
        row("NULL", lite, "TEXT", "NULL", pg, "text NOT NULL", Kind::Refused);
        row("emoji in utf8mb3", lite, "TEXT", "'🙂'", my, "varchar(20) CHARACTER SET utf8mb3", Kind::Refused);
    }

    void lossesOfRows()
    {
        QFETCH(Driver, from);
        QFETCH(Driver, to);
        QFETCH(QString, sourceType);
        QFETCH(QString, targetType);
        QFETCH(QString, value);
        QFETCH(bool, loses);
        QFETCH(Kind, kind);
        QFETCH(QString, kept);
        if (!Side::isAvailable(from) || !Side::isAvailable(to))
            QSKIP("a server is missing: TIDEMARK_TEST_POSTGRES or TIDEMARK_TEST_MYSQL is not set");
        SqlPair pair(from, to);
        pair.source.exec(u"CREATE TABLE t (id int PRIMARY KEY, c %1)"_s.arg(sourceType));
        pair.source.exec(u"INSERT INTO t VALUES (1, NULL), (2, %1), (3, %1)"_s.arg(value));
        if (targetType.contains("NOT NULL"_L1))
            pair.source.exec(u"UPDATE t SET c = 'x' WHERE id = 1"_s);
        pair.target.exec(u"CREATE TABLE t (id int PRIMARY KEY, c %1)"_s.arg(targetType));
        const TableMapping mapping = mapped(pair.source, pair.target);
        const auto rehearsed = rehearse(mapping, pair.source.session(), pair.target.session());
        QVERIFY2(rehearsed.has_value(), qPrintable(rehearsed ? QString() : codeName(rehearsed.error().code)));
        QVERIFY2(rehearsed->method == Rehearsal::Method::Measured,
                 qPrintable(rehearsed->hindrance ? rehearsed->hindrance->detail : QString()));
        QCOMPARE(rehearsed->sampleRows, 3);
        QList<ValueLoss> fromData;
        for (const ValueLoss &loss : rehearsed->losses)
            if (loss.fromData)
                fromData += loss;
        QVERIFY2(fromData.size() == (loses ? 1 : 0), qPrintable(shown(*rehearsed).join(u'\n')));
        if (!loses)
            return;
        QVERIFY2(fromData.first().kind == kind, qPrintable(shown(fromData.first())));
        QCOMPARE(fromData.first().sourceColumn, u"c"_s);
        QCOMPARE(fromData.first().count, 2);
        QVERIFY2(fromData.first().key == u"id = 2"_s || fromData.first().key == u"id = 3"_s,
                 qPrintable(shown(fromData.first())));
        QCOMPARE(fromData.first().error.has_value(), kind == Kind::Refused);
        if (!kept.isEmpty())
            QCOMPARE(fromData.first().kept, kept);
    }

    // Types that hold whatever the source's can hold lose nothing, at any edge.
    void noLossBetweenEqualTypes_data()
    {
        QTest::addColumn<Driver>("driver");
        QTest::newRow("sqlite") << Driver::Sqlite;
        QTest::newRow("postgres") << Driver::Postgres;
        QTest::newRow("mysql") << Driver::Mysql;
    }
    void noLossBetweenEqualTypes()
    {
        QFETCH(Driver, driver);
        if (!Side::isAvailable(driver))
            QSKIP("this server is missing: TIDEMARK_TEST_POSTGRES or TIDEMARK_TEST_MYSQL is not set");
        SqlPair pair(driver, driver);
        const QString columns = driver == Driver::Sqlite
            ? u"i INTEGER, r REAL, s TEXT, b BLOB, d DATE, t TIMESTAMP, u UUID, j JSON"_s
            : driver == Driver::Postgres
            ? u"i bigint, k smallint, n numeric(12,2), m numeric, r real, f double precision, s text, v varchar(7), "
              "b bytea, d date, o time, t timestamp, z timestamptz(3), u uuid, j jsonb, l boolean"_s
            : u"i bigint, q bigint unsigned, k tinyint, n decimal(65,30), r float, f double, s longtext, v varchar(7), "
              "b longblob, w varbinary(3), d date, o time(6), t datetime(6), z timestamp(3) NULL, j json, l bit(1)"_s;
        for (Side *side : {&pair.source, &pair.target})
            side->exec(u"CREATE TABLE t (id int PRIMARY KEY, %1)"_s.arg(columns));
        const TableMapping mapping = mapped(pair.source, pair.target);
        const Rehearsal rehearsed = rehearse(mapping, pair.source.session(), pair.target.session()).value();
        QCOMPARE(rehearsed.method, Rehearsal::Method::Measured);
        QVERIFY(rehearsed.edgeValues > 20);
        QVERIFY2(rehearsed.losses.isEmpty(), qPrintable(shown(rehearsed).join(u'\n')));
    }

    // No trigger fires, no foreign key asks, no sequence moves, and nothing is left behind.
    void nothingIsLeftBehind_data() { noLossBetweenEqualTypes_data(); }
    void nothingIsLeftBehind()
    {
        QFETCH(Driver, driver);
        if (!Side::isAvailable(driver))
            QSKIP("this server is missing: TIDEMARK_TEST_POSTGRES or TIDEMARK_TEST_MYSQL is not set");
        SqlPair pair(Driver::Sqlite, driver);
        pair.source.exec(u"CREATE TABLE t (id INTEGER PRIMARY KEY, p INTEGER, c TEXT)"_s);
        pair.source.exec(u"INSERT INTO t VALUES (1, 99, 'one'), (2, 99, 'much too long for it')"_s);
        pair.target.exec(u"CREATE TABLE parents (id int PRIMARY KEY)"_s);
        pair.target.exec(u"CREATE TABLE fired (n int)"_s);
        const QString id = driver == Driver::Sqlite ? u"INTEGER PRIMARY KEY AUTOINCREMENT"_s
            : driver == Driver::Postgres            ? u"serial PRIMARY KEY"_s
                                                    : u"int AUTO_INCREMENT PRIMARY KEY"_s;
        pair.target.exec(u"CREATE TABLE t (id %1, p int REFERENCES parents (id), c varchar(5))"_s.arg(id));
        if (driver == Driver::Postgres) {
            pair.target.exec(u"CREATE FUNCTION fire() RETURNS trigger LANGUAGE plpgsql AS "
                             "'BEGIN INSERT INTO fired VALUES (1); RETURN NEW; END'"_s);
            pair.target.exec(u"CREATE TRIGGER fires AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION fire()"_s);
        } else {
            pair.target.exec(driver == Driver::Mysql
                                 ? u"CREATE TRIGGER fires AFTER INSERT ON t FOR EACH ROW INSERT INTO fired VALUES (1)"_s
                                 : u"CREATE TRIGGER fires AFTER INSERT ON t BEGIN INSERT INTO fired VALUES (1); END"_s);
        }
        const QStringList before = inventory(pair.target);
        const TableMapping mapping = mapped(pair.source, pair.target);
        const Rehearsal rehearsed = rehearse(mapping, pair.source.session(), pair.target.session()).value();
        QCOMPARE(rehearsed.method, Rehearsal::Method::Measured);
        if (driver != Driver::Sqlite)
            QVERIFY2(!rehearsed.losses.isEmpty() && rehearsed.losses.first().fromData,
                     qPrintable(shown(rehearsed).join(u'\n')));
        // On the very session, so that a temporary table would show.
        const QString temporary = driver == Driver::Sqlite ? u"SELECT name FROM sqlite_temp_schema"_s
            : driver == Driver::Postgres ? u"SELECT relname FROM pg_class WHERE relname = 'tidemark_rehearsal'"_s
                                         : u"SELECT 1 FROM information_schema.TABLES WHERE TABLE_NAME = "
                                           "'tidemark_rehearsal'"_s;
        QCOMPARE(pair.target.session().query(temporary).value().size(), 0);
        if (driver == Driver::Mysql) // temporary tables are in no list: a second one shows that the first is gone
            QVERIFY(pair.target.session().execute(u"CREATE TEMPORARY TABLE tidemark_rehearsal (n int)"_s).has_value());
        pair.target.reconnect();
        QCOMPARE(inventory(pair.target), before);
        QCOMPARE(pair.target.rows(u"SELECT count(*) FROM t"_s) + pair.target.rows(u"SELECT count(*) FROM fired"_s),
                 (QStringList{u"0"_s, u"0"_s}));
        // And the next row gets the first number.
        pair.target.exec(u"INSERT INTO parents VALUES (1)"_s);
        pair.target.exec(u"INSERT INTO t (p, c) VALUES (1, 'x')"_s);
        QCOMPARE(pair.target.rows(u"SELECT id FROM t"_s), QStringList{u"1"_s});
    }

    // Without the right, from the types: and it says so.
    void withoutTheRight_data()
    {
        QTest::addColumn<Driver>("driver");
        QTest::newRow("postgres") << Driver::Postgres;
        QTest::newRow("mysql") << Driver::Mysql;
        QTest::newRow("sqlite") << Driver::Sqlite;
    }
    void withoutTheRight()
    {
        QFETCH(Driver, driver);
        if (!Side::isAvailable(driver))
            QSKIP("this server is missing: TIDEMARK_TEST_POSTGRES or TIDEMARK_TEST_MYSQL is not set");
        SqlPair pair(Driver::Sqlite, driver);
        pair.source.exec(u"CREATE TABLE t (id INTEGER PRIMARY KEY, c TEXT, n DECIMAL(8,3), m DATETIME NOT NULL)"_s);
        pair.source.exec(u"INSERT INTO t VALUES (1, 'abcdef', 1.234, '2024-01-01 00:00:00.5')"_s);
        pair.target.exec(u"CREATE TABLE t (id int PRIMARY KEY, c varchar(3) NOT NULL, n decimal(5,1), m %1)"_s.arg(
            driver == Driver::Mysql ? u"datetime"_s : u"timestamp(0)"_s));
        const TableMapping mapping = mapped(pair.source, pair.target);
        pair.target.settings.readOnly = true; // a session that may not write can make no table
        SqlConnector connector;
        const auto reading = connector.open(pair.target.settings, {}).value();
        const Rehearsal rehearsed = rehearse(mapping, pair.source.session(), *reading).value();
        if (driver == Driver::Sqlite) { // its temporary tables are nobody's business, but query_only forbids them
            QCOMPARE(rehearsed.method, Rehearsal::Method::FromTypes);
            return;
        }
        QCOMPARE(rehearsed.method, Rehearsal::Method::FromTypes);
        QVERIFY(rehearsed.hindrance.has_value());
        QStringList kinds;
        for (const ValueLoss &loss : rehearsed.losses)
            if (loss.fromData)
                kinds += loss.targetColumn + u' ' + lossName(loss.kind);
        kinds.sort();
        QCOMPARE(kinds, (QStringList{u"c refused"_s, u"m rounded"_s, u"n rounded"_s}));
    }

    // A connection that may not write is a problem of its own; the rehearsal says what the types tell.
    void readOnlyByCheck_data() { noLossBetweenEqualTypes_data(); }
    void readOnlyByCheck()
    {
        QFETCH(Driver, driver);
        if (!Side::isAvailable(driver))
            QSKIP("this server is missing: TIDEMARK_TEST_POSTGRES or TIDEMARK_TEST_MYSQL is not set");
        SqlPair pair(Driver::Sqlite, driver);
        pair.source.createItems();
        pair.source.putMany(1, 3);
        pair.target.createItems();
        pair.target.settings.readOnly = true;
        Cancellation cancellation;
        CheckOptions options;
        options.rehearses = true;
        const auto items =
            Runner(pair.connector, *pair.journal, pair.clock).check(pair.job(), cancellation, options).value();
        bool isProblem = false;
        bool isComputed = false;
        for (const CheckItem &item : items) {
            isProblem = isProblem || (item.error && item.error->code == ErrorCode::ReadOnly);
            isComputed = isComputed || (item.rehearsal && item.rehearsal->method == Rehearsal::Method::FromTypes);
        }
        QVERIFY(isProblem && isComputed);
    }

    // A table that the job would create, and the whole by check.
    void byCheck_data() { noLossBetweenEqualTypes_data(); }
    void byCheck()
    {
        QFETCH(Driver, driver);
        if (!Side::isAvailable(driver) || !Side::isAvailable(Driver::Postgres))
            QSKIP("a server is missing: TIDEMARK_TEST_POSTGRES or TIDEMARK_TEST_MYSQL is not set");
        SqlPair pair(Driver::Postgres, driver);
        pair.source.exec(u"CREATE TABLE items (id bigint PRIMARY KEY, n numeric, s text, at timestamptz)"_s);
        pair.source.exec(u"INSERT INTO items VALUES (1, 'NaN', 'x', '2024-01-01'), (2, 1.5, 'y', NULL)"_s);
        const JobSettings job = pair.job(
            {{u"create"_s, true},
             {u"mode"_s, u"update"_s},
             {u"detect"_s, QJsonObject{{u"by"_s, u"timestamp"_s}, {u"column"_s, u"at"_s}, {u"lag"_s, u"45s"_s}}}});
        Cancellation cancellation;
        CheckOptions options;
        options.rehearses = true;
        Runner runner(pair.connector, *pair.journal, pair.clock);
        const QList<CheckItem> items = runner.check(job, cancellation, options).value();
        QStringList codes;
        for (const CheckItem &item : items) {
            QVERIFY2(item.level != CheckItem::Level::Problem,
                     qPrintable(item.error ? codeName(item.error->code) + item.error->detail : item.detail));
            codes += item.code;
            if (item.rehearsal)
                QCOMPARE(item.rehearsal->sampleRows, 2);
            if (item.code == "lag"_L1)
                QCOMPARE(item.detail, u"45s"_s);
        }
        for (const char *code : {"creates-table", "creates-checkpoint", "rehearsed", "nulls", "no-index", "lag"})
            QVERIFY2(codes.contains(QLatin1StringView(code)), qPrintable(codes.join(u' ')));
        const bool losesNaN = driver == Driver::Mysql;
        QVERIFY2(codes.contains("loss"_L1) || !losesNaN, qPrintable(codes.join(u' ')));
        QCOMPARE(pair.target.session().tables().value().size(), 0);
    }
};

QTEST_MAIN(TestRehearsal)
#include "tst_rehearsal.moc"
