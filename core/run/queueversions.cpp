// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/queueversions.h"

#include <algorithm>
#include <optional>
#include <unordered_map>

#include <xxhash.h>

#include "core/data/celldecoder.h"
#include "core/data/rowindex.h"

namespace tidemark {

using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t rowsAtOnce = 5000;

Column textColumn(const QString &name, qint64 length)
{
    Column column;
    column.name = name;
    column.type.kind = CellKind::Text;
    column.type.native = u"varchar(%1)"_s.arg(length);
    column.type.length = length;
    column.nullable = false;
    return column;
}

Error overtaken() { return Error{ErrorCode::Internal, {{Fact::Option, u"overtaken"_s}}, {}}; }

using Id = std::array<char, 32>;

std::string_view textOf(const Id &id) { return {id.data(), id.size()}; }

void writeHex(quint64 number, char *out)
{
    constexpr std::string_view digits = "0123456789abcdef";
    for (int at = 15; at >= 0; --at, number >>= 4)
        out[at] = digits[number & 0xf];
}

// A key of one cell that is a whole number of 64 bits with a sign, so that its bits sort as it does; its chain is the
// cell's length and its bytes.
std::optional<quint64> sortedBits(const RowLayout &layout, std::string_view key)
{
    constexpr std::size_t cellSize = 9;
    if (layout.keyCount != 1 || layout.cells[0].kind != CellKind::Integer || key.size() != sizeof(quint32) + cellSize)
        return std::nullopt;
    const cell::Integer number = cell::integer({key.substr(sizeof(quint32)), false});
    constexpr quint64 sign = quint64(1) << 63;
    if (!number.isNegative && number.value >= sign)
        return std::nullopt;
    return number.value ^ sign;
}

// As the table has them: neighbours share its pages.
void sortById(std::vector<KeyVersion *> &keys)
{
    const auto isLess = [](const KeyVersion *left, const KeyVersion *right) { return left->id < right->id; };
    if (!std::is_sorted(keys.begin(), keys.end(), isLess))
        std::sort(keys.begin(), keys.end(), isLess);
}

} // namespace

bool QueueVersions::isOvertaken(const Error &error)
{
    return error.code == ErrorCode::Internal && error.facts.value(Fact::Option) == "overtaken"_L1;
}

TableName QueueVersions::tableName() { return {{}, u"tidemark_versions"_s}; }

TableSchema QueueVersions::planned()
{
    TableSchema schema;
    schema.name = tableName();
    schema.columns = {textColumn(u"id"_s, 32), textColumn(u"version"_s, qint64(longestVersion))};
    schema.primaryKey = QStringList{u"id"_s};
    return schema;
}

quint64 QueueVersions::scopeOf(std::string_view scope, const QString &source, const QString &target)
{
    std::string text(scope);
    for (const QString &name : {source, target}) {
        text += '\0';
        text += name.toStdString();
    }
    return XXH3_64bits(text.data(), text.size());
}

Id QueueVersions::idOf(quint64 scope, const RowLayout &layout, std::string_view key)
{
    Id id;
    if (const auto bits = sortedBits(layout, key)) {
        writeHex(scope, id.data());
        writeHex(*bits, id.data() + 16);
    } else {
        const XXH128_hash_t hash = XXH3_128bits_withSeed(key.data(), key.size(), scope);
        writeHex(hash.high64, id.data());
        writeHex(hash.low64, id.data() + 16);
    }
    return id;
}

Result<bool> QueueVersions::learn(Session &session)
{
    m_pair.reset();
    auto found = session.describe(tableName());
    if (!found && found.error().code == ErrorCode::NoSuchTable)
        return false;
    TRY_ASSIGN(const TableSchema schema, std::move(found));
    TRY_ASSIGN(TableMapping mapping, mapTable(schema, schema, {}));
    m_pair = makeTablePair(m_job, JobTable{}, std::move(mapping), {}, {});
    return true;
}

Result<void> QueueVersions::ensure(Session &session)
{
    TRY_ASSIGN(const bool stands, learn(session));
    if (stands)
        return {};
    TRY_ASSIGN(const TableSchema made, session.planTable(planned(), tableName()));
    const auto created = session.createTable(made);
    TRY_ASSIGN(const bool stood, learn(session)); // another consumer may have been faster
    return stood ? Result<void>() : created;
}

