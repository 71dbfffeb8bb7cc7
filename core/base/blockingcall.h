// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace tidemark {

// Stands where a disk, a database or a network may keep the calling thread waiting. A thread that must never wait (the
// UI's) can have itself watched: tests fail on every call that comes from it. Elsewhere it costs one load.
class BlockingCall
{
public:
    using Hook = void (*)(const char *what);

    explicit BlockingCall(const char *what)
    {
        if (s_hook)
            s_hook(what);
    }
    // Every blocking call of the calling thread is told to hook from now on; null: no more.
    static void watchThisThread(Hook hook) { s_hook = hook; }

private:
    static inline thread_local Hook s_hook = nullptr;
};

} // namespace tidemark
