// SPDX-License-Identifier: GPL-3.0-or-later
// The samples: built, built anew, and removed.
#include <QPushButton>

#include "ui/jobs/joblistmodel.h"
#include "ui/main/mainwindow.h"
#include "ui/main/startpage.h"
#include "ui/widgets/askbox.h"
#include "ui/widgets/background.h"

using namespace Qt::StringLiterals;

namespace tidemark {

void MainWindow::trySample(SampleKind which)
{
    m_wants.sample = which;
    if (m_loaded && !m_building)
        runSample(which);
}

// The files are built anew: nothing may be reading or writing them.
bool MainWindow::samplesAreIdle() const
{
    return std::none_of(m_jobs->jobs().cbegin(), m_jobs->jobs().cend(), [this](const JobEntry &job) {
        return job.running && job.settings && sampleOf(*job.settings, m_samples);
    });
}

QList<SampleKind> MainWindow::samplesThere() const
{
    QList<SampleKind> there;
    for (const SampleKind which : {SampleKind::ReportCopy, SampleKind::Tablet}) {
        const auto isIt = [&](const JobEntry &job) {
            return job.settings && sampleOf(*job.settings, m_samples) == which;
        };
        if (std::any_of(m_jobs->jobs().cbegin(), m_jobs->jobs().cend(), isIt))
            there += which;
    }
    return there;
}

void MainWindow::runSample(SampleKind which)
{
    m_wants.sample.reset();
    if (!samplesAreIdle())
        return;
    m_building = true;
    m_start->setBusy(true);
    showActions();
    struct Built
    {
        Sample sample;
        JobEntry job;
    };
    inBackground(
        this,
        [desk = m_desk, which, folder = m_samples]() -> Result<Built> {
            Cancellation cancellation;
            const bool first = which == SampleKind::ReportCopy;
            TRY_ASSIGN(const Sample sample,
                       first ? buildSample(*desk, folder, cancellation)
                             : buildSecondSample(*desk, folder, cancellation));
            TRY_ASSIGN(const QList<JobEntry> jobs, loadJobs(desk->workspace(), desk->journal()));
            for (const JobEntry &job : jobs) {
                if (job.name == sample.job)
                    return Built{sample, job};
            }
            return fail(Error{ErrorCode::NoSuchJob, {}, {}}.with(Fact::Job, sample.job));
        },
        [this](const Result<Built> &built) {
            m_building = false;
            m_start->setBusy(false);
            showActions();
            if (!built)
                return showError(built.error());
            const JobEntry &job = built->job;
            ++m_load;
            trustOwn(job.hash);
            if (const JobEntry *old = m_jobs->find(job.key))
                m_jobs->change(old->key, [this](JobEntry &entry) { dropPlan(entry); });
            m_jobs->add(job);
            select(job.key);
            showFollowers();
            compare(job.key, {true, built->sample.table, built->sample.column});
        });
}

void MainWindow::whileBuilding(const std::function<Result<void>(Desk &)> &work)
{
    m_building = true;
    showActions();
    inBackground(
        this, [desk = m_desk, work] { return work(*desk); },
        [this](const Result<void> &done) {
            m_building = false;
            if (!done)
                showError(done.error());
            for (const JobEntry &job : m_jobs->jobs()) {
                if (job.settings && sampleOf(*job.settings, m_samples))
                    m_jobs->change(job.key, [this](JobEntry &entry) { dropPlan(entry); });
            }
            showActions();
            reload();
            showFollowers();
        });
}

void MainWindow::resetSamples()
{
    if (!samplesAreIdle() || m_building)
        return;
    whileBuilding([there = samplesThere(), folder = m_samples](Desk &desk) -> Result<void> {
        for (const SampleKind which : there) {
            Cancellation cancellation;
            TRY(resetSample(which, desk, folder, cancellation));
        }
        return {};
    });
}

void MainWindow::removeSamples()
{
    const QList<SampleKind> there = samplesThere();
    if (there.isEmpty() || !samplesAreIdle() || m_building)
        return;
    auto *box = new AskBox(
        u"question"_s, tr("Remove the samples"),
        tr("Their jobs, connections, history and databases are deleted. Other jobs that use one of the databases keep "
           "it."),
        this);
    box->setObjectName(u"removeSamplesBox"_s);
    box->setInformativeText(m_samples);
    const QPushButton *yes = box->addButton(tr("Remove"), QMessageBox::DestructiveRole);
    box->addKeepButton(tr("Cancel"));
    connect(yes, &QPushButton::clicked, this, [this, there] {
        whileBuilding([there, folder = m_samples](Desk &desk) -> Result<void> {
            for (const SampleKind which : there)
                TRY(removeSample(which, desk, folder));
            return {};
        });
    });
    box->open();
}

} // namespace tidemark
