// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/engine.h"

#include "app/wording/systemuser.h"

namespace tidemark {

Result<std::shared_ptr<Desk>> Desk::open(const QString &folder, AskPassword ask)
{
    TRY_ASSIGN(Workspace workspace, Workspace::open(folder));
    std::shared_ptr<Desk> desk(new Desk(std::move(workspace), std::move(ask)));
    desk->m_connector.keepPagesIn(desk->m_workspace.pagesFolder());
    TRY_ASSIGN(desk->m_journal, Journal::open(desk->m_workspace.journalFile()));
    TRY_ASSIGN(desk->m_plans, PlanFolder::open(desk->m_workspace.plansFolder()));
    return desk;
}

RunReport Desk::plan(const JobSettings &job, const RunOptions &options, const QString &planFile,
                     Cancellation &cancellation, ProgressBoard &progress)
{
    return Runner(m_connector, *m_journal, m_clock).plan(job, options, planFile, cancellation, progress);
}

RunReport Desk::run(const JobSettings &job, const RunOptions &options, Cancellation &cancellation,
                    ProgressBoard &progress)
{
    return Runner(m_connector, *m_journal, m_clock).run(job, options, cancellation, progress);
}

RunReport Desk::verify(const JobSettings &job, Cancellation &cancellation, ProgressBoard &progress)
{
    return Runner(m_connector, *m_journal, m_clock).verify(job, cancellation, progress);
}

RunReport Desk::resolve(const JobSettings &job, const RunOptions &options, Cancellation &cancellation,
                        ProgressBoard &progress)
{
    return Runner(m_connector, *m_journal, m_clock)
        .resolve(job, {}, wording::systemUser(), options, cancellation, progress);
}

UndoOutcome Desk::planUndo(const JobSettings &job, const UndoRequest &request, const QString &planFile,
                           Cancellation &cancellation, ProgressBoard &progress)
{
    return tidemark::planUndo(m_connector, *m_journal, m_clock, job, request, planFile, cancellation, progress);
}

UndoOutcome Desk::undo(const JobSettings &job, const UndoRequest &request, Cancellation &cancellation,
                       ProgressBoard &progress)
{
    return undoRun(m_connector, *m_journal, m_clock, job, request, cancellation, progress);
}

Result<QList<CheckItem>> Desk::check(const JobSettings &job, Cancellation &cancellation, const CheckOptions &options)
{
    return Runner(m_connector, *m_journal, m_clock).check(job, cancellation, options);
}

} // namespace tidemark
