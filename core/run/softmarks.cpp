// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/softmarks.h"

#include <algorithm>

#include "core/mapping/tablemapping.h"

namespace tidemark {

using namespace Qt::StringLiterals;

namespace {

bool isWritten(const JobSettings &job, const SoftDelete &soft)
{
    return soft.side == SoftDelete::Side::Target || job.mode == Mode::TwoWay;
}

bool holds(const ColumnType &type, const QString &value)
{
    bool isNumber = true;
    switch (type.kind) {
    case CellKind::Boolean:
        return value == "0"_L1 || value == "1"_L1 || value == "true"_L1 || value == "false"_L1;
    case CellKind::Integer:
        (void)value.toLongLong(&isNumber);
        return isNumber;
    case CellKind::Decimal:
    case CellKind::Float:
        (void)value.toDouble(&isNumber);
        return isNumber;
    case CellKind::Text:
    case CellKind::Exact:
    case CellKind::Uuid:
        return true;
    default:
        return false;
    }
}

} // namespace

Result<void> checkMark(const JobSettings &job, const JobTable &table, const TableSchema &source,
                       const TableSchema &target)
{
    if (!table.soft)
        return {};
    const SoftDelete &soft = *table.soft;
    const bool atSource = soft.side == SoftDelete::Side::Source;
    const TableSchema &schema = atSource ? source : target;
    const auto refuse = [&](ErrorCode code) {
        return Error{code,
                     {{Fact::Connection, (atSource ? job.source : job.target).label()},
                      {Fact::Table, schema.name.display()},
                      {Fact::Column, soft.column}},
                     {}};
    };
    const int index = schema.columnIndex(soft.column);
    if (index < 0)
        return fail(refuse(ErrorCode::NoSuchColumn));
    const ColumnType &type = schema.columns[index].type;
    const bool writes = isWritten(job, soft);
    for (const QString &value : {soft.deleted, writes ? soft.present : soft.deleted}) {
        if (!holds(type, value))
            return fail(refuse(ErrorCode::TypesIncompatible)
                            .with(Fact::Expected, u"mark"_s)
                            .with(Fact::Found, type.native)
                            .with(Fact::Value, value));
    }
    return {};
}

void leaveMarkOut(const JobSettings &job, const JobTable &table, const TableSchema &source, TableRules &rules)
{
    if (!table.soft || !isWritten(job, *table.soft))
        return;
    const SoftDelete &soft = *table.soft;
    const bool atSource = soft.side == SoftDelete::Side::Source;
    for (const Column &column : source.columns) {
        const bool meant = atSource ? column.name == soft.column : looseName(column.name) == looseName(soft.column);
        if (!meant)
            continue;
        const auto named = std::find_if(rules.columns.begin(), rules.columns.end(),
                                        [&](const ColumnRule &rule) { return rule.source == column.name; });
        if (named == rules.columns.end()) {
            ColumnRule rule;
            rule.source = column.name;
            rule.leftOut = true;
            rules.columns += rule;
        } else if (atSource || !named->target) {
            named->leftOut = true;
        }
    }
}

} // namespace tidemark
