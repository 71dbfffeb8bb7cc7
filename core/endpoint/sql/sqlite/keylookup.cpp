// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/sql/sqlite/keylookup.h"

#include <algorithm>

#include <xxhash.h>

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

bool isNumeric(Affinity affinity) { return affinity == Affinity::Integer || affinity == Affinity::Numeric; }

// True where one canonical cell can only be stored in one way.
bool hasOneSpelling(const CellType &type, Affinity affinity)
{
    switch (type.kind) {
    case CellKind::Integer:
        return isNumeric(affinity);
    case CellKind::Text:
        return affinity == Affinity::Text && !type.ignoreCase && !type.ignoreTrailingSpaces && !type.emptyIsNull;
    case CellKind::Blob:
        return true;
    case CellKind::Float:
        return affinity == Affinity::Real && type.floatBits == 64 && type.floatTolerance == 0;
    default:
        return false;
    }
}

SqlValue owned(const StoredValue &value)
{
    const QByteArray bytes(value.bytes.data(), static_cast<qsizetype>(value.bytes.size()));
    switch (value.storage) {
    case StoredValue::Storage::Null:
        return {};
    case StoredValue::Storage::Integer:
        return value.integer;
    case StoredValue::Storage::Real:
        return value.real;
    case StoredValue::Storage::Text:
        return QString::fromUtf8(bytes);
    case StoredValue::Storage::Blob:
        return bytes;
    }
    return {};
}

} // namespace

KeyLookup::KeyLookup(const SqliteHandle &handle, QString table, std::shared_ptr<const RowLayout> layout,
                     QStringList names, std::vector<CellSource> sources)
    : m_handle(handle), m_table(std::move(table)), m_names(std::move(names)), m_sources(std::move(sources))
{
    const auto count = static_cast<size_t>(layout->keyCount);
    RowLayout key;
    key.cells.assign(layout->cells.begin(), layout->cells.begin() + layout->keyCount);
    key.keyCount = key.comparedCount = layout->keyCount;
    m_layout = std::make_shared<RowLayout>(std::move(key));
    m_names.resize(layout->keyCount);
    m_sources.resize(count);
    for (size_t i = 0; i < count; ++i) {
        m_binders.emplace_back(m_layout->cells[i], m_sources[i]);
        m_manySpellings = m_manySpellings || !hasOneSpelling(m_layout->cells[i], affinityOf(m_sources[i].type.native));
    }
}

QString KeyLookup::where(int firstParameter) const
{
    const SqliteDialect dialect;
    QStringList terms;
    for (qsizetype i = 0; i < m_names.size(); ++i) {
        const QString column = dialect.quote(m_names[i]);
        const QString parameter = dialect.parameter(firstParameter + static_cast<int>(i));
        terms.append(column + " = "_L1 + parameter);
        if (!m_sources[static_cast<size_t>(i)]
                 .type.collation.isEmpty()) // the first term for the index, this one for the bytes
            terms.append(column + " = "_L1 + parameter + " COLLATE BINARY"_L1);
    }
    return terms.join(" AND "_L1);
}

Result<void> KeyLookup::refresh()
{
    if (!m_manySpellings)
        return {};
    TRY_ASSIGN(QByteArray version, m_handle.single("PRAGMA data_version"));
    if (version == m_dataVersion)
        return {};
    TRY(scan());
    m_dataVersion = std::move(version);
    return {};
}

Result<void> KeyLookup::scan()
{
    m_irregular.clear();
    const SqliteDialect dialect;
    TRY_ASSIGN(auto statement,
               SqliteStatement::prepare(m_handle, u"SELECT %1 FROM %2"_s.arg(dialect.columns(m_names), m_table)));
    RowEncoder encoder(m_layout, m_sources);
    RowBatch probe(m_layout);
    encoder.setBatch(&probe);
    for (;;) {
        TRY_ASSIGN(const bool more, statement.step());
        if (!more)
            return {};
        probe.clear();
        TRY(scanRow(statement, encoder, probe));
    }
}

Result<void> KeyLookup::scanRow(const SqliteStatement &row, RowEncoder &encoder, RowBatch &probe)
{
    std::vector<StoredValue> stored;
    encoder.beginRow();
    for (int i = 0; i < m_layout->keyCount; ++i) {
        const auto value = storedValue(row, i);
        if (!value)
            return fail(ErrorCode::Internal, u"out of memory"_s);
        encodeStored(encoder, m_layout->cells[static_cast<size_t>(i)].kind, *value, m_scratch);
        stored.push_back(*value);
    }
    encoder.endRow();
    if (probe.fault(0) != nullptr) // no key at all: whoever compares the table says so
        return {};
    TRY_ASSIGN(const bool regular, isRegular(probe, 0, stored));
    if (regular)
        return {};
    std::vector<SqlValue> values;
    std::transform(stored.begin(), stored.end(), std::back_inserter(values), owned);
    m_irregular.insert_or_assign(keyOf(probe, 0), std::move(values));
    return {};
}

Result<bool> KeyLookup::isRegular(const RowBatch &batch, int row, const std::vector<StoredValue> &stored)
{
    for (int i = 0; i < m_layout->keyCount; ++i) {
        const auto index = static_cast<size_t>(i);
        const auto expected = m_binders[index].value(batch.comparison(row, i));
        if (!expected) // what is stored cannot be spelled in our way
            return false;
        if (underAffinity(affinityOf(m_sources[index].type.native), *expected, m_text) != stored[index])
            return false;
    }
    return true;
}

Fingerprint KeyLookup::keyOf(const RowBatch &batch, int row)
{
    const std::string_view key = batch.key(row, m_scratch);
    const XXH128_hash_t hash = XXH3_128bits(key.data(), key.size());
    return {hash.low64, hash.high64};
}

Result<void> KeyLookup::bind(SqliteStatement &statement, int firstParameter, const RowBatch &batch, int row)
{
    if (!m_irregular.empty()) {
        if (const auto found = m_irregular.find(keyOf(batch, row)); found != m_irregular.end()) {
            for (size_t i = 0; i < found->second.size(); ++i)
                statement.bind(firstParameter + static_cast<int>(i), found->second[i]);
            return {};
        }
    }
    for (int i = 0; i < m_layout->keyCount; ++i) {
        TRY_ASSIGN(const StoredValue value, m_binders[static_cast<size_t>(i)].value(batch.comparison(row, i)));
        bindStored(statement, firstParameter + i, value);
    }
    return {};
}

Result<void> KeyLookup::noteInserted(const RowBatch &batch, int row)
{
    if (!m_manySpellings || m_dataVersion.isEmpty())
        return {};
    if (!m_irregular.empty())
        m_irregular.erase(keyOf(batch, row));
    if (!batch.hasOwnComparison(row))
        return {};
    std::vector<SqlValue> values;
    bool regular = true;
    for (int i = 0; i < m_layout->keyCount; ++i) {
        CellBinder &binder = m_binders[static_cast<size_t>(i)];
        TRY_ASSIGN(const StoredValue written, binder.value(batch.value(row, i)));
        values.push_back(owned(written));
        TRY_ASSIGN(const StoredValue spelled, binder.value(batch.comparison(row, i)));
        regular = regular && owned(spelled) == values.back();
    }
    if (!regular)
        m_irregular.insert_or_assign(keyOf(batch, row), std::move(values));
    return {};
}

} // namespace tidemark
