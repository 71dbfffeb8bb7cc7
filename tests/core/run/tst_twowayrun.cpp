// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFile>
#include <QTest>

#include "tests/core/run/twowayrig.h"

using namespace tidemark;
using namespace Qt::StringLiterals;

namespace {

const QString nothing = u"> +0 ~0 -0 < +0 ~0 -0, 0 open"_s;

void fill(TwoWayRig &rig)
{
    rig.pair.makeTable(u"t"_s, u"id integer key, note text(40), qty integer, price integer"_s);
    for (int id = 1; id <= 6; ++id) {
        rig.pair.putSource(u"t"_s, {id, "same", 10, 100});
        rig.pair.putTarget(u"t"_s, {id, "same", 10, 100});
    }
}

} // namespace

// Both sides may change; nothing is overwritten unseen.
class TestTwoWayRun : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aSecondRunWritesNothing();
    void changesGoBothWays();
    void deletesGoBothWays();
    void whatBothLostIsForgotten();
    void withoutABaseNothingIsDeleted();
    void conflicts_data();
    void conflicts();
    void aConflictEndsWhenBothAgree();
    void editsOfDifferentCellsMerge();
    void aMergeCutOffIsFinishedAndNotComputedTwice_data();
    void aMergeCutOffIsFinishedAndNotComputedTwice();
    void whatMovesAfterAMergeWasCutOffIsAnEditOfIt();
    void aMergeIsNotComputedTwiceWhereItsAnswerWasLost_data();
    void aMergeIsNotComputedTwiceWhereItsAnswerWasLost();
    void aRowThatMovesMeanwhileIsLeftAlone();
    void aBaseOfAnotherHistoryIsNoBase_data();
    void aBaseOfAnotherHistoryIsNoBase();
    void killedAnywhereItResumes();
    void anotherRunUnderWayIsBusy();
};

void TestTwoWayRun::aSecondRunWritesNothing()
{
    TwoWayRig rig;
    fill(rig);
    QCOMPARE(rig.synced(), nothing);
    rig.pair.resetCounters();
    QCOMPARE(rig.synced(), nothing);
    QCOMPARE(rig.pair.source.counters().commits, 0);
    QCOMPARE(rig.pair.target.counters().commits, 0);
    QCOMPARE(rig.pair.violations(), QStringList());
}

void TestTwoWayRun::changesGoBothWays()
{
    TwoWayRig rig;
    fill(rig);
    QCOMPARE(rig.synced(), nothing);
    rig.pair.putSource(u"t"_s, {1, "at source", 10, 100});
    rig.pair.putTarget(u"t"_s, {2, "at target", 10, 100});
    rig.pair.putSource(u"t"_s, {11, "new", 1, 1});
    rig.pair.putTarget(u"t"_s, {12, nullptr, 1, 1});
    QCOMPARE(rig.synced(), u"> +1 ~1 -0 < +1 ~1 -0, 0 open"_s);
    QVERIFY(rig.pair.sidesAreEqual(u"t"_s));
    QCOMPARE(rig.pair.targetRows(u"t"_s).at(0), u"1|at source|10|100"_s);
    QCOMPARE(rig.pair.sourceRows(u"t"_s).at(1), u"2|at target|10|100"_s);
    rig.pair.resetCounters();
    QCOMPARE(rig.synced(), nothing);
    QCOMPARE(rig.pair.source.counters().commits + rig.pair.target.counters().commits, 0);
}

void TestTwoWayRun::deletesGoBothWays()
{
    TwoWayRig rig;
    fill(rig);
    QCOMPARE(rig.synced(), nothing);
    rig.pair.removeSource(u"t"_s, {1});
    rig.pair.removeTarget(u"t"_s, {2});
    QCOMPARE(rig.synced(), u"> +0 ~0 -1 < +0 ~0 -1, 0 open"_s);
    QVERIFY(rig.pair.sidesAreEqual(u"t"_s));
    QCOMPARE(rig.pair.sourceRows(u"t"_s).size(), 4);
    QCOMPARE(rig.synced(), nothing);
}

