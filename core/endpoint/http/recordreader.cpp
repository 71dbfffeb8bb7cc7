// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/http/recordreader.h"

#include <unordered_set>

#include "core/data/jsoncanonical.h"
#include "core/data/orderedkey.h"

namespace tidemark::http {

using namespace Qt::StringLiterals;

namespace {

using Order = ReadRequest::Order;

std::shared_ptr<const RowLayout> keyLayoutOf(const RowLayout &layout)
{
    RowLayout keys;
    keys.keyCount = keys.comparedCount = layout.keyCount;
    keys.cells.assign(layout.cells.begin(), layout.cells.begin() + layout.keyCount);
    return std::make_shared<const RowLayout>(std::move(keys));
}

QStringList wantedColumns(const ReadRequest &request)
{
    QStringList columns = request.columns;
    if (request.marks)
        columns += request.marks->column;
    return columns;
}

std::vector<CellSource> firstSources(const ReadRequest &request)
{
    return {request.sources.begin(), request.sources.begin() + request.layout->keyCount};
}

bool isByCursor(const ReadRequest &request)
{
    return request.order == Order::Cursor || request.order == Order::CursorDescending;
}

bool isSame(const std::string &a, const std::string &b)
{
    std::string left, right;
    return a == b || (canonicalJson(a, left) && canonicalJson(b, right) && left == right);
}

} // namespace

RecordReader::RecordReader(std::shared_ptr<const RecordSpool> spool,
                           std::shared_ptr<const HttpService::Columns> columns, const ReadRequest &request,
                           Cancellation *cancellation)
    : m_spool(std::move(spool)), m_columns(std::move(columns)), m_request(request), m_cancellation(cancellation),
      m_fields(m_columns->columns, wantedColumns(request), m_columns->inferred),
      m_keyLayout(keyLayoutOf(*request.layout)), m_encoder(request.layout, request.sources),
      m_keyEncoder(m_keyLayout, firstSources(request)), m_key(m_keyLayout)
{
    m_keyEncoder.setBatch(&m_key);
}

Result<std::unique_ptr<RecordReader>> RecordReader::open(std::shared_ptr<const RecordSpool> spool,
                                                         std::shared_ptr<const HttpService::Columns> columns,
                                                         const ReadRequest &request, Cancellation *cancellation)
{
    std::unique_ptr<RecordReader> reader(new RecordReader(std::move(spool), std::move(columns), request, cancellation));
    PlaceSorter byKey;
    TRY(reader->gather(isByCursor(request) ? byKey : reader->m_sorted));
    if (isByCursor(request))
        TRY(reader->byCursor(byKey));
    reader->m_lastKey.clear();
    reader->m_lastRecord.clear();
    return reader;
}

// The key of the record whose values are at hand, in m_sortKey.
Result<void> RecordReader::makeKey(qint64 number)
{
    m_key.clear();
    m_keyEncoder.beginRow();
    const auto count = std::size_t(m_keyLayout->keyCount);
    for (std::size_t cell = 0; cell < count; ++cell)
        encodeValue(m_values[cell], m_fields.type(cell), m_keyLayout->cells[cell].kind, m_keyEncoder, m_scratch);
    m_keyEncoder.endRow();
    bool isWhole = m_key.fault(0) == nullptr;
    std::size_t cell = 0;
    for (; isWhole && cell < count; ++cell)
        isWhole = !m_key.value(0, int(cell)).isNull;
    if (!isWhole) {
        Error error{ErrorCode::KeyUnusable, {}, {}};
        error.with(Fact::Table, m_request.table->name.display()).with(Fact::Record, QString::number(number));
        return fail(error.with(Fact::Column, m_request.columns.mid(0, qsizetype(count)).join(u", "_s)));
    }
    m_sortKey.clear();
    appendOrderedKey(m_key, 0, m_sortKey);
    return {};
}

Result<bool> RecordReader::isWanted(std::string_view record)
{
    auto found = m_fields.find(record, m_values);
    if (!found)
        return fail(std::move(found).error().with(Fact::Table, m_request.table->name.display()));
    if (!m_request.marks)
        return true;
    const auto text = scalarText(m_values.back(), m_scratch);
    const std::string value = m_request.marks->value.toStdString();
    const bool isTrue = text == "true" && (value == "1" || value == "t");
    const bool isFalse = text == "false" && (value == "0" || value == "f");
    const bool isMarked = text && (*text == value || isTrue || isFalse);
    return isMarked == (m_request.marks->rows == MarkFilter::Rows::Marked);
}

Result<void> RecordReader::gather(PlaceSorter &byKey)
{
    std::string record;
    qint64 number = 0;
    TRY_ASSIGN(Place place, m_spool->first());
    for (; place.size > 0; ++number) {
        if (number % 1024 == 0 && m_cancellation != nullptr && m_cancellation->isCancelled())
            return fail(ErrorCode::Cancelled);
        TRY(m_spool->read(place, record));
        // Also of what is not wanted: a key that stands twice is found whatever is asked.
        TRY_ASSIGN(const bool wanted, isWanted(record));
        if (auto keyed = makeKey(number + 1); !keyed)
            return keyed;
        if (wanted)
            TRY(byKey.add(m_sortKey, place));
        TRY_ASSIGN(place, m_spool->after(place));
    }
    return byKey.finish();
}

// The next record with another key; the same record met again, as when pages shift under the reading, counts once.
Result<bool> RecordReader::nextByKey(PlaceSorter &sorter, std::string &record)
{
    std::string key;
    for (;;) {
        Place place;
        TRY_ASSIGN(const bool isThere, sorter.next(key, place));
        if (!isThere)
            return false;
        TRY(m_spool->read(place, record));
        m_lastPlace = place;
        if (key != m_lastKey || m_lastRecord.empty()) {
            m_lastKey = std::move(key);
            m_lastRecord = record;
            return true;
        }
        if (isSame(record, m_lastRecord))
            continue;
        TRY(isWanted(record));
        QStringList cells;
        for (int cell = 0; cell < m_keyLayout->keyCount; ++cell) {
            const auto text = scalarText(m_values[std::size_t(cell)], m_scratch).value_or(std::string_view());
            cells += QString::fromUtf8(text.data(), qsizetype(text.size()));
        }
        Error error{ErrorCode::PageUnusable, {{Fact::Found, u"key-twice"_s}}, {}};
        return fail(error.with(Fact::Table, m_request.table->name.display()).with(Fact::Key, cells.join(u", "_s)));
    }
}

// By cursor, then key; without those before the one that is asked for, and those that have none.
Result<void> RecordReader::byCursor(PlaceSorter &byKey)
{
    std::string from;
    if (m_request.cursorFrom)
        appendCursorOrder({m_request.cursorFrom->constData(), std::size_t(m_request.cursorFrom->size())}, from);
    std::string record, order;
    const auto cell = std::size_t(m_request.cursorCell);
    for (;;) {
        TRY_ASSIGN(const bool isThere, nextByKey(byKey, record));
        if (!isThere)
            return m_sorted.finish();
        TRY(isWanted(record));
        const auto cursor = scalarText(m_values[cell], m_scratch);
        if (!cursor)
            continue;
        order.clear();
        appendCursorOrder(*cursor, order);
        if (m_request.cursorFrom && order < from)
            continue;
        if (m_request.order == Order::CursorDescending) {
            for (char &byte : order)
                byte = char(~byte);
        }
        order += m_lastKey;
        TRY(m_sorted.add(order, m_lastPlace));
    }
}

void RecordReader::encode(RowBatch &out)
{
    m_encoder.setBatch(&out);
    m_encoder.beginRow();
    const RowLayout &layout = *m_request.layout;
    for (std::size_t cell = 0; cell < std::size_t(layout.size()); ++cell)
        encodeValue(m_values[cell], m_fields.type(cell), layout.cells[cell].kind, m_encoder, m_scratch);
    m_encoder.endRow();
}

Result<bool> RecordReader::next(RowBatch &batch)
{
    batch.clear();
    while (batch.rowCount() < m_request.limits.rows && batch.byteSize() < m_request.limits.bytes) {
        TRY_ASSIGN(const bool isThere, nextByKey(m_sorted, m_record));
        if (!isThere)
            return false;
        TRY(isWanted(m_record));
        encode(batch);
    }
    if (m_cancellation != nullptr && m_cancellation->isCancelled())
        return fail(ErrorCode::Cancelled);
    return true;
}

Result<void> RecordReader::pick(RowSelection keys, RowBatch &out)
{
    std::unordered_set<std::string> wanted;
    for (const int row : keys.rows) {
        std::string key;
        RowBatch one(m_keyLayout);
        one.appendRow(*keys.batch, row);
        appendOrderedKey(one, 0, key);
        wanted.insert(std::move(key));
    }
    for (;;) {
        TRY_ASSIGN(const bool isThere, nextByKey(m_sorted, m_record));
        if (!isThere)
            return {};
        if (!wanted.contains(m_lastKey))
            continue;
        TRY(isWanted(m_record));
        encode(out);
    }
}

} // namespace tidemark::http
