// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/apply/tablepair.h"

namespace tidemark {

// How far one key is: of one scope, within which orders are comparable, and one pair of tables.
struct KeyVersion
{
    std::array<char, 32> id; // QueueVersions::idOf
    std::string_view version; // the one that a round brings; its owner keeps the bytes
    std::string known; // the one that the target keeps, once it has been loaded; empty: none
};

// How far each key is, kept in the target's own transactions (queue.h, ONCE and ORDER PER KEY): the table
// tidemark_versions, shared by all jobs that consume into this database, so that several consumers of one stream
// cannot overtake each other. One thread at a time.
//
// Nothing is ever purged: one short row for each key that ever came, however often it changed. A deleted key's stays,
// too: an older message of it may still be with a consumer that was cut off, or in quarantine, from where a person may
// send it back after any time, and no broker says that none is left. Without the record it would bring the row back.
class QueueVersions
{
public:
    static constexpr std::size_t longestVersion = 200; // what the table's column holds
    static TableName tableName();
    static quint64 scopeOf(std::string_view scope, const QString &source, const QString &target);
    // Hexadecimal digits. Of a key that is one whole number in the order of the keys, so that neighbours there are
    // neighbours here, and a batch of changes touches few pages of the table; a hash of any other.
    static std::array<char, 32> idOf(quint64 scope, const RowLayout &layout, std::string_view key);

    explicit QueueVersions(const JobSettings &job) : m_job(job) { }
    // Outside any transaction; the session may write. Made where it is not there yet.
    Result<void> ensure(Session &session);
    // What is kept of it in this database; false: nothing, there is no table.
    Result<bool> learn(Session &session);
    static TableSchema planned();

    Result<void> load(Session &session, std::vector<KeyVersion *> keys) const; // sets what is known
    // Inside a write transaction; isOvertaken() where another consumer has been faster, by which all of the round is
    // looked at again. strict, with rows that are written: where one is known that is as great already. A key of which
    // nothing was known is inserted without another look: that it has come meanwhile shows in its being refused. Not
    // strict, of rows that were as they should be when they were looked at: the greater one stays; where a smaller one
    // has come since load(), so has an older row (an insert after the look that found nothing to delete).
    Result<void> store(Session &session, std::vector<KeyVersion *> keys, bool strict) const;

    static bool isOvertaken(const Error &error);

private:
    using Keys = std::span<KeyVersion *const>;
    Result<void> storePart(Session &session, Keys keys, bool strict) const;
    Result<void> choose(Session &session, const RowBatch &rows, Keys keys, bool strict, std::vector<int> &inserts,
                        std::vector<int> &updates) const;
    Result<std::vector<std::string>> versions(Session &session, Keys keys, bool lock) const; // one a key
    RowBatch rowsOf(Keys keys) const;

    const JobSettings &m_job;
    std::optional<TablePair> m_pair; // with itself: how its rows are read and written
};

} // namespace tidemark
