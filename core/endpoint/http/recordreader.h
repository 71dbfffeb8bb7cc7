// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/endpoint/http/httpservice.h"
#include "core/endpoint/http/placesorter.h"

namespace tidemark::http {

// Answers read requests from records that were read already: sorted, each key once. KeyUnusable: a record without a
// whole key; PageUnusable (key-twice): two that differ have the same.
class RecordReader final : public RowReader
{
public:
    // The request's table outlives the reader; marks, cursor and order are heeded, where and flag are not.
    static Result<std::unique_ptr<RecordReader>> open(std::shared_ptr<const RecordSpool> spool,
                                                      std::shared_ptr<const HttpService::Columns> columns,
                                                      const ReadRequest &request, Cancellation *cancellation);
    Result<bool> next(RowBatch &batch) override;
    // Every row whose key is among these: in any order, marks heeded.
    Result<void> pick(RowSelection keys, RowBatch &out);

private:
    RecordReader(std::shared_ptr<const RecordSpool> spool, std::shared_ptr<const HttpService::Columns> columns,
                 const ReadRequest &request, Cancellation *cancellation);

    Result<void> gather(PlaceSorter &byKey);
    Result<void> byCursor(PlaceSorter &byKey);
    Result<bool> nextByKey(PlaceSorter &sorter, std::string &record);
    Result<bool> isWanted(std::string_view record);
    Result<void> makeKey(qint64 number);
    void encode(RowBatch &out);

    std::shared_ptr<const RecordSpool> m_spool;
    std::shared_ptr<const HttpService::Columns> m_columns;
    const ReadRequest m_request;
    Cancellation *m_cancellation;
    RecordFields m_fields; // of the request's columns, then the mark's
    std::shared_ptr<const RowLayout> m_keyLayout;
    RowEncoder m_encoder;
    RowEncoder m_keyEncoder;
    RowBatch m_key;
    PlaceSorter m_sorted;
    std::vector<std::string_view> m_values;
    std::string m_sortKey;
    std::string m_lastKey, m_lastRecord, m_record;
    Place m_lastPlace;
    std::string m_scratch;
};

} // namespace tidemark::http
