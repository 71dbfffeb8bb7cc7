// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include <QLockFile>

#include "core/base/result.h"

namespace tidemark {

// Keeps two programs from reading, changing and writing one file at the same time.
Result<std::unique_ptr<QLockFile>> lockFile(const QString &file); // LockTimeout, FileUnwritable

} // namespace tidemark
