// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>

#include "tests/core/data/delivery.h"

using namespace tidemark;
using namespace tidemark::test;
using namespace Qt::StringLiterals;

class TestRowEncoder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
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
