// SPDX-License-Identifier: GPL-3.0-or-later
// What may happen to a run under way: killed sessions, cut connections, refused values, full disks. Each ends with the
// codes that were promised, loses and deletes nothing, and the next run converges.

#include <atomic>

#include "tests/endpoint/pairs/sqlpair.h"
#include "tests/support/tcpproxy.h"

using namespace tidemark;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(tidemark::Driver)

namespace {

constexpr int rowCount = 2000;
constexpr int fatalRow = 250;
constexpr int batchRows = 100;

const QString create = u"CREATE TABLE items (id bigint PRIMARY KEY, name varchar(8000))"_s;
const QString content = u"SELECT id, name FROM items ORDER BY id"_s;
const QString countRows = u"SELECT count(*) FROM items"_s;

// `wide` rows of 6 KB are more than sockets hold: nobody has read all when the first ones are written.
void fill(Side &side, int rows = rowCount, bool wide = true)
{
    const QString digits = wide ? u"600"_s : u"1"_s;
    switch (side.driver()) {
    case Driver::Sqlite:
        side.exec(u"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %1) INSERT INTO items "
                  "SELECT i, replace(printf('%.%2c', 'x'), 'x', printf('%09d.', i)) FROM n"_s.arg(rows)
                      .arg(digits));
        break;
    case Driver::Postgres:
        side.exec(
            u"INSERT INTO items SELECT i, repeat(lpad(i::text, 9, '0') || '.', %2) FROM generate_series(1, %1) i"_s
                .arg(rows)
                .arg(digits));
        break;
    case Driver::Mysql:
        side.exec(
            u"INSERT INTO items SELECT seq, repeat(concat(lpad(seq, 9, '0'), '.'), %2) FROM seq_1_to_%1"_s.arg(rows)
                .arg(digits));
        break;
    }
}

// A PostgreSQL database of its own: who kills its sessions kills nobody else's.
struct OwnDatabase
{
    OwnDatabase() { admin.exec(u"CREATE DATABASE %1"_s.arg(name)); }
    ~OwnDatabase() { admin.exec(u"DROP DATABASE %1 WITH (FORCE)"_s.arg(name)); }
    OwnDatabase(const OwnDatabase &) = delete;
    OwnDatabase &operator=(const OwnDatabase &) = delete;
    void use(Side &side, const QString &schema) const
    {
        side.settings.database = name;
        side.settings.schema = u"public"_s;
        side.exec(u"CREATE SCHEMA "_s + schema);
        side.settings.schema = schema;
        side.reconnect();
    }

    const QString name = u"disaster_%1"_s.arg(QCoreApplication::applicationPid());
    Side admin{Driver::Postgres, {}, u"admin"_s};
};

// The writer of the fatal row kills, once: sequences are not rolled back.
void killOnce(Side &target, const QString &what)
{
    target.exec(u"CREATE SEQUENCE deaths"_s);
    if (target.driver() == Driver::Mysql) {
        target.exec(u"CREATE TRIGGER fatal BEFORE INSERT ON items FOR EACH ROW IF NEW.id = %1 THEN "
                    "IF nextval(deaths) = 1 THEN %2 END IF; END IF"_s.arg(fatalRow)
                        .arg(what));
        return;
    }
    const QString space = target.settings.schema;
    target.exec(u"CREATE FUNCTION %3.fatal() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.id = %1 THEN "
                "IF nextval('%3.deaths') = 1 THEN %2 END IF; END IF; RETURN NEW; END $$"_s.arg(fatalRow)
                    .arg(what, space));
    target.exec(u"CREATE TRIGGER fatal BEFORE INSERT ON items FOR EACH ROW EXECUTE FUNCTION %1.fatal()"_s.arg(space));
}

// The real connector, and a hook that is asked before a session opens.
class HookedConnector final : public Connector
{
public:
    Result<std::unique_ptr<Session>> open(const ConnectionSettings &settings, const OpenOptions &options) override
    {
        if (beforeOpen)
            TRY(beforeOpen());
        return m_real.open(settings, options);
    }
    std::function<Result<void>()> beforeOpen;

private:
    SqlConnector m_real;
};

RunReport runWith(SqlPair &pair, Connector &connector, const JobSettings &job, bool yes = true)
{
    Cancellation cancellation;
    ProgressBoard progress;
    RunOptions options;
    options.yes = yes;
    return Runner(connector, *pair.journal, pair.clock).run(job, options, cancellation, progress);
}

QJsonObject inBatches(const QString &scope, QJsonObject more = {})
{
    more[u"transaction"_s] = scope;
    more[u"batch"_s] = QJsonObject{{u"rows"_s, batchRows}};
    return more;
}

std::optional<Error> errorOf(const RunReport &report)
{
    if (report.error)
        return report.error;
    for (const TableReport &table : report.tables) {
        if (table.error)
            return table.error;
    }
    return std::nullopt;
}

ConnectionSettings through(const test::TcpProxy &proxy, ConnectionSettings settings, bool tls)
{
    settings.host = u"127.0.0.1"_s;
    settings.port = proxy.port();
    settings.tls.mode = tls ? TlsMode::Require : TlsMode::Disable;
    return settings;
}

const QStringList allScopes{u"batch"_s, u"table"_s, u"run"_s};

} // namespace

