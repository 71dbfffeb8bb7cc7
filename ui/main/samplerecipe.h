// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace tidemark::samplerecipe {

// SQL of the samples, statement by statement.
QStringList schema();
QStringList yesterday(); // 12 customers, 24 products, 40 orders, 90 lines
QStringList today(); // 9 inserts, 4 updates, 4 deletes

// Of the second sample, whose both sides are written.
QStringList sharedSchema();
QStringList sharedYesterday(); // 24 products, 10 customers
QStringList todayAtTill();
QStringList todayAtTablet();

} // namespace tidemark::samplerecipe
