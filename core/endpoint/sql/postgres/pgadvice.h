// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/endpoint/sql/advicesql.h"
#include "core/endpoint/sql/postgres/pgdialect.h"

namespace tidemark::postgres {

class PgAdvice final : public AdviceSql
{
public:
    explicit PgAdvice(const PgDialect &dialect) : m_dialect(dialect) { }

    QString indexesOf(const TableName &table, const QString &column) const override;
    QString triggersOf(const TableName &table) const override;
    QString changedByDeletes(const TableName &table) const override;
    QString writersZone() const override;
    QString sequenceOf(const QString &sequence) const override;
    QString currentUser() const override;
    QString openTransactions() const override;
    QString isPartitioned(const TableName &table) const override;
    DefaultClock defaultClock(const Column &column) const override;
    QStringList createIndex(const TableSchema &table, const Column &column, bool isPartitioned) const override;
    QStringList stampOnUpdate(const TableSchema &table, const Column &column) const override;
    QStringList numberOnUpdate(const TableSchema &table, const Column &column, bool perRow) const override;
    QStringList flagOnUpdate(const TableSchema &table, const Column &column, const QString &pending) const override;
    QStringList storeInstants(const TableSchema &table, const Column &column, const QString &zone) const override;
    QStringList storeFractions(const TableSchema &table, const Column &column) const override;
    QStringList addKey(const TableSchema &table) const override;
    QStringList seeTransactions(const QString &user) const override;

protected:
    Clock clock(const ColumnType &type) const override;
    QString fractionOf(const QString &column) const override;

private:
    QStringList trigger(const TableSchema &table, const QString &name, QLatin1StringView events,
                        const QString &body) const;
    QString tableLiteral(const TableName &table) const; // '"s"."t"', for a cast to regclass
    QString inSchemaOf(const TableSchema &table, const QString &name) const;

    const PgDialect &m_dialect;
};

} // namespace tidemark::postgres
