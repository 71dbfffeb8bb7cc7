// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include <QJsonObject>

#include "core/base/error.h"
#include "core/reconcile/report.h"

namespace tidemark {

// Reports as they are kept: lossless both ways. (What --json prints has fewer fields; interfaces.md.)
QJsonObject errorToJson(const Error &error);
Error errorFromJson(const QJsonObject &object); // a code that a newer version wrote: Internal, its name in the detail

QJsonObject tableReportToJson(const TableReport &report);
TableReport tableReportFromJson(const QJsonObject &object);

QJsonObject runReportToJson(const RunReport &report);
std::optional<RunReport> runReportFromJson(const QJsonObject &object); // nothing: a state that is not known here

} // namespace tidemark
