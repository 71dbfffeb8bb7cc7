// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journal/basefile.h"
#include "core/run/twowayexecution.h"
#include "tests/core/run/twowayundorig.h"

using namespace tidemark;

namespace {

const QString nothing = u"completed > +0 ~0 -0 < +0 ~0 -0, 0 open"_s;
const Error lost{ErrorCode::ConnectionLost, {}, {}};

} // namespace

// Two-way runs and their undos that were cut off, and a base that cannot be trusted.
class TestUndoTwoWayCuts : public QObject, private TwoWayUndoRig
{
    Q_OBJECT

private:
    JobSettings once() const
    {
        JobSettings settings = job();
        settings.retry.attempts = 1;
        return settings;
    }

    // The connection of one side dies at its operation after so many. Says how `work` ended, and whether it came so
    // far.
    template <typename Work> auto cut(bool atTarget, int skip, bool &reached, Work work)
    {
        FakeDatabase &side = atTarget ? m_rig->pair.target : m_rig->pair.source;
        auto operations = std::make_shared<int>(0);
        side.onOperation([operations](const QString &) { ++*operations; });
        side.failOn({}, lost, skip);
        auto outcome = work();
        side.failNoMore();
        side.onOperation({});
        reached = *operations > skip;
        return outcome;
    }

private Q_SLOTS:
    void init() { begin(); }
    void cleanup() { end(); }

    // A connection dies at each operation of an undo in turn: undone once more, all is as if nothing had happened, and
    // the next run asks about every row and writes none.
    void anUndoCutOffAnywhereIsFinished_data()
    {
        QTest::addColumn<bool>("atTarget");
        QTest::newRow("at the target") << true;
        QTest::newRow("at the source") << false;
    }
    void anUndoCutOffAnywhereIsFinished()
    {
        QFETCH(bool, atTarget);
        int met = 0;
        for (int skip = 0;; ++skip) {
            if (skip > 0)
                begin();
            change();
            const QStringList sourceBefore = source();
            const QStringList targetBefore = target();
            const RunReport run = m_rig->run(job());
            bool reached = false;
            const UndoOutcome cut = this->cut(atTarget, skip, reached, [&] { return undo(once(), run.run); });
            const QString context = u"%1: %2"_s.arg(skip).arg(shown(cut.report));
            const bool failed = cut.report.state == RunState::Failed;
            met += failed ? 1 : 0;
            // The next run, before the undo is finished: it may write what is not put back yet, and asks about the
            // rest.
            const UndoOutcome again = undo(once(), run.run);
            const bool done = again.report.state == RunState::Completed
                || (!failed && again.report.error && again.report.error->code == ErrorCode::UndoneAlready);
            QVERIFY2(done, qPrintable(context + u" then "_s + shown(again.report)));
            QVERIFY2(source() == sourceBefore, qPrintable(context + u'\n' + source().join(u'\n')));
            QVERIFY2(target() == targetBefore, qPrintable(context + u'\n' + target().join(u'\n')));
            const QString next = synced();
            QVERIFY2(next == u"needs-attention > +0 ~0 -0 < +0 ~0 -0, 6 open"_s,
                     qPrintable(context + u" then "_s + next));
            QCOMPARE(m_rig->pair.violations(), QStringList());
            if (!reached)
                break;
        }
        QVERIFY(met > 10);
    }

    // The same with attempts left: one command does it, and counts each row once.
    void anUndoTriesAgain_data() { anUndoCutOffAnywhereIsFinished_data(); }
    void anUndoTriesAgain()
    {
        QFETCH(bool, atTarget);
        int after = 0; // cut off where the undo had begun to write
        for (int skip = 0;; ++skip) {
            if (skip > 0)
                begin();
            change();
            const QStringList sourceBefore = source();
            const QStringList targetBefore = target();
            const RunReport run = m_rig->run(job());
            bool reached = false;
            const UndoOutcome back = cut(atTarget, skip, reached, [&] { return undo(job(), run.run); });
            const QString context = u"%1: %2"_s.arg(skip).arg(shown(back.report));
            if (source() != sourceBefore || target() != targetBefore) {
                // Before anything was planned there is nothing to try again.
                QVERIFY2(back.report.error && after == 0, qPrintable(context));
            } else {
                after += reached ? 1 : 0;
                QVERIFY2(shown(back.report) == u"completed > +1 ~1 -1 < +1 ~1 -1, 0 open"_s, qPrintable(context));
                qint64 contested = 0;
                for (const UndoneTable &table : back.tables) {
                    contested += table.contested;
                    QCOMPARE(table.asBefore, 0);
                }
                QCOMPARE(contested, 6);
                QCOMPARE(synced(), u"needs-attention > +0 ~0 -0 < +0 ~0 -0, 6 open"_s);
            }
            if (!reached)
                break;
        }
        QVERIFY(after > 5);
    }

