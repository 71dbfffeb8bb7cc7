// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"

#include <QDir>
#include <QJsonArray>

#include "app/wording/wording.h"

namespace tidemark::cli {

using namespace Qt::StringLiterals;

namespace {

QString location(const ConnectionSettings &settings)
{
    ConnectionSettings nameless = settings;
    nameless.name.clear();
    return wording::safeText(nameless.label());
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
                {{u"--password-env"_s, u"VARIABLE"_s}, {u"--password-file"_s, u"FILE"_s}, {u"--password-ask"_s, {}}}};
    }
    QString summary() const override { return Cli::tr("saves a connection; its password stays where it is"); }
    Result<int> run(CommandContext &context, const Arguments &arguments) override
    {
        TRY_ASSIGN(ConnectionSettings settings, connectionFromUrl(arguments.at(1)));
        settings.name = arguments.at(0);
        QStringList given;
        for (const QString &option : {u"--password-env"_s, u"--password-file"_s, u"--password-ask"_s}) {
            if (arguments.has(option))
                given.append(option);
        }
        if (given.size() > 1)
            return fail(arguments.usage().with(Fact::Option, given[0]).with(Fact::Found, given[1]));
        if (!given.isEmpty() && settings.driver == Driver::Sqlite)
            return fail(arguments.usage().with(Fact::Option, given[0]).with(Fact::Found, u"SQLite"_s));
        if (arguments.has(u"--password-env"_s))
            settings.password = {PasswordSource::Kind::Env, arguments.value(u"--password-env"_s)};
        else if (arguments.has(u"--password-file"_s))
            settings.password = {PasswordSource::Kind::File,
                                 QDir::cleanPath(QDir().absoluteFilePath(arguments.value(u"--password-file"_s)))};
        else if (arguments.has(u"--password-ask"_s))
            settings.password.kind = PasswordSource::Kind::Ask;
        TRY_ASSIGN(const Workspace folder, context.workspace());
        TRY(folder.saveConnection(settings));
        context.out().document({{u"connection"_s, connectionToJson(settings)}});
        context.out().line(Cli::tr("Connection %1 saved.").arg(wording::safeText(settings.name)));
        return 0;
    }
};

class ConnectionTest final : public Command
{
public:
    CommandSpec spec() const override { return {u"connection test"_s, {u"NAME"_s}, 1, {}}; }
    QString summary() const override { return Cli::tr("opens a connection and says what answers"); }
    Result<int> run(CommandContext &context, const Arguments &arguments) override
    {
        TRY_ASSIGN(const ConnectionSettings settings, context.connection(arguments.at(0)));
        TRY_ASSIGN(const auto session, context.connector().open(settings, {false, &context.cancellation()}));
        const ServerFacts facts = session->facts();
        context.out().document({{u"connection"_s, settings.label()},
                                {u"product"_s, facts.product},
                                {u"version"_s, facts.version},
                                {u"readOnly"_s, facts.readOnly},
                                {u"remarks"_s, QJsonArray::fromStringList(facts.remarks)}});
        context.out().line(Cli::tr("%1 answers: %2 %3")
                               .arg(wording::safeText(settings.label()), wording::safeText(facts.product),
                                    wording::safeText(facts.version)));
        for (const QString &remark : facts.remarks) {
            CheckItem item;
            item.code = remark;
            item.detail = facts.product;
            context.out().line(wording::checkItem(item));
        }
        return 0;
    }
};

class ConnectionRemove final : public Command
{
public:
    CommandSpec spec() const override { return {u"connection remove"_s, {u"NAME"_s}, 1, {}}; }
    QString summary() const override { return Cli::tr("forgets a connection that no job uses"); }
    Result<int> run(CommandContext &context, const Arguments &arguments) override
    {
        TRY_ASSIGN(const Workspace folder, context.workspace());
        TRY(folder.removeConnection(arguments.at(0)));
        context.out().document({{u"removed"_s, arguments.at(0)}});
        context.out().line(Cli::tr("Connection %1 removed.").arg(wording::safeText(arguments.at(0))));
        return 0;
    }
};

} // namespace

void addConnectionCommands(Commands &commands)
{
    commands.push_back(std::make_unique<ConnectionList>());
    commands.push_back(std::make_unique<ConnectionAdd>());
    commands.push_back(std::make_unique<ConnectionTest>());
    commands.push_back(std::make_unique<ConnectionRemove>());
}

} // namespace tidemark::cli
