// SPDX-License-Identifier: GPL-3.0-or-later
// Jobs, connections and files of the main window.
#include "ui/main/mainwindow.h"

#include <QDragEnterEvent>
#include <QFileInfo>
#include <QListView>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QUrl>

#include "app/wording/wording.h"
#include "ui/connections/connectionlistdialog.h"
#include "ui/jobs/jobdialog.h"
#include "ui/jobs/joblistmodel.h"
#include "ui/main/comparedialog.h"
#include "ui/main/sample.h"
#include "ui/main/startpage.h"
#include "ui/widgets/background.h"
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
            if (!desk) {
                const wording::Message message = wording::message(desk.error());
                m_opening->setSentence(message.what + u'\n' + message.next);
                m_opening->setButton(tr("Try again"));
                connect(m_opening, &EmptyPlace::clicked, this, &MainWindow::openDesk, Qt::UniqueConnection);
                return;
            }
            m_desk = *desk;
            m_controller = std::make_unique<JobController>(m_desk, m_desk->workspace().plansFolder());
            connectController();
            reload();
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
    connect(m_controller.get(), &JobController::finished, this, &MainWindow::taskFinished);
    connect(m_controller.get(), &JobController::idle, this, [this] { m_asker.forget(); });
}

void MainWindow::reload(const QString &select)
{
    struct Loaded
    {
        Result<QList<JobEntry>> jobs;
        qint64 journalBytes = 0;
    };
    inBackground(
        this,
        [desk = m_desk] {
            return Loaded{loadJobs(desk->workspace(), desk->journal()),
                          QFileInfo(desk->workspace().journalFile()).size()};
        },
        [this, select, load = ++m_load](const Loaded &loaded) {
            // A newer reading, or what was added since, must not be undone by an older one.
            if (load != m_load)
                return;
            m_journalBytes = loaded.journalBytes;
            if (loaded.jobs)
                showJobs(*loaded.jobs, select);
            else
                m_opening->setSentence(wording::oneLine(loaded.jobs.error()));
        });
}

void MainWindow::showJobs(const QList<JobEntry> &jobs, const QString &selectName)
{
    const QString before = selectedKey();
    const bool first = !m_loaded;
    m_loaded = true;
    m_jobs->setJobs(jobs);
    showPage();
    QString wanted = before;
    for (const JobEntry &job : jobs) {
        if (job.name == selectName)
            wanted = job.key;
    }
    select(wanted);
    if (!first)
        return;
    Q_EMIT loaded();
    if (m_wantsSample)
        runSample();
    if (!m_wantsFile.isEmpty())
        openJobFile(m_wantsFile);
}

void MainWindow::newJob()
{
    QStringList taken;
    for (const JobEntry &job : m_jobs->jobs())
        taken << job.name;
    auto *dialog = new JobDialog(m_desk, {}, taken, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &JobDialog::saved, this, [this](const QString &name) { reload(name); });
    dialog->open();
}

void MainWindow::editJob()
{
    const JobEntry *job = selected();
    if (!job || job->visiting)
        return;
    QStringList taken;
    for (const JobEntry &other : m_jobs->jobs()) {
        if (other.key != job->key)
            taken << other.name;
    }
    auto *dialog = new JobDialog(m_desk, job->key, taken, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &JobDialog::saved, this, [this](const QString &name) { reload(name); });
    dialog->open();
}

void MainWindow::removeJob()
{
    const JobEntry *job = selected();
    if (!job)
        return;
    if (job->visiting) {
        m_jobs->change(job->key, [this](JobEntry &entry) { dropPlan(entry); });
        m_jobs->remove(job->key);
        return;
    }
    auto *box = new QMessageBox(QMessageBox::NoIcon, tr("Remove job"),
                                tr("Remove the job %1? Its databases are not touched.").arg(job->name),
                                QMessageBox::NoButton, this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    QPushButton *yes = box->addButton(tr("Remove"), QMessageBox::DestructiveRole);
    box->addButton(tr("Cancel"), QMessageBox::RejectRole);
    connect(yes, &QPushButton::clicked, this, [this, name = job->name] {
        inBackground(
            this, [desk = m_desk, name] { return desk->workspace().removeJob(name); },
            [this](const Result<void> &removed) {
                if (!removed)
                    showError(removed.error());
                reload();
            });
    });
    box->open();
}

void MainWindow::showConnections()
{
    auto *dialog = new ConnectionListDialog(m_desk, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ConnectionListDialog::changed, this, [this] { reload(); });
    dialog->open();
}

void MainWindow::compareTwo(const QStringList &files)
{
    auto *dialog = new CompareDialog(m_desk, files, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] { addVisitor(dialog->job()); });
    dialog->open();
}

void MainWindow::addVisitor(const JobSettings &job)
{
    JobEntry entry;
    entry.key = jobKey(job);
    entry.name = job.name;
    entry.settings = job;
    entry.visiting = true;
    if (m_jobs->find(entry.key) && m_controller->isRunning(entry.key))
        return select(entry.key);
    m_jobs->add(entry);
    select(entry.key);
    compare(entry.key, {true, {}, {}});
}

