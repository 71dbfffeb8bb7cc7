// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>

#include <QByteArray>
#include <QList>
#include <QString>

#include "core/base/result.h"
#include "core/reconcile/report.h"

namespace tidemark {

class Journal;

// What is known of a job, for whoever watches many of them from outside.
struct JobMetrics
{
    QString id;
    QString name;
    std::optional<RunReport> last; // nothing: it has never run
    qint64 lastSuccessUs = 0; // 0: never
    qint64 openConflicts = 0;
    qint64 rowsSetAside = 0;
    qint64 nextRunUs = 0; // 0: none is planned
};

// All but the next run, which the scheduler knows.
Result<JobMetrics> readMetrics(Journal &journal, const QString &jobId, const QString &name);

// The text format of Prometheus (version 0.0.4), every family once, each sample with the labels `job` and `id`. Figures
// of runs are of the last one: gauges, as each run counts anew. What is not known has no sample.
QByteArray metricsText(const QList<JobMetrics> &jobs);

// For a textfile collector: replaced as a whole, so that no half of it is ever read; readable by all, since it tells
// no more than names and numbers.
Result<void> writeMetrics(const QString &file, const QList<JobMetrics> &jobs);

} // namespace tidemark
