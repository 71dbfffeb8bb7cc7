// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/apply/collatedkey.h"

#include <QStringList>

namespace tidemark {

bool keyCollates(const TableMapping &mapping)
{
    for (int cell = 0; cell < mapping.keyCount; ++cell) {
        const ColumnType &type = mapping.target.columns[mapping.columns[cell].target].type;
        if (type.caseInsensitive || type.padSpace)
            return true;
    }
    return false;
}

QString foldedKey(const RowBatch &rows, int row)
{
    QStringList parts;
    for (int cell = 0; cell < rows.layout().keyCount; ++cell) {
        const CellView view = rows.value(row, cell);
        const QString text = QString::fromUtf8(view.bytes.data(), qsizetype(view.bytes.size())).toCaseFolded();
        qsizetype end = text.size();
        while (end > 0 && text[end - 1] == u' ')
            --end;
        parts += text.left(end);
    }
    return parts.join(QChar(0));
}

} // namespace tidemark
