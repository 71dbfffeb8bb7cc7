// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>

#include "core/reconcile/report.h"

namespace tidemark::wording {

// The document of plan --json and verify --json, with the fields of the public interface; of a run: see runJson().
// Messages are in the language of useLanguage(); programs go by the codes.
QJsonObject reportJson(const RunReport &report);
QJsonObject errorJson(const Error &error); // {"code", "message", "detail", "transient"}

} // namespace tidemark::wording
