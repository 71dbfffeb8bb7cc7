// SPDX-License-Identifier: GPL-3.0-or-later
// What a target may refuse a run under way: room, values, rights, a second run. Each ends with the codes that were
// promised, and the next run converges.

#include "tests/endpoint/pairs/disaster.h"

using namespace tidemark;
using namespace tidemark::disaster;
using namespace Qt::StringLiterals;

class TestRefusals : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aFullDisk_data() { addServers(allScopes); }
    void aFullDisk();
    void sequencesGoWithTheirRows_data() { addServers({u"batch"_s}); }
    void sequencesGoWithTheirRows();
    void refusedValues_data();
    void refusedValues();
    void aParentThatCameLate_data();
    void aParentThatCameLate();
    void equatedKeysAreAllSetAside_data();
    void equatedKeysAreAllSetAside();
    void plansSwapUniqueValuesAndBreakCircles_data() { addEngines(); }
    void plansSwapUniqueValuesAndBreakCircles();
    void targetsThatCannotBeWritten_data();
    void targetsThatCannotBeWritten();
    void twoRunsAtOnce_data();
    void twoRunsAtOnce();
};

// The servers' own codes for a full disk, spoken by a trigger.
void TestRefusals::aFullDisk()
{
    SERVER();
    ItemsPair pair(Driver::Sqlite, server);
    killOnce(pair.target,
             server == Driver::Mysql
                 ? u"SIGNAL SQLSTATE 'HY000' SET MYSQL_ERRNO = 1021, MESSAGE_TEXT = 'Disk full';"_s
                 : u"RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100';"_s);
    JobSettings job = pair.job(inBatches(scope));
    job.retry.attempts = 1;
    const RunReport report = pair.run(job);
    QVERIFY2(errorOf(report) && errorOf(report)->code == ErrorCode::DiskFull, qPrintable(shown(report)));
    QCOMPARE(report.exitCode(), 2);
    const qint64 kept = pair.target.rows(rowTotal).first().toLongLong();
    QCOMPARE(kept, scope == u"batch"_s ? 200 : 0);
    QCOMPARE(report.totals().inserts, kept);
    const RunReport next = pair.run(job);
    QCOMPARE(shown(next), u"completed +%1 ~0 -0"_s.arg(rowCount - kept));
    QVERIFY(pair.target.rows(content) == pair.source.rows(content));
}

// A run that ends early, and writes nothing the next time, leaves no sequence behind its rows.
void TestRefusals::sequencesGoWithTheirRows()
{
    SERVER();
    SqlPair pair(Driver::Sqlite, server);
    pair.source.exec(create);
    pair.target.exec(server == Driver::Postgres
                         ? u"CREATE TABLE items (id bigserial PRIMARY KEY, name varchar(8000))"_s
                         : u"CREATE TABLE items (id bigint AUTO_INCREMENT PRIMARY KEY, name varchar(8000))"_s);
    fill(pair.source, 300, false);
    killOnce(pair.target,
             server == Driver::Mysql ? u"SIGNAL SQLSTATE 'HY000' SET MYSQL_ERRNO = 1021, MESSAGE_TEXT = 'full';"_s
                                     : u"RAISE EXCEPTION 'full' USING ERRCODE = '53100';"_s);
    JobSettings job = pair.job(inBatches(scope));
    job.retry.attempts = 1;
    QCOMPARE(pair.run(job).state, RunState::Failed);
    QCOMPARE(pair.target.rows(rowTotal), QStringList{u"200"_s});
    pair.target.exec(u"INSERT INTO items (name) VALUES ('an application')"_s);
    QCOMPARE(pair.target.rows(rowTotal), QStringList{u"201"_s}); // under a number of its own
}

void TestRefusals::refusedValues_data()
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

void TestRefusals::refusedValues()
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
    QCOMPARE(report.exitCode(), scope == u"batch"_s ? 1 : 4); // rolled back: until something is edited
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

void TestRefusals::aParentThatCameLate_data()
{
    QTest::addColumn<Driver>("server");
    QTest::addColumn<QString>("scope");
    for (const QString &scope : allScopes) {
        QTest::addRow("from SQLite, %s", qPrintable(scope)) << Driver::Sqlite << scope;
        QTest::addRow("from MariaDB, %s", qPrintable(scope)) << Driver::Mysql << scope;
    }
}

