// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/apply/tablepair.h"
#include "core/change/watermark.h"
#include "core/detect/compare.h"
#include "core/detect/spillfile.h"
#include "core/run/changelog.h"
#include "core/run/cursors.h"
#include "core/run/runcontext.h"

namespace tidemark {

// What finding one table's changes led to.
struct Detected
{
    CompareCounts counts;
    bool complete = false; // every row of both sides was compared: `identical` is known, and the retry set is answered
    bool deletesChecked = false;
    qint64 targetRows = -1; // −1: not counted
    Watermark position; // where the watermark may move once all of this is applied
    QList<QByteArray> retriesRead; // keys of the retry set that were read again
    std::unique_ptr<SpillFile> flagged; // detection by flag: the rows as read, to be marked done
    LogFound log; // detection by log
};

// Finds the changes of one table by its job's detection and hands the decisions to a sink. Opens its own sessions on
// the calling thread; reads only.
class TableDetector
{
public:
    struct Settings
    {
        const RunContext &context;
        const TablePair &pair;
        int index = -1; // in the progress
        std::optional<Watermark> position; // trusted; not set: a full compare
        QList<RetryKey> retries;
        bool hashOnly = false; // verify: a full compare, whatever the detection
        bool retriesOnly = false; // these keys, and no other row
        QByteArray sourceToken; // the source's schema as matched; another one at the end is SchemaChanged
        // Everything taken so far reaches up to here; between calls of the sink.
        std::function<void(const Watermark &)> advanced = [](const Watermark &) {};
    };
    explicit TableDetector(Settings settings)
        : m_s(std::move(settings)), m_link(m_s.context.cancellation.onStop([this] { m_reading.cancel(); }))
    { }

    Result<Detected> run(DecisionSink &sink);

private:
    Result<void> find(DecisionSink &filtered);
    Result<void> fullCompare(DecisionSink &sink);
    Result<CompareCounts> compareStreams(const ReadRequest &source, const ReadRequest &target, const OneWayRules &rules,
                                         DecisionSink &sink, const CompareProgress &progress);
    Result<void> topCursor();
    Result<void> incremental(DecisionSink &sink);
    Result<void> flaggedRows(DecisionSink &sink);
    Result<void> readLog();
    Result<void> loggedRows(DecisionSink &sink);
    Result<void> retrySet(DecisionSink &sink);
    Result<void> narrowCompare(DecisionSink &sink, bool withVersion);
    Result<void> readChanges(const ReadRequest &request, DecisionSink &sink, bool cursors);
    Result<void> markedChanges(ReadRequest request, DecisionSink &sink);
    Result<void> checkSchema();
    Result<qint64> guardedRows(qint64 deletes); // of the target, as far as the guard asks
    Result<Session *> source();
    Result<Session *> target();
    bool keyCompareIsDue() const;
    bool readsLog() const { return m_s.pair.settings.detect.by == DetectBy::Log && !m_s.hashOnly && !m_s.retriesOnly; }
    CursorLimit cursorLimit() const;
    int versionCell() const;
    void tell(const CompareCounts &counts);

    Settings m_s;
    qint64 m_startedMs = 0;
    bool m_merges = false; // both sides deliver their rows in key order
    Detected m_found;
    ChangeLogState m_log; // as it was before the snapshot that is read, or in it
    std::unique_ptr<LoggedKeys> m_logged;
    RowBatch m_roundKeys; // of a round of messages, which tells each key once and in the target's order
    std::atomic<qint64> m_bytesRead = 0;
    Cancellation m_reading; // of its own sessions: a run that stops after its batch stops reading at once
    std::unique_ptr<Session> m_source;
    std::unique_ptr<Session> m_target;
    Cancellation::Registration m_link;
};

} // namespace tidemark
