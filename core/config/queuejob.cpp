// SPDX-License-Identifier: GPL-3.0-or-later
// What a job may not ask of a message queue.
#include <algorithm>

#include "core/config/jobreader.h"
#include "core/config/jobsides.h"

namespace tidemark {

using namespace Qt::StringLiterals;

namespace {

using Fault = bool (*)(const JobTable &);

class QueueRules
{
public:
    QueueRules(const JsonObjectNode &object, const JobSettings &job) : m_object(object), m_job(job) { }

    void refuse(QLatin1StringView key, const QString &option) const
    {
        Error error{ErrorCode::NotAvailable, {}, {}};
        error.with(Fact::JsonPath, m_object.at(key).path()).with(Fact::Option, option);
        m_object.at(key).reader().report(std::move(error));
    }
    // The job's own key, or the table that says it.
    void refuseWhere(QLatin1StringView key, const QString &option, Fault fault) const
    {
        if (fault(m_job.defaults))
            refuse(m_object.has(key) ? key : "tables"_L1, option);
        else if (std::any_of(m_job.tables.begin(), m_job.tables.end(), fault))
            refuse("tables"_L1, option);
    }

private:
    const JsonObjectNode &m_object;
    const JobSettings &m_job;
};

} // namespace

void checkQueues(const JsonObjectNode &object, JobSettings &job)
{
    const bool consumes = isQueue(job.source.driver);
    const bool publishes = isQueue(job.target.driver);
    const QueueRules rules(object, job);
    if (!consumes && !publishes)
        return;
    if (const auto fault = sidesFault(job.source, job.target, job.mode))
        return rules.refuse(fault->key, fault->option);
    rules.refuseWhere("conflicts"_L1, u"queue-conflicts"_s,
                      [](const JobTable &table) { return table.conflicts.policy != ConflictPolicy::Source; });
    rules.refuseWhere("create"_L1, u"queue-create"_s, [](const JobTable &table) { return table.create; });
    rules.refuseWhere("deletes"_L1, u"queue-soft"_s, [](const JobTable &table) { return table.soft.has_value(); });
    if (consumes) {
        // Messages are changes already: nothing has to be detected, and saying so is allowed.
        rules.refuseWhere("detect"_L1, u"queue-detect"_s, [](const JobTable &table) {
            return table.detect.by != DetectBy::Hash && table.detect.by != DetectBy::Log;
        });
        rules.refuseWhere("tables"_L1, u"queue-where"_s, [](const JobTable &table) {
            return !table.whereSource.isEmpty() || !table.whereTarget.isEmpty();
        });
        return;
    }
    rules.refuseWhere("detect"_L1, u"queue-hash"_s,
                      [](const JobTable &table) { return table.detect.by == DetectBy::Hash; });
    if (job.mode == Mode::Mirror)
        rules.refuseWhere("mode"_L1, u"queue-mirror"_s,
                          [](const JobTable &table) { return table.detect.by != DetectBy::Log; });
    if (job.transaction != TransactionScope::Batch)
        rules.refuse("transaction"_L1, u"queue-transaction"_s);
    if (object.find("checkpoint"_L1) && job.checkpoint != CheckpointPlace::Journal)
        object.at("checkpoint"_L1).wrongValue(quoted(u"journal"));
    job.checkpoint = CheckpointPlace::Journal; // a queue holds no table
}

} // namespace tidemark
