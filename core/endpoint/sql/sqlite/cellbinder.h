// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "core/base/result.h"
#include "core/endpoint/sql/sqlite/storedvalue.h"

namespace tidemark {

// Turns canonical cells of one column into what SQLite shall store, and refuses what would not read back equal. SQLite
// itself refuses nothing: its affinities change values in silence.
class CellBinder
{
public:
    CellBinder(CellType type, CellSource target);

    // Valid until the next call and no longer than the cell's batch.
    Result<StoredValue> value(CellView cell);

private:
    struct Chosen
    {
        StoredValue value;
        bool isCertain = true; // false: only reading it back tells
    };
    std::optional<Chosen> choose(CellView cell); // nothing: there is no way to keep it
    std::optional<Chosen> chooseInteger(CellView cell);
    std::optional<Chosen> chooseDecimal(CellView cell);
    std::optional<Chosen> chooseReal(CellView cell);
    Chosen chooseTime(CellView cell);
    Chosen chooseText(std::string_view text) const;
    bool readsBack(CellView cell, const StoredValue &value);
    Error notKept(CellView cell) const;

    CellType m_type;
    CellSource m_target;
    Affinity m_affinity;
    std::shared_ptr<const RowLayout> m_layout; // of this cell alone
    std::unique_ptr<RowEncoder> m_encoder;
    RowBatch m_probe;
    std::string m_text;
    std::string m_scratch;
};

} // namespace tidemark
