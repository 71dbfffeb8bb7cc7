// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include <QCoreApplication>

#include "app/cli/arguments.h"
#include "app/cli/output.h"
#include "core/base/cancellation.h"
#include "core/base/clock.h"
#include "core/config/workspace.h"
#include "core/endpoint/connector.h"
#include "core/journal/journal.h"
#include "core/run/runner.h"

namespace tidemark::cli {

// The translation context of the command line.
class Cli
{
    Q_DECLARE_TR_FUNCTIONS(Cli)
};

// What a command may use, opened when it is asked for.
class CommandContext
{
public:
    CommandContext(Output &output, Cancellation &cancellation, QString workspaceFolder);
    ~CommandContext();

    Output &out() { return m_output; }
    Cancellation &cancellation() { return m_cancellation; }
    const Clock &clock() const { return m_clock; }
    SqlConnector &connector() { return m_connector; }
    Result<Workspace> workspace();
    Result<Journal *> journal();
    Result<Runner *> runner();

    Result<ConnectionSettings> connection(const QString &nameUrlOrFile);
    // JOB, or --source and --target (with --mode, --table, --create). withId: the state that a run needs.
    Result<JobSettings> job(const Arguments &arguments, bool withId);
    Result<JobSettings> namedJob(const Arguments &arguments, bool withId); // JOB alone

private:
    Result<JobSettings> pair(const Arguments &arguments);

    Output &m_output;
    Cancellation &m_cancellation;
    QString m_folder;
    SystemClock m_clock;
    SqlConnector m_connector;
    std::optional<Workspace> m_workspace;
    std::unique_ptr<Journal> m_journal;
    std::unique_ptr<Runner> m_runner;
};

class Command
{
public:
    virtual ~Command() = default;
    virtual CommandSpec spec() const = 0;
    virtual QString summary() const = 0; // one line of --help
    virtual Result<int> run(CommandContext &context, const Arguments &arguments) = 0; // the exit code
    virtual bool endsAfterBatch() const { return false; } // by SIGTERM, instead of being cancelled

protected:
    static QList<OptionSpec> pairOptions(); // --source, --target, --mode, --table, --create
};

using Commands = std::vector<std::unique_ptr<Command>>;
void addConnectionCommands(Commands &commands);
void addJobCommands(Commands &commands);
void addJobCheckCommand(Commands &commands);
void addJobLogCommand(Commands &commands);
void addPlanCommand(Commands &commands);
void addRunCommands(Commands &commands); // run, verify
void addHistoryCommand(Commands &commands);
void addUndoCommand(Commands &commands);
void addConflictsCommand(Commands &commands);
void addResolveCommand(Commands &commands);
void addWatchCommand(Commands &commands);
void addQueueCommand(Commands &commands);

} // namespace tidemark::cli
