// SPDX-License-Identifier: GPL-3.0-or-later
// What the history shows and does; historybuild.cpp makes its parts.
#include "ui/history/historywindow.h"

#include <algorithm>

#include <QClipboard>
#include <QComboBox>
#include <QCoreApplication>
#include <QEvent>
#include <QFileDialog>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QStackedWidget>
#include <QTableView>
#include <QTimer>

#include "app/wording/wording.h"
#include "ui/history/diagnosticreport.h"
#include "ui/history/historychart.h"
#include "ui/history/historydetail.h"
#include "ui/history/historyexport.h"
#include "ui/history/historyruns.h"
#include "ui/jobs/engine.h"
#include "ui/widgets/background.h"
#include "ui/widgets/emptyplace.h"
#include "ui/widgets/format.h"

using namespace Qt::StringLiterals;

namespace tidemark {

static constexpr int firstRuns = 300; // at once; the others follow
static constexpr int mostRuns = 100'000;

HistoryWindow::~HistoryWindow()
{
    if (m_stopExport)
        *m_stopExport = true;
}

HistoryWindow::Contents HistoryWindow::contents(Desk &desk, int most)
{
    Contents contents;
    auto runs = desk.journal().runs({}, most);
    if (runs)
        contents.runs = *std::move(runs);
    else
        contents.error = runs.error();
    contents.isWhole = contents.runs.size() < most;
    const auto files = desk.workspace().jobs();
    for (const Workspace::JobEntry &file : files ? *files : QList<Workspace::JobEntry>()) {
        if (auto job = desk.workspace().job(file.name); job && !job->id.isEmpty())
            contents.jobs.insert(job->id, *job);
    }
    return contents;
}

void HistoryWindow::reload() { read(firstRuns); }

void HistoryWindow::read(int most)
{
    inBackground(
        this, [desk = m_desk, most] { return contents(*desk, most); },
        [this, number = ++m_number, most](const Contents &contents) {
            if (number != m_number)
                return;
            // Fewer than stand already would shake the list: the whole is on its way.
            if (contents.isWhole || m_runs->rowCount() <= firstRuns || most == mostRuns)
                take(number, contents);
            if (!contents.isWhole && most < mostRuns)
                read(mostRuns);
        });
}

void HistoryWindow::take(int number, const Contents &contents)
{
    if (number != m_number)
        return;
    m_jobs = contents.jobs;
    const QString shown = m_shown;
    m_runs->setRuns(contents.runs);
    if (contents.error)
        m_noRuns->setSentence(wording::oneLine(*contents.error));
    showJobs();
    filter();
    if (!shown.isEmpty())
        choose(shown);
    if (const RunReport *run = current(); run && run->run == shown)
        m_detail->showRun(*run, jobOf(*run)); // it may have been undone meanwhile
}

void HistoryWindow::showJob(const QString &jobId)
{
    m_wantedJob = jobId;
    const int at = jobId.isEmpty() ? 0 : m_jobBox->findData(jobId);
    if (at >= 0)
        m_jobBox->setCurrentIndex(at);
}

// Jobs of the workspace and those that are gone and have left runs.
void HistoryWindow::showJobs()
{
    QMap<QString, QString> names; // by id
    for (const RunReport &run : m_runs->runs()) {
        if (!names.contains(run.jobId))
            names.insert(run.jobId, run.job); // the newest name
    }
    for (const JobSettings &job : std::as_const(m_jobs))
        names.insert(job.id, job.name);
    QList<std::pair<QString, QString>> sorted;
    for (auto name = names.cbegin(); name != names.cend(); ++name)
        sorted << std::pair(name.value(), name.key());
    std::sort(sorted.begin(), sorted.end(), [](const auto &a, const auto &b) {
        return std::pair(a.first.toLower(), a.second) < std::pair(b.first.toLower(), b.second);
    });
    const QString chosen = m_wantedJob.isEmpty() ? m_jobBox->currentData().toString() : m_wantedJob;
    const QSignalBlocker blocker(m_jobBox);
    m_jobBox->clear();
    m_jobBox->addItem(tr("All jobs"), QString());
    for (const auto &[name, id] : std::as_const(sorted))
        m_jobBox->addItem(wording::safeText(name), id);
    m_jobBox->setCurrentIndex(std::max(0, m_jobBox->findData(chosen)));
    if (m_jobBox->currentData().toString() == m_wantedJob)
        m_wantedJob.clear();
}

static bool isSpare(const QAbstractItemModel &runs, int column)
{
    for (int row = 0; row < runs.rowCount(); ++row) {
        if (!runs.index(row, column).data().toString().isEmpty())
            return false;
    }
    return true;
}

void HistoryWindow::filter()
{
    const auto state = static_cast<HistoryRunsFilter::State>(std::max(0, m_stateBox->currentIndex()));
    m_filter->setFilter(m_jobBox->currentData().toString(), state, m_text->text().trimmed());
    m_runsView->setColumnHidden(HistoryRunsModel::Job, !m_jobBox->currentData().toString().isEmpty());
    for (const int column : {HistoryRunsModel::Conflicts, HistoryRunsModel::Aside})
        m_runsView->setColumnHidden(column, isSpare(*m_filter, column));
    const bool any = m_filter->rowCount() > 0;
    if (m_number > 0 && !any)
        m_noRuns->setSentence(m_runs->rowCount() > 0 ? tr("No run fits these filters.")
                                                     : tr("No job has run yet. Every run will be listed here."));
    m_runsStack->setCurrentIndex(any ? 0 : 1);
    if (any && !m_runsView->currentIndex().isValid())
        m_runsView->setCurrentIndex(m_filter->index(0, 0));
    showChart();
    showRun();
}

void HistoryWindow::showChart()
{
    QList<RunReport> runs;
    for (int row = 0; row < m_filter->rowCount() && row < HistoryChart::mostRuns; ++row)
        runs << *m_runs->run(m_filter->mapToSource(m_filter->index(row, 0)).row());
    m_chart->setRuns(runs);
    if (const RunReport *run = current())
        m_chart->setCurrent(run->run);
}

const RunReport *HistoryWindow::current() const
{
    const QModelIndex index = m_filter->mapToSource(m_runsView->currentIndex());
    return index.isValid() ? m_runs->run(index.row()) : nullptr;
}

std::optional<JobSettings> HistoryWindow::jobOf(const RunReport &run) const
{
    const auto job = m_jobs.constFind(run.jobId);
    return job == m_jobs.constEnd() ? std::nullopt : std::optional(*job);
}

void HistoryWindow::choose(const QString &run)
{
    const int row = m_runs->rowOf(run);
    const QModelIndex index = row < 0 ? QModelIndex() : m_filter->mapFromSource(m_runs->index(row, 0));
    if (index.isValid() && index.row() != m_runsView->currentIndex().row())
        m_runsView->setCurrentIndex(index);
}

void HistoryWindow::showRun()
{
    const RunReport *run = current();
    m_detailStack->setCurrentIndex(run ? 0 : 1);
    if (!run) {
        m_shown.clear();
        m_detail->clear();
    } else if (run->run != m_shown) {
        m_shown = run->run;
        m_detail->showRun(*run, jobOf(*run));
        m_chart->setCurrent(run->run);
    }
    showOffers();
}

void HistoryWindow::showOffers()
{
    const bool any = current() != nullptr;
    const QString why = m_detail->whyNoUndo();
    m_undo->setEnabled(any && why.isEmpty());
    m_undo->setToolTip(why.isEmpty() ? tr("Shows first what would be written; nothing is undone unseen") : why);
    for (QPushButton *button : {m_diagnostics, m_export, m_report})
        button->setEnabled(any);
    if (m_stopExport)
        m_export->setEnabled(true);
    m_report->setEnabled(any && jobOf(*current()).has_value());
}

void HistoryWindow::setIdle(bool idle)
{
    m_idle = idle;
    m_detail->setIdle(idle);
    showOffers();
}

void HistoryWindow::say(const QString &text)
{
    m_said->setText(text);
    m_saidTimer->start();
}

void HistoryWindow::exportRun()
{
    if (m_stopExport) { // it is being written: the button stops that
        *m_stopExport = true;
        return;
    }
    const RunReport *run = current();
    if (!run)
        return;
    HistoryExport::Run wanted{*run, wording::safeText(run->job), false};
    if (const auto job = jobOf(*run)) {
        wanted.twoWay = job->mode == Mode::TwoWay;
        wanted.sides = format::sides(job->source.label(), job->target.label(), wanted.twoWay);
    }
    static const QRegularExpression unfit(u"[^\\w.-]+"_s, QRegularExpression::UseUnicodePropertiesOption);
    QString chosen;
    QString file = QFileDialog::getSaveFileName(
        this, tr("Export the run"), QString(run->job + u'-' + run->run).replace(unfit, u"-"_s) + u".html"_s,
        tr("Web page (*.html);;Table of cells (*.csv);;JSON (*.json)"), &chosen);
    if (file.isEmpty())
        return;
    const QString ending = chosen.section(u"*"_s, 1).section(u')', 0, 0);
    if (!QFileInfo(file).fileName().contains(u'.') && !ending.isEmpty())
        file += ending;
    m_stopExport = std::make_shared<std::atomic_bool>(false);
    m_export->setText(tr("Stop the export"));
    inBackground(
        this,
        [desk = m_desk, wanted, file, stop = m_stopExport] {
            return HistoryExport::write(desk->journal(), wanted, file, *stop);
        },
        [this, file](const Result<void> &written) {
            const bool stopped = *m_stopExport;
            m_stopExport.reset();
            m_export->setText(tr("Export…"));
            say(written       ? tr("Exported to %1").arg(wording::safeText(file))
                    : stopped ? tr("The export was stopped.")
                              : tr("Not exported: %1").arg(wording::oneLine(written.error())));
            showOffers();
        });
}

void HistoryWindow::copyDiagnostics()
{
    const RunReport *run = current();
    if (!run)
        return;
    QGuiApplication::clipboard()->setText(diagnosticReport(*run, jobOf(*run), QCoreApplication::applicationVersion()));
    say(tr("Copied, without hosts, users, names or values."));
}

void HistoryWindow::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

} // namespace tidemark
