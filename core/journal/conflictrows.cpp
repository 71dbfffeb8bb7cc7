// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journal/conflictrows.h"

#include <QDateTime>

#include "core/data/celldecoder.h"
#include "core/journal/basefile.h"
#include "core/journal/planrowjson.h"

namespace tidemark {

using namespace Qt::StringLiterals;

namespace {

bool fill(RowBatch &batch, const std::shared_ptr<const RowLayout> &layout, const QByteArray &chain)
{
    batch.reset(layout);
    return chain.isEmpty() || batch.appendChain({chain.constData(), static_cast<std::size_t>(chain.size())});
}

// A print tells that a side's cell is what it was.
std::optional<CellView> cellOfPrints(const ConflictRows &rows, const BasePicture &picture, int cell)
{
    const auto index = static_cast<std::size_t>(cell);
    const auto unmoved = [&](const RowBatch &side, const std::vector<quint64> &prints) {
        return !side.isEmpty() && index < prints.size() && prints[index] == cellPrint(side.comparison(0, cell));
    };
    if (unmoved(rows.source, picture.sourcePrints))
        return rows.source.value(0, cell);
    if (unmoved(rows.target, picture.targetPrints.empty() ? picture.sourcePrints : picture.targetPrints))
        return rows.target.value(0, cell);
    return {};
}

void readBase(ConflictRows &rows, const QByteArray &picture)
{
    rows.base.reset(rows.layout);
    const int size = rows.layout->size();
    rows.baseKnown.assign(static_cast<std::size_t>(size), false);
    const auto decoded = decodePicture(picture, rows.layout);
    if (!decoded)
        return;
    if (decoded->hasCells()) {
        rows.base.appendRow(decoded->rows, 0);
        rows.baseKnown.assign(static_cast<std::size_t>(size), true);
        return;
    }
    rows.base.beginRow();
    for (int cell = 0; cell < size; ++cell) {
        const auto known = cellOfPrints(rows, *decoded, cell);
        rows.baseKnown[static_cast<std::size_t>(cell)] = known.has_value();
        if (!known || known->isNull)
            rows.base.appendNull();
        else
            rows.base.appendCell(known->bytes);
    }
    rows.base.endRow();
}

QJsonObject baseJson(const PlanTable &table, const ConflictRows &rows)
{
    QJsonObject object;
    for (int cell = 0; cell < rows.layout->size(); ++cell) {
        if (rows.baseKnown[static_cast<std::size_t>(cell)])
            object.insert(table.columns[cell].source, cellToJson(table, rows.base, 0, cell));
    }
    return object;
}

QJsonValue timeJson(qint64 us)
{
    return us == 0 ? QJsonValue(QJsonValue::Null)
                   : QJsonValue(QDateTime::fromMSecsSinceEpoch(us / 1000, Qt::UTC).toString(Qt::ISODateWithMs));
}

QJsonValue rowJson(const PlanTable &table, const RowBatch &batch)
{
    return batch.isEmpty() ? QJsonValue(QJsonValue::Null)
                           : QJsonValue(cellsToJson(table, batch, 0, 0, static_cast<int>(table.columns.size())));
}

} // namespace

bool ConflictRows::differs(int cell) const
{
    return cell < layout->comparedCount && !source.isEmpty() && !target.isEmpty()
        && source.comparison(0, cell) != target.comparison(0, cell);
}

std::optional<ConflictRows> conflictRows(const PlanTable &table, const Conflict &conflict)
{
    ConflictRows rows;
    rows.layout = table.layout();
    if (conflict.mappingDigest != table.mappingDigest || !fill(rows.source, rows.layout, conflict.source)
        || !fill(rows.target, rows.layout, conflict.target) || rows.any().isEmpty())
        return {};
    readBase(rows, conflict.base);
    return rows;
}

QJsonObject conflictToJson(const Conflict &conflict, const PlanTable *table)
{
    const bool isAnswered = conflict.state == ConflictState::Answered || conflict.state == ConflictState::Skipped;
    QJsonObject object{
        {u"id"_s, conflict.id},
        {u"table"_s, table == nullptr ? conflict.table : table->report.source},
        {u"keyText"_s, conflict.keyText},
        {u"kind"_s, conflictKindName(conflict.kind)},
        {u"since"_s, timeJson(conflict.sinceUs)},
        {u"run"_s, conflict.run},
        {u"state"_s, conflictStateName(conflict.state)},
        {u"answer"_s, isAnswered ? QJsonValue(conflictAnswerName(conflict.answer)) : QJsonValue(QJsonValue::Null)},
        {u"answeredBy"_s, isAnswered ? QJsonValue(conflict.answeredBy) : QJsonValue(QJsonValue::Null)},
        {u"answered"_s, timeJson(conflict.answeredUs)},
    };
    const auto rows = table == nullptr ? std::nullopt : conflictRows(*table, conflict);
    if (!rows)
        return object;
    object.insert(u"key"_s, cellsToJson(*table, rows->any(), 0, 0, table->keyCount));
    object.insert(u"source"_s, rowJson(*table, rows->source));
    object.insert(u"target"_s, rowJson(*table, rows->target));
    if (!rows->base.isEmpty())
        object.insert(u"base"_s, baseJson(*table, *rows));
    if (conflict.answer == ConflictAnswer::Row) {
        const auto layout = table->layout();
        const auto chain = [](const QByteArray &bytes) {
            return std::string_view(bytes.constData(), static_cast<std::size_t>(bytes.size()));
        };
        object.insert(u"row"_s,
                      QJsonObject{{u"source"_s, chainToJson(*table, layout, chain(conflict.rowForSource))},
                                  {u"target"_s, chainToJson(*table, layout, chain(conflict.rowForTarget))}});
    }
    return object;
}

QString conflictStateName(ConflictState state)
{
    switch (state) {
    case ConflictState::Open:
        return u"open"_s;
    case ConflictState::Answered:
        return u"answered"_s;
    case ConflictState::Skipped:
        return u"skipped"_s;
    case ConflictState::Closed:
        return u"closed"_s;
    }
    return {};
}

QString conflictAnswerName(ConflictAnswer answer)
{
    switch (answer) {
    case ConflictAnswer::None:
        return u"none"_s;
    case ConflictAnswer::Source:
        return u"source"_s;
    case ConflictAnswer::Target:
        return u"target"_s;
    case ConflictAnswer::Row:
        return u"row"_s;
    case ConflictAnswer::Skip:
        return u"skip"_s;
    }
    return {};
}

} // namespace tidemark
