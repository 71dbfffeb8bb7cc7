// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include "core/data/rowbatch.h"

// Single cells for tests of what shows, sorts and tells them apart.
namespace tidemark::cells {

inline CellView view(const QByteArray &bytes) // of bytes that outlive it
{
    return {std::string_view(bytes.constData(), static_cast<size_t>(bytes.size())), false};
}

inline CellType kind(CellKind kind)
{
    CellType type;
    type.kind = kind;
    return type;
}

} // namespace tidemark::cells
