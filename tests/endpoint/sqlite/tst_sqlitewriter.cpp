// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/endpoint/sqlite/sqlitefixture.h"

using namespace tidemark;
using namespace tidemark::test;

class TestSqliteWriter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void copiesEveryValue_data();
    void copiesEveryValue();
    void refusesWhatWouldChange_data();
    void refusesWhatWouldChange();
    void constraintsAreRowFaults_data();
    void constraintsAreRowFaults();
    void deferredForeignKeyFailsAtCommit();
    void conflictClausesOfTheTableDoNotAct();
    void ignoringTriggerIsNoticed();
    void updatesAndRemoves();
    void updateOfAMissingRowFails();
    void spellingsSurviveRollback();
    void savepoints();
    void setsFlags();
    void hugeRow();
    void zones();

private:
    void exec(const QString &sql) { QVERIFY(Stranger(m_file).exec(sql)); }
    QStringList stored(const QString &sql) { return Stranger(m_file).rows(sql); }
    TableMapping pairOf(SqlSession &session, const QString &source, const QString &target, const TableRules &rules = {})
    {
        return mapped(*session.describe({{}, source}), *session.describe({{}, target}), rules);
    }
    // Reads "source" and writes it into "target", one row a savepoint; the errors by row.
    QStringList copy(SqlSession &session, const TableMapping &mapping);

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_file;
};

void TestSqliteWriter::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_file = m_folder->filePath(u"rows.db"_s);
    Stranger(m_file).exec(u"PRAGMA synchronous=OFF; CREATE TABLE unused (a)"_s);
}

QStringList TestSqliteWriter::copy(SqlSession &session, const TableMapping &mapping)
{
    QStringList errors;
    const auto rows = readAll(session, readSource(mapping));
    if (!rows)
        return {rows.error().detail};
    const auto begun = session.beginWrite();
    auto writer = session.writer(writeTarget(mapping));
    for (int row = 0; row < rows->rowCount(); ++row) {
        if (const Error *fault = rows->fault(row)) {
            errors += u"read "_s + codeName(fault->code);
            continue;
        }
        const auto point = session.savepoint();
        const auto inserted = (*writer)->insert({&*rows, std::span(&row, 1)});
        const auto ended = inserted ? session.releaseSavepoint() : session.rollbackToSavepoint();
        if (!inserted)
            errors += codeName(inserted.error().code);
        if (!begun || !point || !ended)
            errors += u"transaction"_s;
    }
    writer->reset();
    if (!session.commit())
        errors += u"commit"_s;
    return errors;
}

