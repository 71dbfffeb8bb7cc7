// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/connectiontest.h"

#include <algorithm>

#include <QElapsedTimer>
#include <QFileInfo>

#include "core/endpoint/http/httpsession.h"

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

constexpr qint64 longestFileWaitMs = 1000; // that another program writes is an answer, too
constexpr qsizetype mostTablesAsked = 200; // one by one

const QStringList reading{u"SELECT"_s};
const QStringList writing{u"INSERT"_s, u"UPDATE"_s, u"DELETE"_s};

qint64 number(const SqlRow &row, qsizetype at) { return row.value(at).value_or(QByteArray()).toLongLong(); }

Result<void> lookAtPostgres(SqlSession &session, const QString &schema, ConnectionTest &test)
{
    const QString name = schema.isEmpty() ? u"pg_catalog.current_schema()"_s : session.dialect().literal(schema);
    const auto may = [](const QStringList &privileges) -> QString {
        QStringList terms;
        for (const QString &privilege : privileges)
            terms.append(u"pg_catalog.has_table_privilege(c.oid, '%1')"_s.arg(privilege));
        return u"pg_catalog.count(*) FILTER (WHERE "_s + terms.join(" AND "_L1) + u')';
    };
    TRY_ASSIGN(
        const auto rows,
        session.query("SELECT "_L1 + may(reading) + ", "_L1 + may(writing)
                      + " FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE "
                        "c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relname NOT LIKE 'tidemark\\_%' AND "
                        "n.nspname = "_L1
                      + name));
    TRY_ASSIGN(const auto create,
               session.query("SELECT pg_catalog.has_schema_privilege(n.oid, 'CREATE')::int FROM "
                             "pg_catalog.pg_namespace n WHERE n.nspname = "_L1
                             + name));
    test.readableTables = number(rows.first(), 0);
    test.writableTables = number(rows.first(), 1);
    test.canCreate = !create.isEmpty() && number(create.first(), 0) == 1;
    if (create.isEmpty())
        return fail(Error{ErrorCode::NoRights, {}, u"there is no such schema, or it is not open to this user"_s}.with(
            Fact::Table, schema));
    return {};
}

Result<bool> holds(SqlSession &session, const Rights &rights)
{
    TRY_ASSIGN(const auto known, session.hasRights(rights));
    return known.value_or(false);
}

Result<qint64> countRights(SqlSession &session, const QString &database, const QList<TableName> &tables,
                           const QStringList &privileges)
{
    TRY_ASSIGN(const bool everywhere, holds(session, {Rights::On::Database, privileges, {}, database, {}}));
    if (everywhere)
        return tables.size();
    qint64 count = 0;
    for (const TableName &table : tables.first(std::min(tables.size(), mostTablesAsked))) {
        TRY_ASSIGN(const bool here, holds(session, {Rights::On::Table, privileges, table, {}, {}}));
        count += here ? 1 : 0;
    }
    return count;
}

Result<void> lookAtMysql(SqlSession &session, const QString &database, const QList<TableName> &tables,
                         ConnectionTest &test)
{
    TRY_ASSIGN(test.readableTables, countRights(session, database, tables, reading));
    TRY_ASSIGN(test.writableTables, countRights(session, database, tables, writing));
    TRY_ASSIGN(test.canCreate, holds(session, {Rights::On::Database, {u"CREATE"_s}, {}, database, {}}));
    return {};
}

Result<void> lookAtSqlite(SqlSession &session, bool writable, ConnectionTest &test)
{
    TRY_ASSIGN(const auto mode, session.query(u"PRAGMA journal_mode"_s));
    test.wal = !mode.isEmpty() && mode.first().value(0) == QByteArray("wal");
    test.readableTables = test.tables;
    if (!writable)
        return {};
    if (const auto begun = session.beginWrite(); begun) {
        TRY(session.rollback());
    } else if (begun.error().code == ErrorCode::LockTimeout) {
        test.fileLocked = true;
    } else {
        return fail(begun.error());
    }
    test.writableTables = test.tables;
    test.canCreate = true;
    return {};
}

