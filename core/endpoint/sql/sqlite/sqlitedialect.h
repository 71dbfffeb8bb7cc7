// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/endpoint/sql/sqlsession.h"

namespace tidemark {

class SqliteDialect final : public Dialect
{
public:
    QString quote(const QString &identifier) const override;
    QString table(const TableName &name) const override; // the schema is "main", or "temp" where it says so
    QString literal(const QString &text) const override;
    QString parameter(int number) const override;

    QString columns(const QStringList &names) const; // quoted, with commas
    QStringList createTable(const TableSchema &planned) const;
};

} // namespace tidemark
