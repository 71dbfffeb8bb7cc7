// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/twowaychanges.h"

#include <algorithm>

namespace tidemark {

namespace {

constexpr qint64 usPerMs = 1000;
// Looking up a row by its key costs about as much as comparing five in order.
constexpr qint64 leastForWhole = 10'000;
constexpr qint64 shareForWhole = 5;

CheckpointKey positionKey(const TablePair &toTarget, JobSide side)
{
    CheckpointKey key = toTarget.checkpointKey;
    key.side = side == JobSide::Source ? QStringLiteral("log-source") : QStringLiteral("log-target");
    return key;
}

} // namespace

TwoWayChanges::TwoWayChanges(const RunContext &context, const TablePair &toTarget, const TablePair &toSource)
    : m_context(context),
      m_toTarget(toTarget), m_sides{
                                Side{toTarget, context.job.source, true, positionKey(toTarget, JobSide::Source), {}},
                                Side{toSource, context.job.target, false, positionKey(toTarget, JobSide::Target), {}}}
{ }

bool TwoWayChanges::hasLogs() const
{
    return std::any_of(m_sides.begin(), m_sides.end(),
                       [](const Side &side) { return side.detect().by == DetectBy::Log; });
}

// The journal keeps it; another mapping, filter or way to detect makes it void.
Result<std::optional<Watermark>> TwoWayChanges::knownPosition(const Side &side) const
{
    TRY_ASSIGN(const auto known, m_context.journal.checkpoint(side.key));
    if (!known || known->readDigest != m_toTarget.readDigest || known->mappingDigest != m_toTarget.mappingDigest)
        return std::nullopt;
    return Watermark::fromBytes(known->watermark);
}

Result<void> TwoWayChanges::read(bool baseIsTrusted)
{
    m_keys = std::make_unique<LoggedKeys>(m_toTarget.keyLayout);
    m_trusted = baseIsTrusted && !m_context.options.full;
    m_keysCompared = false;
    m_whyWhole.clear();
    bool allLogged = true;
    for (Side &side : m_sides) {
        const bool logged = side.detect().by == DetectBy::Log;
        allLogged = allLogged && logged;
        TRY_ASSIGN(side.known, knownPosition(side));
        TRY(logged ? readLog(side) : readCursor(side));
        m_trusted = m_trusted && (logged ? side.found.trusted.has_value() : side.known.has_value());
        if (m_whyWhole.isEmpty())
            m_whyWhole = side.found.whyWhole;
    }
    if (m_trusted)
        TRY(judgeLength());
    m_wantsKeys = !allLogged && m_toTarget.propagatesDeletes() && keyCompareIsDue();
    m_seesDeletes = allLogged || m_wantsKeys;
    return {};
}

// In the snapshot that the rows are compared in, where there is one: what is committed after it is neither compared nor
// behind the position.
Result<void> TwoWayChanges::readLog(Side &side)
{
    const QByteArray snapshot = snapshotOf(side);
    TRY_ASSIGN(const std::unique_ptr<Session> session,
               m_context.connector.open(side.connection, OpenOptions{false, &m_context.cancellation}));
    const ChangeLog log = changeLogOf(m_context.job.id, side.pair);
    ChangeLogState state;
    if (snapshot.isEmpty()) {
        TRY_ASSIGN(state, session->changeLogState(log));
    }
    TRY(session->beginRead(snapshot));
    if (!snapshot.isEmpty()) {
        TRY_ASSIGN(state, session->changeLogState(log));
    }
    std::optional<ChangeLogReading> reading;
    if (state.kind == ChangeLogState::Kind::Ready) {
        ReadRequest request = side.pair.keysOf(side.pair.readSource(m_context.job.batch));
        request.where.clear();
        request.order = ReadRequest::Order::None;
        reading.emplace();
        reading->seal = state.seal;
        TRY_ASSIGN(const std::unique_ptr<RowReader> reader, session->readChangeLog(log, request, *reading));
        TRY(m_keys->take(*reader));
    }
    side.found = judgeLog(state, std::move(reading), side.known, m_context);
    return session->rollback();
}

// The bound before the snapshot: what was open then, and is stamped earlier, is read by the next run.
Result<void> TwoWayChanges::readCursor(Side &side)
{
    const QByteArray snapshot = snapshotOf(side);
    TRY_ASSIGN(const std::unique_ptr<Session> session,
               m_context.connector.open(side.connection, OpenOptions{false, &m_context.cancellation}));
    CommitBound bound = m_context.bound;
    if (snapshot.isEmpty()) {
        TRY_ASSIGN(bound, session->commitBound());
    }
    TRY(session->beginRead(snapshot));
    const CursorLimit limit(side.detect(), bound);
    side.position = side.known.value_or(Watermark{});
    if (m_trusted && side.known) {
        TRY(readStamped(side, *session, limit));
    } else {
        ReadRequest request = side.pair.keysOf(side.pair.readSource(m_context.job.batch));
        request.where.clear();
        request.marks.reset();
        TRY_ASSIGN(side.position->cursor, topCursor(*session, request, side.detect(), limit));
    }
    return session->rollback();
}

// Rows outside the filter and marked ones, too: one that left either has changed, and is looked at by its key.
Result<void> TwoWayChanges::readStamped(Side &side, Session &session, const CursorLimit &limit)
{
    ReadRequest request = withCursor(side.pair.keysOf(side.pair.readSource(m_context.job.batch)),
                                     side.pair.mapping.source, side.detect().column);
    request.where.clear();
    request.marks.reset();
    request.order = ReadRequest::Order::Cursor;
    request.cursorFrom = cursorFrom(side.detect(), side.known->cursor);
    TRY_ASSIGN(const std::unique_ptr<RowReader> reader, session.read(request));
    RowBatch batch(request.layout);
    RowBatch keys(m_toTarget.keyLayout);
    for (bool more = true; more;) {
        if (m_context.cancellation.waitWhilePaused() || m_context.cancellation.isStopping())
            return fail(ErrorCode::Cancelled);
        TRY_ASSIGN(more, reader->next(batch));
        keys.clear();
        for (int row = 0; row < batch.rowCount(); ++row) {
            side.pair.appendKey(batch, row, keys);
            QByteArray cursor = cursorOf(batch, row, request.cursorCell);
            if (limit.admits(cursor))
                side.position->cursor = std::move(cursor);
        }
        TRY(m_keys->add(keys));
    }
    return {};
}

bool TwoWayChanges::keyCompareIsDue() const
{
    const KeyCompare &settings = m_toTarget.settings.keyCompare;
    switch (settings.when) {
    case KeyCompare::When::Always:
        return true;
    case KeyCompare::When::Every:
        return std::any_of(m_sides.begin(), m_sides.end(), [&](const Side &side) {
            return side.detect().by != DetectBy::Log
                && (!side.known
                    || m_context.bound.serverNowUs - side.known->keyComparedUs >= settings.everyMs * usPerMs);
        });
    case KeyCompare::When::Never:
        return false;
    }
    return true;
}

Result<void> TwoWayChanges::judgeLength()
{
    if (m_keys->entries() < leastForWhole)
        return {};
    TRY_ASSIGN(const std::unique_ptr<Session> session,
               m_context.connector.open(m_context.job.source, OpenOptions{false, &m_context.cancellation}));
    TRY_ASSIGN(const qint64 rows, session->estimateRows(m_toTarget.mapping.source.name));
    TRY_ASSIGN(const qint64 keys, m_keys->count(m_context.job.batch.bytes));
    if (rows < 0 || keys <= rows / shareForWhole)
        return {};
    m_trusted = false;
    m_whyWhole = hasLogs() ? QStringLiteral("log-long") : QString();
    return {};
}

Result<void> TwoWayChanges::settle()
{
    for (Side &side : m_sides) {
        const bool logged = side.detect().by == DetectBy::Log;
        if (logged ? !side.found.toPurge : !side.position)
            continue;
        Watermark watermark;
        if (logged)
            watermark.cursor = side.found.position;
        else
            watermark = *std::exchange(side.position, {});
        if (m_keysCompared)
            watermark.keyComparedUs = m_context.bound.serverNowUs;
        Checkpoint position;
        position.key = side.key;
        position.watermark = watermark.toBytes();
        position.mappingDigest = m_toTarget.mappingDigest;
        position.readDigest = m_toTarget.readDigest;
        position.generation = m_context.generation;
        position.journalId = m_context.journal.id();
        TRY(m_context.journal.saveCheckpoint(position));
        if (!logged)
            continue;
        TRY_ASSIGN(const std::unique_ptr<Session> session,
                   m_context.connector.open(side.connection, OpenOptions{true, &m_context.cancellation}));
        TRY(session->purgeChangeLog(changeLogOf(m_context.job.id, side.pair), *side.found.reading,
                                    side.found.position));
        side.found.toPurge = false;
    }
    return {};
}

} // namespace tidemark
