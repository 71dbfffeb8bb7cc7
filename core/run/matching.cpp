// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/matching.h"

#include <algorithm>

#include <QJsonArray>
#include <QJsonDocument>

#include "core/apply/mirroredpair.h"
#include "core/endpoint/sql/onedatabase.h"
#include "core/run/cursors.h"
#include "core/run/grouping.h"
#include "core/run/softmarks.h"

namespace tidemark {

namespace {

bool isOwn(const TableName &name) { return name.name.startsWith(QLatin1StringView("tidemark_")); }

// A name without a schema is in the connection's.
TableName inSchema(const TableName &name, const ConnectionSettings &connection)
{
    return {name.schema.isEmpty() ? connection.schema : name.schema, name.name};
}

// A service's records are where its connection says: asked for elsewhere or otherwise, they are others.
QString placeOf(const ConnectionSettings &side, const TableName &table, const QString &identity)
{
    const HttpResource *const resource = side.http ? side.http->resource(table.name) : nullptr;
    if (resource == nullptr)
        return identity;
    QJsonArray place{identity, resource->path, resource->records};
    for (const auto &[name, value] : resource->query)
        place.append(QJsonArray{name, value});
    return QString::fromUtf8(QJsonDocument(place).toJson(QJsonDocument::Compact));
}

// Errors that end the whole, not one table.
bool isFatal(const Error &error)
{
    const bool isOfOneResource = error.code == ErrorCode::PageUnusable || error.code == ErrorCode::ServiceFailed;
    return (error.isTransient() && !isOfOneResource) || error.code == ErrorCode::Cancelled;
}

TableRules rulesFor(const JobTable &table)
{
    TableRules rules = table.rules;
    if (table.detect.by != DetectBy::Flag)
        return rules;
    // The flag is the job's own mark: no part of the row.
    for (ColumnRule &rule : rules.columns) {
        if (rule.source == table.detect.column) {
            rule.compare = false;
            return rules;
        }
    }
    ColumnRule rule;
    rule.source = table.detect.column;
    rule.leftOut = true;
    rules.columns += rule;
    return rules;
}

// Both sides may have a table of that name: which one is meant?
Result<void> onSide(Result<void> result, const ConnectionSettings &side)
{
    if (!result)
        result.error().with(Fact::Connection, side.label());
    return result;
}

// A column that is not there: the target's are named by the rules alone.
bool isTargets(const Error &error, const TableRules &rules)
{
    const QString column = error.facts.value(Fact::Column);
    return std::any_of(rules.columns.begin(), rules.columns.end(),
                       [&](const ColumnRule &rule) { return rule.target == column && rule.source != column; })
        && !rules.key.contains(column);
}

Result<void> checkPair(const JobSettings &job, const JobTable &table, const TableSchema &source,
                       const TableSchema &target)
{
    if (source.rowSecurity || target.rowSecurity)
        return fail(
            Error{ErrorCode::RowSecurity, {{Fact::Table, (source.rowSecurity ? source : target).name.display()}}, {}});
    if (!target.transactional && !table.allowNonTransactional)
        return fail(Error{
            ErrorCode::NonTransactional, {{Fact::Table, target.name.display()}, {Fact::Type, target.engine}}, {}});
    if (job.mode == Mode::TwoWay && !source.transactional && !table.allowNonTransactional)
        return fail(Error{
            ErrorCode::NonTransactional, {{Fact::Table, source.name.display()}, {Fact::Type, source.engine}}, {}});
    const bool byColumn = table.detect.by != DetectBy::Hash && table.detect.by != DetectBy::Log;
    if (byColumn && source.columnIndex(table.detect.column) < 0)
        return fail(Error{ErrorCode::NoSuchColumn,
                          {{Fact::Connection, job.source.label()},
                           {Fact::Table, source.name.display()},
                           {Fact::Column, table.detect.column}},
                          {}});
    return checkMark(job, table, source, target);
}

// Two-way: by a column of the target's own, or the one that the source's is matched with.
Result<void> checkTargetDetect(const JobSettings &job, const JobTable &table, const TableMapping &mapping)
{
    TablePair pair;
    pair.settings = table;
    pair.mapping = mapping;
    const DetectSettings detect = targetDetect(pair);
    if (job.mode != Mode::TwoWay || !isCursor(detect) || mapping.target.columnIndex(detect.column) >= 0)
        return {};
    return fail(Error{ErrorCode::NoSuchColumn,
                      {{Fact::Connection, job.target.label()},
                       {Fact::Table, mapping.target.name.display()},
                       {Fact::Column, detect.column}},
                      {}});
}

Error sameTable(const TableName &name, const ConnectionSettings &target, bool byAnotherName)
{
    Error error{ErrorCode::SameTable, {{Fact::Table, name.display()}}, {}};
    return byAnotherName ? error.with(Fact::File, target.database) : error;
}

// A target that is not there yet can validate no filter.
Result<TablePair> pairUp(const JobSettings &job, const JobTable &table, const TableSchema &source,
                         const TableSchema &target, Session &sourceSession, Session &targetSession,
                         bool targetStands = true)
{
    TRY(checkPair(job, table, source, target));
    TableRules rules = rulesFor(table);
    leaveMarkOut(job, table, source, rules);
    auto mapped = mapTable(source, target, rules);
    if (!mapped && mapped.error().code == ErrorCode::NoSuchColumn)
        mapped.error().with(Fact::Connection,
                            (isTargets(mapped.error(), table.rules) ? job.target : job.source).label());
    TRY_ASSIGN(TableMapping mapping, std::move(mapped));
    if (table.soft && table.soft->side == SoftDelete::Side::Target) {
        mapping.notes.removeIf([&](const MappingNote &note) {
            return note.kind == MappingNote::Kind::TargetColumnUnmatched && note.column == table.soft->column;
        });
    }
    TRY(checkTargetDetect(job, table, mapping));
    const QString &sourceIdentity = sourceSession.facts().identity;
    const QString &targetIdentity = targetSession.facts().identity;
    if (inSchema(source.name, job.source) == inSchema(target.name, job.target)
        && areOneDatabase(sourceIdentity, targetIdentity))
        return fail(sameTable(source.name, job.target, sourceIdentity != targetIdentity));
    if (!table.whereSource.isEmpty())
        TRY(onSide(sourceSession.validateWhere(source.name, table.whereSource), job.source));
    if (!table.whereTarget.isEmpty() && targetStands)
        TRY(onSide(targetSession.validateWhere(target.name, table.whereTarget), job.target));
    return makeTablePair(job, table, std::move(mapping), placeOf(job.source, source.name, sourceIdentity),
                         placeOf(job.target, target.name, targetIdentity));
}

class Matcher
{
public:
    Matcher(const JobSettings &job, Session &source, Session &target) : m_job(job), m_source(source), m_target(target)
    { }

