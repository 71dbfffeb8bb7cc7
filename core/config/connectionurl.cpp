// SPDX-License-Identifier: GPL-3.0-or-later
#include <QDir>
#include <QFileInfo>
#include <QUrl>
#include <QUrlQuery>

#include "core/base/units.h"
#include "core/config/connectionreader.h"
#include "core/config/jsontext.h"
#include "core/config/queuereader.h"

namespace tidemark {

using namespace Qt::StringLiterals;

namespace {

// What may be said of a URL in a message: everything but the part that might hold a password.
Error refused(ErrorCode code, const QString &part, const QString &expected)
{
    Error error{code, {}, {}};
    error.with(Fact::JsonPath, part);
    if (!expected.isEmpty())
        error.with(Fact::Expected, expected);
    return error;
}

Result<void> readOption(const QString &key, const QString &value, ConnectionSettings &settings)
{
    const QString here = QDir::currentPath();
    if (key == "password"_L1)
        return fail(refused(ErrorCode::PasswordInClear, key, {}));
    if (key == "host"_L1 && settings.host.isEmpty()) {
        settings.host = value; // a socket's folder does not fit before the path
    } else if (key == "schema"_L1 && settings.driver == Driver::Postgres) {
        settings.schema = value;
    } else if (key == "tls"_L1 || key == "sslmode"_L1) {
        settings.tls.mode = tlsModeFromName(value);
        if (!settings.tls.mode) {
            return fail(
                refused(ErrorCode::WrongValue, key,
                        alternatives({u"disable"_s, u"prefer"_s, u"require"_s, u"verify-ca"_s, u"verify-full"_s})));
        }
    } else if (key == "ca"_L1 || key == "sslrootcert"_L1) {
        settings.tls.ca = absolutePath(here, value);
    } else if (key == "timeout"_L1) {
        const auto ms = parseDurationMs(value);
        if (!ms || *ms < 1)
            return fail(refused(ErrorCode::WrongValue, key, u"duration"_s));
        settings.timeoutMs = *ms;
    } else {
        return fail(refused(ErrorCode::UnknownKey, key, u"host, schema, tls, ca, timeout"_s));
    }
    return {};
}

void readAuthority(const QUrl &url, ConnectionSettings &settings)
{
    settings.host = url.host(QUrl::FullyDecoded);
    if (settings.host.startsWith(u'[') && settings.host.endsWith(u']'))
        settings.host = settings.host.mid(1, settings.host.size() - 2);
    settings.port = std::max(0, url.port(0));
    settings.user = url.userName(QUrl::FullyDecoded);
    settings.database = url.path(QUrl::FullyDecoded).mid(1);
}

Result<ConnectionSettings> queueFromUrl(const QUrl &url, Driver driver, bool withTls)
{
    ConnectionSettings settings;
    settings.driver = driver;
    readAuthority(url, settings);
    QJsonObject keys;
    const auto options = QUrlQuery(url).queryItems(QUrl::FullyDecoded);
    for (const auto &[key, value] : options) {
        if (!setQueueOption(key, value, keys))
            TRY(readOption(key, value, settings));
    }
    if (settings.host.isEmpty())
        return fail(refused(ErrorCode::MissingKey, u"host"_s, u"string"_s));
    if (withTls && !settings.tls.mode)
        settings.tls.mode = TlsMode::VerifyFull;
    // The same rules as for a file, which say which of the options this broker has.
    QJsonObject object = connectionToJson(settings);
    for (auto key = keys.constBegin(); key != keys.constEnd(); ++key)
        object.insert(key.key(), key.value());
    return connectionFromJson(object, {}, {}, QDir::currentPath());
}

Result<ConnectionSettings> serverFromUrl(const QUrl &url, Driver driver)
{
    ConnectionSettings settings;
    settings.driver = driver;
    readAuthority(url, settings);
    const auto options = QUrlQuery(url).queryItems(QUrl::FullyDecoded);
    for (const auto &[key, value] : options)
        TRY(readOption(key, value, settings));
    if (settings.host.isEmpty())
        return fail(refused(ErrorCode::MissingKey, u"host"_s, u"string"_s));
    if (settings.database.isEmpty())
        return fail(refused(ErrorCode::MissingKey, u"database"_s, u"string"_s));
    // The same rules as for a file.
    return connectionFromJson(connectionToJson(settings), {}, {}, QDir::currentPath());
}

Result<ConnectionSettings> sqliteFile(const QString &path)
{
    ConnectionSettings settings;
    settings.driver = Driver::Sqlite;
    if (path.isEmpty())
        return fail(refused(ErrorCode::MissingKey, u"database"_s, u"string"_s));
    settings.database = path;
    return connectionFromJson(connectionToJson(settings), {}, {}, QDir::currentPath());
}

} // namespace

Result<ConnectionSettings> connectionFromUrl(const QString &urlOrFile)
{
    const qsizetype colon = urlOrFile.indexOf("://"_L1);
    if (colon <= 0 && urlOrFile.endsWith(".json"_L1)) { // a connection that no URL can tell
        TRY_ASSIGN(const QJsonObject object, readJsonFile(urlOrFile));
        return connectionFromJson(object, urlOrFile, {}, QFileInfo(urlOrFile).absolutePath());
    }
    if (colon <= 0)
        return sqliteFile(urlOrFile.startsWith("sqlite:"_L1) ? urlOrFile.mid(7) : urlOrFile);
    const QString scheme = urlOrFile.left(colon).toLower();
    if (scheme == "sqlite"_L1)
        return sqliteFile(QUrl::fromPercentEncoding(urlOrFile.mid(colon + 3).toUtf8()));
    if (scheme == "http"_L1 || scheme == "https"_L1) // its resources are described in a file
        return fail(refused(ErrorCode::MissingKey, u"resources"_s, u"object"_s));
    if (scheme == "odbc"_L1)
        return fail(Error{ErrorCode::NotAvailable, {}, {}}.with(Fact::Driver, scheme));
    Driver driver = Driver::Postgres;
    if (scheme == "mysql"_L1 || scheme == "mariadb"_L1)
        driver = Driver::Mysql;
    else if (scheme == "redis"_L1 || scheme == "rediss"_L1)
        driver = Driver::Redis;
    else if (scheme == "amqp"_L1 || scheme == "amqps"_L1)
        driver = Driver::Amqp;
    else if (scheme != "postgres"_L1 && scheme != "postgresql"_L1)
        return fail(refused(ErrorCode::WrongValue, u"driver"_s,
                            alternatives({u"sqlite"_s, u"postgres"_s, u"mysql"_s, u"redis"_s, u"amqp"_s}))
                        .with(Fact::Found, quoted(scheme)));
    const QUrl url(urlOrFile, QUrl::StrictMode);
    // An unreadable URL is judged by its looks, so that a password with odd characters is not echoed either.
    const QString authority = urlOrFile.mid(colon + 3).section(u'/', 0, 0);
    const QString userInfo = authority.contains(u'@') ? authority.section(u'@', 0, -2) : QString();
    if (userInfo.contains(u':') || !url.password().isEmpty())
        return fail(refused(ErrorCode::PasswordInClear, u"password"_s, {}));
    if (!url.isValid() || url.hasFragment())
        return fail(refused(ErrorCode::WrongValue, u"url"_s, u"url"_s));
    const bool withTls = scheme == "rediss"_L1 || scheme == "amqps"_L1;
    return isQueue(driver) ? queueFromUrl(url, driver, withTls) : serverFromUrl(url, driver);
}

} // namespace tidemark
