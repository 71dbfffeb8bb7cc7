// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/sqlscript.h"

#include <algorithm>
#include <limits>

#include "core/mapping/tablemapping.h"

namespace tidemark {

using namespace Qt::StringLiterals;

namespace {

// The job's words about a table of the plan.
const JobTable &settingsOf(const JobSettings &job, const PlanTable &plan)
{
    const auto it = std::find_if(job.tables.begin(), job.tables.end(),
                                 [&](const JobTable &table) { return table.source.display() == plan.report.source; });
    return it == job.tables.end() ? job.defaults : *it;
}

const TableName *named(const QList<TableName> &names, const QString &display)
{
    const auto it = std::find_if(names.begin(), names.end(), [&](const TableName &name) {
        return name.display() == display || name.name == display;
    });
    return it == names.end() ? nullptr : &*it;
}

Result<void> loadRow(RowBatch &batch, std::string_view chain)
{
    batch.clear();
    return chain.empty() || batch.appendChain(chain) ? Result<void>() : fail(ErrorCode::DatabaseDamaged);
}

constexpr qint64 rowsBetweenSigns = 1000;

} // namespace

void SqlScript::put(const QString &text) { m_file->write(text.toUtf8()); }

Result<TableSchema> SqlScript::newTable(const PlanTable &plan)
{
    TRY_ASSIGN(const auto source, m_connector.open(m_job.source, {false, &m_cancellation}));
    TRY_ASSIGN(const QList<TableName> names, source->tables());
    const TableName *found = named(names, plan.report.source);
    const JobTable &settings = settingsOf(m_job, plan);
    const bool isNamed = found != nullptr && settings.source.schema.isEmpty();
    TRY_ASSIGN(const TableSchema schema, source->describe(isNamed ? *found : settings.source));
    return m_target->planTable(schema, settings.target.value_or(TableName{{}, schema.name.name}));
}

Result<QList<SqlScript::Table>> SqlScript::openTables(PlanReader &plan)
{
    TRY_ASSIGN(m_target, m_connector.openSql(m_job.target, {false, &m_cancellation}));
    TRY_ASSIGN(const QList<TableName> names, m_target->tables());
    TRY_ASSIGN(const QList<PlanTable> planned, plan.tables());
    QList<Table> tables;
    for (const PlanTable &item : planned) {
        Table table;
        table.plan = item;
        if (item.report.error) { // nothing is planned for it
            tables.append(table);
            continue;
        }
        const std::optional<TableName> &wanted = settingsOf(m_job, item).target;
        const TableName *name = wanted && !wanted->schema.isEmpty() ? &*wanted : named(names, item.report.target);
        auto found = name == nullptr ? Result<TableSchema>(fail(ErrorCode::NoSuchTable)) : m_target->describe(*name);
        table.isNew = !found && found.error().code == ErrorCode::NoSuchTable;
        if (table.isNew)
            found = newTable(item);
        if (!found)
            return fail(std::move(found).error());
        table.schema = *std::move(found);
        table.name = table.schema.name;
        if (const auto &soft = settingsOf(m_job, item).soft; soft && soft->side == SoftDelete::Side::Target)
            table.mark = soft;
        const QList<ColumnRule> &rules = settingsOf(m_job, item).rules.columns;
        for (const PlanColumn &column : item.columns) {
            const int index = table.schema.columnIndex(column.target);
            const bool isKept = std::any_of(rules.begin(), rules.end(), [&](const ColumnRule &rule) {
                return !rule.write && looseName(rule.source) == looseName(column.source);
            });
            table.written.append(index >= 0 && !table.schema.columns[index].generated && !isKept);
            table.overridesIdentity = table.overridesIdentity
                || (m_job.target.driver == Driver::Postgres && table.written.constLast()
                    && table.schema.columns[index].identity == Identity::Always);
        }
        tables.append(table);
    }
    return tables;
}

QList<PlanRange> SqlScript::chosenRows(int table) const
{
    QList<PlanRange> rows;
    for (const PlanRange &range : *m_options.rows) {
        if (PlanReader::tableOf(range.first) == table)
            rows.append(range);
    }
    return rows;
}

Result<void> SqlScript::writeRows(PlanReader &plan, int index, const Table &table, bool deletes)
{
    const SqlRows rows(m_job.target.driver, m_target->dialect());
    const auto layout = table.plan.layout();
    RowBatch source(layout);
    RowBatch target(layout);
    Result<void> done;
    const auto write = [&](const PlanRowRef &row) -> Result<void> {
        TRY(loadRow(source, row.source));
        TRY(loadRow(target, row.target));
        TRY_ASSIGN(const QString sql, rows.statement(table, source, target, row.decision));
        put(sql);
        if (++m_rows % rowsBetweenSigns != 0)
            return {};
        if (m_options.progress)
            m_options.progress(m_rows);
        return m_cancellation.isCancelled() ? fail(ErrorCode::Cancelled) : Result<void>();
    };
    const auto visit = [&](const PlanRowRef &row) {
        if ((row.included || m_options.rows) && (row.decision == Decision::DeleteTarget) == deletes)
            done = write(row);
        return done.has_value();
    };
    if (!m_options.rows) {
        TRY(plan.scan(index, {}, 0, std::numeric_limits<qint64>::max(), visit));
        return done;
    }
    const QList<PlanRange> chosen = chosenRows(index);
    for (const PlanRange &range : chosen) {
        TRY(plan.scanRange(range, visit));
        TRY(done);
    }
    return {};
}

QString SqlScript::prologue() const
{
    switch (m_job.target.driver) {
    case Driver::Sqlite:
        return u"BEGIN IMMEDIATE;\nPRAGMA defer_foreign_keys = ON;\n"_s;
    case Driver::Postgres:
        return u"BEGIN;\nSET LOCAL TIME ZONE 'UTC';\nSET LOCAL standard_conforming_strings = on;\nSET CONSTRAINTS ALL DEFERRED;\n"_s;
    case Driver::Mysql:
        // One mode for the whole script: the quoting relies on it.
        return u"SET NAMES utf8mb4;\nSET time_zone = '+00:00';\n"
               "SET sql_mode = 'STRICT_ALL_TABLES,NO_AUTO_VALUE_ON_ZERO';\nSTART TRANSACTION;\n"_s;
    case Driver::Http:
    case Driver::Redis:
    case Driver::Amqp:
        break;
    }
    return {};
}

QString SqlScript::sequences(const Table &table) const
{
    QString sql;
    for (const Column &column : table.schema.columns) {
        if (column.sequence.isEmpty() || table.plan.report.toTarget.inserts == 0)
            continue;
        const Dialect &dialect = m_target->dialect();
        // Never backwards: the sequence may be ahead of the rows.
        const QString greatest = u"max("_s + dialect.quote(column.name) + u')';
        sql += u"SELECT setval("_s + dialect.literal(column.sequence) + u", GREATEST("_s + greatest
            + u", (SELECT last_value FROM "_s + column.sequence + u"))) FROM "_s + dialect.table(table.schema.name)
            + u" HAVING "_s + greatest + u" > 0;\n"_s;
    }
    return sql;
}

bool SqlScript::isWanted(int index, const Table &table) const
{
    if (table.plan.report.error)
        return false;
    return m_options.rows ? !chosenRows(index).isEmpty() : table.plan.included;
}

QList<int> SqlScript::order(const QList<Table> &tables) const
{
    QList<int> sorted;
    QList<bool> seen(tables.size(), false);
    const std::function<void(int)> add = [&](int index) {
        if (seen[index])
            return; // there, or in a circle: deferred constraints are its only help
        seen[index] = true;
        for (const ForeignKey &key : tables[index].schema.foreignKeys) {
            for (int other = 0; other < tables.size(); ++other) {
                if (tables[other].schema.name.name == key.target.name)
                    add(other);
            }
        }
        sorted.append(index);
    };
    for (int i = 0; i < tables.size(); ++i)
        add(i);
    return sorted;
}

Result<void> SqlScript::writeTables(PlanReader &plan, const QList<Table> &tables)
{
    const QList<int> sorted = order(tables);
    for (const int i : sorted) {
        if (isWanted(i, tables[i]))
            TRY(writeRows(plan, i, tables[i], false));
    }
    for (auto it = sorted.crbegin(); it != sorted.crend(); ++it) {
        if (isWanted(*it, tables[*it]))
            TRY(writeRows(plan, *it, tables[*it], true));
    }
    for (const int i : sorted) {
        if (isWanted(i, tables[i]))
            put(sequences(tables[i]));
    }
    return {};
}

Result<void> SqlScript::write(PlanReader &plan, const QString &file, Options options)
{
    m_options = std::move(options);
    TRY_ASSIGN(const QList<Table> tables, openTables(plan));
    m_file = std::make_unique<QSaveFile>(file);
    const auto failure = [&] {
        return fail(Error{ErrorCode::FileUnwritable, {}, m_file->errorString()}.with(Fact::File, file));
    };
    if (!m_file->open(QIODevice::WriteOnly))
        return failure();
    m_file->setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    put(u"-- "_s + m_options.title + u'\n');
    const QList<int> sorted = order(tables);
    for (const int i : sorted) {
        if (tables[i].isNew && isWanted(i, tables[i]))
            put(m_target->createTableSql(tables[i].schema).join(u";\n"_s) + u";\n"_s);
    }
    put(prologue());
    TRY(writeTables(plan, tables));
    put(u"COMMIT;\n"_s);
    return m_file->commit() ? Result<void>() : failure();
}

} // namespace tidemark
