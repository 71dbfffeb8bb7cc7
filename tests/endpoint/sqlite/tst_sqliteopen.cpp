// SPDX-License-Identifier: GPL-3.0-or-later
#include <thread>

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/clock.h"
#include "core/endpoint/sql/sqlite/joblock.h"
#include "tests/endpoint/sqlite/sqlitefixture.h"

using namespace Qt::StringLiterals;
using namespace tidemark;
using namespace tidemark::test;

class TestSqliteOpen : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void refusesWhatIsNoDatabase_data();
    void refusesWhatIsNoDatabase();
    void refusesTruncatedFiles_data();
    void refusesTruncatedFiles();
    void damagedPageIsAnErrorNotAnEnd();
    void unreadableFile();
    void takesAnEmptyFile();
    void neverCreates();
    void followsLinks();
    void readOnlySettingRefusesWriting();
    void readingSessionCannotWrite();
    void recoversAHotJournal_data();
    void recoversAHotJournal();
    void readsWalWithoutLeavingFiles();
    void lockEndsWithTheTimeout();
    void cancelEndsALockWait();
    void readsWhileAnotherWrites();
    void readersBlockWritersOnlyWithoutWal();
    void distrustsTheSchema();
    void doubleQuotesAreNames();
    void jobLock();
    void jobLockLeavesNothing();
    void diskFull();
    void closingASessionKeepsOtherLocks();

