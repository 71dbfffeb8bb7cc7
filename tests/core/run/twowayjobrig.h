// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/journal/planfile.h"
#include "tests/core/run/enginerig.h"

namespace tidemark {

using namespace Qt::StringLiterals;

// A two-way job on a fake pair, from job file to report.
struct JobRig : EngineRig
{
    JobRig()
    {
        pair.makeTable(u"t"_s, u"id integer key, note text(40), qty integer"_s);
        for (int id = 1; id <= 6; ++id)
            putBoth({id, "same", 10});
    }

    void putBoth(const FakeValues &row)
    {
        pair.putSource(u"t"_s, row);
        pair.putTarget(u"t"_s, row);
    }
    JobSettings twoWay(const QString &policy = u"ask"_s) const
    {
        return job({{u"mode"_s, u"two-way"_s}, {u"conflicts"_s, QJsonObject{{u"policy"_s, policy}}}});
    }
    QString synced(const QString &policy = u"ask"_s) { return words(run(twoWay(policy))); }
    static QString words(const RunReport &report)
    {
        QString text = runStateName(report.state);
        if (report.error)
            return text + u' ' + codeName(report.error->code);
        for (const TableReport &table : report.tables) {
            text += u" > "_s + shown(table.toTarget) + u" < "_s + shown(table.toSource);
            text += u", %1 open"_s.arg(table.conflicts);
            if (table.skipped > 0)
                text += u", %1 skipped"_s.arg(table.skipped);
            if (table.changedSincePlan > 0)
                text += u", %1 moved"_s.arg(table.changedSincePlan);
            if (table.error)
                text += u' ' + codeName(table.error->code);
        }
        return text;
    }
    QList<Conflict> listed(QList<ConflictState> states = {ConflictState::Open})
    {
        ConflictFilter filter;
        filter.states = std::move(states);
        return journal->conflicts(twoWay().id, filter).value_or(QList<Conflict>());
    }
    RunReport answered(const ConflictReply &reply)
    {
        pair.clock.advanceMs(1000);
        Cancellation cancellation;
        ProgressBoard progress;
        return Runner(pair.connector, *journal, pair.clock)
            .resolve(twoWay(), {reply}, u"anna"_s, {}, cancellation, progress);
    }
    // The rows of this key, "source / target"; "-" where there is none.
    QString row(int id) const
    {
        const auto of = [id](const QStringList &rows) {
            for (const QString &row : rows) {
                if (row.startsWith(QString::number(id) + u'|'))
                    return row;
            }
            return u"-"_s;
        };
        return of(pair.sourceRows(u"t"_s)) + u" / "_s + of(pair.targetRows(u"t"_s));
    }
    void clash() // on 1, with a base
    {
        pair.putSource(u"t"_s, {1, "one", 10});
        pair.putTarget(u"t"_s, {1, "two", 10});
    }
};

// The source's row of a conflict with another text in its second cell, of three.
inline QByteArray chainWith(Journal &journal, const QString &jobId, const Conflict &conflict, const QByteArray &text)
{
    const auto table = journal.conflictTable(jobId, conflict.table);
    RowBatch rows((*table)->layout());
    (void)rows.appendChain({conflict.source.constData(), std::size_t(conflict.source.size())});
    RowBatch made((*table)->layout());
    made.beginRow();
    made.appendCell(rows.value(0, 0).bytes);
    made.appendCell({text.constData(), std::size_t(text.size())});
    made.appendCell(rows.value(0, 2).bytes);
    made.endRow();
    const std::string_view chain = made.chain(0);
    return {chain.data(), qsizetype(chain.size())};
}

inline const QString quiet = u"completed > +0 ~0 -0 < +0 ~0 -0, 0 open"_s;

} // namespace tidemark
