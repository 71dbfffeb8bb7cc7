// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include "core/endpoint/changelog.h"

namespace tidemark::wording {

QString whyWhole(const QString &code); // TableReport::whyWhole; empty where there is nothing to say
QString logState(const ChangeLogState &state); // of a table, as a sentence
QString logStateName(ChangeLogState::Kind kind); // "absent": the contract of --json
QString logRemark(const QString &code, const QString &detail); // of check; empty: another's code

} // namespace tidemark::wording
