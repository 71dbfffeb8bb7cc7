// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <libpq-fe.h>

#include "core/data/tableschema.h"

namespace tidemark::postgres {

// In which of the server's binary formats a column travels. Everything else travels as the server's text.
enum class Wire : quint8 {
    Bool,
    Int2,
    Int4,
    Int8,
    Numeric,
    Float4,
    Float8,
    Text,
    Bpchar,
    Bytea,
    Date,
    Time,
    Timestamp,
    Timestamptz,
    Uuid,
    Json,
    Jsonb,
    AsText,
};

Wire wireOf(const ColumnType &type);
Oid oidOf(Wire wire); // AsText: text
Oid arrayOidOf(Wire wire);
const char *nameOf(Wire wire); // "pg_catalog.int8": to cast to; AsText: pg_catalog.text

// A type as the catalogue describes it; a domain stands for the type it is of.
struct CatalogType
{
    QString name; // pg_type.typname
    QString native; // format_type()
    bool isBuiltIn = false; // in pg_catalog
    int modifier = -1;
    QString collation; // empty: the database's default, or none
    bool byteOrder = false; // the collation is C, and so is the encoding's order
    bool deterministic = true;
};
ColumnType columnTypeOf(const CatalogType &type);

// char(n) is kept as the server delivers it, padded. Its own comparison ignores the padding, so that its order is not
// that of bytes.
bool isPadded(const ColumnType &type);

} // namespace tidemark::postgres
