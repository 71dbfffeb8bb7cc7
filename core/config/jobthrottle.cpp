// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/jobreader.h"

namespace tidemark {

using namespace Qt::StringLiterals;

ThrottleSettings readThrottle(const JsonNode &node)
{
    ThrottleSettings throttle;
    const JsonObjectNode object = node.object({"rows"_L1, "bytes"_L1});
    if (const auto rows = object.findSet("rows"_L1))
        throttle.rows = rows->integer(1, 1'000'000'000);
    if (const auto bytes = object.findSet("bytes"_L1))
        throttle.bytes = bytes->size(1 << 10, qint64{1} << 40);
    return throttle;
}

} // namespace tidemark
