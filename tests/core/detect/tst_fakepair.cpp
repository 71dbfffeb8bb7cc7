// SPDX-License-Identifier: GPL-3.0-or-later
#include <thread>

#include <QTest>

#include "tests/support/fakeaccess.h"
#include "tests/support/fakepair.h"

using namespace tidemark;
using namespace Qt::StringLiterals;

class TestFakePair : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void readsInOrder_data();
    void readsInOrder();
    void readsFromACursor_data();
    void readsFromACursor();
    void readsByFilterAndFlag();
    void readsOneSnapshot();
    void sharesASnapshot();
    void failsOnDemand();
    void foreignWritesBetweenOperations();
    void jobLockIsExclusive();
    void cancellationKills();
    void misuseIsNoted();

private:
    std::unique_ptr<FakePair> m_pair;
    bool m_misused = false;
};

void TestFakePair::init()
{
    m_pair = std::make_unique<FakePair>();
    m_pair->makeTable(u"orders"_s, u"id integer key, note text(5), at timestamp(3)"_s);
    m_misused = false;
}

void TestFakePair::cleanup()
{
    if (!m_misused)
        QCOMPARE(m_pair->violations(), QStringList());
}

void TestFakePair::readsInOrder_data()
{
    QTest::addColumn<int>("order");
    QTest::addColumn<QStringList>("expected");
    const QString minus = u"-3|c|2026-01-01 00:00:00"_s;
    const QString two = u"2|b|NULL"_s;
    const QString ten = u"10|a|2025-01-01 00:00:00"_s;
    QTest::newRow("none: never the key's by luck") << int(ReadRequest::Order::None) << QStringList{ten, two, minus};
    QTest::newRow("key") << int(ReadRequest::Order::Key) << QStringList{minus, two, ten};
    QTest::newRow("cursor") << int(ReadRequest::Order::Cursor) << QStringList{ten, minus};
    QTest::newRow("cursor, descending") << int(ReadRequest::Order::CursorDescending) << QStringList{minus, ten};
}

void TestFakePair::readsInOrder()
{
    QFETCH(int, order);
    QFETCH(QStringList, expected);
    m_pair->putSource(u"orders"_s, {10, "a", "2025-01-01"});
    m_pair->putSource(u"orders"_s, {-3, "c", "2026-01-01"});
    m_pair->putSource(u"orders"_s, {2, "b", nullptr});
    const auto session = m_pair->open(u"source"_s);
    const FakeAccess access(m_pair->source, u"orders"_s);
    ReadRequest request = access.read(static_cast<ReadRequest::Order>(order));
    request.cursorCell = order == int(ReadRequest::Order::Key) || order == int(ReadRequest::Order::None) ? -1 : 2;
    request.limits.rows = 2;
    QVERIFY(session->beginRead());
    QCOMPARE(access.readAll(*session, request), expected);
    QCOMPARE(m_pair->source.counters().rowsRead, expected.size());
    QCOMPARE(m_pair->source.counters().reads, 1);
    QVERIFY(session->rollback());
}

void TestFakePair::readsFromACursor_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QStringList>("cursors");
    QTest::newRow("numbers") << u"integer"_s << QStringList{u"9"_s, u"10"_s, u"100"_s};
    QTest::newRow("negative") << u"integer"_s << QStringList{u"-10"_s, u"-9"_s, u"0"_s};
    QTest::newRow("times") << u"timestamp"_s
                           << QStringList{u"2025-12-31 23:59:59.999999"_s, u"2026-01-01 00:00:00"_s,
                                          u"2026-01-01 00:00:00.5"_s};
    QTest::newRow("instants") << u"instant"_s
                              << QStringList{u"2025-12-31 23:59:59+00:00"_s, u"2026-01-01 00:00:00+00:00"_s,
                                             u"2026-01-01 00:00:00.5+00:00"_s};
}

void TestFakePair::readsFromACursor()
{
    QFETCH(QString, kind);
    QFETCH(QStringList, cursors);
    m_pair->source.createTable(fakeTable(u"t"_s, u"id integer key, c "_s + kind));
    for (int i = 0; i < 3; ++i)
        m_pair->putSource(u"t"_s, {i, cursors.at(i)});
    const auto session = m_pair->open(u"source"_s);
    FakeAccess access(m_pair->source, u"t"_s);
    access.layout->cells[1].kind = CellKind::Exact; // as the engine carries a cursor
    ReadRequest request = access.read(ReadRequest::Order::Cursor);
    request.cursorCell = 1;
    for (int from = 0; from < 3; ++from) {
        request.cursorFrom = cursors.at(from).toUtf8();
        QStringList expected;
        for (int i = from; i < 3; ++i)
            expected.append(QString::number(i) + u'|' + cursors.at(i));
        QCOMPARE(access.readAll(*session, request), expected);
    }
}

