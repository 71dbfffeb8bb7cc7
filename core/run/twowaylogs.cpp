// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/twowaylogs.h"

namespace tidemark {

namespace {

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

TwoWayLogs::TwoWayLogs(const RunContext &context, const TablePair &toTarget, const TablePair &toSource)
    : m_context(context),
      m_toTarget(toTarget), m_sides{Side{toTarget, context.job.source, context.snapshot,
                                         positionKey(toTarget, JobSide::Source)},
                                    Side{toSource, context.job.target, {}, positionKey(toTarget, JobSide::Target)}}
{ }

// The journal keeps it; another mapping, filter or way to detect makes it void.
Result<std::optional<Watermark>> TwoWayLogs::position(const Side &side) const
{
    TRY_ASSIGN(const auto known, m_context.journal.checkpoint(side.position));
    if (!known || known->readDigest != m_toTarget.readDigest || known->mappingDigest != m_toTarget.mappingDigest)
        return std::nullopt;
    return Watermark::fromBytes(known->watermark);
}

Result<void> TwoWayLogs::read(bool baseIsTrusted)
{
    m_keys = std::make_unique<LoggedKeys>(m_toTarget.keyLayout);
    m_trusted = baseIsTrusted && !m_context.options.full;
    m_whyWhole.clear();
    for (Side &side : m_sides) {
        TRY(readSide(side));
        m_trusted = m_trusted && side.found.trusted;
        if (m_whyWhole.isEmpty())
            m_whyWhole = side.found.whyWhole;
    }
    return m_trusted ? judgeLength() : Result<void>();
}

Result<void> TwoWayLogs::readSide(Side &side)
{
    TRY_ASSIGN(const std::unique_ptr<Session> session,
               m_context.connector.open(side.connection, OpenOptions{false, &m_context.cancellation}));
    const ChangeLog log = changeLogOf(m_context.job.id, side.pair);
    ChangeLogState state;
    if (side.snapshot.isEmpty()) {
        TRY_ASSIGN(state, session->changeLogState(log));
    }
    TRY(session->beginRead(side.snapshot));
    if (!side.snapshot.isEmpty()) {
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
    TRY_ASSIGN(const auto known, position(side));
    side.found = judgeLog(state, std::move(reading), known, m_context);
    return session->rollback();
}

Result<void> TwoWayLogs::judgeLength()
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
    m_whyWhole = QStringLiteral("log-long");
    return {};
}

Result<void> TwoWayLogs::settle()
{
    for (Side &side : m_sides) {
        if (!side.found.toPurge)
            continue;
        Checkpoint position;
        position.key = side.position;
        Watermark watermark;
        watermark.cursor = side.found.position;
        position.watermark = watermark.toBytes();
        position.mappingDigest = m_toTarget.mappingDigest;
        position.readDigest = m_toTarget.readDigest;
        position.generation = m_context.generation;
        position.journalId = m_context.journal.id();
        TRY(m_context.journal.saveCheckpoint(position));
        TRY_ASSIGN(const std::unique_ptr<Session> session,
                   m_context.connector.open(side.connection, OpenOptions{true, &m_context.cancellation}));
        TRY(session->purgeChangeLog(changeLogOf(m_context.job.id, side.pair), *side.found.reading,
                                    side.found.position));
        side.found.toPurge = false;
    }
    return {};
}

} // namespace tidemark
