// SPDX-License-Identifier: GPL-3.0-or-later
// The real command line is ended in the middle of a run against a real server, by SIGTERM or SIGKILL; the next run
// converges.

#include <csignal>

#include "core/endpoint/connector.h"
#include "tests/app/clirun.h"

using namespace tidemark;
using namespace Qt::StringLiterals;

namespace {

constexpr int all = 60'000;
const QString secret = u"TIDEMARK_TEST_PASSWORD"_s;

// A schema or database of its own on the server that the environment names.
class OwnSpace
{
public:
    explicit OwnSpace(Driver driver)
        : m_postgres(driver == Driver::Postgres),
          settings(
              connectionFromUrl(qEnvironmentVariable(m_postgres ? "TIDEMARK_TEST_POSTGRES" : "TIDEMARK_TEST_MYSQL"))
                  .value())
    {
        settings.password = {PasswordSource::Kind::Env, secret};
        const QString name = u"killed_%1_%2"_s.arg(QCoreApplication::applicationPid()).arg(++s_number);
        m_admin = settings;
        exec(m_admin, (m_postgres ? u"CREATE SCHEMA "_s : u"CREATE DATABASE "_s) + name);
        (m_postgres ? settings.schema : settings.database) = name;
        m_drop = m_postgres ? u"DROP SCHEMA %1 CASCADE"_s.arg(name) : u"DROP DATABASE %1"_s.arg(name);
        exec(settings, u"CREATE TABLE orders (id bigint PRIMARY KEY, note varchar(200))"_s);
    }
    ~OwnSpace() { exec(m_admin, m_drop); }
    OwnSpace(const OwnSpace &) = delete;
    OwnSpace &operator=(const OwnSpace &) = delete;

    int count() { return query(settings, u"SELECT count(*) FROM orders"_s).toInt(); }
    // Sessions of programs that are gone hold their locks until the server notices.
    int sessions()
    {
        return query(m_admin,
                     m_postgres ? u"SELECT count(*) FROM pg_locks WHERE locktype = 'relation' AND relation = "
                                  "'%1.orders'::regclass"_s.arg(settings.schema)
                                : u"SELECT count(*) FROM information_schema.processlist WHERE db = '%1'"_s.arg(
                                    settings.database))
            .toInt();
    }

private:
    QString query(const ConnectionSettings &where, const QString &sql)
    {
        Cancellation cancellation;
        const auto session = m_connector.openSql(where, OpenOptions{true, &cancellation});
        if (!session)
            qFatal("%s: %s", qPrintable(codeName(session.error().code)), qPrintable(session.error().detail));
        const auto rows = (*session)->query(sql);
        if (!rows)
            qFatal("%s in %s", qPrintable(rows.error().detail), qPrintable(sql));
        return rows->isEmpty() ? QString() : QString::fromUtf8(rows->first().front().value_or(QByteArray()));
    }
    void exec(const ConnectionSettings &where, const QString &sql)
    {
        Cancellation cancellation;
        const auto session = m_connector.openSql(where, OpenOptions{true, &cancellation});
        if (!session)
            qFatal("%s: %s", qPrintable(codeName(session.error().code)), qPrintable(session.error().detail));
        if (auto done = (*session)->execute(sql); !done)
            qFatal("%s in %s", qPrintable(done.error().detail), qPrintable(sql));
    }

    bool m_postgres;
    ConnectionSettings m_admin;
    QString m_drop;
    SqlConnector m_connector;
    static inline int s_number = 0;

public:
    ConnectionSettings settings;
};

} // namespace

class TestKilledRuns : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void endedInMidRun_data();
    void endedInMidRun();
};

void TestKilledRuns::endedInMidRun_data()
{
    QTest::addColumn<bool>("postgres");
    QTest::addColumn<QString>("scope");
    QTest::addColumn<QString>("detect");
    QTest::addColumn<int>("signal");
    for (const bool postgres : {true, false}) {
        const char *server = postgres ? "PostgreSQL" : "MariaDB";
        for (const int signal : {SIGTERM, SIGKILL}) {
            const char *name = signal == SIGTERM ? "SIGTERM" : "SIGKILL";
            QTest::addRow("%s, batch, %s", server, name) << postgres << u"batch"_s << u"hash"_s << signal;
            QTest::addRow("%s, batch by version, %s", server, name) << postgres << u"batch"_s << u"version"_s << signal;
            QTest::addRow("%s, table, %s", server, name) << postgres << u"table"_s << u"hash"_s << signal;
        }
    }
}

