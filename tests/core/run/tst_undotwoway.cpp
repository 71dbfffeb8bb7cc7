// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/celldecoder.h"
#include "tests/core/run/twowayundorig.h"

using namespace tidemark;

namespace {

const QString nothing = u"completed > +0 ~0 -0 < +0 ~0 -0, 0 open"_s;

} // namespace

// A two-way run is taken back: each side is as it was, and the next run neither writes the same again nor carries the
// undo to the other side.
class TestUndoTwoWay : public QObject, private TwoWayUndoRig
{
    Q_OBJECT

private:
    static QString cells(const RowChange &change, const QByteArray &chain)
    {
        RowBatch rows(change.layout);
        if (chain.isEmpty() || !rows.appendChain({chain.constData(), std::size_t(chain.size())}))
            return u"-"_s;
        QStringList cells;
        for (int at = 0; at < 3; ++at)
            cells += cell::text(change.layout->cells[std::size_t(at)], rows.value(0, at));
        return cells.join(u'|');
    }

private Q_SLOTS:
    void init() { begin(); }
    void cleanup() { end(); }

    void putsBothSidesBack()
    {
        QCOMPARE(shown(m_first), nothing);
        change();
        const QStringList sourceBefore = source();
        const QStringList targetBefore = target();
        const RunReport run = m_rig->run(job());
        QCOMPARE(shown(run), u"completed > +1 ~1 -1 < +1 ~1 -1, 0 open"_s);
        QVERIFY(m_rig->pair.sidesAreEqual(u"items"_s));
        const QStringList inStep = source();

        const UndoOutcome back = undo(job(), run.run);
        QCOMPARE(shown(back.report), u"completed > +1 ~1 -1 < +1 ~1 -1, 0 open"_s);
        QCOMPARE(source(), sourceBefore);
        QCOMPARE(target(), targetBefore);
        QCOMPARE(back.tables.size(), 2);
        for (const UndoneTable &table : back.tables) {
            QCOMPARE(table.source, u"items"_s);
            QCOMPARE(table.contested, 3);
            QVERIFY(!table.comesBack && !table.isEdit);
        }
        QVERIFY(back.tables.first().written != back.tables.last().written);
        QCOMPARE(undo(job(), run.run).report.error->code, ErrorCode::UndoneAlready);

        // Nobody is passed over: every row that was put back is asked about, and no other.
        m_rig->pair.resetCounters();
        QCOMPARE(synced(), u"needs-attention > +0 ~0 -0 < +0 ~0 -0, 6 open"_s);
        QCOMPARE(source(), sourceBefore);
        QCOMPARE(target(), targetBefore);

        const UndoOutcome forth = undo(job(), back.report.run);
        QCOMPARE(shown(forth.report), u"completed > +1 ~1 -1 < +1 ~1 -1, 0 open"_s);
        QCOMPARE(source(), inStep);
        QCOMPARE(target(), inStep);
        QCOMPARE(synced(), nothing);
        m_rig->pair.putTarget(u"items"_s, {2, u"later"_s, 2});
        QCOMPARE(synced(), u"completed > +0 ~0 -0 < +0 ~1 -0, 0 open"_s);
    }

    // What the next run makes of it is the policy's to say; a merge asks.
    void thePolicyDecidesAnew_data()
    {
        QTest::addColumn<QString>("policy");
        QTest::addColumn<QString>("next");
        QTest::newRow("ask") << u"ask"_s << u"needs-attention > +0 ~0 -0 < +0 ~0 -0, 6 open"_s;
        QTest::newRow("merge") << u"merge"_s << u"needs-attention > +0 ~0 -0 < +0 ~0 -0, 6 open"_s;
        QTest::newRow("source") << u"source"_s << u"completed > +2 ~2 -2 < +0 ~0 -0, 0 open"_s;
        QTest::newRow("target") << u"target"_s << u"completed > +0 ~0 -0 < +2 ~2 -2, 0 open"_s;
        QTest::newRow("newest") << u"newest"_s << u"needs-attention > +0 ~1 -0 < +0 ~1 -0, 4 open"_s;
    }
    void thePolicyDecidesAnew()
    {
        QFETCH(QString, policy);
        change();
        const RunReport run = m_rig->run(job());
        QCOMPARE(undo(job(), run.run).report.state, RunState::Completed);
        m_more = this->policy(policy);
        QTEST(synced(), "next");
        if (policy == u"source"_s || policy == u"target"_s) {
            QVERIFY(m_rig->pair.sidesAreEqual(u"items"_s));
            QCOMPARE(synced(), nothing);
        }
    }

