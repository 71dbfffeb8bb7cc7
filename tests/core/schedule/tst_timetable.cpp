// SPDX-License-Identifier: GPL-3.0-or-later
// Which slots a schedule has: the days on which clocks are put forward or back, in zones that do it differently.

#include <QTest>

#include "core/schedule/timetable.h"
#include "tests/core/schedule/instants.h"

using namespace tidemark;
using namespace Qt::StringLiterals;

namespace {

using By = ScheduleSettings::By;

ScheduleSettings daily(const char *zone, QList<int> times, quint8 days = 0x7f)
{
    ScheduleSettings settings;
    settings.by = By::Daily;
    settings.zone = QString::fromLatin1(zone);
    settings.times = std::move(times);
    settings.days = days;
    return settings;
}

ScheduleSettings cron(const char *zone, const QString &text)
{
    ScheduleSettings settings;
    settings.by = By::Cron;
    settings.zone = QString::fromLatin1(zone);
    settings.cron = text;
    return settings;
}

ScheduleSettings every(const char *zone, qint64 minutes, QList<ScheduleSettings::Window> windows = {})
{
    ScheduleSettings settings;
    settings.by = By::Every;
    settings.zone = QString::fromLatin1(zone);
    settings.everyMs = minutes * 60'000;
    settings.windows = std::move(windows);
    return settings;
}

constexpr int hour = 60;
constexpr qint64 usOfMinute = 60'000'000;

} // namespace

Q_DECLARE_METATYPE(tidemark::ScheduleSettings)

class TestTimetable : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void comesNext_data();
    void comesNext();
    void aDaysSlots_data();
    void aDaysSlots();
    void aYearHasEachSlotOnce_data();
    void aYearHasEachSlotOnce();
    void lastIsTheOneBefore_data() { aYearHasEachSlotOnce_data(); }
    void lastIsTheOneBefore();
    void countsWhatPassed();
    void countsNoFurther();
    void jitterStaysBeforeTheNextSlot();
    void neverComes();
};

