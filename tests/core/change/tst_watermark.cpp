// SPDX-License-Identifier: GPL-3.0-or-later
#include <limits>

#include <QTest>

#include "core/change/watermark.h"

using namespace tidemark;

class TestWatermark : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void comesBackAsItWas_data();
    void comesBackAsItWas();
    void anyFlippedBitIsRefused();
    void anyCutIsRefused();
};

void TestWatermark::comesBackAsItWas_data()
{
    QTest::addColumn<bool>("isSet");
    QTest::addColumn<QByteArray>("cursor");
    QTest::addColumn<qint64>("keyComparedUs");
    QTest::newRow("nothing read") << false << QByteArray() << qint64{0};
    QTest::newRow("nothing read, keys compared") << false << QByteArray() << qint64{1'700'000'000'000'000};
    QTest::newRow("zero is a value") << true << QByteArray("0") << qint64{0};
    QTest::newRow("an empty text is a value") << true << QByteArray("") << qint64{7};
    QTest::newRow("a time") << true << QByteArray("2026-11-22 12:03:05.123456+00") << qint64{-1};
    QTest::newRow("any bytes") << true << QByteArray("\0\xff\x01", 3) << std::numeric_limits<qint64>::min();
}

void TestWatermark::comesBackAsItWas()
{
    QFETCH(bool, isSet);
    QFETCH(QByteArray, cursor);
    QFETCH(qint64, keyComparedUs);
    const Watermark watermark{isSet ? std::optional(cursor) : std::nullopt, keyComparedUs};
    const auto back = Watermark::fromBytes(watermark.toBytes());
    QVERIFY(back.has_value());
    QCOMPARE(back->cursor.has_value(), isSet);
    QVERIFY(*back == watermark);
}

void TestWatermark::anyFlippedBitIsRefused()
{
    const QByteArray bytes = Watermark{QByteArray("12345"), 99}.toBytes();
    for (qsizetype bit = 0; bit < bytes.size() * 8; ++bit) {
        QByteArray damaged = bytes;
        damaged[bit / 8] = static_cast<char>(damaged[bit / 8] ^ (1 << (bit % 8)));
        QVERIFY2(!Watermark::fromBytes(damaged), qPrintable(QString::number(bit)));
    }
}

void TestWatermark::anyCutIsRefused()
{
    const QByteArray bytes = Watermark{QByteArray("12345"), 99}.toBytes();
    for (qsizetype size = 0; size < bytes.size(); ++size)
        QVERIFY2(!Watermark::fromBytes(bytes.first(size)), qPrintable(QString::number(size)));
    QVERIFY(!Watermark::fromBytes(bytes + '\0'));
}

QTEST_APPLESS_MAIN(TestWatermark)
#include "tst_watermark.moc"