void TestTwoWayRun::whatBothLostIsForgotten()
{
    TwoWayRig rig;
    fill(rig);
    QCOMPARE(rig.synced(), nothing);
    rig.pair.removeSource(u"t"_s, {3});
    rig.pair.removeTarget(u"t"_s, {3});
    QCOMPARE(rig.synced(), nothing);
    // A row of that key is a new one, and no edit of the old.
    rig.pair.putTarget(u"t"_s, {3, "same", 10, 100});
    QCOMPARE(rig.synced(), u"> +0 ~0 -0 < +1 ~0 -0, 0 open"_s);
}

void TestTwoWayRun::withoutABaseNothingIsDeleted()
{
    TwoWayRig rig;
    fill(rig);
    rig.pair.removeSource(u"t"_s, {1});
    rig.pair.removeTarget(u"t"_s, {2});
    rig.pair.putSource(u"t"_s, {3, "one", 10, 100});
    rig.pair.putTarget(u"t"_s, {3, "other", 10, 100});
    QCOMPARE(rig.synced(), u"> +1 ~0 -0 < +1 ~0 -0, 1 open"_s);
    QCOMPARE(rig.pair.sourceRows(u"t"_s).size(), 6);
    QCOMPARE(rig.pair.targetRows(u"t"_s).size(), 6);
    // They have met, and were never in step: what decides rows whose base is known does not decide these.
    rig.rules.rules.conflicts = ConflictPolicy::Target;
    QCOMPARE(rig.synced(), u"> +0 ~0 -0 < +0 ~0 -0, 1 open"_s);
    rig.rules.rules.first = ConflictPolicy::Target;
    QCOMPARE(rig.synced(), u"> +0 ~0 -0 < +0 ~1 -0, 0 open"_s);
    QCOMPARE(rig.synced(), nothing);
}

void TestTwoWayRun::conflicts_data()
{
    QTest::addColumn<ConflictPolicy>("policy");
    QTest::addColumn<QString>("synced");
    QTest::addColumn<QString>("row"); // what both sides have; empty: still two rows
    QTest::newRow("source") << ConflictPolicy::Source << u"> +0 ~1 -0 < +0 ~0 -0, 0 open"_s << u"1|one|10|7"_s;
    QTest::newRow("target") << ConflictPolicy::Target << u"> +0 ~0 -0 < +0 ~1 -0, 0 open"_s << u"1|two|10|9"_s;
    QTest::newRow("newest") << ConflictPolicy::Newest << u"> +0 ~0 -0 < +0 ~1 -0, 0 open"_s << u"1|two|10|9"_s;
    QTest::newRow("merge") << ConflictPolicy::Merge << u"> +0 ~0 -0 < +0 ~0 -0, 1 open"_s << QString();
    QTest::newRow("ask") << ConflictPolicy::Ask << u"> +0 ~0 -0 < +0 ~0 -0, 1 open"_s << QString();
}

void TestTwoWayRun::conflicts()
{
    TwoWayRig rig;
    fill(rig);
    QFETCH(ConflictPolicy, policy);
    rig.rules.rules.conflicts = policy;
    rig.rules.newestSource = rig.rules.newestTarget = 3; // price
    QCOMPARE(rig.synced(), nothing);
    rig.pair.putSource(u"t"_s, {1, "one", 10, 7});
    rig.pair.putTarget(u"t"_s, {1, "two", 10, 9});
    QTEST(rig.synced(), "synced");
    QFETCH(QString, row);
    QCOMPARE(rig.pair.sourceRows(u"t"_s).first(), row.isEmpty() ? u"1|one|10|7"_s : row);
    QCOMPARE(rig.pair.targetRows(u"t"_s).first(), row.isEmpty() ? u"1|two|10|9"_s : row);
}

