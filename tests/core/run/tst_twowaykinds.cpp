// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "tests/core/run/twowayjobrig.h"

using namespace tidemark;

namespace {

const Error lost{ErrorCode::ConnectionLost, {}, {}};

// Once both sides have been compared: before the first transaction at the target.
void onceCompared(FakePair &pair, const std::function<void()> &foreign, int times = 1)
{
    pair.target.onOperation([foreign, left = std::make_shared<int>(times)](const QString &operation) {
        if (operation == u"beginWrite"_s && (*left)-- > 0)
            foreign();
    });
}

} // namespace

// Rows that move while they are written, and conflicts that are more than two edits.
class TestTwoWayKinds : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatMovesIsDecidedAfresh_data();
    void whatMovesIsDecidedAfresh();
    void whatNeverRestsWaits();
    void whatFailedBesideItHasFailed();
    void whatIsLeftBesideItIsLeft();
    void aMergeInDoubt();
    void anAnswerThatAConstraintRefuses();
    void anAnswerWhoseRowMoved();
};

void TestTwoWayKinds::whatMovesIsDecidedAfresh_data()
{
    QTest::addColumn<QString>("policy");
    QTest::addColumn<QString>("foreign"); // the target's note meanwhile
    QTest::addColumn<QString>("outcome");
    QTest::addColumn<QString>("row");
    QTest::newRow("to the same") << u"ask"_s << u"source"_s << quiet << u"1|source|10 / 1|source|10"_s;
    QTest::newRow("to another, the source decides")
        << u"source"_s << u"target"_s << u"completed > +0 ~1 -0 < +0 ~0 -0, 0 open"_s << u"1|source|10 / 1|source|10"_s;
    QTest::newRow("to another, the target decides")
        << u"target"_s << u"target"_s << u"completed > +0 ~0 -0 < +0 ~1 -0, 0 open"_s << u"1|target|10 / 1|target|10"_s;
    QTest::newRow("to another, a person decides")
        << u"ask"_s << u"target"_s << u"needs-attention > +0 ~0 -0 < +0 ~0 -0, 1 open"_s
        << u"1|source|10 / 1|target|10"_s;
}

void TestTwoWayKinds::whatMovesIsDecidedAfresh()
{
    QFETCH(QString, policy);
    QFETCH(QString, foreign);
    JobRig rig;
    QCOMPARE(rig.synced(policy), quiet);
    rig.pair.putSource(u"t"_s, {1, "source", 10});
    onceCompared(rig.pair, [&] { rig.pair.putTarget(u"t"_s, {1, foreign, 10}); });
    const RunReport report = rig.run(rig.twoWay(policy));
    QTEST(JobRig::words(report), "outcome");
    QTEST(rig.row(1), "row");
    QCOMPARE(report.tables.first().identical, 5); // of the whole table, as it was compared first
    QVERIFY(rig.journal->retries(rig.twoWay().id, u"t → t"_s)->isEmpty());
    const QString again = rig.synced(policy);
    QVERIFY2(again.contains(u"> +0 ~0 -0 < +0 ~0 -0"_s), qPrintable(again));
    QCOMPARE(rig.pair.violations(), QStringList());
}

void TestTwoWayKinds::whatNeverRestsWaits()
{
    JobRig rig;
    QCOMPARE(rig.synced(u"source"_s), quiet);
    rig.pair.putSource(u"t"_s, {1, "source", 10});
    int turn = 0;
    onceCompared(
        rig.pair,
        [&] {
            rig.pair.putTarget(u"t"_s, {1, u"turn %1"_s.arg(++turn), 10});
        },
        1000);
    QCOMPARE(rig.synced(u"source"_s), u"needs-attention > +0 ~0 -0 < +0 ~0 -0, 0 open, 1 moved"_s);
    QVERIFY(rig.row(1).startsWith(u"1|source|10 / 1|turn "_s));
    QCOMPARE(rig.journal->retries(rig.twoWay().id, u"t → t"_s)->size(), 1);
    rig.pair.target.onOperation({});
    QCOMPARE(rig.synced(u"source"_s), u"completed > +0 ~1 -0 < +0 ~0 -0, 0 open"_s);
    QVERIFY(rig.journal->retries(rig.twoWay().id, u"t → t"_s)->isEmpty());
}

// The second look at what moved says nothing of a table that could not be compared.
void TestTwoWayKinds::whatFailedBesideItHasFailed()
{
    JobRig rig;
    rig.pair.makeTable(u"u"_s, u"id integer key, note text(40)"_s);
    QCOMPARE(rig.synced(u"source"_s).section(u" >"_s, 0, 0), u"completed"_s);
    rig.pair.putSource(u"t"_s, {1, "source", 10});
    rig.pair.target.failOn(u"read u"_s, Error{ErrorCode::NoRights, {}, {}}, 0, -1);
    onceCompared(rig.pair, [&] { rig.pair.putTarget(u"t"_s, {1, "target", 10}); });
    const RunReport report = rig.run(rig.twoWay(u"source"_s));
    QCOMPARE(rig.row(1), u"1|source|10 / 1|source|10"_s);
    QCOMPARE(report.state, RunState::Failed);
    QVERIFY(!report.tables.first().error);
    QVERIFY(report.tables.last().error);
}

