// SPDX-License-Identifier: GPL-3.0-or-later
#include <QElapsedTimer>

#include "core/data/celldecoder.h"
#include "tests/endpoint/mysql/mysqlfixture.h"

using namespace Qt::StringLiterals;
using namespace tidemark;
using namespace tidemark::test;

class TestMysqlRows : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (!hasMysql())
            QSKIP("TIDEMARK_TEST_MYSQL is not set");
    }
    void roundTrip();
    void throughput();
};

// Of the filled row below, as the canonical cells read.
static QStringList filledRow()
{
    return {u"18446744073709551615"_s,
            u"-128"_s,
            u"65535"_s,
            u"-8388608"_s,
            u"-1"_s,
            u"-12345678901234567890123456789012345.123456789012345678901234567891"_s,
            u"0.10000000149011612"_s, // what a FLOAT holds
            u"1e+308"_s,
            u"é"_s,
            u"a'b\\ "_s,
            QString(300, u'x'),
            u"00ff"_s,
            QString(),
            u"0001-01-01"_s,
            u"-838:59:59.000001"_s,
            u"9999-12-31 23:59:59.999999"_s,
            u"2038-01-19 03:14:07.999999+00:00"_s,
            u"123e4567-e89b-12d3-a456-426655440000"_s,
            u"{\"a\": 1}"_s,
            u"y y"_s,
            u"p,q"_s,
            u"true"_s,
            u"100000001"_s,
            u"2024"_s,
            u"000000000101000000000000000000f03f0000000000000040"_s,
            u"1"_s};
}

void TestMysqlRows::roundTrip()
{
    MysqlDatabase database;
    database.run(u"CREATE TABLE a (id BIGINT UNSIGNED NOT NULL PRIMARY KEY, t TINYINT, s SMALLINT UNSIGNED, m "
                 u"MEDIUMINT, i INT, d "
                 "DECIMAL(65,30), f FLOAT, g DOUBLE, c CHAR(5), v VARCHAR(20), x LONGTEXT, b VARBINARY(10), z "
                 "LONGBLOB, dt DATE, "
                 "tm TIME(6), ts DATETIME(6), tz TIMESTAMP(6) NULL, u UUID, j JSON, e ENUM('x','y y'), st "
                 "SET('p','q'), b1 BIT(1), "
                 "b9 BIT(9), y YEAR, p POINT, bo BOOLEAN)"_s);
    database.run(
        u"INSERT INTO a VALUES (18446744073709551615, -128, 65535, -8388608, -1, "
        "-12345678901234567890123456789012345.123456789012345678901234567891, 0.1, 1e308, 'é', 'a''b\\\\ ', "
        "REPEAT('x', "
        "300), X'00ff', X'', '0001-01-01', '-838:59:59.000001', '9999-12-31 23:59:59.999999', '2038-01-19 "
        "03:14:07.999999', '123e4567-e89b-12d3-a456-426655440000', '{\"a\": 1}', 'y y', 'p,q', b'1', b'100000001', "
        "2024, "
        "POINT(1,2), 1), (0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, "
        "NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)"_s);
    auto session = database.open();
    VERIFY_OK(session);
    auto schema = (*session)->describe({{}, u"a"_s});
    VERIFY_OK(schema);
    const TableRequest request(*schema);
    VERIFY_OK((*session)->beginRead({}));
    RowBatch rows;
    VERIFY_OK(readAll(**session, request.read, rows));
    VERIFY_OK((*session)->commit());
    QCOMPARE(rows.rowCount(), 2);
    QCOMPARE(rows.fault(0), nullptr);
    QVERIFY2(rows.fault(1) == nullptr, rows.fault(1) ? qPrintable(rows.fault(1)->facts.value(Fact::Column)) : "");

    // Neither side's mistake hides the other's: as text, and as the server compares the copy.
    const int filled = rows.value(0, 1).isNull ? 1 : 0;
    for (int cell = 0; cell < request.read.layout->size(); ++cell) {
        const CellView view = rows.value(filled, cell);
        const CellType &type = request.read.layout->cells[static_cast<size_t>(cell)];
        const QString shown = type.kind == CellKind::Blob
            ? QString::fromLatin1(QByteArray(view.bytes.data(), static_cast<qsizetype>(view.bytes.size())).toHex())
            : cell::text(type, view);
        QCOMPARE(u"%1: "_s.arg(cell) + shown, u"%1: "_s.arg(cell) + filledRow().value(cell));
    }

    // Written back into a copy, every row is the same again.
    VERIFY_OK((*session)->execute(u"CREATE TABLE b LIKE a"_s));
    TableSchema copy = *schema;
    copy.name.name = u"b"_s;
    const TableRequest target(copy);
    auto writer = (*session)->writer(target.write);
    VERIFY_OK(writer);
    VERIFY_OK((*session)->beginWrite());
    const auto all = allRows(rows);
    VERIFY_OK((*writer)->insert({&rows, all}));
    VERIFY_OK((*session)->commit());
    RowBatch again;
    VERIFY_OK(readAll(**session, target.read, again));
    QCOMPARE(again.rowCount(), 2);
    for (int row = 0; row < 2; ++row)
        for (int cell = 0; cell < request.read.layout->size(); ++cell)
            QVERIFY2(rows.value(row, cell) == again.value(row, cell), qPrintable(request.read.columns[cell]));
    for (const QString &column : request.read.columns)
        QCOMPARE(database.value(u"SELECT COUNT(*) FROM a JOIN b USING (id) WHERE a.%1 <=> b.%1"_s.arg(column)),
                 QByteArray("2"));
    VERIFY_OK((*session)->beginWrite());
    RowBatch found;
    VERIFY_OK((*session)->readKeys(target.read, {&rows, all}, true, found));
    QCOMPARE(found.rowCount(), 2);
    VERIFY_OK((*writer)->update({&rows, all}));
    VERIFY_OK((*writer)->remove({&rows, all}));
    VERIFY_OK((*session)->commit());
    QCOMPARE(database.value(u"SELECT COUNT(*) FROM b"_s), QByteArray("0"));
}

