// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include <QByteArray>

namespace tidemark {

// A cursor is the database's own exact text. SQLite's bears its storage class in front ("i:42", "r:1.5", "t:2024-…"),
// since there a column may hold several; the prefix stays part of the value.

// The moment that a cursor of detection `timestamp` names, in microseconds UTC: ISO text (without an offset taken as
// UTC), or a whole number of seconds, milliseconds or microseconds since 1970, told apart by size. Nothing: not a time.
std::optional<qint64> cursorMicroseconds(const QByteArray &cursor);

// A whole number lowered by `overlap`, for detection `version`; nothing where the cursor is not a whole number.
std::optional<QByteArray> loweredCursor(const QByteArray &cursor, qint64 overlap);

} // namespace tidemark
