// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractListModel>

#include "ui/jobs/jobentry.h"

namespace tidemark {

// How a job stands, in the order in which the list shows it: problems first.
enum class JobTone : quint8 { Problem, Attention, Running, Pending, Good, Never, Disabled };

JobTone toneOf(const JobEntry &job);
QString modeText(Mode mode);
QString sidesOf(const JobSettings &job); // both names and the way between them

// The jobs of the workspace, those with problems first, then by name.
class JobListModel final : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role { KeyRole = Qt::UserRole, SidesRole, SecondLineRole, StateRole, ToneRole, SearchRole };

    explicit JobListModel(QObject *parent = nullptr) : QAbstractListModel(parent) { }

    void setJobs(QList<JobEntry> jobs); // keeps what only the window knows: plans, progress, jobs in memory
    void add(JobEntry job); // in memory
    void remove(const QString &key);
    const JobEntry *find(const QString &key) const;
    void change(const QString &key, const std::function<void(JobEntry &)> &change, bool reorder = true);
    QModelIndex indexOf(const QString &key) const;
    const QList<JobEntry> &jobs() const { return m_jobs; }
    void retranslate();

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

private:
    static QString stateText(const JobEntry &job);
    void sortJobs();
    QList<JobEntry> m_jobs;
};

} // namespace tidemark
