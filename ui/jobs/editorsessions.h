// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <list>
#include <memory>
#include <mutex>

#include <QCoreApplication>
#include <QPointer>

#include "core/base/cancellation.h"
#include "core/endpoint/session.h"

namespace tidemark {

// Sessions for a question that is asked again with every edit: servers' stay open between two questions, on a thread of
// their own, and are closed when nothing was asked for a while. Answers one question at a time; a new one takes the
// place of the one under way, whose sessions are lost with it. Used from the UI thread, which never waits here.
class EditorSessions
{
    struct State;

public:
    static constexpr std::chrono::seconds idleTime{15};

    // What a question is given, on the thread that answers it.
    class Sides
    {
    public:
        explicit Sides(State &state) : m_state(state) { }
        // Read-only; one of an earlier question where it still stands. Asked twice for one connection: two sessions.
        Result<Session *> open(const ConnectionSettings &settings);
        Cancellation &cancellation() { return *m_cancellation; } // of this question

    private:
        friend class EditorSessions;
        struct Kept
        {
            ConnectionSettings settings;
            std::shared_ptr<Cancellation> cancellation; // outlives the session
            std::unique_ptr<Session> session;
            bool used = false; // by this question
            bool old = false; // opened for an earlier one
        };
        void begin(std::shared_ptr<Cancellation> cancellation);
        bool hasLostKept(const Error &error); // one that stood, while nobody watched: worth another try
        void end(const Error *error);

        State &m_state;
        std::shared_ptr<Cancellation> m_cancellation;
        std::list<Kept> m_kept;
    };

    explicit EditorSessions(std::shared_ptr<Connector> connector, std::chrono::milliseconds idle = idleTime);
    ~EditorSessions();
    EditorSessions(const EditorSessions &) = delete;
    EditorSessions &operator=(const EditorSessions &) = delete;

    // work(Sides &) returns a Result; done(result) is called on the receiver's thread unless the receiver is gone or
    // another question was asked meanwhile. work may be called twice.
    template <typename Work, typename Done> void ask(QObject *receiver, Work work, Done done);
    void drop(); // no answer is wanted any more
    void reopen(); // nor are the sessions: the next question opens new ones

private:
    using Question = std::function<void(Sides &)>;
    struct State
    {
        std::shared_ptr<Connector> connector;
        std::chrono::milliseconds idle{};
        int turn = 0; // of the UI thread alone
        std::mutex mutex;
        std::condition_variable changed;
        Question question; // the next one
        std::shared_ptr<Cancellation> cancellation; // of what is open; null: to be opened anew
        bool working = false; // there is a thread
        bool answering = false;
        bool closing = false;
    };
    void post(Question question);
    void forget(bool sessions);
    static void answer(const std::shared_ptr<State> &state);

    std::shared_ptr<State> m_state;
};

template <typename Work, typename Done> void EditorSessions::ask(QObject *receiver, Work work, Done done)
{
    post([guard = QPointer<QObject>(receiver), work = std::move(work), done = std::move(done), state = m_state,
          turn = ++m_state->turn](Sides &sides) {
        auto result = work(sides);
        if (!result && sides.hasLostKept(result.error()))
            result = work(sides);
        sides.end(result ? nullptr : &result.error());
        QMetaObject::invokeMethod(
            QCoreApplication::instance(),
            [guard, done, state, turn, result = std::move(result)] {
                if (guard && turn == state->turn)
                    done(result);
            },
            Qt::QueuedConnection);
    });
}

} // namespace tidemark