class TestDisasters : public QObject
{
    Q_OBJECT

private:
    static void addServers(const QStringList &scopes)
    {
        QTest::addColumn<Driver>("server");
        QTest::addColumn<QString>("scope");
        for (const QString &scope : scopes) {
            QTest::addRow("PostgreSQL, %s", qPrintable(scope)) << Driver::Postgres << scope;
            QTest::addRow("MariaDB, %s", qPrintable(scope)) << Driver::Mysql << scope;
        }
    }

#define SERVER()                                                                                                       \
    QFETCH(Driver, server);                                                                                            \
    QFETCH(QString, scope);                                                                                            \
    if (!Side::isAvailable(server))                                                                                    \
    QSKIP("a server is missing: TIDEMARK_TEST_POSTGRES or TIDEMARK_TEST_MYSQL is not set")

private Q_SLOTS:
    void aKilledWriterIsTriedAgain_data() { addServers(allScopes); }
    void aKilledWriterIsTriedAgain();
    void killedReadersAreTriedAgain_data() { addServers(allScopes); }
    void killedReadersAreTriedAgain();
    void aServerMayStayAwayForAWhile_data() { addServers(allScopes); }
    void aServerMayStayAwayForAWhile();
    void aCutReadDeletesNothing_data();
    void aCutReadDeletesNothing();
    void aCutWriteKeepsWholeBatches_data() { addServers(allScopes); }
    void aCutWriteKeepsWholeBatches();
    void aCutWriteIsTriedAgain_data() { addServers(allScopes); }
    void aCutWriteIsTriedAgain();
    void aFullDisk_data() { addServers(allScopes); }
    void aFullDisk();
    void refusedValues_data();
    void refusedValues();
    void targetsThatCannotBeWritten_data();
    void targetsThatCannotBeWritten();
    void twoRunsAtOnce_data();
    void twoRunsAtOnce();
};

void TestDisasters::aKilledWriterIsTriedAgain()
{
    SERVER();
    SqlPair pair(Driver::Sqlite, server);
    pair.source.exec(create);
    pair.target.exec(create);
    fill(pair.source);
    killOnce(pair.target,
             server == Driver::Mysql ? u"KILL CONNECTION CONNECTION_ID();"_s
                                     : u"PERFORM pg_terminate_backend(pg_backend_pid());"_s);
    const JobSettings job = pair.job(inBatches(scope));
    QCOMPARE(shown(pair.run(job)), u"completed +2000 ~0 -0"_s);
    QCOMPARE(pair.target.rows(u"SELECT nextval(%1deaths%1) > 2"_s.arg(server == Driver::Mysql ? u""_s : u"'"_s)),
             QStringList{server == Driver::Mysql ? u"1"_s : u"t"_s});
    QVERIFY(pair.target.rows(content) == pair.source.rows(content));
    QCOMPARE(shown(pair.run(job)), u"completed +0 ~0 -0"_s);
}

