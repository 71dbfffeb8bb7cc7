// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/apply/collatedkey.h"

#include <algorithm>
#include <utility>

#include <xxhash.h>

#include <QStringList>

namespace tidemark {

namespace {

QString folded(std::string_view bytes)
{
    QString text = QString::fromUtf8(bytes.data(), qsizetype(bytes.size()));
    const bool ascii = std::all_of(bytes.begin(), bytes.end(), [](char c) { return static_cast<uchar>(c) < 0x80; });
    if (!ascii) {
        text = text.normalized(QString::NormalizationForm_KD);
        text.removeIf([](QChar c) { return c.category() == QChar::Mark_NonSpacing; });
    }
    text = text.toCaseFolded();
    while (text.endsWith(u' '))
        text.chop(1);
    return text;
}

quint64 hashOf(const RowBatch &rows, int row)
{
    const QString key = foldedKey(rows, row);
    return XXH3_64bits(key.constData(), std::size_t(key.size()) * sizeof(QChar));
}

} // namespace

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
    for (int cell = 0; cell < rows.layout().keyCount; ++cell)
        parts += folded(rows.value(row, cell).bytes);
    return parts.join(QChar(0));
}

void DoubtfulKeys::note(const RowBatch &rows, int row) { m_hashes.push_back(hashOf(rows, row)); }

void DoubtfulKeys::clear()
{
    m_hashes.clear();
    m_sealed = false;
}

void DoubtfulKeys::seal()
{
    if (std::exchange(m_sealed, true))
        return;
    std::sort(m_hashes.begin(), m_hashes.end());
    std::vector<quint64> twice;
    for (std::size_t i = 1; i < m_hashes.size(); ++i) {
        if (m_hashes[i] == m_hashes[i - 1] && (twice.empty() || twice.back() != m_hashes[i]))
            twice.push_back(m_hashes[i]);
    }
    m_hashes = std::move(twice);
}

bool DoubtfulKeys::contains(const RowBatch &rows, int row) const
{
    return !m_hashes.empty() && std::binary_search(m_hashes.begin(), m_hashes.end(), hashOf(rows, row));
}

} // namespace tidemark
