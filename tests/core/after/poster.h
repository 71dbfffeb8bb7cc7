// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/after/webhook.h"
#include "tests/core/after/hookserver.h"

namespace tidemark::testing {

using namespace Qt::StringLiterals;

class FixedClock final : public Clock
{
public:
    qint64 nowUs() const override { return 1'800'000'000'250'000; }
    qint64 steadyMs() const override { return 0; }
};

// Posts at once again, and remembers how long it would have waited.
struct Poster
{
    QList<qint64> waits;
    Cancellation cancellation;

    HookEnd post(const QUrl &url, const QByteArray &secret = {}, qint64 timeoutMs = 10'000)
    {
        HookCall call;
        call.url = url;
        call.body = R"({"job":"j"})";
        call.secret = Secret(secret);
        call.timeoutMs = timeoutMs;
        call.wait = [this](qint64 ms) {
            waits << ms;
            return cancellation.isCancelled();
        };
        return postHook(call, FixedClock(), cancellation);
    }
};

inline QString codeOf(const HookEnd &end) { return end.error ? codeName(end.error->code) : u"done"_s; }

} // namespace tidemark::testing
