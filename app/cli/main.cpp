// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstdlib>

#include <QCoreApplication>

#include "app/cli/command.h"
#include "app/cli/help.h"
#include "app/cli/signalwatch.h"
#include "app/wording/wording.h"

using namespace Qt::StringLiterals;

namespace tidemark::cli {

namespace {

const QList<OptionSpec> &globals()
{
    static const QList<OptionSpec> options{
        {u"--workspace"_s, u"DIR"_s}, {u"--json"_s, {}}, {u"--quiet"_s, {}}, {u"--help"_s, {}}, {u"--version"_s, {}}};
    return options;
}

Commands allCommands()
{
    Commands commands;
    addConnectionCommands(commands);
    addJobCommands(commands);
    addPlanCommand(commands);
    addRunCommands(commands);
    addConflictsCommand(commands);
    addResolveCommand(commands);
    addHistoryCommand(commands);
    addUndoCommand(commands);
    addWatchCommand(commands);
    addQueueCommand(commands);
    return commands;
}

// Before anything is parsed: also a mistake on the command line is told as the caller wants it.
bool asksFor(const QStringList &words, const QString &option)
{
    const qsizetype end = words.indexOf(u"--"_s);
    return (end < 0 ? words : words.mid(0, end)).contains(option);
}

int execute(const QStringList &words)
{
    Output out(asksFor(words, u"--json"_s), asksFor(words, u"--quiet"_s));
    wording::useLanguage(out.isJson() ? u"en"_s : QString());
    const Commands commands = allCommands();
    QList<CommandSpec> specs;
    for (const auto &command : commands)
        specs.append(command->spec());

    const auto invocation = ArgumentParser(specs, globals()).parse(words);
    if (!invocation) {
        out.error(invocation.error());
        return exitCode(invocation.error().code);
    }
    const Arguments &arguments = invocation->arguments;
    if (arguments.has(u"--version"_s)) {
        printVersion(out);
        return 0;
    }
    if (arguments.has(u"--help"_s)) {
        Output plain(false, false); // a text, whatever the format
        printHelp(plain, commands, globals(), *invocation);
        return 0;
    }
    Cancellation cancellation;
    Command &command = *commands[static_cast<std::size_t>(invocation->command)];
    const SignalWatch signals(cancellation, command.endsAfterBatch());
    CommandContext context(out, cancellation, arguments.value(u"--workspace"_s));
    const auto code = command.run(context, arguments);
    if (!code)
        out.error(code.error());
    if (const auto ended = out.end(); !ended) {
        out.error(ended.error());
        return code && *code > 2 ? *code : exitCode(ended.error().code);
    }
    return code ? *code : exitCode(code.error().code);
}

} // namespace

} // namespace tidemark::cli

int main(int argc, char *argv[])
{
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(u"tidemark"_s);
    return tidemark::cli::execute(QCoreApplication::arguments().mid(1));
}
