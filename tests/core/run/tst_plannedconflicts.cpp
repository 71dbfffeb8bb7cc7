// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "core/journal/planfile.h"
#include "core/run/plannedconflicts.h"
#include "tests/core/run/enginerig.h"

using namespace tidemark;
using namespace Qt::StringLiterals;

namespace {

struct PlanRig : EngineRig
{
    PlanRig()
    {
        pair.makeTable(u"t"_s, u"id integer key, note text(40)"_s);
        for (int id = 1; id <= 20; ++id) {
            pair.putSource(u"t"_s, {id, "same"});
            pair.putTarget(u"t"_s, {id, "same"});
        }
    }
    JobSettings twoWay(const QString &kept = u"cells"_s) const
    {
        return job({{u"mode"_s, u"two-way"_s},
                    {u"tables"_s, QJsonArray{QJsonObject{{u"source"_s, u"t"_s}, {u"keep"_s, kept}}}}});
    }
    void clash()
    {
        pair.putSource(u"t"_s, {1, "till"});
        pair.putTarget(u"t"_s, {1, "tablet"});
        pair.removeSource(u"t"_s, {2});
        pair.putTarget(u"t"_s, {2, "edited"});
        pair.putSource(u"t"_s, {30, "new here"});
        pair.putTarget(u"t"_s, {30, "new there"});
        pair.putSource(u"t"_s, {4, "no conflict"});
    }
    QList<Conflict> listed(const QList<ConflictState> &states = {ConflictState::Open})
    {
        ConflictFilter filter;
        filter.states = states;
        return journal->conflicts(twoWay().id, filter).value_or(QList<Conflict>());
    }
    // "both-updated 1, …": by id.
    QString told(const QList<ConflictState> &states = {ConflictState::Open})
    {
        QStringList words;
        const QList<Conflict> conflicts = listed(states);
        for (const Conflict &conflict : conflicts)
            words += conflictKindName(conflict.kind) + u' ' + conflict.keyText;
        words.sort();
        return words.join(u", "_s);
    }
};

const QString allThree = u"both-inserted 30, both-updated 1, updated-and-deleted 2"_s;

} // namespace

// Conflicts that a comparison has found are answered before a run has met them.
class TestPlannedConflicts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theyAreWhatARunWouldKeep_data();
    void theyAreWhatARunWouldKeep();
    void aRowOfThePlanLeadsToItsConflict();
    void anAnswerIsWritten_data();
    void anAnswerIsWritten();
    void whatMovedSinceIsAskedAgain();
    void whatIsNoConflictAnyMoreIsClosed();
    void closedOnesAreForgottenInTime();
    void plansOfOtherModesHaveNone();
    void plansOfOneWayJobsKeepTheirOwnKind();
    void aPlanThatIsGoneIsSaid();
};

void TestPlannedConflicts::theyAreWhatARunWouldKeep_data()
{
    QTest::addColumn<QString>("kept");
    QTest::newRow("cells") << u"cells"_s;
    QTest::newRow("fingerprints") << u"fingerprints"_s;
}

void TestPlannedConflicts::theyAreWhatARunWouldKeep()
{
    QFETCH(const QString, kept);
    PlanRig rig;
    rig.run(rig.twoWay(kept));
    rig.clash();
    QCOMPARE(shown(rig.plan(rig.twoWay(kept), u"p.db"_s)), u"planned +0 ~1 -0"_s);
    QCOMPARE(rig.told(), QString());
    const auto count = keepPlannedConflicts(*rig.journal, rig.path(u"p.db"_s));
    QVERIFY(count);
    QCOMPARE(*count, 3);
    QCOMPARE(rig.told(), allThree);
    const QList<Conflict> planned = rig.listed();
    rig.run(rig.twoWay(kept));
    const QList<Conflict> met = rig.listed();
    QCOMPARE(met.size(), planned.size());
    for (qsizetype i = 0; i < met.size(); ++i) {
        Conflict as = met[i];
        as.run = planned[i].run;
        QCOMPARE(as.sinceUs, planned[i].sinceUs);
        QCOMPARE(as.base, planned[i].base);
        QVERIFY(as == planned[i]);
    }
    // Twice is once.
    QVERIFY(keepPlannedConflicts(*rig.journal, rig.path(u"p.db"_s)));
    QCOMPARE(rig.told(), allThree);
}

void TestPlannedConflicts::aRowOfThePlanLeadsToItsConflict()
{
    PlanRig rig;
    rig.run(rig.twoWay());
    rig.clash();
    rig.plan(rig.twoWay(), u"p.db"_s);
    QVERIFY(keepPlannedConflicts(*rig.journal, rig.path(u"p.db"_s)));
    const auto plan = PlanReader::open(rig.path(u"p.db"_s));
    QVERIFY(plan);
    const auto rows = (*plan)->rows(0, Decision::Conflict, 0, 10);
    QVERIFY(rows);
    QCOMPARE(rows->size(), 3);
    const QList<Conflict> open = rig.listed();
    for (const PlanRow &row : *rows) {
        const auto place = plannedConflict(rig.path(u"p.db"_s), row.place);
        QVERIFY(place);
        const auto same = [&](const Conflict &one) { return one.table == place->table && one.key == place->key; };
        const auto found = std::find_if(open.begin(), open.end(), same);
        QVERIFY(found != open.end());
        QCOMPARE(found->source, row.source);
        QCOMPARE(found->target, row.target);
    }
}

void TestPlannedConflicts::anAnswerIsWritten_data()
{
    QTest::addColumn<QString>("kept");
    QTest::addColumn<bool>("byRun");
    QTest::newRow("at once") << u"cells"_s << false;
    QTest::newRow("by the next run") << u"cells"_s << true;
    QTest::newRow("fingerprints alone") << u"fingerprints"_s << false;
}

