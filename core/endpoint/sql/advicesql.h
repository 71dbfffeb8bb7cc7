// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include "core/data/tableschema.h"

namespace tidemark {

// What the adviser asks and offers, as one database spells it. Questions are statements that a person can run again;
// an empty text: this database has no such thing. Stateless. `column` in an expression is quoted already.
class AdviceSql
{
public:
    virtual ~AdviceSql() = default;

    // Questions.
    virtual QString indexesOf(const TableName &table,
                              const QString &column) const = 0; // names: whole, valid, led by it
    virtual QString triggersOf(const TableName &table) const = 0; // name, text
    virtual QString triggerPrivilege() const { return {}; } // without it, triggers are hidden
    virtual QString changedByDeletes(const TableName &table) const = 0; // names: tables that deleting rows here changes
    virtual QString writersZone() const { return {}; } // the zone of a writer who asks for none
    virtual QString sequenceOf(const QString &) const { return {}; } // increment, cycles (t or f), cache
    virtual QString currentUser() const { return {}; }
    virtual QString openTransactions() const { return {}; } // refused, or false, where others' are hidden
    virtual QString isPartitioned(const TableName &) const { return {}; } // t or f

    // Expressions.
    QString clockFor(const ColumnType &type) const; // the server's clock as a value of such a column
    virtual QString isFuture(const QString &column, const ColumnType &type) const; // beyond the server's clock
    virtual QString hasFraction(const QString &column, const ColumnType &type) const; // of a second
    virtual QString storageClass(const QString &) const { return {}; } // where cells of a column may differ in it

    // What fills a column on INSERT, as its default tells.
    enum class DefaultClock : quint8 {
        None, // no default, or not the time
        Utc, // or with a zone
        WritersZone, // what the writer's session has
        Local, // of the machine
    };
    virtual DefaultClock defaultClock(const Column &column) const = 0;

    // Remedies, one statement an entry; empty: none that is simple and safe.
    virtual QStringList createIndex(const TableSchema &table, const Column &column, bool isPartitioned) const = 0;
    virtual QStringList stampOnUpdate(const TableSchema &table, const Column &column) const = 0;
    virtual QStringList numberOnUpdate(const TableSchema &table, const Column &column, bool perRow) const = 0;
    virtual QStringList flagOnUpdate(const TableSchema &table, const Column &column, const QString &pending) const = 0;
    virtual QStringList storeInstants(const TableSchema &, const Column &, const QString &) const { return {}; } // zone
    virtual QStringList storeFractions(const TableSchema &, const Column &) const { return {}; }
    virtual QStringList addKey(const TableSchema &) const { return {}; }
    virtual QStringList seeTransactions(const QString &) const { return {}; } // user, as currentUser() says

protected:
    // The clock in each form that a column may keep it in.
    struct Clock
    {
        QString instant, timestamp, date, seconds;
        QString anything; // in a column that is not declared as a time; empty: there it cannot be told
    };
    virtual Clock clock(const ColumnType &type) const = 0;
    virtual QString fractionOf(const QString &column) const = 0; // of a second, in a column of times: a condition

    static bool isStamp(const ColumnType &type);
    static bool isCounted(const ColumnType &type); // since 1970, in the unit that its size tells
    static QString unixUnits(const QString &column); // units a second, as core/change/cursor.cpp tells them apart
    // "ix_orders_updated_at": within what every database takes, and without characters that need care.
    static QString nameFor(QLatin1StringView prefix, const TableSchema &table, const QString &column);
    static QString newKeyName(const TableSchema &table); // of a column that is not there yet
};

} // namespace tidemark
