// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/sql/sqlite/sqlitetokens.h"
#include "core/endpoint/sql/sqlite/sqlitetypes.h"
#include "tests/endpoint/sqlite/sqlitefixture.h"

using namespace tidemark;
using namespace tidemark::test;

class TestSqliteTypes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void declarations_data();
    void declarations();
    void affinities_data();
    void affinities();
    void strictTables_data();
    void strictTables();
    void createdTablesMapBack_data();
    void createdTablesMapBack();
    void decimalsAreKeptToTheirLastDigit();
    void createsKeysAndReferences();
    void createFailsOnAnExistingTable();

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

void TestSqliteTypes::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_file = m_folder->filePath(u"schema.db"_s);
}

void TestSqliteTypes::declarations_data()
{
    QTest::addColumn<QString>("declared");
    QTest::addColumn<QString>("expected"); // kind, then what counts for it
    const auto row = [](const char *declared, const char *expected) {
        QTest::newRow(declared) << QString::fromLatin1(declared) << QString::fromLatin1(expected);
    };
    row("INTEGER", "integer 8");
    row("int", "integer 8");
    row("BIGINT", "integer 8");
    row("UNSIGNED BIG INT", "integer 8");
    row("bigint(20)", "integer 8");
    row("SMALLINT", "integer 2");
    row("TINYINT", "integer 2");
    row("tinyint(1)", "integer 1 01");
    row("MEDIUMINT", "integer 4");
    row("UNSIGNED BLOB", "integer 8 unsigned");
    row("BOOLEAN", "boolean");
    row("bool", "boolean");
    row("NVARCHAR(160)", "text 160");
    row("VARCHAR(40)", "text 40");
    row("TEXT", "text -1");
    row("CHARACTER VARYING(12)", "text 12");
    row("NATIVE CHARACTER(70)", "text 70");
    row("CLOB", "text -1");
    row("STRING", "text -1");
    row("NUMERIC(10,2)", "decimal 10 2");
    row("NUMERIC( 10 , 2 )", "decimal 10 2");
    row("DECIMAL(5)", "decimal 5 0");
    row("DECIMAL", "decimal -1 -1");
    row("DECIMAL TEXT(30,4)", "decimal 30 4");
    row("REAL", "float 8");
    row("DOUBLE PRECISION", "float 8");
    row("FLOAT", "float 8");
    row("FLOAT4", "float 4");
    row("BLOB", "blob -1");
    row("VARBINARY(16)", "blob 16");
    row("DATE", "date");
    row("TIME", "time 6");
    row("TIME(0)", "time 0");
    row("DATETIME", "timestamp 6");
    row("TIMESTAMP", "timestamp 6");
    row("TIMESTAMP(3)", "timestamp 3");
    row("TIMESTAMP WITHOUT TIME ZONE", "timestamp 6");
    row("TIMESTAMP(3) WITH TIME ZONE", "instant 3");
    row("TIMESTAMPTZ", "instant 6");
    row("TIME WITH TIME ZONE", "exact");
    row("UUID", "uuid");
    row("JSON", "json");
    row("JSON TEXT", "json");
    row("POINT", "exact");
    row("INTERVAL", "exact");
    row("WHATEVER", "exact");
    row("", "exact");
}

void TestSqliteTypes::declarations()
{
    QFETCH(QString, declared);
    QFETCH(QString, expected);
    const ColumnType type = typeFromDeclaration(declared);
    QString found = cellKindName(type.kind);
    if (type.kind == CellKind::Integer)
        found += u" %1"_s.arg(type.bytes) + (type.isUnsigned ? u" unsigned"_s : u""_s)
            + (type.isBoolean01 ? u" 01"_s : u""_s);
    if (type.kind == CellKind::Float)
        found += u" %1"_s.arg(type.bytes);
    if (type.kind == CellKind::Decimal)
        found += u" %1 %2"_s.arg(type.precision).arg(type.scale);
    if (type.kind == CellKind::Text || type.kind == CellKind::Blob)
        found += u" %1"_s.arg(type.length);
    if (type.kind == CellKind::Time || type.kind == CellKind::Timestamp || type.kind == CellKind::Instant)
        found += u" %1"_s.arg(type.fraction);
    QCOMPARE(found, expected);
    QCOMPARE(type.isDynamic, !type.isUnsigned);
    QCOMPARE(type.native, declared);
}

