// SPDX-License-Identifier: GPL-3.0-or-later
#include <thread>

#include "core/base/clock.h"
#include "tests/endpoint/sqlite/sqlitefixture.h"

using namespace tidemark;
using namespace tidemark::test;

class TestSqliteRows : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void readsByStorageClass();
    void faultsNameTheCell();
    void readsInBatches();
    void emptyTable();
    void readsInKeyOrder();
    void readsByCursor_data();
    void readsByCursor();
    void cursorKeepsStorageClass();
    void readsByFlag_data();
    void readsByFlag();
    void appliesWhere();
    void findsKeysInAnySpelling_data();
    void findsKeysInAnySpelling();
    void noticesOthersSpellings();
    void caseOfANocaseKey();
    void cancelDuringALongRead();
    void cancelDuringASort();
    void commitBoundIsTheClock();
    void columnDroppedUnderTheRun();

private:
    void exec(const QString &sql) { QVERIFY(Stranger(m_file).exec(sql)); }
    QStringList stored(const QString &sql) { return Stranger(m_file).rows(sql); }
    TableMapping pairOf(SqlSession &session, const QString &source, const QString &target, const TableRules &rules = {})
    {
        return mapped(*session.describe({{}, source}), *session.describe({{}, target}), rules);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_file;
};

void TestSqliteRows::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_file = m_folder->filePath(u"rows.db"_s);
    Stranger(m_file).exec(u"PRAGMA synchronous=OFF; CREATE TABLE unused (a)"_s);
}

void TestSqliteRows::readsByStorageClass()
{
    exec(u"CREATE TABLE t (id INTEGER PRIMARY KEY, i INTEGER, d DECIMAL(12,2), r REAL, s TEXT, b BLOB, o BOOLEAN, day "
         u"DATE,"
         " at DATETIME, clock TIME, u UUID, j JSON, any);"
         "INSERT INTO t VALUES (1, -5, 12.50, 0.1, 'text', x'00ff', 1, '2024-02-29', '2024-02-29 13:00:00.25', "
         "'12:00:01',"
         " 'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11', '{\"b\": 1}', 7);"
         "INSERT INTO t VALUES (2, 9223372036854775807, '12.5', 3, 4, 'bytes', 'true', '2024-02-29', '2024-02-29', "
         "'12:00',"
         " x'a0eebc999c0b4ef8bb6d6bb9bd380a11', 5, 'x');"
         "INSERT INTO t (id) VALUES (3)"_s);
    const auto session = openSession(m_file, false);
    const TableMapping mapping = pairOf(*session, u"t"_s, u"t"_s);
    const auto rows = readAll(*session, readSource(mapping));
    QVERIFY(rows);
    QCOMPARE(
        rowTexts(*rows),
        (QStringList{
            u"1|-5|12.5|0.1|text|%1|true|2024-02-29|2024-02-29 13:00:00.25|12:00:01|a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11|{\"b\": 1}|7"_s
                .arg(QString::fromUtf8("\0\xff", 2)),
            u"2|9223372036854775807|12.5|3|4|bytes|true|2024-02-29|2024-02-29 00:00:00|12:00:00|"
            "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11|5|x"_s,
            u"3|NULL|NULL|NULL|NULL|NULL|NULL|NULL|NULL|NULL|NULL|NULL|NULL"_s}));
}

void TestSqliteRows::faultsNameTheCell()
{
    exec(u"CREATE TABLE t (id INTEGER PRIMARY KEY, i INTEGER, at DATETIME, s TEXT, o BOOLEAN);"
         "INSERT INTO t VALUES (1, 'abc', NULL, NULL, NULL), (2, 2.5, NULL, NULL, NULL),"
         "(3, NULL, 1709200000, NULL, NULL), (4, NULL, 2460000.5, NULL, NULL), (5, NULL, 'yesterday', NULL, NULL),"
         "(6, NULL, NULL, CAST(x'ff' AS TEXT), NULL), (7, NULL, NULL, x'ff', NULL), (8, NULL, NULL, NULL, 2),"
         "(9, 1, '2024-01-01', 'x', 0)"_s);
    const auto session = openSession(m_file, false);
    const TableMapping mapping = pairOf(*session, u"t"_s, u"t"_s);
    const auto rows = readAll(*session, readSource(mapping));
    QVERIFY(rows);
    const auto fault = [](const char *column) -> QString {
        return u"fault value-not-kept "_s + QString::fromLatin1(column);
    };
    QCOMPARE(rowTexts(*rows),
             (QStringList{fault("i"), fault("i"), fault("at"), fault("at"), fault("at"), fault("s"), fault("s"),
                          fault("o"), u"9|1|2024-01-01 00:00:00|x|false"_s}));
}

