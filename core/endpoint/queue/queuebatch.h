// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstring>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include <QtGlobal>

namespace tidemark {

// A message as it came; views into its batch.
struct QueueMessage
{
    std::string_view id; // for acknowledging
    std::string_view key; // empty: the broker carries none
    std::optional<std::string_view> value; // none: a tombstone
    std::string_view route; // the stream, or the routing key
    std::string_view place; // sorts as bytes; empty where the broker has none
    int deliveries = 1; // with this one; as far as the broker tells
};

// Messages and the bytes that they are views into. Blocks stay where they are as it grows; clear() keeps one.
class QueueBatch
{
public:
    std::vector<QueueMessage> messages;

    bool isEmpty() const { return messages.empty(); }
    qsizetype size() const { return static_cast<qsizetype>(messages.size()); }
    qint64 byteSize() const { return m_bytes; }

    void clear()
    {
        messages.clear();
        if (m_blocks.size() > 1)
            m_blocks.resize(1);
        m_used = 0;
        m_bytes = 0;
    }

    char *allocate(std::size_t size)
    {
        if (m_blocks.empty() || size > m_blocks.back().size - m_used) {
            const std::size_t blockSize = size > defaultBlock ? size : defaultBlock;
            m_blocks.push_back({std::make_unique_for_overwrite<char[]>(blockSize), blockSize});
            m_used = 0;
        }
        char *const place = m_blocks.back().bytes.get() + m_used;
        m_used += size;
        m_bytes += static_cast<qint64>(size);
        return place;
    }
    std::string_view keep(std::string_view text)
    {
        if (text.empty())
            return {};
        char *const place = allocate(text.size());
        std::memcpy(place, text.data(), text.size());
        return {place, text.size()};
    }

private:
    static constexpr std::size_t defaultBlock = 1 << 20;
    struct Block
    {
        std::unique_ptr<char[]> bytes;
        std::size_t size;
    };
    std::vector<Block> m_blocks;
    std::size_t m_used = 0; // of the last block
    qint64 m_bytes = 0;
};

} // namespace tidemark
