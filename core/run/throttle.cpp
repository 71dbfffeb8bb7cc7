// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/throttle.h"

#include <algorithm>
#include <chrono>

namespace tidemark {

void RateLimit::settle(qint64 nowMs)
{
    // What is owed is worn off long before this product could overflow.
    const qint64 most = m_owed / m_perSecond + 1;
    const qint64 passed = std::clamp<qint64>(nowMs - m_lastMs, 0, most);
    m_owed = std::max<qint64>(0, m_owed - passed * m_perSecond);
    m_lastMs = std::max(m_lastMs, nowMs);
}

qint64 RateLimit::delayMs(qint64 nowMs)
{
    settle(nowMs);
    return (m_owed + m_perSecond - 1) / m_perSecond;
}

void RateLimit::charge(qint64 amount, qint64 nowMs)
{
    settle(nowMs);
    m_owed += amount * 1000;
}

std::unique_ptr<Throttle> Throttle::of(const JobSettings &job, Connector &connector, const Clock &clock,
                                       Cancellation &cancellation, Wait wait)
{
    if (!job.throttle.rows && !job.throttle.bytes)
        return nullptr;
    return std::unique_ptr<Throttle>(new Throttle(job, connector, clock, cancellation, std::move(wait)));
}

Throttle::Throttle(const JobSettings &job, Connector &connector, const Clock &clock, Cancellation &cancellation,
                   Wait wait)
    : m_job(job), m_connector(connector), m_clock(clock), m_cancellation(cancellation), m_wait(std::move(wait))
{
    if (!m_wait)
        m_wait = [](Cancellation &stop, qint64 ms) { return stop.wait(std::chrono::milliseconds(ms)); };
    if (job.throttle.rows)
        m_job.batch.rows = std::min(m_job.batch.rows, *job.throttle.rows);
    if (job.throttle.bytes)
        m_job.batch.bytes = std::min(m_job.batch.bytes, *job.throttle.bytes);
    for (Limits &limits : m_limits) {
        if (job.throttle.rows)
            limits.rows.emplace(*job.throttle.rows);
        if (job.throttle.bytes)
            limits.bytes.emplace(*job.throttle.bytes);
    }
}

Result<std::unique_ptr<Session>> Throttle::open(const ConnectionSettings &settings, const OpenOptions &options)
{
    TRY_ASSIGN(std::unique_ptr<Session> session, m_connector.open(settings, options));
    const Side side = settings == m_job.source ? Side::Source : Side::Target;
    Cancellation &cancellation = options.cancellation != nullptr ? *options.cancellation : m_cancellation;
    return throttled(std::move(session), *this, side, cancellation);
}

qint64 Throttle::Limits::delayMs(qint64 nowMs)
{
    return std::max(rows ? rows->delayMs(nowMs) : 0, bytes ? bytes->delayMs(nowMs) : 0);
}

void Throttle::await(Side side, Cancellation &cancellation)
{
    std::unique_lock lock(m_mutex);
    Limits &limits = m_limits[std::size_t(side)];
    const quint64 ticket = ++m_lastTicket;
    limits.queue.push_back(ticket);
    for (;;) {
        const qint64 ms = limits.delayMs(m_clock.steadyMs());
        if (ms == 0 && limits.queue.front() == ticket)
            break;
        lock.unlock();
        const bool stops = m_wait(cancellation, std::max<qint64>(ms, 1));
        lock.lock();
        if (stops)
            break;
    }
    limits.queue.erase(std::find(limits.queue.begin(), limits.queue.end(), ticket));
}

void Throttle::charge(Side side, qint64 rows, qint64 bytes)
{
    const std::scoped_lock lock(m_mutex);
    Limits &limits = m_limits[std::size_t(side)];
    const qint64 nowMs = m_clock.steadyMs();
    if (limits.rows)
        limits.rows->charge(rows, nowMs);
    if (limits.bytes)
        limits.bytes->charge(bytes, nowMs);
}

// Both sides' transactions of a two-way batch stand side by side: what has to be waited for is waited for before the
// first of them.
void Throttle::awaitWriting(Side side, Cancellation &cancellation)
{
    {
        const std::scoped_lock lock(m_mutex);
        if (++m_writing[std::this_thread::get_id()] > 1)
            return;
    }
    if (m_job.mode == Mode::TwoWay)
        await(side == Side::Source ? Side::Target : Side::Source, cancellation);
    await(side, cancellation);
}

void Throttle::wroteLast()
{
    const std::scoped_lock lock(m_mutex);
    const auto own = m_writing.find(std::this_thread::get_id());
    if (own != m_writing.end() && --own->second == 0)
        m_writing.erase(own);
}

} // namespace tidemark