void TestSqliteRows::readsInBatches()
{
    exec(u"CREATE TABLE t (id INTEGER PRIMARY KEY, s TEXT);"
         "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)"
         " INSERT INTO t SELECT i, printf('%.100c', 'x') FROM n"_s);
    const auto session = openSession(m_file, false);
    const TableMapping mapping = pairOf(*session, u"t"_s, u"t"_s);
    ReadRequest request = readSource(mapping);
    request.limits = {300, 1 << 20};
    auto reader = session->read(request);
    QVERIFY(reader);
    RowBatch batch;
    QList<int> sizes;
    while (*(*reader)->next(batch))
        sizes += batch.rowCount();
    QCOMPARE(sizes, (QList<int>{300, 300, 300, 100}));
    QCOMPARE(*(*reader)->next(batch), false); // the end stays the end
    request.limits = {5000, 1000};
    reader = session->read(request);
    QVERIFY(*(*reader)->next(batch));
    QVERIFY(batch.rowCount() < 20 && batch.byteSize() >= 1000);
}

void TestSqliteRows::emptyTable()
{
    exec(u"CREATE TABLE t (id INTEGER PRIMARY KEY)"_s);
    const auto session = openSession(m_file, false);
    const TableMapping mapping = pairOf(*session, u"t"_s, u"t"_s);
    QCOMPARE(readAll(*session, readSource(mapping))->rowCount(), 0);
}

void TestSqliteRows::readsInKeyOrder()
{
    exec(u"CREATE TABLE t (a INTEGER NOT NULL, b TEXT NOT NULL, PRIMARY KEY (a, b));"
         "INSERT INTO t VALUES (10, 'b'), (9, 'é'), (-1, 'z'), (10, 'Z'), (10, ''), (9, 'z'), (10, 'a'), (-2, 'x')"_s);
    const auto session = openSession(m_file, false);
    const TableMapping mapping = pairOf(*session, u"t"_s, u"t"_s);
    QVERIFY(mapping.ordered());
    ReadRequest request = readSource(mapping);
    request.order = ReadRequest::Order::Key;
    const auto rows = readAll(*session, request);
    QVERIFY(rows);
    QCOMPARE(rowTexts(*rows),
             (QStringList{u"-2|x"_s, u"-1|z"_s, u"9|z"_s, u"9|é"_s, u"10|"_s, u"10|Z"_s, u"10|a"_s, u"10|b"_s}));
    for (int row = 1; row < rows->rowCount(); ++row)
        QVERIFY(rows->compareKeys(row - 1, *rows, row) < 0);
}

void TestSqliteRows::readsByCursor_data()
{
    QTest::addColumn<QString>("declared");
    QTest::addColumn<QString>("values");
    QTest::addColumn<QString>("from"); // the cursor of the second row in order
    QTest::newRow("integer") << u"INTEGER"_s << u"(1, 30), (2, 10), (3, NULL), (4, 20), (5, 20), (6, 9)"_s << u"i:10"_s;
    QTest::newRow("text") << u"DATETIME"_s
                          << u"(1, '2024-03-01'), (2, '2024-01-02'), (3, NULL), (4, '2024-02-01 10:00:00'),"
                             "(5, '2024-02-01 10:00:00'), (6, '2024-01-01')"_s
                          << u"t:2024-01-02"_s;
    QTest::newRow("real") << u"REAL"_s << u"(1, 3e300), (2, 0.1), (3, NULL), (4, 0.3), (5, 0.3), (6, -1)"_s
                          << u"r:0.1"_s;
    QTest::newRow("mixed") << u""_s << u"(1, 'x'), (2, 2.5), (3, NULL), (4, 7), (5, 7), (6, 2)"_s << u"r:2.5"_s;
}

