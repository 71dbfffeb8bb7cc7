// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/tabledetector.h"

#include <algorithm>

#include "core/data/rowindex.h"
#include "core/detect/adviser.h"
#include "core/run/filteredpairs.h"
#include "core/run/firstdecision.h"
#include "core/run/keyresolver.h"
#include "core/run/uniquekey.h"

namespace tidemark {

namespace {

constexpr qint64 usPerMs = 1000;
constexpr qint64 streamBytes = 4 << 20;
// Looking up a row by its key costs about as much as comparing five in order.
constexpr qint64 leastForWhole = 10'000;
constexpr qint64 shareForWhole = 5;

// A table that is not there yet.
class NoRows final : public RowSource
{
public:
    Result<bool> next(RowBatch &) override { return false; }
};

} // namespace

Result<Session *> TableDetector::source()
{
    if (!m_source) {
        const RunContext &context = m_s.context;
        TRY_ASSIGN(m_source, context.connector.open(context.job.source, OpenOptions{false, &m_reading}));
        const ChangeLog log = changeLogOf(context.job.id, m_s.pair);
        if (readsLog() && context.snapshot.isEmpty()) {
            TRY_ASSIGN(m_log, m_source->changeLogState(log));
        }
        TRY(m_source->beginRead(context.snapshot));
        if (readsLog() && !context.snapshot.isEmpty()) {
            TRY_ASSIGN(m_log, m_source->changeLogState(log));
        }
    }
    return m_source.get();
}

Result<Session *> TableDetector::target()
{
    // No transaction: a picture by key is read as it is now, and nothing is kept from being written.
    if (!m_target) {
        TRY_ASSIGN(m_target, m_s.context.connector.open(m_s.context.job.target, OpenOptions{false, &m_reading}));
    }
    return m_target.get();
}

Result<Detected> TableDetector::run(DecisionSink &sink)
{
    m_startedMs = m_s.context.clock.steadyMs();
    DeleteCounter counter(sink);
    FilteredPairs pairs(
        m_s.pair, m_s.context.job.batch, [this] { return source(); }, [this] { return target(); }, counter);
    const bool isTwoWay = m_s.context.job.mode == Mode::TwoWay; // verified
    LeftFilterSink filtered(
        m_s.pair, m_s.context.job.batch, [this] { return source(); },
        isTwoWay ? static_cast<DecisionSink &>(pairs) : counter);
    m_merges = m_s.pair.mapping.ordered();
    auto found = find(filtered);
    if (!found && m_merges && isBrokenOrder(found.error()) && filtered.restart()) {
        m_merges = false;
        found = find(filtered);
    }
    if (!found)
        return fail(std::move(found).error());
    if (m_found.targetRows < 0 && counter.deletes() > 0) {
        TRY_ASSIGN(m_found.targetRows, guardedRows(counter.deletes()));
    }
    TRY(checkSchema());
    return std::move(m_found);
}

Result<qint64> TableDetector::guardedRows(qint64 deletes)
{
    if (!isQueue(m_s.context.job.target.driver)) {
        TRY_ASSIGN(Session * to, target());
        return rowsForGuard(*to, m_s.pair, deletes);
    }
    // What a queue's consumers have, the source had before.
    TRY_ASSIGN(Session * from, source());
    CountLimits limits;
    limits.rows = deletes * 1000;
    TRY_ASSIGN(const RowCount left, countRows(*from, m_s.pair.mapping.source.name, {}, limits));
    return left.rows + deletes;
}

// By the job's detection; all of it begins again where a key order turns out not to be one.
Result<void> TableDetector::find(DecisionSink &filtered)
{
    m_found = {};
    const DetectSettings &detect = m_s.pair.settings.detect;
    if (m_s.position)
        m_found.position = *m_s.position;
    if (m_s.retriesOnly)
        return retrySet(filtered);
    const bool isCursor = tidemark::isCursor(detect);
    const bool rowVersions = detect.by == DetectBy::Version && detect.scope == VersionScope::Row;
    const bool flags = detect.by == DetectBy::Flag && !m_s.hashOnly;
    if (readsLog())
        TRY(readLog());
    const bool isRound = m_s.context.round != nullptr; // of messages: it never holds all of a table
    const bool full = !isRound
        && (m_s.hashOnly || detect.by == DetectBy::Hash || !m_s.position || (readsLog() && !m_found.log.trusted));
    const bool keys = !full && !readsLog() && (rowVersions || (m_s.pair.propagatesDeletes() && keyCompareIsDue()));
    FirstDecision once(filtered);
    once.beginStage(full && !flags);
    if (full) {
        if (isCursor && !m_s.hashOnly)
            TRY(topCursor());
        if (readsLog() && m_logged->entries() > 0 && isQueue(m_s.context.job.target.driver)) {
            // What consumers have is not compared: what is gone is told by the log alone.
            once.beginStage(false);
            TRY(loggedRows(once));
            once.beginStage(!flags);
        }
        TRY(fullCompare(once));
    } else {
        if (!isRound) // whose messages come again by themselves
            TRY(retrySet(once));
        once.beginStage(!keys);
        if (isCursor)
            TRY(incremental(once));
        if (readsLog())
            TRY(loggedRows(once));
        once.beginStage(!flags);
        if (keys)
            TRY(narrowCompare(once, rowVersions));
    }
    once.beginStage(true);
    if (flags)
        TRY(flaggedRows(once));
    if (m_found.deletesChecked)
        m_found.position.keyComparedUs = m_s.context.bound.serverNowUs;
    // Detections without a cursor keep a position all the same: it says that a complete compare was applied.
    if (!isCursor && !m_s.hashOnly)
        m_found.position.cursor = m_found.log.position;
    return {};
}

// All that the log shows, before any row is read: a full compare, too, covers what is purged after it.
Result<void> TableDetector::readLog()
{
    TRY_ASSIGN(Session * from, source());
    std::optional<ChangeLogReading> reading;
    m_logged = std::make_unique<LoggedKeys>(m_s.pair.keyLayout);
    if (m_log.kind == ChangeLogState::Kind::Ready) {
        ReadRequest request = m_s.pair.keysOf(m_s.pair.readSource(m_s.context.job.batch));
        request.where.clear();
        request.order = ReadRequest::Order::None;
        reading.emplace();
        reading->seal = m_log.seal;
        TRY_ASSIGN(const std::unique_ptr<RowReader> reader,
                   from->readChangeLog(changeLogOf(m_s.context.job.id, m_s.pair), request, *reading));
        TRY(m_s.context.round != nullptr ? reader->next(m_roundKeys).map([](bool) {}) : m_logged->take(*reader));
    }
    if (m_s.context.round != nullptr) {
        const QByteArray known = m_s.position ? m_s.position->cursor.value_or(QByteArray()) : QByteArray();
        m_found.log.position = reading->entries > 0 ? m_s.context.generation.toHex() : known;
        return {};
    }
    m_found.log = judgeLog(m_log, std::move(reading), m_s.position, m_s.context);
    const bool seesDeletes = !isQueue(m_s.context.job.target.driver); // a reading of the whole table
    if (!m_found.log.trusted || !seesDeletes || m_logged->entries() < leastForWhole)
        return {};
    TRY_ASSIGN(const qint64 rows, from->estimateRows(m_s.pair.mapping.source.name));
    if (rows < 0 || m_logged->entries() <= rows / shareForWhole)
        return {};
    TRY_ASSIGN(const qint64 keys, m_logged->count(m_s.context.job.batch.bytes));
    if (keys <= rows / shareForWhole)
        return {};
    m_found.log.trusted.reset();
    m_found.log.whyWhole = QStringLiteral("log-long");
    return {};
}

Result<void> TableDetector::loggedRows(DecisionSink &sink)
{
    TRY_ASSIGN(Session * from, source());
    TRY_ASSIGN(Session * to, target());
    KeyResolver resolver(m_s.pair, m_s.context.job.batch, *from, *to, sink);
    TRY(m_s.context.round != nullptr ? resolver.resolve(m_roundKeys, allRows(m_roundKeys))
                                     : m_logged->resolve(resolver, m_s.context.job.batch));
    m_found.counts.sourceRows += resolver.counts().sourceRows;
    m_found.deletesChecked = m_s.pair.propagatesDeletes();
    tell(m_found.counts);
    return {};
}

// A column added, dropped or retyped while the table was read: what was read may mean something else by now.
Result<void> TableDetector::checkSchema()
{
    const bool quick = m_s.context.clock.steadyMs() - m_startedMs < 1000; // matched a moment ago
    if (quick || m_s.sourceToken.isEmpty())
        return m_source ? m_source->rollback() : Result<void>();
    TRY_ASSIGN(Session * session, source());
    TRY(session->rollback());
    TRY_ASSIGN(const QByteArray now, session->schemaToken(m_s.pair.mapping.source.name));
    if (now != m_s.sourceToken)
        return fail(Error{ErrorCode::SchemaChanged, {{Fact::Table, m_s.pair.sourceName()}}, {}});
    return {};
}

CursorLimit TableDetector::cursorLimit() const { return {m_s.pair.settings.detect, m_s.context.bound}; }

Result<void> TableDetector::topCursor()
{
    TRY_ASSIGN(Session * session, source());
    const TablePair &pair = m_s.pair;
    TRY_ASSIGN(const auto top,
               tidemark::topCursor(*session, pair.keysOf(pair.readSource(m_s.context.job.batch)), pair.settings.detect,
                                   cursorLimit()));
    if (top)
        m_found.position.cursor = *top;
    return {};
}

Result<CompareCounts> TableDetector::compareStreams(const ReadRequest &source, const ReadRequest &target,
                                                    const OneWayRules &rules, DecisionSink &sink,
                                                    const CompareProgress &progress)
{
    const RunContext &context = m_s.context;
    const auto stream = [&](const ConnectionSettings &side, const ReadRequest &request, const QByteArray &snapshot) {
        return RowStream::Settings{context.connector,    side,        snapshot,    request,
                                   context.cancellation, streamBytes, &m_bytesRead};
    };
    ReadRequest sourceRequest = source;
    ReadRequest targetRequest = target;
    if (!m_merges)
        sourceRequest.order = targetRequest.order = ReadRequest::Order::None;
    RowStream sourceRows(stream(context.job.source, sourceRequest, context.snapshot));
    std::unique_ptr<RowSource> targetRows;
    if (m_s.pair.createTarget)
        targetRows = std::make_unique<NoRows>();
    else
        targetRows = std::make_unique<RowStream>(stream(context.job.target, targetRequest, {}));
    return m_merges ? orderedMerge(sourceRows, *targetRows, source.layout, rules, sink, progress)
                    : hashJoin(sourceRows, *targetRows, source.layout, rules, sink, progress, keyIsUnique(m_s.pair));
}

Result<void> TableDetector::fullCompare(DecisionSink &sink)
{
    const TablePair &pair = m_s.pair;
    const BatchSettings &batch = m_s.context.job.batch;
    TRY_ASSIGN(m_found.counts,
               compareStreams(pair.readSource(batch), pair.readTarget(batch), OneWayRules{pair.propagatesDeletes()},
                              sink, [this](const CompareCounts &counts) { tell(counts); }));
    m_found.complete = true;
    m_found.deletesChecked = pair.propagatesDeletes();
    if (!isQueue(m_s.context.job.target.driver)) // which reads as empty
        m_found.targetRows = m_found.counts.targetRows;
    return {};
}

Result<void> TableDetector::retrySet(DecisionSink &sink)
{
    if (m_s.retries.isEmpty())
        return {};
    RowBatch keys(m_s.pair.keyLayout);
    for (const RetryKey &retry : m_s.retries) {
        if (keys.appendChain({retry.key.constData(), std::size_t(retry.key.size())}))
            m_found.retriesRead += retry.key;
    }
    std::vector<int> all(std::size_t(keys.rowCount()));
    for (std::size_t i = 0; i < all.size(); ++i)
        all[i] = int(i);
    TRY_ASSIGN(Session * from, source());
    TRY_ASSIGN(Session * to, target());
    KeyResolver resolver(m_s.pair, m_s.context.job.batch, *from, *to, sink);
    TRY(resolver.resolve(keys, all));
    m_found.counts.sourceRows += resolver.counts().sourceRows;
    return {};
}

Result<void> TableDetector::readChanges(const ReadRequest &request, DecisionSink &sink, bool cursors)
{
    TRY_ASSIGN(Session * from, source());
    TRY_ASSIGN(Session * to, target());
    TRY_ASSIGN(const std::unique_ptr<RowReader> reader, from->read(request));
    KeyResolver resolver(m_s.pair, m_s.context.job.batch, *from, *to, sink);
    const CursorLimit limit = cursorLimit();
    RowBatch batch(request.layout);
    RowBatch rows(m_s.pair.layout);
    const qint64 before = m_found.counts.sourceRows;
    for (bool more = true; more;) {
        if (m_s.context.cancellation.waitWhilePaused() || m_s.context.cancellation.isStopping())
            return fail(ErrorCode::Cancelled);
        TRY_ASSIGN(more, reader->next(batch));
        m_bytesRead += batch.byteSize();
        rows.clear();
        for (int row = 0; row < batch.rowCount(); ++row) {
            rows.appendRow(batch, row);
            if (m_found.flagged)
                TRY(m_found.flagged->append(0, rows.chain(row), batch.fault(row) != nullptr));
        }
        TRY(resolver.resolveRows(rows));
        m_found.counts.sourceRows = before + resolver.counts().sourceRows;
        tell(m_found.counts);
        for (int row = batch.rowCount() - 1; cursors && row >= 0; --row) {
            const QByteArray cursor = cursorOf(batch, row, request.cursorCell);
            if (!limit.admits(cursor))
                continue;
            m_found.position.cursor = cursor;
            m_s.advanced(m_found.position);
            break;
        }
    }
    return {};
}

// A row that was marked as deleted has changed, too, and is found by its cursor or flag; what it is at both sides then
// decides. Read to the end before the first is looked up on the same connection.
Result<void> TableDetector::markedChanges(ReadRequest request, DecisionSink &sink)
{
    if (!request.marks)
        return {};
    request.marks->rows = MarkFilter::Rows::Marked;
    TRY_ASSIGN(Session * from, source());
    TRY_ASSIGN(Session * to, target());
    LoggedKeys marked(m_s.pair.keyLayout);
    {
        TRY_ASSIGN(const std::unique_ptr<RowReader> reader, from->read(request));
        RowBatch batch(request.layout);
        RowBatch rows(m_s.pair.layout);
        for (bool more = true; more;) {
            if (m_s.context.cancellation.waitWhilePaused() || m_s.context.cancellation.isStopping())
                return fail(ErrorCode::Cancelled);
            TRY_ASSIGN(more, reader->next(batch));
            m_bytesRead += batch.byteSize();
            rows.clear();
            RowBatch keys(m_s.pair.keyLayout);
            for (int row = 0; row < batch.rowCount(); ++row) {
                rows.appendRow(batch, row);
                m_s.pair.appendKey(batch, row, keys);
                if (m_found.flagged)
                    TRY(m_found.flagged->append(0, rows.chain(row), batch.fault(row) != nullptr));
            }
            TRY(marked.add(keys));
        }
    }
    KeyResolver resolver(m_s.pair, m_s.context.job.batch, *from, *to, sink);
    TRY(marked.resolve(resolver, m_s.context.job.batch));
    m_found.counts.sourceRows += marked.entries();
    return {};
}

Result<void> TableDetector::incremental(DecisionSink &sink)
{
    const TablePair &pair = m_s.pair;
    const DetectSettings &detect = pair.settings.detect;
    ReadRequest request = withCursor(pair.readSource(m_s.context.job.batch), pair.mapping.source, detect.column);
    request.order = ReadRequest::Order::Cursor;
    request.cursorFrom = cursorFrom(detect, m_s.position->cursor);
    TRY(markedChanges(request, sink));
    return readChanges(request, sink, true);
}

Result<void> TableDetector::flaggedRows(DecisionSink &sink)
{
    const TablePair &pair = m_s.pair;
    ReadRequest request = pair.readSource(m_s.context.job.batch);
    request.order = ReadRequest::Order::None;
    request.flagColumn = pair.settings.detect.column;
    request.flagValue = pair.settings.detect.pending;
    m_found.flagged = std::make_unique<SpillFile>(pair.layout, 1, 4 << 20);
    TRY(markedChanges(request, sink));
    return readChanges(request, sink, false);
}

int TableDetector::versionCell() const
{
    const TableMapping &mapping = m_s.pair.mapping;
    for (int cell = 0; cell < mapping.comparedCount; ++cell) {
        if (mapping.source.columns[mapping.columns[cell].source].name == m_s.pair.settings.detect.column)
            return cell;
    }
    return -1;
}

// Compares the keys of both sides (or keys and versions), complete and without error, and resolves what differs by
// whole rows.
Result<void> TableDetector::narrowCompare(DecisionSink &sink, bool withVersion)
{
    const TablePair &pair = m_s.pair;
    const BatchSettings &batch = m_s.context.job.batch;
    ReadRequest narrow[]{pair.keysOf(pair.readSource(batch)), pair.keysOf(pair.readTarget(batch))};
    if (withVersion) {
        const int cell = versionCell();
        if (cell < 0)
            return fail(Error{ErrorCode::NoSuchColumn,
                              {{Fact::Table, pair.targetName()}, {Fact::Column, pair.settings.detect.column}},
                              {}});
        if (cell >= pair.keyLayout->keyCount) {
            RowLayout layout = *pair.keyLayout;
            layout.cells.push_back(pair.layout->cells[std::size_t(cell)]);
            ++layout.comparedCount;
            const auto shared = std::make_shared<const RowLayout>(std::move(layout));
            const ReadRequest whole[]{pair.readSource(batch), pair.readTarget(batch)};
            for (std::size_t side = 0; side < 2; ++side) {
                narrow[side].layout = shared;
                narrow[side].columns += whole[side].columns[cell];
                narrow[side].sources.push_back(whole[side].sources[std::size_t(cell)]);
            }
        }
    }
    TRY_ASSIGN(Session * from, source());
    TRY_ASSIGN(Session * to, target());
    KeyResolver resolver(pair, batch, *from, *to, sink);
    ResolvingSink resolving(pair, batch, resolver);
    const qint64 before = m_found.counts.sourceRows;
    const auto progress = [&](const CompareCounts &counts) {
        CompareCounts sum = counts;
        sum.sourceRows += before;
        tell(sum);
    };
    TRY_ASSIGN(const CompareCounts counts,
               compareStreams(narrow[0], narrow[1], OneWayRules{pair.propagatesDeletes()}, resolving, progress));
    TRY(resolving.finish());
    m_found.counts.sourceRows = before + counts.sourceRows;
    m_found.counts.targetRows = counts.targetRows;
    m_found.counts.identical = counts.identical;
    m_found.complete = withVersion;
    m_found.deletesChecked = pair.propagatesDeletes();
    m_found.targetRows = counts.targetRows;
    return {};
}

bool TableDetector::keyCompareIsDue() const
{
    const KeyCompare &settings = m_s.pair.settings.keyCompare;
    switch (settings.when) {
    case KeyCompare::When::Always:
        return true;
    case KeyCompare::When::Every:
        return m_s.context.bound.serverNowUs - m_s.position->keyComparedUs >= settings.everyMs * usPerMs;
    case KeyCompare::When::Never:
        return false;
    }
    return true;
}

void TableDetector::tell(const CompareCounts &counts)
{
    m_s.context.progress.update(m_s.index, [&](TableProgress &progress) {
        progress.bytesRead = m_bytesRead;
        progress.rowsRead = std::max(counts.sourceRows, counts.targetRows);
        const qint64 elapsed = m_s.context.clock.steadyMs() - progress.startedMs;
        progress.rowsPerSecond = elapsed > 0 ? double(progress.rowsRead) * 1000.0 / double(elapsed) : 0;
    });
}

} // namespace tidemark
