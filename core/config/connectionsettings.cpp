// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/connectionsettings.h"

#include <tuple>

#include <QDir>
#include <QRegularExpression>

#include "core/config/connectionreader.h"
#include "core/config/httpreader.h"
#include "core/config/jsonreader.h"
#include "core/config/queuereader.h"

namespace tidemark {

using namespace Qt::StringLiterals;

namespace {

// Those that this version does.
constexpr JsonChoice<Driver> drivers[]{{"sqlite"_L1, Driver::Sqlite}, {"postgres"_L1, Driver::Postgres},
                                       {"mysql"_L1, Driver::Mysql},   {"http"_L1, Driver::Http},
                                       {"redis"_L1, Driver::Redis},   {"amqp"_L1, Driver::Amqp}};
constexpr JsonChoice<TlsMode> tlsModes[]{{"disable"_L1, TlsMode::Disable},
                                         {"prefer"_L1, TlsMode::Prefer},
                                         {"require"_L1, TlsMode::Require},
                                         {"verify-ca"_L1, TlsMode::VerifyCa},
                                         {"verify-full"_L1, TlsMode::VerifyFull}};
constexpr qint64 longestTimeoutMs = 3'600'000;

// By its spelling: whatever a name server says must not weaken the default.
bool isLoopback(const QString &host)
{
    static const QRegularExpression ipv4(u"^127(\\.[0-9]{1,3}){3}$"_s);
    return host == "::1"_L1 || host.compare("localhost"_L1, Qt::CaseInsensitive) == 0 || ipv4.match(host).hasMatch();
}

bool isSocketPath(const QString &host) { return host.startsWith(u'/') || host.startsWith(u'@'); }

QString fingerprint(const JsonNode &node)
{
    const QString hex = node.string().remove(u':').toLower();
    bool isHex = hex.size() == 64;
    for (const QChar c : hex)
        isHex = isHex && ((c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'f'));
    if (!isHex && node.isString())
        node.wrongValue(u"sha256"_s);
    return hex;
}

TlsSettings readTls(const JsonNode &node, const QString &folder)
{
    TlsSettings tls;
    if (node.isString()) {
        tls.mode = node.choice(tlsModes);
        return tls;
    }
    const JsonObjectNode object =
        node.object({"mode"_L1, "ca"_L1, "cert"_L1, "key"_L1, "pin"_L1}, u"string | object"_s);
    if (auto mode = object.findSet("mode"_L1))
        tls.mode = mode->choice(tlsModes);
    const auto path = [&](QLatin1StringView key) {
        const auto file = object.findSet(key);
        return file ? absolutePath(folder, file->text()) : QString();
    };
    tls.ca = path("ca"_L1);
    tls.cert = path("cert"_L1);
    tls.key = path("key"_L1);
    if (auto pin = object.findSet("pin"_L1))
        tls.pin = fingerprint(*pin);
    return tls;
}

QString sshWord(const JsonNode &node)
{
    const QString word = node.text();
    if (!word.isEmpty() && !isSshWord(word))
        node.wrongValue(u"ssh-word"_s);
    return word;
}

SshSettings readSsh(const JsonNode &node, const QString &folder)
{
    SshSettings ssh;
    const JsonObjectNode object = node.object({"host"_L1, "port"_L1, "user"_L1, "key"_L1});
    if (!node.isObject())
        return ssh;
    if (auto host = object.require("host"_L1, u"string"_s))
        ssh.host = sshWord(*host);
    if (auto port = object.findSet("port"_L1))
        ssh.port = static_cast<int>(port->integer(1, 65535));
    if (auto user = object.findSet("user"_L1))
        ssh.user = sshWord(*user);
    if (auto key = object.findSet("key"_L1))
        ssh.key = absolutePath(folder, key->text());
    return ssh;
}

void readSqlite(const JsonObjectNode &object, const QString &folder, ConnectionSettings &settings)
{
    for (const QLatin1StringView key :
         {"host"_L1, "port"_L1, "schema"_L1, "user"_L1, "password"_L1, "tls"_L1, "ssh"_L1}) {
        if (object.findSet(key))
            object.at(key).fault(ErrorCode::WrongValue, u"null"_s, false);
    }
    const auto database = object.require("database"_L1, u"string"_s);
    if (!database)
        return;
    const QString path = database->text();
    if (path == ":memory:"_L1 || path.startsWith("file:"_L1))
        database->wrongValue(u"path"_s);
    settings.database = absolutePath(folder, path);
}

void readServer(const JsonObjectNode &object, const QString &folder, ConnectionSettings &settings)
{
    if (auto host = object.require("host"_L1, u"string"_s))
        settings.host = host->text();
    if (auto port = object.findSet("port"_L1))
        settings.port = static_cast<int>(port->integer(1, 65535));
    if (isQueue(settings.driver))
        readQueue(object, settings);
    else if (auto database = object.require("database"_L1, u"string"_s))
        settings.database = database->text();
    if (auto schema = object.findSet("schema"_L1)) {
        settings.schema = schema->text();
        if (settings.driver == Driver::Mysql)
            schema->wrongValue(u"null"_s);
    }
    if (auto user = object.findSet("user"_L1))
        settings.user = user->text();
    if (auto password = object.findSet("password"_L1))
        settings.password = readPasswordSource(*password, folder);
    if (auto tls = object.findSet("tls"_L1))
        settings.tls = readTls(*tls, folder);
    if (auto ssh = object.findSet("ssh"_L1)) {
        settings.ssh = readSsh(*ssh, folder);
        // A socket of the far side cannot be reached by every client library, and one of this side needs no tunnel.
        if (isSocketPath(settings.host))
            object.at("host"_L1).wrongValue(u"host"_s);
    }
}

void readService(const JsonObjectNode &object, const QString &folder, ConnectionSettings &settings)
{
    if (auto tls = object.findSet("tls"_L1))
        settings.tls = readTls(*tls, folder);
    readHttp(object, folder, settings);
}

} // namespace

PasswordSource readPasswordSource(const JsonNode &node, const QString &folder)
{
    static const QString forms = uR"({"keychain": KEY} | {"env": NAME} | {"file": PATH} | "ask")"_s;
    if (node.isString() && node.value().toString() == "ask"_L1)
        return {PasswordSource::Kind::Ask, {}};
    if (!node.isObject()) {
        node.fault(ErrorCode::PasswordInClear, forms, false);
        return {};
    }
    const JsonObjectNode object = node.object({"keychain"_L1, "env"_L1, "file"_L1});
    if (node.value().toObject().size() != 1) {
        node.fault(ErrorCode::WrongValue, forms, false);
        return {};
    }
    if (auto keychain = object.find("keychain"_L1))
        return {PasswordSource::Kind::Keychain, keychain->text()};
    if (auto env = object.find("env"_L1))
        return {PasswordSource::Kind::Env, env->text()};
    if (auto file = object.find("file"_L1))
        return {PasswordSource::Kind::File, absolutePath(folder, file->text())};
    return {};
}

// Whatever begins with '-' would be an option to ssh, and it passes names on to shells of its configuration.
bool isSshWord(const QString &hostOrUser)
{
    static const QRegularExpression odd(u"[\\s\\p{C}'\"`$\\\\;&<>|(){}*?!#]"_s);
    return !hostOrUser.isEmpty() && !hostOrUser.startsWith(u'-') && !hostOrUser.contains(odd);
}

QString SshSettings::label() const
{
    const QString at = user.isEmpty() ? host : QString(user + u'@' + host);
    return port == SshSettings().port ? at : QString(at + u':' + QString::number(port));
}

QString absolutePath(const QString &folder, const QString &path)
{
    if (path.isEmpty())
        return path;
    if (path.startsWith("~/"_L1))
        return QDir::cleanPath(QDir::homePath() + path.mid(1));
    return QDir::cleanPath(QDir(folder).absoluteFilePath(path));
}

QString tlsModeName(TlsMode mode)
{
    for (const auto &choice : tlsModes) {
        if (choice.value == mode)
            return choice.name;
    }
    return {};
}

std::optional<TlsMode> tlsModeFromName(QStringView name)
{
    for (const auto &choice : tlsModes) {
        if (name == choice.name)
            return choice.value;
    }
    return std::nullopt;
}

bool isSql(Driver driver) { return driver == Driver::Sqlite || driver == Driver::Postgres || driver == Driver::Mysql; }

bool isQueue(Driver driver) { return driver == Driver::Redis || driver == Driver::Amqp; }

bool ConnectionSettings::operator==(const ConnectionSettings &other) const
{
    const auto rest = [](const ConnectionSettings &side) {
        return std::tie(side.name, side.driver, side.host, side.port, side.database, side.schema, side.user,
                        side.password, side.tls, side.ssh, side.timeoutMs, side.readOnly, side.production);
    };
    const auto same = [](const auto &one, const auto &two) { return one == two || (one && two && *one == *two); };
    return same(http, other.http) && same(queue, other.queue) && rest(*this) == rest(other);
}

QString driverName(Driver driver)
{
    for (const auto &choice : drivers) {
        if (choice.value == driver)
            return choice.name;
    }
    return {};
}

bool ConnectionSettings::isNear() const { return host.isEmpty() || isSocketPath(host) || isLoopback(host); }

TlsMode ConnectionSettings::effectiveTlsMode() const
{
    if (tls.mode)
        return *tls.mode;
    return isNear() ? TlsMode::Prefer : TlsMode::VerifyFull;
}

QString ConnectionSettings::label() const
{
    if (!name.isEmpty())
        return name;
    if (driver == Driver::Sqlite)
        return database;
    if (http)
        return http->url;
    if (queue)
        return driverName(driver) + "://"_L1 + (port > 0 ? QString(host + u':' + QString::number(port)) : host) + u'/'
            + (driver == Driver::Redis      ? queue->stream
                   : queue->queue.isEmpty() ? queue->exchange
                                            : queue->queue);
    const QString at = port > 0 ? QString(host + u':' + QString::number(port)) : host;
    return driverName(driver) + "://"_L1 + at + u'/' + database;
}

ConnectionSettings readConnection(const JsonNode &node, const QString &folder)
{
    ConnectionSettings settings;
    const QJsonObject json = node.value().toObject();
    if (node.isObject() && json.contains("driver"_L1)) {
        // First of all: the keys of a later driver would only be called unknown.
        settings.driver = JsonObjectNode(node).at("driver"_L1).choice(drivers, {"odbc"_L1});
    }
    const JsonObjectNode object = settings.driver == Driver::Redis
        ? node.object({"name"_L1, "driver"_L1, "host"_L1, "port"_L1, "database"_L1, "user"_L1, "password"_L1, "tls"_L1,
                       "timeout"_L1, "readOnly"_L1, "production"_L1, "ssh"_L1, "stream"_L1, "group"_L1, "consumer"_L1,
                       "idle"_L1, "deliveryLimit"_L1, "envelope"_L1})
        : settings.driver == Driver::Amqp
        ? node.object({"name"_L1, "driver"_L1, "host"_L1, "port"_L1, "database"_L1, "user"_L1, "password"_L1, "tls"_L1,
                       "timeout"_L1, "readOnly"_L1, "production"_L1, "ssh"_L1, "exchange"_L1, "queue"_L1, "prefetch"_L1,
                       "oneConsumer"_L1, "deliveryLimit"_L1, "envelope"_L1})
        : settings.driver == Driver::Http
        ? node.object({"name"_L1, "driver"_L1, "url"_L1, "auth"_L1, "headers"_L1, "resources"_L1, "limits"_L1,
                       "inFlight"_L1, "clearText"_L1, "tls"_L1, "timeout"_L1, "readOnly"_L1, "production"_L1})
        : node.object({"name"_L1, "driver"_L1, "host"_L1, "port"_L1, "database"_L1, "schema"_L1, "user"_L1,
                       "password"_L1, "tls"_L1, "timeout"_L1, "readOnly"_L1, "production"_L1, "ssh"_L1});
    if (node.reader().failed())
        return settings;
    object.require("driver"_L1,
                   alternatives({u"sqlite"_s, u"postgres"_s, u"mysql"_s, u"http"_s, u"redis"_s, u"amqp"_s}));
    if (auto name = object.findSet("name"_L1))
        settings.name = name->text();
    if (settings.driver == Driver::Sqlite)
        readSqlite(object, folder, settings);
    else if (settings.driver == Driver::Http)
        readService(object, folder, settings);
    else
        readServer(object, folder, settings);
    if (auto timeout = object.findSet("timeout"_L1))
        settings.timeoutMs = timeout->durationMs(1, longestTimeoutMs);
    if (auto readOnly = object.find("readOnly"_L1))
        settings.readOnly = readOnly->boolean();
    if (auto production = object.find("production"_L1))
        settings.production = production->boolean();
    return settings;
}

Result<ConnectionSettings> connectionFromJson(const QJsonObject &object, const QString &file, const QString &path,
                                              const QString &folder)
{
    JsonReader reader(file);
    ConnectionSettings settings = readConnection(JsonNode(reader, object, path), folder);
    if (reader.failed())
        return fail(*reader.error());
    return settings;
}

} // namespace tidemark