RowBatch QueueVersions::rowsOf(Keys keys) const
{
    RowBatch rows(m_pair->layout);
    for (const KeyVersion *key : keys) {
        rows.beginRow();
        rows.appendCell(textOf(key->id));
        rows.appendCell(key->version);
        rows.endRow();
    }
    return rows;
}

// Rows come in any order, and mostly in the one that was asked for.
Result<std::vector<std::string>> QueueVersions::versions(Session &session, Keys keys, bool lock) const
{
    const RowBatch rows = rowsOf(keys);
    const std::vector<int> all = allRows(rows);
    RowBatch found(m_pair->layout);
    TRY(session.readKeys(m_pair->readTarget(m_job.batch), RowSelection{&rows, all}, lock, found));
    std::vector<std::string> versions(keys.size());
    std::unordered_map<std::string_view, std::size_t> places;
    std::size_t next = 0;
    for (int row = 0; row < found.rowCount(); ++row) {
        const std::string_view id = found.value(row, 0).bytes;
        while (places.empty() && next < keys.size() && textOf(keys[next]->id) != id)
            ++next;
        if (places.empty() && next < keys.size()) {
            versions[next++] = found.value(row, 1).bytes;
            continue;
        }
        for (std::size_t i = 0; places.empty() && i < keys.size(); ++i)
            places.emplace(textOf(keys[i]->id), i);
        if (const auto place = places.find(id); place != places.end())
            versions[place->second] = found.value(row, 1).bytes;
    }
    return versions;
}

Result<void> QueueVersions::load(Session &session, std::vector<KeyVersion *> keys) const
{
    sortById(keys);
    for (std::size_t first = 0; m_pair && first < keys.size(); first += rowsAtOnce) {
        const Keys part = Keys(keys).subspan(first, std::min(rowsAtOnce, keys.size() - first));
        TRY_ASSIGN(std::vector<std::string> known, versions(session, part, false));
        for (std::size_t i = 0; i < part.size(); ++i)
            part[i]->known = std::move(known[i]);
    }
    return {};
}

Result<void> QueueVersions::store(Session &session, std::vector<KeyVersion *> keys, bool strict) const
{
    sortById(keys);
    for (std::size_t first = 0; m_pair && first < keys.size(); first += rowsAtOnce)
        TRY(storePart(session, Keys(keys).subspan(first, std::min(rowsAtOnce, keys.size() - first)), strict));
    return {};
}

Result<void> QueueVersions::choose(Session &session, const RowBatch &rows, Keys keys, bool strict,
                                   std::vector<int> &inserts, std::vector<int> &updates) const
{
    std::vector<KeyVersion *> asked;
    std::vector<int> askedRows;
    for (int row = 0; row < rows.rowCount(); ++row) {
        KeyVersion *const key = keys[static_cast<std::size_t>(row)];
        if (strict && key->known.empty()) {
            inserts.push_back(row);
            continue;
        }
        asked.push_back(key);
        askedRows.push_back(row);
    }
    if (asked.empty())
        return {};
    TRY_ASSIGN(const std::vector<std::string> known, versions(session, asked, true));
    for (std::size_t i = 0; i < asked.size(); ++i) {
        if (known[i].empty())
            inserts.push_back(askedRows[i]);
        else if (known[i] < asked[i]->version && (strict || known[i] == asked[i]->known))
            updates.push_back(askedRows[i]);
        else if (strict || known[i] < asked[i]->version)
            return fail(overtaken());
    }
    return {};
}

Result<void> QueueVersions::storePart(Session &session, Keys keys, bool strict) const
{
    const RowBatch rows = rowsOf(keys);
    std::vector<int> inserts, updates;
    TRY(choose(session, rows, keys, strict, inserts, updates));
    if (inserts.empty() && updates.empty())
        return {};
    TRY_ASSIGN(const std::unique_ptr<RowWriter> writer, session.writer(m_pair->write()));
    auto written = [&]() -> Result<void> {
        if (!inserts.empty())
            TRY(writer->insert({&rows, inserts}));
        if (!updates.empty())
            TRY(writer->update({&rows, updates}));
        return writer->finish();
    }();
    // Two consumers have met the same new key: the second one looks again.
    if (!written && written.error().code == ErrorCode::UniqueViolated)
        return fail(overtaken());
    return written;
}

} // namespace tidemark
