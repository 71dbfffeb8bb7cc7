// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/endpoint/http/jsontext.h"
#include "core/endpoint/http/recordrow.h"

namespace tidemark::http {

// Hands a cell to a service as the JSON value that its column is said to be, and tells whether a value is that cell.
class JsonBinder
{
public:
    JsonBinder(CellType type, CellSource target);

    void setAsText(bool asText) { m_asText = asText; } // numbers that this service writes as strings
    // ValueNotKept: read back, it would be another value.
    Result<std::string> value(CellView cell);
    bool matches(CellView cell, std::string_view json); // compares as the reader of these records would

private:
    std::optional<std::string> spelled(CellView cell) const;
    std::optional<std::string> number(std::string digits) const;
    std::optional<std::string> moment(CellView cell) const;
    Error notKept(CellView cell) const;

    CellType m_type;
    CellSource m_target;
    bool m_asText = false;
    std::shared_ptr<const RowLayout> m_layout; // this cell alone
    RowEncoder m_encoder;
    RowBatch m_probe;
    std::string m_scratch;
};

std::string quotedJson(std::string_view utf8);

// The container with this value at the place: objects on the way are made where they are missing. Nothing: something
// else stands in the way. An empty container is an object without members.
std::optional<std::string> withValue(std::string_view container, const JsonPointer &place, std::string_view value,
                                     std::size_t step = 0);

} // namespace tidemark::http
