// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace tidemark {

// Whether two identities (ServerFacts) name one database: they are equal, or are paths of one file, as hard links and
// bind mounts make them. A base and a watermark go by the identity alone: the file may be replaced by its backup.
bool areOneDatabase(const QString &identity, const QString &other);

} // namespace tidemark
