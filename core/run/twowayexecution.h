// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/run/twowayrun.h"

namespace tidemark {

// Where a job's base lies: base/ID.db beside the journal.
QString baseFileOf(const Journal &journal, const QString &jobId);
void removeBase(const Journal &journal, const QString &jobId);

// One run, or plan, of a two-way job with its attempts: what a transient failure cut off is begun anew, and finds what
// was written as it is.
class TwoWayExecution
{
public:
    explicit TwoWayExecution(RunContext &context) : m_context(context) { }

    RunReport run();
    RunReport resolve(); // what has been answered, and nothing else
    RunReport plan(const QString &planFile);

private:
    RunReport repeat(bool answeredOnly);
    void add(const QList<TwoWayTable> &tables, bool again);
    bool hasMoved() const;
    RunReport report(const Result<void> &outcome, bool plans) const;

    RunContext &m_context;
    QList<TableReport> m_tables;
    qint64 m_startedUs = 0;
};

} // namespace tidemark