void TestSqliteWriter::copiesEveryValue_data()
{
    QTest::addColumn<QString>("source");
    QTest::addColumn<QString>("target");
    QTest::addColumn<QString>("values");
    QTest::addColumn<QString>("expected"); // as the target stores them; empty: as the source does
    const auto row = [](const char *name, const char *source, const char *target, const char *values,
                        const char *expected = "") {
        QTest::newRow(name) << QString::fromUtf8(source) << QString::fromUtf8(target) << QString::fromUtf8(values)
                            << QString::fromUtf8(expected);
    };
    row("integers", "INTEGER", "INTEGER", "0|1|-1|9223372036854775807|-9223372036854775808|9007199254740993");
    row("integers as text", "INTEGER", "TEXT", "0|-5|9007199254740993", "text:0|text:-5|text:9007199254740993");
    row("small integers as real", "INTEGER", "REAL", "5|-9007199254740991", "real:5.0|real:-9.00719925474099e+15");
    row("integers as decimal text", "INTEGER", "DECIMAL TEXT(30,4)", "12", "text:12");
    row("integers without type", "INTEGER", "", "12|-3", "integer:12|integer:-3");
    row("unsigned", "UNSIGNED BLOB", "UNSIGNED BLOB",
        "5|'18446744073709551615'|9223372036854775807|'9223372036854775808'");
    row("booleans", "BOOLEAN", "BOOLEAN", "0|1|'true'|'f'", "integer:0|integer:1|integer:1|integer:0");
    row("decimals", "DECIMAL TEXT(12,2)", "DECIMAL(12,2)", "'12.50'|'-0.01'|'9999999999.99'|'7'",
        "real:12.5|real:-0.01|real:9999999999.99|integer:7");
    row("long decimals", "DECIMAL TEXT", "DECIMAL TEXT",
        "'123456789012345678901234567890.123456789'|'-0.000000000000000000001'|'1.00'|'NaN'|'Infinity'");
    row("reals", "REAL", "REAL", "0.1|1e308|-2.5|3.0|5e-324|1e999|0.30000000000000004");
    row("reals as text", "REAL", "TEXT", "0.1|0.30000000000000004|-2.5", "text:0.1|text:0.30000000000000004|text:-2.5");
    row("texts", "TEXT", "TEXT", "''|' '|'007'|'1e5'|'𝄞 é ẛ̣'|'it''s'|'שלום'|CAST(x'610062' AS TEXT)|'NULL'");
    row("texts in a numeric column", "TEXT", "STRING", "'abc'|'7'|'-12'|'12a'|'.'|'2024-01-02'",
        "text:abc|integer:7|integer:-12|text:12a|text:.|text:2024-01-02");
    row("blobs", "BLOB", "BLOB", "x''|x'00'|x'ff00fe'");
    row("blobs in a text column", "BLOB", "TEXT", "x'c3a9'|x''", "text:é|text:");
    row("dates", "DATE", "DATE", "'2024-02-29'|'0001-01-01'|'9999-12-31'|'1970-01-01'");
    row("times", "TIME", "TIME", "'00:00:00'|'23:59:59.999999'|'12:30'",
        "text:00:00:00|text:23:59:59.999999|text:12:30:00");
    row("times beyond a day", "TIME", "TIME", "'-838:59:59'|'838:59:59'");
    row("timestamps", "TIMESTAMP", "TIMESTAMP",
        "'2024-02-29 13:00:00.25'|'2024-02-29T13:00:00'|'0001-01-01 00:00:00'|'9999-12-31 23:59:59.999999'",
        "text:2024-02-29 13:00:00.25|text:2024-02-29 13:00:00|text:0001-01-01 00:00:00|text:9999-12-31 "
        "23:59:59.999999");
    row("timestamps floored", "TIMESTAMP", "TIMESTAMP(0)", "'2024-02-29 13:00:00.999999'|'1969-12-31 23:59:59.5'",
        "text:2024-02-29 13:00:00|text:1969-12-31 23:59:59");
    row("instants", "TIMESTAMPTZ", "TIMESTAMPTZ",
        "'2024-02-29 13:00:00+05:30'|'2024-02-29T13:00:00Z'|'1960-01-01 00:00:00.000001+00'",
        "text:2024-02-29 07:30:00+00:00|text:2024-02-29 13:00:00+00:00|text:1960-01-01 00:00:00.000001+00:00");
    row("uuids", "UUID", "UUID", "'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11'", "text:a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11");
    row("uuids as bytes", "UUID", "UUID BLOB", "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'",
        "blob:a0eebc999c0b4ef8bb6d6bb9bd380a11");
    row("documents", "JSON TEXT", "JSON TEXT", "'{\"b\": 1, \"a\": [1.0, null]}'|'1.0'|'\"x\"'|'12345678901234567890'");
    row("documents in a numeric column", "JSON TEXT", "JSON", "'{}'|'1.0'|'2.5'|'\"1\"'",
        "text:{}|integer:1|real:2.5|text:\"1\"");
    row("NULL", "TEXT", "TEXT", "NULL");
}

