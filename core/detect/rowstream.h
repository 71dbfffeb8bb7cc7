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

// Reads one side on a thread and a session of its own, ahead of the consumer by at most queueBytes; or on demand, where
// the connector is ReadsOnDemand.
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
    void finish(); // after the end: the session is closed when this returns, so that its locks are gone

private:
    // What is being read, on the one thread that reads.
    struct Reading
    {
        std::unique_ptr<Session> session;
        std::unique_ptr<RowReader> reader;
        bool ended = false;
    };
    void work();
    Result<void> readAll();
    Result<bool> readNext(Reading &reading, RowBatch &batch); // false: the end, and the batch may hold rows still
    RowBatch takeFree();

    Settings m_settings;
    Cancellation m_own;
    BoundedQueue<RowBatch> m_queue;
    std::mutex m_freeMutex;
    std::vector<RowBatch> m_free;
    Reading m_here; // on demand
    Cancellation::Registration m_link;
    const bool m_ahead;
    std::jthread m_thread; // last: starts when all else stands
};

} // namespace tidemark
