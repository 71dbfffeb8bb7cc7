// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/apply/mirroredpair.h"

#include <utility>

namespace tidemark {

DetectSettings targetDetect(const TablePair &pair)
{
    if (pair.settings.targetDetect)
        return *pair.settings.targetDetect;
    DetectSettings detect = pair.settings.detect;
    for (const ColumnPair &column : pair.mapping.columns) {
        if (pair.mapping.source.columns[column.source].name == detect.column) {
            detect.column = pair.mapping.target.columns[column.target].name;
            break;
        }
    }
    return detect;
}

TablePair mirroredPair(const TablePair &pair)
{
    TablePair mirrored = pair;
    std::swap(mirrored.mapping.source, mirrored.mapping.target);
    for (ColumnPair &column : mirrored.mapping.columns) {
        std::swap(column.source, column.target);
        std::swap(column.zoneSource, column.zoneTarget);
    }
    mirrored.settings.source = mirrored.mapping.source.name;
    mirrored.settings.target = mirrored.mapping.target.name;
    std::swap(mirrored.sourceMark, mirrored.targetMark);
    std::swap(mirrored.settings.whereSource, mirrored.settings.whereTarget);
    mirrored.settings.detect = targetDetect(pair);
    mirrored.settings.targetDetect = pair.settings.detect;
    mirrored.checkpointKey.table = pair.sourceName() + QStringLiteral(" ← ") + pair.targetName();
    mirrored.checkpointKey.side = QStringLiteral("target");
    return mirrored;
}

} // namespace tidemark