void TestSqliteRows::readsByCursor()
{
    QFETCH(QString, declared);
    QFETCH(QString, values);
    QFETCH(QString, from);
    exec(u"CREATE TABLE t (id INTEGER PRIMARY KEY, c %1); INSERT INTO t VALUES %2"_s.arg(declared, values));
    const auto session = openSession(m_file, false);
    const auto table = session->describe({{}, u"t"_s});
    ReadRequest request;
    request.table = &*table;
    RowLayout layout{{CellType{.kind = CellKind::Integer}, CellType{.kind = CellKind::Exact}}, 1, 1};
    request.layout = std::make_shared<RowLayout>(layout);
    request.columns = QStringList{u"id"_s, u"c"_s};
    request.sources = {{table->columns[0].type, {}, u"id"_s}, {table->columns[1].type, {}, u"c"_s}};
    request.order = ReadRequest::Order::Cursor;
    request.cursorCell = 1;
    const auto ids = [&] {
        QStringList result;
        const auto rows = readAll(*session, request);
        for (int row = 0; rows && row < rows->rowCount(); ++row)
            result += rowText(*rows, row).section(u'|', 0, 0);
        return result.join(u' ');
    };
    QCOMPARE(ids(), u"6 2 4 5 1"_s);
    QCOMPARE(rowText(*readAll(*session, request), 1), u"2|"_s + from);
    request.cursorFrom = from.toUtf8();
    QCOMPARE(ids(), u"2 4 5 1"_s);
    request.order = ReadRequest::Order::CursorDescending;
    request.cursorFrom.reset();
    QCOMPARE(ids(), u"1 4 5 2 6"_s);
}

void TestSqliteRows::cursorKeepsStorageClass()
{
    exec(u"CREATE TABLE t (id INTEGER PRIMARY KEY, c BLOB);"
         "INSERT INTO t VALUES (1, 5), (2, '5'), (3, x'05'), (4, 5.5), (5, 0.1), (6, '')"_s);
    const auto session = openSession(m_file, false);
    const auto table = session->describe({{}, u"t"_s});
    ReadRequest request;
    request.table = &*table;
    RowLayout layout{{CellType{.kind = CellKind::Integer}, CellType{.kind = CellKind::Exact}}, 1, 1};
    request.layout = std::make_shared<RowLayout>(layout);
    request.columns = QStringList{u"id"_s, u"c"_s};
    request.sources = {{table->columns[0].type, {}, u"id"_s}, {table->columns[1].type, {}, u"c"_s}};
    request.cursorCell = 1;
    const auto rows = readAll(*session, request);
    QCOMPARE(rowTexts(*rows),
             (QStringList{u"1|i:5"_s, u"2|t:5"_s, u"3|b:05"_s, u"4|r:5.5"_s, u"5|r:0.1"_s, u"6|t:"_s}));
    // Each finds itself again, and nothing of a lower class.
    request.order = ReadRequest::Order::Cursor;
    for (int row = 0; row < rows->rowCount(); ++row) {
        const CellView cell = rows->value(row, 1);
        request.cursorFrom = QByteArray(cell.bytes.data(), static_cast<qsizetype>(cell.bytes.size()));
        QCOMPARE(rowText(*readAll(*session, request), 0), rowText(*rows, row));
    }
}

void TestSqliteRows::readsByFlag_data()
{
    QTest::addColumn<QString>("declared");
    QTest::addColumn<QString>("pending");
    QTest::addColumn<QString>("value");
    QTest::newRow("integer") << u"INTEGER"_s << u"1"_s << u"1"_s;
    QTest::newRow("text") << u"TEXT"_s << u"'new'"_s << u"new"_s;
    QTest::newRow("number as text") << u"TEXT"_s << u"'1'"_s << u"1"_s;
    QTest::newRow("boolean") << u"BOOLEAN"_s << u"1"_s << u"true"_s;
    QTest::newRow("without type") << u""_s << u"1"_s << u"1"_s;
    QTest::newRow("hostile") << u"TEXT"_s << u"'a''b\"'"_s << u"a'b\""_s;
}

void TestSqliteRows::readsByFlag()
{
    QFETCH(QString, declared);
    QFETCH(QString, pending);
    QFETCH(QString, value);
    exec(u"CREATE TABLE t (id INTEGER PRIMARY KEY, f %1); INSERT INTO t VALUES (1, %2), (2, 0), (3, %2), (4, NULL)"_s
             .arg(declared, pending));
    const auto session = openSession(m_file, false);
    const TableMapping mapping = pairOf(*session, u"t"_s, u"t"_s);
    ReadRequest request = readSource(mapping);
    request.flagColumn = u"f"_s;
    request.flagValue = value;
    const auto rows = readAll(*session, request);
    QVERIFY(rows);
    QCOMPARE(rows->rowCount(), 2);
}