// Nor does it forget what a person left as it is.
void TestTwoWayKinds::whatIsLeftBesideItIsLeft()
{
    JobRig rig;
    QCOMPARE(rig.synced(), quiet);
    rig.clash();
    (void)rig.synced();
    (void)rig.answered({rig.listed().first().id, ConflictAnswer::Skip, {}, {}});
    rig.pair.putSource(u"t"_s, {3, "source", 10});
    onceCompared(rig.pair, [&] { rig.pair.putTarget(u"t"_s, {3, "source", 10}); });
    QCOMPARE(rig.synced(), u"completed > +0 ~0 -0 < +0 ~0 -0, 0 open, 1 skipped"_s);
}

// A merge that one side has, cut off before the other: what moves then is an edit of it, and nobody is asked.
void TestTwoWayKinds::aMergeInDoubt()
{
    JobRig rig;
    JobSettings job =
        rig.job({{u"mode"_s, u"two-way"_s},
                 {u"conflicts"_s, QJsonObject{{u"policy"_s, u"merge"_s}}},
                 {u"tables"_s,
                  QJsonArray{QJsonObject{
                      {u"source"_s, u"t"_s},
                      {u"columns"_s, QJsonArray{QJsonObject{{u"source"_s, u"qty"_s}, {u"rule"_s, u"sum"_s}}}}}}}});
    job.retry.attempts = 1;
    QCOMPARE(JobRig::words(rig.run(job)), quiet);
    rig.pair.putSource(u"t"_s, {1, "same", 13});
    rig.pair.putTarget(u"t"_s, {1, "same", 8});
    rig.pair.source.failOn(u"update t"_s, lost);
    QCOMPARE(rig.run(job).state, RunState::Failed);
    QCOMPARE(rig.row(1), u"1|same|13 / 1|same|11"_s);
    rig.pair.putSource(u"t"_s, {1, "same", 14});
    QCOMPARE(JobRig::words(rig.run(job)), u"completed > +0 ~1 -0 < +0 ~1 -0, 0 open"_s);
    QCOMPARE(rig.row(1), u"1|same|12 / 1|same|12"_s);
}

void TestTwoWayKinds::anAnswerThatAConstraintRefuses()
{
    JobRig rig;
    QCOMPARE(rig.synced(), quiet);
    rig.clash();
    (void)rig.synced();
    rig.pair.target.refuseRows(
        u"t"_s, [](const QStringList &cells) { return cells.at(1) == u"one"_s; },
        Error{ErrorCode::CheckViolated, {}, {}});
    const qint64 id = rig.listed().first().id;
    QCOMPARE(JobRig::words(rig.answered({id, ConflictAnswer::Source, {}, {}})),
             u"needs-attention > +0 ~0 -0 < +0 ~0 -0, 1 open"_s);
    // A person has it again; it is not set aside as well, to be tried by each run.
    const auto isOpen = [&] {
        const QList<Conflict> open = rig.listed();
        return open.size() == 1 && open.first().id == id ? conflictKindName(open.first().kind) : u"-"_s;
    };
    QCOMPARE(isOpen(), u"constraint"_s);
    QVERIFY(rig.journal->retries(rig.twoWay().id, u"t → t"_s)->isEmpty());
    QCOMPARE(rig.journal->asideCount(rig.twoWay().id, {}).value_or(-1), 0);
    QCOMPARE(rig.synced(), u"needs-attention > +0 ~0 -0 < +0 ~0 -0, 1 open"_s);
    QCOMPARE(isOpen(), u"constraint"_s);
    rig.pair.putSource(u"t"_s, {1, "three", 10}); // another row: two edits like any other
    QCOMPARE(rig.synced(), u"needs-attention > +0 ~0 -0 < +0 ~0 -0, 1 open"_s);
    QCOMPARE(isOpen(), u"both-updated"_s);
    QCOMPARE(JobRig::words(rig.answered({id, ConflictAnswer::Source, {}, {}})),
             u"completed > +0 ~1 -0 < +0 ~0 -0, 0 open"_s);
}

void TestTwoWayKinds::anAnswerWhoseRowMoved()
{
    JobRig rig;
    QCOMPARE(rig.synced(), quiet);
    rig.clash();
    (void)rig.synced();
    const qint64 id = rig.listed().first().id;
    onceCompared(rig.pair, [&] { rig.pair.putTarget(u"t"_s, {1, "three", 10}); });
    (void)rig.answered({id, ConflictAnswer::Source, {}, {}});
    QCOMPARE(rig.row(1), u"1|one|10 / 1|three|10"_s);
    QCOMPARE(rig.listed().size(), 1);
    QCOMPARE(conflictKindName(rig.listed().first().kind), u"guard-failed"_s);
    QCOMPARE(rig.synced(), u"needs-attention > +0 ~0 -0 < +0 ~0 -0, 1 open"_s);
    QCOMPARE(conflictKindName(rig.listed().first().kind), u"guard-failed"_s);
}

QTEST_GUILESS_MAIN(TestTwoWayKinds)
#include "tst_twowaykinds.moc"
