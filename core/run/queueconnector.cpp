// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/queueconnector.h"

#include "core/run/queuesession.h"

namespace tidemark {

QueueConnector::QueueConnector(const JobSettings &job, Connector &connector, Journal &journal, const Clock &clock,
                               Cancellation &cancellation)
    : m_job(job), m_connector(connector), m_opener(dynamic_cast<QueueOpener *>(&connector)),
      m_round(job, connector, cancellation)
{
    if (m_opener != nullptr && isQueue(job.target.driver))
        m_publishing.emplace(job, connector, *m_opener, &journal, &clock);
}

Result<std::unique_ptr<Session>> QueueConnector::open(const ConnectionSettings &settings, const OpenOptions &options)
{
    if (!isQueue(settings.driver))
        return m_connector.open(settings, options);
    if (isQueue(m_job.source.driver))
        return std::unique_ptr<Session>(std::make_unique<QueueSession>(m_round, options.cancellation));
    if (!m_publishing)
        return fail(ErrorCode::NotAvailable);
    TRY_ASSIGN(auto source, m_connector.open(m_job.source, OpenOptions{false, options.cancellation}));
    return std::unique_ptr<Session>(
        std::make_unique<QueueTarget>(*m_publishing, std::move(source), options.cancellation));
}

Result<void> QueueConnector::openQueue(bool consumes)
{
    return m_opener != nullptr ? m_round.open(*m_opener, consumes) : fail(ErrorCode::NotAvailable);
}

bool hasQueue(const JobSettings &job) { return isQueue(job.source.driver) || isQueue(job.target.driver); }

JobSettings queueJob(const JobSettings &job)
{
    JobSettings adapted = job;
    adapted.undo.days = 0; // what was published is not taken back, and what was consumed would come no more
    if (!isQueue(job.source.driver))
        return adapted;
    const auto byLog = [](JobTable &table) {
        table.detect = DetectSettings();
        table.detect.by = DetectBy::Log;
    };
    byLog(adapted.defaults);
    for (JobTable &table : adapted.tables)
        byLog(table);
    return adapted;
}

} // namespace tidemark
