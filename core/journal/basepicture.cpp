// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journal/basefile.h"

#include <cstring>

namespace tidemark {

namespace {

// First byte of a picture. Cells: the length of the source's chain, the chain, the target's where it is another.
// Prints: the source's, then the target's where they are others.
constexpr char cellsMark = 'c';
constexpr char printsMark = 'p';

template <typename Number> void append(QByteArray &out, Number number)
{
    out.append(reinterpret_cast<const char *>(&number), sizeof number); // as chains are: in host order
}

void appendPrints(QByteArray &out, const RowBatch &rows, int row)
{
    for (int cell = 0; cell < rows.layout().comparedCount; ++cell)
        append(out, cellPrint(rows.comparison(row, cell)));
}

std::vector<quint64> printsAt(const QByteArray &bytes, qsizetype offset, int count)
{
    std::vector<quint64> prints(static_cast<std::size_t>(count));
    std::memcpy(prints.data(), bytes.constData() + offset, prints.size() * sizeof(quint64));
    return prints;
}

std::optional<BasePicture> decodeCells(const QByteArray &picture, const std::shared_ptr<const RowLayout> &layout)
{
    quint32 length = 0;
    constexpr qsizetype start = 1 + sizeof length;
    if (picture.size() < start)
        return std::nullopt;
    std::memcpy(&length, picture.constData() + 1, sizeof length);
    if (picture.size() - start < qsizetype(length))
        return std::nullopt;
    BasePicture decoded;
    decoded.rows.reset(layout);
    const std::string_view chains(picture.constData() + start, std::size_t(picture.size() - start));
    if (!decoded.rows.appendChain(chains.substr(0, length)))
        return std::nullopt;
    if (chains.size() > length && !decoded.rows.appendChain(chains.substr(length)))
        return std::nullopt;
    return decoded;
}

} // namespace

QByteArray encodePicture(const RowBatch &source, int sourceRow, const RowBatch &target, int targetRow)
{
    const std::string_view atSource = source.chain(sourceRow);
    const std::string_view atTarget = target.chain(targetRow);
    const bool same = atSource == atTarget;
    QByteArray picture;
    if (qint64(atSource.size() + (same ? 0 : atTarget.size())) <= pictureCellLimit) {
        picture.append(cellsMark);
        append(picture, quint32(atSource.size()));
        picture.append(atSource.data(), qsizetype(atSource.size()));
        if (!same)
            picture.append(atTarget.data(), qsizetype(atTarget.size()));
        return picture;
    }
    picture.append(printsMark);
    appendPrints(picture, source, sourceRow);
    if (!source.equalRows(sourceRow, target, targetRow))
        appendPrints(picture, target, targetRow);
    return picture;
}

std::optional<BasePicture> decodePicture(const QByteArray &picture, const std::shared_ptr<const RowLayout> &layout)
{
    if (picture.startsWith(cellsMark))
        return decodeCells(picture, layout);
    const int count = layout->comparedCount;
    const qsizetype size = qsizetype(count) * qsizetype(sizeof(quint64));
    if (!picture.startsWith(printsMark) || (picture.size() != 1 + size && picture.size() != 1 + 2 * size))
        return std::nullopt;
    BasePicture decoded;
    decoded.sourcePrints = printsAt(picture, 1, count);
    if (picture.size() > 1 + size)
        decoded.targetPrints = printsAt(picture, 1 + size, count);
    return decoded;
}

BaseTrust trustBase(const std::optional<BaseHead> &head, const BaseHead &now)
{
    if (!head)
        return BaseTrust::NoBase;
    if (head->journalId != now.journalId)
        return BaseTrust::OtherJournal;
    if (head->mappingDigest != now.mappingDigest)
        return BaseTrust::OtherMapping;
    if (head->sidesDigest != now.sidesDigest)
        return BaseTrust::OtherDatabases;
    // A run that was cut off has reached either side, both or none.
    const auto known = [&head](const QByteArray &settled, const QByteArray &found) {
        return found == settled || (!head->writing.isEmpty() && found == head->writing);
    };
    return known(head->sourceGeneration, now.sourceGeneration) && known(head->targetGeneration, now.targetGeneration)
        ? BaseTrust::Trusted
        : BaseTrust::OtherGeneration;
}

} // namespace tidemark
