// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include <QtGlobal>

namespace tidemark {

// Dates and times as ISO text; the reverse is in celldecoder.h. Years before 1 get " BC", as PostgreSQL writes them.
constexpr qint64 microsecondsPerSecond = 1'000'000;
constexpr qint64 microsecondsPerDay = 86'400 * microsecondsPerSecond;

void appendDate(qint32 days, std::string &out);
void appendTime(qint64 microseconds, int digits, std::string &out); // "-838:59:59"
void appendTimestamp(qint64 microseconds, int digits, const char *suffix, std::string &out);

// "0000-00-00", "2024-00-10 12:00:00": MySQL's dates that are none.
bool isZeroDate(std::string_view text);

} // namespace tidemark
