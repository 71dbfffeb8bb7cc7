// SPDX-License-Identifier: GPL-3.0-or-later
// What each kind of cell makes of whatever a driver delivers.
#include "tests/core/data/delivery.h"

using namespace tidemark;
using namespace tidemark::test;

namespace {

void add(const char *name, CellKind kind, const Delivery &deliver, const char *expected)
{
    QTest::addRow("%s: %s", qPrintable(cellKindName(kind)), name) << of(kind) << deliver << QString::fromUtf8(expected);
}

const std::string uuidBytes("\xa0\xee\xbc\x99\x9c\x0b\x4e\xf8\xbb\x6d\x6b\xb9\xbd\x38\x0a\x11", 16);

} // namespace

class TestCellConversion : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void converts_data();
    void converts();
};

void TestCellConversion::converts_data()
{
    using K = CellKind;
    QTest::addColumn<CellType>("type");
    QTest::addColumn<Delivery>("deliver");
    QTest::addColumn<QString>("expected");

    add("of an integer", K::Integer, integer(-7), "-7");
    add("least", K::Integer, integer(std::numeric_limits<qint64>::min()), "-9223372036854775808");
    add("greatest unsigned", K::Integer, big(std::numeric_limits<quint64>::max()), "18446744073709551615");
    add("of an integral decimal", K::Integer, decimal("12.00"), "12");
    add("of an exponent", K::Integer, decimal("12e2"), "1200");
    add("of a fractional decimal", K::Integer, decimal("12.5"), "FAULT");
    add("of a decimal too large", K::Integer, decimal("18446744073709551616"), "FAULT");
    add("of the least as decimal", K::Integer, decimal("-9223372036854775808"), "-9223372036854775808");
    add("of a decimal too small", K::Integer, decimal("-9223372036854775809"), "FAULT");
    add("of minus zero", K::Integer, decimal("-0.0"), "0");
    add("of a decimal NaN", K::Integer, decimal("NaN"), "FAULT");
    add("of an integral real", K::Integer, real(3.0), "3");
    add("of a real at the limit", K::Integer, real(9007199254740991.0), "9007199254740991");
    add("of a real beyond the limit", K::Integer, real(9007199254740992.0), "FAULT");
    add("of a fractional real", K::Integer, real(3.5), "FAULT");
    add("of infinity", K::Integer, real(std::numeric_limits<double>::infinity()), "FAULT");
    add("of a float", K::Integer, real32(3.0F), "3");
    add("of text", K::Integer, text("007"), "7");
    add("of text with point", K::Integer, text("1.0"), "FAULT");
    add("of text with exponent", K::Integer, text("1e3"), "FAULT");
    add("of text with blanks", K::Integer, text(" 1"), "FAULT");
    add("of empty text", K::Integer, text(""), "FAULT");
    add("of words", K::Integer, text("seven"), "FAULT");
    add("of a boolean", K::Integer, boolean(true), "1");
    add("of a blob", K::Integer, blob("1"), "FAULT");
    add("of a date", K::Integer, date(1), "FAULT");

    add("of a decimal", K::Decimal, decimal("1.00"), "1.00");
    add("of 65 digits", K::Decimal, decimal("12345678901234567890123456789012345.678901234567890123456789012345"),
        "12345678901234567890123456789012345.678901234567890123456789012345");
    add("of leading zeros and a plus", K::Decimal, decimal("+0012.50"), "12.50");
    add("of no whole part", K::Decimal, decimal("-.5"), "-0.5");
    add("of no fraction", K::Decimal, decimal("5."), "5");
    add("of an exponent", K::Decimal, decimal("1.5e3"), "1500");
    add("of a negative exponent", K::Decimal, decimal("15E-4"), "0.0015");
    add("of an exponent that no database has", K::Decimal, decimal("1e999999"), "FAULT");
    add("of a huge exponent", K::Decimal, decimal("1e99999999999999999999"), "FAULT");
    add("of NaN", K::Decimal, decimal("nan"), "NaN");
    add("of minus infinity", K::Decimal, decimal("-inf"), "-Infinity");
    add("of an integer", K::Decimal, integer(-5), "-5");
    add("of a real", K::Decimal, real(0.1), "0.1");
    add("of a tiny real", K::Decimal, real(1e-7), "0.0000001");
    add("of 2⁵³+2 as a real", K::Decimal, real(9007199254740994.0), "9007199254740994");
    add("of a float", K::Decimal, real32(0.1F), "0.1");
    add("of a huge real", K::Decimal, real(1e30), "1000000000000000000000000000000");
    add("of text", K::Decimal, text("12.5"), "12.5");
    add("of nothing", K::Decimal, decimal(""), "FAULT");
    add("of a sign", K::Decimal, decimal("-"), "FAULT");
    add("of a point", K::Decimal, decimal("."), "FAULT");
    add("of two signs", K::Decimal, decimal("+-1"), "FAULT");
    add("of an exponent of two signs", K::Decimal, decimal("1e+-1"), "FAULT");
    add("of a comma", K::Decimal, text("1,5"), "FAULT");
    add("of a hexadecimal", K::Decimal, text("0x10"), "FAULT");
    add("of a boolean", K::Decimal, boolean(true), "FAULT");

    add("of a real", K::Float, real(0.1), "0.1");
    add("of a float", K::Float, real32(0.1F), "0.10000000149011612");
    add("of NaN", K::Float, real(std::numeric_limits<double>::quiet_NaN()), "NaN");
    add("of minus infinity", K::Float, real(-std::numeric_limits<double>::infinity()), "-Infinity");
    add("of the least subnormal", K::Float, real(std::numeric_limits<double>::denorm_min()), "5e-324");
    add("of an exact integer", K::Float, integer(9007199254740992), "9007199254740992");
    add("of 2⁵³+1", K::Float, integer(9007199254740993), "FAULT");
    add("of the greatest unsigned", K::Float, big(std::numeric_limits<quint64>::max()), "FAULT");
    add("of 2⁶³", K::Float, big(quint64(1) << 63), "9223372036854775808");
    add("of the least integer", K::Float, integer(std::numeric_limits<qint64>::min()), "-9223372036854775808");
    add("of shortest digits", K::Float, decimal("0.1"), "0.1");
    add("of digits with zeros", K::Float, decimal("0.100"), "0.1");
    add("of 17 digits", K::Float, text("0.10000000000000001"), "0.1");
    add("of digits that a double loses", K::Float, decimal("0.1234567890123456789"), "FAULT");
    add("of an overflow", K::Float, text("1e400"), "FAULT");
    add("of an underflow", K::Float, text("1e-400"), "FAULT");
    add("of text infinity", K::Float, text("Infinity"), "Infinity");

    add("of a boolean", K::Boolean, boolean(false), "false");
    add("of 1", K::Boolean, integer(1), "true");
    add("of 2", K::Boolean, integer(2), "FAULT");
    add("of -1", K::Boolean, integer(-1), "FAULT");
    add("of t", K::Boolean, text("t"), "true");
    add("of false", K::Boolean, text("false"), "false");
    add("of 0", K::Boolean, text("0"), "false");
    add("of yes", K::Boolean, text("yes"), "FAULT");
    add("of a real", K::Boolean, real(1.0), "FAULT");

    add("as delivered", K::Text, text("a\xCC\x88"), "a\xCC\x88");
    add("empty", K::Text, text(""), "");
    add("an emoji", K::Text, text("\xF0\x9F\x8C\x8A"), "\xF0\x9F\x8C\x8A");
    add("right to left", K::Text, text("\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D"), "\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D");
    add("invalid UTF-8", K::Text, text("caf\xE9"), "FAULT");
    add("an overlong form", K::Text, text("abcdefgh\xC0\x80"), "FAULT");
    add("a surrogate", K::Text, text("\xED\xA0\x80"), "FAULT");
    add("beyond U+10FFFF", K::Text, text("\xF4\x90\x80\x80"), "FAULT");
    add("a cut sequence", K::Text, text("\xE2\x82"), "FAULT");
    add("of a blob", K::Text, blob("caf\xC3\xA9"), "caf\xC3\xA9");
    add("of a blob that is no text", K::Text, blob("\xFF"), "FAULT");
    add("of an integer", K::Text, integer(-7), "-7");
    add("of a real", K::Text, real(0.1), "0.1");
    add("of a large real", K::Text, real(1e300), "1e+300");
    add("of a decimal", K::Text, decimal("1.50"), "1.50");
    add("of a boolean", K::Text, boolean(true), "true");
    add("of a timestamp", K::Text, timestamp(1'500'000), "1970-01-01 00:00:01.5");
    add("of an instant", K::Text, instant(-1), "1969-12-31 23:59:59.999999+00:00");
    add("of a date", K::Text, date(-719'163), "0001-12-31 BC");
    add("of a uuid", K::Text, uuid(uuidBytes), "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11");
    add("of json", K::Text, json("{ }"), "{ }");
    add("of a zero date", K::Text, zeroDate("0000-00-00"), "0000-00-00");
    add("of an enum", K::Exact, text("large"), "large");
    add("of an integer", K::Exact, integer(5), "5");

    add("of bytes", K::Blob, blob(std::string("\0\xFF", 2)), "00ff");
    add("empty", K::Blob, blob(""), "");
    add("of text", K::Blob, text("é"), "c3a9");
    add("of a uuid", K::Blob, uuid(uuidBytes), "a0eebc999c0b4ef8bb6d6bb9bd380a11");
    add("of an integer", K::Blob, integer(1), "FAULT");

    add("of bytes", K::Uuid, uuid(uuidBytes), "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11");
    add("of text", K::Uuid, text("A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11"), "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11");
    add("of text without dashes", K::Uuid, text("a0eebc999c0b4ef8bb6d6bb9bd380a11"), "FAULT");
    add("of a text with a stray character", K::Uuid, text("a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a1g"), "FAULT");
    add("of a blob", K::Uuid, blob(uuidBytes), "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11");
    add("of 15 bytes", K::Uuid, blob(uuidBytes.substr(1)), "FAULT");

    add("of days", K::Date, date(19'782), "2024-02-29");
    add("of infinity", K::Date, date(std::numeric_limits<qint32>::max()), "infinity");
    add("of text", K::Date, text("2024-02-29"), "2024-02-29");
    add("of text BC", K::Date, text("0044-03-15 BC"), "0044-03-15 BC");
    add("of ISO text before year 1", K::Date, text("-0043-03-15"), "0044-03-15 BC");
    add("of the year 10000", K::Date, text("10000-01-01"), "10000-01-01");
    add("of a day that is none", K::Date, text("2023-02-29"), "FAULT");
    add("of a century without leap day", K::Date, text("1900-02-29"), "FAULT");
    add("of midnight", K::Date, text("2024-02-29 00:00:00"), "2024-02-29");
    add("of an hour", K::Date, text("2024-02-29 01:00:00"), "FAULT");
    add("of a timestamp at midnight", K::Date, timestamp(-86'400'000'000), "1969-12-31");
    add("of a timestamp later", K::Date, timestamp(1), "FAULT");
    add("of a short year", K::Date, text("24-02-29"), "FAULT");
    add("of an American", K::Date, text("02/29/2024"), "FAULT");
    add("of an integer", K::Date, integer(5), "FAULT");
    add("of a zero date", K::Date, text("0000-00-00"), "FAULT");

    add("negative, beyond a day", K::Time, time(-3'020'399'000'000), "-838:59:59");
    add("of text", K::Time, text("-838:59:59.5"), "-838:59:59.5");
    add("without seconds", K::Time, text("09:05"), "09:05:00");
    add("of midnight's end", K::Time, text("24:00:00"), "24:00:00");
    add("of a leap second", K::Time, text("23:59:60"), "FAULT");
    add("of seven digits", K::Time, text("00:00:00.1234567"), "FAULT");
    add("of seven digits, the last zero", K::Time, text("00:00:00.1234560"), "00:00:00.123456");
    add("of an empty fraction", K::Time, text("00:00:00."), "FAULT");

    add("of microseconds", K::Timestamp, timestamp(-1), "1969-12-31 23:59:59.999999");
    add("of infinity", K::Timestamp, timestamp(greatestTime), "infinity");
    add("of minus infinity", K::Timestamp, text("-infinity"), "-infinity");
    add("of text", K::Timestamp, text("2024-02-29T13:00:00.250"), "2024-02-29 13:00:00.25");
    add("of a date in text", K::Timestamp, text("2024-02-29"), "2024-02-29 00:00:00");
    add("of year 294246", K::Timestamp, text("294246-12-31 23:59:59.999999"), "294246-12-31 23:59:59.999999");
    add("of what 64 bits cannot count", K::Timestamp, text("294276-12-31 23:59:59.999999"), "FAULT");
    add("of year 4713 BC", K::Timestamp, text("4713-01-01 00:00:00 BC"), "4713-01-01 00:00:00 BC");
    add("of text with an offset", K::Timestamp, text("2024-02-29 13:00:00Z"), "FAULT");
    add("of hour 24", K::Timestamp, text("2024-02-29 24:00:00"), "FAULT");
    add("of a leap second", K::Timestamp, text("2016-12-31 23:59:60"), "FAULT");
    add("of a date", K::Timestamp, date(1), "1970-01-02 00:00:00");
    add("of an infinite date", K::Timestamp, date(std::numeric_limits<qint32>::min()), "-infinity");
    add("of a date beyond the microseconds", K::Timestamp, date(2'000'000'000), "FAULT");
    add("of an instant", K::Timestamp, instant(0), "1970-01-01 00:00:00");
    add("of trailing text", K::Timestamp, text("2024-02-29 13:00:00 "), "FAULT");
    add("of a time", K::Timestamp, time(1), "FAULT");

    add("of microseconds", K::Instant, instant(0), "1970-01-01 00:00:00+00:00");
    add("of minus infinity", K::Instant, instant(leastTime), "-infinity");
    add("of an offset", K::Instant, text("2024-02-29 13:00:00+05:30"), "2024-02-29 07:30:00+00:00");
    add("of a short offset", K::Instant, text("2024-02-29 13:00:00-08"), "2024-02-29 21:00:00+00:00");
    add("of Z", K::Instant, text("2024-02-29T13:00:00Z"), "2024-02-29 13:00:00+00:00");
    add("of an offset BC", K::Instant, text("0044-03-15 00:00:00+00 BC"), "0044-03-15 00:00:00+00:00 BC");
    add("of no offset", K::Instant, text("2024-02-29 13:00:00"), "2024-02-29 13:00:00+00:00");
    add("of an offset of a day", K::Instant, text("2024-02-29 13:00:00+24:00"), "FAULT");

    add("as delivered", K::Json, json("{ \"b\": 1, \"a\": 1.0 }"), "{ \"b\": 1, \"a\": 1.0 }");
    add("of text", K::Json, text("[1]"), "[1]");
    add("of an integer", K::Json, integer(5), "5");
    add("of words", K::Json, text("none"), "FAULT");
    add("cut", K::Json, text("[1"), "FAULT");
    add("of NaN", K::Json, real(std::numeric_limits<double>::quiet_NaN()), "FAULT");
}

void TestCellConversion::converts()
{
    QFETCH(CellType, type);
    QFETCH(Delivery, deliver);
    QFETCH(QString, expected);
    QCOMPARE(encode(type, deliver).shown, expected);
}

QTEST_APPLESS_MAIN(TestCellConversion)
#include "tst_cellconversion.moc"
