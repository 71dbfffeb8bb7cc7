// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "core/base/clock.h"
#include "core/config/workspace.h"
#include "core/endpoint/connector.h"
#include "core/journal/journal.h"
#include "core/run/runner.h"
#include "core/run/undorun.h"
#include "ui/jobs/planfolder.h"

namespace tidemark {

// What the window asks of the core, as one narrow interface: tests put a scripted one in its place. Every member blocks
// and is called on worker threads.
class Engine
{
public:
    virtual ~Engine() = default;
    virtual RunReport plan(const JobSettings &job, const RunOptions &options, const QString &planFile,
                           Cancellation &cancellation, ProgressBoard &progress) = 0;
    virtual RunReport run(const JobSettings &job, const RunOptions &options, Cancellation &cancellation,
                          ProgressBoard &progress) = 0;
    virtual RunReport verify(const JobSettings &job, Cancellation &cancellation, ProgressBoard &progress) = 0;
    // Writes every answer that is kept.
    virtual RunReport resolve(const JobSettings &job, const RunOptions &options, Cancellation &cancellation,
                              ProgressBoard &progress) = 0;
    virtual UndoOutcome planUndo(const JobSettings &job, const UndoRequest &request, const QString &planFile,
                                 Cancellation &cancellation, ProgressBoard &progress) = 0;
    virtual UndoOutcome undo(const JobSettings &job, const UndoRequest &request, Cancellation &cancellation,
                             ProgressBoard &progress) = 0;
    virtual Result<QList<CheckItem>> check(const JobSettings &job, Cancellation &cancellation,
                                           const CheckOptions &options) = 0;
};

// A workspace that is open: its folder, journal and the ways to the databases. Thread-safe; shared by the window and
// the tasks that still run when it closes.
class Desk final : public Engine
{
public:
    // Reads the disk: not on the UI thread.
    static Result<std::shared_ptr<Desk>> open(const QString &folder, AskPassword ask);

    const Workspace &workspace() const { return m_workspace; }
    Journal &journal() { return *m_journal; }
    QString plansFolder() const { return m_plans->path(); } // of this program alone
    SqlConnector &connector() { return m_connector; }
    const Clock &clock() const { return m_clock; }

    RunReport plan(const JobSettings &job, const RunOptions &options, const QString &planFile,
                   Cancellation &cancellation, ProgressBoard &progress) override;
    RunReport run(const JobSettings &job, const RunOptions &options, Cancellation &cancellation,
                  ProgressBoard &progress) override;
    RunReport verify(const JobSettings &job, Cancellation &cancellation, ProgressBoard &progress) override;
    RunReport resolve(const JobSettings &job, const RunOptions &options, Cancellation &cancellation,
                      ProgressBoard &progress) override;
    UndoOutcome planUndo(const JobSettings &job, const UndoRequest &request, const QString &planFile,
                         Cancellation &cancellation, ProgressBoard &progress) override;
    UndoOutcome undo(const JobSettings &job, const UndoRequest &request, Cancellation &cancellation,
                     ProgressBoard &progress) override;
    Result<QList<CheckItem>> check(const JobSettings &job, Cancellation &cancellation,
                                   const CheckOptions &options) override;

private:
    Desk(Workspace workspace, AskPassword ask) : m_workspace(std::move(workspace)), m_connector(std::move(ask)) { }
    Workspace m_workspace;
    SystemClock m_clock;
    SqlConnector m_connector;
    std::unique_ptr<Journal> m_journal;
    std::unique_ptr<PlanFolder> m_plans;
};

} // namespace tidemark
