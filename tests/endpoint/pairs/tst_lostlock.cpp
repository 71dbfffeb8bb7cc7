// SPDX-License-Identifier: GPL-3.0-or-later
// The connection that holds a job's lock dies in the middle of a run: nothing is committed without it.

#include <QCryptographicHash>

#include "core/endpoint/sql/sqlite/joblock.h"
#include "tests/endpoint/pairs/disaster.h"

using namespace tidemark;
using namespace tidemark::disaster;
using namespace Qt::StringLiterals;

class TestLostLock : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aLostLockStopsTheRun_data();
    void aLostLockStopsTheRun();
    void aLostLockIsTakenAgain_data() { addServers(allScopes); }
    void aLostLockIsTakenAgain();
    void aLockFileThatIsGone_data();
    void aLockFileThatIsGone();

private:
    // The third batch kills the lock's connection, and waits until the server has let go of the lock.
    static QString killTheLock(const SqlPair &pair, const JobSettings &job)
    {
        if (pair.target.driver() == Driver::Postgres)
            return u"PERFORM pg_terminate_backend(pid, 5000) FROM pg_locks WHERE locktype = 'advisory' AND database = "
                   "(SELECT oid FROM pg_database WHERE datname = current_database()) AND pid <> pg_backend_pid();"_s;
        const QByteArray hash = QCryptographicHash::hash(job.id.toUtf8(), QCryptographicHash::Sha256).toHex().left(40);
        return u"KILL CONNECTION IS_USED_LOCK('tidemark:%1'); "
               "WHILE IS_USED_LOCK('tidemark:%1') IS NOT NULL DO DO SLEEP(0.01); END WHILE;"_s.arg(
                   QString::fromLatin1(hash));
    }
};

#define LOST_LOCK()                                                                                                    \
    SERVER();                                                                                                          \
    std::optional<OwnDatabase> own;                                                                                    \
    SqlPair pair(Driver::Sqlite, server);                                                                              \
    if (server == Driver::Postgres) {                                                                                  \
        own.emplace(u"disaster"_s);                                                                                    \
        own->use(pair.target, u"target"_s);                                                                            \
    }                                                                                                                  \
    pair.source.exec(create);                                                                                          \
    pair.target.exec(create);                                                                                          \
    fill(pair.source, rowCount, false);                                                                                \
    JobSettings job = pair.job(inBatches(scope));                                                                      \
    killOnce(pair.target, killTheLock(pair, job))

void TestLostLock::aLostLockStopsTheRun_data()
{
    QTest::addColumn<Driver>("server");
    QTest::addColumn<QString>("scope");
    QTest::addColumn<bool>("tls");
    for (const QString &scope : allScopes) {
        for (const bool tls : {false, true}) {
            const char *how = tls ? ", TLS" : "";
            QTest::addRow("PostgreSQL, %s%s", qPrintable(scope), how) << Driver::Postgres << scope << tls;
            QTest::addRow("MariaDB, %s%s", qPrintable(scope), how) << Driver::Mysql << scope << tls;
        }
    }
}

void TestLostLock::aLostLockStopsTheRun()
{
    LOST_LOCK();
    QFETCH(bool, tls);
    job.target.tls.mode = tls ? TlsMode::Require : TlsMode::Disable;
    job.retry.attempts = 1;
    const RunReport report = pair.run(job);
    QVERIFY2(errorOf(report) && errorOf(report)->code == ErrorCode::LockLost, qPrintable(shown(report)));
    QCOMPARE(report.exitCode(), 2);
    const qint64 kept = pair.target.rows(rowTotal).first().toLongLong();
    QCOMPARE(kept, scope == u"batch"_s ? 2 * batchRows : 0);
    QCOMPARE(report.totals().inserts, kept);
    QCOMPARE(shown(pair.run(job)), u"completed +%1 ~0 -0"_s.arg(rowCount - kept)); // over a lock that stands
    QVERIFY(pair.target.rows(content) == pair.source.rows(content));
}

void TestLostLock::aLostLockIsTakenAgain()
{
    LOST_LOCK();
    QCOMPARE(shown(pair.run(job)), u"completed +2000 ~0 -0"_s);
    QVERIFY(pair.target.rows(content) == pair.source.rows(content));
    QCOMPARE(shown(pair.run(job)), u"completed +0 ~0 -0"_s);
}

void TestLostLock::aLockFileThatIsGone_data()
{
    QTest::addColumn<bool>("taken");
    QTest::newRow("removed") << false;
    QTest::newRow("another's by now") << true;
}

void TestLostLock::aLockFileThatIsGone()
{
    QFETCH(bool, taken);
    SqlPair pair(Driver::Sqlite, Driver::Sqlite);
    pair.source.exec(create);
    pair.target.exec(create);
    fill(pair.source, 300, false);
    JobSettings job = pair.job();
    job.retry.attempts = 1;
    const QString file = JobLock::fileName(QFileInfo(job.target.database).canonicalFilePath(), job.id);
    HookedConnector connector;
    JobLock other;
    bool lost = false;
    connector.beforeOpen = [&](const ConnectionSettings &settings) -> Result<void> {
        if (settings == job.target && QFile::exists(file) && !std::exchange(lost, true)) {
            QFile::remove(file);
            if (taken)
                other.tryLock(QFileInfo(job.target.database).canonicalFilePath(), job.id);
        }
        return {};
    };
    const RunReport report = runWith(pair, connector, job);
    QVERIFY(lost);
    QVERIFY2(errorOf(report) && errorOf(report)->code == ErrorCode::LockLost, qPrintable(shown(report)));
    QCOMPARE(pair.target.rows(rowTotal), QStringList{u"0"_s});
    if (taken)
        QCOMPARE(pair.run(job).state, RunState::Busy);
    else
        QCOMPARE(shown(pair.run(job)), u"completed +300 ~0 -0"_s);
}

QTEST_GUILESS_MAIN(TestLostLock)
#include "tst_lostlock.moc"