    void whatMovedSinceIsLeftAndListed()
    {
        change();
        const RunReport run = m_rig->run(job());
        FakePair &pair = m_rig->pair;
        pair.putTarget(u"items"_s, {2, u"edited"_s, 2});
        pair.removeTarget(u"items"_s, {40});
        pair.putTarget(u"items"_s, {4, u"again"_s, 4});
        pair.putSource(u"items"_s, {3, u"edited"_s, 3});
        const QStringList targetNow = target();
        const UndoOutcome back = undo(job(), run.run);
        QCOMPARE(shown(back.report), u"needs-attention > +0 ~0 -0 < +1 ~0 -1, 0 open"_s);
        QCOMPARE(target(), targetNow);
        QCOMPARE(row(source(), 3), u"3|edited|3"_s);
        QCOMPARE(row(source(), 41), QString());
        QCOMPARE(back.report.tables.first().changedSincePlan, 3); // 40 is as it was before the run
        QCOMPARE(m_rig->journal->waitingCount(job().id, {}, RetryReason::ChangedSincePlan).value(), 3);
        qint64 asBefore = 0;
        qint64 asked = 0;
        for (const UndoneTable &table : back.tables) {
            asBefore += table.asBefore;
            asked += table.asked;
        }
        QCOMPARE(asBefore, 1);
        QCOMPARE(asked, 3);
    }

    // Nothing is to be put back, and a row has moved: a person is asked all the same, and any other policy leaves it
    // the edit that it is.
    void whatMovedSinceIsAConflict_data()
    {
        QTest::addColumn<QString>("policy");
        QTest::addColumn<QString>("next");
        QTest::newRow("ask") << u"ask"_s << u"needs-attention > +0 ~0 -0 < +0 ~0 -0, 1 open"_s;
        QTest::newRow("merge") << u"merge"_s << u"needs-attention > +0 ~0 -0 < +0 ~0 -0, 1 open"_s;
        QTest::newRow("source") << u"source"_s << u"completed > +0 ~0 -0 < +0 ~1 -0, 0 open"_s;
        QTest::newRow("target") << u"target"_s << u"completed > +0 ~0 -0 < +0 ~1 -0, 0 open"_s;
    }
    void whatMovedSinceIsAConflict()
    {
        QFETCH(const QString, policy);
        m_more = this->policy(policy);
        FakePair &pair = m_rig->pair;
        pair.putSource(u"items"_s, {2, u"of source"_s, 9});
        const RunReport run = m_rig->run(job());
        pair.putTarget(u"items"_s, {2, u"since"_s, 7});
        const UndoOutcome back = undo(job(), run.run);
        QCOMPARE(shown(back.report), u"needs-attention > +0 ~0 -0 < +0 ~0 -0, 0 open"_s);
        QTEST(synced(), "next");
        const bool asks = policy == u"ask"_s || policy == u"merge"_s;
        QCOMPARE(row(source(), 2), asks ? u"2|of source|9"_s : u"2|since|7"_s);
        QCOMPARE(row(target(), 2), u"2|since|7"_s);
    }

