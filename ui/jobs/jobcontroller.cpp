// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/jobcontroller.h"

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
    m_pool.waitForDone();
}

bool JobController::start(const JobSettings &job, Task task, const RunOptions &options)
{
    const QString key = jobKey(job);
    if (isRunning(key))
        return false;
    auto running = std::make_shared<Running>();
    running->task = task;
    m_tasks[key] = running;
    const QString planFile = u"%1/%2.db"_s.arg(m_plansFolder, QUuid::createUuid().toString(QUuid::WithoutBraces));
    m_pool.start(
        [guard = QPointer<JobController>(this), engine = m_engine, running, key, job, task, options, planFile] {
            TaskResult result;
            result.task = task;
            if (task == Task::Compare) {
                result.report = engine->plan(job, options, planFile, running->cancellation, running->board);
                const RunState state = result.report.state;
                if (state == RunState::Failed || state == RunState::Cancelled || state == RunState::Busy)
                    QFile::remove(planFile);
                else
                    result.planFile = planFile;
            } else if (task == Task::Synchronise) {
                result.report = engine->run(job, options, running->cancellation, running->board);
            } else {
                result.report = engine->verify(job, running->cancellation, running->board);
            }
            QMetaObject::invokeMethod(
                QCoreApplication::instance(),
                [guard, key, result] {
                    if (guard)
                        guard->end(key, result);
                },
                Qt::QueuedConnection);
        });
    if (!m_timer.isActive())
        m_timer.start();
    Q_EMIT started(key, task);
    return true;
}

void JobController::cancel(const QString &key)
{
    const auto found = m_tasks.find(key);
    if (found == m_tasks.end())
        return;
    // Callbacks of a cancellation may touch sockets; they run on a worker.
    QThreadPool::globalInstance()->start([running = found->second] { running->cancellation.cancel(); });
}

void JobController::cancelAll()
{
    for (const auto &[key, running] : m_tasks)
        running->cancellation.cancel();
}

void JobController::dropPlan(const QString &planFile)
{
    if (!planFile.isEmpty())
        QThreadPool::globalInstance()->start([planFile] { QFile::remove(planFile); });
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
    Q_EMIT finished(key, result);
    if (m_tasks.empty())
        Q_EMIT idle();
}

} // namespace tidemark