// Every session at the source dies while its rows are half read; no attempt may take what it has for all there is.
void TestDisasters::killedReadersAreTriedAgain()
{
    SERVER();
    std::optional<OwnDatabase> own;
    SqlPair pair(server, server);
    if (server == Driver::Postgres) {
        own.emplace();
        own->use(pair.source, u"source"_s);
        own->use(pair.target, u"target"_s);
    }
    pair.source.exec(create);
    pair.target.exec(create);
    fill(pair.source);
    pair.target.exec(u"INSERT INTO items VALUES (9001, 'extra'), (9002, 'extra')"_s);
    killOnce(
        pair.target,
        server == Driver::Mysql
            ? u"FOR r IN (SELECT id FROM information_schema.processlist WHERE db = '%1') DO KILL CONNECTION r.id; END FOR;"_s
                  .arg(pair.source.settings.database)
            : u"PERFORM pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND "
              "backend_type = 'client backend' AND pid <> pg_backend_pid();"_s);
    JobSettings once = pair.job(inBatches(scope));
    once.retry.attempts = 1;
    const RunReport failed = runWith(pair, pair.connector, once);
    pair.source.reconnect(); // the test's own died with the others
    pair.target.reconnect();
    QVERIFY2(failed.state == RunState::Failed, qPrintable(shown(failed)));
    QCOMPARE(failed.exitCode(), 2);
    QVERIFY2(errorOf(failed)->isTransient(), qPrintable(shown(failed)));
    QCOMPARE(failed.totals().deletes, 0);
    QCOMPARE(pair.target.rows(u"SELECT count(*) FROM items WHERE id > 9000"_s), QStringList{u"2"_s});
    const qint64 kept = pair.target.rows(countRows).first().toLongLong() - 2;
    QCOMPARE(kept % batchRows, 0);
    QVERIFY(scope == u"batch"_s ? kept < rowCount : kept == 0);

    // The same once more, and this time the run itself goes on.
    pair.target.exec(server == Driver::Mysql ? u"ALTER SEQUENCE deaths RESTART 1"_s
                                             : u"ALTER SEQUENCE deaths RESTART"_s);
    pair.target.exec(u"DELETE FROM items WHERE id < 9000"_s);
    const RunReport report = runWith(pair, pair.connector, pair.job(inBatches(scope)));
    pair.source.reconnect();
    pair.target.reconnect();
    QCOMPARE(shown(report), u"completed +2000 ~0 -2"_s);
    QVERIFY(pair.target.rows(content) == pair.source.rows(content));
}

// The server dies, and the first attempts to come back find nobody.
void TestDisasters::aServerMayStayAwayForAWhile()
{
    SERVER();
    SqlPair pair(Driver::Sqlite, server);
    pair.source.exec(create);
    pair.target.exec(create);
    fill(pair.source);
    test::TcpProxy proxy(pair.target.settings.host, pair.target.settings.port);
    JobSettings job = pair.job(inBatches(scope));
    job.target = through(proxy, job.target, false);
    proxy.cutAfterToServer(3'000'000);
    HookedConnector connector;
    std::atomic<int> refusals = 0;
    connector.beforeOpen = [&]() -> Result<void> {
        if (proxy.bytesToServer() < 3'000'000)
            return {};
        if (++refusals <= 3)
            return fail(Error{ErrorCode::Unreachable, {}, u"away"_s});
        proxy.cutAfterToServer(-1);
        return {};
    };
    const RunReport report = runWith(pair, connector, job);
    QCOMPARE(shown(report), u"completed +2000 ~0 -0"_s);
    QVERIFY(refusals > 3);
    QVERIFY(pair.target.rows(content) == pair.source.rows(content));
}

void TestDisasters::aCutReadDeletesNothing_data()
{
    QTest::addColumn<Driver>("server");
    QTest::addColumn<QString>("scope");
    QTest::addColumn<bool>("tls");
    for (const bool tls : {false, true}) {
        for (const QString &scope : {u"batch"_s, u"table"_s}) {
            QTest::addRow("PostgreSQL, %s%s", qPrintable(scope), tls ? ", TLS" : "")
                << Driver::Postgres << scope << tls;
            QTest::addRow("MariaDB, %s%s", qPrintable(scope), tls ? ", TLS" : "") << Driver::Mysql << scope << tls;
        }
    }
}

