// SPDX-License-Identifier: GPL-3.0-or-later
// Scheduled runs of a job of ten tables, one after the other in one process: none lost, none doubled, and neither
// memory nor open files grow. The suite plays a hundred; TIDEMARK_SCHEDULED_RUNS=10000 the measured number, and prints
// it. Everything is what the window and watch use, but for the clock.

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>

#include "core/config/workspace.h"
#include "core/endpoint/connector.h"
#include "core/run/runner.h"
#include "core/schedule/review.h"
#include "core/schedule/scheduleloop.h"
#include "tests/core/schedule/instants.h"

using namespace tidemark;
using namespace Qt::StringLiterals;

namespace {

constexpr int tableCount = 10;
constexpr qint64 hourUs = 3'600'000'000;

class HeldClock final : public Clock
{
public:
    qint64 nowUs() const override { return now; }
    qint64 steadyMs() const override { return now / 1000; }
    std::atomic<qint64> now = 0;
};

// What the loop has asked for, for whoever runs it.
class Inbox
{
public:
    void put(const ScheduledStart &start)
    {
        const std::scoped_lock lock(m_mutex);
        m_starts.push_back(start);
        m_changed.notify_all();
    }
    void tell(const ScheduleNotice &notice)
    {
        const std::scoped_lock lock(m_mutex);
        m_notices.append(notice);
    }
    std::optional<ScheduledStart> take()
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait_for(lock, std::chrono::seconds(30), [this] { return !m_starts.empty(); });
        if (m_starts.empty())
            return {};
        const ScheduledStart start = m_starts.front();
        m_starts.pop_front();
        return start;
    }
    qsizetype left()
    {
        const std::scoped_lock lock(m_mutex);
        return static_cast<qsizetype>(m_starts.size());
    }
    QList<ScheduleNotice> notices()
    {
        const std::scoped_lock lock(m_mutex);
        return m_notices;
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<ScheduledStart> m_starts;
    QList<ScheduleNotice> m_notices;
};

qint64 residentKiB()
{
    QFile file(u"/proc/self/statm"_s);
    constexpr qint64 pageKiB = 4;
    return file.open(QIODevice::ReadOnly) ? file.readAll().split(' ').value(1).toLongLong() * pageKiB : 0;
}

qint64 openFiles() { return QDir(u"/proc/self/fd"_s).entryList(QDir::AllEntries | QDir::System).size(); }

double average(const QList<qint64> &values, qsizetype from, qsizetype count)
{
    double sum = 0;
    for (const qint64 value : values.mid(from, count))
        sum += static_cast<double>(value);
    return sum / static_cast<double>(count);
}

} // namespace

class TestScheduleRuns : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void manyRunsLeaveNothingBehind();

private:
    Result<void> change(int run);
    void runOnce(const JobSettings &job, Runner &runner);
    void judge(int runs, qint64 elapsedMs);

    std::unique_ptr<QTemporaryDir> m_folder;
    std::optional<Workspace> m_workspace;
    std::unique_ptr<Journal> m_journal;
    HeldClock m_clock;
    SqlConnector m_connector;
    std::unique_ptr<SqlSession> m_source;
    Cancellation m_cancellation;
    QList<qint64> m_memory, m_files, m_slots;
};

void TestScheduleRuns::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    auto workspace = Workspace::open(m_folder->filePath(u"workspace"_s));
    QVERIFY(workspace);
    m_workspace = *workspace;
    m_journal = std::move(*Journal::open(m_workspace->journalFile()));
    m_clock.now = at(u"2026-01-01T00:00:00Z"_s);
    ConnectionSettings settings;
    settings.database = m_folder->filePath(u"a.db"_s);
    for (const QString &file : {settings.database, m_folder->filePath(u"b.db"_s)}) {
        QFile made(file);
        QVERIFY(made.open(QIODevice::WriteOnly));
    }
    auto session = m_connector.openSql(settings, {true});
    QVERIFY(session);
    m_source = std::move(*session);
    for (int table = 0; table < tableCount; ++table) {
        QVERIFY(m_source->execute(u"CREATE TABLE t%1 (id INTEGER PRIMARY KEY, x TEXT)"_s.arg(table)));
        for (int id = 0; id < 20; ++id)
            QVERIFY(m_source->execute(u"INSERT INTO t%1 VALUES (%2, 'first')"_s.arg(table).arg(id)));
    }
    const QByteArray text = R"({"tidemark": 1, "id": "6f1c0e0a-0000-4000-8000-000000000001", "name": "j",
        "source": {"driver": "sqlite", "database": ")"
        + settings.database.toUtf8() + R"("},
        "target": {"driver": "sqlite", "database": ")"
        + m_folder->filePath(u"b.db"_s).toUtf8() + R"("},
        "mode": "mirror", "create": true, "tables": "*", "schedule": {"every": "1h", "zone": "UTC"}})";
    QFile file(m_folder->filePath(u"j.json"_s));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(text) == text.size());
    file.close();
    QVERIFY(m_workspace->importJob(file.fileName()));
}

