// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/apply/guard.h"
#include "core/apply/undoledger.h"
#include "core/apply/writelane.h"
#include "core/run/runner.h"
#include "core/run/throttle.h"

namespace tidemark {

class QueueRound;

QString newRunId(const Clock &clock); // sorts by time

// What the tables of one run or plan share. Immutable while workers are about, but for what is thread-safe itself.
struct RunContext
{
    std::unique_ptr<Throttle> throttle; // null: no limit; else the two below are its own
    const JobSettings &job;
    Connector &connector;
    const RunOptions &options;
    Journal &journal;
    const Clock &clock;
    Cancellation &cancellation;
    ProgressBoard &progress;

    QString run; // id; empty for a plan
    QByteArray generation; // drawn for this run
    QueueRound *round = nullptr; // of messages that is read; null: the source is no queue
    UndoRecorder *undo = nullptr; // null: what the run overwrites is not kept
    QByteArray snapshot; // of the source, shared by its readers; may be empty
    CommitBound bound; // of the source, read before the snapshot
    ServerFacts source;
    ServerFacts target;
    TargetGate gate;
    DeleteApproval approval;
    bool answersOnly = false; // one-way: conflicts that a person has answered, and nothing else

    RunContext(const JobSettings &job, const RunOptions &options, Connector &connector, Journal &journal,
               const Clock &clock, Cancellation &cancellation, ProgressBoard &progress)
        : throttle(Throttle::of(job, connector, clock, cancellation)), job(throttle ? throttle->job() : job),
          connector(throttle ? *throttle : connector), options(options), journal(journal), clock(clock),
          cancellation(cancellation), progress(progress), approval(options.allowDeletes, options.yes)
    { }
};

} // namespace tidemark
