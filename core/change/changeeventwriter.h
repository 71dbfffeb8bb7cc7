// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

#include "core/change/changeevent.h"
#include "core/data/rowbatch.h"
#include "core/data/tableschema.h"

namespace tidemark {

// What stands in every event of one table.
struct EventOrigin
{
    QString name; // of the pipeline: the job
    QString database;
    TableName table;
    bool operator==(const EventOrigin &) const = default;
};

// What tells one change from all others.
struct EventStamp
{
    QByteArray id; // unique, and the same whenever this change is published again: "job/run/n"
    quint64 sequence = 0; // of one key's changes the later has the greater one, across runs
    qint64 tsMs = 0; // when the row changed; 0: unknown, the time of writing counts
};

// Writes changes as Debezium's consumers read them: `connector` is "tidemark". Values, whatever the database:
//   integers numbers (unsigned ones of 64 bits strings), decimals strings, floats numbers (NaN and infinities strings),
//   binary base64, dates io.debezium.time.Date, times MicroTime, wall clocks MicroTimestamp (infinities as Debezium's),
//   instants ZonedTimestamp in UTC, UUIDs, JSON and the rest strings.
// For one table and one thread. Pure: the clock's reading is passed in.
class ChangeEventWriter
{
public:
    // columns: the name of each cell; types: likewise, for the schema.
    ChangeEventWriter(const RowLayout &layout, const QStringList &columns, const std::vector<ColumnType> &types,
                      const EventOrigin &origin, bool withSchema);

    struct Row // of a batch with that layout; no batch: null
    {
        const RowBatch *batch = nullptr;
        int row = 0;
    };
    // value and key are replaced. operation: not Tombstone. before may be null, or of which the key cells alone count.
    void write(EventOperation operation, Row before, Row after, const EventStamp &stamp, qint64 nowMs,
               std::string &value, std::string &key) const;
    void writeKey(Row row, std::string &key) const; // beside no value: the tombstone

private:
    struct Field
    {
        std::string start; // "name":
        CellType type;
        bool asText = false; // an integer
    };
    void appendRow(Row row, std::size_t count, std::string &out) const;
    static void appendCell(const Field &field, CellView cell, std::string &out);

    std::vector<Field> m_fields;
    std::size_t m_keyCount;
    std::string m_valueStart; // {"schema":…,"payload": or nothing
    std::string m_keyStart;
    std::string m_source; // up to the table's name, of which only numbers and the id follow
};

} // namespace tidemark
