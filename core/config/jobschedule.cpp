// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include <QTimeZone>

#include "core/config/cronexpression.h"
#include "core/config/jobreader.h"

namespace tidemark {

using namespace Qt::StringLiterals;

namespace {

using By = ScheduleSettings::By;
using Window = ScheduleSettings::Window;

constexpr qint64 dayMs = 86'400'000;
constexpr int minutesOfDay = 24 * 60;

constexpr JsonChoice<ScheduleSettings::Missed> missedKinds[]{{"skip"_L1, ScheduleSettings::Missed::Skip},
                                                             {"once"_L1, ScheduleSettings::Missed::Once}};
constexpr JsonChoice<ScheduleSettings::Overlap> overlapKinds[]{{"skip"_L1, ScheduleSettings::Overlap::Skip},
                                                               {"queue"_L1, ScheduleSettings::Overlap::Queue}};
constexpr JsonChoice<int> weekdays[]{{"mon"_L1, 0}, {"tue"_L1, 1}, {"wed"_L1, 2}, {"thu"_L1, 3},
                                     {"fri"_L1, 4}, {"sat"_L1, 5}, {"sun"_L1, 6}};

// "08:30" → minutes of the day; −1: none.
int minutesOf(QStringView text, bool endOfDay)
{
    const auto digit = [&](qsizetype at) { return text[at].unicode() >= u'0' && text[at].unicode() <= u'9'; };
    if (text.size() != 5 || text[2] != u':' || !digit(0) || !digit(1) || !digit(3) || !digit(4))
        return -1;
    const int minutes = text.first(2).toInt() * 60 + text.last(2).toInt();
    const bool inHour = text.last(2).toInt() < 60;
    return inHour && (minutes < minutesOfDay || (endOfDay && minutes == minutesOfDay)) ? minutes : -1;
}

QList<int> readTimes(const JsonNode &node)
{
    QList<int> times;
    const QList<JsonNode> items = node.array(u"array"_s);
    if (items.isEmpty() && node.isArray())
        node.wrongValue(u"non-empty"_s);
    for (const JsonNode &item : items) {
        const int minutes = minutesOf(item.string(), false);
        if (minutes < 0)
            item.wrongValue(u"time"_s);
        times.append(minutes);
    }
    std::sort(times.begin(), times.end());
    times.erase(std::unique(times.begin(), times.end()), times.end());
    return times;
}

quint8 readDays(const JsonNode &node)
{
    quint8 days = 0;
    const QList<JsonNode> items = node.array(u"array"_s);
    if (items.isEmpty() && node.isArray())
        node.wrongValue(u"non-empty"_s);
    for (const JsonNode &item : items)
        days = static_cast<quint8>(days | 1U << item.choice(weekdays));
    return days;
}

QList<Window> readWindows(const JsonNode &node)
{
    QList<Window> windows;
    const QList<JsonNode> items = node.array(u"array"_s);
    for (const JsonNode &item : items) {
        const QString text = item.string();
        const qsizetype dash = text.indexOf(u'-');
        const Window window{dash < 0 ? -1 : minutesOf(QStringView(text).first(dash), false),
                            dash < 0 ? -1 : minutesOf(QStringView(text).sliced(dash + 1), true)};
        if (window.from < 0 || window.to < 0 || window.from == window.to)
            item.wrongValue(u"window"_s);
        windows.append(window);
    }
    return windows;
}

bool isOpen(int minute, const QList<Window> &windows)
{
    return windows.isEmpty() || std::any_of(windows.begin(), windows.end(), [minute](const Window &w) {
               return w.from < w.to ? minute >= w.from && minute < w.to : minute >= w.from || minute < w.to;
           });
}

// Exactly one of every, daily, cron and after says when.
void readWhen(const JsonObjectNode &object, ScheduleSettings &schedule)
{
    static constexpr JsonChoice<By> kinds[]{
        {"every"_L1, By::Every}, {"daily"_L1, By::Daily}, {"cron"_L1, By::Cron}, {"after"_L1, By::After}};
    std::optional<JsonNode> found;
    for (const auto &kind : kinds) {
        const auto node = object.findSet(kind.name);
        if (!node)
            continue;
        if (found)
            node->wrongValue(u"one-schedule"_s);
        found = node;
        schedule.by = kind.value;
    }
    if (!found) {
        object.missing("every"_L1, u"duration"_s);
        return;
    }
    switch (schedule.by) {
    case By::Every:
        schedule.everyMs = found->durationMs(1000, 366 * dayMs);
        break;
    case By::Daily:
        schedule.times = readTimes(*found);
        break;
    case By::Cron:
        schedule.cron = found->text();
        if (const auto cron = parseCron(schedule.cron); !cron && found->isString())
            found->reader().report(Error(cron.error()).with(Fact::JsonPath, found->path()));
        break;
    case By::After:
        schedule.after = found->text();
        break;
    }
}

// A time outside of every window would never come.
void requireOpen(const JsonObjectNode &object, const ScheduleSettings &schedule)
{
    if (schedule.by == By::Daily) {
        for (const int minute : schedule.times) {
            if (!isOpen(minute, schedule.windows))
                object.at("daily"_L1).wrongValue(u"times-in-windows"_s);
        }
    }
    const auto cron = parseCron(schedule.cron);
    if (schedule.by != By::Cron || !cron)
        return;
    bool comes = false;
    for (const int hour : cron->hours) {
        for (const int minute : cron->minutes)
            comes = comes || isOpen(hour * 60 + minute, schedule.windows);
    }
    if (!comes)
        object.at("cron"_L1).wrongValue(u"times-in-windows"_s);
}

} // namespace

ScheduleSettings readSchedule(const JsonNode &node)
{
    ScheduleSettings schedule;
    const JsonObjectNode object = node.object({"every"_L1, "daily"_L1, "days"_L1, "cron"_L1, "after"_L1, "zone"_L1,
                                               "windows"_L1, "jitter"_L1, "missed"_L1, "overlap"_L1, "alarm"_L1});
    readWhen(object, schedule);
    if (const auto days = object.findSet("days"_L1)) {
        if (schedule.by != By::Daily)
            days->wrongValue(u"daily-only"_s);
        else
            schedule.days = readDays(*days);
    }
    if (const auto zone = object.findSet("zone"_L1); zone && zone->value() != "local"_L1) {
        schedule.zone = zone->text();
        if (!QTimeZone::isTimeZoneIdAvailable(schedule.zone.toUtf8()))
            zone->wrongValue(uR"(zone | "local")"_s);
    }
    if (const auto windows = object.findSet("windows"_L1)) {
        schedule.windows = readWindows(*windows);
        if (schedule.by == By::After && !schedule.windows.isEmpty())
            windows->wrongValue(u"null"_s); // it runs when the other one has
    }
    if (const auto jitter = object.findSet("jitter"_L1)) {
        schedule.jitterMs = jitter->durationMs(0, dayMs);
        if (schedule.by == By::After && schedule.jitterMs > 0)
            jitter->wrongValue(u"null"_s);
    }
    if (const auto missed = object.findSet("missed"_L1))
        schedule.missed = missed->choice(missedKinds);
    if (const auto overlap = object.findSet("overlap"_L1))
        schedule.overlap = overlap->choice(overlapKinds);
    if (const auto alarm = object.findSet("alarm"_L1))
        schedule.alarmMs = alarm->durationMs(60'000, 3660 * dayMs);
    if (!node.reader().failed())
        requireOpen(object, schedule);
    return schedule;
}

} // namespace tidemark
