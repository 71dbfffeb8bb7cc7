// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstdio>
#include <ctime>

#include <QElapsedTimer>
#include <QTimer>

namespace tidemark {

// A heartbeat of one millisecond on the UI thread: by how much a beat comes late is how long nothing else would have
// been answered either.
class Heartbeat final : public QObject
{
public:
    Heartbeat()
    {
        m_timer.setTimerType(Qt::PreciseTimer);
        connect(&m_timer, &QTimer::timeout, this, &Heartbeat::beat);
        m_clock.start();
        m_own = ownMs();
        m_timer.start(1);
    }
    void reset()
    {
        m_longest = m_longestOwn = 0;
        m_beats = 0;
        m_clock.start(); // what came before is not this step's
        m_own = ownMs();
    }
    double longestOwn() const { return m_longestOwn; } // milliseconds
    void print(const char *what) const
    {
        std::printf("%-28s event loop blocked for at most %5.1f ms by the clock, %5.1f ms by its own work (%d beats)\n",
                    what, m_longest, m_longestOwn, m_beats);
        std::fflush(stdout);
    }

private:
    static double ownMs()
    {
        timespec time{};
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
        return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
    }
    void beat()
    {
        const double own = ownMs();
        m_longest = std::max(m_longest, static_cast<double>(m_clock.nsecsElapsed()) / 1e6 - 1);
        m_longestOwn = std::max(m_longestOwn, own - m_own);
        ++m_beats;
        m_clock.start();
        m_own = ownMs();
    }

    QTimer m_timer;
    QElapsedTimer m_clock;
    double m_own = 0, m_longest = 0, m_longestOwn = 0;
    int m_beats = 0;
};

} // namespace tidemark
