// SPDX-License-Identifier: GPL-3.0-or-later
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

} // namespace

bool wordHttp(const Error &error, Message &message)
{
    const Facts facts(error);
    switch (error.code) {
    case ErrorCode::RequestRefused:
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