void TestDisasters::aCutReadDeletesNothing()
{
    SERVER();
    QFETCH(bool, tls);
    SqlPair pair(server, Driver::Sqlite);
    pair.source.exec(create);
    pair.target.exec(create);
    fill(pair.source, 1000, false);
    test::TcpProxy proxy(pair.source.settings.host, pair.source.settings.port);
    JobSettings job = pair.job(inBatches(scope));
    job.retry.attempts = 1;
    job.source = through(proxy, job.source, tls);
    QCOMPARE(shown(runWith(pair, pair.connector, job)), u"completed +1000 ~0 -0"_s);
    const qint64 total = proxy.bytesFromServer();
    // Half of the rows are to come, some differ, and as many more are to go.
    pair.target.exec(u"DELETE FROM items WHERE id > 500"_s);
    pair.target.exec(u"UPDATE items SET name = 'other' WHERE id <= 10"_s);
    pair.target.exec(u"INSERT INTO items SELECT id + 5000, name FROM items"_s);
    pair.target.exec(u"CREATE TABLE before AS SELECT * FROM items"_s);
    const QStringList wanted = pair.source.rows(content);
    int failures = 0;
    constexpr int steps = 10;
    for (int step = 0; step < steps; ++step) {
        const qint64 offset = total * step / steps + step;
        proxy.cutAfter(offset);
        const RunReport report = runWith(pair, pair.connector, job);
        const QString said = u"cut after %1 of %2: %3"_s.arg(offset).arg(total).arg(shown(report));
        proxy.cutAfter(-1);
        if (report.state == RunState::Completed) {
            QVERIFY2(pair.target.rows(content) == wanted, qPrintable(said));
            QVERIFY2(step >= steps - 3, qPrintable(said)); // only the goodbyes were cut
        } else {
            ++failures;
            QVERIFY2(report.exitCode() == 2 && errorOf(report)->isTransient(), qPrintable(said));
            QVERIFY2(report.totals().deletes == 0, qPrintable(said));
            QVERIFY2(pair.target.rows(u"SELECT count(*) FROM items WHERE id > 5000"_s) == QStringList{u"500"_s},
                     qPrintable(said));
            QVERIFY2(pair.target.rows(u"SELECT count(*) FROM before WHERE id NOT IN (SELECT id FROM items)"_s)
                         == QStringList{u"0"_s},
                     qPrintable(said));
            if (scope == u"table"_s)
                QVERIFY2(pair.target.rows(u"SELECT * FROM items EXCEPT SELECT * FROM before"_s).isEmpty(),
                         qPrintable(said));
        }
        if (step % 4 == 3 || report.state == RunState::Completed) {
            const RunReport next = runWith(pair, pair.connector, job);
            QVERIFY2(next.state == RunState::Completed && pair.target.rows(content) == wanted,
                     qPrintable(said + shown(next)));
            pair.target.exec(u"DELETE FROM items"_s);
            pair.target.exec(u"INSERT INTO items SELECT * FROM before"_s);
        }
    }
    QVERIFY(failures >= steps - 3);
}

void TestDisasters::aCutWriteKeepsWholeBatches()
{
    SERVER();
    SqlPair pair(Driver::Sqlite, server);
    pair.source.exec(create);
    pair.target.exec(create);
    fill(pair.source, 1000, false);
    test::TcpProxy proxy(pair.target.settings.host, pair.target.settings.port);
    JobSettings job = pair.job(inBatches(scope));
    job.retry.attempts = 1;
    job.target = through(proxy, job.target, false);
    QCOMPARE(shown(runWith(pair, pair.connector, job)), u"completed +1000 ~0 -0"_s);
    const qint64 total = proxy.bytesToServer();
    const QStringList wanted = pair.source.rows(content);
    constexpr int steps = 8;
    for (int step = 0; step < steps; ++step) {
        pair.target.exec(u"DELETE FROM items"_s);
        pair.target.exec(u"INSERT INTO items VALUES (5000, 'extra')"_s);
        const qint64 offset = total * step / steps + step;
        proxy.cutAfterToServer(offset);
        const RunReport report = runWith(pair, pair.connector, job);
        const QString said = u"cut after %1 of %2: %3"_s.arg(offset).arg(total).arg(shown(report));
        proxy.cutAfterToServer(-1);
        const QStringList left = pair.target.rows(content);
        if (report.state == RunState::Completed) {
            QVERIFY2(left == wanted, qPrintable(said));
            continue;
        }
        QVERIFY2(report.exitCode() == 2 && errorOf(report)->isTransient(), qPrintable(said));
        const qsizetype came = left.size() - (left.contains(u"5000|extra"_s) ? 1 : 0);
        QVERIFY2(scope == u"batch"_s ? came % batchRows == 0 : came == 0 || came == wanted.size(), qPrintable(said));
        const RunReport next = runWith(pair, pair.connector, pair.job(inBatches(scope)));
        QVERIFY2(next.state == RunState::Completed && pair.target.rows(content) == wanted,
                 qPrintable(said + u" then " + shown(next)));
    }
}

