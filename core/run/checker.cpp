// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/checker.h"

#include "core/apply/mirroredpair.h"
#include "core/base/units.h"
#include "core/endpoint/sql/sqlsession.h"
#include "core/run/changelog.h"
#include "core/run/keycheck.h"
#include "core/run/matching.h"
#include "core/run/queuerun.h"
#include "core/run/twowayexecution.h"
#include "core/run/twowayrules.h"

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

using Level = CheckItem::Level;

constexpr qint64 keyQueryMs = 2'000;

Level levelOf(Grade grade) { return grade == Grade::Warning || grade == Grade::Problem ? Level::Warning : Level::Note; }

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
        if (isTwoWay() && (m_source.facts().readOnly || m_job.source.readOnly))
            problem({}, Error{ErrorCode::ReadOnly, {{Fact::Connection, m_job.source.label()}}, {}});
        TRY_ASSIGN(m_tables, matchTables(m_job, m_source, m_target));
        for (const MatchedTable &table : m_tables)
            if (m_options.onlyTables.isEmpty() || m_options.onlyTables.contains(table.sourceName))
                TRY(checkTable(table));
        TRY(checkWhole());
        if (m_options.grants) {
            TRY(checkGrants(m_source, false));
            TRY(checkGrants(m_target, true));
        }
        return m_items;
    }

private:
    void problem(const QString &table, const Error &error)
    {
        CheckItem item;
        item.table = table;
        item.error = error;
        m_items += item;
    }
    CheckItem &remark(Level level, const QString &table, const QString &code, const QString &detail)
    {
        CheckItem item;
        item.level = level;
        item.table = table;
        item.code = code;
        item.detail = detail;
        m_items += item;
        return m_items.last();
    }

    bool isTwoWay() const { return m_job.mode == Mode::TwoWay; }
    // Which side it is that is written is part of the code where it is not the target.
    static QString codeAt(JobSide side, const QString &code)
    {
        return side == JobSide::Target ? code : QString(code + u"-at-source"_s);
    }

    Result<void> checkTable(const MatchedTable &table);
    Result<void> checkWritten(const MatchedTable &table, JobSide side);
    Result<void> checkTwoWay(const MatchedTable &table);
    Result<void> checkKey(JobSide side, const MatchedTable &table, const TablePair &pair);
    Result<void> checkStamps(const TablePair &pair, const QString &name, Session &side);
    void checkDetection(const TablePair &pair, const QString &name);
    Result<void> checkLogs(const MatchedTable &table);
    Result<void> checkLog(const MatchedTable &table, JobSide side);
    Result<void> askDetection(const TablePair &pair, const QString &name, Session &side);
    Result<void> rehearseTable(const MatchedTable &table);
    Result<void> rehearseInto(JobSide side, const MatchedTable &table, const TablePair &pair);
    Result<void> checkWhole();
    void checkLag(const CommitBound &bound);
    Result<void> checkGrants(Session &session, bool isTarget);
    Result<void> completeConnection(SqlSession &sql, GrantRequest &request);

    const JobSettings &m_job;
    Session &m_source;
    Session &m_target;
    const CheckOptions &m_options;
    QList<MatchedTable> m_tables;
    QList<CheckItem> m_items;
    bool m_hasCheckpoint = false;
    bool m_sourceHasCheckpoint = false;
};

Result<void> Checker::checkTable(const MatchedTable &table)
{
    if (table.error)
        problem(table.sourceName, *table.error);
    if (!table.pair)
        return {};
    for (const MappingNote &note : table.pair->mapping.notes)
        remark(Level::Warning, table.sourceName, {}, {}).note = note;
    if (table.toCreate)
        remark(Level::Note, table.sourceName, u"creates-table"_s,
               m_target.createTableSql(*table.toCreate).join(u";\n"_s));
    TRY(checkWritten(table, JobSide::Target));
    if (isTwoWay())
        TRY(checkTwoWay(table));
    else if (const auto rules = twoWaySettings(*table.pair); !rules)
        problem(table.sourceName, rules.error());
    // What is typed is not waited for: an editor asks for it apart.
    const bool looks = m_options.advice || m_options.rehearses;
    if (looks)
        TRY(checkKey(JobSide::Source, table, *table.pair));
    if (looks && !table.toCreate)
        TRY(checkKey(JobSide::Target, table, mirroredPair(*table.pair)));
    TRY(checkLogs(table));
    TRY(checkStamps(*table.pair, table.sourceName, m_source));
    if (isTwoWay() && !table.toCreate)
        TRY(checkStamps(mirroredPair(*table.pair), table.targetName, m_target));
    return m_options.rehearses && !table.error ? rehearseTable(table) : Result<void>();
}

