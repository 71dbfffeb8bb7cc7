// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <numeric>

#include "core/data/celldecoder.h"
#include "tests/endpoint/pairs/sqlpair.h"

using namespace tidemark;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(tidemark::Driver)

namespace {

struct Sample
{
    const char *type;
    QStringList values; // SQL of the source
    QString refusedBy; // "s1 m3": the target sqlite refuses the second value, mysql the fourth
};

QList<Sample> samplesOf(Driver driver)
{
    static const QString text = u"''~' '~'trailing  '~'it''s'~'a\nb\tc'~'𝄞 é ẛ̣ שלום'~'NULL'~'007'~'1e5'"_s;
    switch (driver) {
    case Driver::Sqlite:
        return {
            {"BOOLEAN", u"0~1~'true'"_s.split(u'~'), {}},
            {"INTEGER", u"0~-1~9223372036854775807~-9223372036854775808~'abc'~2.5"_s.split(u'~'),
             u"s4 s5 p4 p5 m4 m5"_s},
            {"SMALLINT", u"-32768~32767~40000"_s.split(u'~'), u"m2"_s},
            {"UNSIGNED BLOB", u"5~'18446744073709551615'"_s.split(u'~'), {}},
            {"DECIMAL(12,2)", u"12.50~-0.01~9999999999.99~0~1.005"_s.split(u'~'), {}},
            {"DECIMAL TEXT(30,10)", u"'12345678901234567890.0123456789'~'-0.0000000001'~'1.00'~'NaN'"_s.split(u'~'),
             u"m3"_s},
            {"REAL", u"0.1~1e308~-2.5~5e-324~0.30000000000000004~1e999~-1e999"_s.split(u'~'), u"m5 m6"_s},
            {"TEXT", text.split(u'~') + QStringList{u"CAST(x'610062' AS TEXT)"_s, u"CAST(x'ff' AS TEXT)"_s},
             u"p9 s10 p10 m10"_s},
            {"VARCHAR(3)", u"'abc'~'𝄞𝄞𝄞'~'abcd'"_s.split(u'~'), u"m2"_s},
            {"BLOB", u"x''~x'00'~x'ff00fe'"_s.split(u'~'), {}},
            {"DATE", u"'2024-02-29'~'1970-01-01'~'0001-01-01'~'9999-12-31'~'2024-02-30'~19000"_s.split(u'~'),
             u"s4 s5 p4 p5 m4 m5"_s},
            {"TIME", u"'00:00:00'~'23:59:59.999999'~'12:30'"_s.split(u'~'), {}},
            {"DATETIME",
             u"'2024-02-29 13:00:00.25'~'2024-02-29T13:00:00'~'9999-12-31 23:59:59.999999'~1709200000"_s.split(u'~'),
             u"s3 p3 m3"_s},
            {"TIMESTAMPTZ", u"'2024-02-29 13:00:00+05:30'~'1960-01-01 00:00:00.000001Z'"_s.split(u'~'), u"m1"_s},
            {"UUID", u"'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11'~x'a0eebc999c0b4ef8bb6d6bb9bd380a11'~'no'"_s.split(u'~'),
             u"s2 p2 m2"_s},
            {"JSON TEXT", u"'{\"b\": 1, \"a\": [1.0, null]}'~'1.0'~'\"x\"'~'{'"_s.split(u'~'), u"s3 p3 m3"_s},
            {"", u"5~'5'~'x'~2.5"_s.split(u'~'), {}},
        };
    case Driver::Postgres:
        return {
            {"boolean", u"true~false"_s.split(u'~'), {}},
            {"smallint", u"-32768~32767"_s.split(u'~'), {}},
            {"integer", u"-2147483648~2147483647"_s.split(u'~'), {}},
            {"bigint", u"-9223372036854775808~9223372036854775807~0"_s.split(u'~'), {}},
            {"numeric(12,2)", u"12.50~-0.01~9999999999.99~'NaN'"_s.split(u'~'), u"s3 m3"_s},
            {"numeric(38,10)", u"1234567890123456789012345678.0123456789~-0.0000000001"_s.split(u'~'), {}},
            {"numeric", u"123456789012345678901234567890.123456789~1.00~'NaN'~'Infinity'~1e40"_s.split(u'~'),
             u"m2 m3 m4"_s},
            {"real", u"0.1~3.4028235e38~-1e-45~'NaN'~'Infinity'"_s.split(u'~'), u"s3 m3 m4"_s},
            {"double precision", u"0.1~1e308~5e-324~0.30000000000000004~'NaN'~'-Infinity'~'-0'"_s.split(u'~'),
             u"s4 m4 m5"_s},
            {"text", text.split(u'~'), {}},
            {"varchar(40)", u"'abc'~repeat('𝄞', 40)"_s.split(u'~'), {}},
            {"char(5)", u"'ab'~'abcde'"_s.split(u'~'), {}},
            {"bytea", u"''~'\\x00'~'\\xff00fe'"_s.split(u'~'), {}},
            {"date",
             u"'2024-02-29'~'0001-01-01'~'9999-12-31'~'infinity'~'-infinity'~'10000-01-01'~'0044-03-15 BC'"_s.split(
                 u'~'),
             u"m3 m4 m5 m6"_s},
            {"time", u"'00:00:00'~'23:59:59.999999'~'24:00:00'"_s.split(u'~'), {}},
            {"timestamp",
             u"'2024-02-29 13:00:00.25'~'9999-12-31 23:59:59.999999'~'infinity'~'0001-01-01'"_s.split(u'~'), u"m2"_s},
            {"timestamp(0)", u"'2024-02-29 13:00:00'"_s.split(u'~'), {}},
            {"timestamptz", u"'2024-02-29 13:00:00+05:30'~'1960-01-01 00:00:00.000001Z'~'infinity'"_s.split(u'~'),
             u"m1 m2"_s},
            {"uuid", u"'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'"_s.split(u'~'), {}},
            {"json", u"'{\"b\": 1, \"b\": 2, \"a\": [1.0, null]}'~'1.0'~'\"x\"'"_s.split(u'~'), {}},
            {"jsonb", u"'{\"b\": 1, \"a\": [1.0, null]}'~'12345678901234567890.5'"_s.split(u'~'), {}},
            {"interval", u"'1 year 2 mons -3 days 04:05:06.7'"_s.split(u'~'), {}},
            {"inet", u"'192.168.0.1/24'~'::1'"_s.split(u'~'), {}},
            {"integer[]", u"'{1,NULL,3}'~'{}'"_s.split(u'~'), {}},
            {"bit(5)", u"B'10101'"_s.split(u'~'), {}},
            {"timetz", u"'12:00:00+02'"_s.split(u'~'), {}},
            {"tsvector", u"'a:1 b:2'"_s.split(u'~'), {}},
        };
    default:
        return {
            {"tinyint(1)", u"0~1"_s.split(u'~'), {}},
            {"tinyint", u"-128~127"_s.split(u'~'), {}},
            {"int unsigned", u"0~4294967295"_s.split(u'~'), {}},
            {"bigint", u"-9223372036854775808~9223372036854775807"_s.split(u'~'), {}},
            {"bigint unsigned", u"0~18446744073709551615~9223372036854775808"_s.split(u'~'), {}},
            {"decimal(12,2)", u"12.50~-0.01~9999999999.99"_s.split(u'~'), {}},
            {"decimal(65,30)",
             u"12345678901234567890123456789012345.012345678901234567890123456789~-1"_s.split(u'~'),
             {}},
            {"float", u"0.1~3.4e38~-1e-38"_s.split(u'~'), {}},
            {"double", u"0.1~1e308~5e-324~0.30000000000000004"_s.split(u'~'), {}},
            {"text", text.split(u'~') + QStringList{u"_utf8mb4 x'610062'"_s}, u"p9"_s},
            {"varchar(40)", u"'abc'~repeat('𝄞', 40)"_s.split(u'~'), {}},
            {"char(5)", u"'ab'~'abcde'"_s.split(u'~'), {}},
            {"blob", u"''~x'00'~x'ff00fe'"_s.split(u'~'), {}},
            {"binary(4)", u"x'00ff'~x'01020304'"_s.split(u'~'), {}},
            {"date", u"'2024-02-29'~'1000-01-01'~'9999-12-31'"_s.split(u'~'), {}},
            {"time(6)", u"'00:00:00'~'23:59:59.999999'~'838:59:59'~'-838:59:59'"_s.split(u'~'), u"p2 p3"_s},
            {"datetime", u"'2024-02-29 13:00:00'~'9999-12-31 23:59:59'"_s.split(u'~'), {}},
            {"datetime(6)", u"'2024-02-29 13:00:00.25'~'9999-12-31 23:59:59.999999'"_s.split(u'~'), {}},
            {"timestamp(6) NULL", u"'2024-02-29 13:00:00.000001'~'1970-01-01 00:00:01'"_s.split(u'~'), {}},
            {"year", u"1901~2155"_s.split(u'~'), {}},
            {"enum('a','B c','it''s')", u"'a'~'it''s'"_s.split(u'~'), {}},
            {"set('a','b','c')", u"''~'a,c'"_s.split(u'~'), {}},
            {"json", u"'{\"b\": 1, \"a\": [1.0, null]}'~'1.0'"_s.split(u'~'), {}},
            {"bit(5)", u"b'10101'~b'0'"_s.split(u'~'), {}},
            {"uuid", u"'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'"_s.split(u'~'), {}},
            {"inet6", u"'::1'"_s.split(u'~'), {}},
        };
    }
    return {};
}

ReadRequest requestOf(const TableMapping &mapping, bool ofTarget)
{
    ReadRequest request;
    request.table = ofTarget ? &mapping.target : &mapping.source;
    request.layout = mapping.layout();
    request.columns = ofTarget ? mapping.targetColumns() : mapping.sourceColumns();
    request.sources = ofTarget ? mapping.targetCells() : mapping.sourceCells();
    return request;
}

Result<RowBatch> readAll(Session &session, const ReadRequest &request)
{
    RowBatch all(request.layout);
    TRY(session.beginRead());
    {
        TRY_ASSIGN(auto reader, session.read(request));
        RowBatch batch(request.layout);
        for (;;) {
            TRY_ASSIGN(const bool more, reader->next(batch));
            if (!more)
                break;
            for (int row = 0; row < batch.rowCount(); ++row)
                all.appendRow(batch, row);
        }
    }
    TRY(session.commit());
    return all;
}

qint64 idOf(const RowBatch &batch, int row)
{
    std::string text;
    cell::appendText(batch.layout().cells.front(), batch.value(row, 0), text);
    return QByteArray::fromStdString(text).toLongLong();
}

QString shownCell(const RowBatch &batch, int row)
{
    const CellView cell = batch.value(row, 1);
    return cell.isNull ? u"NULL"_s : cell::text(batch.layout().cells[1], cell);
}

QString shownError(const Error &error)
{
    QString text = codeName(error.code) + u' ' + error.detail;
    for (auto it = error.facts.begin(); it != error.facts.end(); ++it)
        text += u' ' + factName(it.key()) + u'=' + it.value();
    return text;
}

} // namespace

