// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/http/placesorter.h"

#include <algorithm>
#include <cstring>

namespace tidemark::http {

namespace {

constexpr std::size_t bufferBytes = 256 << 10;

template <typename T> void append(std::string &out, const T &value)
{
    out.append(reinterpret_cast<const char *>(&value), sizeof value);
}

} // namespace

Result<void> PlaceSorter::add(std::string_view key, Place place)
{
    m_items.push_back({m_keys.size(), quint32(key.size()), place});
    m_keys += key;
    const auto held = qint64(m_keys.size() + m_items.size() * sizeof(Item));
    return held > m_memoryBytes ? spill() : Result<void>();
}

void PlaceSorter::sort()
{
    std::stable_sort(m_items.begin(), m_items.end(),
                     [this](const Item &a, const Item &b) { return keyOf(a) < keyOf(b); });
}

Result<void> PlaceSorter::spill()
{
    if (!m_file) {
        TRY_ASSIGN(m_file, namelessFile());
    }
    sort();
    Run run;
    run.offset = m_inFile;
    std::string piece;
    const auto write = [&]() -> Result<void> {
        TRY(writeBytes(*m_file, piece.data(), piece.size()));
        m_inFile += piece.size();
        piece.clear();
        return {};
    };
    for (const Item &item : m_items) {
        append(piece, item.size);
        append(piece, item.place.offset);
        append(piece, item.place.size);
        piece += keyOf(item);
        if (piece.size() >= bufferBytes)
            TRY(write());
    }
    TRY(write());
    run.end = m_inFile;
    m_runs.push_back(std::move(run));
    m_items.clear();
    m_keys.clear();
    return {};
}

Result<void> PlaceSorter::finish()
{
    if (m_runs.empty()) {
        sort();
        return {};
    }
    TRY(spill());
    for (Run &run : m_runs)
        TRY(advance(run));
    return {};
}

Result<bool> PlaceSorter::take(Run &run, std::size_t size, char *out)
{
    while (run.buffer.size() - run.at < size) {
        const auto more = std::size_t(std::min<quint64>(bufferBytes, run.end - run.offset));
        if (more == 0)
            return false;
        run.buffer.erase(0, run.at);
        run.at = 0;
        const std::size_t kept = run.buffer.size();
        run.buffer.resize(kept + more);
        TRY(readFrom(m_file->handle(), run.offset, more, run.buffer.data() + kept));
        run.offset += more;
    }
    std::memcpy(out, run.buffer.data() + run.at, size);
    run.at += size;
    return true;
}

Result<void> PlaceSorter::advance(Run &run)
{
    quint32 size = 0;
    TRY_ASSIGN(const bool isThere, take(run, sizeof size, reinterpret_cast<char *>(&size)));
    run.isOver = !isThere;
    if (run.isOver)
        return {};
    run.key.resize(size);
    TRY(take(run, sizeof run.place.offset, reinterpret_cast<char *>(&run.place.offset)));
    TRY(take(run, sizeof run.place.size, reinterpret_cast<char *>(&run.place.size)));
    TRY(take(run, size, run.key.data()));
    return {};
}

Result<bool> PlaceSorter::next(std::string &key, Place &place)
{
    if (m_runs.empty()) {
        if (m_next == m_items.size())
            return false;
        const Item &item = m_items[m_next++];
        key.assign(keyOf(item));
        place = item.place;
        return true;
    }
    Run *least = nullptr;
    for (Run &run : m_runs) { // in their order, so that equal keys stay as they came
        if (!run.isOver && (least == nullptr || run.key < least->key))
            least = &run;
    }
    if (least == nullptr)
        return false;
    key = least->key;
    place = least->place;
    TRY(advance(*least));
    return true;
}

} // namespace tidemark::http
