// SPDX-License-Identifier: GPL-3.0-or-later
#include <thread>

#include <QTest>

#include "tests/support/fakeaccess.h"
#include "tests/support/fakepair.h"

using namespace tidemark;
using namespace Qt::StringLiterals;

class TestFakeWrites : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void writesAndRollsBack();
    void savepointsTakeBack();
    void refusesWhatServersRefuse_data();
    void refusesWhatServersRefuse();
    void narrowsValues();
    void foreignKeysHold();
    void foreignKeysCanWait();
    void keysByTheServersEquality();
    void lockedRowsAreWaitedFor();
    void streamingFailsLate();
    void keepsCheckpointsWithTheRows();
    void losesTheAnswerToCommit_data();
    void losesTheAnswerToCommit();

private:
    std::unique_ptr<FakePair> m_pair;
};

void TestFakeWrites::init()
{
    m_pair = std::make_unique<FakePair>();
    m_pair->makeTable(u"orders"_s, u"id integer key, note text(5), at timestamp(3)"_s);
}

void TestFakeWrites::cleanup() { QCOMPARE(m_pair->violations(), QStringList()); }

void TestFakeWrites::writesAndRollsBack()
{
    m_pair->putTarget(u"orders"_s, {1, "a", nullptr});
    m_pair->putTarget(u"orders"_s, {2, "b", nullptr});
    const FakeAccess access(m_pair->target, u"orders"_s);
    const auto session = m_pair->open(u"target"_s);
    const auto change = [&] {
        QVERIFY(session->beginWrite());
        auto writer = session->writer(access.write());
        QVERIFY(writer.has_value());
        const SelectedRows inserted(access.rows({{3, "c", "2026-02-03 04:05:06"}}));
        const SelectedRows updated(access.rows({{1, "A", nullptr}}));
        const SelectedRows removed(access.rows({{2, nullptr, nullptr}, {99, nullptr, nullptr}}));
        RowBatch locked;
        QVERIFY((*writer)->insert(inserted));
        QVERIFY(session->readKeys(access.read(), updated, true, locked));
        QCOMPARE(access.texts(locked), QStringList{u"1|a|NULL"_s});
        QVERIFY((*writer)->update(updated));
        QVERIFY((*writer)->remove(removed));
        QVERIFY((*writer)->finish());
    };
    const QStringList before = m_pair->targetRows(u"orders"_s);
    change();
    QCOMPARE(m_pair->targetRows(u"orders"_s), before);
    QCOMPARE(access.readAll(*session, access.read()).size(), 2); // its own
    QVERIFY(session->rollback());
    QCOMPARE(m_pair->targetRows(u"orders"_s), before);
    QCOMPARE(m_pair->target.counters().writes(), 0);
    change();
    QVERIFY(session->commit());
    QCOMPARE(m_pair->targetRows(u"orders"_s), (QStringList{u"1|A|NULL"_s, u"3|c|2026-02-03 04:05:06"_s}));
    const FakeCounters counters = m_pair->target.counters();
    QCOMPARE(counters.inserts, 1);
    QCOMPARE(counters.updates, 1);
    QCOMPARE(counters.deletes, 1);
    QCOMPARE(counters.commits, 1);
}

void TestFakeWrites::savepointsTakeBack()
{
    const FakeAccess access(m_pair->target, u"orders"_s);
    const auto session = m_pair->open(u"target"_s);
    QVERIFY(session->beginWrite());
    auto writer = session->writer(access.write());
    const SelectedRows good(access.rows({{1, "a", nullptr}}));
    const SelectedRows bad(access.rows({{2, "b", nullptr}, {1, "x", nullptr}}));
    QVERIFY((*writer)->insert(good));
    QVERIFY(session->savepoint());
    const auto refused = (*writer)->insert(bad);
    QCOMPARE(refused.error().code, ErrorCode::UniqueViolated);
    QCOMPARE(refused.error().facts.value(Fact::Key), u"id = 1"_s);
    QCOMPARE(refused.error().facts.value(Fact::Constraint), u"orders_pkey"_s);
    QVERIFY(session->rollbackToSavepoint());
    QVERIFY(session->commit());
    QCOMPARE(m_pair->targetRows(u"orders"_s), QStringList{u"1|a|NULL"_s});
    QCOMPARE(m_pair->target.counters().inserts, 1);
}

