// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>

#include "core/data/rowbatch.h"
#include "core/data/rowencoder.h"
#include "core/data/zoneoffsets.h"
#include "core/endpoint/sql/postgres/pgtypes.h"

namespace tidemark::postgres {

// Canonical cells of one column into what the server takes for a column of its type. Values are narrowed here
// (fractions and scales floored); what does not fit is a row's fault before anything is sent.
class ColumnEncoder
{
public:
    ColumnEncoder(const CellType &type, const CellSource &target, const QString &name);

    const QString &name() const { return m_name; }
    const ColumnType &target() const { return m_target; }
    // The format of appendField: the column's own, or AsText where only the server's input function will do.
    Wire wire() const { return m_wire; }

    // Length and bytes, as in COPY … (FORMAT binary) and in a binary array. An error: nothing was appended.
    std::optional<Error> appendField(CellView cell, std::string &out);

private:
    std::optional<Error> appendBinary(CellView cell, std::string &out);
    std::optional<Error> appendText(CellView cell, std::string &out);
    std::optional<Error> appendInteger(CellView cell, std::string &out) const;
    std::optional<Error> appendFloat(CellView cell, std::string &out) const;
    std::optional<Error> appendNumeric(CellView cell, std::string &out);
    std::optional<Error> appendTime(CellView cell, std::string &out);
    std::optional<Error> appendDate(CellView cell, std::string &out) const;
    std::optional<Error> checkText(std::string_view text) const;
    std::optional<Error> fault(ErrorCode code, CellView cell) const;
    std::optional<qint64>
    wallClock(qint64 utc); // of an Instant in a zone-less column; nothing: it would read back as another

    CellType m_type;
    ColumnType m_target;
    ZoneOffsets m_zone;
    QString m_name;
    Wire m_wire = Wire::AsText;
    std::string m_scratch;
    std::string m_digits;
};

} // namespace tidemark::postgres