// MySQL's TIMESTAMP has no year before 1970, its DECIMAL 35 digits before the point, its sizes are kept to; SQLite
// turns NaN into NULL. Those rows are set aside. Every kind of value from every engine into a table that the other one
// creates for it: it reads back equal there, or its row is refused. Nothing changes in silence.
class TestValueMatrix : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void keepsOrRefuses_data();
    void keepsOrRefuses();

private:
    Side &side(Driver driver, bool isTarget);
    void fill(Side &source, const QString &table, const Sample &sample);
    // Which values are refused: "s1", by the first letter of the target.
    QStringList write(Session &target, const TableMapping &mapping, const RowBatch &rows, QChar letter);
    void compare(Session &target, const TableMapping &mapping, const RowBatch &rows, qsizetype refused);

    QTemporaryDir m_folder;
    std::map<std::pair<Driver, bool>, std::unique_ptr<Side>> m_sides;
    int m_table = 0;
};

void TestValueMatrix::initTestCase()
{
    for (const Driver driver : {Driver::Sqlite, Driver::Postgres, Driver::Mysql})
        if (Side::isAvailable(driver))
            for (const bool isTarget : {false, true})
                m_sides[{driver, isTarget}] =
                    std::make_unique<Side>(driver, m_folder.path(), isTarget ? u"matrixto"_s : u"matrixfrom"_s);
}