// Insert, read back, equal by comparison bytes; and what lies in the file is what was expected.
void TestSqliteWriter::copiesEveryValue()
{
    QFETCH(QString, source);
    QFETCH(QString, target);
    QFETCH(QString, values);
    QFETCH(QString, expected);
    exec(u"CREATE TABLE s (id INTEGER PRIMARY KEY, v %1); CREATE TABLE t (id INTEGER PRIMARY KEY, v %2)"_s.arg(source,
                                                                                                               target));
    for (const QString &value : values.split(u'|'))
        exec(u"INSERT INTO s (v) VALUES (%1)"_s.arg(value));
    const auto session = openSession(m_file);
    const TableMapping mapping = pairOf(*session, u"s"_s, u"t"_s);
    QCOMPARE(copy(*session, mapping), QStringList());
    const auto there = readAll(*session, readSource(mapping));
    const auto here = readAll(*session, readTarget(mapping));
    QVERIFY(there && here);
    QCOMPARE(here->rowCount(), there->rowCount());
    for (int row = 0; row < here->rowCount(); ++row) {
        QVERIFY2(here->fault(row) == nullptr && there->equalRows(row, *here, row),
                 qPrintable(rowText(*there, row) + u" ≠ "_s + rowText(*here, row)));
        QCOMPARE(here->fingerprint(row), there->fingerprint(row));
    }
    const QStringList wanted = expected.isEmpty() ? stored(u"SELECT v FROM s ORDER BY id"_s) : expected.split(u'|');
    QCOMPARE(stored(u"SELECT v FROM t ORDER BY id"_s), wanted);
}

void TestSqliteWriter::refusesWhatWouldChange_data()
{
    QTest::addColumn<QString>("source");
    QTest::addColumn<QString>("target");
    QTest::addColumn<QString>("value");
    const auto row = [](const char *name, const char *source, const char *target, const char *value) {
        QTest::newRow(name) << QString::fromUtf8(source) << QString::fromUtf8(target) << QString::fromUtf8(value);
    };
    row("18 digits", "DECIMAL TEXT(20,4)", "DECIMAL(20,4)", "'12345678901234.5678'");
    row("17 digits", "DECIMAL TEXT", "DECIMAL(20,4)", "'0.10000000000000001'");
    row("20 whole digits", "DECIMAL TEXT", "DECIMAL(30,0)", "'12345678901234567890'");
    row("NaN decimal", "DECIMAL TEXT", "DECIMAL(12,2)", "'NaN'");
    row("unsigned", "UNSIGNED BLOB", "INTEGER", "'18446744073709551615'");
    row("big integer as real", "INTEGER", "REAL", "9007199254740993");
    row("leading zeros", "TEXT", "STRING", "'007'");
    row("exponent", "TEXT", "STRING", "'1e5'");
    row("blank and digit", "TEXT", "STRING", "' 1'");
    row("long digits", "TEXT", "STRING", "'12345678901234567890'");
    row("plus sign", "TEXT", "STRING", "'+1'");
    row("minus zero", "TEXT", "STRING", "'-0'");
    row("trailing zero", "TEXT", "STRING", "'1.50'");
    row("trailing newline", "TEXT", "STRING", "'1' || char(10)");
    row("only a point before", "TEXT", "STRING", "'.5'");
    row("document with long digits", "JSON TEXT", "JSON", "'12345678901234567890'");
}

void TestSqliteWriter::refusesWhatWouldChange()
{
    QFETCH(QString, source);
    QFETCH(QString, target);
    QFETCH(QString, value);
    exec(u"CREATE TABLE s (id INTEGER PRIMARY KEY, v %1); CREATE TABLE t (id INTEGER PRIMARY KEY, v %2);"
         "INSERT INTO s (v) VALUES (%3)"_s.arg(source, target, value));
    const auto session = openSession(m_file);
    const TableMapping mapping = pairOf(*session, u"s"_s, u"t"_s);
    const auto rows = readAll(*session, readSource(mapping));
    QVERIFY(rows);
    if (rows->fault(0) == nullptr) {
        QVERIFY(session->beginWrite());
        const auto writer = session->writer(writeTarget(mapping));
        const auto inserted = (*writer)->insert({&*rows, everyRow(*rows)});
        QVERIFY(!inserted);
        QCOMPARE(inserted.error().code, ErrorCode::ValueNotKept);
        QVERIFY(inserted.error().isRowFault());
        QCOMPARE(inserted.error().facts.value(Fact::Column), u"v"_s);
        QCOMPARE(inserted.error().facts.value(Fact::Table), u"t"_s);
        QCOMPARE(inserted.error().facts.value(Fact::Key), u"1"_s);
        QVERIFY(!inserted.error().facts.value(Fact::Value).isEmpty());
    }
    QCOMPARE(stored(u"SELECT count(*) FROM t"_s), QStringList{u"integer:0"_s});
}

