// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"

namespace tidemark::cli {

using namespace Qt::StringLiterals;

namespace {

// A command of the interface that this version does not have: known, refused by name, whatever follows it.
class LaterCommand final : public Command
{
public:
    explicit LaterCommand(QString name) : m_name(std::move(name)) { }
    CommandSpec spec() const override { return {m_name, {}, 0, {}, true}; }
    QString summary() const override { return {}; }
    Result<int> run(CommandContext &, const Arguments &) override
    {
        return fail(Error{ErrorCode::NotAvailable, {}, {}}.with(Fact::Command, m_name));
    }

private:
    QString m_name;
};

} // namespace

void addLaterCommands(Commands &commands)
{
    for (const QString &name : {u"watch"_s})
        commands.push_back(std::make_unique<LaterCommand>(name));
}

} // namespace tidemark::cli