void TestFakeWrites::refusesWhatServersRefuse_data()
{
    QTest::addColumn<QString>("note");
    QTest::addColumn<QString>("number");
    QTest::addColumn<int>("code");
    QTest::newRow("too long") << u"sechs_"_s << u"1"_s << int(ErrorCode::ValueTooLong);
    QTest::newRow("five characters") << u"ÄÖÜ仓库"_s << u"1"_s << -1;
    QTest::newRow("NULL") << QString() << u"1"_s << int(ErrorCode::NotNullViolated);
    QTest::newRow("too large") << u"a"_s << u"32768"_s << int(ErrorCode::ValueOutOfRange);
    QTest::newRow("largest") << u"a"_s << u"32767"_s << -1;
    QTest::newRow("smallest") << u"a"_s << u"-32768"_s << -1;
    QTest::newRow("too small") << u"a"_s << u"-32769"_s << int(ErrorCode::ValueOutOfRange);
    QTest::newRow("check") << u"bad"_s << u"1"_s << int(ErrorCode::CheckViolated);
    QTest::newRow("unique") << u"there"_s << u"1"_s << int(ErrorCode::UniqueViolated);
    QTest::newRow("unique by collation") << u"THERE"_s << u"1"_s << int(ErrorCode::UniqueViolated);
}

void TestFakeWrites::refusesWhatServersRefuse()
{
    QFETCH(QString, note);
    QFETCH(QString, number);
    QFETCH(int, code);
    m_pair->source.createTable(fakeTable(u"t"_s, u"id integer key, note text, number integer"_s));
    m_pair->target.createTable(
        fakeTable(u"t"_s, u"id integer key, note text(5) not null unique nocase, number integer(2)"_s));
    m_pair->putTarget(u"t"_s, {7, "there", 0});
    m_pair->target.refuseRows(
        u"t"_s, [](const QStringList &row) { return row.at(1) == u"bad"_s; }, Error{ErrorCode::CheckViolated, {}, {}});
    const FakeAccess source(m_pair->source, u"t"_s);
    const FakeAccess target(m_pair->target, u"t"_s);
    const SelectedRows rows(source.rows({{1, note.isNull() ? FakeValue(nullptr) : FakeValue(note), number}}));
    const auto session = m_pair->open(u"target"_s);
    QVERIFY(session->beginWrite());
    auto writer = session->writer(target.write());
    const auto inserted = (*writer)->insert(rows);
    QCOMPARE(inserted ? -1 : int(inserted.error().code), code);
    if (!inserted) {
        QVERIFY(inserted.error().isRowFault());
        QCOMPARE(inserted.error().facts.value(Fact::Table), u"t"_s);
    }
    QVERIFY(session->rollback());
}

void TestFakeWrites::narrowsValues()
{
    m_pair->target.createTable(fakeTable(u"t"_s, u"id integer key, at timestamp(3), price decimal(9.2), day text"_s));
    FakeAccess access(m_pair->target, u"t"_s);
    const SelectedRows rows(access.rows({{1, "1969-12-31 23:59:59.999999", "-1.239", "x"}}));
    const auto session = m_pair->open(u"target"_s);
    QVERIFY(session->beginWrite());
    auto writer = session->writer(access.write());
    QVERIFY((*writer)->insert(rows));
    QVERIFY(session->commit());
    QCOMPARE(m_pair->targetRows(u"t"_s), QStringList{u"1|1969-12-31 23:59:59.999|-1.24|x"_s});
}

