// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/queueround.h"
#include "core/run/queuetarget.h"

namespace tidemark {

// In front of a run's connector where a side of its job is a message queue, which has no sessions of its own: those of
// the source read the round that is being consumed, those of the target publish. Databases are opened as they are.
class QueueConnector final : public Connector
{
public:
    QueueConnector(const JobSettings &job, Connector &connector, Journal &journal, const Clock &clock,
                   Cancellation &cancellation);

    Result<std::unique_ptr<Session>> open(const ConnectionSettings &settings, const OpenOptions &options) override;
    // NotAvailable where the connector knows no queues.
    Result<void> openQueue(bool consumes);
    QueueRound &round() { return m_round; }
    bool knowsQueues() const { return m_opener != nullptr; }
    QueueOpener &opener() { return *m_opener; } // of those that do

private:
    const JobSettings &m_job;
    Connector &m_connector;
    QueueOpener *const m_opener; // null: the connector knows no queues
    QueueRound m_round;
    std::optional<Publishing> m_publishing;
};

bool hasQueue(const JobSettings &job);

// The job as a run over a queue reads it. Its source a queue: detection by change log, which is what a round of
// messages looks like. Its target one: nothing is kept for an undo.
JobSettings queueJob(const JobSettings &job);

} // namespace tidemark