void TestPlannedConflicts::anAnswerIsWritten()
{
    QFETCH(const QString, kept);
    QFETCH(const bool, byRun);
    PlanRig rig;
    rig.run(rig.twoWay(kept));
    rig.clash();
    rig.plan(rig.twoWay(kept), u"p.db"_s);
    QVERIFY(keepPlannedConflicts(*rig.journal, rig.path(u"p.db"_s)));
    QList<ConflictReply> replies;
    const QList<Conflict> open = rig.listed();
    for (const Conflict &conflict : open)
        replies += {conflict.id, conflict.keyText == u"1"_s ? ConflictAnswer::Target : ConflictAnswer::Source, {}, {}};
    if (byRun) {
        QVERIFY(rig.journal->answerConflicts(rig.twoWay().id, replies, u"anna"_s, 1));
        rig.run(rig.twoWay(kept));
    } else {
        Cancellation cancellation;
        ProgressBoard progress;
        Runner(rig.pair.connector, *rig.journal, rig.pair.clock)
            .resolve(rig.twoWay(kept), replies, u"anna"_s, {}, cancellation, progress);
    }
    QCOMPARE(rig.told(), QString());
    QVERIFY(rig.pair.sourceRows(u"t"_s).contains(u"1|tablet"_s));
    QVERIFY(!rig.pair.targetRows(u"t"_s).join(u',').contains(u"2|edited"_s));
    QVERIFY(rig.pair.targetRows(u"t"_s).contains(u"30|new here"_s));
    // The answers alone were written, or all that there was.
    QCOMPARE(rig.pair.targetRows(u"t"_s).contains(u"4|no conflict"_s), byRun);
}

void TestPlannedConflicts::whatMovedSinceIsAskedAgain()
{
    PlanRig rig;
    rig.run(rig.twoWay());
    rig.clash();
    rig.plan(rig.twoWay(), u"p.db"_s);
    QVERIFY(keepPlannedConflicts(*rig.journal, rig.path(u"p.db"_s)));
    QList<ConflictReply> replies;
    const QList<Conflict> open = rig.listed();
    for (const Conflict &conflict : open)
        replies += {conflict.id, ConflictAnswer::Source, {}, {}};
    rig.pair.putTarget(u"t"_s, {1, "moved"});
    QVERIFY(rig.journal->answerConflicts(rig.twoWay().id, replies, u"anna"_s, 1));
    rig.run(rig.twoWay());
    QCOMPARE(rig.told(), u"both-updated 1"_s);
    QVERIFY(rig.pair.targetRows(u"t"_s).contains(u"1|moved"_s));
}

void TestPlannedConflicts::whatIsNoConflictAnyMoreIsClosed()
{
    PlanRig rig;
    rig.run(rig.twoWay());
    rig.clash();
    rig.plan(rig.twoWay(), u"p.db"_s);
    QVERIFY(keepPlannedConflicts(*rig.journal, rig.path(u"p.db"_s)));
    rig.pair.putTarget(u"t"_s, {1, "till"});
    rig.run(rig.twoWay());
    QCOMPARE(rig.told(), u"both-inserted 30, updated-and-deleted 2"_s);
}

// They hold rows, as undo files do, and go when those go.
void TestPlannedConflicts::closedOnesAreForgottenInTime()
{
    PlanRig rig;
    rig.run(rig.twoWay());
    rig.clash();
    rig.run(rig.twoWay());
    rig.pair.putTarget(u"t"_s, {1, "till"});
    rig.run(rig.twoWay());
    QCOMPARE(rig.told({ConflictState::Closed}), u"both-updated 1"_s);
    rig.pair.clock.advanceMs(qint64{29} * 86'400'000);
    rig.run(rig.twoWay());
    QCOMPARE(rig.told({ConflictState::Closed}), u"both-updated 1"_s);
    rig.pair.clock.advanceMs(qint64{2} * 86'400'000);
    rig.run(rig.twoWay());
    QCOMPARE(rig.told({ConflictState::Closed}), QString());
    QCOMPARE(rig.told(), u"both-inserted 30, updated-and-deleted 2"_s);
}

void TestPlannedConflicts::plansOfOtherModesHaveNone()
{
    PlanRig rig;
    rig.clash();
    rig.plan(rig.job(), u"p.db"_s);
    const auto count = keepPlannedConflicts(*rig.journal, rig.path(u"p.db"_s));
    QVERIFY(count);
    QCOMPARE(*count, 0);
    QCOMPARE(rig.told(), QString());
}

void TestPlannedConflicts::plansOfOneWayJobsKeepTheirOwnKind()
{
    PlanRig rig;
    rig.clash();
    const JobSettings job = rig.job({{u"mode"_s, u"update"_s}, {u"conflicts"_s, QJsonObject{{u"policy"_s, u"ask"_s}}}});
    rig.plan(job, u"p.db"_s);
    QCOMPARE(keepPlannedConflicts(*rig.journal, rig.path(u"p.db"_s)).value_or(-1), 3);
    QCOMPARE(rig.told(), u"differs 1, differs 30, differs 4"_s);
    rig.run(job);
    QCOMPARE(rig.told(), u"differs 1, differs 30, differs 4"_s);
}

void TestPlannedConflicts::aPlanThatIsGoneIsSaid()
{
    PlanRig rig;
    const auto count = keepPlannedConflicts(*rig.journal, rig.path(u"none.db"_s));
    QVERIFY(!count);
    QCOMPARE(count.error().code, ErrorCode::FileNotFound);
}

QTEST_GUILESS_MAIN(TestPlannedConflicts)

#include "tst_plannedconflicts.moc"