void TestTwoWayRun::aConflictEndsWhenBothAgree()
{
    TwoWayRig rig;
    fill(rig);
    QCOMPARE(rig.synced(), nothing);
    rig.pair.putSource(u"t"_s, {1, "one", 10, 100});
    rig.pair.removeTarget(u"t"_s, {1});
    auto tables = rig.sync();
    QVERIFY(tables);
    QCOMPARE(tables->first().conflicts.size(), std::size_t(1));
    QCOMPARE(caseName(tables->first().conflicts.front().which), u"target-deleted-source-updated"_s);
    QVERIFY(tables->first().conflicts.front().target.isEmpty());
    QVERIFY(!tables->first().conflicts.front().base.isEmpty());
    rig.pair.removeSource(u"t"_s, {1});
    QCOMPARE(rig.synced(), nothing);
    QCOMPARE(rig.pair.sourceRows(u"t"_s).size(), 5);
}

void TestTwoWayRun::editsOfDifferentCellsMerge()
{
    TwoWayRig rig;
    fill(rig);
    rig.rules.rules.conflicts = ConflictPolicy::Merge;
    rig.rules.cellRules = {CellRule::None, CellRule::None, CellRule::Sum, CellRule::None};
    QCOMPARE(rig.synced(), nothing);
    rig.pair.putSource(u"t"_s, {1, "noted", 13, 100});
    rig.pair.putTarget(u"t"_s, {1, "same", 8, 250});
    rig.pair.putSource(u"t"_s, {2, "both", 10, 100}); // all that the target did, and more
    rig.pair.putTarget(u"t"_s, {2, "both", 10, 100});
    rig.pair.putSource(u"t"_s, {3, "one", 10, 1});
    rig.pair.putTarget(u"t"_s, {3, "two", 10, 100});
    QCOMPARE(rig.synced(), u"> +0 ~1 -0 < +0 ~1 -0, 1 open"_s);
    QCOMPARE(rig.pair.sourceRows(u"t"_s).at(0), u"1|noted|11|250"_s);
    QCOMPARE(rig.pair.targetRows(u"t"_s).at(0), u"1|noted|11|250"_s);
    QCOMPARE(rig.pair.sourceRows(u"t"_s).at(2), u"3|one|10|1"_s);
    rig.pair.resetCounters();
    QCOMPARE(rig.synced(), u"> +0 ~0 -0 < +0 ~0 -0, 1 open"_s);
    QCOMPARE(rig.pair.source.counters().commits + rig.pair.target.counters().commits, 0);
    // The base knows the merge: the next edit of one side alone is one.
    rig.pair.putTarget(u"t"_s, {1, "noted", 11, 251});
    QCOMPARE(rig.synced(), u"> +0 ~0 -0 < +0 ~1 -0, 1 open"_s);
}

void TestTwoWayRun::aMergeCutOffIsFinishedAndNotComputedTwice_data()
{
    QTest::addColumn<QString>("operation"); // at the source, which is written last
    QTest::newRow("before the second side is written") << u"beginWrite"_s;
    QTest::newRow("in its transaction") << u"update t"_s;
    QTest::newRow("at its commit") << u"commit"_s;
}

