// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/detect/rowstream.h"

#include "core/endpoint/readsondemand.h"

namespace tidemark {

namespace {

bool readsAhead(const Connector &connector)
{
    const auto *const demand = dynamic_cast<const ReadsOnDemand *>(&connector);
    return demand == nullptr || !demand->readsOnDemand();
}

} // namespace

RowStream::RowStream(Settings settings)
    : m_settings(std::move(settings)), m_queue(m_settings.queueBytes), m_link(m_settings.cancellation.onStop([this] {
          m_own.cancel();
          m_queue.abandon();
      })),
      m_ahead(readsAhead(m_settings.connector)), m_thread(m_ahead ? std::jthread([this] { work(); }) : std::jthread())
{ }

RowStream::~RowStream()
{
    m_queue.abandon();
    if (m_thread.joinable()) {
        m_own.cancel();
        m_thread.join();
    }
}

Result<bool> RowStream::next(RowBatch &batch)
{
    if (!m_ahead) {
        batch.reset(m_settings.request.layout);
        while (!m_here.ended && batch.isEmpty())
            TRY(readNext(m_here, batch));
        return !batch.isEmpty();
    }
    TRY_ASSIGN(std::optional<RowBatch> filled, m_queue.pop());
    if (!filled)
        return false;
    std::swap(batch, *filled);
    const std::scoped_lock lock(m_freeMutex);
    m_free.push_back(std::move(*filled));
    return true;
}

void RowStream::finish()
{
    if (m_thread.joinable())
        m_thread.join();
    m_here.reader.reset();
    m_here.session.reset();
}

void RowStream::work()
{
    if (auto done = readAll(); !done)
        m_queue.fail(std::move(done).error());
    else
        m_queue.close();
}

Result<bool> RowStream::readNext(Reading &reading, RowBatch &batch)
{
    if (m_settings.cancellation.waitWhilePaused() || m_settings.cancellation.isStopping())
        return fail(ErrorCode::Cancelled);
    if (!reading.session) {
        TRY_ASSIGN(reading.session, m_settings.connector.open(m_settings.connection, OpenOptions{false, &m_own}));
        TRY(reading.session->beginRead(m_settings.snapshot));
        TRY_ASSIGN(reading.reader, reading.session->read(m_settings.request));
    }
    TRY_ASSIGN(const bool more, reading.reader->next(batch));
    if (m_settings.bytesRead != nullptr)
        *m_settings.bytesRead += batch.byteSize();
    if (more)
        return true;
    reading.ended = true;
    reading.reader.reset();
    TRY(reading.session->rollback());
    reading.session.reset();
    return false;
}

Result<void> RowStream::readAll()
{
    Reading reading;
    for (bool more = true; more;) {
        RowBatch batch = takeFree();
        batch.reset(m_settings.request.layout);
        TRY_ASSIGN(more, readNext(reading, batch));
        const qint64 bytes = batch.byteSize();
        if (!batch.isEmpty() && !m_queue.push(std::move(batch), bytes))
            return fail(ErrorCode::Cancelled);
    }
    return {};
}

RowBatch RowStream::takeFree()
{
    const std::scoped_lock lock(m_freeMutex);
    if (m_free.empty())
        return {};
    RowBatch batch = std::move(m_free.back());
    m_free.pop_back();
    return batch;
}

} // namespace tidemark
