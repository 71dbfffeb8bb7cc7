// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"

#include <QDir>
#include <QJsonArray>
#include <QRegularExpression>

#include "app/cli/askpassword.h"
#include "app/wording/wording.h"
#include "core/endpoint/connectiontest.h"

namespace tidemark::cli {

using namespace Qt::StringLiterals;

namespace {

QString location(const ConnectionSettings &settings)
{
    ConnectionSettings nameless = settings;
    nameless.name.clear();
    const QString place = wording::safeText(nameless.label());
    return settings.ssh ? Cli::tr("%1 by SSH through %2").arg(place, wording::safeText(settings.ssh->label())) : place;
}

class ConnectionList final : public Command
{
public:
    CommandSpec spec() const override { return {u"connection list"_s, {}, 0, {}}; }
    QString summary() const override { return Cli::tr("lists the connections"); }
    Result<int> run(CommandContext &context, const Arguments &) override
    {
        TRY_ASSIGN(const Workspace folder, context.workspace());
        TRY_ASSIGN(const QList<ConnectionSettings> connections, folder.connections());
        QJsonArray list;
        QList<QStringList> rows;
        for (const ConnectionSettings &settings : connections) {
            list.append(connectionToJson(settings));
            rows.append({wording::safeText(settings.name), driverName(settings.driver), location(settings),
                         settings.production ? Cli::tr("production") : QString()});
        }
        context.out().document({{u"connections"_s, list}});
        if (rows.isEmpty())
            context.out().line(Cli::tr("There is no connection yet."));
        else
            context.out().table({Cli::tr("Name"), Cli::tr("Driver"), Cli::tr("Place"), {}}, rows);
        return 0;
    }
};

class ConnectionAdd final : public Command
{
public:
    CommandSpec spec() const override
    {
        return {u"connection add"_s,
                {u"NAME"_s, u"URL|FILE"_s},
                2,
                {{u"--password-env"_s, u"VARIABLE"_s},
                 {u"--password-file"_s, u"FILE"_s},
                 {u"--password-keychain"_s, u"KEY"_s},
                 {u"--password-ask"_s, {}},
                 {u"--ssh"_s, u"[USER@]HOST[:PORT]"_s},
                 {u"--ssh-key"_s, u"FILE"_s}}};
    }
    QString summary() const override { return Cli::tr("saves a connection; its password stays where it is"); }
    Result<int> run(CommandContext &context, const Arguments &arguments) override
    {
        TRY_ASSIGN(ConnectionSettings settings, connectionFromUrl(arguments.at(1)));
        settings.name = arguments.at(0);
        TRY_ASSIGN(settings.password, passwordSource(arguments, settings));
        TRY_ASSIGN(settings.ssh, sshWay(arguments, settings));
        // The same rules as for a file.
        TRY_ASSIGN(settings, connectionFromJson(connectionToJson(settings), {}, {}, QDir::currentPath()));
        TRY_ASSIGN(const Workspace folder, context.workspace());
        if (settings.password.kind == PasswordSource::Kind::Keychain)
            TRY(keepPassword(context, settings));
        TRY(folder.saveConnection(settings));
        context.out().document({{u"connection"_s, connectionToJson(settings)}});
        context.out().line(Cli::tr("Connection %1 saved.").arg(wording::safeText(settings.name)));
        return 0;
    }

private:
    static QString absolute(const QString &file) { return QDir::cleanPath(QDir().absoluteFilePath(file)); }

    static Result<PasswordSource> passwordSource(const Arguments &arguments, const ConnectionSettings &settings)
    {
        QStringList given;
        for (const QString &option :
             {u"--password-env"_s, u"--password-file"_s, u"--password-keychain"_s, u"--password-ask"_s}) {
            if (arguments.has(option))
                given.append(option);
        }
        if (given.isEmpty())
            return settings.password;
        if (given.size() > 1)
            return fail(arguments.usage().with(Fact::Option, given[0]).with(Fact::Found, given[1]));
        if (settings.driver == Driver::Sqlite)
            return fail(arguments.usage().with(Fact::Option, given[0]).with(Fact::Found, u"SQLite"_s));
        const QString value = arguments.value(given[0]);
        if (given[0] == "--password-env"_L1)
            return PasswordSource{PasswordSource::Kind::Env, value};
        if (given[0] == "--password-file"_L1)
            return PasswordSource{PasswordSource::Kind::File, absolute(value)};
        if (given[0] == "--password-keychain"_L1)
            return PasswordSource{PasswordSource::Kind::Keychain, value};
        return PasswordSource{PasswordSource::Kind::Ask, {}};
    }

