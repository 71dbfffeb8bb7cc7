// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>

#include <QJsonObject>
#include <QString>

#include "core/base/result.h"
#include "core/config/httpsettings.h"
#include "core/config/queuesettings.h"

namespace tidemark {

enum class Driver : quint8 { Sqlite, Postgres, Mysql, Http, Redis, Amqp };
bool isSql(Driver driver); // a database
bool isQueue(Driver driver); // of messages

enum class TlsMode : quint8 { Disable, Prefer, Require, VerifyCa, VerifyFull };

struct TlsSettings
{
    std::optional<TlsMode> mode; // not set: verify-full, or prefer where the host is loopback or a socket
    QString ca, cert, key, pin; // paths; pin: SHA-256 of the certificate, hex
    bool operator==(const TlsSettings &) const = default;
};

struct PasswordSource
{
    enum class Kind : quint8 { None, Env, File, Ask, Keychain };
    Kind kind = Kind::None;
    QString name; // the variable, the path, the keychain's key
    bool operator==(const PasswordSource &) const = default;
};

// The way through an SSH server, by the system's ssh: its configuration, its known hosts, its agent.
struct SshSettings
{
    QString host; // a name or an alias of ~/.ssh/config
    int port = 22;
    QString user; // empty: as ssh decides
    QString key; // path of a private key; empty: the agent and ssh's own
    QString label() const; // "me@bastion:2222"
    bool operator==(const SshSettings &) const = default;
};

// A saved way to reach one database. Never holds a password: see secrets.h.
struct ConnectionSettings
{
    QString name; // empty: inline
    Driver driver = Driver::Sqlite;
    QString host; // also a socket's folder (postgres) or path (mysql)
    int port = 0; // 0: the driver's default
    QString database; // SQLite: the file's absolute path
    QString schema; // postgres; empty: the first of the search path
    QString user;
    PasswordSource password;
    TlsSettings tls;
    std::optional<SshSettings> ssh; // host, port and TLS name are then as that server sees them
    qint64 timeoutMs = 10'000;
    bool readOnly = false;
    bool production = false;
    std::shared_ptr<const HttpSettings> http; // of Http, and of no other; never changed once it is there
    std::shared_ptr<const QueueSettings> queue; // of Redis and Amqp; likewise

    bool isNear() const; // the host is a socket or loopback, by its spelling
    TlsMode effectiveTlsMode() const;
    QString label() const; // the name, else what it points to: for people
    bool operator==(const ConnectionSettings &other) const;
};

QString driverName(Driver driver); // "postgres": as in files

// A URL (sqlite:///path, postgres://, postgresql://, mysql://, mariadb://, redis://host/0?stream=…,
// amqp://host/vhost?queue=…; rediss and amqps: with TLS) or the path of an SQLite file → settings. A password in the
// URL is refused (PasswordInClear).
Result<ConnectionSettings> connectionFromUrl(const QString &urlOrFile);
bool isSshWord(const QString &hostOrUser); // fit for ssh's command line: no leading '-', no blank, no control character

// `file` and `path` (JSON path, "connections[0]") are for messages; relative SQLite, TLS and password paths are taken
// relative to `folder`.
Result<ConnectionSettings> connectionFromJson(const QJsonObject &object, const QString &file, const QString &path,
                                              const QString &folder);
QJsonObject connectionToJson(const ConnectionSettings &settings);

} // namespace tidemark
