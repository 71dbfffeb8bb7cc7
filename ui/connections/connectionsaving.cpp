// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/connections/connectionsaving.h"

#include <QFile>

#include "core/config/jsontext.h"

using namespace Qt::StringLiterals;

namespace tidemark {

using Kind = PasswordSource::Kind;

static SaveOutcome failed(const SaveOrder &order, Error error, ConnectionField field)
{
    return {order.settings, std::move(error), field, false, {}};
}

// Another workspace may have an entry of that name: it must not be overwritten.
static Result<QString> freeKey(Keychain &keychain, const QString &wanted, Cancellation *cancellation)
{
    for (int number = 1; number < 100; ++number) {
        const QString key = number == 1 ? wanted : QString(wanted + u' ' + QString::number(number));
        const auto there = keychain.read(key, cancellation);
        if (!there && there.error().code == ErrorCode::PasswordMissing)
            return key;
        if (!there)
            return fail(there.error());
    }
    return fail(Error{ErrorCode::DuplicateName, {}, {}}.with(Fact::Keychain, wanted));
}

// Whether an entry was made that was not there before.
static Result<bool> store(const SaveOrder &order, ConnectionSettings &settings)
{
    Secret secret(order.secret.toUtf8());
    if (secret.isEmpty() && !order.copyOf.isEmpty()) {
        TRY_ASSIGN(secret, order.keychain->read(order.copyOf, order.cancellation.get()));
    }
    if (secret.isEmpty())
        return false;
    if (!order.ownKey) {
        TRY_ASSIGN(settings.password.name, freeKey(*order.keychain, settings.password.name, order.cancellation.get()));
    }
    TRY(order.keychain->write(settings.password.name, secret, order.cancellation.get()));
    return !order.ownKey;
}

static Result<std::optional<ConnectionSettings>> stored(const Workspace &workspace, const QString &name)
{
    TRY_ASSIGN(const QList<ConnectionSettings> all, workspace.connections());
    for (const ConnectionSettings &settings : all) {
        if (settings.name == name)
            return std::optional(settings);
    }
    return std::optional<ConnectionSettings>();
}

SaveOutcome save(const SaveOrder &order)
{
    SaveOutcome outcome{order.settings, {}, ConnectionField::None, false, {}};
    if (order.workspace && order.replaced) {
        auto there = stored(*order.workspace, order.replaced->name);
        if (!there)
            return failed(order, there.error(), ConnectionField::None);
        outcome.theirs = *there;
        if (!order.regardless && (!outcome.theirs || *outcome.theirs != *order.replaced)) {
            outcome.otherwise = true;
            return outcome;
        }
    }
    if (order.createFile) {
        QFile file(order.settings.database);
        // Nothing in it is an empty database. One that somebody else has made meanwhile stays.
        if (!file.open(QIODevice::WriteOnly | QIODevice::NewOnly) && !file.exists())
            return failed(order,
                          Error{ErrorCode::FileUnwritable, {}, file.errorString()}.with(Fact::File, file.fileName()),
                          ConnectionField::File);
    }
    bool made = false; // an entry of the keychain
    if (order.settings.password.kind == Kind::Keychain && order.keychain) {
        const auto kept = store(order, outcome.settings);
        if (!kept)
            return failed(order, kept.error(), ConnectionField::Password);
        made = *kept;
    }
    if (!order.workspace)
        return outcome;
    const QString replaced = order.replaced && outcome.theirs ? order.replaced->name : QString();
    if (const auto saved = order.workspace->saveConnection(outcome.settings, replaced); !saved) {
        if (made) // nobody would ever find it
            (void)order.keychain->remove(outcome.settings.password.name);
        const bool name = saved.error().code == ErrorCode::DuplicateName || saved.error().code == ErrorCode::Usage;
        return failed(order, saved.error(), name ? ConnectionField::Name : ConnectionField::None);
    }
    return outcome;
}

QMap<QString, QStringList> usersOfConnections(const Workspace &workspace)
{
    QMap<QString, QStringList> users;
    const auto jobs = workspace.jobs();
    if (!jobs)
        return users;
    for (const Workspace::JobEntry &entry : *jobs) {
        const auto json = readJsonFile(entry.file);
        if (!json) // a damaged job names nothing
            continue;
        for (const QLatin1StringView side : {"source"_L1, "target"_L1}) {
            const QJsonValue name = json->value(side);
            if (name.isString() && !users[name.toString()].contains(entry.name))
                users[name.toString()].append(entry.name);
        }
    }
    return users;
}

} // namespace tidemark