void TestSqliteWriter::constraintsAreRowFaults_data()
{
    QTest::addColumn<QString>("definition");
    QTest::addColumn<QString>("prior");
    QTest::addColumn<ErrorCode>("code");
    QTest::addColumn<QString>("constraint");
    QTest::newRow("primary key") << u"id INTEGER PRIMARY KEY, v TEXT"_s << u"INSERT INTO t VALUES (1, 'y')"_s
                                 << ErrorCode::UniqueViolated << u"t.id"_s;
    QTest::newRow("text key") << u"id TEXT PRIMARY KEY, v TEXT"_s << u"INSERT INTO t VALUES ('1', 'y')"_s
                              << ErrorCode::UniqueViolated << u"t.id"_s;
    QTest::newRow("unique") << u"id INTEGER PRIMARY KEY, v TEXT UNIQUE"_s << u"INSERT INTO t VALUES (9, 'x')"_s
                            << ErrorCode::UniqueViolated << u"t.v"_s;
    QTest::newRow("not null") << u"id INTEGER PRIMARY KEY, v TEXT, n INT NOT NULL"_s << u"SELECT 1"_s
                              << ErrorCode::NotNullViolated << u"n"_s;
    QTest::newRow("check") << u"id INTEGER PRIMARY KEY, v TEXT CONSTRAINT long_enough CHECK (length(v) > 3)"_s
                           << u"SELECT 1"_s << ErrorCode::CheckViolated << u"long_enough"_s;
    QTest::newRow("foreign key") << u"id INTEGER PRIMARY KEY, v TEXT REFERENCES p (k)"_s << u"SELECT 1"_s
                                 << ErrorCode::ForeignKeyViolated << u""_s;
    QTest::newRow("trigger") << u"id INTEGER PRIMARY KEY, v TEXT"_s
                             << u"CREATE TRIGGER no BEFORE INSERT ON t BEGIN SELECT RAISE(ABORT, 'no'); END"_s
                             << ErrorCode::CheckViolated << u""_s;
    QTest::newRow("strict") << u"id INTEGER PRIMARY KEY, v INT) STRICT; CREATE TABLE ignored (a"_s << u"SELECT 1"_s
                            << ErrorCode::ValueNotKept << u""_s;
}

void TestSqliteWriter::constraintsAreRowFaults()
{
    QFETCH(QString, definition);
    QFETCH(QString, prior);
    QFETCH(ErrorCode, code);
    QFETCH(QString, constraint);
    exec(u"CREATE TABLE p (k TEXT PRIMARY KEY); CREATE TABLE s (id INTEGER PRIMARY KEY, v TEXT);"
         "INSERT INTO s VALUES (1, 'x'); CREATE TABLE t (%1); %2"_s.arg(definition, prior));
    const auto session = openSession(m_file);
    TableMapping mapping = pairOf(*session, u"s"_s, u"t"_s);
    for (ColumnPair &pair : mapping.columns) // what the mapping would parse, SQLite is to judge here
        if (mapping.source.columns[pair.source].name == "v"_L1)
            pair.type = CellType{.kind = CellKind::Text};
    const auto rows = readAll(*session, readSource(mapping));
    QVERIFY(rows);
    QVERIFY(session->beginWrite());
    const auto writer = session->writer(writeTarget(mapping));
    const auto inserted = (*writer)->insert({&*rows, everyRow(*rows)});
    QVERIFY(!inserted);
    QCOMPARE(inserted.error().code, code);
    QVERIFY(inserted.error().isRowFault());
    QCOMPARE(inserted.error().facts.value(Fact::Table), u"t"_s);
    QCOMPARE(inserted.error().facts.value(Fact::Key), u"1"_s);
    if (!constraint.isEmpty())
        QVERIFY(inserted.error().facts.value(Fact::Constraint) == constraint
                || inserted.error().facts.value(Fact::Column) == constraint);
}

