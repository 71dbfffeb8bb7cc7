// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include <QHash>

#include "core/mapping/matchnames.h"
#include "core/mapping/tablemapping.h"
#include "core/mapping/typepair.h"

namespace tidemark {

namespace {

using Note = MappingNote::Kind;

QStringList columnNames(const TableSchema &table)
{
    QStringList names;
    for (const Column &column : table.columns)
        names.append(column.name);
    return names;
}

// Matches two tables' columns, step by step.
class TableMatch
{
public:
    TableMatch(const TableSchema &source, const TableSchema &target, const TableRules &rules)
        : m_rules(rules), m_sourceNames(columnNames(source)), m_targetNames(columnNames(target)),
          m_partner(source.columns.size(), -1), m_owner(target.columns.size(), -1),
          m_leftOut(source.columns.size(), false)
    {
        m_mapping.source = source;
        m_mapping.target = target;
    }

    Result<TableMapping> run()
    {
        TRY(applyRules());
        if (!m_rules.columnsOnly) {
            matchExactly();
            TRY(matchLoosely());
        }
        dropGenerated();
        TRY(chooseKey());
        TRY(buildPairs());
        addNotes();
        return std::move(m_mapping);
    }

private:
    const TableSchema &source() const { return m_mapping.source; }
    const TableSchema &target() const { return m_mapping.target; }

    Error errorAt(ErrorCode code, const TableSchema &table, const QString &column) const
    {
        return Error{code, {}, {}}.with(Fact::Table, table.name.display()).with(Fact::Column, column);
    }

    Result<int> columnOf(const TableSchema &table, const QStringList &names, const QString &wanted) const
    {
        auto found = findName(wanted, names);
        if (!found)
            return fail(std::move(found.error()).with(Fact::Table, table.name.display()));
        if (*found < 0)
            return fail(errorAt(ErrorCode::NoSuchColumn, table, wanted));
        return *found;
    }

    void pairUp(int sourceColumn, int targetColumn)
    {
        m_partner[sourceColumn] = targetColumn;
        m_owner[targetColumn] = sourceColumn;
    }

    // First every name is found, then what a rule leaves to the names is matched with all others.
    Result<void> applyRules()
    {
        for (const ColumnRule &rule : m_rules.columns) {
            TRY_ASSIGN(const int column, columnOf(source(), m_sourceNames, rule.source));
            if (m_ruleOf.contains(column))
                return fail(errorAt(ErrorCode::DuplicateName, source(), rule.source));
            m_ruleOf.insert(column, rule);
            m_leftOut[column] = rule.leftOut || (rule.target && rule.target->isEmpty());
            if (m_leftOut[column] || !rule.target)
                continue;
            TRY_ASSIGN(const int partner, columnOf(target(), m_targetNames, *rule.target));
            if (m_owner[partner] >= 0)
                return fail(errorAt(ErrorCode::DuplicateName, target(), *rule.target));
            pairUp(column, partner);
        }
        return m_rules.columnsOnly ? matchNamedRules() : Result<void>();
    }

    // columnsOnly: a rule without a target still means the column of its name.
    Result<void> matchNamedRules()
    {
        for (auto rule = m_ruleOf.cbegin(); rule != m_ruleOf.cend(); ++rule) {
            if (m_leftOut[rule.key()] || m_partner[rule.key()] >= 0)
                continue;
            TRY_ASSIGN(const int partner, columnOf(target(), m_targetNames, rule->source));
            if (m_owner[partner] >= 0)
                return fail(errorAt(ErrorCode::DuplicateName, target(), rule->source));
            pairUp(rule.key(), partner);
        }
        return {};
    }

    bool isOpen(int sourceColumn) const { return !m_leftOut[sourceColumn] && m_partner[sourceColumn] < 0; }

    void matchExactly()
    {
        for (int i = 0; i < m_sourceNames.size(); ++i) {
            const auto partner = static_cast<int>(m_targetNames.indexOf(m_sourceNames.at(i)));
            if (isOpen(i) && partner >= 0 && m_owner[partner] < 0)
                pairUp(i, partner);
        }
    }