// Cut anywhere, then reachable again: one run, every row written once, as the counts say.
void TestDisasters::aCutWriteIsTriedAgain()
{
    SERVER();
    SqlPair pair(Driver::Sqlite, server);
    pair.source.exec(create);
    pair.target.exec(create);
    fill(pair.source, 1000, false);
    test::TcpProxy proxy(pair.target.settings.host, pair.target.settings.port);
    JobSettings job = pair.job(inBatches(scope));
    job.target = through(proxy, job.target, false);
    QCOMPARE(shown(runWith(pair, pair.connector, job)), u"completed +1000 ~0 -0"_s);
    const qint64 total = proxy.bytesFromServer();
    constexpr int steps = 8;
    for (int step = 0; step < steps; ++step) {
        pair.target.exec(u"DELETE FROM items"_s);
        pair.target.exec(u"INSERT INTO items VALUES (5000, 'extra')"_s);
        const qint64 offset = total * step / steps + step + 1;
        const qint64 from = proxy.bytesFromServer();
        proxy.cutAfter(offset);
        HookedConnector connector;
        connector.beforeOpen = [&]() -> Result<void> {
            if (proxy.bytesFromServer() - from >= offset)
                proxy.cutAfter(-1);
            return {};
        };
        const RunReport report = runWith(pair, connector, job);
        proxy.cutAfter(-1);
        QVERIFY2(shown(report) == u"completed +1000 ~0 -1"_s,
                 qPrintable(u"cut after %1 of %2: %3"_s.arg(offset).arg(total).arg(shown(report))));
        QVERIFY(pair.target.rows(content) == pair.source.rows(content));
    }
}

// The servers' own codes for a full disk, spoken by a trigger.
void TestDisasters::aFullDisk()
{
    SERVER();
    SqlPair pair(Driver::Sqlite, server);
    pair.source.exec(create);
    pair.target.exec(create);
    fill(pair.source);
    killOnce(pair.target,
             server == Driver::Mysql
                 ? u"SIGNAL SQLSTATE 'HY000' SET MYSQL_ERRNO = 1021, MESSAGE_TEXT = 'Disk full';"_s
                 : u"RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100';"_s);
    JobSettings job = pair.job(inBatches(scope));
    job.retry.attempts = 1;
    const RunReport report = pair.run(job);
    QVERIFY2(errorOf(report) && errorOf(report)->code == ErrorCode::DiskFull, qPrintable(shown(report)));
    QCOMPARE(report.exitCode(), 2);
    const qint64 kept = pair.target.rows(countRows).first().toLongLong();
    QCOMPARE(kept, scope == u"batch"_s ? 200 : 0);
    QCOMPARE(report.totals().inserts, kept);
    const RunReport next = pair.run(job);
    QCOMPARE(shown(next), u"completed +%1 ~0 -0"_s.arg(rowCount - kept));
    QVERIFY(pair.target.rows(content) == pair.source.rows(content));
}

