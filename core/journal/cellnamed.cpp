// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journal/cellnamed.h"

#include "core/mapping/tablemapping.h"

namespace tidemark {

std::optional<int> cellNamed(const QList<PlanColumn> &columns, int first, int past, const QString &name)
{
    for (const auto side : {&PlanColumn::source, &PlanColumn::target}) {
        for (int cell = first; cell < past; ++cell) {
            if (columns.at(cell).*side == name)
                return cell;
        }
    }
    const QString loose = looseName(name);
    std::optional<int> found;
    for (int cell = first; cell < past; ++cell) {
        if (looseName(columns.at(cell).source) != loose && looseName(columns.at(cell).target) != loose)
            continue;
        if (found)
            return std::nullopt;
        found = cell;
    }
    return found;
}

} // namespace tidemark
