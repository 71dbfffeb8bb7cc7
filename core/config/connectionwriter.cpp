// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/units.h"
#include "core/config/connectionreader.h"
#include "core/config/queuereader.h"

namespace tidemark {

using namespace Qt::StringLiterals;

namespace {

QJsonValue tlsToJson(const TlsSettings &tls)
{
    QJsonObject object;
    if (tls.mode)
        object.insert("mode"_L1, tlsModeName(*tls.mode));
    const std::pair<QLatin1StringView, const QString &> texts[]{
        {"ca"_L1, tls.ca}, {"cert"_L1, tls.cert}, {"key"_L1, tls.key}, {"pin"_L1, tls.pin}};
    for (const auto &[key, text] : texts) {
        if (!text.isEmpty())
            object.insert(key, text);
    }
    return object.size() == 1 && tls.mode ? object.value("mode"_L1) : QJsonValue(object);
}

QJsonValue passwordToJson(const PasswordSource &password)
{
    switch (password.kind) {
    case PasswordSource::Kind::None:
        break;
    case PasswordSource::Kind::Env:
        return QJsonObject{{u"env"_s, password.name}};
    case PasswordSource::Kind::File:
        return QJsonObject{{u"file"_s, password.name}};
    case PasswordSource::Kind::Ask:
        return u"ask"_s;
    case PasswordSource::Kind::Keychain:
        return QJsonObject{{u"keychain"_s, password.name}};
    }
    return QJsonValue::Null;
}

QJsonObject sshToJson(const SshSettings &ssh)
{
    QJsonObject object{{u"host"_s, ssh.host}};
    if (ssh.port != SshSettings().port)
        object.insert("port"_L1, ssh.port);
    if (!ssh.user.isEmpty())
        object.insert("user"_L1, ssh.user);
    if (!ssh.key.isEmpty())
        object.insert("key"_L1, ssh.key);
    return object;
}

QJsonObject authToJson(const ConnectionSettings &settings)
{
    const QJsonValue secret = passwordToJson(settings.password);
    switch (settings.http->auth.kind) {
    case HttpAuth::Kind::None:
        break;
    case HttpAuth::Kind::Basic:
        return {{u"basic"_s, QJsonObject{{u"user"_s, settings.user}, {u"password"_s, secret}}}};
    case HttpAuth::Kind::Bearer:
        return {{u"bearer"_s, secret}};
    case HttpAuth::Kind::Header:
        return {{u"header"_s, QJsonObject{{u"name"_s, settings.http->auth.header}, {u"value"_s, secret}}}};
    }
    return {};
}

QJsonObject serviceToJson(const ConnectionSettings &settings)
{
    QJsonObject object = httpToJson(*settings.http);
    if (!settings.name.isEmpty())
        object.insert("name"_L1, settings.name);
    object.insert("driver"_L1, driverName(settings.driver));
    if (const QJsonObject auth = authToJson(settings); !auth.isEmpty())
        object.insert("auth"_L1, auth);
    if (settings.tls != TlsSettings())
        object.insert("tls"_L1, tlsToJson(settings.tls));
    if (settings.timeoutMs != ConnectionSettings().timeoutMs)
        object.insert("timeout"_L1, formatDuration(settings.timeoutMs));
    if (settings.readOnly)
        object.insert("readOnly"_L1, true);
    if (settings.production)
        object.insert("production"_L1, true);
    return object;
}

} // namespace

QJsonObject connectionToJson(const ConnectionSettings &settings)
{
    if (settings.http)
        return serviceToJson(settings);
    QJsonObject object = settings.queue ? queueToJson(settings) : QJsonObject();
    const auto put = [&](QLatin1StringView key, const QString &text) {
        if (!text.isEmpty())
            object.insert(key, text);
    };
    put("name"_L1, settings.name);
    put("driver"_L1, driverName(settings.driver));
    put("host"_L1, settings.host);
    if (settings.port > 0)
        object.insert("port"_L1, settings.port);
    put("database"_L1, settings.database);
    put("schema"_L1, settings.schema);
    put("user"_L1, settings.user);
    if (settings.password.kind != PasswordSource::Kind::None)
        object.insert("password"_L1, passwordToJson(settings.password));
    if (settings.tls != TlsSettings())
        object.insert("tls"_L1, tlsToJson(settings.tls));
    if (settings.ssh)
        object.insert("ssh"_L1, sshToJson(*settings.ssh));
    if (settings.timeoutMs != ConnectionSettings().timeoutMs)
        object.insert("timeout"_L1, formatDuration(settings.timeoutMs));
    if (settings.readOnly)
        object.insert("readOnly"_L1, true);
    if (settings.production)
        object.insert("production"_L1, true);
    return object;
}

} // namespace tidemark
