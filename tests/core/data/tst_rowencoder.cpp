// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>
#include <functional>
#include <limits>

#include <QTest>

#include "core/data/celldecoder.h"
#include "core/data/rowencoder.h"

using namespace tidemark;
using namespace Qt::StringLiterals;

using Delivery = std::function<void(RowEncoder &)>;
Q_DECLARE_METATYPE(Delivery)
Q_DECLARE_METATYPE(tidemark::CellType)

namespace {

constexpr qint64 leastTime = std::numeric_limits<qint64>::min();
constexpr qint64 greatestTime = std::numeric_limits<qint64>::max();

CellType of(CellKind kind) { return {.kind = kind}; }

std::shared_ptr<const RowLayout> oneCell(const CellType &type)
{
    auto layout = std::make_shared<RowLayout>();
    layout->cells = {type};
    layout->comparedCount = 1;
    return layout;
}

struct Encoded
{
    RowBatch batch;
    QString shown; // "FAULT", "NULL", or the text; hex where binary
};

Encoded encode(const CellType &type, const Delivery &deliver, const QByteArray &zone = {})
{
    const auto layout = oneCell(type);
    Encoded result{RowBatch(layout), {}};
    RowEncoder encoder(layout, {{{}, zone, u"amount"_s}});
    encoder.setBatch(&result.batch);
    encoder.beginRow();
    deliver(encoder);
    encoder.endRow();
    const CellView cell = result.batch.value(0, 0);
    if (result.batch.fault(0) != nullptr)
        result.shown = cell.isNull ? u"FAULT"_s : u"FAULT WITH A VALUE"_s;
    else if (cell.isNull)
        result.shown = u"NULL"_s;
    else if (type.kind == CellKind::Blob)
        result.shown = QString::fromLatin1(QByteArray(cell.bytes.data(), qsizetype(cell.bytes.size())).toHex());
    else
        result.shown = cell::text(type, cell);
    return result;
}

Delivery text(const std::string &utf8)
{
    return [utf8](RowEncoder &e) { e.text(utf8); };
}
Delivery blob(const std::string &bytes)
{
    return [bytes](RowEncoder &e) { e.blob(bytes); };
}
Delivery decimal(const std::string &digits)
{
    return [digits](RowEncoder &e) { e.decimal(digits); };
}
Delivery integer(qint64 value)
{
    return [value](RowEncoder &e) { e.integer(value); };
}
Delivery big(quint64 value)
{
    return [value](RowEncoder &e) { e.unsignedInteger(value); };
}
Delivery real(double value)
{
    return [value](RowEncoder &e) { e.real(value); };
}
Delivery real32(float value)
{
    return [value](RowEncoder &e) { e.real32(value); };
}
Delivery boolean(bool value)
{
    return [value](RowEncoder &e) { e.boolean(value); };
}
Delivery date(qint32 days)
{
    return [days](RowEncoder &e) { e.date(days); };
}
Delivery time(qint64 us)
{
    return [us](RowEncoder &e) { e.time(us); };
}
Delivery timestamp(qint64 us)
{
    return [us](RowEncoder &e) { e.timestamp(us); };
}
Delivery instant(qint64 us)
{
    return [us](RowEncoder &e) { e.instant(us); };
}
Delivery uuid(const std::string &bytes)
{
    return [bytes](RowEncoder &e) { e.uuid(bytes); };
}
Delivery json(const std::string &utf8)
{
    return [utf8](RowEncoder &e) { e.json(utf8); };
}
Delivery zeroDate(const std::string &text)
{
    return [text](RowEncoder &e) { e.zeroDate(text); };
}

void add(const char *name, CellKind kind, const Delivery &deliver, const char *expected)
{
    QTest::addRow("%s: %s", qPrintable(cellKindName(kind)), name) << of(kind) << deliver << QString::fromUtf8(expected);
}

const std::string uuidBytes("\xa0\xee\xbc\x99\x9c\x0b\x4e\xf8\xbb\x6d\x6b\xb9\xbd\x38\x0a\x11", 16);

} // namespace

