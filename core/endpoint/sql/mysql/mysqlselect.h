// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/endpoint/session.h"
#include "core/endpoint/sql/mysql/mysqldialect.h"
#include "core/endpoint/sql/sqlsession.h"

namespace tidemark::mysql {

// A statement and what is bound to it.
struct SelectText
{
    QString sql;
    QList<SqlValue> parameters;
};

// "SELECT … FROM …" of a request: the cells in layout order.
QString selectList(const ReadRequest &request);
// The whole statement of read().
// A flag's value as its column takes it: a BIT holds a number, never a text.
QString flagLiteral(const TableSchema &table, const QString &column, const QString &value);
QString markCondition(const ReadRequest &request); // of request.marks, to stand in a WHERE
SelectText selectOf(const ReadRequest &request);

} // namespace tidemark::mysql
