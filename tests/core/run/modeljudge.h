// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/core/run/modellineage.h"

namespace tidemark {

// What a person was shown of a row at both sides (nothing: it was not there), and what the answer makes of each.
struct ModelAnswer
{
    using Picture = std::optional<ModelLineage::Place>;
    std::array<Picture, 2> seen;
    std::array<Picture, 2> wanted;
    std::array<bool, 2> given{}; // that side has been so since
};

// What the model knows of a key.
struct ModelKey
{
    bool inBase = false; // both sides had the same row after a whole sync
    qint64 added = 0; // all that users ever added to the sum, a bit each
    std::vector<ModelAnswer> answers;
};

// What a sync made of a row.
struct ModelChange
{
    JobSide side = JobSide::Source;
    int key = 0;
    ModelLineage::Place last{};
    ModelLineage::Place now{};
    std::optional<ModelRow> before;
    std::optional<ModelRow> after;
};

// May a sync have done that? Nothing is overwritten that the new value is not made of, but by a person or a policy.
class ModelJudge
{
public:
    struct Ground
    {
        bool trusted = false; // the base
        bool certain = false; // that it is so
        bool calm = false; // no disaster, and nobody answered
    };
    ModelJudge(const ModelHistory &history, const ModelLineage &lineage) : m_history(history), m_lineage(lineage) { }

    // Empty: it may.
    QString objection(const ModelChange &change, const ModelKey &key, const Ground &ground) const
    {
        const bool inBase = ground.trusted && key.inBase;
        QString what = sumObjection(change, key, inBase && ground.calm);
        if (what.isEmpty() && !wasAnswered(change, key))
            what = valueObjection(change, ground, inBase);
        if (what.isEmpty())
            return {};
        return QStringLiteral("key %1 at the %2: %3 became %4, ")
                   .arg(change.key)
                   .arg(change.side == JobSide::Source ? QStringLiteral("source") : QStringLiteral("target"),
                        m_lineage.shown(change.last), m_lineage.shown(change.now))
            + what;
    }

private:
    // An answer holds for what was shown, and makes nothing else of it. At a side that it has not reached yet, what the
    // other side's users have made of it since comes in its place.
    bool wasAnswered(const ModelChange &change, const ModelKey &key) const
    {
        const auto side = std::size_t(change.side);
        const auto before = change.before ? std::optional(change.last) : std::nullopt;
        const auto after = change.after ? std::optional(change.now) : std::nullopt;
        return std::any_of(key.answers.begin(), key.answers.end(), [&](const ModelAnswer &answer) {
            const auto &wanted = answer.wanted[side];
            return answer.seen[side] == before
                && (wanted == after
                    || (!answer.given[side] && wanted && after && m_lineage.isAncestor(*wanted, *after)));
        });
    }

    QString valueObjection(const ModelChange &change, const Ground &ground, bool inBase) const
    {
        if (!change.after && !m_lineage.isDelete(change.now))
            return QStringLiteral("and nobody deleted it");
        if (!change.after && ground.certain && !ground.trusted)
            return QStringLiteral("without a base");
        if (m_lineage.isAncestor(change.last, change.now))
            return {};
        if (!change.before && !inBase)
            return {}; // taken for an insert: nothing tells it from a delete
        if (inBase && m_lineage.isAncestor(change.now, change.last))
            return QStringLiteral("which is older");
        return mayWin(change, ground, inBase) ? QString() : QStringLiteral("and no policy says so");
    }

    // May the other side's value take the place of this side's, neither being made of the other?
    bool mayWin(const ModelChange &change, const Ground &ground, bool inBase) const
    {
        const auto says = [&change](ConflictPolicy policy) {
            switch (policy) {
            case ConflictPolicy::Source:
                return change.side == JobSide::Target;
            case ConflictPolicy::Target:
                return change.side == JobSide::Source;
            case ConflictPolicy::Newest:
                return change.before && change.after && change.after->stamp > change.before->stamp;
            case ConflictPolicy::Merge:
            case ConflictPolicy::Ask:
                return false;
            }
            return false;
        };
        if (ground.certain && !ground.trusted)
            return says(m_history.first); // all rows meet for the first time
        return says(m_history.policy) || (!inBase && says(m_history.first));
    }

    // Every addition counts once.
    QString sumObjection(const ModelChange &change, const ModelKey &key, bool isKept) const
    {
        if (!m_history.summed || !change.after)
            return {};
        const qint64 sum = change.after->sum;
        if ((sum & ~key.added) != 0)
            return QStringLiteral("and its sum is %1").arg(sum);
        const bool asks = m_history.policy == ConflictPolicy::Ask || m_history.policy == ConflictPolicy::Merge;
        if (!change.before || !isKept || !asks || (change.before->sum & sum) == 0)
            return {}; // of another row under this key
        const qint64 lost = change.before->sum & ~sum;
        return lost == 0 ? QString() : QStringLiteral("and its sum lost %1").arg(lost);
    }

    const ModelHistory &m_history;
    const ModelLineage &m_lineage;
};

} // namespace tidemark