private:
    QString path(const QString &name) const { return m_folder->filePath(name); }
    void write(const QString &name, const QByteArray &bytes) const
    {
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
    }
    QByteArray contents(const QString &name) const
    {
        QFile file(path(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    QString sample(int rows = 100) const
    {
        const QString file = path(u"sample.db"_s);
        Stranger db(file);
        db.exec(u"CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT);"
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %1)"
                " INSERT INTO t SELECT i, printf('row %d of many', i) FROM n"_s.arg(rows));
        return file;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestSqliteOpen::init() { m_folder = std::make_unique<QTemporaryDir>(); }

void TestSqliteOpen::refusesWhatIsNoDatabase_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<ErrorCode>("code");
    QTest::newRow("missing") << u"missing.db"_s << ErrorCode::FileNotFound;
    QTest::newRow("missing folder") << u"no/such/folder.db"_s << ErrorCode::FileNotFound;
    QTest::newRow("below a file") << u"text.txt/x.db"_s << ErrorCode::FileNotFound;
    QTest::newRow("a folder") << u"folder"_s << ErrorCode::IsADirectory;
    QTest::newRow("text") << u"text.txt"_s << ErrorCode::NotADatabase;
    QTest::newRow("long text") << u"long.txt"_s << ErrorCode::NotADatabase;
    QTest::newRow("pipe") << u"pipe"_s << ErrorCode::NotADatabase;
    QTest::newRow("broken link") << u"link"_s << ErrorCode::FileNotFound;
}

void TestSqliteOpen::refusesWhatIsNoDatabase()
{
    QFETCH(QString, name);
    QFETCH(ErrorCode, code);
    write(u"text.txt"_s, "hello");
    write(u"long.txt"_s, QByteArray(100'000, 'x'));
    QVERIFY(QDir(m_folder->path()).mkdir(u"folder"_s));
    QCOMPARE(::mkfifo(path(u"pipe"_s).toUtf8().constData(), 0600), 0);
    QFile::link(path(u"nowhere"_s), path(u"link"_s));
    for (const bool writable : {false, true}) {
        const auto session = openSqlite(connectionTo(path(name)), {writable, nullptr});
        QVERIFY(!session);
        QCOMPARE(session.error().code, code);
        QVERIFY(session.error().facts.value(Fact::File).endsWith(name));
    }
}

void TestSqliteOpen::refusesTruncatedFiles_data()
{
    QTest::addColumn<int>("size");
    QTest::newRow("header alone") << 16;
    QTest::newRow("half a header") << 60;
    QTest::newRow("100 bytes") << 100;
    QTest::newRow("half a page") << 2000;
    QTest::newRow("one page") << 4096;
    QTest::newRow("all but one byte") << -1;
}

void TestSqliteOpen::refusesTruncatedFiles()
{
    QFETCH(int, size);
    sample(10'000);
    const QByteArray whole = contents(u"sample.db"_s);
    write(u"cut.db"_s, size < 0 ? whole.chopped(-size) : whole.left(size));
    QCOMPARE(openError(connectionTo(path(u"cut.db"_s))), ErrorCode::DatabaseDamaged);
    QCOMPARE(openError(connectionTo(path(u"cut.db"_s)), true), ErrorCode::DatabaseDamaged);
}

void TestSqliteOpen::damagedPageIsAnErrorNotAnEnd()
{
    sample(10'000);
    QByteArray bytes = contents(u"sample.db"_s);
    const qsizetype middle = bytes.size() / 2 / 4096 * 4096;
    bytes.replace(middle, 4096, QByteArray(4096, '\xee'));
    write(u"damaged.db"_s, bytes);
    const auto session = openSession(path(u"damaged.db"_s), false);
    QVERIFY(session);
    const auto table = session->describe({{}, u"t"_s});
    QVERIFY(table);
    const TableMapping mapping = mapped(*table, *table);
    const auto rows = readAll(*session, readSource(mapping));
    QVERIFY(!rows);
    QCOMPARE(rows.error().code, ErrorCode::DatabaseDamaged);
    QCOMPARE(rows.error().facts.value(Fact::Table), u"t"_s);
}

void TestSqliteOpen::unreadableFile()
{
    const QString file = sample();
    if (::geteuid() != 0) {
        QFile::setPermissions(file, {});
        QCOMPARE(openError(connectionTo(file)), ErrorCode::FileUnreadable);
        return;
    }
    // root reads everything: a child that is somebody else tries.
    QVERIFY(QFile::setPermissions(file, QFile::ReadOwner));
    QVERIFY(QFile::setPermissions(m_folder->path(), QFile::ReadOwner | QFile::ExeOwner | QFile::ExeOther));
    const pid_t child = ::fork();
    if (child == 0)
        ::_exit(::setuid(65534) == 0 && openError(connectionTo(file)) == ErrorCode::FileUnreadable ? 0 : 1);
    int status = -1;
    QCOMPARE(::waitpid(child, &status, 0), child);
    QCOMPARE(status, 0);
}

void TestSqliteOpen::takesAnEmptyFile()
{
    write(u"empty.db"_s, {});
    const auto session = openSession(path(u"empty.db"_s));
    QVERIFY(session);
    QCOMPARE(session->tables()->size(), 0);
    QVERIFY(session->execute(u"CREATE TABLE t (a)"_s));
    QCOMPARE(session->tables()->size(), 1);
}

void TestSqliteOpen::neverCreates()
{
    openError(connectionTo(path(u"new.db"_s)), true);
    QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files), QStringList());
}

void TestSqliteOpen::followsLinks()
{
    const QString file = sample();
    QVERIFY(QFile::link(file, path(u"link.db"_s)));
    const auto direct = openSession(file);
    const auto linked = openSession(path(u"link.db"_s));
    QVERIFY(direct && linked);
    QCOMPARE(linked->facts().identity, direct->facts().identity);
    QVERIFY(direct->facts().identity.startsWith("sqlite:/"_L1));
}

void TestSqliteOpen::readOnlySettingRefusesWriting()
{
    ConnectionSettings settings = connectionTo(sample());
    settings.readOnly = true;
    QCOMPARE(openError(settings, true), ErrorCode::ReadOnly);
    const auto session = openSqlite(settings, {false, nullptr});
    QVERIFY(session);
    QVERIFY((*session)->facts().readOnly);
}

void TestSqliteOpen::readingSessionCannotWrite()
{
    const auto session = openSession(sample(), false);
    QVERIFY(session);
    const auto written = session->execute(u"DELETE FROM t"_s);
    QVERIFY(!written);
    QCOMPARE(written.error().code, ErrorCode::ReadOnly);
}

void TestSqliteOpen::recoversAHotJournal_data()
{
    QTest::addColumn<bool>("wal");
    QTest::addColumn<bool>("writable");
    QTest::newRow("rollback journal, reading") << false << false;
    QTest::newRow("rollback journal, writing") << false << true;
    QTest::newRow("wal, reading") << true << false;
    QTest::newRow("wal, writing") << true << true;
}

// A program that is killed in the middle of writing pages leaves a journal that must be rolled back first.
void TestSqliteOpen::recoversAHotJournal()
{
    QFETCH(bool, wal);
    QFETCH(bool, writable);
    const QString file = sample(20'000);
    const pid_t child = ::fork();
    if (child == 0) {
        Stranger db(file);
        if (wal)
            db.exec(u"PRAGMA journal_mode=WAL; UPDATE t SET name = 'row 1 of many' WHERE id = 1"_s);
        // A small cache spills changed pages into the file before the transaction ends.
        db.exec(u"PRAGMA cache_size=2; PRAGMA cache_spill=1; BEGIN; UPDATE t SET name = 'half done'"_s);
        ::kill(::getpid(), SIGKILL);
    }
    int status = -1;
    QCOMPARE(::waitpid(child, &status, 0), child);
    QVERIFY(QFile::exists(file + (wal ? "-wal"_L1 : "-journal"_L1)));
    const auto session = openSession(file, writable);
    QVERIFY(session);
    const auto rows = session->query(u"SELECT count(*), count(DISTINCT name), min(name) FROM t"_s);
    QVERIFY(rows);
    QCOMPARE(rows->first(), (SqlRow{"20000", "20000", "row 1 of many"}));
}

void TestSqliteOpen::readsWalWithoutLeavingFiles()
{
    const QString file = sample();
    Stranger(file).exec(u"PRAGMA journal_mode=WAL"_s);
    QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files), QStringList{u"sample.db"_s});
    {
        const auto session = openSession(file, false);
        QVERIFY(session);
        QVERIFY(session->query(u"SELECT count(*) FROM t"_s));
    }
    QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files), QStringList{u"sample.db"_s});
}

void TestSqliteOpen::lockEndsWithTheTimeout()
{
    const QString file = sample();
    Stranger writer(file);
    QVERIFY(writer.exec(u"BEGIN EXCLUSIVE"_s));
    const qint64 start = SystemClock().steadyMs();
    const auto session = openSqlite(connectionTo(file), {true, nullptr});
    const qint64 took = SystemClock().steadyMs() - start;
    QVERIFY(!session);
    QCOMPARE(session.error().code, ErrorCode::LockTimeout);
    QVERIFY(session.error().isTransient());
    QVERIFY2(took >= 190, qPrintable(QString::number(took)));
}

void TestSqliteOpen::cancelEndsALockWait()
{
    const QString file = sample();
    Cancellation cancellation;
    ConnectionSettings settings = connectionTo(file);
    settings.timeoutMs = 3'600'000;
    auto session = openSqlite(settings, {true, &cancellation});
    QVERIFY(session);
    Stranger writer(file);
    QVERIFY(writer.exec(u"BEGIN IMMEDIATE"_s));
    std::thread other([&] { cancellation.cancel(); });
    const auto begun = (*session)->beginWrite();
    other.join();
    QVERIFY(!begun);
    QCOMPARE(begun.error().code, ErrorCode::Cancelled);
}

void TestSqliteOpen::readsWhileAnotherWrites()
{
    const QString file = sample();
    Stranger writer(file);
    QVERIFY(writer.exec(u"BEGIN IMMEDIATE; DELETE FROM t"_s));
    const auto session = openSession(file, false);
    QVERIFY(session);
    QVERIFY(session->beginRead());
    QCOMPARE(session->query(u"SELECT count(*) FROM t"_s)->first(), SqlRow{"100"});
    QVERIFY(session->commit());
}

void TestSqliteOpen::readersBlockWritersOnlyWithoutWal()
{
    const QString file = sample();
    {
        const auto reader = openSession(file, false);
        QVERIFY(reader->facts().readersBlockWriters);
        QVERIFY(reader->beginRead());
        const auto writer = openSession(file);
        QVERIFY(writer->beginWrite());
        QVERIFY(writer->execute(u"DELETE FROM t WHERE id = 1"_s));
        const auto blocked = writer->commit();
        QVERIFY(!blocked);
        QCOMPARE(blocked.error().code, ErrorCode::LockTimeout);
        QVERIFY(writer->rollback());
        QVERIFY(reader->rollback());
    }
    Stranger(file).exec(u"PRAGMA journal_mode=WAL"_s);
    const auto reader = openSession(file, false);
    QVERIFY(!reader->facts().readersBlockWriters);
    QVERIFY(reader->beginRead());
    const auto writer = openSession(file);
    QVERIFY(writer->beginWrite());
    QVERIFY(writer->execute(u"DELETE FROM t WHERE id = 1"_s));
    QVERIFY(writer->commit());
    QCOMPARE(reader->query(u"SELECT count(*) FROM t"_s)->first(), SqlRow{"100"}); // its snapshot
    QVERIFY(reader->commit());
    QCOMPARE(reader->query(u"SELECT count(*) FROM t"_s)->first(), SqlRow{"99"});
}

void TestSqliteOpen::distrustsTheSchema()
{
    const QString file = sample();
    // What a file from elsewhere could bring: a view and a trigger that call a function with effects.
    Stranger(file).exec(u"CREATE VIEW v AS SELECT load_extension('/tmp/evil.so') AS x;"
                        "CREATE VIEW p AS SELECT * FROM pragma_function_list;"
                        "CREATE TRIGGER evil AFTER INSERT ON t BEGIN SELECT load_extension('/tmp/evil.so'); END"_s);
    const auto session = openSession(file);
    QVERIFY(session);
    QCOMPARE(session->tables()->size(), 1);
    QVERIFY(!session->query(u"SELECT * FROM v"_s));
    const auto asked = session->query(u"SELECT * FROM p"_s); // harmless by itself; refused because the file brought it
    QVERIFY(!asked);
    QVERIFY2(asked.error().detail.contains("unsafe use of virtual table"_L1), qPrintable(asked.error().detail));
    const auto inserted = session->execute(u"INSERT INTO t VALUES (1000, 'x')"_s);
    QVERIFY(!inserted);
    QVERIFY2(inserted.error().detail.contains("unsafe use of load_extension"_L1), qPrintable(inserted.error().detail));
    QVERIFY(!session->execute(u"PRAGMA writable_schema=ON"_s)
            || !session->execute(u"UPDATE sqlite_schema SET sql = ''"_s));
    QVERIFY(!session->execute(u"ATTACH '%1' AS other"_s.arg(path(u"other.db"_s))));
    QVERIFY(!QFile::exists(path(u"other.db"_s)));
}

void TestSqliteOpen::doubleQuotesAreNames()
{
    const auto session = openSession(sample(), false);
    const auto rows = session->query(u"SELECT count(*) FROM t WHERE \"nmae\" = 'x'"_s);
    QVERIFY(!rows); // SQLite takes it for a text otherwise
    QCOMPARE(rows.error().code, ErrorCode::NoSuchColumn);
}

void TestSqliteOpen::jobLock()
{
    const QString file = sample();
    const QString job = u"6f1c0e0a-0000-4000-8000-000000000001"_s;
    auto first = openSession(file);
    const auto second = openSession(file);
    QCOMPARE(first->tryJobLock(job), true);
    QCOMPARE(first->tryJobLock(job), true);
    QCOMPARE(second->tryJobLock(job), false);
    QCOMPARE(second->tryJobLock(u"another"_s), true);
    first.reset();
    QCOMPARE(second->tryJobLock(job), true);
    QVERIFY(second->facts().holdsLock);
}

void TestSqliteOpen::jobLockLeavesNothing()
{
    const QString file = sample();
    {
        const auto session = openSession(file);
        QCOMPARE(session->tryJobLock(u"job"_s), true);
        QVERIFY(QFile::exists(JobLock::fileName(session->facts().identity.mid(7), u"job"_s)));
    }
    QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files), QStringList{u"sample.db"_s});
}

