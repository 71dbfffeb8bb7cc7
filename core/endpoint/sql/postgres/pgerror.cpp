// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/sql/postgres/pgerror.h"

#include <QRegularExpression>

#include "core/endpoint/net/tlssocket.h"

using namespace Qt::StringLiterals;

namespace tidemark::postgres {

namespace {

struct StateCode
{
    QLatin1StringView state;
    ErrorCode code;
};

// Whole states first, then classes (two characters).
constexpr StateCode states[] = {
    {QLatin1StringView("28P01"), ErrorCode::WrongPassword},
    {QLatin1StringView("28000"), ErrorCode::WrongPassword},
    {QLatin1StringView("3D000"), ErrorCode::NoSuchDatabase},
    {QLatin1StringView("3F000"), ErrorCode::NoSuchTable}, // a schema that is not there
    {QLatin1StringView("42501"), ErrorCode::NoRights},
    {QLatin1StringView("42P01"), ErrorCode::NoSuchTable},
    {QLatin1StringView("42703"), ErrorCode::NoSuchColumn},
    {QLatin1StringView("57P01"), ErrorCode::ServerClosing},
    {QLatin1StringView("57P02"), ErrorCode::ServerClosing},
    {QLatin1StringView("57P03"), ErrorCode::ServerClosing},
    {QLatin1StringView("57P04"), ErrorCode::NoSuchDatabase},
    {QLatin1StringView("57P05"), ErrorCode::ConnectionLost},
    {QLatin1StringView("57014"), ErrorCode::Timeout}, // our own cancelling never gets as far as this
    {QLatin1StringView("25P03"), ErrorCode::ConnectionLost},
    {QLatin1StringView("53300"), ErrorCode::TooManyConnections},
    {QLatin1StringView("53100"), ErrorCode::DiskFull},
    {QLatin1StringView("40P01"), ErrorCode::Deadlock},
    {QLatin1StringView("40001"), ErrorCode::SerializationFailure},
    {QLatin1StringView("55P03"), ErrorCode::LockTimeout},
    {QLatin1StringView("25006"), ErrorCode::ReadOnly},
    {QLatin1StringView("23505"), ErrorCode::UniqueViolated},
    {QLatin1StringView("23502"), ErrorCode::NotNullViolated},
    {QLatin1StringView("23514"), ErrorCode::CheckViolated},
    {QLatin1StringView("23P01"), ErrorCode::CheckViolated},
    {QLatin1StringView("44000"), ErrorCode::CheckViolated},
    {QLatin1StringView("23503"), ErrorCode::ForeignKeyViolated},
    {QLatin1StringView("23001"), ErrorCode::ForeignKeyViolated},
    {QLatin1StringView("22001"), ErrorCode::ValueTooLong},
    {QLatin1StringView("22003"), ErrorCode::ValueOutOfRange},
    {QLatin1StringView("22008"), ErrorCode::ValueOutOfRange},
    {QLatin1StringView("P0001"), ErrorCode::CheckViolated}, // a trigger that objects
    {QLatin1StringView("54000"), ErrorCode::ValueTooLong}, // an index row beyond its limit
    {QLatin1StringView("22"), ErrorCode::ValueNotKept},
    {QLatin1StringView("08P01"), ErrorCode::BrokenStream},
    {QLatin1StringView("08"), ErrorCode::ConnectionLost},
    {QLatin1StringView("53"), ErrorCode::InputOutput},
    {QLatin1StringView("58"), ErrorCode::InputOutput},
};

QString field(const PGresult *result, int code)
{
    const char *text = PQresultErrorField(result, code);
    return text == nullptr ? QString() : QString::fromUtf8(text);
}

// "COPY orders, line 17, column total: …": the figure that follows the table's name, in whatever language.
void addLine(Error &error, const QString &context, const QString &table)
{
    if (!context.startsWith("COPY "_L1))
        return;
    const qsizetype from = table.isEmpty() ? 5 : context.indexOf(table, 5) + table.size();
    static const QRegularExpression figure(u",[^,0-9]*([0-9]+)"_s);
    const QRegularExpressionMatch match = figure.match(context, from);
    if (match.hasMatch())
        error.with(Fact::Line, match.captured(1));
    static const QRegularExpression column(u"line [0-9]+, column ([^:\\n]+)"_s);
    const QRegularExpressionMatch named = column.match(context);
    if (named.hasMatch() && !error.facts.contains(Fact::Column))
        error.with(Fact::Column, named.captured(1));
}

ErrorCode connectCode(const QString &words, ConnectPhase phase)
{
    const auto says = [&words](const char *text) { return words.contains(QLatin1StringView(text)); };
    if (phase == ConnectPhase::Reaching)
        return ErrorCode::Unreachable;
    if (says("does not match host name"))
        return ErrorCode::TlsName;
    if (says("does not support SSL"))
        return ErrorCode::TlsUnavailable;
    if (says("invalid response to SSL negotiation") || says("expected authentication request")
        || says("unsupported frontend protocol"))
        return ErrorCode::ProtocolUnknown;
    if (phase == ConnectPhase::Tls || says("certificate"))
        return says("closed the connection") ? ErrorCode::ConnectionLost : ErrorCode::TlsUntrusted;
    return ErrorCode::ConnectionLost;
}

// What is wrong with the certificate that the user logs in by: its files, or that the server takes no such one. libpq
// and OpenSSL tell it in words alone.
void addOwnCertificate(Error &error, const TlsSettings &tls)
{
    static const QRegularExpression files(u"private key|could not (?:load|read) certificate file"_s);
    static const QRegularExpression refused(
        u"alert (?:unknown ca|bad certificate|certificate|unsupported certificate)|valid client certificate|"
        "certificate authentication failed"_s);
    if (!tls.cert.isEmpty() && files.match(error.detail).hasMatch()) {
        error.code = ErrorCode::FileUnreadable;
        error.with(Fact::File, error.detail.contains("private key"_L1) && !tls.key.isEmpty() ? tls.key : tls.cert);
    } else if (refused.match(error.detail).hasMatch()) {
        error.code = ErrorCode::TlsUntrusted;
        error.with(Fact::Option, u"tls.cert"_s);
    }
}

} // namespace

ErrorCode codeOfSqlState(QLatin1StringView state)
{
    for (const StateCode &entry : states)
        if (state.startsWith(entry.state))
            return entry.code;
    return ErrorCode::SqlRefused;
}

Error serverError(const PGresult *result)
{
    const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    Error error;
    error.code = state == nullptr ? ErrorCode::ConnectionLost : codeOfSqlState(QLatin1StringView(state));
    error.detail = field(result, PG_DIAG_MESSAGE_PRIMARY);
    if (error.detail.isEmpty())
        error.detail = QString::fromUtf8(PQresultErrorMessage(result)).trimmed();
    if (const QString more = field(result, PG_DIAG_MESSAGE_DETAIL); !more.isEmpty())
        error.detail += u" ("_s + more + u')';
    // With row_security = off the server refuses to hide rows, and says so under the code of missing rights.
    if (error.code == ErrorCode::NoRights && error.detail.contains("row-level security"_L1))
        error.code = ErrorCode::RowSecurity;
    const QString table = field(result, PG_DIAG_TABLE_NAME);
    const std::pair<Fact, QString> facts[] = {{Fact::Table, table},
                                              {Fact::Column, field(result, PG_DIAG_COLUMN_NAME)},
                                              {Fact::Constraint, field(result, PG_DIAG_CONSTRAINT_NAME)}};
    for (const auto &[fact, text] : facts)
        if (!text.isEmpty())
            error.with(fact, text);
    addLine(error, field(result, PG_DIAG_CONTEXT), table);
    return error;
}

QString lastWords(const PGconn *connection) { return QString::fromUtf8(PQerrorMessage(connection)).trimmed(); }

Error connectError(PGconn *connection, ConnectPhase phase, const ConnectionSettings &settings)
{
    Error error;
    error.detail = lastWords(connection);
    // The session asks for verbose errors while it connects: libpq offers no SQLSTATE before there is a result.
    static const QRegularExpression verbose(u":  ([0-9A-Z]{5}): "_s);
    QString state;
    for (auto matches = verbose.globalMatch(error.detail); matches.hasNext();)
        state = matches.next().captured(1);
    static const QRegularExpression location(u"\\n?LOCATION:[^\\n]*"_s);
    error.detail.remove(location);
    if (PQconnectionNeedsPassword(connection) != 0)
        error.code = ErrorCode::PasswordMissing;
    else if (!state.isEmpty())
        error.code = codeOfSqlState(QLatin1StringView(state.toLatin1()));
    else
        error.code = connectCode(error.detail, phase);
    // The state of a wrong password, too, but no password helps: the server does not let this user in from here.
    if (error.code == ErrorCode::WrongPassword && error.detail.contains("pg_hba.conf"_L1))
        error.code = ErrorCode::NoRights;
    error.with(Fact::User, settings.user).with(Fact::Database, settings.database);
    addOwnCertificate(error, settings.tls);
    return withPlace(std::move(error), settings);
}

Error withPlace(Error error, const ConnectionSettings &settings)
{
    error.with(Fact::Host, settings.host);
    if (!settings.host.startsWith(u'/') && !settings.host.startsWith(u'@'))
        error.with(Fact::Port, QString::number(net::portOf(settings)));
    return error;
}

} // namespace tidemark::postgres
