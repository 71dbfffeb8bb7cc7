// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/units.h"

#include <array>
#include <limits>

namespace tidemark {

namespace {

struct Unit
{
    QLatin1StringView name;
    qint64 factor;
};

// Largest first, so that the first unit that divides a value writes it shortest.
constexpr std::array durations{Unit{QLatin1StringView("d"), 86'400'000}, Unit{QLatin1StringView("h"), 3'600'000},
                               Unit{QLatin1StringView("m"), 60'000}, Unit{QLatin1StringView("s"), 1'000},
                               Unit{QLatin1StringView("ms"), 1}};
constexpr std::array sizes{Unit{QLatin1StringView("GiB"), qint64(1) << 30}, Unit{QLatin1StringView("MiB"), 1 << 20},
                           Unit{QLatin1StringView("KiB"), 1 << 10}, Unit{QLatin1StringView("B"), 1}};

template <typename Units> std::optional<qint64> parse(QStringView text, const Units &units)
{
    qsizetype digits = 0;
    qint64 value = 0;
    while (digits < text.size() && text[digits] >= u'0' && text[digits] <= u'9') {
        if (value > (std::numeric_limits<qint64>::max() - 9) / 10)
            return std::nullopt;
        value = value * 10 + (text[digits].unicode() - u'0');
        ++digits;
    }
    if (digits == 0)
        return std::nullopt;
    for (const Unit &unit : units) {
        if (text.mid(digits) != unit.name)
            continue;
        if (value > std::numeric_limits<qint64>::max() / unit.factor)
            return std::nullopt;
        return value * unit.factor;
    }
    return std::nullopt;
}

template <typename Units> QString format(qint64 value, const Units &units)
{
    for (const Unit &unit : units) {
        if (value % unit.factor == 0 && (value != 0 || unit.factor == 1))
            return QString::number(value / unit.factor) + unit.name;
    }
    return QString::number(value) + units.back().name;
}

} // namespace

std::optional<qint64> parseDurationMs(QStringView text) { return parse(text, durations); }
QString formatDuration(qint64 ms) { return format(ms, durations); }
std::optional<qint64> parseSize(QStringView text) { return parse(text, sizes); }
QString formatSize(qint64 bytes) { return format(bytes, sizes); }

} // namespace tidemark
