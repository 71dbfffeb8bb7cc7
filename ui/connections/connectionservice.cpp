// SPDX-License-Identifier: GPL-3.0-or-later
// What is wrong with a web service or a message queue as it is being typed.
#include <QSet>

#include "app/wording/wording.h"
#include "core/base/units.h"
#include "core/config/httpreader.h"
#include "ui/connections/connectiondraft.h"

using namespace Qt::StringLiterals;

namespace tidemark {

using Field = ConnectionField;
using Kind = PasswordSource::Kind;
using Problems = QList<ConnectionProblem>;
using By = HttpPaging::By;

static QString pointerProblem()
{
    return ConnectionDraft::tr("A JSON pointer begins with a slash, such as /data/items.");
}

void ConnectionDraft::authProblems(Problems &problems) const
{
    const HttpAuth::Kind kind = service.auth.kind;
    if (kind == HttpAuth::Kind::Header) {
        const QString name = service.auth.header.trimmed();
        if (name.isEmpty())
            problems.append({Field::AuthHeader, tr("Enter the name of the header, such as X-Api-Key."), true});
        else if (!httpHeaderFault(name, true).isEmpty())
            problems.append({Field::AuthHeader, tr("A header's name has letters, digits and hyphens.")});
    }
    if (kind == HttpAuth::Kind::Basic && user.trimmed().isEmpty())
        problems.append({Field::User, tr("Enter the user whom the service knows."), true});
    else if (kind == HttpAuth::Kind::Basic && user.contains(u':'))
        problems.append({Field::User, tr("A user of this kind of authentication has no colon.")});
    if (!takesSecret())
        return;
    if (passwordKind == Kind::None)
        problems.append({Field::PasswordKind, tr("Choose where the secret comes from.")});
    passwordProblems(problems);
}

namespace {

// One resource's faults, each with its place in the list.
class ResourceCheck
{
public:
    ResourceCheck(const HttpResource &resource, int item, Problems &problems)
        : m_resource(resource), m_item(item), m_problems(problems)
    { }
    void names(QSet<QString> &taken);
    void columns();
    void paging();
    void query();
    void writing();

private:
    void say(Field field, const QString &text, bool missing = false)
    {
        m_problems.append({field, text, missing, m_item});
    }
    bool hasColumn(const QString &name) const;
    void verb(Field field, HttpChange change, const std::optional<HttpVerb> &verb);