void TestValueMatrix::cleanupTestCase() { m_sides.clear(); }

Side &TestValueMatrix::side(Driver driver, bool isTarget) { return *m_sides.at({driver, isTarget}); }

void TestValueMatrix::keepsOrRefuses_data()
{
    QTest::addColumn<Driver>("from");
    QTest::addColumn<Driver>("to");
    QTest::addColumn<int>("sample");
    for (const Driver from : {Driver::Sqlite, Driver::Postgres, Driver::Mysql}) {
        const QList<Sample> samples = samplesOf(from);
        for (const Driver to : {Driver::Sqlite, Driver::Postgres, Driver::Mysql})
            for (int i = 0; i < samples.size(); ++i)
                QTest::addRow("%s %s → %s", qPrintable(driverName(from)), samples[i].type, qPrintable(driverName(to)))
                    << from << to << i;
    }
}

void TestValueMatrix::fill(Side &source, const QString &table, const Sample &sample)
{
    source.exec(u"CREATE TABLE %1 (id bigint PRIMARY KEY, v %2)"_s.arg(table, QString::fromUtf8(sample.type)));
    QStringList rows;
    for (qsizetype i = 0; i < sample.values.size(); ++i)
        rows += u"(%1, %2)"_s.arg(i).arg(sample.values[i]);
    rows += u"(1000, NULL)"_s;
    source.exec(u"INSERT INTO %1 VALUES "_s.arg(table) + rows.join(u", "_s));
}

