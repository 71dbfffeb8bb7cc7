// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <functional>

namespace tidemark {

// work(0) … work(count − 1), at most `limit` at a time, all of them done at the return. Threads of the standard
// library: the thread sanitizer cannot follow how Debian's Qt synchronises.
void inParallel(std::size_t count, int limit, const std::function<void(std::size_t)> &work);

} // namespace tidemark
