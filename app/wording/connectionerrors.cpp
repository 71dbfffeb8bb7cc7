// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/wording/text.h"

namespace tidemark::wording {

using namespace Qt::StringLiterals;

namespace {

Message passwordMissing(const Facts &facts)
{
    if (facts.has(Fact::Option))
        return {Wording::tr("%1: the environment variable %2 is not set.").arg(facts.side(), facts[Fact::Option]),
                Wording::tr("Set it to the password, or let the connection take the password from a file.")};
    return {Wording::tr("%1: nobody is here to type the password.").arg(facts.side()),
            Wording::tr("Run it in a terminal, or take the password from the environment or a file.")};
}

Message wrongPassword(const Facts &facts)
{
    return {facts.has(Fact::User) ? Wording::tr("%1 refused the password of %2.").arg(facts.side(), facts[Fact::User])
                                  : Wording::tr("%1 refused the password.").arg(facts.side()),
            Wording::tr("Check user and password.")};
}

Message noSuchDatabase(const Facts &facts)
{
    return {facts.has(Fact::Database) ? Wording::tr("%1 has no database %2.").arg(facts.server(), facts[Fact::Database])
                                      : Wording::tr("%1: there is no such database.").arg(facts.side()),
            Wording::tr("Check its name, or create it.")};
}

Message noRights(const Facts &facts)
{
    return {facts.has(Fact::Table) ? Wording::tr("%1: the user may not do what the job needs.").arg(facts.table())
                                   : Wording::tr("%1: the user may not do what is needed.").arg(facts.side()),
            Wording::tr("Grant the missing right, or use another user.")};
}

QString path(const Facts &facts)
{
    if (facts.has(Fact::File))
        return facts[Fact::File];
    return facts.has(Fact::Database) ? facts[Fact::Database] : facts.side();
}

bool wordTls(const Error &error, Message &message)
{
    const Facts facts(error);
    switch (error.code) {
    case ErrorCode::TlsName:
        message = {Wording::tr("The certificate of %1 is for another host name.").arg(facts.server()),
                   Wording::tr("Use the host name of the certificate.")};
        return true;
    case ErrorCode::TlsUntrusted:
        message = {Wording::tr("The certificate of %1 is not trusted.").arg(facts.server()),
                   Wording::tr("Name the authority that signed it (tls.ca), or pin the certificate (tls.pin).")};
        return true;
    case ErrorCode::TlsUnavailable:
        message = {Wording::tr("%1 does not offer an encrypted connection.").arg(facts.server()),
                   Wording::tr("Switch TLS on at the server. The mode \"disable\" sends everything in clear.")};
        return true;
    default:
        return false;
    }
}

} // namespace

bool wordConnection(const Error &error, Message &message)
{
    const Facts facts(error);
    switch (error.code) {
    case ErrorCode::PasswordInClear:
        message = {Wording::tr("%1: a password must not stand in clear.")
                       .arg(facts.has(Fact::JsonPath) ? facts.filePlace() : Wording::tr("The connection")),
                   Wording::tr("Give it as {\"keychain\": KEY}, {\"env\": NAME}, {\"file\": PATH} or \"ask\".")};
        return true;
    case ErrorCode::PasswordExposed:
        message = {Wording::tr("Others may read the password file %1.").arg(facts[Fact::File]),
                   Wording::tr("Allow its owner alone to read it: chmod 600.")};
        return true;
    case ErrorCode::PasswordMissing:
        message = passwordMissing(facts);
        return true;
    case ErrorCode::WrongPassword:
        message = wrongPassword(facts);
        return true;
    case ErrorCode::NoSuchDatabase:
        message = noSuchDatabase(facts);
        return true;
    case ErrorCode::NotADatabase:
        message = {Wording::tr("%1 is not an SQLite database.").arg(path(facts)), Wording::tr("Name another file.")};
        return true;
    case ErrorCode::DatabaseDamaged:
        message = {Wording::tr("%1 is damaged.").arg(path(facts)), Wording::tr("Restore it from a backup.")};
        return true;
    case ErrorCode::NoRights:
        message = noRights(facts);
        return true;
    case ErrorCode::ReadOnly:
        message = {Wording::tr("%1 cannot be written: it is read-only.").arg(facts.side()),
                   Wording::tr("Choose another target, or allow writing there.")};
        return true;
    case ErrorCode::ServerTooOld:
        message = {facts.has(Fact::Found)
                       ? Wording::tr("%1 runs version %2, which is too old.").arg(facts.side(), facts[Fact::Found])
                       : Wording::tr("The server of %1 is too old.").arg(facts.side()),
                   facts.has(Fact::Expected) ? Wording::tr("Needed is version %1 or later.").arg(facts[Fact::Expected])
                                             : Wording::tr("Update the server.")};
        return true;
    case ErrorCode::ProtocolUnknown:
        message = {Wording::tr("What answers at %1 is not the database server that was expected.").arg(facts.server()),
                   Wording::tr("Check driver, host and port.")};
        return true;
    default:
        return wordTls(error, message);
    }
}

} // namespace tidemark::wording
