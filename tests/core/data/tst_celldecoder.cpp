// SPDX-License-Identifier: GPL-3.0-or-later
#include <limits>

#include <QDate>
#include <QJsonObject>
#include <QTest>

#include "core/data/celldecoder.h"
#include "core/data/cellbytes.h"

using namespace tidemark;
using namespace Qt::StringLiterals;

namespace {

std::string bytesOfInteger(qint64 value)
{
    std::string bytes(9, '\0');
    cellbytes::putInteger(value, bytes.data());
    return bytes;
}

std::string bytesOfUnsigned(quint64 value)
{
    std::string bytes(9, '\0');
    cellbytes::putUnsigned(value, bytes.data());
    return bytes;
}

std::string bytesOfReal(double value)
{
    std::string bytes(8, '\0');
    cellbytes::putReal(value, bytes.data());
    return bytes;
}

std::string bytesOfTime(qint64 value)
{
    std::string bytes(8, '\0');
    cellbytes::putTime(value, bytes.data());
    return bytes;
}

QJsonValue jsonOf(CellKind kind, const std::string &bytes) { return cell::json({.kind = kind}, {bytes, false}); }

} // namespace

class TestCellDecoder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void integersKeepTheirSign();
    void bytesAreAsDocumented();
    void jsonOfIntegersIsExact();
    void jsonOfOtherKinds();
    void fractionsAreAsShortAsTheyAre_data();
    void fractionsAreAsShortAsTheyAre();
    void floors_data();
    void floors();
    void daysAgreeWithQt();
    void daysReadBack();
    void kindNamesReadBack();
};

void TestCellDecoder::integersKeepTheirSign()
{
    const auto negative = cell::integer({bytesOfInteger(-5), false});
    QVERIFY(negative.isNegative);
    QCOMPARE(negative.toSigned(), -5);
    const auto greatest = cell::integer({bytesOfUnsigned(std::numeric_limits<quint64>::max()), false});
    QVERIFY(!greatest.isNegative);
    QCOMPARE(greatest.value, std::numeric_limits<quint64>::max());
}

void TestCellDecoder::bytesAreAsDocumented()
{
    QCOMPARE(bytesOfInteger(1), std::string("\1\0\0\0\0\0\0\0\1", 9));
    QCOMPARE(bytesOfInteger(-1), std::string("\0\xff\xff\xff\xff\xff\xff\xff\xff", 9));
    QCOMPARE(bytesOfReal(1.0), std::string("\xbf\xf0\0\0\0\0\0\0", 8));
    QCOMPARE(bytesOfReal(-1.0), std::string("\x40\x0f\xff\xff\xff\xff\xff\xff", 8));
    QCOMPARE(bytesOfTime(std::numeric_limits<qint64>::min()), std::string(8, '\0'));
    QCOMPARE(bytesOfTime(std::numeric_limits<qint64>::max()), std::string(8, '\xff'));
    std::string date(4, '\0');
    cellbytes::putDate(0, date.data());
    QCOMPARE(date, std::string("\x80\0\0\0", 4));
}

void TestCellDecoder::jsonOfIntegersIsExact()
{
    constexpr qint64 exact = (qint64(1) << 53) - 1;
    QCOMPARE(jsonOf(CellKind::Integer, bytesOfInteger(exact)), QJsonValue(exact));
    QCOMPARE(jsonOf(CellKind::Integer, bytesOfInteger(-exact)), QJsonValue(-exact));
    QCOMPARE(jsonOf(CellKind::Integer, bytesOfInteger(exact + 1)), QJsonValue(u"9007199254740992"_s));
    QCOMPARE(jsonOf(CellKind::Integer, bytesOfInteger(-exact - 1)), QJsonValue(u"-9007199254740992"_s));
    QCOMPARE(jsonOf(CellKind::Integer, bytesOfUnsigned(std::numeric_limits<quint64>::max())),
             QJsonValue(u"18446744073709551615"_s));
}

void TestCellDecoder::jsonOfOtherKinds()
{
    QCOMPARE(cell::json({.kind = CellKind::Text}, {}), QJsonValue(QJsonValue::Null));
    QCOMPARE(jsonOf(CellKind::Boolean, std::string(1, '\1')), QJsonValue(true));
    QCOMPARE(jsonOf(CellKind::Decimal, "1.50"), QJsonValue(u"1.50"_s));
    QCOMPARE(jsonOf(CellKind::Float, bytesOfReal(1.5)), QJsonValue(1.5));
    QCOMPARE(jsonOf(CellKind::Float, bytesOfReal(std::numeric_limits<double>::infinity())), QJsonValue(u"Infinity"_s));
    QCOMPARE(jsonOf(CellKind::Float, bytesOfReal(std::numeric_limits<double>::quiet_NaN())), QJsonValue(u"NaN"_s));
    QCOMPARE(jsonOf(CellKind::Text, "a\xC3\xA9"), QJsonValue(u"aé"_s));
    QCOMPARE(jsonOf(CellKind::Blob, std::string("\0\xff", 2)), QJsonValue(QJsonObject{{u"base64"_s, u"AP8="_s}}));
    QCOMPARE(jsonOf(CellKind::Json, "{\"a\": 1}"), QJsonValue(u"{\"a\": 1}"_s));
    QCOMPARE(jsonOf(CellKind::Instant, bytesOfTime(0)), QJsonValue(u"1970-01-01 00:00:00+00:00"_s));
}

