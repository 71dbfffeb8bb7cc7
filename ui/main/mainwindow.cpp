// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main/mainwindow.h"

#include <QApplication>
#include <QCloseEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMenuBar>
#include <QMessageBox>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QSplitter>
#include <QStackedWidget>
#include <QStatusBar>
#include <QToolBar>

#include "app/wording/wording.h"
#include "core/run/queueconnector.h"
#include "ui/conflicts/conflictwindow.h"
#include "ui/history/historywindow.h"
#include "ui/jobs/jobdelegate.h"
#include "ui/jobs/jobdialog.h"
#include "ui/jobs/joblistmodel.h"
#include "ui/jobs/jobpanel.h"
#include "ui/jobs/progressmeter.h"
#include "ui/main/mainpresence.h"
#include "ui/main/startpage.h"
#include "ui/plan/previewwindow.h"
#include "ui/report/reportwindow.h"
#include "ui/widgets/askbox.h"
#include "ui/widgets/emptyplace.h"
#include "ui/widgets/format.h"
#include "ui/widgets/signs.h"

using namespace Qt::StringLiterals;

namespace tidemark {

MainWindow::MainWindow(const Options &options, QWidget *parent)
    : QMainWindow(parent), m_folder(options.folder), m_preferences(options.preferences),
      m_systemIsDark(options.systemIsDark), m_watch(options.folder), m_jobs(new JobListModel(this)),
      m_found(new QSortFilterProxyModel(this))
{
    setObjectName(u"mainWindow"_s);
    setWindowIcon(QIcon(u":/tidemark.svg"_s));
    setMinimumSize(960, 600);
    resize(1180, 720);
    setAcceptDrops(true);
    setContextMenuPolicy(Qt::NoContextMenu);
    m_asker.setWindow(this);
    m_saving.setMaxThreadCount(1);
    m_found->setSourceModel(m_jobs);
    m_found->setFilterRole(JobListModel::SearchRole);
    m_found->setFilterCaseSensitivity(Qt::CaseInsensitive);
    theme::setCompact(m_preferences.compactRows);
    buildActions();
    buildMenus();
    buildToolBar();
    buildPages();
    m_status = new QLabel(this);
    m_place = new QLabel(this);
    m_status->setTextFormat(Qt::PlainText);
    m_place->setTextFormat(Qt::PlainText);
    m_place->setForegroundRole(QPalette::PlaceholderText);
    statusBar()->addWidget(m_status, 1);
    statusBar()->addPermanentWidget(m_place);
    statusBar()->setSizeGripEnabled(false);
    statusBar()->setContentsMargins(theme::group, 0, theme::group, 0);
    if (!m_preferences.geometry.isEmpty())
        restoreGeometry(m_preferences.geometry);
    if (!m_preferences.splitter.isEmpty())
        m_splitter->restoreState(m_preferences.splitter);
    connect(&m_watch, &WorkspaceWatch::changed, this, [this] {
        if (!m_desk)
            return;
        reload();
        showFollowers(); // a run elsewhere has left something, too
    });
    m_presence = std::make_unique<MainPresence>(*this, options.stays);
    retranslate();
    showPage();
    openDesk();
}

MainWindow::~MainWindow()
{
    m_windows.destroy();
    // Those who wait for a password must not keep the tasks from ending.
    m_asker.close();
    if (m_controller) {
        m_controller->disconnect(this);
        for (const JobEntry &job : m_jobs->jobs())
            m_controller->dropPlan(job.planFile);
        for (const JobEntry &job : m_jobs->jobs())
            m_controller->dropPlan(job.retryPlan);
    }
    m_controller.reset();
}

void MainWindow::buildPages()
{
    m_pages = new QStackedWidget(this);
    m_opening = new EmptyPlace(u"folder"_s, this);
    m_opening->setAccent(true);
    m_start = new StartPage(this);
    m_list = new QListView(this);
    m_list->setObjectName(u"jobList"_s);
    m_list->setModel(m_found);
    m_list->setItemDelegate(new JobDelegate(m_list));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setMouseTracking(true);
    m_list->setUniformItemSizes(true);
    m_list->setContextMenuPolicy(Qt::ActionsContextMenu);
    m_list->addActions({m_actions.compare, m_actions.review, m_actions.synchronise, m_actions.verify, m_actions.check,
                        m_actions.conflicts, m_actions.report, m_actions.aside, m_actions.history, m_actions.pause,
                        m_actions.stop, m_actions.cancel, m_actions.editJob, m_actions.duplicateJob,
                        m_actions.enableJob, m_actions.saveJob, m_actions.removeJob});
    m_nothingFound = new EmptyPlace(u"search"_s, this);
    connect(m_nothingFound, &EmptyPlace::clicked, m_search, &QLineEdit::clear);
    m_listPages = new QStackedWidget(this);
    m_listPages->addWidget(m_list);
    m_listPages->addWidget(m_nothingFound);
    m_panel = new JobPanel(this);
    m_splitter = new QSplitter(Qt::Horizontal, this);
    m_splitter->addWidget(m_listPages);
    m_splitter->addWidget(m_panel);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setSizes({620, 380});
    m_splitter->setStretchFactor(0, 62);
    m_splitter->setStretchFactor(1, 38);
    m_pages->addWidget(m_opening);
    m_pages->addWidget(m_start);
    m_pages->addWidget(m_splitter);
    setCentralWidget(m_pages);
    connectPages();
}

void MainWindow::connectPages()
{
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, &MainWindow::showActions);
    connect(m_list, &QListView::activated, this, [this] {
        if (m_actions.review->isEnabled())
            review(selectedKey());
        else if (m_actions.compare->isEnabled())
            compare(selectedKey());
    });
    connect(m_jobs, &QAbstractItemModel::dataChanged, this, &MainWindow::showActions);
    connect(m_jobs, &QAbstractItemModel::modelReset, this, &MainWindow::showPage);
    connect(m_jobs, &QAbstractItemModel::rowsInserted, this, &MainWindow::showPage);
    connect(m_jobs, &QAbstractItemModel::rowsRemoved, this, &MainWindow::showPage);
    connect(m_panel, &JobPanel::compareRequested, m_actions.compare, &QAction::trigger);
    connect(m_panel, &JobPanel::reviewRequested, m_actions.review, &QAction::trigger);
    connect(m_panel, &JobPanel::reportRequested, m_actions.report, &QAction::trigger);
    connect(m_panel, &JobPanel::conflictsRequested, m_actions.conflicts, &QAction::trigger);
    connect(m_panel, &JobPanel::asideRequested, m_actions.aside, &QAction::trigger);
    connect(m_panel, &JobPanel::saveRequested, m_actions.saveJob, &QAction::trigger);
    connect(m_panel, &JobPanel::enableRequested, m_actions.enableJob, &QAction::trigger);
    connect(m_panel, &JobPanel::pauseRequested, this, [this](bool on) { pause(selectedKey(), on); });
    connect(m_panel, &JobPanel::stopRequested, m_actions.stop, &QAction::trigger);
    connect(m_panel, &JobPanel::cancelRequested, m_actions.cancel, &QAction::trigger);
    connect(m_panel, &JobPanel::hideRequested, this, [this] { m_presence->hideAway(); });
    connect(m_opening, &EmptyPlace::clicked, this, &MainWindow::tryAgain);
    connect(m_start, &StartPage::sampleRequested, this, [this] { trySample(); });
    connect(m_start, &StartPage::secondSampleRequested, this, [this] { trySample(SampleKind::Tablet); });
    m_start->offerSecondSample();
    connect(m_start, &StartPage::compareRequested, this, [this] { compareTwo(); });
    connect(m_start, &StartPage::newJobRequested, this, &MainWindow::newJob);
}

