// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/endpoint/mysql/mysqlfixture.h"

using namespace Qt::StringLiterals;
using namespace tidemark;
using namespace tidemark::test;

class TestMysqlSchema : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (!hasMysql())
            QSKIP("TIDEMARK_TEST_MYSQL is not set");
    }
    void types_data();
    void types();
    void tablesAreBaseTables();
    void describesTheWhole();
    void noSuchTable();
    void indexesThatAreNoKeys();
    void engines();
    void tokenFollowsTheSchema();
    void whereIsValidated();
    void commitBound();
    void commitBoundWithoutProcess();
    void snapshotIsConsistent();
    void cursorIsExact_data();
    void cursorIsExact();
    void checkpoint();
    void plansTables();
    void plannedTableTakesEqualLookingKeys();
};

void TestMysqlSchema::types_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<int>("kind");
    QTest::addColumn<bool>("byteOrder");

    const auto row = [](const QString &type, CellKind kind, bool byteOrder) {
        QTest::newRow(qPrintable(type)) << type << static_cast<int>(kind) << byteOrder;
    };
    row(u"tinyint(1)"_s, CellKind::Integer, true);
    row(u"mediumint(8) unsigned zerofill"_s, CellKind::Integer, true);
    row(u"bigint(20) unsigned"_s, CellKind::Integer, true);
    row(u"decimal(65,30)"_s, CellKind::Decimal, false);
    row(u"float"_s, CellKind::Float, true);
    row(u"double"_s, CellKind::Float, true);
    row(u"bit(1)"_s, CellKind::Boolean, true);
    row(u"bit(64)"_s, CellKind::Exact, false);
    row(u"year(4)"_s, CellKind::Exact, false);
    row(u"enum('it''s','B,c')"_s, CellKind::Exact, false);
    row(u"set('a','b')"_s, CellKind::Exact, false);
    row(u"date"_s, CellKind::Date, true);
    row(u"time(3)"_s, CellKind::Time, true);
    row(u"datetime(6)"_s, CellKind::Timestamp, true);
    row(u"timestamp(6) NULL"_s, CellKind::Instant, true);
    row(u"varbinary(16)"_s, CellKind::Blob, true);
    row(u"longblob"_s, CellKind::Blob, false);
    row(u"geometry"_s, CellKind::Blob, false);
    row(u"uuid"_s, CellKind::Uuid, false);
    row(u"inet6"_s, CellKind::Exact, false);
    row(u"json"_s, CellKind::Json, false);
    row(u"varchar(10) COLLATE utf8mb4_nopad_bin"_s, CellKind::Text, true);
    row(u"varchar(10) COLLATE utf8mb4_bin"_s, CellKind::Text, false);
    row(u"varchar(10) COLLATE utf8mb4_general_ci"_s, CellKind::Text, false);
    row(u"varchar(10) CHARACTER SET latin1 COLLATE latin1_nopad_bin"_s, CellKind::Text, false);
    row(u"varchar(10) COLLATE uca1400_ai_ci"_s, CellKind::Text, false);
}

void TestMysqlSchema::types()
{
    QFETCH(QString, type);
    QFETCH(int, kind);
    QFETCH(bool, byteOrder);
    MysqlDatabase database;
    if (type.contains("uca1400"_L1)
        && database.value(u"SELECT COUNT(*) FROM information_schema.COLLATIONS WHERE COLLATION_NAME LIKE "
                          "'%uca1400_ai_ci'"_s)
            == "0")
        QSKIP("this server knows no uca1400");
    database.run(u"CREATE TABLE k (v "_s + type + u')');
    const auto schema = database.open()->get()->describe({{}, u"k"_s});
    VERIFY_OK(schema);
    const ColumnType &found = schema->columns[0].type;
    QCOMPARE(cellKindName(found.kind), cellKindName(static_cast<CellKind>(kind)));
    QCOMPARE(found.byteOrder, byteOrder);
    if (found.kind != CellKind::Json && found.kind != CellKind::Text)
        QCOMPARE(found.native, QString(type).remove(" NULL"_L1));
}

