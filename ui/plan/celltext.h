// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "core/data/rowbatch.h"

namespace tidemark::celltext {

// Values and names as people see them: harmless whatever is in them.

// Characters that would change how the text around them is read, as ‹U+202E›; controls as symbols. Line ends and tabs
// stay.
QString harmless(const QString &text);
// '' as quotes, spaces at the ends (or all) as ·, line ends as ⏎; harmless.
QString visible(const QString &text, bool allSpaces);
// A name in one line.
QString name(const QString &name);

QString rows(qint64 count); // "1 row", "1,000 rows"

// Of a cell, cut at `limit` characters; binary as size and hex.
QString shortened(const CellType &type, CellView cell, int limit);
bool isTextual(CellKind kind);
bool isNumber(CellKind kind);

} // namespace tidemark::celltext
