// SPDX-License-Identifier: GPL-3.0-or-later
#include <QUrlQuery>

#include "core/endpoint/http/pagewalker.h"

namespace tidemark::http {

using namespace Qt::StringLiterals;

namespace {

// The target of rel="next" (RFC 8288), or nothing.
std::optional<QString> nextLink(const QByteArray &header)
{
    qsizetype at = 0;
    while ((at = header.indexOf('<', at)) >= 0) {
        const qsizetype end = header.indexOf('>', at);
        if (end < 0)
            return std::nullopt;
        const QByteArray target = header.mid(at + 1, end - at - 1);
        qsizetype stop = header.indexOf('<', end); // of the next link
        if (stop < 0)
            stop = header.size();
        const QList<QByteArray> parameters = header.mid(end + 1, stop - end - 1).split(';');
        for (QByteArray parameter : parameters) {
            parameter = parameter.trimmed();
            while (parameter.endsWith(',') || parameter.endsWith(' '))
                parameter.chop(1);
            const qsizetype equals = parameter.indexOf('=');
            if (equals < 0 || parameter.first(equals).trimmed().toLower() != "rel")
                continue;
            QByteArray relations = parameter.mid(equals + 1).trimmed().toLower();
            relations.replace('"', "");
            if (relations.split(' ').contains("next"))
                return QString::fromUtf8(target);
        }
        at = end;
    }
    return std::nullopt;
}

QString originOf(const QUrl &url) { return url.scheme() + "://"_L1 + url.authority(); }

int portOf(const QUrl &url) { return url.port(url.scheme() == "https"_L1 ? 443 : 80); }

} // namespace

// Nothing: the end. A continuation that is null, absent or empty is one.
Result<std::optional<QUrl>> PageWalker::nextOf(const Page &page) const
{
    const HttpPaging &paging = m_s.resource.paging;
    if (m_next.empty()) {
        const auto link = nextLink(page.headers.value("link"));
        return link ? linkOf(page, *link) : Result<std::optional<QUrl>>(std::nullopt);
    }
    const auto value = valueAt({page.body.constData(), std::size_t(page.body.size())}, m_next);
    if (!value || kindOf(*value) == JsonKind::Null)
        return std::optional<QUrl>();
    std::string text(*value);
    if (kindOf(*value) == JsonKind::String)
        decodeString(*value, text);
    else if (kindOf(*value) != JsonKind::Number || paging.by == HttpPaging::By::NextLink)
        return fail(fault("no-cursor"_L1, paging.next));
    if (text.empty())
        return std::optional<QUrl>();
    if (paging.by == HttpPaging::By::NextLink)
        return linkOf(page, QString::fromStdString(text));
    QUrl next = url(std::nullopt);
    QUrlQuery query(next);
    query.addQueryItem(QString::fromLatin1(QUrl::toPercentEncoding(paging.param)),
                       QString::fromLatin1(QUrl::toPercentEncoding(QString::fromStdString(text))));
    next.setQuery(query);
    return std::optional(next);
}

// A link stays where it came from: whoever it is sent to gets the credentials.
Result<std::optional<QUrl>> PageWalker::linkOf(const Page &page, const QString &link) const
{
    const QUrl next = page.url.resolved(QUrl(link, QUrl::StrictMode));
    if (!next.isValid() || link.isEmpty())
        return fail(fault("no-cursor"_L1));
    const bool isHere = next.scheme() == page.url.scheme() && next.host() == page.url.host()
        && portOf(next) == portOf(page.url) && next.userInfo().isEmpty();
    if (!isHere)
        return fail(placed(Error{
            ErrorCode::RequestRefused, {{Fact::Host, page.url.host()}}, u"its next page is at "_s + originOf(next)}));
    return std::optional(next);
}

} // namespace tidemark::http
