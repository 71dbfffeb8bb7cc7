// SPDX-License-Identifier: GPL-3.0-or-later
// Jobs of the main window: made, edited, kept, removed; and those that only visit.
#include "ui/main/mainwindow.h"

#include <QInputDialog>
#include <QListView>
#include <QPushButton>
#include <QSortFilterProxyModel>

#include "app/wording/wording.h"
#include "core/config/jsontext.h"
#include "core/run/twowayexecution.h"
#include "ui/jobs/jobdialog.h"
#include "ui/jobs/joblistmodel.h"
#include "ui/main/comparedialog.h"
#include "ui/main/mainpresence.h"
#include "ui/main/startpage.h"
#include "ui/widgets/askbox.h"
#include "ui/widgets/background.h"

using namespace Qt::StringLiterals;

namespace tidemark {

void MainWindow::newJob() { openEditor({}); }

void MainWindow::editJob()
{
    if (const JobEntry *job = selected(); job && !job->visiting)
        whenTrusted(job->key, [this, key = job->key] { openEditor(key); }); // it looks at both sides at once
}

QStringList MainWindow::takenNames(const QString &key) const
{
    QStringList taken;
    for (const JobEntry &job : m_jobs->jobs()) {
        if (job.key != key)
            taken << job.name;
    }
    return taken;
}

// Without a parent: what an editor asks must not keep the other windows waiting.
void MainWindow::openEditor(const QString &key, int page)
{
    if (const QPointer<JobDialog> open = m_windows.editors.value(key)) {
        open->openAt(page);
        open->raise();
        open->activateWindow();
        return;
    }
    auto *editor = new JobDialog(m_desk, key, takenNames(key));
    m_windows.editors[key] = editor;
    editor->openAt(page);
    editor->setAttribute(Qt::WA_DeleteOnClose);
    editor->setWindowIcon(windowIcon());
    connect(editor, &JobDialog::saved, this, [this](const QString &name, const QJsonObject &job) {
        trustOwn(jobHash(job));
        reload(name);
    });
    connect(editor, &JobDialog::kept, this, [this] {
        m_closesAfterEditors = false;
        m_presence->stayAfterAll();
    });
    connect(editor, &QDialog::finished, this, [this, key] {
        m_windows.editors.remove(key);
        activateWindow(); // with the editor its question may have gone, and the keys with both
        if (m_closesAfterEditors && m_windows.editors.isEmpty())
            close();
    });
    remember(*editor);
    editor->show();
}

bool MainWindow::closeEditors()
{
    m_closesAfterEditors = false;
    const QList<QPointer<JobDialog>> editors = m_windows.editors.values();
    for (const QPointer<JobDialog> &editor : editors) {
        if (!editor || editor->close())
            continue;
        editor->raise();
        editor->activateWindow();
    }
    m_closesAfterEditors = !m_windows.editors.isEmpty();
    return m_windows.editors.isEmpty();
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
                            const std::function<void(QJsonObject &)> &change, const std::function<void()> &then)
{
    struct Written
    {
        QString name, before, now; // hashes of what the file said and says
    };
    inBackground(
        this,
        [desk = m_desk, file, nameNow, change]() -> Result<Written> {
            TRY_ASSIGN(QJsonObject job, readJsonFile(file));
            const QString before = jobHash(job);
            change(job);
            TRY(desk->workspace().saveJob(job, nameNow));
            return Written{job.value("name"_L1).toString(), before, jobHash(job)};
        },
        [this, then](const Result<Written> &written) {
            if (!written)
                showError(written.error());
            else if (!isForeign(written->before)) // a copy of what nobody trusts is trusted no more
                trustOwn(written->now);
            m_afterReload = written ? then : std::function<void()>();
            reload(written ? written->name : QString());
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
            [this, key, name, hash = jobHash(json)](const Result<void> &saved) {
                if (!saved)
                    return showError(saved.error());
                trustOwn(hash);
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
    auto *box =
        new AskBox(u"question"_s, tr("Remove job"),
                   tr("Remove the job %1? Its databases are not touched.").arg(wording::safeText(job->name)), this);
    box->setObjectName(u"removeBox"_s);
    QPushButton *yes = box->addButton(tr("Remove"), QMessageBox::DestructiveRole);
    box->addKeepButton(tr("Cancel"));
    connect(yes, &QPushButton::clicked, this,
            [this, name = job->name, id = job->settings ? job->settings->id : QString()] {
                inBackground(
                    this,
                    [desk = m_desk, name, id]() -> Result<void> {
                        TRY(desk->workspace().removeJob(name));
                        // What its runs overwrote, and what both sides were, holds rows of people's tables.
                        removeBase(desk->journal(), id);
                        return id.isEmpty() ? Result<void>() : desk->journal().purgeUndo(id, 0, 0, 0);
                    },
                    [this](const Result<void> &removed) {
                        if (!removed)
                            showError(removed.error());
                        reload();
                    });
            });
    box->open();
}

void MainWindow::compareTwo(const QStringList &files)
{
    auto *dialog = new CompareDialog(m_desk, files, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] { addVisitor(dialog->job()); });
    remember(*dialog);
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

} // namespace tidemark
