// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QStringList>

#include "core/base/result.h"

namespace tidemark {

class Session;
struct TableSchema;

// By column: all that it takes, where its database keeps that apart from the type's name (PostgreSQL's enums). Columns
// that are not named here take what their type says.
using ColumnWords = QHash<QString, QStringList>;
Result<ColumnWords> columnWords(Session &session, const TableSchema &table);

} // namespace tidemark
