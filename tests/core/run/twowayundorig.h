// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/core/run/undorig.h"

namespace tidemark {

using namespace Qt::StringLiterals;

// A fake pair whose two-way runs are taken back. Both sides hold the rows 1 to 30 and are in step.
class TwoWayUndoRig : protected UndoRig
{
protected:
    void begin(const QJsonObject &more = {})
    {
        UndoRig::begin();
        m_rig->pair.makeTable(u"items"_s, QString::fromUtf16(columns));
        for (int id = 1; id <= 30; ++id) {
            m_rig->pair.putSource(u"items"_s, {id, u"same"_s, id});
            m_rig->pair.putTarget(u"items"_s, {id, u"same"_s, id});
        }
        m_more = more;
        m_first = m_rig->run(job());
    }

    JobSettings job(QJsonObject changes = {}) const
    {
        changes.insert(u"mode"_s, u"two-way"_s);
        for (auto one = m_more.begin(); one != m_more.end(); ++one)
            changes.insert(one.key(), one.value());
        return m_rig->job(changes);
    }
    QJsonObject policy(const QString &name) const
    {
        QJsonObject conflicts{{u"policy"_s, name}};
        if (name == u"newest"_s)
            conflicts.insert(u"column"_s, u"amount"_s);
        return {{u"conflicts"_s, conflicts}};
    }

    // At either side an edit, an insert and a delete.
    void change()
    {
        FakePair &pair = m_rig->pair;
        pair.putSource(u"items"_s, {2, u"at source"_s, 22});
        pair.putSource(u"items"_s, {40, u"new at source"_s, 40});
        pair.removeSource(u"items"_s, {4});
        pair.putTarget(u"items"_s, {3, u"at target"_s, 33});
        pair.putTarget(u"items"_s, {41, u"new at target"_s, 41});
        pair.removeTarget(u"items"_s, {5});
    }

    QStringList source() const { return m_rig->pair.sourceRows(u"items"_s); }
    QStringList target() const { return items(); }
    QString row(const QStringList &rows, int id) const
    {
        for (const QString &one : rows) {
            if (one.startsWith(QString::number(id) + u'|'))
                return one;
        }
        return {};
    }
    // "completed > +1 ~0 -0 < +0 ~0 -0, 2 open".
    static QString shown(const RunReport &report)
    {
        if (report.error)
            return codeName(report.error->code) + u' ' + report.error->detail;
        WriteCounts to;
        WriteCounts from;
        qint64 open = 0;
        for (const TableReport &table : report.tables) {
            if (table.error)
                return table.source + u": "_s + codeName(table.error->code) + u' ' + table.error->detail;
            to = to + table.toTarget;
            from = from + table.toSource;
            open += table.conflicts;
        }
        return u"%1 > %2 < %3, %4 open"_s.arg(runStateName(report.state), tidemark::shown(to), tidemark::shown(from))
            .arg(open);
    }
    QString synced() { return shown(m_rig->run(job())); }

    QJsonObject m_more;
    RunReport m_first;
};

} // namespace tidemark
