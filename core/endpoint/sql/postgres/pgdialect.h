// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/endpoint/sql/sqlsession.h"

namespace tidemark::postgres {

class PgDialect final : public Dialect
{
public:
    QString quote(const QString &identifier) const override;
    QString table(const TableName &name) const override;
    QString literal(const QString &text) const override; // relies on standard_conforming_strings
    QString parameter(int number) const override;

    // The schema that a name without one belongs to: never left to search_path, where a temporary table comes first.
    void setSchema(const QString &schema) { m_schema = schema; }
    const QString &schema() const { return m_schema; }
    const QString &schemaOf(const TableName &name) const { return name.schema.isEmpty() ? m_schema : name.schema; }
    // Qualified in full: in ORDER BY a bare name would mean the output column of that name.
    QString column(const TableName &table, const QString &name) const;

private:
    QString m_schema;
};

} // namespace tidemark::postgres
