// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journal/planrowjson.h"

#include "core/data/celldecoder.h"

namespace tidemark {

using namespace Qt::StringLiterals;

// The row's cells [first, end) by the source's names.
static QJsonObject cells(const PlanTable &table, const RowBatch &batch, int first, int end)
{
    QJsonObject object;
    for (int cell = first; cell < end; ++cell) {
        const PlanColumn &column = table.columns[cell];
        const CellView view = batch.value(0, cell);
        object.insert(column.source, view.isNull ? QJsonValue(QJsonValue::Null) : cell::json(column.type, view));
    }
    return object;
}

QJsonObject planRowToJson(const PlanTable &table, const std::shared_ptr<const RowLayout> &layout, const PlanRowRef &row)
{
    QJsonObject object{{u"decision"_s, decisionName(row.decision)}, {u"reason"_s, reasonName(row.reason)}};
    QJsonObject key;
    const auto side = [&](std::string_view chain) -> QJsonValue {
        RowBatch batch(layout);
        if (chain.empty() || !batch.appendChain(chain))
            return QJsonValue::Null;
        if (key.isEmpty())
            key = cells(table, batch, 0, table.keyCount);
        return cells(table, batch, 0, static_cast<int>(table.columns.size()));
    };
    object.insert(u"source"_s, side(row.source));
    object.insert(u"target"_s, side(row.target));
    object.insert(u"key"_s, key);
    return object;
}

} // namespace tidemark