// These two offer no snapshot for several readers: a row may be read whose parent came after the parents were.
void TestRefusals::aParentThatCameLate()
{
    SERVER();
    for (const Driver to : {Driver::Sqlite, Driver::Postgres, Driver::Mysql}) {
        if (!Side::isAvailable(to))
            QSKIP("a server is missing: TIDEMARK_TEST_POSTGRES or TIDEMARK_TEST_MYSQL is not set");
        SqlPair pair(server, to);
        for (Side *side : {&pair.source, &pair.target}) {
            side->exec(u"CREATE TABLE parents (id bigint PRIMARY KEY)"_s);
            side->exec(u"CREATE TABLE children (id bigint PRIMARY KEY, parent bigint, "
                       "FOREIGN KEY (parent) REFERENCES parents (id))"_s);
        }
        pair.source.exec(u"INSERT INTO parents VALUES (1), (2)"_s);
        pair.source.exec(u"INSERT INTO children VALUES (10, 1), (20, 2)"_s);
        const JobSettings job = pair.job(
            {{u"transaction"_s, scope}, {u"parallel"_s, 1}, {u"tables"_s, QJsonArray{u"parents"_s, u"children"_s}}});
        HookedConnector connector;
        std::atomic<int> readers = 0; // at the source: the run's own, the parents', the children's
        connector.beforeOpen = [&](const ConnectionSettings &settings) -> Result<void> {
            if (settings == job.source && ++readers == 3) {
                pair.source.execElsewhere(u"INSERT INTO parents VALUES (7)"_s);
                pair.source.execElsewhere(u"INSERT INTO children VALUES (70, 7)"_s);
            }
            return {};
        };
        const RunReport report = runWith(pair, connector, job);
        QVERIFY(readers > 3); // it did look again
        QCOMPARE(shown(report), u"completed +6 ~0 -0"_s);
        QCOMPARE(pair.target.rows(u"SELECT * FROM children ORDER BY id"_s),
                 (QStringList{u"10|1"_s, u"20|2"_s, u"70|7"_s}));
        QCOMPARE(pair.journal->waitingCount(job.id, {}, {}).value(), 0);
        QCOMPARE(shown(pair.run(job)), u"completed +0 ~0 -0"_s);
    }
}

void TestRefusals::equatedKeysAreAllSetAside_data()
{
    QTest::addColumn<Driver>("server");
    QTest::addColumn<QString>("scope"); // here: the key's column
    QTest::addColumn<QStringList>("written");
    QTest::newRow("SQLite") << Driver::Sqlite << u"TEXT COLLATE NOCASE"_s
                            << QStringList{u"3"_s, u"4"_s, u"5"_s, u"6"_s, u"7"_s};
    QTest::newRow("PostgreSQL") << Driver::Postgres << u"varchar(20) COLLATE nocase"_s
                                << QStringList{u"3"_s, u"6"_s, u"7"_s};
    QTest::newRow("MariaDB") << Driver::Mysql << u"varchar(20) COLLATE utf8mb4_general_ci"_s << QStringList{u"3"_s};
    QTest::newRow("MariaDB, trailing spaces alone")
        << Driver::Mysql << u"varchar(20) COLLATE utf8mb4_bin"_s << QStringList{u"1"_s, u"2"_s, u"3"_s, u"4"_s, u"5"_s};
}

void TestRefusals::equatedKeysAreAllSetAside()
{
    SERVER();
    QFETCH(QStringList, written);
    SqlPair pair(Driver::Sqlite, server);
    if (server == Driver::Postgres)
        pair.target.exec(
            u"CREATE COLLATION nocase (provider = icu, locale = 'und-u-ks-level2', deterministic = false)"_s);
    pair.source.exec(u"CREATE TABLE words (word TEXT PRIMARY KEY, n INTEGER)"_s);
    pair.target.exec(u"CREATE TABLE words (word %1 PRIMARY KEY, n integer)"_s.arg(scope));
    pair.source.exec(u"INSERT INTO words VALUES ('ABC', 1), ('abc', 2), ('xyz', 3), ('\u00c9', 4), ('\u00e9', 5), "
                     "('pad', 6), ('pad ', 7)"_s);
    const JobSettings job = pair.job({{u"tables"_s, QJsonArray{u"words"_s}}});
    const QString content = u"SELECT n FROM words ORDER BY n"_s;
    const RunReport report = pair.run(job);
    QCOMPARE(pair.target.rows(content), written);
    QCOMPARE(shown(report), u"needs-attention +%1 ~0 -0"_s.arg(written.size()));
    QCOMPARE(report.tables.first().quarantined, 7 - written.size());
    QCOMPARE(pair.journal->asideRows(job.id, {}, 0, 10).value().first().error.code, ErrorCode::KeyCollision);
    QCOMPARE(shown(pair.run(job)), u"needs-attention +0 ~0 -0"_s);
    QCOMPARE(pair.target.rows(content), written);
    pair.source.exec(u"DELETE FROM words WHERE n IN (1, 4, 6)"_s);
    const RunReport next = pair.run(job);
    QVERIFY2(next.state == RunState::Completed, qPrintable(shown(next)));
    QCOMPARE(pair.target.rows(content), (QStringList{u"2"_s, u"3"_s, u"5"_s, u"7"_s}));
}