void TestTwoWayRun::aMergeCutOffIsFinishedAndNotComputedTwice()
{
    TwoWayRig rig;
    fill(rig);
    rig.rules.rules.conflicts = ConflictPolicy::Merge;
    rig.rules.cellRules = {CellRule::None, CellRule::None, CellRule::Sum, CellRule::None};
    QCOMPARE(rig.synced(), nothing);
    rig.pair.putSource(u"t"_s, {1, "same", 13, 100});
    rig.pair.putTarget(u"t"_s, {1, "same", 8, 100});
    QFETCH(QString, operation);
    // The first transaction there bears the run's mark alone.
    rig.pair.source.failOn(operation, Error{ErrorCode::ConnectionLost, {}, {}}, operation == u"update t"_s ? 0 : 1);
    (void)rig.sync();
    QCOMPARE(rig.pair.targetRows(u"t"_s).first(), u"1|same|11|100"_s);
    QCOMPARE(rig.pair.sourceRows(u"t"_s).first(), u"1|same|13|100"_s);
    QCOMPARE(rig.synced(), u"> +0 ~0 -0 < +0 ~1 -0, 0 open"_s);
    QCOMPARE(rig.pair.sourceRows(u"t"_s).first(), u"1|same|11|100"_s);
    QCOMPARE(rig.pair.targetRows(u"t"_s).first(), u"1|same|11|100"_s);
    QCOMPARE(rig.synced(), nothing);
    rig.pair.putSource(u"t"_s, {1, "same", 12, 100});
    QCOMPARE(rig.synced(), u"> +0 ~1 -0 < +0 ~0 -0, 0 open"_s);
}

void TestTwoWayRun::whatMovesAfterAMergeWasCutOffIsAnEditOfIt()
{
    TwoWayRig rig;
    fill(rig);
    rig.rules.rules.conflicts = ConflictPolicy::Merge;
    rig.rules.cellRules = {CellRule::None, CellRule::None, CellRule::Sum, CellRule::None};
    QCOMPARE(rig.synced(), nothing);
    rig.pair.putSource(u"t"_s, {1, "same", 13, 100});
    rig.pair.putTarget(u"t"_s, {1, "same", 8, 100});
    const Error lost{ErrorCode::ConnectionLost, {}, {}};
    rig.pair.target.failOn(u"update t"_s, lost);
    (void)rig.sync();
    // Nothing was written: what was intended is forgotten, and the merge made of what there is now.
    rig.pair.putSource(u"t"_s, {1, "same", 15, 100});
    rig.pair.source.failOn(u"beginWrite"_s, lost, 1);
    (void)rig.sync();
    QCOMPARE(rig.pair.targetRows(u"t"_s).first(), u"1|same|13|100"_s);
    rig.pair.putSource(u"t"_s, {1, "same", 14, 100}); // the target bears 15 − 10 already
    QCOMPARE(rig.synced(), u"> +0 ~1 -0 < +0 ~1 -0, 0 open"_s);
    QCOMPARE(rig.pair.sourceRows(u"t"_s).first(), u"1|same|12|100"_s);
    QVERIFY(rig.pair.sidesAreEqual(u"t"_s));
    QCOMPARE(rig.synced(), nothing);
}

void TestTwoWayRun::aMergeIsNotComputedTwiceWhereItsAnswerWasLost_data()
{
    QTest::addColumn<QString>("target"); // what a user makes of the merged row there
    QTest::addColumn<QString>("synced");
    QTest::addColumn<QString>("both");
    QTest::newRow("an edit") << u"18"_s << u"> +0 ~0 -0 < +0 ~1 -0, 0 open"_s << u"1|same|18|100"_s;
    QTest::newRow("back to what it was") << u"8"_s << u"> +0 ~0 -0 < +0 ~1 -0, 0 open"_s << u"1|same|8|100"_s;
    QTest::newRow("a delete") << QString() << u"> +0 ~0 -0 < +0 ~0 -1, 0 open"_s << QString();
}