void TestMysqlSchema::tablesAreBaseTables()
{
    MysqlDatabase database;
    database.run(u"CREATE TABLE `b c` (id INT)"_s);
    database.run(u"CREATE TABLE A (id INT)"_s);
    database.run(u"CREATE TABLE tidemark_checkpoint (id INT)"_s);
    database.run(u"CREATE VIEW v AS SELECT * FROM A"_s);
    database.run(u"CREATE SEQUENCE s"_s);
    const auto tables = database.open()->get()->tables();
    VERIFY_OK(tables);
    QCOMPARE(*tables, (QList<TableName>{{{}, u"A"_s}, {{}, u"b c"_s}}));
}

void TestMysqlSchema::describesTheWhole()
{
    MysqlDatabase database;
    database.run(u"CREATE TABLE p (a INT, b VARCHAR(10), PRIMARY KEY (b, a))"_s);
    database.run(
        u"CREATE TABLE c (id INT AUTO_INCREMENT PRIMARY KEY, n VARCHAR(10) NOT NULL DEFAULT 'it''s', g INT AS (id * 2) "
        u"VIRTUAL, h "
        "INT AS (pa + 1) STORED, ts TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3), "
        "pa "
        "INT, pb "
        "VARCHAR(10), UNIQUE KEY u (n), KEY f (pb, pa), CONSTRAINT fk FOREIGN KEY (pb, pa) REFERENCES p (b, a) ON DELETE CASCADE)"_s);
    database.run(u"CREATE TRIGGER t AFTER UPDATE ON c FOR EACH ROW SET @x = 1"_s);
    const auto found = database.open()->get()->describe({{}, u"c"_s});
    VERIFY_OK(found);
    QCOMPARE(found->engine, u"InnoDB"_s);
    QVERIFY(found->transactional);
    QCOMPARE(found->primaryKey, QStringList{u"id"_s});
    QCOMPARE(found->columns[0].identity, Identity::ByDefault);
    QVERIFY(!found->columns[0].nullable);
    QCOMPARE(found->columns[1].defaultSql, u"'it''s'"_s);
    QVERIFY(found->columns[2].generated && found->columns[3].generated);
    QVERIFY(found->columns[4].changesOnUpdate);
    QCOMPARE(found->columns[4].type.fraction, 3);
    QVERIFY(!found->columns[4].generated);
    QCOMPARE(found->indexes.size(), 2);
    QCOMPARE(found->indexes[1].columns, QStringList{u"n"_s});
    QVERIFY(found->indexes[1].unique);
    QCOMPARE(found->foreignKeys.size(), 1);
    QCOMPARE(found->foreignKeys[0].columns, (QStringList{u"pb"_s, u"pa"_s}));
    QCOMPARE(found->foreignKeys[0].target, (TableName{{}, u"p"_s}));
    QCOMPARE(found->foreignKeys[0].targetColumns, (QStringList{u"b"_s, u"a"_s}));
    QCOMPARE(found->foreignKeys[0].onDelete, u"CASCADE"_s);
    QCOMPARE(found->triggers.size(), 1);
    QCOMPARE(found->triggers[0].timing, u"AFTER UPDATE"_s);
}

void TestMysqlSchema::noSuchTable()
{
    MysqlDatabase database;
    database.run(u"CREATE TABLE here (id INT)"_s);
    auto session = database.open();
    for (const QString &name : {u"there"_s, u"HERE"_s, u"x' OR '1'='1"_s}) {
        const auto found = (*session)->describe({{}, name});
        COMPARE_CODE(found, ErrorCode::NoSuchTable);
        QCOMPARE(found.error().facts.value(Fact::Table), name);
        COMPARE_CODE((*session)->schemaToken({{}, name}), ErrorCode::NoSuchTable);
    }
}

void TestMysqlSchema::indexesThatAreNoKeys()
{
    MysqlDatabase database;
    database.run(u"CREATE TABLE k (a VARCHAR(100) NOT NULL, b INT, UNIQUE KEY prefix (a(10)))"_s);
    const auto found = database.open()->get()->describe({{}, u"k"_s});
    VERIFY_OK(found);
    QCOMPARE(found->indexes[0].columns, QStringList());
    QVERIFY(found->indexes[0].partial);
}