    Result<void> matchLoosely()
    {
        QHash<QString, QList<int>> targets;
        for (int i = 0; i < m_targetNames.size(); ++i) {
            if (m_owner[i] < 0)
                targets[looseName(m_targetNames.at(i))].append(i);
        }
        for (int i = 0; i < m_sourceNames.size(); ++i) {
            const QList<int> found = isOpen(i) ? targets.value(looseName(m_sourceNames.at(i))) : QList<int>();
            if (found.isEmpty())
                continue;
            if (found.size() > 1 || m_owner[found.constFirst()] >= 0) {
                const QString shown = found.size() > 1
                    ? m_targetNames.at(found.at(0)) + QStringLiteral(", ") + m_targetNames.at(found.at(1))
                    : m_targetNames.at(found.at(0));
                return fail(errorAt(ErrorCode::AmbiguousName, source(), m_sourceNames.at(i)).with(Fact::Found, shown));
            }
            pairUp(i, found.constFirst());
        }
        return {};
    }

    // A column that the target computes follows from the others; comparing it could only report what no write mends.
    void dropGenerated()
    {
        for (int i = 0; i < m_partner.size(); ++i) {
            const int partner = m_partner[i];
            if (partner < 0 || !target().columns.at(partner).generated)
                continue;
            m_mapping.notes.append({Note::TargetColumnGenerated, target().columns.at(partner).name, {}});
            m_partner[i] = -1;
            m_leftOut[i] = true;
        }
    }

    bool isMatched(const QStringList &names) const
    {
        return std::all_of(names.begin(), names.end(), [this](const QString &name) {
            const int column = source().columnIndex(name);
            return column >= 0 && m_partner[column] >= 0;
        });
    }

    // A unique index that can stand in for a primary key.
    bool isKeyIndex(const Index &index) const
    {
        if (!index.unique || index.partial || index.columns.isEmpty() || !isMatched(index.columns))
            return false;
        return std::all_of(index.columns.begin(), index.columns.end(), [this](const QString &name) {
            const Column &column = source().columns.at(source().columnIndex(name));
            return !column.nullable && column.type.kind != CellKind::Float && column.type.kind != CellKind::Json;
        });
    }

    QStringList inferredKey() const
    {
        if (!source().primaryKey.isEmpty() && isMatched(source().primaryKey))
            return source().primaryKey;
        const Index *best = nullptr;
        for (const Index &index : source().indexes) {
            if (isKeyIndex(index) && (best == nullptr || index.columns.size() < best->columns.size()))
                best = &index;
        }
        return best != nullptr ? best->columns : QStringList();
    }

    Result<void> chooseKey()
    {
        const QStringList names = m_rules.key.isEmpty() ? inferredKey() : m_rules.key;
        if (names.isEmpty())
            return fail(Error{ErrorCode::NoKey, {}, {}}.with(Fact::Table, source().name.display()));
        for (const QString &name : names) {
            TRY_ASSIGN(const int column, columnOf(source(), m_sourceNames, name));
            if (m_key.contains(column))
                return fail(errorAt(ErrorCode::DuplicateName, source(), name));
            if (m_partner[column] < 0)
                return fail(errorAt(ErrorCode::KeyUnusable, source(), name));
            const ColumnRule rule = ruleOf(column);
            if (!rule.compare || !rule.write)
                return fail(errorAt(ErrorCode::KeyUnusable, source(), name));
            m_key.append(column);
        }
        return {};
    }

    ColumnRule ruleOf(int column) const
    {
        ColumnRule rule = m_ruleOf.value(column);
        rule.source = m_sourceNames.at(column);
        return rule;
    }

