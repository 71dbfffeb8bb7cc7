// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <numeric>

#include "tests/support/fakedatabase.h"

namespace tidemark {

// What the engine would ask of a fake table: every column as it is, the key first.
struct FakeAccess
{
    TableSchema schema;
    std::shared_ptr<RowLayout> layout = std::make_shared<RowLayout>();
    QStringList names;
    std::vector<CellSource> sources;

    FakeAccess(const FakeDatabase &database, const QString &table);
    ReadRequest read(ReadRequest::Order order = ReadRequest::Order::Key) const;
    WriteRequest write() const;
    RowBatch rows(const QList<FakeValues> &values) const;
    QStringList texts(const RowBatch &batch) const; // "1|anna|NULL"
    // To the end; "(refused)" or "(broken)" last where it did not get there.
    QStringList readAll(Session &session, const ReadRequest &request, Error *error = nullptr) const;
};

// Rows to be written or looked up, all of them selected.
struct SelectedRows
{
    RowBatch batch;
    std::vector<int> all;
    explicit SelectedRows(RowBatch rows) : batch(std::move(rows)), all(static_cast<size_t>(batch.rowCount()))
    {
        std::iota(all.begin(), all.end(), 0);
    }
    operator RowSelection() const { return {&batch, all}; }
};

} // namespace tidemark
