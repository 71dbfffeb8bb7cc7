// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <set>

#include "core/endpoint/http/httpclient.h"
#include "core/endpoint/http/jsontext.h"
#include "core/endpoint/http/pagecache.h"

namespace tidemark::http {

// Reads a resource page by page: those that can be named in advance with several requests in flight, those that each
// other's answers name one after the other. Records are handed over in their order, and the bytes held are those of the
// pages in flight. Whatever makes the whole doubtful is PageUnusable, with Fact::Found telling why:
//   not-json, too-deep          the answer cannot be read
//   no-records, no-record       it has no array there, or the array holds something else than objects
//   repeated, repeated-cursor   a page or its continuation came before
//   empty, short                records follow a page that had none, or too few for their offsets to be right
//   too-many                    more records than were asked for, so that offsets overlap
//   count, count-sank           fewer records than the service counts, or it has lost some meanwhile
//   no-count, no-cursor         it does not count, or name its continuation, as the settings say
class PageWalker
{
public:
    struct Settings
    {
        HttpClient &client; // outlives the walker
        PageCache &cache;
        const HttpSettings &service;
        const HttpResource &resource;
        QString since; // empty: all
        Cancellation *cancellation = nullptr;
    };
    // The view is the record's JSON text, valid during the call. An error ends the reading.
    using Take = std::function<Result<void>(std::string_view record)>;

    explicit PageWalker(Settings settings);
    Result<void> walk(const Take &take); // to the proven end
    Result<void> sample(qint64 records, const Take &take); // so many, or fewer where there are no more
    std::optional<qint64> total() const { return m_total; } // as the service counts

private:
    struct Page
    {
        QByteArray body;
        std::string_view records; // the array
        QHash<QByteArray, QByteArray> headers;
        qint64 count = 0;
        QUrl url;
    };
    struct Flight
    {
        QUrl url;
        std::unique_ptr<PendingAnswer> answer;
    };

    Result<void> read(const Take &take);
    Result<void> counted(const Take &take);
    Result<void> followed(const Take &take);
    Result<Page> begin();
    Flight launch(const QUrl &url);
    Result<Page> land(Flight flight);
    Result<Page> open(HttpAnswer answer, const QUrl &url);
    Result<void> deliver(const Page &page, const Take &take);
    Result<void> noteTotal(const Page &page);
    Result<void> noteHash(const Page &page);
    Result<void> checkStep(const Page &page);
    Result<std::optional<QUrl>> nextOf(const Page &page) const;
    Result<std::optional<QUrl>> linkOf(const Page &page, const QString &link) const;
    QUrl url(std::optional<qint64> index) const;
    bool wantsMore() const { return m_wanted < 0 || m_received < m_wanted; }
    Error fault(QLatin1StringView why, const QString &detail = {}) const;
    Error placed(Error error) const;

    Settings m_s;
    JsonPointer m_records;
    JsonPointer m_next;
    JsonPointer m_totalPointer;
    qint64 m_deadlineMs = -1;
    qint64 m_wanted = -1; // records of a sample; −1: all
    qint64 m_number = 0; // of the page at hand, from 1
    qint64 m_received = 0; // records
    qint64 m_step = 0; // records a page, of offsets; 0: not known yet
    bool m_wasShort = false;
    std::optional<qint64> m_total;
    std::set<std::pair<quint64, quint64>> m_pages; // hashes of those that came
};

} // namespace tidemark::http
