// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>
#include <string>

#include <mysql.h>

#include <QStringList>

#include "core/data/rowencoder.h"

namespace tidemark::mysql {

// What a bound cell points to; must live until the statement has been executed.
struct BindSlot
{
    quint64 whole = 0;
    double real = 0;
    float real32 = 0;
    MYSQL_TIME time{};
    std::string text;
    unsigned long length = 0;
    char indicator = STMT_INDICATOR_NONE;
    my_bool isNull = 0;
};

// Binds the cells of one column by the type that they are written to. Whatever the server would alter in silence is
// refused here: digits beyond a decimal's scale (rounded), spaces at the end of a char(n) (lost), a set in another
// order, an enum member in another case, a short binary(n) (padded), NaN. Fractions of seconds are floored. What is
// merely too long or out of range is left to the server, which refuses it in strict mode.
class ColumnBinder
{
public:
    ColumnBinder(const CellType &cell, const CellSource &target);

    enum_field_types wireType() const { return m_wireType; }
    bool isUnsigned() const { return m_unsigned; }
    // Fills bind, whose type is set already. An error: this row cannot be written.
    std::optional<Error> bind(CellView cell, BindSlot &slot, MYSQL_BIND &bind);

private:
    std::optional<Error> bindValue(std::string_view bytes, BindSlot &slot, MYSQL_BIND &bind);
    std::optional<Error> bindWhole(std::string_view bytes, BindSlot &slot, MYSQL_BIND &bind) const;
    std::optional<Error> bindReal(double value, BindSlot &slot, MYSQL_BIND &bind) const;
    std::optional<Error> bindDecimal(std::string_view digits, BindSlot &slot, MYSQL_BIND &bind) const;
    std::optional<Error> bindText(std::string_view text, BindSlot &slot, MYSQL_BIND &bind) const;
    std::optional<Error> bindBytes(std::string_view bytes, BindSlot &slot, MYSQL_BIND &bind) const;
    std::optional<Error> bindExact(std::string_view text, BindSlot &slot, MYSQL_BIND &bind) const;
    std::optional<Error> bindBits(std::string_view digits, BindSlot &slot, MYSQL_BIND &bind) const;
    std::optional<Error> bindDate(qint32 days, qint64 timeOfDay, BindSlot &slot, MYSQL_BIND &bind) const;
    std::optional<Error> bindMoment(qint64 microseconds, BindSlot &slot, MYSQL_BIND &bind) const;
    std::optional<Error> bindTime(qint64 microseconds, BindSlot &slot, MYSQL_BIND &bind) const;
    std::optional<Error> convert(std::string_view bytes);
    Error fault(ErrorCode code, std::string_view value) const;

    CellType m_cell;
    ColumnType m_type;
    QString m_column;
    QStringList m_members; // of an enum or set
    bool m_isChar = false; // char(n): trailing spaces are lost
    bool m_isBinary = false; // binary(n): padded
    bool m_isBit = false;
    bool m_isSet = false;
    bool m_unsigned = false;
    enum_field_types m_wireType = MYSQL_TYPE_STRING;
    std::unique_ptr<RowEncoder> m_encoder; // where the cell's kind is not the column's
    RowBatch m_converted;
};

} // namespace tidemark::mysql
