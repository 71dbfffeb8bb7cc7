// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <functional>

namespace tidemark {

// What happens to the sessions of one side of a real pair: each call counts, and one of them is cut off.
struct SessionFaults
{
    std::atomic<int> cutAt = -1; // the connection is lost at this call, counted down
    std::atomic<int> loseCommit = -1; // the answer to this COMMIT is lost
    std::atomic<bool> applied = false; // it had been applied
    std::atomic<bool> dies = false; // … and nothing is answered any more
    std::atomic<bool> *dead = nullptr; // of both sides
    std::atomic<int> writing = 0; // transactions of the engine that may hold locks
    std::function<void()> beforeCall; // on any thread

    void clear()
    {
        cutAt = loseCommit = -1;
        dies = *dead = false;
        beforeCall = {};
    }
};

} // namespace tidemark