void TestFakePair::readsByFilterAndFlag()
{
    m_pair->source.createTable(fakeTable(u"t"_s, u"id integer key, state text"_s));
    for (int id = 1; id <= 4; ++id)
        m_pair->putSource(u"t"_s, {id, id % 2 ? "new" : "done"});
    m_pair->source.setWhere(u"id > 1"_s, [](const QStringList &row) { return row.at(0).toInt() > 1; });
    const auto session = m_pair->open(u"source"_s);
    const FakeAccess access(m_pair->source, u"t"_s);
    ReadRequest request = access.read();
    request.flagColumn = u"state"_s;
    request.flagValue = u"new"_s;
    QCOMPARE(access.readAll(*session, request), (QStringList{u"1|new"_s, u"3|new"_s}));
    request.where = u"id > 1"_s;
    QCOMPARE(access.readAll(*session, request), QStringList{u"3|new"_s});
    QVERIFY(session->validateWhere(access.schema.name, u"id > 1"_s));
    QCOMPARE(session->validateWhere(access.schema.name, u"id >"_s).error().code, ErrorCode::WhereInvalid);

    QVERIFY(session->beginWrite());
    const SelectedRows keys(access.rows({{3, "new"}, {4, "done"}, {9, "new"}}));
    QVERIFY(session->setFlag(access.write(), u"state"_s, u"done"_s, keys));
    QVERIFY(session->commit());
    QCOMPARE(m_pair->source.counters().updates, 1); // 4 was so already
    QCOMPARE(m_pair->sourceRows(u"t"_s), (QStringList{u"1|new"_s, u"2|done"_s, u"3|done"_s, u"4|done"_s}));
}

void TestFakePair::readsOneSnapshot()
{
    m_pair->putSource(u"orders"_s, {1, "a", nullptr});
    const auto session = m_pair->open(u"source"_s);
    const FakeAccess access(m_pair->source, u"orders"_s);
    QVERIFY(session->beginRead());
    m_pair->putSource(u"orders"_s, {2, "b", nullptr});
    QCOMPARE(access.readAll(*session, access.read()), QStringList{u"1|a|NULL"_s});
    QVERIFY(session->commit());
    QCOMPARE(access.readAll(*session, access.read()).size(), 2);
}

void TestFakePair::sharesASnapshot()
{
    m_pair->putSource(u"orders"_s, {1, "a", nullptr});
    const FakeAccess access(m_pair->source, u"orders"_s);
    const auto exporter = m_pair->open(u"source"_s);
    QVERIFY(exporter->beginRead());
    const QByteArray name = exporter->exportSnapshot().value();
    QVERIFY(!name.isEmpty());
    m_pair->removeSource(u"orders"_s, {1});
    const auto other = m_pair->open(u"source"_s);
    QVERIFY(other->beginRead(name));
    QCOMPARE(access.readAll(*other, access.read()), QStringList{u"1|a|NULL"_s});
    QVERIFY(other->rollback());
    QVERIFY(exporter->rollback());
    QCOMPARE(other->beginRead(name).error().code, ErrorCode::SqlRefused);
    m_pair->source.offersSnapshots = false;
    QVERIFY(exporter->beginRead());
    QVERIFY(exporter->exportSnapshot().value().isEmpty());
}

void TestFakePair::failsOnDemand()
{
    for (int id = 0; id < 6; ++id)
        m_pair->putSource(u"orders"_s, {id, "a", nullptr});
    const FakeAccess access(m_pair->source, u"orders"_s);
    ReadRequest request = access.read();
    request.limits.rows = 2;
    m_pair->source.failOn(u"next orders"_s, Error{ErrorCode::BrokenStream, {}, {}}, 2);
    Error error;
    const QStringList read = access.readAll(*m_pair->open(u"source"_s), request, &error);
    QCOMPARE(read.size(), 5); // two batches and the break
    QCOMPARE(read.last(), u"(broken)"_s);
    QCOMPARE(error.code, ErrorCode::BrokenStream);
    QCOMPARE(access.readAll(*m_pair->open(u"source"_s), request).size(), 6); // once only

    m_pair->source.failOn(u"open"_s, Error{ErrorCode::Unreachable, {}, {}}, 0, -1);
    QVERIFY(!m_pair->open(u"source"_s));
    QVERIFY(!m_pair->open(u"source"_s));
    m_pair->source.failNoMore();
    m_pair->source.failOn({}, Error{ErrorCode::Deadlock, {}, {}}, 1); // the second operation, whatever it is
    const auto session = m_pair->open(u"source"_s);
    QCOMPARE(session->tables().error().code, ErrorCode::Deadlock);
    QCOMPARE(session->tables().value().size(), 1);
}