    // Between the plan and the write, at either side.
    void aRowThatMovesInTheMiddleIsLeft()
    {
        change();
        const RunReport run = m_rig->run(job());
        FakePair &pair = m_rig->pair;
        for (FakeDatabase *side : {&pair.source, &pair.target}) {
            auto writes = std::make_shared<int>(0);
            side->onOperation([&pair, side, writes](const QString &operation) {
                if (operation != u"beginWrite"_s || ++*writes != 2) // the first one bears the run's mark alone
                    return;
                if (side == &pair.target)
                    pair.putTarget(u"items"_s, {2, u"elsewhere"_s, 0});
                else
                    pair.putSource(u"items"_s, {3, u"elsewhere"_s, 0});
            });
        }
        const UndoOutcome back = undo(job(), run.run);
        pair.source.onOperation({});
        pair.target.onOperation({});
        QCOMPARE(shown(back.report), u"needs-attention > +1 ~0 -1 < +1 ~0 -1, 0 open"_s);
        QCOMPARE(row(target(), 2), u"2|elsewhere|0"_s);
        QCOMPARE(row(source(), 3), u"3|elsewhere|0"_s);
        // What was left is asked about as what was put back is.
        QCOMPARE(synced(), u"needs-attention > +0 ~0 -0 < +0 ~0 -0, 6 open"_s);
    }

    // A value that a policy overwrote comes back at the side that lost it, and wins.
    void aLostValueIsRestored_data()
    {
        QTest::addColumn<QString>("policy");
        QTest::addColumn<bool>("targetLost");
        QTest::newRow("source") << u"source"_s << true;
        QTest::newRow("target") << u"target"_s << false;
        QTest::newRow("newest") << u"newest"_s << true;
    }
    void aLostValueIsRestored()
    {
        QFETCH(QString, policy);
        QFETCH(bool, targetLost);
        m_more = this->policy(policy);
        m_rig->pair.putSource(u"items"_s, {2, u"of source"_s, 9});
        m_rig->pair.putTarget(u"items"_s, {2, u"of target"_s, 7});
        m_rig->pair.putSource(u"items"_s, {3, u"another"_s, 3});
        const RunReport run = m_rig->run(job());
        QVERIFY(m_rig->pair.sidesAreEqual(u"items"_s));
        const UndoOutcome back = undo(job(), run.run, [](UndoRequest &request) {
            request.tables = {u"items"_s};
            request.key = {{u"id"_s, u"2"_s}};
        });
        const QString lost = targetLost ? u"2|of target|7"_s : u"2|of source|9"_s;
        QCOMPARE(back.report.state, RunState::Completed);
        QCOMPARE(back.report.totals().total(), 1);
        QVERIFY(back.tables.first().isEdit);
        QCOMPARE(row(targetLost ? target() : source(), 2), lost);
        QVERIFY(!m_rig->pair.sidesAreEqual(u"items"_s));
        QCOMPARE(m_rig->run(job()).totals().total(), 1);
        QCOMPARE(row(source(), 2), lost);
        QCOMPARE(row(target(), 2), lost);
        QCOMPARE(row(target(), 3), u"3|another|3"_s);
        QCOMPARE(synced(), nothing);
    }

    // Guarded: what somebody wrote there since stays.
    void aLostValueIsNotRestoredOverAnEdit()
    {
        m_more = policy(u"source"_s);
        m_rig->pair.putSource(u"items"_s, {2, u"of source"_s, 9});
        m_rig->pair.putTarget(u"items"_s, {2, u"of target"_s, 7});
        const RunReport run = m_rig->run(job());
        m_rig->pair.putTarget(u"items"_s, {2, u"later"_s, 8});
        const UndoOutcome back = undo(job(), run.run, [](UndoRequest &request) { request.key = {{u"id"_s, u"2"_s}}; });
        QCOMPARE(back.report.state, RunState::NeedsAttention);
        QCOMPARE(row(target(), 2), u"2|later|8"_s);
    }

