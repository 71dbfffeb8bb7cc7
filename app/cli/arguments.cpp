// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/arguments.h"

#include <algorithm>

namespace tidemark::cli {

using namespace Qt::StringLiterals;

namespace {

const OptionSpec *find(const QList<OptionSpec> &options, const QString &name)
{
    const auto it = std::find_if(options.begin(), options.end(), [&](const OptionSpec &o) { return o.name == name; });
    return it == options.end() ? nullptr : &*it;
}

} // namespace

const CommandSpec *ArgumentParser::command() const
{
    return m_found.command < 0 ? nullptr : &m_commands[m_found.command];
}

Error ArgumentParser::usage() const
{
    Error error{ErrorCode::Usage, {}, {}};
    if (command() != nullptr)
        error.with(Fact::Command, command()->name);
    return error;
}

Result<void> ArgumentParser::option(const QStringList &words, qsizetype &at)
{
    const QString &word = words[at];
    const qsizetype equals = word.indexOf(u'=');
    const QString name = equals < 0 ? word : word.left(equals);
    const OptionSpec *spec = find(m_globals, name);
    if (spec == nullptr && command() != nullptr)
        spec = find(command()->options, name);
    if (spec == nullptr) {
        if (command() != nullptr && command()->takesAnything)
            return {};
        return fail(usage().with(Fact::Option, name));
    }
    QString value;
    if (spec->value.isEmpty() && equals >= 0)
        return fail(usage().with(Fact::Option, name).with(Fact::Value, word.mid(equals + 1)));
    if (!spec->value.isEmpty()) {
        if (equals < 0 && at + 1 >= words.size())
            return fail(usage().with(Fact::Option, name).with(Fact::Expected, spec->value));
        value = equals < 0 ? words[++at] : word.mid(equals + 1);
        if (value.isEmpty())
            return fail(usage().with(Fact::Option, name).with(Fact::Expected, spec->value));
    }
    QStringList &values = m_found.arguments.m_values[name];
    if (!values.isEmpty() && !spec->repeats && !spec->value.isEmpty())
        return fail(usage().with(Fact::Option, name).with(Fact::Found, name));
    values.append(value);
    return {};
}

Result<void> ArgumentParser::word(const QString &word)
{
    if (command() != nullptr) {
        if (!command()->takesAnything && !command()->repeats
            && m_found.arguments.m_positionals.size() >= command()->positionals.size())
            return fail(usage().with(Fact::Found, word));
        m_found.arguments.m_positionals.append(word);
        return {};
    }
    const QString name = m_found.group.isEmpty() ? word : QString(m_found.group + u' ' + word);
    bool isGroup = false;
    for (int i = 0; i < m_commands.size(); ++i) {
        if (m_commands[i].name == name) {
            m_found.command = i;
            m_found.arguments.m_command = name;
            return {};
        }
        isGroup = isGroup || m_commands[i].name.startsWith(name + u' ');
    }
    if (!isGroup)
        return fail(usage().with(Fact::Found, name));
    m_found.group = name;
    return {};
}

// "list|add|test|remove"
QString ArgumentParser::secondWords(const QString &group) const
{
    QStringList words;
    for (const CommandSpec &spec : m_commands) {
        if (spec.name.startsWith(group + u' '))
            words.append(spec.name.mid(group.size() + 1));
    }
    return words.join(u'|');
}

Result<void> ArgumentParser::end() const
{
    if (m_found.arguments.has(u"--help"_s) || m_found.arguments.has(u"--version"_s))
        return {};
    if (command() == nullptr)
        return fail(m_found.group.isEmpty()
                        ? usage()
                        : usage().with(Fact::Command, m_found.group).with(Fact::Expected, secondWords(m_found.group)));
    const int given = m_found.arguments.count();
    if (given < command()->required && !command()->takesAnything)
        return fail(usage().with(Fact::Expected, command()->positionals[given]));
    return {};
}

Result<Invocation> ArgumentParser::parse(const QStringList &words)
{
    bool optionsEnded = false;
    for (qsizetype at = 0; at < words.size(); ++at) {
        const QString &text = words[at];
        if (!optionsEnded && text == "--"_L1)
            optionsEnded = true;
        else if (!optionsEnded && text.size() > 1 && text.startsWith(u'-'))
            TRY(option(words, at));
        else
            TRY(word(text));
    }
    TRY(end());
    return m_found;
}

} // namespace tidemark::cli
