// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/sql/postgres/pgconnection.h"

#include <atomic>
#include <chrono>

#include <openssl/ssl.h>
#include <poll.h>

#include "core/base/units.h"
#include "core/endpoint/sql/postgres/pgerror.h"

using namespace Qt::StringLiterals;

namespace tidemark::postgres {

namespace {

bool endsConnection(ErrorCode code)
{
    return code == ErrorCode::ConnectionLost || code == ErrorCode::ServerClosing || code == ErrorCode::BrokenStream;
}

} // namespace

PgConnection::PgConnection(const ConnectionSettings &settings, const OpenOptions &options)
    : m_settings(settings), m_timeoutMs(settings.timeoutMs > 0 ? settings.timeoutMs : 10'000), m_route(options.route),
      m_reached(options.reached), m_cancel(options.cancellation)
{ }

PgConnection::~PgConnection()
{
    freeRow();
    if (m_conn != nullptr && PQtransactionStatus(m_conn) == PQTRANS_ACTIVE)
        cancelStatement();
    PQfinish(m_conn);
}

bool PgConnection::inTransaction() const
{
    const PGTransactionStatusType status = m_conn == nullptr ? PQTRANS_UNKNOWN : PQtransactionStatus(m_conn);
    return status == PQTRANS_INTRANS || status == PQTRANS_INERROR || status == PQTRANS_ACTIVE;
}

bool PgConnection::inFailedTransaction() const
{
    return m_conn != nullptr && PQtransactionStatus(m_conn) == PQTRANS_INERROR;
}

QString PgConnection::parameter(const char *name) const
{
    return m_conn == nullptr ? QString() : QString::fromUtf8(PQparameterStatus(m_conn, name));
}

// Behind a tunnel the peer is its near end; beyond it the words of the settings have to do.
bool PgConnection::isRemote() const { return m_route ? !m_settings.isNear() : isRemotePeer(m_peer); }

QString PgConnection::tlsProtocol() const
{
    return usesTls() ? QString::fromLatin1(PQsslAttribute(m_conn, "protocol")) : QString();
}

Result<void> PgConnection::ready()
{
    Q_ASSERT(m_thread == std::this_thread::get_id());
    if (m_dead)
        return fail(*m_dead);
    if (m_cancel.isCancelled() && !m_uninterrupted)
        return die(Error{ErrorCode::Cancelled, {}, {}});
    if (PQtransactionStatus(m_conn) == PQTRANS_ACTIVE)
        return fail(ErrorCode::Internal, u"a statement is still running on this connection"_s);
    return {};
}

// A server that ends an idle connection says so before it lets go of its locks, and closes later.
bool PgConnection::isAlive()
{
    if (m_dead || m_conn == nullptr)
        return false;
    bool ended = false;
    const auto listen = [](void *wasEnded, const PGresult *notice) {
        const char *severity = PQresultErrorField(notice, PG_DIAG_SEVERITY_NONLOCALIZED);
        if (severity != nullptr && (qstrcmp(severity, "FATAL") == 0 || qstrcmp(severity, "PANIC") == 0))
            *static_cast<bool *>(wasEnded) = true;
    };
    const PQnoticeReceiver usual = PQsetNoticeReceiver(m_conn, listen, &ended);
    for (pollfd input{PQsocket(m_conn), POLLIN, 0}; !ended && poll(&input, 1, 0) > 0;) {
        if (PQconsumeInput(m_conn) == 0)
            break;
        (void)PQisBusy(m_conn); // takes apart what came
    }
    PQsetNoticeReceiver(m_conn, usual, nullptr);
    return !ended && PQstatus(m_conn) == CONNECTION_OK;
}

tl::unexpected<Error> PgConnection::die(Error error)
{
    if (m_dead)
        return fail(*m_dead);
    freeRow();
    if (error.code == ErrorCode::Cancelled && PQtransactionStatus(m_conn) == PQTRANS_ACTIVE)
        cancelStatement();
    if (error.isTransient())
        error = withPlace(std::move(error), m_settings);
    PQfinish(m_conn);
    m_conn = nullptr;
    m_dead = std::move(error);
    return fail(*m_dead);
}

tl::unexpected<Error> PgConnection::lost()
{
    Error error{ErrorCode::ConnectionLost, {}, lastWords(m_conn)};
    // What the server said before it closed (57P01 …) tells more than the lost socket does.
    for (int i = 0; i < 8 && PQisBusy(m_conn) == 0; ++i) {
        const PgResult result(PQgetResult(m_conn));
        if (!result)
            break;
        if (PQresultErrorField(result.get(), PG_DIAG_SQLSTATE) != nullptr) {
            Error said = serverError(result.get());
            if (said.code == ErrorCode::ServerClosing)
                error = std::move(said);
            break;
        }
    }
    return die(std::move(error));
}

// The request travels on a connection of its own and PQcancel knows no time-out: it gets a thread, and a moment.
void PgConnection::cancelStatement()
{
    PGcancel *cancel = PQgetCancel(m_conn);
    if (cancel == nullptr)
        return;
    const auto done = std::make_shared<CancelSignal>(nullptr);
    const auto mark = std::make_shared<Cancellation>();
    const auto signal = std::make_shared<CancelSignal>(mark.get());
    std::thread([cancel, mark, signal] {
        char words[256];
        PQcancel(cancel, words, sizeof words);
        PQfreeCancel(cancel);
        mark->cancel();
    }).detach();
    waitFor(signal->fd(), POLLIN, 1000, *done);
}

// libpq reads as much of a TLS record as its buffer takes. The rest is OpenSSL's, and the socket has nothing to tell of
// it: libpq's own waits look here first, too.
bool PgConnection::hasDecrypted() const
{
    const auto *tls = static_cast<const SSL *>(usesTls() ? PQsslStruct(m_conn, "OpenSSL") : nullptr);
    return tls != nullptr && SSL_pending(tls) > 0;
}

Result<void> PgConnection::waitSocket(short events)
{
    if ((events & POLLIN) != 0 && hasDecrypted())
        return {};
    const CancelSignal &cancel = m_uninterrupted ? m_never : m_cancel;
    while (true) {
        switch (waitFor(PQsocket(m_conn), events, m_timeoutMs, cancel)) {
        case Waited::Ready:
            return {};
        case Waited::Cancelled:
            return die(Error{ErrorCode::Cancelled, {}, {}});
        case Waited::TimedOut:
            break;
        }
        // A long silence may be a long sort, or a server that no longer lives.
        const Waited probed = probeServer(m_peer, m_timeoutMs, cancel);
        if (probed == Waited::Cancelled)
            return die(Error{ErrorCode::Cancelled, {}, {}});
        if (probed == Waited::TimedOut)
            return die(Error{
                ErrorCode::Timeout, {{Fact::Host, m_settings.host}, {Fact::Limit, formatDuration(m_timeoutMs)}}, {}});
    }
}

Result<void> PgConnection::consume()
{
    const bool unsent = PQflush(m_conn) > 0;
    TRY(waitSocket(static_cast<short>(POLLIN | (unsent ? POLLOUT : 0))));
    if (PQconsumeInput(m_conn) == 0)
        return lost();
    return {};
}

Result<void> PgConnection::flush()
{
    while (true) {
        const int left = PQflush(m_conn);
        if (left == 0)
            return {};
        if (left < 0) {
            PQconsumeInput(m_conn);
            return lost();
        }
        TRY(waitSocket(POLLIN | POLLOUT));
        pollfd readable = {PQsocket(m_conn), POLLIN, 0};
        if (poll(&readable, 1, 0) > 0) {
            m_sawInput = true;
            if (PQconsumeInput(m_conn) == 0)
                return lost();
        }
    }
}

Result<PgResult> PgConnection::collect()
{
    PgResult last;
    std::optional<Error> error;
    while (true) {
        while (PQisBusy(m_conn) != 0)
            TRY(consume());
        PgResult result(PQgetResult(m_conn));
        if (!result)
            break;
        const ExecStatusType status = PQresultStatus(result.get());
        if (status == PGRES_COPY_IN || status == PGRES_COPY_OUT)
            return result;
        if ((status == PGRES_FATAL_ERROR || status == PGRES_BAD_RESPONSE) && !error) {
            error = serverError(result.get());
            if (PQstatus(m_conn) == CONNECTION_BAD)
                break;
        }
        last = std::move(result);
    }
    if (error && (PQstatus(m_conn) == CONNECTION_BAD || endsConnection(error->code))) {
        if (!endsConnection(error->code))
            error->code = ErrorCode::ConnectionLost;
        return die(std::move(*error));
    }
    if (error)
        return fail(std::move(*error));
    if (!last)
        return PQstatus(m_conn) == CONNECTION_BAD
            ? Result<PgResult>(lost())
            : Result<PgResult>(fail(ErrorCode::Internal, u"a statement without a result"_s));
    return last;
}

Result<PgResult> PgConnection::exec(const QByteArray &sql, const std::vector<PgParameter> &parameters,
                                    bool binaryResult)
{
    TRY(ready());
    if (sql.contains('\0'))
        return fail(ErrorCode::SqlRefused, u"U+0000 in a statement"_s);
    std::vector<Oid> types;
    std::vector<const char *> values;
    std::vector<int> lengths;
    std::vector<int> formats;
    for (const PgParameter &parameter : parameters) {
        types.push_back(parameter.type);
        values.push_back(parameter.bytes ? parameter.bytes->data() : nullptr);
        lengths.push_back(parameter.bytes ? static_cast<int>(parameter.bytes->size()) : 0);
        formats.push_back(parameter.binary ? 1 : 0);
    }
    if (PQsendQueryParams(m_conn, sql.constData(), static_cast<int>(parameters.size()), types.data(), values.data(),
                          lengths.data(), formats.data(), binaryResult ? 1 : 0)
        == 0)
        return lost();
    return collect();
}

Result<PgResult> PgConnection::script(const QByteArray &sql)
{
    TRY(ready());
    if (sql.contains('\0'))
        return fail(ErrorCode::SqlRefused, u"U+0000 in a statement"_s);
    if (PQsendQuery(m_conn, sql.constData()) == 0)
        return lost();
    return collect();
}

Result<PgResult> PgConnection::commit()
{
    TRY(ready());
    if (PQsendQuery(m_conn, "COMMIT") == 0)
        return lost();
    m_uninterrupted = true;
    Result<PgResult> result = collect();
    m_uninterrupted = false;
    if (!result && isDead()) {
        m_dead->code = ErrorCode::CommitInDoubt;
        return fail(*m_dead);
    }
    if (result && QLatin1StringView(PQcmdStatus(result->get())) != "COMMIT"_L1)
        return fail(ErrorCode::SqlRefused, u"the transaction had failed before, and was rolled back"_s);
    return result;
}

Result<int> PgConnection::parameterCount(const QByteArray &sql)
{
    TRY(ready());
    if (sql.contains('\0'))
        return fail(ErrorCode::SqlRefused, u"U+0000 in a statement"_s);
    if (PQsendPrepare(m_conn, "", sql.constData(), 0, nullptr) == 0)
        return lost();
    TRY(collect());
    if (PQsendDescribePrepared(m_conn, "") == 0)
        return lost();
    TRY_ASSIGN(const PgResult described, collect());
    return PQnparams(described.get());
}

Result<void> PgConnection::startCopy(const QByteArray &sql, ExecStatusType wanted)
{
    m_sawInput = false;
    TRY_ASSIGN(const PgResult result, exec(sql));
    if (PQresultStatus(result.get()) != wanted)
        return fail(ErrorCode::Internal, u"COPY did not begin"_s);
    return {};
}

Result<void> PgConnection::startCopyOut(const QByteArray &sql) { return startCopy(sql, PGRES_COPY_OUT); }

Result<void> PgConnection::startCopyIn(const QByteArray &sql) { return startCopy(sql, PGRES_COPY_IN); }

void PgConnection::freeRow()
{
    if (m_row != nullptr)
        PQfreemem(m_row);
    m_row = nullptr;
}

Result<bool> PgConnection::copyRow(std::string_view &row)
{
    if (m_dead)
        return fail(*m_dead);
    freeRow();
    while (true) {
        const int size = PQgetCopyData(m_conn, &m_row, 1);
        if (size > 0) {
            row = std::string_view(m_row, static_cast<std::size_t>(size));
            return true;
        }
        if (size == 0) {
            TRY(consume());
            continue;
        }
        if (size < -1)
            return lost();
        break;
    }
    TRY_ASSIGN(const PgResult result, finishCopy());
    Q_UNUSED(result);
    return false;
}

// COPY is over only when the server's "command complete" has come and is not followed by an error.
Result<PgResult> PgConnection::finishCopy()
{
    TRY_ASSIGN(PgResult result, collect());
    if (PQresultStatus(result.get()) != PGRES_COMMAND_OK)
        return fail(ErrorCode::BrokenStream, u"COPY ended without saying so"_s);
    return result;
}

void PgConnection::abandonCopyOut()
{
    if (m_dead)
        return;
    cancelStatement();
    std::string_view row;
    while (true) {
        const Result<bool> more = copyRow(row);
        if (!more || !*more)
            return;
    }
}

Result<void> PgConnection::putCopy(std::string_view data)
{
    if (m_dead)
        return fail(*m_dead);
    if (m_cancel.isCancelled())
        return die(Error{ErrorCode::Cancelled, {}, {}});
    constexpr std::size_t piece = 1 << 20;
    while (!data.empty()) {
        const std::string_view part = data.substr(0, piece);
        const int put = PQputCopyData(m_conn, part.data(), static_cast<int>(part.size()));
        if (put < 0)
            return lost();
        if (put > 0)
            data.remove_prefix(part.size());
        TRY(flush());
    }
    return {};
}

Result<qint64> PgConnection::endCopyIn()
{
    if (m_dead)
        return fail(*m_dead);
    while (true) {
        const int put = PQputCopyEnd(m_conn, nullptr);
        if (put < 0)
            return lost();
        if (put > 0)
            break;
        TRY(flush());
    }
    TRY(flush());
    TRY_ASSIGN(const PgResult result, finishCopy());
    return QByteArray(PQcmdTuples(result.get())).toLongLong();
}

void PgConnection::abandonCopyIn()
{
    if (m_dead || PQputCopyEnd(m_conn, "abandoned") < 0)
        return;
    if (flush())
        (void)!collect();
}

} // namespace tidemark::postgres
