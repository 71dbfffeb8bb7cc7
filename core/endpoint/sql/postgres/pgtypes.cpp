// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/sql/postgres/pgtypes.h"

#include <array>

using namespace Qt::StringLiterals;

namespace tidemark::postgres {

namespace {

struct WireEntry
{
    Wire wire;
    Oid oid;
    Oid array;
    const char *name;
};

// Object ids of built-in types never change.
constexpr std::array entries{
    WireEntry{Wire::Bool, 16, 1000, "pg_catalog.bool"},
    WireEntry{Wire::Int2, 21, 1005, "pg_catalog.int2"},
    WireEntry{Wire::Int4, 23, 1007, "pg_catalog.int4"},
    WireEntry{Wire::Int8, 20, 1016, "pg_catalog.int8"},
    WireEntry{Wire::Numeric, 1700, 1231, "pg_catalog.numeric"},
    WireEntry{Wire::Float4, 700, 1021, "pg_catalog.float4"},
    WireEntry{Wire::Float8, 701, 1022, "pg_catalog.float8"},
    WireEntry{Wire::Text, 25, 1009, "pg_catalog.text"},
    WireEntry{Wire::Bpchar, 1042, 1014, "pg_catalog.bpchar"},
    WireEntry{Wire::Bytea, 17, 1001, "pg_catalog.bytea"},
    WireEntry{Wire::Date, 1082, 1182, "pg_catalog.date"},
    WireEntry{Wire::Time, 1083, 1183, "pg_catalog.time"},
    WireEntry{Wire::Timestamp, 1114, 1115, "pg_catalog.timestamp"},
    WireEntry{Wire::Timestamptz, 1184, 1185, "pg_catalog.timestamptz"},
    WireEntry{Wire::Uuid, 2950, 2951, "pg_catalog.uuid"},
    WireEntry{Wire::Json, 114, 199, "pg_catalog.json"},
    WireEntry{Wire::Jsonb, 3802, 3807, "pg_catalog.jsonb"},
    WireEntry{Wire::AsText, 25, 1009, "pg_catalog.text"},
};

const WireEntry &entryOf(Wire wire) { return entries[static_cast<std::size_t>(wire)]; }

struct KindEntry
{
    QLatin1StringView name;
    CellKind kind;
    int bytes;
    bool ordered;
};

constexpr std::array kinds{
    KindEntry{"bool"_L1, CellKind::Boolean, 1, true},        KindEntry{"int2"_L1, CellKind::Integer, 2, true},
    KindEntry{"int4"_L1, CellKind::Integer, 4, true},        KindEntry{"int8"_L1, CellKind::Integer, 8, true},
    KindEntry{"numeric"_L1, CellKind::Decimal, 8, false},    KindEntry{"float4"_L1, CellKind::Float, 4, true},
    KindEntry{"float8"_L1, CellKind::Float, 8, true},        KindEntry{"text"_L1, CellKind::Text, 8, false},
    KindEntry{"varchar"_L1, CellKind::Text, 8, false},       KindEntry{"bpchar"_L1, CellKind::Text, 8, false},
    KindEntry{"name"_L1, CellKind::Text, 8, false},          KindEntry{"bytea"_L1, CellKind::Blob, 8, true},
    KindEntry{"date"_L1, CellKind::Date, 4, true},           KindEntry{"time"_L1, CellKind::Time, 8, true},
    KindEntry{"timestamp"_L1, CellKind::Timestamp, 8, true}, KindEntry{"timestamptz"_L1, CellKind::Instant, 8, true},
    KindEntry{"uuid"_L1, CellKind::Uuid, 16, true},          KindEntry{"json"_L1, CellKind::Json, 8, false},
    KindEntry{"jsonb"_L1, CellKind::Json, 8, false},
};

void applyModifier(ColumnType &column, const CatalogType &type)
{
    constexpr int header = 4; // of a varlena: counted in by the modifiers of text and numeric
    if (column.kind == CellKind::Time || column.kind == CellKind::Timestamp || column.kind == CellKind::Instant) {
        column.fraction = type.modifier >= 0 ? type.modifier : 6;
    } else if (column.kind == CellKind::Text && type.modifier > header) {
        column.length = type.modifier - header;
    } else if (column.kind == CellKind::Text && type.name == "name"_L1) {
        column.length = 63;
    } else if (column.kind == CellKind::Decimal && type.modifier >= header) {
        const int packed = type.modifier - header;
        column.precision = (packed >> 16) & 0xffff;
        column.scale = ((packed & 0x7ff) ^ 1024) - 1024;
        if (column.scale < 0) { // rounds before the point, which no other side can tell
            column.kind = CellKind::Exact;
            column.precision = column.scale = -1;
        }
    }
}

} // namespace

Wire wireOf(const ColumnType &type)
{
    switch (type.kind) {
    case CellKind::Boolean:
        return Wire::Bool;
    case CellKind::Integer:
        return type.bytes <= 2 ? Wire::Int2 : type.bytes <= 4 ? Wire::Int4 : Wire::Int8;
    case CellKind::Decimal:
        return Wire::Numeric;
    case CellKind::Float:
        return type.bytes == 4 ? Wire::Float4 : Wire::Float8;
    case CellKind::Text:
        return isPadded(type) ? Wire::Bpchar : Wire::Text;
    case CellKind::Blob:
        return Wire::Bytea;
    case CellKind::Date:
        return Wire::Date;
    case CellKind::Time:
        return Wire::Time;
    case CellKind::Timestamp:
        return Wire::Timestamp;
    case CellKind::Instant:
        return Wire::Timestamptz;
    case CellKind::Uuid:
        return Wire::Uuid;
    case CellKind::Json:
        return type.native == "jsonb"_L1 ? Wire::Jsonb : Wire::Json;
    case CellKind::Exact:
        break;
    }
    return Wire::AsText;
}

Oid oidOf(Wire wire) { return entryOf(wire).oid; }
Oid arrayOidOf(Wire wire) { return entryOf(wire).array; }
const char *nameOf(Wire wire) { return entryOf(wire).name; }

ColumnType columnTypeOf(const CatalogType &type)
{
    ColumnType column;
    column.kind = CellKind::Exact;
    column.native = type.native;
    column.holdsNul = false;
    if (!type.isBuiltIn && type.name == "citext"_L1) {
        column.kind = CellKind::Text;
        column.caseInsensitive = true;
        return column;
    }
    if (!type.isBuiltIn)
        return column;
    for (const KindEntry &entry : kinds) {
        if (type.name != entry.name)
            continue;
        column.kind = entry.kind;
        column.bytes = entry.bytes;
        column.byteOrder = entry.ordered;
        break;
    }
    if (column.kind == CellKind::Text) {
        column.collation = type.collation;
        column.padSpace = type.name == "bpchar"_L1;
        column.byteOrder = type.byteOrder && !column.padSpace;
        column.caseInsensitive = !type.deterministic;
    }
    applyModifier(column, type);
    return column;
}

bool isPadded(const ColumnType &type)
{
    return type.kind == CellKind::Text && (type.native.startsWith("character("_L1) || type.native == "bpchar"_L1);
}

} // namespace tidemark::postgres
