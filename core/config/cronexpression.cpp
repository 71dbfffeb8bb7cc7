// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/cronexpression.h"

#include <algorithm>
#include <array>

#include <QStringList>

namespace tidemark {

using namespace Qt::StringLiterals;

namespace {

struct Field
{
    QLatin1StringView expected; // Fact::Expected of a fault in it
    int least = 0;
    int most = 0;
    QStringList names; // of least, least + 1 …
};

const std::array<Field, 5> &fields()
{
    static const std::array<Field, 5> all{
        Field{"cron-minute"_L1, 0, 59, {}}, Field{"cron-hour"_L1, 0, 23, {}}, Field{"cron-day"_L1, 1, 31, {}},
        Field{"cron-month"_L1, 1, 12, u"jan feb mar apr may jun jul aug sep oct nov dec"_s.split(u' ')},
        Field{"cron-weekday"_L1, 0, 7, u"sun mon tue wed thu fri sat"_s.split(u' ')}};
    return all;
}

tl::unexpected<Error> fault(QLatin1StringView expected, const QString &found)
{
    return fail(Error{ErrorCode::WrongValue, {}, {}}.with(Fact::Expected, expected).with(Fact::Found, found));
}

std::optional<int> number(const QString &text)
{
    // Digits alone: toInt() takes signs and blanks.
    const bool digits = !text.isEmpty() && text.size() <= 4
        && std::all_of(text.begin(), text.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
    return digits ? std::optional(text.toInt()) : std::nullopt;
}

std::optional<int> value(const Field &field, const QString &text)
{
    if (const qsizetype name = field.names.indexOf(text); name >= 0)
        return field.least + static_cast<int>(name);
    const auto found = number(text);
    return found && *found >= field.least && *found <= field.most ? found : std::nullopt;
}

// One part of a list: "*", "5", "1-5", "*/10", "1-31/2", "10/5".
bool addPart(const Field &field, const QString &part, quint64 &bits)
{
    const QStringList halves = part.split(u'/');
    int step = 1;
    if (halves.size() > 2)
        return false;
    if (halves.size() == 2) {
        const auto given = number(halves[1]);
        if (!given || *given < 1 || *given > field.most)
            return false;
        step = *given;
    }
    int from = field.least;
    int to = field.most;
    if (halves[0] != "*"_L1) {
        const QStringList ends = halves[0].split(u'-');
        const auto first = value(field, ends[0]);
        const auto last = ends.size() == 2 ? value(field, ends[1]) : first;
        if (ends.size() > 2 || !first || !last || *last < *first)
            return false;
        from = *first;
        to = ends.size() == 1 && halves.size() == 2 ? field.most : *last;
    }
    for (int at = from; at <= to; at += step)
        bits |= quint64(1) << at;
    return true;
}

Result<quint64> fieldBits(const Field &field, const QString &text)
{
    quint64 bits = 0;
    const QStringList parts = text.split(u',');
    for (const QString &part : parts) {
        if (!addPart(field, part, bits))
            return fault(field.expected, text);
    }
    return bits;
}

QList<int> numbers(quint64 bits)
{
    QList<int> list;
    for (int at = 0; at < 60; ++at) {
        if ((bits >> at & 1) != 0)
            list.append(at);
    }
    return list;
}

QString spelledOut(const QString &text)
{
    static const QHash<QString, QString> shorthands{{u"@hourly"_s, u"0 * * * *"_s},   {u"@daily"_s, u"0 0 * * *"_s},
                                                    {u"@midnight"_s, u"0 0 * * *"_s}, {u"@weekly"_s, u"0 0 * * 0"_s},
                                                    {u"@monthly"_s, u"0 0 1 * *"_s},  {u"@yearly"_s, u"0 0 1 1 *"_s},
                                                    {u"@annually"_s, u"0 0 1 1 *"_s}};
    return shorthands.value(text, text);
}

// A date of these months that has one of these days.
bool everComes(const CronExpression &cron)
{
    constexpr int leapYear = 2024;
    for (QDate date(leapYear, 1, 1); date.year() == leapYear; date = date.addDays(1)) {
        if ((cron.months >> date.month() & 1U) != 0 && (cron.days >> date.day() & 1U) != 0)
            return true;
    }
    return false;
}

} // namespace

bool CronExpression::contains(QDate date) const
{
    if ((months >> date.month() & 1) == 0)
        return false;
    const bool day = (days >> date.day() & 1U) != 0;
    const bool weekday = (weekdays >> (date.dayOfWeek() - 1) & 1) != 0;
    return anyDay || anyWeekday ? day && weekday : day || weekday;
}

Result<CronExpression> parseCron(const QString &text)
{
    const QString lower = spelledOut(text.simplified().toLower());
    const QStringList words = lower.split(u' ', Qt::SkipEmptyParts);
    if (words.size() != 5)
        return fault("cron"_L1, text);
    std::array<quint64, 5> bits{};
    for (std::size_t i = 0; i < bits.size(); ++i) {
        TRY_ASSIGN(bits[i], fieldBits(fields()[i], words[static_cast<qsizetype>(i)]));
    }
    CronExpression cron;
    cron.minutes = numbers(bits[0]);
    cron.hours = numbers(bits[1]);
    cron.days = static_cast<quint32>(bits[2]);
    cron.months = static_cast<quint16>(bits[3]);
    // Theirs begins with Sunday, ours with Monday.
    const quint64 week = bits[4] | (bits[4] >> 7 & 1);
    cron.weekdays = static_cast<quint8>((week >> 1 & 0x3f) | (week & 1) << 6);
    cron.anyDay = words[2].startsWith(u'*');
    cron.anyWeekday = words[4].startsWith(u'*');
    cron.everyHour = cron.hours.size() == 24;
    if ((cron.anyDay || cron.anyWeekday) && !everComes(cron))
        return fault("cron-date"_L1, QString(words[2] + u' ' + words[3]));
    return cron;
}

} // namespace tidemark
