// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/help.h"

#include <algorithm>
#include <iterator>

namespace tidemark::cli {

using namespace Qt::StringLiterals;

namespace {

QString optionText(const OptionSpec &option)
{
    return option.value.isEmpty() ? option.name : QString(option.name + u' ' + option.value);
}

QString synopsis(const CommandSpec &spec)
{
    QString text = spec.name;
    const bool takesPair = std::any_of(spec.options.begin(), spec.options.end(),
                                       [](const OptionSpec &option) { return option.name == "--source"_L1; });
    if (takesPair)
        return text + u" JOB | --source A --target B"_s;
    for (int i = 0; i < spec.positionals.size(); ++i)
        text += i < spec.required ? QString(u' ' + spec.positionals[i]) : QString(u" ["_s + spec.positionals[i] + u']');
    return text;
}

QString about(const OptionSpec &spec)
{
    const QString &option = spec.name;
    if (option == "--table"_L1 && !spec.repeats)
        return Cli::tr("only this table");
    static const QHash<QString, const char *> texts{
        {u"--workspace"_s,
         QT_TRANSLATE_NOOP("Cli", "the folder of connections and jobs, else $TIDEMARK_WORKSPACE, else the window's")},
        {u"--json"_s, QT_TRANSLATE_NOOP("Cli", "one JSON document on standard output")},
        {u"--quiet"_s, QT_TRANSLATE_NOOP("Cli", "no messages and no progress")},
        {u"--help"_s, QT_TRANSLATE_NOOP("Cli", "this text")},
        {u"--version"_s, QT_TRANSLATE_NOOP("Cli", "the version")},
        {u"--source"_s, QT_TRANSLATE_NOOP("Cli", "the database to read: a connection's name, a URL or an SQLite file")},
        {u"--target"_s, QT_TRANSLATE_NOOP("Cli", "the database to write, named likewise")},
        {u"--mode"_s,
         QT_TRANSLATE_NOOP(
             "Cli",
             "update never deletes; mirror, the default, also deletes rows that A lacks; two-way writes to both")},
        {u"--table"_s, QT_TRANSLATE_NOOP("Cli", "only this table; may be repeated")},
        {u"--create"_s, QT_TRANSLATE_NOOP("Cli", "creates tables that the target lacks")},
        {u"--key"_s, QT_TRANSLATE_NOOP("Cli", "this row: a column of its key; repeated where it has several")},
        {u"--full"_s, QT_TRANSLATE_NOOP("Cli", "compares everything, not only what is new since the last run")},
        {u"--sql"_s,
         QT_TRANSLATE_NOOP("Cli", "writes the changes as an SQL script for the target; - is standard output")},
        {u"--rows"_s, QT_TRANSLATE_NOOP("Cli", "lists every row that would change")},
        {u"--rows-stream"_s, QT_TRANSLATE_NOOP("Cli", "the same as JSON Lines, the report last")},
        {u"--save"_s, QT_TRANSLATE_NOOP("Cli", "keeps the plan in a new file, for run --plan")},
        {u"--exit-code"_s, QT_TRANSLATE_NOOP("Cli", "exits 1 where something would change")},
        {u"--plan"_s, QT_TRANSLATE_NOOP("Cli", "writes what plan --save has kept, but no row that changed since")},
        {u"--allow-deletes"_s,
         QT_TRANSLATE_NOOP("Cli", "lets the run delete up to N rows where it would withhold deletes and ask")},
        {u"--yes"_s, QT_TRANSLATE_NOOP("Cli", "lets it delete any number, and says where it would have asked")},
        {u"--password-env"_s, QT_TRANSLATE_NOOP("Cli", "takes the password from an environment variable")},
        {u"--password-file"_s, QT_TRANSLATE_NOOP("Cli", "takes the password from a file that only its owner may read")},
        {u"--password-ask"_s, QT_TRANSLATE_NOOP("Cli", "asks for the password on the terminal")},
        {u"--password-keychain"_s,
         QT_TRANSLATE_NOOP("Cli", "takes the password from the keychain; asks for it here and keeps it there")},
        {u"--ssh"_s, QT_TRANSLATE_NOOP("Cli", "reaches the server through this SSH server, by the system's ssh")},
        {u"--ssh-key"_s, QT_TRANSLATE_NOOP("Cli", "the private key for it, else the agent's")},
        {u"--forget-password"_s, QT_TRANSLATE_NOOP("Cli", "also takes its password out of the keychain")},
        {u"--rehearse"_s,
         QT_TRANSLATE_NOOP(
             "Cli", "also sends edge values through a temporary table of the target, and lists what is not kept")},
        {u"--skipped"_s, QT_TRANSLATE_NOOP("Cli", "also lists what was left as it is with --take skip")},
        {u"--take"_s,
         QT_TRANSLATE_NOOP("Cli", "source or target: that side's row is written to the other; skip: both stay")},
        {u"--set"_s,
         QT_TRANSLATE_NOOP("Cli", "writes this value to both sides; columns that neither differ nor are set stay")},
        {u"--set-null"_s, QT_TRANSLATE_NOOP("Cli", "likewise NULL")},
        {u"--id"_s, QT_TRANSLATE_NOOP("Cli", "this conflict; may be repeated")},
        {u"--all"_s, QT_TRANSLATE_NOOP("Cli", "every conflict that is open, or of --table T")},
        {u"--trust"_s, QT_TRANSLATE_NOOP("Cli", "lets what follows a run act: commands and web hooks")},
        {u"--jobs"_s, QT_TRANSLATE_NOOP("Cli", "so many jobs at once; 4 where nothing is said")},
        {u"--metrics"_s, QT_TRANSLATE_NOOP("Cli", "keeps the jobs' numbers in a file for Prometheus")},
        {u"--log"_s, QT_TRANSLATE_NOOP("Cli", "tells what happens in a file instead of standard error")},
        {u"--log-format"_s, QT_TRANSLATE_NOOP("Cli", "the file's lines: for people, or JSON")},
        {u"--log-size"_s, QT_TRANSLATE_NOOP("Cli", "begins a new file before it grows beyond that; 8MiB")},
        {u"--log-files"_s, QT_TRANSLATE_NOOP("Cli", "keeps so many older files beside it; 5")},
        {u"--clean"_s, QT_TRANSLATE_NOOP("Cli", "also drops what the job created in the databases")},
    };
    const char *text = texts.value(option);
    return text == nullptr ? QString() : Cli::tr(text);
}

void printOptions(Output &out, const QString &title, const QList<OptionSpec> &options)
{
    // What a later version brings is refused by name, and not offered.
    QList<OptionSpec> offered;
    std::copy_if(options.begin(), options.end(), std::back_inserter(offered),
                 [](const OptionSpec &option) { return !about(option).isEmpty(); });
    if (offered.isEmpty())
        return;
    out.line();
    if (!title.isEmpty())
        out.line(title);
    qsizetype width = 0;
    for (const OptionSpec &option : std::as_const(offered))
        width = qMax(width, optionText(option).size());
    for (const OptionSpec &option : std::as_const(offered))
        out.line(u"  "_s + optionText(option).leftJustified(width + 2) + about(option));
}

void printAll(Output &out, const Commands &commands, const QString &group)
{
    out.line(Cli::tr("Keeps tables in two databases the same: SQLite, PostgreSQL, MariaDB and MySQL."));
    out.line();
    out.line(Cli::tr("Usage: tidemark-cli COMMAND [OPTIONS]"));
    out.line();
    for (const auto &command : commands) {
        const CommandSpec spec = command->spec();
        if (!spec.takesAnything && (group.isEmpty() || spec.name.startsWith(group + u' ')))
            out.line(u"  "_s + synopsis(spec).leftJustified(34) + command->summary());
    }
    out.line();
    out.line(Cli::tr("JOB is the name of a job of the workspace, or the path of a job file."));
    out.line(Cli::tr("tidemark-cli COMMAND --help lists the options of a command."));
}

} // namespace

void printVersion(Output &out)
{
    const QString version = QStringLiteral(TIDEMARK_VERSION);
    out.document({{u"version"_s, version}});
    out.line(u"tidemark-cli "_s + version);
}

void printHelp(Output &out, const Commands &commands, const QList<OptionSpec> &globals, const Invocation &asked)
{
    if (asked.command < 0) {
        printAll(out, commands, asked.group);
    } else {
        const Command &command = *commands[static_cast<std::size_t>(asked.command)];
        const CommandSpec spec = command.spec();
        out.line(Cli::tr("Usage: tidemark-cli %1 [OPTIONS]").arg(synopsis(spec)));
        out.line(spec.takesAnything ? Cli::tr("not available in this version") : command.summary());
        if (spec.positionals.contains(u"URL|FILE"_s)) {
            out.line();
            out.line(Cli::tr("URL is postgres://USER@HOST:PORT/DATABASE or mysql://USER@HOST:PORT/DATABASE, without a "
                             "password; FILE is an SQLite database."));
        }
        printOptions(out, {}, spec.options);
    }
    printOptions(out, Cli::tr("With every command:"), globals);
    if (asked.command < 0) {
        out.line();
        out.line(Cli::tr("It exits with 0: done, 1: a person is needed, 2: failed, may succeed later, 3: cancelled, "
                         "4: something has to be edited first, 5: the job is under way elsewhere."));
    }
}

} // namespace tidemark::cli
