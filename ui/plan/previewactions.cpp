// SPDX-License-Identifier: GPL-3.0-or-later
// What the preview shows of its plan: tables, totals, categories, columns.
#include <QButtonGroup>
#include <QCheckBox>
#include <QDateTime>
#include <QLabel>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QToolButton>

#include "app/wording/wording.h"
#include "core/run/queueconnector.h"
#include "ui/plan/celltext.h"
#include "ui/plan/filterbar.h"
#include "ui/plan/planrowmodel.h"
#include "ui/plan/plantablemodel.h"
#include "ui/plan/previewwindow.h"
#include "ui/plan/rowsview.h"
#include "ui/plan/valueviewer.h"
#include "ui/plan/whypanel.h"
#include "ui/widgets/accentbutton.h"
#include "ui/widgets/emptyplace.h"
#include "ui/widgets/format.h"
#include "ui/widgets/reportcounts.h"

using namespace Qt::StringLiterals;

namespace tidemark {

static QString changeText(qint64 rows, const QString &target)
{
    return rows == 1 ? PreviewWindow::tr("1 row would change in %1.").arg(target)
                     : PreviewWindow::tr("%1 rows would change in %2.").arg(format::count(rows), target);
}

// Into each side of a two-way plan.
static QString changesText(const PlanCounts &counts, const QString &source, const QString &target)
{
    return PreviewWindow::tr("Would change: %1 in %2, %3 in %4.")
        .arg(format::count(counts.toSource.total()), source, format::count(counts.toTarget.total()), target);
}

void PreviewWindow::setDesk(std::shared_ptr<Desk> desk)
{
    m_desk = std::move(desk);
    m_script->setVisible(m_desk != nullptr && !isTwoWay()); // a script is for one side
}

bool PreviewWindow::takesAll()
{
    if (hasQueue(m_job))
        say(tr("A run takes every message that waits: no row of it can be skipped."));
    return hasQueue(m_job);
}

bool PreviewWindow::isTwoWay() const { return m_job.mode == Mode::TwoWay; }

qint64 PreviewWindow::rowsOf(int table) const
{
    const TableReport &report = m_contents.tables.at(table).report;
    return PlanCounts::planned(report).total() + report.conflicts;
}

int PreviewWindow::table() const
{
    const int row = m_tableView->currentIndex().row();
    return row < m_contents.tables.size() ? row : -1;
}

void PreviewWindow::focusOn(const QString &table, const QString &column)
{
    m_focusTable = table;
    m_focusColumn = column;
    for (qsizetype i = 0; i < m_contents.tables.size(); ++i) {
        if (m_contents.tables.at(i).report.source == table)
            m_tableView->selectRow(static_cast<int>(i));
    }
}

void PreviewWindow::fail(const Error &error)
{
    if (m_failure)
        return;
    m_failure = error;
    showFailure();
}

void PreviewWindow::showFailure()
{
    if (!m_failure)
        return;
    m_headline->setText(tr("This preview can no longer be read. Nothing has been written."));
    m_note->clear();
    m_again->hide(); // there is a button below
    m_place->setSentence(wording::message(*m_failure).what);
    m_place->setButton(tr("Compare again"));
    m_stack->setCurrentWidget(m_place);
    m_place->setAccent(true); // nothing is left to be written
    m_write->setEnabled(false);
    for (QWidget *widget : std::initializer_list<QWidget *>{m_write, m_script, m_undoButton, m_reset, m_skipped})
        widget->setVisible(false);
}

void PreviewWindow::becomeReady()
{
    if (m_ready)
        return;
    m_ready = true;
    Q_EMIT ready();
}

void PreviewWindow::showContents(const PlanContents &contents)
{
    m_contents = contents;
    m_tables->setTables(contents.tables, contents.taken);
    m_stack->setCurrentWidget(m_splitter);
    // The first table with something to see, unless another one is asked for.
    int first = -1;
    for (qsizetype i = 0; i < contents.tables.size(); ++i) {
        const TableReport &report = contents.tables.at(i).report;
        if (first < 0 && rowsOf(static_cast<int>(i)) > 0)
            first = static_cast<int>(i);
        if (report.source == m_focusTable)
            first = static_cast<int>(i);
    }
    showTotals();
    if (first < 0 && !contents.tables.isEmpty())
        first = 0;
    m_tableView->selectRow(first);
    m_rowsView->focusRows();
    if (contents.tables.isEmpty())
        becomeReady();
}

std::optional<Decision> PreviewWindow::category() const
{
    switch (m_categories->checkedId()) {
    case 1:
        return Decision::InsertTarget;
    case 2:
        return Decision::UpdateTarget;
    case 3:
        return Decision::DeleteTarget;
    case 5:
        return Decision::InsertSource;
    case 6:
        return Decision::UpdateSource;
    case 7:
        return Decision::DeleteSource;
    case 8:
        return Decision::Merge;
    case 9:
        return Decision::Conflict;
    default:
        return std::nullopt;
    }
}

void PreviewWindow::showTable(int table)
{
    if (table < 0 || table >= m_contents.tables.size())
        return;
    m_categories->button(0)->setChecked(true);
    m_filter->setColumns(m_contents.tables.at(table).columns);
    showTotals();
    showRows();
}

void PreviewWindow::showRows()
{
    const int now = table();
    if (now < 0)
        return;
    RowFilter filter = m_filter->filter();
    filter.skippedOnly = m_categories->checkedId() == 4;
    m_source.arrange(now, category(), filter, m_orders.value(now));
}

// The order that was wished is not to be had: the rows stay in the one that they have.
void PreviewWindow::keepOrder()
{
    if (m_rows->query().table == table()) {
        m_orders[table()] = m_shownOrder;
        m_rowsView->setOrder(m_shownOrder);
    } else {
        m_orders.remove(table());
        showRows();
    }
}

void PreviewWindow::stopArranging()
{
    m_source.stopArranging();
    keepOrder();
    m_filter->setNote(tr("Stopped; the rows before it are shown"));
}

void PreviewWindow::sortTooLarge(qint64 rows)
{
    keepOrder();
    m_filter->setNote(tr("Not sorted: at most %1 can be. Filter the rows first.").arg(celltext::rows(rows)));
}

void PreviewWindow::showArranged(const PlanQuery &query, qint64 rows)
{
    if (query.table != table())
        return;
    m_viewer->clear();
    m_why->clear();
    m_detailIndex = -1;
    m_source.stopFinding(); // the rows that it counts are gone
    m_findNote->clear();
    m_shownRows = rows;
    const PlanTable &table = m_contents.tables.at(query.table);
    const bool sameTable = m_rows->query().table == query.table;
    m_rows->setTable(query, table, rows);
    if (!sameTable) {
        useWidths();
        showColumns();
    }
    m_shownOrder = m_orders.value(query.table);
    m_rowsView->setOrder(m_shownOrder);
    showFilterNote();
    m_rowsStack->setCurrentWidget(rows > 0 ? static_cast<QWidget *>(m_rowsView) : m_noRows);
    showNoRows();
    if (rows == 0)
        becomeReady();
    if (m_lastRowWanted && rows > 0)
        m_rowsView->selectWhenThere(m_rows->rowCount() - 1, false);
    m_lastRowWanted = false;
}

void PreviewWindow::showFilterNote()
{
    m_filter->setNote(m_shownRows > m_rows->rowCount()
                          ? tr("Only the first %1 are shown").arg(celltext::rows(m_rows->rowCount()))
                          : m_filter->filter().isEmpty() ? QString()
                                                         : tr("%1 match").arg(celltext::rows(m_shownRows)));
}

void PreviewWindow::showNoRows()
{
    const int now = table();
    if (now < 0 || m_shownRows > 0)
        return;
    const TableReport &report = m_contents.tables.at(now).report;
    const bool filtered = !m_filter->filter().isEmpty();
    m_noRows->setSentence(report.error                ? wording::oneLine(*report.error)
                              : filtered              ? tr("No row matches the filter.")
                              : rowsOf(now) > 0       ? tr("No rows of this kind.")
                              : report.identical == 1 ? tr("Nothing to write: 1 row is equal.")
                              : report.identical
                              ? tr("Nothing to write: %1 rows are equal.").arg(format::count(*report.identical))
                              : tr("Nothing to write. Rows that did not change were not read."));
    m_noRows->setButton(filtered ? tr("Show all rows") : QString());
}

void PreviewWindow::showColumns()
{
    const int now = table();
    if (now < 0) {
        m_columnsButton->setText(tr("Columns…"));
        return;
    }
    const PlanTable &table = m_contents.tables.at(now);
    QSet<int> shown;
    bool all = true;
    const auto chosen = m_columns.constFind(now);
    for (int cell = table.keyCount; cell < table.columns.size(); ++cell) {
        const bool wanted = chosen == m_columns.constEnd() || chosen->contains(cell);
        const bool changed = !m_changedOnly->isChecked() || table.differences.value(cell) > 0
            || (table.report.toTarget.updates == 0 && table.report.toSource.updates == 0
                && table.report.conflicts == 0);
        if (wanted && changed)
            shown.insert(cell);
        else
            all = false;
    }
    for (int cell = 0; cell < table.keyCount; ++cell)
        shown.insert(cell);
    m_rowsView->setColumns(all ? nullptr : &shown);
    const qsizetype cells = table.columns.size();
    m_columnsButton->setText(all ? tr("Columns…")
                                 : tr("Columns: %1 of %2…").arg(format::count(shown.size()), format::count(cells)));
}

static qint64 conflictsOf(const QList<PlanTable> &tables)
{
    qint64 conflicts = 0;
    for (const PlanTable &table : tables)
        conflicts += table.report.conflicts;
    return conflicts;
}

void PreviewWindow::showAge()
{
    if (m_failure)
        return;
    const qint64 nowUs = QDateTime::currentMSecsSinceEpoch() * 1000;
    const qint64 then = m_planned.finishedUs > 0 ? m_planned.finishedUs : m_contents.head.createdUs;
    QString note = then > 0 ? tr("Nothing has been written yet. Compared %1").arg(format::clock(then))
                            : tr("Nothing has been written yet.");
    if (then > 0 && nowUs - then >= qint64{60'000'000})
        note += u" · "_s + wording::ago(then, nowUs);
    if (isQueue(m_job.source.driver))
        note += u" · "_s + tr("every message is still in the queue");
    qint64 failed = 0;
    for (const PlanTable &table : std::as_const(m_contents.tables))
        failed += table.report.error ? 1 : 0;
    if (failed > 0)
        note += u" · "_s + tr("%n tables could not be compared", nullptr, static_cast<int>(failed));
    const qint64 conflicts = conflictsOf(m_contents.tables);
    if (conflicts > 0)
        note += u" · "_s + tr("%Ln conflict(s), not written", nullptr, static_cast<int>(conflicts));
    m_note->setText(note);
}

QStringList PreviewWindow::categoryNames() const
{
    const QString source = celltext::name(m_job.source.label());
    const QString target = celltext::name(m_job.target.label());
    if (!isTwoWay())
        return {tr("All"), tr("Insert"), tr("Update"), tr("Delete"), tr("Skipped")};
    return {tr("All"),
            tr("Insert into %1").arg(target),
            tr("Update in %1").arg(target),
            tr("Delete from %1").arg(target),
            tr("Skipped"),
            tr("Insert into %1").arg(source),
            tr("Update in %1").arg(source),
            tr("Delete from %1").arg(source),
            tr("Merged: written to both sides"),
            tr("Conflicts: not written")};
}

void PreviewWindow::showCategories()
{
    const TableReport report = table() >= 0 ? m_contents.tables.at(table()).report : TableReport{};
    const PlanCounts now = PlanCounts::planned(report);
    const qint64 skipped = table() >= 0 ? now.total() - m_tables->taken(table()).total() : 0;
    const qint64 counts[] = {now.total() + report.conflicts,
                             now.toTarget.inserts,
                             now.toTarget.updates - now.merged,
                             now.toTarget.deletes,
                             skipped,
                             now.toSource.inserts,
                             now.toSource.updates - now.merged,
                             now.toSource.deletes,
                             now.merged,
                             report.conflicts};
    const QStringList names = categoryNames();
    for (int i = 0; i < names.size(); ++i) {
        QAbstractButton *button = m_categories->button(i);
        const QString number = format::count(counts[i]);
        const QString way = !isTwoWay() ? QString()
            : i >= 1 && i <= 3          ? u"→ "_s
            : i >= 5 && i <= 7          ? u"← "_s
            : i == 8                    ? u"↔ "_s
                                        : QString();
        button->setText(i == 0 ? tr("All %1").arg(number) : QString(way + number));
        button->setToolTip(names[i]);
        button->setAccessibleName(QString(names[i] + u' ' + number));
        button->setEnabled(i == 0 || counts[i] > 0 || button->isChecked());
        // What only two-way plans have is there only where there is some of it.
        if (i >= 4)
            button->setVisible(counts[i] > 0 || button->isChecked());
    }
    m_equal->setText(report.identical && !report.error ? tr("= %1 equal").arg(format::count(*report.identical))
                                                       : tr("= not read"));
    m_equal->setVisible(table() >= 0);
}

void PreviewWindow::showTotals()
{
    if (m_failure)
        return;
    PlanCounts all;
    qint64 conflicts = 0;
    bool everythingRead = !m_tables->tables().isEmpty();
    for (const PlanTable &table : m_tables->tables()) {
        all = all + PlanCounts::planned(table.report);
        conflicts += table.report.conflicts;
        everythingRead = everythingRead && table.report.identical && !table.report.error;
    }
    const bool read = m_stack->currentWidget() == m_splitter;
    if (!read) {
        for (const TableReport &table : m_planned.tables)
            all = all + PlanCounts::planned(table);
        conflicts = counts::conflicts(m_planned);
    }
    const qint64 rows = all.total();
    const QString target = celltext::name(m_job.target.label());
    m_headline->setText(rows > 0 && isTwoWay() ? changesText(all, celltext::name(m_job.source.label()), target)
                            : rows > 0         ? changeText(rows, target)
                            : conflicts > 0    ? tr("Nothing to write: %Ln conflict(s) to be answered.", nullptr,
                                                    static_cast<int>(conflicts))
                            : hasQueue(m_job)  ? tr("No change that waits now would be written to %1.").arg(target)
                            : everythingRead || !read ? tr("Nothing to do. Both sides are equal.")
                                                      : tr("Nothing to write. Not every row was compared."));
    const qint64 writes = read ? m_tables->chosen().total() : rows;
    m_write->setText(isUndo() && writes > 0 ? tr("&Put back %1…").arg(celltext::rows(writes))
                         : writes > 0       ? tr("&Synchronise %1…").arg(celltext::rows(writes))
                                            : tr("&Synchronise"));
    m_write->setEnabled(read && (writes > 0 || hasQueue(m_job))); // messages are taken that change nothing, too
    m_script->setEnabled(read && writes > 0);
    m_answer->setVisible(conflicts > 0 && !m_job.id.isEmpty());
    m_answer->setText(tr("&Answer %Ln conflict(s)… (F4)", nullptr, static_cast<int>(conflicts)));
    const qint64 skipped = read ? m_tables->skipped() : 0;
    m_skipped->setText(skipped > 0 ? tr("%1 skipped").arg(celltext::rows(skipped)) : QString());
    m_reset->setVisible(skipped > 0);
    m_undoButton->setVisible(skipped > 0 || !m_undo.isEmpty());
    m_undoButton->setEnabled(!m_undo.isEmpty());
    showCategories();
    showAge();
}

void PreviewWindow::applyFocus(int first, int last)
{
    if (!m_focusColumn.isEmpty() && m_contents.tables.value(m_rows->query().table).report.source == m_focusTable) {
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
    becomeReady();
}

// On to the next table that has rows, where this one ends.
void PreviewWindow::nextDifference(bool forward)
{
    if (m_rowsView->nextDifference(forward))
        return;
    const int step = forward ? 1 : -1;
    for (int next = table() + step; next >= 0 && next < m_contents.tables.size(); next += step) {
        if (rowsOf(next) == 0)
            continue;
        m_lastRowWanted = !forward;
        m_tableView->selectRow(next);
        return;
    }
    say(forward ? tr("This is the last difference.") : tr("This is the first difference."));
}

} // namespace tidemark
