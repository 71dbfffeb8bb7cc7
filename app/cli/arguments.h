// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QList>
#include <QString>
#include <QStringList>

#include "core/base/result.h"

namespace tidemark::cli {

struct OptionSpec
{
    QString name; // "--save"
    QString value; // what it takes, for people: "FILE"; empty: nothing
    bool repeats = false;
};

struct CommandSpec
{
    QString name; // "connection add"
    QStringList positionals; // "NAME", "URL|FILE"
    int required = 0; // so many of them
    QList<OptionSpec> options;
    bool repeats = false; // the last of them
    bool takesAnything = false; // not available: whatever follows
};

// What stands on the command line after the command, already checked against its spec.
class Arguments
{
public:
    bool has(const QString &option) const { return m_values.contains(option); }
    QString value(const QString &option) const { return m_values.value(option).value(0); }
    QStringList values(const QString &option) const { return m_values.value(option); }
    QString at(int index) const { return m_positionals.value(index); }
    int count() const { return static_cast<int>(m_positionals.size()); }
    const QString &command() const { return m_command; }
    Error usage() const { return Error{ErrorCode::Usage, {}, {}}.with(Fact::Command, m_command); }

private:
    friend class ArgumentParser;
    QString m_command;
    QHash<QString, QStringList> m_values;
    QStringList m_positionals;
};

struct Invocation
{
    int command = -1; // index into the specs; −1: none was named
    Arguments arguments;
    QString group; // "connection": with no or an unknown second word, and --help
};

// Strict: an unknown option, a missing value, a doubled option or one argument too many is a Usage error that names it.
// Options may stand anywhere after the command, the global ones before it too; "--opt value" and "--opt=value" are the
// same; "--" ends them.
class ArgumentParser
{
public:
    ArgumentParser(const QList<CommandSpec> &commands, const QList<OptionSpec> &globals)
        : m_commands(commands), m_globals(globals)
    { }
    Result<Invocation> parse(const QStringList &words);

private:
    Result<void> option(const QStringList &words, qsizetype &at);
    Result<void> word(const QString &word);
    Result<void> end() const;
    QString secondWords(const QString &group) const;
    Error usage() const; // with the command's name, once it is known
    const CommandSpec *command() const;

    const QList<CommandSpec> &m_commands;
    const QList<OptionSpec> &m_globals;
    Invocation m_found;
};

} // namespace tidemark::cli
