// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace tidemark {

// Names of tables in one line to type into: separated by commas; one that holds a comma, or begins or ends oddly,
// stands in double quotes, with its own doubled.
QString lineOfNames(const QStringList &names);
QStringList namesInLine(const QString &line);

} // namespace tidemark
