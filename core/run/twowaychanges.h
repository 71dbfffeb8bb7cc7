// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>

#include "core/reconcile/twoway.h"
#include "core/run/changelog.h"
#include "core/run/cursors.h"

namespace tidemark {

// What one table's two sides say of their changes, each by a change log or a cursor, during one run of a two-way job.
// Where both go on from the run that settled the base, only what they name is looked at; else everything is compared,
// which counts as a reading. A cursor names no row that is gone: the keys of both sides are compared with the base for
// those, as often as keyCompare says. Belongs to one thread at a time.
class TwoWayChanges
{
public:
    // The pairs as seen from the side that is written: each log and cursor is that of its pair's source.
    TwoWayChanges(const RunContext &context, const TablePair &toTarget, const TablePair &toSource);

    bool isWanted() const { return m_toTarget.settings.detect.by != DetectBy::Hash; }
    bool hasLogs() const;
    Result<void> read(bool baseIsTrusted); // before any row is read; again where the comparison begins anew
    bool isTrusted() const { return m_trusted; }
    bool wantsKeys() const { return m_wantsKeys; } // trusted: rows that are gone are to be found by their keys
    bool seesDeletes() const { return m_seesDeletes; } // trusted: of both sides, once keys are compared
    void noteKeysCompared() { m_keysCompared = true; } // completely, in this run
    const QString &whyWhole() const { return m_whyWhole; }
    LoggedKeys &keys() { return *m_keys; } // of both sides; more may be added
    // After both sides' last commits, with base, conflicts and retry set durable: the positions, then the purge.
    Result<void> settle();

private:
    struct Side
    {
        const TablePair &pair; // its source is the side
        const ConnectionSettings &connection;
        bool sharesSnapshot = false; // the run's, which is there by the time of read()
        CheckpointKey key; // of its position
        std::optional<Watermark> known; // where earlier runs have come to
        LogFound found = {}; // by log
        std::optional<Watermark> position = {}; // where this one comes to
        const DetectSettings &detect() const { return pair.settings.detect; }
    };
    Result<std::optional<Watermark>> knownPosition(const Side &side) const;
    QByteArray snapshotOf(const Side &side) const { return side.sharesSnapshot ? m_context.snapshot : QByteArray(); }
    Result<void> readLog(Side &side);
    Result<void> readCursor(Side &side);
    Result<void> readStamped(Side &side, Session &session, const CursorLimit &limit);
    Result<void> judgeLength();
    bool keyCompareIsDue() const;

    const RunContext &m_context;
    const TablePair &m_toTarget;
    std::array<Side, 2> m_sides;
    std::unique_ptr<LoggedKeys> m_keys;
    bool m_trusted = false;
    bool m_wantsKeys = false;
    bool m_seesDeletes = false;
    bool m_keysCompared = false;
    QString m_whyWhole;
};

} // namespace tidemark