void TestFakeWrites::foreignKeysHold()
{
    m_pair->target.createTable(
        fakeTable(u"lines"_s, u"id integer key, order_id integer -> orders.id, above integer -> lines.id"_s));
    m_pair->target.createTable(fakeTable(u"tags"_s, u"id integer key, order_id integer -> orders.id cascade"_s));
    m_pair->putTarget(u"orders"_s, {1, nullptr, nullptr});
    m_pair->putTarget(u"orders"_s, {2, nullptr, nullptr});
    m_pair->putTarget(u"tags"_s, {5, 2});
    const FakeAccess orders(m_pair->target, u"orders"_s);
    const FakeAccess lines(m_pair->target, u"lines"_s);
    const auto session = m_pair->open(u"target"_s);
    const auto insertLine = [&](const FakeValues &row) {
        const SelectedRows rows(lines.rows({row}));
        auto writer = session->writer(lines.write());
        QVERIFY(session->savepoint().has_value() && writer.has_value());
        const auto inserted = (*writer)->insert(rows);
        QVERIFY(inserted ? session->releaseSavepoint() : session->rollbackToSavepoint());
        if (!inserted)
            QCOMPARE(inserted.error().code, ErrorCode::ForeignKeyViolated);
    };
    QVERIFY(session->beginWrite());
    insertLine({10, 1, nullptr});
    insertLine({11, 3, nullptr}); // no such order
    insertLine({12, nullptr, 12}); // its own parent
    insertLine({13, nullptr, 14}); // parent comes later
    insertLine({14, nullptr, 10});
    const SelectedRows removed(orders.rows({{2, nullptr, nullptr}}));
    const SelectedRows held(orders.rows({{1, nullptr, nullptr}}));
    auto writer = session->writer(orders.write());
    QVERIFY((*writer)->remove(removed)); // and its tags
    QVERIFY(session->savepoint());
    QCOMPARE((*writer)->remove(held).error().code, ErrorCode::ForeignKeyViolated);
    QVERIFY(session->rollbackToSavepoint());
    QVERIFY(session->commit());
    QCOMPARE(m_pair->targetRows(u"lines"_s), (QStringList{u"10|1|NULL"_s, u"12|NULL|12"_s, u"14|NULL|10"_s}));
    QCOMPARE(m_pair->targetRows(u"orders"_s), QStringList{u"1|NULL|NULL"_s});
    QCOMPARE(m_pair->targetRows(u"tags"_s), QStringList());
    QCOMPARE(m_pair->target.counters().deletes, 1);
}

void TestFakeWrites::foreignKeysCanWait()
{
    m_pair->target.createTable(fakeTable(u"lines"_s, u"id integer key, above integer -> lines.id"_s));
    const FakeAccess lines(m_pair->target, u"lines"_s);
    const auto session = m_pair->open(u"target"_s);
    const auto insertAndCommit = [&](const QList<FakeValues> &values) -> Result<void> {
        TRY(session->beginWrite());
        TRY(session->deferForeignKeys());
        const SelectedRows rows(lines.rows(values));
        TRY_ASSIGN(const auto writer, session->writer(lines.write()));
        TRY(writer->insert(rows));
        return session->commit();
    };
    QVERIFY(insertAndCommit({{1, 2}, {2, 1}}));
    QCOMPARE(insertAndCommit({{3, 4}}).error().code, ErrorCode::ForeignKeyViolated); // and rolled back
    QCOMPARE(m_pair->targetRows(u"lines"_s), (QStringList{u"1|2"_s, u"2|1"_s}));
    m_pair->target.defersForeignKeys = false;
    QCOMPARE(insertAndCommit({{5, 6}, {6, 5}}).error().code, ErrorCode::ForeignKeyViolated);
    QVERIFY(session->rollback());
}

void TestFakeWrites::keysByTheServersEquality()
{
    m_pair->target.createTable(fakeTable(u"t"_s, u"code text key nocase padspace, n integer"_s));
    m_pair->putTarget(u"t"_s, {"abc", 1});
    const FakeAccess access(m_pair->target, u"t"_s);
    const auto session = m_pair->open(u"target"_s);
    const SelectedRows keys(access.rows({{"ABC ", 0}, {"abd", 0}}));
    RowBatch out;
    QVERIFY(session->readKeys(access.read(), keys, false, out));
    QCOMPARE(access.texts(out), QStringList{u"abc|1"_s}); // who asked compares bytes
    QVERIFY(session->beginWrite());
    auto writer = session->writer(access.write());
    QCOMPARE((*writer)->insert(keys).error().code, ErrorCode::UniqueViolated);
    QVERIFY(session->rollback());
}