void TestMysqlSchema::engines()
{
    MysqlDatabase database;
    database.run(u"CREATE TABLE m (id INT PRIMARY KEY) ENGINE=MyISAM"_s);
    database.run(u"CREATE TABLE a (id INT PRIMARY KEY) ENGINE=Aria"_s);
    auto session = database.open();
    QVERIFY(!(*session)->describe({{}, u"m"_s})->transactional);
    QVERIFY(!(*session)->describe({{}, u"a"_s})->transactional);
}

void TestMysqlSchema::tokenFollowsTheSchema()
{
    MysqlDatabase database;
    database.run(u"CREATE TABLE k (id INT AUTO_INCREMENT PRIMARY KEY, v INT)"_s);
    auto session = database.open();
    const TableName name{{}, u"k"_s};
    auto token = (*session)->schemaToken(name);
    VERIFY_OK(token);
    database.run(u"INSERT INTO k (v) VALUES (1), (2), (3)"_s);
    QCOMPARE(*(*session)->schemaToken(name), *token);
    for (const QString &change :
         {u"ALTER TABLE k ADD COLUMN w INT"_s, u"ALTER TABLE k MODIFY v BIGINT"_s, u"CREATE INDEX i ON k (v)"_s,
          u"CREATE TRIGGER t BEFORE DELETE ON k FOR EACH ROW SET @x = 1"_s, u"ALTER TABLE k DROP COLUMN w"_s}) {
        database.run(change);
        const auto changed = (*session)->schemaToken(name);
        VERIFY_OK(changed);
        QVERIFY2(*changed != *token, qPrintable(change));
        token = changed;
    }
}

void TestMysqlSchema::whereIsValidated()
{
    MysqlDatabase database;
    database.run(u"CREATE TABLE k (id INT PRIMARY KEY, v VARCHAR(10))"_s);
    auto session = database.open();
    const TableName name{{}, u"k"_s};
    for (const QString &good : {u"id > 3"_s, u"v <> 'a?b' -- note"_s, u"id IN (SELECT id FROM k)"_s, u"1=1 # x"_s})
        VERIFY_OK((*session)->validateWhere(name, good));
    for (const QString &bad :
         {u"id >"_s, u"nowhere = 1"_s, u"1); DROP TABLE k; --"_s, u"id = ?"_s, u"id = 1) OR (1 = 1"_s, QString()}) {
        const auto checked = (*session)->validateWhere(name, bad);
        COMPARE_CODE(checked, ErrorCode::WhereInvalid);
        QCOMPARE(checked.error().facts.value(Fact::Sql), bad);
    }
    QCOMPARE((*session)->tables()->size(), 1);
    // and it filters, a comment at its end notwithstanding
    database.run(u"INSERT INTO k VALUES (1, 'a'), (2, 'b')"_s);
    TableRequest request(*(*session)->describe(name));
    request.read.where = u"v = 'b' OR id = 7 -- all"_s;
    RowBatch rows;
    VERIFY_OK(readAll(**session, request.read, rows));
    QCOMPARE(rows.rowCount(), 1);
}

