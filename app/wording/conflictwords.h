// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "core/journal/conflict.h"

namespace tidemark::wording {

QString conflictKind(const Conflict &conflict); // "Changed on both sides."
QString conflictAnswer(ConflictAnswer answer); // "take the source": after "Answered by …:"

} // namespace tidemark::wording
