// SPDX-License-Identifier: GPL-3.0-or-later
// What jobs cannot ask of a message queue.
#include <array>

#include "app/wording/text.h"

namespace tidemark::wording {

using namespace Qt::StringLiterals;

Message queueNotAvailable(const Facts &facts)
{
    struct Known
    {
        QLatin1StringView option;
        Message message;
    };
    const std::array<Known, 17> known{{
        {"queue-two-way"_L1,
         {Wording::tr("A message queue cannot be synced in two ways."),
          Wording::tr("Use two one-way jobs: one that publishes, one that consumes.")}},
        {"queue-database"_L1,
         {Wording::tr("The other side of a message queue has to be a database."),
          Wording::tr("Go through a database: one job into it, another one out of it.")}},
        {"queue-conflicts"_L1,
         {Wording::tr("With a message queue the source always decides."), Wording::tr("Leave the policy out.")}},
        {"queue-create"_L1,
         {Wording::tr("Tables cannot be created from or in a message queue."),
          Wording::tr("Create the table first, then run the job.")}},
        {"queue-soft"_L1,
         {Wording::tr("Soft deletes are not available with a message queue."), Wording::tr("Leave them out.")}},
        {"queue-exchange"_L1,
         {Wording::tr("The connection names an exchange alone, from which nothing can be consumed."),
          Wording::tr("Name its queue in the connection.")}},
        {"queue-detect"_L1,
         {Wording::tr("A queue's messages are changes already: nothing has to be detected."),
          Wording::tr("Leave the detection out.")}},
        {"queue-where"_L1,
         {Wording::tr("Messages of a queue cannot be filtered by SQL."), Wording::tr("Leave the filter out.")}},
        {"queue-hash"_L1,
         {Wording::tr("A message queue cannot be compared with."),
          Wording::tr("Detect changes by timestamp, version, flag or log.")}},
        {"queue-mirror"_L1,
         {Wording::tr("Deletes reach a message queue from a change log alone."),
          Wording::tr("Detect by log, or choose the mode update.")}},
        {"queue-transaction"_L1,
         {Wording::tr("A message queue has no transactions."), Wording::tr("Choose the transaction batch.")}},
        {"queue-plan"_L1,
         {Wording::tr("A saved plan cannot be applied to a message queue, which goes on meanwhile."),
          Wording::tr("Run the job without a plan.")}},
        {"queue-looks"_L1,
         {Wording::tr("The messages of %1 were delivered %2 times already, and RabbitMQ counts each look at them, too.")
              .arg(facts.table(), facts[Fact::Count]),
          Wording::tr("Run the job, or allow more deliveries in the connection (deliveryLimit).")}},
        {"queue-verify"_L1,
         {Wording::tr("A message queue cannot be verified: what it held is gone."),
          Wording::tr("Verify the databases at its two ends with a job between them.")}},
        {"queue-undo"_L1,
         {Wording::tr("Runs of jobs with a message queue cannot be undone: nothing is kept of them."), {}}},
        {"queue-write"_L1, {Wording::tr("The source is a message queue, which is only read."), {}}},
        {"queue-partial"_L1,
         {Wording::tr("%1: an event bears all of its row's columns.").arg(facts.table()),
          Wording::tr("Leave columns out by \"target\": null instead of \"write\": false.")}},
    }};
    for (const Known &one : known) {
        if (facts.raw(Fact::Option) == one.option)
            return one.message;
    }
    return {Wording::tr("%1 is not available in this version.").arg(facts[Fact::Option]), {}};
}

} // namespace tidemark::wording
