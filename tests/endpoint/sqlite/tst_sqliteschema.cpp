// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/sql/sqlite/sqlitetokens.h"
#include "core/endpoint/sql/sqlite/sqlitetypes.h"
#include "tests/endpoint/sqlite/sqlitefixture.h"

using namespace tidemark;
using namespace tidemark::test;

class TestSqliteSchema : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void triggerTimings_data();
    void triggerTimings();
    void tablesAreBaseTablesAlone();
    void readsColumns();
    void readsKeys();
    void readsIndexes();
    void readsForeignKeys();
    void readsTriggers();
    void readsCollations();
    void utf16HasNoByteOrder();
    void hostileNames_data();
    void hostileNames();
    void noSuchTable();
    void tokenFollowsTheTableAlone();
    void estimates();
    void wideTable();
    void validatesWhere_data();
    void validatesWhere();

private:
    std::unique_ptr<SqlSession> with(const QString &sql, bool writable = true)
    {
        Stranger(m_file).exec(sql);
        return openSession(m_file, writable);
    }
    TableSchema describe(const QString &sql, const QString &table = u"t"_s)
    {
        const auto described = with(sql)->describe({{}, table});
        return described ? *described : TableSchema();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_file;
};

void TestSqliteSchema::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_file = m_folder->filePath(u"schema.db"_s);
}

void TestSqliteSchema::triggerTimings_data()
{
    QTest::addColumn<QString>("sql");
    QTest::addColumn<QString>("timing");
    const QString tail = u" ON t BEGIN SELECT 1; END"_s;
    QTest::newRow("after") << u"CREATE TRIGGER x AFTER INSERT"_s + tail << u"AFTER INSERT"_s;
    QTest::newRow("before") << u"create trigger if not exists x before update of a"_s + tail << u"BEFORE UPDATE"_s;
    QTest::newRow("default") << u"CREATE TRIGGER x DELETE"_s + tail << u"BEFORE DELETE"_s;
    QTest::newRow("hostile name") << u"CREATE TRIGGER \"AFTER UPDATE\" BEFORE INSERT"_s + tail << u"BEFORE INSERT"_s;
    QTest::newRow("comment") << u"CREATE TRIGGER x /* AFTER */ -- AFTER\n BEFORE INSERT"_s + tail << u"BEFORE INSERT"_s;
}

void TestSqliteSchema::triggerTimings()
{
    QFETCH(QString, sql);
    QFETCH(QString, timing);
    QCOMPARE(triggerTiming(sql), timing);
}

void TestSqliteSchema::tablesAreBaseTablesAlone()
{
    const auto session = with(u"CREATE TABLE b (x); CREATE TABLE a (x); CREATE VIEW v AS SELECT 1;"
                              "CREATE TABLE tidemark_checkpoint (x); CREATE TABLE Tidemark_Other (x);"
                              "CREATE TABLE s (i INTEGER PRIMARY KEY AUTOINCREMENT);"
                              "CREATE VIRTUAL TABLE docs USING fts5(body); CREATE TABLE docs_archive (x);"
                              "CREATE VIRTUAL TABLE boxes USING rtree(id, x0, x1); ANALYZE"_s);
    QStringList names;
    const auto tables = session->tables();
    for (const TableName &name : *tables)
        names += name.display();
    QCOMPARE(names, (QStringList{u"a"_s, u"b"_s, u"docs_archive"_s, u"s"_s}));
}

void TestSqliteSchema::readsColumns()
{
    const TableSchema table =
        describe(u"CREATE TABLE t (id INTEGER PRIMARY KEY, n NVARCHAR(160) NOT NULL DEFAULT 'x''y',"
                 "total NUMERIC(10,2), twice AS (id * 2) VIRTUAL, thrice INT AS (id * 3) STORED)"_s);
    QCOMPARE(table.columns.size(), 5);
    QCOMPARE(table.columns[0].identity, Identity::ByDefault);
    QVERIFY(!table.columns[0].nullable && table.columns[0].type.byteOrder && !table.columns[0].type.isDynamic);
    QVERIFY(!table.columns[1].nullable);
    QCOMPARE(table.columns[1].defaultSql, u"'x''y'"_s);
    QCOMPARE(table.columns[1].type.native, u"NVARCHAR(160)"_s);
    QVERIFY(table.columns[2].nullable && !table.columns[2].generated);
    QVERIFY(table.columns[3].generated && table.columns[4].generated);
    QCOMPARE(table.primaryKey, QStringList{u"id"_s});
    const TableSchema strict = describe(u"CREATE TABLE s (a INT, b ANY) STRICT"_s, u"s"_s);
    QVERIFY(!strict.columns[0].type.isDynamic);
    QVERIFY(strict.columns[1].type.isDynamic);
}

