// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/checker.h"

#include "core/run/matching.h"

namespace tidemark {

namespace {

using Level = CheckItem::Level;

// Everything that a run would meet, found without writing.
class Checker
{
public:
    Checker(const JobSettings &job, Session &source, Session &target, const CheckOptions &options)
        : m_job(job), m_source(source), m_target(target), m_options(options)
    { }

    Result<QList<CheckItem>> run()
    {
        if (m_target.facts().readOnly || m_job.target.readOnly)
            problem({}, Error{ErrorCode::ReadOnly, {{Fact::Connection, m_job.target.label()}}, {}});
        TRY_ASSIGN(const QList<MatchedTable> tables, matchTables(m_job, m_source, m_target));
        for (const MatchedTable &table : tables)
            if (m_options.onlyTables.isEmpty() || m_options.onlyTables.contains(table.sourceName))
                TRY(checkTable(table));
        TRY(checkWhole());
        return m_items;
    }

private:
    void problem(const QString &table, const Error &error)
    {
        m_items += {Level::Problem, table, error, std::nullopt, {}, {}};
    }
    void remark(Level level, const QString &table, const QString &code, const QString &detail)
    {
        m_items += {level, table, std::nullopt, std::nullopt, code, detail};
    }

    Result<void> checkTable(const MatchedTable &table)
    {
        if (table.error)
            problem(table.sourceName, *table.error);
        if (!table.pair)
            return {};
        for (const MappingNote &note : table.pair->mapping.notes)
            m_items += {Level::Warning, table.sourceName, std::nullopt, note, {}, {}};
        if (table.toCreate)
            remark(Level::Note, table.sourceName, QStringLiteral("creates-table"),
                   m_target.createTableSql(*table.toCreate).join(QStringLiteral(";\n")));
        const TableSchema &target = table.pair->mapping.target;
        for (const Trigger &trigger : target.triggers)
            remark(Level::Warning, table.sourceName, QStringLiteral("has-triggers"), trigger.name);
        for (const ForeignKey &key : target.foreignKeys) {
            if (key.onDelete == QLatin1StringView("CASCADE") || key.onUpdate == QLatin1StringView("CASCADE"))
                remark(Level::Warning, table.sourceName, QStringLiteral("cascades"), key.target.display());
        }
        checkDetection(table);
        return {};
    }

    void checkDetection(const MatchedTable &table)
    {
        const DetectSettings &detect = table.settings.detect;
        const TableSchema &source = table.pair->mapping.source;
        if (detect.by == DetectBy::Hash)
            return;
        m_usesTimestamps = m_usesTimestamps || detect.by == DetectBy::Timestamp;
        const bool isCursor =
            detect.by == DetectBy::Timestamp || detect.by == DetectBy::Version || detect.by == DetectBy::Flag;
        bool indexed = source.primaryKey.value(0) == detect.column;
        for (const Index &index : source.indexes)
            indexed = indexed || (index.columns.value(0) == detect.column && !index.partial);
        if (isCursor && !indexed && detect.scope == VersionScope::Table)
            remark(Level::Warning, table.sourceName, QStringLiteral("no-index"), detect.column);
        if (detect.by == DetectBy::Flag) {
            for (const Trigger &trigger : source.triggers) {
                if (trigger.timing.contains(QLatin1StringView("UPDATE")))
                    remark(Level::Warning, table.sourceName, QStringLiteral("flag-fires-trigger"), trigger.name);
            }
            for (const Column &column : source.columns) {
                if (column.changesOnUpdate)
                    remark(Level::Warning, table.sourceName, QStringLiteral("flag-fires-trigger"), column.name);
            }
        }
    }

    Result<void> checkWhole()
    {
        if (m_job.checkpoint == CheckpointPlace::Target) {
            TRY_ASSIGN(const bool stands, m_target.hasCheckpointTable());
            if (!stands)
                remark(Level::Note, {}, QStringLiteral("creates-checkpoint"), m_target.checkpointTableSql());
        }
        TRY_ASSIGN(const CommitBound bound, m_source.commitBound());
        if (m_usesTimestamps)
            remark(bound.known ? Level::Note : Level::Warning, {}, QStringLiteral("lag"),
                   bound.known ? QStringLiteral("2s") : QStringLiteral("5m"));
        if (!m_target.facts().holdsLock)
            remark(Level::Warning, {}, QStringLiteral("no-lock"), {});
        for (const QString &code : m_source.facts().remarks + m_target.facts().remarks)
            remark(Level::Warning, {}, code, {});
        return {};
    }

    const JobSettings &m_job;
    Session &m_source;
    Session &m_target;
    const CheckOptions &m_options;
    QList<CheckItem> m_items;
    bool m_usesTimestamps = false;
};

} // namespace

Result<QList<CheckItem>> checkJob(const JobSettings &job, Session &source, Session &target, const CheckOptions &options)
{
    return Checker(job, source, target, options).run();
}

Result<QList<CheckItem>> Runner::check(const JobSettings &job, Cancellation &cancellation, const CheckOptions &options)
{
    OpenOptions open;
    open.cancellation = &cancellation;
    TRY_ASSIGN(const std::unique_ptr<Session> source, m_connector.open(job.source, open));
    open.writable = options.rehearses && !job.target.readOnly;
    TRY_ASSIGN(const std::unique_ptr<Session> target, m_connector.open(job.target, open));
    return checkJob(job, *source, *target, options);
}

Result<void> Runner::cleanJob(const JobSettings &job, Cancellation &cancellation)
{
    TRY_ASSIGN(const std::unique_ptr<Session> target, m_connector.open(job.target, OpenOptions{true, &cancellation}));
    TRY_ASSIGN(const bool stands, target->hasCheckpointTable());
    if (stands)
        TRY(target->removeCheckpoints(job.id));
    return m_journal.removeJob(job.id);
}

} // namespace tidemark
