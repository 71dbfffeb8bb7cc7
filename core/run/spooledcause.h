// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstring>
#include <string_view>
#include <type_traits>

#include <QByteArray>

#include "core/reconcile/cause.h"

namespace tidemark {

// A two-way run's spool has no base pictures: what a policy or a person decided has its cause there, and all else
// nothing. The view lives as long as the cause.
inline std::string_view spooledCause(const Cause &cause)
{
    static_assert(sizeof(Cause) == 2 && std::is_trivially_copyable_v<Cause>);
    return cause.isKnown() ? std::string_view(reinterpret_cast<const char *>(&cause), sizeof cause)
                           : std::string_view();
}

inline Cause spooledCause(const QByteArray &base)
{
    Cause cause;
    if (base.size() == qsizetype(sizeof cause))
        std::memcpy(&cause, base.constData(), sizeof cause);
    return cause;
}

} // namespace tidemark
