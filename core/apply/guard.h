// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <mutex>
#include <optional>

#include "core/config/jobsettings.h"

namespace tidemark {

// The mass-delete guard (semantics.md, Deletes). Pure.
bool needsApproval(qint64 deletes, qint64 targetRows, const GuardSettings &guard);

// What a person approved for a whole run: at most so many deletes where a guard asks. Thread-safe.
class DeleteApproval
{
public:
    explicit DeleteApproval(std::optional<qint64> atMost, bool everything)
        : m_left(atMost.value_or(0)), m_everything(everything)
    { }
    bool take(qint64 deletes); // true: approved, and taken from what is left

private:
    std::mutex m_mutex;
    qint64 m_left;
    bool m_everything;
};

} // namespace tidemark
