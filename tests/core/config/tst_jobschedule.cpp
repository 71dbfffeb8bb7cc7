// SPDX-License-Identifier: GPL-3.0-or-later
// A job's schedule as its file says it, and every way to say it wrongly.

#include <QJsonDocument>
#include <QTest>

#include "core/config/jobreader.h"

using namespace tidemark;
using namespace Qt::StringLiterals;

namespace {

class NoConnections final : public ConnectionLookup
{
public:
    Result<ConnectionSettings> connection(const QString &name) const override
    {
        ConnectionSettings settings;
        settings.name = name;
        settings.driver = Driver::Postgres;
        settings.password.kind = name == "asked"_L1 ? PasswordSource::Kind::Ask : PasswordSource::Kind::Env;
        return settings;
    }
};

Result<JobSettings> read(const QByteArray &schedule, const QByteArray &source = R"({"driver":"sqlite","database":"a"})",
                         const QByteArray &more = {})
{
    const QByteArray text = R"({"tidemark": 1, "name": "j", "mode": "mirror", "tables": "*", "source": )" + source
        + R"(, "target": {"driver": "sqlite", "database": "b"}, "schedule": )" + schedule + more + '}';
    return jobFromJson(QJsonDocument::fromJson(text).object(), u"/w/j.json"_s, NoConnections());
}

} // namespace

class TestJobSchedule : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reads();
    void refuses_data();
    void refuses();
    void nobodyIsThereToBeAsked();
};

void TestJobSchedule::reads()
{
    QVERIFY(!read("null")->schedule);
    const auto every = read(R"({"every": "15m", "zone": "local", "windows": ["22:00-06:00"], "jitter": "10s",
        "after": null, "missed": "skip", "overlap": "queue", "alarm": "2h"})");
    QVERIFY(every);
    ScheduleSettings expected;
    expected.everyMs = 900'000;
    expected.windows = {{22 * 60, 6 * 60}};
    expected.jitterMs = 10'000;
    expected.missed = ScheduleSettings::Missed::Skip;
    expected.overlap = ScheduleSettings::Overlap::Queue;
    expected.alarmMs = 7'200'000;
    QVERIFY(every->schedule == expected);

    const auto daily = read(R"({"daily": ["20:00", "08:00", "08:00"], "days": ["mon", "sun"], "zone": "Europe/Berlin",
        "windows": ["00:00-24:00"]})");
    QVERIFY(daily);
    QCOMPARE(daily->schedule->by, ScheduleSettings::By::Daily);
    QCOMPARE(daily->schedule->times, (QList<int>{480, 1200}));
    QCOMPARE(int(daily->schedule->days), 0x41);
    QCOMPARE(daily->schedule->zone, u"Europe/Berlin"_s);
    QCOMPARE(daily->schedule->missed, ScheduleSettings::Missed::Once);
    QCOMPARE(daily->schedule->overlap, ScheduleSettings::Overlap::Skip);

    QCOMPARE(read(R"({"cron": "30 6 * * mon-fri"})")->schedule->cron, u"30 6 * * mon-fri"_s);
    QCOMPARE(read(R"({"after": "other"})")->schedule->after, u"other"_s);
}

