// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/wording/text.h"

namespace tidemark::wording {

using namespace Qt::StringLiterals;

namespace {

QString constraint(const Facts &facts, const QString &withName, const QString &without)
{
    return facts.has(Fact::Constraint) ? withName.arg(facts.cell(), facts[Fact::Constraint])
                                       : without.arg(facts.cell());
}

QString notKept(const Facts &facts)
{
    if (facts.has(Fact::Value, Fact::Type))
        return Wording::tr("%1: the value %2 cannot be kept exactly as %3.")
            .arg(facts.cell(), facts[Fact::Value], facts[Fact::Type]);
    if (facts.has(Fact::Value))
        return Wording::tr("%1: the value %2 cannot be kept exactly.").arg(facts.cell(), facts[Fact::Value]);
    return Wording::tr("%1: the value cannot be kept exactly.").arg(facts.cell());
}

// Of a two-way job, whose source is written, too.
bool wordRowAtSource(const Error &error, Message &message)
{
    const Facts facts(error);
    switch (error.code) {
    case ErrorCode::ValueNotKept:
        message = {notKept(facts), Wording::tr("Change the value, or the column's type at the source.")};
        return true;
    case ErrorCode::ValueTooLong:
        message = {Wording::tr("%1: the value is too long for the source.").arg(facts.cell()),
                   Wording::tr("Shorten it, or widen the column at the source.")};
        return true;
    case ErrorCode::ValueOutOfRange:
        message = {Wording::tr("%1: the value is out of the source's range.").arg(facts.cell()),
                   Wording::tr("Change the value, or the column's type at the source.")};
        return true;
    case ErrorCode::NotNullViolated:
        message = {Wording::tr("%1 must not be NULL at the source.").arg(facts.cell()),
                   Wording::tr("Give it a value at the target, or allow NULL at the source.")};
        return true;
    case ErrorCode::CheckViolated:
        message = {constraint(facts, Wording::tr("%1: the source's check %2 refuses the row."),
                              Wording::tr("%1: a check of the source refuses the row.")),
                   Wording::tr("Change the row, or the check.")};
        return true;
    case ErrorCode::ForeignKeyViolated:
        message = {constraint(facts, Wording::tr("%1: the row that it refers to is not at the source (%2)."),
                              Wording::tr("%1: the row that it refers to is not at the source.")),
                   Wording::tr("Let the job include the table that is referred to.")};
        return true;
    case ErrorCode::UniqueViolated:
        message = {constraint(facts, Wording::tr("%1: another row of the source has this value already (%2)."),
                              Wording::tr("%1: another row of the source has this value already.")),
                   Wording::tr("Make the value unique at the target, or change the index at the source.")};
        return true;
    case ErrorCode::KeyCollision:
        message = {Wording::tr("%1: the source takes two different keys for the same.").arg(facts.cell()),
                   Wording::tr("Change one of the keys, or the collation of the key at the source.")};
        return true;
    default:
        return false;
    }
}

} // namespace

bool wordRow(const Error &error, Message &message)
{
    const Facts facts(error);
    if (error.isRowFault() && error.facts.value(Fact::Found) == "source"_L1)
        return wordRowAtSource(error, message);
    switch (error.code) {
    case ErrorCode::ValueNotKept:
        message = {notKept(facts), Wording::tr("Change the value, or the column's type at the target.")};
        return true;
    case ErrorCode::ValueTooLong:
        message = {Wording::tr("%1: the value is too long for the target.").arg(facts.cell()),
                   Wording::tr("Shorten it, or widen the column at the target.")};
        return true;
    case ErrorCode::ValueOutOfRange:
        message = {Wording::tr("%1: the value is out of the target's range.").arg(facts.cell()),
                   Wording::tr("Change the value, or the column's type at the target.")};
        return true;
    case ErrorCode::NotNullViolated:
        message = {Wording::tr("%1 must not be NULL at the target.").arg(facts.cell()),
                   Wording::tr("Give it a value at the source, or allow NULL at the target.")};
        return true;
    case ErrorCode::CheckViolated:
        message = {constraint(facts, Wording::tr("%1: the target's check %2 refuses the row."),
                              Wording::tr("%1: a check of the target refuses the row.")),
                   Wording::tr("Change the row, or the check.")};
        return true;
    case ErrorCode::ForeignKeyViolated:
        message = {constraint(facts, Wording::tr("%1: the row that it refers to is not at the target (%2)."),
                              Wording::tr("%1: the row that it refers to is not at the target.")),
                   Wording::tr("Let the job include the table that is referred to.")};
        return true;
    case ErrorCode::UniqueViolated:
        message = {constraint(facts, Wording::tr("%1: another row of the target has this value already (%2)."),
                              Wording::tr("%1: another row of the target has this value already.")),
                   Wording::tr("Make the value unique at the source, or change the index at the target.")};
        return true;
    case ErrorCode::KeyCollision:
        message = {Wording::tr("%1: the target takes two different keys for the same.").arg(facts.cell()),
                   Wording::tr("Change one of the keys, or the collation of the key at the target.")};
        return true;
    default:
        return false;
    }
}

bool wordTransient(const Error &error, Message &message)
{
    const Facts facts(error);
    const QString again = Wording::tr("Run it again; it goes on from the last commit.");
    switch (error.code) {
    case ErrorCode::HostNotFound:
        message = {
            Wording::tr("There is no host named %1.").arg(facts.has(Fact::Host) ? facts[Fact::Host] : facts.server()),
            Wording::tr("Check the host name and the network.")};
        return true;
    case ErrorCode::Unreachable:
        message = {Wording::tr("Nothing answers at %1.").arg(facts.server()),
                   Wording::tr("Check host and port, and that the server runs.")};
        return true;
    case ErrorCode::Timeout:
        message = {facts.has(Fact::Limit)
                       ? Wording::tr("%1 did not answer within %2.").arg(facts.server(), facts[Fact::Limit])
                       : Wording::tr("%1 did not answer in time.").arg(facts.server()),
                   Wording::tr("Run it again, or raise the connection's time-out.")};
        return true;
    case ErrorCode::ConnectionLost:
        message = {Wording::tr("The connection to %1 was lost.").arg(facts.server()), again};
        return true;
    case ErrorCode::ServerClosing:
        message = {Wording::tr("%1 is shutting down or starting.").arg(facts.server()), again};
        return true;
    case ErrorCode::TooManyConnections:
        message = {
            Wording::tr("%1 accepts no more connections.").arg(facts.server()),
            Wording::tr("Run it again later, or with fewer tables at a time (%1).").arg(setting("\"parallel\""_L1))};
        return true;
    case ErrorCode::Deadlock:
    case ErrorCode::SerializationFailure:
        message = {Wording::tr("%1 gave another transaction way.").arg(facts.side()), again};
        return true;
    case ErrorCode::LockTimeout:
        message = {facts.has(Fact::Table) ? Wording::tr("%1 is locked by another program.").arg(facts.table())
                                          : Wording::tr("%1 is locked by another program.").arg(facts.side()),
                   Wording::tr("Run it again when the other is done.")};
        return true;
    case ErrorCode::DiskFull:
        message = {Wording::tr("The disk of %1 is full.").arg(facts.side()),
                   Wording::tr("Free some space, then run it again.")};
        return true;
    case ErrorCode::InputOutput:
        message = {Wording::tr("%1 cannot be read or written.").arg(facts.side()),
                   Wording::tr("Check the disk, then run it again.")};
        return true;
    case ErrorCode::LockLost:
        message = {Wording::tr("The lock that keeps other runs of this job out was lost, so this run stopped."), again};
        return true;
    case ErrorCode::BrokenStream:
        message = {
            Wording::tr("The answer of %1 broke off in the middle. Nothing was concluded from it.").arg(facts.server()),
            again};
        return true;
    case ErrorCode::Interrupted:
        message = {Wording::tr("The program ended before the run did."), again};
        return true;
    case ErrorCode::CommitInDoubt:
        message = {Wording::tr("The connection to %1 was lost while it was committing.").arg(facts.server()),
                   Wording::tr("Run it again: it finds out what was committed.")};
        return true;
    default:
        return false;
    }
}

} // namespace tidemark::wording