void TestKilledRuns::endedInMidRun()
{
    QFETCH(bool, postgres);
    QFETCH(QString, scope);
    QFETCH(QString, detect);
    QFETCH(int, signal);
    if (qEnvironmentVariable(postgres ? "TIDEMARK_TEST_POSTGRES" : "TIDEMARK_TEST_MYSQL").isEmpty())
        QSKIP("a server is missing: TIDEMARK_TEST_POSTGRES or TIDEMARK_TEST_MYSQL is not set");
    OwnSpace target(postgres ? Driver::Postgres : Driver::Mysql);
    const CliFolder folder;
    folder.sql(u"a.db"_s,
               "CREATE TABLE orders (id INTEGER PRIMARY KEY, note TEXT);"
               "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < "
                   + QByteArray::number(all) + ") INSERT INTO orders SELECT i, printf('%0100d', i) FROM n;");
    QJsonObject side{{u"driver"_s, postgres ? u"postgres"_s : u"mysql"_s},
                     {u"host"_s, target.settings.host},
                     {u"port"_s, target.settings.port},
                     {u"database"_s, target.settings.database},
                     {u"user"_s, target.settings.user},
                     {u"password"_s, QJsonObject{{u"env"_s, secret}}}};
    if (postgres)
        side[u"schema"_s] = target.settings.schema;
    QJsonObject by{{u"by"_s, detect}};
    if (detect == u"version"_s)
        by[u"column"_s] = u"id"_s;
    const QJsonObject job{{u"tidemark"_s, 1},
                          {u"name"_s, u"killed"_s},
                          {u"source"_s, QJsonObject{{u"driver"_s, u"sqlite"_s}, {u"database"_s, u"a.db"_s}}},
                          {u"target"_s, side},
                          {u"mode"_s, u"update"_s},
                          {u"detect"_s, by},
                          {u"tables"_s, QJsonArray{u"orders"_s}},
                          {u"transaction"_s, scope},
                          {u"batch"_s, QJsonObject{{u"rows"_s, 100}}}};
    folder.write(u"j.json"_s, QJsonDocument(job).toJson());

    QProcess run;
    run.setProcessEnvironment(folder.environment());
    run.setWorkingDirectory(folder.path({}));
    run.start(CliFolder::program(), {u"--json"_s, u"run"_s, u"j.json"_s});
    QVERIFY(run.waitForStarted());
    // Rows are on their way: committed ones under `batch`, else a transaction that has locked the table.
    while (scope == u"batch"_s ? target.count() == 0 : postgres ? target.sessions() == 0 : target.sessions() < 2)
        QVERIFY2(!run.waitForFinished(1), run.readAllStandardOutput().constData());
    QCOMPARE(::kill(static_cast<pid_t>(run.processId()), signal), 0);
    QVERIFY(run.waitForFinished(30'000));
    if (signal == SIGTERM) {
        QCOMPARE(run.exitStatus(), QProcess::NormalExit);
        const QByteArray said = run.readAllStandardOutput();
        QVERIFY2(run.exitCode() == 3, said.constData());
        QCOMPARE(QJsonDocument::fromJson(said).object().value("state"_L1).toString(), u"cancelled"_s);
    } else {
        QCOMPARE(run.exitStatus(), QProcess::CrashExit);
    }
    const int left = target.count();
    QVERIFY(left < all);
    QVERIFY(scope == u"batch"_s ? left % 100 == 0 : left == 0);

    const auto next = folder.json({u"run"_s, u"j.json"_s});
    QVERIFY2(next.exitCode == 0, next.said().constData());
    QCOMPARE(target.count(), all);
    const auto proof = folder.json({u"verify"_s, u"j.json"_s});
    QVERIFY2(proof.exitCode == 0, proof.said().constData());
    const auto quiet = folder.json({u"run"_s, u"j.json"_s});
    const QJsonObject wrote =
        quiet.json().value("tables"_L1).toArray().at(0).toObject().value("toTarget"_L1).toObject();
    QCOMPARE(wrote.value("insert"_L1).toInt() + wrote.value("update"_L1).toInt(), 0);
}

QTEST_GUILESS_MAIN(TestKilledRuns)
#include "tst_killedruns.moc"
