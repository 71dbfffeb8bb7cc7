// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/editorcolumns.h"

#include <QHash>
#include <QJsonArray>
#include <QSet>

#include "core/mapping/tablemapping.h"

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

// Names of one table, found exactly or without case and underscores.
class ColumnNames
{
public:
    explicit ColumnNames(const QList<Column> &columns)
    {
        for (int i = 0; i < columns.size(); ++i) {
            m_exact.insert(columns.at(i).name, i);
            m_loose[looseName(columns.at(i).name)].append(i);
        }
    }
    int exact(const QString &name) const { return m_exact.value(name, -1); }
    int find(const QString &name) const
    {
        const int at = exact(name);
        const QList<int> loose = at >= 0 ? QList<int>() : m_loose.value(looseName(name));
        return at >= 0 ? at : loose.size() == 1 ? loose.first() : -1;
    }

private:
    QHash<QString, int> m_exact;
    QHash<QString, QList<int>> m_loose;
};

class ColumnMatch
{
public:
    ColumnMatch(const TableSchema &source, const TableSchema *target, const QJsonObject &table)
        : m_source(source), m_targets(target != nullptr ? target->columns : source.columns), m_table(table),
          m_sourceNames(m_source.columns), m_targetNames(m_targets), m_taken(m_targets.size(), false)
    { }

    QList<EditorColumn> run()
    {
        for (const Column &column : m_source.columns) {
            EditorColumn row;
            row.source = column.name;
            row.sourceType = column.type;
            m_rows << row;
        }
        const bool only = m_table.value("columnsOnly"_L1).toBool();
        if (only) {
            for (EditorColumn &row : m_rows)
                row.state = EditorColumn::State::LeftOut;
        }
        applyRules(only);
        if (!only) {
            matchBy([this](const QString &name) { return m_targetNames.exact(name); });
            matchBy([this](const QString &name) { return m_targetNames.find(name); });
        }
        markKey();
        appendTargets();
        return m_rows;
    }

private:
    void pair(EditorColumn &row, int target, EditorColumn::State state)
    {
        const Column &column = m_targets.at(target);
        m_taken[target] = true;
        row.state = state;
        row.target = column.name;
        row.targetType = column.type;
        row.computed = column.generated;
    }

    void applyRules(bool only)
    {
        const QJsonArray rules = m_table.value("columns"_L1).toArray();
        for (const auto value : rules) {
            const QJsonObject rule = value.toObject();
            const QString name = rule.value("source"_L1).toString();
            const int at = m_sourceNames.find(name);
            if (at < 0)
                continue;
            EditorColumn &row = m_rows[at];
            row.compare = rule.value("compare"_L1).toBool(true);
            row.write = rule.value("write"_L1).toBool(true);
            row.zone = rule.value("zone"_L1).toString();
            const QJsonValue target = rule.value("target"_L1);
            const QString wanted = target.isString() ? target.toString() : only ? name : QString();
            const int partner = m_targetNames.find(wanted);
            if (target.isNull())
                row.state = EditorColumn::State::LeftOut;
            else if (!wanted.isEmpty() && partner >= 0 && !m_taken[partner])
                pair(row, partner, target.isString() ? EditorColumn::State::ByHand : EditorColumn::State::ByName);
            else if (only)
                row.state = EditorColumn::State::Unmatched;
        }
    }

    template <typename Find> void matchBy(const Find &find)
    {
        for (EditorColumn &row : m_rows) {
            if (row.state != EditorColumn::State::Unmatched)
                continue;
            const int partner = find(row.source);
            if (partner >= 0 && !m_taken[partner])
                pair(row, partner, EditorColumn::State::ByName);
        }
    }

    void markKey()
    {
        QStringList names;
        const QJsonArray own = m_table.value("key"_L1).toArray();
        for (const auto name : own)
            names << name.toString();
        if (names.isEmpty())
            names = keyByItself(m_source);
        for (const QString &name : std::as_const(names)) {
            if (const int at = m_sourceNames.find(name); at >= 0)
                m_rows[at].key = true;
        }
    }

    void appendTargets()
    {
        for (int i = 0; i < m_targets.size(); ++i) {
            if (m_taken[i])
                continue;
            EditorColumn row;
            row.target = m_targets.at(i).name;
            row.targetType = m_targets.at(i).type;
            row.state = EditorColumn::State::TargetOnly;
            row.computed = m_targets.at(i).generated;
            m_rows << row;
        }
    }

    const TableSchema &m_source;
    const QList<Column> &m_targets;
    const QJsonObject &m_table;
    ColumnNames m_sourceNames;
    ColumnNames m_targetNames;
    QList<bool> m_taken;
    QList<EditorColumn> m_rows;
};

} // namespace

QStringList keyByItself(const TableSchema &source)
{
    if (!source.primaryKey.isEmpty())
        return source.primaryKey;
    const Index *best = nullptr;
    for (const Index &index : source.indexes) {
        bool usable = index.unique && !index.partial && !index.columns.isEmpty();
        for (const QString &column : index.columns) {
            const int at = source.columnIndex(column);
            usable = usable && at >= 0 && !source.columns.at(at).nullable;
        }
        if (usable && (best == nullptr || index.columns.size() < best->columns.size()))
            best = &index;
    }
    return best != nullptr ? best->columns : QStringList();
}

QList<EditorColumn> editorColumns(const TableSchema &source, const TableSchema *target, const QJsonObject &table)
{
    return ColumnMatch(source, target, table).run();
}

} // namespace tidemark
