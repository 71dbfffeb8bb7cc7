// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>

#include "core/journal/planfile.h"

namespace tidemark {

// A row of a plan with the fields of interfaces.md ("--rows"); `layout` is the table's.
QJsonObject planRowToJson(const PlanTable &table, const std::shared_ptr<const RowLayout> &layout,
                          const PlanRowRef &row);

} // namespace tidemark