    Result<QList<MatchedTable>> run()
    {
        TRY_ASSIGN(m_sourceTables, m_source.tables());
        TRY_ASSIGN(m_targetTables, m_target.tables());
        QList<MatchedTable> matched;
        for (const JobTable &table : wanted()) {
            MatchedTable result;
            result.settings = table;
            result.sourceName = result.targetName = table.source.display();
            if (table.target)
                result.targetName = table.target->display();
            if (auto done = match(result); !done) {
                if (isFatal(done.error()))
                    return fail(std::move(done).error());
                result.error = std::move(done).error();
            }
            matched += result;
        }
        if (matched.isEmpty())
            return fail(Error{ErrorCode::NothingMatched, {{Fact::Job, m_job.name}}, {}});
        return matched;
    }

private:
    QList<JobTable> wanted() const
    {
        if (!m_job.allTables)
            return m_job.tables;
        QList<JobTable> tables;
        for (const TableName &name : m_sourceTables) {
            const auto target = matchTable(TableName{{}, name.name}, m_targetTables);
            if (isOwn(name) || (!target && !m_job.defaults.create))
                continue;
            JobTable table = m_job.defaults;
            table.source = name;
            tables += table;
        }
        return tables;
    }

    Result<void> match(MatchedTable &table)
    {
        TRY_ASSIGN(const TableName sourceName, find(table.settings.source, m_sourceTables, m_source));
        TRY_ASSIGN(const TableSchema source, m_source.describe(sourceName));
        table.sourceName = table.settings.source.display();
        const TableName wantedTarget = table.settings.target.value_or(TableName{{}, sourceName.name});
        auto targetName = find(wantedTarget, m_targetTables, m_target);
        if (!targetName && targetName.error().code == ErrorCode::NoSuchTable && table.settings.create) {
            TRY_ASSIGN(TableSchema planned, m_target.planTable(source, wantedTarget));
            table.toCreate = std::move(planned);
            table.targetName = wantedTarget.display();
            TRY_ASSIGN(TablePair pair,
                       pairUp(m_job, table.settings, source, *table.toCreate, m_source, m_target, false));
            if (m_job.mode == Mode::TwoWay)
                TRY(m_source.offers(source.name, {true, true, pair.propagatesDeletes()}));
            pair.createTarget = true;
            table.pair = std::move(pair);
            return {};
        }
        if (!targetName)
            return fail(std::move(targetName).error());
        TRY_ASSIGN(const TableSchema target, m_target.describe(*targetName));
        table.targetName = table.settings.target ? table.settings.target->display() : targetName->name;
        TRY_ASSIGN(table.sourceToken, m_source.schemaToken(source.name));
        TRY_ASSIGN(table.targetToken, m_target.schemaToken(target.name));
        TRY_ASSIGN(TablePair pair, pairUp(m_job, table.settings, source, target, m_source, m_target));
        TRY_ASSIGN(pair.sourceWords, columnWords(m_source, source));
        TRY_ASSIGN(pair.targetWords, columnWords(m_target, target));
        TRY(m_target.offers(target.name, {true, true, pair.propagatesDeletes()}));
        if (m_job.mode == Mode::TwoWay)
            TRY(m_source.offers(source.name, {true, true, pair.propagatesDeletes()}));
        table.pair = std::move(pair);
        return {};
    }

