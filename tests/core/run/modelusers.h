// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/core/run/modeljudge.h"

namespace tidemark {

// What users do at both sides of one history, and what they find there: whatever nobody wrote is a sync's.
class ModelUsers
{
protected:
    using Kind = ModelStep::Kind;
    using Place = ModelLineage::Place;
    struct Side
    {
        ModelRows rows; // as last looked at
        std::array<Place, modelKeys + 1> versions{}; // what each key is there, also where it is no more
        std::array<Place, modelKeys + 1> tombs{}; // the last delete of each
        std::map<int, std::optional<ModelRow>> held; // by a user's transaction
        std::map<int, Place> heldVersions;
    };

    ModelUsers(const ModelHistory &history, ModelWorld &world) : m_history(history), m_world(world) { }

    Side &at(JobSide side) { return m_sides[std::size_t(side)]; }

    // What a user makes of a row: either cell, or both.
    ModelRow written(JobSide side, int key, const std::optional<ModelRow> &before)
    {
        const Place now = at(side).versions[std::size_t(key)];
        ModelRow row = before.value_or(ModelRow{});
        const int version = m_lineage.draw(now);
        const int choice = before ? version % 3 : 2;
        if (choice != 1)
            row.cells[0] = version;
        if (choice != 0)
            row.cells[1] = version;
        row.stamp = version;
        if (m_history.summed && m_bits < 62) {
            const qint64 bit = qint64(1) << m_bits++;
            row.sum += bit;
            m_keys[std::size_t(key)].added |= bit;
        }
        return row;
    }

    bool write(JobSide which, int key)
    {
        Side &side = at(which);
        if (side.held.contains(key))
            return false; // would wait
        look(which);
        auto &row = side.rows[std::size_t(key)];
        row = written(which, key, row);
        side.versions[std::size_t(key)] = row->cells;
        m_world.put(which, key, *row);
        return true;
    }

    bool remove(JobSide which, int key)
    {
        Side &side = at(which);
        if (side.held.contains(key))
            return false;
        look(which);
        auto &row = side.rows[std::size_t(key)];
        if (!row)
            return false;
        const int tomb = m_lineage.draw(row->cells, {}, true);
        row.reset();
        side.versions[std::size_t(key)] = side.tombs[std::size_t(key)] = {tomb, tomb};
        m_world.remove(which, key);
        return true;
    }

    bool hold(const ModelStep &step)
    {
        Side &side = at(step.side);
        if (side.held.contains(step.key) || !m_world.holds())
            return false;
        const auto &before = side.rows[std::size_t(step.key)];
        std::optional<ModelRow> after;
        if (before && step.at % 4 == 0) {
            const int tomb = m_lineage.draw(before->cells, {}, true);
            side.heldVersions[step.key] = {tomb, tomb};
        } else {
            after = written(step.side, step.key, before);
            side.heldVersions[step.key] = after->cells;
        }
        m_world.hold(step.side, step.key, before, after);
        side.held[step.key] = after;
        return true;
    }

    bool endHeld(JobSide which, bool commit)
    {
        Side &side = at(which);
        if (side.held.empty())
            return false;
        m_world.endHeld(which, commit);
        for (const auto &[key, row] : side.held) {
            if (!commit)
                continue;
            side.rows[std::size_t(key)] = row;
            side.versions[std::size_t(key)] = side.heldVersions[key];
            if (!row)
                side.tombs[std::size_t(key)] = side.heldVersions[key];
        }
        side.held.clear();
        side.heldVersions.clear();
        return true;
    }

    void broke(const QString &what)
    {
        if (m_broken.isEmpty())
            m_broken = what;
    }

    // Whatever changed since nobody but a sync can have changed.
    void look(JobSide which)
    {
        if (!m_syncing)
            return;
        Side &side = at(which);
        const ModelRows now = m_world.rows(which);
        for (int key = 1; key <= modelKeys; ++key) {
            const auto place = std::size_t(key);
            auto &before = side.rows[place];
            if (now[place] == before)
                continue;
            const Place last = side.versions[place];
            Place &version = side.versions[place];
            version = now[place] ? now[place]->cells : lastDelete(mirrored(which), place);
            if (!now[place]) {
                side.tombs[place] = version;
                m_deleted[place] = true;
            }
            const bool trusted = m_outcome.known ? m_outcome.trust == BaseTrust::Trusted : m_mustTrust;
            broke(m_judge.objection({which, key, last, version, before, now[place]}, m_keys[place],
                                    {trusted, m_outcome.known, !m_disaster && !m_answered}));
            before = now[place];
            for (ModelAnswer &answer : m_keys[place].answers) {
                const auto is = before ? ModelAnswer::Picture(version) : std::nullopt;
                auto &given = answer.given[std::size_t(which)];
                given = given || answer.wanted[std::size_t(which)] == is;
            }
        }
    }

    Place lastDelete(JobSide which, std::size_t place)
    {
        const Side &side = at(which);
        return side.rows[place] ? side.tombs[place] : side.versions[place];
    }

    QString shown(const Place &place) const { return m_lineage.shown(place); }

    const ModelHistory &m_history;
    ModelWorld &m_world;
    ModelLineage m_lineage;
    const ModelJudge m_judge{m_history, m_lineage};
    std::array<Side, 2> m_sides;
    std::array<ModelKey, modelKeys + 1> m_keys;
    ModelOutcome m_outcome;
    std::array<bool, modelKeys + 1> m_deleted{}; // by the last sync, on either side: not in the base any more
    int m_bits = 0;
    bool m_syncing = false;
    bool m_mustTrust = false; // a sync has been whole since the last disaster
    bool m_disaster = false;
    bool m_answered = false;
    QString m_broken;
};

} // namespace tidemark
