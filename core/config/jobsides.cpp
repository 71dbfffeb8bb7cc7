// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/config/jobsides.h"

using namespace Qt::StringLiterals;

namespace tidemark {

std::optional<SidesFault> sidesFault(const ConnectionSettings &source, const ConnectionSettings &target, Mode mode)
{
    const bool consumes = isQueue(source.driver);
    if (!consumes && !isQueue(target.driver)) {
        const bool services = source.driver == Driver::Http && target.driver == Driver::Http;
        return mode == Mode::TwoWay && services ? std::optional(SidesFault{"mode"_L1, u"http-two-way"_s})
                                                : std::nullopt;
    }
    if (mode == Mode::TwoWay)
        return SidesFault{"mode"_L1, u"queue-two-way"_s};
    if (!isSql((consumes ? target : source).driver))
        return SidesFault{consumes ? "target"_L1 : "source"_L1, u"queue-database"_s};
    if (source.driver == Driver::Amqp && source.queue && source.queue->queue.isEmpty())
        return SidesFault{"source"_L1, u"queue-exchange"_s};
    return {};
}

} // namespace tidemark
