// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/history/historysql.h"

#include <algorithm>

#include "app/wording/wording.h"
#include "core/endpoint/connector.h"
#include "core/run/sqlrows.h"
#include "ui/history/historytext.h"

using namespace Qt::StringLiterals;

namespace tidemark {

HistorySql::HistorySql(const JobSettings &job, const KeptRun::Table &table)
{
    const bool atSource = table.table.written == JobSide::Source;
    const ConnectionSettings &side = atSource ? job.source : job.target;
    m_driver = side.driver;
    m_name = TableName{side.schema, atSource ? table.table.source : table.table.target};
    for (const JobTable &one : job.tables) {
        if (one.source.display() != table.table.source)
            continue;
        if (atSource)
            m_name = one.source;
        else if (one.target)
            m_name = *one.target;
        if (m_name.schema.isEmpty())
            m_name.schema = side.schema;
    }
}

QString HistorySql::statement(const RowChange &change) const
{
    const UndoEntry &entry = change.entry;
    const auto comment = [&](const QString &text) -> QString {
        return u"-- "_s + wording::safeText(text.arg(HistoryText::keyText(change)), 400) + u'\n';
    };
    if (!entry.valuesKept)
        return comment(tr("row %1: its values were not kept"));
    if (entry.decision == Decision::InsertTarget && entry.after.isEmpty())
        return comment(tr("row %1 was inserted; the values of inserted rows are not kept, this shows what stands there "
                          "now:"))
            + lookAt(change);
    RowBatch after(change.layout), before(change.layout);
    const auto view = [](const QByteArray &bytes) {
        return std::string_view(bytes.constData(), std::size_t(bytes.size()));
    };
    const bool read = (entry.after.isEmpty() || after.appendChain(view(entry.after)))
        && (entry.before.isEmpty() || before.appendChain(view(entry.before)));
    const bool enough = (entry.decision == Decision::InsertTarget || before.rowCount() > 0)
        && (entry.decision == Decision::DeleteTarget || after.rowCount() > 0);
    if (!read || !enough)
        return comment(tr("row %1: its values were not kept"));
    SqlTable table;
    table.plan = HistoryText::planTable(change);
    table.name = m_name;
    table.written = QList<bool>(change.columns.size(), true);
    const auto sql = SqlRows(m_driver, dialectOf(m_driver)).statement(table, after, before, entry.decision);
    return sql ? *sql : comment(tr("row %1: its values were not kept"));
}

// By its key alone, which is all that is kept of it.
QString HistorySql::lookAt(const RowChange &change) const
{
    constexpr QLatin1StringView deletes("DELETE FROM");
    const auto layout = HistoryText::keyLayout(change);
    RowBatch key(layout);
    if (!key.appendChain({change.entry.key.constData(), std::size_t(change.entry.key.size())}))
        return {};
    SqlTable table;
    table.plan = HistoryText::planTable(change);
    table.plan.columns.resize(layout->keyCount);
    table.name = m_name;
    const auto sql = SqlRows(m_driver, dialectOf(m_driver)).statement(table, {}, key, Decision::DeleteTarget);
    return sql && sql->startsWith(deletes) ? u"SELECT * FROM"_s + sql->sliced(deletes.size()) : QString();
}

QString HistorySql::text(const QList<RowChange> &changes) const
{
    QString text;
    for (const RowChange &change : changes)
        text += statement(change);
    return text;
}

} // namespace tidemark
