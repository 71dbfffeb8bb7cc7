// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/change/changeeventrow.h"

#include "core/change/changeeventvalue.h"

using namespace Qt::StringLiterals;

namespace tidemark {

EventRowDecoder::EventRowDecoder(std::shared_ptr<const RowLayout> layout, std::vector<CellSource> sources,
                                 const QStringList &columns, const EventReading &reading)
    : m_layout(std::move(layout)), m_sources(sources), m_encoder(m_layout, std::move(sources)), m_reading(reading)
{
    for (const QString &column : columns)
        m_columns.push_back(column.toStdString());
    m_columns.resize(m_layout->cells.size());
}

// Fields come in the same order in every message: most names are found by one comparison.
int EventRowDecoder::cellOf(std::string_view name, std::size_t field) const
{
    if (field < m_likely.size()) {
        const int likely = m_likely[field];
        if (likely >= 0 && m_columns[static_cast<std::size_t>(likely)] == name)
            return likely;
    }
    for (std::size_t i = 0; i < m_columns.size(); ++i) {
        if (m_columns[i] == name)
            return static_cast<int>(i);
    }
    return -1;
}

Result<void> EventRowDecoder::findCells(const EventRow &row, std::size_t count, QLatin1StringView path)
{
    m_found.assign(m_columns.size(), nullptr);
    m_likely.resize(std::max(m_likely.size(), row.fields.size()), -1);
    for (std::size_t i = 0; i < row.fields.size(); ++i) {
        const EventField &field = row.fields[i];
        std::string_view name;
        const int cell = unescaped(field.name, m_scratch, name) ? cellOf(name, i) : -1;
        m_likely[i] = cell;
        if (cell < 0)
            continue;
        const EventField *&place = m_found[static_cast<std::size_t>(cell)];
        if (place != nullptr)
            return fail(Error{ErrorCode::DuplicateName,
                              {{Fact::JsonPath, path + u'.' + m_sources[static_cast<std::size_t>(cell)].column}},
                              {}});
        place = &field;
    }
    for (std::size_t i = 0; i < count; ++i) {
        if (m_found[i] == nullptr) {
            const QString column = QString::fromStdString(m_columns[i]);
            return fail(
                Error{ErrorCode::MissingKey, {{Fact::JsonPath, path + u'.' + column}, {Fact::Column, column}}, {}});
        }
    }
    return {};
}

bool EventRowDecoder::hasKey(const EventRow &row)
{
    return row.isPresent && findCells(row, static_cast<std::size_t>(m_layout->keyCount), "key"_L1).has_value();
}

Result<void> EventRowDecoder::decodeRow(const ChangeEvent &event, RowBatch &batch)
{
    TRY(findCells(event.after, m_columns.size(), "after"_L1));
    encode(event, m_columns.size(), batch);
    return {};
}

Result<void> EventRowDecoder::decodeKey(const ChangeEvent &event, RowBatch &batch)
{
    const auto count = static_cast<std::size_t>(m_layout->keyCount);
    if (!hasKey(event.key))
        TRY(findCells(event.before, count, "before"_L1));
    encode(event, count, batch);
    return {};
}

void EventRowDecoder::encode(const ChangeEvent &event, std::size_t count, RowBatch &batch)
{
    m_encoder.setBatch(&batch);
    m_encoder.beginRow();
    for (std::size_t i = 0; i < m_columns.size(); ++i) {
        if (i >= count) {
            m_encoder.null();
            continue;
        }
        EventValue(m_encoder, batch, m_layout->cells[i], m_sources[i], m_reading, {m_scratch, m_bytes})
            .encode(*m_found[i], event.isOurs());
    }
    m_encoder.endRow();
}

} // namespace tidemark