void TestJobSchedule::refuses_data()
{
    QTest::addColumn<QByteArray>("schedule");
    QTest::addColumn<ErrorCode>("code");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const QByteArray &schedule, ErrorCode code, const char *path,
                        const QString &expected) {
        QTest::newRow(name) << schedule << code << QString::fromLatin1(path) << expected;
    };
    const auto wrong = ErrorCode::WrongValue;
    row("a text", R"("15m")", ErrorCode::WrongType, "schedule", u"object"_s);
    row("an unknown key", R"({"evry": "15m"})", ErrorCode::UnknownKey, "schedule.evry", u"every"_s);
    row("no time", R"({"missed": "once"})", ErrorCode::MissingKey, "schedule.every", u"duration"_s);
    row("two kinds", R"({"every": "15m", "cron": "0 * * * *"})", wrong, "schedule.cron", u"one-schedule"_s);
    row("a chain and times", R"({"daily": ["08:00"], "after": "x"})", wrong, "schedule.after", u"one-schedule"_s);
    row("too often", R"({"every": "500ms"})", wrong, "schedule.every", u"1s … 366d"_s);
    row("no such time", R"({"daily": ["08:00", "24:00"]})", wrong, "schedule.daily[1]", u"time"_s);
    row("a time of one digit", R"({"daily": ["8:00"]})", wrong, "schedule.daily[0]", u"time"_s);
    row("signs", R"({"daily": ["+8:-1"]})", wrong, "schedule.daily[0]", u"time"_s);
    row("no times", R"({"daily": []})", wrong, "schedule.daily", u"non-empty"_s);
    row("one time", R"({"daily": "08:00"})", ErrorCode::WrongType, "schedule.daily", u"array"_s);
    row("no days", R"({"daily": ["08:00"], "days": []})", wrong, "schedule.days", u"non-empty"_s);
    row("no such day", R"({"daily": ["08:00"], "days": ["monday"]})", wrong, "schedule.days[0]", {});
    row("days of an interval", R"({"every": "15m", "days": ["mon"]})", wrong, "schedule.days", u"daily-only"_s);
    row("a bad field of cron", R"({"cron": "0 25 * * *"})", wrong, "schedule.cron", u"cron-hour"_s);
    row("no such zone", R"({"every": "1h", "zone": "Berlin"})", wrong, "schedule.zone", uR"(zone | "local")"_s);
    row("a window of nothing", R"({"every": "1h", "windows": ["08:00-08:00"]})", wrong, "schedule.windows[0]",
        u"window"_s);
    row("half a window", R"({"every": "1h", "windows": ["08:00"]})", wrong, "schedule.windows[0]", u"window"_s);
    row("a time outside", R"({"daily": ["08:00", "20:00"], "windows": ["07:00-09:00"]})", wrong, "schedule.daily",
        u"times-in-windows"_s);
    row("cron outside", R"({"cron": "0 8 * * *", "windows": ["22:00-06:00"]})", wrong, "schedule.cron",
        u"times-in-windows"_s);
    row("windows of a chain", R"({"after": "x", "windows": ["22:00-06:00"]})", wrong, "schedule.windows", u"null"_s);
    row("jitter of a chain", R"({"after": "x", "jitter": "10s"})", wrong, "schedule.jitter", u"null"_s);
    row("missed", R"({"every": "1h", "missed": "all"})", wrong, "schedule.missed", uR"("skip" | "once")"_s);
    row("overlap", R"({"every": "1h", "overlap": "both"})", wrong, "schedule.overlap", uR"("skip" | "queue")"_s);
    row("alarm", R"({"every": "1h", "alarm": "1s"})", wrong, "schedule.alarm", u"1m … 3660d"_s);
}

void TestJobSchedule::refuses()
{
    QFETCH(const QByteArray, schedule);
    QFETCH(const QString, expected);
    const auto job = read(schedule);
    QVERIFY(!job);
    QTEST(job.error().code, "code");
    QTEST(job.error().facts.value(Fact::JsonPath), "path");
    if (!expected.isEmpty())
        QCOMPARE(job.error().facts.value(Fact::Expected), expected);
    QCOMPARE(job.error().facts.value(Fact::File), u"/w/j.json"_s);
}

void TestJobSchedule::nobodyIsThereToBeAsked()
{
    const QByteArray asks = R"({"driver": "postgres", "host": "h", "database": "d", "password": "ask"})";
    QVERIFY(read("null", asks));
    const Error in = read(R"({"every": "1h"})", asks).error();
    QCOMPARE(in.code, ErrorCode::WrongValue);
    QCOMPARE(in.facts.value(Fact::JsonPath), u"source.password"_s);
    QCOMPARE(in.facts.value(Fact::Expected), u"unattended-password"_s);
    const Error named = read(R"({"every": "1h"})", "\"asked\"").error();
    QCOMPARE(named.facts.value(Fact::JsonPath), u"source"_s);
    QCOMPARE(named.facts.value(Fact::Connection), u"asked"_s);
    QVERIFY(read(R"({"every": "1h"})", "\"kept\""));
}

QTEST_GUILESS_MAIN(TestJobSchedule)
#include "tst_jobschedule.moc"
