// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/wording/wording.h"
#include "core/base/units.h"
#include "ui/connections/connectiondraft.h"

using namespace Qt::StringLiterals;

namespace tidemark {

using Field = ConnectionField;
using Kind = PasswordSource::Kind;
using Problems = QList<ConnectionProblem>;

static bool hasControl(const QString &text)
{
    for (const QChar c : text) {
        if (c.unicode() < 0x20 || c.unicode() == 0x7f)
            return true;
    }
    return false;
}

static bool hasBlank(const QString &text)
{
    for (const QChar c : text) {
        if (c.isSpace())
            return true;
    }
    return false;
}

static bool isPort(const QString &text)
{
    bool isNumber = false;
    const int port = text.trimmed().toInt(&isNumber);
    return isNumber && port >= 1 && port <= 65535;
}

static bool isWholePath(const QString &path) { return path.startsWith(u'/') || path.startsWith("~/"_L1); }

static QString portProblem() { return ConnectionDraft::tr("A port is a number from 1 to 65535."); }
static QString pathProblem() { return ConnectionDraft::tr("Give the whole path, from / or ~/ on."); }

QList<ConnectionProblem> ConnectionDraft::problems(const QStringList &takenNames) const
{
    Problems all;
    const QString trimmed = name.trimmed();
    if (trimmed.isEmpty())
        all.append({Field::Name, tr("The connection needs a name."), true});
    else if (takenNames.contains(trimmed))
        all.append({Field::Name, tr("There is a connection of this name already.")});
    else if (hasControl(trimmed))
        all.append({Field::Name, tr("The name holds a character that cannot be seen, such as a line end.")});

    if (isServer()) {
        serverProblems(all);
    } else if (file.isEmpty()) {
        all.append({Field::File, tr("Choose the database file, or drop it here."), true});
    } else if (file.startsWith("file:"_L1) || file == ":memory:"_L1) {
        all.append({Field::File, tr("Name a file on disk.")});
    } else if (!isWholePath(file)) {
        all.append({Field::File, pathProblem()});
    } else if (hasControl(file)) {
        all.append({Field::File, tr("The path holds a character that cannot be seen, such as a line end.")});
    }

    const auto ms = parseDurationMs(timeout.trimmed());
    if (!ms || *ms < 1 || *ms > 3'600'000)
        all.append({Field::Timeout, tr("A time-out is a duration such as 10s or 2m, at most 1h.")});
    if (isServer()) {
        tlsProblems(all);
        if (!isService())
            sshProblems(all);
    }
    if (!all.isEmpty())
        return all;
    // The same rules as for the file that it is saved to.
    const auto read = connectionFromJson(connectionToJson(settings()), {}, {}, u"/"_s);
    if (!read)
        all.append({Field::None, wording::oneLine(read.error())});
    return all;
}

void ConnectionDraft::serverProblems(Problems &problems) const
{
    if (isService())
        return serviceProblems(problems);
    const QString at = host.trimmed();
    if (at.isEmpty())
        problems.append({Field::Host, tr("Enter the server's name or address, or the path of its socket."), true});
    else if (at.contains("://"_L1))
        problems.append({Field::Host,
                         tr("Only the host belongs here; a whole URL is spread over the fields when it "
                            "is pasted.")});
    else if (!isSocket() && (hasBlank(at) || hasControl(at)))
        problems.append({Field::Host, tr("A host name has no blanks.")});
    else if (hasControl(at))
        problems.append({Field::Host, tr("The path holds a character that cannot be seen, such as a line end.")});
    if (hasPort() && !port.trimmed().isEmpty() && !isPort(port))
        problems.append({Field::Port, portProblem()});
    if (isBroker())
        queueProblems(problems);
    else if (database.trimmed().isEmpty())
        problems.append({Field::Database, tr("Enter the name of the database."), true});
    const std::pair<Field, const QString *> names[]{
        {Field::Database, &database}, {Field::Schema, &schema}, {Field::User, &user}};
    for (const auto &[field, text] : names) {
        if (hasControl(*text))
            problems.append({field, tr("This holds a character that cannot be seen, such as a line end.")});
    }
    passwordProblems(problems);
}

void ConnectionDraft::passwordProblems(Problems &problems) const
{
    if (passwordKind == Kind::Env && variable.trimmed().isEmpty())
        problems.append({Field::Variable, tr("Enter the name of the environment variable."), true});
    else if (passwordKind == Kind::Env && (variable.contains(u'=') || hasBlank(variable.trimmed())))
        problems.append({Field::Variable, tr("The name of a variable has neither blanks nor =.")});
    if (passwordKind == Kind::File && passwordFile.trimmed().isEmpty())
        problems.append({Field::PasswordFile, tr("Enter the path of the password file."), true});
    else if (passwordKind == Kind::File && !isWholePath(passwordFile.trimmed()))
        problems.append({Field::PasswordFile, pathProblem()});
    if (passwordKind == Kind::Keychain && secret.isEmpty() && !secretStored)
        problems.append({Field::Password, tr("Type the password that the keychain is to hold."), true});
}

void ConnectionDraft::tlsProblems(Problems &problems) const
{
    const std::pair<Field, const QString *> paths[]{
        {Field::Ca, &ca}, {Field::Certificate, &certificate}, {Field::CertificateKey, &certificateKey}};
    for (const auto &[field, path] : paths) {
        if (!path->trimmed().isEmpty() && !isWholePath(path->trimmed()))
            problems.append({field, pathProblem()});
    }
    const bool hasCertificate = !certificate.trimmed().isEmpty();
    const bool hasKey = !certificateKey.trimmed().isEmpty();
    if (hasKey && !hasCertificate)
        problems.append({Field::Certificate, tr("A key needs its certificate.")});
    if (hasCertificate && !hasKey)
        problems.append({Field::CertificateKey, tr("A certificate of your own needs its key.")});
    const QString hex = settings().tls.pin;
    bool isHex = hex.size() == 64;
    for (const QChar c : hex)
        isHex = isHex && ((c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'f'));
    if (!hex.isEmpty() && !isHex)
        problems.append({Field::Pin, tr("A pin is a SHA-256: 64 digits of 0–9 and a–f.")});
    else if (!hex.isEmpty() && tlsMode == static_cast<int>(TlsMode::Disable))
        problems.append({Field::TlsMode, tr("A pinned certificate cannot be checked while encryption is off.")});
}

void ConnectionDraft::sshProblems(Problems &problems) const
{
    if (!ssh)
        return;
    const QString at = sshHost.trimmed();
    if (at.isEmpty())
        problems.append({Field::SshHost, tr("Enter the SSH server, or its alias in ~/.ssh/config."), true});
    else if (!isSshWord(at))
        problems.append({Field::SshHost, tr("An SSH host has no blanks and does not begin with a hyphen.")});
    if (isSocket())
        problems.append({Field::SshHost, tr("A tunnel leads to a host and port; the database's host is a socket.")});
    if (!sshPort.trimmed().isEmpty() && !isPort(sshPort))
        problems.append({Field::SshPort, portProblem()});
    if (!sshUser.trimmed().isEmpty() && !isSshWord(sshUser.trimmed()))
        problems.append({Field::SshUser, tr("An SSH user has no blanks and does not begin with a hyphen.")});
    if (!sshKey.trimmed().isEmpty() && !isWholePath(sshKey.trimmed()))
        problems.append({Field::SshKey, pathProblem()});
}

} // namespace tidemark