void MainWindow::showPage()
{
    const int before = m_pages->currentIndex();
    m_pages->setCurrentIndex(!m_loaded ? 0 : m_jobs->rowCount() == 0 ? 1 : 2);
    // Before the list has the keys, which would give it a current job that is not selected.
    if (m_found->rowCount() > 0 && !m_list->selectionModel()->hasSelection())
        m_list->setCurrentIndex(m_list->currentIndex().isValid() ? m_list->currentIndex() : m_found->index(0, 0));
    // Not the search, which would take the keys.
    if (m_pages->currentIndex() != before)
        m_pages->currentWidget() == m_start ? m_start->setFocus() : m_list->setFocus();
    m_listPages->setCurrentIndex(m_found->rowCount() == 0 ? 1 : 0);
    m_search->setEnabled(m_jobs->rowCount() > 0);
    showActions();
}

void MainWindow::showActions()
{
    const JobEntry *job = m_loaded ? selected() : nullptr;
    const bool idle = job && !job->running;
    const bool usable = idle && job->settings && job->settings->enabled;
    const bool kept = idle && !job->visiting;
    m_actions.compare->setEnabled(usable);
    m_actions.review->setEnabled(usable && job->planned);
    const bool queued = job && job->settings && hasQueue(*job->settings); // nothing there can be compared or held
    m_actions.synchronise->setEnabled(usable && (!job->planned || queued || job->planned->totals().total() > 0));
    m_actions.verify->setEnabled(usable && !queued);
    m_actions.check->setEnabled(idle && job->settings);
    m_actions.report->setEnabled(idle && job->settings && job->last);
    m_actions.conflicts->setEnabled(idle && openConflicts(*job) > 0);
    const bool consumes = job && job->settings && isQueue(job->settings->source.driver);
    m_actions.aside->setEnabled(consumes);
    m_actions.aside->setVisible(consumes);
    m_actions.history->setEnabled(m_loaded);
    m_actions.pause->setEnabled(job && job->running && !job->stopping && !job->waiting);
    m_actions.pause->setText(job && job->paused ? tr("&Resume") : tr("&Pause"));
    const bool writes = job && job->running && *job->running != Task::Compare && *job->running != Task::Verify
        && *job->running != Task::PlanUndo;
    m_actions.stop->setEnabled(writes && !job->stopping && !job->waiting);
    m_actions.cancel->setEnabled(job && job->running);
    m_actions.editJob->setEnabled(kept);
    m_actions.duplicateJob->setEnabled(kept && job->settings);
    m_actions.enableJob->setEnabled(kept && job->settings);
    m_actions.enableJob->setChecked(job && job->settings && job->settings->enabled);
    m_actions.saveJob->setEnabled(idle && job->visiting && job->settings && job->settings->file.isEmpty());
    m_actions.removeJob->setEnabled(idle);
    const bool scheduled = job && m_presence->hasSchedule(*job);
    m_actions.pauseJob->setEnabled(scheduled);
    m_actions.pauseJob->setChecked(scheduled && job->outlook->state == JobOutlook::State::Paused);
    m_actions.pauseAll->setEnabled(m_presence->hasSchedule());
    m_actions.pauseAll->setChecked(m_presence->isPaused());
    for (QAction *action : {m_actions.newJob, m_actions.openJob, m_actions.connections, m_actions.compareTwo})
        action->setEnabled(m_loaded);
    m_menus.recent->setEnabled(m_loaded && !m_preferences.recentFiles.isEmpty());
    const bool samples = m_loaded && !m_building && samplesAreIdle();
    for (QAction *action : {m_actions.sample, m_actions.secondSample})
        action->setEnabled(samples);
    for (QAction *action : {m_actions.resetSamples, m_actions.removeSamples})
        action->setEnabled(samples && !samplesThere().isEmpty());
    m_panel->showJob(job);
    for (auto report = m_windows.reports.cbegin(); report != m_windows.reports.cend(); ++report) {
        if (const JobEntry *of = m_jobs->find(report.key()); of && *report)
            (*report)->setOffers(!of->retryPlan.isEmpty(), !of->running && of->settings && of->settings->enabled,
                                 openConflicts(*of));
    }
    for (auto window = m_windows.conflicts.cbegin(); window != m_windows.conflicts.cend(); ++window) {
        if (const JobEntry *of = m_jobs->find(window.key()); of && *window)
            (*window)->setIdle(!of->running && of->settings && of->settings->enabled);
    }
    if (m_windows.history)
        m_windows.history->setIdle(!m_controller || m_controller->runningCount() == 0);
    showStatus();
}

