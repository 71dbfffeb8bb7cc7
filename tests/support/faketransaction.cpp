// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/faketransaction.h"

namespace tidemark {

using namespace Qt::StringLiterals;

namespace {

bool isSame(const TableName &a, const TableName &b) { return a.name == b.name; } // one schema is all there is

std::set<FakeKey> formsOf(const FakeTable &table, const QList<int> &columns)
{
    std::set<FakeKey> forms;
    for (const auto &[key, row] : table.rows) {
        if (auto form = equalityForm(table.schema, row, columns))
            forms.insert(std::move(*form));
    }
    return forms;
}

} // namespace

QList<int> columnIndexes(const TableSchema &schema, const QStringList &names)
{
    QList<int> indexes;
    for (const QString &name : names) {
        if (const int index = schema.columnIndex(name); index >= 0)
            indexes.append(index);
    }
    return indexes;
}

Result<QList<int>> columnsOf(const TableSchema &schema, const QStringList &names)
{
    QList<int> columns;
    for (const QString &name : names) {
        const int index = schema.columnIndex(name);
        if (index < 0) {
            return fail(Error{ErrorCode::NoSuchColumn, {}, {}}
                            .with(Fact::Table, schema.name.display())
                            .with(Fact::Column, name));
        }
        columns.append(index);
    }
    return columns;
}

std::optional<FakeRow> orphan(const FakeTable &child, const ForeignKey &foreignKey, const FakeTable *parent)
{
    const auto there =
        parent ? formsOf(*parent, columnIndexes(parent->schema, foreignKey.targetColumns)) : std::set<FakeKey>();
    const QList<int> columns = columnIndexes(child.schema, foreignKey.columns);
    for (const auto &[key, row] : child.rows) {
        const auto form = equalityForm(child.schema, row, columns);
        if (form && !there.contains(*form))
            return row;
    }
    return {};
}

std::shared_ptr<const FakeTable> FakeTransaction::table(const TableName &name) const
{
    const auto &tables = m_database.m_state.tables;
    const auto committed = tables.find(name);
    if (committed == tables.end())
        return nullptr;
    const auto changed = changes.rows.find(name);
    if (changed == changes.rows.end())
        return committed->second;
    auto copy = std::make_shared<FakeTable>(*committed->second);
    for (const auto &[key, row] : changed->second) {
        if (row)
            copy->rows[key] = *row;
        else
            copy->rows.erase(key);
    }
    return copy;
}

Result<void> FakeTransaction::checkDeferred() const
{
    for (const auto &[name, committed] : m_database.m_state.tables) {
        for (const ForeignKey &foreignKey : committed->schema.foreignKeys) {
            if (!changes.rows.contains(name) && !changes.rows.contains(foreignKey.target))
                continue;
            if (!orphan(*table(name), foreignKey, table(foreignKey.target).get()))
                continue;
            return fail(Error{ErrorCode::ForeignKeyViolated, {}, {}}
                            .with(Fact::Table, name.display())
                            .with(Fact::Constraint, foreignKey.name));
        }
    }
    return {};
}

Result<void> FakeTransaction::commit()
{
    if (deferred)
        TRY(checkDeferred());
    for (const auto &[name, rows] : changes.rows) {
        if (auto changed = table(name))
            m_database.m_state.tables[name] = std::move(changed);
    }
    for (const auto &[id, checkpoint] : changes.checkpoints)
        m_database.m_state.checkpoints[id] = checkpoint;
    FakeCounters &counters = m_database.m_counters;
    counters.inserts += changes.counts.inserts;
    counters.updates += changes.counts.updates;
    counters.deletes += changes.counts.deletes;
    ++counters.commits;
    return {};
}

FakeTableWork::FakeTableWork(FakeTransaction &transaction, const TableName &table)
    : m_transaction(transaction), m_name(table), m_table(std::make_shared<FakeTable>(*transaction.table(table)))
{
    const TableSchema &schema = m_table->schema;
    if (!schema.primaryKey.isEmpty())
        m_uniques.append({table.name + u"_pkey"_s, columnIndexes(schema, schema.primaryKey), {}});
    for (const Index &index : schema.indexes) {
        if (index.unique && !index.partial && !index.columns.isEmpty())
            m_uniques.append({index.name, columnIndexes(schema, index.columns), {}});
    }
    for (const ForeignKey &foreignKey : schema.foreignKeys) {
        const auto parent = transaction.table(foreignKey.target);
        Parent entry{foreignKey, columnIndexes(schema, foreignKey.columns), {}, isSame(foreignKey.target, table), {}};
        if (parent) {
            entry.targetColumns = columnIndexes(parent->schema, foreignKey.targetColumns);
            if (!entry.self)
                entry.there = formsOf(*parent, entry.targetColumns);
        }
        m_parents.append(std::move(entry));
    }
    for (const auto &[name, committed] : transaction.database().m_state.tables) {
        for (const ForeignKey &foreignKey : committed->schema.foreignKeys) {
            if (!isSame(foreignKey.target, table))
                continue;
            Child entry{name,
                        foreignKey,
                        columnIndexes(committed->schema, foreignKey.columns),
                        columnIndexes(schema, foreignKey.targetColumns),
                        isSame(name, table),
                        {}};
            const auto rowsNow = transaction.table(name);
            for (const auto &[key, row] : rowsNow->rows) {
                const auto form = equalityForm(committed->schema, row, entry.columns);
                if (form && !entry.self)
                    ++entry.references[*form];
            }
            m_children.append(std::move(entry));
        }
    }
    for (const auto &[key, row] : m_table->rows)
        note(row, key, true);
}

void FakeTableWork::note(const FakeRow &row, const FakeKey &key, bool there)
{
    const TableSchema &schema = m_table->schema;
    const auto keep = [&](auto &forms, const QList<int> &columns, auto add) {
        const auto form = equalityForm(schema, row, columns);
        if (form && there)
            add(*form);
        else if (form)
            forms.erase(*form);
    };
    for (Unique &unique : m_uniques)
        keep(unique.rows, unique.columns, [&](const FakeKey &form) { unique.rows[form] = key; });
    for (Parent &parent : m_parents) {
        if (parent.self)
            keep(parent.there, parent.targetColumns, [&](const FakeKey &form) { parent.there.insert(form); });
    }
    for (Child &child : m_children) {
        if (!child.self)
            continue;
        if (const auto form = equalityForm(schema, row, child.columns))
            child.references[*form] += there ? 1 : -1;
    }
    if (!m_indexed.isEmpty())
        keep(m_index, m_indexed, [&](const FakeKey &form) { m_index[form] = key; });
}

Error FakeTableWork::error(ErrorCode code, const FakeRow &row) const
{
    QStringList key;
    for (const int index : columnIndexes(m_table->schema, m_table->schema.primaryKey))
        key.append(m_table->schema.columns[index].name + u" = "
                   + textOf(m_table->schema.columns[index].type, row[index]));
    return Error{code, {}, {}}.with(Fact::Table, m_name.display()).with(Fact::Key, key.join(u", "_s));
}

std::optional<FakeKey> FakeTableWork::find(const FakeRow &keyCells, const QList<int> &keyColumns)
{
    if (m_indexed != keyColumns) {
        m_indexed = keyColumns;
        m_index.clear();
        for (const auto &[key, row] : m_table->rows) {
            if (const auto form = equalityForm(m_table->schema, row, keyColumns))
                m_index[*form] = key;
        }
    }
    const auto form = equalityForm(m_table->schema, keyCells, keyColumns);
    const auto found = form ? m_index.find(*form) : m_index.end();
    return found == m_index.end() ? std::nullopt : std::optional(found->second);
}

Result<void> FakeTableWork::checkRow(const FakeRow &row, const FakeKey *replaced) const
{
    const TableSchema &schema = m_table->schema;
    for (qsizetype i = 0; i < row.size(); ++i) {
        const Column &column = schema.columns[i];
        const bool fillsItself = column.generated || column.identity != Identity::None || !column.defaultSql.isEmpty();
        if (!row[i] && !column.nullable && !fillsItself)
            return fail(error(ErrorCode::NotNullViolated, row).with(Fact::Column, column.name));
    }
    for (const auto &refusal : m_transaction.database().m_refusals) {
        if (isSame(refusal.table, m_name) && refusal.which(textsOf(schema, row))) {
            Error refused = refusal.error;
            return fail(
                refused.with(Fact::Table, m_name.display()).with(Fact::Key, error(refused.code, row).facts[Fact::Key]));
        }
    }
    for (const Unique &unique : m_uniques) {
        const auto form = equalityForm(schema, row, unique.columns);
        const auto other = form ? unique.rows.find(*form) : unique.rows.end();
        if (other != unique.rows.end() && (!replaced || other->second != *replaced))
            return fail(error(ErrorCode::UniqueViolated, row).with(Fact::Constraint, unique.name));
    }
    return m_transaction.deferred ? Result<void>() : checkParents(row);
}

Result<void> FakeTableWork::checkParents(const FakeRow &row) const
{
    for (const Parent &parent : m_parents) {
        const auto form = equalityForm(m_table->schema, row, parent.columns);
        if (!form || parent.there.contains(*form))
            continue;
        if (parent.self && equalityForm(m_table->schema, row, parent.targetColumns) == form) // its own parent
            continue;
        return fail(error(ErrorCode::ForeignKeyViolated, row).with(Fact::Constraint, parent.foreignKey.name));
    }
    return {};
}

Result<void> FakeTableWork::checkChildren(const FakeRow &row, const FakeRow *after)
{
    for (Child &child : m_children) {
        const auto form = equalityForm(m_table->schema, row, child.targetColumns);
        if (!form || (after && equalityForm(m_table->schema, *after, child.targetColumns) == form))
            continue;
        auto references = child.references.find(*form);
        int count = references == child.references.end() ? 0 : references->second;
        if (child.self && equalityForm(m_table->schema, row, child.columns) == form)
            --count; // a row that is its own parent goes with itself
        if (count <= 0)
            continue;
        if (!after && !child.self && child.foreignKey.onDelete == "CASCADE"_L1) {
            TRY(cascade(child, *form));
            child.references.erase(*form);
        } else if (!m_transaction.deferred) {
            return fail(error(ErrorCode::ForeignKeyViolated, row).with(Fact::Constraint, child.foreignKey.name));
        }
    }
    return {};
}

Result<void> FakeTableWork::cascade(const Child &child, const FakeKey &form)
{
    FakeTableWork work(m_transaction, child.table);
    QList<FakeKey> keys;
    for (const auto &[key, row] : work.table().rows) {
        if (equalityForm(work.table().schema, row, child.columns) == form)
            keys.append(key);
    }
    for (const FakeKey &key : keys)
        TRY(work.remove(key));
    m_transaction.changes.counts.deletes -= keys.size(); // not asked for
    return {};
}

Result<void> FakeTableWork::insert(const FakeRow &row)
{
    TRY(checkRow(row, nullptr));
    const FakeKey key = m_transaction.database().keyFor(*m_table, row);
    m_table->rows[key] = row;
    m_transaction.changes.rows[m_name][key] = row;
    ++m_transaction.changes.counts.inserts;
    note(row, key, true);
    return {};
}

Result<void> FakeTableWork::update(const FakeKey &key, const FakeRow &row)
{
    const FakeRow before = m_table->rows.at(key);
    TRY(checkRow(row, &key));
    TRY(checkChildren(before, &row));
    note(before, key, false);
    m_table->rows[key] = row;
    m_transaction.changes.rows[m_name][key] = row;
    ++m_transaction.changes.counts.updates;
    note(row, key, true);
    return {};
}

Result<void> FakeTableWork::remove(const FakeKey &key)
{
    const FakeRow before = m_table->rows.at(key);
    TRY(checkChildren(before, nullptr));
    note(before, key, false);
    m_table->rows.erase(key);
    m_transaction.changes.rows[m_name][key] = std::nullopt;
    ++m_transaction.changes.counts.deletes;
    return {};
}

} // namespace tidemark
