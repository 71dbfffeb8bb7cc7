// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/change/changeeventwriter.h"

#include <array>
#include <charconv>
#include <cmath>
#include <limits>

#include "core/change/changeeventbytes.h"
#include "core/data/celldecoder.h"
#include "core/data/decimaltext.h"

namespace tidemark {

namespace {

constexpr qint64 debeziumInfinity = 9'223'372'036'825'200'000;
constexpr qint64 debeziumMinusInfinity = -9'223'372'036'832'400'000;
constexpr std::size_t sequenceDigits = 20;

struct WrittenType
{
    std::string_view type;
    std::string_view name; // of the logical type
};

bool isWide(const ColumnType &type) { return type.isUnsigned && type.bytes == 8; }

WrittenType writtenType(CellKind kind, const ColumnType &type)
{
    switch (kind) {
    case CellKind::Boolean:
        return {"boolean", {}};
    case CellKind::Integer:
        if (isWide(type))
            return {"string", {}};
        if (type.bytes <= (type.isUnsigned ? 1 : 2))
            return {"int16", {}};
        return type.bytes <= (type.isUnsigned ? 3 : 4) ? WrittenType{"int32", {}} : WrittenType{"int64", {}};
    case CellKind::Float:
        return {"double", {}};
    case CellKind::Blob:
        return {"bytes", {}};
    case CellKind::Date:
        return {"int32", "io.debezium.time.Date"};
    case CellKind::Time:
        return {"int64", "io.debezium.time.MicroTime"};
    case CellKind::Timestamp:
        return {"int64", "io.debezium.time.MicroTimestamp"};
    case CellKind::Instant:
        return {"string", "io.debezium.time.ZonedTimestamp"};
    case CellKind::Uuid:
        return {"string", "io.debezium.data.Uuid"};
    case CellKind::Json:
        return {"string", "io.debezium.data.Json"};
    default:
        return {"string", {}};
    }
}

template <typename Number> void appendNumber(Number value, std::string &out)
{
    std::array<char, 24> digits;
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
    out.append(digits.data(), end);
}

void appendMember(std::string_view name, std::string_view text, std::string &out)
{
    appendJsonString(name, out);
    out += ':';
    appendJsonString(text, out);
}

void appendInteger(CellView cell, bool asText, std::string &out)
{
    const cell::Integer integer = cell::integer(cell);
    if (asText)
        out += '"';
    if (integer.isNegative)
        appendNumber(integer.toSigned(), out);
    else
        appendNumber(integer.value, out);
    if (asText)
        out += '"';
}

void appendReal(double value, std::string &out)
{
    if (std::isnan(value))
        out += "\"NaN\"";
    else if (std::isinf(value))
        out += value < 0 ? "\"-Infinity\"" : "\"Infinity\"";
    else
        appendShortest(value, out);
}

void appendTimestamp(qint64 microseconds, std::string &out)
{
    if (microseconds == std::numeric_limits<qint64>::max())
        microseconds = debeziumInfinity;
    else if (microseconds == std::numeric_limits<qint64>::min())
        microseconds = debeziumMinusInfinity;
    appendNumber(microseconds, out);
}

// "2024-02-29 13:00:00.25+00:00" as "2024-02-29T13:00:00.25Z".
void appendInstant(const CellType &type, CellView cell, std::string &out)
{
    std::string text;
    cell::appendText(type, cell, text);
    constexpr std::string_view utc = "+00:00";
    if (text.ends_with(utc)) {
        text.resize(text.size() - utc.size());
        text += 'Z';
        if (const std::size_t blank = text.find(' '); blank != std::string::npos)
            text[blank] = 'T';
    }
    appendJsonString(text, out);
}

std::string fieldsSchema(const RowLayout &layout, const QStringList &columns, const std::vector<ColumnType> &types,
                         std::size_t count)
{
    std::string out = "[";
    for (std::size_t i = 0; i < count; ++i) {
        const WrittenType written = writtenType(layout.cells[i].kind, types[i]);
        out += i == 0 ? "{" : ",{";
        appendMember("type", written.type, out);
        out += static_cast<int>(i) < layout.keyCount ? ",\"optional\":false," : ",\"optional\":true,";
        if (!written.name.empty()) {
            appendMember("name", written.name, out);
            out += ",\"version\":1,";
        }
        appendMember("field", columns[static_cast<qsizetype>(i)].toStdString(), out);
        out += '}';
    }
    return out + ']';
}

// The schema of `source`, as makeSource() writes it.
constexpr std::string_view sourceSchema =
    R"({"type":"struct","fields":[{"type":"string","optional":false,"field":"version"},)"
    R"({"type":"string","optional":false,"field":"connector"},{"type":"string","optional":false,"field":"name"},)"
    R"({"type":"string","optional":true,"field":"snapshot"},{"type":"string","optional":false,"field":"db"},)"
    R"({"type":"string","optional":true,"field":"schema"},{"type":"string","optional":false,"field":"table"},)"
    R"({"type":"int64","optional":false,"field":"ts_ms"},{"type":"string","optional":true,"field":"sequence"},)"
    R"({"type":"string","optional":false,"field":"id"}],"optional":false,)"
    R"("name":"io.tidemark.Source","field":"source"})";

char letterOf(EventOperation operation)
{
    switch (operation) {
    case EventOperation::Create:
        return 'c';
    case EventOperation::Read:
        return 'r';
    case EventOperation::Update:
        return 'u';
    default:
        return 'd';
    }
}

} // namespace

ChangeEventWriter::ChangeEventWriter(const RowLayout &layout, const QStringList &columns,
                                     const std::vector<ColumnType> &types, const EventOrigin &origin, bool withSchema)
    : m_keyCount(static_cast<std::size_t>(layout.keyCount))
{
    for (std::size_t i = 0; i < layout.cells.size(); ++i) {
        Field field;
        appendJsonString(columns[static_cast<qsizetype>(i)].toStdString(), field.start);
        field.start += ':';
        field.type = layout.cells[i];
        field.asText = isWide(types[i]);
        m_fields.push_back(std::move(field));
    }
    m_source = R"("source":{"version":"1","connector":"tidemark",)";
    appendMember("name", origin.name.toStdString(), m_source);
    m_source += R"(,"snapshot":"false",)";
    appendMember("db", origin.database.toStdString(), m_source);
    m_source += ',';
    appendMember("schema", origin.table.schema.toStdString(), m_source);
    m_source += ',';
    appendMember("table", origin.table.name.toStdString(), m_source);
    m_source += R"(,"ts_ms":)";
    if (!withSchema)
        return;
    const std::string prefix = origin.name.toStdString() + "." + origin.table.display().toStdString();
    const std::string row = R"({"type":"struct","fields":)" + fieldsSchema(layout, columns, types, m_fields.size())
        + R"(,"optional":true,)";
    std::string name;
    appendMember("name", prefix + ".Value", name);
    m_valueStart = R"({"schema":{"type":"struct","fields":[)" + row + name + R"(,"field":"before"},)" + row + name
        + R"(,"field":"after"},)" + std::string(sourceSchema)
        + R"(,{"type":"string","optional":false,"field":"op"},{"type":"int64","optional":true,"field":"ts_ms"}],)"
        + R"("optional":false,)";
    appendMember("name", prefix + ".Envelope", m_valueStart);
    m_valueStart += R"(,"version":1},"payload":)";
    m_keyStart = R"({"schema":{"type":"struct","fields":)" + fieldsSchema(layout, columns, types, m_keyCount)
        + R"(,"optional":false,)";
    appendMember("name", prefix + ".Key", m_keyStart);
    m_keyStart += R"(},"payload":)";
}

void ChangeEventWriter::appendRow(Row row, std::size_t count, std::string &out) const
{
    if (row.batch == nullptr) {
        out += "null";
        return;
    }
    out += '{';
    for (std::size_t i = 0; i < count; ++i) {
        if (i > 0)
            out += ',';
        out += m_fields[i].start;
        appendCell(m_fields[i], row.batch->value(row.row, static_cast<int>(i)), out);
    }
    out += '}';
}

void ChangeEventWriter::appendCell(const Field &field, CellView cell, std::string &out)
{
    if (cell.isNull) {
        out += "null";
        return;
    }
    switch (field.type.kind) {
    case CellKind::Boolean:
        out += cell::boolean(cell) ? "true" : "false";
        return;
    case CellKind::Integer:
        appendInteger(cell, field.asText, out);
        return;
    case CellKind::Float:
        appendReal(cell::real(cell), out);
        return;
    case CellKind::Date:
        appendNumber(cell::date(cell), out);
        return;
    case CellKind::Time:
        appendNumber(cell::microseconds(cell), out);
        return;
    case CellKind::Timestamp:
        appendTimestamp(cell::microseconds(cell), out);
        return;
    case CellKind::Instant:
        appendInstant(field.type, cell, out);
        return;
    case CellKind::Blob:
        out += '"';
        appendBase64(cell.bytes, out);
        out += '"';
        return;
    case CellKind::Uuid:
        out += '"';
        cell::appendText(field.type, cell, out);
        out += '"';
        return;
    default:
        appendJsonString(cell.bytes, out);
    }
}

void ChangeEventWriter::write(EventOperation operation, Row before, Row after, const EventStamp &stamp, qint64 nowMs,
                              std::string &value, std::string &key) const
{
    value.assign(m_valueStart);
    value += R"({"before":)";
    appendRow(before, m_fields.size(), value);
    value += R"(,"after":)";
    appendRow(after, m_fields.size(), value);
    value += ',';
    value += m_source;
    appendNumber(stamp.tsMs != 0 ? stamp.tsMs : nowMs, value);
    value += R"(,"sequence":")";
    std::array<char, sequenceDigits> digits;
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), stamp.sequence).ptr;
    value.append(static_cast<std::size_t>(digits.data() + digits.size() - end), '0').append(digits.data(), end);
    value += R"(","id":)";
    appendJsonString({stamp.id.constData(), static_cast<std::size_t>(stamp.id.size())}, value);
    value += R"(},"op":")";
    value += letterOf(operation);
    value += R"(","ts_ms":)";
    appendNumber(nowMs, value);
    value += m_valueStart.empty() ? "}" : "}}";
    writeKey(after.batch != nullptr ? after : before, key);
}

void ChangeEventWriter::writeKey(Row row, std::string &key) const
{
    key.assign(m_keyStart);
    appendRow(row, m_keyCount, key);
    if (!m_keyStart.empty())
        key += '}';
}

} // namespace tidemark