void TestFakePair::foreignWritesBetweenOperations()
{
    m_pair->putSource(u"orders"_s, {1, "a", nullptr});
    m_pair->source.onOperation([&](const QString &operation) {
        if (operation == u"read orders"_s)
            m_pair->putSource(u"orders"_s, {2, "b", nullptr});
    });
    const FakeAccess access(m_pair->source, u"orders"_s);
    const auto session = m_pair->open(u"source"_s);
    QCOMPARE(access.readAll(*session, access.read()).size(), 2);
    QCOMPARE(m_pair->source.log(), (QStringList{u"open"_s, u"read orders"_s, u"next orders"_s, u"next orders"_s}));
}

void TestFakePair::jobLockIsExclusive()
{
    auto holder = m_pair->open(u"target"_s);
    const auto other = m_pair->open(u"target"_s);
    QVERIFY(holder->tryJobLock(u"job"_s).value());
    QVERIFY(holder->tryJobLock(u"job"_s).value());
    QVERIFY(!other->tryJobLock(u"job"_s).value());
    QVERIFY(other->tryJobLock(u"another"_s).value());
    holder.reset();
    QVERIFY(other->tryJobLock(u"job"_s).value());
    m_pair->source.holdJobLock(u"job"_s);
    QVERIFY(!m_pair->open(u"source"_s)->tryJobLock(u"job"_s).value());
}

void TestFakePair::cancellationKills()
{
    Cancellation cancellation;
    const auto session = m_pair->open(u"target"_s, &cancellation);
    QVERIFY(session->beginWrite());
    cancellation.cancel();
    QCOMPARE(session->commit().error().code, ErrorCode::Cancelled);
    QVERIFY(m_pair->violations().isEmpty());
    QCOMPARE(session->rollback().error().code, ErrorCode::Internal); // only its destructor may be called
    QCOMPARE(m_pair->violations().size(), 1);
    QCOMPARE(session->beginWrite().error().code, ErrorCode::Internal);
    QVERIFY(m_pair->violations().last().contains(u"a dead session"_s));
    m_misused = true;
}

void TestFakePair::misuseIsNoted()
{
    m_misused = true;
    const FakeAccess access(m_pair->target, u"orders"_s);
    const SelectedRows row(access.rows({{1, "a", nullptr}}));
    const auto session = m_pair->open(u"target"_s);
    const auto expect = [&](const QString &words) {
        const QStringList noted = m_pair->violations();
        QVERIFY2(!noted.isEmpty() && noted.last().contains(words), qPrintable(noted.join(u'\n')));
    };
    QVERIFY(!session->writer(access.write()));
    expect(u"outside such a transaction"_s);
    QVERIFY(!session->commit());
    expect(u"commit"_s);
    QVERIFY(session->beginWrite());
    QVERIFY(!session->commitBound());
    expect(u"inside a transaction: commitBound"_s);
    auto writer = session->writer(access.write());
    QVERIFY(!(*writer)->update(row));
    expect(u"not there or not locked"_s);
    QVERIFY(!session->commit());
    expect(u"failed already: commit"_s);
    QVERIFY(session->rollback());
    m_pair->putTarget(u"orders"_s, {1, "b", nullptr});
    const qsizetype noted = m_pair->violations().size();
    QVERIFY(session->beginWrite());
    auto another = session->writer(access.write());
    QVERIFY(!(*another)->update(row)); // there, but not locked
    QCOMPARE(m_pair->violations().size(), noted + 1);
    expect(u"not there or not locked"_s);
    QVERIFY(session->rollback());
    {
        auto reader = session->read(access.read());
        QVERIFY(!session->tables());
        expect(u"a reader is not at its end"_s);
    }
    std::jthread([&] { (void)session->tables(); }).join();
    expect(u"another thread"_s);
    QCOMPARE(m_pair->connector.open(FakePair::connection(u"nowhere"_s), {}).error().code, ErrorCode::Unreachable);
    const auto reading = m_pair->connector.open(FakePair::connection(u"target"_s), {});
    QCOMPARE((*reading)->beginWrite().error().code, ErrorCode::ReadOnly);
}

QTEST_APPLESS_MAIN(TestFakePair)
#include "tst_fakepair.moc"
