// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>

#include "core/apply/tablepair.h"

namespace tidemark {

// How far each key is, kept in the target's own transactions (queue.h, ONCE and ORDER PER KEY): the table
// tidemark_versions, shared by all jobs that consume into this database, so that several consumers of one stream
// cannot overtake each other. Deleted keys stay in it. One thread at a time.
class QueueVersions
{
public:
    using Orders = std::unordered_map<std::string, std::string>; // order by id

    static constexpr std::size_t longestOrder = 200; // what the table's column holds
    static TableName tableName();
    // Of one key of one pair of tables; scope: what orders are comparable within.
    static std::string idOf(std::string_view scope, const QString &source, const QString &target, std::string_view key);

    explicit QueueVersions(const JobSettings &job) : m_job(job) { }
    // Outside any transaction; the session may write. Made where it is not there yet.
    Result<void> ensure(Session &session);
    // What is kept of it in this database; false: nothing, there is no table.
    Result<bool> learn(Session &session);
    static TableSchema planned();

    Result<Orders> load(Session &session, const Orders &ids, bool lock) const; // the orders that are known of these ids
    // Inside a write transaction. strict: isOvertaken() where one is known that is as great already, by which another
    // consumer has been faster: all of the round is looked at again. Else the greater one stays.
    Result<void> store(Session &session, const Orders &orders, bool strict) const;

    static bool isOvertaken(const Error &error);

private:
    Result<void> storePart(Session &session, const RowBatch &wanted, bool strict) const;
    RowBatch rowsOf(Orders::const_iterator &next, Orders::const_iterator end) const;

    const JobSettings &m_job;
    std::optional<TablePair> m_pair; // with itself: how its rows are read and written
};

} // namespace tidemark