QStringList TestValueMatrix::write(Session &target, const TableMapping &mapping, const RowBatch &rows, QChar letter)
{
    WriteRequest request;
    request.table = &mapping.target;
    request.layout = mapping.layout();
    request.cells = mapping.targetCells();
    const QStringList names = mapping.targetColumns();
    for (int i = 0; i < names.size(); ++i)
        request.columns.push_back({i, names[i], i < mapping.keyCount});
    QStringList refused;
    if (!target.beginWrite())
        return {u"begin"_s};
    {
        auto writer = target.writer(request);
        for (int row = 0; writer && row < rows.rowCount(); ++row) {
            const QString mark = letter + QString::number(idOf(rows, row));
            if (rows.fault(row) != nullptr) {
                refused += rows.fault(row)->isRowFault() ? mark : mark + u' ' + shownError(*rows.fault(row));
                continue;
            }
            const RowSelection one{&rows, std::span(&row, 1)};
            const auto point = target.savepoint();
            auto done = (*writer)->insert(one);
            if (done)
                done = (*writer)->flush();
            if (done) // the way of an update must keep it as well
                done = (*writer)->update(one);
            const auto ended = done ? target.releaseSavepoint() : target.rollbackToSavepoint();
            if (!done)
                refused += done.error().isRowFault() ? mark : mark + u' ' + shownError(done.error());
            if (!point || !ended)
                refused += mark + u" savepoint"_s;
        }
        if (!writer)
            refused += shownError(writer.error());
        else if (const auto finished = (*writer)->finish(); !finished)
            refused += shownError(finished.error());
    }
    if (const auto committed = target.commit(); !committed)
        refused += shownError(committed.error());
    return refused;
}