void TestSqliteSchema::readsKeys()
{
    const TableSchema composite = describe(u"CREATE TABLE t (a TEXT, b INT, c, PRIMARY KEY (b, a))"_s);
    QCOMPARE(composite.primaryKey, (QStringList{u"b"_s, u"a"_s}));
    QVERIFY(composite.columns[0].nullable); // SQLite lets NULL into such keys
    QVERIFY(composite.indexes.isEmpty());
    const TableSchema text = describe(u"CREATE TABLE x (a TEXT PRIMARY KEY)"_s, u"x"_s);
    QCOMPARE(text.columns[0].identity, Identity::None);
    const TableSchema without = describe(u"CREATE TABLE w (a INTEGER PRIMARY KEY) WITHOUT ROWID"_s, u"w"_s);
    QCOMPARE(without.columns[0].identity, Identity::None);
    QVERIFY(!without.columns[0].nullable);
    const TableSchema descending = describe(u"CREATE TABLE d (a INTEGER PRIMARY KEY DESC)"_s, u"d"_s);
    QCOMPARE(descending.columns[0].identity, Identity::None); // an old oddity: no alias of the row's number
    QVERIFY(describe(u"CREATE TABLE n (a)"_s, u"n"_s).primaryKey.isEmpty());
}

void TestSqliteSchema::readsIndexes()
{
    const TableSchema table = describe(u"CREATE TABLE t (a TEXT UNIQUE, b INT, c INT);"
                                       "CREATE UNIQUE INDEX two ON t (c, b); CREATE INDEX part ON t (b) WHERE b > 0;"
                                       "CREATE UNIQUE INDEX expression ON t (lower(a))"_s);
    QMap<QString, Index> indexes;
    for (const Index &index : table.indexes)
        indexes.insert(index.name, index);
    QCOMPARE(indexes.size(), 4);
    QCOMPARE(indexes[u"two"_s], (Index{u"two"_s, {u"c"_s, u"b"_s}, true, false}));
    QCOMPARE(indexes[u"part"_s], (Index{u"part"_s, {u"b"_s}, false, true}));
    QCOMPARE(indexes[u"expression"_s], (Index{u"expression"_s, {}, true, false}));
    QCOMPARE(indexes[u"sqlite_autoindex_t_1"_s].columns, QStringList{u"a"_s});
}

void TestSqliteSchema::readsForeignKeys()
{
    const TableSchema table = describe(u"CREATE TABLE p (x INT, y INT, PRIMARY KEY (x, y));"
                                       "CREATE TABLE t (a INT, b INT, c INT REFERENCES t (a) ON DELETE CASCADE,"
                                       "FOREIGN KEY (a, b) REFERENCES p ON UPDATE SET NULL)"_s);
    QCOMPARE(table.foreignKeys.size(), 2);
    const bool first = table.foreignKeys[0].columns.size() == 2;
    const ForeignKey &pair = table.foreignKeys[first ? 0 : 1];
    const ForeignKey &self = table.foreignKeys[first ? 1 : 0];
    QCOMPARE(pair.columns, (QStringList{u"a"_s, u"b"_s}));
    QCOMPARE(pair.targetColumns, (QStringList{u"x"_s, u"y"_s})); // the parent's primary key, which is not named
    QCOMPARE(pair.onUpdate, u"SET NULL"_s);
    QCOMPARE(self.target.name, u"t"_s);
    QCOMPARE(self.onDelete, u"CASCADE"_s);
}

void TestSqliteSchema::readsTriggers()
{
    const TableSchema table = describe(u"CREATE TABLE t (a); CREATE TABLE other (a);"
                                       "CREATE TRIGGER log AFTER DELETE ON T BEGIN SELECT 1; END;"
                                       "CREATE TRIGGER elsewhere AFTER DELETE ON other BEGIN SELECT 1; END"_s);
    QCOMPARE(table.triggers.size(), 1);
    QCOMPARE(table.triggers[0].name, u"log"_s);
    QCOMPARE(table.triggers[0].timing, u"AFTER DELETE"_s);
}

