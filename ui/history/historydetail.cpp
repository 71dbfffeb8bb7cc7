// SPDX-License-Identifier: GPL-3.0-or-later
// What the detail of a run shows; historydetailbuild.cpp makes its parts.
#include "ui/history/historydetail.h"

#include <algorithm>

#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QStackedWidget>
#include <QTabBar>
#include <QTableView>

#include "app/wording/wording.h"
#include "ui/history/historycellsmodel.h"
#include "ui/history/historyrowsmodel.h"
#include "ui/history/historysql.h"
#include "ui/history/historytext.h"
#include "ui/jobs/engine.h"
#include "ui/report/reporttablemodel.h"
#include "ui/widgets/background.h"
#include "ui/widgets/emptyplace.h"
#include "ui/widgets/format.h"
#include "ui/widgets/reportcounts.h"
#include "ui/widgets/signs.h"

using namespace Qt::StringLiterals;

namespace tidemark {

static constexpr int sqlRows = 500;

void HistoryDetail::showRun(const RunReport &run, const std::optional<JobSettings> &job)
{
    const bool same = m_known && m_run.run == run.run && m_run.state == run.state;
    m_run = run;
    m_job = job;
    if (!same) {
        m_known = false;
        m_kept.reset();
        m_keptFailure.clear();
        m_rows->clear();
        m_cells->setChange(nullptr);
    }
    showTables();
    showNote();
    if (!same)
        showPlace(tr("Reading what is kept of this run."));
    inBackground(
        this, [desk = m_desk, id = run.run] { return keptRun(desk->journal(), id); },
        [this, id = run.run](const Result<KeptRun> &kept) { takeKept(id, kept); });
}

void HistoryDetail::clear()
{
    m_run = {};
    m_known = false;
    m_kept.reset();
    m_rows->clear();
    m_cells->setChange(nullptr);
    m_tables->setReport({});
}

void HistoryDetail::takeKept(const QString &run, const Result<KeptRun> &kept)
{
    if (run != m_run.run)
        return; // another one was chosen meanwhile
    const bool wasKnown = std::exchange(m_known, true);
    const bool hadRows = wasKnown && m_kept && kept && m_kept->tables.size() == kept->tables.size();
    m_kept = kept ? std::optional(*kept) : std::nullopt;
    m_keptFailure = kept || kept.error().code == ErrorCode::FileNotFound ? QString() : wording::oneLine(kept.error());
    if (!hadRows) {
        const QSignalBlocker blocker(m_tableBox);
        m_tableBox->clear();
        for (const KeptRun::Table &table : m_kept ? m_kept->tables : QList<KeptRun::Table>()) {
            const bool atSource = table.table.written == JobSide::Source;
            const QString name = wording::safeText(atSource ? table.table.source : table.table.target);
            m_tableBox->addItem(
                m_kept->head.twoWay
                    ? tr("%1 in %2").arg(name, wording::safeText(atSource ? m_kept->head.source : m_kept->head.target))
                    : name);
        }
        showTable();
    }
    showNote();
    Q_EMIT keptRead();
}

QString HistoryDetail::whyNoUndo() const
{
    if (m_run.run.isEmpty() || !m_known)
        return tr("No run is chosen.");
    if (m_kept && !m_kept->undoneBy.isEmpty())
        return tr("Undone by the run %1.").arg(m_kept->undoneBy);
    if (!m_keptFailure.isEmpty())
        return m_keptFailure;
    if (!m_kept)
        return counts::rows(m_run) == 0 ? tr("This run wrote nothing: there is nothing to undo.")
                                        : tr("What this run overwrote is no longer kept.");
    if (m_kept->overflowed)
        return tr("This run wrote more than the job keeps.");
    if (!m_job)
        return tr("The job of this run is not in the workspace.");
    return m_idle ? QString() : tr("A job is running. Undo waits for its end.");
}

void HistoryDetail::setIdle(bool idle)
{
    m_idle = idle;
    showRestore();
}

const KeptRun::Table *HistoryDetail::table() const
{
    const int at = m_tableBox->currentIndex();
    return m_kept && at >= 0 && at < m_kept->tables.size() ? &m_kept->tables.at(at) : nullptr;
}

const RowChange *HistoryDetail::current() const
{
    const QModelIndex index = m_rowsView->currentIndex();
    return index.isValid() ? m_rows->change(index.row()) : nullptr;
}

void HistoryDetail::showPlace(const QString &sentence)
{
    m_place->setSentence(sentence);
    m_stack->setCurrentWidget(m_place);
    showRestore();
}

void HistoryDetail::showTables()
{
    const bool twoWay = m_job && m_job->mode == Mode::TwoWay;
    m_tables->setReport(m_run, twoWay);
    QHeaderView &heads = *m_tableView->horizontalHeader();
    for (int column = ReportTableModel::Name + 1; column < m_tables->columnCount(); ++column) {
        const int before = heads.sectionSize(column);
        m_tableView->resizeColumnToContents(column); // figures are never cut
        heads.resizeSection(column, std::max(before, heads.sectionSize(column)));
    }
    // What no table of the run has takes no room from the others.
    for (int column = ReportTableModel::Name + 1; column < m_tables->columnCount(); ++column)
        m_tableView->setColumnHidden(column, m_tables->isSpare(column));
}

void HistoryDetail::showNote()
{
    const ReportText::Tone tone = ReportText::toneOf(m_run);
    m_sign->setPixmap(signs::icon(HistoryText::sign(m_run),
                                  tone == ReportText::Tone::Good            ? theme::Token::Insert
                                      : tone == ReportText::Tone::Attention ? theme::Token::Warning
                                                                            : theme::Token::Remove)
                          .pixmap(QSize(24, 24), devicePixelRatioF()));
    m_headline->setText(HistoryText::result(m_run));
    QStringList parts{wording::safeText(m_run.job)};
    if (m_job)
        parts << format::sides(m_job->source.label(), m_job->target.label(), m_job->mode == Mode::TwoWay);
    parts << HistoryText::started(m_run.startedUs);
    if (m_run.finishedUs > m_run.startedUs)
        parts << tr("took %1").arg(ReportText::duration(m_run.finishedUs - m_run.startedUs));
    if (m_run.error)
        parts << wording::message(*m_run.error).what;
    if (m_kept && !m_kept->undoneBy.isEmpty())
        parts << tr("undone by the run %1").arg(m_kept->undoneBy);
    m_note->setText(parts.join(u" · "_s));
}

// The table that is chosen, or why there is nothing to choose.
void HistoryDetail::showTable()
{
    ++m_search; // what was looked for before is of no interest any more
    m_said->clear();
    m_back->hide();
    m_cells->setChange(nullptr);
    const KeptRun::Table *shown = table();
    const TableReport *report = m_tables->table(m_tableView->currentIndex().row());
    const bool wroteNone = report && counts::rows(*report) == 0;
    m_lower->setEnabled(shown || wroteNone);
    if (!shown || shown->rows == 0) {
        m_rows->clear();
        m_sql->clear();
        return showPlace(
            shown ? tr("The run filled the empty table %1: %2 rows, not kept one by one.")
                        .arg(m_tableBox->currentText(), format::count(shown->filled))
                : m_kept && m_kept->overflowed ? tr("This run wrote more than the job keeps.")
                : !m_keptFailure.isEmpty()     ? m_keptFailure
                : counts::rows(m_run) == 0     ? tr("This run wrote no row.")
                : wroteNone
                ? tr("The run wrote no row of %1.").arg(wording::safeText(report->source))
                : tr("The rows of this run are no longer kept. How long they are kept is a setting of the job."));
    }
    m_rows->showTable(m_run.run, *shown);
    m_rowsView->setColumnHidden(HistoryRowsModel::Run, true);
    m_key->setPlaceholderText(tr("Key, like %1")
                                  .arg(shown->table.keyCount == 1
                                           ? u"3"_s
                                           : QString(shown->table.columns.first().source + u"=3, "_s
                                                     + shown->table.columns.at(1).source + u"=1"_s)));
    m_stack->setCurrentIndex(m_tabs->currentIndex());
    m_rowsView->setCurrentIndex(m_rows->index(0, 0));
    showCurrent();
    showSql();
}

// A two-way run may have written it at both sides: the box goes from one to the other.
void HistoryDetail::chooseTable(int row)
{
    const TableReport *report = m_known && m_kept ? m_tables->table(row) : nullptr;
    if (!report)
        return;
    int found = -1;
    for (int at = 0; at < m_kept->tables.size() && found < 0; ++at) {
        const auto &kept = m_kept->tables.at(at).table;
        const QString &name = kept.written == JobSide::Source ? kept.source : kept.target;
        const bool isIt = report->source == kept.source || report->source == kept.target
            || report->source.endsWith(u": "_s + name); // an undo names the side
        found = isIt ? at : -1;
    }
    {
        const QSignalBlocker blocker(m_tableBox);
        m_tableBox->setCurrentIndex(found);
    }
    showTable();
}

void HistoryDetail::showCurrent()
{
    m_cells->setChange(current());
    showRestore();
}

void HistoryDetail::showSql()
{
    const KeptRun::Table *shown = table();
    if (!shown || !m_job || m_tabs->currentIndex() != 1)
        return;
    const QList<RowChange> changes = m_rows->readFrom(0, sqlRows);
    QString text = tr("-- The SQL equivalent of what was written. The statements that were sent are not kept.") + u'\n';
    text += HistorySql(*m_job, *shown).text(changes);
    if (m_rows->rowCount() > changes.size())
        text += tr("-- … and %1 rows more").arg(format::count(m_rows->rowCount() - changes.size())) + u'\n';
    m_sql->setPlainText(text);
}

void HistoryDetail::showRestore()
{
    const RowChange *row = m_stack->currentWidget() == m_place ? nullptr : current();
    const bool lost = row && isContested(row->reason) && row->undoes.isEmpty();
    m_restore->setText(lost ? tr("Bring back the value that lost…") : tr("Restore this row…"));
    const bool can = row && !row->filledTable && row->undoneBy.isEmpty() && row->entry.valuesKept && m_job && m_idle;
    m_restore->setEnabled(can);
    m_restore->setToolTip(!m_idle ? tr("A job is running. Undo waits for its end.")
                              : row && !row->undoneBy.isEmpty()
                              ? tr("Undone by the run %1.").arg(row->undoneBy)
                              : tr("Shows first what would be written; a row that has changed since is left"));
    m_rowHistory->setEnabled(row && !row->filledTable && !m_rows->isHistory());
}

void HistoryDetail::restore()
{
    if (const RowChange *row = current(); row && m_restore->isEnabled())
        Q_EMIT restoreWished(row->run, row->table, HistoryText::keyOf(*row));
}

void HistoryDetail::search()
{
    const KeptRun::Table *shown = table();
    if (!shown)
        return;
    QStringList names;
    for (int cell = 0; cell < shown->table.keyCount; ++cell)
        names << shown->table.columns.at(cell).source;
    const auto key = HistoryText::keyFrom(m_key->text(), names);
    if (key.isEmpty()) {
        m_said->setText(tr("The key is made of: %1").arg(wording::safeText(names.join(u", "_s))));
        return;
    }
    m_searched = m_key->text().trimmed();
    m_said->setText(tr("Reading the runs that are kept."));
    inBackground(
        this,
        [desk = m_desk, job = m_run.jobId, table = shown->table.source, key] {
            return rowHistory(desk->journal(), job, table, key);
        },
        [this, number = ++m_search](const Result<RowHistory> &history) { takeHistory(number, history); });
}

void HistoryDetail::searchRow()
{
    const RowChange *row = current();
    if (!row || !m_rowHistory->isEnabled())
        return;
    QStringList parts;
    const auto key = HistoryText::keyOf(*row);
    for (auto part = key.cbegin(); part != key.cend(); ++part)
        parts << (key.size() == 1 ? part.value() : QString(part.key() + u'=' + part.value()));
    m_key->setText(parts.join(u", "_s));
    search();
}

void HistoryDetail::takeHistory(int number, const Result<RowHistory> &history)
{
    if (number != m_search)
        return;
    if (!history) {
        m_said->setText(wording::message(history.error()).what);
        return;
    }
    m_rows->showHistory(history->changes);
    m_rowsView->setColumnHidden(HistoryRowsModel::Run, false);
    m_back->show();
    QString said = tr("Row %1 in the %2 runs that are kept")
                       .arg(wording::safeText(m_searched, 60), format::count(history->runsRead));
    if (!history->damaged.isEmpty())
        said += u" · "_s + tr("%1 files are damaged and left out").arg(history->damaged.size());
    m_said->setText(said);
    m_cells->setChange(nullptr);
    if (history->changes.isEmpty())
        return showPlace(tr("No run that is still kept wrote this row."));
    m_tabs->setCurrentIndex(0);
    m_stack->setCurrentIndex(0);
    m_rowsView->setCurrentIndex(m_rows->index(0, 0));
    showCurrent();
}

void HistoryDetail::backToRun()
{
    m_key->clear();
    showTable();
    m_rowsView->setFocus();
}

void HistoryDetail::focusSearch()
{
    m_key->setFocus(Qt::ShortcutFocusReason);
    m_key->selectAll();
}

} // namespace tidemark