void TestTimetable::comesNext_data()
{
    QTest::addColumn<ScheduleSettings>("settings");
    QTest::addColumn<QString>("after");
    QTest::addColumn<QStringList>("slots_");
    const auto row = [](const char *name, const ScheduleSettings &settings, const char *after,
                        const QStringList &expected) {
        QTest::newRow(name) << settings << QString::fromLatin1(after) << expected;
    };
    // Berlin: 02:00 → 03:00 on 29 March at 01:00Z, 03:00 → 02:00 on 25 October at 01:00Z.
    row("Berlin, spring: a time that is not there comes after the gap", daily("Europe/Berlin", {2 * hour + 30}),
        "2026-03-28T00:00:00Z", {u"2026-03-28T01:30:00Z"_s, u"2026-03-29T01:00:00Z"_s, u"2026-03-30T00:30:00Z"_s});
    row("Berlin, spring: two of them, and the one at its end, are one", daily("Europe/Berlin", {120, 150, 180}),
        "2026-03-28T12:00:00Z", {u"2026-03-29T01:00:00Z"_s, u"2026-03-30T00:00:00Z"_s});
    row("Berlin, autumn: a time that is there twice comes at the first", daily("Europe/Berlin", {2 * hour + 30}),
        "2026-10-24T12:00:00Z", {u"2026-10-25T00:30:00Z"_s, u"2026-10-26T01:30:00Z"_s});
    row("Berlin, autumn: asked between both", daily("Europe/Berlin", {2 * hour + 30}), "2026-10-25T00:45:00Z",
        {u"2026-10-26T01:30:00Z"_s});
    row("New York, spring", daily("America/New_York", {2 * hour + 30}), "2026-03-07T12:00:00Z",
        {u"2026-03-08T07:00:00Z"_s, u"2026-03-09T06:30:00Z"_s});
    row("New York, autumn", daily("America/New_York", {hour + 30}), "2026-10-31T12:00:00Z",
        {u"2026-11-01T05:30:00Z"_s, u"2026-11-02T06:30:00Z"_s});
    row("Kathmandu, a quarter of an hour off", daily("Asia/Kathmandu", {8 * hour}), "2026-01-01T00:00:00Z",
        {u"2026-01-01T02:15:00Z"_s, u"2026-01-02T02:15:00Z"_s});
    // Lord Howe: half an hour; 02:00 → 02:30 on 4 October 2026 at 15:30Z of the 3rd; 02:00 → 01:30 on 5 April, 15:00Z.
    row("Lord Howe, spring", daily("Australia/Lord_Howe", {2 * hour + 15}), "2026-10-03T00:00:00Z",
        {u"2026-10-03T15:30:00Z"_s, u"2026-10-04T15:15:00Z"_s});
    row("Lord Howe, autumn", daily("Australia/Lord_Howe", {hour + 45}), "2026-04-04T00:00:00Z",
        {u"2026-04-04T14:45:00Z"_s, u"2026-04-05T15:15:00Z"_s});
    row("Apia: a day that never was", daily("Pacific/Apia", {8 * hour}), "2011-12-29T20:00:00Z",
        {u"2011-12-30T10:00:00Z"_s, u"2011-12-30T18:00:00Z"_s});
    row("Cairo: a midnight that is not there", daily("Africa/Cairo", {0}), "2026-04-23T00:00:00Z",
        {u"2026-04-23T22:00:00Z"_s, u"2026-04-24T21:00:00Z"_s});
    row("weekdays", daily("UTC", {8 * hour, 20 * hour}, 0x11), "2026-11-23T08:00:00Z",
        {u"2026-11-23T20:00:00Z"_s, u"2026-11-27T08:00:00Z"_s, u"2026-11-27T20:00:00Z"_s, u"2026-11-30T08:00:00Z"_s});
    row("a weekday is the zone's", daily("Asia/Tokyo", {0}, 0x01), "2026-11-20T00:00:00Z",
        {u"2026-11-22T15:00:00Z"_s, u"2026-11-29T15:00:00Z"_s});
    row("cron", cron("UTC", u"30 6 * * mon-fri"_s), "2026-11-27T06:30:00Z",
        {u"2026-11-30T06:30:00Z"_s, u"2026-12-01T06:30:00Z"_s});
    row("cron: 29 February", cron("UTC", u"0 0 29 2 *"_s), "2026-01-01T00:00:00Z",
        {u"2028-02-29T00:00:00Z"_s, u"2032-02-29T00:00:00Z"_s});
    row("cron: over the year that has no leap day", cron("UTC", u"0 0 29 2 *"_s), "2096-03-01T00:00:00Z",
        {u"2104-02-29T00:00:00Z"_s});
    row("cron: a fixed hour is there once in autumn", cron("Europe/Berlin", u"30 2 * * *"_s), "2026-10-24T12:00:00Z",
        {u"2026-10-25T00:30:00Z"_s, u"2026-10-26T01:30:00Z"_s});
    row("cron: every hour takes the hour that comes twice", cron("Europe/Berlin", u"30 * * * *"_s),
        "2026-10-24T23:00:00Z",
        {u"2026-10-24T23:30:00Z"_s, u"2026-10-25T00:30:00Z"_s, u"2026-10-25T01:30:00Z"_s, u"2026-10-25T02:30:00Z"_s});
    row("cron: every hour misses none in spring", cron("Europe/Berlin", u"30 * * * *"_s), "2026-03-29T00:00:00Z",
        {u"2026-03-29T00:30:00Z"_s, u"2026-03-29T01:30:00Z"_s, u"2026-03-29T02:30:00Z"_s});
    row("every 15 minutes", every("UTC", 15), "2026-01-01T00:07:00Z",
        {u"2026-01-01T00:15:00Z"_s, u"2026-01-01T00:30:00Z"_s});
    row("every day begins at the zone's midnight", every("Asia/Kathmandu", 1440), "2026-01-01T00:00:00Z",
        {u"2026-01-01T18:15:00Z"_s});
    row("every week begins with Monday", every("UTC", 7 * 1440), "2026-11-24T00:00:00Z", {u"2026-11-30T00:00:00Z"_s});
    row("every hour in a window past midnight", every("UTC", 60, {{22 * hour, 2 * hour}}), "2026-01-01T00:30:00Z",
        {u"2026-01-01T01:00:00Z"_s, u"2026-01-01T22:00:00Z"_s, u"2026-01-01T23:00:00Z"_s, u"2026-01-02T00:00:00Z"_s});
    row("once a day, put off to the window", every("UTC", 1440, {{8 * hour, 18 * hour}}), "2026-01-01T03:00:00Z",
        {u"2026-01-01T08:00:00Z"_s, u"2026-01-02T08:00:00Z"_s});
    row("put off to a window inside the gap", every("Europe/Berlin", 1440, {{2 * hour, 3 * hour}}),
        "2026-03-28T12:00:00Z", {u"2026-03-29T01:00:00Z"_s, u"2026-03-30T00:00:00Z"_s});
    row("until the end of the day", every("UTC", 60, {{22 * hour, 24 * hour}}), "2026-01-01T22:00:00Z",
        {u"2026-01-01T23:00:00Z"_s, u"2026-01-02T22:00:00Z"_s});
}