void TestSqliteSchema::readsCollations()
{
    const TableSchema table =
        describe(u"CREATE TABLE t (a TEXT PRIMARY KEY COLLATE NOCASE, b TEXT COLLATE RTRIM, c TEXT, d STRING)"_s);
    QVERIFY(table.columns[0].type.caseInsensitive && !table.columns[0].type.byteOrder);
    QVERIFY(table.columns[1].type.padSpace && !table.columns[1].type.byteOrder);
    QVERIFY(table.columns[2].type.byteOrder && table.columns[2].type.collation.isEmpty());
    QVERIFY(!table.columns[3].type.byteOrder); // numbers sort before texts there
}

void TestSqliteSchema::utf16HasNoByteOrder()
{
    const TableSchema table =
        describe(u"PRAGMA encoding = 'UTF-16le'; CREATE TABLE t (a TEXT PRIMARY KEY, b INTEGER)"_s);
    QVERIFY(!table.columns[0].type.byteOrder);
    QVERIFY(table.columns[1].type.byteOrder);
}

void TestSqliteSchema::hostileNames_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("quote") << u"a\"b"_s;
    QTest::newRow("single quote") << u"it's"_s;
    QTest::newRow("semicolon") << u"x\"; DROP TABLE x; --"_s;
    QTest::newRow("newline") << u"two\nlines"_s;
    QTest::newRow("right to left") << u"שלום عالم"_s;
    QTest::newRow("emoji") << u"🐘 & 🐬"_s;
    QTest::newRow("dot") << u"main.t"_s;
    QTest::newRow("bracket") << u"[a]`b`"_s;
    QTest::newRow("keyword") << u"select"_s;
    QTest::newRow("blank") << u" "_s;
    QTest::newRow("pattern") << u"%_\\"_s;
}

void TestSqliteSchema::hostileNames()
{
    QFETCH(QString, name);
    const auto session = with(u""_s);
    TableSchema planned;
    planned.name.name = name;
    planned.primaryKey = {name};
    Column key;
    key.name = name;
    key.type = typeFromDeclaration(u"TEXT"_s);
    key.nullable = false;
    Column other = key;
    other.name = name + name;
    planned.columns = {key, other};
    planned.foreignKeys = {{QString(), {other.name}, planned.name, {key.name}, true, u"CASCADE"_s, {}}};
    const auto created = session->createTable(planned);
    QVERIFY2(created, created ? "" : qPrintable(created.error().detail));
    QCOMPARE(session->tables()->first().name, name);
    const auto table = session->describe({{}, name});
    QVERIFY(table);
    QCOMPARE(table->primaryKey, QStringList{name});
    QCOMPARE(table->foreignKeys.first().columns, QStringList{other.name});
    const TableMapping mapping = mapped(*table, *table);
    auto rows = readAll(*session, readSource(mapping));
    QVERIFY(rows);
    QVERIFY(session->execute(u"INSERT INTO %1 VALUES ('k', 'k')"_s.arg(session->dialect().table({{}, name}))));
    rows = readAll(*session, readSource(mapping));
    QVERIFY(rows);
    QCOMPARE(rowTexts(*rows), QStringList{u"k|k"_s});
    QCOMPARE(*session->estimateRows({{}, name}), 1);
    QVERIFY(session->schemaToken({{}, name}));
}

void TestSqliteSchema::noSuchTable()
{
    const auto session = with(u"CREATE VIEW v AS SELECT 1; CREATE TABLE Here (a)"_s);
    for (const auto &name : {u"absent"_s, u"v"_s, u"sqlite_schema"_s}) {
        const auto table = session->describe({{}, name});
        QVERIFY(!table);
        QCOMPARE(table.error().code, ErrorCode::NoSuchTable);
        QCOMPARE(table.error().facts.value(Fact::Table), name);
        QCOMPARE(session->schemaToken({{}, name}).has_value(), name == "v"_L1);
    }
    QCOMPARE(session->describe({u"other"_s, u"Here"_s}).error().code, ErrorCode::NoSuchTable);
    QCOMPARE(session->describe({{}, u"HERE"_s})->name.name, u"Here"_s);
}

