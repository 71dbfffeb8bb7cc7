// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace tidemark::format {

QString count(qint64 number); // grouped by the locale: "1,000,000"
QString bytes(qint64 size); // "12 MB"
QString rate(double perSecond); // "48,000 rows/s"
QString signedCounts(qint64 inserts, qint64 updates, qint64 deletes); // "+9  ~4  −4"
QString sides(const QString &source, const QString &target, bool twoWay); // "Till → Report copy", "Till ↔ Tablet"
QString clock(qint64 us); // "14:02", local time
QString toolTip(const QString &text); // as it stands: markup in names or messages is shown, never obeyed

} // namespace tidemark::format