void TestTimetable::comesNext()
{
    QFETCH(const ScheduleSettings, settings);
    QFETCH(const QString, after);
    QFETCH(const QStringList, slots_);
    const Timetable times(settings);
    QStringList found;
    for (const qint64 slot : times.next(at(after), static_cast<int>(slots_.size())))
        found.append(utc(slot));
    QCOMPARE(found, slots_);
}

void TestTimetable::aDaysSlots_data()
{
    QTest::addColumn<ScheduleSettings>("settings");
    QTest::addColumn<QString>("from");
    QTest::addColumn<int>("hours");
    QTest::addColumn<int>("count");
    const auto row = [](const char *name, const ScheduleSettings &settings, const char *from, int hours, int count) {
        QTest::newRow(name) << settings << QString::fromLatin1(from) << hours << count;
    };
    // From midnight to midnight of the zone, the first one left out and the last one counted.
    row("an ordinary day", cron("Europe/Berlin", u"*/15 * * * *"_s), "2026-06-01T22:00:00Z", 24, 96);
    row("a day of 23 hours", cron("Europe/Berlin", u"*/15 * * * *"_s), "2026-03-28T23:00:00Z", 23, 92);
    row("a day of 25 hours", cron("Europe/Berlin", u"*/15 * * * *"_s), "2026-10-24T22:00:00Z", 25, 100);
    row("every 15 minutes, 23 hours", every("Europe/Berlin", 15), "2026-03-28T23:00:00Z", 23, 92);
    row("every 15 minutes, 25 hours", every("Europe/Berlin", 15), "2026-10-24T22:00:00Z", 25, 100);
    row("hours by name, 25 hours", cron("Europe/Berlin", u"*/15 0-22,23 * * *"_s), "2026-10-24T22:00:00Z", 25, 100);
    row("all hours but one, 25 hours", cron("Europe/Berlin", u"*/15 0-22 * * *"_s), "2026-10-24T22:00:00Z", 25, 92);
    row("all hours but one, 23 hours", cron("Europe/Berlin", u"*/15 0-22 * * *"_s), "2026-03-28T23:00:00Z", 23, 88);
    row("Lord Howe, 23.5 hours", cron("Australia/Lord_Howe", u"*/15 * * * *"_s), "2026-10-03T13:30:00Z", 23, 92);
}

void TestTimetable::aDaysSlots()
{
    QFETCH(const ScheduleSettings, settings);
    QFETCH(const QString, from);
    QFETCH(const int, hours);
    const qint64 begin = at(from);
    QTEST(int(Timetable(settings).passed(begin, begin + hours * hour * usOfMinute).count), "count");
}

void TestTimetable::aYearHasEachSlotOnce_data()
{
    QTest::addColumn<ScheduleSettings>("settings");
    QTest::addColumn<int>("count"); // in 2026 of UTC
    QTest::newRow("Berlin 02:30") << daily("Europe/Berlin", {150}) << 365;
    QTest::newRow("New York 02:30 and 01:30") << daily("America/New_York", {90, 150}) << 730;
    QTest::newRow("Lord Howe 02:15") << daily("Australia/Lord_Howe", {135}) << 365;
    QTest::newRow("Kathmandu at midnight") << daily("Asia/Kathmandu", {0}) << 365;
    QTest::newRow("Cairo at midnight") << daily("Africa/Cairo", {0}) << 365;
    QTest::newRow("workdays") << daily("Europe/Berlin", {480}, 0x1f) << 261;
    QTest::newRow("cron, every hour") << cron("Europe/Berlin", u"0 * * * *"_s) << 8760;
    QTest::newRow("every hour") << every("America/New_York", 60) << 8760;
    QTest::newRow("first of the month") << cron("Europe/Berlin", u"0 2 1 * *"_s) << 12;
}

