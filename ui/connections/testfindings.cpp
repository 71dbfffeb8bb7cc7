// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/connections/testfindings.h"

#include "app/wording/wording.h"
#include "ui/connections/testpanel.h"
#include "ui/widgets/format.h"

using namespace Qt::StringLiterals;

namespace tidemark {

static QString encryption(const ConnectionTest &test)
{
    if (!test.encrypted)
        return TestPanel::tr("Not encrypted.");
    return test.verified
        ? TestPanel::tr("Encrypted by %1, server verified.").arg(wording::safeText(test.tlsProtocol))
        : TestPanel::tr("Encrypted by %1, server not verified.").arg(wording::safeText(test.tlsProtocol));
}

static QString rights(const ConnectionTest &test, bool readOnly)
{
    const QString all = format::count(test.tables);
    const QString readable = format::count(test.readableTables);
    if (readOnly)
        return TestPanel::tr("Tables: %1, readable: %2.").arg(all, readable);
    return TestPanel::tr("Tables: %1, readable: %2, writable: %3.")
        .arg(all, readable, format::count(test.writableTables));
}

static QString resources(const ConnectionTest &test, bool readOnly)
{
    const QString all = format::count(test.tables);
    const QString answered = format::count(test.readableTables);
    if (readOnly || test.writableTables == 0)
        return TestPanel::tr("Resources: %1, of which %2 answered.").arg(all, answered);
    return TestPanel::tr("Resources: %1, of which %2 answered; writable: %3.")
        .arg(all, answered, format::count(test.writableTables));
}

static QStringList waiting(const QueueCounts &counts)
{
    QStringList lines;
    if (counts.waiting >= 0)
        lines << TestPanel::tr("%Ln message(s) wait.", nullptr, static_cast<int>(counts.waiting));
    if (counts.unacknowledged > 0)
        lines << TestPanel::tr("%Ln message(s) handed out and not answered yet.", nullptr,
                               static_cast<int>(counts.unacknowledged));
    if (counts.quarantined > 0)
        lines << TestPanel::tr("%Ln message(s) set aside.", nullptr, static_cast<int>(counts.quarantined));
    return lines;
}

static QStringList remarks(const ServerFacts &facts)
{
    QStringList lines;
    for (const QString &code : facts.remarks) {
        CheckItem item;
        item.code = code;
        item.detail = facts.product;
        if (!code.startsWith("tls-"_L1)) // said already
            lines << wording::checkItem(item);
    }
    return lines;
}

static QString creation(const ConnectionTest &test)
{
    return test.canCreate ? TestPanel::tr("Tables can be created.") : TestPanel::tr("Tables cannot be created.");
}

QStringList findings(const ConnectionTest &test, Driver driver, bool readOnly)
{
    QStringList lines;
    if (driver != Driver::Sqlite)
        lines << encryption(test);
    else if (!test.fileExists)
        lines << TestPanel::tr("There is no such file yet.");
    else if (test.fileLocked)
        lines << TestPanel::tr("Another program is writing to it just now.");
    if (test.throughSsh)
        lines << TestPanel::tr("Reached through the SSH tunnel.");
    if (test.queue)
        lines << waiting(*test.queue);
    else if (driver == Driver::Http)
        lines << resources(test, readOnly);
    else
        lines << rights(test, readOnly);
    if (!test.queue && !readOnly && test.facts.readOnly)
        lines << TestPanel::tr("Nothing can be written there.");
    else if (isSql(driver) && !readOnly && test.fileExists)
        lines << creation(test);
    lines += remarks(test.facts);
    lines << TestPanel::tr("Connected in %1 ms.").arg(format::count(test.milliseconds));
    return lines;
}

} // namespace tidemark
