// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/runprogress.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>

#include "app/wording/wording.h"
#include "ui/widgets/flowlayout.h"
#include "ui/widgets/format.h"
#include "ui/widgets/theme.h"

using namespace Qt::StringLiterals;

namespace tidemark {

static constexpr int steps = 1000; // of the bar
static constexpr qint64 textMs = 250; // numbers that change more often cannot be read

RunProgress::RunProgress(QWidget *parent)
    : QWidget(parent), m_counts(new QLabel(this)), m_bar(new QProgressBar(this)), m_figures(new QLabel(this)),
      m_retry(new QLabel(this)), m_pause(new QPushButton(this)), m_stop(new QPushButton(this)),
      m_cancel(new QPushButton(this)), m_hide(new QPushButton(this))
{
    m_counts->setFont(theme::data(theme::caption(font())));
    m_bar->setTextVisible(false);
    m_bar->setFixedHeight(8);
    for (QLabel *label : {m_figures, m_retry}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
        label->setForegroundRole(QPalette::PlaceholderText);
    }
    m_pause->setObjectName(u"pause"_s);
    m_stop->setObjectName(u"stop"_s);
    m_cancel->setObjectName(u"cancel"_s);
    m_hide->setObjectName(u"hide"_s);
    m_figures->setObjectName(u"figures"_s);
    auto *buttons = new FlowLayout;
    for (QPushButton *button : {m_pause, m_stop, m_cancel, m_hide}) {
        button->setAutoDefault(false);
        buttons->addWidget(button);
    }
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_bar);
    layout->addWidget(m_counts);
    layout->addWidget(m_figures);
    layout->addWidget(m_retry);
    layout->addSpacing(theme::gap / 2);
    layout->addLayout(buttons);
    connect(m_pause, &QPushButton::clicked, this, [this] { Q_EMIT pauseRequested(!m_paused); });
    connect(m_stop, &QPushButton::clicked, this, &RunProgress::stopRequested);
    connect(m_cancel, &QPushButton::clicked, this, &RunProgress::cancelRequested);
    connect(m_hide, &QPushButton::clicked, this, &RunProgress::hideRequested);
    retranslate();
}

void RunProgress::retranslate()
{
    m_pause->setText(m_paused ? tr("Resume") : tr("Pause"));
    m_stop->setText(tr("Stop after this batch"));
    m_cancel->setText(tr("Cancel"));
    m_hide->setText(tr("Hide"));
    m_stop->setToolTip(tr("Writes the batch in hand, then ends"));
    m_cancel->setToolTip(tr("Ends at once; the batch in hand is rolled back"));
    m_hide->setToolTip(tr("Minimises the window; its title tells how far the run is"));
    m_bar->setAccessibleName(tr("Progress of all tables"));
    m_textMs = -1;
}

QString RunProgress::timeLeft(qint64 seconds)
{
    if (seconds < 60)
        return tr("less than a minute left");
    const qint64 minutes = (seconds + 59) / 60;
    if (minutes < 60)
        return tr("about %1 min left").arg(minutes);
    return tr("about %1 h %2 min left").arg(minutes / 60).arg(minutes % 60);
}

QString RunProgress::figures(const OverallProgress &progress) const
{
    if (m_waiting)
        return tr("Waiting for another job to end.");
    QStringList parts;
    if (progress.tables > 1)
        parts << tr("%1 of %2 tables").arg(progress.tablesDone).arg(progress.tables);
    if (progress.rowsRead > 0)
        parts << tr("%1 rows read").arg(format::count(progress.rowsRead));
    if (m_stopping)
        parts << tr("stopping after this batch");
    else if (m_paused)
        parts << tr("paused");
    else {
        if (progress.rowsPerSecond > 0)
            parts << format::rate(progress.rowsPerSecond);
        if (progress.bytesPerSecond >= 1024)
            parts << tr("%1/s").arg(format::bytes(static_cast<qint64>(progress.bytesPerSecond)));
        parts << (progress.secondsLeft ? timeLeft(*progress.secondsLeft) : tr("time left not known yet"));
    }
    return parts.join(u" · "_s);
}

void RunProgress::showButtons(const JobEntry &job)
{
    m_pause->setText(m_paused ? tr("Resume") : tr("Pause"));
    m_pause->setEnabled(!m_stopping && !m_waiting);
    m_stop->setVisible(job.running == Task::Synchronise);
    m_stop->setEnabled(!m_stopping && !m_waiting);
}

void RunProgress::showJob(const JobEntry &job)
{
    if (job.key != m_key || job.running != m_task) {
        m_key = job.key;
        m_task = job.running;
        m_meter = ProgressMeter(job.approved ? job.approved->tables : QList<TableReport>());
        m_clock.start();
        m_textMs = -1;
    }
    if (job.paused != m_paused || job.stopping != m_stopping || job.waiting != m_waiting)
        m_textMs = -1;
    m_paused = job.paused;
    m_stopping = job.stopping;
    m_waiting = job.waiting;
    const qint64 now = m_clock.elapsed();
    const OverallProgress progress = m_meter.measure(job.progress, now, job.paused || job.waiting);
    if (m_textMs >= 0 && now - m_textMs < textMs)
        return;
    m_textMs = now;
    m_bar->setRange(0, progress.fraction < 0 ? 0 : steps);
    m_bar->setValue(static_cast<int>(progress.fraction * steps));
    m_counts->setText(format::signedCounts(progress.counts.inserts, progress.counts.updates, progress.counts.deletes));
    m_figures->setText(figures(progress));
    const int attempt = job.progress.retryAttempt;
    m_retry->setVisible(attempt > 0);
    if (attempt > 0)
        m_retry->setText(
            tr("Waiting to try again (attempt %1): %2")
                .arg(attempt)
                .arg(job.progress.retryReason ? wording::message(*job.progress.retryReason).what : QString()));
    showButtons(job);
}

} // namespace tidemark
