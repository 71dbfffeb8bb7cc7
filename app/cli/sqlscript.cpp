// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/sqlscript.h"

#include <algorithm>

#include "app/cli/sqlliteral.h"
#include "app/wording/wording.h"
#include "core/mapping/tablemapping.h"

namespace tidemark::cli {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 pageRows = 1000;

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

Result<void> loadRow(RowBatch &batch, const PlanTable &table, const QByteArray &chain)
{
    batch.reset(table.layout());
    if (!chain.isEmpty() && !batch.appendChain({chain.constData(), static_cast<std::size_t>(chain.size())}))
        return fail(ErrorCode::DatabaseDamaged);
    return {};
}

} // namespace

void SqlScript::put(const QString &text) { m_file->write(text.toUtf8()); }

QString SqlScript::column(const Table &table, int cell) const
{
    return m_target->dialect().quote(table.plan.columns[cell].target);
}

Result<TableSchema> SqlScript::newTable(const PlanTable &plan)
{
    TRY_ASSIGN(const auto source, m_connector.openSql(m_job.source, {false, &m_cancellation}));
    TRY_ASSIGN(const QList<TableName> names, source->tables());
    const TableName *found = named(names, plan.report.source);
    const JobTable &settings = settingsOf(m_job, plan);
    TRY_ASSIGN(const TableSchema schema, source->describe(found != nullptr ? *found : settings.source));
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
        const TableName *name = named(names, item.report.target);
        table.isNew = name == nullptr;
        if (table.isNew) {
            TRY_ASSIGN(table.schema, newTable(item));
        } else {
            TRY_ASSIGN(table.schema, m_target->describe(*name));
        }
        const QList<ColumnRule> &rules = settingsOf(m_job, item).rules.columns;
        for (const PlanColumn &column : item.columns) {
            const int index = table.schema.columnIndex(column.target);
            const bool isKept = std::any_of(rules.begin(), rules.end(), [&](const ColumnRule &rule) {
                return !rule.write && looseName(rule.source) == looseName(column.source);
            });
            table.written.append(index >= 0 && !table.schema.columns[index].generated && !isKept);
        }
        tables.append(table);
    }
    return tables;
}

Result<QString> SqlScript::literal(const Table &table, const RowBatch &row, int cell) const
{
    auto text = sqlLiteral(m_job.target.driver, m_target->dialect(), table.plan.columns[cell].type, row.value(0, cell));
    if (!text)
        text.error().with(Fact::Table, table.plan.report.target).with(Fact::Column, table.plan.columns[cell].target);
    return text;
}

Result<QString> SqlScript::keyCondition(const Table &table, const RowBatch &row) const
{
    QStringList parts;
    for (int cell = 0; cell < table.plan.keyCount; ++cell) {
        TRY_ASSIGN(const QString value, literal(table, row, cell));
        parts.append(column(table, cell) + u" = "_s + value);
    }
    return parts.join(u" AND "_s);
}

Result<QString> SqlScript::insertion(const Table &table, const RowBatch &row) const
{
    QStringList columns, values;
    bool hasFixedIdentity = false;
    for (int cell = 0; cell < table.written.size(); ++cell) {
        if (!table.written[cell])
            continue;
        TRY_ASSIGN(const QString value, literal(table, row, cell));
        columns.append(column(table, cell));
        values.append(value);
        const int index = table.schema.columnIndex(table.plan.columns[cell].target);
        hasFixedIdentity = hasFixedIdentity || table.schema.columns[index].identity == Identity::Always;
    }
    const QString overriding =
        hasFixedIdentity && m_job.target.driver == Driver::Postgres ? u" OVERRIDING SYSTEM VALUE"_s : QString();
    return QString(u"INSERT INTO "_s + m_target->dialect().table(table.schema.name) + u" ("_s + columns.join(u", "_s)
                   + u')' + overriding + u" VALUES ("_s + values.join(u", "_s) + u");\n"_s);
}

Result<QString> SqlScript::change(const Table &table, const RowBatch &source, const RowBatch &target) const
{
    QStringList changes;
    for (int cell = table.plan.keyCount; cell < table.written.size(); ++cell) {
        const bool isEqual = source.value(0, cell) == target.value(0, cell);
        if (!table.written[cell] || isEqual)
            continue;
        TRY_ASSIGN(const QString value, literal(table, source, cell));
        changes.append(column(table, cell) + u" = "_s + value);
    }
    if (changes.isEmpty())
        return QString();
    TRY_ASSIGN(const QString key, keyCondition(table, target));
    return QString(u"UPDATE "_s + m_target->dialect().table(table.schema.name) + u" SET "_s + changes.join(u", "_s)
                   + u" WHERE "_s + key + u";\n"_s);
}

Result<QString> SqlScript::statement(const Table &table, const RowBatch &source, const RowBatch &target,
                                     Decision decision) const
{
    switch (decision) {
    case Decision::InsertTarget:
        return insertion(table, source);
    case Decision::UpdateTarget:
        return change(table, source, target);
    case Decision::DeleteTarget: {
        TRY_ASSIGN(const QString key, keyCondition(table, target));
        return QString(u"DELETE FROM "_s + m_target->dialect().table(table.schema.name) + u" WHERE "_s + key
                       + u";\n"_s);
    }
    case Decision::Equal:
    case Decision::Keep:
        break;
    }
    return QString();
}

Result<void> SqlScript::writeRows(PlanReader &plan, int index, const Table &table, bool deletes)
{
    RowBatch source, target;
    for (qint64 offset = 0;; offset += pageRows) {
        TRY_ASSIGN(const QList<PlanRow> rows, plan.rows(index, {}, offset, pageRows));
        for (const PlanRow &row : rows) {
            if (!row.included || (row.decision == Decision::DeleteTarget) != deletes)
                continue;
            TRY(loadRow(source, table.plan, row.source));
            TRY(loadRow(target, table.plan, row.target));
            TRY_ASSIGN(const QString sql, statement(table, source, target, row.decision));
            put(sql);
        }
        if (rows.size() < pageRows)
            return {};
    }
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

Result<void> SqlScript::write(PlanReader &plan, const QString &file)
{
    TRY_ASSIGN(const QList<Table> tables, openTables(plan));
    m_file = std::make_unique<QSaveFile>(file);
    const auto failure = [&] {
        return fail(Error{ErrorCode::FileUnwritable, {}, m_file->errorString()}.with(Fact::File, file));
    };
    if (!m_file->open(QIODevice::WriteOnly))
        return failure();
    m_file->setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    const PlanHead head = plan.head();
    put(u"-- "_s + wording::safeText(head.source) + u" → "_s + wording::safeText(head.target) + u'\n');
    for (const Table &table : tables) {
        if (table.isNew && !table.plan.report.error)
            put(m_target->createTableSql(table.schema).join(u";\n"_s) + u";\n"_s);
    }
    put(prologue());
    for (int i = 0; i < tables.size(); ++i) {
        if (!tables[i].plan.report.error && tables[i].plan.included)
            TRY(writeRows(plan, i, tables[i], false));
    }
    for (int i = static_cast<int>(tables.size()) - 1; i >= 0; --i) {
        if (!tables[i].plan.report.error && tables[i].plan.included)
            TRY(writeRows(plan, i, tables[i], true));
    }
    for (const Table &table : tables)
        put(sequences(table));
    put(u"COMMIT;\n"_s);
    return m_file->commit() ? Result<void>() : failure();
}

} // namespace tidemark::cli
