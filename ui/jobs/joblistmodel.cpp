// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/joblistmodel.h"

#include <algorithm>

#include <QDateTime>

#include "app/wording/wording.h"
#include "ui/jobs/jobtiming.h"
#include "ui/widgets/format.h"
#include "ui/widgets/reportcounts.h"

using namespace Qt::StringLiterals;

namespace tidemark {

JobTone toneOf(const JobEntry &job)
{
    if (job.error || job.taskError)
        return JobTone::Problem;
    if (job.running)
        return JobTone::Running;
    if (job.settings && !job.settings->enabled)
        return JobTone::Disabled;
    if (job.last && job.last->state == RunState::Failed && !job.planned)
        return JobTone::Problem;
    if (timing::needsPerson(job) || (job.outlook && job.outlook->alarmed))
        return JobTone::Attention;
    if (job.asideCount > 0 || (job.last && job.last->state == RunState::NeedsAttention)
        || (job.planned && !job.planned->attention.isEmpty()))
        return JobTone::Attention;
    if (openConflicts(job) > 0 || (job.planned && counts::conflicts(*job.planned) > 0))
        return JobTone::Attention;
    if (job.planned && counts::rows(*job.planned) > 0)
        return JobTone::Pending;
    if (!job.last && !job.planned)
        return JobTone::Never;
    return JobTone::Good;
}

QString modeText(Mode mode)
{
    switch (mode) {
    case Mode::Update:
        return JobListModel::tr("Add and update");
    case Mode::Mirror:
        return JobListModel::tr("Make identical");
    case Mode::TwoWay:
        return JobListModel::tr("Two-way");
    }
    return {};
}

QString sidesOf(const JobSettings &job)
{
    return format::sides(job.source.label(), job.target.label(), job.mode == Mode::TwoWay);
}

static bool before(const JobEntry &a, const JobEntry &b)
{
    const auto rank = [](const JobEntry &job) {
        const JobTone tone = toneOf(job);
        return tone == JobTone::Problem ? 0 : tone == JobTone::Attention ? 1 : 2;
    };
    if (rank(a) != rank(b))
        return rank(a) < rank(b);
    const int order = QString::localeAwareCompare(a.name, b.name);
    return order != 0 ? order < 0 : a.key < b.key;
}

void JobListModel::setJobs(QList<JobEntry> jobs)
{
    for (JobEntry &job : jobs) {
        if (const JobEntry *known = find(job.key)) {
            // A plan belongs to the job as it was compared, and to what nobody else has written since.
            const auto runOf = [](const JobEntry &entry) { return entry.last ? entry.last->run : QString(); };
            if (known->settings == job.settings && (known->running || runOf(*known) == runOf(job))) {
                job.planned = known->planned;
                job.planFile = known->planFile;
                job.verified = known->verified;
                job.taskError = known->taskError;
            }
            job.retryPlan = known->retryPlan;
            job.running = known->running;
            job.waiting = known->waiting;
            job.paused = known->paused;
            job.stopping = known->stopping;
            job.approved = known->approved;
            job.progress = known->progress;
            job.outlook = known->outlook;
            job.slotNotice = known->slotNotice;
        }
    }
    for (const JobEntry &job : std::as_const(m_jobs)) {
        const bool listed =
            std::any_of(jobs.cbegin(), jobs.cend(), [&](const JobEntry &one) { return one.key == job.key; });
        if ((job.visiting || job.running) && !listed)
            jobs.push_back(job);
    }
    std::sort(jobs.begin(), jobs.end(), before);
    if (jobs == m_jobs)
        return;
    beginResetModel();
    m_jobs = std::move(jobs);
    endResetModel();
}

void JobListModel::add(JobEntry job)
{
    remove(job.key);
    const auto place = std::lower_bound(m_jobs.begin(), m_jobs.end(), job, before);
    const int row = static_cast<int>(place - m_jobs.begin());
    beginInsertRows({}, row, row);
    m_jobs.insert(row, std::move(job));
    endInsertRows();
}

void JobListModel::remove(const QString &key)
{
    const QModelIndex index = indexOf(key);
    if (!index.isValid())
        return;
    beginRemoveRows({}, index.row(), index.row());
    m_jobs.removeAt(index.row());
    endRemoveRows();
}

const JobEntry *JobListModel::find(const QString &key) const
{
    const auto found =
        std::find_if(m_jobs.cbegin(), m_jobs.cend(), [&](const JobEntry &job) { return job.key == key; });
    return found == m_jobs.cend() ? nullptr : &*found;
}

void JobListModel::change(const QString &key, const std::function<void(JobEntry &)> &change, bool reorder)
{
    const QModelIndex at = indexOf(key);
    if (!at.isValid())
        return;
    change(m_jobs[at.row()]);
    Q_EMIT dataChanged(at, at);
    if (reorder && !std::is_sorted(m_jobs.cbegin(), m_jobs.cend(), before))
        sortJobs();
}

void JobListModel::sortJobs()
{
    Q_EMIT layoutAboutToBeChanged();
    const QModelIndexList old = persistentIndexList();
    QStringList keys;
    for (const QModelIndex &index : old)
        keys.push_back(m_jobs.at(index.row()).key);
    std::sort(m_jobs.begin(), m_jobs.end(), before);
    QModelIndexList now;
    for (const QString &key : std::as_const(keys))
        now.push_back(indexOf(key));
    changePersistentIndexList(old, now);
    Q_EMIT layoutChanged();
}

QModelIndex JobListModel::indexOf(const QString &key) const
{
    const JobEntry *job = find(key);
    return job ? index(static_cast<int>(job - m_jobs.constData())) : QModelIndex();
}

void JobListModel::retranslate()
{
    if (!m_jobs.isEmpty())
        Q_EMIT dataChanged(index(0), index(static_cast<int>(m_jobs.size()) - 1));
}

int JobListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_jobs.size());
}