    // After an undo that was cut off and is not finished: no row that it put back is written without a question.
    void afterAnUndoThatWasCutOff_data() { anUndoCutOffAnywhereIsFinished_data(); }
    void afterAnUndoThatWasCutOff()
    {
        QFETCH(bool, atTarget);
        for (int skip = 0;; ++skip) {
            if (skip > 0)
                begin();
            change();
            const QStringList sourceBefore = source();
            const QStringList targetBefore = target();
            const RunReport run = m_rig->run(job());
            bool reached = false;
            const UndoOutcome cut = this->cut(atTarget, skip, reached, [&] { return undo(once(), run.run); });
            const QStringList sourceThen = source();
            const QStringList targetThen = target();
            const QString next = synced();
            const QString context = u"%1: %2, then %3"_s.arg(skip).arg(shown(cut.report), next);
            QVERIFY2(next.contains(u"> +0 ~0 -0 < +0 ~0 -0"_s), qPrintable(context));
            QVERIFY2(source() == sourceThen && target() == targetThen, qPrintable(context));
            const bool all = sourceThen == sourceBefore && targetThen == targetBefore;
            QVERIFY2(!all || next.endsWith(u", 6 open"_s), qPrintable(context));
            if (!reached)
                break;
        }
    }

    // The answer to a commit of the undo is lost.
    void lostAnswers_data()
    {
        QTest::addColumn<bool>("atTarget");
        QTest::addColumn<bool>("applied");
        QTest::addColumn<int>("skip");
        for (const bool atTarget : {true, false})
            for (const bool applied : {true, false})
                for (const int skip : {0, 1, 2})
                    QTest::addRow("%s, %s, after %d", atTarget ? "target" : "source",
                                  applied ? "applied" : "not applied", skip)
                        << atTarget << applied << skip;
    }
    void lostAnswers()
    {
        QFETCH(bool, atTarget);
        QFETCH(bool, applied);
        QFETCH(int, skip);
        change();
        const QStringList sourceBefore = source();
        const QStringList targetBefore = target();
        const RunReport run = m_rig->run(job());
        FakeDatabase &side = atTarget ? m_rig->pair.target : m_rig->pair.source;
        side.failCommit(applied, skip);
        const UndoOutcome back = undo(once(), run.run);
        side.failNoMore();
        if (back.report.state != RunState::Completed)
            QCOMPARE(undo(once(), run.run).report.state, RunState::Completed);
        QCOMPARE(source(), sourceBefore);
        QCOMPARE(target(), targetBefore);
        QCOMPARE(synced(), u"needs-attention > +0 ~0 -0 < +0 ~0 -0, 6 open"_s);
    }

    // A run that was cut off at each of its operations is taken back: both sides are as they were before it.
    void aRunCutOffAnywhereIsTakenBack_data() { anUndoCutOffAnywhereIsFinished_data(); }
    void aRunCutOffAnywhereIsTakenBack()
    {
        QFETCH(bool, atTarget);
        int undone = 0;
        for (int skip = 0;; ++skip) {
            if (skip > 0)
                begin();
            change();
            const QStringList sourceBefore = source();
            const QStringList targetBefore = target();
            bool reached = false;
            const RunReport run = cut(atTarget, skip, reached, [&] { return m_rig->run(once()); });
            const bool kept = QFileInfo::exists(undoPath(run.run));
            const UndoOutcome back = undo(once(), run.run);
            const QString context = u"%1: %2, then %3"_s.arg(skip).arg(shown(run), shown(back.report));
            QVERIFY2(back.report.state == RunState::Completed || !kept, qPrintable(context));
            QVERIFY2(source() == sourceBefore, qPrintable(context + u'\n' + source().join(u'\n')));
            QVERIFY2(target() == targetBefore, qPrintable(context + u'\n' + target().join(u'\n')));
            undone += back.report.totals().total() > 0 ? 1 : 0;
            // Rows that the cut run had not reached go their way; those that were put back are asked about.
            const qint64 putBack = back.report.totals().total();
            const RunReport next = m_rig->run(job());
            QCOMPARE(next.totals().total() + next.tables.first().conflicts, 6);
            QVERIFY2(next.tables.first().conflicts == putBack, qPrintable(context + u" then "_s + shown(next)));
            if (!reached)
                break;
        }
        QVERIFY(undone > 3);
    }