// What else happens at a side when rows are written there.
Result<void> Checker::checkWritten(const MatchedTable &table, JobSide side)
{
    const bool atTarget = side == JobSide::Target;
    const TableSchema &schema = atTarget ? table.pair->mapping.target : table.pair->mapping.source;
    for (const Trigger &trigger : schema.triggers)
        remark(Level::Warning, table.sourceName, codeAt(side, u"has-triggers"_s), trigger.name);
    if (!schema.transactional)
        remark(Level::Warning, table.sourceName, codeAt(side, u"not-transactional"_s), schema.engine);
    SqlSession *sql = (atTarget ? m_target : m_source).asSql();
    if (sql == nullptr || (atTarget && table.toCreate) || !table.pair->propagatesDeletes())
        return {};
    if (atTarget ? table.pair->targetMark : table.pair->sourceMark)
        return {}; // no row is deleted there
    // Also tables that are none of the job's.
    TRY_ASSIGN(const auto rows, sql->query(sql->adviceSql().changedByDeletes(schema.name)));
    for (const SqlRow &row : rows)
        remark(Level::Warning, table.sourceName, codeAt(side, u"cascades"_s),
               QString::fromUtf8(row.value(0).value_or(QByteArray())));
    return {};
}

Result<void> Checker::checkTwoWay(const MatchedTable &table)
{
    const TableSchema &source = table.pair->mapping.source;
    if (!source.transactional && !table.settings.allowNonTransactional)
        problem(table.sourceName,
                Error{ErrorCode::NonTransactional,
                      {{Fact::Table, source.name.display()}, {Fact::Type, source.engine}},
                      {}});
    const auto settings = twoWaySettings(*table.pair);
    if (!settings)
        problem(table.sourceName, settings.error());
    else if (!settings->cellRules.empty() && settings->rules.conflicts != ConflictPolicy::Merge
             && settings->rules.first != ConflictPolicy::Merge)
        remark(Level::Warning, table.sourceName, u"rules-without-merge"_s, {});
    return checkWritten(table, JobSide::Source);
}

// pair: as seen from the side that is looked at.
Result<void> Checker::checkKey(JobSide side, const MatchedTable &table, const TablePair &pair)
{
    const bool atSource = side == JobSide::Source;
    auto differ = keysDiffer(atSource ? m_source : m_target, pair, keyQueryMs);
    if (!differ && differ.error().code != ErrorCode::KeyNotUnique)
        return fail(std::move(differ).error());
    if (!differ) {
        const ConnectionSettings &place = atSource ? m_job.source : m_job.target;
        problem(table.sourceName,
                differ.error().with(Fact::Connection, place.label()).with(Fact::Table, pair.sourceName()));
    } else if (!*differ) {
        remark(Level::Note, table.sourceName, atSource ? u"key-unproven-at-source"_s : u"key-unproven"_s,
               pair.mapping.sourceColumns().mid(0, pair.mapping.keyCount).join(u", "_s));
    }
    return {};
}

// Columns that tell what changed. name: of the table that has them.
Result<void> Checker::checkStamps(const TablePair &pair, const QString &name, Session &side)
{
    const DetectBy by = pair.settings.detect.by;
    if (by == DetectBy::Hash || by == DetectBy::Log)
        return {};
    if (m_options.advice)
        return askDetection(pair, name, side);
    checkDetection(pair, name);
    return {};
}

