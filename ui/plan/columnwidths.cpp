// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plan/columnwidths.h"

#include <QJsonDocument>

namespace tidemark {

static constexpr int narrowest = 36, widest = 2000; // px; what else stands there was not written by us
static constexpr qsizetype mostBytes = 256 * 1024;

ColumnWidths::ColumnWidths(const QByteArray &json)
    : m_tables(json.size() > mostBytes ? QJsonObject() : QJsonDocument::fromJson(json).object())
{ }

QByteArray ColumnWidths::toJson() const
{
    const QByteArray json = QJsonDocument(m_tables).toJson(QJsonDocument::Compact);
    return json.size() > mostBytes ? QByteArray() : json; // begins anew
}

QHash<int, int> ColumnWidths::of(const QString &table, const QList<PlanColumn> &columns) const
{
    QHash<int, int> widths;
    const QJsonObject kept = m_tables.value(table).toObject();
    for (int cell = 0; cell < columns.size() && !kept.isEmpty(); ++cell) {
        const int width = kept.value(columns.at(cell).source).toInt();
        if (width >= narrowest && width <= widest)
            widths.insert(cell, width);
    }
    return widths;
}

void ColumnWidths::keep(const QString &table, const QList<PlanColumn> &columns, const QHash<int, int> &widths)
{
    QJsonObject kept;
    for (auto it = widths.cbegin(); it != widths.cend(); ++it) {
        if (it.key() >= 0 && it.key() < columns.size())
            kept.insert(columns.at(it.key()).source, it.value());
    }
    m_tables.insert(table, kept);
}

} // namespace tidemark
