// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/after/metrics.h"

#include <functional>

#include <QSaveFile>

#include "core/base/blockingcall.h"
#include "core/journal/journal.h"

namespace tidemark {

namespace {

constexpr RunState states[]{RunState::Completed, RunState::NeedsAttention, RunState::Failed, RunState::Cancelled,
                            RunState::Busy};

// As the format wants it in a label: a backslash, a quotation mark and a line end are escaped, all else is UTF-8.
QByteArray escaped(const QString &text)
{
    QByteArray label = text.toUtf8();
    label.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
    return label;
}

QByteArray seconds(qint64 us) { return QByteArray::number(double(us) / 1e6, 'f', 3); }

class Writer
{
public:
    explicit Writer(const QList<JobMetrics> &jobs) : m_jobs(jobs) { }

    // A family is one block; the samples of a job come from `of`, which calls sample().
    void family(const char *name, const char *help, const std::function<void(const JobMetrics &)> &of)
    {
        m_name = name;
        m_head = QByteArray("# HELP ") + name + ' ' + help + "\n# TYPE " + name + " gauge\n";
        for (const JobMetrics &job : m_jobs) {
            m_labels = "job=\"" + escaped(job.name) + "\",id=\"" + escaped(job.id) + '"';
            of(job);
        }
    }
    void sample(const QByteArray &value, const QByteArray &labels = {})
    {
        text += std::exchange(m_head, {}); // no family without a sample
        text += m_name + '{' + m_labels + (labels.isEmpty() ? "" : ",") + labels + "} " + value + '\n';
    }
    void number(qint64 value, const QByteArray &labels = {}) { sample(QByteArray::number(value), labels); }

    QByteArray text;

private:
    const QList<JobMetrics> &m_jobs;
    QByteArray m_name, m_head, m_labels;
};

void writeRows(Writer &writer, const char *direction, const WriteCounts &counts)
{
    const QByteArray to = QByteArray("direction=\"") + direction + "\",operation=\"";
    writer.number(counts.inserts, to + "insert\"");
    writer.number(counts.updates, to + "update\"");
    writer.number(counts.deletes, to + "delete\"");
}

void writeRun(Writer &writer)
{
    const auto family = [&writer](const char *name, const char *help,
                                  const std::function<void(const RunReport &)> &of) {
        writer.family(name, help, [&of](const JobMetrics &job) {
            if (job.last)
                of(*job.last);
        });
    };
    family("tidemark_run_state", "State of the last run: 1 for the one that it ended in.", [&](const RunReport &run) {
        for (const RunState state : states)
            writer.number(run.state == state ? 1 : 0, "state=\"" + runStateName(state).toUtf8() + '"');
    });
    family("tidemark_run_start_timestamp_seconds", "When the last run began, in Unix time.",
           [&](const RunReport &run) { writer.sample(seconds(run.startedUs)); });
    family("tidemark_run_duration_seconds", "How long the last run took.",
           [&](const RunReport &run) { writer.sample(seconds(std::max<qint64>(0, run.finishedUs - run.startedUs))); });
    family("tidemark_run_tables_failed", "Tables of the last run that ended with an error.", [&](const RunReport &run) {
        writer.number(std::count_if(run.tables.begin(), run.tables.end(),
                                    [](const TableReport &table) { return table.error.has_value(); }));
    });
    family("tidemark_run_rows_read", "Rows that the last run read at both sides.", [&](const RunReport &run) {
        qint64 rows = 0;
        for (const TableReport &table : run.tables)
            rows += table.rowsRead;
        writer.number(rows);
    });
    family("tidemark_run_rows_written", "Rows that the last run wrote, by side and operation.",
           [&](const RunReport &run) {
               WriteCounts toTarget, toSource;
               for (const TableReport &table : run.tables) {
                   toTarget = toTarget + table.toTarget;
                   toSource = toSource + table.toSource;
               }
               writeRows(writer, "to_target", toTarget);
               writeRows(writer, "to_source", toSource);
           });
}

} // namespace

Result<JobMetrics> readMetrics(Journal &journal, const QString &jobId, const QString &name)
{
    JobMetrics job;
    job.id = jobId;
    job.name = name;
    TRY_ASSIGN(job.last, journal.lastRun(jobId));
    TRY_ASSIGN(job.lastSuccessUs, journal.lastGoodRun(jobId));
    TRY_ASSIGN(job.openConflicts, journal.conflictCount(jobId, {}));
    TRY_ASSIGN(job.rowsSetAside, journal.asideCount(jobId, {}));
    return job;
}

QByteArray metricsText(const QList<JobMetrics> &jobs)
{
    Writer writer(jobs);
    writeRun(writer);
    writer.family("tidemark_last_success_timestamp_seconds", "When a run last completed, in Unix time.",
                  [&](const JobMetrics &job) {
                      if (job.lastSuccessUs > 0)
                          writer.sample(seconds(job.lastSuccessUs));
                  });
    writer.family("tidemark_next_run_timestamp_seconds", "When the next run is planned, in Unix time.",
                  [&](const JobMetrics &job) {
                      if (job.nextRunUs > 0)
                          writer.sample(seconds(job.nextRunUs));
                  });
    writer.family("tidemark_open_conflicts", "Conflicts that wait for a person.",
                  [&](const JobMetrics &job) { writer.number(job.openConflicts); });
    writer.family("tidemark_rows_set_aside", "Rows that a side refused, to be tried again.",
                  [&](const JobMetrics &job) { writer.number(job.rowsSetAside); });
    return writer.text;
}

Result<void> writeMetrics(const QString &file, const QList<JobMetrics> &jobs)
{
    const BlockingCall blocking("the file of metrics");
    QSaveFile device(file);
    const QByteArray text = metricsText(jobs);
    constexpr auto readable =
        QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ReadGroup | QFileDevice::ReadOther;
    if (!device.open(QIODevice::WriteOnly) || !device.setPermissions(readable) || device.write(text) != text.size()
        || !device.commit())
        return fail(Error{ErrorCode::FileUnwritable, {{Fact::File, file}}, device.errorString()});
    return {};
}

} // namespace tidemark
