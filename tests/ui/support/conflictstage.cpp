// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/support/conflictstage.h"

#include "core/data/orderedkey.h"
#include "core/journal/basefile.h"
#include "tests/core/journal/someconflict.h"
#include "tests/ui/support/person.h"

namespace tidemark {

static QString pairName(const QString &table) { return table + u" → "_s + table; }

ConflictStage::ConflictStage()
{
    person::elsewhere([this] {
        auto desk = Desk::open(m_folder.filePath(u"workspace"_s), {});
        if (desk)
            m_desk = std::move(*desk);
    });
    m_job.id = u"6f1c0e0a"_s;
    m_job.name = u"Till and tablet"_s;
    m_job.mode = Mode::TwoWay;
    m_job.source.name = u"Till"_s;
    m_job.target.name = u"Tablet"_s;
}

void ConflictStage::addTable(const QString &name, const QStringList &columns)
{
    PlanTable table;
    table.report.source = name;
    table.report.target = name;
    for (const QString &column : columns) {
        const QStringList words = column.split(u' ');
        PlanColumn made{
            words.first(), words.first(), {cellKindFromName(words.value(1)).value_or(CellKind::Text)}, true};
        CellLimits limits;
        for (const QString &word : words.sliced(std::min<qsizetype>(2, words.size()))) {
            const QString value = word.section(u'=', 1);
            if (word == "notnull"_L1)
                limits.nullable = false;
            else if (word.startsWith("max="_L1))
                limits.length = value.toInt();
            else if (word.startsWith("bytes="_L1))
                limits.bytes = value.toInt();
            else if (word.startsWith("digits="_L1))
                limits.digits = value.toInt();
            else if (word.startsWith("words="_L1))
                limits.words = value.split(u'/');
            else
                made.type.scale = word.toInt();
        }
        table.columns.append(made);
        table.targetLimits.append(limits);
    }
    table.keyCount = 1;
    table.comparedCount = static_cast<int>(columns.size());
    table.mappingDigest = "m";
    m_tables[name] = table;
    person::elsewhere([&] { (void)m_desk->journal().saveConflictTable(m_job.id, pairName(name), table); });
}

QByteArray ConflictStage::chain(const PlanTable &table, const QString &cells) const { return chainOf(table, cells); }

ConflictKind ConflictStage::kindOf(const QString &base, const QString &source, const QString &target) const
{
    if (m_job.mode != Mode::TwoWay)
        return ConflictKind::Differs;
    return source.isEmpty() || target.isEmpty() ? ConflictKind::UpdatedAndDeleted
        : base.isEmpty()                        ? ConflictKind::BothInserted
                                                : ConflictKind::BothUpdated;
}

void ConflictStage::meetMany(int count)
{
    addTable(u"products"_s, {u"id integer"_s, u"name"_s, u"price decimal 2"_s, u"stock integer"_s});
    for (int i = 1; i <= count; ++i)
        meet(u"products"_s, u"%1|n|1.00|5"_s.arg(i), u"%1|n|1.50|5"_s.arg(i), u"%1|n|1.60|5"_s.arg(i));
    flush();
}

void ConflictStage::meet(const QString &name, const QString &base, const QString &source, const QString &target)
{
    const PlanTable &table = m_tables.at(name);
    Conflict conflict;
    conflict.table = pairName(name);
    conflict.source = chain(table, source);
    conflict.target = chain(table, target);
    conflict.mappingDigest = table.mappingDigest;
    conflict.kind = kindOf(base, source, target);
    conflict.run = u"20240229-130500"_s;
    conflict.sinceUs = 1'709'211'900'000'000;
    RowBatch rows(table.layout());
    append(rows, table, (source.isEmpty() ? target : source).split(u'|'));
    std::string key;
    appendOrderedKey(rows, 0, key);
    conflict.key = QByteArray(key.data(), static_cast<qsizetype>(key.size()));
    conflict.keyText = (source.isEmpty() ? target : source).section(u'|', 0, 0);
    if (!base.isEmpty()) {
        RowBatch before(table.layout());
        append(before, table, base.split(u'|'));
        conflict.base = encodePicture(before, 0, before, 0);
    }
    m_met.append(conflict);
}

void ConflictStage::meetOne(const QString &column, const QString &base, const QString &source, const QString &target)
{
    addTable(u"t"_s, {u"id integer"_s, column});
    meet(u"t"_s, base, source, target);
    flush();
}

void ConflictStage::refuse(const Error &error)
{
    m_met.last().kind = ConflictKind::Constraint;
    m_met.last().refusal = error;
}

void ConflictStage::flush()
{
    person::elsewhere([this] { (void)m_desk->journal().meetConflicts(m_job.id, std::exchange(m_met, {})); });
}

QList<Conflict> ConflictStage::conflicts()
{
    QList<Conflict> found;
    person::elsewhere([&] {
        ConflictFilter filter;
        filter.limit = 100'000;
        found = m_desk->journal().conflicts(m_job.id, filter).value_or(QList<Conflict>());
    });
    return found;
}

QString ConflictStage::row(const Conflict &conflict, bool forTarget)
{
    const QByteArray &chain = forTarget ? conflict.rowForTarget : conflict.rowForSource;
    return chain.isEmpty() ? QString() : textOf(m_tables.at(conflict.table.section(u" → "_s, 0, 0)), chain);
}

void ConflictStage::close(const Conflict &conflict)
{
    person::elsewhere([&] {
        (void)m_desk->journal().closeConflicts(m_job.id, conflict.table, {conflict.key}, ConflictEnd::Settled, 1);
    });
}

} // namespace tidemark
