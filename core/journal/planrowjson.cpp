// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journal/planrowjson.h"

#include "core/data/celldecoder.h"
#include "core/journal/basefile.h"

namespace tidemark {

using namespace Qt::StringLiterals;

QJsonValue cellToJson(const PlanTable &table, const RowBatch &batch, int row, int cell)
{
    const CellView view = batch.value(row, cell);
    return view.isNull ? QJsonValue(QJsonValue::Null) : cell::json(table.columns[cell].type, view);
}

QJsonObject cellsToJson(const PlanTable &table, const RowBatch &batch, int row, int first, int end)
{
    QJsonObject object;
    for (int cell = first; cell < end; ++cell)
        object.insert(table.columns[cell].source, cellToJson(table, batch, row, cell));
    return object;
}

QJsonValue chainToJson(const PlanTable &table, const std::shared_ptr<const RowLayout> &layout, std::string_view chain)
{
    RowBatch batch(layout);
    if (chain.empty() || !batch.appendChain(chain))
        return QJsonValue::Null;
    return cellsToJson(table, batch, 0, 0, static_cast<int>(table.columns.size()));
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
            key = cellsToJson(table, batch, 0, 0, table.keyCount);
        return cellsToJson(table, batch, 0, 0, static_cast<int>(table.columns.size()));
    };
    object.insert(u"source"_s, side(row.source));
    object.insert(u"target"_s, side(row.target));
    object.insert(u"key"_s, key);
    const auto base = decodePicture(QByteArray(row.base.data(), static_cast<qsizetype>(row.base.size())), layout);
    if (base && base->hasCells())
        object.insert(u"base"_s, cellsToJson(table, base->rows, 0, 0, static_cast<int>(table.columns.size())));
    if (row.decision == Decision::Merge) {
        // A side that is to stay as it is has no row of its own to come.
        const auto becomes = [&](std::string_view merged, std::string_view now) {
            return chainToJson(table, layout, merged.empty() ? now : merged);
        };
        object.insert(u"merged"_s,
                      QJsonObject{{u"source"_s, becomes(row.mergedSource, row.source)},
                                  {u"target"_s, becomes(row.mergedTarget, row.target)}});
    }
    return object;
}

} // namespace tidemark