class TestRowEncoder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void converts_data();
    void converts();
    void faultTellsWhatWasLost();
    void faultCutsLongValues();
    void nullIsNoValue();
    void nulBytesFollowThePolicy();
    void zeroDatesFollowThePolicy();
    void wallTimesTakeTheZone_data();
    void wallTimesTakeTheZone();
    void instantsBecomeWallTimes();
    void comparisonFollowsTheType();
    void rowOfSixteenMebibytes();
    void thousandColumns();
};

void TestRowEncoder::converts_data()
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

void TestRowEncoder::converts()
{
    QFETCH(CellType, type);
    QFETCH(Delivery, deliver);
    QFETCH(QString, expected);
    QCOMPARE(encode(type, deliver).shown, expected);
}

void TestRowEncoder::faultTellsWhatWasLost()
{
    const Encoded row = encode(of(CellKind::Integer), text("seven"));
    const Error *error = row.batch.fault(0);
    QVERIFY(error != nullptr);
    QCOMPARE(error->code, ErrorCode::ValueNotKept);
    QVERIFY(error->isRowFault());
    QCOMPARE(error->facts.value(Fact::Column), u"amount"_s);
    QCOMPARE(error->facts.value(Fact::Value), u"seven"_s);
    QCOMPARE(error->facts.value(Fact::Type), u"integer"_s);
    QCOMPARE(encode(of(CellKind::Text), blob("\xFF")).batch.fault(0)->facts.value(Fact::Value), u"ff"_s);
}