// What the schema alone tells.
void Checker::checkDetection(const TablePair &pair, const QString &name)
{
    const DetectSettings &detect = pair.settings.detect;
    const TableSchema &source = pair.mapping.source;
    bool indexed = source.primaryKey.value(0) == detect.column;
    for (const Index &index : source.indexes)
        indexed = indexed || (index.columns.value(0) == detect.column && !index.partial);
    if (!indexed && detect.scope == VersionScope::Table)
        remark(Level::Warning, name, u"no-index"_s, detect.column);
    if (detect.by != DetectBy::Flag)
        return;
    for (const Trigger &trigger : source.triggers)
        if (trigger.timing.contains("UPDATE"_L1))
            remark(Level::Warning, name, u"flag-fires-trigger"_s, trigger.name);
    for (const Column &column : source.columns)
        if (column.changesOnUpdate)
            remark(Level::Warning, name, u"flag-fires-trigger"_s, column.name);
}

// Two-way jobs have one at each side; a table that is yet to be made has none.
Result<void> Checker::checkLogs(const MatchedTable &table)
{
    if (table.settings.detect.by == DetectBy::Log)
        TRY(checkLog(table, JobSide::Source));
    return isTwoWay() && !table.toCreate && targetDetect(*table.pair).by == DetectBy::Log
        ? checkLog(table, JobSide::Target)
        : Result<void>();
}

// The log's name is made of the job's id: one that is not saved yet has none to be shown.
Result<void> Checker::checkLog(const MatchedTable &table, JobSide side)
{
    const bool atSource = side == JobSide::Source;
    Session &session = atSource ? m_source : m_target;
    const ChangeLog log = changeLogOf(m_job.id, atSource ? *table.pair : mirroredPair(*table.pair));
    TRY_ASSIGN(const ChangeLogState state, session.changeLogState(log));
    const auto say = [&](Level level, const QString &code, const QString &detail) {
        remark(level, table.sourceName, atSource ? code : QString(code + u"-at-target"_s), detail);
    };
    switch (state.kind) {
    case ChangeLogState::Kind::Impossible:
        say(Level::Warning, u"log-impossible"_s, state.reason);
        return {};
    case ChangeLogState::Kind::Absent:
        say(Level::Warning, u"log-absent"_s, {});
        break;
    case ChangeLogState::Kind::Broken:
        say(Level::Warning, u"log-broken"_s, state.reason);
        break;
    case ChangeLogState::Kind::Ready:
        if (!state.reason.isEmpty())
            say(Level::Note, u"log-changed"_s, state.reason);
        return {};
    }
    say(Level::Note, u"log-cost"_s, session.facts().product);
    if (m_job.id.isEmpty())
        return {};
    TRY_ASSIGN(const QStringList sql, session.changeLogSql(log));
    say(Level::Note, u"creates-log"_s, sql.join(u";\n"_s));
    return {};
}

Result<void> Checker::askDetection(const TablePair &pair, const QString &name, Session &side)
{
    const TableMapping &mapping = pair.mapping;
    auto advice = Adviser(side).advise(mapping.source, pair.settings.detect,
                                       mapping.sourceColumns().mid(0, mapping.keyCount), pair.settings.whereSource);
    if (!advice && !advice.error().endsSession())
        return {}; // the column is missing: matching has said so
    TRY(advice);
    for (const Finding &finding : advice->findings)
        if (finding.code != FindingCode::NoKey)
            remark(levelOf(finding.grade), name, findingName(finding.code), finding.column).finding = finding;
    return {};
}

Result<void> Checker::rehearseTable(const MatchedTable &table)
{
    TRY(rehearseInto(JobSide::Target, table, *table.pair));
    return isTwoWay() && !table.toCreate ? rehearseInto(JobSide::Source, table, mirroredPair(*table.pair))
                                         : Result<void>();
}

// pair: as seen from the side that is written.
Result<void> Checker::rehearseInto(JobSide side, const MatchedTable &table, const TablePair &pair)
{
    const bool intoSource = side == JobSide::Source;
    auto rehearsed = rehearse(pair.mapping, intoSource ? m_target : m_source, intoSource ? m_source : m_target,
                              pair.settings.whereSource);
    if (!rehearsed && rehearsed.error().endsSession())
        return fail(std::move(rehearsed).error());
    if (!rehearsed) {
        problem(table.sourceName, rehearsed.error());
        return {};
    }
    for (const ValueLoss &loss : rehearsed->losses) {
        CheckItem &item =
            remark(loss.fromData ? Level::Warning : Level::Note, table.sourceName, u"loss"_s, loss.sourceColumn);
        item.loss = loss;
        item.intoSource = intoSource;
    }
    CheckItem &item = remark(Level::Note, table.sourceName, u"rehearsed"_s, {});
    item.rehearsal = std::move(*rehearsed);
    item.intoSource = intoSource;
    return {};
}

