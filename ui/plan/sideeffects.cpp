// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plan/sideeffects.h"

#include "app/wording/wording.h"

using namespace Qt::StringLiterals;

namespace tidemark {

namespace {

constexpr qsizetype mostNames = 8; // in one sentence

const TableReport *find(const QList<TableReport> &tables, const QString &name)
{
    for (const TableReport &table : tables) {
        if (table.source == name)
            return &table;
    }
    return nullptr;
}

// Losses and refusals; that a column is left out was said when the job was made.
bool isLoss(const MappingNote &note, const WriteCounts &counts)
{
    switch (note.kind) {
    case MappingNote::Kind::RequiredTargetColumnMissing:
        return counts.inserts > 0;
    case MappingNote::Kind::ValuesMayNotFit:
    case MappingNote::Kind::FractionFloored:
    case MappingNote::Kind::FloatNarrowed:
    case MappingNote::Kind::CollationEquates:
        return counts.inserts + counts.updates > 0;
    case MappingNote::Kind::SourceColumnUnmatched:
    case MappingNote::Kind::TargetColumnUnmatched:
    case MappingNote::Kind::TargetColumnGenerated:
    case MappingNote::Kind::TravelsAsText:
    case MappingNote::Kind::ZonelessComparedAsWritten:
    case MappingNote::Kind::KeyNotIndexedInOrder:
        break;
    }
    return false;
}

constexpr QLatin1StringView atSource("-at-source"); // of two-way jobs: the source is written, too

QString effectOf(const CheckItem &item)
{
    return item.code.endsWith(atSource) ? item.code.chopped(atSource.size()) : item.code;
}

int rankOf(const CheckItem &item)
{
    if (item.error)
        return 0;
    const QString effect = effectOf(item);
    return effect == "cascades"_L1 ? 1 : effect == "not-transactional"_L1 ? 2 : effect == "has-triggers"_L1 ? 3 : 4;
}

bool matters(const CheckItem &item, const TableReport &table)
{
    if (item.error)
        return true;
    if (item.note)
        return isLoss(*item.note, table.toTarget);
    const WriteCounts &counts = item.code.endsWith(atSource) ? table.toSource : table.toTarget;
    const QString effect = effectOf(item);
    if (effect == "cascades"_L1)
        return counts.deletes > 0;
    return counts.total() > 0 && (effect == "not-transactional"_L1 || effect == "has-triggers"_L1);
}

QString listed(const QStringList &names)
{
    if (names.size() <= mostNames)
        return names.join(u", "_s);
    return SideEffects::tr("%1 and %2 more").arg(names.mid(0, mostNames).join(u", "_s)).arg(names.size() - mostNames);
}

} // namespace

SideEffects SideEffects::of(const QList<CheckItem> &items, const QList<TableReport> &written)
{
    SideEffects result;
    QList<CheckItem> told;
    QList<QStringList> names; // of each: several triggers are one sentence
    QStringList created;
    for (const CheckItem &item : items) {
        const TableReport *table = find(written, item.table);
        if (item.code == "creates-table"_L1 && table)
            created << wording::safeText(item.table);
        if (!(item.table.isEmpty() ? item.error.has_value() : table && matters(item, *table)))
            continue;
        const bool joins = !told.isEmpty() && !item.error && !item.note && told.last().code == item.code
            && told.last().table == item.table;
        if (!joins) {
            told << item;
            names << QStringList();
        }
        names.last() << wording::safeText(item.detail);
    }
    for (int rank = 0; rank <= 4; ++rank) {
        for (qsizetype i = 0; i < told.size(); ++i) {
            if (rankOf(told.at(i)) != rank)
                continue;
            CheckItem item = told.at(i);
            item.detail = listed(names.at(i));
            result.warnings << wording::checkItem(item);
        }
    }
    if (!created.isEmpty())
        result.notes << tr("Creates at the target: %1.").arg(listed(created));
    return result;
}

QStringList SideEffects::filters(const JobSettings &job, const QList<TableReport> &written)
{
    QStringList sentences;
    for (const JobTable &table : job.tables) {
        const QString where = table.whereSource.isEmpty() ? table.whereTarget : table.whereSource;
        if (!where.isEmpty() && find(written, table.source.display()))
            sentences << tr("%1: only rows where %2")
                             .arg(wording::safeText(table.source.display()), wording::safeText(where, 400));
    }
    return sentences;
}

} // namespace tidemark
