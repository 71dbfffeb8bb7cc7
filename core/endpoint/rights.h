// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include "core/data/tableschema.h"

namespace tidemark {

// Rights upon one thing of a server.
struct Rights
{
    enum class On : quint8 { Server, Database, Schema, Table, Columns, Sequence, Role };
    On on = On::Table;
    QStringList privileges; // "SELECT", "UPDATE"; Role: none, the role is `name`
    TableName table; // Table, Columns
    QString name; // database, schema, role; Sequence: quoted and qualified
    QStringList columns; // Columns
    bool operator==(const Rights &) const = default;
};

} // namespace tidemark
