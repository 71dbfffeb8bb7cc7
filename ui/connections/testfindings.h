// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

#include "core/endpoint/connectiontest.h"

namespace tidemark {

// What a test that passed has found, a sentence or two a line.
QStringList findings(const ConnectionTest &test, Driver driver, bool readOnly);

} // namespace tidemark
