// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/wording/text.h"

namespace tidemark::wording {

namespace {

Message missing(const Facts &facts)
{
    if (facts.has(Fact::Table))
        return {
            Wording::tr("%1 keeps fingerprints alone: what the run overwrote there is not known.").arg(facts.table()),
            Wording::tr("Set keep to cells in the job; it counts from the next run on.")};
    if (facts.has(Fact::Run, Fact::Key))
        return {Wording::tr("The run %1 keeps nothing of the row %2.").arg(facts[Fact::Run], facts[Fact::Key]),
                Wording::tr("history --key lists the runs that wrote it.")};
    if (facts.has(Fact::Run, Fact::Expected))
        return {Wording::tr("The run %1 wrote nothing to %2.").arg(facts[Fact::Run], facts[Fact::Expected]),
                Wording::tr("history lists what it wrote.")};
    if (facts.has(Fact::Count))
        return {
            Wording::tr("The run overwrote more than %1, and of that the job keeps nothing.").arg(facts[Fact::Count]),
            Wording::tr("Raise undo.bytes in the job; it counts from the next run on.")};
    const QString what = facts.has(Fact::Run)
        ? Wording::tr("Of the run %1 nothing is kept that it could be undone from.").arg(facts[Fact::Run])
        : Wording::tr("Nothing is kept that this run could be undone from.");
    if (facts.has(Fact::Limit))
        return {what,
                Wording::tr("The job keeps that for %1 days at most, and up to undo.bytes.").arg(facts[Fact::Limit])};
    return {what, Wording::tr("Set undo.days in the job; it counts from the next run on.")};
}

Message outdated(const Facts &facts)
{
    const QString next = Wording::tr("Give the table and the job the columns that they had then, or take the rows "
                                     "from history.");
    if (facts.has(Fact::Table))
        return {
            Wording::tr("%1 has other columns, or is matched otherwise, than when the run wrote.").arg(facts.table()),
            next};
    return {Wording::tr("The job goes to other tables or databases than when the run wrote."), next};
}

Message loadChanged(const Facts &facts)
{
    const QString next = Wording::tr("Delete the rows by hand, or let a mirror job do it.");
    if (facts.has(Fact::Expected, Fact::Found))
        return {Wording::tr("%1 was filled by the run with %2 rows and holds %3 by now: it is not emptied.")
                    .arg(facts.table(), facts[Fact::Expected], facts[Fact::Found]),
                next};
    return {Wording::tr("%1 was filled by the run and holds other rows by now: it is not emptied.").arg(facts.table()),
            next};
}

} // namespace

bool wordUndo(const Error &error, Message &message)
{
    const Facts facts(error);
    switch (error.code) {
    case ErrorCode::NoSuchRun:
        message = {facts.has(Fact::Run) ? Wording::tr("There is no run %1.").arg(facts[Fact::Run])
                                        : Wording::tr("There is no such run."),
                   Wording::tr("history lists the runs with their names.")};
        return true;
    case ErrorCode::UndoneAlready:
        message = {facts.has(Fact::Run) ? Wording::tr("This run has been undone by the run %1.").arg(facts[Fact::Run])
                                        : Wording::tr("This run has been undone already."),
                   Wording::tr("Undo that one to have its rows again.")};
        return true;
    case ErrorCode::UndoMissing:
        message = missing(facts);
        return true;
    case ErrorCode::UndoOutdated:
        message = outdated(facts);
        return true;
    case ErrorCode::UndoLoadChanged:
        message = loadChanged(facts);
        return true;
    default:
        return false;
    }
}

} // namespace tidemark::wording
