// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace tidemark {

// A canonical JSON text over several lines; numbers and strings as they are written, whatever their length.
QString prettyJson(const QString &canonical);

} // namespace tidemark
