// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <set>

#include "tests/core/run/modelsyncs.h"

namespace tidemark {

// Plays one history, and says what was broken.
class ModelPlayer : ModelSyncs
{
public:
    ModelPlayer(const ModelHistory &history, ModelWorld &world, ModelTotals &totals)
        : ModelSyncs(history, world, totals)
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

    QStringList *m_trace = nullptr;
};

} // namespace tidemark
