// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/tableschema.h"

namespace tidemark::mysql {

// A column as information_schema.COLUMNS has it.
struct NativeColumn
{
    QString dataType; // "varchar"
    QString columnType; // "varchar(40)", "int(10) unsigned"
    qint64 length = -1; // CHARACTER_MAXIMUM_LENGTH
    int precision = -1; // NUMERIC_PRECISION
    int scale = -1; // NUMERIC_SCALE
    int fraction = 0; // DATETIME_PRECISION
    QString charset;
    QString collation;
    bool isJson = false; // MariaDB: a long text whose check says json_valid
};

// What the type means here. Decided for those that could be several things:
//   tinyint(1) Integer with isBoolean01     bit(1) Boolean; bit(n) Exact, n digits 0 and 1, as PostgreSQL writes them
//   year, enum, set, inet4, inet6 Exact     geometry Blob: SRID and WKB, as the server stores and takes them
//   datetime Timestamp; timestamp Instant (sessions are in UTC)
ColumnType columnType(const NativeColumn &native);

// The members of an enum or set type as declared; empty for other types.
QStringList membersOf(const QString &columnType);

} // namespace tidemark::mysql
