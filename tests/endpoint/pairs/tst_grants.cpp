// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/changelog.h"
#include "core/run/checker.h"
#include "core/run/grants.h"
#include "tests/endpoint/pairs/sqlpair.h"

using namespace tidemark;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(tidemark::Driver)

namespace {

// A user of the server that may do nothing but what is granted; gone with this object.
class LowUser
{
public:
    LowUser(Side &side, const ConnectionSettings &admin) : m_postgres(side.driver() == Driver::Postgres)
    {
        name = u"tm_grant_%1_%2"_s.arg(QCoreApplication::applicationPid()).arg(++s_number);
        ConnectionSettings settings = admin;
        if (m_postgres)
            settings.database = side.settings.database;
        m_admin = SqlConnector().openSql(settings, OpenOptions{true, nullptr}).value();
        const QString password = m_admin->dialect().literal(qEnvironmentVariable("TIDEMARK_TEST_PASSWORD"));
        exec(m_postgres ? u"CREATE ROLE %1 LOGIN PASSWORD %2"_s.arg(name, password)
                        : u"CREATE USER %1@'%' IDENTIFIED BY %2"_s.arg(name, password));
    }
    ~LowUser()
    {
        if (m_postgres)
            exec(u"DROP OWNED BY %1 CASCADE"_s.arg(name));
        exec(m_postgres ? u"DROP ROLE %1"_s.arg(name) : u"DROP USER %1@'%'"_s.arg(name));
    }
    LowUser(const LowUser &) = delete;
    LowUser &operator=(const LowUser &) = delete;

    void exec(const QString &sql)
    {
        const auto done = m_admin->execute(sql);
        if (!done)
            qFatal("%s in %s", qPrintable(done.error().detail), qPrintable(sql));
    }

    QString name;

private:
    static inline int s_number = 0;
    bool m_postgres;
    std::unique_ptr<SqlSession> m_admin;
};

std::optional<ConnectionSettings> adminOf(Driver driver)
{
    const QString url =
        qEnvironmentVariable(driver == Driver::Postgres ? "TIDEMARK_TEST_POSTGRES_ADMIN" : "TIDEMARK_TEST_MYSQL_ADMIN");
    if (url.isEmpty())
        return std::nullopt;
    ConnectionSettings settings = connectionFromUrl(url).value();
    settings.password = {PasswordSource::Kind::Env, u"TIDEMARK_TEST_ADMIN_PASSWORD"_s};
    return settings;
}

// One kind of job, with the server at one side and a file at the other.
struct Scenario
{
    bool serverIsTarget;
    QJsonObject job;
    bool hasTarget; // the target's table is there
    bool hasCheckpoint;
    QString id; // type of the server's key
};

class Attempt
{
public:
    Attempt(Driver driver, const Scenario &scenario, const ConnectionSettings &admin)
        : m_scenario(scenario),
          m_pair(scenario.serverIsTarget ? Driver::Sqlite : driver, scenario.serverIsTarget ? driver : Driver::Sqlite),
          m_server(scenario.serverIsTarget ? m_pair.target : m_pair.source), m_user(m_server, admin)
    {
        const QString rest = u", name varchar(80), changed %1, version bigint, pending integer)"_s;
        const auto create = [&](Side &side) {
            const QString id = &side == &m_server ? scenario.id : u"bigint PRIMARY KEY"_s;
            const QString stamp = side.driver() == Driver::Mysql ? u"datetime(6)"_s : u"timestamp"_s;
            side.exec(u"CREATE TABLE items (id "_s + id + rest.arg(stamp));
        };
        create(m_pair.source);
        if (scenario.hasTarget)
            create(m_pair.target);
        m_pair.source.exec(u"INSERT INTO items VALUES (1, 'a', '2024-01-01 00:00:00', 1, 1), "
                           "(2, 'b', '2024-01-01 00:00:00', 2, 1), (3, 'c', '2024-01-01 00:00:00', 3, 0)"_s);
        if (scenario.hasTarget)
            m_pair.target.exec(u"INSERT INTO items VALUES (2, 'old', '2023-01-01 00:00:00', 1, 0), "
                               "(9, 'gone', '2023-01-01 00:00:00', 1, 0)"_s);
        if (scenario.hasCheckpoint && !m_pair.target.session().createCheckpointTable())
            qFatal("no checkpoint table");
        m_server.settings.user = m_user.name;
        m_job = m_pair.job(scenario.job);
    }

