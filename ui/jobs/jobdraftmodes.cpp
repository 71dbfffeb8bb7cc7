// SPDX-License-Identifier: GPL-3.0-or-later
// A job that gets another mode: what that one does not have goes.
#include <QJsonArray>

#include "ui/jobs/jobdraft.h"

using namespace Qt::StringLiterals;

namespace tidemark {

namespace draft {

static void putConflicts(QJsonObject &rules, const QJsonObject &conflicts)
{
    if (conflicts.isEmpty())
        rules.remove("conflicts"_L1);
    else
        rules["conflicts"_L1] = conflicts;
}

// Who wins where both sides changed a row is nothing to say of rows that merely differ, and the reverse.
static void dropPolicies(QJsonObject &rules)
{
    QJsonObject conflicts = rules.value("conflicts"_L1).toObject();
    if (conflicts.isEmpty())
        return;
    for (const QLatin1StringView key : {"first"_L1, "column"_L1, "margin"_L1})
        conflicts.remove(key);
    if (conflicts.value("policy"_L1).toString() != "source"_L1)
        conflicts.remove("policy"_L1);
    putConflicts(rules, conflicts);
}

static QJsonObject withoutPolicies(QJsonObject job)
{
    dropPolicies(job);
    QJsonArray list = job.value("tables"_L1).toArray();
    for (qsizetype i = 0; i < list.size(); ++i) {
        QJsonObject table = list.at(i).toObject();
        if (!table.contains("conflicts"_L1))
            continue;
        dropPolicies(table);
        list[i] = table;
    }
    if (!list.isEmpty())
        job["tables"_L1] = list;
    return job;
}

QJsonObject withMode(QJsonObject job, const QString &mode)
{
    const bool turns = (job.value("mode"_L1).toString(mode) == "two-way"_L1) != (mode == "two-way"_L1);
    job["mode"_L1] = mode;
    return withoutUnusable(turns ? withoutPolicies(std::move(job)) : std::move(job));
}

static void dropTwoWayConflicts(QJsonObject &rules)
{
    QJsonObject conflicts = rules.value("conflicts"_L1).toObject();
    if (conflicts.isEmpty())
        return;
    conflicts.remove("first"_L1);
    if (conflicts.value("policy"_L1).toString() == "merge"_L1)
        conflicts.remove("policy"_L1);
    putConflicts(rules, conflicts);
}

// A mark at the target needs somebody who deletes there; what a row that comes back is marked with, a side that is
// written.
static void dropSoft(QJsonObject &rules, const QString &mode)
{
    QJsonObject soft = rules.value("deletes"_L1).toObject().value("soft"_L1).toObject();
    if (soft.isEmpty() || mode == "two-way"_L1)
        return;
    const bool atTarget = soft.value("side"_L1).toString() == "target"_L1;
    if (atTarget && mode == "update"_L1) {
        rules.remove("deletes"_L1);
    } else if (!atTarget && soft.contains("present"_L1)) {
        soft.remove("present"_L1);
        rules["deletes"_L1] = QJsonObject{{u"soft"_s, soft}};
    }
}

static void dropColumnRules(QJsonObject &table)
{
    const QJsonArray before = table.value("columns"_L1).toArray();
    const bool exhaustive = table.value("columnsOnly"_L1).toBool();
    QJsonArray columns;
    for (const auto value : before) {
        QJsonObject column = value.toObject();
        const bool ruled = column.contains("rule"_L1);
        column.remove("rule"_L1);
        if (!ruled || exhaustive || column.size() > 1) // else it says nothing any more
            columns.append(column);
    }
    if (columns.isEmpty())
        table.remove("columns"_L1);
    else if (columns != before)
        table["columns"_L1] = columns;
}

// A filter stays, and is told to be a problem: without it other rows would be the job's.
static void dropNotTwoWay(QJsonObject &rules)
{
    const QJsonObject said = rules.value("detect"_L1).toObject();
    const QJsonObject detect = draft::detectOf(said);
    const QString by = detect.value("by"_L1).toString(u"hash"_s);
    if (by == "flag"_L1 || (by == "version"_L1 && detect.value("scope"_L1).toString() == "row"_L1))
        rules.remove("detect"_L1);
    else if (said.contains("source"_L1) && !said.contains("target"_L1)) // both sides, or neither
        rules["detect"_L1] = detect;
    if (rules.value("leftFilter"_L1).toString() == "delete"_L1)
        rules.remove("leftFilter"_L1);
    if (rules.value("checkpoint"_L1).toString() == "journal"_L1)
        rules.remove("checkpoint"_L1);
}

static void dropUnusable(QJsonObject &rules, const QString &mode, const QString &detectBy)
{
    const bool mirror = mode == "mirror"_L1;
    const bool twoWay = mode == "two-way"_L1;
    if (twoWay)
        dropNotTwoWay(rules);
    else
        dropTwoWayConflicts(rules);
    dropSoft(rules, mode);
    if (!twoWay && rules.value("deletes"_L1).toString() == (mirror ? "ignore"_L1 : "propagate"_L1))
        rules.remove("deletes"_L1);
    if ((!mirror && !twoWay) || detectBy == "hash"_L1 || detectBy == "log"_L1)
        rules.remove("keyCompare"_L1);
}

QJsonObject withoutUnusable(QJsonObject job)
{
    const QString mode = job.value("mode"_L1).toString();
    const QString jobDetect = detectOf(job.value("detect"_L1)).value("by"_L1).toString(u"hash"_s);
    const auto isCursor = [](const QString &by) { return by != "hash"_L1 && by != "log"_L1; };
    bool anyCursor = isCursor(jobDetect);
    const QJsonArray before = job.value("tables"_L1).toArray();
    QJsonArray list = before;
    for (qsizetype i = 0; i < list.size(); ++i) {
        if (!list.at(i).isObject())
            continue;
        QJsonObject table = list.at(i).toObject();
        const QString by = detectOf(table.value("detect"_L1)).value("by"_L1).toString(jobDetect);
        anyCursor = anyCursor || isCursor(by);
        dropUnusable(table, mode, by);
        if (mode != "two-way"_L1)
            dropColumnRules(table);
        list[i] = table;
    }
    // A table that detects by itself may still use what the job says of its keys.
    dropUnusable(job, mode, anyCursor ? u"any"_s : u"hash"_s);
    if (list != before)
        job["tables"_L1] = list;
    return job;
}

} // namespace draft

} // namespace tidemark
