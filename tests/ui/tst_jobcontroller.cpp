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

private:
    RunReport work(Cancellation &cancellation, ProgressBoard &progress)
    {
        ++runs;
        TableProgress table;
        table.source = u"orders"_s;
        table.phase = Phase::Comparing;
        table.rowsRead = 5;
        progress.setTables({table});
        const auto registration = cancellation.onCancel([this] { mayEnd.release(); });
        mayEnd.acquire();
        RunReport report;
        report.state = cancellation.isCancelled() ? RunState::Cancelled : state;
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
    void leavesNoPlanOfAFailure();
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
    QVERIFY(progressed.wait());
    const auto snapshot = progressed.first().at(1).value<ProgressSnapshot>();
    QCOMPARE(snapshot.tables.value(0).rowsRead, qint64(5));
    QCOMPARE(controller.runningCount(), 1);
    engine->mayEnd.release();
    QVERIFY(finished.wait());
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
    QVERIFY(finished.wait());
    QCOMPARE(engine->runs.load(), 1);
}

void TestJobController::cancelEndsATask()
{
    auto engine = std::make_shared<ScriptedEngine>();
    JobController controller(engine, m_folder.path());
    QSignalSpy finished(&controller, &JobController::finished);
    QVERIFY(controller.start(job(u"a"_s), Task::Verify));
    controller.cancel(jobKey(job(u"a"_s)));
    QVERIFY(finished.wait());
    QCOMPARE(finished.first().at(1).value<TaskResult>().report.state, RunState::Cancelled);
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
    QVERIFY(finished.wait());
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
