// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/timetext.h"

#include <charconv>
#include <limits>

#include "core/data/celldecoder.h"

namespace tidemark {

namespace {

constexpr std::string_view infinityName = "infinity";
constexpr std::string_view minusInfinityName = "-infinity";

bool isDigit(char c) { return c >= '0' && c <= '9'; }

// Reads text from the left.
class Cursor
{
public:
    explicit Cursor(std::string_view text) : m_rest(text) { }

    bool take(char c)
    {
        if (m_rest.empty() || m_rest[0] != c)
            return false;
        m_rest.remove_prefix(1);
        return true;
    }

    std::size_t digitCount() const
    {
        std::size_t count = 0;
        while (count < m_rest.size() && isDigit(m_rest[count]))
            ++count;
        return count;
    }

    std::optional<qint64> number(std::size_t minDigits, std::size_t maxDigits)
    {
        const std::size_t count = digitCount();
        if (count < minDigits || count > maxDigits)
            return std::nullopt;
        qint64 value = 0;
        for (const char c : m_rest.substr(0, count))
            value = value * 10 + (c - '0');
        m_rest.remove_prefix(count);
        return value;
    }

    // ".25" as microseconds; nothing where more than six digits count.
    std::optional<qint64> fraction()
    {
        if (!take('.'))
            return 0;
        const std::size_t count = digitCount();
        if (count == 0)
            return std::nullopt;
        qint64 value = 0;
        for (std::size_t i = 0; i < std::max<std::size_t>(count, 6); ++i) {
            const char c = i < count ? m_rest[i] : '0';
            if (i < 6)
                value = value * 10 + (c - '0');
            else if (c != '0')
                return std::nullopt;
        }
        m_rest.remove_prefix(count);
        return value;
    }

    bool takeBc()
    {
        if (!m_rest.ends_with(" BC"))
            return false;
        m_rest.remove_suffix(3);
        return true;
    }

