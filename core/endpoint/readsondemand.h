// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace tidemark {

// What a Connector may be, too: its rows lie in memory. Reading them on a thread of their own, ahead of those who
// compare, gains nothing, and a model whose steps follow one another plays the same history each time.
class ReadsOnDemand
{
public:
    virtual ~ReadsOnDemand() = default;
    virtual bool readsOnDemand() const = 0;
};

} // namespace tidemark
