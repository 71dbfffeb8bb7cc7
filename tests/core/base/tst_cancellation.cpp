// SPDX-License-Identifier: GPL-3.0-or-later
#include <atomic>
#include <future>
#include <optional>
#include <thread>

#include <QTest>

#include "core/base/cancellation.h"

using namespace tidemark;
using namespace std::chrono_literals;

class TestCancellation : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void callbacksRunOnce();
    void callbackAfterCancelRunsAtOnce();
    void registrationEndsWithItsScope();
    void registrationsMove();
    void registrationsOutliveTheirPlace();
    void registrationWaitsForARunningCallback();
    void waitEndsEarly();
    void waitLastsOtherwise();
    void pauseHoldsAndReleases();
    void cancelEndsAPause();
    void stoppingIsNotCancelling();
    void stoppingEndsWaits();
};

void TestCancellation::callbacksRunOnce()
{
    Cancellation cancellation;
    int first = 0;
    int second = 0;
    const auto one = cancellation.onCancel([&] { ++first; });
    const auto two = cancellation.onCancel([&] { ++second; });
    QVERIFY(!cancellation.isCancelled());
    cancellation.cancel();
    cancellation.cancel();
    QVERIFY(cancellation.isCancelled());
    QCOMPARE(first, 1);
    QCOMPARE(second, 1);
}

void TestCancellation::callbackAfterCancelRunsAtOnce()
{
    Cancellation cancellation;
    cancellation.cancel();
    int calls = 0;
    const auto registration = cancellation.onCancel([&] { ++calls; });
    QCOMPARE(calls, 1);
}

void TestCancellation::registrationEndsWithItsScope()
{
    Cancellation cancellation;
    int calls = 0;
    {
        const auto registration = cancellation.onCancel([&] { ++calls; });
    }
    cancellation.cancel();
    QCOMPARE(calls, 0);
}

void TestCancellation::registrationsMove()
{
    Cancellation cancellation;
    int calls = 0;
    Cancellation::Registration kept;
    {
        auto registration = cancellation.onCancel([&] { ++calls; });
        kept = std::move(registration);
    }
    const Cancellation::Registration again(std::move(kept));
    cancellation.cancel();
    QCOMPARE(calls, 1);
}

void TestCancellation::registrationsOutliveTheirPlace()
{
    // Assigning over a registration ends the one that was there.
    Cancellation cancellation;
    int first = 0;
    int second = 0;
    auto place = cancellation.onCancel([&] { ++first; });
    place = cancellation.onCancel([&] { ++second; });
    cancellation.cancel();
    QCOMPARE(first, 0);
    QCOMPARE(second, 1);
}

void TestCancellation::registrationWaitsForARunningCallback()
{
    Cancellation cancellation;
    std::promise<void> entered;
    std::promise<void> release;
    std::atomic_bool finished = false;
    std::optional registration(cancellation.onCancel([&] {
        entered.set_value();
        release.get_future().wait();
        finished = true;
    }));
    std::jthread canceller([&] { cancellation.cancel(); });
    entered.get_future().wait();
    std::jthread releaser([&] { release.set_value(); });
    registration.reset(); // what the callback touches may go away after this
    QVERIFY(finished);
}

void TestCancellation::waitEndsEarly()
{
    Cancellation cancellation;
    std::jthread canceller([&] { cancellation.cancel(); });
    QVERIFY(cancellation.wait(1h));
    QVERIFY(cancellation.wait(1h)); // and at once from then on
}

void TestCancellation::waitLastsOtherwise()
{
    Cancellation cancellation;
    const auto start = std::chrono::steady_clock::now();
    QVERIFY(!cancellation.wait(20ms));
    QVERIFY(std::chrono::steady_clock::now() - start >= 20ms);
}

void TestCancellation::pauseHoldsAndReleases()
{
    Cancellation cancellation;
    QVERIFY(!cancellation.waitWhilePaused());
    cancellation.setPaused(true);
    QVERIFY(cancellation.isPaused());
    auto waiting = std::async(std::launch::async, [&] { return cancellation.waitWhilePaused(); });
    QVERIFY(waiting.wait_for(20ms) == std::future_status::timeout);
    cancellation.setPaused(false);
    QVERIFY(!waiting.get());
}

void TestCancellation::cancelEndsAPause()
{
    Cancellation cancellation;
    cancellation.setPaused(true);
    auto waiting = std::async(std::launch::async, [&] { return cancellation.waitWhilePaused(); });
    cancellation.cancel();
    QVERIFY(waiting.get());
}

void TestCancellation::stoppingIsNotCancelling()
{
    Cancellation cancellation;
    int stopped = 0;
    int cancelled = 0;
    const auto one = cancellation.onStop([&] { ++stopped; });
    const auto two = cancellation.onCancel([&] { ++cancelled; });
    cancellation.stopAfterBatch();
    cancellation.stopAfterBatch();
    QVERIFY(cancellation.isStopping());
    QVERIFY(!cancellation.isCancelled());
    QCOMPARE(stopped, 1);
    QCOMPARE(cancelled, 0);
    const auto late = cancellation.onStop([&] { ++stopped; });
    QCOMPARE(stopped, 2);
    cancellation.cancel();
    QVERIFY(cancellation.isCancelled());
    QCOMPARE(stopped, 2);
    QCOMPARE(cancelled, 1);
    cancellation.stopAfterBatch();
    QVERIFY(cancellation.isCancelled());

    Cancellation other;
    const auto three = other.onStop([&] { ++stopped; });
    other.cancel();
    QVERIFY(other.isStopping());
    QCOMPARE(stopped, 3);
}

void TestCancellation::stoppingEndsWaits()
{
    Cancellation cancellation;
    cancellation.setPaused(true);
    auto waiting = std::async(std::launch::async, [&] { return cancellation.waitWhilePaused(); });
    cancellation.stopAfterBatch();
    QVERIFY(!waiting.get()); // what is in hand goes on
    QVERIFY(cancellation.wait(1h));
}

QTEST_APPLESS_MAIN(TestCancellation)
#include "tst_cancellation.moc"
