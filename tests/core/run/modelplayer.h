// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <mutex>
#include <set>

#include "tests/core/run/modeljudge.h"

namespace tidemark {

// Plays one history, and says what was broken.
class ModelPlayer
{
public:
    ModelPlayer(const ModelHistory &history, ModelWorld &world, ModelTotals &totals)
        : m_history(history), m_world(world), m_totals(totals)
    { }

    // What the sides are after each step, for a person who looks for the fault.
    void tellInto(QStringList &trace) { m_trace = &trace; }

    QString play()
    {
        for (const ModelStep &step : m_history.steps) {
            take(step);
            tell(QLatin1StringView(stepName(step.kind)));
            if (!m_broken.isEmpty())
                return m_broken;
        }
        return settleDown();
    }

private:
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

    void tell(const QString &what)
    {
        if (!m_trace)
            return;
        QStringList sides;
        for (const JobSide side : {JobSide::Source, JobSide::Target}) {
            QStringList rows;
            for (int key = 1; key <= modelKeys; ++key)
                rows += shown(at(side).versions[std::size_t(key)]);
            sides += rows.join(QStringLiteral(", "));
        }
        QStringList open;
        for (const ModelConflict &conflict : m_world.conflicts())
            open += QString::number(conflict.key);
        *m_trace += QStringLiteral("%1: %2 | %3 | open %4 | %5 %6")
                        .arg(what, sides.at(0), sides.at(1), open.join(u' '),
                             m_whole ? QStringLiteral("whole, %1 written").arg(m_outcome.written) : m_outcome.error)
                        .arg(int(m_outcome.trust));
    }

    Side &at(JobSide side) { return m_sides[std::size_t(side)]; }
    void hit(Kind kind) { ++m_totals.steps[std::size_t(kind)]; }
    void broke(const QString &what)
    {
        if (m_broken.isEmpty())
            m_broken = what;
    }

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

    void take(const ModelStep &step)
    {
        bool done = true;
        switch (step.kind) {
        case Kind::Write:
            done = write(step.side, step.key);
            break;
        case Kind::Delete:
            done = remove(step.side, step.key);
            break;
        case Kind::Hold:
            done = hold(step);
            break;
        case Kind::Commit:
        case Kind::RollBack:
            done = endHeld(step.side, step.kind == Kind::Commit);
            break;
        case Kind::Sync:
            sync();
            break;
        case Kind::CutSync:
            m_world.cutAt(step.side, step.at);
            sync();
            done = !m_whole;
            break;
        case Kind::LostAnswer:
            m_world.loseAnswer(step.side, step.at % 2 == 0, step.at / 2 % 3);
            sync();
            break;
        case Kind::KilledSync:
            m_world.killAtCommit(step.side, step.at % 3 != 0, step.at / 3 % 3);
            sync();
            done = !m_whole;
            break;
        case Kind::WriteWhileSyncing:
            m_waiting = step;
            sync();
            done = false; // counted where it happens
            break;
        case Kind::Resolve:
        case Kind::CutResolve:
            done = resolve(step);
            break;
        default:
            done = disaster(step);
        }
        if (done)
            hit(step.kind);
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
        ModelAnswer taken{{picture(conflict.source), picture(conflict.target)}, {}};
        taken.wanted.fill(answer == ConflictAnswer::Row          ? picture(row)
                              : answer == ConflictAnswer::Source ? taken.seen[0]
                                                                 : taken.seen[1]);
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
        }
    }

    Place lastDelete(JobSide which, std::size_t place)
    {
        const Side &side = at(which);
        return side.rows[place] ? side.tombs[place] : side.versions[place];
    }

    QString shown(const Place &place) const { return m_lineage.shown(place); }

    QString settleDown()
    {
        for (const JobSide side : {JobSide::Source, JobSide::Target})
            endHeld(side, m_lineage.count() % 2 == 0);
        for (int i = 0; i < 4 && m_broken.isEmpty(); ++i) {
            sync();
            tell(QStringLiteral("quiet"));
            if (m_whole && m_outcome.written == 0 && faultAtEnd().isEmpty())
                break;
        }
        if (m_broken.isEmpty() && !m_whole)
            broke(QStringLiteral("a quiet sync failed: ") + m_outcome.error);
        broke(faultAtEnd());
        sync();
        if (m_outcome.written != 0)
            broke(QStringLiteral("the last quiet sync wrote %1 rows").arg(m_outcome.written));
        return m_broken;
    }

    QString faultAtEnd()
    {
        std::set<int> open;
        for (const ModelConflict &conflict : m_world.conflicts())
            open.insert(conflict.key);
        for (int key = 1; key <= modelKeys; ++key) {
            const auto place = std::size_t(key);
            const auto &source = at(JobSide::Source).rows[place];
            const auto &target = at(JobSide::Target).rows[place];
            if (source == target) {
                if (open.contains(key))
                    return QStringLiteral("key %1 is equal, and its conflict is open").arg(key);
                continue;
            }
            const Place &s = at(JobSide::Source).versions[place];
            const Place &t = at(JobSide::Target).versions[place];
            const bool left = !m_history.deletes && (!source || !target);
            const QString both = QStringLiteral("key %1, %2 and %3: ").arg(key).arg(shown(s), shown(t));
            if (!open.contains(key) && !left)
                return both + QStringLiteral("no conflict is open");
            if (open.contains(key) && m_keys[place].inBase && !m_disaster && !m_answered
                && (m_lineage.isAncestor(s, t) || m_lineage.isAncestor(t, s)))
                return both + QStringLiteral("a conflict without a cause");
        }
        return {};
    }

    const ModelHistory &m_history;
    ModelWorld &m_world;
    ModelTotals &m_totals;
    std::mutex m_mutex;
    std::optional<ModelStep> m_waiting;
    bool m_busy = false;
    ModelLineage m_lineage;
    const ModelJudge m_judge{m_history, m_lineage};
    std::array<Side, 2> m_sides;
    std::array<ModelKey, modelKeys + 1> m_keys;
    std::array<std::array<Place, modelKeys + 1>, 2> m_backups{};
    ModelOutcome m_outcome;
    std::array<bool, modelKeys + 1> m_deleted{}; // by the last sync, on either side: not in the base any more
    int m_bits = 0;
    bool m_whole = false;
    bool m_syncing = false;
    bool m_mustTrust = false; // a sync has been whole since the last disaster
    bool m_disaster = false;
    bool m_answered = false;
    bool m_kept = false;
    QStringList *m_trace = nullptr;
    QString m_broken;
};

} // namespace tidemark
