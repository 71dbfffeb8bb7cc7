// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/endpoint/postgres/postgresfixture.h"

#include <QElapsedTimer>

using namespace tidemark;
using namespace tidemark::test;

class TestPostgresSchema final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (!PostgresFixture::isThere())
            QSKIP("TIDEMARK_TEST_POSTGRES is not set: nothing of PostgreSQL is tested");
        m_fixture = std::make_unique<PostgresFixture>();
        m_fixture->run(u"CREATE TYPE mood AS ENUM ('sad', 'happy')"_s);
        m_fixture->run(u"CREATE DOMAIN amount AS numeric(10,3) NOT NULL"_s);
        m_fixture->run(u"CREATE DOMAIN price AS amount CHECK (VALUE >= 0)"_s);
        m_fixture->run(uR"(CREATE TABLE everything (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, s serial, b bool, i2 int2, i4 int4,
            n numeric, n2 numeric(12,2), f4 float4, f8 float8, t text, v varchar(20), c char(5), nm name, by bytea,
            d date, tm time(3), ts timestamp, ts0 timestamp(0), tz timestamptz(3), u uuid, j json, jb jsonb,
            m mood, a int[], p price, iv interval, tc text COLLATE "C" NOT NULL DEFAULT 'x',
            twice int GENERATED ALWAYS AS (i4 * 2) STORED))"_s);
        m_session = std::move(*m_fixture->open());
    }
    void cleanupTestCase()
    {
        m_session.reset();
        m_fixture.reset();
    }

    void mapsTypes_data()
    {
        QTest::addColumn<QString>("column");
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("native");
        QTest::addColumn<bool>("byteOrder");
        const auto row = [](const char *column, const char *kind, const char *native, bool byteOrder) {
            QTest::newRow(column) << QString::fromLatin1(column) << QString::fromLatin1(kind)
                                  << QString::fromLatin1(native) << byteOrder;
        };
        row("id", "integer", "bigint", true);
        row("b", "boolean", "boolean", true);
        row("i2", "integer", "smallint", true);
        row("n", "decimal", "numeric", false);
        row("n2", "decimal", "numeric(12,2)", false);
        row("f4", "float", "real", true);
        row("t", "text", "text", false);
        row("tc", "text", "text", true);
        row("v", "text", "character varying(20)", false);
        row("c", "text", "character(5)", false);
        row("by", "blob", "bytea", true);
        row("d", "date", "date", true);
        row("tm", "time", "time(3) without time zone", true);
        row("ts", "timestamp", "timestamp without time zone", true);
        row("tz", "instant", "timestamp(3) with time zone", true);
        row("u", "uuid", "uuid", true);
        row("j", "json", "json", false);
        row("jb", "json", "jsonb", false);
        row("m", "exact", "mood", false);
        row("a", "exact", "integer[]", false);
        row("p", "decimal", "numeric(10,3)", false);
        row("iv", "exact", "interval", false);
    }
    void mapsTypes()
    {
        QFETCH(QString, column);
        QFETCH(QString, kind);
        QFETCH(QString, native);
        QFETCH(bool, byteOrder);
        MUST(table, m_session->describe({{}, u"everything"_s}));
        const ColumnType &type = table.columns[table.columnIndex(column)].type;
        QCOMPARE(cellKindName(type.kind), kind);
        QCOMPARE(type.native, native);
        QCOMPARE(type.byteOrder, byteOrder);
        QVERIFY(!type.holdsNul);
    }

    void describesColumns()
    {
        MUST(table, m_session->describe({{}, u"everything"_s}));
        const auto column = [&](const QString &name) { return table.columns[table.columnIndex(name)]; };
        QCOMPARE(table.primaryKey, QStringList(u"id"_s));
        QCOMPARE(column(u"id"_s).identity, Identity::Always);
        QCOMPARE(column(u"s"_s).identity, Identity::ByDefault);
        QCOMPARE(column(u"s"_s).sequence, m_fixture->schema + u".everything_s_seq"_s);
        QVERIFY(!column(u"id"_s).nullable);
        QVERIFY(column(u"t"_s).nullable);
        QVERIFY(!column(u"p"_s).nullable);
        QVERIFY(column(u"twice"_s).generated);
        QCOMPARE(column(u"n2"_s).type.precision, 12);
        QCOMPARE(column(u"n2"_s).type.scale, 2);
        QCOMPARE(column(u"v"_s).type.length, 20);
        QCOMPARE(column(u"ts0"_s).type.fraction, 0);
        QCOMPARE(column(u"tc"_s).type.collation, u"C"_s);
        QCOMPARE(column(u"tc"_s).defaultSql, u"'x'::text"_s);
        QVERIFY(column(u"c"_s).type.padSpace);
    }

    void describesKeysIndexesAndTriggers()
    {
        m_fixture->run(u"CREATE TABLE parent (a int, b text, PRIMARY KEY (b, a))"_s);
        m_fixture->run(u"CREATE TABLE child (id int PRIMARY KEY, pa int, pb text, UNIQUE (pb, id), "
                       "CONSTRAINT up FOREIGN KEY (pb, pa) REFERENCES parent (b, a) ON DELETE CASCADE DEFERRABLE)"_s);
        m_fixture->run(u"CREATE UNIQUE INDEX child_part ON child (pa) WHERE pa > 0"_s);
        m_fixture->run(u"CREATE UNIQUE INDEX child_expr ON child (lower(pb))"_s);
        m_fixture->run(u"CREATE FUNCTION nothing() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'"_s);
        m_fixture->run(
            u"CREATE TRIGGER watch BEFORE INSERT OR UPDATE ON child FOR EACH ROW EXECUTE FUNCTION nothing()"_s);
        MUST(parent, m_session->describe({{}, u"parent"_s}));
        QCOMPARE(parent.primaryKey, (QStringList{u"b"_s, u"a"_s}));
        MUST(child, m_session->describe({{}, u"child"_s}));
        QCOMPARE(child.indexes.size(), 3);
        QCOMPARE(child.indexes[0].columns, QStringList());
        QVERIFY(child.indexes[1].partial);
        QCOMPARE(child.indexes[2].columns, (QStringList{u"pb"_s, u"id"_s}));
        QCOMPARE(child.foreignKeys.size(), 1);
        QCOMPARE(
            child.foreignKeys[0],
            (ForeignKey{
                u"up"_s, {u"pb"_s, u"pa"_s}, {{}, u"parent"_s}, {u"b"_s, u"a"_s}, true, u"CASCADE"_s, u"NO ACTION"_s}));
        QCOMPARE(child.triggers.size(), 1);
        QCOMPARE(child.triggers[0].timing, u"BEFORE INSERT OR UPDATE"_s);
    }

    void listsBaseTablesAlone()
    {
        m_fixture->run(u"CREATE TABLE split (id int PRIMARY KEY) PARTITION BY RANGE (id)"_s);
        m_fixture->run(u"CREATE TABLE split_1 PARTITION OF split FOR VALUES FROM (0) TO (10)"_s);
        m_fixture->run(u"CREATE VIEW seen AS SELECT 1 AS x"_s);
        m_fixture->run(u"CREATE TABLE tidemark_checkpoint_of_mine (id int)"_s);
        m_fixture->run(u"CREATE TABLE \"Odd \"\"name\" (id int)"_s);
        MUST(tables, m_session->tables());
        QVERIFY(tables.contains(TableName{{}, u"everything"_s}));
        QVERIFY(tables.contains(TableName{{}, u"split"_s}));
        QVERIFY(tables.contains(TableName{{}, u"Odd \"name"_s}));
        for (const auto name : {"split_1"_L1, "seen"_L1, "tidemark_checkpoint_of_mine"_L1})
            QVERIFY(!tables.contains(TableName{{}, name}));
        FAILS_WITH(m_session->describe({{}, u"nothing of the kind"_s}), ErrorCode::NoSuchTable);
        FAILS_WITH(m_session->describe({{}, u"seen"_s}), ErrorCode::NoSuchTable);
        FAILS_WITH(m_session->schemaToken({{}, u"nothing of the kind"_s}), ErrorCode::NoSuchTable);
    }

    void isQuick()
    {
        GOOD(m_session->describe({{}, u"everything"_s}));
        QElapsedTimer clock;
        clock.start();
        for (int i = 0; i < 20; ++i)
            GOOD(m_session->describe({{}, u"everything"_s}));
        const double described = double(clock.restart()) / 20;
        for (int i = 0; i < 20; ++i)
            GOOD(m_session->schemaToken({{}, u"everything"_s}));
        qInfo("describe %.1f ms, token %.1f ms", described, double(clock.elapsed()) / 20);
    }

    void tokenFollowsTheSchema_data()
    {
        QTest::addColumn<QString>("change");
        QTest::newRow("column") << u"ALTER TABLE moving ADD COLUMN extra int"_s;
        QTest::newRow("type") << u"ALTER TABLE moving ALTER COLUMN note TYPE varchar(10)"_s;
        QTest::newRow("name") << u"ALTER TABLE moving RENAME COLUMN note TO remark"_s;
        QTest::newRow("not null") << u"ALTER TABLE moving ALTER COLUMN note SET NOT NULL"_s;
        QTest::newRow("default") << u"ALTER TABLE moving ALTER COLUMN note SET DEFAULT 'y'"_s;
        QTest::newRow("index") << u"CREATE UNIQUE INDEX ON moving (note)"_s;
        QTest::newRow("drop") << u"ALTER TABLE moving DROP COLUMN note"_s;
    }
    void tokenFollowsTheSchema()
    {
        QFETCH(QString, change);
        m_fixture->run(u"DROP TABLE IF EXISTS moving"_s);
        m_fixture->run(u"CREATE TABLE moving (id int PRIMARY KEY, note text)"_s);
        MUST(before, m_session->schemaToken({{}, u"moving"_s}));
        m_fixture->run(u"INSERT INTO moving (id) VALUES (1)"_s);
        m_fixture->run(u"ANALYZE moving"_s);
        MUST(same, m_session->schemaToken({{}, u"moving"_s}));
        QCOMPARE(same, before);
        m_fixture->run(u"DELETE FROM moving"_s);
        m_fixture->run(change);
        MUST(after, m_session->schemaToken({{}, u"moving"_s}));
        QVERIFY(after != before);
    }

    void estimatesRows()
    {
        m_fixture->run(u"CREATE TABLE counted AS SELECT generate_series(1, 5000) AS id"_s);
        MUST(unknown, m_session->estimateRows({{}, u"counted"_s}));
        QCOMPARE(unknown, -1);
        m_fixture->run(u"ANALYZE counted"_s);
        MUST(known, m_session->estimateRows({{}, u"counted"_s}));
        QCOMPARE(known, 5000);
        m_fixture->run(u"CREATE TABLE nothing_in_it (id int)"_s);
        MUST(none, m_session->estimateRows({{}, u"nothing_in_it"_s}));
        QCOMPARE(none, 0);
    }

    void tellsRowSecurity()
    {
        const QString low = qEnvironmentVariable("TIDEMARK_TEST_LOW_USER");
        if (low.isEmpty())
            QSKIP("TIDEMARK_TEST_LOW_USER is not set");
        m_fixture->run(u"CREATE TABLE secured (id int PRIMARY KEY)"_s);
        m_fixture->run(u"INSERT INTO secured VALUES (1), (2)"_s);
        m_fixture->run(u"ALTER TABLE secured ENABLE ROW LEVEL SECURITY"_s);
        m_fixture->run(u"CREATE POLICY first_only ON secured USING (id = 1)"_s);
        m_fixture->run(u"GRANT USAGE ON SCHEMA %1 TO %2"_s.arg(m_fixture->schema, low));
        m_fixture->run(u"GRANT SELECT ON secured TO %1"_s.arg(low));
        ConnectionSettings settings = m_fixture->settings;
        settings.user = low;
        MUST(session, openPostgres(settings, m_fixture->secret, {}));
        MUST(described, session->describe({{}, u"secured"_s}));
        QVERIFY(described.rowSecurity);
        const WholeTable table(described);
        FAILS_WITH(readAll(*session, table, table.readRequest()), ErrorCode::RowSecurity);
        FAILS_WITH(session->query(u"SELECT * FROM everything"_s), ErrorCode::NoRights);
        MUST(owned, m_session->describe({{}, u"secured"_s}));
        QVERIFY(!owned.rowSecurity);
        MUST(bound, session->commitBound());
        QVERIFY(!bound.known); // others' transactions are hidden from it
    }

    void boundsWhatIsNotYetCommitted()
    {
        MUST(before, m_session->commitBound());
        QVERIFY(before.boundUs <= before.serverNowUs);
        MUST(other, m_fixture->open());
        GOOD(other->beginWrite());
        GOOD(other->execute(u"SELECT 1"_s));
        MUST(open, m_session->commitBound());
        GOOD(m_session->query(u"SELECT pg_sleep(0.05)"_s));
        MUST(later, m_session->commitBound());
        if (later.known) {
            QVERIFY(later.boundUs < open.serverNowUs);
            QVERIFY(later.serverNowUs > open.serverNowUs);
        } else {
            QCOMPARE(later.boundUs, later.serverNowUs);
        }
        GOOD(other->rollback());
    }

    void sharesASnapshot()
    {
        m_fixture->run(u"CREATE TABLE shared (id int PRIMARY KEY)"_s);
        MUST(first, m_fixture->open(false));
        MUST(second, m_fixture->open(false));
        GOOD(first->beginRead());
        m_fixture->run(u"INSERT INTO shared VALUES (1)"_s);
        MUST(snapshot, first->exportSnapshot());
        QVERIFY(!snapshot.isEmpty());
        GOOD(second->beginRead(snapshot));
        MUST(described, second->describe({{}, u"shared"_s}));
        const WholeTable table(described);
        MUST(rows, readAll(*second, table, table.readRequest()));
        QCOMPARE(rows, QStringList());
        GOOD(second->commit());
        QVERIFY(!second->beginRead("no such snapshot"));
        GOOD(second->beginRead());
        MUST(now, readAll(*second, table, table.readRequest()));
        QCOMPARE(now, QStringList(u"1"_s));
    }

    void validatesFilters_data()
    {
        QTest::addColumn<QString>("where");
        QTest::addColumn<bool>("good");
        QTest::newRow("condition") << u"i4 > 5 AND t LIKE 'a%'"_s << true;
        QTest::newRow("qualified") << u"everything.i4 IS NULL"_s << true;
        QTest::newRow("comment at the end") << u"i4 > 5 -- old ones"_s << true;
        QTest::newRow("no condition") << u"i4"_s << false;
        QTest::newRow("no such column") << u"nix = 1"_s << false;
        QTest::newRow("two statements") << u"true); DROP TABLE everything; --"_s << false;
        QTest::newRow("parameter") << u"i4 = $1"_s << false;
        QTest::newRow("out of its parenthesis") << u"i4 = 1) OR (1 = 1"_s << false;
        QTest::newRow("unclosed") << u"(i4 = 1"_s << false;
        QTest::newRow("nul") << QString(u"i4 = 1"_s + QChar(0)) << false;
    }
    void validatesFilters()
    {
        QFETCH(QString, where);
        QFETCH(bool, good);
        const auto validated = m_session->validateWhere({{}, u"everything"_s}, where);
        QCOMPARE(validated.has_value(), good);
        if (!good)
            QCOMPARE(validated.error().code, ErrorCode::WhereInvalid);
        GOOD(m_session->query(u"SELECT 1"_s));
    }

    void createsWhatItPlanned()
    {
        MUST(source, m_session->describe({{}, u"everything"_s}));
        MUST(planned, m_session->planTable(source, {{}, u"Copy of \"everything\""_s}));
        GOOD(m_session->createTable(planned));
        MUST(created, m_session->describe(planned.name));
        QCOMPARE(created.primaryKey, source.primaryKey);
        QCOMPARE(created.columns.size(), planned.columns.size());
        for (qsizetype i = 0; i < planned.columns.size(); ++i) {
            QCOMPARE(created.columns[i].name, planned.columns[i].name);
            QCOMPARE(created.columns[i].type.native, planned.columns[i].type.native);
            QCOMPARE(created.columns[i].type, planned.columns[i].type);
            QCOMPARE(created.columns[i].nullable, planned.columns[i].nullable);
        }
        QCOMPARE(created.columns[created.columnIndex(u"m"_s)].type.native, u"mood"_s);
    }

    void plansForeignKeysThatHold()
    {
        m_fixture->run(u"CREATE TABLE owner_there (id int PRIMARY KEY)"_s);
        TableSchema source;
        source.name = {u"elsewhere"_s, u"owned"_s};
        source.primaryKey = {u"id"_s};
        for (const QString &name : {u"id"_s, u"owner"_s, u"up"_s, u"gone"_s}) {
            Column column;
            column.name = name;
            column.type.kind = CellKind::Integer;
            column.type.bytes = 4;
            source.columns.append(column);
        }
        const auto key = [](const QString &column, const QString &target) {
            return ForeignKey{{}, {column}, {u"elsewhere"_s, target}, {u"id"_s}, true, u"SET NULL"_s, u"NO ACTION"_s};
        };
        source.foreignKeys = {key(u"owner"_s, u"owner_there"_s), key(u"up"_s, u"owned"_s),
                              key(u"gone"_s, u"nowhere"_s)};
        MUST(planned, m_session->planTable(source, {{}, u"owned_copy"_s}));
        GOOD(m_session->createTable(planned));
        MUST(created, m_session->describe({{}, u"owned_copy"_s}));
        QStringList targets;
        for (const ForeignKey &created : created.foreignKeys)
            targets.append(created.target.name);
        QCOMPARE(targets, (QStringList{u"owner_there"_s, u"owned_copy"_s}));
        QCOMPARE(created.foreignKeys[0].onDelete, u"SET NULL"_s);
        QVERIFY(created.foreignKeys[0].deferrable);
    }

    void plansForeignTypes_data()
    {
        QTest::addColumn<ColumnType>("type");
        QTest::addColumn<QString>("native");
        const auto type = [](CellKind kind, auto change) {
            ColumnType column;
            column.kind = kind;
            change(column);
            return column;
        };
        QTest::newRow("bigint unsigned") << type(CellKind::Integer, [](ColumnType &c) { c.isUnsigned = true; })
                                         << u"numeric(20,0)"_s;
        QTest::newRow("int unsigned") << type(CellKind::Integer, [](ColumnType &c) {
            c.isUnsigned = true;
            c.bytes = 4;
        }) << u"bigint"_s;
        QTest::newRow("mediumint") << type(CellKind::Integer, [](ColumnType &c) { c.bytes = 3; }) << u"integer"_s;
        QTest::newRow("tinyint") << type(CellKind::Integer, [](ColumnType &c) { c.bytes = 1; }) << u"smallint"_s;
        QTest::newRow("decimal") << type(CellKind::Decimal, [](ColumnType &c) {
            c.precision = 65;
            c.scale = 30;
        }) << u"numeric(65,30)"_s;
        QTest::newRow("any decimal") << type(CellKind::Decimal, [](ColumnType &) {}) << u"numeric"_s;
        QTest::newRow("sqlite integer") << type(CellKind::Integer, [](ColumnType &c) {
            c.bytes = 2;
            c.isDynamic = true;
        }) << u"bigint"_s;
        QTest::newRow("sqlite varchar") << type(CellKind::Text, [](ColumnType &c) {
            c.length = 5;
            c.isDynamic = true;
        }) << u"text"_s;
        QTest::newRow("varchar") << type(CellKind::Text, [](ColumnType &c) { c.length = 40; })
                                 << u"character varying(40)"_s;
        QTest::newRow("longtext") << type(CellKind::Text, [](ColumnType &c) { c.length = 4294967295; }) << u"text"_s;
        QTest::newRow("datetime") << type(CellKind::Timestamp, [](ColumnType &c) { c.fraction = 0; })
                                  << u"timestamp(0) without time zone"_s;
        QTest::newRow("set") << type(CellKind::Exact, [](ColumnType &c) { c.native = u"bit(8)"_s; }) << u"text"_s;
        QTest::newRow("blob") << type(CellKind::Blob, [](ColumnType &) {}) << u"bytea"_s;
        QTest::newRow("json") << type(CellKind::Json, [](ColumnType &) {}) << u"jsonb"_s;
    }
    void plansForeignTypes()
    {
        QFETCH(ColumnType, type);
        QFETCH(QString, native);
        TableSchema source;
        source.columns = {Column{u"c"_s, type, true, false, Identity::None, {}, {}, false}};
        MUST(planned, m_session->planTable(source, {{}, u"x"_s}));
        QCOMPARE(planned.columns[0].type.native, native);
    }

    void keepsCheckpoints()
    {
        MUST(none, m_session->hasCheckpointTable());
        QVERIFY(!none);
        GOOD(m_session->createCheckpointTable());
        MUST(token, m_session->identityToken());
        QVERIFY(!token.isEmpty());
        Checkpoint checkpoint;
        checkpoint.key = {u"job"_s, u"a → b"_s, u"source"_s};
        checkpoint.watermark = QByteArray("\0\1mark", 6);
        checkpoint.epoch = 7;
        GOOD(m_session->beginWrite());
        GOOD(m_session->saveCheckpoint(checkpoint));
        GOOD(m_session->commit());
        GOOD(m_session->beginWrite());
        MUST(loaded, m_session->loadCheckpoint(checkpoint.key, true));
        QVERIFY(loaded == checkpoint);
        GOOD(m_session->rollback());
        GOOD(m_session->removeCheckpoints(u"job"_s));
        MUST(gone, m_session->hasCheckpointTable());
        QVERIFY(!gone);
    }

private:
    std::unique_ptr<PostgresFixture> m_fixture;
    std::unique_ptr<SqlSession> m_session;
};

QTEST_GUILESS_MAIN(TestPostgresSchema)
#include "tst_postgresschema.moc"
