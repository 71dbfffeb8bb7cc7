// SPDX-License-Identifier: GPL-3.0-or-later
// Limits of rows and bytes a second, by a clock that waiting alone moves: every figure is exact.
#include <mutex>

#include "core/run/runcontext.h"
#include "core/run/throttle.h"
#include "tests/core/run/enginerig.h"
#include "tests/support/fakeaccess.h"

using namespace tidemark;
using namespace Qt::StringLiterals;

namespace {

const auto rowsColumns = u"id integer key, note text(40)"_s;

// A fake pair behind limits; who waits moves the clock by as much.
struct Rig : EngineRig
{
    std::mutex mutex;
    QList<qint64> waits;
    bool stops = false;
    Cancellation cancellation;

    Rig(int rows = 0)
    {
        pair.makeTable(u"t"_s, rowsColumns);
        for (int i = 1; i <= rows; ++i)
            pair.putSource(u"t"_s, {i, "note"});
    }
    JobSettings limited(std::optional<qint64> rows, std::optional<qint64> bytes = {}) const
    {
        JobSettings settings = job();
        settings.throttle = {rows, bytes};
        return settings;
    }
    std::unique_ptr<Throttle> throttle(const JobSettings &settings)
    {
        return Throttle::of(settings, pair.connector, pair.clock, cancellation, [this](Cancellation &, qint64 ms) {
            const std::scoped_lock lock(mutex);
            waits << ms;
            pair.clock.advanceMs(ms);
            return stops;
        });
    }
    std::unique_ptr<Session> open(Throttle &throttle, const QString &side)
    {
        auto session = throttle.open(FakePair::connection(side), OpenOptions{true, &cancellation});
        return session ? std::move(*session) : nullptr;
    }
};

// Reads all of t in batches of `rows`.
int readAll(Session &session, const FakeAccess &access, qint64 rows)
{
    ReadRequest request = access.read();
    request.limits.rows = rows;
    auto reader = session.read(request);
    RowBatch batch(access.layout);
    int count = 0;
    for (;;) {
        const auto more = (*reader)->next(batch);
        count += batch.rowCount();
        if (!more || !*more)
            return more ? count : -1;
    }
}

} // namespace

class TestThrottle : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void owes_data();
    void owes();
    void idleTimeEarnsNothing();
    void losesNothingToRounding();
    void aClockThatGoesBack();
    void noLimitNoThrottle();
    void batchesFit_data();
    void batchesFit();
    void readsRows();
    void readsBytes();
    void slowerLimitRules();
    void sidesAreApart();
    void waitsBeforeTransactions();
    void waitsForBothSides();
    void waitsInsideLongTransactions();
    void transactionsThatBreakOff();
    void readsByKey();
    void firstComeFirstServed();
    void whoStopsDoesNotWait();
    void contextObeys();
    void runs_data();
    void runs();
};

void TestThrottle::owes_data()
{
    QTest::addColumn<qint64>("perSecond");
    QTest::addColumn<qint64>("amount");
    QTest::addColumn<qint64>("ms");
    QTest::newRow("a second's worth") << qint64(1000) << qint64(1000) << qint64(1000);
    QTest::newRow("one") << qint64(1000) << qint64(1) << qint64(1);
    QTest::newRow("rounded up") << qint64(3000) << qint64(1) << qint64(1);
    QTest::newRow("one a second") << qint64(1) << qint64(3) << qint64(3000);
    QTest::newRow("nothing") << qint64(1) << qint64(0) << qint64(0);
    QTest::newRow("a thousand million") << qint64(1'000'000'000) << qint64(5'000) << qint64(1);
    QTest::newRow("a terabyte at a kilobyte") << qint64(1024) << (qint64(1) << 40) << (qint64(1) << 30) * 1000;
}

void TestThrottle::owes()
{
    QFETCH(qint64, perSecond);
    QFETCH(qint64, amount);
    QFETCH(qint64, ms);
    RateLimit limit(perSecond);
    QCOMPARE(limit.delayMs(100), 0);
    limit.charge(amount, 100);
    QCOMPARE(limit.delayMs(100), ms);
    if (ms > 1)
        QCOMPARE(limit.delayMs(100 + ms - 1), 1);
    QCOMPARE(limit.delayMs(100 + ms), 0);
}

