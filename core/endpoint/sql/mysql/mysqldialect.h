// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/endpoint/sql/sqlsession.h"

namespace tidemark::mysql {

// Names in back quotes, literals in single quotes with back slashes doubled (sessions leave NO_BACKSLASH_ESCAPES off).
class MysqlDialect final : public Dialect
{
public:
    QString quote(const QString &identifier) const override;
    QString table(const TableName &name) const override;
    QString literal(const QString &text) const override;
    QString parameter(int) const override { return QStringLiteral("?"); }
};

} // namespace tidemark::mysql