    // A row that nobody contested is put back by its key like any other: the next run asks.
    void oneRowOfMany()
    {
        change();
        const RunReport run = m_rig->run(job());
        const UndoOutcome back = undo(job(), run.run, [](UndoRequest &request) { request.key = {{u"id"_s, u"3"_s}}; });
        QCOMPARE(shown(back.report), u"completed > +0 ~0 -0 < +0 ~1 -0, 0 open"_s);
        QCOMPARE(row(source(), 3), u"3|same|3"_s);
        QCOMPARE(synced(), u"needs-attention > +0 ~0 -0 < +0 ~0 -0, 1 open"_s);
        QCOMPARE(undo(job(), run.run,
                      [](UndoRequest &request) {
                          request.key = {{u"id"_s, u"9"_s}};
                      })
                     .report.error->code,
                 ErrorCode::UndoMissing);
    }

    void aMergeGoesBackAtBothSides_data()
    {
        QTest::addColumn<bool>("byKey");
        QTest::newRow("the run") << false;
        QTest::newRow("the row") << true;
    }
    void aMergeGoesBackAtBothSides()
    {
        QFETCH(bool, byKey);
        m_more = policy(u"merge"_s);
        m_rig->pair.putSource(u"items"_s, {2, u"named"_s, 2});
        m_rig->pair.putTarget(u"items"_s, {2, u"same"_s, 77});
        const RunReport run = m_rig->run(job());
        QCOMPARE(row(source(), 2), u"2|named|77"_s);
        QCOMPARE(row(target(), 2), u"2|named|77"_s);
        const UndoOutcome back = undo(job(), run.run, [&](UndoRequest &request) {
            if (byKey)
                request.key = {{u"id"_s, u"2"_s}};
        });
        QCOMPARE(shown(back.report), u"completed > +0 ~1 -0 < +0 ~1 -0, 0 open"_s);
        QCOMPARE(row(source(), 2), u"2|named|2"_s);
        QCOMPARE(row(target(), 2), u"2|same|77"_s);
        QCOMPARE(synced(), u"needs-attention > +0 ~0 -0 < +0 ~0 -0, 1 open"_s);
        QCOMPARE(row(source(), 2), u"2|named|2"_s);
    }

    // Cut off between its two sides; what one side has of it is taken back, and nobody finishes the merge.
    void aMergeThatWasCutOffIsNotFinished()
    {
        m_more = policy(u"merge"_s);
        m_rig->pair.putSource(u"items"_s, {2, u"named"_s, 2});
        m_rig->pair.putTarget(u"items"_s, {2, u"same"_s, 77});
        JobSettings settings = job();
        settings.retry.attempts = 1;
        m_rig->pair.source.failOn(u"update items"_s, Error{ErrorCode::ConnectionLost, {}, {}});
        const RunReport run = m_rig->run(settings);
        m_rig->pair.source.failNoMore();
        QCOMPARE(run.state, RunState::Failed);
        QCOMPARE(row(source(), 2), u"2|named|2"_s);
        QCOMPARE(row(target(), 2), u"2|named|77"_s);
        const UndoOutcome back = undo(settings, run.run);
        QCOMPARE(shown(back.report), u"completed > +0 ~1 -0 < +0 ~0 -0, 0 open"_s);
        QCOMPARE(row(target(), 2), u"2|same|77"_s);
        for (int i = 0; i < 2; ++i) {
            QCOMPARE(synced(), u"needs-attention > +0 ~0 -0 < +0 ~0 -0, 1 open"_s);
            QCOMPARE(row(source(), 2), u"2|named|2"_s);
            QCOMPARE(row(target(), 2), u"2|same|77"_s);
        }
    }

