// SPDX-License-Identifier: GPL-3.0-or-later
// What happens in the preview; previewwindow.cpp builds it.
#include "ui/plan/previewwindow.h"

#include <QButtonGroup>
#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QTableView>
#include <QToolButton>

#include "ui/plan/confirmdialog.h"
#include "ui/plan/planrowmodel.h"
#include "ui/plan/plantablemodel.h"
#include "ui/plan/rowsview.h"
#include "ui/plan/valueviewer.h"
#include "ui/plan/whypanel.h"
#include "ui/widgets/accentbutton.h"
#include "ui/widgets/format.h"

using namespace Qt::StringLiterals;

namespace tidemark {

// Verified by default up to so many compared rows: beyond, a second comparison is a person's wish.
static constexpr qint64 verifyRows = 200'000;

void PreviewWindow::focusOn(const QString &table, const QString &column)
{
    m_focusTable = table;
    m_focusColumn = column;
    for (qsizetype i = 0; i < m_contents.tables.size(); ++i) {
        if (m_contents.tables.at(i).report.source == table)
            m_tableView->selectRow(static_cast<int>(i));
    }
}

void PreviewWindow::showContents(const PlanContents &contents)
{
    m_contents = contents;
    m_tables->setTables(contents.tables);
    // The first table with something to see, unless another one is asked for.
    int first = -1;
    for (qsizetype i = 0; i < contents.tables.size(); ++i) {
        const TableReport &report = contents.tables.at(i).report;
        if (first < 0 && report.toTarget.total() > 0)
            first = static_cast<int>(i);
        if (report.source == m_focusTable)
            first = static_cast<int>(i);
    }
    showTotals();
    if (first < 0 && !contents.tables.isEmpty())
        first = 0;
    m_tableView->selectRow(first);
    m_rowsView->focusRows();
    if (contents.tables.isEmpty() || contents.tables.at(first).report.toTarget.total() == 0) {
        m_ready = true;
        Q_EMIT ready();
    }
}

std::optional<Decision> PreviewWindow::filter() const
{
    switch (m_filters->checkedId()) {
    case 1:
        return Decision::InsertTarget;
    case 2:
        return Decision::UpdateTarget;
    case 3:
        return Decision::DeleteTarget;
    default:
        return std::nullopt;
    }
}

void PreviewWindow::showTable(int table)
{
    if (table < 0 || table >= m_contents.tables.size())
        return;
    m_filters->button(0)->setChecked(true);
    const TableReport &report = m_contents.tables.at(table).report;
    const WriteCounts &counts = report.toTarget;
    m_filters->button(1)->setEnabled(counts.inserts > 0);
    m_filters->button(2)->setEnabled(counts.updates > 0);
    m_filters->button(3)->setEnabled(counts.deletes > 0);
    showTotals();
    showRows();
}

void PreviewWindow::showRows()
{
    const int table = m_tableView->currentIndex().row();
    if (table < 0 || table >= m_contents.tables.size())
        return;
    m_viewer->clear();
    m_why->clear();
    m_detailIndex = -1;
    m_rowsView->setColumns(nullptr);
    m_rows->setTable({table, filter()}, m_contents.tables.at(table));
    if (m_changedOnly->isChecked())
        m_source.requestChangedColumns(table);
}

void PreviewWindow::toggleColumns()
{
    if (m_changedOnly->isChecked())
        m_source.requestChangedColumns(m_rows->query().table);
    else
        m_rowsView->setColumns(nullptr);
}

WriteCounts PreviewWindow::chosen() const
{
    WriteCounts sum;
    for (qsizetype i = 0; i < m_tables->tables().size(); ++i) {
        const PlanTable &table = m_tables->tables().at(i);
        if (!table.included)
            continue;
        const int number = static_cast<int>(i);
        sum.inserts += table.report.toTarget.inserts - m_rows->skipped(number, Decision::InsertTarget);
        sum.updates += table.report.toTarget.updates - m_rows->skipped(number, Decision::UpdateTarget);
        sum.deletes += table.report.toTarget.deletes - m_rows->skipped(number, Decision::DeleteTarget);
    }
    return sum;
}

void PreviewWindow::showTotals()
{
    const QString target = m_job.target.label();
    WriteCounts all;
    for (const PlanTable &table : m_tables->tables()) {
        all.inserts += table.report.toTarget.inserts;
        all.updates += table.report.toTarget.updates;
        all.deletes += table.report.toTarget.deletes;
    }
    const bool read = !m_contents.head.id.isEmpty() || !m_contents.tables.isEmpty();
    const qint64 rows = read ? all.total() : m_planned.totals().total();
    m_headline->setText(rows > 0 ? tr("%1 rows would change in %2.").arg(format::count(rows), target)
                                 : tr("Nothing to do. Both sides are equal."));
    m_note->setText(tr("Nothing has been written yet. Compared %1").arg(format::clock(m_planned.finishedUs)));
    const qint64 writes = chosen().total();
    m_write->setText(tr("&Synchronise %1 rows…").arg(format::count(read ? writes : rows)));
    m_write->setEnabled(writes > 0);
    m_write->setVisible(rows > 0);

    const int table = std::max(0, m_tableView->currentIndex().row());
    const TableReport report = table < m_contents.tables.size() ? m_contents.tables.at(table).report : TableReport();
    m_filters->button(0)->setText(tr("All %1").arg(format::count(report.toTarget.total())));
    const qint64 counts[] = {report.toTarget.inserts, report.toTarget.updates, report.toTarget.deletes};
    const QString names[] = {tr("Rows to insert"), tr("Rows to update"), tr("Rows to delete")};
    for (int i = 0; i < 3; ++i) {
        m_filters->button(i + 1)->setText(format::count(counts[i]));
        m_filters->button(i + 1)->setToolTip(names[i]);
        m_filters->button(i + 1)->setAccessibleName(names[i] + u": "_s + format::count(counts[i]));
    }
    m_equal->setText(u"  =  "_s + (report.identical ? format::count(*report.identical) : tr("not read")));
    m_equal->setToolTip(tr("Rows that are equal"));
}

void PreviewWindow::applyFocus(int first, int last)
{
    if (!m_focusColumn.isEmpty()) {
        const QList<PlanColumn> &columns = m_rows->columns();
        for (int row = first; row <= last && !m_focusColumn.isEmpty(); ++row) {
            const PlanRowView *view = m_rows->row(row);
            for (qsizetype cell = 0; view && cell < view->changed.size(); ++cell) {
                if (view->changed.at(cell) && columns.at(cell).source == m_focusColumn) {
                    m_focusColumn.clear();
                    m_rowsView->select(row, static_cast<int>(cell));
                    break;
                }
            }
        }
        m_focusColumn.clear();
    }
    if (!m_ready) {
        m_ready = true;
        Q_EMIT ready();
    }
}

void PreviewWindow::showCell()
{
    const QModelIndex index = m_rowsView->current();
    if (!index.isValid())
        return;
    const int cell = m_rows->cellOf(index.column());
    if (m_detailIndex == index.row() && m_detailQuery == m_rows->query()) {
        const int shown = std::max(cell, 0);
        m_viewer->showCell(m_rows->columns().value(shown).source, m_detail, shown);
        m_why->showCell(m_rows->columns(), m_detail, shown);
        return;
    }
    m_source.requestDetail(m_rows->query(), index.row());
}

void PreviewWindow::showDetail(const PlanQuery &query, qint64 index, const PlanRowDetail &detail)
{
    if (!(query == m_rows->query()) || m_rowsView->current().row() != index)
        return;
    m_detail = detail;
    m_detailQuery = query;
    m_detailIndex = index;
    showCell();
}

void PreviewWindow::find(bool forward)
{
    if (m_find->text().isEmpty())
        return;
    const QModelIndex index = m_rowsView->current();
    m_source.find(m_rows->query(), m_find->text(), index.isValid() ? index.row() : -1, forward);
}

void PreviewWindow::synchronise()
{
    if (!m_write->isEnabled() || !m_write->isVisible())
        return;
    QList<TableReport> reports;
    qint64 compared = 0;
    for (qsizetype i = 0; i < m_tables->tables().size(); ++i) {
        const PlanTable &table = m_tables->tables().at(i);
        compared += table.report.rowsRead;
        if (!table.included)
            continue;
        TableReport report = table.report;
        report.toTarget.deletes -= m_rows->skipped(static_cast<int>(i), Decision::DeleteTarget);
        reports << report;
    }
    const GuardedDeletes guarded = guardedDeletes(reports, m_job);
    ConfirmDialog::Facts facts;
    facts.target = m_job.target.label();
    facts.production = m_job.target.production;
    facts.host = m_job.target.host;
    facts.counts = chosen();
    facts.guardedDeletes = guarded.deletes;
    facts.guardedRows = guarded.rows > 0 ? guarded.rows : -1;
    facts.verify = compared <= verifyRows;
    auto *dialog = new ConfirmDialog(facts, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        RunOptions options;
        options.planFile = m_planFile;
        options.allowDeletes = dialog->allowDeletes();
        Q_EMIT synchroniseRequested(options, dialog->verifies());
    });
    dialog->open();
}

} // namespace tidemark
