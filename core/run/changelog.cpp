// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/changelog.h"

#include <algorithm>
#include <unordered_set>

#include <xxhash.h>

#include "core/apply/mirroredpair.h"
#include "core/data/rowindex.h"
#include "core/detect/adviser.h"
#include "core/endpoint/sql/condition.h"
#include "core/endpoint/sql/sqlsession.h"
#include "core/run/matching.h"
#include "core/run/queuetarget.h"
#include "core/run/tabledetector.h"

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

constexpr qint64 keysInMemory = 4 << 20;
constexpr qint64 countingMs = 60'000;

// As the column holds it: MySQL's bits are equal to a number, and to no text of it.
QString markLiteral(SqlSession &sql, const TablePair &pair)
{
    const QString &product = sql.facts().product;
    const TableSchema &table = pair.mapping.target;
    const QString &value = pair.targetMark->deleted;
    const int index = table.columnIndex(pair.targetMark->column);
    const bool isNumber = (product == "MariaDB"_L1 || product == "MySQL"_L1) && index >= 0
        && table.columns[index].type.kind != CellKind::Text;
    bool isWhole = false;
    const qint64 number = value.toLongLong(&isWhole);
    return isNumber && isWhole ? QString::number(number) : sql.dialect().literal(value);
}

QByteArray ownGeneration(const RunContext &context) { return context.generation.toHex(); }

QString whyNot(const ChangeLogState &state)
{
    switch (state.kind) {
    case ChangeLogState::Kind::Impossible:
        return u"log-impossible"_s;
    case ChangeLogState::Kind::Absent:
        return u"log-absent"_s;
    case ChangeLogState::Kind::Broken:
        return u"log-broken"_s;
    case ChangeLogState::Kind::Ready:
        break;
    }
    return {};
}

} // namespace

ChangeLog changeLogOf(const QString &jobId, const TablePair &pair)
{
    return {jobId, pair.checkpointKey.table, &pair.mapping.source,
            pair.mapping.sourceColumns().mid(0, pair.mapping.keyCount)};
}

LoggedKeys::LoggedKeys(std::shared_ptr<const RowLayout> keys)
    : m_layout(std::move(keys)), m_keys(m_layout, partitions, keysInMemory)
{ }

Result<void> LoggedKeys::take(RowReader &reader)
{
    RowBatch batch(m_layout);
    for (bool more = true; more;) {
        TRY_ASSIGN(more, reader.next(batch));
        TRY(add(batch));
    }
    return {};
}

Result<void> LoggedKeys::add(const RowBatch &keys)
{
    std::string scratch;
    for (int row = 0; row < keys.rowCount(); ++row) {
        if (const auto fault = keyFault(keys, row))
            return fail(*fault);
        const std::string_view key = keys.key(row, scratch);
        const auto partition = int(XXH3_64bits(key.data(), key.size()) % partitions);
        TRY(m_keys.append(partition, keys.chain(row)));
    }
    return {};
}

Result<void> LoggedKeys::eachKey(qint64 batchBytes, const std::function<Result<void>(const RowBatch &, int)> &take)
{
    std::string scratch;
    for (int partition = 0; partition < partitions; ++partition) {
        std::unordered_set<std::string> seen;
        TRY(m_keys.read(partition, batchBytes, [&](RowBatch &part) -> Result<void> {
            for (int row = 0; row < part.rowCount(); ++row)
                if (seen.emplace(part.key(row, scratch)).second)
                    TRY(take(part, row));
            return {};
        }));
    }
    return {};
}

Result<qint64> LoggedKeys::count(qint64 batchBytes)
{
    qint64 keys = 0;
    TRY(eachKey(batchBytes, [&keys](const RowBatch &, int) -> Result<void> {
        ++keys;
        return {};
    }));
    return keys;
}

Result<void> LoggedKeys::each(const BatchSettings &batch, const std::function<Result<void>(const RowBatch &)> &tell)
{
    RowBatch keys(m_layout);
    TRY(eachKey(batch.bytes, [&](const RowBatch &part, int row) -> Result<void> {
        keys.appendRow(part, row);
        if (keys.rowCount() < batch.rows)
            return {};
        TRY(tell(keys));
        keys.clear();
        return {};
    }));
    return keys.isEmpty() ? Result<void>() : tell(keys);
}