    Result<TableName> find(const TableName &wanted, const QList<TableName> &names, Session &session) const
    {
        auto found = wanted.schema.isEmpty() ? matchTable(wanted, names) : inNamedSchema(wanted, names, session);
        if (!found)
            found.error().with(Fact::Connection, (&session == &m_source ? m_job.source : m_job.target).label());
        return found;
    }

    // The names at hand are those of the connection's schema: a table of the same name there is another table.
    static Result<TableName> inNamedSchema(const TableName &wanted, const QList<TableName> &names, Session &session)
    {
        auto found = session.describe(wanted);
        if (!found && found.error().code == ErrorCode::NoSuchTable) { // the schema may be the connection's own
            const auto near = matchTable(TableName{{}, wanted.name}, names);
            if (near && near->name != wanted.name)
                found = session.describe({wanted.schema, near->name});
        }
        if (!found)
            return fail(std::move(found).error().with(Fact::Table, wanted.display()));
        return found->name;
    }

    const JobSettings &m_job;
    Session &m_source;
    Session &m_target;
    QList<TableName> m_sourceTables;
    QList<TableName> m_targetTables;
};

// Tables to be created refer to each other by their new names; keys to anything else are left out.
void keepForeignKeys(QList<MatchedTable> &tables)
{
    for (MatchedTable &table : tables) {
        if (!table.toCreate || !table.pair)
            continue;
        QList<ForeignKey> kept;
        for (ForeignKey key : table.pair->mapping.source.foreignKeys) {
            const auto parent = std::find_if(tables.cbegin(), tables.cend(), [&key](const MatchedTable &other) {
                return other.pair && !other.error && other.pair->mapping.source.name == key.target;
            });
            if (parent == tables.cend())
                continue;
            key.target = parent->pair->mapping.target.name;
            kept += key;
        }
        table.toCreate->foreignKeys = kept;
    }
}

} // namespace

Result<QList<MatchedTable>> matchTables(const JobSettings &job, Session &source, Session &target)
{
    TRY_ASSIGN(QList<MatchedTable> tables, Matcher(job, source, target).run());
    keepForeignKeys(tables);
    return tables;
}

Result<void> keepOnly(const QStringList &only, QList<MatchedTable> &tables)
{
    if (only.isEmpty())
        return {};
    for (const QString &name : only) {
        if (std::none_of(tables.cbegin(), tables.cend(),
                         [&name](const MatchedTable &table) { return table.sourceName == name; }))
            return fail(Error{ErrorCode::NoSuchTable, {{Fact::Table, name}}, {}});
    }
    tables.removeIf([&only](const MatchedTable &table) { return !only.contains(table.sourceName); });
    return {};
}

Result<void> createMissing(const JobSettings &job, Session &source, Session &target, QList<MatchedTable> &tables)
{
    QList<TableSchema> schemas;
    for (const MatchedTable &table : tables)
        schemas += table.toCreate.value_or(TableSchema{});
    for (const std::vector<int> &level : orderTables(schemas).levels) {
        for (const int index : level) {
            MatchedTable &table = tables[index];
            if (!table.toCreate || table.error)
                continue;
            auto done = [&]() -> Result<void> {
                TRY(target.createTable(*table.toCreate));
                TRY_ASSIGN(const TableSchema made, target.describe(table.toCreate->name));
                TRY_ASSIGN(table.sourceToken, source.schemaToken(table.pair->mapping.source.name));
                TRY_ASSIGN(table.targetToken, target.schemaToken(made.name));
                TRY_ASSIGN(TablePair pair,
                           pairUp(job, table.settings, table.pair->mapping.source, made, source, target));
                table.pair = std::move(pair);
                table.toCreate.reset();
                return {};
            }();
            if (!done && isFatal(done.error()))
                return done;
            if (!done)
                table.error = std::move(done).error();
        }
    }
    return {};
}

} // namespace tidemark