void TestSqliteTypes::affinities_data()
{
    QTest::addColumn<QString>("declared");
    for (const char *declared :
         {"INTEGER",       "POINT",   "CHARINT",     "TEXT",   "VARCHAR(3)",  "CLOB",
          "BLOB",          "",        "REAL",        "FLOAT",  "DOUBLE",      "NUMERIC",
          "DATE",          "BOOLEAN", "UUID",        "JSON",   "JSON TEXT",   "DECIMAL TEXT(30,4)",
          "UNSIGNED BLOB", "STRING",  "TIMESTAMPTZ", "FLOAT4", "TIMESTAMP(3)"})
        QTest::newRow(declared) << QString::fromLatin1(declared);
}

// SQLite itself is the judge: what becomes of a text and of a number.
void TestSqliteTypes::affinities()
{
    QFETCH(QString, declared);
    Stranger db(m_file);
    QVERIFY(db.exec(u"CREATE TABLE t (a %1); INSERT INTO t VALUES ('1'), ('1.5'), (2), (2.0), (2.5)"_s.arg(declared)));
    const QStringList stored = db.rows(u"SELECT group_concat(typeof(a)) FROM t"_s);
    const auto expected = [&] {
        switch (affinityOf(declared)) {
        case Affinity::None:
            return u"text,text,integer,real,real"_s;
        case Affinity::Text:
            return u"text,text,text,text,text"_s;
        case Affinity::Real:
            return u"real,real,real,real,real"_s;
        case Affinity::Integer:
        case Affinity::Numeric:
            break;
        }
        return u"integer,real,integer,integer,real"_s;
    }();
    QCOMPARE(stored, QStringList{u"text:"_s + expected});
}

void TestSqliteTypes::strictTables_data()
{
    QTest::addColumn<QString>("sql");
    QTest::addColumn<bool>("strict");
    QTest::newRow("plain") << u"CREATE TABLE t (a INT)"_s << false;
    QTest::newRow("strict") << u"CREATE TABLE t (a INT) STRICT"_s << true;
    QTest::newRow("both options") << u"CREATE TABLE t (a INT PRIMARY KEY) WITHOUT ROWID, strict"_s << true;
    QTest::newRow("in a comment") << u"CREATE TABLE t (a INT) -- STRICT"_s << false;
    QTest::newRow("in a block comment") << u"CREATE TABLE t (a INT) /* ) STRICT */"_s << false;
    QTest::newRow("a column's name") << u"CREATE TABLE t (STRICT INT)"_s << false;
    QTest::newRow("the table's name") << u"CREATE TABLE \"t) STRICT\" (a INT)"_s << false;
    QTest::newRow("in a text") << u"CREATE TABLE t (a TEXT DEFAULT ') STRICT')"_s << false;
}

void TestSqliteTypes::strictTables()
{
    QFETCH(QString, sql);
    QFETCH(bool, strict);
    Stranger db(m_file);
    QVERIFY(db.exec(sql));
    const QStringList kept = db.rows(u"SELECT sql FROM sqlite_schema"_s);
    QCOMPARE(isStrictTable(kept.first().mid(5)), strict);
    QCOMPARE(db.rows(u"SELECT strict FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE 'sqlite%'"_s),
             QStringList{u"integer:%1"_s.arg(strict ? 1 : 0)}); // SQLite agrees
}

void TestSqliteTypes::createdTablesMapBack_data()
{
    QTest::addColumn<ColumnType>("type");
    QTest::addColumn<CellKind>("kind");
    const auto row = [](const char *name, const ColumnType &type) { QTest::newRow(name) << type << type.kind; };
    ColumnType type;
    for (const CellKind kind :
         {CellKind::Boolean, CellKind::Integer, CellKind::Float, CellKind::Text, CellKind::Blob, CellKind::Date,
          CellKind::Time, CellKind::Timestamp, CellKind::Instant, CellKind::Uuid, CellKind::Json, CellKind::Decimal}) {
        type = {};
        type.kind = kind;
        row(qPrintable(cellKindName(kind)), type);
    }
    type = {};
    type.kind = CellKind::Decimal;
    type.precision = 12;
    type.scale = 2;
    row("decimal(12,2)", type);
    type.precision = 38;
    type.scale = 10;
    row("decimal(38,10)", type);
    type = {};
    type.kind = CellKind::Timestamp;
    type.fraction = 0;
    row("timestamp(0)", type);
    type = {};
    type.kind = CellKind::Integer;
    type.isUnsigned = true;
    row("unsigned", type);
    type = {};
    type.kind = CellKind::Float;
    type.bytes = 4;
    row("float4", type);
    type = {};
    type.kind = CellKind::Text;
    type.length = 40;
    row("text(40)", type);
    type = {};
    type.kind = CellKind::Exact;
    type.native = u"inet"_s;
    QTest::newRow("exact") << type << CellKind::Text;
    type.native.clear();
    QTest::newRow("without type") << type << CellKind::Exact;
}

