// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QUrl>

#include "core/config/httpsettings.h"
#include "core/endpoint/rowaccess.h"

namespace tidemark::http {

// Where one record of a resource is: "/orders/{id}" with its key in the place of the braces.
class RecordPath
{
public:
    // keyColumns: of the layouts to come, one a key cell.
    RecordPath(const HttpSettings &service, const QString &path, QStringList keyColumns);
    // ValueNotKept: a key that no path can hold.
    Result<QUrl> of(const RowBatch &rows, int row) const;

private:
    QString m_text; // the whole URL with its braces
    QStringList m_keyColumns;
};

bool fitsPath(CellKind kind); // its text names a record

} // namespace tidemark::http