void TestSqliteRows::appliesWhere()
{
    exec(
        u"CREATE TABLE t (id INTEGER PRIMARY KEY, s TEXT); INSERT INTO t VALUES (1, 'draft'), (2, 'sent'), (3, 'paid')"_s);
    const auto session = openSession(m_file, false);
    const TableMapping mapping = pairOf(*session, u"t"_s, u"t"_s);
    ReadRequest request = readSource(mapping);
    request.where = u"s = 'draft' OR s = 'sent' -- not paid"_s;
    request.flagColumn = u"id"_s;
    request.flagValue = u"2"_s;
    QCOMPARE(rowTexts(*readAll(*session, request)), QStringList{u"2|sent"_s});
    request.where = u"nosuch = 1"_s;
    const auto failed = session->read(request);
    QVERIFY(!failed);
    QCOMPARE(failed.error().code, ErrorCode::NoSuchColumn);
}

void TestSqliteRows::findsKeysInAnySpelling_data()
{
    QTest::addColumn<QString>("declared");
    QTest::addColumn<QString>("spelled");
    QTest::addColumn<QString>("other");
    QTest::newRow("uuid in capitals") << u"UUID"_s << u"'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11'"_s
                                      << u"'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'"_s;
    QTest::newRow("uuid as bytes") << u"UUID"_s << u"x'a0eebc999c0b4ef8bb6d6bb9bd380a11'"_s
                                   << u"'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'"_s;
    QTest::newRow("time with a T") << u"DATETIME"_s << u"'2024-01-01T10:00:00'"_s << u"'2024-01-01 10:00:00.000'"_s;
    QTest::newRow("zeros of a decimal") << u"DECIMAL TEXT"_s << u"'1.00'"_s << u"'1'"_s;
    QTest::newRow("offset") << u"TIMESTAMPTZ"_s << u"'2024-01-01 10:00:00+02:00'"_s << u"'2024-01-01 08:00:00Z'"_s;
    QTest::newRow("boolean word") << u"BOOLEAN"_s << u"'true'"_s << u"1"_s;
}

void TestSqliteRows::findsKeysInAnySpelling()
{
    QFETCH(QString, declared);
    QFETCH(QString, spelled);
    QFETCH(QString, other);
    for (const bool targetIsSpelled : {true, false}) {
        exec(u"DROP TABLE IF EXISTS s; DROP TABLE IF EXISTS t; CREATE TABLE s (k %1 PRIMARY KEY NOT NULL, v TEXT);"
             "CREATE TABLE t (k %1 PRIMARY KEY NOT NULL, v TEXT);"
             "INSERT INTO s VALUES (%2, 'new'); INSERT INTO t VALUES (%3, 'old')"_s.arg(
                 declared, targetIsSpelled ? other : spelled, targetIsSpelled ? spelled : other));
        const auto session = openSession(m_file);
        const TableMapping mapping = pairOf(*session, u"s"_s, u"t"_s);
        const auto rows = readAll(*session, readSource(mapping));
        QVERIFY(rows && rows->fault(0) == nullptr);
        QVERIFY(session->beginWrite());
        const std::vector<int> all = everyRow(*rows);
        RowBatch found;
        QVERIFY(session->readKeys(readTarget(mapping), {&*rows, all}, true, found));
        QCOMPARE(found.rowCount(), 1);
        QCOMPARE(rows->compareKeys(0, found, 0), 0);
        auto writer = session->writer(writeTarget(mapping));
        QVERIFY((*writer)->update({&*rows, all}));
        QCOMPARE(session->query(u"SELECT v FROM t"_s)->first(), SqlRow{"new"});
        QVERIFY((*writer)->remove({&*rows, all}));
        QCOMPARE(session->query(u"SELECT count(*) FROM t"_s)->first(), SqlRow{"0"});
        QVERIFY((*writer)->insert({&*rows, all}));
        QVERIFY((*writer)->update({&*rows, all})); // finds what it wrote itself
        writer->reset();
        QVERIFY(session->commit());
    }
}