// The merge reached the target, and nobody could be asked whether it had.
void TestTwoWayRun::aMergeIsNotComputedTwiceWhereItsAnswerWasLost()
{
    QFETCH(QString, target);
    QFETCH(QString, synced);
    QFETCH(QString, both);
    TwoWayRig rig;
    fill(rig);
    rig.rules.rules.conflicts = ConflictPolicy::Merge;
    rig.rules.cellRules = {CellRule::None, CellRule::None, CellRule::Sum, CellRule::None};
    QCOMPARE(rig.synced(), nothing);
    rig.pair.putSource(u"t"_s, {1, "same", 13, 100});
    rig.pair.putTarget(u"t"_s, {1, "same", 8, 100});
    rig.pair.target.failCommit(true, 1); // the first one bears the run's mark alone
    int commits = 0;
    rig.pair.target.onOperation([&](const QString &operation) {
        if (operation == u"commit"_s && ++commits == 2)
            rig.pair.target.failOn(u"open"_s, Error{ErrorCode::ConnectionLost, {}, {}}, 0, -1);
    });
    (void)rig.sync();
    rig.pair.target.onOperation({});
    rig.pair.target.failNoMore();
    QCOMPARE(rig.pair.targetRows(u"t"_s).first(), u"1|same|11|100"_s);
    QCOMPARE(rig.pair.sourceRows(u"t"_s).first(), u"1|same|13|100"_s);
    if (target.isEmpty())
        rig.pair.removeTarget(u"t"_s, {1});
    else
        rig.pair.putTarget(u"t"_s, {1, "same", target.toInt(), 100});
    QCOMPARE(rig.synced(), synced);
    QVERIFY(rig.pair.sidesAreEqual(u"t"_s));
    if (!both.isEmpty())
        QCOMPARE(rig.pair.sourceRows(u"t"_s).first(), both);
    QCOMPARE(rig.synced(), nothing);
}

void TestTwoWayRun::aRowThatMovesMeanwhileIsLeftAlone()
{
    TwoWayRig rig;
    fill(rig);
    QCOMPARE(rig.synced(), nothing);
    rig.pair.putSource(u"t"_s, {1, "at source", 10, 100});
    rig.pair.removeSource(u"t"_s, {2});
    rig.pair.putSource(u"t"_s, {3, "at source", 10, 100});
    rig.pair.putSource(u"t"_s, {21, "new", 1, 1});
    bool moved = false;
    rig.pair.target.onOperation([&](const QString &operation) {
        if (operation != u"beginWrite"_s || std::exchange(moved, true))
            return;
        rig.pair.putTarget(u"t"_s, {1, "at target", 10, 100});
        rig.pair.putTarget(u"t"_s, {2, "at target", 10, 100});
        rig.pair.removeTarget(u"t"_s, {3});
        rig.pair.putTarget(u"t"_s, {21, "at target", 1, 1});
    });
    const auto tables = rig.sync();
    QVERIFY(tables && moved);
    QCOMPARE(tables->first().toTarget.written.total(), 0);
    QCOMPARE(tables->first().toTarget.changedSincePlan, 4);
    // Found by the next run to be what it is: four conflicts.
    QCOMPARE(rig.synced(), u"> +0 ~0 -0 < +0 ~0 -0, 4 open"_s);
    for (const int row : {0, 1, 5})
        QVERIFY(rig.pair.targetRows(u"t"_s).at(row).contains(u"at target"_s));
}

void TestTwoWayRun::aBaseOfAnotherHistoryIsNoBase_data()
{
    QTest::addColumn<QString>("what");
    for (const char *what : {"journal deleted", "base deleted", "base of last week", "target of last week",
                             "source of last week", "checkpoints dropped"})
        QTest::newRow(what) << QString::fromLatin1(what);
}