void TestDisasters::refusedValues_data()
{
    QTest::addColumn<Driver>("server");
    QTest::addColumn<QString>("scope");
    QTest::addColumn<QString>("column");
    QTest::addColumn<ErrorCode>("code");
    const std::pair<const char *, Driver> drivers[]{
        {"SQLite", Driver::Sqlite}, {"PostgreSQL", Driver::Postgres}, {"MariaDB", Driver::Mysql}};
    const std::tuple<const char *, const char *, ErrorCode> faults[]{
        {"too long", "varchar(12)", ErrorCode::ValueTooLong},
        {"not null", "varchar(80) NOT NULL", ErrorCode::NotNullViolated},
        {"check", "varchar(80) CHECK (name <> 'bad value beyond')", ErrorCode::CheckViolated},
        {"foreign key", "varchar(80), FOREIGN KEY (name) REFERENCES parents (name)", ErrorCode::ForeignKeyViolated}};
    for (const auto &[driverName, driver] : drivers) {
        for (const auto &[fault, column, code] : faults) {
            if (driver == Driver::Sqlite && code == ErrorCode::ValueTooLong)
                continue; // it bounds no text
            for (const QString &scope : allScopes)
                QTest::addRow("%s, %s, %s", driverName, fault, qPrintable(scope))
                    << driver << scope << QString::fromLatin1(column) << code;
        }
    }
}

void TestDisasters::refusedValues()
{
    SERVER();
    QFETCH(QString, column);
    QFETCH(ErrorCode, code);
    SqlPair pair(Driver::Sqlite, server);
    pair.source.exec(create);
    pair.target.exec(u"CREATE TABLE parents (name varchar(80) PRIMARY KEY)"_s);
    pair.target.exec(u"CREATE TABLE items (id bigint PRIMARY KEY, name %1)"_s.arg(column));
    fill(pair.source, 300, false);
    const bool foreign = code == ErrorCode::ForeignKeyViolated;
    pair.target.exec(u"INSERT INTO parents VALUES ('0')"_s);
    pair.source.exec(foreign ? u"UPDATE items SET name = '0'"_s : u"UPDATE items SET name = 'good'"_s);
    pair.target.exec(foreign ? u"INSERT INTO items VALUES (1, '0')"_s : u"INSERT INTO items VALUES (1, 'old')"_s);
    pair.source.exec(code == ErrorCode::NotNullViolated
                         ? u"UPDATE items SET name = NULL WHERE id IN (1, 155)"_s
                         : u"UPDATE items SET name = 'bad value beyond' WHERE id IN (1, 155)"_s);
    const QStringList before = pair.target.rows(content);
    const JobSettings job = pair.job(inBatches(scope));
    const RunReport report = pair.run(job);
    QCOMPARE(report.exitCode(), 1);
    if (scope == u"batch"_s) {
        QCOMPARE(shown(report), u"needs-attention +298 ~0 -0"_s);
        QCOMPARE(report.tables.first().quarantined, 2);
        QCOMPARE(report.attention.first().kind, Attention::Kind::Quarantine);
        QCOMPARE(pair.target.rows(u"SELECT count(*) FROM items WHERE id = 155"_s), QStringList{u"0"_s});
        QCOMPARE(pair.target.rows(u"SELECT name FROM items WHERE id = 1"_s), QStringList{foreign ? u"0"_s : u"old"_s});
        QCOMPARE(shown(pair.run(job)), u"needs-attention +0 ~0 -0"_s); // nothing is written twice
        QCOMPARE(pair.journal->asideCount(job.id, {}).value(), 2);
    } else {
        QCOMPARE(report.state, RunState::Failed);
        QVERIFY2(errorOf(report)->code == code, qPrintable(shown(report)));
        QVERIFY2(!errorOf(report)->facts.value(Fact::Table).isEmpty(), qPrintable(shown(report)));
        QCOMPARE(report.totals().total(), 0);
        QCOMPARE(pair.target.rows(content), before);
    }
    pair.source.exec(u"UPDATE items SET name = '%1' WHERE id IN (1, 155)"_s.arg(foreign ? u"0"_s : u"mended"_s));
    const RunReport next = pair.run(job);
    QVERIFY2(next.state == RunState::Completed, qPrintable(shown(next)));
    QCOMPARE(pair.target.rows(content), pair.source.rows(content));
    QCOMPARE(pair.journal->asideCount(job.id, {}).value(), 0);
}