void TestSqliteOpen::diskFull()
{
    const auto session = openSession(sample());
    QVERIFY(session->execute(u"PRAGMA max_page_count=1"_s));
    QVERIFY(session->beginWrite());
    auto filled = session->execute(u"UPDATE t SET name = printf('%.100000c', 'x')"_s);
    QVERIFY(!filled);
    QCOMPARE(filled.error().code, ErrorCode::DiskFull);
    QVERIFY(session->rollback());
    QCOMPARE(session->query(u"SELECT max(length(name)) FROM t"_s)->first(), SqlRow{"15"});
}

// POSIX drops every lock that a process has on a file when it closes any of its descriptors.
void TestSqliteOpen::closingASessionKeepsOtherLocks()
{
    const QString file = sample();
    const auto writer = openSession(file);
    QVERIFY(writer->beginWrite());
    QVERIFY(openSession(file, false));
    const pid_t child = ::fork();
    if (child == 0)
        ::_exit(sqlite3_exec(Stranger(file).db(), "BEGIN IMMEDIATE", nullptr, nullptr, nullptr) == SQLITE_BUSY ? 0 : 1);
    int status = -1;
    QCOMPARE(::waitpid(child, &status, 0), child);
    QCOMPARE(status, 0);
}

QTEST_APPLESS_MAIN(TestSqliteOpen)
#include "tst_sqliteopen.moc"
