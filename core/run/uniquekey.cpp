// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/run/uniquekey.h"

#include <algorithm>

#include "core/detect/compare.h"

namespace tidemark {

bool keyIsUnique(const TablePair &pair)
{
    const QStringList key = pair.mapping.sourceColumns().mid(0, pair.mapping.keyCount);
    const auto within = [&key](const QStringList &columns) {
        return !columns.isEmpty() && std::all_of(columns.begin(), columns.end(), [&key](const QString &column) {
            return key.contains(column);
        });
    };
    const TableSchema &source = pair.mapping.source;
    return within(source.primaryKey)
        || std::any_of(source.indexes.begin(), source.indexes.end(),
                       [&](const Index &index) { return index.unique && !index.partial && within(index.columns); });
}

Result<void> requireUnique(const RowBatch &rows, const RowNumbers &byKey)
{
    if (byKey.size() == std::size_t(rows.rowCount()))
        return {};
    std::string scratch;
    for (int row = 0; row < rows.rowCount(); ++row) {
        if (byKey.at(std::string(rows.key(row, scratch))) != row)
            return fail(Error{ErrorCode::KeyNotUnique, {{Fact::Key, keyText(rows, row)}}, {}});
    }
    return {};
}

} // namespace tidemark
