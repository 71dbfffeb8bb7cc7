// SPDX-License-Identifier: GPL-3.0-or-later
// What a person decides in a preview: which rows are written, and that they are.
#include <algorithm>

#include <QMenu>
#include <QPushButton>

#include "core/run/queueconnector.h"
#include "ui/jobs/engine.h"
#include "ui/plan/celltext.h"
#include "ui/plan/confirmdialog.h"
#include "ui/plan/planrowmodel.h"
#include "ui/plan/plantablemodel.h"
#include "ui/plan/previewwindow.h"
#include "ui/plan/rowsview.h"
#include "ui/plan/scriptwindow.h"
#include "ui/widgets/accentbutton.h"
#include "ui/widgets/background.h"
#include "ui/widgets/signs.h"

using namespace Qt::StringLiterals;

namespace tidemark {

// Verified by default up to so many compared rows: beyond, a second comparison is a person's wish.
static constexpr qint64 verifyRows = 200'000;

void PreviewWindow::toggle()
{
    const PlanRowView *row = m_rows->row(m_rowsView->current().row());
    if (row && row->decision == Decision::Conflict)
        return answer(); // it is not ticked
    if (row)
        decide(!row->included);
}

void PreviewWindow::answer()
{
    if (m_answer->isHidden())
        return;
    const PlanRowView *row = m_rows->row(m_rowsView->current().row());
    Q_EMIT conflictsRequested(row && row->decision == Decision::Conflict ? row->place : -1);
}

void PreviewWindow::decide(bool take)
{
    if (takesAll())
        return;
    m_origins << Origin::Person;
    m_source.decide(m_rows->query(), m_rowsView->selection(), take);
}

void PreviewWindow::decideAllShown(bool take)
{
    if (takesAll())
        return;
    m_origins << Origin::Person;
    m_source.decide(m_rows->query(), {{0, m_shownRows}}, take);
}

void PreviewWindow::undo()
{
    if (m_undo.isEmpty() || m_failure)
        return;
    m_origins << Origin::Undo;
    m_source.apply(m_undo.takeLast());
}

void PreviewWindow::redo()
{
    if (m_redo.isEmpty() || m_failure)
        return;
    m_origins << Origin::Redo;
    m_source.apply(m_redo.takeLast());
}

void PreviewWindow::decided(const PlanChange &done, const QList<PlanTableState> &tables)
{
    const Origin origin = m_origins.isEmpty() ? Origin::Person : m_origins.takeFirst();
    if (!done.isEmpty()) {
        (origin == Origin::Undo ? m_redo : m_undo).append(done.reversed());
        if (origin == Origin::Person || origin == Origin::OnlySelected)
            m_redo.clear();
    }
    m_tables->setStates(tables);
    m_rows->show(done);
    showTotals();
    if (origin == Origin::OnlySelected || m_synchroniseWanted)
        synchronise();
}

void PreviewWindow::addDecisions(QMenu &menu, qint64 selected)
{
    const QString rows = celltext::rows(selected);
    const PlanRowView *row = m_rows->row(m_rowsView->current().row());
    const bool included = !row || row->included;
    QAction *skip =
        menu.addAction(signs::icon(u"skipped"_s), selected > 1 ? tr("Skip %1").arg(rows) : tr("Skip this row"), this,
                       [this] { decide(false); });
    QAction *take =
        menu.addAction(signs::icon(u"sync"_s), selected > 1 ? tr("Include %1").arg(rows) : tr("Include this row"), this,
                       [this] { decide(true); });
    (included ? skip : take)->setShortcut(Qt::Key_Space);
    if (selected == 1)
        (included ? take : skip)->setVisible(false);
    const QString shown = celltext::rows(m_shownRows);
    menu.addAction(tr("Skip all that is shown: %1").arg(shown), this, [this] { decideAllShown(false); });
    menu.addAction(tr("Include all that is shown: %1").arg(shown), this, [this] { decideAllShown(true); });
    menu.addSeparator();
    QAction *only = menu.addAction(
        selected > 1 ? tr("Synchronise only these: %1…").arg(rows) : tr("Synchronise only this row…"), this, [this] {
            if (takesAll())
                return;
            m_origins << Origin::OnlySelected;
            m_source.decideOnly(m_rows->query(), m_rowsView->selection());
        });
    if (selected == 1 && row && row->decision == Decision::Conflict)
        for (QAction *action : {skip, take, only})
            action->setEnabled(false); // it is answered, not ticked
    if (!m_answer->isHidden() && row && row->decision == Decision::Conflict)
        menu.addAction(signs::icon(u"conflict"_s), tr("Answer this conflict… (F4)"), this, &PreviewWindow::answer);
}

void PreviewWindow::synchronise()
{
    if (!m_write->isEnabled() || !m_write->isVisible())
        return;
    // What is confirmed counts every decision, also those that are not written yet.
    if (hasQueue(m_job) && m_tables->chosen().total() == 0) // nothing that is known to be written
        return Q_EMIT synchroniseRequested(RunOptions(), false);
    m_synchroniseWanted = !m_origins.isEmpty();
    if (!m_synchroniseWanted)
        confirm();
}

void PreviewWindow::confirm()
{
    QList<TableReport> reports;
    qint64 compared = 0;
    ConfirmDialog::Facts facts;
    for (int i = 0; i < m_tables->tables().size(); ++i) {
        const PlanTable &table = m_tables->tables().at(i);
        compared += table.report.rowsRead;
        const PlanCounts counts = m_tables->chosen(i);
        if (counts.total() == 0)
            continue;
        TableReport report = table.report;
        report.toTarget = counts.toTarget;
        report.toSource = counts.toSource;
        report.merged = counts.merged;
        reports << report;
        facts.tables.append({report.target, counts.toTarget});
        facts.sourceTables.append(counts.toSource);
    }
    if (isTwoWay())
        facts.source = ConfirmDialog::Source{celltext::name(m_job.source.label()), m_job.source.host,
                                             m_job.source.production, m_tables->chosen().toSource};
    const GuardedDeletes guarded = guardedDeletes(reports, m_job);
    facts.target = celltext::name(m_job.target.label());
    facts.production = m_job.target.production;
    facts.host = m_job.target.host;
    facts.counts = m_tables->chosen().toTarget;
    facts.skipped = m_tables->skipped();
    facts.undoDays = hasQueue(m_job) ? 0 : m_job.undo.days;
    facts.guardedDeletes = guarded.deletes;
    facts.guardedRows = guarded.rows > 0 ? guarded.rows : -1;
    facts.verify = compared <= verifyRows && !hasQueue(m_job);
    facts.isUndo = isUndo();
    facts.notes = SideEffects::filters(m_job, reports);
    const bool hasOtherSides = std::any_of(reports.cbegin(), reports.cend(), [](const TableReport &report) {
        return report.sidesChanged && report.toTarget.deletes + report.toSource.deletes > 0;
    });
    if (hasOtherSides)
        facts.notes << tr("A side is another database than at the last run: rows that it lacks may never have been in "
                          "it.");
    if (isQueue(m_job.source.driver))
        facts.notes << tr("Messages that have come since are applied as well.");
    else if (hasQueue(m_job))
        facts.notes << tr("Changes that have come since are published as well.");
    auto *dialog = new ConfirmDialog(facts, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    if (m_desk)
        lookForEffects(*dialog, reports);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        RunOptions options;
        if (!hasQueue(m_job)) // which cannot be held to what it was
            options.planFile = m_planFile;
        options.allowDeletes = dialog->allowDeletes();
        Q_EMIT synchroniseRequested(options, dialog->verifies() && !hasQueue(m_job));
    });
    dialog->open();
}

// What the target does of its own when these rows are written.
void PreviewWindow::lookForEffects(ConfirmDialog &dialog, const QList<TableReport> &written)
{
    CheckOptions options;
    options.advice = options.grants = false;
    for (const TableReport &table : written)
        options.onlyTables << table.source;
    const auto cancellation = std::make_shared<Cancellation>();
    dialog.awaitEffects();
    inBackground(
        &dialog,
        [desk = m_desk, job = m_job, options, cancellation] { return desk->check(job, *cancellation, options); },
        [&dialog, written](const Result<QList<CheckItem>> &items) {
            dialog.showEffects(items ? Result<SideEffects>(SideEffects::of(*items, written))
                                     : tidemark::fail(items.error()));
        });
    // Callbacks of a cancellation may touch sockets; they run on a worker.
    connect(&dialog, &QDialog::finished, &dialog,
            [cancellation] { backgroundPool().start([cancellation] { cancellation->cancel(); }); });
}

void PreviewWindow::openScript(const std::optional<QList<PlanRange>> &rows)
{
    if (!m_desk)
        return;
    auto *window = new ScriptWindow(m_desk, m_job, m_planFile, rows, this);
    window->show();
}

} // namespace tidemark
