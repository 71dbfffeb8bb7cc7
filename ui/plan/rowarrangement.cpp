// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plan/rowarrangement.h"

#include <algorithm>

#include "core/data/celldecoder.h"
#include "ui/plan/celltext.h"

namespace tidemark {

static char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

CellSearch::CellSearch(const QString &text, bool exact)
    : m_text(text), m_utf8(text.toUtf8()), m_exact(exact),
      m_ascii(std::all_of(m_utf8.cbegin(), m_utf8.cend(), [](char c) { return static_cast<signed char>(c) > 0; }))
{
    m_folded = m_utf8;
    std::transform(m_folded.cbegin(), m_folded.cend(), m_folded.begin(), lower);
}

bool CellSearch::containsText(std::string_view utf8) const
{
    if (m_ascii) {
        const auto same = [](char a, char b) { return lower(a) == b; };
        return std::search(utf8.begin(), utf8.end(), m_folded.cbegin(), m_folded.cend(), same) != utf8.end();
    }
    if (utf8.find(std::string_view(m_utf8.constData(), static_cast<size_t>(m_utf8.size()))) != std::string_view::npos)
        return true;
    // Letters whose case is not ASCII's.
    return m_text.toLower() != m_text.toUpper()
        && QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size())).contains(m_text, Qt::CaseInsensitive);
}

bool CellSearch::matches(const CellType &type, CellView cell)
{
    if (cell.isNull)
        return false;
    const std::string_view wanted(m_utf8.constData(), static_cast<size_t>(m_utf8.size()));
    if (celltext::isTextual(type.kind))
        return m_exact ? cell.bytes == wanted : containsText(cell.bytes);
    if (type.kind == CellKind::Blob) {
        const QByteArray hex = QByteArray(cell.bytes.data(), std::min<qsizetype>(100, qsizetype(cell.bytes.size())))
                                   .toHex(m_folded.contains(' ') ? ' ' : '\0');
        return m_exact ? hex == m_folded : hex.contains(m_folded);
    }
    m_scratch.clear();
    cell::appendText(type, cell, m_scratch);
    return m_exact ? m_scratch == wanted : containsText(m_scratch);
}

bool RowMatch::side(std::string_view chain)
{
    if (!readChain(*m_layout, chain, m_cells))
        return false;
    const auto hit = [this](size_t cell) {
        return m_filter.isNull ? m_cells[cell].isNull : m_search.matches(m_layout->cells[cell], m_cells[cell]);
    };
    if (m_filter.cell >= 0)
        return static_cast<size_t>(m_filter.cell) < m_cells.size() && hit(static_cast<size_t>(m_filter.cell));
    for (size_t cell = 0; cell < m_cells.size(); ++cell) {
        if (hit(cell))
            return true;
    }
    return false;
}

bool RowMatch::matches(const PlanRowRef &row)
{
    if (m_filter.skippedOnly && row.included)
        return false;
    const bool any = m_filter.text.isEmpty() && !m_filter.exact && !m_filter.isNull;
    return any || side(row.source) || side(row.target);
}

static void complement(std::string &bytes, size_t from)
{
    for (size_t i = from; i < bytes.size(); ++i)
        bytes[i] = static_cast<char>(~bytes[i]);
}

// Sign, the number of digits before the point, the digits.
static void appendDecimalKey(std::string_view text, std::string &out)
{
    const bool negative = !text.empty() && text.front() == '-';
    if (negative)
        text.remove_prefix(1);
    if (text.empty() || text.front() < '0' || text.front() > '9') { // infinities; NaN above all
        out += text.starts_with("N") ? '\4' : negative ? '\0' : '\3';
        return;
    }
    const size_t point = std::min(text.find('.'), text.size());
    std::string digits(text.substr(0, point));
    if (point < text.size())
        digits += text.substr(point + 1);
    size_t whole = point;
    const size_t first = digits.find_first_not_of('0');
    if (first == std::string::npos) {
        out += '\2';
        return;
    }
    digits.erase(0, first);
    while (digits.back() == '0')
        digits.pop_back();
    const qint32 exponent = static_cast<qint32>(whole) - static_cast<qint32>(first);
    out += negative ? '\1' : '\2';
    const size_t body = out.size();
    out += '\1'; // above zero
    const auto biased = static_cast<quint32>(exponent) ^ 0x80000000U;
    for (int shift = 24; shift >= 0; shift -= 8)
        out += static_cast<char>((biased >> shift) & 0xff);
    out += digits.substr(0, 48);
    if (negative) {
        complement(out, body);
        out += '\xff'; // a prefix is the greater one here
    }
}

void appendSortKey(const CellType &type, const CellView *cell, std::string &out)
{
    constexpr size_t longest = 64;
    if (!cell) {
        out += '\2';
        return;
    }
    out += cell->isNull ? '\0' : '\1';
    if (cell->isNull)
        return;
    switch (type.kind) {
    case CellKind::Decimal:
        return appendDecimalKey(cell->bytes, out);
    case CellKind::Text:
    case CellKind::Json:
    case CellKind::Exact: {
        const auto taken = static_cast<qsizetype>(std::min(cell->bytes.size(), longest * 2));
        const QByteArray folded = QString::fromUtf8(cell->bytes.data(), taken).toCaseFolded().toUtf8();
        out.append(folded.constData(), std::min(static_cast<size_t>(folded.size()), longest));
        return;
    }
    default:
        out.append(cell->bytes.substr(0, longest));
    }
}

bool RowSort::add(const PlanRowRef &row)
{
    if (m_keys.size() + m_entries.size() * sizeof(Entry) > m_limit)
        return false;
    const bool there = readChain(*m_layout, m_order.target ? row.target : row.source, m_cells)
        // A key is the same on both sides: the one that is there gives it.
        || (m_order.cell < m_layout->keyCount
            && readChain(*m_layout, m_order.target ? row.source : row.target, m_cells));
    const auto cell = static_cast<size_t>(m_order.cell);
    Entry entry;
    entry.start = m_keys.size();
    entry.place = row.place;
    appendSortKey(m_layout->cells[cell], there ? &m_cells[cell] : nullptr, m_keys);
    entry.length = static_cast<quint32>(m_keys.size() - entry.start);
    m_entries.push_back(entry);
    return true;
}

std::vector<qint64> RowSort::places(const std::function<bool()> &wanted)
{
    const std::string_view keys = m_keys;
    const bool descending = m_order.descending;
    const auto less = [keys, descending](const Entry &a, const Entry &b) {
        const std::string_view one = keys.substr(a.start, a.length);
        const std::string_view other = keys.substr(b.start, b.length);
        return descending ? other < one : one < other;
    };
    // Runs, then ever longer ones: a sort that nobody waits for any more ends between two of them.
    using Offset = std::vector<Entry>::difference_type;
    const auto size = static_cast<Offset>(m_entries.size());
    const auto at = [&](Offset offset) { return m_entries.begin() + std::min(offset, size); };
    constexpr Offset run = 1 << 16;
    for (Offset start = 0; start < size && wanted(); start += run)
        std::stable_sort(at(start), at(start + run), less);
    for (Offset width = run; width < size; width *= 2) {
        for (Offset start = 0; start + width < size && wanted(); start += 2 * width)
            std::inplace_merge(at(start), at(start + width), at(start + 2 * width), less);
    }
    std::vector<qint64> places;
    places.reserve(m_entries.size());
    for (const Entry &entry : m_entries)
        places.push_back(entry.place);
    m_entries = {};
    m_keys = {};
    return places;
}

} // namespace tidemark
