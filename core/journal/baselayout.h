// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journal/basefile.h"
#include "core/journal/fileformat.h"

namespace tidemark::baselayout {

// How rows of a base lie in its file; for those who read and write it.

// Both fingerprints; the target's only where it is another. "?" where they were never in step.
QByteArray printsOf(const BaseRecord &record);
// Nothing: never in step, or not what printsOf() makes.
std::optional<BaseRecord> recordOf(const QByteArray &prints, const QByteArray &picture);
qint64 checksumOf(RecordChecksum &sum, std::string_view key, const QByteArray &prints, const QByteArray &picture);

} // namespace tidemark::baselayout
