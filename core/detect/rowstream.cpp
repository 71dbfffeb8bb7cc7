// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/detect/rowstream.h"

namespace tidemark {

RowStream::RowStream(Settings settings)
    : m_settings(std::move(settings)), m_queue(m_settings.queueBytes), m_link(m_settings.cancellation.onStop([this] {
          m_own.cancel();
          m_queue.abandon();
      })),
      m_thread([this] { work(); })
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
}

void RowStream::work()
{
    if (auto done = readAll(); !done)
        m_queue.fail(std::move(done).error());
    else
        m_queue.close();
}

Result<void> RowStream::readAll()
{
    TRY_ASSIGN(const std::unique_ptr<Session> session,
               m_settings.connector.open(m_settings.connection, OpenOptions{false, &m_own}));
    TRY(session->beginRead(m_settings.snapshot));
    {
        TRY_ASSIGN(const std::unique_ptr<RowReader> reader, session->read(m_settings.request));
        for (;;) {
            if (m_settings.cancellation.waitWhilePaused() || m_settings.cancellation.isStopping())
                return fail(ErrorCode::Cancelled);
            RowBatch batch = takeFree();
            batch.reset(m_settings.request.layout);
            TRY_ASSIGN(const bool more, reader->next(batch));
            if (!batch.isEmpty()) {
                const qint64 bytes = batch.byteSize();
                if (m_settings.bytesRead != nullptr)
                    *m_settings.bytesRead += bytes;
                if (!m_queue.push(std::move(batch), bytes))
                    return fail(ErrorCode::Cancelled);
            }
            if (!more)
                break;
        }
    }
    return session->rollback();
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
