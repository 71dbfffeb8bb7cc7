// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/tablecatalog.h"

#include "core/mapping/tablemapping.h"

namespace tidemark {

static bool hasKey(const TableSchema &schema)
{
    if (!schema.primaryKey.isEmpty())
        return true;
    for (const Index &index : schema.indexes) {
        bool usable = index.unique && !index.partial && !index.columns.isEmpty();
        for (const QString &column : index.columns) {
            const int at = schema.columnIndex(column);
            usable = usable && at >= 0 && !schema.columns.at(at).nullable;
        }
        if (usable)
            return true;
    }
    return false;
}

Result<TableCatalog> readCatalog(Connector &connector, const ConnectionSettings &source,
                                 const ConnectionSettings &target, Cancellation &cancellation)
{
    OpenOptions options;
    options.cancellation = &cancellation;
    TRY_ASSIGN(const auto targetSession, connector.open(target, options));
    TRY_ASSIGN(const QList<TableName> targets, targetSession->tables());
    TRY_ASSIGN(const auto sourceSession, connector.open(source, options));
    TRY_ASSIGN(const QList<TableName> sources, sourceSession->tables());
    TableCatalog catalog;
    QStringList matched;
    for (const TableName &name : sources) {
        CatalogTable table;
        table.name = name.name;
        TableName wanted = name;
        wanted.schema.clear();
        if (const auto match = matchTable(wanted, targets)) {
            table.target = match->name;
            matched << match->name;
        }
        TRY_ASSIGN(const TableSchema schema, sourceSession->describe(name));
        for (const Column &column : schema.columns)
            table.columns << column.name;
        table.hasKey = hasKey(schema);
        catalog.tables << table;
    }
    for (const TableName &name : targets) {
        if (!matched.contains(name.name))
            catalog.targetOnly << name.name;
    }
    return catalog;
}

} // namespace tidemark
