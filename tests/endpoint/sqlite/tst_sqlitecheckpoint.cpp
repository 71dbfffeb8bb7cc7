// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/endpoint/sqlite/sqlitefixture.h"

using namespace tidemark;
using namespace tidemark::test;

// The checkpoint table that all dialects share, on SQLite.
class TestSqliteCheckpoint : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void absentAtFirst();
    void savesAndLoads();
    void savesAgainAndAgain();
    void keysAreApart_data();
    void keysAreApart();
    void rollsBackWithTheRows();
    void identityStays();
    void damageCountsAsAbsent_data();
    void damageCountsAsAbsent();
    void newerFormatIsRefused();
    void removeDropsTheTableWithTheLast();
    void createTwice();
    void readOnlySession();

private:
    static Checkpoint sample()
    {
        Checkpoint checkpoint;
        checkpoint.key = {u"6f1c0e0a-0000-4000-8000-000000000001"_s, u"public.orders → orders_copy"_s, u"source"_s};
        checkpoint.watermark = QByteArray("t:2024-01-01\0\xff", 14);
        checkpoint.mappingDigest = QByteArray::fromHex("00112233445566778899aabbccddeeff");
        checkpoint.readDigest = "digest";
        checkpoint.generation = QByteArray(16, '\0');
        checkpoint.epoch = Q_INT64_C(9223372036854775807);
        return checkpoint;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_file;
};

void TestSqliteCheckpoint::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_file = m_folder->filePath(u"checkpoint.db"_s);
    Stranger(m_file).exec(u"CREATE TABLE t (a)"_s);
}

void TestSqliteCheckpoint::absentAtFirst()
{
    const auto session = openSession(m_file, false);
    QCOMPARE(*session->hasCheckpointTable(), false);
    QCOMPARE(*session->identityToken(), QByteArray());
    QCOMPARE(*session->loadCheckpoint(sample().key, false), std::nullopt);
    QVERIFY(session->removeCheckpoints(u"x"_s));
    QVERIFY(session->checkpointTableSql().startsWith("CREATE TABLE"_L1));
}

void TestSqliteCheckpoint::savesAndLoads()
{
    const auto session = openSession(m_file);
    QVERIFY(session->createCheckpointTable());
    QCOMPARE(*session->hasCheckpointTable(), true);
    QVERIFY(session->tables()->size() == 1); // never a table to sync
    QVERIFY(session->saveCheckpoint(sample()));
    QCOMPARE(*session->loadCheckpoint(sample().key, false), sample());
    QCOMPARE(*session->loadCheckpoint(sample().key, true), sample());
}

void TestSqliteCheckpoint::savesAgainAndAgain()
{
    const auto session = openSession(m_file);
    QVERIFY(session->createCheckpointTable());
    Checkpoint checkpoint = sample();
    QVERIFY(session->saveCheckpoint(checkpoint));
    QVERIFY(session->saveCheckpoint(checkpoint));
    checkpoint.epoch = 5;
    checkpoint.watermark.clear();
    QVERIFY(session->saveCheckpoint(checkpoint));
    QCOMPARE(*session->loadCheckpoint(checkpoint.key, false), checkpoint);
    QCOMPARE(Stranger(m_file).rows(u"SELECT count(*) FROM tidemark_checkpoint"_s), QStringList{u"integer:2"_s});
}

void TestSqliteCheckpoint::keysAreApart_data()
{
    QTest::addColumn<CheckpointKey>("other");
    const CheckpointKey key = sample().key;
    QTest::newRow("job") << CheckpointKey{key.jobId + u'x', key.table, key.side};
    QTest::newRow("table") << CheckpointKey{key.jobId, key.table + u' ', key.side};
    QTest::newRow("case") << CheckpointKey{key.jobId, key.table.toUpper(), key.side};
    QTest::newRow("side") << CheckpointKey{key.jobId, key.table, u"target"_s};
    QTest::newRow("long table") << CheckpointKey{key.jobId, QString(5000, QChar(0x5b57)), key.side};
}

void TestSqliteCheckpoint::keysAreApart()
{
    QFETCH(CheckpointKey, other);
    const auto session = openSession(m_file);
    QVERIFY(session->createCheckpointTable());
    QVERIFY(session->saveCheckpoint(sample()));
    QCOMPARE(*session->loadCheckpoint(other, false), std::nullopt);
    Checkpoint second = sample();
    second.key = other;
    second.epoch = 7;
    QVERIFY(session->saveCheckpoint(second));
    QCOMPARE(*session->loadCheckpoint(other, false), second);
    QCOMPARE(*session->loadCheckpoint(sample().key, false), sample());
}

void TestSqliteCheckpoint::rollsBackWithTheRows()
{
    const auto session = openSession(m_file);
    QVERIFY(session->createCheckpointTable());
    QVERIFY(session->beginWrite());
    QVERIFY(session->saveCheckpoint(sample()));
    QVERIFY(session->rollback());
    QCOMPARE(*session->loadCheckpoint(sample().key, false), std::nullopt);
}

