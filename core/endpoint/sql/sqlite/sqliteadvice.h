// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/endpoint/sql/advicesql.h"
#include "core/endpoint/sql/sqlite/sqlitedialect.h"

namespace tidemark {

// SQLite: texts, whole seconds since 1970 and fractions of days may all be times, whatever is declared.
class SqliteAdvice final : public AdviceSql
{
public:
    QString indexesOf(const TableName &table, const QString &column) const override;
    QString triggersOf(const TableName &table) const override;
    QString changedByDeletes(const TableName &table) const override;
    QString isFuture(const QString &column, const ColumnType &type) const override;
    QString hasFraction(const QString &column, const ColumnType &type) const override;
    QString storageClass(const QString &column) const override;
    DefaultClock defaultClock(const Column &column) const override;
    QStringList createIndex(const TableSchema &table, const Column &column, bool isPartitioned) const override;
    QStringList stampOnUpdate(const TableSchema &table, const Column &column) const override;
    QStringList numberOnUpdate(const TableSchema &table, const Column &column, bool perRow) const override;
    QStringList flagOnUpdate(const TableSchema &table, const Column &column, const QString &pending) const override;

protected:
    Clock clock(const ColumnType &type) const override;
    QString fractionOf(const QString &column) const override;

private:
    QString trigger(const TableSchema &table, QLatin1StringView prefix, QLatin1StringView event, const Column &column,
                    const QString &when, const QString &value) const;

    SqliteDialect m_dialect;
};

} // namespace tidemark
