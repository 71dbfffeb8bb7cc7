// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <thread>

#include "core/base/boundedqueue.h"
#include "core/endpoint/session.h"

namespace tidemark {

// Where rows come from, one batch after the other.
class RowSource
{
public:
    virtual ~RowSource() = default;
    virtual Result<bool> next(RowBatch &batch) = 0; // swaps a filled batch in; false: the proven end
};

// Reads one side on a thread and a session of its own, ahead of the consumer by at most queueBytes.
class RowStream final : public RowSource
{
public:
    struct Settings
    {
        Connector &connector;
        ConnectionSettings connection;
        QByteArray snapshot; // of a session that stays open meanwhile; empty: one of its own
        ReadRequest request; // its table outlives the stream
        Cancellation &cancellation;
        qint64 queueBytes = 4 << 20;
        std::atomic<qint64> *bytesRead = nullptr; // adds what arrives; outlives the stream
    };

    explicit RowStream(Settings settings);
    ~RowStream() override; // stops reading and waits for the thread
    RowStream(const RowStream &) = delete;
    RowStream &operator=(const RowStream &) = delete;

    Result<bool> next(RowBatch &batch) override;
    void finish(); // after the end: waits until the session is closed, so that its locks are gone

private:
    void work();
    Result<void> readAll();
    RowBatch takeFree();

    Settings m_settings;
    Cancellation m_own;
    BoundedQueue<RowBatch> m_queue;
    std::mutex m_freeMutex;
    std::vector<RowBatch> m_free;
    Cancellation::Registration m_link;
    std::jthread m_thread; // last: starts when all else stands
};

} // namespace tidemark
