// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace tidemark::samplerecipe {

// SQL of the sample, statement by statement.
QStringList schema();
QStringList yesterday(); // 12 customers, 24 products, 40 orders, 90 lines
QStringList today(); // 9 inserts, 4 updates, 4 deletes

} // namespace tidemark::samplerecipe