void TestDisasters::targetsThatCannotBeWritten_data()
{
    QTest::addColumn<Driver>("server");
    QTest::addColumn<QString>("scope"); // here: what forbids it
    QTest::addColumn<ErrorCode>("code");
    QTest::newRow("PostgreSQL, read-only transactions") << Driver::Postgres << u"server"_s << ErrorCode::ReadOnly;
    QTest::newRow("PostgreSQL, no right") << Driver::Postgres << u"rights"_s << ErrorCode::NoRights;
    QTest::newRow("PostgreSQL, by its connection") << Driver::Postgres << u"connection"_s << ErrorCode::ReadOnly;
    QTest::newRow("MariaDB, no right") << Driver::Mysql << u"rights"_s << ErrorCode::NoRights;
    QTest::newRow("MariaDB, by its connection") << Driver::Mysql << u"connection"_s << ErrorCode::ReadOnly;
    QTest::newRow("SQLite, by its connection") << Driver::Sqlite << u"connection"_s << ErrorCode::ReadOnly;
}

void TestDisasters::targetsThatCannotBeWritten()
{
    SERVER();
    QFETCH(ErrorCode, code);
    std::optional<OwnDatabase> own;
    SqlPair pair(Driver::Sqlite, server);
    if (server == Driver::Postgres) {
        own.emplace();
        own->use(pair.target, u"target"_s);
    }
    pair.source.exec(create);
    pair.target.exec(create);
    fill(pair.source, 10, false);
    JobSettings job = pair.job();
    if (scope == u"connection"_s) {
        job.target.readOnly = true;
    } else if (scope == u"rights"_s) {
        job.target.user = qEnvironmentVariable("TIDEMARK_TEST_LOW_USER");
        if (job.target.user.isEmpty())
            QSKIP("TIDEMARK_TEST_LOW_USER is not set");
        if (server == Driver::Postgres)
            pair.target.exec(u"GRANT USAGE ON SCHEMA target TO "_s + job.target.user);
        pair.target.exec(server == Driver::Mysql
                             ? u"GRANT SELECT ON %1.* TO %2@'%'"_s.arg(job.target.database, job.target.user)
                             : u"GRANT SELECT ON items TO "_s + job.target.user);
    } else {
        own->admin.exec(u"ALTER DATABASE %1 SET default_transaction_read_only = on"_s.arg(own->name));
    }
    const RunReport report = pair.run(job);
    QVERIFY2(errorOf(report) && errorOf(report)->code == code, qPrintable(shown(report)));
    QCOMPARE(report.exitCode(), 4);
    QCOMPARE(pair.target.rows(countRows), QStringList{u"0"_s});
    if (scope == u"rights"_s && server == Driver::Mysql)
        pair.target.exec(u"REVOKE SELECT ON %1.* FROM %2@'%'"_s.arg(job.target.database, job.target.user));
    if (scope == u"server"_s)
        own->admin.exec(u"ALTER DATABASE %1 RESET default_transaction_read_only"_s.arg(own->name));
    QCOMPARE(shown(pair.run(pair.job())), u"completed +10 ~0 -0"_s);
}

void TestDisasters::twoRunsAtOnce_data()
{
    QTest::addColumn<Driver>("server");
    QTest::addColumn<QString>("scope");
    QTest::newRow("SQLite") << Driver::Sqlite << u"batch"_s;
    QTest::newRow("PostgreSQL") << Driver::Postgres << u"batch"_s;
    QTest::newRow("MariaDB") << Driver::Mysql << u"batch"_s;
}

void TestDisasters::twoRunsAtOnce()
{
    SERVER();
    Q_UNUSED(scope);
    SqlPair pair(Driver::Sqlite, server);
    pair.source.exec(create);
    pair.target.exec(create);
    fill(pair.source, 10, false);
    const JobSettings job = pair.job();
    {
        Cancellation cancellation;
        const auto other = pair.connector.open(job.target, OpenOptions{true, &cancellation});
        QVERIFY((*other)->tryJobLock(job.id).value());
        const RunReport report = pair.run(job);
        QCOMPARE(report.state, RunState::Busy);
        QCOMPARE(report.exitCode(), 5);
        QCOMPARE(report.totals().total(), 0);
    }
    QCOMPARE(pair.target.rows(countRows), QStringList{u"0"_s});
    QCOMPARE(shown(pair.run(job)), u"completed +10 ~0 -0"_s);
}

QTEST_GUILESS_MAIN(TestDisasters)
#include "tst_disasters.moc"