    QList<Grant> grants()
    {
        QList<TableSchema> schemas;
        if (m_scenario.hasTarget || !m_scenario.serverIsTarget)
            schemas += m_server.session().describe({{}, u"items"_s}).value();
        GrantRequest request = grantRequest(m_job, m_scenario.serverIsTarget, schemas);
        request.checkpointExists = m_scenario.hasCheckpoint;
        return grantsFor(request, dialectOf(m_server.driver()));
    }
    void give(const QList<Grant> &grants, int without)
    {
        for (qsizetype i = 0; i < grants.size(); ++i)
            if (i != without && !grants[i].optional)
                m_user.exec(grants[i].sql);
    }
    void giveOptional(const QList<Grant> &grants)
    {
        for (const Grant &grant : grants)
            if (grant.optional)
                m_user.exec(grant.sql);
    }
    RunReport run() { return m_pair.run(m_job); }
    Result<QList<CheckItem>> check(bool rehearses = false)
    {
        Cancellation cancellation;
        CheckOptions options;
        options.rehearses = rehearses;
        return Runner(m_pair.connector, *m_pair.journal, m_pair.clock).check(m_job, cancellation, options);
    }
    TableLog log(LogAction action)
    {
        Cancellation cancellation;
        const auto logs = jobLogs(m_job, action, m_pair.connector, cancellation);
        if (logs)
            return logs->first();
        TableLog refused;
        refused.error = logs.error();
        return refused;
    }
    Result<void> removeLogs()
    {
        Cancellation cancellation;
        return removeJobLogs(m_job, m_pair.connector, cancellation);
    }
    QStringList targetRows() { return m_pair.target.rows(u"SELECT id, name FROM items ORDER BY id"_s); }
    QStringList flags() { return m_pair.source.rows(u"SELECT pending FROM items ORDER BY id"_s); }
    Side &server() { return m_server; }

private:
    Scenario m_scenario;
    SqlPair m_pair;
    Side &m_server;
    LowUser m_user;
    JobSettings m_job;
};

} // namespace

