// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <QSignalSpy>
#include <QTemporaryDir>

#include <semaphore>

#include "ui/jobs/jobcontroller.h"

using namespace Qt::StringLiterals;
using namespace tidemark;

namespace {

// An engine that does what the test says, so that a task can be held while it runs.
class ScriptedEngine final : public Engine
{
public:
    std::binary_semaphore mayEnd{0};
    std::atomic_int runs{0};
    std::atomic_bool paused{false};
    RunState state = RunState::Planned;

    RunReport plan(const JobSettings &, const RunOptions &, const QString &planFile, Cancellation &cancellation,
                   ProgressBoard &progress) override
    {
        QFile file(planFile);
        if (!file.open(QIODevice::WriteOnly))
            return {};
        return work(cancellation, progress);
    }
    RunReport run(const JobSettings &, const RunOptions &, Cancellation &cancellation, ProgressBoard &progress) override
    {
        return work(cancellation, progress);
    }
    RunReport verify(const JobSettings &, Cancellation &cancellation, ProgressBoard &progress) override
    {
        return work(cancellation, progress);
    }
    RunReport resolve(const JobSettings &, const RunOptions &options, Cancellation &cancellation,
                      ProgressBoard &progress) override
    {
        resolvesFully = options.full;
        return work(cancellation, progress);
    }
    UndoOutcome planUndo(const JobSettings &, const UndoRequest &request, const QString &planFile,
                         Cancellation &cancellation, ProgressBoard &progress) override
    {
        if (wroteSomething) {
            QFile file(planFile);
            if (!file.open(QIODevice::WriteOnly))
                return {};
        }
        return undone(request, cancellation, progress);
    }
    UndoOutcome undo(const JobSettings &, const UndoRequest &request, Cancellation &cancellation,
                     ProgressBoard &progress) override
    {
        return undone(request, cancellation, progress);
    }
    Result<QList<CheckItem>> check(const JobSettings &, Cancellation &, const CheckOptions &) override { return {}; }

    std::atomic_bool resolvesFully{false};
    bool wroteSomething = true;

private:
    UndoOutcome undone(const UndoRequest &request, Cancellation &cancellation, ProgressBoard &progress)
    {
        UndoOutcome outcome;
        outcome.report = work(cancellation, progress);
        outcome.report.undoes = request.run;
        outcome.tables += UndoneTable{.source = u"orders"_s, .target = u"orders"_s, .lostColumns = {}};
        return outcome;
    }
    RunReport work(Cancellation &cancellation, ProgressBoard &progress)
    {
        ++runs;
        TableProgress table;
        table.source = u"orders"_s;
        table.phase = Phase::Comparing;
        table.rowsRead = 5;
        progress.setTables({table});
        const auto registration = cancellation.onStop([this] { mayEnd.release(); });
        mayEnd.acquire();
        paused = cancellation.isPaused();
        RunReport report;
        report.state = cancellation.isStopping() ? RunState::Cancelled : state;
        return report;
    }
};

JobSettings job(const QString &name)
{
    JobSettings job;
    job.name = name;
    job.file = u"/jobs/"_s + name;
    return job;
}

} // namespace

class TestJobController : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void publishesAndEnds();
    void runsAJobOnceAtATime();
    void cancelEndsATask();
    void stopsAndPauses();
    void onlySoManyAtOnce();
    void leavesNoPlanOfAFailure();
    void writesAnswers();
    void plansAndDoesAnUndo();
    void leavesNoPlanOfAnUndoThatIsNone_data();
    void leavesNoPlanOfAnUndoThatIsNone();
    void closingCancelsWhatRuns();

private:
    QTemporaryDir m_folder;
};

