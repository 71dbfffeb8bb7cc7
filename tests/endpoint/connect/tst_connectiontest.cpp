// SPDX-License-Identifier: GPL-3.0-or-later
// What a test of a connection says of files and of a user's rights.
#include <memory>

#include <sqlite3.h>
#include <unistd.h>

#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>

#include "core/endpoint/connectiontest.h"

using namespace tidemark;
using namespace Qt::StringLiterals;

namespace {

QString words(const Error &error) { return QString(codeName(error.code) + u": "_s + error.detail); }

#define VERIFY_RESULT(result) QVERIFY2((result), (result) ? "" : qPrintable(words((result).error())))

class SqliteFile
{
public:
    explicit SqliteFile(const QString &path) { sqlite3_open(path.toUtf8().constData(), &m_db); }
    ~SqliteFile() { sqlite3_close(m_db); }
    SqliteFile(const SqliteFile &) = delete;
    SqliteFile &operator=(const SqliteFile &) = delete;
    bool run(const char *sql) { return sqlite3_exec(m_db, sql, nullptr, nullptr, nullptr) == SQLITE_OK; }

private:
    sqlite3 *m_db = nullptr;
};

ConnectionSettings file(const QString &path)
{
    ConnectionSettings settings;
    settings.driver = Driver::Sqlite;
    settings.database = path;
    return settings;
}

Result<ConnectionTest> look(const ConnectionSettings &settings, QList<TestStep> *steps = nullptr)
{
    SqlConnector connector;
    Cancellation cancellation;
    return testConnection(connector, settings, cancellation, [steps](TestStep step) {
        if (steps != nullptr)
            steps->append(step);
    });
}

} // namespace

class TestConnectionTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void ordinaryFile();
    void walFile();
    void markedReadOnly();
    void fileThatCannotBeWritten();
    void fileThatIsBeingWritten();
    void fileThatIsHeldExclusively();
    void newFile();
    void folderThatIsNotThere();
    void badFiles_data();
    void badFiles();
    void rights_data();
    void rights();
    void serverMarkedReadOnly_data() { engines(); }
    void serverMarkedReadOnly();
    void schemaThatIsNotThere();

private:
    static void engines()
    {
        QTest::addColumn<int>("engine");
        QTest::newRow("PostgreSQL") << static_cast<int>(Driver::Postgres);
        QTest::newRow("MariaDB") << static_cast<int>(Driver::Mysql);
    }
    static ConnectionSettings server(int engine, const char *role)
    {
        const auto driver = static_cast<Driver>(engine);
        QByteArray variable = driver == Driver::Postgres ? "TIDEMARK_TEST_POSTGRES" : "TIDEMARK_TEST_MYSQL";
        const bool isAdmin = qstrcmp(role, "admin") == 0;
        if (isAdmin)
            variable += "_ADMIN";
        const QUrl url(qEnvironmentVariable(variable.constData()));
        ConnectionSettings settings;
        settings.driver = driver;
        settings.host = url.host();
        settings.port = url.port();
        settings.user = qstrcmp(role, "low") == 0 ? qEnvironmentVariable("TIDEMARK_TEST_LOW_USER") : url.userName();
        settings.database = u"tidemark"_s;
        settings.password = {PasswordSource::Kind::Env,
                             isAdmin ? u"TIDEMARK_TEST_ADMIN_PASSWORD"_s : u"TIDEMARK_TEST_PASSWORD"_s};
        settings.timeoutMs = 20'000; // servers answer late where the machine is busy
        return settings;
    }
    static bool hasServers()
    {
        return qEnvironmentVariableIsSet("TIDEMARK_TEST_POSTGRES") && qEnvironmentVariableIsSet("TIDEMARK_TEST_MYSQL");
    }

    QTemporaryDir m_folder;
};

#define NEED_SERVERS                                                                                                   \
    if (!hasServers())                                                                                                 \
    QSKIP("TIDEMARK_TEST_POSTGRES and TIDEMARK_TEST_MYSQL are not set")

void TestConnectionTest::ordinaryFile()
{
    const QString path = m_folder.filePath(u"ordinary.db"_s);
    QVERIFY(
        SqliteFile(path).run("CREATE TABLE t(id INTEGER PRIMARY KEY); CREATE TABLE u(x); CREATE VIEW v AS SELECT 1"));
    QList<TestStep> steps;
    const auto test = look(file(path), &steps);
    VERIFY_RESULT(test);
    QCOMPARE(steps, (QList<TestStep>{TestStep::Database, TestStep::Rights}));
    QCOMPARE(test->facts.product, u"SQLite"_s);
    QVERIFY(test->fileExists);
    QVERIFY(!test->wal);
    QVERIFY(!test->fileLocked);
    QVERIFY(!test->encrypted);
    QCOMPARE(test->tables, 2);
    QCOMPARE(test->readableTables, 2);
    QCOMPARE(test->writableTables, 2);
    QVERIFY(test->canCreate);
}

