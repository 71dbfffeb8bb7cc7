// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/queueversions.h"

#include <array>

#include <xxhash.h>

#include "core/data/rowindex.h"

namespace tidemark {

using namespace Qt::StringLiterals;

namespace {

constexpr int rowsAtOnce = 5000;

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

std::string textOf(const RowBatch &rows, int row, int cell) { return std::string(rows.value(row, cell).bytes); }

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
    schema.columns = {textColumn(u"id"_s, 32), textColumn(u"version"_s, qint64(longestOrder))};
    schema.primaryKey = QStringList{u"id"_s};
    return schema;
}

std::string QueueVersions::idOf(std::string_view scope, const QString &source, const QString &target,
                                std::string_view key)
{
    std::string text(scope);
    text += '\0';
    text += source.toStdString();
    text += '\0';
    text += target.toStdString();
    text += '\0';
    text += key;
    XXH128_canonical_t canonical;
    XXH128_canonicalFromHash(&canonical, XXH3_128bits(text.data(), text.size()));
    const QByteArray bytes(reinterpret_cast<const char *>(canonical.digest), sizeof canonical.digest);
    return bytes.toHex().toStdString();
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

RowBatch QueueVersions::rowsOf(Orders::const_iterator &next, Orders::const_iterator end) const
{
    RowBatch rows(m_pair->layout);
    for (; next != end && rows.rowCount() < rowsAtOnce; ++next) {
        rows.beginRow();
        rows.appendCell(next->first);
        rows.appendCell(next->second);
        rows.endRow();
    }
    return rows;
}

Result<QueueVersions::Orders> QueueVersions::load(Session &session, const Orders &ids, bool lock) const
{
    Orders known;
    if (!m_pair)
        return known;
    for (auto next = ids.begin(); next != ids.end();) {
        const RowBatch rows = rowsOf(next, ids.end());
        const std::vector<int> all = allRows(rows);
        RowBatch found(m_pair->layout);
        TRY(session.readKeys(m_pair->readTarget(m_job.batch), RowSelection{&rows, all}, lock, found));
        for (int row = 0; row < found.rowCount(); ++row)
            known.emplace(textOf(found, row, 0), textOf(found, row, 1));
    }
    return known;
}

Result<void> QueueVersions::store(Session &session, const Orders &orders, bool strict) const
{
    for (auto next = orders.begin(); m_pair && next != orders.end();)
        TRY(storePart(session, rowsOf(next, orders.end()), strict));
    return {};
}

Result<void> QueueVersions::storePart(Session &session, const RowBatch &wanted, bool strict) const
{
    const std::vector<int> all = allRows(wanted);
    RowBatch known(m_pair->layout);
    TRY(session.readKeys(m_pair->readTarget(m_job.batch), RowSelection{&wanted, all}, true, known));
    Orders orders;
    for (int row = 0; row < known.rowCount(); ++row)
        orders.emplace(textOf(known, row, 0), textOf(known, row, 1));
    std::vector<int> inserts, updates;
    for (const int row : all) {
        const auto found = orders.find(textOf(wanted, row, 0));
        if (found == orders.end())
            inserts.push_back(row);
        else if (found->second < wanted.value(row, 1).bytes)
            updates.push_back(row);
        else if (strict)
            return fail(overtaken());
    }
    TRY_ASSIGN(const std::unique_ptr<RowWriter> writer, session.writer(m_pair->write()));
    auto written = [&]() -> Result<void> {
        if (!inserts.empty())
            TRY(writer->insert({&wanted, inserts}));
        if (!updates.empty())
            TRY(writer->update({&wanted, updates}));
        return writer->finish();
    }();
    // Two consumers have met the same new key: the second one looks again.
    if (!written && written.error().code == ErrorCode::UniqueViolated)
        return fail(overtaken());
    return written;
}

} // namespace tidemark
