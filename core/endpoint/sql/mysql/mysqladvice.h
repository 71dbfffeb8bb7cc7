// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/endpoint/sql/advicesql.h"
#include "core/endpoint/sql/mysql/mysqldialect.h"

namespace tidemark::mysql {

class MysqlAdvice final : public AdviceSql
{
public:
    QString indexesOf(const TableName &table, const QString &column) const override;
    QString triggersOf(const TableName &table) const override;
    QString changedByDeletes(const TableName &table) const override;
    QString triggerPrivilege() const override { return QStringLiteral("TRIGGER"); }
    QString writersZone() const override;
    QString currentUser() const override;
    QString openTransactions() const override;
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
    QString modify(const TableSchema &table, const Column &column, const QString &type, int fraction,
                   bool stamps) const;
    QString beforeUpdate(const TableSchema &table, QLatin1StringView prefix, const Column &column,
                         const QString &value) const;
    QString schemaOf(const TableName &table) const;

    MysqlDialect m_dialect;
};

// "user@host" as CURRENT_USER() says it → 'user'@'host'.
QString accountOf(const QString &user, const MysqlDialect &dialect);

} // namespace tidemark::mysql
