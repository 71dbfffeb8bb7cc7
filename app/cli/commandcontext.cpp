// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QUuid>

#include "app/cli/askpassword.h"

namespace tidemark::cli {

using namespace Qt::StringLiterals;

namespace {

// Names the state of a run between two connections: the same pair, the same state.
QString pairId(const ConnectionSettings &source, const ConnectionSettings &target)
{
    static const QUuid space(u"{3a2f8a52-5f0b-4f0e-9f43-6f1c0e0a7d11}"_s);
    const auto place = [](const ConnectionSettings &side) {
        // What it points to, not how it gets there: a new password or certificate is the same database.
        QJsonArray place{driverName(side.driver), side.host, side.port, side.database, side.schema};
        if (side.ssh) // "localhost" behind another SSH server is another database
            place.append(side.ssh->host);
        return place;
    };
    const QJsonArray pair{place(source), place(target)};
    return QUuid::createUuidV5(space, QJsonDocument(pair).toJson(QJsonDocument::Compact))
        .toString(QUuid::WithoutBraces);
}

bool looksLikeFile(const QString &text)
{
    return text.contains(u'/') || text.endsWith(".db"_L1) || text.endsWith(".sqlite"_L1) || text.endsWith(".sqlite3"_L1)
        || QFileInfo::exists(text);
}

} // namespace

CommandContext::CommandContext(Output &output, Cancellation &cancellation, QString workspaceFolder)
    : m_output(output), m_cancellation(cancellation), m_folder(std::move(workspaceFolder)),
      m_connector(askOnTerminal(cancellation))
{ }

CommandContext::~CommandContext() = default;

Result<Workspace> CommandContext::workspace()
{
    if (!m_workspace) {
        TRY_ASSIGN(m_workspace, Workspace::open(m_folder));
        m_connector.keepPagesIn(m_workspace->pagesFolder());
    }
    return *m_workspace;
}

Result<Journal *> CommandContext::journal()
{
    if (!m_journal) {
        TRY_ASSIGN(const Workspace folder, workspace());
        TRY_ASSIGN(m_journal, Journal::open(folder.journalFile()));
    }
    return m_journal.get();
}

Result<Runner *> CommandContext::runner()
{
    if (!m_runner) {
        TRY_ASSIGN(Journal *const open, journal());
        m_runner = std::make_unique<Runner>(m_connector, *open, m_clock);
    }
    return m_runner.get();
}

Result<ConnectionSettings> CommandContext::connection(const QString &text)
{
    if (text.contains("://"_L1) || text.startsWith("sqlite:"_L1))
        return connectionFromUrl(text);
    TRY_ASSIGN(const Workspace folder, workspace());
    auto named = folder.connection(text);
    if (!named && named.error().code == ErrorCode::NoSuchConnection && looksLikeFile(text))
        return connectionFromUrl(text);
    return named;
}

Result<JobSettings> CommandContext::pair(const Arguments &arguments)
{
    TRY_ASSIGN(const ConnectionSettings source, connection(arguments.value(u"--source"_s)));
    TRY_ASSIGN(const ConnectionSettings target, connection(arguments.value(u"--target"_s)));
    QJsonObject json{{u"tidemark"_s, 1},
                     {u"id"_s, pairId(source, target)},
                     {u"name"_s, QString(source.label() + u" → "_s + target.label())},
                     {u"source"_s, connectionToJson(source)},
                     {u"target"_s, connectionToJson(target)},
                     {u"mode"_s, arguments.has(u"--mode"_s) ? arguments.value(u"--mode"_s) : u"mirror"_s},
                     {u"create"_s, arguments.has(u"--create"_s)},
                     {u"tables"_s, u"*"_s}};
    if (arguments.has(u"--table"_s))
        json.insert(u"tables"_s, QJsonArray::fromStringList(arguments.values(u"--table"_s)));
    TRY_ASSIGN(const Workspace folder, workspace());
    return jobFromJson(json, {}, folder);
}

Result<JobSettings> CommandContext::job(const Arguments &arguments, bool withId)
{
    const bool isPair = arguments.has(u"--source"_s) || arguments.has(u"--target"_s);
    const auto usage = [&](const QString &option, Fact fact, const QString &text) {
        return fail(arguments.usage().with(Fact::Option, option).with(fact, text));
    };
    if (arguments.count() > 0) {
        for (const QString &option : {u"--source"_s, u"--target"_s, u"--mode"_s, u"--table"_s, u"--create"_s}) {
            if (arguments.has(option))
                return usage(option, Fact::Found, u"JOB"_s);
        }
    } else if (!isPair) {
        return fail(arguments.usage().with(Fact::Expected, u"JOB | --source A --target B"_s));
    } else {
        for (const QString &option : {u"--source"_s, u"--target"_s}) {
            if (!arguments.has(option))
                return usage(option == "--source"_L1 ? u"--target"_s : u"--source"_s, Fact::Expected, option);
        }
        return pair(arguments);
    }
    return namedJob(arguments, withId);
}

Result<JobSettings> CommandContext::namedJob(const Arguments &arguments, bool withId)
{
    TRY_ASSIGN(const Workspace folder, workspace());
    TRY_ASSIGN(JobSettings settings, folder.job(arguments.at(0)));
    if (settings.id.isEmpty() && withId) {
        TRY_ASSIGN(settings.id, ensureJobId(settings.file));
    }
    return settings;
}

QList<OptionSpec> Command::pairOptions()
{
    return {{u"--source"_s, u"A"_s},
            {u"--target"_s, u"B"_s},
            {u"--mode"_s, u"MODE"_s},
            {u"--table"_s, u"T"_s, true},
            {u"--create"_s, {}}};
}

} // namespace tidemark::cli
