// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Comes before every test (tests/CMakeLists.txt). Qt's QTRY macros give up after five seconds, which a busy machine
// with a display, four servers and two tests at once may need for a single click. What holds is met as soon as before.
#include <QTest>

#undef QTRY_VERIFY
#undef QTRY_VERIFY2
#undef QTRY_COMPARE
#define QTRY_VERIFY(expression) QTRY_VERIFY_WITH_TIMEOUT(expression, 30'000)
#define QTRY_VERIFY2(expression, message) QTRY_VERIFY2_WITH_TIMEOUT(expression, message, 30'000)
#define QTRY_COMPARE(actual, expected) QTRY_COMPARE_WITH_TIMEOUT(actual, expected, 30'000)
