// SPDX-License-Identifier: GPL-3.0-or-later
// What a cron expression means, and what is said of one that means nothing.

#include <QTest>

#include "core/config/cronexpression.h"

using namespace tidemark;
using namespace Qt::StringLiterals;

class TestCronExpression : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reads_data();
    void reads();
    void refuses_data();
    void refuses();
    void dates_data();
    void dates();
};

void TestCronExpression::reads_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QList<int>>("minutes");
    QTest::addColumn<QList<int>>("hours");
    QTest::addColumn<int>("weekdays"); // bit 0: Monday
    QTest::newRow("numbers") << u"5 8 * * *"_s << QList<int>{5} << QList<int>{8} << 0x7f;
    QTest::newRow("lists and ranges") << u"0,30 8-10,20 * * *"_s << QList<int>{0, 30} << QList<int>{8, 9, 10, 20}
                                      << 0x7f;
    QTest::newRow("steps") << u"*/20 8-18/5 * * *"_s << QList<int>{0, 20, 40} << QList<int>{8, 13, 18} << 0x7f;
    QTest::newRow("steps from") << u"50/5 20/2 * * *"_s << QList<int>{50, 55} << QList<int>{20, 22} << 0x7f;
    QTest::newRow("weekday names") << u"0 0 * * MON-fri"_s << QList<int>{0} << QList<int>{0} << 0x1f;
    QTest::newRow("Sunday is 0") << u"0 0 * * 0"_s << QList<int>{0} << QList<int>{0} << 0x40;
    QTest::newRow("Sunday is 7") << u"0 0 * * 7"_s << QList<int>{0} << QList<int>{0} << 0x40;
    QTest::newRow("over Sunday") << u"0 0 * * 5-7"_s << QList<int>{0} << QList<int>{0} << 0x70;
    QTest::newRow("Sunday by name") << u"0 0 * * sun,wed"_s << QList<int>{0} << QList<int>{0} << 0x44;
    QTest::newRow("blanks") << u"  0\t 12  * * * "_s << QList<int>{0} << QList<int>{12} << 0x7f;
    QTest::newRow("@daily") << u"@daily"_s << QList<int>{0} << QList<int>{0} << 0x7f;
    QTest::newRow("@weekly") << u"@Weekly"_s << QList<int>{0} << QList<int>{0} << 0x40;
}

void TestCronExpression::reads()
{
    QFETCH(const QString, text);
    const auto cron = parseCron(text);
    QVERIFY(cron);
    QTEST(cron->minutes, "minutes");
    QTEST(cron->hours, "hours");
    QTEST(int(cron->weekdays), "weekdays");
}

void TestCronExpression::refuses_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");
    QTest::addColumn<QString>("found");
    const auto row = [](const char *name, const QString &text, const QString &expected, const QString &found) {
        QTest::newRow(name) << text << expected << found;
    };
    row("nothing", {}, u"cron"_s, {});
    row("four fields", u"0 8 * *"_s, u"cron"_s, u"0 8 * *"_s);
    row("six fields", u"0 0 8 * * *"_s, u"cron"_s, u"0 0 8 * * *"_s);
    row("an unknown word", u"@often"_s, u"cron"_s, u"@often"_s);
    row("minute 60", u"60 8 * * *"_s, u"cron-minute"_s, u"60"_s);
    row("hour 24", u"0 24 * * *"_s, u"cron-hour"_s, u"24"_s);
    row("day 0", u"0 0 0 * *"_s, u"cron-day"_s, u"0"_s);
    row("day 32", u"0 0 32 * *"_s, u"cron-day"_s, u"32"_s);
    row("month 13", u"0 0 1 13 *"_s, u"cron-month"_s, u"13"_s);
    row("weekday 8", u"0 0 * * 8"_s, u"cron-weekday"_s, u"8"_s);
    row("a month's name as weekday", u"0 0 * * jan"_s, u"cron-weekday"_s, u"jan"_s);
    row("backwards", u"30-10 8 * * *"_s, u"cron-minute"_s, u"30-10"_s);
    row("no step", u"*/0 8 * * *"_s, u"cron-minute"_s, u"*/0"_s);
    row("empty part", u"1,,2 8 * * *"_s, u"cron-minute"_s, u"1,,2"_s);
    row("a sign", u"+5 8 * * *"_s, u"cron-minute"_s, u"+5"_s);
    row("two dashes", u"1-2-3 8 * * *"_s, u"cron-minute"_s, u"1-2-3"_s);
    row("two slashes", u"*/2/3 8 * * *"_s, u"cron-minute"_s, u"*/2/3"_s);
    row("too large a number", u"99999999999 8 * * *"_s, u"cron-minute"_s, u"99999999999"_s);
    row("30 February", u"0 0 30 2 *"_s, u"cron-date"_s, u"30 2"_s);
    row("31 April", u"0 0 31 apr,jun *"_s, u"cron-date"_s, u"31 apr,jun"_s);
}

void TestCronExpression::refuses()
{
    QFETCH(const QString, text);
    const auto cron = parseCron(text);
    QVERIFY(!cron);
    QCOMPARE(cron.error().code, ErrorCode::WrongValue);
    QTEST(cron.error().facts.value(Fact::Expected), "expected");
    QTEST(cron.error().facts.value(Fact::Found), "found");
}

void TestCronExpression::dates_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QDate>("date");
    QTest::addColumn<bool>("contains");
    const auto row = [](const char *name, const QString &text, QDate date, bool contains) {
        QTest::newRow(name) << text << date << contains;
    };
    const QDate monday(2026, 11, 23);
    row("any", u"0 0 * * *"_s, monday, true);
    row("its day", u"0 0 23 * *"_s, monday, true);
    row("another day", u"0 0 22 * *"_s, monday, false);
    row("its month", u"0 0 * nov *"_s, monday, true);
    row("another month", u"0 0 23 oct *"_s, monday, false);
    row("its weekday", u"0 0 * * mon"_s, monday, true);
    row("another weekday", u"0 0 * * tue"_s, monday, false);
    row("day or weekday: weekday", u"0 0 1 * mon"_s, monday, true);
    row("day or weekday: day", u"0 0 23 * sun"_s, monday, true);
    row("day or weekday: neither", u"0 0 1 * sun"_s, monday, false);
    row("every second day and a weekday", u"0 0 */2 * mon"_s, monday, true);
    row("not every second day", u"0 0 */2 * mon"_s, QDate(2026, 11, 30), false);
    row("29 February", u"0 0 29 2 *"_s, QDate(2028, 2, 29), true);
}

void TestCronExpression::dates()
{
    QFETCH(const QString, text);
    QFETCH(const QDate, date);
    const auto cron = parseCron(text);
    QVERIFY(cron);
    QTEST(cron->contains(date), "contains");
}

QTEST_GUILESS_MAIN(TestCronExpression)
#include "tst_cronexpression.moc"
