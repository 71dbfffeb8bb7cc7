// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <optional>

#include <QByteArray>
#include <QString>
#include <QUrl>

#include "core/base/cancellation.h"
#include "core/base/clock.h"
#include "core/base/error.h"
#include "core/config/secrets.h"

namespace tidemark {

struct HookCall
{
    QUrl url;
    QByteArray body;
    Secret secret; // empty: unsigned
    qint64 timeoutMs = 10'000; // of one attempt
    std::function<bool(qint64 ms)> wait = {}; // between attempts; true: cancelled
};

struct HookEnd
{
    std::optional<Error> error; // Host, Port; Found: the status
    int attempts = 0;
};

// Posts JSON (afterrun.h says how). A 2xx status is the proof that it was taken: the answer's body is not waited for.
HookEnd postHook(const HookCall &call, const Clock &clock, Cancellation &cancellation);

QString originOf(const QUrl &url); // "https://hooks.example:8443": what may be told of an address
QByteArray hookSignature(const Secret &secret, qint64 unixSeconds, const QByteArray &body); // "sha256=…"
// "120", or a date of HTTP; −1: neither.
qint64 retryAfterMs(const QByteArray &header, qint64 nowUs);

} // namespace tidemark
