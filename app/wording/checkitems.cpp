// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/wording/adviser.h"
#include "app/wording/changelog.h"
#include "app/wording/text.h"

namespace tidemark::wording {

using namespace Qt::StringLiterals;

namespace {

QString note(const MappingNote &note)
{
    const QString column = safeText(note.column);
    const QString detail = safeText(note.detail);
    switch (note.kind) {
    case MappingNote::Kind::SourceColumnUnmatched:
        return Wording::tr("Column %1 of the source has no counterpart and is left out.").arg(column);
    case MappingNote::Kind::TargetColumnUnmatched:
        return Wording::tr("Column %1 of the target has no counterpart and is left as it is.").arg(column);
    case MappingNote::Kind::TargetColumnGenerated:
        return Wording::tr("Column %1 is computed by the target and is not written.").arg(column);
    case MappingNote::Kind::RequiredTargetColumnMissing:
        return Wording::tr(
                   "Column %1 of the target needs a value, and nothing is mapped to it: inserts will be refused.")
            .arg(column);
    case MappingNote::Kind::ValuesMayNotFit:
        return Wording::tr("Column %1 is narrower at the target (%2): rows that do not fit are set aside.")
            .arg(column, detail);
    case MappingNote::Kind::FractionFloored:
        return Wording::tr("Column %1: digits after the point are cut to what the target keeps (%2).")
            .arg(column, detail);
    case MappingNote::Kind::FloatNarrowed:
        return Wording::tr("Column %1 keeps fewer digits at the target (%2).").arg(column, detail);
    case MappingNote::Kind::TravelsAsText:
        return Wording::tr("Column %1 (%2) is carried over as its exact text.").arg(column, detail);
    case MappingNote::Kind::ZonelessComparedAsWritten:
        return Wording::tr("Column %1 has no time zone: it is compared as written.").arg(column);
    case MappingNote::Kind::CollationEquates:
        return Wording::tr(
                   "Column %1: the target's collation (%2) takes some different keys for the same; such rows are "
                   "set aside.")
            .arg(column, detail);
    case MappingNote::Kind::KeyNotIndexedInOrder:
        return Wording::tr("The key is not in the same order at both sides: rows are matched in memory and on disk.");
    }
    return {};
}

QString serverRemark(const QString &code, const QString &detail)
{
    if (code == "no-lock"_L1)
        return Wording::tr(
            "The target offers no lock: only this workspace is kept from running the job twice at a time.");
    if (code == "service-lock"_L1)
        return Wording::tr("A web service offers no lock: running the job twice at a time is prevented for this user "
                           "on this computer, "
                           "and nowhere else.");
    if (code == "lock-not-held"_L1)
        return Wording::tr("The lock does not hold, as behind a pooling proxy: connect to the database directly.");
    if (code == "tls-not-verified"_L1)
        return Wording::tr("The server's certificate is not verified (%1).").arg(detail);
    if (code == "tls-not-used"_L1)
        return Wording::tr("The connection is not encrypted (%1).").arg(detail);
    if (code == "queue-absent"_L1)
        return Wording::tr("The queue is not there yet: the first job that uses it creates it.");
    if (code == "not-durable"_L1)
        return Wording::tr("The broker keeps messages in memory alone: what it holds is lost with it (%1).")
            .arg(detail);
    if (code == "evicts"_L1)
        return Wording::tr("The broker drops whole queues where its memory is full (maxmemory-policy allkeys).");
    if (code == "replica"_L1)
        return Wording::tr("The broker is a replica: nothing can be acknowledged there.");
    if (code == "queue-of-others"_L1)
        return Wording::tr("The queue was made by somebody else: its own settings count, and no limit of deliveries.");
    if (code == "exchange-of-others"_L1)
        return Wording::tr("The exchange was made by somebody else: its own settings count.");
    if (code == "facts-hidden"_L1)
        return Wording::tr("The broker does not tell its version and settings to this user.");
    if (code == "standby"_L1)
        return Wording::tr(
            "The source is a standby: its clock and the lag rule, not its transactions, bound what is read.");
    if (code == "checkpoint-token"_L1)
        return Wording::tr("Tidemark keeps a checkpoint and a random token in the target, to know it again (%1).")
            .arg(detail);
    if (code == "creates-checkpoint"_L1)
        return Wording::tr("The first run creates Tidemark's own table: %1").arg(detail);
    if (code == "creates-checkpoint-at-source"_L1)
        return Wording::tr("The first run creates Tidemark's own table at the source, too: %1").arg(detail);
    return {};
}

// Of two-way jobs: the source is written, too.
QString twoWayRemark(const QString &code, const QString &detail)
{
    if (code == "has-triggers-at-source"_L1)
        return Wording::tr("The source's triggers fire on every write: %1").arg(detail);
    if (code == "cascades-at-source"_L1)
        return Wording::tr("Deleting at the source also changes other tables: %1").arg(detail);
    if (code == "not-transactional-at-source"_L1)
        return Wording::tr(
                   "The source's tables of engine %1 take nothing back: what was written before a failure stays.")
            .arg(detail);
    if (code == "rules-without-merge"_L1)
        return Wording::tr("Its columns have merge rules, but conflicts are not decided by merging: they do nothing.");
    return {};
}

QString remark(const QString &code, const QString &detail)
{
    if (const QString text = twoWayRemark(code, detail); !text.isEmpty())
        return text;
    if (code == "creates-table"_L1)
        return Wording::tr("The run creates this table: %1").arg(detail);
    if (code == "has-triggers"_L1)
        return Wording::tr("The target's triggers fire on every write: %1").arg(detail);
    if (code == "cascades"_L1)
        return Wording::tr("Deleting here also changes other tables: %1").arg(detail);
    if (code == "not-transactional"_L1)
        return Wording::tr(
                   "The target's tables of engine %1 take nothing back: what was written before a failure stays.")
            .arg(detail);
    if (code == "lag"_L1)
        return Wording::tr("The last %1 before each run are read again, for rows that were committed late.")
            .arg(detail);
    if (code == "key-unproven-at-source"_L1)
        return Wording::tr("No unique index of the source keeps the key %1 to one row: a run stops the table where two "
                           "rows have the same.")
            .arg(detail);
    if (code == "key-unproven"_L1)
        return Wording::tr("No unique index of the target keeps the key %1 to one row: a run stops the table where two "
                           "rows have the same.")
            .arg(detail);
    if (code == "no-index"_L1)
        return Wording::tr("There is no index on %1: every run reads the whole table.").arg(detail);
    if (code == "flag-fires-trigger"_L1)
        return Wording::tr("Setting the flag at the source fires a trigger or changes another column: %1").arg(detail);
    if (const QString log = logRemark(code, detail); !log.isEmpty())
        return log;
    const QString server = serverRemark(code, detail);
    if (!server.isEmpty())
        return server;
    return detail.isEmpty() ? safeText(code) : QString(safeText(code) + u": "_s + detail);
}

} // namespace

QString checkItem(const CheckItem &item)
{
    QString text;
    if (item.error)
        text = oneLine(*item.error);
    else if (item.note)
        text = note(*item.note);
    else if (item.finding)
        text = finding(*item.finding);
    else if (item.loss)
        text = loss(*item.loss);
    else if (item.rehearsal)
        text = rehearsal(*item.rehearsal);
    else if (item.grant)
        text = grant(*item.grant);
    else
        text = remark(item.code, safeText(item.detail, 2000));
    if (item.intoSource)
        text = Wording::tr("Into the source: %1").arg(text);
    // An error names its table itself.
    if (item.table.isEmpty() || (item.error && item.error->facts.contains(Fact::Table)))
        return text;
    return Wording::tr("%1: %2", "a table and what is to be said of it").arg(safeText(item.table), text);
}

} // namespace tidemark::wording