void TestSqliteWriter::deferredForeignKeyFailsAtCommit()
{
    exec(u"CREATE TABLE p (k INTEGER PRIMARY KEY); CREATE TABLE t (id INTEGER PRIMARY KEY, p INT REFERENCES p (k));"
         "CREATE TABLE s (id INTEGER PRIMARY KEY, p INT); INSERT INTO s VALUES (1, 7)"_s);
    const auto session = openSession(m_file);
    const TableMapping mapping = pairOf(*session, u"s"_s, u"t"_s);
    const auto rows = readAll(*session, readSource(mapping));
    for (const bool parentComes : {false, true}) {
        QVERIFY(session->beginWrite());
        QVERIFY(session->deferForeignKeys());
        const auto writer = session->writer(writeTarget(mapping));
        QVERIFY((*writer)->insert({&*rows, everyRow(*rows)}));
        if (parentComes)
            QVERIFY(session->execute(u"INSERT INTO p VALUES (7)"_s));
        const auto committed = session->commit();
        QCOMPARE(committed.has_value(), parentComes);
        if (!parentComes) {
            QCOMPARE(committed.error().code, ErrorCode::ForeignKeyViolated);
            QVERIFY(session->rollback());
        }
    }
    QCOMPARE(stored(u"SELECT * FROM t"_s), QStringList{u"integer:1|integer:7"_s});
}

// A plain INSERT would delete other rows here, or leave this one out, without a word.
void TestSqliteWriter::conflictClausesOfTheTableDoNotAct()
{
    for (const auto &clause : {u"REPLACE"_s, u"IGNORE"_s}) {
        exec(u"DROP TABLE IF EXISTS t; DROP TABLE IF EXISTS s;"
             "CREATE TABLE t (id INTEGER PRIMARY KEY ON CONFLICT %1, v TEXT UNIQUE ON CONFLICT %1);"
             "INSERT INTO t VALUES (1, 'a'), (2, 'b'); CREATE TABLE s (id INTEGER PRIMARY KEY, v TEXT);"
             "INSERT INTO s VALUES (3, 'a')"_s.arg(clause));
        const auto session = openSession(m_file);
        const TableMapping mapping = pairOf(*session, u"s"_s, u"t"_s);
        QCOMPARE(copy(*session, mapping), QStringList{u"unique-violated"_s});
        QVERIFY(session->execute(u"UPDATE s SET id = 2"_s));
        const auto rows = readAll(*session, readSource(mapping));
        QVERIFY(session->beginWrite());
        auto writer = session->writer(writeTarget(mapping));
        const auto updated = (*writer)->update({&*rows, everyRow(*rows)});
        QVERIFY(!updated);
        QCOMPARE(updated.error().code, ErrorCode::UniqueViolated);
        writer->reset();
        QVERIFY(session->rollback());
        QCOMPARE(stored(u"SELECT * FROM t"_s), (QStringList{u"integer:1|text:a"_s, u"integer:2|text:b"_s}));
    }
}

void TestSqliteWriter::ignoringTriggerIsNoticed()
{
    exec(u"CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT); CREATE TABLE s (id INTEGER PRIMARY KEY, v TEXT);"
         "INSERT INTO s VALUES (1, 'a');"
         "CREATE TRIGGER swallow BEFORE INSERT ON t BEGIN SELECT RAISE(IGNORE); END"_s);
    const auto session = openSession(m_file);
    QCOMPARE(copy(*session, pairOf(*session, u"s"_s, u"t"_s)), QStringList{u"check-violated"_s});
}

