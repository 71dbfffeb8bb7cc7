// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <memory>

#include "core/endpoint/sql/sqlite/cellbinder.h"
#include "core/endpoint/sql/sqlite/sqlitedialect.h"

namespace tidemark {

// Finds rows by canonical keys. One key may be stored in many spellings (a UUID in capitals, a time with a 'T'): where
// a key's kind allows that, the table's keys are read once, and those that are not spelled as this program would are
// remembered. Read again after another connection's commit and after a rollback.
class KeyLookup
{
public:
    // The first keyCount cells are the key: its columns and how they are stored.
    KeyLookup(const SqliteHandle &handle, QString table, std::shared_ptr<const RowLayout> layout, QStringList names,
              std::vector<CellSource> sources);

    QString where(int firstParameter) const; // a condition over one parameter a key column
    Result<void> refresh(); // before binding keys of a transaction
    void forget() { m_dataVersion.clear(); }
    Result<void> bind(SqliteStatement &statement, int firstParameter, const RowBatch &batch, int row);
    Result<void> noteInserted(const RowBatch &batch, int row); // a key that may be spelled in its own way

private:
    Result<void> scan();
    Result<void> scanRow(const SqliteStatement &row, RowEncoder &encoder, RowBatch &probe);
    Result<bool> isRegular(const RowBatch &batch, int row, const std::vector<StoredValue> &stored);
    Fingerprint keyOf(const RowBatch &batch, int row);

    const SqliteHandle &m_handle;
    QString m_table;
    std::shared_ptr<const RowLayout> m_layout; // of the key alone
    QStringList m_names;
    std::vector<CellSource> m_sources;
    std::vector<CellBinder> m_binders;
    bool m_manySpellings = false;
    QByteArray m_dataVersion; // empty: not read
    std::map<Fingerprint, std::vector<SqlValue>> m_irregular;
    std::string m_scratch;
    std::string m_text;
};

} // namespace tidemark
