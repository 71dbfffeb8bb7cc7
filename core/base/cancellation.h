// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>

namespace tidemark {

// One wish to stop (or to pause) a run, shared by all of its threads. Every member is thread-safe.
// cancel() ends what is under way at once: an open transaction is rolled back. stopAfterBatch() is gentler: readers
// stop, the batch in hand is written and committed with its checkpoint, and nothing is begun after it; a transaction
// that is more than a batch (`table`, `run`) rolls back. Both are final, end a pause, and end the run as cancelled;
// cancel() may follow stopAfterBatch(). Callbacks interrupt what blocks elsewhere (a socket, a statement, a queue):
// they run on the cancelling thread, under no lock of the caller's, must not block, and may run once after cancel() at
// registration.
class Cancellation
{
public:
    class Registration // removes its callback when it goes out of scope; waits for one that is running
    {
    public:
        Registration() = default;
        Registration(Cancellation *owner, int id) : m_owner(owner), m_id(id) { }
        Registration(Registration &&other) noexcept;
        Registration &operator=(Registration &&other) noexcept;
        Registration(const Registration &) = delete;
        Registration &operator=(const Registration &) = delete;
        ~Registration();

    private:
        Cancellation *m_owner = nullptr;
        int m_id = 0;
    };

    Cancellation() = default;
    Cancellation(const Cancellation &) = delete;
    Cancellation &operator=(const Cancellation &) = delete;
    ~Cancellation() = default;

    void cancel();
    bool isCancelled() const;
    void stopAfterBatch();
    bool isStopping() const; // by either
    void setPaused(bool paused);
    bool isPaused() const;

    bool waitWhilePaused(); // true when cancelled
    bool wait(std::chrono::milliseconds time); // sleeps; true when cancelled or stopping, at once then
    [[nodiscard]] Registration onCancel(std::function<void()> callback);
    [[nodiscard]] Registration onStop(std::function<void()> callback); // by either, once

private:
    struct Callback
    {
        std::function<void()> call;
        bool atStop = false;
    };
    Registration add(Callback callback);
    void end(bool cancels);

    mutable std::mutex m_mutex;
    std::mutex m_callMutex; // held while callbacks run, so that a Registration can wait for them
    std::condition_variable m_changed;
    std::map<int, Callback> m_callbacks;
    int m_nextId = 1;
    bool m_cancelled = false;
    bool m_stopping = false;
    bool m_paused = false;
};

} // namespace tidemark