    static Result<std::optional<SshSettings>> sshWay(const Arguments &arguments, const ConnectionSettings &settings)
    {
        const QString option = u"--ssh"_s;
        if (!arguments.has(option)) {
            if (arguments.has(u"--ssh-key"_s))
                return fail(arguments.usage().with(Fact::Option, option).with(Fact::Expected, u"--ssh-key"_s));
            return settings.ssh;
        }
        if (settings.driver == Driver::Sqlite)
            return fail(arguments.usage().with(Fact::Option, option).with(Fact::Found, u"SQLite"_s));
        static const QRegularExpression form(u"^(?:([^@]+)@)?(\\[[^\\]]+\\]|[^:@]+)(?::([0-9]{1,5}))?$"_s);
        const auto match = form.match(arguments.value(option));
        SshSettings ssh;
        ssh.user = match.captured(1);
        ssh.host = match.captured(2);
        if (ssh.host.startsWith(u'['))
            ssh.host = ssh.host.mid(1, ssh.host.size() - 2);
        if (!match.captured(3).isEmpty())
            ssh.port = match.captured(3).toInt();
        if (!match.hasMatch() || !isSshWord(ssh.host) || (!ssh.user.isEmpty() && !isSshWord(ssh.user)))
            return fail(arguments.usage().with(Fact::Option, option).with(Fact::Found, arguments.value(option)));
        if (arguments.has(u"--ssh-key"_s))
            ssh.key = absolute(arguments.value(u"--ssh-key"_s));
        return ssh;
    }

    // Somebody at a terminal types the password, and it goes into the keychain; a script wants the entry to be there.
    static Result<void> keepPassword(CommandContext &context, const ConnectionSettings &settings)
    {
        const auto keychain = systemKeychain();
        const QString key = settings.password.name;
        const auto typed = askOnTerminal(context.cancellation())(settings);
        const auto named = [&](Error error) {
            return fail(std::move(error).with(Fact::Connection, settings.label()).with(Fact::Keychain, key));
        };
        if (!typed && typed.error().code != ErrorCode::PasswordMissing)
            return fail(typed.error());
        if (!typed || typed->isEmpty()) {
            auto kept = keychain->read(key, &context.cancellation());
            return kept ? Result<void>{} : Result<void>(named(std::move(kept).error()));
        }
        auto kept = keychain->write(key, *typed, &context.cancellation());
        return kept ? kept : Result<void>(named(std::move(kept).error()));
    }
};

class ConnectionTesting final : public Command
{
public:
    CommandSpec spec() const override { return {u"connection test"_s, {u"NAME"_s}, 1, {}}; }
    QString summary() const override { return Cli::tr("opens a connection and says what answers"); }
    Result<int> run(CommandContext &context, const Arguments &arguments) override
    {
        TRY_ASSIGN(const ConnectionSettings settings, context.connection(arguments.at(0)));
        TRY_ASSIGN(const ConnectionTest test,
                   testConnection(context.connector(), settings, context.cancellation(), {}));
        if (!test.fileExists)
            return fail(Error{ErrorCode::FileNotFound, {}, {}}
                            .with(Fact::File, settings.database)
                            .with(Fact::Connection, settings.label()));
        context.out().document(json(settings, test));
        print(context.out(), settings, test);
        return 0;
    }

private:
    static QJsonObject json(const ConnectionSettings &settings, const ConnectionTest &test)
    {
        const auto text = [](const QString &known) {
            return known.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(known);
        };
        QJsonObject object{{u"connection"_s, settings.label()},
                           {u"product"_s, test.facts.product},
                           {u"version"_s, test.facts.version},
                           {u"readOnly"_s, test.facts.readOnly},
                           {u"tls"_s, text(test.tlsProtocol)},
                           {u"verified"_s, test.verified},
                           {u"ssh"_s, settings.ssh ? QJsonValue(settings.ssh->label()) : QJsonValue(QJsonValue::Null)},
                           {u"milliseconds"_s, test.milliseconds},
                           {u"tables"_s, test.tables},
                           {u"readableTables"_s, test.readableTables},
                           {u"writableTables"_s, test.writableTables},
                           {u"canCreate"_s, test.canCreate},
                           {u"locked"_s, test.fileLocked},
                           {u"remarks"_s, QJsonArray::fromStringList(test.facts.remarks)}};
        if (test.queue)
            object.insert("queue"_L1, queueJson(*test.queue));
        return object;
    }

