// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <mutex>

#include "core/base/clock.h"
#include "core/change/changeeventwriter.h"
#include "core/endpoint/queue/queueopener.h"
#include "core/journal/journal.h"

namespace tidemark {

// Numbers for a job's changes: each greater than all before, across runs and restarts. Drawn in blocks that the journal
// remembers; never below the clock, so that a journal that came back from a backup begins no lower. Thread-safe.
class QueueSequence
{
public:
    QueueSequence(Journal *journal, const Clock *clock, QString jobId)
        : m_journal(journal), m_clock(clock), m_jobId(std::move(jobId))
    { }
    Result<quint64> next();

private:
    Journal *const m_journal;
    const Clock *const m_clock;
    const QString m_jobId;
    std::mutex m_mutex;
    quint64 m_next = 0;
    quint64 m_end = 0;
};

// Changes on their way to a broker: kept until the transaction that made them commits, then published, and the commit
// is done once the broker has confirmed all of them. One thread.
class QueueOutbox
{
public:
    void add(std::string key, std::string value, std::string id, std::string route);
    std::size_t size() const { return m_messages.size(); }
    void truncate(std::size_t size) { m_messages.resize(size); }
    Result<void> publish(Queue &queue); // all of them; what was confirmed is forgotten, also on an error

private:
    struct Message
    {
        std::string key, value, id, route;
    };
    std::vector<Message> m_messages;
};

} // namespace tidemark
