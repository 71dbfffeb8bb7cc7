// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/wording/text.h"

namespace tidemark::wording {

using namespace Qt::StringLiterals;

namespace {

Message passwordMissing(const Facts &facts, bool isServers)
{
    if (facts.has(Fact::Option))
        return {Wording::tr("%1: the environment variable %2 is not set.").arg(facts.side(), facts[Fact::Option]),
                Wording::tr("Set it to the password, or let the connection take the password from a file.")};
    if (facts.has(Fact::Keychain))
        return {
            Wording::tr("%1: the keychain has no password under the key %2.").arg(facts.side(), facts[Fact::Keychain]),
            Wording::tr("A keychain belongs to one user on one machine. Enter the password in the connection.")};
    if (isServers)
        return {Wording::tr("%1 wants a password, and none is given.").arg(facts.side()),
                Wording::tr("Let the connection take it from the keychain, the environment or a file, or ask for it.")};
    if (isWindow())
        return {Wording::tr("%1: the password was not entered.").arg(facts.side()),
                Wording::tr("Start again and enter it, or store it in the connection.")};
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
    if (!facts.has(Fact::Table) && facts.has(Fact::User, Fact::Database))
        return {Wording::tr("%1: the user %2 may not use the database %3.")
                    .arg(facts.server(), facts[Fact::User], facts[Fact::Database]),
                Wording::tr("Allow this user to connect to it from here, or use another user.")};
    return {facts.has(Fact::Table) ? Wording::tr("%1: the user may not do what the job needs.").arg(facts.table())
                                   : Wording::tr("%1: the user may not do what is needed.").arg(facts.side()),
            Wording::tr("Grant the missing right, or use another user.")};
}

bool wordKeychain(const Error &error, Message &message)
{
    const Facts facts(error);
    const bool named = facts.has(Fact::Connection);
    switch (error.code) {
    case ErrorCode::KeychainUnavailable:
        message = {named ? Wording::tr("%1: this system has no keychain to keep the password in.").arg(facts.side())
                         : Wording::tr("This system has no keychain."),
                   Wording::tr("Start the keychain service, or let the connection ask each time.")};
        return true;
    case ErrorCode::KeychainLocked:
        message = {named ? Wording::tr("%1: the keychain with the password is locked.").arg(facts.side())
                         : Wording::tr("The keychain is locked."),
                   Wording::tr("Unlock it and try again.")};
        return true;
    default:
        return false;
    }
}

QString sshServer(const Facts &facts)
{
    return facts.has(Fact::Ssh) ? facts[Fact::Ssh] : Wording::tr("the SSH server");
}

bool wordSsh(const Error &error, Message &message)
{
    const Facts facts(error);
    const QString ssh = sshServer(facts);
    switch (error.code) {
    case ErrorCode::SshHostKey:
        message = {Wording::tr("The host key of %1 is unknown, or not the one known here.").arg(ssh),
                   Wording::tr("Compare its fingerprint with the server's, then log in once with ssh in a terminal to "
                               "accept it. A key that changed without a reason may be an attack.")};
        return true;
    case ErrorCode::SshAuth:
        message = {Wording::tr("%1 refused the SSH key.").arg(ssh),
                   Wording::tr("Check the SSH user, and add the key to the agent (ssh-add) or name its file. "
                               "Tidemark types no SSH password or passphrase.")};
        return true;
    case ErrorCode::SshForwardRefused:
        message = {facts.has(Fact::Host)
                       ? Wording::tr("%1 does not let a tunnel through to %2.").arg(ssh, facts.server())
                       : Wording::tr("%1 does not let a tunnel through.").arg(ssh),
                   Wording::tr("Allow TCP forwarding for this user at the SSH server (AllowTcpForwarding, "
                               "PermitOpen).")};
        return true;
    case ErrorCode::SshUnavailable:
        message = {Wording::tr("The tunnel to %1 did not start.").arg(ssh),
                   Wording::tr("Check that ssh is installed and that its configuration is right.")};
        return true;
    case ErrorCode::SshUnreachable:
        message = {Wording::tr("No SSH server answers at %1.").arg(ssh),
                   Wording::tr("Check its host and port, the network and the firewall.")};
        return true;
    default:
        return false;
    }
}

// What an SSH server says of the database's host, which only it can see.
bool wordBehindSsh(const Error &error, Message &message)
{
    const Facts facts(error);
    if (!facts.has(Fact::Ssh))
        return false;
    switch (error.code) {
    case ErrorCode::HostNotFound:
        message = {Wording::tr("%1 does not know the host %2.").arg(sshServer(facts), facts[Fact::Host]),
                   Wording::tr("Behind an SSH tunnel the host is named as that server sees it, often localhost.")};
        return true;
    case ErrorCode::Unreachable:
        message = {Wording::tr("Nothing answers at %2, as seen from %1.").arg(sshServer(facts), facts.server()),
                   Wording::tr("Behind an SSH tunnel host and port are those that this server can reach.")};
        return true;
    default:
        return false;
    }
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
        if (facts.has(Fact::Expected, Fact::Found)) {
            message = {Wording::tr("The certificate of %1 is not the pinned one.").arg(facts.server()),
                       Wording::tr("Compare its fingerprint with the server's own before you pin it: %1")
                           .arg(facts[Fact::Found])};
            return true;
        }
        if (facts.has(Fact::Option) && facts[Fact::Option] == "tls.cert"_L1) {
            message = {Wording::tr("%1 lets this user in only with a certificate that it trusts.").arg(facts.server()),
                       Wording::tr("Name the user's certificate and its key (%1, %2).")
                           .arg(setting("tls.cert"_L1), setting("tls.key"_L1))};
            return true;
        }
        message = {Wording::tr("The certificate of %1 is not trusted.").arg(facts.server()),
                   Wording::tr("Name the authority that signed it (%1), or pin the certificate (%2).")
                       .arg(setting("tls.ca"_L1), setting("tls.pin"_L1))};
        return true;
    case ErrorCode::TlsUnavailable:
        message = {Wording::tr("%1 does not offer an encrypted connection.").arg(facts.server()),
                   Wording::tr("Switch TLS on at the server. The mode %1 sends everything in clear.")
                       .arg(setting("\"disable\""_L1))};
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
        message = passwordMissing(facts, !error.detail.isEmpty()); // the words of a server that was asked
        return true;
    case ErrorCode::WrongPassword:
        // MariaDB refuses no password as it does a wrong one.
        message =
            error.detail.contains("(using password: NO)"_L1) ? passwordMissing(facts, true) : wrongPassword(facts);
        return true;
    case ErrorCode::NoSuchDatabase:
        message = noSuchDatabase(facts);
        return true;
    case ErrorCode::NotADatabase:
        message = {Wording::tr("%1 is not an SQLite database.").arg(path(facts)), Wording::tr("Name another file.")};
        return true;
    case ErrorCode::DatabaseDamaged:
        message = {Wording::tr("%1 is damaged.").arg(path(facts)),
                   path(facts).endsWith("journal.db"_L1)
                       ? Wording::tr("Restore it from a backup, or move it away: then the next runs compare everything "
                                     "anew, and history and open conflicts are gone.")
                       : Wording::tr("Restore it from a backup.")};
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
                   Wording::tr("Check database system, host and port.")};
        if (facts.has(Fact::Found))
            message.what = Wording::tr("%1 answers at %2, not the database server that was expected.")
                               .arg(facts[Fact::Found], facts.server());
        return true;
    default:
        return wordTls(error, message) || wordKeychain(error, message) || wordSsh(error, message)
            || wordBehindSsh(error, message);
    }
}

} // namespace tidemark::wording
