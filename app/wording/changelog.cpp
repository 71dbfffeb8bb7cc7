// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/wording/changelog.h"

#include "app/wording/text.h"

namespace tidemark::wording {

using namespace Qt::StringLiterals;

namespace {

// Why triggers cannot see all of a table's changes, or what is wrong with those that stand.
QString reason(const QString &code)
{
    if (code == "cascades"_L1)
        return Wording::tr("Its foreign keys cascade, and no trigger fires for that.");
    if (code == "partitioned"_L1)
        return Wording::tr("It is partitioned or inherits: what is written to a part passes its triggers by.");
    if (code == "replicated"_L1)
        return Wording::tr("It is filled by replication, which fires no such trigger.");
    if (code == "not-transactional"_L1)
        return Wording::tr("It is in a storage engine without transactions.");
    if (code == "unlogged"_L1)
        return Wording::tr("It is unlogged: a crash of the server empties it.");
    if (code == "expression-index"_L1)
        return Wording::tr("It has a unique index on an expression: rows that REPLACE deletes cannot be told.");
    if (code == "unfinished"_L1)
        return Wording::tr("Its record is missing, as after an installation that was cut off.");
    if (code == "trigger-missing"_L1)
        return Wording::tr("A trigger is missing.");
    if (code == "trigger-disabled"_L1)
        return Wording::tr("A trigger is disabled.");
    if (code == "trigger-changed"_L1)
        return Wording::tr("A trigger is not the one that was installed.");
    if (code == "key-changed"_L1)
        return Wording::tr("The key's columns are others than those it was installed for.");
    if (code == "changed"_L1)
        return Wording::tr(
            "The table or its triggers were changed since the last run: the next one compares everything.");
    return safeText(code);
}

} // namespace

// Of two-way jobs: why the record of what both sides were after the last sync counts for nothing.
static QString whyWithoutBase(const QString &code)
{
    if (code == "base-absent"_L1)
        return Wording::tr(
            "The databases tell of an earlier run, and this workspace has no record of it: the run was cut "
            "off, or the record was forgotten or lost.");
    if (code == "base-journal"_L1)
        return Wording::tr("The record of the last sync belongs to another journal: this workspace's is new or another "
                           "one.");
    if (code == "base-mapping"_L1)
        return Wording::tr("The job's tables, key or columns are others than at the last sync.");
    if (code == "base-databases"_L1)
        return Wording::tr("A side is another database than at the last sync.");
    if (code == "base-generation"_L1)
        return Wording::tr("A database or this workspace is not as the last sync left it, as after a restore.");
    return {};
}

QString whyWhole(const QString &code)
{
    if (const QString why = whyWithoutBase(code); !why.isEmpty())
        return sentences(why,
                         Wording::tr("So everything was compared as on a first run: nothing was deleted, and rows "
                                     "that differ are decided as on a first run."));
    if (code == "log-absent"_L1)
        return Wording::tr("There is no change log, so everything was compared.");
    if (code == "log-impossible"_L1)
        return Wording::tr("Triggers cannot see all changes of this table, so everything was compared.");
    if (code == "log-broken"_L1)
        return Wording::tr("The change log is incomplete, so everything was compared.");
    if (code == "log-new"_L1)
        return Wording::tr("The change log is new, so everything was compared once.");
    if (code == "log-changed"_L1)
        return Wording::tr("The table or its triggers were changed since the last run, so everything was compared.");
    if (code == "log-truncated"_L1)
        return Wording::tr("The table was truncated, so everything was compared.");
    if (code == "log-unproven"_L1)
        return Wording::tr("The table may have been truncated, so everything was compared.");
    if (code == "log-generation"_L1)
        return Wording::tr(
            "The change log is not as the last run left it, as after a restore, so everything was compared.");
    if (code == "log-long"_L1)
        return Wording::tr("The change log names a large part of the table, so everything was compared.");
    return safeText(code);
}

QString logStateName(ChangeLogState::Kind kind)
{
    switch (kind) {
    case ChangeLogState::Kind::Impossible:
        return u"impossible"_s;
    case ChangeLogState::Kind::Absent:
        return u"absent"_s;
    case ChangeLogState::Kind::Broken:
        return u"broken"_s;
    case ChangeLogState::Kind::Ready:
        break;
    }
    return u"ready"_s;
}

QString logState(const ChangeLogState &state)
{
    QString text;
    switch (state.kind) {
    case ChangeLogState::Kind::Impossible:
        text = Wording::tr("Triggers cannot see all changes of this table.");
        break;
    case ChangeLogState::Kind::Absent:
        text = Wording::tr("There is no change log.");
        break;
    case ChangeLogState::Kind::Broken:
        text = Wording::tr("The change log is incomplete and has to be installed again.");
        break;
    case ChangeLogState::Kind::Ready:
        text = Wording::tr("The change log is in place.");
        break;
    }
    return sentences(text, state.reason.isEmpty() ? QString() : reason(state.reason));
}

QString logRemark(const QString &code, const QString &detail)
{
    constexpr QLatin1StringView atTarget("-at-target"); // of two-way jobs: they have one at each side
    if (code.endsWith(atTarget)) {
        const QString log = logRemark(code.chopped(atTarget.size()), detail);
        return log.isEmpty() ? log : Wording::tr("At the target: %1").arg(log);
    }
    if (code == "creates-log"_L1)
        return Wording::tr("tidemark-cli job log JOB install creates it: %1").arg(detail);
    if (code == "log-cost"_L1 && detail == "SQLite"_L1)
        return Wording::tr(
            "Row triggers log every change: a statement that changes many rows takes up to three times as long.");
    if (code == "log-cost"_L1 && detail == "PostgreSQL"_L1)
        return Wording::tr(
            "Statement triggers log every change: a statement that changes many rows takes about a fifth longer.");
    if (code == "log-cost"_L1)
        return Wording::tr(
            "Row triggers log every change: a statement that changes many rows takes up to five times as long.");
    ChangeLogState state;
    state.reason = detail;
    if (code == "log-absent"_L1)
        return sentences(Wording::tr("There is no change log."),
                         Wording::tr("Until it is installed, every run compares everything."));
    if (code == "log-broken"_L1)
        state.kind = ChangeLogState::Kind::Broken;
    else if (code == "log-impossible"_L1)
        state.kind = ChangeLogState::Kind::Impossible;
    else if (code == "log-changed"_L1)
        state.kind = ChangeLogState::Kind::Ready;
    else
        return {};
    return logState(state);
}

} // namespace tidemark::wording