void TestRowEncoder::faultCutsLongValues()
{
    const Encoded row = encode(of(CellKind::Integer), text(std::string(100'000, 'x')));
    QVERIFY(row.batch.fault(0)->facts.value(Fact::Value).size() < 200);
    QVERIFY(row.batch.fault(0)->facts.value(Fact::Value).endsWith(u'…'));
}

void TestRowEncoder::nullIsNoValue()
{
    const Encoded null = encode(of(CellKind::Text), [](RowEncoder &e) { e.null(); });
    const Encoded empty = encode(of(CellKind::Text), text(""));
    QVERIFY(!null.batch.equalRows(0, empty.batch, 0));
    QVERIFY(null.batch.fingerprint(0) != empty.batch.fingerprint(0));
    CellType lenient = of(CellKind::Text);
    lenient.emptyIsNull = true;
    const Encoded lenientNull = encode(lenient, [](RowEncoder &e) { e.null(); });
    const Encoded lenientEmpty = encode(lenient, text(""));
    QVERIFY(lenientNull.batch.equalRows(0, lenientEmpty.batch, 0));
    QCOMPARE(lenientNull.batch.fingerprint(0), lenientEmpty.batch.fingerprint(0));
    QVERIFY(!lenientEmpty.batch.value(0, 0).isNull); // what is written stays what it was
}

void TestRowEncoder::nulBytesFollowThePolicy()
{
    const Delivery withNul = text(std::string("a\0b", 3));
    CellType type = of(CellKind::Text);
    QCOMPARE(encode(type, withNul).batch.value(0, 0).bytes.size(), std::size_t(3));
    type.refuseNul = true;
    QCOMPARE(encode(type, withNul).shown, u"FAULT"_s);
    QCOMPARE(encode(type, text("ab")).shown, u"ab"_s);
    type.nulByte = NulByte::Strip;
    QCOMPARE(encode(type, withNul).shown, u"ab"_s);
}

void TestRowEncoder::zeroDatesFollowThePolicy()
{
    for (const CellKind kind : {CellKind::Date, CellKind::Timestamp, CellKind::Instant}) {
        CellType type = of(kind);
        QCOMPARE(encode(type, zeroDate("2024-00-00")).shown, u"FAULT"_s);
        type.zeroDate = ZeroDate::Null;
        QCOMPARE(encode(type, zeroDate("0000-00-00")).shown, u"NULL"_s);
        QCOMPARE(encode(type, text("2024-05-00")).shown, u"NULL"_s);
        QCOMPARE(encode(type, text("2024-13-01")).shown, u"FAULT"_s); // no zero date, only a wrong one
    }
}

void TestRowEncoder::wallTimesTakeTheZone_data()
{
    QTest::addColumn<QByteArray>("zone");
    QTest::addColumn<QString>("wall");
    QTest::addColumn<QString>("expected");
    QTest::newRow("winter") << QByteArray("Europe/Berlin") << u"2024-01-15 12:00:00"_s
                            << u"2024-01-15 11:00:00+00:00"_s;
    QTest::newRow("summer") << QByteArray("Europe/Berlin") << u"2024-07-15 12:00:00"_s
                            << u"2024-07-15 10:00:00+00:00"_s;
    QTest::newRow("before spring") << QByteArray("Europe/Berlin") << u"2024-03-31 01:59:59.999999"_s
                                   << u"2024-03-31 00:59:59.999999+00:00"_s;
    QTest::newRow("a time that never was") << QByteArray("Europe/Berlin") << u"2024-03-31 02:30:00"_s << u"FAULT"_s;
    QTest::newRow("after spring") << QByteArray("Europe/Berlin") << u"2024-03-31 03:00:00"_s
                                  << u"2024-03-31 01:00:00+00:00"_s;
    QTest::newRow("twice in autumn: the earlier")
        << QByteArray("Europe/Berlin") << u"2024-10-27 02:30:00"_s << u"2024-10-27 00:30:00+00:00"_s;
    QTest::newRow("after autumn") << QByteArray("Europe/Berlin") << u"2024-10-27 03:00:00"_s
                                  << u"2024-10-27 02:00:00+00:00"_s;
    QTest::newRow("half an hour") << QByteArray("Australia/Lord_Howe") << u"2024-07-01 00:00:00"_s
                                  << u"2024-06-30 13:30:00+00:00"_s;
    QTest::newRow("a day that never was") << QByteArray("Pacific/Apia") << u"2011-12-30 12:00:00"_s << u"FAULT"_s;
    QTest::newRow("far future") << QByteArray("America/New_York") << u"2100-07-01 00:00:00"_s
                                << u"2100-07-01 04:00:00+00:00"_s;
    QTest::newRow("UTC") << QByteArray("UTC") << u"2024-03-31 02:30:00"_s << u"2024-03-31 02:30:00+00:00"_s;
    QTest::newRow("no such zone") << QByteArray("Europe/Atlantis") << u"2024-01-15 12:00:00"_s << u"FAULT"_s;
}

void TestRowEncoder::wallTimesTakeTheZone()
{
    QFETCH(QByteArray, zone);
    QFETCH(QString, wall);
    QFETCH(QString, expected);
    QCOMPARE(encode(of(CellKind::Instant), text(wall.toStdString()), zone).shown, expected);
    const auto parsed = parseTimestamp(wall.toStdString());
    QCOMPARE(encode(of(CellKind::Instant), timestamp(parsed->microseconds), zone).shown, expected);
}

void TestRowEncoder::instantsBecomeWallTimes()
{
    const QByteArray berlin("Europe/Berlin");
    const auto summer = parseTimestamp("2024-07-15 10:00:00Z")->microseconds;
    QCOMPARE(encode(of(CellKind::Timestamp), instant(summer), berlin).shown, u"2024-07-15 12:00:00"_s);
    QCOMPARE(encode(of(CellKind::Timestamp), instant(greatestTime), berlin).shown, u"infinity"_s);
    QCOMPARE(encode(of(CellKind::Instant), timestamp(leastTime), berlin).shown, u"-infinity"_s);
}

void TestRowEncoder::comparisonFollowsTheType()
{
    const auto equal = [](const CellType &type, const Delivery &left, const Delivery &right) {
        const Encoded a = encode(type, left);
        const Encoded b = encode(type, right);
        const bool sameBytes = a.batch.equalRows(0, b.batch, 0);
        const bool sameHash = a.batch.fingerprint(0) == b.batch.fingerprint(0);
        return sameBytes == sameHash ? std::optional(sameBytes) : std::nullopt;
    };
    CellType type = of(CellKind::Decimal);
    QCOMPARE(equal(type, decimal("1.00"), decimal("1")), true);
    QCOMPARE(equal(type, decimal("-0.0"), integer(0)), true);
    QCOMPARE(equal(type, decimal("1e2"), real(100)), true);
    QCOMPARE(equal(type, decimal("9007199254740993"), decimal("9007199254740992")), false);
    type.scale = 2;
    QCOMPARE(equal(type, decimal("1.239"), decimal("1.23")), true);
    QCOMPARE(equal(type, decimal("-1.231"), decimal("-1.24")), true);
    QCOMPARE(equal(type, decimal("-9.991"), decimal("-10")), true);
    QCOMPARE(equal(type, decimal("-1.231"), decimal("-1.23")), false);

    type = of(CellKind::Float);
    QCOMPARE(equal(type, real(-0.0), real(0.0)), true);
    QCOMPARE(equal(type, real(-std::numeric_limits<double>::quiet_NaN()), real(std::nan("7"))), true);
    QCOMPARE(equal(type, real(0.1), real32(0.1F)), false);
    type.floatBits = 32;
    QCOMPARE(equal(type, real(0.1), real32(0.1F)), true);
    QCOMPARE(equal(type, real(1e300), real(std::numeric_limits<double>::infinity())), false);
    type = of(CellKind::Float);
    type.floatTolerance = 0.01;
    QCOMPARE(equal(type, real(1.001), real(1.004)), true);
    QCOMPARE(equal(type, real(1.001), real(1.009)), false);
    QCOMPARE(equal(type, real(-0.001), real(0.001)), true);

    type = of(CellKind::Text);
    QCOMPARE(equal(type, text("a"), text("A")), false);
    type.ignoreCase = true;
    QCOMPARE(equal(type, text("ÄPFEL"), text("äpfel")), true);
    QCOMPARE(equal(type, text("a "), text("a")), false);
    type.ignoreTrailingSpaces = true;
    QCOMPARE(equal(type, text("A  "), text("a")), true);
    QCOMPARE(equal(type, text("a\t"), text("a")), false);
    type.emptyIsNull = true;
    QCOMPARE(equal(type, text("  "), [](RowEncoder &e) { e.null(); }), true);

    type = of(CellKind::Timestamp);
    type.fraction = 3;
    QCOMPARE(equal(type, timestamp(1'999), timestamp(1'000)), true);
    QCOMPARE(equal(type, timestamp(-1), timestamp(-1'000)), true);
    QCOMPARE(equal(type, timestamp(-1), timestamp(0)), false);
    QCOMPARE(equal(type, timestamp(leastTime), timestamp(leastTime + 1)), false); // −infinity is no number

    type = of(CellKind::Json);
    QCOMPARE(equal(type, json(R"({"b":1.0,"a":[ ]})"), json(R"({"a":[],"b":1})")), true);
    QCOMPARE(equal(type, json("[1,2]"), json("[2,1]")), false);
    type.jsonAsText = true;
    QCOMPARE(equal(type, json("[1, 2]"), json("[1,2]")), false);
}

void TestRowEncoder::rowOfSixteenMebibytes()
{
    const std::string large(16 << 20, 'x');
    const Encoded row = encode(of(CellKind::Text), text(large));
    QCOMPARE(row.batch.value(0, 0).bytes.size(), large.size());
    CellType folded = of(CellKind::Text);
    folded.ignoreCase = true;
    const Encoded upper = encode(folded, text(std::string(16 << 20, 'X')));
    const Encoded lower = encode(folded, text(large));
    QCOMPARE(upper.batch.fingerprint(0), lower.batch.fingerprint(0));
}

void TestRowEncoder::thousandColumns()
{
    auto layout = std::make_shared<RowLayout>();
    layout->cells.assign(1000, of(CellKind::Integer));
    layout->keyCount = 1;
    layout->comparedCount = 1000;
    RowEncoder encoder(layout, std::vector<CellSource>(1000));
    RowBatch batch(layout);
    encoder.setBatch(&batch);
    for (int row = 0; row < 3; ++row) {
        encoder.beginRow();
        for (int i = 0; i < 1000; ++i)
            encoder.integer(row * 1000 + i);
        encoder.endRow();
    }
    QCOMPARE(cell::integer(batch.value(2, 999)).toSigned(), 2999);
}

QTEST_APPLESS_MAIN(TestRowEncoder)
#include "tst_rowencoder.moc"
