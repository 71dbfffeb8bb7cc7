// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/http/recordrow.h"

#include <charconv>
#include <cstdlib>

#include <QtEndian>

#include "core/change/cursor.h"
#include "core/data/celldecoder.h"

namespace tidemark::http {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 usPerSecond = 1'000'000;

void encodeNumber(std::string_view digits, const ColumnType &type, CellKind cell, RowEncoder &encoder)
{
    if (type.kind == CellKind::Float) {
        double value = 0;
        const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), value);
        if (read.ec == std::errc())
            return encoder.real(value);
    }
    if (cell == CellKind::Text || cell == CellKind::Exact || cell == CellKind::Json)
        return cell == CellKind::Json ? encoder.json(digits) : encoder.text(digits);
    qint64 whole = 0;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), whole);
    if (read.ec == std::errc() && read.ptr == digits.data() + digits.size())
        return encoder.integer(whole);
    encoder.decimal(digits);
}

void encodeText(std::string_view text, const ColumnType &type, RowEncoder &encoder)
{
    switch (type.kind) {
    case CellKind::Instant:
    case CellKind::Timestamp:
        if (const auto time = parseTimestamp(text)) {
            if (type.kind == CellKind::Timestamp && !time->offsetSeconds)
                return encoder.timestamp(time->microseconds);
            if (type.kind == CellKind::Instant)
                return encoder.instant(time->microseconds - qint64(time->offsetSeconds.value_or(0)) * usPerSecond);
        }
        break;
    case CellKind::Date:
        if (const auto day = parseDate(text))
            return encoder.date(*day);
        break;
    case CellKind::Time:
        if (const auto time = parseTime(text))
            return encoder.time(*time);
        break;
    default:
        break;
    }
    encoder.text(text);
}

} // namespace

RecordFields::RecordFields(const std::vector<RecordColumn> &all, const QStringList &wanted, bool strict)
    : m_strict(strict)
{
    for (const RecordColumn &column : all)
        m_members.try_emplace(column.from.front());
    for (qsizetype i = 0; i < wanted.size(); ++i) {
        for (const RecordColumn &column : all) {
            if (column.name != wanted[i])
                continue;
            m_members[column.from.front()].push_back({std::size_t(i), column.from});
            m_types.push_back(column.type);
        }
    }
}

Result<void> RecordFields::find(std::string_view record, std::vector<std::string_view> &values)
{
    values.assign(m_types.size(), {});
    for (JsonItems items(record); items.next();) {
        std::string_view name = items.key().substr(1, items.key().size() - 2);
        if (name.find('\\') != std::string_view::npos) {
            decodeString(items.key(), m_scratch);
            name = m_scratch;
        }
        const auto member = m_members.find(name);
        const auto place = [&](ErrorCode code) {
            return Error{code, {{Fact::Column, QString::fromUtf8(name.data(), qsizetype(name.size()))}}, {}};
        };
        if (member == m_members.end()) {
            if (m_strict)
                return fail(place(ErrorCode::SchemaChanged));
            continue;
        }
        for (const Use &use : member->second) {
            if (!values[use.column].empty())
                return fail(place(ErrorCode::PageUnusable).with(Fact::Found, u"member-twice"_s));
            values[use.column] = valueAt(items.value(), use.from, 1).value_or(std::string_view());
        }
    }
    return {};
}

void encodeValue(std::string_view value, const ColumnType &type, CellKind cell, RowEncoder &encoder,
                 std::string &scratch)
{
    if (value.empty() || kindOf(value) == JsonKind::Null)
        return encoder.null();
    if (type.kind == CellKind::Json && cell != CellKind::Exact)
        return encoder.json(value);
    switch (kindOf(value)) {
    case JsonKind::Number:
        return encodeNumber(value, type, cell, encoder);
    case JsonKind::String:
        decodeString(value, scratch);
        return cell == CellKind::Exact ? encoder.text(scratch) : encodeText(scratch, type, encoder);
    case JsonKind::Boolean:
        return type.kind == CellKind::Text ? encoder.text(value) : encoder.boolean(value == "true");
    default:
        return encoder.json(value);
    }
}

std::optional<std::string_view> scalarText(std::string_view value, std::string &scratch)
{
    if (value.empty())
        return std::nullopt;
    switch (kindOf(value)) {
    case JsonKind::Number:
    case JsonKind::Boolean:
        return value;
    case JsonKind::String:
        decodeString(value, scratch);
        return scratch;
    default:
        return std::nullopt;
    }
}

void appendCursorOrder(std::string_view cursor, std::string &out)
{
    const auto append = [&out](char tag, qint64 value) {
        const quint64 sorted = qToBigEndian(quint64(value) ^ (quint64(1) << 63));
        out += tag;
        out.append(reinterpret_cast<const char *>(&sorted), sizeof sorted);
    };
    qint64 whole = 0;
    const auto read = std::from_chars(cursor.data(), cursor.data() + cursor.size(), whole);
    if (read.ec == std::errc() && read.ptr == cursor.data() + cursor.size())
        return append('\0', whole);
    if (const auto time = cursorMicroseconds(QByteArray(cursor.data(), qsizetype(cursor.size()))))
        return append('\1', *time);
    out += '\2';
    for (const char c : cursor) {
        out += c;
        if (c == '\0')
            out += '\xff';
    }
    out.append(2, '\0');
}

} // namespace tidemark::http
