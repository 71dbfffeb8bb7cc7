// SPDX-License-Identifier: GPL-3.0-or-later
#include <array>

#include <QUrl>

#include "core/config/connectionreader.h"
#include "core/config/jobreader.h"

namespace tidemark {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 commandTimeoutMs = 60'000;
constexpr qint64 hookTimeoutMs = 10'000;
constexpr qint64 shortestTimeoutMs = 1000;
constexpr qint64 longestTimeoutMs = 3'600'000;

const QString &forms()
{
    static const QString text = uR"({"notify": true} | {"command": [PROGRAM, …]} | {"webhook": URL})"_s;
    return text;
}

// The first is a program: a name that PATH finds, or a path, relative ones from the job file's folder. No shell reads
// any of it.
QStringList readCommand(const JsonNode &node, const QString &folder)
{
    QStringList words;
    const QList<JsonNode> nodes = node.array(u"array"_s);
    if (node.isArray() && nodes.isEmpty())
        node.wrongValue(u"non-empty"_s);
    for (const JsonNode &word : nodes) {
        if (words.isEmpty()) {
            const QString program = word.text();
            words.append(program.contains(u'/') ? absolutePath(folder, program) : program);
            continue;
        }
        const QString argument = word.string();
        for (const QChar c : argument) {
            if (c.unicode() < 0x20 || c.unicode() == 0x7f) {
                word.fault(ErrorCode::WrongValue, u"printable"_s, false); // it may be a secret
                break;
            }
        }
        words.append(argument);
    }
    return words;
}

// What it is found to be is not told: such addresses often are a secret themselves.
QString readHook(const JsonNode &node)
{
    const QString text = node.text();
    if (text.isEmpty())
        return {};
    const QUrl url(text, QUrl::StrictMode);
    ConnectionSettings at;
    at.driver = Driver::Postgres;
    at.host = url.host();
    const bool safe = url.scheme() == "https"_L1 || (url.scheme() == "http"_L1 && at.isNear());
    if (!url.userInfo().isEmpty())
        node.fault(ErrorCode::PasswordInClear, u"hook-url"_s, false);
    else if (!url.isValid() || url.host().isEmpty() || url.hasFragment() || !safe)
        node.fault(ErrorCode::WrongValue, u"hook-url"_s, false);
    return text;
}

// Nobody is there to be asked.
PasswordSource readHookSecret(const JsonNode &node, const QString &folder)
{
    static const QString sources = uR"({"keychain": KEY} | {"env": NAME} | {"file": PATH})"_s;
    if (node.isObject())
        return readPasswordSource(node, folder);
    const bool asks = node.isString() && node.value().toString() == "ask"_L1;
    node.fault(asks ? ErrorCode::WrongValue : ErrorCode::PasswordInClear, sources, false);
    return {};
}

AfterRunAction readAction(const JsonNode &node, const QString &folder)
{
    using Kind = AfterRunAction::Kind;
    AfterRunAction action;
    const JsonObjectNode object =
        node.object({"notify"_L1, "command"_L1, "webhook"_L1, "secret"_L1, "timeout"_L1}, forms());
    if (!node.isObject())
        return action;
    if (object.has("notify"_L1) + object.has("command"_L1) + object.has("webhook"_L1) != 1) {
        node.fault(ErrorCode::WrongValue, forms(), false);
        return action;
    }
    if (const auto notify = object.find("notify"_L1)) {
        object.checkKeys(std::array{"notify"_L1});
        if (!notify->boolean() && notify->value().isBool())
            notify->wrongValue(u"true"_s);
        return action;
    }
    if (const auto command = object.find("command"_L1)) {
        object.checkKeys(std::array{"command"_L1, "timeout"_L1});
        action.kind = Kind::Command;
        action.command = readCommand(*command, folder);
    } else {
        action.kind = Kind::WebHook;
        action.url = readHook(object.at("webhook"_L1));
        if (const auto secret = object.findSet("secret"_L1))
            action.secret = readHookSecret(*secret, folder);
    }
    if (const auto timeout = object.findSet("timeout"_L1))
        action.timeoutMs = timeout->durationMs(shortestTimeoutMs, longestTimeoutMs);
    return action;
}

QList<AfterRunAction> readActions(const JsonObjectNode &object, QLatin1StringView key, const QString &folder)
{
    QList<AfterRunAction> actions;
    if (const auto list = object.findSet(key)) {
        for (const JsonNode &node : list->array(u"array"_s))
            actions.append(readAction(node, folder));
    }
    return actions;
}

} // namespace

qint64 afterRunTimeoutMs(const AfterRunAction &action)
{
    if (action.timeoutMs > 0)
        return action.timeoutMs;
    return action.kind == AfterRunAction::Kind::WebHook ? hookTimeoutMs : commandTimeoutMs;
}

AfterRunSettings readAfterRun(const JsonNode &node, const QString &folder)
{
    AfterRunSettings settings;
    const JsonObjectNode object = node.object({"success"_L1, "attention"_L1, "failure"_L1, "always"_L1});
    settings.success = readActions(object, "success"_L1, folder);
    settings.attention = readActions(object, "attention"_L1, folder);
    settings.failure = readActions(object, "failure"_L1, folder);
    settings.always = readActions(object, "always"_L1, folder);
    return settings;
}

} // namespace tidemark
