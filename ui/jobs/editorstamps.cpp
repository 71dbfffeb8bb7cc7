// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/editorstamps.h"

#include <QJsonArray>
#include <QScopedValueRollback>

#include "ui/jobs/editorcolumns.h"
#include "ui/jobs/editortables.h"
#include "ui/jobs/jobdraft.h"

using namespace Qt::StringLiterals;

namespace tidemark {

bool stamps::isChangeTimeName(const QString &column)
{
    static const QSet<QString> names{
        u"updatedat"_s,      u"updatedon"_s,   u"updated"_s,    u"updatetime"_s,  u"updatedtime"_s,   u"updatedate"_s,
        u"updateddate"_s,    u"modifiedat"_s,  u"modifiedon"_s, u"modified"_s,    u"modifytime"_s,    u"modifiedtime"_s,
        u"modifieddate"_s,   u"gmtmodified"_s, u"changedat"_s,  u"changedon"_s,   u"changed"_s,       u"lastmodified"_s,
        u"lastmodifiedat"_s, u"lastchanged"_s, u"lastupdate"_s, u"lastupdated"_s, u"lastupdatedat"_s, u"mtime"_s,
        u"editedat"_s,       u"更新时间"_s,    u"修改时间"_s};
    return names.contains(QString(column).toLower().remove(u'_'));
}

bool stamps::isChangeTime(const Column &column)
{
    const CellKind kind = column.type.kind;
    const bool isTime = kind == CellKind::Date || kind == CellKind::Timestamp || kind == CellKind::Instant;
    return isTime && (column.changesOnUpdate || isChangeTimeName(column.name));
}

QJsonObject stamps::withRules(QJsonObject job, int table, const TableSchema &source)
{
    const QJsonValue said = job.value("tables"_L1).toArray().at(table);
    const QList<EditorColumn> columns = editorColumns(source, nullptr, said.toObject());
    for (const EditorColumn &column : columns) {
        const int place = source.columnIndex(column.source);
        const bool leftOut = column.state == EditorColumn::State::LeftOut;
        if (place < 0 || leftOut || column.key || !column.compare || !isChangeTime(source.columns.at(place)))
            continue;
        QJsonObject exception = draft::columnOf(job.value("tables"_L1).toArray().at(table).toObject(), column.source);
        if (exception.contains("rule"_L1))
            continue;
        exception["rule"_L1] = u"greatest"_s;
        job = draft::withColumn(std::move(job), table, column.source, exception);
    }
    return job;
}

void StampRules::look(JobDraft &draft, const EditorTableModel &tables)
{
    if (m_looking)
        return;
    const QScopedValueRollback looking(m_looking, true);
    QSet<QString> merging;
    QJsonObject job = draft.json();
    const QList<TableName> listed = draft::tables(job);
    for (int table = 0; table < listed.size(); ++table) {
        if (!draft::mergesCells(job, table))
            continue;
        const QString name = listed.at(table).display();
        merging << name;
        if (draft.isChanged() && !m_seen.contains(name))
            m_waiting << name;
        const auto schema = m_waiting.contains(name) ? tables.sourceSchema(tables.rowOf(name)) : nullptr;
        if (schema) {
            m_waiting.remove(name);
            job = stamps::withRules(std::move(job), table, *schema);
        }
    }
    m_waiting.intersect(merging);
    m_seen = merging;
    draft.amend(job);
}

} // namespace tidemark