Result<void> Checker::checkWhole()
{
    if (m_job.checkpoint == CheckpointPlace::Target) {
        TRY_ASSIGN(m_hasCheckpoint, m_target.hasCheckpointTable());
        if (!m_hasCheckpoint && isSql(m_job.target.driver)) // of a service, the journal keeps it
            remark(Level::Note, {}, u"creates-checkpoint"_s, m_target.checkpointTableSql());
    }
    if (isTwoWay()) {
        TRY_ASSIGN(m_sourceHasCheckpoint, m_source.hasCheckpointTable());
        if (!m_sourceHasCheckpoint && isSql(m_job.source.driver))
            remark(Level::Note, {}, codeAt(JobSide::Source, u"creates-checkpoint"_s), m_source.checkpointTableSql());
    }
    TRY_ASSIGN(const CommitBound bound, m_source.commitBound());
    checkLag(bound);
    if (!m_target.facts().holdsLock)
        remark(Level::Warning, {}, m_job.target.driver == Driver::Http ? u"service-lock"_s : u"no-lock"_s, {});
    for (const QString &code : m_source.facts().remarks + m_target.facts().remarks)
        remark(Level::Warning, {}, code, {});
    return {};
}

// The lags that rule, the job's own before the default.
void Checker::checkLag(const CommitBound &bound)
{
    QMap<qint64, Level> lags;
    for (const MatchedTable &table : m_tables) {
        const DetectSettings &detect = table.settings.detect;
        if (!table.pair || detect.by != DetectBy::Timestamp)
            continue;
        const bool isDecided = bound.known || detect.lagMs;
        lags.insert(lagMsOf(detect, bound), isDecided ? Level::Note : Level::Warning);
    }
    for (auto lag = lags.cbegin(); lag != lags.cend(); ++lag)
        remark(lag.value(), {}, u"lag"_s, formatDuration(lag.key()));
}

// What settings leave to the server: the user and the schema.
Result<void> Checker::completeConnection(SqlSession &sql, GrantRequest &request)
{
    const QString question = sql.adviceSql().currentUser();
    if (question.isEmpty())
        return {};
    TRY_ASSIGN(const auto rows, sql.query(question));
    const QString user = rows.isEmpty() ? QString() : QString::fromUtf8(rows.first()[0].value_or(QByteArray()));
    if (request.connection.driver == Driver::Mysql) {
        request.connection.user = user.section(u'@', 0, -2);
        request.userHost = user.section(u'@', -1);
        return {};
    }
    request.connection.user = user;
    if (request.connection.schema.isEmpty()) {
        TRY_ASSIGN(const auto schema, sql.query(u"SELECT current_schema()"_s));
        if (!schema.isEmpty())
            request.connection.schema = QString::fromUtf8(schema.first()[0].value_or(QByteArray()));
    }
    return {};
}

QStringList writtenSequences(const TablePair &pair, bool isTarget)
{
    QStringList sequences;
    for (const ColumnPair &column : pair.mapping.columns) {
        const QString &sequence = isTarget ? pair.mapping.target.columns[column.target].sequence
                                           : pair.mapping.source.columns[column.source].sequence;
        if (column.write && !sequence.isEmpty())
            sequences += sequence;
    }
    return sequences;
}

