// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <optional>

#include <QString>
#include <QStringList>

#include "core/base/cancellation.h"
#include "core/base/clock.h"
#include "core/config/jobsettings.h"
#include "core/detect/adviser.h"
#include "core/endpoint/session.h"
#include "core/journal/journal.h"
#include "core/mapping/tablemapping.h"
#include "core/run/grants.h"
#include "core/run/progress.h"
#include "core/run/rehearsal.h"

namespace tidemark {

struct RunContext;

struct RunOptions
{
    bool full = false; // ignores watermarks
    QString planFile; // run: applies this approved plan
    std::optional<qint64> allowDeletes; // at most so many in the whole run, where a guard asks
    bool yes = false; // every guard is answered
    QStringList onlyTables; // TableReport::source of those to run or plan; empty: all of the job
};

// A problem or remark that check found; the wording room words code and facts.
struct CheckItem
{
    enum class Level : quint8 { Problem, Warning, Note };
    Level level = Level::Problem;
    QString table; // empty: of the job
    std::optional<Error> error; // a problem
    std::optional<MappingNote> note;
    QString code; // of other remarks: "creates-table", "creates-checkpoint", "has-triggers", "cascades",
                  // "not-transactional", "lag", "no-lock", "lock-not-held", "no-index", "checkpoint-token",
                  // "flag-fires-trigger", "tls-not-verified", "standby"
    QString detail; // its fact: SQL to be run, a figure, a name
    // At most one of these.
    std::optional<Finding> finding = {}; // of the table's detection; code: findingName(), detail: the column
    std::optional<ValueLoss> loss = {}; // code: "loss", detail: the column
    std::optional<Rehearsal> rehearsal = {}; // code: "rehearsed"; its losses are items of their own
    std::optional<Grant> grant = {}; // that the connection's user lacks; code: "missing-grant", detail: the SQL
    bool intoSource = false; // loss, rehearsal: of what a two-way job writes to the source
    bool operator==(const CheckItem &) const = default;
};

struct CheckOptions
{
    bool advice = true; // asks the source about its detections
    bool grants = true; // asks both sides what their users may do
    bool rehearses = false; // writes edge values and a sample into a temporary table of each side that is written
    QStringList onlyTables = {}; // CheckItem::table of those to look at; empty: all of the job
};

// Compares, applies, verifies and checks jobs. Every member blocks until done and may be called on any thread that is
// not the UI's; several jobs at once are fine. It owns nothing that outlives a call.
class Runner
{
public:
    Runner(Connector &connector, Journal &journal, const Clock &clock)
        : m_connector(connector), m_journal(journal), m_clock(clock)
    { }

    // Compares and writes the plan to planFile (must not exist). Writes nothing at either side.
    RunReport plan(const JobSettings &job, const RunOptions &options, const QString &planFile,
                   Cancellation &cancellation, ProgressBoard &progress);
    RunReport run(const JobSettings &job, const RunOptions &options, Cancellation &cancellation,
                  ProgressBoard &progress);
    // Keeps the answers as an intention, then writes what may be written of all that is answered, as a run of its own.
    // A row that has moved since it was shown is not written: its conflict is open again, with fresh pictures.
    // TableReport::conflicts: those still open. In one-way jobs taking the target is skipping (OneWayPolicy).
    RunReport resolve(const JobSettings &job, const QList<ConflictReply> &replies, const QString &by,
                      const RunOptions &options, Cancellation &cancellation, ProgressBoard &progress);
    // Compares everything by hash, whatever the detection; the counts are the differences. state NeedsAttention where
    // there are any.
    RunReport verify(const JobSettings &job, Cancellation &cancellation, ProgressBoard &progress);
    // Reads alone, but for a rehearsal's temporary table. The job may be one that is not saved yet.
    Result<QList<CheckItem>> check(const JobSettings &job, Cancellation &cancellation,
                                   const CheckOptions &options = {});
    // Drops what the job created in the user's databases (checkpoint rows; the table when none is left) and its journal
    // state.
    Result<void> cleanJob(const JobSettings &job, Cancellation &cancellation);

private:
    RunReport inJournal(const JobSettings &job, const RunOptions &options, Cancellation &cancellation,
                        ProgressBoard &progress, Connector &connector,
                        const std::function<RunReport(RunContext &)> &work);

    Connector &m_connector;
    Journal &m_journal;
    const Clock &m_clock;
};

} // namespace tidemark
