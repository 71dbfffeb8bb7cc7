// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

#include "core/base/cancellation.h"
#include "core/base/clock.h"
#include "core/config/jobsettings.h"
#include "core/endpoint/session.h"

namespace tidemark {

// So much a second, paid afterwards: whoever finds nothing owed may take a batch of any size, and what it took has to
// be worn off before the next one. In whole numbers, so that nothing is lost to rounding. Idle time earns nothing.
class RateLimit
{
public:
    explicit RateLimit(qint64 perSecond) : m_perSecond(perSecond) { }
    qint64 delayMs(qint64 nowMs); // until nothing is owed, rounded up
    void charge(qint64 amount, qint64 nowMs);

private:
    void settle(qint64 nowMs);

    qint64 m_perSecond;
    qint64 m_owed = 0; // thousandths
    qint64 m_lastMs = 0;
};

// The limits of one run (interfaces.md, `throttle`): at each side so many rows and bytes a second, read and written
// together, by all of its threads. It stands in front of the connector, so that whatever reads or writes rows obeys.
//
// Who waits, and where: a reader between two batches, a writer before its transaction begins, never inside one that is
// a batch. A transaction that is more than a batch (`table`, `run`) is long by its nature, and waits inside. What is
// owed is a batch at most, which job() makes a second's worth at most: nobody keeps a transaction idle for longer than
// it takes all who wait to have their turn. Those who are told to stop no longer wait.
class Throttle final : public Connector
{
public:
    enum class Side : quint8 { Source, Target };
    using Wait = std::function<bool(Cancellation &, qint64 ms)>; // true: told to stop

    static std::unique_ptr<Throttle> of(const JobSettings &job, Connector &connector, const Clock &clock,
                                        Cancellation &cancellation, Wait wait = {}); // null: no limit is set

    const JobSettings &job() const { return m_job; } // with batches that fit the limits
    Result<std::unique_ptr<Session>> open(const ConnectionSettings &settings, const OpenOptions &options) override;

    // For its sessions.
    void await(Side side, Cancellation &cancellation);
    void charge(Side side, qint64 rows, qint64 bytes);
    void awaitWriting(Side side, Cancellation &cancellation); // before a transaction; then it is open
    void wroteLast(); // a transaction of this thread is over
    bool waitsInTransactions() const { return m_job.transaction != TransactionScope::Batch; }

private:
    struct Limits
    {
        std::optional<RateLimit> rows, bytes;
        std::deque<quint64> queue; // of those who wait: first come, first served
        qint64 delayMs(qint64 nowMs);
    };

    Throttle(const JobSettings &job, Connector &connector, const Clock &clock, Cancellation &cancellation, Wait wait);

    JobSettings m_job;
    Connector &m_connector;
    const Clock &m_clock;
    Cancellation &m_cancellation;
    Wait m_wait;
    std::mutex m_mutex;
    Limits m_limits[2];
    quint64 m_lastTicket = 0;
    std::map<std::thread::id, int> m_writing; // transactions that are open
};

// One that takes and pays as `throttle` says; the throttle outlives it.
std::unique_ptr<Session> throttled(std::unique_ptr<Session> session, Throttle &throttle, Throttle::Side side,
                                   Cancellation &cancellation);

} // namespace tidemark
