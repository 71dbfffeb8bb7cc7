// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <functional>
#include <map>
#include <optional>

#include "core/run/twowayrun.h"
#include "tests/core/run/modelhistory.h"

namespace tidemark {

// A row of the model's table: two texts that name the versions of their cells, a number that both sides add to, and
// the time of the last change.
struct ModelRow
{
    std::array<int, 2> cells{};
    qint64 sum = 0;
    int stamp = 0;
    bool operator==(const ModelRow &) const = default;
};
using ModelRows = std::array<std::optional<ModelRow>, modelKeys + 1>; // by key; the first is nobody's

// What a sync came to.
struct ModelOutcome
{
    bool whole = false; // the run and its table
    bool known = false; // the trust and what follows
    BaseTrust trust = BaseTrust::NoBase;
    qint64 written = 0;
    std::array<qint64, twoWayCaseCount> cases{};
    QString error;
};

// A conflict as a person sees it.
struct ModelConflict
{
    qint64 id = 0;
    int key = 0;
    std::optional<ModelRow> source;
    std::optional<ModelRow> target;
    bool answerable = false;
};

// Two replicas with a two-way job between them.
class ModelWorld
{
public:
    virtual ~ModelWorld() = default;
    virtual ModelRows rows(JobSide side) = 0;
    // As a user, at once.
    virtual void put(JobSide side, int key, const ModelRow &row) = 0;
    virtual void remove(JobSide side, int key) = 0;
    // In a user's transaction, which is begun where there is none.
    virtual bool holds() const { return true; } // false: no transaction can stay open here
    virtual void hold(JobSide side, int key, const std::optional<ModelRow> &before,
                      const std::optional<ModelRow> &after) = 0;
    virtual void endHeld(JobSide side, bool commit) = 0;

    virtual void cutAt(JobSide side, int operation) = 0; // of the next sync
    virtual void loseAnswer(JobSide side, bool applied, int nth) = 0;
    virtual void killAtCommit(JobSide side, bool applied, int nth) = 0; // nothing is answered any more, on either side
    // `meanwhile` is told of each operation of the sync, from any thread; whether rows are held then.
    virtual ModelOutcome sync(const std::function<void(const std::function<bool(JobSide)> &isLocked)> &meanwhile) = 0;

    virtual QList<ModelConflict> conflicts() = 0; // all that are not closed
    virtual void answer(const ModelConflict &conflict, ConflictAnswer answer, const ModelRow &row) = 0;

    enum : int { JournalFile = 1, BaseStateFile = 2 };
    virtual void loseFiles(int which) = 0;
    virtual void keepFiles() = 0;
    virtual void bringBackFiles(int which) = 0; // as they were kept; nothing where they were not
    virtual void backUp(JobSide side) = 0;
    virtual bool restore(JobSide side) = 0; // false: there is no backup
    virtual QStringList violations() { return {}; }
};

} // namespace tidemark
