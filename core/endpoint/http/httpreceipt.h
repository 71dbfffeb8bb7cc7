// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSslError>

#include "core/endpoint/http/httpworker.h"

namespace tidemark::http {

// What arrives of one reply, and why it was broken off where we did that.
struct HttpWorker::Receipt
{
    QByteArray body;
    QList<QSslError> tlsErrors;
    bool tooLarge = false;
    bool tooLate = false;
    bool wrongPin = false;
    bool cutShort = false; // less than its Content-Length, which Qt does not always notice
};

} // namespace tidemark::http
