// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/change/changeeventrow.h"

namespace tidemark {

// One field of an event handed to an encoder: appends exactly one cell.
class EventValue
{
public:
    struct Scratch
    {
        std::string &text;
        std::string &bytes;
    };
    EventValue(RowEncoder &encoder, RowBatch &batch, const CellType &type, const CellSource &source,
               const EventReading &reading, Scratch scratch)
        : m_encoder(encoder), m_batch(batch), m_type(type), m_source(source), m_reading(reading), m_scratch(scratch)
    { }

    // isOurs: written by Tidemark, which leaves nothing to guess without a schema either.
    void encode(const EventField &field, bool isOurs);

private:
    void number(const EventField &field, bool isOurs);
    void plainNumber(const JsonToken &token, bool isFloat32);
    void string(const EventField &field, bool isOurs);
    void plainString(const EventField &field, std::string_view text, bool isOurs);
    void structure(const EventField &field);
    void isoText(std::string_view text);
    void zonedTimestamp(std::string_view text);
    void decimal(std::string_view base64, int scale);
    void bits(std::string_view bytes, int length);
    void untypedTime(qint64 value, bool isOurs);
    void moment(qint64 value, qint64 perMicrosecond, qint64 microseconds, bool isTime, std::string_view shown);
    bool isTemporal() const;
    void refuse(std::string_view shown);

    RowEncoder &m_encoder;
    RowBatch &m_batch;
    const CellType &m_type;
    const CellSource &m_source;
    const EventReading &m_reading;
    Scratch m_scratch;
};

} // namespace tidemark
