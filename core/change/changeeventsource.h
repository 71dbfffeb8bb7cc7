// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/change/changeevent.h"

namespace tidemark {

// Reads `source`, at which the tokens stand. WrongType where it is no object.
Result<void> readEventSource(JsonTokens &tokens, const QString &path, EventSource &source);

// A whole number beyond qint64, or none: nothing.
bool readWhole(const JsonToken &token, qint64 &value);

} // namespace tidemark
