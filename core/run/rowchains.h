// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/data/rowbatch.h"

namespace tidemark {

// A row as bytes of its own; absent (−1): empty.
inline QByteArray chainOf(const RowBatch &rows, int row)
{
    if (row < 0)
        return {};
    const std::string_view chain = rows.chain(row);
    return {chain.data(), qsizetype(chain.size())};
}

inline std::string_view viewOf(const QByteArray &bytes) { return {bytes.constData(), std::size_t(bytes.size())}; }

} // namespace tidemark
