// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <deque>

#include "core/endpoint/http/jsonbinder.h"
#include "core/endpoint/http/recordlookup.h"

namespace tidemark::http {

// Writes the records of one resource, several at a time, each by itself: inserts, updates and deletes that were done
// stay done whatever becomes of the others, and are not sent again when the applier comes back with them.
//
// An update or delete rests on the picture in the ledger and carries its ETag as If-Match; every write has an
// Idempotency-Key that is the same when the same change of the same origin comes again. A write whose answer was lost,
// or was a failure of the service, is looked at before anything is concluded: the record as it was to be is done, the
// record as it was is written again. A record that has moved is isMoved(): the applier reads and decides again.
class RecordWriter final : public RowWriter
{
public:
    struct Settings
    {
        HttpService &service;
        const HttpResource &resource;
        std::shared_ptr<const HttpService::Columns> columns;
        WriteRequest request;
        RecordLedger &ledger;
        Cancellation *cancellation = nullptr;
    };
    static Result<std::unique_ptr<RecordWriter>> open(Settings settings);

    Result<void> insert(RowSelection rows) override { return write(Verb::Insert, rows); }
    Result<void> update(RowSelection rows) override;
    Result<void> remove(RowSelection keys) override { return write(Verb::Remove, keys); }
    std::vector<int> standing(RowSelection rows) const override;
    std::vector<int> takeAltered(RowSelection rows) override;

private:
    enum class Verb : quint8 { Insert, Update, Remove };
    struct Job
    {
        Verb verb = Verb::Insert;
        std::size_t index = 0; // in the selection
        int row = 0;
        HttpRequest request;
        std::unique_ptr<PendingAnswer> answer;
        bool looking = false; // what became of it
        bool proving = false; // whether it is where it was to be
        int tries = 0;
    };
    enum class Next : quint8 { Done, Again };
    using Id = RecordLedger::Id;

    explicit RecordWriter(Settings settings);
    Result<void> learnSpelling();
    Result<void> write(Verb verb, RowSelection rows);
    Result<Job> prepare(Verb verb, const RowBatch &batch, int row);
    Result<std::string> inserted(const RowBatch &batch, int row);
    Result<std::string> updated(const RowBatch &batch, int row, const std::string &record);
    QByteArray idempotencyKey(const HttpRequest &request, const RecordPicture *picture) const;
    void launch(Job &job);
    Result<Next> judge(Job &job, const RowBatch &batch);
    Result<Next> accepted(Job &job, const RowBatch &batch, const HttpAnswer &answer);
    Result<Next> refusedBy(Job &job, const RowBatch &batch, Error error);
    Result<Next> looked(Job &job, const RowBatch &batch, const std::optional<RecordPicture> &now);
    Result<Next> look(Job &job, const RowBatch &batch);
    Result<Next> again(Job &job, const RowBatch &batch);
    void keepStored(const RowBatch &batch, int row, const std::optional<std::string> &record, const QByteArray &etag);
    bool holds(std::string_view record, const RowBatch &batch, int row, bool onlyWhatIsThere = false);
    bool holdsKey(std::string_view record, const RowBatch &batch, int row);
    const RecordPicture *pictureOf(const RowBatch &batch, int row) const;
    Id id(Verb verb, const RowBatch &batch, int row) const;
    Error located(Error error, const RowBatch &batch, int row) const;
    Error fault(const QString &option) const;

    Settings m_s;
    struct Field
    {
        WriteColumn column;
        JsonPointer from;
        JsonBinder binder;
    };
    std::vector<Field> m_fields;
    RecordLookup m_lookup;
    std::optional<RecordPath> m_insertPath;
    RecordPath m_updatePath;
    std::optional<RecordPath> m_removePath;
    Verb m_lastVerb = Verb::Insert;
    bool m_stopping = false; // nothing is sent any more: what is under way is waited for
    bool m_provenInsert = false; // a record that was sent is where it was to be
};

} // namespace tidemark::http