void TestConnectionTest::walFile()
{
    const QString path = m_folder.filePath(u"wal.db"_s);
    SqliteFile open(path);
    QVERIFY(open.run("PRAGMA journal_mode=WAL; CREATE TABLE t(id INTEGER PRIMARY KEY)"));
    const auto test = look(file(path));
    VERIFY_RESULT(test);
    QVERIFY(test->wal);
}

void TestConnectionTest::markedReadOnly()
{
    const QString path = m_folder.filePath(u"marked.db"_s);
    QVERIFY(SqliteFile(path).run("CREATE TABLE t(id INTEGER PRIMARY KEY)"));
    ConnectionSettings settings = file(path);
    settings.readOnly = true;
    const auto test = look(settings);
    VERIFY_RESULT(test);
    QVERIFY(test->facts.readOnly);
    QCOMPARE(test->readableTables, 1);
    QCOMPARE(test->writableTables, 0);
    QVERIFY(!test->canCreate);
}

void TestConnectionTest::fileThatCannotBeWritten()
{
    if (geteuid() == 0)
        QSKIP("root may write everything");
    const QString path = m_folder.filePath(u"readonly.db"_s);
    QVERIFY(SqliteFile(path).run("CREATE TABLE t(id INTEGER PRIMARY KEY)"));
    QVERIFY(QFile::setPermissions(path, QFileDevice::ReadOwner));
    const auto test = look(file(path));
    VERIFY_RESULT(test); // it can still be a source
    QVERIFY(test->facts.readOnly);
    QCOMPARE(test->writableTables, 0);
}

void TestConnectionTest::fileThatIsBeingWritten()
{
    const QString path = m_folder.filePath(u"busy.db"_s);
    SqliteFile other(path);
    QVERIFY(other.run("PRAGMA journal_mode=WAL; CREATE TABLE t(id INTEGER PRIMARY KEY); BEGIN IMMEDIATE"));
    const auto test = look(file(path));
    VERIFY_RESULT(test);
    QVERIFY(test->fileLocked);
    QVERIFY(other.run("INSERT INTO t VALUES(1); COMMIT")); // undisturbed
    const auto after = look(file(path));
    VERIFY_RESULT(after);
    QVERIFY(!after->fileLocked);
}

void TestConnectionTest::fileThatIsHeldExclusively()
{
    const QString path = m_folder.filePath(u"held.db"_s);
    SqliteFile other(path);
    QVERIFY(other.run("CREATE TABLE t(id INTEGER PRIMARY KEY); BEGIN EXCLUSIVE"));
    const auto test = look(file(path));
    QVERIFY(!test);
    QCOMPARE(codeName(test.error().code), codeName(ErrorCode::LockTimeout));
    QVERIFY(test.error().isTransient());
}

void TestConnectionTest::newFile()
{
    const QString path = m_folder.filePath(u"new.db"_s);
    const auto test = look(file(path));
    VERIFY_RESULT(test);
    QVERIFY(!test->fileExists);
    QVERIFY(test->canCreate);
    QVERIFY(!QFile::exists(path)); // nothing is made
    ConnectionSettings source = file(path);
    source.readOnly = true;
    const auto refused = look(source);
    QVERIFY(!refused);
    QCOMPARE(codeName(refused.error().code), codeName(ErrorCode::FileNotFound));
}

void TestConnectionTest::folderThatIsNotThere()
{
    const auto test = look(file(m_folder.filePath(u"nowhere/new.db"_s)));
    QVERIFY(!test);
    QCOMPARE(codeName(test.error().code), codeName(ErrorCode::FileNotFound));
    QVERIFY(!test.error().facts.value(Fact::File).isEmpty());
}

void TestConnectionTest::badFiles_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<int>("code");
    QTest::newRow("a text") << QByteArray(5000, 'x') << static_cast<int>(ErrorCode::NotADatabase);
    QTest::newRow("cut off") << QByteArray("SQLite format 3\0", 16) + QByteArray(40, '\1')
                             << static_cast<int>(ErrorCode::DatabaseDamaged);
}