    // Neither is a merge finished whose row was put back by an undo that never learnt of its commit.
    void aMergeAndItsUndoCutOff()
    {
        m_more = policy(u"merge"_s);
        m_rig->pair.putSource(u"items"_s, {2, u"named"_s, 2});
        m_rig->pair.putTarget(u"items"_s, {2, u"same"_s, 77});
        m_rig->pair.source.failOn(u"update items"_s, lost);
        const RunReport run = m_rig->run(once());
        m_rig->pair.source.failNoMore();
        QCOMPARE(row(target(), 2), u"2|named|77"_s);
        FakeDatabase &side = m_rig->pair.target;
        int commits = 0;
        side.failCommit(true, 1); // the first one bears the run's mark alone
        side.onOperation([&](const QString &operation) {
            if (operation == u"commit"_s && ++commits == 2)
                side.failOn(u"open"_s, Error{ErrorCode::Unreachable, {}, {}}, 0, -1);
        });
        const UndoOutcome cut = undo(once(), run.run);
        side.onOperation({});
        side.failNoMore();
        QCOMPARE(cut.report.state, RunState::Failed);
        QCOMPARE(row(target(), 2), u"2|same|77"_s);
        for (int i = 0; i < 2; ++i) {
            QCOMPARE(synced(), u"needs-attention > +0 ~0 -0 < +0 ~0 -0, 1 open"_s);
            QCOMPARE(row(source(), 2), u"2|named|2"_s);
        }
        const auto open = m_rig->journal->conflicts(job().id, ConflictFilter{{}, {ConflictState::Open}, 0, 10});
        QCOMPARE(open->size(), 1);
        Cancellation cancellation;
        ProgressBoard progress;
        const RunReport answered =
            Runner(m_rig->pair.connector, *m_rig->journal, m_rig->pair.clock)
                .resolve(job(), {ConflictReply{open->first().id, ConflictAnswer::Source, {}, {}}}, u"me"_s, {},
                         cancellation, progress);
        QCOMPARE(shown(answered), u"completed > +0 ~1 -0 < +0 ~0 -0, 0 open"_s);
        QCOMPARE(synced(), nothing);
    }

    // Nothing can be marked where there is no base that could be trusted, and none is made of a few rows.
    void withoutABaseNoneIsMade()
    {
        change();
        const RunReport run = m_rig->run(job());
        QVERIFY(QFile::remove(baseFileOf(*m_rig->journal, job().id)));
        const UndoOutcome back = undo(job(), run.run);
        QCOMPARE(shown(back.report), u"completed > +1 ~1 -1 < +1 ~1 -1, 0 open"_s);
        for (const UndoneTable &table : back.tables)
            QVERIFY(table.comesBack && table.contested == 0);
        // Without one, what is at one side alone goes to the other, and what differs is asked: as ever.
        QCOMPARE(synced(), u"needs-attention > +2 ~0 -0 < +2 ~0 -0, 2 open"_s);
    }

    // A side that comes back from a backup made before the undo is no longer the one that the base knows.
    void aBackupFromBeforeTheUndoIsKnown_data() { anUndoCutOffAnywhereIsFinished_data(); }
    void aBackupFromBeforeTheUndoIsKnown()
    {
        QFETCH(bool, atTarget);
        change();
        const RunReport run = m_rig->run(job());
        FakeDatabase &side = atTarget ? m_rig->pair.target : m_rig->pair.source;
        const auto old = side.backUp();
        QCOMPARE(undo(job(), run.run).report.state, RunState::Completed);
        side.restore(old);
        // With the base: both-updated and the like for 6 rows, and the deleted ones stay away. Without: as above.
        const RunReport next = m_rig->run(job());
        QCOMPARE(next.totals().updates + next.totals().deletes, 0);
        QVERIFY(!next.tables.first().deletesChecked);
    }

    // The base is as true after an undo as before it: rows that the undo did not touch are in step.
    void theRestIsInStep()
    {
        change();
        const RunReport run = m_rig->run(job());
        QCOMPARE(undo(job(), run.run).report.state, RunState::Completed);
        m_rig->pair.putSource(u"items"_s, {20, u"edited"_s, 20});
        m_rig->pair.removeTarget(u"items"_s, {21});
        QCOMPARE(synced(), u"needs-attention > +0 ~1 -0 < +0 ~0 -1, 6 open"_s);
    }
};

QTEST_GUILESS_MAIN(TestUndoTwoWayCuts)
#include "tst_undotwowaycuts.moc"
