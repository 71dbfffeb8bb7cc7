// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/http/pagewalker.h"

#include <algorithm>

#include <QDeadlineTimer>
#include <QUrlQuery>

#include <xxhash.h>

#include "core/base/units.h"

namespace tidemark::http {

using namespace Qt::StringLiterals;

namespace {

constexpr int mostEmptyPages = 1000; // one after the other, where each names the next

bool counts(HttpPaging::By by) { return by == HttpPaging::By::Page || by == HttpPaging::By::Offset; }

} // namespace

PageWalker::PageWalker(Settings settings)
    : m_s(std::move(settings)), m_records(pointerOf(m_s.resource.records)), m_next(pointerOf(m_s.resource.paging.next))
{
    if (m_s.resource.paging.total.startsWith(u'/'))
        m_totalPointer = pointerOf(m_s.resource.paging.total);
}

Result<void> PageWalker::walk(const Take &take)
{
    m_wanted = -1;
    return read(take);
}

Result<void> PageWalker::sample(qint64 records, const Take &take)
{
    m_wanted = records;
    return read(take);
}

Result<void> PageWalker::read(const Take &take)
{
    m_deadlineMs = QDeadlineTimer::current().deadline() + m_s.service.limits.readMs;
    m_number = m_received = m_step = 0;
    m_wasShort = false;
    m_total.reset();
    m_pages.clear();
    TRY(counts(m_s.resource.paging.by) ? counted(take) : followed(take));
    if (wantsMore() && m_total && m_received < *m_total)
        return fail(fault("count"_L1, u"%1 of %2 records"_s.arg(m_received).arg(*m_total)));
    return {};
}

// Pages that can be named in advance. The end is what the service counts, or a page without records and another one
// after it: one alone may be a mistake, and would cost rows where deletes follow.
Result<void> PageWalker::counted(const Take &take)
{
    TRY_ASSIGN(Page page, land(launch(url(0))));
    const HttpPaging &paging = m_s.resource.paging;
    m_step = page.count > 0 && (paging.size == 0 || page.count < paging.size) ? page.count : paging.size;
    std::deque<Flight> window;
    qint64 next = 1;
    bool wasEmpty = false;
    for (;;) {
        const bool isEmpty = page.count == 0;
        if (!isEmpty && wasEmpty)
            return fail(fault("empty"_L1));
        if (isEmpty && m_total && m_received < *m_total)
            return fail(fault("empty"_L1, u"%1 of %2 records"_s.arg(m_received).arg(*m_total)));
        TRY(checkStep(page));
        const bool isOver = m_total ? m_received + page.count >= *m_total : isEmpty && wasEmpty;
        const bool isLast = isOver || (m_wanted >= 0 && m_received + page.count >= m_wanted);
        wasEmpty = isEmpty;
        const auto isNeeded = [&] { return !m_total || m_step <= 0 || next * m_step < *m_total; };
        while (!isLast && qint64(window.size()) < m_s.service.inFlight && (window.empty() || isNeeded()))
            window.push_back(launch(url(next++)));
        TRY(deliver(page, take));
        if (isLast)
            return {};
        Flight flight = std::move(window.front());
        window.pop_front();
        TRY_ASSIGN(page, land(std::move(flight)));
    }
}

// An offset is right only if all pages before it were as long as it reckons with.
Result<void> PageWalker::checkStep(const Page &page)
{
    if (m_s.resource.paging.by != HttpPaging::By::Offset || page.count == 0)
        return {};
    if (m_wasShort)
        return fail(fault("short"_L1));
    if (page.count > m_step)
        return fail(fault("too-many"_L1, u"%1 records for %2"_s.arg(page.count).arg(m_step)));
    m_wasShort = page.count < m_step;
    return {};
}

// Each page names the next; it is on its way while the records of this one are taken.
Result<void> PageWalker::followed(const Take &take)
{
    std::set<QByteArray> seen;
    int empty = 0;
    Flight flight = launch(url(std::nullopt));
    for (;;) {
        seen.insert(flight.url.toEncoded()); // NOLINT(bugprone-use-after-move): launched anew
        TRY_ASSIGN(const Page page, land(std::move(flight)));
        std::optional<QUrl> next;
        if (m_s.resource.paging.by != HttpPaging::By::None) {
            TRY_ASSIGN(next, nextOf(page));
        }
        empty = page.count == 0 ? empty + 1 : 0;
        if (next && seen.contains(next->toEncoded()))
            return fail(fault("repeated-cursor"_L1));
        if (next && empty >= mostEmptyPages)
            return fail(fault("empty"_L1));
        const bool isLast = !next || (m_wanted >= 0 && m_received + page.count >= m_wanted);
        if (!isLast)
            flight = launch(*next);
        TRY(deliver(page, take));
        if (isLast)
            return {};
    }
}

PageWalker::Flight PageWalker::launch(const QUrl &url)
{
    HttpRequest request;
    request.url = url;
    if (const auto kept = m_s.cache.find(url.toEncoded())) {
        if (!kept->etag.isEmpty())
            request.headers.append({"If-None-Match", kept->etag});
        else
            request.headers.append({"If-Modified-Since", kept->lastModified});
    }
    return {url, m_s.client.send(std::move(request))};
}

Result<PageWalker::Page> PageWalker::land(Flight flight)
{
    ++m_number;
    auto arrived = flight.answer->wait(m_s.cancellation, m_deadlineMs);
    if (!arrived) {
        Error error = std::move(arrived).error();
        if (error.code == ErrorCode::Timeout && !error.facts.contains(Fact::Limit))
            error.with(Fact::Limit, formatDuration(m_s.service.limits.readMs));
        if (error.code == ErrorCode::NoSuchTable && m_number > 1)
            error.code = ErrorCode::RequestRefused; // the resource is there
        return fail(placed(std::move(error)));
    }
    return open(std::move(*arrived), flight.url);
}

Result<PageWalker::Page> PageWalker::open(HttpAnswer answer, const QUrl &url)
{
    Page page;
    page.url = url;
    page.headers = std::move(answer.headers);
    const QByteArray place = url.toEncoded();
    const QByteArray totalHeader = m_s.resource.paging.total.toLatin1().toLower();
    if (answer.status == 304) {
        auto kept = m_s.cache.find(place);
        if (!kept)
            return fail(fault("not-json"_L1, u"304"_s));
        page.body = kept->body;
        if (!page.headers.contains(totalHeader) && !kept->total.isEmpty())
            page.headers.insert(totalHeader, kept->total);
    } else {
        page.body = std::move(answer.body);
    }
    const auto text = [&page] { return std::string_view(page.body.constData(), std::size_t(page.body.size())); };
    if (text().starts_with("\xef\xbb\xbf"))
        page.body.remove(0, 3);
    if (const auto broken = checkJson(text(), m_s.service.limits.depth)) {
        return fail(fault(broken->tooDeep ? "too-deep"_L1 : "not-json"_L1,
                          u"at byte %1 of %2"_s.arg(broken->at).arg(page.body.size())));
    }
    const auto records = valueAt(text(), m_records);
    if (!records || kindOf(*records) != JsonKind::Array)
        return fail(fault("no-records"_L1, m_s.resource.records));
    page.records = *records;
    for (JsonItems items(*records); items.next(); ++page.count) {
        if (kindOf(items.value()) != JsonKind::Object)
            return fail(fault("no-record"_L1, u"record %1"_s.arg(page.count + 1)));
    }
    TRY(noteTotal(page));
    TRY(noteHash(page));
    const QByteArray etag = page.headers.value("etag");
    const QByteArray lastModified = page.headers.value("last-modified");
    if (answer.status == 200 && (!etag.isEmpty() || !lastModified.isEmpty()))
        m_s.cache.keep(place, {page.body, etag, lastModified, page.headers.value(totalHeader)},
                       m_s.since.isEmpty()); // whose URL is another the next time
    return page;
}

Result<void> PageWalker::noteTotal(const Page &page)
{
    const HttpPaging &paging = m_s.resource.paging;
    if (paging.total.isEmpty())
        return {};
    QByteArray digits;
    if (m_totalPointer.empty()) {
        digits = page.headers.value(paging.total.toLatin1().toLower()).trimmed();
    } else if (const auto value = valueAt({page.body.constData(), std::size_t(page.body.size())}, m_totalPointer)) {
        digits = QByteArray(value->data(), qsizetype(value->size()));
    }
    bool isNumber = false;
    const qint64 total = digits.toLongLong(&isNumber);
    if (!isNumber || total < 0)
        return fail(fault("no-count"_L1, paging.total));
    // What has gone since moved others to where they were read already: they would be missed.
    if (m_total && total < *m_total)
        return fail(fault("count-sank"_L1, u"%1, then %2"_s.arg(*m_total).arg(total)));
    m_total = total;
    return {};
}

Result<void> PageWalker::noteHash(const Page &page)
{
    if (page.count == 0)
        return {};
    const XXH128_hash_t hash = XXH3_128bits(page.records.data(), page.records.size());
    return m_pages.emplace(hash.high64, hash.low64).second ? Result<void>() : fail(fault("repeated"_L1));
}

Result<void> PageWalker::deliver(const Page &page, const Take &take)
{
    for (JsonItems items(page.records); wantsMore() && items.next();) {
        ++m_received;
        TRY(take(items.value()));
    }
    return {};
}

QUrl PageWalker::url(std::optional<qint64> index) const
{
    const HttpResource &resource = m_s.resource;
    const HttpPaging &paging = resource.paging;
    QUrl url(m_s.service.url + resource.path);
    QUrlQuery query;
    const auto add = [&query](const QString &name, const QString &value) {
        query.addQueryItem(QString::fromLatin1(QUrl::toPercentEncoding(name)),
                           QString::fromLatin1(QUrl::toPercentEncoding(value)));
    };
    for (const auto &[name, value] : resource.query)
        add(name, value);
    if (!m_s.since.isEmpty() && resource.since)
        add(resource.since->param, m_s.since);
    if (!paging.sizeParam.isEmpty())
        add(paging.sizeParam, QString::number(paging.size));
    if (index && paging.by == HttpPaging::By::Page)
        add(paging.param, QString::number(paging.first + *index));
    if (index && paging.by == HttpPaging::By::Offset)
        add(paging.param, QString::number(*index * m_step));
    if (!query.isEmpty())
        url.setQuery(query);
    return url;
}

Error PageWalker::placed(Error error) const
{
    error.with(Fact::Table, m_s.resource.name);
    if (m_number > 0)
        error.with(Fact::Page, QString::number(m_number));
    return error;
}

Error PageWalker::fault(QLatin1StringView why, const QString &detail) const
{
    return placed(Error{ErrorCode::PageUnusable, {{Fact::Found, why}}, detail});
}

} // namespace tidemark::http