void TestTwoWayRun::aBaseOfAnotherHistoryIsNoBase()
{
    QFETCH(QString, what);
    TwoWayRig rig;
    fill(rig);
    QCOMPARE(rig.synced(), nothing);
    const auto oldSource = rig.pair.source.backUp();
    const auto oldTarget = rig.pair.target.backUp();
    QVERIFY(QFile::copy(rig.path(rig.baseName), rig.path(u"old.db"_s)));
    // This week: both sides agree on another row 1, and on the end of row 2.
    rig.pair.putSource(u"t"_s, {1, "this week", 10, 100});
    rig.pair.removeTarget(u"t"_s, {2});
    QCOMPARE(rig.synced(), u"> +0 ~1 -0 < +0 ~0 -1, 0 open"_s);
    if (what == u"journal deleted"_s) {
        rig.reopenJournal(u"another.db"_s);
    } else if (what == u"base deleted"_s) {
        rig.baseName = u"another-base.db"_s;
    } else if (what == u"base of last week"_s) {
        rig.baseName = u"old.db"_s;
    } else if (what == u"target of last week"_s) {
        rig.pair.target.restore(oldTarget);
    } else if (what == u"source of last week"_s) {
        rig.pair.source.restore(oldSource);
    } else {
        rig.pair.source.dropCheckpointTable();
        rig.pair.target.dropCheckpointTable();
    }
    rig.pair.putTarget(u"t"_s, {3, "edited", 10, 100});
    const auto tables = rig.sync();
    QVERIFY(tables && !tables->first().error);
    QVERIFY(tables->first().trust != BaseTrust::Trusted);
    QCOMPARE(tables->first().toTarget.written.updates + tables->first().toTarget.written.deletes, 0);
    QCOMPARE(tables->first().toSource.written.updates + tables->first().toSource.written.deletes, 0);
    // What was edited is asked for, and what came back from last week differs from this week's.
    const bool restored = what == u"target of last week"_s || what == u"source of last week"_s;
    QCOMPARE(tables->first().counts.conflicts, restored ? 2 : 1);
}

// A connection that dies at each operation in turn: after a quiet run all is as if nothing had happened.
void TestTwoWayRun::killedAnywhereItResumes()
{
    for (const bool atTarget : {true, false}) {
        for (int skip = 0;; ++skip) {
            TwoWayRig rig;
            fill(rig);
            QCOMPARE(rig.synced(), nothing);
            rig.pair.putSource(u"t"_s, {1, "at source", 10, 100});
            rig.pair.putTarget(u"t"_s, {2, "at target", 10, 100});
            rig.pair.putSource(u"t"_s, {11, "new", 1, 1});
            rig.pair.putTarget(u"t"_s, {12, "new", 1, 1});
            rig.pair.removeSource(u"t"_s, {3});
            rig.pair.removeTarget(u"t"_s, {4});
            FakeDatabase &side = atTarget ? rig.pair.target : rig.pair.source;
            side.failOn({}, Error{ErrorCode::ConnectionLost, {}, {}}, skip);
            const auto cut = rig.sync();
            const bool met = !cut || cut->first().error;
            side.failNoMore();
            const QString context = u"%1 %2"_s.arg(atTarget ? u"target"_s : u"source"_s).arg(skip);
            const QString after = rig.synced();
            QVERIFY2(after.endsWith(u", 0 open"_s), qPrintable(context + u' ' + after));
            QStringList expected{u"1|at source|10|100"_s, u"11|new|1|1"_s,    u"12|new|1|1"_s,
                                 u"2|at target|10|100"_s, u"5|same|10|100"_s, u"6|same|10|100"_s};
            expected.sort();
            QStringList source = rig.pair.sourceRows(u"t"_s);
            source.sort();
            QStringList target = rig.pair.targetRows(u"t"_s);
            target.sort();
            QVERIFY2(source == expected, qPrintable(context + u' ' + source.join(u'\n')));
            QVERIFY2(target == expected, qPrintable(context + u' ' + target.join(u'\n')));
            QCOMPARE(rig.synced(), nothing);
            QCOMPARE(rig.pair.violations(), QStringList());
            if (!met)
                break;
        }
    }
}

void TestTwoWayRun::anotherRunUnderWayIsBusy()
{
    TwoWayRig rig;
    fill(rig);
    rig.pair.target.holdJobLock(rig.job().id);
    QVERIFY(rig.synced().startsWith(u"busy"_s));
    rig.pair.target.releaseJobLock(rig.job().id);
    QCOMPARE(rig.synced(), nothing);
}

QTEST_GUILESS_MAIN(TestTwoWayRun)
#include "tst_twowayrun.moc"
