// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include <QJsonObject>
#include <QList>
#include <QString>
#include <QStringList>

#include "core/data/tableschema.h"

namespace tidemark {

// A web service as a connection describes it: where it is, who asks, and which of its resources are tables
// (interfaces.md, Web services).

// Who asks. The secret itself comes from ConnectionSettings::password, the name from ConnectionSettings::user.
struct HttpAuth
{
    enum class Kind : quint8 { None, Basic, Bearer, Header };
    Kind kind = Kind::None;
    QString header; // of Header
    bool operator==(const HttpAuth &) const = default;
};

struct HttpColumn
{
    QString name;
    QString type; // as in the file: "decimal(12,2)"
    QString from; // JSON pointer into the record; empty: its member of that name
    bool operator==(const HttpColumn &) const = default;
};

// How one record is written: "PUT /orders/{id}"; what stands in braces is a column of the key.
struct HttpVerb
{
    QString method;
    QString path; // below the service's URL
    bool operator==(const HttpVerb &) const = default;
};

struct HttpWrite
{
    std::optional<HttpVerb> insert; // POST or PUT
    std::optional<HttpVerb> update; // PUT (the whole record) or PATCH (what differs); a GET there reads the record
    std::optional<HttpVerb> remove; // DELETE
    QString record; // JSON pointer to the record in an answer that holds one; empty: it is the answer
    bool operator==(const HttpWrite &) const = default;
};

// The service's own way of asking for what is new.
struct HttpSince
{
    QString param;
    QString field; // the column whose values it is compared with
    bool operator==(const HttpSince &) const = default;
};

// Where the records of a resource go on.
struct HttpPaging
{
    enum class By : quint8 { None, Page, Offset, Cursor, NextLink };
    By by = By::None;
    QString param; // of the page, the offset or the cursor
    QString sizeParam; // empty: the service's own size
    qint64 size = 0; // records a page; 0: not said
    qint64 first = 1; // Page
    QString next; // JSON pointer to the cursor or the link; empty: the Link header
    QString total; // JSON pointer ("/…") or header that tells how many records there are; empty: nobody does
    bool operator==(const HttpPaging &) const = default;
};

struct HttpResource
{
    QString name;
    QString path; // below the service's URL
    QString records; // JSON pointer to their array; empty: the answer is the array
    QStringList key; // columns; empty: the job names it
    std::optional<QList<HttpColumn>> columns; // not set: inferred
    std::optional<HttpSince> since;
    HttpPaging paging;
    std::optional<HttpWrite> write; // not set: it is read alone
    QList<std::pair<QString, QString>> query; // sent with each request that reads records
    bool operator==(const HttpResource &) const = default;
};

// What a service may at most cost us.
struct HttpLimits
{
    qint64 bodyBytes = 64 << 20; // of one answer, decompressed
    int depth = 64; // levels of JSON
    int redirects = 5;
    qint64 requestMs = 120'000; // one request, with its answer
    qint64 readMs = 6 * 3'600'000; // all of a resource
    int retries = 5; // of one request
    qint64 retryDelayMs = 500; // before the first; it doubles
    qint64 waitMs = 300'000; // longest wait that the service may ask for
    bool operator==(const HttpLimits &) const = default;
};

struct HttpSettings
{
    QString url; // without a slash at its end
    bool clearText = false; // http is allowed beyond this computer
    HttpAuth auth;
    QList<std::pair<QString, QString>> headers; // sent with each request
    QList<HttpResource> resources;
    int inFlight = 8; // requests at the same time, of all resources
    HttpLimits limits;

    const HttpResource *resource(QStringView name) const; // null: none of that name
    QString origin() const; // "https://crm.example:8443", the port only where it is not the scheme's
    bool operator==(const HttpSettings &) const = default;
};

// "integer", "decimal", "decimal(12,2)", "float", "boolean", "text", "text(40)", "date", "time", "timestamp" (an
// instant), "datetime" (without a zone), "uuid", "json"; nothing: no such type.
std::optional<ColumnType> httpColumnType(const QString &type);
QString httpTypeName(const ColumnType &type); // the reverse

QJsonObject httpToJson(const HttpSettings &settings); // its keys of the connection, but auth
} // namespace tidemark
