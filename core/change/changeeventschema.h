// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <unordered_map>

#include "core/change/changeevent.h"

namespace tidemark {

// The schemas of a stream's messages. They are several times as long as what they describe and hardly ever change, so
// each is parsed once and recognised by its bytes afterwards.
class EventSchemas
{
public:
    struct Envelope
    {
        std::string text;
        EventSchema row; // of before and after; of a key: of its own fields
    };

    // Of the value's or the key's schema; WrongType, NotJson where it is none.
    Result<const Envelope *> find(std::string_view text, bool isKey);
    // The one found last, whose text the next message will most likely repeat; null: none yet.
    const Envelope *likely(bool isKey) const { return m_last[isKey ? 1 : 0]; }
    void trim(); // before a message: forgets all where a stranger sends ever new ones

private:
    std::unordered_map<std::string, std::unique_ptr<Envelope>> m_known[2];
    const Envelope *m_last[2] = {};
};

} // namespace tidemark
