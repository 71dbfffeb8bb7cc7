// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>

#include "core/mapping/tablemapping.h"

namespace tidemark {

// The index in `names` that `wanted` means: exact, then without case and underscores; −1 none. AmbiguousName (Found:
// the candidates) where the loose search hits two.
Result<int> findName(const QString &wanted, const QStringList &names);

} // namespace tidemark