void TestTimetable::aYearHasEachSlotOnce()
{
    QFETCH(const ScheduleSettings, settings);
    const Timetable times(settings);
    qint64 slot = at(u"2025-12-31T23:59:59Z"_s);
    const qint64 end = at(u"2026-12-31T23:59:59Z"_s);
    int count = 0;
    for (auto next = times.next(slot); next && *next <= end; next = times.next(slot)) {
        QVERIFY(*next > slot);
        // The same, wherever it is asked from.
        QCOMPARE(times.next(slot + (*next - slot) / 2), next);
        QCOMPARE(times.next(*next - 1), next);
        slot = *next;
        ++count;
    }
    QTEST(count, "count");
}

void TestTimetable::lastIsTheOneBefore()
{
    QFETCH(const ScheduleSettings, settings);
    const Timetable times(settings);
    qint64 slot = *times.next(at(u"2026-03-20T00:00:00Z"_s));
    for (int i = 0; i < 40; ++i) {
        const qint64 next = *times.next(slot);
        QCOMPARE(times.last(slot), std::optional(slot));
        QCOMPARE(times.last(next - 1), std::optional(slot));
        slot = next;
    }
}

void TestTimetable::countsWhatPassed()
{
    const Timetable times(daily("UTC", {8 * hour, 20 * hour}));
    const qint64 from = at(u"2026-01-01T08:00:00Z"_s);
    QCOMPARE(times.passed(from, from), (Timetable::Passed{0, {}}));
    QCOMPARE(times.passed(from - 1, from), (Timetable::Passed{1, from}));
    QCOMPARE(times.passed(from, at(u"2026-01-03T07:59:59Z"_s)), (Timetable::Passed{3, at(u"2026-01-02T20:00:00Z"_s)}));
}

void TestTimetable::countsNoFurther()
{
    const Timetable times(every("UTC", 1));
    const qint64 from = at(u"2026-01-01T00:00:00Z"_s);
    const qint64 until = at(u"2026-12-31T12:34:56Z"_s);
    QCOMPARE(times.passed(from, until), (Timetable::Passed{Timetable::mostCounted, at(u"2026-12-31T12:34:00Z"_s)}));
}

void TestTimetable::jitterStaysBeforeTheNextSlot()
{
    ScheduleSettings settings = every("UTC", 10);
    settings.jitterMs = 3'600'000; // more than there is between two slots
    const Timetable times(settings, u"one"_s);
    const Timetable again(settings, u"one"_s);
    const Timetable other(settings, u"two"_s);
    int moved = 0;
    int different = 0;
    qint64 slot = at(u"2026-01-01T00:00:00Z"_s);
    for (int i = 0; i < 200; ++i, slot += 10 * usOfMinute) {
        const qint64 start = times.startOf(slot);
        QVERIFY(start >= slot && start < slot + 10 * usOfMinute);
        QCOMPARE(again.startOf(slot), start);
        moved += start > slot + usOfMinute ? 1 : 0;
        different += other.startOf(slot) != start ? 1 : 0;
    }
    QVERIFY(moved > 100);
    QVERIFY(different > 190);
    settings.jitterMs = 0;
    QCOMPARE(Timetable(settings).startOf(slot), slot);
}

void TestTimetable::neverComes()
{
    ScheduleSettings after;
    after.by = By::After;
    after.after = u"another job"_s;
    QVERIFY(!Timetable(after).hasSlots());
    QCOMPARE(Timetable(after).next(0), std::nullopt);
    QCOMPARE(Timetable(after).last(0), std::nullopt);
    ScheduleSettings closed = cron("UTC", u"0 12 * * *"_s);
    closed.windows = {{8 * hour, 10 * hour}};
    QVERIFY(!Timetable(closed).hasSlots());
    QCOMPARE(Timetable(closed).next(0), std::nullopt);
}

QTEST_GUILESS_MAIN(TestTimetable)
#include "tst_timetable.moc"
