// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <map>
#include <memory>

#include <QObject>
#include <QThreadPool>
#include <QTimer>

#include "ui/jobs/engine.h"
#include "ui/jobs/jobentry.h"

namespace tidemark {

struct TaskResult
{
    Task task = Task::Compare;
    RunReport report;
    QString planFile; // of a comparison or PlanUndo that succeeded; the one that a run or Undo applied
    UndoRequest undo = {}; // of PlanUndo and Undo, with what became of the tables
    QList<UndoneTable> undone = {};
};

// Runs jobs off the UI thread, one task a job at a time and so many jobs at once, and tells what they do: one timer
// publishes every board ten times a second. Lives on the UI thread. Its destructor cancels what still runs and waits
// for it.
class JobController final : public QObject
{
    Q_OBJECT
public:
    JobController(std::shared_ptr<Engine> engine, QString plansFolder, QObject *parent = nullptr);
    ~JobController() override;

    bool start(const JobSettings &job, Task task, const RunOptions &options = {}); // false: it is running already
    bool startUndo(const JobSettings &job, Task task, const UndoRequest &request); // PlanUndo or Undo; false likewise
    void cancel(const QString &key); // at once
    void stopAfterBatch(const QString &key);
    void setPaused(const QString &key, bool paused);
    void setLimit(int jobsAtOnce); // those beyond wait for their turn
    bool isWaiting(const QString &key) const;
    void cancelAll();
    bool isRunning(const QString &key) const { return m_tasks.contains(key); }
    int runningCount() const { return static_cast<int>(m_tasks.size()); }
    void dropPlan(const QString &planFile); // removes a plan that nobody needs any more

Q_SIGNALS:
    void started(const QString &key, tidemark::Task task); // or waits for its turn
    void begun(const QString &key); // its turn has come
    void progressed(const QString &key, const tidemark::ProgressSnapshot &snapshot);
    void finished(const QString &key, const tidemark::TaskResult &result);
    void idle();

private:
    struct Running
    {
        Cancellation cancellation;
        ProgressBoard board;
        Task task = Task::Compare;
        ProgressSnapshot shown;
        std::function<void(const std::shared_ptr<Running> &)> begin; // set while it waits for its turn
    };
    using Work = std::function<TaskResult(Cancellation &, ProgressBoard &)>; // on a worker
    bool start(const JobSettings &job, Task task, const Work &work);
    QString newPlanFile() const;
    void beginNext();
    void publish();
    void end(const QString &key, const TaskResult &result);

    std::shared_ptr<Engine> m_engine;
    QString m_plansFolder;
    std::map<QString, std::shared_ptr<Running>> m_tasks;
    QStringList m_queue; // keys that wait, in order
    int m_limit = 4;
    QThreadPool m_pool;
    QTimer m_timer;
};

} // namespace tidemark
