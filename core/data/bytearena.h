// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstring>
#include <memory>
#include <utility>

namespace tidemark {

// Bytes that grow at the end. Unlike std::vector<char> it never fills what is about to be overwritten.
class ByteArena
{
public:
    ByteArena() = default;
    ByteArena(const ByteArena &other) { *this = other; }
    ByteArena(ByteArena &&other) noexcept { *this = std::move(other); }
    ByteArena &operator=(const ByteArena &other)
    {
        if (this != &other) {
            m_size = 0;
            if (other.m_size > 0)
                std::memcpy(append(other.m_size), other.data(), other.m_size);
        }
        return *this;
    }
    ByteArena &operator=(ByteArena &&other) noexcept
    {
        if (this != &other) {
            m_bytes = std::move(other.m_bytes);
            m_size = std::exchange(other.m_size, 0);
            m_capacity = std::exchange(other.m_capacity, 0);
        }
        return *this;
    }
    ~ByteArena() = default;

    const char *data() const { return m_bytes.get(); }
    std::size_t size() const { return m_size; }
    void truncate(std::size_t size) { m_size = std::min(m_size, size); } // keeps capacity

    char *append(std::size_t size) // to be filled in at once; valid until the next append
    {
        if (size > m_capacity - m_size)
            grow(size);
        char *const place = m_bytes.get() + m_size;
        m_size += size;
        return place;
    }

private:
    void grow(std::size_t size)
    {
        m_capacity = std::max({m_capacity * 2, m_size + size, std::size_t(4096)});
        auto bytes = std::make_unique_for_overwrite<char[]>(m_capacity);
        if (m_size > 0)
            std::memcpy(bytes.get(), m_bytes.get(), m_size);
        m_bytes = std::move(bytes);
    }

    std::unique_ptr<char[]> m_bytes;
    std::size_t m_size = 0;
    std::size_t m_capacity = 0;
};

} // namespace tidemark