    const HttpResource &m_resource;
    int m_item;
    Problems &m_problems;
};

bool ResourceCheck::hasColumn(const QString &name) const
{
    if (!m_resource.columns)
        return true; // it turns out when they are inferred
    return std::any_of(m_resource.columns->cbegin(), m_resource.columns->cend(),
                       [&name](const HttpColumn &column) { return column.name == name; });
}

void ResourceCheck::names(QSet<QString> &taken)
{
    if (m_resource.name.isEmpty())
        say(Field::ResourceName, ConnectionDraft::tr("Enter what jobs call this table."), true);
    else if (taken.contains(m_resource.name))
        say(Field::ResourceName, ConnectionDraft::tr("There is a resource of this name already."));
    else if (m_resource.name.startsWith("tidemark_"_L1))
        say(Field::ResourceName, ConnectionDraft::tr("Names that begin with tidemark_ are Tidemark's own."));
    taken.insert(m_resource.name);
    if (m_resource.path.isEmpty())
        say(Field::ResourcePath, ConnectionDraft::tr("Enter the path below the address, such as /orders."), true);
    else if (!isHttpPath(m_resource.path))
        say(Field::ResourcePath,
            ConnectionDraft::tr("A path begins with a slash and has neither a query nor a fragment: /orders."));
    if (!isJsonPointer(m_resource.records))
        say(Field::Records, pointerProblem());
}

void ResourceCheck::columns()
{
    QSet<QString> seen;
    for (const HttpColumn &column : m_resource.columns.value_or(QList<HttpColumn>())) {
        const QString name = wording::safeText(column.name, 40);
        if (column.name.isEmpty())
            return say(Field::Columns, ConnectionDraft::tr("A column needs a name."));
        if (seen.contains(column.name))
            return say(Field::Columns, ConnectionDraft::tr("There are two columns named %1.").arg(name));
        if (!httpColumnType(column.type))
            return say(Field::Columns,
                       ConnectionDraft::tr("%1: there is no type %2.").arg(name, wording::safeText(column.type, 40)));
        if (!isJsonPointer(column.from))
            return say(Field::Columns, u"%1: %2"_s.arg(name, pointerProblem()));
        seen.insert(column.name);
    }
    for (const QString &name : m_resource.key) {
        if (!hasColumn(name))
            say(Field::Key, ConnectionDraft::tr("There is no column %1.").arg(wording::safeText(name, 40)));
    }
    if (!m_resource.since)
        return;
    if (m_resource.since->param.isEmpty())
        say(Field::Since, ConnectionDraft::tr("Enter the parameter that asks for what is new."));
    else if (m_resource.since->field.isEmpty())
        say(Field::Since, ConnectionDraft::tr("Enter the column that the parameter is compared with."));
    else if (!hasColumn(m_resource.since->field))
        say(Field::Since,
            ConnectionDraft::tr("There is no column %1.").arg(wording::safeText(m_resource.since->field, 40)));
}

void ResourceCheck::paging()
{
    const HttpPaging &paging = m_resource.paging;
    if (paging.by != By::None && paging.by != By::NextLink && paging.param.isEmpty())
        say(Field::PagingParam, ConnectionDraft::tr("Enter the parameter that names the page."), true);
    if (!paging.sizeParam.isEmpty() && paging.size == 0)
        say(Field::PageSize, ConnectionDraft::tr("Enter how many records a page is to have."));
    if (paging.by == By::Cursor && paging.next.isEmpty())
        say(Field::PagingNext, ConnectionDraft::tr("Enter where the answer holds the next cursor."), true);
    else if (!isJsonPointer(paging.next))
        say(Field::PagingNext, pointerProblem());
    if (paging.total.startsWith(u'/') && !isJsonPointer(paging.total))
        say(Field::PagingTotal, pointerProblem());
    else if (!paging.total.isEmpty() && !paging.total.startsWith(u'/')
             && !httpHeaderFault(paging.total, true).isEmpty())
        say(Field::PagingTotal, ConnectionDraft::tr("Enter a JSON pointer such as /total, or the name of a header."));
}

void ResourceCheck::query()
{
    QSet<QString> seen;
    for (const auto &[name, value] : m_resource.query) {
        if (name.isEmpty())
            return say(Field::Query, ConnectionDraft::tr("A parameter needs a name."));
        if (seen.contains(name))
            return say(Field::Query,
                       ConnectionDraft::tr("There are two parameters named %1.").arg(wording::safeText(name, 40)));
        seen.insert(name);
    }
}

void ResourceCheck::verb(Field field, HttpChange change, const std::optional<HttpVerb> &verb)
{
    if (!verb)
        return;
    const QString fault = httpVerbFault(*verb, change, m_resource.key);
    const QString name = wording::safeText(fault.section(u':', 1), 40);
    if (verb->path.isEmpty())
        say(field, ConnectionDraft::tr("Enter the path below the address, such as /orders/{id}."), true);
    else if (fault.startsWith("unknown:"_L1))
        say(field, ConnectionDraft::tr("{%1} is no column of the key.").arg(name));
    else if (fault.startsWith("missing:"_L1))
        say(field, ConnectionDraft::tr("The path is that of one record: {%1} is missing in it.").arg(name));
    else if (!fault.isEmpty())
        say(field,
            ConnectionDraft::tr("A path begins with a slash and has neither a query nor a fragment: /orders/{id}."));
}

void ResourceCheck::writing()
{
    if (!m_resource.write)
        return;
    if (m_resource.key.isEmpty())
        say(Field::Key, ConnectionDraft::tr("Where records are written, their key is named here."));
    else {
        verb(Field::WriteInsert, HttpChange::Insert, m_resource.write->insert);
        verb(Field::WriteUpdate, HttpChange::Update, m_resource.write->update);
        verb(Field::WriteDelete, HttpChange::Delete, m_resource.write->remove);
    }
    if (!isJsonPointer(m_resource.write->record))
        say(Field::WriteRecord, pointerProblem());
}

} // namespace

void ConnectionDraft::requestProblems(Problems &problems) const
{
    QSet<QString> seen;
    for (const auto &[name, value] : service.headers) {
        const QString fault = httpHeaderFault(name, false);
        const QString shown = wording::safeText(name, 40);
        if (name.isEmpty())
            problems.append({Field::Headers, tr("A header needs a name.")});
        else if (fault == "password-in-clear"_L1)
            problems.append({Field::Headers, tr("%1 bears a secret: choose it as the authentication.").arg(shown)});
        else if (!fault.isEmpty())
            problems.append(
                {Field::Headers, tr("%1 is no header's name, or one that Tidemark sets itself.").arg(shown)});
        else if (seen.contains(name.toLower()))
            problems.append({Field::Headers, tr("There are two headers named %1.").arg(shown)});
        seen.insert(name.toLower());
    }
    const auto bytes = parseSize(limits.body.trimmed());
    if (!bytes || *bytes < 1 << 10 || *bytes > 1 << 30)
        problems.append({Field::BodyLimit, tr("Enter a size such as 64MiB, from 1KiB to 1GiB.")});
    const std::pair<Field, const QString &> times[]{{Field::RequestLimit, limits.request},
                                                    {Field::ReadLimit, limits.read},
                                                    {Field::RetryDelay, limits.retryDelay},
                                                    {Field::WaitLimit, limits.wait}};
    for (const auto &[field, text] : times) {
        const auto ms = parseDurationMs(text.trimmed());
        if (!ms || *ms < 1 || *ms > 86'400'000)
            problems.append({field, tr("Enter a duration such as 30s or 5m, at most 24h.")});
    }
}

void ConnectionDraft::serviceProblems(Problems &problems) const
{
    QString at = service.url.trimmed();
    while (at.endsWith(u'/'))
        at.chop(1);
    if (at.isEmpty()) {
        problems.append({Field::Url, tr("Enter the address of the service, such as https://crm.example/api."), true});
    } else if (const QString fault = httpUrlFault(at, service.clearText, takesSecret()); fault == "http-url"_L1) {
        problems.append({Field::Url, tr("An address begins with https:// and has neither user nor query.")});
    } else if (fault == "https-for-secrets"_L1) {
        problems.append({Field::Url, tr("A secret does not cross the network readable: use https://.")});
    } else if (!fault.isEmpty()) {
        problems.append({Field::Url, tr("Over http:// all can be read on the way: use https://, or allow it below.")});
    }
    authProblems(problems);
    if (service.resources.isEmpty())
        problems.append({Field::Resources, tr("Describe at least one resource: each is a table to jobs."), true});
    QSet<QString> taken;
    for (int item = 0; item < service.resources.size(); ++item) {
        ResourceCheck check(service.resources.at(item), item, problems);
        check.names(taken);
        check.columns();
        check.paging();
        check.query();
        check.writing();
    }
    requestProblems(problems);
}

void ConnectionDraft::queueProblems(Problems &problems) const
{
    if (driver == Driver::Redis) {
        bool isNumber = false;
        const int number = database.trimmed().toInt(&isNumber);
        if (!database.trimmed().isEmpty() && (!isNumber || number < 0))
            problems.append({Field::Database, tr("A Redis database is a number, from 0 on.")});
        if (queue.stream.trimmed().isEmpty())
            problems.append({Field::Stream, tr("Enter the name of the stream."), true});
        if (queue.group.trimmed().isEmpty())
            problems.append({Field::Group, tr("Enter the name of the group of consumers.")});
        const auto ms = parseDurationMs(idle.trimmed());
        if (!ms || *ms < 100 || *ms > 86'400'000)
            problems.append({Field::Idle, tr("Enter a duration such as 30s or 5m, at most 24h.")});
        return;
    }
    const QString to = queue.exchange.trimmed();
    const QString from = queue.queue.trimmed();
    if (to.isEmpty() && from.isEmpty())
        problems.append({Field::Queue, tr("Enter the queue to read from, the exchange to publish to, or both."), true});
    for (const auto &[field, text] : {std::pair(Field::Exchange, to), std::pair(Field::Queue, from)}) {
        if (text.startsWith("amq."_L1))
            problems.append({field, tr("Names that begin with amq. are the broker's own.")});
    }
}

} // namespace tidemark
