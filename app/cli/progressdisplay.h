// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>

#include "core/base/clock.h"
#include "core/run/progress.h"

namespace tidemark::cli {

// Redraws one line a table on standard error, ten times a second, while it lives; clears them at the end.
class ProgressDisplay
{
public:
    // visible: standard error is a terminal and nobody asked for quiet.
    ProgressDisplay(const ProgressBoard &board, const Clock &clock, bool visible);
    ~ProgressDisplay();
    ProgressDisplay(const ProgressDisplay &) = delete;
    ProgressDisplay &operator=(const ProgressDisplay &) = delete;

    static QStringList lines(const ProgressSnapshot &snapshot, qint64 nowMs, int width);

private:
    void draw();
    void clear();
    void loop();

    const ProgressBoard &m_board;
    const Clock &m_clock;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    bool m_ended = false;
    int m_drawn = 0; // lines on the screen
    std::thread m_thread;
};

} // namespace tidemark::cli
