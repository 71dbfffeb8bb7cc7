// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace tidemark {

// The time, as a thing that is handed in, so that tests can hold it. Thread-safe.
class Clock
{
public:
    virtual ~Clock() = default;
    virtual qint64 nowUs() const = 0; // UTC, microseconds since 1970-01-01
    virtual qint64 steadyMs() const = 0; // monotonic, for durations
};

class SystemClock final : public Clock
{
public:
    qint64 nowUs() const override;
    qint64 steadyMs() const override;
};

} // namespace tidemark