void TestFakeWrites::lockedRowsAreWaitedFor()
{
    m_pair->putTarget(u"orders"_s, {1, "old", nullptr});
    const FakeAccess access(m_pair->target, u"orders"_s);
    const SelectedRows row(access.rows({{1, "new", nullptr}}));
    const auto holder = m_pair->open(u"target"_s);
    RowBatch out;
    QVERIFY(holder->beginWrite());
    QVERIFY(holder->readKeys(access.read(), row, true, out));
    auto writer = holder->writer(access.write());
    QVERIFY((*writer)->update(row));
    QStringList seen;
    std::atomic<bool> asking = false;
    {
        m_pair->target.onOperation(
            [&](const QString &operation) { asking = asking || operation == u"lockKeys orders"_s; });
        const std::jthread other([&] {
            const auto session = m_pair->open(u"target"_s);
            RowBatch read;
            if (session->beginWrite() && session->readKeys(access.read(), row, true, read))
                seen = access.texts(read);
        });
        QTRY_VERIFY(asking);
        QVERIFY(holder->commit());
    }
    QCOMPARE(seen, QStringList{u"1|new|NULL"_s});

    m_pair->target.onOperation({});
    m_pair->target.lockTimeoutMs = 20;
    const auto waiter = m_pair->open(u"target"_s);
    QVERIFY(holder->beginWrite());
    QVERIFY(holder->readKeys(access.read(), row, true, out));
    QVERIFY(waiter->beginWrite());
    QCOMPARE(waiter->readKeys(access.read(), row, true, out).error().code, ErrorCode::LockTimeout);
    QVERIFY(waiter->rollback());
}

void TestFakeWrites::streamingFailsLate()
{
    m_pair->putTarget(u"orders"_s, {1, "old", nullptr});
    const FakeAccess access(m_pair->target, u"orders"_s);
    const SelectedRows row(access.rows({{1, "new", nullptr}}));
    const auto session = m_pair->open(u"target"_s);
    QVERIFY(session->beginWrite());
    auto writer = session->writer(access.write());
    (*writer)->setStreaming(true);
    QVERIFY((*writer)->insert(row));
    QCOMPARE((*writer)->flush().error().code, ErrorCode::UniqueViolated);
    QVERIFY(session->rollback());
}

void TestFakeWrites::keepsCheckpointsWithTheRows()
{
    const auto session = m_pair->open(u"target"_s);
    Checkpoint checkpoint;
    checkpoint.key = {u"job"_s, u"a → b"_s};
    checkpoint.epoch = 1;
    QVERIFY(!session->hasCheckpointTable().value());
    QVERIFY(session->identityToken().value().isEmpty());
    QVERIFY(!session->loadCheckpoint(checkpoint.key, false).value());
    QVERIFY(session->createCheckpointTable());
    const QByteArray identity = session->identityToken().value();
    QVERIFY(!identity.isEmpty());
    QVERIFY(session->createCheckpointTable());
    QCOMPARE(session->identityToken().value(), identity);
    QVERIFY(session->beginWrite());
    QVERIFY(session->saveCheckpoint(checkpoint));
    QVERIFY(*session->loadCheckpoint(checkpoint.key, true).value() == checkpoint);
    QVERIFY(session->rollback());
    QVERIFY(!m_pair->target.checkpoint(checkpoint.key));
    QVERIFY(session->beginWrite());
    QVERIFY(session->saveCheckpoint(checkpoint));
    QVERIFY(session->commit());
    QVERIFY(*m_pair->target.checkpoint(checkpoint.key) == checkpoint);
    QCOMPARE(m_pair->target.counters().writes(), 0);
    const auto backup = m_pair->target.backUp();
    QVERIFY(session->removeCheckpoints(u"job"_s));
    QVERIFY(!m_pair->target.hasCheckpointTable());
    m_pair->target.restore(backup);
    QVERIFY(*session->loadCheckpoint(checkpoint.key, false).value() == checkpoint);
    QCOMPARE(session->identityToken().value(), identity);
    m_pair->target.mayCreateTables = false;
    QCOMPARE(session->createCheckpointTable().error().code, ErrorCode::NoRights);
}

void TestFakeWrites::losesTheAnswerToCommit_data()
{
    QTest::addColumn<bool>("applied");
    QTest::newRow("applied") << true;
    QTest::newRow("not applied") << false;
}

void TestFakeWrites::losesTheAnswerToCommit()
{
    QFETCH(bool, applied);
    const FakeAccess access(m_pair->target, u"orders"_s);
    const SelectedRows row(access.rows({{1, "a", nullptr}}));
    const auto session = m_pair->open(u"target"_s);
    QVERIFY(session->beginWrite());
    auto writer = session->writer(access.write());
    QVERIFY((*writer)->insert(row));
    m_pair->target.failCommit(applied);
    QCOMPARE(session->commit().error().code, ErrorCode::CommitInDoubt);
    QCOMPARE(m_pair->targetRows(u"orders"_s).size(), applied ? 1 : 0);
}

QTEST_APPLESS_MAIN(TestFakeWrites)
#include "tst_fakewrites.moc"
