// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>

#include "core/reconcile/twoway.h"
#include "core/run/changelog.h"

namespace tidemark {

// The change logs of one table's two sides during one run of a two-way job. Where both tell everything since the run
// that settled the base, only what they name is looked at; else everything is compared, which counts as a reading.
// Belongs to one thread at a time.
class TwoWayLogs
{
public:
    // The pairs as seen from the side that is written: each log is that of its pair's source.
    TwoWayLogs(const RunContext &context, const TablePair &toTarget, const TablePair &toSource);

    bool isWanted() const { return m_toTarget.settings.detect.by == DetectBy::Log; }
    Result<void> read(bool baseIsTrusted); // before any row is read; again where the comparison begins anew
    bool isTrusted() const { return m_trusted; }
    const QString &whyWhole() const { return m_whyWhole; }
    LoggedKeys &keys() { return *m_keys; } // of both sides; more may be added
    // After both sides' last commits, with base, conflicts and retry set durable: the positions, then the purge.
    Result<void> settle();

private:
    struct Side
    {
        const TablePair &pair; // its source is the side
        const ConnectionSettings &connection;
        QByteArray snapshot;
        CheckpointKey position;
        LogFound found = {};
    };
    Result<void> readSide(Side &side);
    Result<void> judgeLength();
    Result<std::optional<Watermark>> position(const Side &side) const;

    const RunContext &m_context;
    const TablePair &m_toTarget;
    std::array<Side, 2> m_sides;
    std::unique_ptr<LoggedKeys> m_keys;
    bool m_trusted = false;
    QString m_whyWhole;
};

} // namespace tidemark
