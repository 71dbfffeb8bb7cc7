// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <mutex>

#include "tests/core/run/modelusers.h"

namespace tidemark {

// The syncs of one history, what people answer, and what disasters do to the files that syncs keep.
class ModelSyncs : protected ModelUsers
{
protected:
    ModelSyncs(const ModelHistory &history, ModelWorld &world, ModelTotals &totals)
        : ModelUsers(history, world), m_totals(totals)
    { }

    void hit(Kind kind) { ++m_totals.steps[std::size_t(kind)]; }

    void meanwhile(const std::function<bool(JobSide)> &isLocked) // from any thread of a sync
    {
        const std::scoped_lock lock(m_mutex);
        if (!m_waiting || m_busy || m_waiting->at-- > 0 || isLocked(m_waiting->side))
            return;
        m_busy = true;
        const ModelStep step = *m_waiting;
        m_waiting.reset();
        const bool done =
            (step.key + m_lineage.count()) % 3 == 0 ? remove(step.side, step.key) : write(step.side, step.key);
        if (done)
            hit(Kind::WriteWhileSyncing);
        m_busy = false;
    }

    // A person answers what the journal shows.
    bool resolve(const ModelStep &step)
    {
        int answered = 0;
        for (const ModelConflict &conflict : m_world.conflicts()) {
            if (!conflict.answerable)
                continue;
            static constexpr ConflictAnswer answers[]{ConflictAnswer::Source, ConflictAnswer::Target,
                                                      ConflictAnswer::Row, ConflictAnswer::Skip};
            const ConflictAnswer answer = answers[(step.at + answered) % 4];
            const Place source = placeOf(conflict.source, JobSide::Source, conflict.key);
            const Place target = placeOf(conflict.target, JobSide::Target, conflict.key);
            ModelRow row;
            if (answer == ConflictAnswer::Row) {
                const int version = m_lineage.draw(source, target);
                row = {{version, version}, 0, version};
                if (conflict.source)
                    row.sum = conflict.source->sum;
            }
            m_world.answer(conflict, answer, row);
            if (answer != ConflictAnswer::Skip)
                m_keys[std::size_t(conflict.key)].answers.push_back(shownAndWanted(conflict, answer, row));
            ++m_totals.answers[std::size_t(answer)];
            ++answered;
        }
        if (answered == 0)
            return false;
        m_answered = true;
        if (step.kind == Kind::CutResolve) {
            m_world.cutAt(step.side, step.at);
            sync();
        }
        return true;
    }

    static ModelAnswer shownAndWanted(const ModelConflict &conflict, ConflictAnswer answer, const ModelRow &row)
    {
        const auto picture = [](const std::optional<ModelRow> &shown) {
            return shown ? ModelAnswer::Picture(shown->cells) : std::nullopt;
        };
        ModelAnswer taken{{picture(conflict.source), picture(conflict.target)}, {}, {}};
        taken.wanted.fill(answer == ConflictAnswer::Row          ? picture(row)
                              : answer == ConflictAnswer::Source ? taken.seen[0]
                                                                 : taken.seen[1]);
        for (const std::size_t side : {0, 1})
            taken.given[side] = taken.seen[side] == taken.wanted[side];
        return taken;
    }

    // The version that a picture shows; of one that is absent, the delete that it is owed to as far as anybody knows.
    Place placeOf(const std::optional<ModelRow> &picture, JobSide which, int key)
    {
        return picture ? picture->cells : at(which).versions[std::size_t(key)];
    }

    bool disaster(const ModelStep &step)
    {
        static constexpr int files[]{ModelWorld::JournalFile, ModelWorld::BaseStateFile,
                                     ModelWorld::JournalFile | ModelWorld::BaseStateFile};
        const int which = files[step.at % 3];
        switch (step.kind) {
        case Kind::LoseJournal:
            m_world.loseFiles(which);
            m_mustTrust = false;
            break;
        case Kind::KeepJournal:
            m_world.keepFiles();
            m_kept = true;
            return true;
        case Kind::OldJournal:
            if (!m_kept)
                return false;
            m_world.bringBackFiles(which);
            m_mustTrust = false;
            break;
        case Kind::BackUp:
            endHeld(step.side, false);
            m_world.backUp(step.side);
            m_backups[std::size_t(step.side)] = at(step.side).versions;
            return true;
        case Kind::Restore:
            endHeld(step.side, false);
            if (!m_world.restore(step.side))
                return false;
            at(step.side).rows = m_world.rows(step.side);
            at(step.side).versions = m_backups[std::size_t(step.side)];
            m_mustTrust = false;
            break;
        default:
            return false;
        }
        m_disaster = true;
        return true;
    }

    void sync()
    {
        std::array<bool, modelKeys + 1> wereGone{};
        for (std::size_t key = 1; key <= modelKeys; ++key)
            wereGone[key] = !at(JobSide::Source).rows[key] && !at(JobSide::Target).rows[key];
        m_deleted = {};
        m_syncing = true;
        m_outcome = {};
        m_outcome = m_world.sync([this](const auto &isLocked) { meanwhile(isLocked); });
        m_waiting.reset();
        m_whole = m_outcome.whole;
        ++m_totals.syncs;
        m_totals.cutSyncs += m_whole ? 0 : 1;
        for (std::size_t i = 0; m_whole && i < m_totals.cases.size(); ++i)
            m_totals.cases[i] += m_outcome.cases[i];
        if (m_mustTrust && m_outcome.known && m_outcome.trust != BaseTrust::Trusted)
            broke(QStringLiteral("a base that nobody harmed is not trusted"));
        look(JobSide::Source);
        look(JobSide::Target);
        m_syncing = false;
        m_mustTrust = m_mustTrust || m_whole;
        for (int key = 1; key <= modelKeys; ++key) {
            const auto &source = at(JobSide::Source).rows[std::size_t(key)];
            const auto &target = at(JobSide::Target).rows[std::size_t(key)];
            bool &inBase = m_keys[std::size_t(key)].inBase;
            // A run that was cut off may have filled a base anew before.
            const bool isLost = !m_whole && !m_mustTrust && source != target;
            if ((!source && !target) || m_deleted[std::size_t(key)] || (m_whole && wereGone[std::size_t(key)])
                || isLost)
                inBase = false;
            else if (m_whole && m_outcome.trust != BaseTrust::Trusted)
                inBase = source == target;
            else if (m_whole)
                inBase = inBase || source == target;
        }
        if (const QStringList violations = m_world.violations(); !violations.isEmpty())
            broke(violations.join(QStringLiteral(", ")));
    }

    ModelTotals &m_totals;
    std::mutex m_mutex;
    std::optional<ModelStep> m_waiting;
    bool m_busy = false;
    std::array<std::array<Place, modelKeys + 1>, 2> m_backups{};
    bool m_whole = false;
    bool m_kept = false;
};

} // namespace tidemark
