// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include <QByteArray>

#include "core/base/error.h"
#include "core/data/bytearena.h"
#include "core/data/celltype.h"

namespace tidemark {

// XXH3-128 over a row's comparison chain; valid for one mapping digest.
struct Fingerprint
{
    quint64 low = 0;
    quint64 high = 0;
    bool operator==(const Fingerprint &) const = default;
    auto operator<=>(const Fingerprint &) const = default;
};

struct CellView // valid until its batch changes
{
    std::string_view bytes;
    bool isNull = true;
    bool operator==(const CellView &) const = default;
};

// Rows as canonical bytes (celltype.h) in one arena. Not thread-safe; moved between stages, never shared.
//
// A row in the arena is a chain: for each cell of the layout a quint32 length in host order (nullLength for NULL) and
// its value bytes. A chain is self-contained: spilling, plan and undo files hold it as it is (appendChain reads it
// back). Where comparison bytes differ from value bytes they lie in a second arena; most rows have none.
class RowBatch
{
public:
    static constexpr quint32 nullLength = 0xffffffff;

    RowBatch() = default;
    explicit RowBatch(std::shared_ptr<const RowLayout> layout) { reset(std::move(layout)); }

    void reset(std::shared_ptr<const RowLayout> layout); // empties and changes the layout; keeps capacity
    void clear(); // empties; keeps capacity
    const RowLayout &layout() const { return *m_layout; }
    const std::shared_ptr<const RowLayout> &layoutPointer() const { return m_layout; }

    int rowCount() const { return static_cast<int>(m_rowEnds.size()); }
    bool isEmpty() const { return m_rowEnds.empty(); }
    qint64 byteSize() const { return static_cast<qint64>(m_arena.size() + m_comparison.size()); }

    CellView value(int row, int cell) const;
    CellView comparison(int row, int cell) const;
    std::string_view chain(int row) const; // the whole row, value bytes
    bool hasOwnComparison(int row) const; // some compared cell has other comparison bytes
    // The comparison chain of the cells [first, end): the very bytes in the arena where possible, else built in
    // scratch.
    std::string_view comparisonChain(int row, int first, int end, std::string &scratch) const;
    std::string_view key(int row, std::string &scratch) const // chain of the key cells: equal keys, equal bytes
    {
        return comparisonChain(row, 0, m_layout->keyCount, scratch);
    }
    Fingerprint fingerprint(int row) const;
    bool equalRows(int row, const RowBatch &other, int otherRow) const; // comparison bytes of all compared cells
    int compareKeys(int row, const RowBatch &other, int otherRow) const; // <0, 0, >0: the order of celltype.h

    // A row with a cell that could not be kept: its other cells are whole. Null: no fault.
    const Error *fault(int row) const;

    // Appending (RowEncoder does it for readers). Cells in layout order; a cell's comparison bytes only where they
    // differ.
    void beginRow();
    void appendNull();
    void appendCell(std::string_view value);
    void appendCell(std::string_view value, std::string_view comparison);
    void appendCellComparedAsNull(std::string_view value); // emptyIsNull
    char *appendRaw(quint32 size); // a cell whose bytes the caller fills in at once; value = comparison
    void setFault(Error error); // of the row that is being appended
    void endRow();
    void faultLastRow(Error error) { m_faults.push_back({rowCount() - 1, std::move(error)}); } // of a row read back
    void dropRow(); // takes back the row that is being appended
    void appendRow(const RowBatch &other, int row); // same layout in its first layout().size() cells
    bool appendChain(std::string_view chain); // recomputes comparison bytes; false: not a chain of this layout
    void truncate(int rowCount);

private:
    struct Fault
    {
        int row;
        Error error;
    };

    quint32 comparisonStart(int row, int cell) const; // as in m_comparisonStarts
    bool hasOwnComparison(int row, int first, int end) const;
    char *appendComparison(quint32 word, std::size_t size); // of the cell appended last
    void refuseCell(); // an arena ends at 4 GiB

    std::shared_ptr<const RowLayout> m_layout;
    ByteArena m_arena;
    ByteArena m_comparison;
    std::vector<quint32> m_cellStarts; // rowCount × size(): offset of the length word
    std::vector<quint32>
        m_comparisonStarts; // empty, or rowCount × size(): offset + 1 in m_comparison of a length word, 0 = same
    std::vector<quint32> m_rowEnds; // offset past the row's chain
    std::vector<Fault> m_faults;
    quint32 m_rowStart = 0;
};

// Some rows of a batch, in order.
struct RowSelection
{
    const RowBatch *batch = nullptr;
    std::span<const int> rows;
};

} // namespace tidemark