Result<void> look(SqlSession &session, const ConnectionSettings &settings, bool writable, ConnectionTest &test)
{
    TRY_ASSIGN(const QList<TableName> tables, session.tables());
    test.tables = tables.size();
    switch (settings.driver) {
    case Driver::Sqlite:
        return lookAtSqlite(session, writable, test);
    case Driver::Postgres:
        TRY(lookAtPostgres(session, settings.schema, test));
        break;
    case Driver::Mysql:
        TRY(lookAtMysql(session, settings.database, tables, test));
        break;
    case Driver::Http:
    case Driver::Redis:
    case Driver::Amqp:
        break;
    }
    if (!writable || test.facts.readOnly) {
        test.writableTables = 0;
        test.canCreate = false;
    }
    return {};
}

// A file that is not there yet: whether it can be made. Nothing is.
Result<ConnectionTest> testNewFile(const ConnectionSettings &settings)
{
    const QFileInfo folder(QFileInfo(settings.database).absolutePath());
    if (settings.readOnly || !folder.isDir())
        return fail(Error{ErrorCode::FileNotFound, {{Fact::File, settings.database}}, {}});
    if (!folder.isWritable())
        return fail(Error{ErrorCode::FileUnwritable, {{Fact::File, settings.database}}, {}});
    ConnectionTest test;
    test.facts.product = u"SQLite"_s;
    test.fileExists = false;
    test.canCreate = true;
    return test;
}

// A file or server that lets nothing be written can still be a source.
Result<std::unique_ptr<SqlSession>> open(SqlConnector &connector, const ConnectionSettings &settings,
                                         OpenOptions options, bool &writable)
{
    writable = !settings.readOnly;
    options.writable = writable;
    auto opened = connector.openSql(settings, options);
    if (!opened && writable && opened.error().code == ErrorCode::ReadOnly) {
        writable = options.writable = false;
        return connector.openSql(settings, options);
    }
    return opened;
}

bool isVerified(const ConnectionSettings &settings)
{
    return !settings.tls.pin.isEmpty() || settings.effectiveTlsMode() >= TlsMode::VerifyCa;
}

// The step that a failed request belongs to.
TestStep stepOf(const Error &error)
{
    switch (error.code) {
    case ErrorCode::HostNotFound:
    case ErrorCode::Unreachable:
    case ErrorCode::ConnectionLost:
    case ErrorCode::Timeout:
    case ErrorCode::ProtocolUnknown:
        return TestStep::Network;
    case ErrorCode::TlsName:
    case ErrorCode::TlsUntrusted:
    case ErrorCode::TlsUnavailable:
        return TestStep::Tls;
    case ErrorCode::WrongPassword:
        return TestStep::Login;
    case ErrorCode::NoRights:
        return TestStep::Rights;
    default:
        return TestStep::Database;
    }
}

// Asks for the first page of each resource.
Result<ConnectionTest> testService(SqlConnector &connector, const ConnectionSettings &settings,
                                   const OpenOptions &options)
{
    QElapsedTimer clock;
    clock.start();
    TRY_ASSIGN(const auto session, connector.openHttp(settings, options));
    options.reached(TestStep::Network);
    const auto answered = session->probe();
    const TestStep last = answered ? TestStep::Rights : stepOf(answered.error());
    for (const TestStep step : {TestStep::Tls, TestStep::Login, TestStep::Database, TestStep::Rights}) {
        if (step <= last && (step != TestStep::Tls || settings.http->url.startsWith("https:"_L1)))
            options.reached(step);
    }
    if (!answered)
        return fail(answered.error());
    ConnectionTest test;
    test.milliseconds = clock.elapsed();
    test.facts = session->facts();
    test.tlsProtocol = test.facts.tls;
    test.encrypted = !test.tlsProtocol.isEmpty();
    test.verified = test.encrypted;
    test.tables = settings.http->resources.size();
    test.readableTables = *answered;
    test.facts.readOnly = true;
    for (const HttpResource &resource : settings.http->resources) {
        const bool isWritten = resource.write && !settings.readOnly;
        test.writableTables += isWritten ? 1 : 0;
        test.facts.readOnly = test.facts.readOnly && !isWritten;
    }
    return test;
}

