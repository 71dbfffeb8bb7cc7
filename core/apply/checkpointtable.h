// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace tidemark {

// CheckpointKey::table of a pair, from its tables' names as reports have them (TableReport::source, target).
inline QString checkpointTable(const QString &source, const QString &target)
{
    return source + QStringLiteral(" → ") + target;
}

} // namespace tidemark
