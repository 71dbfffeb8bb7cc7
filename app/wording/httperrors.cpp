// SPDX-License-Identifier: GPL-3.0-or-later
#include <optional>

#include "app/wording/text.h"

namespace tidemark::wording {

using namespace Qt::StringLiterals;

namespace {

QString resource(const Facts &facts)
{
    return facts.has(Fact::Page) ? Wording::tr("%1, page %2").arg(facts.table(), facts[Fact::Page]) : facts.table();
}

// Why a page is not to be trusted: PageUnusable's Found.
QString whyUnusable(const Facts &facts)
{
    const QString why = facts.has(Fact::Found) ? facts.raw(Fact::Found) : QString();
    const QString where = resource(facts);
    if (why == "too-deep"_L1)
        return Wording::tr("%1: the answer is nested deeper than the connection allows.").arg(where);
    if (why == "no-records"_L1)
        return Wording::tr("%1: the answer has no array of records where the connection says.").arg(where);
    if (why == "no-record"_L1)
        return Wording::tr("%1: the array holds something else than records.").arg(where);
    if (why == "repeated"_L1)
        return Wording::tr("%1: the same records came before, as another page.").arg(where);
    if (why == "repeated-cursor"_L1)
        return Wording::tr("%1: the service goes on where it was before.").arg(where);
    if (why == "empty"_L1)
        return Wording::tr("%1: a page without records, and not at the end.").arg(where);
    if (why == "short"_L1)
        return Wording::tr("%1: an earlier page had too few records, so some were not seen.").arg(where);
    if (why == "too-many"_L1)
        return Wording::tr("%1: more records than were asked for.").arg(where);
    if (why == "count"_L1)
        return Wording::tr("%1: fewer records than the service counts.").arg(where);
    if (why == "count-sank"_L1)
        return Wording::tr("%1: records went while they were read, so others may not have been seen.").arg(where);
    if (why == "no-count"_L1)
        return Wording::tr("%1: the service does not count its records where the connection says.").arg(where);
    if (why == "no-cursor"_L1)
        return Wording::tr("%1: what names the next page cannot be read.").arg(where);
    if (why == "member-twice"_L1)
        return Wording::tr("%1: a record has its member %2 twice.").arg(where, facts[Fact::Column]);
    if (why == "key-twice"_L1)
        return Wording::tr("%1: two different records have the key %2.").arg(where, facts[Fact::Key]);
    return Wording::tr("%1: the answer is no JSON, or not all of it.").arg(where);
}

// Why a service is not written on: RequestRefused's Option.
std::optional<Message> whyNotWritten(const Facts &facts)
{
    const QString why = facts.has(Fact::Option) ? facts.raw(Fact::Option) : QString();
    if (why == "http-own-key"_L1)
        return Message{Wording::tr("%1: the service keeps a new record under another key than the one it was sent.")
                           .arg(facts.table()),
                       Wording::tr("One such record was made and nothing more was written. A service that draws keys "
                                   "of its own cannot be a target.")};
    if (why == "http-later"_L1)
        return Message{Wording::tr("%1: the service says that it will write later.").arg(facts.table()),
                       Wording::tr("Nobody would know whether it does. Let it write before it answers.")};
    if (why == "http-not-found-there"_L1)
        return Message{Wording::tr("%1: a record that the service lists is not where single records are said to be.")
                           .arg(facts.table()),
                       Wording::tr("Check the paths under \"write\"; nothing was written.")};
    if (why == "http-other-record"_L1)
        return Message{Wording::tr("%1: asked for one record, the service answers with another.").arg(facts.table()),
                       Wording::tr("Check the paths under \"write\"; nothing was written.")};
    if (why == "http-no-record"_L1)
        return Message{
            Wording::tr("%1: asked for one record, the service answers with something else.").arg(facts.table()),
            Wording::tr("Say under \"write\" where the record is in such an answer: \"record\".")};
    return std::nullopt;
}

} // namespace

Message httpNotAvailable(const Facts &facts)
{
    const QString &why = facts.raw(Fact::Option);
    const QString verbs = Wording::tr("Name the request under \"write\" of the resource, if the service has it.");
    if (why == "http-where"_L1)
        return {Wording::tr("%1: a web service cannot be filtered by SQL.").arg(facts.table()),
                Wording::tr("Leave the filter out, or give the resource query parameters of its own.")};
    if (why == "http-insert"_L1)
        return {Wording::tr("%1: the connection names no request that inserts a record.").arg(facts.table()), verbs};
    if (why == "http-update"_L1)
        return {Wording::tr("%1: the connection names no request that updates a record.").arg(facts.table()), verbs};
    if (why == "http-delete"_L1)
        return {Wording::tr("%1: the connection names no request that deletes a record.").arg(facts.table()),
                Wording::tr("Name it under \"write\" of the resource, or let the job update without deleting.")};
    if (why == "http-key"_L1)
        return {
            Wording::tr("%1: the column %2 cannot name a record in a path.").arg(facts.table(), facts[Fact::Column]),
            Wording::tr("Use a key of whole numbers or text.")};
    if (why == "http-create"_L1)
        return {Wording::tr("%1: a resource of a web service cannot be created.").arg(facts.table()),
                Wording::tr("Describe it in the connection.")};
    if (why == "http-two-way"_L1)
        return {Wording::tr("A two-way job between two web services is not available in this version."),
                Wording::tr("Let one side be a database, or sync one way.")};
    if (why == "http-transaction"_L1)
        return {Wording::tr("A web service has no transactions."),
                Wording::tr("Leave \"transaction\" out: each row is written by itself.")};
    if (why == "http-soft"_L1)
        return {Wording::tr("Marking deleted rows in a web service is not available in this version."),
                Wording::tr("Let the job delete them, or update without deleting.")};
    if (why == "http-undo"_L1)
        return {Wording::tr("What was written to a web service cannot be undone in this version."),
                Wording::tr("Mend the source and run the job again.")};
    return {Wording::tr("Flags and marks in a web service are not available in this version."),
            Wording::tr("Find changes another way.")};
}

bool wordHttp(const Error &error, Message &message)
{
    const Facts facts(error);
    switch (error.code) {
    case ErrorCode::RequestRefused:
        if (const auto told = whyNotWritten(facts)) {
            message = *told;
            return true;
        }
        message = {
            facts.has(Fact::Found)
                ? Wording::tr("%1: %2 answered with HTTP status %3.")
                      .arg(resource(facts), facts.server(), facts[Fact::Found])
                : Wording::tr("%1: %2 sends elsewhere, which is not followed.").arg(resource(facts), facts.server()),
            Wording::tr("Check the path, the paging and the parameters of the resource.")};
        return true;
    case ErrorCode::AnswerTooLarge:
        message = {Wording::tr("%1: the answer is larger than %2.").arg(resource(facts), facts[Fact::Limit]),
                   Wording::tr("Ask for smaller pages, or allow larger answers in the connection.")};
        return true;
    case ErrorCode::RateLimited:
        message = {facts.has(Fact::Limit) ? Wording::tr("%1 takes no more requests just now; it asks for a wait of %2.")
                                                .arg(facts.server(), facts[Fact::Limit])
                                          : Wording::tr("%1 takes no more requests just now.").arg(facts.server()),
                   Wording::tr("Run it again later, or with fewer requests at a time.")};
        return true;
    case ErrorCode::ServiceFailed:
        message = {Wording::tr("%1 answered with HTTP status %2.").arg(facts.server(), facts[Fact::Found]),
                   Wording::tr("Run it again later; nothing was concluded from it.")};
        return true;
    case ErrorCode::PageUnusable:
        message = {whyUnusable(facts),
                   Wording::tr("Nothing was concluded from it. Run it again, or check the resource's settings.")};
        return true;
    default:
        return false;
    }
}

} // namespace tidemark::wording