    // Which side was written, why, and what lost.
    void historyTellsBothSides()
    {
        change();
        const RunReport first = m_rig->run(job());
        m_more = policy(u"source"_s);
        m_rig->pair.putSource(u"items"_s, {2, u"of source"_s, 9});
        m_rig->pair.putTarget(u"items"_s, {2, u"of target"_s, 7});
        m_rig->pair.removeSource(u"items"_s, {3});
        m_rig->pair.putTarget(u"items"_s, {3, u"of target"_s, 7});
        const RunReport second = m_rig->run(job());
        const UndoOutcome back = undo(job(), second.run, [](UndoRequest &request) {
            request.key = {{u"id"_s, u"2"_s}};
        });
        const auto told = [&](int id) {
            QStringList lines;
            const auto history = rowHistory(*m_rig->journal, job().id, {}, {{u"id"_s, QString::number(id)}});
            if (!history)
                return QStringList{codeName(history.error().code)};
            for (const RowChange &change : history->changes) {
                const QString run = change.run == first.run ? u"first"_s
                    : change.run == second.run              ? u"second"_s
                                                            : u"undo"_s;
                lines += run + u' ' + decisionName(change.decision) + u' ' + reasonName(change.reason) + u' '
                    + cells(change, change.entry.before) + u" → "_s + cells(change, change.entry.after)
                    + (isContested(change.reason) ? u" lost"_s : QString());
            }
            return lines;
        };
        QCOMPARE(told(2),
                 (QStringList{u"undo update-target  2|of source|9 → 2|of target|7"_s,
                              u"second update-target changed-at-both 2|of target|7 → 2|of source|9 lost"_s,
                              u"first update-target changed-at-source 2|same|2 → 2|at source|22"_s}));
        QCOMPARE(told(3),
                 (QStringList{u"second delete-target deleted-and-changed 3|of target|7 → - lost"_s,
                              u"first update-source changed-at-target 3|same|3 → 3|at target|33"_s}));
        QCOMPARE(told(41), QStringList{u"first insert-source missing-at-source - → -"_s});
        QCOMPARE(told(5), QStringList{u"first delete-source deleted-at-target 5|same|5 → -"_s});
        QVERIFY(back.tables.first().isEdit);
    }

    // A first run that filled the target is taken back: it is asked for every row before it is filled again.
    void aFirstRunIsTakenBack()
    {
        UndoRig::end();
        UndoRig::begin();
        m_rig->pair.makeTable(u"items"_s, QString::fromUtf16(columns));
        for (int id = 1; id <= 20; ++id)
            m_rig->pair.putSource(u"items"_s, {id, u"same"_s, id});
        const RunReport run = m_rig->run(job());
        QCOMPARE(shown(run), u"completed > +20 ~0 -0 < +0 ~0 -0, 0 open"_s);
        const UndoOutcome asks = undo(job(), run.run, [](UndoRequest &request) { request.yes = false; });
        QCOMPARE(asks.report.state, RunState::NeedsAttention);
        QCOMPARE(asks.report.tables.first().withheldDeletes, 20);
        QCOMPARE(target().size(), 20);
        QCOMPARE(shown(undo(job(), run.run).report), u"completed > +0 ~0 -20 < +0 ~0 -0, 0 open"_s);
        QCOMPARE(target().size(), 0);
        QCOMPARE(synced(), u"needs-attention > +0 ~0 -0 < +0 ~0 -0, 20 open"_s);
        QCOMPARE(source().size(), 20);
        QCOMPARE(target().size(), 0);
    }

    // A job that goes one way by now does not write its source.
    void aJobOfAnotherModeLeavesTheSource()
    {
        change();
        const RunReport run = m_rig->run(job());
        const QStringList before = source();
        const UndoOutcome back = undo(m_rig->job(), run.run);
        QCOMPARE(back.report.error->code, ErrorCode::UndoOutdated);
        QCOMPARE(source(), before);
    }

    void anotherRunUnderWayIsBusy()
    {
        change();
        const RunReport run = m_rig->run(job());
        m_rig->pair.target.holdJobLock(job().id);
        QCOMPARE(undo(job(), run.run).report.state, RunState::Busy);
        m_rig->pair.target.releaseJobLock(job().id);
        QCOMPARE(undo(job(), run.run).report.state, RunState::Completed);
    }
};

QTEST_GUILESS_MAIN(TestUndoTwoWay)
#include "tst_undotwoway.moc"