void TestMysqlSchema::commitBound()
{
    MysqlDatabase database;
    database.run(u"CREATE TABLE k (id INT PRIMARY KEY)"_s);
    auto session =
        openMysql(mysqlSettings("TIDEMARK_TEST_MYSQL_ADMIN"), mysqlSecret("TIDEMARK_TEST_ADMIN_PASSWORD"), {});
    VERIFY_OK(session);
    auto writer = database.open();
    const auto look = [&] { database.value(u"SELECT COUNT(*) FROM information_schema.innodb_trx"_s); };
    const auto serverNow = [&] {
        return database.value(u"SELECT CAST(UNIX_TIMESTAMP(NOW(6)) * 1000000 AS SIGNED)"_s).toLongLong();
    };
    look();
    VERIFY_OK((*writer)->beginWrite());
    VERIFY_OK((*writer)->execute(u"INSERT INTO k VALUES (1)"_s));
    const qint64 started = serverNow();
    // Who keeps looking at innodb_trx keeps it from being taken anew: it shows the past for as long.
    while (serverNow() < started + 600'000)
        look();
    const auto bound = (*session)->commitBound();
    VERIFY_OK(bound);
    QVERIFY(bound->known);
    QVERIFY2(bound->boundUs <= started, "a transaction that is still open can write below the bound");
    QVERIFY(bound->serverNowUs > started);
    QVERIFY(bound->boundUs > started - 60'000'000); // other tests' transactions may be open too
    VERIFY_OK((*writer)->rollback());
    VERIFY_OK((*session)->beginRead({})); // nothing of its own is left open
    VERIFY_OK((*session)->rollback());
}

void TestMysqlSchema::commitBoundWithoutProcess()
{
    MysqlDatabase database;
    database.run(u"CREATE USER my_plain IDENTIFIED BY 'x'"_s);
    ConnectionSettings settings = database.settings();
    settings.user = u"my_plain"_s;
    database.run(u"GRANT ALL ON %1.* TO my_plain"_s.arg(database.name()));
    {
        auto session = openMysql(settings, Secret("x"), {});
        if (session) {
            const auto bound = (*session)->commitBound();
            if (bound) {
                QVERIFY(!bound->known);
                QCOMPARE(bound->boundUs, bound->serverNowUs);
            }
        }
        database.run(u"DROP USER my_plain"_s);
        VERIFY_OK(session);
    }
}

void TestMysqlSchema::snapshotIsConsistent()
{
    MysqlDatabase database;
    database.run(u"CREATE TABLE k (id INT PRIMARY KEY)"_s);
    database.run(u"INSERT INTO k VALUES (1)"_s);
    auto session = database.open(false);
    const TableRequest request(*(*session)->describe({{}, u"k"_s}));
    VERIFY_OK((*session)->beginRead({}));
    database.run(u"INSERT INTO k VALUES (2)"_s);
    RowBatch rows;
    VERIFY_OK(readAll(**session, request.read, rows));
    QCOMPARE(rows.rowCount(), 1);
    VERIFY_OK((*session)->commit());
    VERIFY_OK(readAll(**session, request.read, rows));
    QCOMPARE(rows.rowCount(), 2);
    COMPARE_CODE((*session)->beginRead("x"), ErrorCode::NotAvailable);
}

void TestMysqlSchema::cursorIsExact_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<QString>("values"); // ascending
    QTest::addColumn<QString>("texts");

    QTest::newRow("timestamp") << u"TIMESTAMP(6) NULL"_s
                               << u"'2024-01-01 00:00:00.000001'|'2024-01-01 00:00:00.000002'"_s
                               << u"2024-01-01 00:00:00.000001|2024-01-01 00:00:00.000002"_s;
    QTest::newRow("datetime") << u"DATETIME"_s << u"'0001-01-01'|'2024-01-01 00:00:01'"_s
                              << u"0001-01-01 00:00:00|2024-01-01 00:00:01"_s;
    QTest::newRow("bigint") << u"BIGINT"_s << u"-5|9007199254740993|9007199254740994"_s
                            << u"-5|9007199254740993|9007199254740994"_s;
    QTest::newRow("unsigned") << u"BIGINT UNSIGNED"_s << u"1|18446744073709551614|18446744073709551615"_s
                              << u"1|18446744073709551614|18446744073709551615"_s;
    QTest::newRow("decimal") << u"DECIMAL(40,10)"_s
                             << u"12345678901234567890.0000000001|12345678901234567890.0000000002"_s
                             << u"12345678901234567890.0000000001|12345678901234567890.0000000002"_s;
    QTest::newRow("double") << u"DOUBLE"_s << u"0.1|0.30000000000000004"_s << u"0.1|0.30000000000000004"_s;
    QTest::newRow("date") << u"DATE"_s << u"'2023-12-31'|'2024-01-01'"_s << u"2023-12-31|2024-01-01"_s;
    QTest::newRow("text") << u"VARCHAR(10)"_s << u"'A'|'a'"_s << u"A|a"_s;
    QTest::newRow("bytes") << u"VARBINARY(10)"_s << u"'A'|'a'"_s << u"A|a"_s;
}