void MainWindow::trySample()
{
    m_wantsSample = true;
    if (m_loaded && !m_building)
        runSample();
}

void MainWindow::runSample()
{
    m_wantsSample = false;
    // The files are built anew: nothing may be reading or writing them.
    for (const JobEntry &job : m_jobs->jobs()) {
        if (job.running && job.name == u"Till → Report copy"_s)
            return select(job.key);
    }
    m_building = true;
    m_start->setBusy(true);
    showActions();
    inBackground(
        this,
        [desk = m_desk]() -> Result<JobEntry> {
            Cancellation cancellation;
            TRY_ASSIGN(const Sample sample, buildSample(*desk, sampleFolder(desk->workspace()), cancellation));
            TRY_ASSIGN(const QList<JobEntry> jobs, loadJobs(desk->workspace(), desk->journal()));
            for (const JobEntry &job : jobs) {
                if (job.name == sample.job)
                    return job;
            }
            return fail(Error{ErrorCode::NoSuchJob, {}, {}}.with(Fact::Job, sample.job));
        },
        [this](const Result<JobEntry> &job) {
            m_building = false;
            m_start->setBusy(false);
            showActions();
            if (!job)
                return showError(job.error());
            ++m_load;
            if (const JobEntry *old = m_jobs->find(job->key))
                m_jobs->change(old->key, [this](JobEntry &entry) { dropPlan(entry); });
            m_jobs->add(*job);
            select(job->key);
            compare(job->key, {true, u"products"_s, u"price"_s});
        });
}

void MainWindow::openJobFile(const QString &file)
{
    m_wantsFile = file;
    if (!m_loaded)
        return;
    m_wantsFile.clear();
    inBackground(
        this, [desk = m_desk, file] { return desk->workspace().job(file); },
        [this](const Result<JobSettings> &job) {
            if (job)
                askTrust(*job);
            else
                showError(job.error());
        });
}

// What a foreign job file would do, before it may do it.
void MainWindow::askTrust(const JobSettings &job)
{
    if (m_jobs->find(jobKey(job)))
        return select(jobKey(job));
    QStringList facts;
    for (const ConnectionSettings &side : {job.source, job.target}) {
        const QString place = side.driver == Driver::Sqlite ? side.database : QString(side.host + u'/' + side.database);
        facts << (side.name.isEmpty() ? tr("Connection in the file: %1").arg(place)
                                      : tr("Connection %1: %2").arg(side.name, place));
        if (side.password.kind == PasswordSource::Kind::File)
            facts << tr("Reads the password file %1").arg(side.password.name);
    }
    for (const JobTable &table : job.tables) {
        for (const QString &where : {table.whereSource, table.whereTarget}) {
            if (!where.isEmpty())
                facts << tr("Filter of %1: %2").arg(table.source.display(), wording::safeText(where));
        }
    }
    auto *box =
        new QMessageBox(QMessageBox::NoIcon, tr("Trust this job?"),
                        tr("The job %1 was not written by this workspace.").arg(job.name), QMessageBox::NoButton, this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    box->setInformativeText(facts.join(u'\n'));
    QPushButton *yes = box->addButton(tr("Trust this job"), QMessageBox::AcceptRole);
    box->addButton(tr("Cancel"), QMessageBox::RejectRole);
    connect(yes, &QPushButton::clicked, this, [this, job] {
        inBackground(
            this, [job] { return job.id.isEmpty() ? ensureJobId(job.file) : Result<QString>(job.id); },
            [this, job](const Result<QString> &id) {
                if (!id)
                    return showError(id.error());
                JobSettings trusted = job;
                trusted.id = *id;
                addVisitor(trusted);
            });
    });
    box->open();
}

void MainWindow::showError(const Error &error)
{
    const wording::Message message = wording::message(error);
    auto *box = new QMessageBox(QMessageBox::NoIcon, tr("Tidemark"), message.what, QMessageBox::NoButton, this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    box->setInformativeText(message.next);
    if (!error.detail.isEmpty())
        box->setDetailedText(wording::safeText(error.detail, 2000));
    box->addButton(tr("Close"), QMessageBox::RejectRole);
    box->open();
}

void MainWindow::savePreferences()
{
    const Preferences now = m_preferences;
    const QString file = m_folder + u"/workspace.ini"_s;
    QThreadPool::globalInstance()->start([now, file] { now.write(file); });
}

void MainWindow::dragEnterEvent(QDragEnterEvent *event)
{
    if (m_loaded && event->mimeData()->hasUrls())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent *event)
{
    QStringList files;
    for (const QUrl &url : event->mimeData()->urls()) {
        if (url.isLocalFile())
            files << url.toLocalFile();
    }
    if (files.size() == 1 && files.first().endsWith(u".json"_s))
        openJobFile(files.first());
    else if (!files.isEmpty())
        compareTwo(files);
}

} // namespace tidemark
