// SPDX-License-Identifier: GPL-3.0-or-later
// A job whose sides change places: what its tables say by name of one side becomes what they say of the other.
#include <QHash>
#include <QJsonArray>

#include "ui/jobs/jobdraft.h"

using namespace Qt::StringLiterals;

namespace tidemark {

static void exchange(QJsonObject &object, QLatin1StringView one, QLatin1StringView other)
{
    const auto put = [&object](QLatin1StringView key, const QJsonValue &value) {
        if (value.isUndefined())
            object.remove(key);
        else
            object[key] = value;
    };
    const QJsonValue first = object.value(one);
    put(one, object.value(other));
    put(other, first);
}

// A text is the source's alone.
static QJsonValue swappedWhere(const QJsonValue &where)
{
    QJsonObject sides = where.isString() ? QJsonObject{{u"source"_s, where}} : where.toObject();
    if (sides.isEmpty())
        return where;
    exchange(sides, "source"_L1, "target"_L1);
    return sides.size() == 1 && sides.contains("source"_L1) ? sides.value("source"_L1) : QJsonValue(sides);
}

static QJsonValue renamed(const QJsonValue &column, const QHash<QString, QString> &names)
{
    return column.isString() ? QJsonValue(names.value(column.toString(), column.toString())) : column;
}

// Who wins is named by side: "source" becomes "target".
static void swapSideWord(QJsonObject &object, QLatin1StringView key)
{
    const QString word = object.value(key).toString();
    if (word == "source"_L1 || word == "target"_L1)
        object[key] = word == "source"_L1 ? u"target"_s : u"source"_s;
}

// In one-way jobs the source decides, whichever it is; a column that tells the newest stays with its side.
static void swapConflicts(QJsonObject &rules, bool twoWay)
{
    QJsonObject conflicts = rules.value("conflicts"_L1).toObject();
    if (conflicts.isEmpty())
        return;
    if (twoWay) {
        swapSideWord(conflicts, "policy"_L1);
        swapSideWord(conflicts, "first"_L1);
    }
    QJsonObject column = conflicts.value("column"_L1).toObject();
    if (!column.isEmpty()) {
        exchange(column, "source"_L1, "target"_L1);
        conflicts["column"_L1] = column;
    }
    rules["conflicts"_L1] = conflicts;
}

// The column that marks deleted rows stays where it is. What a row that comes back is marked with belongs to a side
// that is written.
static void swapMark(QJsonObject &rules, bool twoWay)
{
    QJsonObject deletes = rules.value("deletes"_L1).toObject();
    QJsonObject soft = deletes.value("soft"_L1).toObject();
    if (soft.isEmpty())
        return;
    swapSideWord(soft, "side"_L1);
    if (!twoWay && soft.value("side"_L1).toString() == "source"_L1)
        soft.remove("present"_L1);
    deletes["soft"_L1] = soft;
    rules["deletes"_L1] = deletes;
}

static QJsonObject swappedTable(QJsonObject table, bool twoWay)
{
    if (table.contains("target"_L1))
        exchange(table, "source"_L1, "target"_L1);
    QHash<QString, QString> names; // of columns, where the sides call them differently
    QJsonArray columns = table.value("columns"_L1).toArray();
    for (qsizetype i = 0; i < columns.size(); ++i) {
        QJsonObject column = columns.at(i).toObject();
        swapSideWord(column, "rule"_L1);
        columns[i] = column;
        if (!column.value("target"_L1).isString())
            continue;
        names.insert(column.value("source"_L1).toString(), column.value("target"_L1).toString());
        exchange(column, "source"_L1, "target"_L1);
        columns[i] = column;
    }
    if (!columns.isEmpty())
        table["columns"_L1] = columns;
    swapConflicts(table, twoWay);
    swapMark(table, twoWay);
    QJsonArray key = table.value("key"_L1).toArray();
    for (qsizetype i = 0; i < key.size(); ++i)
        key[i] = renamed(key.at(i), names);
    if (!key.isEmpty())
        table["key"_L1] = key;
    QJsonObject detect = table.value("detect"_L1).toObject();
    if (detect.contains("column"_L1)) {
        detect["column"_L1] = renamed(detect.value("column"_L1), names);
        table["detect"_L1] = detect;
    }
    if (table.contains("where"_L1))
        table["where"_L1] = swappedWhere(table.value("where"_L1));
    return table;
}

QJsonObject draft::swapped(QJsonObject job)
{
    exchange(job, "source"_L1, "target"_L1);
    const bool twoWay = job.value("mode"_L1).toString() == "two-way"_L1;
    swapConflicts(job, twoWay);
    swapMark(job, twoWay);
    QJsonArray tables = job.value("tables"_L1).toArray();
    for (qsizetype i = 0; i < tables.size(); ++i) {
        if (tables.at(i).isObject())
            tables[i] = swappedTable(tables.at(i).toObject(), twoWay);
    }
    if (!tables.isEmpty())
        job["tables"_L1] = tables;
    return job;
}

} // namespace tidemark
