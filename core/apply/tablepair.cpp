// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/apply/tablepair.h"

#include <xxhash.h>

#include <QDataStream>
#include <QIODevice>

#include "core/apply/checkpointtable.h"

namespace tidemark {

namespace {

QByteArray hashOf(const QByteArray &bytes)
{
    const XXH128_hash_t hash = XXH3_128bits(bytes.constData(), std::size_t(bytes.size()));
    XXH128_canonical_t canonical;
    XXH128_canonicalFromHash(&canonical, hash);
    return QByteArray(reinterpret_cast<const char *>(canonical.digest), sizeof canonical.digest);
}

QByteArray readDigestOf(const TablePair &pair, Mode mode, const QString &sourceIdentity, const QString &targetIdentity)
{
    const DetectSettings &detect = pair.settings.detect;
    QByteArray bytes;
    QDataStream stream(&bytes, QIODevice::WriteOnly);
    stream.setVersion(QDataStream::Qt_6_0);
    stream << pair.mappingDigest << pair.settings.whereSource << pair.settings.whereTarget
           << static_cast<int>(detect.by) << detect.column << static_cast<int>(detect.scope) << detect.pending
           << detect.done << sourceIdentity << targetIdentity;
    if (const auto &target = pair.settings.targetDetect)
        stream << static_cast<int>(target->by) << target->column << static_cast<int>(target->scope);
    if (const auto &soft = pair.settings.soft) // what else is said of it changes no row's state
        stream << static_cast<int>(soft->side) << soft->column << soft->deleted;
    // One way, rows that the policy left lie below the watermark: another one looks at all of them.
    const ConflictSettings &conflicts = pair.settings.conflicts;
    if (mode != Mode::TwoWay && conflicts.policy != ConflictPolicy::Source)
        stream << static_cast<int>(conflicts.policy) << conflicts.newestSource << conflicts.newestTarget
               << conflicts.marginMs;
    return hashOf(bytes);
}

QByteArray sidesDigestOf(const QString &sourceIdentity, const QString &targetIdentity)
{
    QByteArray bytes;
    QDataStream stream(&bytes, QIODevice::WriteOnly);
    stream.setVersion(QDataStream::Qt_6_0);
    stream << sourceIdentity << targetIdentity;
    return hashOf(bytes);
}

// Types of mapped columns are in the mapping digest; of the others it matters that they are there. Their types stay
// out: a table that the run itself creates is described in other words than it was planned.
QByteArray planDigestOf(const TablePair &pair)
{
    QByteArray bytes;
    QDataStream stream(&bytes, QIODevice::WriteOnly);
    stream.setVersion(QDataStream::Qt_6_0);
    stream << pair.readDigest;
    for (const TableSchema *table : {&pair.mapping.source, &pair.mapping.target}) {
        stream << table->columns.size();
        for (const Column &column : table->columns)
            stream << column.name;
    }
    return hashOf(bytes);
}

ReadRequest readSide(const TableSchema &table, const TablePair &pair, QStringList columns,
                     std::vector<CellSource> cells, const QString &where, const std::optional<SoftDelete> &mark,
                     const BatchSettings &batch)
{
    ReadRequest request;
    request.table = &table;
    request.layout = pair.layout;
    request.columns = std::move(columns);
    request.sources = std::move(cells);
    request.where = where;
    if (mark)
        request.marks = MarkFilter{mark->column, mark->deleted};
    request.order = pair.mapping.ordered() ? ReadRequest::Order::Key : ReadRequest::Order::None;
    request.limits = {batch.rows, batch.bytes};
    return request;
}

} // namespace

ReadRequest TablePair::readSource(const BatchSettings &batch) const
{
    return readSide(mapping.source, *this, mapping.sourceColumns(), mapping.sourceCells(), settings.whereSource,
                    sourceMark, batch);
}

ReadRequest TablePair::readTarget(const BatchSettings &batch) const
{
    return readSide(mapping.target, *this, mapping.targetColumns(), mapping.targetCells(), settings.whereTarget,
                    targetMark, batch);
}

ReadRequest TablePair::keysOf(ReadRequest request) const
{
    request.layout = keyLayout;
    request.columns = request.columns.mid(0, keyLayout->keyCount);
    request.sources.resize(std::size_t(keyLayout->keyCount));
    return request;
}

WriteRequest TablePair::write() const
{
    WriteRequest request;
    request.table = &mapping.target;
    request.layout = layout;
    request.cells = mapping.targetCells();
    for (int cell = 0; cell < mapping.columns.size(); ++cell) {
        const ColumnPair &column = mapping.columns[cell];
        const bool isKey = cell < mapping.keyCount;
        if (isKey || column.write)
            request.columns.push_back({cell, mapping.target.columns[column.target].name, isKey});
    }
    return request;
}

void TablePair::appendKey(const RowBatch &rows, int row, RowBatch &keys) const
{
    keys.appendRow(rows, row); // the key cells come first in every layout
}

TablePair makeTablePair(const JobSettings &job, const JobTable &settings, TableMapping mapping,
                        const QString &sourceIdentity, const QString &targetIdentity)
{
    TablePair pair;
    pair.settings = settings;
    const bool allLogged =
        settings.detect.by == DetectBy::Log && (!settings.targetDetect || settings.targetDetect->by == DetectBy::Log);
    if (allLogged) // which sees deletes itself: what is withheld is not found by keys again
        pair.settings.keyCompare.when = KeyCompare::When::Never;
    if (settings.soft)
        (settings.soft->side == SoftDelete::Side::Source ? pair.sourceMark : pair.targetMark) = settings.soft;
    pair.mapping = std::move(mapping);
    pair.layout = pair.mapping.layout();
    RowLayout keys;
    keys.keyCount = keys.comparedCount = pair.layout->keyCount;
    keys.cells.assign(pair.layout->cells.begin(), pair.layout->cells.begin() + keys.keyCount);
    pair.keyLayout = std::make_shared<const RowLayout>(std::move(keys));
    pair.checkpointKey = {job.id, checkpointTable(pair.sourceName(), pair.targetName()), QStringLiteral("source")};
    pair.mappingDigest = pair.mapping.digest();
    pair.readDigest = readDigestOf(pair, job.mode, sourceIdentity, targetIdentity);
    pair.sidesDigest = sidesDigestOf(sourceIdentity, targetIdentity);
    pair.planDigest = planDigestOf(pair);
    return pair;
}

} // namespace tidemark
