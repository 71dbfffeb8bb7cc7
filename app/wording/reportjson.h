// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonObject>

#include "core/reconcile/report.h"

namespace tidemark::wording {

// The document of plan --json, run --json and the window's "Copy as JSON", with the fields of the public interface.
// Messages are in the language of useLanguage(); programs go by the codes.
QJsonObject reportJson(const RunReport &report);
QJsonObject errorJson(const Error &error); // {"code", "message", "detail", "transient"}

} // namespace tidemark::wording