void TestMysqlSchema::cursorIsExact()
{
    QFETCH(QString, type);
    QFETCH(QString, values);
    QFETCH(QString, texts);
    MysqlDatabase database;
    database.run(u"CREATE TABLE k (id INT PRIMARY KEY, v "_s + type + ", KEY (v))"_L1);
    int id = 100;
    for (const QString &value : values.split(u'|'))
        database.run(u"INSERT INTO k VALUES (%1, "_s.arg(id--) + value + u')');
    database.run(u"INSERT INTO k VALUES (1, NULL)"_s);
    auto session = database.open(false);
    TableRequest request(*(*session)->describe({{}, u"k"_s}));
    auto layout = std::make_shared<RowLayout>(*request.read.layout);
    layout->cells[1] = CellType{};
    layout->cells[1].kind = CellKind::Exact;
    request.read.layout = layout;
    request.read.cursorCell = 1;
    request.read.order = ReadRequest::Order::Cursor;
    const QStringList expected = texts.split(u'|');
    RowBatch rows;
    VERIFY_OK(readAll(**session, request.read, rows));
    QCOMPARE(rows.rowCount(), static_cast<int>(expected.size()));
    for (int row = 0; row < rows.rowCount(); ++row)
        QCOMPARE(QString::fromStdString(std::string(rows.value(row, 1).bytes)), expected[row]);
    for (int from = 0; from < expected.size(); ++from) { // each is where the next read begins, itself included
        request.read.cursorFrom = expected[from].toUtf8();
        RowBatch later;
        VERIFY_OK(readAll(**session, request.read, later));
        QCOMPARE(later.rowCount(), static_cast<int>(expected.size()) - from);
    }
    request.read.order = ReadRequest::Order::CursorDescending;
    request.read.cursorFrom.reset();
    VERIFY_OK(readAll(**session, request.read, rows));
    QCOMPARE(QString::fromStdString(std::string(rows.value(0, 1).bytes)), expected.last());
}

void TestMysqlSchema::checkpoint()
{
    MysqlDatabase database;
    auto session = database.open();
    QCOMPARE((*session)->hasCheckpointTable().value(), false);
    VERIFY_OK((*session)->createCheckpointTable());
    QCOMPARE((*session)->hasCheckpointTable().value(), true);
    QVERIFY(!(*session)->identityToken()->isEmpty());
    Checkpoint checkpoint;
    checkpoint.key = {u"6f1c0e0a-0000-0000-0000-000000000001"_s, u"täble → ターブル"_s, u"source"_s};
    checkpoint.watermark = QByteArray("\0\xff'\\", 4);
    checkpoint.epoch = 9'000'000'000;
    VERIFY_OK((*session)->beginWrite());
    VERIFY_OK((*session)->saveCheckpoint(checkpoint));
    VERIFY_OK((*session)->commit());
    VERIFY_OK((*session)->beginWrite());
    const auto loaded = (*session)->loadCheckpoint(checkpoint.key, true);
    VERIFY_OK((*session)->commit());
    VERIFY_OK(loaded);
    QCOMPARE(loaded->value(), checkpoint);
    VERIFY_OK((*session)->removeCheckpoints(checkpoint.key.jobId));
    QCOMPARE((*session)->hasCheckpointTable().value(), false);
}

