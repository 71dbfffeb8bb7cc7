// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <deque>
#include <optional>

#include "core/run/progress.h"

namespace tidemark {

// A task as one bar and one line of figures.
struct OverallProgress
{
    double fraction = -1; // 0 … 1; −1: not known, some table tells no number of rows
    int tablesDone = 0;
    int tables = 0;
    qint64 rowsRead = 0;
    WriteCounts counts; // found, or written once something is
    double rowsPerSecond = 0; // over the last seconds; 0: not known yet
    double bytesPerSecond = 0;
    std::optional<qint64> secondsLeft; // only once there is enough to judge by
    bool operator==(const OverallProgress &) const = default;
};

// Turns the snapshots of one task into figures that a person may rely on: what cannot be known yet is not told. Pure
// but for the times that it is given (steady clock, ms).
class ProgressMeter
{
public:
    // approved: the tables of the plan that is being applied; its rows are the work then. Empty: all rows are.
    explicit ProgressMeter(const QList<TableReport> &approved = {}) : m_approved(approved) { }
    OverallProgress measure(const ProgressSnapshot &snapshot, qint64 nowMs, bool paused);

private:
    struct Work
    {
        qint64 done = 0;
        qint64 total = -1; // −1: not known
    };
    struct Sample
    {
        qint64 ms = 0;
        qint64 work = 0;
        qint64 bytes = 0;
    };
    Work workOf(const TableProgress &table) const;

    QList<TableReport> m_approved;
    std::deque<Sample> m_samples; // of the last seconds, oldest first
};

} // namespace tidemark
