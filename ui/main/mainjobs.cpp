// SPDX-License-Identifier: GPL-3.0-or-later
// Jobs, connections and files of the main window.
#include "ui/main/mainwindow.h"

#include <QFileInfo>
#include <QInputDialog>
#include <QListView>
#include <QMessageBox>
#include <QPushButton>
#include <QSortFilterProxyModel>

#include "app/wording/wording.h"
#include "core/config/jsontext.h"
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
            m_controller->setLimit(m_preferences.jobsAtOnce);
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

// A free name like the one that is there.
static QString freeName(const QList<JobEntry> &jobs, const QString &wanted)
{
    for (int number = 1;; ++number) {
        const QString name = number == 1 ? wanted : u"%1 %2"_s.arg(wanted).arg(number);
        if (std::none_of(jobs.cbegin(), jobs.cend(), [&](const JobEntry &job) { return job.name == name; }))
            return name;
    }
}

// Changes the file of a job and saves it; empty: the one that stands, by another name: a new one.
void MainWindow::rewriteJob(const QString &file, const QString &nameNow,
                            const std::function<void(QJsonObject &)> &change)
{
    inBackground(
        this,
        [desk = m_desk, file, nameNow, change]() -> Result<QString> {
            TRY_ASSIGN(QJsonObject job, readJsonFile(file));
            change(job);
            TRY(desk->workspace().saveJob(job, nameNow));
            return job.value("name"_L1).toString();
        },
        [this](const Result<QString> &name) {
            if (!name)
                showError(name.error());
            reload(name.value_or(QString()));
        });
}

void MainWindow::duplicateJob()
{
    const JobEntry *job = selected();
    if (!job || !job->settings || job->visiting)
        return;
    const QString name = freeName(m_jobs->jobs(), tr("%1, copy").arg(job->name));
    rewriteJob(job->key, {}, [name](QJsonObject &copy) {
        copy["name"_L1] = name;
        copy.remove("id"_L1); // it names the history: a copy has none
    });
}

void MainWindow::enableJob()
{
    const JobEntry *job = selected();
    if (!job || !job->settings || job->visiting)
        return;
    rewriteJob(job->key, job->name,
               [enabled = !job->settings->enabled](QJsonObject &changed) { changed["enabled"_L1] = enabled; });
}

void MainWindow::saveVisitor()
{
    const JobEntry *job = selected();
    if (!job || !job->settings || !job->visiting)
        return;
    auto *dialog = new QInputDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setObjectName(u"saveJobDialog"_s);
    dialog->setWindowTitle(tr("Save as job"));
    dialog->setLabelText(tr("Name of the job:"));
    dialog->setTextValue(freeName(m_jobs->jobs(), job->name));
    dialog->setOkButtonText(tr("Save"));
    dialog->setCancelButtonText(tr("Cancel"));
    connect(dialog, &QInputDialog::textValueSelected, this, [this, key = job->key](const QString &text) {
        const JobEntry *visitor = m_jobs->find(key);
        const QString name = text.trimmed();
        if (!visitor || name.isEmpty())
            return;
        const auto side = [](const ConnectionSettings &settings) {
            return settings.name.isEmpty() ? QJsonValue(connectionToJson(settings)) : QJsonValue(settings.name);
        };
        const QJsonObject json{{u"tidemark"_s, 1},
                               {u"name"_s, name},
                               {u"source"_s, side(visitor->settings->source)},
                               {u"target"_s, side(visitor->settings->target)},
                               {u"mode"_s, u"mirror"_s},
                               {u"tables"_s, u"*"_s}};
        inBackground(
            this, [desk = m_desk, json] { return desk->workspace().saveJob(json); },
            [this, key, name](const Result<void> &saved) {
                if (!saved)
                    return showError(saved.error());
                m_jobs->change(key, [this](JobEntry &entry) { dropPlan(entry); });
                m_jobs->remove(key);
                reload(name);
            });
    });
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

} // namespace tidemark
