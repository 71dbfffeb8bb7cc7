// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>
#include <string_view>
#include <thread>
#include <vector>

#include <libpq-fe.h>

#include "core/base/result.h"
#include "core/endpoint/session.h"
#include "core/endpoint/sql/postgres/pgerror.h"
#include "core/endpoint/sql/postgres/pgnetwork.h"

namespace tidemark::postgres {

struct ResultClearer
{
    void operator()(PGresult *result) const { PQclear(result); }
};
using PgResult = std::unique_ptr<PGresult, ResultClearer>;

struct PgParameter
{
    Oid type = 0; // 0: the server finds out
    std::optional<std::string_view> bytes; // text must end in NUL behind its last byte; nothing: NULL
    bool binary = false;
};

// A libpq handle whose every call is asynchronous underneath: it ends when cancelled and when the server no longer
// lives, however long it may think. After ConnectionLost, Timeout, Cancelled and the like it is dead and says so for
// ever. One backend that is frozen under a living server cannot be told from one that computes: to every other
// connection both are active, in the same wait. So it is waited for, as a long statement is, until somebody cancels.
class PgConnection
{
public:
    static Result<std::unique_ptr<PgConnection>> open(const ConnectionSettings &settings, const Secret &secret,
                                                      const OpenOptions &options);
    ~PgConnection();
    PgConnection(const PgConnection &) = delete;
    PgConnection &operator=(const PgConnection &) = delete;

    // One statement, by the extended protocol.
    Result<PgResult> exec(const QByteArray &sql, const std::vector<PgParameter> &parameters = {},
                          bool binaryResult = false);
    Result<PgResult> script(const QByteArray &sql); // several statements; the last one's result
    Result<PgResult> commit(); // COMMIT: not to be interrupted; a lost answer is CommitInDoubt
    Result<int> parameterCount(const QByteArray &sql); // prepares, and executes nothing

    Result<void> startCopyOut(const QByteArray &sql);
    Result<bool> copyRow(std::string_view &row); // valid until the next call; false: the end, proven by the protocol
    void abandonCopyOut(); // stops the server; an open transaction is broken then
    Result<void> startCopyIn(const QByteArray &sql);
    Result<void> putCopy(std::string_view data);
    Result<qint64> endCopyIn(); // rows taken
    void abandonCopyIn();
    bool sawInput() const { return m_sawInput; } // the server said something while COPY was running

    bool isDead() const { return m_dead.has_value(); }
    bool isAlive(); // between two calls, on any thread
    bool inTransaction() const;
    bool inFailedTransaction() const;
    int serverVersion() const { return m_conn == nullptr ? 0 : PQserverVersion(m_conn); }
    int backendPid() const { return m_conn == nullptr ? 0 : PQbackendPID(m_conn); }
    QString parameter(const char *name) const;
    bool isRemote() const; // neither a socket of this machine nor its loopback
    bool usesTls() const { return m_conn != nullptr && PQsslInUse(m_conn) != 0; }
    QString tlsProtocol() const;

private:
    PgConnection(const ConnectionSettings &settings, const OpenOptions &options);
    Result<void> connect(const Secret &secret);
    Result<PGconn *> start(const Secret &secret);
    Result<QStringList> addressesFor(int port) const;
    Result<void> pollConnect();
    tl::unexpected<Error> failed(Error error);
    void tell() const; // how far connecting has come
    Result<void> checkPin();
    Result<void> ready();
    Result<PgResult> collect();
    Result<void> startCopy(const QByteArray &sql, ExecStatusType wanted);
    Result<PgResult> finishCopy();
    Result<void> consume(); // waits for input and takes it in
    Result<void> flush();
    Result<void> waitSocket(short events);
    bool hasDecrypted() const;
    tl::unexpected<Error> die(Error error);
    tl::unexpected<Error> lost(); // with the server's last message where it left one
    void cancelStatement();
    void freeRow();

    ConnectionSettings m_settings;
    qint64 m_timeoutMs;
    std::shared_ptr<const Route> m_route;
    std::function<void(TestStep)> m_reached; // while it connects
    CancelSignal m_cancel;
    CancelSignal m_never{nullptr};
    bool m_uninterrupted = false;
    PGconn *m_conn = nullptr;
    PeerAddress m_peer;
    std::optional<Error> m_dead;
    char *m_row = nullptr;
    bool m_sawInput = false;
    std::thread::id m_thread = std::this_thread::get_id();
};

} // namespace tidemark::postgres