Result<void> Checker::checkGrants(Session &session, bool isTarget)
{
    SqlSession *sql = session.asSql();
    if (sql == nullptr)
        return {};
    GrantRequest request;
    request.connection = isTarget ? m_job.target : m_job.source;
    request.isTarget = isTarget;
    request.isTwoWay = isTwoWay();
    request.keepsCheckpoint = m_job.checkpoint == CheckpointPlace::Target;
    request.checkpointExists = isTarget ? m_hasCheckpoint : m_sourceHasCheckpoint;
    TRY(completeConnection(*sql, request));
    for (const MatchedTable &table : m_tables) {
        if (!table.pair)
            continue;
        const TableSchema &schema = isTarget ? table.pair->mapping.target : table.pair->mapping.source;
        GrantedTable granted;
        granted.name = schema.name;
        granted.creates = isTarget && table.toCreate;
        granted.deletes = request.isWritten() && table.pair->propagatesDeletes()
            && !(isTarget ? table.pair->targetMark : table.pair->sourceMark);
        const DetectSettings detect = isTarget ? targetDetect(*table.pair) : table.settings.detect;
        if (!isTarget && detect.by == DetectBy::Flag)
            granted.flagColumn = detect.column;
        if ((!isTarget || isTwoWay()) && detect.by == DetectBy::Log) {
            granted.logged = true;
            granted.log = changeLogOf(m_job.id, isTarget ? mirroredPair(*table.pair) : *table.pair).name();
        }
        if (request.isWritten() && !granted.creates)
            granted.sequences = writtenSequences(*table.pair, isTarget);
        request.seesTransactions =
            request.seesTransactions || ((!isTarget || isTwoWay()) && detect.by == DetectBy::Timestamp);
        request.tables += granted;
    }
    TRY_ASSIGN(const QList<Grant> missing, missingGrants(grantsFor(request, sql->dialect()), session));
    for (const Grant &grant : missing)
        if (grant.reason != GrantReason::Rehearse || m_options.rehearses)
            remark(grant.optional ? Level::Note : Level::Problem, {}, u"missing-grant"_s, grant.sql).grant = grant;
    return {};
}

} // namespace

Result<QList<CheckItem>> checkJob(const JobSettings &job, Session &source, Session &target, const CheckOptions &options)
{
    return Checker(job, source, target, options).run();
}

Result<QList<CheckItem>> Runner::check(const JobSettings &job, Cancellation &cancellation, const CheckOptions &options)
{
    if (hasQueue(job))
        return checkQueueJob(job, m_connector, m_journal, m_clock, cancellation, options);
    const auto open = [&](const ConnectionSettings &side, bool isWritten) {
        OpenOptions how;
        how.cancellation = &cancellation;
        how.writable = options.rehearses && isWritten && !side.readOnly;
        auto session = m_connector.open(side, how);
        if (!session && how.writable && session.error().code == ErrorCode::ReadOnly) { // then from the types alone
            how.writable = false;
            session = m_connector.open(side, how);
        }
        return session;
    };
    TRY_ASSIGN(const std::unique_ptr<Session> source, open(job.source, job.mode == Mode::TwoWay));
    TRY_ASSIGN(const std::unique_ptr<Session> target, open(job.target, true));
    return checkJob(job, *source, *target, options);
}

// A two-way job keeps a record at both sides.
static Result<void> cleanSource(const JobSettings &job, Connector &connector, Cancellation &cancellation)
{
    TRY_ASSIGN(const std::unique_ptr<Session> source, connector.open(job.source, OpenOptions{true, &cancellation}));
    TRY_ASSIGN(const bool stands, source->hasCheckpointTable());
    return stands ? source->removeCheckpoints(job.id) : Result<void>();
}

// The orders of keys that came by queues are shared by all jobs: they go with the last one.
static Result<void> cleanTarget(const JobSettings &job, Connector &connector, Cancellation &cancellation)
{
    TRY_ASSIGN(const std::unique_ptr<Session> target, connector.open(job.target, OpenOptions{true, &cancellation}));
    TRY_ASSIGN(bool stands, target->hasCheckpointTable());
    if (stands)
        TRY(target->removeCheckpoints(job.id));
    TRY_ASSIGN(stands, target->hasCheckpointTable());
    SqlSession *const sql = target->asSql();
    if (stands || sql == nullptr || !isQueue(job.source.driver))
        return {};
    TRY(sql->execute("DROP TABLE IF EXISTS "_L1 + sql->dialect().table(QueueVersions::tableName())));
    return {};
}

Result<void> Runner::cleanJob(const JobSettings &job, Cancellation &cancellation)
{
    if (!isQueue(job.target.driver))
        TRY(cleanTarget(job, m_connector, cancellation));
    if (job.mode == Mode::TwoWay)
        TRY(cleanSource(job, m_connector, cancellation));
    if (!isQueue(job.source.driver))
        TRY(removeJobLogs(job, m_connector, cancellation));
    removeBase(m_journal, job.id);
    PublishedRows::remove(Publishing::publishedFileOf(m_journal, job.id));
    return m_journal.removeJob(job.id);
}

} // namespace tidemark
