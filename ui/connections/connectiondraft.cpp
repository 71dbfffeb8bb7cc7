// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/connections/connectiondraft.h"

#include "app/wording/wording.h"
#include "core/base/units.h"

using namespace Qt::StringLiterals;

namespace tidemark {

using Field = ConnectionField;
using Kind = PasswordSource::Kind;

static QString portText(int port) { return port > 0 ? QString::number(port) : QString(); }

ConnectionDraft ConnectionDraft::of(const ConnectionSettings &settings)
{
    ConnectionDraft draft;
    draft.name = settings.name;
    draft.driver = settings.driver;
    (settings.driver == Driver::Sqlite ? draft.file : draft.database) = settings.database;
    draft.host = settings.host;
    draft.port = portText(settings.port);
    draft.schema = settings.schema;
    draft.user = settings.user;
    draft.passwordKind = settings.password.kind;
    if (settings.password.kind == Kind::Keychain)
        draft.keychainKey = settings.password.name;
    else if (settings.password.kind == Kind::Env)
        draft.variable = settings.password.name;
    else if (settings.password.kind == Kind::File)
        draft.passwordFile = settings.password.name;
    draft.secretStored = settings.password.kind == Kind::Keychain;
    draft.timeout = formatDuration(settings.timeoutMs);
    draft.tlsMode = settings.tls.mode ? static_cast<int>(*settings.tls.mode) : -1;
    draft.ca = settings.tls.ca;
    draft.certificate = settings.tls.cert;
    draft.certificateKey = settings.tls.key;
    draft.pin = settings.tls.pin;
    if (settings.ssh) {
        draft.ssh = true;
        draft.sshHost = settings.ssh->host;
        draft.sshPort = settings.ssh->port == 22 ? QString() : portText(settings.ssh->port);
        draft.sshUser = settings.ssh->user;
        draft.sshKey = settings.ssh->key;
    }
    draft.service = settings.http;
    draft.readOnly = settings.readOnly;
    draft.production = settings.production;
    return draft;
}

static PasswordSource passwordOf(const ConnectionDraft &draft)
{
    switch (draft.passwordKind) {
    case Kind::Env:
        return {Kind::Env, draft.variable.trimmed()};
    case Kind::File:
        return {Kind::File, draft.passwordFile.trimmed()};
    case Kind::Keychain:
        return {Kind::Keychain, draft.keychainKey.isEmpty() ? draft.name.trimmed() : draft.keychainKey};
    case Kind::None:
    case Kind::Ask:
        break;
    }
    return {draft.passwordKind, {}};
}

ConnectionSettings ConnectionDraft::settings() const
{
    ConnectionSettings result;
    result.name = name.trimmed();
    result.driver = driver;
    result.timeoutMs = parseDurationMs(timeout.trimmed()).value_or(result.timeoutMs);
    result.readOnly = readOnly;
    result.production = production;
    if (!isServer()) {
        result.database = file;
        return result;
    }
    result.http = driver == Driver::Http ? service : nullptr;
    result.host = host.trimmed();
    result.port = hasPort() ? port.toInt() : 0;
    result.database = database.trimmed();
    result.schema = driver == Driver::Postgres ? schema.trimmed() : QString();
    result.user = user.trimmed();
    result.password = passwordOf(*this);
    if (tlsMode >= 0)
        result.tls.mode = static_cast<TlsMode>(tlsMode);
    result.tls.ca = ca.trimmed();
    result.tls.cert = certificate.trimmed();
    result.tls.key = certificateKey.trimmed();
    result.tls.pin = pin.trimmed().remove(u':').remove(QChar(0x200b)).toLower();
    if (ssh) {
        const int sshPortNumber = sshPort.trimmed().isEmpty() ? 22 : sshPort.toInt();
        result.ssh = SshSettings{sshHost.trimmed(), sshPortNumber, sshUser.trimmed(), sshKey.trimmed()};
    }
    return result;
}

ConnectionTab tabOf(ConnectionField field)
{
    switch (field) {
    case Field::TlsMode:
    case Field::Ca:
    case Field::Certificate:
    case Field::CertificateKey:
    case Field::Pin:
        return ConnectionTab::Tls;
    case Field::SshHost:
    case Field::SshPort:
    case Field::SshUser:
    case Field::SshKey:
        return ConnectionTab::Ssh;
    default:
        return ConnectionTab::General;
    }
}

static ConnectionField fieldOfFile(const QString &option)
{
    if (option == "tls.ca"_L1)
        return Field::Ca;
    if (option == "tls.cert"_L1)
        return Field::Certificate;
    return option == "tls.key"_L1 ? Field::CertificateKey : Field::File;
}

ConnectionField fieldOf(const Error &error)
{
    switch (error.code) {
    case ErrorCode::HostNotFound:
    case ErrorCode::TlsName:
        return Field::Host;
    case ErrorCode::Timeout:
        return Field::Timeout;
    case ErrorCode::Unreachable:
    case ErrorCode::ProtocolUnknown:
        return Field::Port;
    case ErrorCode::WrongPassword:
    case ErrorCode::PasswordMissing:
    case ErrorCode::KeychainLocked:
    case ErrorCode::KeychainUnavailable:
        return Field::Password;
    case ErrorCode::PasswordExposed:
        return Field::PasswordFile;
    case ErrorCode::NoRights:
        return Field::User;
    case ErrorCode::NoSuchDatabase:
        return Field::Database;
    case ErrorCode::NotADatabase:
    case ErrorCode::DatabaseDamaged:
    case ErrorCode::IsADirectory:
        return Field::File;
    case ErrorCode::FileNotFound:
    case ErrorCode::FileUnreadable:
    case ErrorCode::FileUnwritable:
        return fieldOfFile(error.facts.value(Fact::Option));
    case ErrorCode::TlsUnavailable:
        return Field::TlsMode;
    case ErrorCode::TlsUntrusted:
        return Field::Pin;
    case ErrorCode::SshHostKey:
    case ErrorCode::SshUnreachable:
    case ErrorCode::SshForwardRefused:
    case ErrorCode::SshUnavailable:
        return Field::SshHost;
    case ErrorCode::SshAuth:
        return Field::SshKey;
    default:
        return Field::None;
    }
}

QString ConnectionDraft::title(ConnectionField field)
{
    switch (field) {
    case Field::None:
        break;
    case Field::Name:
        return tr("Name");
    case Field::Driver:
        return tr("Database system");
    case Field::File:
        return tr("File");
    case Field::Host:
        return tr("Host");
    case Field::Port:
        return tr("Port");
    case Field::Database:
        return tr("Database");
    case Field::Schema:
        return tr("Schema");
    case Field::User:
        return tr("User");
    case Field::PasswordKind:
    case Field::Password:
        return tr("Password");
    case Field::Variable:
        return tr("Variable");
    case Field::PasswordFile:
        return tr("Password file");
    case Field::Timeout:
        return tr("Time-out");
    case Field::TlsMode:
        return tr("Encryption");
    case Field::Ca:
        return tr("Authority");
    case Field::Certificate:
        return tr("Own certificate");
    case Field::CertificateKey:
        return tr("Its key");
    case Field::Pin:
        return tr("Pinned certificate");
    case Field::SshHost:
        return tr("SSH host");
    case Field::SshPort:
        return tr("SSH port");
    case Field::SshUser:
        return tr("SSH user");
    case Field::SshKey:
        return tr("SSH key");
    }
    return {};
}

QString driverTitle(Driver driver)
{
    switch (driver) {
    case Driver::Sqlite:
        return u"SQLite"_s;
    case Driver::Postgres:
        return u"PostgreSQL"_s;
    case Driver::Mysql:
        return u"MariaDB / MySQL"_s;
    case Driver::Http:
        return ConnectionDraft::tr("Web service");
    case Driver::Redis:
        return u"Redis"_s;
    case Driver::Amqp:
        return u"RabbitMQ"_s;
    }
    return {};
}

QString suggestedName(const ConnectionSettings &settings)
{
    if (settings.driver == Driver::Sqlite)
        return settings.database.section(u'/', -1).section(u'.', 0, 0, QString::SectionSkipEmpty);
    return settings.database.isEmpty() ? settings.host : settings.database;
}

QString freeName(const QString &wanted, const QStringList &taken)
{
    QString name = wanted;
    for (int number = 2; taken.contains(name); ++number)
        name = wanted + u' ' + QString::number(number);
    return name;
}

QString placeOf(const ConnectionSettings &settings)
{
    if (settings.driver == Driver::Sqlite)
        return settings.database;
    if (settings.http)
        return settings.http->url;
    QString place = settings.user.isEmpty() ? QString() : QString(settings.user + u'@');
    const bool bracketed = settings.host.contains(u':') && !settings.host.startsWith(u'/');
    place += bracketed ? QString(u'[' + settings.host + u']') : settings.host;
    if (settings.port > 0)
        place += u':' + QString::number(settings.port);
    return place + u'/' + settings.database;
}

} // namespace tidemark
