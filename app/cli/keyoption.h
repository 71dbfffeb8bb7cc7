// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMap>

#include "app/cli/arguments.h"

namespace tidemark::cli {

// --key COL=VALUE, once a key column.
Result<QMap<QString, QString>> readKey(const Arguments &arguments);

// --allow-deletes N
Result<std::optional<qint64>> readAllowedDeletes(const Arguments &arguments);

} // namespace tidemark::cli
