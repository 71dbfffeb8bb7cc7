// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/editorsessions.h"

#include <algorithm>

#include "ui/widgets/background.h"

namespace tidemark {

// A file is opened in no time, and may be another one the next moment.
static bool isWorthKeeping(const ConnectionSettings &settings) { return settings.driver != Driver::Sqlite; }

Result<Session *> EditorSessions::Sides::open(const ConnectionSettings &settings)
{
    for (Kept &kept : m_kept) {
        if (kept.settings == settings && !kept.used) {
            kept.used = true;
            return kept.session.get();
        }
    }
    OpenOptions options;
    options.cancellation = m_cancellation.get();
    TRY_ASSIGN(auto session, m_state.connector->open(settings, options));
    m_kept.push_back({settings, m_cancellation, std::move(session), true, false});
    return m_kept.back().session.get();
}

void EditorSessions::Sides::begin(std::shared_ptr<Cancellation> cancellation)
{
    if (cancellation != m_cancellation)
        m_kept.clear();
    m_cancellation = std::move(cancellation);
    for (Kept &kept : m_kept) {
        kept.used = false;
        kept.old = true;
    }
}

bool EditorSessions::Sides::hasLostKept(const Error &error)
{
    // A frozen server would only keep a person waiting twice as long.
    if (!error.endsSession() || error.code == ErrorCode::Timeout || m_cancellation->isCancelled())
        return false;
    const bool anyOld =
        std::any_of(m_kept.begin(), m_kept.end(), [](const Kept &kept) { return kept.old && kept.used; });
    m_kept.clear();
    return anyOld;
}

// What stays open is in the state in which it was opened: any failure but a filter's casts doubt on that.
void EditorSessions::Sides::end(const Error *error)
{
    const bool clean = error == nullptr || error->code == ErrorCode::WhereInvalid;
    m_kept.remove_if([clean](const Kept &kept) { return !clean || !kept.used || !isWorthKeeping(kept.settings); });
}

EditorSessions::EditorSessions(std::shared_ptr<Connector> connector, std::chrono::milliseconds idle)
    : m_state(std::make_shared<State>())
{
    m_state->connector = std::move(connector);
    m_state->idle = idle;
}

EditorSessions::~EditorSessions()
{
    {
        const std::lock_guard lock(m_state->mutex);
        m_state->closing = true;
    }
    drop();
}

void EditorSessions::drop() { forget(false); }
void EditorSessions::reopen() { forget(true); }

void EditorSessions::forget(bool sessions)
{
    ++m_state->turn;
    std::shared_ptr<Cancellation> stale;
    {
        const std::lock_guard lock(m_state->mutex);
        m_state->question = {};
        if (m_state->answering || sessions)
            stale = std::exchange(m_state->cancellation, nullptr);
    }
    m_state->changed.notify_one();
    if (stale)
        stale->cancel();
}

void EditorSessions::post(Question question)
{
    std::shared_ptr<Cancellation> stale;
    bool begins = false;
    {
        const std::lock_guard lock(m_state->mutex);
        if (m_state->answering)
            stale = std::exchange(m_state->cancellation, nullptr);
        m_state->question = std::move(question);
        begins = !std::exchange(m_state->working, true);
    }
    if (stale)
        stale->cancel();
    if (begins)
        backgroundPool().start([state = m_state] { answer(state); });
    else
        m_state->changed.notify_one();
}

void EditorSessions::answer(const std::shared_ptr<State> &state)
{
    Sides sides(*state);
    for (;;) {
        Question question;
        std::shared_ptr<Cancellation> cancellation;
        {
            std::unique_lock lock(state->mutex);
            state->answering = false;
            const auto isCalled = [&] { return state->closing || state->question; };
            if (!state->changed.wait_for(lock, state->idle, isCalled) || state->closing) {
                state->working = false;
                state->cancellation.reset();
                return;
            }
            if (!state->cancellation)
                state->cancellation = std::make_shared<Cancellation>();
            cancellation = state->cancellation;
            question = std::exchange(state->question, {});
            state->answering = true;
        }
        sides.begin(std::move(cancellation));
        question(sides);
    }
}

} // namespace tidemark