void TestSqliteWriter::updatesAndRemoves()
{
    exec(u"CREATE TABLE s (a INT, b TEXT, v TEXT, w INT, PRIMARY KEY (a, b)); CREATE TABLE t AS SELECT * FROM s;"
         "CREATE UNIQUE INDEX k ON t (a, b);"
         "INSERT INTO t VALUES (1, 'x', 'old', 1), (1, 'y', 'old', 1), (2, 'x', 'old', NULL);"
         "INSERT INTO s VALUES (1, 'x', 'new', NULL), (2, 'x', NULL, 5)"_s);
    const auto session = openSession(m_file);
    const TableMapping mapping = pairOf(*session, u"s"_s, u"t"_s);
    const auto rows = readAll(*session, readSource(mapping));
    QVERIFY(rows);
    QVERIFY(session->beginWrite());
    auto writer = session->writer(writeTarget(mapping));
    QVERIFY((*writer)->update({&*rows, everyRow(*rows)}));
    const int second = 1;
    QVERIFY((*writer)->remove({&*rows, std::span(&second, 1)}));
    writer->reset();
    QVERIFY(session->commit());
    QCOMPARE(stored(u"SELECT * FROM t ORDER BY a, b"_s),
             (QStringList{u"integer:1|text:x|text:new|null:"_s, u"integer:1|text:y|text:old|integer:1"_s}));
}

void TestSqliteWriter::updateOfAMissingRowFails()
{
    exec(u"CREATE TABLE s (id INTEGER PRIMARY KEY, v TEXT); CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT);"
         "INSERT INTO s VALUES (1, 'x')"_s);
    const auto session = openSession(m_file);
    const TableMapping mapping = pairOf(*session, u"s"_s, u"t"_s);
    const auto rows = readAll(*session, readSource(mapping));
    QVERIFY(session->beginWrite());
    const auto writer = session->writer(writeTarget(mapping));
    QVERIFY(!(*writer)->update({&*rows, everyRow(*rows)}));
    QVERIFY(!(*writer)->remove({&*rows, everyRow(*rows)}));
}

void TestSqliteWriter::spellingsSurviveRollback()
{
    exec(u"CREATE TABLE s (k DECIMAL TEXT PRIMARY KEY NOT NULL, v TEXT); CREATE TABLE t (k DECIMAL TEXT PRIMARY KEY "
         u"NOT NULL, v TEXT);"
         "INSERT INTO s VALUES ('1.00', 'x')"_s);
    const auto session = openSession(m_file);
    const TableMapping mapping = pairOf(*session, u"s"_s, u"t"_s);
    const auto rows = readAll(*session, readSource(mapping));
    const std::vector<int> all = everyRow(*rows);
    RowBatch found;
    QVERIFY(session->beginWrite());
    auto writer = session->writer(writeTarget(mapping));
    QVERIFY(session->readKeys(readTarget(mapping), {&*rows, all}, true, found));
    QVERIFY((*writer)->insert({&*rows, all}));
    writer->reset();
    QVERIFY(session->rollback());
    QVERIFY(session->execute(u"INSERT INTO t VALUES ('1', 'y')"_s));
    QVERIFY(session->readKeys(readTarget(mapping), {&*rows, all}, true, found));
    QCOMPARE(found.rowCount(), 1);
}

void TestSqliteWriter::savepoints()
{
    exec(u"CREATE TABLE t (a)"_s);
    const auto session = openSession(m_file);
    QVERIFY(session->beginWrite());
    QVERIFY(session->execute(u"INSERT INTO t VALUES (1)"_s));
    QVERIFY(session->savepoint());
    QVERIFY(session->execute(u"INSERT INTO t VALUES (2)"_s));
    QVERIFY(session->rollbackToSavepoint());
    QVERIFY(session->savepoint());
    QVERIFY(session->execute(u"INSERT INTO t VALUES (3)"_s));
    QVERIFY(session->releaseSavepoint());
    QVERIFY(session->commit());
    QCOMPARE(stored(u"SELECT a FROM t"_s), (QStringList{u"integer:1"_s, u"integer:3"_s}));
}

