// SPDX-License-Identifier: GPL-3.0-or-later
// The fields of a connection: their tabs and names, and which of them mends an error.
#include <QUrl>

#include "ui/connections/connectiondraft.h"

using namespace Qt::StringLiterals;

namespace tidemark {

using Field = ConnectionField;

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
    case Field::Resources:
    case Field::ResourceName:
    case Field::ResourcePath:
    case Field::Records:
    case Field::Columns:
    case Field::Key:
    case Field::PagingParam:
    case Field::PageSize:
    case Field::PagingNext:
    case Field::PagingTotal:
    case Field::Since:
    case Field::Query:
    case Field::WriteInsert:
    case Field::WriteUpdate:
    case Field::WriteDelete:
    case Field::WriteRecord:
        return ConnectionTab::Resources;
    case Field::Headers:
    case Field::BodyLimit:
    case Field::RequestLimit:
    case Field::ReadLimit:
    case Field::RetryDelay:
    case Field::WaitLimit:
        return ConnectionTab::Requests;
    case Field::Stream:
    case Field::Group:
    case Field::Consumer:
    case Field::Idle:
    case Field::Exchange:
    case Field::Queue:
        return ConnectionTab::Queue;
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

ConnectionField ConnectionDraft::mendedAt(ConnectionField field) const
{
    if (!isServer() && field != Field::None)
        return Field::File;
    const bool isAddress = field == Field::Host || field == Field::Port;
    if (isService() && (isAddress || field == Field::TlsMode))
        return Field::Url;
    if (isService() && field == Field::Password)
        return takesSecret() ? field : Field::Auth;
    if (isService() && (field == Field::Database || field == Field::User))
        return field == Field::User && takesUser() ? field : Field::None;
    return field;
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
    case Field::Url:
        return tr("Address");
    case Field::Auth:
        return tr("Authentication");
    case Field::AuthHeader:
        return tr("Header");
    case Field::Resources:
        return tr("Resources");
    case Field::ResourceName:
        return tr("Resource's name");
    case Field::ResourcePath:
        return tr("Path");
    case Field::Records:
        return tr("Records");
    case Field::Columns:
        return tr("Columns");
    case Field::Key:
        return tr("Key");
    case Field::PagingParam:
        return tr("Page parameter");
    case Field::PageSize:
        return tr("Page size");
    case Field::PagingNext:
        return tr("Next page");
    case Field::PagingTotal:
        return tr("Count");
    case Field::Since:
        return tr("Only what is new");
    case Field::Query:
        return tr("Fixed parameters");
    case Field::WriteInsert:
        return tr("Insert");
    case Field::WriteUpdate:
        return tr("Update");
    case Field::WriteDelete:
        return tr("Delete");
    case Field::WriteRecord:
        return tr("Record written");
    case Field::Headers:
        return tr("Headers");
    case Field::BodyLimit:
        return tr("Largest answer");
    case Field::RequestLimit:
        return tr("One request");
    case Field::ReadLimit:
        return tr("Whole reading");
    case Field::RetryDelay:
        return tr("First pause");
    case Field::WaitLimit:
        return tr("Longest pause");
    case Field::Stream:
        return tr("Stream");
    case Field::Group:
        return tr("Group");
    case Field::Consumer:
        return tr("Consumer");
    case Field::Idle:
        return tr("Take-over");
    case Field::Exchange:
        return tr("Exchange");
    case Field::Queue:
        return tr("Queue");
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
        return ConnectionDraft::tr("Web service (JSON)");
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
    if (settings.queue)
        return settings.queue->stream
            + (settings.queue->queue.isEmpty() ? settings.queue->exchange : settings.queue->queue);
    if (settings.http)
        return QUrl(settings.http->url).host();
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
    if (settings.queue && settings.driver == Driver::Redis)
        return place + u'/' + settings.queue->stream;
    if (settings.queue)
        return place + u'/' + (settings.queue->queue.isEmpty() ? settings.queue->exchange : settings.queue->queue);
    return place + u'/' + settings.database;
}

} // namespace tidemark
