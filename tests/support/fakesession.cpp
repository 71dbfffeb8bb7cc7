// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fakesession.h"

namespace tidemark {

using namespace Qt::StringLiterals;

namespace {

bool isLethal(ErrorCode code)
{
    return code == ErrorCode::ConnectionLost || code == ErrorCode::Timeout || code == ErrorCode::Cancelled
        || code == ErrorCode::CommitInDoubt || code == ErrorCode::ServerClosing || code == ErrorCode::BrokenStream;
}

} // namespace

Result<std::unique_ptr<Session>> FakeDatabase::open(const OpenOptions &options)
{
    auto session = std::make_unique<FakeSession>(*this, options);
    TRY(session->operation(u"open"_s));
    return std::unique_ptr<Session>(std::move(session));
}

FakeSession::FakeSession(FakeDatabase &database, const OpenOptions &options)
    : m_database(database), m_options(options), m_facts(database.facts)
{ }

FakeSession::~FakeSession()
{
    if (m_readers > 0)
        m_database.violate(u"a session ended before its reader"_s);
    const std::scoped_lock lock(m_database.m_mutex);
    end();
    std::erase_if(m_database.m_jobLocks, [this](const auto &held) { return held.second == this; });
}

void FakeSession::end()
{
    m_mode = Mode::None;
    m_aborted = false;
    m_transaction.reset();
    m_savepoint.reset();
    m_snapshot = {};
    if (!m_exported.isEmpty())
        m_database.m_snapshots.erase(m_exported);
    m_exported.clear();
    std::erase_if(m_database.m_locks, [this](const auto &held) { return held.second == this; });
    m_database.m_unlocked.notify_all();
}

tl::unexpected<Error> FakeSession::misuse(const QString &what)
{
    m_database.violate(what);
    return fail(ErrorCode::Internal, what);
}

tl::unexpected<Error> FakeSession::failed(Error error)
{
    if (isLethal(error.code)) {
        m_dead = true;
        const std::scoped_lock lock(m_database.m_mutex);
        end(); // the server notices
    } else if (m_mode == Mode::Write && m_database.errorEndsTransaction) {
        m_aborted = true;
    }
    return fail(std::move(error));
}

Result<void> FakeSession::enter(const QString &name, std::function<void(const QString &)> &hook)
{
    if (m_thread != std::this_thread::get_id())
        return misuse(u"another thread: "_s + name);
    if (m_dead)
        return misuse(u"a dead session: "_s + name);
    if (m_aborted && name != u"rollback" && name != u"rollbackToSavepoint")
        return misuse(u"the transaction has failed already: "_s + name);
    if (m_readers > 0 && !name.startsWith(u"next "))
        return misuse(u"a reader is not at its end: "_s + name);
    const std::scoped_lock lock(m_database.m_mutex);
    ++m_database.m_counters.statements;
    m_database.m_log.append(name);
    hook = m_database.m_hook;
    return {};
}

Result<void> FakeSession::operation(const QString &name, bool *applied)
{
    std::function<void(const QString &)> hook;
    TRY(enter(name, hook));
    if (hook)
        hook(name);
    if (m_options.cancellation && m_options.cancellation->isCancelled())
        return failed(Error{ErrorCode::Cancelled, {}, {}});
    std::optional<FakeDatabase::Failure> failure;
    {
        const std::scoped_lock lock(m_database.m_mutex);
        failure = m_database.takeFailure(name);
    }
    if (!failure)
        return {};
    if (applied && failure->applied) {
        *applied = true;
        return {};
    }
    return failed(failure->error);
}

Result<void> FakeSession::needMode(Mode mode, const QString &name)
{
    if (m_mode == mode)
        return {};
    return misuse(mode == Mode::None ? QString(u"inside a transaction: "_s + name)
                                     : QString(u"outside such a transaction: "_s + name));
}

std::shared_ptr<const FakeTable> FakeSession::visible(const TableName &table) const
{
    if (m_mode == Mode::Write)
        return m_transaction->table(table);
    const auto &tables = m_mode == Mode::Read ? m_snapshot.tables : m_database.m_state.tables;
    const auto found = tables.find(table);
    return found == tables.end() ? nullptr : found->second;
}

Result<void> FakeSession::beginRead(const QByteArray &snapshot)
{
    TRY(needMode(Mode::None, u"beginRead"_s));
    TRY(operation(u"beginRead"_s));
    const std::scoped_lock lock(m_database.m_mutex);
    if (!snapshot.isEmpty()) {
        const auto shared = m_database.m_snapshots.find(snapshot);
        if (shared == m_database.m_snapshots.end())
            return fail(ErrorCode::SqlRefused, u"no such snapshot"_s);
        m_snapshot = shared->second;
    } else {
        m_snapshot = m_database.m_state;
    }
    m_mode = Mode::Read;
    return {};
}

Result<QByteArray> FakeSession::exportSnapshot()
{
    TRY(needMode(Mode::Read, u"exportSnapshot"_s));
    TRY(operation(u"exportSnapshot"_s));
    if (!m_database.offersSnapshots)
        return QByteArray();
    const std::scoped_lock lock(m_database.m_mutex);
    m_exported = QByteArray("snapshot ") + QByteArray::number(m_database.m_nextNumber++);
    m_database.m_snapshots[m_exported] = m_snapshot;
    return m_exported;
}

Result<void> FakeSession::beginWrite()
{
    TRY(needMode(Mode::None, u"beginWrite"_s));
    TRY(operation(u"beginWrite"_s));
    if (!m_options.writable || m_facts.readOnly)
        return fail(ErrorCode::ReadOnly);
    m_transaction = std::make_unique<FakeTransaction>(m_database);
    m_mode = Mode::Write;
    return {};
}

Result<void> FakeSession::commit()
{
    if (m_mode == Mode::None)
        return needMode(Mode::Write, u"commit"_s);
    bool answerIsLost = false;
    TRY(operation(u"commit"_s, &answerIsLost));
    {
        const std::scoped_lock lock(m_database.m_mutex);
        const Result<void> committed = m_mode == Mode::Write ? m_transaction->commit() : Result<void>();
        end();
        if (!committed)
            return committed; // and rolled back, as a deferred constraint does
    }
    if (answerIsLost)
        return failed(Error{ErrorCode::CommitInDoubt, {}, {}});
    return {};
}

Result<void> FakeSession::rollback()
{
    if (m_mode == Mode::None)
        return needMode(Mode::Write, u"rollback"_s);
    TRY(operation(u"rollback"_s));
    const std::scoped_lock lock(m_database.m_mutex);
    end();
    return {};
}

Result<void> FakeSession::savepoint()
{
    TRY(needMode(Mode::Write, u"savepoint"_s));
    TRY(operation(u"savepoint"_s));
    if (m_savepoint)
        return misuse(u"a second savepoint"_s);
    m_savepoint = m_transaction->changes;
    return {};
}

Result<void> FakeSession::rollbackToSavepoint()
{
    TRY(needMode(Mode::Write, u"rollbackToSavepoint"_s));
    if (!m_savepoint)
        return misuse(u"rollbackToSavepoint without one"_s);
    TRY(operation(u"rollbackToSavepoint"_s));
    m_transaction->changes = std::move(*m_savepoint);
    m_savepoint.reset();
    m_aborted = false;
    return {};
}

Result<void> FakeSession::releaseSavepoint()
{
    TRY(needMode(Mode::Write, u"releaseSavepoint"_s));
    if (!m_savepoint)
        return misuse(u"releaseSavepoint without one"_s);
    TRY(operation(u"releaseSavepoint"_s));
    m_savepoint.reset();
    return {};
}

Result<void> FakeSession::deferForeignKeys()
{
    TRY(needMode(Mode::Write, u"deferForeignKeys"_s));
    TRY(operation(u"deferForeignKeys"_s));
    m_transaction->deferred = m_database.defersForeignKeys;
    return {};
}

} // namespace tidemark