void TestCellDecoder::fractionsAreAsShortAsTheyAre_data()
{
    QTest::addColumn<qint64>("microseconds");
    QTest::addColumn<int>("digits");
    QTest::addColumn<QString>("expected");
    QTest::newRow("none") << qint64(0) << 0 << u"00:00:00"_s;
    QTest::newRow("none, six wanted") << qint64(0) << 6 << u"00:00:00.000000"_s;
    QTest::newRow("one") << qint64(500'000) << 0 << u"00:00:00.5"_s;
    QTest::newRow("one, three wanted") << qint64(500'000) << 3 << u"00:00:00.500"_s;
    QTest::newRow("six") << qint64(1) << 3 << u"00:00:00.000001"_s;
    QTest::newRow("negative") << qint64(-1'500'000) << 0 << u"-00:00:01.5"_s;
    QTest::newRow("least") << std::numeric_limits<qint64>::min() << 0 << u"-2562047788:00:54.775808"_s;
}

void TestCellDecoder::fractionsAreAsShortAsTheyAre()
{
    QFETCH(qint64, microseconds);
    QFETCH(int, digits);
    QFETCH(QString, expected);
    std::string out;
    cell::appendText({.kind = CellKind::Time}, {bytesOfTime(microseconds), false}, out, digits);
    QCOMPARE(QString::fromStdString(out), expected);
}

void TestCellDecoder::floors_data()
{
    QTest::addColumn<qint64>("value");
    QTest::addColumn<int>("fraction");
    QTest::addColumn<qint64>("expected");
    constexpr qint64 least = std::numeric_limits<qint64>::min();
    constexpr qint64 greatest = std::numeric_limits<qint64>::max();
    QTest::newRow("all digits") << qint64(1'234'567) << 6 << qint64(1'234'567);
    QTest::newRow("five") << qint64(1'234'567) << 5 << qint64(1'234'560);
    QTest::newRow("three") << qint64(1'234'567) << 3 << qint64(1'234'000);
    QTest::newRow("seconds") << qint64(1'999'999) << 0 << qint64(1'000'000);
    QTest::newRow("negative: away from zero") << qint64(-1) << 0 << qint64(-1'000'000);
    QTest::newRow("negative, exact") << qint64(-1'000'000) << 0 << qint64(-1'000'000);
    QTest::newRow("infinity") << greatest << 0 << greatest;
    QTest::newRow("minus infinity") << least << 0 << least;
    QTest::newRow("nothing below") << least + 1 << 0 << least + 1;
}

void TestCellDecoder::floors()
{
    QFETCH(qint64, value);
    QFETCH(int, fraction);
    QTEST(cell::floorMicroseconds(value, fraction), "expected");
}

void TestCellDecoder::daysAgreeWithQt()
{
    const qint64 epoch = QDate(1970, 1, 1).toJulianDay();
    for (qint32 days = -1'100'000; days < 1'100'000; days += 97) { // years −1042 … 4981
        qint64 year = 0;
        int month = 0;
        int day = 0;
        civilFromDays(days, year, month, day);
        const QDate date = QDate::fromJulianDay(epoch + days);
        QCOMPARE(month, date.month());
        QCOMPARE(day, date.day());
        QCOMPARE(year, date.year() > 0 ? date.year() : date.year() + 1); // QDate has no year 0
        QCOMPARE(daysFromCivil(year, month, day), days);
    }
}

void TestCellDecoder::daysReadBack()
{
    for (const qint32 days : {-1, 0, 59, 60, -719'469, -719'468, -719'467, 2'000'000'000, -2'000'000'000}) {
        qint64 year = 0;
        int month = 0;
        int day = 0;
        civilFromDays(days, year, month, day);
        QCOMPARE(daysFromCivil(year, month, day), days);
    }
}

void TestCellDecoder::kindNamesReadBack()
{
    for (int i = 0; i <= static_cast<int>(CellKind::Exact); ++i) {
        const auto kind = static_cast<CellKind>(i);
        QVERIFY(cellKindFromName(cellKindName(kind)) == kind);
    }
    QVERIFY(!cellKindFromName(u"Integer"));
    QVERIFY(!cellKindFromName(u""));
}

QTEST_APPLESS_MAIN(TestCellDecoder)
#include "tst_celldecoder.moc"