Result<void> LoggedKeys::resolve(KeyResolver &resolver, const BatchSettings &batch)
{
    return each(batch, [&resolver](const RowBatch &keys) { return resolver.resolve(keys, allRows(keys)); });
}

LogFound judgeLog(const ChangeLogState &state, std::optional<ChangeLogReading> reading,
                  const std::optional<Watermark> &position, const RunContext &context)
{
    LogFound found;
    found.whyWhole = whyNot(state);
    if (!reading || !found.whyWhole.isEmpty())
        return found;
    found.reading = std::move(reading);
    const ChangeLogReading &log = *found.reading;
    const QByteArray own = ownGeneration(context);
    const QString doubt = log.doubt.isEmpty() ? state.reason : log.doubt;
    const QByteArray known = position ? position->cursor.value_or(QByteArray()) : QByteArray();
    // Of this run's own generation: an earlier attempt has applied it, and purged nothing yet.
    const bool goesOn = known == log.generation || (known == own && !own.isEmpty());
    if (position && !doubt.isEmpty())
        found.whyWhole = u"log-"_s + doubt;
    else if (position && !goesOn)
        found.whyWhole = known.isEmpty() ? u"log-new"_s : u"log-generation"_s;
    else if (position)
        found.trusted = known;
    if (context.run.isEmpty()) {
        if (doubt.isEmpty())
            found.position = log.generation;
        return found;
    }
    const bool isQuiet = found.trusted && *found.trusted == log.generation && log.entries == 0;
    found.position = isQuiet ? *found.trusted : own;
    found.toPurge = !isQuiet;
    return found;
}

Result<void> purgeAppliedLog(const RunContext &context, const TablePair &pair, const Detected &detected)
{
    if (!detected.log.toPurge)
        return {};
    TRY_ASSIGN(const std::unique_ptr<Session> session,
               context.connector.open(context.job.source, OpenOptions{true, &context.cancellation}));
    return session->purgeChangeLog(changeLogOf(context.job.id, pair), *detected.log.reading, detected.log.position);
}

Result<void> DeleteCounter::take(const RowBatch &source, const RowBatch &target, std::span<const RowDecision> decisions)
{
    m_deletes += std::count_if(decisions.begin(), decisions.end(),
                               [](const RowDecision &decision) { return decision.decision == Decision::DeleteTarget; });
    return m_next.take(source, target, decisions);
}

bool DeleteCounter::restart()
{
    m_deletes = 0;
    return m_next.restart();
}

Result<qint64> rowsForGuard(Session &target, const TablePair &pair, qint64 deletes)
{
    const double percent = std::max(pair.settings.guard.percent, 0.01);
    CountLimits limits;
    limits.rows = deletes + 1 + qint64(double(deletes) * 100 / percent);
    limits.milliseconds = countingMs;
    QString where = pair.settings.whereTarget;
    if (SqlSession *sql = target.asSql(); sql != nullptr && pair.targetMark) {
        const QString mark = sql->dialect().quote(pair.targetMark->column);
        const QString unmarked = QStringLiteral("(%1 IS NULL OR %1 <> %2)").arg(mark, markLiteral(*sql, pair));
        where = where.isEmpty() ? unmarked : enclosed(where) + QStringLiteral(" AND ") + unmarked;
    }
    TRY_ASSIGN(const RowCount count, countRows(target, pair.mapping.target.name, where, limits));
    if (count.exact)
        return count.rows;
    // Enough for the guard; people are told about how many there are.
    TRY_ASSIGN(const qint64 estimate, target.estimateRows(pair.mapping.target.name));
    return std::max(count.rows, estimate);
}

