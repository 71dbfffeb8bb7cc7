// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/endpoint/http/recordspool.h"

namespace tidemark::http {

// Puts the places of records into the order of their sort keys (unsigned bytes; equal keys as they came): in memory up
// to a bound, then in sorted runs of a temporary file that are merged.
class PlaceSorter
{
public:
    explicit PlaceSorter(qint64 memoryBytes = 16 << 20) : m_memoryBytes(memoryBytes) { }

    Result<void> add(std::string_view key, Place place);
    Result<void> finish(); // before the first next()
    Result<bool> next(std::string &key, Place &place); // false: the end

private:
    struct Item // in m_keys
    {
        std::size_t at = 0;
        quint32 size = 0;
        Place place;
    };
    struct Run
    {
        quint64 offset = 0; // of what is not read yet
        quint64 end = 0;
        std::string buffer;
        std::size_t at = 0;
        std::string key; // of its first item
        Place place;
        bool isOver = false;
    };

    std::string_view keyOf(const Item &item) const { return std::string_view(m_keys).substr(item.at, item.size); }
    void sort();
    Result<void> spill();
    Result<void> advance(Run &run);
    Result<bool> take(Run &run, std::size_t size, char *out);

    std::string m_keys;
    std::vector<Item> m_items;
    std::size_t m_next = 0;
    std::vector<Run> m_runs;
    std::unique_ptr<QTemporaryFile> m_file;
    quint64 m_inFile = 0;
    qint64 m_memoryBytes;
};

} // namespace tidemark::http