void TestMysqlSchema::plansTables()
{
    TableSchema source; // as another engine might have it
    source.name = {{}, u"source"_s};
    const auto add = [&](const char *name, CellKind kind, bool nullable = true) -> ColumnType & {
        Column column;
        column.name = QString::fromLatin1(name);
        column.type.kind = kind;
        column.nullable = nullable;
        source.columns.append(column);
        return source.columns.last().type;
    };
    add("id", CellKind::Integer, false);
    source.columns[0].identity = Identity::Always;
    add("key`text", CellKind::Text, false);
    add("flag", CellKind::Boolean);
    add("big", CellKind::Integer).isUnsigned = true;
    ColumnType &money = add("money", CellKind::Decimal);
    money.precision = 12;
    money.scale = 2;
    add("free", CellKind::Decimal);
    ColumnType &negative = add("negative", CellKind::Decimal);
    negative.precision = 5;
    negative.scale = -2;
    add("real", CellKind::Float).bytes = 4;
    add("short", CellKind::Text).length = 40;
    add("long", CellKind::Text);
    add("blob", CellKind::Blob);
    add("day", CellKind::Date);
    add("time", CellKind::Time);
    add("wall", CellKind::Timestamp).fraction = 3;
    add("instant", CellKind::Instant, false);
    add("maybe", CellKind::Instant);
    add("uuid", CellKind::Uuid);
    add("json", CellKind::Json);
    add("exact", CellKind::Exact);
    for (int i = 0; i < 60; ++i)
        add(qPrintable(u"wide%1"_s.arg(i)), CellKind::Text).length = 1000;
    source.primaryKey = {u"id"_s, u"key`text"_s};

    MysqlDatabase database;
    auto session = database.open();
    const auto planned = (*session)->planTable(source, {{}, u"made"_s});
    VERIFY_OK(planned);
    VERIFY_OK((*session)->createTable(*planned));
    const auto found = (*session)->describe({{}, u"made"_s});
    VERIFY_OK(found);
    QCOMPARE(found->primaryKey, source.primaryKey);
    QCOMPARE(found->columns.size(), source.columns.size());
    for (qsizetype i = 0; i < found->columns.size(); ++i) {
        const Column &made = found->columns[i];
        const Column &meant = planned->columns[i];
        QCOMPARE(made.name, source.columns[i].name);
        QCOMPARE(made.nullable, source.columns[i].nullable);
        QVERIFY(!made.changesOnUpdate);
        QVERIFY2(made.type.kind == meant.type.kind && made.type.byteOrder == meant.type.byteOrder
                     && made.type.fraction == meant.type.fraction && made.type.precision == meant.type.precision
                     && made.type.scale == meant.type.scale && made.type.isUnsigned == meant.type.isUnsigned
                     && made.type.bytes == meant.type.bytes && made.type.caseInsensitive == meant.type.caseInsensitive
                     && made.type.padSpace == meant.type.padSpace,
                 qPrintable(made.name + u": "_s + made.type.native + u" / "_s + meant.type.native));
    }
    QCOMPARE(found->columns[0].identity, Identity::ByDefault);
    QVERIFY(found->columns[1].type.byteOrder);
    QCOMPARE(found->columns[6].type.native, u"decimal(7,0)"_s);

    // A source of the same family keeps its own types.
    database.run(u"CREATE TABLE own (id MEDIUMINT UNSIGNED PRIMARY KEY, e ENUM('x','Y') , b BIT(7), y YEAR, p POINT, s "
                 u"SET('a'), v "
                 "VARCHAR(9) CHARACTER SET latin1, j JSON, f FLOAT(7,3), i INET6)"_s);
    const auto own = (*session)->describe({{}, u"own"_s});
    VERIFY_OK(own);
    const auto same = (*session)->planTable(*own, {{}, u"own2"_s});
    VERIFY_OK(same);
    VERIFY_OK((*session)->createTable(*same));
    const auto again = (*session)->describe({{}, u"own2"_s});
    VERIFY_OK(again);
    for (qsizetype i = 0; i < own->columns.size(); ++i)
        QCOMPARE(again->columns[i].type, own->columns[i].type);
}

void TestMysqlSchema::plannedTableTakesEqualLookingKeys()
{
    TableSchema source;
    Column key;
    key.name = u"k"_s;
    key.nullable = false;
    key.type.kind = CellKind::Text;
    source.columns.append(key);
    source.primaryKey = {u"k"_s};
    MysqlDatabase database;
    auto session = database.open();
    const auto planned = (*session)->planTable(source, {{}, u"made"_s});
    VERIFY_OK(planned);
    VERIFY_OK((*session)->createTable(*planned));
    VERIFY_OK((*session)->execute(u"INSERT INTO made VALUES ('abc'), ('ABC'), ('abc '), ('äbc'), ('')"_s));
}

QTEST_GUILESS_MAIN(TestMysqlSchema)
#include "tst_mysqlschema.moc"