void TestRefusals::plansSwapUniqueValuesAndBreakCircles()
{
    SERVER();
    SqlPair pair(Driver::Sqlite, server);
    for (Side *side : {&pair.source, &pair.target}) {
        side->exec(u"CREATE TABLE seats (id bigint PRIMARY KEY, seat varchar(20) UNIQUE)"_s);
        side->exec(u"CREATE TABLE people (id bigint PRIMARY KEY, boss bigint, "
                   "FOREIGN KEY (boss) REFERENCES people (id))"_s);
    }
    pair.target.exec(u"INSERT INTO seats VALUES (1, 'front'), (2, 'middle'), (3, 'back')"_s);
    pair.source.exec(u"INSERT INTO seats VALUES (1, 'middle'), (2, 'back'), (3, 'front')"_s);
    pair.source.exec(u"INSERT INTO people VALUES (1, NULL), (2, NULL), (3, NULL)"_s);
    pair.source.exec(u"UPDATE people SET boss = CASE id WHEN 1 THEN 3 WHEN 2 THEN 1 ELSE 2 END"_s);
    const JobSettings job = pair.job({{u"transaction"_s, scope}, {u"tables"_s, QJsonArray{u"people"_s, u"seats"_s}}});
    const QString file = pair.path(u"plan.db"_s);
    QCOMPARE(shown(pair.plan(job, file)), u"planned +3 ~3 -0"_s);
    RunOptions options;
    options.planFile = file;
    const RunReport report = pair.run(job, options);
    QVERIFY2(report.state == RunState::Completed, qPrintable(shown(report)));
    for (const QString &content : {u"SELECT * FROM seats ORDER BY id"_s, u"SELECT * FROM people ORDER BY id"_s})
        QCOMPARE(pair.target.rows(content), pair.source.rows(content));
    QCOMPARE(shown(pair.run(job)), u"completed +0 ~0 -0"_s);
}

void TestRefusals::targetsThatCannotBeWritten_data()
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

void TestRefusals::targetsThatCannotBeWritten()
{
    SERVER();
    QFETCH(ErrorCode, code);
    std::optional<OwnDatabase> own;
    SqlPair pair(Driver::Sqlite, server);
    if (server == Driver::Postgres) {
        own.emplace(u"refusal"_s);
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
    QCOMPARE(pair.target.rows(rowTotal), QStringList{u"0"_s});
    if (scope == u"rights"_s && server == Driver::Mysql)
        pair.target.exec(u"REVOKE SELECT ON %1.* FROM %2@'%'"_s.arg(job.target.database, job.target.user));
    if (scope == u"server"_s)
        own->admin.exec(u"ALTER DATABASE %1 RESET default_transaction_read_only"_s.arg(own->name));
    QCOMPARE(shown(pair.run(pair.job())), u"completed +10 ~0 -0"_s);
}

void TestRefusals::twoRunsAtOnce_data()
{
    QTest::addColumn<Driver>("server");
    QTest::addColumn<QString>("scope");
    QTest::newRow("SQLite") << Driver::Sqlite << u"batch"_s;
    QTest::newRow("PostgreSQL") << Driver::Postgres << u"batch"_s;
    QTest::newRow("MariaDB") << Driver::Mysql << u"batch"_s;
}

void TestRefusals::twoRunsAtOnce()
{
    SERVER();
    Q_UNUSED(scope);
    ItemsPair pair(Driver::Sqlite, server, 10, false);
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
    QCOMPARE(pair.target.rows(rowTotal), QStringList{u"0"_s});
    QCOMPARE(shown(pair.run(job)), u"completed +10 ~0 -0"_s);
}

QTEST_GUILESS_MAIN(TestRefusals)
#include "tst_refusals.moc"
