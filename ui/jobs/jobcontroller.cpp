// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/jobcontroller.h"

#include <utility>

#include <QCoreApplication>
#include <QFile>
#include <QPointer>
#include <QUuid>

#include "ui/widgets/background.h"

using namespace Qt::StringLiterals;

namespace tidemark {

JobController::JobController(std::shared_ptr<Engine> engine, QString plansFolder, QObject *parent)
    : QObject(parent), m_engine(std::move(engine)), m_plansFolder(std::move(plansFolder))
{
    // A pool of its own: a long run must not keep small tasks of the window waiting.
    m_pool.setMaxThreadCount(64);
    m_timer.setInterval(100);
    connect(&m_timer, &QTimer::timeout, this, &JobController::publish);
}

JobController::~JobController()
{
    cancelAll();
    m_queue.clear();
    m_pool.waitForDone();
}

// A plan that is none does not stay.
static void keepPlan(TaskResult &result, const QString &planFile)
{
    const RunState state = result.report.state;
    if (state == RunState::Failed || state == RunState::Cancelled || state == RunState::Busy)
        QFile::remove(planFile);
    else if (result.task == Task::Compare || QFile::exists(planFile))
        result.planFile = planFile;
}

static TaskResult runTask(Engine &engine, Cancellation &cancellation, ProgressBoard &board, const JobSettings &job,
                          Task task, const RunOptions &options, const QString &planFile)
{
    TaskResult result;
    result.task = task;
    switch (task) {
    case Task::Compare:
        result.report = engine.plan(job, options, planFile, cancellation, board);
        keepPlan(result, planFile);
        break;
    case Task::Synchronise:
        result.report = engine.run(job, options, cancellation, board);
        result.planFile = options.planFile;
        break;
    case Task::Verify:
        result.report = engine.verify(job, cancellation, board);
        break;
    case Task::Resolve:
        result.report = engine.resolve(job, options, cancellation, board);
        break;
    case Task::PlanUndo:
    case Task::Undo: // by startUndo()
        break;
    }
    return result;
}

static TaskResult runUndo(Engine &engine, Cancellation &cancellation, ProgressBoard &board, const JobSettings &job,
                          Task task, const UndoRequest &request, const QString &planFile)
{
    TaskResult result;
    result.task = task;
    result.undo = request;
    UndoOutcome outcome = task == Task::PlanUndo ? engine.planUndo(job, request, planFile, cancellation, board)
                                                 : engine.undo(job, request, cancellation, board);
    result.report = std::move(outcome.report);
    result.undone = std::move(outcome.tables);
    if (task == Task::PlanUndo)
        keepPlan(result, planFile);
    else
        result.planFile = request.planFile;
    return result;
}

QString JobController::newPlanFile() const
{
    return u"%1/%2.db"_s.arg(m_plansFolder, QUuid::createUuid().toString(QUuid::WithoutBraces));
}

bool JobController::start(const JobSettings &job, Task task, const RunOptions &options)
{
    return start(job, task,
                 Work([engine = m_engine, job, task, options, planFile = newPlanFile()](Cancellation &cancellation,
                                                                                        ProgressBoard &board) {
                     return runTask(*engine, cancellation, board, job, task, options, planFile);
                 }));
}

bool JobController::startUndo(const JobSettings &job, Task task, const UndoRequest &request)
{
    return start(job, task,
                 Work([engine = m_engine, job, task, request, planFile = newPlanFile()](Cancellation &cancellation,
                                                                                        ProgressBoard &board) {
                     return runUndo(*engine, cancellation, board, job, task, request, planFile);
                 }));
}

bool JobController::start(const JobSettings &job, Task task, const Work &work)
{
    const QString key = jobKey(job);
    if (isRunning(key))
        return false;
    auto running = std::make_shared<Running>();
    running->task = task;
    m_tasks[key] = running;
    running->begin = [this, key, work](const std::shared_ptr<Running> &running) {
        m_pool.start([guard = QPointer<JobController>(this), running, key, work] {
            const TaskResult result = work(running->cancellation, running->board);
            QMetaObject::invokeMethod(
                QCoreApplication::instance(),
                [guard, key, result] {
                    if (guard)
                        guard->end(key, result);
                },
                Qt::QueuedConnection);
        });
    };
    m_queue << key;
    if (!m_timer.isActive())
        m_timer.start();
    Q_EMIT started(key, task);
    beginNext();
    return true;
}

void JobController::beginNext()
{
    while (!m_queue.isEmpty()
           && static_cast<int>(m_tasks.size() - static_cast<std::size_t>(m_queue.size())) < m_limit) {
        const QString key = m_queue.takeFirst();
        const std::shared_ptr<Running> next = m_tasks.at(key);
        std::exchange(next->begin, {})(next);
        Q_EMIT begun(key);
    }
}

void JobController::setLimit(int jobsAtOnce)
{
    m_limit = std::max(1, jobsAtOnce);
    beginNext();
}

bool JobController::isWaiting(const QString &key) const { return m_queue.contains(key); }

void JobController::cancel(const QString &key)
{
    const auto found = m_tasks.find(key);
    if (found == m_tasks.end())
        return;
    if (m_queue.removeOne(key)) {
        TaskResult result;
        result.task = found->second->task;
        result.report.state = RunState::Cancelled;
        end(key, result);
        return;
    }
    // Callbacks of a cancellation may touch sockets; they run on a worker.
    backgroundPool().start([running = found->second] { running->cancellation.cancel(); });
}

void JobController::stopAfterBatch(const QString &key)
{
    if (const auto found = m_tasks.find(key); found != m_tasks.end())
        backgroundPool().start([running = found->second] { running->cancellation.stopAfterBatch(); });
}

void JobController::setPaused(const QString &key, bool paused)
{
    if (const auto found = m_tasks.find(key); found != m_tasks.end())
        found->second->cancellation.setPaused(paused);
}

void JobController::cancelAll()
{
    for (const auto &[key, running] : m_tasks)
        running->cancellation.cancel();
}

void JobController::dropPlan(const QString &planFile)
{
    if (!planFile.isEmpty())
        backgroundPool().start([planFile] { QFile::remove(planFile); });
}

void JobController::publish()
{
    for (const auto &[key, running] : m_tasks) {
        ProgressSnapshot now = running->board.snapshot();
        if (now == running->shown)
            continue;
        running->shown = now;
        Q_EMIT progressed(key, now);
    }
}

void JobController::end(const QString &key, const TaskResult &result)
{
    m_tasks.erase(key);
    if (m_tasks.empty())
        m_timer.stop();
    beginNext();
    Q_EMIT finished(key, result);
    if (m_tasks.empty())
        Q_EMIT idle();
}

} // namespace tidemark
