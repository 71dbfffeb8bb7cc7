// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <mutex>
#include <optional>

#include <QList>
#include <QString>

#include "core/base/error.h"
#include "core/reconcile/report.h"

namespace tidemark {

enum class Phase : quint8 { Waiting, Opening, Comparing, Writing, Deleting, Settling, Done, Failed };

struct TableProgress
{
    QString source;
    QString target;
    Phase phase = Phase::Waiting;
    qint64 rowsRead = 0; // of the longer side
    qint64 estimate = -1; // rows to read, approximate; −1 unknown
    WriteCounts found; // decided
    WriteCounts written;
    qint64 bytesRead = 0; // of rows, both sides
    qint64 bytesWritten = 0; // of rows
    double rowsPerSecond = 0;
    qint64 startedMs = 0; // steady clock
    std::optional<Error> error;
    bool operator==(const TableProgress &) const = default;
};

struct ProgressSnapshot
{
    QList<TableProgress> tables;
    int retryAttempt = 0; // > 0: waiting to try again
    std::optional<Error> retryReason;
    bool operator==(const ProgressSnapshot &) const = default;
};

// Written by workers, read by one timer. Thread-safe.
class ProgressBoard
{
public:
    void setTables(QList<TableProgress> tables);
    void update(int table, const std::function<void(TableProgress &)> &change);
    void setRetry(int attempt, std::optional<Error> reason);
    ProgressSnapshot snapshot() const;

private:
    mutable std::mutex m_mutex;
    ProgressSnapshot m_state;
};

} // namespace tidemark
