// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "core/base/units.h"

using namespace tidemark;
using namespace Qt::StringLiterals;

class TestUnits : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void durations_data();
    void durations();
    void sizes_data();
    void sizes();
    void refusesOtherTexts_data();
    void refusesOtherTexts();
    void factorsAreWrittenShortest();
};

void TestUnits::durations_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("ms");
    QTest::newRow("milliseconds") << u"500ms"_s << qint64(500);
    QTest::newRow("seconds") << u"30s"_s << qint64(30'000);
    QTest::newRow("minutes") << u"15m"_s << qint64(900'000);
    QTest::newRow("hours") << u"2h"_s << qint64(7'200'000);
    QTest::newRow("days") << u"1d"_s << qint64(86'400'000);
    QTest::newRow("odd") << u"1001ms"_s << qint64(1001);
    QTest::newRow("greatest") << u"106751991167d"_s << qint64(106751991167) * 86'400'000;
}

void TestUnits::durations()
{
    QFETCH(QString, text);
    QFETCH(qint64, ms);
    QCOMPARE(parseDurationMs(text).value_or(-1), ms);
    QCOMPARE(formatDuration(ms), text);
}

void TestUnits::sizes_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("bytes");
    QTest::newRow("bytes") << u"512B"_s << qint64(512);
    QTest::newRow("KiB") << u"64KiB"_s << qint64(65'536);
    QTest::newRow("MiB") << u"8MiB"_s << qint64(8'388'608);
    QTest::newRow("GiB") << u"1GiB"_s << qint64(1'073'741'824);
    QTest::newRow("odd") << u"1025B"_s << qint64(1025);
}

void TestUnits::sizes()
{
    QFETCH(QString, text);
    QFETCH(qint64, bytes);
    QCOMPARE(parseSize(text).value_or(-1), bytes);
    QCOMPARE(formatSize(bytes), text);
}

void TestUnits::refusesOtherTexts_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text : {"",
                             "s",
                             "30",
                             "-1s",
                             "+1s",
                             " 1s",
                             "1s ",
                             "1 s",
                             "1.5s",
                             "1S",
                             "1min",
                             "0x1s",
                             "1e3s",
                             "٣s",
                             "9223372036854775807d",
                             "99999999999999999999s",
                             "1kb",
                             "1MB",
                             "1mib",
                             "1KiBB"})
        QTest::newRow(text) << QString::fromUtf8(text);
}

void TestUnits::refusesOtherTexts()
{
    QFETCH(QString, text);
    QVERIFY(!parseDurationMs(text));
    QVERIFY(!parseSize(text));
}

void TestUnits::factorsAreWrittenShortest()
{
    QCOMPARE(formatDuration(0), u"0ms"_s);
    QCOMPARE(parseDurationMs(u"0s").value_or(-1), 0);
    QCOMPARE(formatDuration(90'000), u"90s"_s);
    QCOMPARE(formatDuration(48 * 3'600'000), u"2d"_s);
    QCOMPARE(formatSize(0), u"0B"_s);
    QCOMPARE(formatSize(qint64(1536) << 20), u"1536MiB"_s);
}

QTEST_APPLESS_MAIN(TestUnits)
#include "tst_units.moc"
