// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <array>
#include <functional>
#include <vector>

#include "tests/core/run/modelworld.h"

namespace tidemark {

struct ModelTotals
{
    std::array<qint64, twoWayCaseCount> cases{};
    std::array<qint64, std::size_t(ModelStep::Kind::Restore) + 1> steps{}; // that had an effect
    std::array<qint64, 5> answers{}; // by ConflictAnswer
    qint64 syncs = 0;
    qint64 cutSyncs = 0; // that did not come to their end

    void add(const ModelTotals &other)
    {
        const auto sum = [](auto &to, const auto &from) {
            std::transform(from.begin(), from.end(), to.begin(), to.begin(), std::plus<>());
        };
        sum(cases, other.cases);
        sum(steps, other.steps);
        sum(answers, other.answers);
        syncs += other.syncs;
        cutSyncs += other.cutSyncs;
    }
};

// Who made what of what: versions of cells by number, 0 being none. A delete is a version, too.
class ModelLineage
{
public:
    using Place = std::array<int, 2>; // the versions of a row's two cells, or of the delete that took it

    int draw(const Place &from, const Place &also = {}, bool isDelete = false)
    {
        m_versions.push_back({from, also, isDelete});
        return int(m_versions.size());
    }
    int count() const { return int(m_versions.size()); }
    bool isDelete(const Place &place) const { return place[0] != 0 && at(place[0]).isDelete; }

    bool isAncestor(int older, int younger, std::size_t cell) const
    {
        if (older == younger || older == 0)
            return true;
        if (younger < older) // what is made of another is younger
            return false;
        const Version &version = at(younger);
        return isAncestor(older, version.from[cell], cell)
            || (version.also[cell] != 0 && isAncestor(older, version.also[cell], cell));
    }
    bool isAncestor(const Place &older, const Place &younger) const
    {
        return isAncestor(older[0], younger[0], 0) && isAncestor(older[1], younger[1], 1);
    }

    QString shown(const Place &place) const
    {
        const QString text = QStringLiteral("%1/%2").arg(place[0]).arg(place[1]);
        return isDelete(place) ? QStringLiteral("delete %1").arg(place[0]) : text;
    }

private:
    struct Version
    {
        Place from{};
        Place also{}; // a person made it of both sides
        bool isDelete = false;
    };
    const Version &at(int version) const { return m_versions[std::size_t(version - 1)]; }
    std::vector<Version> m_versions;
};

} // namespace tidemark
