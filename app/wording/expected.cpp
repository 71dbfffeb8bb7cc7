// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/wording/schedulewords.h"
#include "app/wording/text.h"

namespace tidemark::wording {

using namespace Qt::StringLiterals;

namespace {

// The names of types that JsonReader uses; anything else (a literal, a bound) is shown as it is.
QString word(const QString &name)
{
    if (name == "string"_L1)
        return Wording::tr("a text");
    if (name == "non-empty"_L1)
        return Wording::tr("something that is not empty");
    if (name == "printable"_L1)
        return Wording::tr("a text without control characters");
    if (name == "short-name"_L1)
        return Wording::tr("a shorter name");
    if (name == "target-filter"_L1)
        return Wording::tr("the same condition over the target's columns, as rows outside it would be deleted there");
    if (name == "both-filters"_L1)
        return Wording::tr("the same condition over this side's columns, as a two-way job filters both sides");
    if (name == "boolean"_L1)
        return Wording::tr("true or false");
    if (name == "integer"_L1)
        return Wording::tr("a whole number");
    if (name == "number"_L1)
        return Wording::tr("a number");
    if (name == "object"_L1)
        return Wording::tr("an object { … }");
    if (name == "array"_L1)
        return Wording::tr("a list [ … ]");
    if (name == "null"_L1)
        return Wording::tr("nothing (null)");
    if (name == "duration"_L1)
        return Wording::tr("a duration such as 30s or 15m");
    if (name == "size"_L1)
        return Wording::tr("a size such as 8MiB");
    if (name == "uuid"_L1)
        return Wording::tr("a UUID");
    if (name == "zone"_L1)
        return Wording::tr("a time zone such as Europe/Berlin");
    if (name == "sha256"_L1)
        return Wording::tr("a SHA-256 fingerprint of 64 hexadecimal digits");
    if (name == "path"_L1)
        return Wording::tr("the path of a file");
    if (name == "new-file"_L1)
        return Wording::tr("a file that does not exist yet");
    if (name == "plan-file"_L1)
        return Wording::tr("a finished plan that plan --save wrote");
    if (name == "url"_L1)
        return Wording::tr("a URL such as postgres://user@host/database");
    if (name == "hook-url"_L1)
        return Wording::tr("a URL such as https://host/path, without user and password (http for this machine alone)");
    if (name == "http-url"_L1)
        return Wording::tr("a URL such as https://host/path, without user, password, query and fragment");
    if (name == "https-for-secrets"_L1)
        return Wording::tr("https, as credentials do not travel in clear text");
    if (name == "https-or-clear-text"_L1)
        return Wording::tr("https, or \"clearText\": true beside it");
    if (name == "http-path"_L1)
        return Wording::tr("a path such as /orders, without query and fragment");
    if (name == "http-verb"_L1)
        return Wording::tr("a request such as PUT /orders/{id} that names the key, with POST or PUT for insert, PUT or "
                           "PATCH for update, DELETE for delete");
    if (name == "http-write-key"_L1)
        return Wording::tr("to stand beside \"key\", whose columns the paths name");
    if (name == "http-header"_L1)
        return Wording::tr("the name of an HTTP header that is free to be set");
    if (name == "json-pointer"_L1)
        return Wording::tr("a JSON pointer such as /data/items");
    if (name == "column-type"_L1)
        return Wording::tr(
            "a type: integer, decimal(12,2), float, boolean, text, date, time, timestamp, datetime, uuid, json");
    if (name == "column"_L1)
        return Wording::tr("the name of one of its columns");
    if (name == "table-name"_L1)
        return Wording::tr("a name that does not begin with tidemark_");
    if (name == "user-without-colon"_L1)
        return Wording::tr("a user's name without a colon");
    if (name == "connection"_L1)
        return Wording::tr("a connection's name or an object { … }");
    if (name == "not-amq"_L1)
        return Wording::tr("a name that does not begin with amq.");
    if (name == "redis-database"_L1)
        return Wording::tr("the number of a Redis database, as a text");
    if (name == "host"_L1)
        return Wording::tr("a host name or an address");
    if (name == "ssh-word"_L1)
        return Wording::tr("a name without blanks, quotes and signs of a shell, and without a leading hyphen");
    if (name == "other-than-pending"_L1)
        return Wording::tr("another value than for pending");
    if (name == "other-than-deleted"_L1)
        return Wording::tr("another value than for deleted");
    if (name == "other-than-mark"_L1)
        return Wording::tr("another column than the one that marks deleted rows");
    if (name == "written-only"_L1)
        return Wording::tr("nothing here (null): this side is not written");
    if (name == "two-way-only"_L1)
        return Wording::tr("nothing here (null): two-way jobs alone have it");
    if (name == "newest-only"_L1)
        return Wording::tr("nothing here (null): the policy newest alone has it");
    if (name == "compared-only"_L1)
        return Wording::tr("nothing here (null): the column is not compared");
    if (name == "conflict-id"_L1)
        return Wording::tr("the number of a conflict that is open or skipped");
    if (name == "conflict-key"_L1)
        return Wording::tr("the key of a conflict that is open or skipped");
    if (name == "[schema, table]"_L1)
        return Wording::tr("[schema, table]");
    const QString ofSchedule = scheduleExpected(name);
    return ofSchedule.isEmpty() ? safeText(name) : ofSchedule;
}

} // namespace

QString expected(const QString &alternatives)
{
    QStringList words;
    const QStringList parts = alternatives.split(u" | "_s);
    for (const QString &part : parts)
        words.append(word(part));
    const QString last = words.takeLast();
    return words.isEmpty() ? last
                           : Wording::tr("%1 or %2").arg(words.join(Wording::tr(", ", "between alternatives")), last);
}

} // namespace tidemark::wording