Result<void> TestScheduleRuns::change(int run)
{
    const int table = run % tableCount;
    for (const QString &sql : {u"UPDATE t%1 SET x = 'run %2' WHERE id = %3"_s.arg(table).arg(run).arg(run % 20),
                               u"INSERT INTO t%1 (id, x) VALUES (%2, 'new')"_s.arg(table).arg(1000 + run),
                               u"DELETE FROM t%1 WHERE id = %2"_s.arg(table).arg(1000 + run - 5 * tableCount)})
        TRY(m_source->execute(sql));
    return {};
}

void TestScheduleRuns::runOnce(const JobSettings &job, Runner &runner)
{
    const auto run = static_cast<int>(m_memory.size());
    const auto changed = change(run);
    QVERIFY2(changed, changed ? "" : qPrintable(changed.error().detail));
    ProgressBoard board;
    const RunReport report = runner.run(job, {}, m_cancellation, board);
    QCOMPARE(report.state, RunState::Completed);
    QCOMPARE(report.totals().total(), run == 0 ? 20 * tableCount + 1 : run >= 5 * tableCount ? 3 : 2);
    m_memory.append(residentKiB());
    m_files.append(openFiles());
}

void TestScheduleRuns::manyRunsLeaveNothingBehind()
{
    const int runs = qMax(100, qEnvironmentVariableIntValue("TIDEMARK_SCHEDULED_RUNS"));
    const auto job = m_workspace->job(u"j"_s);
    QVERIFY(job);
    QVERIFY(keepReview(*m_journal, *job, ReviewedBy::Run, u"seen"_s, m_clock.now));
    Runner runner(m_connector, *m_journal, m_clock);
    Inbox inbox;
    const ScheduleLoop::Listener listener{[&](const JobSettings &, const ScheduledStart &start) { inbox.put(start); },
                                          [&](const ScheduleNotice &notice, const QString &) { inbox.tell(notice); },
                                          [](const ScheduleOverview &) {}};
    QElapsedTimer timer;
    timer.start();
    {
        ScheduleLoop loop(*m_workspace, *m_journal, m_clock, listener, {});
        // Its records begin now; the first slot is yet to come.
        QTRY_VERIFY(!loop.overview().jobs.isEmpty() && loop.overview().jobs.first().nextUs);
        for (int run = 0; run < runs; ++run) {
            m_clock.now += hourUs;
            loop.refresh(); // it sleeps by another clock
            const auto start = inbox.take();
            QVERIFY2(start, qPrintable(u"slot %1 is lost"_s.arg(run)));
            m_slots.append(start->slotUs);
            QCOMPARE(start->cause, ScheduledStart::Cause::Slot);
            runOnce(*job, runner);
            if (QTest::currentTestFailed())
                return;
            RunReport report;
            report.jobId = job->id;
            report.state = RunState::Completed;
            report.finishedUs = m_clock.now;
            loop.runEnded(report);
        }
    }
    QCOMPARE(inbox.left(), 0);
    QVERIFY(inbox.notices().isEmpty());
    ProgressBoard board;
    QCOMPARE(runner.verify(*job, m_cancellation, board).totals().total(), 0);
    judge(runs, timer.elapsed());
}

void TestScheduleRuns::judge(int runs, qint64 elapsedMs)
{
    // Slot by slot: each hour once, in order.
    for (qsizetype i = 0; i < m_slots.size(); ++i)
        QCOMPARE(m_slots[i], m_slots.first() + i * hourUs);
    QCOMPARE(m_slots.size(), runs);
    QCOMPARE(QSet<qint64>(m_slots.begin(), m_slots.end()).size(), runs);
    const qsizetype window = runs / 10;
    const double firstMemory = average(m_memory, 0, window);
    const double lastMemory = average(m_memory, runs - window, window);
    const double firstFiles = average(m_files, 0, window);
    const double lastFiles = average(m_files, runs - window, window);
    qInfo("%d runs in %.1f s; memory %.0f → %.0f KiB (%+.1f %%), files %.1f → %.1f", runs,
          static_cast<double>(elapsedMs) / 1000, firstMemory, lastMemory,
          100 * (lastMemory - firstMemory) / firstMemory, firstFiles, lastFiles);
    QVERIFY(lastFiles <= firstFiles + 1);
    // Few runs are mostly the allocator's beginning.
    QVERIFY(lastMemory <= firstMemory * (runs >= 10'000 ? 1.05 : 1.25));
}

QTEST_GUILESS_MAIN(TestScheduleRuns)
#include "tst_scheduleruns.moc"