void MainWindow::showStatus()
{
    QStringList parts;
    if (m_loaded && m_unreadable)
        parts << wording::message(*m_unreadable).what;
    const int running = m_controller ? m_controller->runningCount() : 0;
    if (m_building)
        parts << tr("Building the sample…");
    if (m_loaded)
        parts << (running > 0 ? tr("%1 running").arg(running) : tr("Nothing is running"));
    if (const QString next = m_presence->nextText(); m_loaded && !next.isEmpty())
        parts << next;
    if (m_journalBytes > 0)
        parts << tr("journal %1").arg(format::bytes(m_journalBytes));
    m_status->setText(parts.join(u" · "_s));
    m_place->setText(m_folder);
    // A task bar shows how far it is, also while the window is minimised.
    QString title = tr("Tidemark");
    if (running > 1)
        title = tr("%1 running").arg(running) + u" – "_s + title;
    for (const JobEntry &job : m_jobs->jobs()) {
        if (running != 1 || !job.running)
            continue;
        const QList<TableReport> approved = job.approved ? job.approved->tables : QList<TableReport>();
        const double fraction = ProgressMeter(approved).measure(job.progress, 0, false).fraction;
        title = (fraction < 0 ? QString() : u"%1 % · "_s.arg(static_cast<int>(fraction * 100))) + job.name + u" – "_s
            + title;
    }
    if (title != windowTitle())
        setWindowTitle(title);
}

void MainWindow::about()
{
    auto *box =
        new QMessageBox(QMessageBox::NoIcon, tr("About Tidemark"),
                        tr("Tidemark %1").arg(QCoreApplication::applicationVersion()), QMessageBox::NoButton, this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setIconPixmap(windowIcon().pixmap(64, 64));
    box->setInformativeText(tr("Keeps databases in step. Free software under the GNU General Public License, version 3 "
                               "or later."));
    box->addButton(tr("Close"), QMessageBox::RejectRole);
    box->open();
}

void MainWindow::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    // The command line or another window may have changed the workspace meanwhile.
    else if (event->type() == QEvent::ActivationChange && isActiveWindow() && m_loaded)
        reload();
    QMainWindow::changeEvent(event);
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    if (m_presence->hidesInstead() || !closeEditors()) {
        event->ignore();
        return;
    }
    if (m_controller && m_controller->runningCount() > 0) {
        event->ignore();
        m_presence->askQuit();
        return;
    }
    m_preferences.geometry = saveGeometry();
    m_preferences.splitter = m_splitter->saveState();
    savePreferences();
    m_windows.close();
    if (m_presence->endsLater()) {
        event->ignore();
        hide();
        return;
    }
    event->accept();
    hide();
    QApplication::quit();
}

} // namespace tidemark
