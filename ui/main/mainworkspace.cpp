// SPDX-License-Identifier: GPL-3.0-or-later
// The workspace behind the main window: opened, read, and read again when somebody has changed it.
#include "ui/main/mainwindow.h"

#include <utility>

#include <QFileInfo>
#include <QPushButton>

#include "app/wording/wording.h"
#include "ui/conflicts/conflictwindow.h"
#include "ui/connections/connectionlistdialog.h"
#include "ui/jobs/jobdialog.h"
#include "ui/jobs/joblistmodel.h"
#include "ui/main/mainpresence.h"
#include "ui/report/reportwindow.h"
#include "ui/widgets/background.h"
#include "ui/widgets/askbox.h"
#include "ui/widgets/emptyplace.h"

using namespace Qt::StringLiterals;

namespace tidemark {

void MainWindow::openDesk()
{
    inBackground(
        this,
        [folder = m_folder, asker = &m_asker] {
            return Desk::open(folder, [asker](const ConnectionSettings &settings) { return asker->ask(settings); });
        },
        [this](const Result<std::shared_ptr<Desk>> &desk) {
            m_unreadable = desk ? std::nullopt : std::optional(desk.error());
            showOpening();
            if (!desk)
                return;
            m_desk = *desk;
            m_controller = std::make_unique<JobController>(m_desk, m_desk->plansFolder());
            m_controller->setLimit(m_preferences.jobsAtOnce);
            connectController();
            m_presence->beginSchedule();
            m_watch.start(); // reads, too: what changes between a reading and the first look would never be seen
        });
}

void MainWindow::connectController()
{
    connect(m_controller.get(), &JobController::started, this, &MainWindow::taskStarted);
    connect(m_controller.get(), &JobController::progressed, this,
            [this](const QString &key, const ProgressSnapshot &snapshot) {
                m_jobs->change(
                    key, [&](JobEntry &job) { job.progress = snapshot; }, false);
            });
    connect(m_controller.get(), &JobController::begun, this,
            [this](const QString &key) { m_jobs->change(key, [](JobEntry &job) { job.waiting = false; }); });
    connect(m_controller.get(), &JobController::finished, this, &MainWindow::taskFinished);
    connect(m_controller.get(), &JobController::idle, this, [this] { m_asker.forget(); });
}

void MainWindow::reload(const QString &select)
{
    struct Loaded
    {
        Result<QList<JobEntry>> jobs;
        qint64 journalBytes = 0;
        QString samples; // their folder
    };
    if (!select.isEmpty()) // also where another reading overtakes this one
        m_selectNext = select;
    inBackground(
        this,
        [desk = m_desk, trusted = m_preferences.trusted] {
            return Loaded{loadJobs(desk->workspace(), desk->journal(), trusted),
                          QFileInfo(desk->workspace().journalFile()).size(), sampleFolder(desk->workspace())};
        },
        [this, load = ++m_load](const Loaded &loaded) {
            // A newer reading, or what was added since, must not be undone by an older one.
            if (load != m_load)
                return;
            m_journalBytes = loaded.journalBytes;
            m_samples = loaded.samples;
            m_unreadable = loaded.jobs ? std::nullopt : std::optional(loaded.jobs.error());
            showOpening();
            if (loaded.jobs)
                showJobs(*loaded.jobs, std::exchange(m_selectNext, {}));
        });
}

// The workspace while it is not there: on the whole page, and once it was there, in the status line.
void MainWindow::showOpening()
{
    if (!m_unreadable) {
        m_opening->setSentence(tr("Opening the workspace…"));
        m_opening->setButton({});
    } else {
        const wording::Message message = wording::message(*m_unreadable);
        m_opening->setSentence(message.what + u'\n' + message.next);
        m_opening->setButton(tr("Try again"));
    }
    showStatus();
}

void MainWindow::tryAgain()
{
    if (m_desk)
        reload();
    else
        openDesk();
}

void MainWindow::showJobs(QList<JobEntry> jobs, const QString &selectName)
{
    for (JobEntry &job : jobs)
        job.foreign = isForeign(job.hash) && !job.trusted;
    const QString before = selectedKey();
    const bool first = !m_loaded;
    m_loaded = true;
    const QList<JobEntry> known = m_jobs->jobs();
    m_jobs->setJobs(jobs);
    for (const JobEntry &job : known)
        dropWhatIsGone(job);
    for (auto editor = m_windows.editors.cbegin(); editor != m_windows.editors.cend(); ++editor) {
        if (*editor)
            (*editor)->setTakenNames(takenNames(editor.key()));
    }
    showPage();
    QString wanted = before;
    for (const JobEntry &job : std::as_const(jobs)) {
        if (job.name == selectName)
            wanted = job.key;
    }
    select(wanted);
    m_presence->jobsRead();
    if (const auto then = std::exchange(m_afterReload, {}))
        then();
    if (!first)
        return;
    Q_EMIT loaded();
    if (m_wants.sample)
        runSample(*m_wants.sample);
    if (!m_wants.file.isEmpty())
        openJobFile(m_wants.file);
}

// A job that was removed or changed, here or by somebody else, takes along what was found out about it.
void MainWindow::dropWhatIsGone(const JobEntry &before)
{
    const JobEntry *now = m_jobs->find(before.key);
    if (!before.planFile.isEmpty() && !(now && now->planFile == before.planFile)) {
        JobEntry gone = before;
        dropPlan(gone);
    }
    if (now)
        return;
    m_controller->dropPlan(before.retryPlan);
    if (ConflictWindow *open = m_windows.conflicts.value(before.key))
        open->close();
    if (ReportWindow *open = m_windows.reports.value(before.key))
        open->close();
}

void MainWindow::showConnections()
{
    auto *dialog = new ConnectionListDialog(m_desk, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ConnectionListDialog::changed, this, [this] { reload(); });
    connect(dialog, &ConnectionListDialog::asideWanted, this, &MainWindow::showAside);
    remember(*dialog);
    dialog->open();
}

void MainWindow::showError(const Error &error)
{
    const wording::Message message = wording::message(error);
    auto *box = new AskBox(u"error"_s, tr("Tidemark"), message.what, this);
    box->setObjectName(u"errorBox"_s);
    box->setInformativeText(message.next);
    if (!error.detail.isEmpty())
        box->setDetailedText(wording::safeText(error.detail, 2000));
    box->addKeepButton(tr("Close"));
    box->open();
}

} // namespace tidemark
