// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/jobdraft.h"

#include <QJsonArray>
#include <QSet>

#include "core/mapping/tablemapping.h"

using namespace Qt::StringLiterals;

namespace tidemark {

static constexpr qsizetype longestHistory = 500;

// What stands for one table, as an object: the short form is its name.
static QJsonObject tableObject(const QJsonValue &table)
{
    return table.isObject() ? table.toObject() : QJsonObject{{u"source"_s, table}};
}

static QJsonValue inside(const QJsonObject &object, const QStringList &keys)
{
    QJsonValue value(object);
    for (const QString &key : keys) {
        if (!value.isObject())
            return QJsonValue::Undefined;
        value = value.toObject().value(key);
    }
    return value;
}

static QJsonObject replaced(QJsonObject object, const QStringList &keys, const QJsonValue &value)
{
    const QString &key = keys.first();
    if (keys.size() == 1) {
        if (value.isUndefined())
            object.remove(key);
        else
            object[key] = value;
        return object;
    }
    const QJsonObject inner = replaced(object.value(key).toObject(), keys.sliced(1), value);
    if (inner.isEmpty())
        object.remove(key);
    else
        object[key] = inner;
    return object;
}

static QJsonObject withTableObject(QJsonObject job, int table, const QJsonObject &object)
{
    QJsonArray list = job.value("tables"_L1).toArray();
    if (table < 0 || table >= list.size())
        return job;
    const QStringList keys = object.keys();
    list[table] = keys == QStringList{u"source"_s} ? object.value("source"_L1) : QJsonValue(object);
    job["tables"_L1] = list;
    return job;
}

static QJsonObject tableAt(const QJsonObject &job, int table)
{
    return tableObject(job.value("tables"_L1).toArray().at(table));
}

void JobDraft::setConnections(const QList<ConnectionSettings> &connections)
{
    m_drivers.clear();
    for (const ConnectionSettings &connection : connections)
        m_drivers.insert(connection.name, connection.driver);
}

std::optional<Driver> JobDraft::driver(const QString &side) const
{
    const QJsonValue said = m_json.value(side);
    if (said.isString()) {
        const auto known = m_drivers.constFind(said.toString());
        return known == m_drivers.constEnd() ? std::nullopt : std::optional(*known);
    }
    const QString name = said.toObject().value("driver"_L1).toString();
    for (const Driver driver :
         {Driver::Sqlite, Driver::Postgres, Driver::Mysql, Driver::Http, Driver::Redis, Driver::Amqp}) {
        if (driverName(driver) == name)
            return driver;
    }
    return {};
}

void JobDraft::load(const QJsonObject &json)
{
    m_json = m_saved = json;
    m_undo.clear();
    m_redo.clear();
    m_lastField.clear();
    Q_EMIT changed();
}

QJsonValue JobDraft::value(int table, const QStringList &keys) const
{
    if (table == job)
        return inside(m_json, keys);
    const QJsonArray list = m_json.value("tables"_L1).toArray();
    return table < list.size() ? inside(tableObject(list.at(table)), keys) : QJsonValue(QJsonValue::Undefined);
}

void JobDraft::set(int table, const QStringList &keys, const QJsonValue &value, const QString &field)
{
    if (this->value(table, keys) == value)
        return;
    apply(table == job ? replaced(m_json, keys, value)
                       : withTableObject(m_json, table, replaced(tableAt(m_json, table), keys, value)),
          field);
}

void JobDraft::apply(const QJsonObject &next, const QString &field)
{
    if (next == m_json)
        return;
    if (field.isEmpty() || field != m_lastField) {
        m_undo.append(m_json);
        if (m_undo.size() > longestHistory)
            m_undo.removeFirst();
    }
    m_lastField = field;
    m_redo.clear();
    m_json = next;
    Q_EMIT changed();
}

void JobDraft::amend(const QJsonObject &next)
{
    if (next == m_json)
        return;
    m_json = next;
    Q_EMIT changed();
}

void JobDraft::undo()
{
    if (m_undo.isEmpty())
        return;
    m_redo.append(m_json);
    m_json = m_undo.takeLast();
    m_lastField.clear();
    Q_EMIT changed();
}

void JobDraft::redo()
{
    if (m_redo.isEmpty())
        return;
    m_undo.append(m_json);
    m_json = m_redo.takeLast();
    m_lastField.clear();
    Q_EMIT changed();
}

namespace draft {

bool allTables(const QJsonObject &job) { return job.value("tables"_L1).toString() == "*"_L1; }

static TableName nameOf(const QJsonValue &value)
{
    if (!value.isArray())
        return {{}, value.toString()};
    const QJsonArray parts = value.toArray();
    return {parts.at(0).toString(), parts.at(1).toString()};
}

TableName sourceOf(const QJsonValue &table) { return nameOf(tableObject(table).value("source"_L1)); }

std::optional<TableName> targetOf(const QJsonValue &table)
{
    const QJsonValue target = tableObject(table).value("target"_L1);
    if (target.isUndefined() || target.isNull())
        return std::nullopt;
    return nameOf(target);
}

QJsonValue nameValue(const TableName &name)
{
    if (name.schema.isEmpty())
        return name.name;
    return QJsonArray{name.schema, name.name};
}

QList<TableName> tables(const QJsonObject &job)
{
    QList<TableName> names;
    const QJsonArray list = job.value("tables"_L1).toArray();
    for (const auto table : list)
        names << sourceOf(table);
    return names;
}

int indexOf(const QJsonObject &job, const TableName &source)
{
    const QList<TableName> listed = tables(job);
    for (int i = 0; i < listed.size(); ++i) {
        const TableName &name = listed.at(i);
        const bool anySchema = name.schema.isEmpty() || source.schema.isEmpty();
        if (name.name == source.name && (anySchema || name.schema == source.schema))
            return i;
    }
    return -1;
}

QJsonObject withAllTables(QJsonObject job)
{
    job["tables"_L1] = u"*"_s;
    return job;
}

QJsonObject withTables(QJsonObject job, const QList<TableName> &sources)
{
    const QJsonArray before = job.value("tables"_L1).toArray();
    QHash<QString, QJsonValue> kept;
    for (const auto table : before)
        kept.insert(sourceOf(table).display(), table);
    QJsonArray list;
    for (const TableName &source : sources)
        list.append(kept.value(source.display(), nameValue(source)));
    job["tables"_L1] = list;
    return job;
}

QJsonObject withTaken(QJsonObject job, const QList<TableName> &sources, bool on)
{
    QSet<QString> meant;
    for (const TableName &source : sources)
        meant << source.display();
    QJsonArray list;
    const QJsonArray before = job.value("tables"_L1).toArray();
    for (const auto table : before) {
        if (!meant.remove(sourceOf(table).display()) || on)
            list.append(table);
    }
    for (const TableName &source : sources) {
        if (on && meant.remove(source.display()))
            list.append(nameValue(source));
    }
    job["tables"_L1] = list;
    return job;
}

QJsonObject withTarget(QJsonObject job, int table, const std::optional<TableName> &target)
{
    QJsonObject object = tableAt(job, table);
    if (target)
        object["target"_L1] = nameValue(*target);
    else
        object.remove("target"_L1);
    return withTableObject(std::move(job), table, object);
}

QJsonObject detectOf(const QJsonValue &detect)
{
    const QJsonObject object = detect.toObject();
    return object.contains("source"_L1) ? object.value("source"_L1).toObject() : object;
}

QJsonObject withDetect(QJsonObject job, int table, const QJsonObject &detect)
{
    QJsonObject object = table == JobDraft::job ? job : tableAt(job, table);
    QJsonObject sides = object.value("detect"_L1).toObject();
    // What the target has of its own stays, unless both sides are read whole now.
    const bool whole = detect.value("by"_L1).toString() == "hash"_L1;
    const bool perSide = sides.contains("source"_L1) && !(whole && sides.contains("target"_L1));
    sides["source"_L1] = detect;
    if (detect.isEmpty())
        object.remove("detect"_L1);
    else
        object["detect"_L1] = perSide ? sides : detect;
    return withoutUnusable(table == JobDraft::job ? object : withTableObject(std::move(job), table, object));
}

QJsonObject targetDetectOf(const QJsonValue &detect) { return detect.toObject().value("target"_L1).toObject(); }

QJsonObject withTargetDetect(QJsonObject job, int table, const QJsonObject &detect)
{
    QJsonObject object = table == JobDraft::job ? job : tableAt(job, table);
    const QJsonObject source = detectOf(object.value("detect"_L1));
    object["detect"_L1] = detect.isEmpty() ? source : QJsonObject{{u"source"_s, source}, {u"target"_s, detect}};
    return withoutUnusable(table == JobDraft::job ? object : withTableObject(std::move(job), table, object));
}

QString whereOf(const QJsonValue &where, bool target)
{
    if (where.isObject())
        return where.toObject().value(target ? "target"_L1 : "source"_L1).toString();
    return target ? QString() : where.toString();
}

QJsonObject withWhere(QJsonObject job, int table, bool target, const QString &sql)
{
    QJsonObject object = tableAt(job, table);
    const QJsonValue where = object.value("where"_L1);
    const QString source = target ? whereOf(where, false) : sql;
    const QString other = target ? sql : whereOf(where, true);
    QJsonObject sides;
    if (!source.isEmpty())
        sides["source"_L1] = source;
    if (!other.isEmpty())
        sides["target"_L1] = other;
    if (sides.isEmpty())
        object.remove("where"_L1);
    else if (other.isEmpty() && !where.isObject())
        object["where"_L1] = source;
    else
        object["where"_L1] = sides;
    return withTableObject(std::move(job), table, object);
}

// As a run finds it: exactly, then without case and underscores; the end: none.
static qsizetype columnAt(const QJsonArray &columns, const QString &source)
{
    const auto nameAt = [&columns](qsizetype i) { return columns.at(i).toObject().value("source"_L1).toString(); };
    for (qsizetype i = 0; i < columns.size(); ++i) {
        if (nameAt(i) == source)
            return i;
    }
    qsizetype at = 0;
    while (at < columns.size() && looseName(nameAt(at)) != looseName(source))
        ++at;
    return at;
}

QJsonObject columnOf(const QJsonObject &table, const QString &source)
{
    const QJsonArray columns = table.value("columns"_L1).toArray();
    return columns.at(columnAt(columns, source)).toObject();
}

QJsonObject withColumn(QJsonObject job, int table, const QString &source, QJsonObject column)
{
    QJsonObject object = tableAt(job, table);
    QJsonArray columns = object.value("columns"_L1).toArray();
    const qsizetype at = columnAt(columns, source);
    const bool exhaustive = object.value("columnsOnly"_L1).toBool();
    // The name as the file spells it.
    column["source"_L1] = at < columns.size() ? columns.at(at).toObject().value("source"_L1) : QJsonValue(source);
    const bool saysNothing = column.size() == 1 && !exhaustive;
    const bool leftOut = exhaustive && column.value("target"_L1).isNull();
    if (saysNothing || leftOut) {
        if (at < columns.size())
            columns.removeAt(at);
    } else if (at < columns.size()) {
        columns[at] = column;
    } else {
        columns.append(column);
    }
    if (columns.isEmpty())
        object.remove("columns"_L1);
    else
        object["columns"_L1] = columns;
    return withTableObject(std::move(job), table, object);
}

QString scalarText(const QJsonValue &value)
{
    return value.isBool() ? (value.toBool() ? u"true"_s : u"false"_s) : value.toVariant().toString();
}

QJsonValue scalarOf(const QString &text)
{
    bool isNumber = false;
    const qint64 number = text.toLongLong(&isNumber);
    if (isNumber && QString::number(number) == text)
        return number;
    if (text == "true"_L1 || text == "false"_L1)
        return text == "true"_L1;
    return text;
}

bool mergesCells(const QJsonObject &job, int table)
{
    if (job.value("mode"_L1).toString() != "two-way"_L1)
        return false;
    const QJsonObject own =
        table == JobDraft::job ? QJsonObject() : tableAt(job, table).value("conflicts"_L1).toObject();
    const QJsonObject ofJob = job.value("conflicts"_L1).toObject();
    for (const QLatin1StringView key : {"policy"_L1, "first"_L1}) {
        if (own.value(key).toString(ofJob.value(key).toString()) == "merge"_L1)
            return true;
    }
    return false;
}

} // namespace draft

} // namespace tidemark
