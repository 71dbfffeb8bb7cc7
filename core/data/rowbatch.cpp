// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/rowbatch.h"

#include <algorithm>
#include <array>

#define XXH_STATIC_LINKING_ONLY // the streaming state on the stack
#include <xxhash.h>

#include "core/data/comparison.h"

namespace tidemark {

namespace {

constexpr std::size_t wordSize = sizeof(quint32);
// Offsets have 32 bits; what is above this is kept free for length words and cells of fixed size.
constexpr std::size_t maxArena = 0xf0000000;

quint32 wordAt(const char *place)
{
    quint32 word = 0;
    std::memcpy(&word, place, wordSize);
    return word;
}

CellView viewAt(const char *place)
{
    const quint32 length = wordAt(place);
    if (length == RowBatch::nullLength)
        return {};
    return {std::string_view(place + wordSize, length), false};
}

bool fits(std::size_t size, const ByteArena &arena) { return size <= maxArena - std::min(arena.size(), maxArena); }

std::string_view wordBytes(const quint32 &word) { return {reinterpret_cast<const char *>(&word), wordSize}; }

quint32 wordOf(CellView cell) { return cell.isNull ? RowBatch::nullLength : static_cast<quint32>(cell.bytes.size()); }

} // namespace

void RowBatch::reset(std::shared_ptr<const RowLayout> layout)
{
    m_layout = std::move(layout);
    clear();
}

void RowBatch::clear()
{
    m_arena.truncate(0);
    m_comparison.truncate(0);
    m_cellStarts.clear();
    m_comparisonStarts.clear();
    m_rowEnds.clear();
    m_faults.clear();
    m_rowStart = 0;
}

CellView RowBatch::value(int row, int cell) const
{
    const std::size_t index = static_cast<std::size_t>(row) * m_layout->cells.size() + static_cast<std::size_t>(cell);
    return viewAt(m_arena.data() + m_cellStarts[index]);
}

quint32 RowBatch::comparisonStart(int row, int cell) const
{
    if (m_comparisonStarts.empty())
        return 0;
    return m_comparisonStarts[static_cast<std::size_t>(row) * m_layout->cells.size() + static_cast<std::size_t>(cell)];
}

CellView RowBatch::comparison(int row, int cell) const
{
    const quint32 start = comparisonStart(row, cell);
    return start == 0 ? value(row, cell) : viewAt(m_comparison.data() + start - 1);
}

std::string_view RowBatch::chain(int row) const
{
    const auto index = static_cast<std::size_t>(row);
    const quint32 start = row == 0 ? 0 : m_rowEnds[index - 1];
    return {m_arena.data() + start, m_rowEnds[index] - start};
}

bool RowBatch::hasOwnComparison(int row, int first, int end) const
{
    if (m_comparisonStarts.empty())
        return false;
    for (int cell = first; cell < end; ++cell) {
        if (comparisonStart(row, cell) != 0)
            return true;
    }
    return false;
}

bool RowBatch::hasOwnComparison(int row) const { return hasOwnComparison(row, 0, m_layout->comparedCount); }

std::string_view RowBatch::comparisonChain(int row, int first, int end, std::string &scratch) const
{
    if (first >= end)
        return {};
    if (!hasOwnComparison(row, first, end)) {
        const std::size_t index = static_cast<std::size_t>(row) * m_layout->cells.size();
        const quint32 start = m_cellStarts[index + static_cast<std::size_t>(first)];
        const quint32 past = end == m_layout->size() ? m_rowEnds[static_cast<std::size_t>(row)]
                                                     : m_cellStarts[index + static_cast<std::size_t>(end)];
        return {m_arena.data() + start, past - start};
    }
    scratch.clear();
    for (int cell = first; cell < end; ++cell) {
        const CellView view = comparison(row, cell);
        const quint32 word = wordOf(view);
        scratch.append(wordBytes(word)).append(view.bytes);
    }
    return scratch;
}

Fingerprint RowBatch::fingerprint(int row) const
{
    const int end = m_layout->comparedCount;
    if (!hasOwnComparison(row, 0, end)) {
        std::string unused;
        const std::string_view bytes = comparisonChain(row, 0, end, unused);
        const XXH128_hash_t hash = XXH3_128bits(bytes.data(), bytes.size());
        return {hash.low64, hash.high64};
    }
    // The same chain, but of pieces: in a buffer where it fits (hashing small pieces one by one is slow), else
    // streamed.
    std::array<char, 2048> buffer;
    std::size_t used = 0;
    XXH3_state_t state;
    bool streaming = false;
    const auto add = [&](std::string_view piece) {
        if (piece.size() > buffer.size() - used) {
            if (!std::exchange(streaming, true))
                XXH3_128bits_reset(&state);
            XXH3_128bits_update(&state, buffer.data(), used);
            used = 0;
            if (piece.size() > buffer.size()) {
                XXH3_128bits_update(&state, piece.data(), piece.size());
                return;
            }
        }
        if (!piece.empty())
            std::memcpy(buffer.data() + used, piece.data(), piece.size());
        used += piece.size();
    };
    for (int cell = 0; cell < end; ++cell) {
        const CellView view = comparison(row, cell);
        const quint32 word = wordOf(view);
        add(wordBytes(word));
        add(view.bytes);
    }
    if (streaming)
        XXH3_128bits_update(&state, buffer.data(), used);
    const XXH128_hash_t hash = streaming ? XXH3_128bits_digest(&state) : XXH3_128bits(buffer.data(), used);
    return {hash.low64, hash.high64};
}

bool RowBatch::equalRows(int row, const RowBatch &other, int otherRow) const
{
    const int end = m_layout->comparedCount;
    if (!hasOwnComparison(row, 0, end) && !other.hasOwnComparison(otherRow, 0, end)) {
        std::string unused;
        return comparisonChain(row, 0, end, unused) == other.comparisonChain(otherRow, 0, end, unused);
    }
    for (int cell = 0; cell < end; ++cell) {
        if (comparison(row, cell) != other.comparison(otherRow, cell))
            return false;
    }
    return true;
}

int RowBatch::compareKeys(int row, const RowBatch &other, int otherRow) const
{
    for (int cell = 0; cell < m_layout->keyCount; ++cell) {
        const CellView left = comparison(row, cell);
        const CellView right = other.comparison(otherRow, cell);
        if (left.isNull != right.isNull)
            return left.isNull ? -1 : 1;
        if (const int order = left.bytes.compare(right.bytes); order != 0)
            return order; // char_traits<char> compares as unsigned char
    }
    return 0;
}

const Error *RowBatch::fault(int row) const
{
    const auto found = std::lower_bound(m_faults.begin(), m_faults.end(), row,
                                        [](const Fault &fault, int wanted) { return fault.row < wanted; });
    return found != m_faults.end() && found->row == row ? &found->error : nullptr;
}

void RowBatch::beginRow() { m_rowStart = static_cast<quint32>(m_arena.size()); }

char *RowBatch::appendRaw(quint32 size)
{
    m_cellStarts.push_back(static_cast<quint32>(m_arena.size()));
    char *const place = m_arena.append(wordSize + size);
    std::memcpy(place, &size, wordSize);
    return place + wordSize;
}

void RowBatch::appendNull()
{
    m_cellStarts.push_back(static_cast<quint32>(m_arena.size()));
    std::memcpy(m_arena.append(wordSize), &nullLength, wordSize);
}

void RowBatch::refuseCell()
{
    appendNull();
    setFault(Error{ErrorCode::ValueTooLong, {}, {}});
}

void RowBatch::appendCell(std::string_view value)
{
    if (!fits(value.size(), m_arena)) {
        refuseCell();
        return;
    }
    char *const place = appendRaw(static_cast<quint32>(value.size()));
    if (!value.empty())
        std::memcpy(place, value.data(), value.size());
}

char *RowBatch::appendComparison(quint32 word, std::size_t size)
{
    m_comparisonStarts.resize(m_cellStarts.size(), 0);
    m_comparisonStarts.back() = static_cast<quint32>(m_comparison.size() + 1);
    char *const place = m_comparison.append(wordSize + size);
    std::memcpy(place, &word, wordSize);
    return place + wordSize;
}

void RowBatch::appendCell(std::string_view value, std::string_view comparison)
{
    if (!fits(value.size(), m_arena) || !fits(comparison.size(), m_comparison)) {
        refuseCell();
        return;
    }
    appendCell(value);
    char *const place = appendComparison(static_cast<quint32>(comparison.size()), comparison.size());
    if (!comparison.empty())
        std::memcpy(place, comparison.data(), comparison.size());
}

void RowBatch::appendCellComparedAsNull(std::string_view value)
{
    if (!fits(value.size(), m_arena)) {
        refuseCell();
        return;
    }
    appendCell(value);
    appendComparison(nullLength, 0);
}

void RowBatch::setFault(Error error)
{
    if (m_faults.empty() || m_faults.back().row != rowCount())
        m_faults.push_back({rowCount(), std::move(error)}); // the first one tells the cause
}

void RowBatch::endRow()
{
    const std::size_t wanted = (m_rowEnds.size() + 1) * m_layout->cells.size();
    Q_ASSERT(m_cellStarts.size() == wanted);
    if (m_cellStarts.size() > wanted) { // a reader's mistake must not shift the rows that follow
        m_arena.truncate(m_cellStarts[wanted]);
        m_cellStarts.resize(wanted);
        setFault(Error{ErrorCode::Internal, {}, {}});
    }
    while (m_cellStarts.size() < wanted) {
        appendNull();
        setFault(Error{ErrorCode::Internal, {}, {}});
    }
    if (!m_comparisonStarts.empty())
        m_comparisonStarts.resize(wanted, 0);
    m_rowEnds.push_back(static_cast<quint32>(m_arena.size()));
}

void RowBatch::dropRow() { truncate(rowCount()); }

void RowBatch::truncate(int rowCount)
{
    const auto rows = static_cast<std::size_t>(rowCount);
    const std::size_t cells = rows * m_layout->cells.size();
    m_rowEnds.resize(std::min(rows, m_rowEnds.size()));
    m_arena.truncate(m_rowEnds.empty() ? 0 : m_rowEnds.back());
    m_cellStarts.resize(std::min(cells, m_cellStarts.size()));
    for (std::size_t i = cells; i < m_comparisonStarts.size(); ++i) {
        if (m_comparisonStarts[i] != 0) {
            m_comparison.truncate(m_comparisonStarts[i] - 1);
            break;
        }
    }
    m_comparisonStarts.resize(std::min(cells, m_comparisonStarts.size()));
    while (!m_faults.empty() && m_faults.back().row >= rowCount)
        m_faults.pop_back();
}

void RowBatch::appendRow(const RowBatch &other, int row)
{
    beginRow();
    for (int cell = 0; cell < m_layout->size(); ++cell) {
        const CellView value = other.value(row, cell);
        const bool isOwn = other.comparisonStart(row, cell) != 0;
        const CellView comparison = isOwn ? other.comparison(row, cell) : CellView();
        if (value.isNull)
            appendNull();
        else if (!isOwn)
            appendCell(value.bytes);
        else if (comparison.isNull)
            appendCellComparedAsNull(value.bytes);
        else
            appendCell(value.bytes, comparison.bytes);
    }
    if (const Error *error = other.fault(row))
        setFault(*error);
    endRow();
}

bool RowBatch::appendChain(std::string_view chain)
{
    beginRow();
    std::string scratch;
    const auto refuse = [this] {
        dropRow();
        return false;
    };
    for (const CellType &type : m_layout->cells) {
        if (chain.size() < wordSize)
            return refuse();
        const quint32 length = wordAt(chain.data());
        chain.remove_prefix(wordSize);
        if (length == nullLength) {
            appendNull();
            continue;
        }
        if (length > chain.size() || !isSizeOf(type.kind, length))
            return refuse();
        const std::string_view value = chain.substr(0, length);
        chain.remove_prefix(length);
        switch (comparisonForm(type, value, scratch)) {
        case ComparisonForm::Same:
            appendCell(value);
            break;
        case ComparisonForm::Own:
            appendCell(value, scratch);
            break;
        case ComparisonForm::AsNull:
            appendCellComparedAsNull(value);
            break;
        case ComparisonForm::Invalid:
            return refuse();
        }
    }
    if (!chain.empty())
        return refuse();
    endRow();
    return true;
}

} // namespace tidemark
