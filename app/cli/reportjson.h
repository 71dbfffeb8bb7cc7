// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>

#include "core/journal/planfile.h"
#include "core/mapping/tablemapping.h"
#include "core/reconcile/report.h"

namespace tidemark::cli {

// The fields of interfaces.md.
QJsonObject reportJson(const RunReport &report);
QJsonObject rowJson(const PlanTable &table, const RowLayout &layout, const PlanRow &row);
QString noteName(MappingNote::Kind kind); // "values-may-not-fit"

} // namespace tidemark::cli