    Result<ColumnPair> pairOf(int column, bool isKey) const
    {
        const ColumnRule rule = ruleOf(column);
        const ColumnType &sourceType = source().columns.at(column).type;
        const ColumnType &targetType = target().columns.at(m_partner[column]).type;
        CompareOptions options = m_rules.compare;
        if (isKey) // rows are found by key at the target, which knows nothing of what the job lets pass
            options = CompareOptions{.timePrecision = options.timePrecision};
        auto type = comparisonType(sourceType, targetType, options, rule);
        if (!type)
            return fail(std::move(type.error()).with(Fact::Table, source().name.display()));
        ColumnPair pair{column, m_partner[column], *type, rule.compare, rule.write, {}, {}};
        if (type->kind == CellKind::Instant) {
            pair.zoneSource = sourceType.kind == CellKind::Instant ? QString() : rule.zone;
            pair.zoneTarget = targetType.kind == CellKind::Instant ? QString() : rule.zone;
        }
        return pair;
    }

    Result<void> buildPairs()
    {
        for (const int column : std::as_const(m_key)) {
            TRY_ASSIGN(const ColumnPair pair, pairOf(column, true));
            m_mapping.columns.append(pair);
        }
        QList<ColumnPair> carried;
        for (int column = 0; column < m_partner.size(); ++column) {
            const ColumnRule rule = ruleOf(column);
            if (m_partner[column] < 0 || m_key.contains(column) || (!rule.compare && !rule.write))
                continue;
            TRY_ASSIGN(const ColumnPair pair, pairOf(column, false));
            (rule.compare ? m_mapping.columns : carried).append(pair);
        }
        m_mapping.keyCount = static_cast<int>(m_key.size());
        m_mapping.comparedCount = static_cast<int>(m_mapping.columns.size());
        m_mapping.columns += carried;
        return {};
    }

    void noteUnmatchedTarget(const Column &column)
    {
        const bool fillsItself = column.nullable || !column.defaultSql.isEmpty() || column.identity != Identity::None;
        if (!fillsItself)
            m_mapping.notes.append({Note::RequiredTargetColumnMissing, column.name, column.type.native});
        else if (!m_rules.columnsOnly && !isLeftOut(column.name))
            m_mapping.notes.append({Note::TargetColumnUnmatched, column.name, column.type.native});
    }

    bool isLeftOut(const QString &targetName) const
    {
        for (int i = 0; i < m_sourceNames.size(); ++i) {
            if (m_leftOut[i] && looseName(m_sourceNames.at(i)) == looseName(targetName))
                return true;
        }
        return false;
    }

    void addNotes()
    {
        QList<MappingNote> &notes = m_mapping.notes;
        for (int i = 0; i < m_partner.size(); ++i) {
            if (m_partner[i] < 0 && !m_leftOut[i] && !m_rules.columnsOnly)
                notes.append({Note::SourceColumnUnmatched, m_sourceNames.at(i), {}});
        }
        for (int i = 0; i < m_owner.size(); ++i) {
            if (m_owner[i] < 0 && !target().columns.at(i).generated)
                noteUnmatchedTarget(target().columns.at(i));
        }
        for (int i = 0; i < m_mapping.columns.size(); ++i) {
            const ColumnPair &pair = m_mapping.columns.at(i);
            notes += pairNotes(source().columns.at(pair.source), target().columns.at(pair.target), pair,
                               i < m_mapping.keyCount);
        }
        if (!m_mapping.ordered()) {
            const ColumnPair &first = m_mapping.columns.constFirst();
            notes.append({Note::KeyNotIndexedInOrder, m_sourceNames.at(first.source), {}});
        }
    }

    const TableRules &m_rules;
    TableMapping m_mapping;
    QStringList m_sourceNames;
    QStringList m_targetNames;
    QList<int> m_partner; // by source column: the target column, −1 none
    QList<int> m_owner; // by target column: the source column, −1 none
    QList<bool> m_leftOut; // by source column: on purpose
    QHash<int, ColumnRule> m_ruleOf;
    QList<int> m_key;
};

} // namespace

Result<TableMapping> mapTable(const TableSchema &source, const TableSchema &target, const TableRules &rules)
{
    return TableMatch(source, target, rules).run();
}

} // namespace tidemark
