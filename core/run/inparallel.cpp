// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/inparallel.h"

#include <algorithm>
#include <atomic>
#include <system_error>
#include <thread>
#include <vector>

namespace tidemark {

void inParallel(std::size_t count, int limit, const std::function<void(std::size_t)> &work)
{
    const std::size_t workers = std::min(count, static_cast<std::size_t>(std::max(1, limit)));
    std::atomic<std::size_t> next = 0;
    const auto take = [&] {
        for (std::size_t i = next++; i < count; i = next++)
            work(i);
    };
    std::vector<std::jthread> others;
    try {
        for (std::size_t i = 1; i < workers; ++i)
            others.emplace_back(take);
    } catch (const std::system_error &) { // no thread to be had: those that are there do it all
    }
    take();
}

} // namespace tidemark