void TestMysqlRows::throughput()
{
    MysqlDatabase database;
    database.run(u"CREATE TABLE a (id BIGINT PRIMARY KEY, i INT, s VARCHAR(20), d DECIMAL(12,2), t VARCHAR(200), ts "
                 u"DATETIME(6), b BIGINT, "
                 "f BOOLEAN)"_s);
    database.run(u"INSERT INTO a SELECT seq, seq % 1000, CONCAT('s', seq), seq / 100, REPEAT('é', 40), '2024-01-01' + "
                 u"INTERVAL seq "
                 "MICROSECOND, seq * 1000000, seq % 2 FROM seq_1_to_100000"_s);
    database.run(u"CREATE TABLE b LIKE a"_s);
    auto session = database.open();
    VERIFY_OK(session);
    auto schema = (*session)->describe({{}, u"a"_s});
    VERIFY_OK(schema);
    const TableRequest request(*schema);
    TableSchema copy = *schema;
    copy.name.name = u"b"_s;
    const TableRequest target(copy);
    auto source = database.open(false);
    VERIFY_OK(source);
    for (int i = 0; i < 3; ++i) {
        QElapsedTimer timer;
        timer.start();
        auto reader = (*source)->read(request.read);
        VERIFY_OK(reader);
        RowBatch batch;
        qint64 count = 0;
        for (;;) {
            const auto more = (*reader)->next(batch);
            VERIFY_OK(more);
            if (!*more)
                break;
            count += batch.rowCount();
        }
        QCOMPARE(count, 100'000);
        qInfo("read 100,000 rows in %lld ms", timer.elapsed());
    }
    QElapsedTimer timer;
    timer.start();
    VERIFY_OK((*session)->beginWrite());
    auto writer = (*session)->writer(target.write);
    VERIFY_OK(writer);
    auto reader = (*source)->read(request.read);
    RowBatch batch;
    for (;;) {
        const auto more = (*reader)->next(batch);
        VERIFY_OK(more);
        if (!*more)
            break;
        const auto all = allRows(batch);
        VERIFY_OK((*writer)->insert({&batch, all}));
    }
    VERIFY_OK((*session)->commit());
    qInfo("copied 100,000 rows in %lld ms", timer.elapsed());
    QCOMPARE(database.value(u"SELECT COUNT(*) FROM b"_s), QByteArray("100000"));
}

QTEST_GUILESS_MAIN(TestMysqlRows)
#include "tst_mysqlrows.moc"