// A user with exactly these rights completes the job; without one of them it does not, and check says which.
class TestGrants : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void exactlyTheseRights_data()
    {
        QTest::addColumn<Driver>("driver");
        QTest::addColumn<bool>("serverIsTarget");
        QTest::addColumn<QJsonObject>("job");
        QTest::addColumn<bool>("hasTarget");
        QTest::addColumn<bool>("hasCheckpoint");
        QTest::addColumn<bool>("hasSequence");
        const QJsonObject update{{u"mode"_s, u"update"_s}};
        const QJsonObject flag{
            {u"mode"_s, u"update"_s},
            {u"detect"_s,
             QJsonObject{{u"by"_s, u"flag"_s}, {u"column"_s, u"pending"_s}, {u"pending"_s, 1}, {u"done"_s, 0}}}};
        const QJsonObject stamp{{u"mode"_s, u"update"_s},
                                {u"detect"_s, QJsonObject{{u"by"_s, u"timestamp"_s}, {u"column"_s, u"changed"_s}}}};
        const QJsonObject version{{u"mode"_s, u"update"_s},
                                  {u"detect"_s, QJsonObject{{u"by"_s, u"version"_s}, {u"column"_s, u"version"_s}}}};
        const QJsonObject journal{{u"mode"_s, u"update"_s}, {u"checkpoint"_s, u"journal"_s}};
        const QJsonObject create{{u"mode"_s, u"mirror"_s}, {u"create"_s, true}};
        for (const auto &[name, driver] :
             {std::pair("postgres", Driver::Postgres), std::pair("mysql", Driver::Mysql)}) {
            const auto row = [name = name, driver = driver](const char *what, bool serverIsTarget,
                                                            const QJsonObject &job, bool hasTarget = true,
                                                            bool hasCheckpoint = false, bool hasSequence = false) {
                QTest::addRow("%s: %s", name, what)
                    << driver << serverIsTarget << job << hasTarget << hasCheckpoint << hasSequence;
            };
            row("source by hash", false, update);
            row("source by hash, mirrored", false, {});
            row("source by timestamp", false, stamp);
            row("source by version", false, version);
            row("source by flag", false, flag);
            row("target, update", true, update);
            row("target, mirror", true, {});
            row("target, mirror, with a checkpoint", true, {}, true, true);
            row("target, checkpoint in the journal", true, journal);
            row("target, a sequence", true, update, true, false, true);
            row("target, created", true, create, false);
        }
    }

    void exactlyTheseRights()
    {
        QFETCH(Driver, driver);
        QFETCH(bool, serverIsTarget);
        QFETCH(QJsonObject, job);
        QFETCH(bool, hasTarget);
        QFETCH(bool, hasCheckpoint);
        QFETCH(bool, hasSequence);
        const auto admin = adminOf(driver);
        if (!Side::isAvailable(driver) || !admin)
            QSKIP("an administrator is missing: TIDEMARK_TEST_POSTGRES_ADMIN or TIDEMARK_TEST_MYSQL_ADMIN is not set");
        QString id = u"bigint PRIMARY KEY"_s;
        if (hasSequence)
            id = driver == Driver::Postgres ? u"bigserial PRIMARY KEY"_s : u"bigint AUTO_INCREMENT PRIMARY KEY"_s;
        const Scenario scenario{serverIsTarget, job, hasTarget, hasCheckpoint, id};
        int count = 0;
        QStringList reasons;
        {
            Attempt attempt(driver, scenario, *admin);
            const QList<Grant> grants = attempt.grants();
            count = static_cast<int>(grants.size());
            attempt.give(grants, -1);
            const auto items = attempt.check();
            QVERIFY2(items.has_value(), qPrintable(items ? QString() : items.error().detail));
            for (const CheckItem &item : *items)
                QVERIFY2(item.level != CheckItem::Level::Problem, qPrintable(item.detail));
            const RunReport report = attempt.run();
            QVERIFY2(report.state == RunState::Completed,
                     qPrintable(shown(report) + u" with "_s + grantStatements(grants, false).join(u' ')));
            QVERIFY(attempt.targetRows().contains("2|b"_L1));
            if (job.value("detect"_L1).toObject().value("by"_L1) == "flag"_L1)
                QCOMPARE(attempt.flags(), (QStringList{u"0"_s, u"0"_s, u"0"_s}));
            const RunReport again = attempt.run();
            QVERIFY2(again.state == RunState::Completed, qPrintable(shown(again)));
            QCOMPARE(shown(again.totals()), u"+0 ~0 -0"_s);
        }
        for (int without = 0; without < count; ++without) {
            Attempt attempt(driver, scenario, *admin);
            const QList<Grant> grants = attempt.grants();
            const Grant &left = grants[without];
            // Everybody may connect to the tests' database.
            if (left.optional || left.rights.on == Rights::On::Database)
                continue;
            attempt.give(grants, without);
            const auto items = attempt.check();
            const bool isSaid = !items || std::any_of(items->begin(), items->end(), [](const CheckItem &item) {
                return item.level == CheckItem::Level::Problem;
            });
            QVERIFY2(isSaid, qPrintable(left.sql));
            const bool isNamed = !items || std::any_of(items->begin(), items->end(), [&left](const CheckItem &item) {
                return item.error || (item.grant && item.grant->reason == left.reason);
            });
            QVERIFY2(isNamed, qPrintable(left.sql));
            const RunReport report = attempt.run();
            QVERIFY2(report.state != RunState::Completed, qPrintable(left.sql + u" is not needed"_s));
        }
    }

    // A column without a zone that the server fills in its writers' local time: what is offered makes it an instant.
    void localTimeOfTheServer()
    {
        const auto admin = adminOf(Driver::Postgres);
        if (!Side::isAvailable(Driver::Postgres) || !admin)
            QSKIP("an administrator is missing: TIDEMARK_TEST_POSTGRES_ADMIN is not set");
        const QTemporaryDir folder;
        Side side(Driver::Postgres, folder.path(), u"zone"_s);
        LowUser user(side, *admin);
        side.exec(u"CREATE TABLE t (id int PRIMARY KEY, c timestamp(3) DEFAULT now())"_s);
        side.exec(u"INSERT INTO t VALUES (1, '2024-07-01 14:00:00')"_s);
        side.exec(u"GRANT USAGE ON SCHEMA %1 TO %2"_s.arg(side.settings.schema, user.name));
        side.exec(u"GRANT SELECT ON t TO %1"_s.arg(user.name));
        user.exec(u"ALTER ROLE %1 SET timezone = 'Europe/Berlin'"_s.arg(user.name));
        ConnectionSettings settings = side.settings;
        settings.user = user.name;
        SqlConnector connector;
        const auto session = connector.open(settings, {}).value();
        DetectSettings stamp;
        stamp.by = DetectBy::Timestamp;
        stamp.column = u"c"_s;
        const auto zone = [&]() -> Finding {
            const TableSchema table = session->describe({{}, u"t"_s}).value();
            const CandidateAdvice advice = Adviser(*session).advise(table, stamp).value();
            for (const Finding &finding : advice.findings)
                if (finding.code == FindingCode::ZonelessLocalTime)
                    return finding;
            return {};
        };
        const Finding before = zone();
        QCOMPARE(before.grade, Grade::Problem);
        QCOMPARE(before.text, u"Europe/Berlin"_s);
        for (const QString &sql : before.mend)
            side.exec(sql);
        QCOMPARE(zone().grade, Grade::Good);
        QCOMPARE(side.rows(u"SELECT c FROM t"_s), QStringList{u"2024-07-01 12:00:00+00"_s});
    }

    // Who may not install a log compares everything; who may, needs neither to own the table nor to be an
    // administrator.
    void logRights_data() { optionalRights_data(); }
    void logRights()
    {
        QFETCH(Driver, driver);
        const auto admin = adminOf(driver);
        if (!Side::isAvailable(driver) || !admin)
            QSKIP("an administrator is missing: TIDEMARK_TEST_POSTGRES_ADMIN or TIDEMARK_TEST_MYSQL_ADMIN is not set");
        const QJsonObject log{{u"mode"_s, u"mirror"_s}, {u"detect"_s, QJsonObject{{u"by"_s, u"log"_s}}}};
        Attempt source(driver, {false, log, true, false, u"bigint PRIMARY KEY"_s}, *admin);
        const QList<Grant> grants = source.grants();
        source.give(grants, -1);
        const auto missing = [&source] {
            const QList<CheckItem> items = source.check().value();
            return std::count_if(items.begin(), items.end(), [](const CheckItem &item) {
                return item.grant && item.grant->reason == GrantReason::LogChanges;
            });
        };
        QCOMPARE(missing(), 2);
        const TableLog refused = source.log(LogAction::Install);
        QVERIFY(refused.error);
        QCOMPARE(refused.error->code, ErrorCode::NoRights);
        QCOMPARE(shown(source.run()), u"completed +2 ~1 -1"_s);
        source.giveOptional(grants);
        QCOMPARE(missing(), 0);
        const TableLog installed = source.log(LogAction::Install);
        QVERIFY2(!installed.error, installed.error ? qPrintable(installed.error->detail) : "");
        QCOMPARE(installed.state.kind, ChangeLogState::Kind::Ready);
        source.run();
        source.server().exec(u"UPDATE items SET name = 'by its owner' WHERE id = 1"_s);
        const RunReport report = source.run();
        QCOMPARE(report.tables.first().toTarget.updates, 1);
        QVERIFY2(!report.tables.first().error, qPrintable(shown(report)));
        QVERIFY(!report.tables.first().identical);
        QVERIFY(source.removeLogs());
        QCOMPARE(source.log(LogAction::Look).state.kind, ChangeLogState::Kind::Absent);
        source.server().exec(u"UPDATE items SET name = 'alone again' WHERE id = 1"_s);
    }

    // What is optional is not needed, and does what it is for.
    void optionalRights_data()
    {
        QTest::addColumn<Driver>("driver");
        QTest::newRow("postgres") << Driver::Postgres;
        QTest::newRow("mysql") << Driver::Mysql;
    }
    void optionalRights()
    {
        QFETCH(Driver, driver);
        const auto admin = adminOf(driver);
        if (!Side::isAvailable(driver) || !admin)
            QSKIP("an administrator is missing: TIDEMARK_TEST_POSTGRES_ADMIN or TIDEMARK_TEST_MYSQL_ADMIN is not set");
        const QJsonObject stamp{{u"mode"_s, u"update"_s},
                                {u"detect"_s, QJsonObject{{u"by"_s, u"timestamp"_s}, {u"column"_s, u"changed"_s}}}};
        Attempt source(driver, {false, stamp, true, false, u"bigint PRIMARY KEY"_s}, *admin);
        const QList<Grant> grants = source.grants();
        source.give(grants, -1);
        const auto named = [](const QList<CheckItem> &items, GrantReason reason) {
            return std::any_of(items.begin(), items.end(), [reason](const CheckItem &item) {
                return item.grant && item.grant->reason == reason && item.level == CheckItem::Level::Note;
            });
        };
        const auto lag = [](const QList<CheckItem> &items) {
            for (const CheckItem &item : items)
                if (item.code == "lag"_L1)
                    return item.detail;
            return QString();
        };
        const QList<CheckItem> before = source.check().value();
        QVERIFY(named(before, GrantReason::SeeTransactions));
        QCOMPARE(lag(before), u"5m"_s);
        const auto late = [](const QList<CheckItem> &items) {
            for (const CheckItem &item : items)
                if (item.finding && item.finding->code == FindingCode::LateCommits)
                    return *item.finding;
            return Finding();
        };
        QCOMPARE(late(before).grade, Grade::Warning);
        QCOMPARE(late(before).mend.size(), 1);
        if (driver == Driver::Mysql) { // triggers are hidden from who may not make them
            QVERIFY(named(before, GrantReason::SeeTriggers));
            for (const CheckItem &item : before)
                if (item.finding && item.finding->code == FindingCode::DefaultWithoutTrigger)
                    QCOMPARE(item.finding->error->code, ErrorCode::NoRights);
        }
        source.giveOptional(grants);
        const QList<CheckItem> after = source.check().value();
        QVERIFY(!named(after, GrantReason::SeeTransactions) && !named(after, GrantReason::SeeTriggers));
        QCOMPARE(lag(after), u"2s"_s);
        QCOMPARE(late(after).grade, Grade::Good);

        Attempt target(driver, {true, {{u"mode"_s, u"update"_s}}, true, false, u"bigint PRIMARY KEY"_s}, *admin);
        const QList<Grant> targets = target.grants();
        target.give(targets, -1);
        const auto method = [](const QList<CheckItem> &items) {
            for (const CheckItem &item : items)
                if (item.rehearsal)
                    return item.rehearsal->method;
            return Rehearsal::Method::FromTypes;
        };
        if (driver == Driver::Mysql) // on PostgreSQL everybody may make temporary tables in the tests' database
            QCOMPARE(method(target.check(true).value()), Rehearsal::Method::FromTypes);
        target.giveOptional(targets);
        QCOMPARE(method(target.check(true).value()), Rehearsal::Method::Measured);
    }
};

QTEST_MAIN(TestGrants)
#include "tst_grants.moc"