void TestValueMatrix::compare(Session &target, const TableMapping &mapping, const RowBatch &rows, qsizetype refused)
{
    const auto there = readAll(target, requestOf(mapping, true));
    QVERIFY2(there, there ? "" : qPrintable(shownError(there.error())));
    QCOMPARE(there->rowCount(), rows.rowCount() - static_cast<int>(refused));
    RowBatch found(mapping.layout());
    std::vector<int> every(static_cast<size_t>(rows.rowCount()));
    std::iota(every.begin(), every.end(), 0);
    QVERIFY(target.beginRead());
    QVERIFY(target.readKeys(requestOf(mapping, true), {&rows, every}, false, found));
    QVERIFY(target.commit());
    QCOMPARE(found.rowCount(), there->rowCount());
    for (const RowBatch *kept : {&*there, static_cast<const RowBatch *>(&found)}) {
        for (int row = 0; row < kept->rowCount(); ++row) {
            QVERIFY2(kept->fault(row) == nullptr, kept->fault(row) ? qPrintable(shownError(*kept->fault(row))) : "");
            const auto same = std::find_if(every.begin(), every.end(),
                                           [&](int other) { return idOf(rows, other) == idOf(*kept, row); });
            QVERIFY(same != every.end());
            const QString pair = shownCell(rows, *same) + u" became "_s + shownCell(*kept, row);
            QVERIFY2(rows.equalRows(*same, *kept, row), qPrintable(pair));
            QCOMPARE(kept->fingerprint(row), rows.fingerprint(*same));
        }
    }
}

void TestValueMatrix::keepsOrRefuses()
{
    QFETCH(Driver, from);
    QFETCH(Driver, to);
    QFETCH(int, sample);
    if (!Side::isAvailable(from) || !Side::isAvailable(to))
        QSKIP("a server is missing: TIDEMARK_TEST_POSTGRES or TIDEMARK_TEST_MYSQL is not set");
    const Sample values = samplesOf(from)[sample];
    const QString name = u"v%1"_s.arg(++m_table);
    fill(side(from, false), name, values);
    SqlSession &source = side(from, false).session();
    SqlSession &target = side(to, true).session();
    const auto schema = source.describe({{}, name});
    QVERIFY2(schema, schema ? "" : qPrintable(shownError(schema.error())));
    const auto planned = target.planTable(*schema, {{}, name});
    QVERIFY2(planned, planned ? "" : qPrintable(shownError(planned.error())));
    const auto created = target.createTable(*planned);
    QVERIFY2(created, created ? "" : qPrintable(shownError(created.error())));
    const auto described = target.describe({{}, name});
    QVERIFY2(described, described ? "" : qPrintable(shownError(described.error())));
    const auto mapping = mapTable(*schema, *described, {});
    QVERIFY2(mapping, mapping ? "" : qPrintable(shownError(mapping.error())));
    const auto rows = readAll(source, requestOf(*mapping, false));
    QVERIFY2(rows, rows ? "" : qPrintable(shownError(rows.error())));
    QCOMPARE(rows->rowCount(), static_cast<int>(values.values.size()) + 1);
    const QChar letter = driverName(to).front();
    QStringList refused = write(target, *mapping, *rows, letter);
    std::sort(refused.begin(), refused.end());
    compare(target, *mapping, *rows, refused.size());
    QStringList expected;
    for (const QString &mark : values.refusedBy.split(u' ', Qt::SkipEmptyParts))
        if (mark.front() == letter)
            expected += mark;
    std::sort(expected.begin(), expected.end());
    QCOMPARE(refused.join(u' '), expected.join(u' '));
}

QTEST_GUILESS_MAIN(TestValueMatrix)
#include "tst_valuematrix.moc"
