// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/connections/connectiondraft.h"

#include <QUrl>

#include "core/base/units.h"

using namespace Qt::StringLiterals;

namespace tidemark {

using Field = ConnectionField;
using Kind = PasswordSource::Kind;

static QString portText(int port) { return port > 0 ? QString::number(port) : QString(); }

static LimitTexts textsOf(const HttpLimits &limits)
{
    return {formatSize(limits.bodyBytes), formatDuration(limits.requestMs), formatDuration(limits.readMs),
            formatDuration(limits.retryDelayMs), formatDuration(limits.waitMs)};
}

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
    if (settings.http)
        draft.service = *settings.http;
    draft.limits = textsOf(draft.service.limits);
    if (settings.queue)
        draft.queue = *settings.queue;
    draft.idle = formatDuration(draft.queue.idleMs);
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

bool ConnectionDraft::takesUser() const
{
    return isService() ? service.auth.kind == HttpAuth::Kind::Basic : isServer();
}

bool ConnectionDraft::takesSecret() const
{
    return isService() ? service.auth.kind != HttpAuth::Kind::None : isServer();
}

static TlsSettings tlsOf(const ConnectionDraft &draft)
{
    TlsSettings tls;
    const auto verified = static_cast<int>(TlsMode::VerifyFull); // the one way of a web service
    if (draft.tlsMode >= 0 && (!draft.isService() || draft.tlsMode == verified))
        tls.mode = static_cast<TlsMode>(draft.tlsMode);
    tls.ca = draft.ca.trimmed();
    tls.cert = draft.certificate.trimmed();
    tls.key = draft.certificateKey.trimmed();
    tls.pin = draft.pin.trimmed().remove(u':').remove(QChar(0x200b)).toLower();
    return tls;
}

// Where it is, as reading the file finds it.
static void putService(const ConnectionDraft &draft, ConnectionSettings &result)
{
    auto http = std::make_shared<HttpSettings>(draft.service);
    http->url = http->url.trimmed();
    while (http->url.endsWith(u'/'))
        http->url.chop(1);
    HttpLimits &limits = http->limits;
    limits.bodyBytes = parseSize(draft.limits.body.trimmed()).value_or(limits.bodyBytes);
    const std::pair<const QString &, qint64 &> times[]{{draft.limits.request, limits.requestMs},
                                                       {draft.limits.read, limits.readMs},
                                                       {draft.limits.retryDelay, limits.retryDelayMs},
                                                       {draft.limits.wait, limits.waitMs}};
    for (const auto &[text, ms] : times)
        ms = parseDurationMs(text.trimmed()).value_or(ms);
    http->auth.header = http->auth.kind == HttpAuth::Kind::Header ? http->auth.header.trimmed() : QString();
    const QUrl url(http->url, QUrl::StrictMode);
    result.host = url.host();
    result.port = std::max(0, url.port(0));
    result.http = std::move(http);
}

static std::shared_ptr<const QueueSettings> queueOf(const ConnectionDraft &draft)
{
    QueueSettings queue = draft.queue;
    const bool redis = draft.driver == Driver::Redis;
    for (QString *text : {&queue.stream, &queue.group, &queue.consumer, &queue.exchange, &queue.queue})
        *text = text->trimmed();
    const QueueSettings usual;
    if (redis) { // what the other broker has goes
        queue.exchange.clear();
        queue.queue.clear();
        queue.prefetch = usual.prefetch;
        queue.oneConsumer = usual.oneConsumer;
        queue.idleMs = parseDurationMs(draft.idle.trimmed()).value_or(queue.idleMs);
    } else {
        queue.stream.clear();
        queue.group = usual.group;
        queue.consumer.clear();
        queue.idleMs = usual.idleMs;
    }
    return std::make_shared<const QueueSettings>(queue);
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
    if (takesUser())
        result.user = user.trimmed();
    if (takesSecret())
        result.password = passwordOf(*this);
    result.tls = tlsOf(*this);
    if (isService()) {
        putService(*this, result);
        return result;
    }
    if (isBroker())
        result.queue = queueOf(*this);
    result.host = host.trimmed();
    result.port = hasPort() ? port.toInt() : 0;
    result.database = database.trimmed();
    result.schema = driver == Driver::Postgres ? schema.trimmed() : QString();
    if (ssh) {
        const int sshPortNumber = sshPort.trimmed().isEmpty() ? 22 : sshPort.toInt();
        result.ssh = SshSettings{sshHost.trimmed(), sshPortNumber, sshUser.trimmed(), sshKey.trimmed()};
    }
    return result;
}

} // namespace tidemark
