// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/watchmetrics.h"

#include <QFileInfo>

#include "app/wording/reportjson.h"
#include "app/wording/wording.h"
#include "core/after/metrics.h"

namespace tidemark::cli {

using namespace Qt::StringLiterals;

WatchMetrics::WatchMetrics(Journal &journal, WatchLog &log, const QString &file)
    : m_journal(journal), m_log(log), m_file(file.isEmpty() ? QString() : QFileInfo(file).absoluteFilePath())
{ }

Result<void> WatchMetrics::begin() { return m_file.isEmpty() ? Result<void>() : writeMetrics(m_file, {}); }

Result<void> WatchMetrics::write(const ScheduleOverview &overview)
{
    QList<JobMetrics> jobs;
    for (const JobOutlook &outlook : overview.jobs) {
        if (outlook.id.isEmpty() || outlook.state == JobOutlook::State::Faulty)
            continue;
        TRY_ASSIGN(JobMetrics job, readMetrics(m_journal, outlook.id, outlook.name));
        if (outlook.state == JobOutlook::State::Planned)
            job.nextRunUs = outlook.nextUs.value_or(0);
        jobs << job;
    }
    return writeMetrics(m_file, jobs);
}

void WatchMetrics::changed(const ScheduleOverview &overview)
{
    if (m_file.isEmpty())
        return;
    const auto written = write(overview);
    if (!written && written.error() != m_fault)
        m_log.tell(u"fault"_s, {{u"error"_s, wording::errorJson(written.error())}}, wording::oneLine(written.error()));
    m_fault = written ? std::optional<Error>() : written.error();
}

} // namespace tidemark::cli
