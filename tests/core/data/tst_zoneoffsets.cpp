// SPDX-License-Identifier: GPL-3.0-or-later
#include <limits>
#include <vector>

#include <QTest>

#include "core/data/celldecoder.h"
#include "core/data/timetext.h"
#include "core/data/zoneoffsets.h"

using namespace tidemark;

namespace {

qint64 at(const char *text) { return parseTimestamp(text)->microseconds; }

} // namespace

// One instance serves a whole column; what it keeps from one value must not colour the next.
class TestZoneOffsets : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void manyValuesAgreeWithSingleOnes_data();
    void manyValuesAgreeWithSingleOnes();
    void wallTimesReadBack_data() { manyValuesAgreeWithSingleOnes_data(); }
    void wallTimesReadBack();
    void utcIsItself();
    void farAwayIsRefusedOrRight();
};

void TestZoneOffsets::manyValuesAgreeWithSingleOnes_data()
{
    QTest::addColumn<QByteArray>("zone");
    for (const char *zone : {"Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "Asia/Kolkata",
                             "Africa/Casablanca", "America/Caracas"})
        QTest::newRow(zone) << QByteArray(zone);
}

void TestZoneOffsets::manyValuesAgreeWithSingleOnes()
{
    QFETCH(QByteArray, zone);
    ZoneOffsets forward(zone);
    ZoneOffsets backward(zone);
    const qint64 from = at("2010-01-01 00:00:00.000001");
    const qint64 step = 7 * 3600 * microsecondsPerSecond;
    constexpr int steps = 3000; // two years and more, every hour of the day
    std::vector<std::optional<qint64>> found;
    for (int i = 0; i < steps; ++i) {
        found.push_back(forward.toUtc(from + i * step));
        QCOMPARE(ZoneOffsets(zone).toUtc(from + i * step), found.back());
        QCOMPARE(ZoneOffsets(zone).toWall(from + i * step), forward.toWall(from + i * step));
    }
    for (int i = steps; i-- > 0;)
        QCOMPARE(backward.toUtc(from + i * step), found[static_cast<std::size_t>(i)]);
}

void TestZoneOffsets::wallTimesReadBack()
{
    QFETCH(QByteArray, zone);
    ZoneOffsets offsets(zone);
    const qint64 step = 11 * 60 * microsecondsPerSecond;
    for (const char *start :
         {"2011-03-12 00:00:00", "2011-03-26 00:00:00", "2011-10-01 00:00:00", "2011-10-29 00:00:00",
          "2011-11-05 00:00:00", "2011-12-29 00:00:00", "2016-04-30 00:00:00", "2055-03-27 00:00:00"}) {
        for (qint64 wall = at(start); wall < at(start) + 3 * microsecondsPerDay; wall += step) {
            const auto utc = offsets.toUtc(wall);
            if (!utc)
                continue; // a wall time that never was
            QCOMPARE(offsets.toWall(*utc), wall);
            // … and nothing earlier has it: an hour, or half of one, before is another wall time.
            for (const qint64 minutes : {30, 60})
                QVERIFY(offsets.toWall(*utc - minutes * 60 * microsecondsPerSecond) != wall);
        }
    }
}

void TestZoneOffsets::utcIsItself()
{
    ZoneOffsets none;
    ZoneOffsets named("UTC");
    for (const qint64 value :
         {qint64(0), std::numeric_limits<qint64>::min() + 1, std::numeric_limits<qint64>::max() - 1}) {
        QCOMPARE(none.toUtc(value), value);
        QCOMPARE(named.toWall(value), value);
    }
}

void TestZoneOffsets::farAwayIsRefusedOrRight()
{
    ZoneOffsets berlin("Europe/Berlin");
    QVERIFY(!berlin.toUtc(std::numeric_limits<qint64>::max() - 1));
    QVERIFY(!berlin.toWall(std::numeric_limits<qint64>::min() + 1));
    const qint64 winter = at("9999-12-31 23:59:59.999999");
    QCOMPARE(berlin.toUtc(winter), winter - 3600 * microsecondsPerSecond);
    QVERIFY(!ZoneOffsets("Europe/Atlantis").toUtc(0));
}

QTEST_APPLESS_MAIN(TestZoneOffsets)
#include "tst_zoneoffsets.moc"