// A message queue has the source's tables.
static Result<std::unique_ptr<Session>> openTarget(const JobSettings &job, Connector &connector,
                                                   const OpenOptions &options, std::optional<Publishing> &publishing)
{
    auto *const opener = dynamic_cast<QueueOpener *>(&connector);
    if (!isQueue(job.target.driver) || opener == nullptr)
        return connector.open(job.target, options);
    publishing.emplace(job, connector, *opener, nullptr, nullptr);
    TRY_ASSIGN(auto source, connector.open(job.source, OpenOptions{false, options.cancellation}));
    return std::unique_ptr<Session>(
        std::make_unique<QueueTarget>(*publishing, std::move(source), options.cancellation));
}

Result<QList<TableLog>> jobLogs(const JobSettings &job, LogAction action, Connector &connector,
                                Cancellation &cancellation)
{
    const bool installs = action == LogAction::Install;
    TRY_ASSIGN(const std::unique_ptr<Session> source, connector.open(job.source, OpenOptions{installs, &cancellation}));
    const bool twoWay = job.mode == Mode::TwoWay;
    std::optional<Publishing> publishing; // outlives the target
    TRY_ASSIGN(const std::unique_ptr<Session> target,
               openTarget(job, connector, OpenOptions{installs && twoWay, &cancellation}, publishing));
    TRY_ASSIGN(const QList<MatchedTable> tables, matchTables(job, *source, *target));
    QList<TableLog> logs;
    const auto add = [&](const MatchedTable &table, JobSide side) -> Result<void> {
        TableLog row;
        row.source = side == JobSide::Source ? table.sourceName : table.targetName;
        row.side = side;
        row.error = table.error;
        Session &session = side == JobSide::Source ? *source : *target;
        const auto look = [&]() -> Result<void> {
            const TablePair pair = side == JobSide::Source ? *table.pair : mirroredPair(*table.pair);
            const ChangeLog log = changeLogOf(job.id, pair);
            row.name = log.name();
            TRY_ASSIGN(row.state, session.changeLogState(log));
            if (row.state.kind == ChangeLogState::Kind::Impossible)
                return {};
            TRY_ASSIGN(row.sql, session.changeLogSql(log));
            if (!installs || row.state.kind == ChangeLogState::Kind::Ready)
                return {};
            TRY(session.installChangeLog(log));
            TRY_ASSIGN(row.state, session.changeLogState(log));
            return {};
        };
        if (table.pair && !row.error) {
            auto done = look();
            if (!done && (done.error().endsSession() || done.error().code == ErrorCode::Cancelled))
                return fail(std::move(done).error());
            if (!done)
                row.error = std::move(done).error();
        }
        logs += row;
        return {};
    };
    for (const MatchedTable &table : tables) {
        const DetectSettings atTarget = table.settings.targetDetect.value_or(table.settings.detect);
        if (table.settings.detect.by == DetectBy::Log)
            TRY(add(table, JobSide::Source));
        if (twoWay && atTarget.by == DetectBy::Log)
            TRY(add(table, JobSide::Target));
    }
    return logs;
}

namespace {

Result<void> removeLogsAt(const ConnectionSettings &side, const JobSettings &job, Connector &connector,
                          Cancellation &cancellation)
{
    const auto isLogged = [](const JobTable &table) {
        return table.detect.by == DetectBy::Log || (table.targetDetect && table.targetDetect->by == DetectBy::Log);
    };
    const bool expected = isLogged(job.defaults) || std::any_of(job.tables.begin(), job.tables.end(), isLogged);
    if (!expected) {
        const auto reading = connector.open(side, OpenOptions{false, &cancellation});
        if (!reading || (*reading)->removeChangeLogs(job.id))
            return {};
    }
    TRY_ASSIGN(const std::unique_ptr<Session> session, connector.open(side, OpenOptions{true, &cancellation}));
    return session->removeChangeLogs(job.id);
}

} // namespace

// A job that was by log once may have left some; a side that cannot be reached keeps no other job from being removed.
Result<void> removeJobLogs(const JobSettings &job, Connector &connector, Cancellation &cancellation)
{
    TRY(removeLogsAt(job.source, job, connector, cancellation));
    return job.mode == Mode::TwoWay ? removeLogsAt(job.target, job, connector, cancellation) : Result<void>();
}

} // namespace tidemark