QString JobListModel::stateText(const JobEntry &job)
{
    if (job.error)
        return wording::message(*job.error).what;
    if (job.taskError)
        return wording::message(*job.taskError).what;
    if (job.waiting)
        return tr("Waiting for its turn");
    if (job.paused)
        return tr("Paused");
    if (job.running) {
        switch (*job.running) {
        case Task::Compare:
            return tr("Comparing…");
        case Task::Synchronise:
            return tr("Synchronising…");
        case Task::Verify:
            return tr("Verifying…");
        case Task::Resolve:
            return tr("Writing the answers…");
        case Task::PlanUndo:
            return tr("Looking at what undoing would change…");
        case Task::Undo:
            return tr("Undoing…");
        }
    }
    if (job.settings && !job.settings->enabled)
        return tr("Disabled");
    if (job.planned) {
        const qint64 rows = counts::rows(*job.planned);
        const qint64 conflicts = counts::conflicts(*job.planned);
        const QString open = conflicts > 0 ? tr("%Ln conflict(s)", nullptr, static_cast<int>(conflicts)) : QString();
        if (rows == 0)
            return open.isEmpty() ? tr("Nothing to do") : open;
        const QString writes = tr("%1 to write").arg(format::count(rows));
        return open.isEmpty() ? writes : QString(writes + u" · "_s + open);
    }
    if (const qint64 open = openConflicts(job); open > 0)
        return tr("%Ln conflict(s)", nullptr, static_cast<int>(open));
    if (job.asideCount > 0)
        return tr("%1 set aside").arg(format::count(job.asideCount));
    return job.last ? wording::outcome(*job.last) : tr("Never run");
}

QVariant JobListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const JobEntry &job = m_jobs.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return wording::safeText(job.name);
    case KeyRole:
        return job.key;
    case SidesRole:
        return job.settings ? sidesOf(*job.settings) : QString();
    case SecondLineRole: {
        if (!job.settings)
            return job.key;
        const qint64 nowUs = QDateTime::currentMSecsSinceEpoch() * 1000;
        QString line = modeText(job.settings->mode);
        if (job.last)
            line += u" · "_s + wording::ago(job.last->finishedUs, nowUs);
        if (const QString next = timing::nextText(job, nowUs); !next.isEmpty())
            line += u" · "_s + next;
        return line;
    }
    case StateRole:
        return stateText(job);
    case SearchRole: // name and both sides
        return QString(
            job.name + u'\n'
            + (job.settings ? job.settings->source.label() + u'\n' + job.settings->target.label() : QString()));
    case ToneRole:
        return static_cast<int>(toneOf(job));
    case Qt::ToolTipRole:
        return format::toolTip(wording::safeText(job.name) + u'\n' + stateText(job));
    case Qt::AccessibleTextRole:
        return QString(wording::safeText(job.name) + u", "_s + stateText(job));
    default:
        return {};
    }
}

} // namespace tidemark