void TestSqliteTypes::createdTablesMapBack()
{
    QFETCH(ColumnType, type);
    QFETCH(CellKind, kind);
    TableSchema source;
    source.name = {u"public"_s, u"t"_s};
    Column id;
    id.name = u"id"_s;
    id.nullable = false;
    id.type.kind = CellKind::Integer;
    Column column;
    column.name = u"c"_s;
    column.type = type;
    source.columns = {id, column};
    source.primaryKey = {u"id"_s};
    const auto session = with(u""_s);
    const auto planned = session->planTable(source, {{}, u"t"_s});
    QVERIFY(planned);
    QVERIFY(session->createTable(*planned));
    const auto table = session->describe({{}, u"t"_s});
    QVERIFY(table);
    QCOMPARE(*table, *planned);
    QCOMPARE(table->columns[1].type.kind, kind);
    QCOMPARE(table->columns[1].type.fraction, type.fraction);
    QCOMPARE(table->columns[1].type.scale, type.scale);
    QCOMPARE(table->columns[1].type.isUnsigned, type.isUnsigned);
    QCOMPARE(table->columns[1].type.length, type.length);
    QVERIFY(mapTable(source, *table, {}));
}

// A number of a NUMERIC column keeps 15 digits; beyond, a column that is made here has to be of texts.
void TestSqliteTypes::decimalsAreKeptToTheirLastDigit()
{
    const auto session = with(u""_s);
    for (int precision = 2; precision <= 38; ++precision) {
        TableSchema source;
        source.name.name = u"t%1"_s.arg(precision);
        Column column;
        column.name = u"c"_s;
        column.type.kind = CellKind::Decimal;
        column.type.precision = precision;
        column.type.scale = 1;
        source.columns = {column};
        const auto planned = session->planTable(source, source.name);
        QVERIFY(planned);
        QVERIFY(session->createTable(*planned));
        const QString digits = u"%1.7"_s.arg(u"9007199254740993"_s.repeated(3).left(precision - 1));
        QVERIFY(session->execute(u"INSERT INTO %1 VALUES (?)"_s.arg(source.name.name), {digits}));
        const auto stored = session->query(u"SELECT CAST(c AS TEXT) FROM %1"_s.arg(source.name.name));
        QVERIFY(stored);
        QCOMPARE(QString::fromUtf8(*stored->first()[0]), digits);
    }
}

void TestSqliteTypes::createsKeysAndReferences()
{
    const TableSchema source = describe(
        u"CREATE TABLE p (id INT PRIMARY KEY);"
        "CREATE TABLE t (a TEXT NOT NULL, b INT, u INT REFERENCES p (id) ON DELETE CASCADE, PRIMARY KEY (b, a))"_s);
    const auto session = openSession(m_file);
    const auto planned = session->planTable(source, {{}, u"copy"_s});
    QVERIFY(planned);
    QVERIFY(session->createTable(*planned));
    const auto copy = session->describe({{}, u"copy"_s});
    QVERIFY(copy);
    QCOMPARE(copy->primaryKey, source.primaryKey);
    QCOMPARE(copy->foreignKeys.size(), 1);
    QCOMPARE(copy->foreignKeys[0].onDelete, u"CASCADE"_s);
    QVERIFY(!copy->columns[0].nullable && !copy->columns[1].nullable && copy->columns[2].nullable);
    const auto refused = session->execute(u"INSERT INTO copy VALUES ('x', 1, 99)"_s);
    QVERIFY(!refused);
    QCOMPARE(refused.error().code, ErrorCode::ForeignKeyViolated);
}

void TestSqliteTypes::createFailsOnAnExistingTable()
{
    const auto session = with(u"CREATE TABLE t (a INTEGER PRIMARY KEY)"_s);
    const auto created = session->createTable(*session->describe({{}, u"t"_s}));
    QVERIFY(!created);
    QCOMPARE(created.error().code, ErrorCode::SqlRefused);
    QCOMPARE(created.error().facts.value(Fact::Table), u"t"_s);
}

QTEST_APPLESS_MAIN(TestSqliteTypes)
#include "tst_sqlitetypes.moc"