void TestSqliteRows::noticesOthersSpellings()
{
    exec(u"CREATE TABLE t (k UUID PRIMARY KEY NOT NULL, v TEXT);"
         "INSERT INTO t VALUES ('a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', 'a')"_s);
    const auto session = openSession(m_file);
    const TableMapping mapping = pairOf(*session, u"t"_s, u"t"_s);
    const auto rows = readAll(*session, readSource(mapping));
    const std::vector<int> all = everyRow(*rows);
    RowBatch found;
    QVERIFY(session->readKeys(readTarget(mapping), {&*rows, all}, false, found));
    QCOMPARE(found.rowCount(), 1);
    exec(u"UPDATE t SET k = upper(k)"_s);
    QVERIFY(session->readKeys(readTarget(mapping), {&*rows, all}, false, found));
    QCOMPARE(found.rowCount(), 1);
}

void TestSqliteRows::caseOfANocaseKey()
{
    exec(u"CREATE TABLE t (k TEXT COLLATE NOCASE, v TEXT, PRIMARY KEY (k COLLATE BINARY));"
         "INSERT INTO t VALUES ('abc', '1'), ('ABC', '2')"_s);
    const auto session = openSession(m_file);
    const TableMapping mapping = pairOf(*session, u"t"_s, u"t"_s);
    const auto rows = readAll(*session, readSource(mapping));
    const int first = 0;
    QVERIFY(session->beginWrite());
    auto writer = session->writer(writeTarget(mapping));
    QVERIFY((*writer)->remove({&*rows, std::span(&first, 1)}));
    writer->reset();
    QVERIFY(session->commit());
    QCOMPARE(stored(u"SELECT k FROM t"_s), QStringList{u"text:ABC"_s});
}

void TestSqliteRows::cancelDuringALongRead()
{
    exec(
        u"CREATE TABLE t (id INTEGER PRIMARY KEY);"
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300000) INSERT INTO t SELECT i FROM n"_s);
    Cancellation cancellation;
    const auto session = openSession(m_file, false, &cancellation);
    const TableMapping mapping = pairOf(*session, u"t"_s, u"t"_s);
    ReadRequest request = readSource(mapping);
    request.where = u"id NOT IN (SELECT a.id + b.id - a.id FROM t a, t b LIMIT 20000000000) OR id < 10"_s; // for ever
    auto reader = session->read(request);
    QVERIFY(reader);
    std::thread other([&] { cancellation.cancel(); });
    RowBatch batch;
    const auto more = (*reader)->next(batch);
    other.join();
    QVERIFY(!more);
    QCOMPARE(more.error().code, ErrorCode::Cancelled);
    QVERIFY(!session->read(request) || !(*reader)->next(batch));
}

void TestSqliteRows::cancelDuringASort()
{
    exec(
        u"CREATE TABLE t (id INTEGER PRIMARY KEY);"
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000) INSERT INTO t SELECT i FROM n"_s);
    Cancellation cancellation;
    const auto session = openSession(m_file, false, &cancellation);
    std::thread other([&] { cancellation.cancel(); });
    const auto rows = session->query(u"SELECT a.id FROM t a, t b ORDER BY a.id * b.id % 7919"_s);
    other.join();
    QVERIFY(!rows);
    QCOMPARE(rows.error().code, ErrorCode::Cancelled);
}

void TestSqliteRows::commitBoundIsTheClock()
{
    const auto session = openSession(m_file, false);
    const qint64 before = SystemClock().nowUs();
    const auto bound = session->commitBound();
    QVERIFY(bound && !bound->known);
    QVERIFY(bound->serverNowUs >= before && bound->serverNowUs <= SystemClock().nowUs());
    QCOMPARE(bound->boundUs, bound->serverNowUs);
}

void TestSqliteRows::columnDroppedUnderTheRun()
{
    exec(u"CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT)"_s);
    const auto session = openSession(m_file);
    const TableMapping mapping = pairOf(*session, u"t"_s, u"t"_s);
    exec(u"ALTER TABLE t DROP COLUMN v"_s);
    const auto read = readAll(*session, readSource(mapping));
    QVERIFY(!read);
    QCOMPARE(read.error().code, ErrorCode::NoSuchColumn);
    QCOMPARE(read.error().facts.value(Fact::Table), u"t"_s);
}

QTEST_APPLESS_MAIN(TestSqliteRows)
#include "tst_sqliterows.moc"
