// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>

#include "core/journal/planfile.h"

namespace tidemark {

QJsonObject planHeadToJson(const PlanHead &head);
PlanHead planHeadFromJson(const QJsonObject &object);

QJsonObject cellTypeToJson(const CellType &type);
std::optional<CellType> cellTypeFromJson(const QJsonObject &object); // nothing: a kind or policy that is not known here

// Without `included`, which lies beside it.
QJsonObject planTableToJson(const PlanTable &table);
std::optional<PlanTable> planTableFromJson(const QJsonObject &object);

} // namespace tidemark