void TestThrottle::idleTimeEarnsNothing()
{
    RateLimit limit(100);
    QCOMPARE(limit.delayMs(1'000'000'000), 0);
    limit.charge(100, 2'000'000'000);
    QCOMPARE(limit.delayMs(2'000'000'000), 1000);
}

void TestThrottle::losesNothingToRounding()
{
    RateLimit limit(7); // a seventh of a second each: 142.857… ms
    qint64 now = 0;
    for (int i = 0; i < 7000; ++i) {
        limit.charge(1, now);
        now += i % 2 == 0 ? 100 : 50; // looked at in between
        (void)limit.delayMs(now);
    }
    now += limit.delayMs(now);
    QCOMPARE(now, 1'000'000);
}

void TestThrottle::aClockThatGoesBack()
{
    RateLimit limit(10);
    limit.charge(10, 5000);
    QCOMPARE(limit.delayMs(4000), 1000);
    QCOMPARE(limit.delayMs(5500), 500);
}

void TestThrottle::noLimitNoThrottle()
{
    Rig rig;
    QVERIFY(!rig.throttle(rig.job()));
    QVERIFY(rig.throttle(rig.limited(1)));
    QVERIFY(rig.throttle(rig.limited({}, 1024)));
}

void TestThrottle::batchesFit_data()
{
    QTest::addColumn<qint64>("rows");
    QTest::addColumn<qint64>("bytes");
    QTest::addColumn<qint64>("batchRows");
    QTest::addColumn<qint64>("batchBytes");
    QTest::newRow("a second's worth") << qint64(100) << qint64(4096) << qint64(100) << qint64(4096);
    QTest::newRow("never more than they were")
        << qint64(1'000'000) << (qint64(1) << 40) << qint64(5000) << (qint64(8) << 20);
}

void TestThrottle::batchesFit()
{
    QFETCH(qint64, rows);
    QFETCH(qint64, bytes);
    Rig rig;
    const auto throttle = rig.throttle(rig.limited(rows, bytes));
    QTEST(throttle->job().batch.rows, "batchRows");
    QTEST(throttle->job().batch.bytes, "batchBytes");
}

void TestThrottle::readsRows()
{
    Rig rig(10);
    const auto throttle = rig.throttle(rig.limited(5));
    const auto session = rig.open(*throttle, u"source"_s);
    QVERIFY(session->beginRead());
    QCOMPARE(readAll(*session, FakeAccess(rig.pair.source, u"t"_s), 2), 10);
    // 2 rows each time, and each has to be worn off before the next: the last pays when somebody comes after it.
    QCOMPARE(rig.waits, (QList<qint64>{400, 400, 400, 400, 400}));
}

void TestThrottle::readsBytes()
{
    Rig rig(4);
    const FakeAccess access(rig.pair.source, u"t"_s);
    const qint64 rowBytes = access.rows({{1, "note"}}).byteSize();
    const auto throttle = rig.throttle(rig.limited({}, rowBytes * 4));
    const auto session = rig.open(*throttle, u"source"_s);
    QVERIFY(session->beginRead());
    QCOMPARE(readAll(*session, access, 1), 4);
    QCOMPARE(rig.waits, (QList<qint64>{250, 250, 250, 250}));
}

void TestThrottle::slowerLimitRules()
{
    Rig rig(4);
    const FakeAccess access(rig.pair.source, u"t"_s);
    const qint64 rowBytes = access.rows({{1, "note"}}).byteSize();
    const auto throttle = rig.throttle(rig.limited(1, rowBytes * 1000));
    const auto session = rig.open(*throttle, u"source"_s);
    QVERIFY(session->beginRead());
    QCOMPARE(readAll(*session, access, 2), 4);
    QCOMPARE(rig.waits, (QList<qint64>{2000, 2000}));
}

void TestThrottle::sidesAreApart()
{
    Rig rig(2);
    rig.pair.putTarget(u"t"_s, {1, "note"});
    const auto throttle = rig.throttle(rig.limited(1));
    const auto source = rig.open(*throttle, u"source"_s);
    const auto target = rig.open(*throttle, u"target"_s);
    QVERIFY(source->beginRead());
    QVERIFY(target->beginRead());
    QCOMPARE(readAll(*target, FakeAccess(rig.pair.target, u"t"_s), 10), 1);
    const qsizetype before = rig.waits.size();
    RowBatch batch;
    auto reader = source->read(FakeAccess(rig.pair.source, u"t"_s).read());
    QVERIFY((*reader)->next(batch));
    QCOMPARE(rig.waits.size(), before); // what the target owes is not the source's
}

void TestThrottle::waitsBeforeTransactions()
{
    Rig rig;
    const auto throttle = rig.throttle(rig.limited(10));
    const auto session = rig.open(*throttle, u"target"_s);
    const FakeAccess access(rig.pair.target, u"t"_s);
    for (int i = 0; i < 3; ++i) {
        QVERIFY(session->beginWrite());
        const qsizetype waited = rig.waits.size();
        {
            auto writer = session->writer(access.write());
            QVERIFY((*writer)->insert(SelectedRows(access.rows({{i * 2, "a"}, {i * 2 + 1, "b"}}))));
            QVERIFY((*writer)->update(SelectedRows(access.rows({{i * 2, "c"}}))));
            QVERIFY((*writer)->remove(SelectedRows(access.rows({{i * 2, "c"}}))));
            QVERIFY((*writer)->finish());
        }
        QVERIFY(session->commit());
        QCOMPARE(rig.waits.size(), waited); // nobody holds locks while waiting
    }
    QCOMPARE(rig.waits, (QList<qint64>{400, 400}));
}

void TestThrottle::waitsForBothSides()
{
    Rig rig;
    JobSettings settings = rig.limited(1);
    settings.mode = Mode::TwoWay;
    const auto throttle = rig.throttle(settings);
    const auto source = rig.open(*throttle, u"source"_s);
    const auto target = rig.open(*throttle, u"target"_s);
    throttle->charge(Throttle::Side::Target, 3, 0);
    throttle->charge(Throttle::Side::Source, 1, 0);
    QVERIFY(source->beginWrite());
    QCOMPARE(rig.waits, (QList<qint64>{3000})); // and the second that the source owed is over by then
    throttle->charge(Throttle::Side::Target, 5, 0);
    QVERIFY(target->beginWrite());
    QCOMPARE(rig.waits.size(), 1); // not while the other's transaction is open
    QVERIFY(target->commit());
    QVERIFY(source->commit());
    QVERIFY(source->beginWrite());
    QCOMPARE(rig.waits, (QList<qint64>{3000, 5000}));
}

void TestThrottle::waitsInsideLongTransactions()
{
    Rig rig;
    JobSettings settings = rig.limited(1);
    settings.transaction = TransactionScope::Table;
    const auto throttle = rig.throttle(settings);
    const auto session = rig.open(*throttle, u"target"_s);
    const FakeAccess access(rig.pair.target, u"t"_s);
    QVERIFY(session->beginWrite());
    auto writer = session->writer(access.write());
    for (int i = 0; i < 3; ++i)
        QVERIFY((*writer)->insert(SelectedRows(access.rows({{i, "a"}}))));
    QCOMPARE(rig.waits, (QList<qint64>{1000, 1000}));
}

void TestThrottle::transactionsThatBreakOff()
{
    Rig rig;
    const auto throttle = rig.throttle(rig.limited(1));
    auto session = rig.open(*throttle, u"target"_s);
    const auto begins = [&](qint64 waits) {
        rig.waits.clear();
        throttle->charge(Throttle::Side::Target, 1, 0);
        QVERIFY(session->beginWrite());
        QCOMPARE(rig.waits.size(), waits);
    };
    begins(1);
    QVERIFY(session->rollback());
    begins(1);
    session = rig.open(*throttle, u"target"_s); // one that died inside its transaction
    begins(1);
    rig.pair.target.failOn(u"commit"_s, Error{ErrorCode::ConnectionLost, {}, {}});
    QVERIFY(!session->commit());
    session = rig.open(*throttle, u"target"_s);
    rig.pair.target.failOn(u"beginWrite"_s, Error{ErrorCode::LockTimeout, {}, {}});
    QVERIFY(!session->beginWrite());
    session = rig.open(*throttle, u"target"_s);
    begins(1);
}

void TestThrottle::readsByKey()
{
    Rig rig(4);
    const auto throttle = rig.throttle(rig.limited(2));
    const auto session = rig.open(*throttle, u"source"_s);
    const FakeAccess access(rig.pair.source, u"t"_s);
    const SelectedRows keys(access.rows({{1, ""}, {2, ""}, {9, ""}}));
    RowBatch found(access.layout);
    QVERIFY(session->readKeys(access.read(), keys, false, found));
    QCOMPARE(found.rowCount(), 2);
    QVERIFY(session->readKeys(access.read(), keys, false, found));
    QCOMPARE(rig.waits, QList<qint64>{1000}); // what was found, not what was looked for
    QVERIFY(session->beginWrite());
    QVERIFY(session->readKeys(access.read(), keys, true, found));
    QCOMPARE(rig.waits.size(), 2); // before the transaction, not inside
}

// A second one comes just as the first has waited long enough: nothing is owed by then, and yet it is not its turn.
void TestThrottle::firstComeFirstServed()
{
    FakeClock clock;
    FakePair pair;
    Cancellation cancellation;
    JobSettings settings;
    settings.throttle.rows = 1;
    QList<qint64> waits;
    std::unique_ptr<Throttle> throttle;
    throttle = Throttle::of(settings, pair.connector, clock, cancellation, [&](Cancellation &, qint64 ms) {
        waits << ms;
        clock.advanceMs(ms);
        if (waits.size() == 1)
            throttle->await(Throttle::Side::Source, cancellation);
        return waits.size() == 2; // the second goes away again
    });
    throttle->charge(Throttle::Side::Source, 1, 0);
    throttle->await(Throttle::Side::Source, cancellation);
    QCOMPARE(waits, (QList<qint64>{1000, 1}));
    throttle->await(Throttle::Side::Source, cancellation); // and nobody is left before this one
    QCOMPARE(waits.size(), 2);
}

void TestThrottle::whoStopsDoesNotWait()
{
    Rig rig(4);
    rig.stops = true;
    const auto throttle = rig.throttle(rig.limited(1));
    const auto session = rig.open(*throttle, u"source"_s);
    QVERIFY(session->beginRead());
    QCOMPARE(readAll(*session, FakeAccess(rig.pair.source, u"t"_s), 4), 4);
    QCOMPARE(rig.waits.size(), 1);
    // By the real way of waiting: an hour's debt, and it is told to stop.
    FakeClock clock;
    Cancellation cancellation;
    cancellation.stopAfterBatch();
    const auto real = Throttle::of(rig.limited(1), rig.pair.connector, clock, cancellation);
    real->charge(Throttle::Side::Source, 3600, 0);
    real->await(Throttle::Side::Source, cancellation);
}

// Whatever is given a context goes through its limits.
void TestThrottle::contextObeys()
{
    Rig rig;
    const RunOptions options;
    ProgressBoard board;
    const JobSettings free = rig.job();
    const RunContext without(free, options, rig.pair.connector, *rig.journal, rig.pair.clock, rig.cancellation, board);
    QVERIFY(!without.throttle);
    QCOMPARE(&without.job, &free);
    QCOMPARE(static_cast<Connector *>(&without.connector), static_cast<Connector *>(&rig.pair.connector));
    const JobSettings limited = rig.limited(7);
    const RunContext with(limited, options, rig.pair.connector, *rig.journal, rig.pair.clock, rig.cancellation, board);
    QVERIFY(with.throttle);
    QCOMPARE(with.job.batch.rows, 7);
    QCOMPARE(static_cast<Connector *>(&with.connector), static_cast<Connector *>(with.throttle.get()));
}

void TestThrottle::runs_data()
{
    QTest::addColumn<QString>("mode");
    QTest::addColumn<QString>("transaction");
    QTest::newRow("update") << u"update"_s << u"batch"_s;
    QTest::newRow("mirror") << u"mirror"_s << u"batch"_s;
    QTest::newRow("in one transaction") << u"mirror"_s << u"run"_s;
    QTest::newRow("table by table") << u"mirror"_s << u"table"_s;
    QTest::newRow("two ways") << u"two-way"_s << u"batch"_s;
}

// The whole engine behind limits: as it is without them, and no faster than they allow.
void TestThrottle::runs()
{
    QFETCH(QString, mode);
    QFETCH(QString, transaction);
    Rig rig(40);
    JobSettings settings = rig.job({{u"mode"_s, mode}, {u"transaction"_s, transaction}});
    settings.throttle.rows = 10;
    const auto throttle = rig.throttle(settings);
    JobSettings behind = throttle->job();
    behind.throttle = {};
    ProgressBoard board;
    const qint64 beganMs = rig.pair.clock.steadyMs();
    const RunReport report = Runner(*throttle, *rig.journal, rig.pair.clock).run(behind, {}, rig.cancellation, board);
    QCOMPARE(shown(report), u"completed +40 ~0 -0"_s);
    QVERIFY(rig.pair.sidesAreEqual(u"t"_s));
    QVERIFY(rig.pair.violations().isEmpty());
    // 40 rows read at the source, a batch of 10 ahead of the clock.
    QVERIFY2(rig.pair.clock.steadyMs() - beganMs >= 3000, qPrintable(QString::number(rig.pair.clock.steadyMs())));
}

QTEST_GUILESS_MAIN(TestThrottle)
#include "tst_throttle.moc"
