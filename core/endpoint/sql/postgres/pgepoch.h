// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace tidemark::postgres {

// The server's dates and times count from 2000-01-01, canonical cells from 1970-01-01.
constexpr qint32 epochDays = 10'957;
constexpr qint64 epochMicroseconds = qint64(epochDays) * 86'400 * 1'000'000;

} // namespace tidemark::postgres
