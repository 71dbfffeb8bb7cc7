// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>

#include "core/journal/planfile.h"

namespace tidemark {

// A row's cells [first, end) by the source's names.
QJsonValue cellToJson(const PlanTable &table, const RowBatch &batch, int row, int cell);
QJsonObject cellsToJson(const PlanTable &table, const RowBatch &batch, int row, int first, int end);
// A whole row; null: absent.
QJsonValue chainToJson(const PlanTable &table, const std::shared_ptr<const RowLayout> &layout, std::string_view chain);

// A row of a plan with the fields of interfaces.md ("--rows"); `layout` is the table's.
QJsonObject planRowToJson(const PlanTable &table, const std::shared_ptr<const RowLayout> &layout,
                          const PlanRowRef &row);

} // namespace tidemark
