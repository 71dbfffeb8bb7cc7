// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "core/base/error.h"
#include "core/reconcile/decision.h"
#include "core/reconcile/report.h"
#include "core/run/progress.h"
#include "core/run/runner.h"

namespace tidemark::wording {

// Codes and facts of core as sentences in the user's language (tr). Qt Core alone. Voice: visual.md. Facts from outside
// are escaped: control characters shown as symbols, long ones cut in the middle.

struct Message
{
    QString what; // what and where, one sentence
    QString next; // what to do; may be empty
};

Message message(const Error &error);
QString oneLine(const Error &error); // what + detail + next
QString outcome(const RunReport &report); // "17 rows written. All 4 tables equal." …
QString phase(Phase phase);
QString checkItem(const CheckItem &item);
QString decision(Decision decision);
QString why(Reason reason);
QString safeText(const QString &fromOutside, int maxLength = 200);
QString ago(qint64 thenUs, qint64 nowUs); // "3 min ago"

// Installs the translations that are compiled in; locale "en", "zh_CN", empty = the system's. Call once, before any
// text is made; again to switch.
void useLanguage(const QString &locale);

} // namespace tidemark::wording
