// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include "core/data/tableschema.h"

namespace tidemark {

// What the adviser asks and offers, as one database spells it. Questions are statements that a person can run again;
// an empty text: this database has no such thing. Stateless.
class AdviceSql
{
public:
    virtual ~AdviceSql() = default;

    // Questions.
    virtual QString indexesOf(const TableName &table,
                              const QString &column) const = 0; // names: whole, valid, led by it
    virtual QString updateTriggers(const TableName &table) const = 0; // name, text: what fires on UPDATE
    virtual QString writersZone() const = 0; // the zone of a writer who asks for none
    virtual QString sequenceOf(const QString &sequence) const = 0; // increment, cycles (t or f), cache
    // An expression: the server's clock as a value of such a column.
    virtual QString clockFor(const ColumnType &type) const = 0;
    // A condition: the value has a fraction of a second.
    virtual QString hasFraction(const QString &quotedColumn, const ColumnType &type) const = 0;

    // What fills a column on INSERT, as its default tells.
    enum class DefaultClock : quint8 {
        None, // no default, or not the time
        Utc, // or with a zone
        WritersZone, // what the writer's session has
        Local, // of the machine
    };
    virtual DefaultClock defaultClock(const Column &column) const = 0;

    // Remedies, one statement an entry.
    virtual QStringList createIndex(const TableSchema &table, const QString &column) const = 0;
    virtual QStringList createFlagIndex(const TableSchema &table, const QString &column,
                                        const QString &pending) const = 0;
    virtual QStringList stampOnUpdate(const TableSchema &table, const Column &column) const = 0;
    virtual QStringList numberOnUpdate(const TableSchema &table, const Column &column, bool perRow) const = 0;
    virtual QStringList flagOnUpdate(const TableSchema &table, const Column &column, const QString &pending,
                                     const QString &done) const = 0;
    virtual QStringList storeInstants(const TableSchema &table, const Column &column, const QString &zone) const = 0;
    virtual QStringList storeFractions(const TableSchema &table, const Column &column) const = 0;
    virtual QStringList fillNulls(const TableSchema &table, const Column &column, const QString &value) const = 0;
    virtual QStringList addKey(const TableSchema &table) const = 0;
    virtual QStringList seeTransactions(const QString &user) const = 0;
};

} // namespace tidemark
