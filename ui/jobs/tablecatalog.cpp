// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/tablecatalog.h"

#include <algorithm>

#include "core/mapping/tablemapping.h"
#include "core/run/queueconnector.h"
#include "ui/jobs/engine.h"

using namespace Qt::StringLiterals;

namespace tidemark {

static constexpr int publishEvery = 40; // tables

void CatalogSide::setTables(QList<TableName> names)
{
    std::sort(names.begin(), names.end());
    tables.clear();
    exact.clear();
    loose.clear();
    for (const TableName &name : std::as_const(names)) {
        const auto at = static_cast<int>(tables.size());
        exact.insert(name.name, at);
        loose[looseName(name.name)].append(at);
        tables.append({name, nullptr, -1});
    }
}

int CatalogSide::find(const TableName &wanted) const
{
    const auto fits = [&](int at) {
        const QString &schema = tables.at(at).name.schema;
        return wanted.schema.isEmpty() || schema.isEmpty() || looseName(schema) == looseName(wanted.schema);
    };
    if (const auto at = exact.constFind(wanted.name); at != exact.constEnd() && fits(*at))
        return *at;
    int found = -1;
    for (const int at : loose.value(looseName(wanted.name))) {
        if (!fits(at))
            continue;
        if (found >= 0)
            return -1;
        found = at;
    }
    return found;
}

bool hasKey(const TableSchema &schema)
{
    if (!schema.primaryKey.isEmpty())
        return true;
    for (const Index &index : schema.indexes) {
        bool usable = index.unique && !index.partial && !index.columns.isEmpty();
        for (const QString &column : index.columns) {
            const int at = schema.columnIndex(column);
            usable = usable && at >= 0 && !schema.columns.at(at).nullable;
        }
        if (usable)
            return true;
    }
    return false;
}

TableCatalog CatalogBox::catalog() const
{
    const std::lock_guard lock(m_mutex);
    return m_catalog;
}

int CatalogBox::version() const
{
    const std::lock_guard lock(m_mutex);
    return m_version;
}

void CatalogBox::put(const TableCatalog &catalog)
{
    const std::lock_guard lock(m_mutex);
    m_catalog = catalog;
    ++m_version;
}

void CatalogBox::want(const TableName &source)
{
    const std::lock_guard lock(m_mutex);
    m_wanted = source;
}

std::optional<TableName> CatalogBox::takeWanted()
{
    const std::lock_guard lock(m_mutex);
    return std::exchange(m_wanted, std::nullopt);
}

namespace {

class CatalogReader
{
public:
    CatalogReader(Session &source, Session &target, CatalogBox &box)
        : m_source(source), m_target(target), m_box(box) { }

    Result<void> run(const QString &targetSchema)
    {
        m_catalog.targetSchema = targetSchema;
        TRY_ASSIGN(const QList<TableName> targets, m_target.tables());
        TRY_ASSIGN(const QList<TableName> sources, m_source.tables());
        m_catalog.source.setTables(sources);
        m_catalog.target.setTables(targets);
        m_box.put(m_catalog);
        for (int i = 0; i < m_catalog.source.tables.size(); ++i) {
            TRY(readWanted());
            TRY(readPair(i));
            if (i % publishEvery == publishEvery - 1)
                m_box.put(m_catalog);
        }
        for (int i = 0; i < m_catalog.target.tables.size(); ++i) {
            TRY(readWanted());
            TRY(read(m_target, m_catalog.target, i));
        }
        m_catalog.complete = true;
        m_box.put(m_catalog);
        return {};
    }

private:
    // What is looked at comes before its turn.
    Result<void> readWanted()
    {
        const std::optional<TableName> wanted = m_box.takeWanted();
        const int at = wanted ? m_catalog.source.find(*wanted) : -1;
        if (at < 0)
            return {};
        TRY(readPair(at));
        m_box.put(m_catalog);
        return {};
    }

    Result<void> readPair(int at)
    {
        TRY(read(m_source, m_catalog.source, at));
        const int partner = m_catalog.target.find({{}, m_catalog.source.tables.at(at).name.name});
        return partner < 0 ? Result<void>() : read(m_target, m_catalog.target, partner);
    }

    static Result<void> read(Session &session, CatalogSide &side, int at)
    {
        if (side.tables.at(at).schema)
            return {};
        const TableName name = side.tables.at(at).name;
        auto schema = session.describe(name);
        const auto endsAll = [](const Error &error) {
            return error.isTransient() || error.code == ErrorCode::Cancelled || error.code == ErrorCode::Internal;
        };
        if (!schema && endsAll(schema.error()))
            return fail(std::move(schema).error());
        if (!schema) // dropped since the names were read, or no rights: it stays a name
            return {};
        TRY_ASSIGN(const qint64 rows, session.estimateRows(name));
        side.tables[at].schema = std::make_shared<const TableSchema>(*std::move(schema));
        side.tables[at].rows = rows;
        return {};
    }

    Session &m_source;
    Session &m_target;
    CatalogBox &m_box;
    TableCatalog m_catalog;
};

} // namespace

// Where they are not the job's already.
static Result<void> addTablesOf(Session &target, JobSettings &job)
{
    TRY_ASSIGN(const QList<TableName> names, target.tables());
    for (const TableName &name : names) {
        const auto isKnown = [&](const JobTable &table) {
            return looseName(table.target.value_or(table.source).name) == looseName(name.name);
        };
        if (name.name.startsWith("tidemark_"_L1) || std::any_of(job.tables.begin(), job.tables.end(), isKnown))
            continue;
        JobTable table = job.defaults;
        table.source = {{}, name.name};
        job.tables.append(table);
    }
    return {};
}

Result<void> readCatalog(Desk &desk, const JobSettings &job, CatalogBox &box, Cancellation &cancellation)
{
    OpenOptions options;
    options.cancellation = &cancellation;
    JobSettings wide = job;
    if (isQueue(job.source.driver)) {
        TRY_ASSIGN(const auto target, desk.connector().open(job.target, options));
        TRY(addTablesOf(*target, wide));
    }
    QueueConnector connector(wide, desk.connector(), desk.journal(), desk.clock(), cancellation);
    if (isQueue(job.source.driver)) {
        TRY(connector.openQueue(false));
        TRY(connector.round().glance());
    }
    TRY_ASSIGN(const auto target, connector.open(job.target, options));
    TRY_ASSIGN(const auto source, connector.open(job.source, options));
    return CatalogReader(*source, *target, box).run(job.target.schema);
}

} // namespace tidemark
