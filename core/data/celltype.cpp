// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/celltype.h"

#include <array>

namespace tidemark {

namespace {

constexpr std::array kindNames{
    QLatin1StringView("boolean"), QLatin1StringView("integer"), QLatin1StringView("decimal"),
    QLatin1StringView("float"),   QLatin1StringView("text"),    QLatin1StringView("blob"),
    QLatin1StringView("date"),    QLatin1StringView("time"),    QLatin1StringView("timestamp"),
    QLatin1StringView("instant"), QLatin1StringView("uuid"),    QLatin1StringView("json"),
    QLatin1StringView("exact"),
};

} // namespace

QString cellKindName(CellKind kind) { return kindNames.at(static_cast<std::size_t>(kind)); }

std::optional<CellKind> cellKindFromName(QStringView name)
{
    for (std::size_t i = 0; i < kindNames.size(); ++i) {
        if (name == kindNames.at(i))
            return static_cast<CellKind>(i);
    }
    return std::nullopt;
}

} // namespace tidemark