void TestSqliteWriter::setsFlags()
{
    exec(u"CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT, f INTEGER, touched INT DEFAULT 0);"
         "INSERT INTO t (id, f) VALUES (1, 1), (2, 0), (3, NULL), (4, 1);"
         "CREATE TRIGGER touch AFTER UPDATE ON t BEGIN UPDATE t SET touched = touched + 1 WHERE id = new.id; END"_s);
    const auto session = openSession(m_file);
    const TableMapping mapping = pairOf(*session, u"t"_s, u"t"_s);
    const auto rows = readAll(*session, readSource(mapping));
    const std::vector<int> firstThree{0, 1, 2};
    QVERIFY(session->beginWrite());
    QVERIFY(session->setFlag(writeTarget(mapping), u"f"_s, u"0"_s, {&*rows, firstThree}));
    QVERIFY(session->commit());
    QCOMPARE(stored(u"SELECT f, touched FROM t ORDER BY id"_s),
             (QStringList{u"integer:0|integer:1"_s, u"integer:0|integer:0"_s, u"integer:0|integer:1"_s,
                          u"integer:1|integer:0"_s}));
    QCOMPARE(session->setFlag(writeTarget(mapping), u"no"_s, u"0"_s, {&*rows, firstThree}).error().code,
             ErrorCode::NoSuchColumn);
}

void TestSqliteWriter::hugeRow()
{
    exec(u"CREATE TABLE s (id INTEGER PRIMARY KEY, b BLOB, v TEXT); CREATE TABLE t (id INTEGER PRIMARY KEY, b BLOB, v "
         u"TEXT);"
         "INSERT INTO s VALUES (1, randomblob(8388608), printf('%.8388608c', 'x')), (2, x'', '')"_s);
    const auto session = openSession(m_file);
    const TableMapping mapping = pairOf(*session, u"s"_s, u"t"_s);
    QCOMPARE(copy(*session, mapping), QStringList());
    QCOMPARE(stored(u"SELECT count(*) FROM s JOIN t ON s.id = t.id AND s.b = t.b AND s.v = t.v"_s),
             QStringList{u"integer:2"_s});
}

// A zone-less column beside one with a zone: what the clocks there showed.
void TestSqliteWriter::zones()
{
    exec(u"CREATE TABLE s (id INTEGER PRIMARY KEY, at TIMESTAMPTZ); CREATE TABLE t (id INTEGER PRIMARY KEY, at "
         u"DATETIME);"
         "INSERT INTO s VALUES (1, '2024-07-01 12:00:00Z'), (2, '2024-01-01 12:00:00.5Z'),"
         " (3, '2024-10-27 00:30:00Z'), (4, '2024-10-27 01:30:00Z')"_s);
    TableRules rules;
    rules.columns.append(ColumnRule());
    rules.columns.last().source = u"at"_s;
    rules.columns.last().zone = u"Europe/Berlin"_s;
    const auto session = openSession(m_file);
    const TableMapping mapping = pairOf(*session, u"s"_s, u"t"_s, rules);
    // 02:30 comes twice that night: one of the two cannot be told from the other, and is refused.
    QCOMPARE(copy(*session, mapping), QStringList{u"value-not-kept"_s});
    const QStringList rows = stored(u"SELECT at FROM t ORDER BY id"_s);
    QCOMPARE(rows.size(), 3);
    QCOMPARE(rows.mid(0, 2), (QStringList{u"text:2024-07-01 14:00:00"_s, u"text:2024-01-01 13:00:00.5"_s}));
}

QTEST_APPLESS_MAIN(TestSqliteWriter)
#include "tst_sqlitewriter.moc"
