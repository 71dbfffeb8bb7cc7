// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <random>
#include <vector>

#include <QStringList>

#include "core/reconcile/twoway.h"

namespace tidemark {

// What happens in one history: users write and delete on both sides, also in transactions that they hold open and while
// a sync is under way, syncs are cut off anywhere, journals are lost, and databases come back from backups.

struct ModelStep
{
    enum class Kind : quint8 {
        Write,
        Delete,
        Hold, // a user's transaction writes this key, and stays open
        Commit,
        RollBack,
        Sync,
        CutSync, // the connection is lost at operation `at`
        LostAnswer, // that of a COMMIT, applied or not
        KilledSync, // likewise, and nothing follows: as if the process had died
        WriteWhileSyncing,
        Resolve, // a person answers what is open: `at` draws the answer
        CutResolve, // … and the sync that follows is cut off
        LoseJournal,
        KeepJournal, // a copy of the workspace
        OldJournal, // … comes back
        BackUp,
        Restore
    };
    Kind kind = Kind::Write;
    JobSide side = JobSide::Source;
    int key = 1;
    int at = 0;
};

constexpr int modelKeys = 4;
constexpr int modelSteps = 30;

struct ModelHistory
{
    ConflictPolicy policy = ConflictPolicy::Ask;
    ConflictPolicy first = ConflictPolicy::Ask;
    bool ordered = true; // else the sides are joined by hash
    bool deletes = true; // are passed on
    bool summed = false; // what both sides added to `n` is added up
    std::vector<ModelStep> steps;
    bool ahead = false; // the sides are read on threads of their own: how the steps fall is another each time
};

inline const char *stepName(ModelStep::Kind kind)
{
    static const char *const names[]{"Write",   "Delete",     "Hold",        "Commit",      "RollBack",
                                     "Sync",    "CutSync",    "LostAnswer",  "KilledSync",  "WriteWhileSyncing",
                                     "Resolve", "CutResolve", "LoseJournal", "KeepJournal", "OldJournal",
                                     "BackUp",  "Restore"};
    return names[int(kind)];
}

// As a row of tst_twowaymodel's table of shrunk histories.
inline QString pastable(const ModelHistory &history)
{
    const auto policy = [](ConflictPolicy policy) -> QString {
        QString name = policyName(policy);
        name[0] = name[0].toUpper();
        return QStringLiteral("ConflictPolicy::") + name;
    };
    const auto flag = [](bool on) { return on ? QStringLiteral("true") : QStringLiteral("false"); };
    QStringList steps;
    for (const ModelStep &step : history.steps)
        steps += QStringLiteral("{Kind::%1, %2, %3, %4}")
                     .arg(QLatin1StringView(stepName(step.kind)),
                          step.side == JobSide::Source ? QStringLiteral("source") : QStringLiteral("target"))
                     .arg(step.key)
                     .arg(step.at);
    return QStringLiteral("ModelHistory{%1, %2, %3, %4, %5,\n    {%6}%7}")
        .arg(policy(history.policy), policy(history.first), flag(history.ordered), flag(history.deletes),
             flag(history.summed), steps.join(QStringLiteral(",\n     ")),
             history.ahead ? QStringLiteral(", true") : QString());
}

// The same history for the same seed, wherever it is played.
inline ModelHistory historyOf(quint32 seed)
{
    using Kind = ModelStep::Kind;
    std::mt19937 random(seed);
    const auto below = [&random](int limit) { return int(random() % quint32(limit)); };
    ModelHistory history;
    static constexpr ConflictPolicy policies[]{ConflictPolicy::Ask,    ConflictPolicy::Ask,   ConflictPolicy::Ask,
                                               ConflictPolicy::Merge,  ConflictPolicy::Merge, ConflictPolicy::Source,
                                               ConflictPolicy::Target, ConflictPolicy::Newest};
    const auto policy = [&] { return policies[below(int(std::size(policies)))]; };
    history.policy = policy();
    history.first = below(2) == 0 ? history.policy : policy();
    history.ordered = below(4) != 0;
    history.deletes = below(8) != 0;
    history.summed = below(2) == 0;
    static constexpr Kind kinds[]{
        Kind::Write,   Kind::Write,     Kind::Write,   Kind::Write,      Kind::Write,      Kind::Write,
        Kind::Write,   Kind::Write,     Kind::Write,   Kind::Delete,     Kind::Delete,     Kind::Delete,
        Kind::Delete,  Kind::Hold,      Kind::Commit,  Kind::RollBack,   Kind::Sync,       Kind::Sync,
        Kind::Sync,    Kind::CutSync,   Kind::CutSync, Kind::LostAnswer, Kind::KilledSync, Kind::WriteWhileSyncing,
        Kind::Resolve, Kind::CutResolve};
    static constexpr Kind disasters[]{Kind::LoseJournal, Kind::KeepJournal, Kind::OldJournal, Kind::BackUp,
                                      Kind::BackUp,      Kind::Restore,     Kind::Restore};
    const bool worse = below(5) == 0; // else the base is trusted throughout
    for (int i = 0; i < modelSteps; ++i) {
        const bool disaster = worse && below(8) == 0;
        const Kind kind = disaster ? disasters[below(int(std::size(disasters)))] : kinds[below(int(std::size(kinds)))];
        history.steps.push_back(
            {kind, below(2) == 0 ? JobSide::Source : JobSide::Target, 1 + below(modelKeys), below(40)});
    }
    history.ahead = seed % 16 == 0;
    for (const std::size_t place : {5, 14, 22}) // and more at the end
        history.steps[place].kind = Kind::Sync;
    return history;
}

} // namespace tidemark
