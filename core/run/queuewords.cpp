// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/queuewords.h"

#include "core/mapping/tablemapping.h"

namespace tidemark {

using namespace Qt::StringLiterals;

namespace {

// The target's column that one of this name goes to: by a rule, by its very name, or loosely.
const Column *counterpart(const TableSchema &target, const TableRules &rules, const QString &name)
{
    QString wanted = name;
    for (const ColumnRule &rule : rules.columns) {
        if (rule.source == name && rule.target && !rule.target->isEmpty())
            wanted = *rule.target;
    }
    if (const int index = target.columnIndex(wanted); index >= 0)
        return &target.columns[index];
    for (const Column &column : target.columns) {
        if (looseName(column.name) == looseName(wanted))
            return &column;
    }
    return nullptr;
}

Column borne(const Column &like, const QString &name)
{
    Column column;
    column.name = name;
    column.type = like.type;
    column.nullable = like.nullable;
    return column;
}

QStringList keyOf(const TableSchema &target)
{
    if (!target.primaryKey.isEmpty())
        return target.primaryKey;
    for (const Index &index : target.indexes) {
        if (index.unique && !index.partial && !index.columns.isEmpty())
            return index.columns;
    }
    return {};
}

} // namespace

TableSchema queueTable(const TableSchema &target, const TableRules &rules, const std::vector<std::string> &columns,
                       const std::function<bool(const std::string &)> &isBorne)
{
    TableSchema schema;
    const QStringList key = keyOf(target);
    QMap<QString, QString> names; // of the key's columns
    for (const std::string &text : columns) {
        const QString name = QString::fromStdString(text);
        const Column *const like = counterpart(target, rules, name);
        const bool isKey = like != nullptr && key.contains(like->name);
        if (like == nullptr || (!isKey && !isBorne(text)))
            continue;
        schema.columns += borne(*like, name);
        if (isKey)
            names.insert(like->name, name);
    }
    for (const QString &column : key) {
        if (names.size() == key.size())
            schema.primaryKey += names.value(column);
    }
    return schema;
}

TableSchema deletedTable(const TableSchema &target, const TableRules &rules, const std::set<std::string> &keys)
{
    TableSchema schema;
    const QStringList key = keyOf(target);
    for (const Column &column : target.columns) {
        QString name = column.name;
        for (const std::string &text : keys) {
            const Column *const like = counterpart(target, rules, QString::fromStdString(text));
            if (like != nullptr && like->name == column.name && key.contains(column.name))
                name = QString::fromStdString(text);
        }
        if (!column.generated)
            schema.columns += borne(column, name);
        if (key.contains(column.name))
            schema.primaryKey += name;
    }
    return schema;
}

QString factsText(const Error &error)
{
    QStringList parts;
    for (auto fact = error.facts.cbegin(); fact != error.facts.cend(); ++fact)
        parts += factName(fact.key()) + u": "_s + fact.value();
    if (!error.detail.isEmpty())
        parts += error.detail;
    return parts.join(u", "_s);
}

} // namespace tidemark
