// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include <QJsonObject>
#include <QMap>
#include <QObject>
#include <QStringList>

#include "core/config/connectionsettings.h"
#include "core/data/tableschema.h"

namespace tidemark {

// A job file while it is edited: the file's own JSON object, so that what the editor does not show stays as it is.
// Every edit is a snapshot that can be undone; consecutive edits of one field are one step.
class JobDraft final : public QObject
{
    Q_OBJECT
public:
    static constexpr int job = -1; // the place of what is said for the whole job

    using QObject::QObject;
    void load(const QJsonObject &json); // forgets the history
    const QJsonObject &json() const { return m_json; }
    bool isChanged() const { return m_json != m_saved; } // since load() or markSaved()
    void markSaved() { m_saved = m_json; }

    // table: an index of "tables", or `job`. keys lead into objects; what is not there is Undefined.
    QJsonValue value(int table, const QStringList &keys) const;
    // Undefined removes the key, and every object that is empty without it. field: edits of the same one merge.
    void set(int table, const QStringList &keys, const QJsonValue &value, const QString &field = {});
    void apply(const QJsonObject &next, const QString &field = {});
    // What follows from the last edit, and is taken back with it.
    void amend(const QJsonObject &next);
    void seal() { m_lastField.clear(); } // the next edit is a step of its own

    // What the connections are that its sides name; a side's own where it is written inline.
    void setConnections(const QList<ConnectionSettings> &connections);
    std::optional<Driver> driver(const QString &side) const; // "source", "target"; nothing: no such connection

    bool canUndo() const { return !m_undo.isEmpty(); }
    bool canRedo() const { return !m_redo.isEmpty(); }
    void undo();
    void redo();

Q_SIGNALS:
    void changed();

private:
    QJsonObject m_json;
    QJsonObject m_saved;
    QList<QJsonObject> m_undo;
    QList<QJsonObject> m_redo;
    QString m_lastField;
    QMap<QString, Driver> m_drivers;
};

// The parts of a job file that take more than a key, as functions of the whole. Names as the file has them.
namespace draft {

bool allTables(const QJsonObject &job);
QList<TableName> tables(const QJsonObject &job); // source names; empty for "*"
int indexOf(const QJsonObject &job, const TableName &source); // −1: not listed
TableName sourceOf(const QJsonValue &table);
std::optional<TableName> targetOf(const QJsonValue &table); // not set: matched by name
QJsonValue nameValue(const TableName &name); // "orders", ["sales", "orders"]

QJsonObject withAllTables(QJsonObject job);
QJsonObject withTables(QJsonObject job, const QList<TableName> &sources); // what stood in the list stays as it was
QJsonObject withTaken(QJsonObject job, const QList<TableName> &sources, bool on); // by the names in the list
QJsonObject withTarget(QJsonObject job, int table, const std::optional<TableName> &target);
QJsonObject withMode(QJsonObject job, const QString &mode); // jobdraftmodes.cpp, as withoutUnusable()
QJsonObject swapped(QJsonObject job); // source and target, in all that names them (jobdraftswap.cpp)
// The object that "detect" holds, also where it is written a side.
QJsonObject detectOf(const QJsonValue &detect);
QJsonObject withDetect(QJsonObject job, int table, const QJsonObject &detect); // empty: as the job
// What it says of the target alone.
QJsonObject targetDetectOf(const QJsonValue &detect); // empty: as the source
QJsonObject withTargetDetect(QJsonObject job, int table, const QJsonObject &detect);
// Filters: one text for the source, or one a side.
QString whereOf(const QJsonValue &where, bool target);
QJsonObject withWhere(QJsonObject job, int table, bool target, const QString &sql);
// What one column's exception says; empty: nothing.
QJsonObject columnOf(const QJsonObject &table, const QString &source);
// Replaces it; an exception that says nothing is dropped unless the list is exhaustive.
QJsonObject withColumn(QJsonObject job, int table, const QString &source, QJsonObject column);
// Cells are merged in this table's conflicts (JobDraft::job: where a table says nothing), so that columns have rules.
bool mergesCells(const QJsonObject &job, int table);
// The words of a flag in a line: a whole number or true and false are written as such.
QString scalarText(const QJsonValue &value);
QJsonValue scalarOf(const QString &text);
// Removes the settings that only apply with another mode or detection, where they would be refused.
QJsonObject withoutUnusable(QJsonObject job);

} // namespace draft

} // namespace tidemark
