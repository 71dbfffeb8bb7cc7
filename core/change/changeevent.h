// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/change/changeeventtokens.h"

namespace tidemark {

// A change as a message: Debezium's events in JSON, with the schema envelope ({"schema", "payload"}) or without it.
// changeeventreader.h parses a message into a ChangeEvent, changeeventrow.h its rows into canonical cells,
// changeeventwriter.h writes messages.

enum class EventOperation : quint8 {
    Create, // c
    Read, // r: a row of a snapshot
    Update, // u
    Delete, // d
    Tombstone, // no value: follows a delete, for brokers that keep the last value of a key; says nothing new
};

// What a schema says of a field: how its JSON value is to be read.
struct EventType
{
    enum class Meaning : quint8 {
        Plain, // as the JSON value stands there
        Float32,
        Bytes, // base64
        Decimal, // base64: big endian two's complement, with `scale`; or a number
        VariableDecimal, // {"scale", "value"}
        Days,
        TimeMs,
        TimeUs,
        TimeNs,
        TimestampMs,
        TimestampUs,
        TimestampNs,
        ZonedTimestamp, // ISO text with an offset
        ZonedTime,
        IsoText, // ISO text of a local date or time, with a Z that means nothing
        Bits, // base64, little endian
        Duration, // a number of micro- or nanoseconds
        Unknown, // a struct, an array or a map
    };
    Meaning meaning = Meaning::Plain;
    int scale = 0; // Decimal
    int length = 0; // Bits
    bool operator==(const EventType &) const = default;
};

struct EventSchema // of one row: fields in the order of the schema
{
    std::vector<std::string> names;
    std::vector<EventType> types;
    const EventType *find(std::string_view name, std::size_t likelyIndex) const; // null: no such field
};

struct EventField
{
    JsonToken name;
    JsonToken value;
    EventType type;
    bool hasType = false; // else the target column's type says how to read it
};

struct EventRow
{
    bool isPresent = false; // an object, not null
    std::vector<EventField> fields;
};

// `source`: what made the change, and where. Names are as in the message, unescaped.
struct EventSource
{
    std::string connector; // "postgresql", "mysql", "tidemark" …
    std::string name; // the pipeline
    std::string database;
    std::string schema;
    std::string table;
    // Ours: the same however often the change is published. Empty in other pipelines' messages.
    std::string id;
    // Of one key's changes the later has the greater one, as bytes: for consumers that share a queue. Ours: `sequence`;
    // PostgreSQL: the LSN; MySQL: binlog file, position and row; SQL Server: the LSNs. Empty: unknown.
    std::string order;
    qint64 tsMs = 0;
    void clear();
};

// Views into the message's bytes and into schemas that its reader keeps: valid until the reader parses the next one.
struct ChangeEvent
{
    EventOperation operation = EventOperation::Tombstone;
    EventSource source;
    qint64 tsMs = 0; // when the pipeline wrote it; 0: unknown
    EventRow before, after, key;
    bool isOurs() const { return source.connector == "tidemark"; }
};

} // namespace tidemark
