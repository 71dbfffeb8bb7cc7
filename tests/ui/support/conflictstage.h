// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include <QTemporaryDir>

#include "ui/jobs/engine.h"

namespace tidemark {

// A workspace whose journal holds conflicts of a two-way job; no database behind it.
class ConflictStage
{
public:
    ConflictStage();
    bool isReady() const { return m_desk != nullptr; }
    const std::shared_ptr<Desk> &desk() const { return m_desk; }
    JobSettings &job() { return m_job; }

    // Tables of these columns: "id integer", "price decimal 2", "note"; the first one is the key. What the target
    // limits follows: "name text max=5", "qty integer bytes=1 notnull", "state text words=new/sent", "price decimal 2
    // digits=3".
    void addTable(const QString &name, const QStringList &columns);
    // Rows as "1|a|2"; empty: absent, or no base.
    void meet(const QString &table, const QString &base, const QString &source, const QString &target);
    // One conflict of a table "t" that has this column beside its key, written at once.
    void meetOne(const QString &column, const QString &base, const QString &source, const QString &target);
    void refuse(const Error &error); // what a database said of the one that was met last
    void flush(); // writes what was met
    // A table "products" with so many open conflicts over one price, all alike; in a second or two.
    void meetMany(int count);
    QList<Conflict> conflicts(); // all, by their ids
    QString row(const Conflict &conflict, bool forTarget); // of an answer
    void close(const Conflict &conflict);

private:
    QByteArray chain(const PlanTable &table, const QString &cells) const;
    ConflictKind kindOf(const QString &base, const QString &source, const QString &target) const;
    QTemporaryDir m_folder;
    std::shared_ptr<Desk> m_desk;
    JobSettings m_job;
    std::map<QString, PlanTable> m_tables;
    QList<Conflict> m_met;
};

} // namespace tidemark
