// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include <QString>

namespace tidemark {

// "500ms", "30s", "15m", "2h", "1d" → milliseconds; nothing else is a duration (no sign, no blanks, no overflow).
std::optional<qint64> parseDurationMs(QStringView text);
QString formatDuration(qint64 ms); // the shortest text that parses to the same value
// "512B", "64KiB", "8MiB", "1GiB" → bytes.
std::optional<qint64> parseSize(QStringView text);
QString formatSize(qint64 bytes);

} // namespace tidemark
