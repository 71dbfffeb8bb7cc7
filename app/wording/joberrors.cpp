// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/wording/text.h"

namespace tidemark::wording {

using namespace Qt::StringLiterals;

namespace {

Message usage(const Facts &facts)
{
    const QString help = facts.has(Fact::Command)
        ? Wording::tr("tidemark-cli %1 --help shows how.").arg(facts[Fact::Command])
        : Wording::tr("tidemark-cli --help shows how.");
    if (facts.has(Fact::Connection, Fact::Job))
        return {Wording::tr("Connection %1 is used by job %2.").arg(facts[Fact::Connection], facts[Fact::Job]),
                Wording::tr("Remove that job first, or let it use another connection.")};
    if (facts.has(Fact::Option, Fact::Found))
        return {Wording::tr("%1 and %2 exclude each other.").arg(facts[Fact::Option], facts[Fact::Found]), help};
    if (facts.has(Fact::Option, Fact::Value))
        return {Wording::tr("%1 is not a value for %2.").arg(facts[Fact::Value], facts[Fact::Option]),
                facts.has(Fact::Expected) ? Wording::tr("Expected here: %1.").arg(expected(facts.raw(Fact::Expected)))
                                          : help};
    if (facts.has(Fact::Option, Fact::Expected))
        return {Wording::tr("Option %1 needs %2.").arg(facts[Fact::Option], facts[Fact::Expected]), help};
    if (facts.has(Fact::Option))
        return {Wording::tr("%1 is not an option here.").arg(facts[Fact::Option]), help};
    if (facts.has(Fact::Command, Fact::Expected))
        return {Wording::tr("%1 needs %2.").arg(facts[Fact::Command], facts[Fact::Expected]), help};
    if (facts.has(Fact::Command, Fact::Found))
        return {Wording::tr("%1 is one argument too many for %2.").arg(facts[Fact::Found], facts[Fact::Command]), help};
    if (facts.has(Fact::Found))
        return {Wording::tr("There is no command %1.").arg(facts[Fact::Found]),
                Wording::tr("tidemark-cli --help lists them.")};
    return {Wording::tr("No command is named."), Wording::tr("tidemark-cli --help lists them.")};
}

// What to choose where a two-way job asks for what one-way jobs alone have; empty: it does not.
QString twoWaysInstead(const Facts &facts)
{
    if (!facts.has(Fact::JsonPath, Fact::Found))
        return {};
    const QString &path = facts.raw(Fact::JsonPath);
    const QString &found = facts.raw(Fact::Found);
    if (path.endsWith("detect.by"_L1) || path.endsWith("detect.source.by"_L1) || path.endsWith("detect.target.by"_L1))
        return found == "\"flag\""_L1 ? Wording::tr("Choose hash, timestamp, version or log.") : QString();
    if (path.endsWith(".scope"_L1) && found == "\"row\""_L1)
        return Wording::tr("Choose the scope table where one sequence numbers all rows, else hash, timestamp or log.");
    if (path.endsWith("leftFilter"_L1) && found == "\"delete\""_L1)
        return Wording::tr("Choose keep: a row that leaves the filter stays as it is at both sides.");
    return {};
}

Message notAvailable(const Facts &facts)
{
    const QString next = Wording::tr("Leave it out.");
    if (facts.has(Fact::Option) && facts.raw(Fact::Option).startsWith("queue-"_L1))
        return queueNotAvailable(facts);
    if (facts.has(Fact::Option) && facts.raw(Fact::Option).startsWith("http-"_L1))
        return httpNotAvailable(facts);
    if (facts.has(Fact::Option))
        return {Wording::tr("%1 is not available in this version.").arg(facts[Fact::Option]), next};
    if (facts.has(Fact::Command))
        return {Wording::tr("%1 is not available in this version.").arg(facts[Fact::Command]), {}};
    if (facts.has(Fact::Driver))
        return {
            Wording::tr("%1 is not available in this version.").arg(facts[Fact::Driver]),
            Wording::tr("Available are SQLite, PostgreSQL, MariaDB or MySQL, web services, and the message queues of "
                        "Redis and RabbitMQ.")};
    const QString place = facts.filePlace();
    if (place.isEmpty())
        return {Wording::tr("This is not available in this version."), {}};
    if (const QString instead = twoWaysInstead(facts); !instead.isEmpty())
        return {Wording::tr("%1: %2 is not available in two-way jobs.").arg(place, facts[Fact::Found]), instead};
    if (facts.has(Fact::Found) && facts.raw(Fact::Found).startsWith(u'"'))
        return {Wording::tr("%1: %2 is not available in this version.").arg(place, facts[Fact::Found]),
                Wording::tr("Choose another value.")};
    return {Wording::tr("%1 is not available in this version.").arg(place), next};
}

Message duplicate(const Facts &facts)
{
    if (facts.has(Fact::JsonPath))
        return {Wording::tr("%1 stands twice.").arg(facts.filePlace()), Wording::tr("Keep one of the two.")};
    if (facts.has(Fact::Job))
        return {Wording::tr("There is already a job named %1.").arg(facts[Fact::Job]),
                Wording::tr("Choose another name.")};
    if (facts.has(Fact::Connection))
        return {Wording::tr("There is already a connection named %1.").arg(facts[Fact::Connection]),
                Wording::tr("Choose another name.")};
    return {Wording::tr("This name is already taken."), Wording::tr("Choose another name.")};
}

QString orNear(const Facts &facts, const QString &otherwise)
{
    return facts.has(Fact::Expected) ? Wording::tr("Is %1 meant?").arg(facts[Fact::Expected]) : otherwise;
}

} // namespace

bool wordJob(const Error &error, Message &message)
{
    const Facts facts(error);
    switch (error.code) {
    case ErrorCode::Usage:
        message = usage(facts);
        return true;
    case ErrorCode::NotAvailable:
        message = notAvailable(facts);
        return true;
    case ErrorCode::DuplicateName:
        message = duplicate(facts);
        return true;
    case ErrorCode::NoSuchConnection:
        message = {Wording::tr("There is no connection named %1.").arg(facts[Fact::Connection]),
                   orNear(facts, Wording::tr("Make it first, or name another."))};
        if (facts.has(Fact::JsonPath))
            message.what =
                Wording::tr("%1: there is no connection named %2.").arg(facts.filePlace(), facts[Fact::Connection]);
        return true;
    case ErrorCode::NoSuchJob:
        message = {Wording::tr("There is no job named %1.").arg(facts[Fact::Job]),
                   orNear(facts, Wording::tr("Name a job of this workspace, or the path of a job file."))};
        return true;
    case ErrorCode::PlanOutdated:
        message = {Wording::tr("This plan does not fit any more: the job or a table has changed since."),
                   Wording::tr("Compare again and approve the new plan.")};
        return true;
    case ErrorCode::Untrusted:
        message = {Wording::tr("This job file is not trusted yet."),
                   Wording::tr("Look through it and trust it first.")};
        return true;
    case ErrorCode::Busy:
        message = {Wording::tr("Another run of this job is under way. Nothing was done."),
                   Wording::tr("Wait until it ends.")};
        return true;
    case ErrorCode::Cancelled:
        message = {Wording::tr("Cancelled."), {}};
        return true;
    default:
        return false;
    }
}

} // namespace tidemark::wording