// A queue that is not there yet is made by the first job; until then its broker is asked for what every virtual host
// has.
Result<std::unique_ptr<Queue>> openForTest(SqlConnector &connector, const ConnectionSettings &settings,
                                           const QueueOptions &options, bool &stands)
{
    auto queue = connector.openQueue(settings, options);
    stands = queue.has_value();
    if (queue || queue.error().code != ErrorCode::NoSuchTable || settings.driver != Driver::Amqp)
        return queue;
    ConnectionSettings broker = settings;
    QueueSettings any = *settings.queue;
    any.queue.clear();
    any.exchange = u"amq.topic"_s;
    broker.queue = std::make_shared<const QueueSettings>(any);
    return connector.openQueue(broker, options);
}

Result<ConnectionTest> testQueue(SqlConnector &connector, const ConnectionSettings &settings,
                                 const OpenOptions &options)
{
    QElapsedTimer clock;
    clock.start();
    QueueOptions own;
    own.mayCreate = false;
    own.cancellation = options.cancellation;
    own.reached = options.reached;
    bool stands = false;
    TRY_ASSIGN(const auto queue, openForTest(connector, settings, own, stands));
    ConnectionTest test;
    test.milliseconds = clock.elapsed();
    const QueueFacts &facts = queue->facts();
    test.facts.product = facts.product;
    test.facts.version = facts.version;
    test.facts.remarks = facts.remarks;
    test.facts.readOnly = settings.readOnly;
    test.facts.tls = test.tlsProtocol = facts.tls;
    test.encrypted = !facts.tls.isEmpty();
    test.verified = test.encrypted && isVerified(settings);
    test.throughSsh = settings.ssh.has_value();
    options.reached(TestStep::Rights);
    test.queue = QueueCounts{};
    if (stands) {
        auto counts = queue->counts();
        if (!counts && counts.error().code != ErrorCode::NoSuchTable)
            return fail(std::move(counts).error().with(Fact::Connection, settings.label()));
        stands = counts.has_value();
        if (counts)
            test.queue = *counts;
    }
    if (!stands)
        test.facts.remarks.append(u"queue-absent"_s);
    return test;
}

} // namespace

Result<ConnectionTest> testConnection(SqlConnector &connector, const ConnectionSettings &settings,
                                      Cancellation &cancellation, const std::function<void(TestStep)> &progress)
{
    std::optional<TestStep> last;
    const auto reach = [&](TestStep step) {
        if (last && *last >= step) // an attempt at a second address begins anew
            return;
        last = step;
        if (progress)
            progress(step);
    };
    ConnectionSettings tried = settings;
    if (settings.driver == Driver::Sqlite) {
        tried.timeoutMs = std::min(tried.timeoutMs, longestFileWaitMs);
        reach(TestStep::Database);
        if (!QFileInfo::exists(settings.database)) {
            auto test = testNewFile(settings);
            return test
                ? test
                : Result<ConnectionTest>(fail(std::move(test).error().with(Fact::Connection, settings.label())));
        }
    }
    OpenOptions options;
    options.cancellation = &cancellation;
    options.reached = reach;
    if (settings.driver == Driver::Http)
        return testService(connector, settings, options);
    if (isQueue(settings.driver))
        return testQueue(connector, settings, options);
    QElapsedTimer clock;
    clock.start();
    bool writable = false;
    TRY_ASSIGN(const auto session, open(connector, tried, options, writable));
    ConnectionTest test;
    test.milliseconds = clock.elapsed();
    reach(TestStep::Database);
    test.facts = session->facts();
    test.facts.readOnly = test.facts.readOnly || !writable;
    test.tlsProtocol = test.facts.tls;
    test.encrypted = !test.tlsProtocol.isEmpty();
    test.verified = test.encrypted && isVerified(settings);
    test.throughSsh = settings.ssh.has_value();
    reach(TestStep::Rights);
    if (auto looked = look(*session, settings, writable, test); !looked)
        return fail(std::move(looked).error().with(Fact::Connection, settings.label()));
    return test;
}

} // namespace tidemark
