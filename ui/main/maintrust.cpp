// SPDX-License-Identifier: GPL-3.0-or-later
// Trust in job files that this workspace did not write: asked for before anything of them is opened or run, and kept by
// what the file says.
#include "ui/main/mainwindow.h"

#include <QPushButton>

#include "app/wording/afterrunwords.h"
#include "app/wording/wording.h"
#include "ui/jobs/joblistmodel.h"
#include "ui/widgets/askbox.h"
#include "ui/widgets/background.h"

using namespace Qt::StringLiterals;

namespace tidemark {

static constexpr qsizetype mostFacts = 12; // in sight

bool MainWindow::isForeign(const QString &hash) const
{
    return !hash.isEmpty() && !m_preferences.trusted.contains(hash);
}

void MainWindow::trustOwn(const QString &hash)
{
    m_preferences.trust(hash);
    savePreferences();
    for (const JobEntry &job : m_jobs->jobs()) {
        if (job.foreign && job.hash == hash)
            m_jobs->change(job.key, [](JobEntry &entry) { entry.foreign = false; });
    }
}

// What a job file would reach and do, before it may do it.
static QStringList factsOf(const JobSettings &job)
{
    QStringList facts;
    const auto add = [&facts](const QString &sentence) { facts << sentence; };
    for (const ConnectionSettings &side : {job.source, job.target}) {
        const QString place = wording::safeText(side.driver == Driver::Sqlite ? side.database
                                                    : side.http               ? side.http->url
                                                                : QString(side.host + u'/' + side.database),
                                                400);
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
    return facts + wording::afterRunFacts(job.afterRun);
}

void MainWindow::whenTrusted(const QString &key, const std::function<void()> &then)
{
    const JobEntry *job = m_jobs->find(key);
    if (!job || !job->foreign)
        return then();
    // A file that cannot be read whole can still be edited, and the editor opens what it names.
    askTrust(job->name, job->settings ? factsOf(*job->settings) : QStringList(), job->hash,
             [this, key, hash = job->hash, then] {
                 if (const JobEntry *now = m_jobs->find(key); now && now->hash == hash)
                     then();
             });
}

// A job file that was opened from elsewhere.
void MainWindow::visit(const JobSettings &job, const QString &hash)
{
    const JobEntry *known = m_jobs->find(jobKey(job));
    if (known && (!known->visiting || known->running))
        return select(known->key);
    const auto show = [this, job] {
        inBackground(
            this,
            [job]() -> Result<QString> {
                if (!job.id.isEmpty())
                    return job.id;
                return ensureJobId(job.file);
            },
            [this, job](const Result<QString> &id) {
                if (!id)
                    return showError(id.error());
                JobSettings trusted = job;
                trusted.id = *id;
                addVisitor(trusted);
            });
    };
    if (!isForeign(hash))
        return show();
    askTrust(job.name, factsOf(job), hash, show);
}

void MainWindow::askTrust(const QString &name, const QStringList &facts, const QString &hash,
                          const std::function<void()> &then)
{
    auto *box = new AskBox(u"shield"_s, tr("Trust this job?"),
                           tr("The job %1 was not written by this workspace.").arg(wording::safeText(name)), this);
    box->setObjectName(u"trustBox"_s);
    box->setInformativeText(facts.mid(0, mostFacts).join(u'\n'));
    // All of it can be read, and the buttons stay on screen.
    if (facts.size() > mostFacts) {
        box->setInformativeText(box->informativeText() + u'\n' + tr("… and %1 more").arg(facts.size() - mostFacts));
        box->setDetailedText(facts.join(u'\n'));
    }
    QPushButton *yes = box->addButton(tr("Trust this job"), QMessageBox::AcceptRole);
    box->addKeepButton(tr("Cancel"));
    connect(yes, &QPushButton::clicked, this, [this, hash, then] {
        // Kept by its contents: a file that changes is asked about anew.
        trustOwn(hash);
        then();
        if (m_desk)
            reload(); // keeps it in the journal, where the schedule looks
    });
    box->open();
}

} // namespace tidemark
