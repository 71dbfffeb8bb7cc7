// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/change/eventrows.h"

#include <algorithm>

#include <xxhash.h>

namespace tidemark {

int EventRows::add(const EventRow &row, std::size_t slot)
{
    if (!row.isPresent)
        return -1;
    m_rows.push_back({shapeFor(row, slot), m_values.size()});
    for (const EventField &field : row.fields) {
        const JsonToken &value = field.value;
        m_values.push_back(
            {value.text.data(), static_cast<quint32>(value.text.size()), value.kind, value.hasEscapes, value.isWhole});
    }
    return static_cast<int>(m_rows.size()) - 1;
}

void EventRows::restore(int number, EventRow &row) const
{
    row.isPresent = number >= 0;
    if (!row.isPresent) {
        row.fields.clear();
        return;
    }
    const Row &kept = m_rows[static_cast<std::size_t>(number)];
    row.fields = shape(kept.shape).fields;
    for (std::size_t i = 0; i < row.fields.size(); ++i) {
        const Value &value = m_values[kept.first + i];
        row.fields[i].value = {value.kind, value.hasEscapes, value.isWhole, {value.text, value.size}};
    }
}

void EventRows::clear()
{
    m_shapes.clear();
    m_byHash.clear();
    std::fill(std::begin(m_last), std::end(m_last), -1);
    m_rows.clear();
    m_values.clear();
}

bool EventRows::isSame(const Shape &shape, const EventRow &row)
{
    return std::equal(shape.fields.begin(), shape.fields.end(), row.fields.begin(), row.fields.end(),
                      [](const EventField &left, const EventField &right) {
                          return left.name.text == right.name.text && left.name.hasEscapes == right.name.hasEscapes
                              && left.hasType == right.hasType && (!left.hasType || left.type == right.type);
                      });
}

quint64 EventRows::hashOf(const EventRow &row)
{
    quint64 hash = 0;
    for (const EventField &field : row.fields) {
        hash = XXH3_64bits_withSeed(field.name.text.data(), field.name.text.size(), hash);
        const quint64 type = field.hasType ? static_cast<quint64>(field.type.meaning) + 1 : 0;
        hash = hash * 31 + type;
    }
    return hash;
}

int EventRows::shapeFor(const EventRow &row, std::size_t slot)
{
    int &last = m_last[slot];
    if (last >= 0 && isSame(shape(last), row))
        return last;
    const auto [place, isNew] = m_byHash.try_emplace(hashOf(row), static_cast<int>(m_shapes.size()));
    if (!isNew && isSame(shape(place->second), row))
        return last = place->second;
    place->second = static_cast<int>(m_shapes.size());
    Shape &added = m_shapes.emplace_back();
    for (const EventField &field : row.fields)
        added.names += field.name.text;
    added.fields = row.fields;
    std::size_t at = 0;
    for (EventField &field : added.fields) {
        field.name.text = std::string_view(added.names).substr(at, field.name.text.size());
        at += field.name.text.size();
        field.value = {};
    }
    return last = place->second;
}

std::vector<std::string> columnNames(const EventRows::Shape &shape)
{
    std::vector<std::string> names;
    std::string scratch;
    for (const EventField &field : shape.fields) {
        std::string_view name;
        if (unescaped(field.name, scratch, name))
            names.emplace_back(name);
    }
    return names;
}

} // namespace tidemark
