// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

#include "core/change/changeevent.h"
#include "core/data/rowencoder.h"

namespace tidemark {

// How values are read that come without a schema, where the target column's type does not tell.
struct EventReading
{
    // Of numbers in columns of dates with time, and of times. Auto: as Debezium's `adaptive` mode writes a column of
    // the target's precision, milliseconds up to 3 digits and microseconds beyond; a value that would then lie outside
    // the years 1973 to 2200, and inside them as another unit, is refused, as is a time of day that both units could
    // be.
    enum class TimeUnit : quint8 { Auto, Milliseconds, Microseconds, Nanoseconds };
    // Of strings in columns of decimals: digits, or base64 with the target column's scale. Nothing tells "1234" apart.
    enum class Decimals : quint8 { Digits, Base64 };
    TimeUnit timeUnit = TimeUnit::Auto;
    Decimals decimals = Decimals::Digits;
    bool operator==(const EventReading &) const = default;
};

// Rows of events as canonical cells, one table and one thread. A value that cannot be kept exactly faults its row
// (RowBatch::fault: ValueNotKept with column, value and type), as does what a pipeline left out of an update
// ("__debezium_unavailable_value").
class EventRowDecoder
{
public:
    // columns: the event's name of each cell.
    EventRowDecoder(std::shared_ptr<const RowLayout> layout, std::vector<CellSource> sources,
                    const QStringList &columns, const EventReading &reading = {});

    // Appends after. MissingKey: a column is not among the fields.
    Result<void> decodeRow(const ChangeEvent &event, RowBatch &batch);
    // Appends a row of which only the key cells are set, from the message's key or from before; the others are NULL.
    Result<void> decodeKey(const ChangeEvent &event, RowBatch &batch);

private:
    Result<void> findCells(const EventRow &row, std::size_t count, QLatin1StringView path);
    bool hasKey(const EventRow &row);
    int cellOf(std::string_view name, std::size_t field) const;
    void encode(const ChangeEvent &event, std::size_t count, RowBatch &batch);

    std::shared_ptr<const RowLayout> m_layout;
    std::vector<CellSource> m_sources;
    std::vector<std::string> m_columns;
    RowEncoder m_encoder;
    EventReading m_reading;
    std::vector<const EventField *> m_found; // one a cell
    std::vector<int> m_likely; // the cell of the field at that place in the row before
    std::string m_scratch;
    std::string m_bytes;
};

} // namespace tidemark