void TestSqliteSchema::tokenFollowsTheTableAlone()
{
    const auto session = with(u"CREATE TABLE t (a); CREATE TABLE u (a)"_s);
    const TableName t{{}, u"t"_s};
    const QByteArray before = *session->schemaToken(t);
    QVERIFY(session->execute(u"ALTER TABLE u ADD COLUMN b"_s));
    QVERIFY(session->createCheckpointTable());
    QCOMPARE(*session->schemaToken(t), before);
    for (const auto &change : {u"ALTER TABLE t ADD COLUMN b"_s, u"CREATE UNIQUE INDEX i ON t (a)"_s,
                               u"CREATE TRIGGER x AFTER INSERT ON t BEGIN SELECT 1; END"_s, u"DROP INDEX i"_s}) {
        const QByteArray last = *session->schemaToken(t);
        Stranger(m_file).exec(change);
        QVERIFY2(*session->schemaToken(t) != last, qPrintable(change));
    }
}

void TestSqliteSchema::estimates()
{
    const auto session =
        with(u"CREATE TABLE t (a INTEGER PRIMARY KEY); CREATE TABLE w (a TEXT PRIMARY KEY) WITHOUT ROWID;"
             "INSERT INTO w VALUES ('x')"_s);
    const TableName t{{}, u"t"_s};
    QCOMPARE(*session->estimateRows(t), 0);
    QVERIFY(session->execute(u"INSERT INTO t VALUES (10), (12)"_s));
    QCOMPARE(*session->estimateRows(t), 3);
    QCOMPARE(*session->estimateRows({{}, u"w"_s}), -1);
    QVERIFY(session->execute(u"ANALYZE"_s));
    QCOMPARE(*session->estimateRows({{}, u"w"_s}), 1);
    QCOMPARE(session->estimateRows({{}, u"x"_s}).error().code, ErrorCode::NoSuchTable);
}

void TestSqliteSchema::wideTable()
{
    QStringList columns{u"id INTEGER PRIMARY KEY"_s};
    QStringList values{u"1"_s};
    for (int i = 1; i < 1000; ++i) {
        columns += u"c%1 INT"_s.arg(i);
        values += QString::number(i);
    }
    const auto session =
        with(u"CREATE TABLE t (%1); INSERT INTO t VALUES (%2); CREATE TABLE u AS SELECT * FROM t WHERE 0"_s.arg(
            columns.join(u','), values.join(u',')));
    const auto table = session->describe({{}, u"t"_s});
    QCOMPARE(table->columns.size(), 1000);
    const TableMapping mapping = mapped(*table, *table);
    auto rows = readAll(*session, readSource(mapping));
    QVERIFY(rows);
    QCOMPARE(rowTexts(*rows).first(), values.join(u'|'));
    QVERIFY(session->beginWrite());
    auto writer = session->writer(writeTarget(mapping));
    const std::vector<int> all = everyRow(*rows);
    QVERIFY((*writer)->remove({&*rows, all}));
    QVERIFY((*writer)->insert({&*rows, all}));
    QVERIFY((*writer)->update({&*rows, all}));
    writer->reset();
    QVERIFY(session->commit());
    QCOMPARE(rowTexts(*readAll(*session, readSource(mapping))).first(), values.join(u'|'));
}

void TestSqliteSchema::validatesWhere_data()
{
    QTest::addColumn<QString>("where");
    QTest::addColumn<bool>("valid");
    const auto row = [](const char *where, bool valid) { QTest::newRow(where) << QString::fromLatin1(where) << valid; };
    row("", true);
    row("a > 5", true);
    row("a > 5 OR b = 'x)'", true);
    row("a IN (SELECT a FROM t)", true);
    row("a = 1 -- note", true);
    row("a = 1 /* note ) */", true);
    row("\"a\" = 1 AND [b] = 'it''s'", true);
    row("a > ", false);
    row("nosuch = 1", false);
    row("a = 1; DELETE FROM t", false);
    row("a = 1) OR (1", false);
    row("1) UNION SELECT (1", false);
    row("1) --", false);
    row("1 /*", false);
    row("a = ?1", false);
    row("a = :x", false);
    row("\"nosuch\" = 'x'", false);
    row("DELETE FROM t", false);
}

void TestSqliteSchema::validatesWhere()
{
    QFETCH(QString, where);
    QFETCH(bool, valid);
    const auto session = with(u"CREATE TABLE t (a, b)"_s, false);
    const auto validated = session->validateWhere({{}, u"t"_s}, where);
    QCOMPARE(validated.has_value(), valid);
    if (!valid) {
        QCOMPARE(validated.error().code, ErrorCode::WhereInvalid);
        QCOMPARE(validated.error().facts.value(Fact::Sql), where);
        QCOMPARE(validated.error().facts.value(Fact::Table), u"t"_s);
    }
}

QTEST_APPLESS_MAIN(TestSqliteSchema)
#include "tst_sqliteschema.moc"