void TestSqliteCheckpoint::identityStays()
{
    QByteArray token;
    {
        const auto session = openSession(m_file);
        QVERIFY(session->createCheckpointTable());
        token = *session->identityToken();
        QCOMPARE(token.size(), 16);
    }
    const auto session = openSession(m_file, false);
    QCOMPARE(*session->identityToken(), token);
    const QString other = m_folder->filePath(u"other.db"_s);
    Stranger(other).exec(u"CREATE TABLE t (a)"_s);
    const auto second = openSession(other);
    QVERIFY(second->createCheckpointTable());
    QVERIFY(*second->identityToken() != token);
}

void TestSqliteCheckpoint::damageCountsAsAbsent_data()
{
    QTest::addColumn<QString>("change");
    QTest::newRow("watermark") << u"watermark = '00'"_s;
    QTest::newRow("epoch") << u"epoch = epoch - 1"_s;
    QTest::newRow("table's text") << u"table_pair = 'x'"_s;
    QTest::newRow("checksum") << u"checksum = ''"_s;
    QTest::newRow("format") << u"format = 0"_s;
    QTest::newRow("not hexadecimal") << u"read_digest = 'zz' || read_digest"_s;
    QTest::newRow("generation") << u"generation = ''"_s;
    QTest::newRow("epoch no number") << u"epoch = 'abc'"_s;
    QTest::newRow("copied to another job") << u"job_id = 'other'"_s;
}

void TestSqliteCheckpoint::damageCountsAsAbsent()
{
    QFETCH(QString, change);
    const auto session = openSession(m_file);
    QVERIFY(session->createCheckpointTable());
    QVERIFY(session->saveCheckpoint(sample()));
    QVERIFY(session->execute(u"UPDATE tidemark_checkpoint SET %1 WHERE job_id <> ''"_s.arg(change)));
    CheckpointKey key = sample().key;
    if (change.startsWith("job_id"_L1))
        key.jobId = u"other"_s;
    const auto loaded = session->loadCheckpoint(key, false);
    QVERIFY(loaded);
    QCOMPARE(*loaded, std::nullopt);
    QVERIFY(session->saveCheckpoint(sample())); // and is written anew
    QCOMPARE(*session->loadCheckpoint(sample().key, false), sample());
}

void TestSqliteCheckpoint::newerFormatIsRefused()
{
    const auto session = openSession(m_file);
    QVERIFY(session->createCheckpointTable());
    QVERIFY(session->saveCheckpoint(sample()));
    QVERIFY(session->execute(u"UPDATE tidemark_checkpoint SET format = 2 WHERE job_id <> ''"_s));
    const auto loaded = session->loadCheckpoint(sample().key, false);
    QVERIFY(!loaded);
    QCOMPARE(loaded.error().code, ErrorCode::WorkspaceNewer);
    QCOMPARE(loaded.error().facts.value(Fact::Table), u"tidemark_checkpoint"_s);
}

void TestSqliteCheckpoint::removeDropsTheTableWithTheLast()
{
    const auto session = openSession(m_file);
    QVERIFY(session->createCheckpointTable());
    Checkpoint second = sample();
    second.key.jobId = u"other"_s;
    QVERIFY(session->saveCheckpoint(sample()));
    QVERIFY(session->saveCheckpoint(second));
    QVERIFY(session->removeCheckpoints(QString())); // the identity is nobody's
    QVERIFY(session->removeCheckpoints(sample().key.jobId));
    QCOMPARE(*session->loadCheckpoint(sample().key, false), std::nullopt);
    QCOMPARE(*session->loadCheckpoint(second.key, false), second);
    QVERIFY(!session->identityToken()->isEmpty());
    QVERIFY(session->removeCheckpoints(u"other"_s));
    QCOMPARE(*session->hasCheckpointTable(), false);
}

void TestSqliteCheckpoint::createTwice()
{
    const auto first = openSession(m_file);
    const auto second = openSession(m_file);
    QVERIFY(first->createCheckpointTable());
    QVERIFY(first->saveCheckpoint(sample()));
    const QByteArray token = *first->identityToken();
    QVERIFY(second->createCheckpointTable());
    QCOMPARE(*second->identityToken(), token);
    QCOMPARE(*second->loadCheckpoint(sample().key, false), sample());
}

void TestSqliteCheckpoint::readOnlySession()
{
    const auto session = openSession(m_file, false);
    const auto created = session->createCheckpointTable();
    QVERIFY(!created);
    QCOMPARE(created.error().code, ErrorCode::ReadOnly);
}

QTEST_APPLESS_MAIN(TestSqliteCheckpoint)
#include "tst_sqlitecheckpoint.moc"
