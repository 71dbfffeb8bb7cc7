// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <future>
#include <memory>
#include <thread>

#include <QTest>

#include "core/base/boundedqueue.h"

using namespace tidemark;
using namespace std::chrono_literals;

namespace {

// What a consumer gets: its items, and how it ended.
struct Drained
{
    std::vector<int> items;
    std::optional<ErrorCode> error;
};

Drained drain(BoundedQueue<int> &queue)
{
    Drained result;
    while (true) {
        auto item = queue.pop();
        if (!item) {
            result.error = item.error().code;
            return result;
        }
        if (!*item)
            return result;
        result.items.push_back(**item);
    }
}

} // namespace

class TestBoundedQueue : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void closeDrains();
    void failDropsWhatIsQueued();
    void failReleasesWhatIsQueued();
    void failAfterCloseIsAnError();
    void closeAfterFailStaysAnError();
    void firstErrorStays();
    void abandonRefuses();
    void bytesBlockTheProducer();
    void abandonWakesTheProducer();
    void failWakesTheConsumer();
    void largeItemsPassAlone();
    void itemsMayOnlyMove();
    void orderIsKeptAcrossThreads();
};

void TestBoundedQueue::closeDrains()
{
    BoundedQueue<int> queue(100);
    QVERIFY(queue.push(1, 1));
    QVERIFY(queue.push(2, 1));
    queue.close();
    QVERIFY(!queue.push(3, 1));
    const Drained drained = drain(queue);
    QCOMPARE(drained.items, (std::vector<int>{1, 2}));
    QVERIFY(!drained.error);
    QVERIFY(!queue.pop().value()); // the end stays the end
}

void TestBoundedQueue::failDropsWhatIsQueued()
{
    BoundedQueue<int> queue(100);
    QVERIFY(queue.push(1, 1));
    queue.fail(Error{ErrorCode::BrokenStream, {}, {}});
    const Drained drained = drain(queue);
    QVERIFY(drained.items.empty());
    QVERIFY(drained.error == ErrorCode::BrokenStream);
}

void TestBoundedQueue::failReleasesWhatIsQueued()
{
    BoundedQueue<std::shared_ptr<int>> queue(100);
    auto item = std::make_shared<int>(1);
    const std::weak_ptr<int> watched = item;
    QVERIFY(queue.push(std::move(item), 1));
    queue.abandon();
    QVERIFY(watched.expired()); // batches are large, and nobody will fetch them any more
}

void TestBoundedQueue::failAfterCloseIsAnError()
{
    BoundedQueue<int> queue(100);
    QVERIFY(queue.push(1, 1));
    queue.close();
    queue.fail(Error{ErrorCode::ConnectionLost, {}, {}});
    QVERIFY(drain(queue).error == ErrorCode::ConnectionLost);
}

void TestBoundedQueue::closeAfterFailStaysAnError()
{
    BoundedQueue<int> queue(100);
    queue.fail(Error{ErrorCode::ConnectionLost, {}, {}});
    queue.close();
    QVERIFY(drain(queue).error == ErrorCode::ConnectionLost); // never an end of data
}

void TestBoundedQueue::firstErrorStays()
{
    BoundedQueue<int> queue(100);
    queue.fail(Error{ErrorCode::Timeout, {}, {}});
    queue.abandon();
    QVERIFY(drain(queue).error == ErrorCode::Timeout);
}

void TestBoundedQueue::abandonRefuses()
{
    BoundedQueue<int> queue(100);
    QVERIFY(queue.push(1, 1));
    queue.abandon();
    QVERIFY(!queue.push(2, 1));
    QVERIFY(drain(queue).error == ErrorCode::Cancelled);
}

void TestBoundedQueue::bytesBlockTheProducer()
{
    BoundedQueue<int> queue(10);
    QVERIFY(queue.push(1, 6));
    QVERIFY(queue.push(2, 4));
    auto third = std::async(std::launch::async, [&] { return queue.push(3, 5); });
    QVERIFY(third.wait_for(20ms) == std::future_status::timeout);
    QCOMPARE(queue.pop().value().value(), 1);
    QVERIFY(third.get());
    QCOMPARE(queue.pop().value().value(), 2);
    QCOMPARE(queue.pop().value().value(), 3);
}

void TestBoundedQueue::abandonWakesTheProducer()
{
    BoundedQueue<int> queue(1);
    QVERIFY(queue.push(1, 1));
    auto second = std::async(std::launch::async, [&] { return queue.push(2, 1); });
    queue.abandon();
    QVERIFY(!second.get());
}

void TestBoundedQueue::failWakesTheConsumer()
{
    BoundedQueue<int> queue(1);
    auto popped = std::async(std::launch::async, [&] { return queue.pop(); });
    queue.fail(Error{ErrorCode::Timeout, {}, {}});
    QVERIFY(popped.get().error().code == ErrorCode::Timeout);
}

void TestBoundedQueue::largeItemsPassAlone()
{
    BoundedQueue<int> queue(10);
    QVERIFY(queue.push(1, 1'000'000));
    auto second = std::async(std::launch::async, [&] { return queue.push(2, 1); });
    QVERIFY(second.wait_for(20ms) == std::future_status::timeout);
    QCOMPARE(queue.pop().value().value(), 1);
    QVERIFY(second.get());
}

void TestBoundedQueue::itemsMayOnlyMove()
{
    BoundedQueue<std::unique_ptr<int>> queue(10);
    QVERIFY(queue.push(std::make_unique<int>(7), 1));
    QCOMPARE(**queue.pop().value(), 7);
}

void TestBoundedQueue::orderIsKeptAcrossThreads()
{
    constexpr int count = 20'000;
    BoundedQueue<int> queue(50);
    std::jthread producer([&] {
        for (int i = 0; i < count; ++i) {
            if (!queue.push(i, 1 + i % 7))
                return;
        }
        queue.close();
    });
    const Drained drained = drain(queue);
    QVERIFY(!drained.error);
    QCOMPARE(drained.items.size(), std::size_t(count));
    QVERIFY(std::is_sorted(drained.items.begin(), drained.items.end()));
}

QTEST_APPLESS_MAIN(TestBoundedQueue)
#include "tst_boundedqueue.moc"