void TestConnectionTest::badFiles()
{
    QFETCH(QByteArray, content);
    QFETCH(int, code);
    QFile bad(m_folder.filePath(u"bad.db"_s));
    QVERIFY(bad.open(QIODevice::WriteOnly | QIODevice::Truncate));
    bad.write(content);
    bad.close();
    const auto test = look(file(bad.fileName()));
    QVERIFY(!test);
    QCOMPARE(codeName(test.error().code), codeName(static_cast<ErrorCode>(code)));
    const auto folder = look(file(m_folder.path()));
    QVERIFY(!folder);
    QCOMPARE(codeName(folder.error().code), codeName(ErrorCode::IsADirectory));
}

void TestConnectionTest::rights_data()
{
    QTest::addColumn<int>("engine");
    QTest::addColumn<QString>("role");
    QTest::addColumn<bool>("writes");
    for (const Driver driver : {Driver::Postgres, Driver::Mysql}) {
        const char *name = driver == Driver::Postgres ? "PostgreSQL" : "MariaDB";
        QTest::addRow("%s owner", name) << static_cast<int>(driver) << u"owner"_s << true;
        QTest::addRow("%s low", name) << static_cast<int>(driver) << u"low"_s << false;
    }
}

void TestConnectionTest::rights()
{
    NEED_SERVERS;
    QFETCH(int, engine);
    QFETCH(QString, role);
    QFETCH(bool, writes);
    const bool isPostgres = static_cast<Driver>(engine) == Driver::Postgres;
    SqlConnector connector;
    const auto owner = connector.openSql(server(engine, "owner"), OpenOptions{true, nullptr});
    VERIFY_RESULT(owner);
    const QString schema = u"connect_rights_%1"_s.arg(QCoreApplication::applicationPid());
    const QString low = qEnvironmentVariable("TIDEMARK_TEST_LOW_USER");
    const QString prefix = schema + u'.';
    QStringList statements{"CREATE SCHEMA "_L1 + schema, u"CREATE TABLE %1one (id INT PRIMARY KEY)"_s.arg(prefix),
                           u"CREATE TABLE %1two (id INT PRIMARY KEY)"_s.arg(prefix)};
    if (isPostgres)
        statements << u"GRANT USAGE ON SCHEMA %1 TO %2"_s.arg(schema, low)
                   << u"GRANT SELECT ON %1one TO %2"_s.arg(prefix, low);
    else
        statements << u"GRANT SELECT ON %1one TO %2@'%'"_s.arg(prefix, low);
    for (const QString &statement : statements)
        VERIFY_RESULT((*owner)->execute(statement));
    ConnectionSettings settings = server(engine, role.toLatin1().constData());
    if (isPostgres)
        settings.schema = schema;
    else
        settings.database = schema;
    const auto test = look(settings);
    if (!isPostgres)
        (*owner)->execute(u"REVOKE ALL ON %1one FROM %2@'%'"_s.arg(prefix, low));
    (*owner)->execute(u"DROP SCHEMA %1%2"_s.arg(schema, isPostgres ? u" CASCADE"_s : QString()));
    VERIFY_RESULT(test);
    // MariaDB shows nobody a table that he may not use.
    QCOMPARE(test->tables, writes || isPostgres ? 2 : 1);
    QCOMPARE(test->readableTables, writes ? 2 : 1);
    QCOMPARE(test->writableTables, writes ? 2 : 0);
    QCOMPARE(test->canCreate, writes);
}

void TestConnectionTest::serverMarkedReadOnly()
{
    NEED_SERVERS;
    QFETCH(int, engine);
    ConnectionSettings settings = server(engine, "owner");
    settings.readOnly = true;
    const auto test = look(settings);
    VERIFY_RESULT(test);
    QVERIFY(test->facts.readOnly);
    QCOMPARE(test->writableTables, 0);
    QVERIFY(!test->canCreate);
}

void TestConnectionTest::schemaThatIsNotThere()
{
    NEED_SERVERS;
    ConnectionSettings settings = server(static_cast<int>(Driver::Postgres), "owner");
    settings.schema = u"no such \"schema'"_s;
    const auto test = look(settings);
    QVERIFY(!test);
    QCOMPARE(exitCode(test.error().code), 4);
    QCOMPARE(test.error().facts.value(Fact::Connection), settings.label());
}

QTEST_GUILESS_MAIN(TestConnectionTest)
#include "tst_connectiontest.moc"