    bool atEnd() const { return m_rest.empty(); }

private:
    std::string_view m_rest;
};

bool isLeap(qint64 year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

int daysInMonth(qint64 year, int month)
{
    if (month == 2)
        return isLeap(year) ? 29 : 28;
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

std::optional<qint32> takeDate(Cursor &cursor, bool isBc)
{
    const bool isNegative = cursor.take('-');
    const auto year = cursor.number(4, 7);
    if (!year || !cursor.take('-'))
        return std::nullopt;
    const auto month = cursor.number(2, 2);
    if (!month || *month < 1 || *month > 12 || !cursor.take('-'))
        return std::nullopt;
    const auto day = cursor.number(2, 2);
    if ((isBc && (isNegative || *year == 0)) || *year > 5'000'000)
        return std::nullopt;
    // 1 BC is the year 0 of the astronomers and of ISO 8601.
    const qint64 counted = isBc ? 1 - *year : isNegative ? -*year : *year;
    if (!day || *day < 1 || *day > daysInMonth(counted, static_cast<int>(*month)))
        return std::nullopt;
    return daysFromCivil(counted, static_cast<int>(*month), static_cast<int>(*day));
}

// HH:MM[:SS[.ffffff]]; hours up to a bound.
std::optional<qint64> takeTime(Cursor &cursor, std::size_t maxHourDigits)
{
    const auto hours = cursor.number(2, maxHourDigits);
    if (!hours || !cursor.take(':'))
        return std::nullopt;
    const auto minutes = cursor.number(2, 2);
    if (!minutes || *minutes > 59)
        return std::nullopt;
    qint64 seconds = 0;
    qint64 fraction = 0;
    if (cursor.take(':')) {
        const auto taken = cursor.number(2, 2);
        const auto takenFraction = taken ? cursor.fraction() : std::nullopt;
        if (!taken || *taken > 59 || !takenFraction)
            return std::nullopt; // a leap second has no place in any database's counting either
        seconds = *taken;
        fraction = *takenFraction;
    }
    return ((*hours * 60 + *minutes) * 60 + seconds) * microsecondsPerSecond + fraction;
}

// Z or ±HH[[:]MM[:SS]]; false: malformed.
bool takeOffset(Cursor &cursor, std::optional<int> &offset)
{
    if (cursor.take('Z') || cursor.take('z')) {
        offset = 0;
        return true;
    }
    const bool isNegative = cursor.take('-');
    if (!isNegative && !cursor.take('+'))
        return false;
    std::optional<qint64> hours;
    std::optional<qint64> minutes = 0;
    std::optional<qint64> seconds = 0;
    if (cursor.digitCount() == 4) {
        const auto both = cursor.number(4, 4);
        hours = *both / 100;
        minutes = *both % 100;
    } else {
        hours = cursor.number(2, 2);
        if (cursor.take(':'))
            minutes = cursor.number(2, 2);
        if (minutes && cursor.take(':'))
            seconds = cursor.number(2, 2);
    }
    if (!hours || *hours > 18 || !minutes || *minutes > 59 || !seconds || *seconds > 59)
        return false;
    const auto total = static_cast<int>((*hours * 60 + *minutes) * 60 + *seconds);
    offset = isNegative ? -total : total;
    return true;
}

void appendPadded(qint64 value, int width, std::string &out)
{
    const std::string digits = std::to_string(value);
    if (static_cast<int>(digits.size()) < width)
        out.append(static_cast<std::size_t>(width) - digits.size(), '0');
    out += digits;
}

void appendFraction(qint64 microseconds, int digits, std::string &out)
{
    if (microseconds == 0 && digits <= 0)
        return;
    out += '.';
    const std::size_t start = out.size();
    appendPadded(microseconds, 6, out);
    while (out.back() == '0' && out.size() - start > static_cast<std::size_t>(std::max(digits, 1)))
        out.pop_back();
}

void appendYear(qint64 year, std::string &out) { appendPadded(year > 0 ? year : 1 - year, 4, out); }

void appendDay(qint32 days, std::string &out, bool &isBc)
{
    qint64 year = 0;
    int month = 0;
    int day = 0;
    civilFromDays(days, year, month, day);
    isBc = year <= 0;
    appendYear(year, out);
    out += '-';
    appendPadded(month, 2, out);
    out += '-';
    appendPadded(day, 2, out);
}

} // namespace

// Years are counted from March, so that the leap day is a year's last; 400 years are an era of 146,097 days.
qint32 daysFromCivil(qint64 year, int month, int day)
{
    const qint64 marchYear = month > 2 ? year : year - 1;
    const qint64 era = (marchYear >= 0 ? marchYear : marchYear - 399) / 400;
    const qint64 yearOfEra = marchYear - era * 400;
    const int marchMonth = (month + 9) % 12;
    const qint64 dayOfYear = (153 * marchMonth + 2) / 5 + day - 1;
    const qint64 dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return static_cast<qint32>(era * 146'097 + dayOfEra - 719'468); // 1970-01-01 is 719,468 days after 0000-03-01
}

void civilFromDays(qint32 days, qint64 &year, int &month, int &day)
{
    const qint64 shifted = qint64(days) + 719'468;
    const qint64 era = (shifted >= 0 ? shifted : shifted - 146'096) / 146'097;
    const qint64 dayOfEra = shifted - era * 146'097;
    const qint64 yearOfEra = (dayOfEra - dayOfEra / 1'460 + dayOfEra / 36'524 - dayOfEra / 146'096) / 365;
    const qint64 dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    const qint64 marchMonth = (5 * dayOfYear + 2) / 153;
    day = static_cast<int>(dayOfYear - (153 * marchMonth + 2) / 5 + 1);
    month = static_cast<int>(marchMonth < 10 ? marchMonth + 3 : marchMonth - 9);
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
}

std::optional<ParsedTime> parseTimestamp(std::string_view text)
{
    if (text == infinityName)
        return ParsedTime{std::numeric_limits<qint64>::max(), {}};
    if (text == minusInfinityName)
        return ParsedTime{std::numeric_limits<qint64>::min(), {}};
    Cursor cursor(text);
    const bool isBc = cursor.takeBc();
    const auto days = takeDate(cursor, isBc);
    if (!days)
        return std::nullopt;
    ParsedTime parsed;
    qint64 time = 0;
    if (!cursor.atEnd()) {
        if (!cursor.take('T') && !cursor.take(' ') && !cursor.take('t'))
            return std::nullopt;
        const auto taken = takeTime(cursor, 2);
        if (!taken || *taken >= microsecondsPerDay)
            return std::nullopt;
        time = *taken;
        if (!cursor.atEnd() && !takeOffset(cursor, parsed.offsetSeconds))
            return std::nullopt;
    }
    qint64 start = 0;
    if (!cursor.atEnd() || __builtin_mul_overflow(qint64(*days), microsecondsPerDay, &start)
        || __builtin_add_overflow(start, time, &parsed.microseconds))
        return std::nullopt;
    return parsed;
}

std::optional<qint32> parseDate(std::string_view text)
{
    if (text == infinityName)
        return std::numeric_limits<qint32>::max();
    if (text == minusInfinityName)
        return std::numeric_limits<qint32>::min();
    Cursor cursor(text);
    const bool isBc = cursor.takeBc();
    const auto days = takeDate(cursor, isBc);
    return cursor.atEnd() ? days : std::nullopt;
}

std::optional<qint64> parseTime(std::string_view text)
{
    Cursor cursor(text);
    const bool isNegative = cursor.take('-');
    const auto time = takeTime(cursor, 6);
    if (!time || !cursor.atEnd())
        return std::nullopt;
    return isNegative ? -*time : *time;
}

void appendDate(qint32 days, std::string &out)
{
    if (days == std::numeric_limits<qint32>::max() || days == std::numeric_limits<qint32>::min()) {
        out += days > 0 ? infinityName : minusInfinityName;
        return;
    }
    bool isBc = false;
    appendDay(days, out, isBc);
    if (isBc)
        out += " BC";
}

void appendTime(qint64 microseconds, int digits, std::string &out)
{
    if (microseconds < 0)
        out += '-';
    const quint64 all = microseconds < 0 ? 0 - static_cast<quint64>(microseconds) : static_cast<quint64>(microseconds);
    const auto seconds = static_cast<qint64>(all / microsecondsPerSecond);
    appendPadded(seconds / 3600, 2, out);
    out += ':';
    appendPadded(seconds / 60 % 60, 2, out);
    out += ':';
    appendPadded(seconds % 60, 2, out);
    appendFraction(static_cast<qint64>(all % microsecondsPerSecond), digits, out);
}

void appendTimestamp(qint64 microseconds, int digits, const char *suffix, std::string &out)
{
    if (microseconds == std::numeric_limits<qint64>::max() || microseconds == std::numeric_limits<qint64>::min()) {
        out += microseconds > 0 ? infinityName : minusInfinityName;
        return;
    }
    qint64 days = microseconds / microsecondsPerDay;
    qint64 time = microseconds % microsecondsPerDay;
    if (time < 0) {
        time += microsecondsPerDay;
        --days;
    }
    bool isBc = false;
    appendDay(static_cast<qint32>(days), out, isBc);
    out += ' ';
    appendTime(time, digits, out);
    out += suffix;
    if (isBc)
        out += " BC";
}

bool isZeroDate(std::string_view text)
{
    if (text.size() < 10 || text[4] != '-' || text[7] != '-')
        return false;
    for (const std::size_t i : {0, 1, 2, 3, 5, 6, 8, 9}) {
        if (!isDigit(text[i]))
            return false;
    }
    return text.substr(5, 2) == "00" || text.substr(8, 2) == "00";
}

} // namespace tidemark
