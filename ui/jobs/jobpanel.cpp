// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/jobpanel.h"

#include <QDateTime>
#include <QEvent>
#include <QLabel>
#include <QListView>
#include <QPushButton>
#include <QVBoxLayout>

#include "app/wording/wording.h"
#include "core/run/queueconnector.h"
#include "ui/jobs/joblistmodel.h"
#include "ui/jobs/jobtiming.h"
#include "ui/jobs/runprogress.h"
#include "ui/jobs/tableprogressmodel.h"
#include "ui/widgets/accentbutton.h"
#include "ui/widgets/emptyplace.h"
#include "ui/widgets/flowlayout.h"
#include "ui/widgets/format.h"
#include "ui/widgets/reportcounts.h"
#include "ui/widgets/theme.h"

using namespace Qt::StringLiterals;

namespace tidemark {

static QLabel *wrapping(QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

JobPanel::JobPanel(QWidget *parent)
    : QWidget(parent), m_empty(new EmptyPlace(u"jobs"_s, this)), m_body(new QWidget(this)), m_name(wrapping(m_body)),
      m_sides(wrapping(m_body)), m_mode(wrapping(m_body)), m_production(wrapping(m_body)), m_state(wrapping(m_body)),
      m_next(wrapping(m_body)), m_detail(wrapping(m_body)), m_timing(wrapping(m_body)),
      m_tablesTitle(new QLabel(m_body)), m_step(new AccentButton({}, m_body)), m_answer(new QPushButton(m_body)),
      m_report(new QPushButton(m_body)), m_aside(new QPushButton(m_body)), m_keep(new QPushButton(m_body)),
      m_progress(new RunProgress(m_body)), m_tables(new TableProgressModel(this)), m_list(new QListView(m_body))
{
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(m_empty);
    outer->addWidget(m_body);

    m_name->setFont(theme::title(font()));
    m_mode->setForegroundRole(QPalette::PlaceholderText);
    m_detail->setForegroundRole(QPalette::PlaceholderText);
    m_detail->setFont(theme::caption(font()));
    m_timing->setFont(theme::caption(font()));
    m_timing->setObjectName(u"timing"_s);
    m_tablesTitle->setFont(theme::caption(font()));
    m_tablesTitle->setForegroundRole(QPalette::PlaceholderText);
    m_production->setFont(theme::caption(font()));
    m_list->setModel(m_tables);
    m_list->setItemDelegate(new TableProgressDelegate(m_list));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setSelectionMode(QAbstractItemView::NoSelection);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setUniformItemSizes(true);

    auto *layout = new QVBoxLayout(m_body);
    layout->setContentsMargins(theme::group, theme::group, theme::group, 0);
    layout->addWidget(m_name);
    layout->addWidget(m_sides);
    layout->addWidget(m_mode);
    layout->addWidget(m_production);
    layout->addSpacing(theme::gap);
    layout->addWidget(m_state);
    layout->addWidget(m_next);
    layout->addWidget(m_detail);
    layout->addWidget(m_timing);
    auto *buttons = new FlowLayout;
    for (QPushButton *button : {static_cast<QPushButton *>(m_step), m_answer, m_aside, m_report, m_keep})
        buttons->addWidget(button);
    layout->addLayout(buttons);
    layout->addWidget(m_progress);
    layout->addSpacing(theme::gap);
    layout->addWidget(m_tablesTitle);
    layout->addWidget(m_list, 1);

    m_step->setObjectName(u"step"_s);
    m_answer->setObjectName(u"answer"_s);
    m_report->setObjectName(u"report"_s);
    m_aside->setObjectName(u"aside"_s);
    connect(m_aside, &QPushButton::clicked, this, &JobPanel::asideRequested);
    connect(m_answer, &QPushButton::clicked, this, &JobPanel::conflictsRequested);
    m_keep->setObjectName(u"saveJob"_s);
    m_state->setObjectName(u"state"_s);
    connect(m_report, &QPushButton::clicked, this, &JobPanel::reportRequested);
    connect(m_keep, &QPushButton::clicked, this, &JobPanel::saveRequested);
    connect(m_progress, &RunProgress::pauseRequested, this, &JobPanel::pauseRequested);
    connect(m_progress, &RunProgress::stopRequested, this, &JobPanel::stopRequested);
    connect(m_progress, &RunProgress::cancelRequested, this, &JobPanel::cancelRequested);
    connect(m_progress, &RunProgress::hideRequested, this, &JobPanel::hideRequested);
    connect(m_step, &QPushButton::clicked, this, [this] {
        if (m_job && m_job->settings && !m_job->settings->enabled)
            Q_EMIT enableRequested();
        else if (m_job && m_job->planned && counts::rows(*m_job->planned) > 0)
            Q_EMIT reviewRequested();
        else if (m_job && openConflicts(*m_job) > 0)
            Q_EMIT conflictsRequested();
        else
            Q_EMIT compareRequested();
    });
    m_lastText.start();
    showJob(nullptr);
    retranslate();
}

void JobPanel::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        retranslate(); // colours that are no role of the palette
}

void JobPanel::retranslate()
{
    m_empty->setSentence(tr("Select a job to see its tables."));
    m_report->setText(tr("Report…"));
    m_report->setToolTip(tr("Errors, counts and rows left unwritten of the last run"));
    m_aside->setText(tr("Messages set aside…"));
    m_aside->setToolTip(tr("What of its queue could not be applied, and the way back"));
    m_keep->setText(tr("Save as job…"));
    m_progress->retranslate();
    m_tablesTitle->setText(tr("Tables"));
    m_list->setAccessibleName(tr("Tables"));
    if (m_job) {
        const JobEntry job = *m_job;
        m_job.reset();
        showJob(&job);
    }
}

static QString modeSentence(Mode mode)
{
    switch (mode) {
    case Mode::Update:
        return JobPanel::tr("Add and update: never deletes.");
    case Mode::Mirror:
        return JobPanel::tr("Make identical: also deletes rows missing in the source.");
    case Mode::TwoWay:
        return JobPanel::tr("Two-way: each side gets what changed at the other.");
    }
    return {};
}

// Those of the sides that the job writes to.
static QStringList productionSides(const JobSettings &job)
{
    QStringList names;
    if (job.mode == Mode::TwoWay && job.source.production)
        names << job.source.label();
    if (job.target.production)
        names << job.target.label();
    return names;
}

static QString plannedText(const JobEntry &job)
{
    const qint64 rows = counts::rows(*job.planned);
    const qint64 conflicts = counts::conflicts(*job.planned);
    const QString target = wording::safeText(job.settings->target.label());
    if (rows == 0 && hasQueue(*job.settings))
        return JobPanel::tr("No change that waits now would be written to %1.").arg(target);
    if (rows == 0)
        return conflicts > 0
            ? JobPanel::tr("Nothing to write: %Ln conflict(s) to be answered.", nullptr, static_cast<int>(conflicts))
            : JobPanel::tr("Nothing to do. Both sides are equal.");
    if (job.settings->mode == Mode::TwoWay) {
        const QString source = wording::safeText(job.settings->source.label());
        const auto in = [&](bool atSource) { return format::count(counts::to(*job.planned, atSource).total()); };
        return JobPanel::tr("Would change: %1 in %2, %3 in %4.").arg(in(true), source, in(false), target);
    }
    return rows == 1 ? JobPanel::tr("1 row would change in %1.").arg(target)
                     : JobPanel::tr("%1 rows would change in %2.").arg(format::count(rows), target);
}

static QString conflictsText(const JobEntry &job)
{
    const qint64 conflicts = openConflicts(job);
    return conflicts == 0 ? QString()
                          : JobPanel::tr("%Ln conflict(s): left as they are at both sides until they are answered.",
                                         nullptr, static_cast<int>(conflicts));
}

void JobPanel::showJob(const JobEntry *job)
{
    m_empty->setVisible(!job);
    m_body->setVisible(job);
    if (!job) {
        m_job.reset();
        return;
    }
    const bool same = m_job && m_job->key == job->key && m_job->running == job->running;
    m_job = *job;
    if (same && job->running) {
        m_progress->showJob(*job);
        showTables(*job);
        return;
    }
    m_lastText.invalidate();
    m_name->setText(wording::safeText(job->name));
    m_sides->setText(job->settings ? sidesOf(*job->settings) : job->key);
    m_mode->setText(job->settings ? modeSentence(job->settings->mode) : QString());
    const QStringList production = job->settings ? productionSides(*job->settings) : QStringList();
    m_production->setVisible(!production.isEmpty());
    m_production->setText(tr("PRODUCTION: writes to %1").arg(production.join(u", "_s)));
    QPalette warning = palette();
    warning.setColor(QPalette::WindowText, QColor(theme::of(palette()).warning.mark));
    m_production->setPalette(warning);
    showState(*job);
    showTiming(*job);
    showButtons(*job);
    showTables(*job);
}

void JobPanel::showState(const JobEntry &job)
{
    QString state;
    QString next;
    QString detail;
    theme::Token token = theme::Token::Text;
    const std::optional<Error> error = job.error ? job.error
        : job.taskError                          ? job.taskError
        : job.last && !job.planned               ? job.last->error
                                                 : std::nullopt;
    if (job.settings && !job.settings->enabled && !job.running) {
        state = tr("Disabled. It is neither compared nor synchronised.");
        token = theme::Token::Muted;
    } else if (job.running) {
        state = *job.running == Task::Compare ? tr("Comparing. Nothing is written.")
            : *job.running == Task::Verify    ? tr("Verifying. Nothing is written.")
            : *job.running == Task::PlanUndo  ? tr("Looking at what undoing would change. Nothing is written.")
            : job.settings->mode == Mode::TwoWay
            ? tr("Writing to %1 and %2.").arg(job.settings->source.label(), job.settings->target.label())
            : tr("Writing to %1.").arg(job.settings->target.label());
    } else if (error) {
        const wording::Message message = wording::message(*error);
        state = message.what;
        next = message.next;
        detail = wording::safeText(error->detail, 400);
        token = theme::Token::Remove;
    } else if (job.planned) {
        state = plannedText(job);
        if (counts::rows(*job.planned) > 0)
            next = tr("Compared %1. Nothing has been written yet.").arg(format::clock(job.planned->finishedUs));
        detail = conflictsText(job);
    } else if (job.last) {
        state = wording::outcome(*job.last);
        detail = wording::ago(job.last->finishedUs, QDateTime::currentMSecsSinceEpoch() * 1000);
        if (job.last->state != RunState::Completed)
            token = job.last->state == RunState::NeedsAttention ? theme::Token::Warning : theme::Token::Remove;
        next = conflictsText(job);
    } else {
        state = tr("Never run. Compare shows what would change, and writes nothing.");
    }
    if (job.foreign && !job.running)
        next = tr("This workspace did not write its file: it runs once you trust it.");
    if (!job.running && !error && !job.planned && job.verified) {
        const qint64 rows = counts::rows(*job.verified) + counts::conflicts(*job.verified);
        next = rows == 0 ? tr("Verified: both sides are equal.")
            : rows == 1  ? tr("Verified: 1 row differs.")
                         : tr("Verified: %1 rows differ.").arg(format::count(rows));
    }
    QPalette colored = palette();
    colored.setColor(QPalette::WindowText, theme::color(token, palette()));
    m_state->setPalette(colored);
    m_state->setText(state);
    m_next->setText(next);
    m_next->setVisible(!next.isEmpty());
    m_detail->setText(detail);
    m_detail->setVisible(!detail.isEmpty());
}

void JobPanel::setStartsAtLogin(bool starts)
{
    m_startsAtLogin = starts;
    if (m_job)
        showTiming(*m_job);
}

// When it runs by itself, who does it, and what became of the last times.
void JobPanel::showTiming(const JobEntry &job)
{
    const qint64 nowUs = QDateTime::currentMSecsSinceEpoch() * 1000;
    QStringList lines;
    const QString next = timing::nextText(job, nowUs);
    const bool waits = timing::needsPerson(job);
    if (!next.isEmpty()) {
        const JobOutlook::State state = job.outlook->state;
        const bool comes = state == JobOutlook::State::Planned || state == JobOutlook::State::Running
            || state == JobOutlook::State::Follows;
        const QString who = m_startsAtLogin ? tr("Tidemark starts at login") : tr("only while Tidemark is open");
        lines << (comes && !waits ? tr("%1 · %2").arg(next, who) : next);
    }
    const bool untrusted = job.foreign && job.untrusted; // a review comes after that
    if (waits && !untrusted && job.outlook->state == JobOutlook::State::WaitsReview)
        lines << tr("Its first run by itself waits until somebody has seen what it would write: compare, review and "
                    "synchronise it once.");
    if (job.outlook && job.outlook->alarmed)
        lines << (job.outlook->lastGoodUs > 0
                      ? tr("No run went well since %1.").arg(timing::dayAndTime(job.outlook->lastGoodUs))
                      : tr("No run went well yet."));
    if (job.slotNotice && job.slotNotice->kind != ScheduleNotice::Kind::WaitsReview
        && job.slotNotice->kind != ScheduleNotice::Kind::Alarm)
        lines << timing::noticeText(*job.slotNotice);
    const bool asks = waits || (job.outlook && job.outlook->alarmed);
    QPalette colored = palette();
    colored.setColor(QPalette::WindowText, theme::color(asks ? theme::Token::Warning : theme::Token::Muted, palette()));
    m_timing->setPalette(colored);
    m_timing->setText(lines.join(u'\n'));
    m_timing->setVisible(!lines.isEmpty());
}

void JobPanel::showButtons(const JobEntry &job)
{
    m_progress->setVisible(job.running.has_value());
    if (job.running)
        m_progress->showJob(job);
    m_report->setVisible(!job.running && job.last);
    const bool consumes = job.settings && isQueue(job.settings->source.driver);
    m_aside->setVisible(consumes && !job.running && job.last && counts::setAside(*job.last));
    m_keep->setVisible(!job.running && job.visiting && job.settings && job.settings->file.isEmpty());
    m_step->setVisible(!job.running && job.settings);
    m_answer->hide();
    if (job.settings && !job.settings->enabled) {
        m_step->setText(tr("Enable"));
        return;
    }
    const qint64 rows = job.planned ? counts::rows(*job.planned) : 0;
    const qint64 conflicts = openConflicts(job);
    const QString answer = tr("Answer %Ln conflict(s)…", nullptr, static_cast<int>(conflicts));
    m_answer->setText(answer);
    m_answer->setVisible(!job.running && rows > 0 && conflicts > 0); // else it is the step
    m_step->setText(rows == 0 && conflicts > 0 ? answer
                        : rows == 0            ? tr("Compare")
                        : rows == 1            ? tr("Review 1 row…")
                                               : tr("Review %1 rows…").arg(format::count(rows)));
}

void JobPanel::showTables(const JobEntry &job)
{
    if (job.running) {
        // Numbers that change ten times a second cannot be read.
        const bool withText = !m_lastText.isValid() || m_lastText.elapsed() >= 250;
        if (withText)
            m_lastText.start();
        m_tables->showProgress(job.progress, withText);
    } else if (job.planned) {
        m_tables->showReport(*job.planned);
    } else if (job.last) {
        m_tables->showReport(*job.last);
    } else {
        m_tables->clear();
    }
    m_tablesTitle->setVisible(m_tables->rowCount() > 0);
}

} // namespace tidemark
