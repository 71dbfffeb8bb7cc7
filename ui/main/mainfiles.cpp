// SPDX-License-Identifier: GPL-3.0-or-later
// Job files from elsewhere, and what is dropped on the window.
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

static constexpr qsizetype mostFacts = 12; // in sight

static QString hashOf(const QByteArray &bytes)
{
    return QString::fromLatin1(QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex());
}

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
            // What is shown, and what trust is kept for, is one text, whatever becomes of the file meanwhile.
            const QString path = QFileInfo(file).absoluteFilePath();
            TRY_ASSIGN(const QByteArray bytes, readFile(path));
            TRY_ASSIGN(const QJsonObject json, parseJson(bytes, path));
            TRY_ASSIGN(JobSettings job, jobFromJson(json, path, desk->workspace()));
            return Opened{std::move(job), hashOf(bytes)};
        },
        [this, file](const Result<Opened> &opened) {
            if (!opened)
                return showError(opened.error());
            m_preferences.addRecent(QFileInfo(file).absoluteFilePath());
            savePreferences();
            showActions(); // there is a recent file now
            askTrust(opened->job, opened->hash);
        });
}

// What a job file would reach and do, before it may do it.
static QStringList factsOf(const JobSettings &job)
{
    QStringList facts;
    const auto add = [&facts](const QString &sentence) { facts << sentence; };
    for (const ConnectionSettings &side : {job.source, job.target}) {
        const QString place = wording::safeText(
            side.driver == Driver::Sqlite ? side.database : QString(side.host + u'/' + side.database), 400);
        const QString secret = wording::safeText(side.password.name, 400);
        add(side.name.isEmpty() ? MainWindow::tr("Connection in the file: %1").arg(place)
                                : MainWindow::tr("Connection %1: %2").arg(wording::safeText(side.name), place));
        if (side.password.kind == PasswordSource::Kind::File)
            add(MainWindow::tr("Reads the password file %1").arg(secret));
        if (side.password.kind == PasswordSource::Kind::Env)
            add(MainWindow::tr("Reads the password from the variable %1").arg(secret));
        if (side.password.kind == PasswordSource::Kind::Keychain)
            add(MainWindow::tr("Reads the password %1 from the keychain").arg(secret));
        if (side.ssh)
            add(MainWindow::tr("Goes through the SSH server %1").arg(wording::safeText(side.ssh->host, 400)));
    }
    for (const JobTable &table : job.tables) {
        for (const QString &where : {table.whereSource, table.whereTarget}) {
            if (!where.isEmpty())
                add(MainWindow::tr("Filter of %1: %2")
                        .arg(wording::safeText(table.source.display()), wording::safeText(where, 2000)));
        }
    }
    return facts;
}

void MainWindow::askTrust(const JobSettings &job, const QString &hash)
{
    const JobEntry *known = m_jobs->find(jobKey(job));
    if (known && (!known->visiting || known->running))
        return select(known->key);
    if (m_preferences.trusted.contains(hash))
        return trust(job);
    const QStringList facts = factsOf(job);
    auto *box = new QMessageBox(QMessageBox::NoIcon, tr("Trust this job?"),
                                tr("The job %1 was not written by this workspace.").arg(wording::safeText(job.name)),
                                QMessageBox::NoButton, this);
    box->setObjectName(u"trustBox"_s);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    box->setInformativeText(facts.mid(0, mostFacts).join(u'\n'));
    // All of it can be read, and the buttons stay on screen.
    if (facts.size() > mostFacts) {
        box->setInformativeText(box->informativeText() + u'\n' + tr("… and %1 more").arg(facts.size() - mostFacts));
        box->setDetailedText(facts.join(u'\n'));
    }
    QPushButton *yes = box->addButton(tr("Trust this job"), QMessageBox::AcceptRole);
    auto *no = box->addButton(tr("Cancel"), QMessageBox::RejectRole);
    box->setDefaultButton(no);
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
    struct Kept
    {
        QString id;
        QString hash; // of the file with its id; empty: as it was
    };
    inBackground(
        this,
        [desk = m_desk, job]() -> Result<Kept> {
            if (!job.id.isEmpty())
                return Kept{job.id, {}};
            TRY_ASSIGN(const QString id, ensureJobId(job.file));
            TRY_ASSIGN(const QByteArray bytes, readFile(job.file));
            TRY_ASSIGN(const QJsonObject json, parseJson(bytes, job.file));
            TRY_ASSIGN(JobSettings now, jobFromJson(json, job.file, desk->workspace()));
            now.id.clear();
            return Kept{id, now == job ? hashOf(bytes) : QString()};
        },
        [this, job](const Result<Kept> &kept) {
            if (!kept)
                return showError(kept.error());
            // The id is Tidemark's own addition: no reason to ask again.
            if (!kept->hash.isEmpty()) {
                m_preferences.trust(kept->hash);
                savePreferences();
            }
            JobSettings trusted = job;
            trusted.id = kept->id;
            addVisitor(trusted);
        });
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
    if (files.size() == 1 && files.first().endsWith(u".json"_s, Qt::CaseInsensitive))
        openJobFile(files.first());
    else if (!files.isEmpty())
        compareTwo(files);
}

} // namespace tidemark
