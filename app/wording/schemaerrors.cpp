// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/wording/text.h"

namespace tidemark::wording {

using namespace Qt::StringLiterals;

namespace {

// A column that is to be the newest, or a merge rule, of two-way jobs.
Message unfitRule(const Facts &facts)
{
    const QString rule = facts[Fact::Expected];
    if (rule == "newest"_L1)
        return {Wording::tr("%1 cannot tell which row is newer: it holds values of the kind %2.")
                    .arg(facts.cell(), facts[Fact::Found]),
                Wording::tr("Name a column of times or of growing numbers.")};
    return {
        Wording::tr("%1: the rule %2 does not fit values of the kind %3.").arg(facts.cell(), rule, facts[Fact::Found]),
        Wording::tr("Choose another rule for this column.")};
}

bool isUnfitRule(const Facts &facts)
{
    static const QStringList rules{u"newest"_s, u"greatest"_s, u"least"_s, u"concatenate"_s, u"sum"_s};
    return facts.has(Fact::Expected, Fact::Found) && rules.contains(facts[Fact::Expected]);
}

Message typesIncompatible(const Facts &facts)
{
    if (isUnfitRule(facts))
        return unfitRule(facts);
    if (facts.has(Fact::Expected, Fact::Value) && facts.raw(Fact::Expected) == "mark"_L1)
        return {Wording::tr("%1 cannot be set to %2 to mark rows as deleted: its type is %3.")
                    .arg(facts.cell(), facts[Fact::Value], facts[Fact::Found]),
                Wording::tr("Name another column in the job's soft deletes, or a value that it can hold.")};
    const QString next = Wording::tr("Leave the column out of the job, or change its type at one side.");
    if (facts.has(Fact::Expected, Fact::Found))
        return {Wording::tr("%1: %2 and %3 cannot be kept equal.")
                    .arg(facts.cell(), facts[Fact::Expected], facts[Fact::Found]),
                next};
    if (facts.has(Fact::Type))
        return {Wording::tr("%1: the type %2 cannot be kept at the other side.").arg(facts.cell(), facts[Fact::Type]),
                next};
    return {Wording::tr("%1: the types of both sides cannot be kept equal.").arg(facts.cell()), next};
}

Message noSuchTable(const Facts &facts)
{
    const QString name = facts.has(Fact::Table) ? facts[Fact::Table] : Wording::tr("the table");
    return {facts.has(Fact::Connection) ? Wording::tr("%1 has no table %2.").arg(facts[Fact::Connection], name)
                                        : Wording::tr("There is no table %1.").arg(name),
            Wording::tr("Check its name and schema, or let the job create missing tables (%1).")
                .arg(setting("\"create\": true"_L1))};
}

Message noSuchColumn(const Facts &facts)
{
    return {Wording::tr("%1 has no column %2.").arg(facts.table(), facts[Fact::Column]),
            Wording::tr("Check the name in the job.")};
}

Message ambiguous(const Facts &facts)
{
    const QString name = facts.has(Fact::Column) ? facts.cell() : facts.table();
    return {facts.has(Fact::Found) ? Wording::tr("%1 could mean several: %2.").arg(name, facts[Fact::Found])
                                   : Wording::tr("%1 could mean several names.").arg(name),
            Wording::tr("Name the right one in the job.")};
}

Message schemaChanged(const Facts &facts)
{
    return {facts.has(Fact::Column)
                ? Wording::tr("%1 was changed at column %2 during the run.").arg(facts.table(), facts[Fact::Column])
                : Wording::tr("%1 was changed during the run.").arg(facts.table()),
            Wording::tr("Check the job against the new columns, then run it again.")};
}

bool wordKeys(const Error &error, Message &message)
{
    const Facts facts(error);
    switch (error.code) {
    case ErrorCode::NoKey:
        message = {Wording::tr("%1 has neither a primary key nor a unique index without NULL.").arg(facts.table()),
                   isWindow() ? Wording::tr("Tick the columns in the job that identify a row.")
                              : Wording::tr("Name columns in the job that identify a row: \"key\": [ … ].")};
        return true;
    case ErrorCode::KeyNotUnique:
        message = {facts.has(Fact::Key)
                       ? Wording::tr("%1: several rows have the key %2.").arg(facts.table(), facts[Fact::Key])
                       : Wording::tr("%1: several rows have the same key.").arg(facts.table()),
                   Wording::tr("Name key columns in the job that identify one row.")};
        return true;
    case ErrorCode::KeyUnusable:
        message = {Wording::tr("%1: a key is NULL or cannot be read.").arg(facts.cell()),
                   Wording::tr("Name key columns in the job that are never NULL.")};
        return true;
    default:
        return false;
    }
}

} // namespace

bool wordSchema(const Error &error, Message &message)
{
    const Facts facts(error);
    switch (error.code) {
    case ErrorCode::NoSuchTable:
        message = noSuchTable(facts);
        return true;
    case ErrorCode::NoSuchColumn:
        message = noSuchColumn(facts);
        return true;
    case ErrorCode::AmbiguousName:
        message = ambiguous(facts);
        return true;
    case ErrorCode::NothingMatched:
        message = {
            Wording::tr("No table of the source has a counterpart at the target."),
            Wording::tr("Name tables in the job, or let it create them (%1).").arg(setting("\"create\": true"_L1))};
        return true;
    case ErrorCode::TypesIncompatible:
        message = typesIncompatible(facts);
        return true;
    case ErrorCode::WhereInvalid:
        message = {Wording::tr("%1 does not accept the filter.").arg(facts.table()),
                   Wording::tr("Mend %1 in the job: one SQL condition over columns of that side.")
                       .arg(setting("\"where\""_L1))};
        return true;
    case ErrorCode::SameTable:
        message = {
            facts.has(Fact::File)
                ? Wording::tr("Source and target are the same table: %1. %2 is the source's file by another name.")
                      .arg(facts.table(), facts[Fact::File])
                : Wording::tr("Source and target are the same table: %1.").arg(facts.table()),
            Wording::tr("Choose another target.")};
        return true;
    case ErrorCode::NonTransactional:
        message = {Wording::tr("%1 cannot take back what was written to it: its storage engine knows no transactions.")
                       .arg(facts.table()),
                   Wording::tr("Change its engine to InnoDB, or accept it in the job (%1).")
                       .arg(setting("\"allowNonTransactional\": true"_L1))};
        return true;
    case ErrorCode::RowSecurity:
        message = {Wording::tr("%1 hides rows from this user, so that nothing can be concluded from what is missing.")
                       .arg(facts.table()),
                   Wording::tr("Use a user that sees all rows.")};
        return true;
    case ErrorCode::SchemaChanged:
        message = schemaChanged(facts);
        return true;
    case ErrorCode::SqlRefused:
        message = {facts.has(Fact::Table) ? Wording::tr("%1: the database refused a statement.").arg(facts.table())
                                          : Wording::tr("%1 refused a statement.").arg(facts.side()),
                   Wording::tr("The database's own words tell why.")};
        return true;
    default:
        return wordKeys(error, message);
    }
}

} // namespace tidemark::wording