    static QJsonObject queueJson(const QueueCounts &counts)
    {
        const auto known = [](qint64 count) { return count < 0 ? QJsonValue(QJsonValue::Null) : QJsonValue(count); };
        return {{u"waiting"_s, known(counts.waiting)},
                {u"unacknowledged"_s, known(counts.unacknowledged)},
                {u"quarantined"_s, known(counts.quarantined)}};
    }

    static QString queueText(const QueueCounts &counts)
    {
        const auto known = [](qint64 count) { return count < 0 ? Cli::tr("unknown") : QString::number(count); };
        return Cli::tr("Messages waiting: %1, not acknowledged: %2, in quarantine: %3.")
            .arg(known(counts.waiting), known(counts.unacknowledged), known(counts.quarantined));
    }

    static void print(Output &out, const ConnectionSettings &settings, const ConnectionTest &test)
    {
        const QString name = wording::safeText(settings.label());
        const QString product = wording::safeText(test.facts.product);
        if (test.facts.version.isEmpty()) // a web service need not tell
            out.line(Cli::tr("%1 answers: %2").arg(name, product));
        else
            out.line(Cli::tr("%1 answers: %2 %3").arg(name, product, wording::safeText(test.facts.version)));
        if (settings.driver != Driver::Sqlite)
            out.line(encryption(test));
        if (settings.ssh)
            out.line(Cli::tr("Through the SSH server %1.").arg(wording::safeText(settings.ssh->label())));
        if (test.queue)
            out.line(queueText(*test.queue));
        else
            out.line(Cli::tr("Tables: %1, readable: %2, writable: %3.")
                         .arg(test.tables)
                         .arg(test.readableTables)
                         .arg(test.writableTables));
        if (test.facts.readOnly)
            out.line(Cli::tr("Nothing can be written there."));
        if (test.fileLocked)
            out.line(Cli::tr("Another program is writing to it just now."));
        for (const QString &remark : test.facts.remarks) {
            CheckItem item;
            item.code = remark;
            item.detail = test.facts.product;
            out.line(wording::checkItem(item));
        }
    }

    static QString encryption(const ConnectionTest &test)
    {
        if (!test.encrypted)
            return Cli::tr("Not encrypted.");
        return test.verified ? Cli::tr("Encrypted by %1, the server is verified.").arg(test.tlsProtocol)
                             : Cli::tr("Encrypted by %1, the server is not verified.").arg(test.tlsProtocol);
    }
};

class ConnectionRemove final : public Command
{
public:
    CommandSpec spec() const override
    {
        return {u"connection remove"_s, {u"NAME"_s}, 1, {{u"--forget-password"_s, {}}}};
    }
    QString summary() const override { return Cli::tr("forgets a connection that no job uses"); }
    Result<int> run(CommandContext &context, const Arguments &arguments) override
    {
        const QString name = arguments.at(0);
        TRY_ASSIGN(const Workspace folder, context.workspace());
        TRY_ASSIGN(const ConnectionSettings settings, folder.connection(name));
        TRY(folder.removeConnection(name));
        const bool isKept = settings.password.kind == PasswordSource::Kind::Keychain;
        const bool forgets = isKept && arguments.has(u"--forget-password"_s);
        if (forgets)
            TRY(systemKeychain()->remove(settings.password.name, &context.cancellation()));
        context.out().document({{u"removed"_s, name}});
        context.out().line(Cli::tr("Connection %1 removed.").arg(wording::safeText(name)));
        if (isKept && !forgets) // another workspace may use it
            context.out().line(Cli::tr("Its password stays in the keychain under the key %1.")
                                   .arg(wording::safeText(settings.password.name)));
        return 0;
    }
};

} // namespace

void addConnectionCommands(Commands &commands)
{
    commands.push_back(std::make_unique<ConnectionList>());
    commands.push_back(std::make_unique<ConnectionAdd>());
    commands.push_back(std::make_unique<ConnectionTesting>());
    commands.push_back(std::make_unique<ConnectionRemove>());
}

} // namespace tidemark::cli
