// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/celldecoder.h"
#include "core/data/rowencoder.h"
#include "core/journal/conflictrows.h"

// Conflicts of a small table that tests make of texts.
namespace tidemark {

using namespace Qt::StringLiterals;

// id, then two compared columns, then one that is carried along.
inline PlanTable someTable(const CellType &type = {CellKind::Text})
{
    PlanTable table;
    table.report.source = u"orders"_s;
    table.report.target = u"orders_copy"_s;
    table.columns = {{u"id"_s, u"ID"_s, {CellKind::Integer}, true},
                     {u"note"_s, u"Note"_s, type, true},
                     {u"qty"_s, u"Quantity"_s, {CellKind::Integer}, true},
                     {u"seen"_s, u"Seen"_s, {CellKind::Text}, false}};
    table.keyCount = 1;
    table.comparedCount = 3;
    table.mappingDigest = "m";
    return table;
}

inline void append(RowBatch &batch, const PlanTable &table, const QStringList &cells)
{
    std::vector<CellSource> sources;
    for (const PlanColumn &column : table.columns) {
        CellSource source;
        source.type.kind = column.type.kind;
        source.column = column.source;
        sources.push_back(source);
    }
    RowEncoder encoder(table.layout(), sources);
    encoder.setBatch(&batch);
    encoder.beginRow();
    for (const QString &cell : cells) {
        const QByteArray text = cell.toUtf8();
        if (cell == "NULL"_L1)
            encoder.null();
        else
            encoder.text({text.constData(), std::size_t(text.size())});
    }
    encoder.endRow();
}

inline QByteArray chainOf(const PlanTable &table, const QString &cells) // "1|a|2|x"; empty: absent
{
    if (cells.isEmpty())
        return {};
    RowBatch batch(table.layout());
    append(batch, table, cells.split(u'|'));
    const std::string_view chain = batch.chain(0);
    return {chain.data(), qsizetype(chain.size())};
}

inline QString textOf(const PlanTable &table, const QByteArray &chain)
{
    RowBatch batch(table.layout());
    if (!batch.appendChain({chain.constData(), std::size_t(chain.size())}))
        return u"not a row"_s;
    QStringList cells;
    for (int cell = 0; cell < batch.layout().size(); ++cell) {
        const CellView view = batch.value(0, cell);
        cells.append(view.isNull ? u"NULL"_s : cell::text(table.columns[cell].type, view));
    }
    return cells.join(u'|');
}

inline Conflict conflictOf(const PlanTable &table, const QString &source, const QString &target)
{
    Conflict conflict;
    conflict.id = 7;
    conflict.table = u"orders → orders_copy"_s;
    conflict.keyText = u"1"_s;
    conflict.source = chainOf(table, source);
    conflict.target = chainOf(table, target);
    conflict.mappingDigest = table.mappingDigest;
    return conflict;
}

} // namespace tidemark