void TestJobController::publishesAndEnds()
{
    auto engine = std::make_shared<ScriptedEngine>();
    JobController controller(engine, m_folder.path());
    QSignalSpy progressed(&controller, &JobController::progressed);
    QSignalSpy finished(&controller, &JobController::finished);
    QSignalSpy idle(&controller, &JobController::idle);
    QVERIFY(controller.start(job(u"a"_s), Task::Compare));
    QVERIFY(progressed.wait(30'000));
    const auto snapshot = progressed.first().at(1).value<ProgressSnapshot>();
    QCOMPARE(snapshot.tables.value(0).rowsRead, qint64(5));
    QCOMPARE(controller.runningCount(), 1);
    engine->mayEnd.release();
    QVERIFY(finished.wait(30'000));
    const auto result = finished.first().at(1).value<TaskResult>();
    QCOMPARE(result.report.state, RunState::Planned);
    QVERIFY(QFile::exists(result.planFile));
    QCOMPARE(controller.runningCount(), 0);
    QCOMPARE(idle.count(), 1);
    controller.dropPlan(result.planFile);
    QTRY_VERIFY(!QFile::exists(result.planFile));
}

void TestJobController::runsAJobOnceAtATime()
{
    auto engine = std::make_shared<ScriptedEngine>();
    JobController controller(engine, m_folder.path());
    QSignalSpy finished(&controller, &JobController::finished);
    QVERIFY(controller.start(job(u"a"_s), Task::Synchronise));
    QVERIFY(!controller.start(job(u"a"_s), Task::Compare));
    engine->mayEnd.release();
    QVERIFY(finished.wait(30'000));
    QCOMPARE(engine->runs.load(), 1);
}

void TestJobController::cancelEndsATask()
{
    auto engine = std::make_shared<ScriptedEngine>();
    JobController controller(engine, m_folder.path());
    QSignalSpy finished(&controller, &JobController::finished);
    QVERIFY(controller.start(job(u"a"_s), Task::Verify));
    controller.cancel(jobKey(job(u"a"_s)));
    QVERIFY(finished.wait(30'000));
    QCOMPARE(finished.first().at(1).value<TaskResult>().report.state, RunState::Cancelled);
}

void TestJobController::stopsAndPauses()
{
    auto engine = std::make_shared<ScriptedEngine>();
    JobController controller(engine, m_folder.path());
    QSignalSpy progressed(&controller, &JobController::progressed);
    QSignalSpy finished(&controller, &JobController::finished);
    const QString key = jobKey(job(u"a"_s));
    QVERIFY(controller.start(job(u"a"_s), Task::Synchronise));
    QVERIFY(progressed.wait(30'000));
    controller.setPaused(key, true);
    engine->mayEnd.release();
    QVERIFY(finished.wait(30'000));
    QVERIFY(engine->paused);
    finished.clear();
    QVERIFY(controller.start(job(u"a"_s), Task::Synchronise));
    controller.stopAfterBatch(key);
    QVERIFY(finished.wait(30'000));
    QCOMPARE(finished.first().at(1).value<TaskResult>().report.state, RunState::Cancelled);
}

void TestJobController::onlySoManyAtOnce()
{
    auto engine = std::make_shared<ScriptedEngine>();
    JobController controller(engine, m_folder.path());
    controller.setLimit(1);
    QSignalSpy begun(&controller, &JobController::begun);
    QSignalSpy finished(&controller, &JobController::finished);
    for (const QString &name : {u"a"_s, u"b"_s, u"c"_s})
        QVERIFY(controller.start(job(name), Task::Verify));
    QCOMPARE(begun.size(), 1);
    QVERIFY(controller.isWaiting(jobKey(job(u"b"_s))));
    // One that waits is cancelled at once, and never begins.
    controller.cancel(jobKey(job(u"b"_s)));
    QCOMPARE(finished.size(), 1);
    QCOMPARE(finished.takeFirst().at(1).value<TaskResult>().report.state, RunState::Cancelled);
    engine->mayEnd.release();
    QVERIFY(finished.wait(30'000));
    QCOMPARE(begun.size(), 2);
    QCOMPARE(begun.at(1).at(0).toString(), jobKey(job(u"c"_s)));
    finished.clear();
    engine->mayEnd.release();
    QVERIFY(finished.wait(30'000));
    QCOMPARE(engine->runs.load(), 2);
    QCOMPARE(controller.runningCount(), 0);
}

void TestJobController::leavesNoPlanOfAFailure()
{
    QTemporaryDir plans;
    auto engine = std::make_shared<ScriptedEngine>();
    engine->state = RunState::Failed;
    JobController controller(engine, plans.path());
    QSignalSpy finished(&controller, &JobController::finished);
    QVERIFY(controller.start(job(u"a"_s), Task::Compare));
    engine->mayEnd.release();
    QVERIFY(finished.wait(30'000));
    QVERIFY(finished.first().at(1).value<TaskResult>().planFile.isEmpty());
    QVERIFY(QDir(plans.path()).isEmpty());
}

void TestJobController::writesAnswers()
{
    auto engine = std::make_shared<ScriptedEngine>();
    engine->state = RunState::Completed;
    JobController controller(engine, m_folder.path());
    QSignalSpy finished(&controller, &JobController::finished);
    RunOptions options;
    options.full = true;
    QVERIFY(controller.start(job(u"a"_s), Task::Resolve, options));
    engine->mayEnd.release();
    QVERIFY(finished.wait(30'000));
    const auto result = finished.first().at(1).value<TaskResult>();
    QCOMPARE(result.task, Task::Resolve);
    QCOMPARE(result.report.state, RunState::Completed);
    QVERIFY(engine->resolvesFully);
}

void TestJobController::plansAndDoesAnUndo()
{
    QTemporaryDir plans;
    auto engine = std::make_shared<ScriptedEngine>();
    JobController controller(engine, plans.path());
    QSignalSpy finished(&controller, &JobController::finished);
    UndoRequest request;
    request.run = u"2026-a"_s;
    request.key = {{u"id"_s, u"3"_s}};
    QVERIFY(controller.startUndo(job(u"a"_s), Task::PlanUndo, request));
    QVERIFY(!controller.startUndo(job(u"a"_s), Task::Undo, request));
    engine->mayEnd.release();
    QVERIFY(finished.wait(30'000));
    const auto planned = finished.takeFirst().at(1).value<TaskResult>();
    QCOMPARE(planned.task, Task::PlanUndo);
    QCOMPARE(planned.report.undoes, request.run);
    QCOMPARE(planned.undo.key, request.key);
    QCOMPARE(planned.undone.size(), 1);
    QVERIFY(QFile::exists(planned.planFile));

    engine->state = RunState::Completed;
    request.planFile = planned.planFile;
    QVERIFY(controller.startUndo(job(u"a"_s), Task::Undo, request));
    engine->mayEnd.release();
    QVERIFY(finished.wait(30'000));
    const auto done = finished.first().at(1).value<TaskResult>();
    QCOMPARE(done.task, Task::Undo);
    QCOMPARE(done.planFile, planned.planFile);
    QCOMPARE(done.undone.size(), 1);
    QCOMPARE(QDir(plans.path()).entryList(QDir::Files).size(), 1);
}

void TestJobController::leavesNoPlanOfAnUndoThatIsNone_data()
{
    QTest::addColumn<RunState>("state");
    QTest::addColumn<bool>("wroteSomething");
    QTest::newRow("failed") << RunState::Failed << true;
    QTest::newRow("cancelled") << RunState::Cancelled << true;
    QTest::newRow("nothing was written") << RunState::Planned << false;
}

void TestJobController::leavesNoPlanOfAnUndoThatIsNone()
{
    QFETCH(RunState, state);
    QFETCH(bool, wroteSomething);
    QTemporaryDir plans;
    auto engine = std::make_shared<ScriptedEngine>();
    engine->state = state;
    engine->wroteSomething = wroteSomething;
    JobController controller(engine, plans.path());
    QSignalSpy finished(&controller, &JobController::finished);
    QVERIFY(controller.startUndo(job(u"a"_s), Task::PlanUndo, {}));
    engine->mayEnd.release();
    QVERIFY(finished.wait(30'000));
    QVERIFY(finished.first().at(1).value<TaskResult>().planFile.isEmpty());
    QVERIFY(QDir(plans.path()).isEmpty());
}

void TestJobController::closingCancelsWhatRuns()
{
    auto engine = std::make_shared<ScriptedEngine>();
    {
        JobController controller(engine, m_folder.path());
        QVERIFY(controller.start(job(u"a"_s), Task::Synchronise));
    }
    QCOMPARE(engine.use_count(), 1L);
}

QTEST_GUILESS_MAIN(TestJobController)
#include "tst_jobcontroller.moc"
