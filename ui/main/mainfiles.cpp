// SPDX-License-Identifier: GPL-3.0-or-later
// Job files from elsewhere, what is dropped on the window, and what it remembers.
#include "ui/main/mainwindow.h"

#include <QCryptographicHash>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>
#include <QUrl>

#include "app/wording/wording.h"
#include "core/config/jsontext.h"
#include "ui/jobs/joblistmodel.h"
#include "ui/widgets/background.h"

using namespace Qt::StringLiterals;

namespace tidemark {

void MainWindow::chooseJobFile()
{
    auto *dialog = new QFileDialog(this, tr("Open job file"), {}, tr("Job files (*.json)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &MainWindow::openJobFile);
    dialog->open();
}

void MainWindow::openJobFile(const QString &file)
{
    m_wantsFile = file;
    if (!m_loaded)
        return;
    m_wantsFile.clear();
    struct Opened
    {
        JobSettings job;
        QString hash;
    };
    inBackground(
        this,
        [desk = m_desk, file]() -> Result<Opened> {
            TRY_ASSIGN(const QByteArray bytes, readFile(file));
            TRY_ASSIGN(JobSettings job, desk->workspace().job(file));
            const QByteArray hash = QCryptographicHash::hash(bytes, QCryptographicHash::Sha256);
            return Opened{std::move(job), QString::fromLatin1(hash.toHex())};
        },
        [this, file](const Result<Opened> &opened) {
            if (!opened)
                return showError(opened.error());
            m_preferences.addRecent(QFileInfo(file).absoluteFilePath());
            savePreferences();
            askTrust(opened->job, opened->hash);
        });
}

// What a foreign job file would do, before it may do it.
void MainWindow::askTrust(const JobSettings &job, const QString &hash)
{
    if (m_jobs->find(jobKey(job)))
        return select(jobKey(job));
    if (m_preferences.trusted.contains(hash))
        return trust(job);
    QStringList facts;
    for (const ConnectionSettings &side : {job.source, job.target}) {
        const QString place = side.driver == Driver::Sqlite ? side.database : QString(side.host + u'/' + side.database);
        facts << (side.name.isEmpty() ? tr("Connection in the file: %1").arg(place)
                                      : tr("Connection %1: %2").arg(side.name, place));
        if (side.password.kind == PasswordSource::Kind::File)
            facts << tr("Reads the password file %1").arg(side.password.name);
        if (side.password.kind == PasswordSource::Kind::Env)
            facts << tr("Reads the password from the variable %1").arg(side.password.name);
        if (side.password.kind == PasswordSource::Kind::Keychain)
            facts << tr("Reads the password %1 from the keychain").arg(side.password.name);
        if (side.ssh)
            facts << tr("Goes through the SSH server %1").arg(side.ssh->host);
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
    connect(yes, &QPushButton::clicked, this, [this, job, hash] {
        // Kept by its contents: a file that changes is asked about anew.
        m_preferences.trust(hash);
        savePreferences();
        trust(job);
    });
    box->open();
}

void MainWindow::trust(const JobSettings &job)
{
    inBackground(
        this, [job] { return job.id.isEmpty() ? ensureJobId(job.file) : Result<QString>(job.id); },
        [this, job](const Result<QString> &id) {
            if (!id)
                return showError(id.error());
            JobSettings trusted = job;
            trusted.id = *id;
            addVisitor(trusted);
        });
}

void MainWindow::savePreferences()
{
    const Preferences now = m_preferences;
    const QString file = m_folder + u"/workspace.ini"_s;
    backgroundPool().start([now, file] { now.write(file); });
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
