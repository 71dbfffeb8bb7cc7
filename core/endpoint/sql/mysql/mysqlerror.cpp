// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/sql/mysql/mysqlerror.h"

#include <errmsg.h>
#include <mysqld_error.h>

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace tidemark::mysql {

namespace {

// Not in every version of the header, or under other names there.
constexpr unsigned mysqlCheckViolated = 3819;
constexpr unsigned statementTimeout = 1969;
constexpr unsigned mysqlStatementTimeout = 3024;
constexpr unsigned jsonInvalid = 3140;
constexpr unsigned connectionKilled = 1927;
constexpr unsigned idleKilled = 4031;
constexpr unsigned snapshotChanged = 1020; // innodb_snapshot_isolation

ErrorCode tlsCode(const QString &message)
{
    static const QRegularExpression cut(u"unexpected eof|reset by peer|[Bb]roken pipe|SYSCALL"_s);
    if (cut.match(message).hasMatch()) // in the middle of the handshake
        return ErrorCode::ConnectionLost;
    if (message.contains("Validation of SSL server certificate"_L1) || message.contains("ostname verification"_L1))
        return ErrorCode::TlsName;
    static const QRegularExpression untrusted(
        u"certificate|self.signed|issuer|ingerprint|inger print|CRL|expired|not yet valid"_s);
    return untrusted.match(message).hasMatch() ? ErrorCode::TlsUntrusted : ErrorCode::TlsUnavailable;
}

ErrorCode clientCode(unsigned number, const QString &message)
{
    switch (number) {
    case CR_CONNECTION_ERROR:
    case CR_CONN_HOST_ERROR:
    case CR_IPSOCK_ERROR:
    case CR_SOCKET_CREATE_ERROR:
        return ErrorCode::Unreachable;
    case CR_UNKNOWN_HOST:
        return ErrorCode::HostNotFound;
    case CR_SERVER_GONE_ERROR:
    case CR_SERVER_LOST:
    case CR_SERVER_LOST_EXTENDED:
        return ErrorCode::ConnectionLost;
    case CR_SSL_CONNECTION_ERROR:
        return tlsCode(message);
    case CR_VERSION_ERROR:
    case CR_SERVER_HANDSHAKE_ERR:
    case CR_MALFORMED_PACKET:
        return ErrorCode::ProtocolUnknown;
    case CR_AUTH_PLUGIN_CANNOT_LOAD:
    case CR_AUTH_PLUGIN_ERR:
        return ErrorCode::NotAvailable;
    default:
        return ErrorCode::Internal;
    }
}

ErrorCode rowCode(unsigned number)
{
    switch (number) {
    case ER_DUP_ENTRY:
    case ER_DUP_ENTRY_WITH_KEY_NAME:
        return ErrorCode::UniqueViolated;
    case ER_BAD_NULL_ERROR:
    case ER_NO_DEFAULT_FOR_FIELD:
        return ErrorCode::NotNullViolated;
    case ER_CONSTRAINT_FAILED:
    case mysqlCheckViolated:
    case ER_SIGNAL_EXCEPTION: // a trigger that refuses the row
    case jsonInvalid:
        return ErrorCode::CheckViolated;
    case ER_NO_REFERENCED_ROW:
    case ER_NO_REFERENCED_ROW_2:
    case ER_ROW_IS_REFERENCED:
    case ER_ROW_IS_REFERENCED_2:
        return ErrorCode::ForeignKeyViolated;
    case ER_DATA_TOO_LONG:
    case ER_TOO_BIG_ROWSIZE:
        return ErrorCode::ValueTooLong;
    case ER_WARN_DATA_OUT_OF_RANGE:
        return ErrorCode::ValueOutOfRange;
    case ER_TRUNCATED_WRONG_VALUE_FOR_FIELD:
    case ER_TRUNCATED_WRONG_VALUE:
    case WARN_DATA_TRUNCATED:
    case ER_CANT_CREATE_GEOMETRY_OBJECT:
        return ErrorCode::ValueNotKept;
    default:
        return ErrorCode::SqlRefused;
    }
}

QString group(const QString &message, const QString &pattern)
{
    return QRegularExpression(pattern).match(message).captured(1);
}

void addFact(Error &error, Fact fact, const QString &text)
{
    if (!text.isEmpty())
        error.with(fact, text);
}

void addRowFacts(Error &error, const QString &message)
{
    addFact(error, Fact::Column, group(message, u"(?:[Cc]olumn|Field) '([^']+)'"_s));
    addFact(error, Fact::Column, group(message, u"for column (?:`[^`]*`\\.){2}`([^`]+)`"_s));
    addFact(error, Fact::Constraint, group(message, u"CONSTRAINT `([^`]+)`"_s));
    addFact(error, Fact::Constraint, group(message, u"Check constraint '([^']+)'"_s));
    if (error.code == ErrorCode::UniqueViolated) {
        addFact(error, Fact::Constraint, group(message, u" for key '(.+)'$"_s));
        addFact(error, Fact::Key, group(message, u"^Duplicate entry '(.*)' for key "_s));
    }
    addFact(error, Fact::Value, group(message, u"value: '(.*)' for column"_s));
}

} // namespace

bool isClientError(unsigned number) { return number >= 2000 && number < 3000; }

ErrorCode codeOfNumber(unsigned number, const QString &message)
{
    if (isClientError(number))
        return clientCode(number, message);
    switch (number) {
    case ER_ACCESS_DENIED_ERROR:
    case ER_ACCESS_DENIED_NO_PASSWORD_ERROR:
        return ErrorCode::WrongPassword;
    case ER_BAD_DB_ERROR:
        return ErrorCode::NoSuchDatabase;
    case ER_DBACCESS_DENIED_ERROR:
    case ER_TABLEACCESS_DENIED_ERROR:
    case ER_COLUMNACCESS_DENIED_ERROR:
    case ER_SPECIFIC_ACCESS_DENIED_ERROR:
    case ER_HOST_NOT_PRIVILEGED:
    case ER_HOST_IS_BLOCKED:
    case ER_MUST_CHANGE_PASSWORD_LOGIN:
    case ER_ACCOUNT_HAS_BEEN_LOCKED:
        return ErrorCode::NoRights;
    case ER_CON_COUNT_ERROR:
    case ER_TOO_MANY_USER_CONNECTIONS:
    case ER_USER_LIMIT_REACHED:
        return ErrorCode::TooManyConnections;
    case ER_SERVER_SHUTDOWN:
    case ER_NORMAL_SHUTDOWN:
        return ErrorCode::ServerClosing;
    case connectionKilled:
    case idleKilled:
        return ErrorCode::ConnectionLost;
    case ER_LOCK_WAIT_TIMEOUT:
        return ErrorCode::LockTimeout;
    case ER_LOCK_DEADLOCK:
        return ErrorCode::Deadlock;
    case snapshotChanged:
        return ErrorCode::SerializationFailure;
    case ER_QUERY_INTERRUPTED: // somebody's KILL QUERY
    case statementTimeout:
    case mysqlStatementTimeout:
        return ErrorCode::Timeout;
    case ER_NO_SUCH_TABLE:
    case ER_BAD_TABLE_ERROR:
        return ErrorCode::NoSuchTable;
    case ER_BAD_FIELD_ERROR:
        return ErrorCode::NoSuchColumn;
    case ER_DISK_FULL:
    case ER_RECORD_FILE_FULL:
        return ErrorCode::DiskFull;
    case ER_ERROR_ON_WRITE:
        return message.contains("28"_L1) ? ErrorCode::DiskFull : ErrorCode::InputOutput;
    case ER_ERROR_ON_READ:
    case ER_CANT_OPEN_FILE:
        return ErrorCode::InputOutput;
    case ER_OPTION_PREVENTS_STATEMENT:
    case ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION:
        return ErrorCode::ReadOnly;
    case ER_TABLE_DEF_CHANGED:
        return ErrorCode::SchemaChanged;
    case ER_NOT_SUPPORTED_AUTH_MODE:
        return ErrorCode::NotAvailable;
    default:
        return rowCode(number);
    }
}

Error errorOf(unsigned number, const char *message)
{
    const QString text = QString::fromUtf8(message);
    // A server that refuses before TLS stands cannot be told from one that is forged; either way nothing was sent, and
    // its reason is worth more than "cannot connect".
    static const QRegularExpression early(u"before completion of TLS handshake.*: ([0-9]{4}) - "_s);
    if (const auto match = early.match(text); isClientError(number) && match.hasMatch())
        return Error{codeOfNumber(match.captured(1).toUInt(), text), {}, u"%1 (%2)"_s.arg(text).arg(number)};
    Error error{codeOfNumber(number, text), {}, u"%1 (%2)"_s.arg(text).arg(number)};
    if (error.isRowFault() || error.code == ErrorCode::NoSuchColumn)
        addRowFacts(error, text);
    if (error.code == ErrorCode::NoSuchTable)
        addFact(error, Fact::Table, group(text, u"Table '(?:[^'.]+\\.)?([^']+)'"_s));
    return error;
}

} // namespace tidemark::mysql
