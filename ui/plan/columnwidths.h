// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHash>
#include <QJsonObject>

#include "core/journal/planfile.h"

namespace tidemark {

// The widths that a person gave to columns, by the names of job, table and column: kept between previews. Bounded.
class ColumnWidths
{
public:
    ColumnWidths() = default;
    explicit ColumnWidths(const QByteArray &json); // whatever it is: nothing, where it is something else
    QByteArray toJson() const;

    QHash<int, int> of(const QString &table, const QList<PlanColumn> &columns) const; // by the column's place
    void keep(const QString &table, const QList<PlanColumn> &columns, const QHash<int, int> &widths);

private:
    QJsonObject m_tables;
};

} // namespace tidemark
