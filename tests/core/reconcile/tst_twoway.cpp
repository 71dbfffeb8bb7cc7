// SPDX-License-Identifier: GPL-3.0-or-later
#include <set>

#include <QTest>

#include "core/reconcile/twoway.h"

using namespace tidemark;
using namespace Qt::StringLiterals;

namespace {

QString actionName(TwoWayAction action)
{
    switch (action) {
    case TwoWayAction::Nothing:
        return u"nothing"_s;
    case TwoWayAction::Adopt:
        return u"adopt"_s;
    case TwoWayAction::Forget:
        return u"forget"_s;
    case TwoWayAction::Leave:
        return u"leave"_s;
    case TwoWayAction::InsertTarget:
        return u"+>"_s;
    case TwoWayAction::UpdateTarget:
        return u"~>"_s;
    case TwoWayAction::DeleteTarget:
        return u"->"_s;
    case TwoWayAction::InsertSource:
        return u"<+"_s;
    case TwoWayAction::UpdateSource:
        return u"<~"_s;
    case TwoWayAction::DeleteSource:
        return u"<-"_s;
    case TwoWayAction::Merge:
        return u"merge"_s;
    case TwoWayAction::Ask:
        return u"ask"_s;
    }
    return {};
}

RowStates statesOf(const QString &text) // "base source target [equal]"
{
    const QStringList words = text.split(u' ');
    RowStates states;
    states.base = words[0] == u"row"_s ? BaseRow::Present : words[0] == u"none"_s ? BaseRow::Absent : BaseRow::Unknown;
    const auto side = [](const QString &word) {
        return word == u"same"_s ? SideState::Same : word == u"changed"_s ? SideState::Changed : SideState::Absent;
    };
    states.source = side(words[1]);
    states.target = side(words[2]);
    states.equal = words.size() > 3;
    return states;
}

// A policy with what the cells say, in the order of the table's columns.
struct Given
{
    const char *name;
    ConflictPolicy policy;
    ConflictEvidence evidence;
};
const Given givens[] = {
    {"source", ConflictPolicy::Source, {}},
    {"target", ConflictPolicy::Target, {}},
    {"newest: source", ConflictPolicy::Newest, {JobSide::Source, false}},
    {"newest: target", ConflictPolicy::Newest, {JobSide::Target, false}},
    {"newest: nobody knows", ConflictPolicy::Newest, {}},
    {"merge", ConflictPolicy::Merge, {std::nullopt, true}},
    {"merge: same cell", ConflictPolicy::Merge, {}},
    {"ask", ConflictPolicy::Ask, {JobSide::Source, true}},
};

QList<RowStates> everyState()
{
    QList<RowStates> all;
    for (const BaseRow base : {BaseRow::Unknown, BaseRow::Absent, BaseRow::Present}) {
        for (const SideState source : {SideState::Absent, SideState::Same, SideState::Changed}) {
            for (const SideState target : {SideState::Absent, SideState::Same, SideState::Changed}) {
                for (const bool equal : {false, true}) {
                    const bool both = source != SideState::Absent && target != SideState::Absent;
                    const bool known =
                        base == BaseRow::Present || (source != SideState::Same && target != SideState::Same);
                    if (known && (both || !equal))
                        all += {base, source, target, equal};
                }
            }
        }
    }
    return all;
}

} // namespace

// The table "two ways: three states decide", line by line, and what no line may break.
class TestTwoWay : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void truthTable_data();
    void truthTable();
    void everyStateIsInTheTable();
    void swappingTheSidesMirrorsTheAnswer();
    void deletesThatAreNotPassedOn();
    void firstHasItsOwnPolicy();
    void kindsAndNames();
};

void TestTwoWay::truthTable_data()
{
    QTest::addColumn<QString>("states");
    QTest::addColumn<QString>("which");
    QTest::addColumn<QString>("actions"); // one for all policies, or one a column of `givens`
    const auto row = [](const char *states, const char *which, const char *actions) {
        QTest::newRow(states) << QString::fromLatin1(states) << QString::fromLatin1(which)
                              << QString::fromLatin1(actions);
    };
    row("row same same", "in-step", "nothing"); // unequal: what one side's types made of it
    row("row same same equal", "in-step", "nothing");
    row("row changed changed equal", "converged", "adopt");
    row("row changed same equal", "converged", "adopt");
    row("row same changed equal", "converged", "adopt");
    row("row changed same", "source-updated", "~>");
    row("row same changed", "target-updated", "<~");
    row("row changed changed", "both-updated", "~> <~ ~> <~ ask merge ask ask");
    row("row absent same", "source-deleted", "->");
    row("row same absent", "target-deleted", "<-");
    row("row absent changed", "source-deleted-target-updated", "-> <+ ask ask ask ask ask ask");
    row("row changed absent", "target-deleted-source-updated", "+> <- ask ask ask ask ask ask");
    row("row absent absent", "both-deleted", "forget");
    row("none absent absent", "nowhere", "nothing");
    row("none changed absent", "source-inserted", "+>");
    row("none absent changed", "target-inserted", "<+");
    row("none changed changed equal", "converged", "adopt");
    row("none changed changed", "both-inserted", "~> <~ ~> <~ ask merge ask ask");
    row("unknown absent absent", "nowhere", "nothing");
    row("unknown changed absent", "only-at-source", "+>");
    row("unknown absent changed", "only-at-target", "<+");
    row("unknown changed changed equal", "converged", "adopt");
    row("unknown changed changed", "first-meeting", "~> <~ ~> <~ ask merge ask ask");
}

void TestTwoWay::truthTable()
{
    QFETCH(QString, states);
    QFETCH(QString, which);
    QFETCH(QString, actions);
    const TwoWayCase found = twoWayCase(statesOf(states));
    QCOMPARE(caseName(found), which);
    const QStringList expected = actions.split(u' ');
    for (qsizetype i = 0; i < qsizetype(std::size(givens)); ++i) {
        const Given &given = givens[i];
        const TwoWayRules rules{given.policy, given.policy, true};
        const QString action = actionName(decideTwoWay(found, rules, given.evidence));
        const QString &wanted = expected.size() == 1 ? expected.first() : expected[i];
        QVERIFY2(action == wanted, qPrintable(u"%1: %2, not %3"_s.arg(QLatin1StringView(given.name), action, wanted)));
    }
    QCOMPARE(isConflict(found), expected.size() > 1);
    QCOMPARE(policyFor(found, {}).has_value(), expected.size() > 1);
}

// A state that the table forgot would be decided by nobody.
void TestTwoWay::everyStateIsInTheTable()
{
    std::set<TwoWayCase> cases;
    for (const RowStates &states : everyState())
        cases.insert(twoWayCase(states));
    QCOMPARE(int(cases.size()), twoWayCaseCount);
    QCOMPARE(everyState().size(), 23);
}

void TestTwoWay::swappingTheSidesMirrorsTheAnswer()
{
    for (const RowStates &states : everyState()) {
        const TwoWayCase which = twoWayCase(states);
        QCOMPARE(caseName(twoWayCase(mirrored(states))), caseName(mirrored(which)));
        QCOMPARE(isConflict(which), isConflict(mirrored(which)));
        for (const Given &given : givens) {
            for (const bool deletes : {false, true}) {
                const TwoWayRules rules{given.policy, given.policy, deletes};
                ConflictEvidence swapped = given.evidence;
                if (swapped.newer)
                    swapped.newer = mirrored(*swapped.newer);
                QCOMPARE(actionName(decideTwoWay(mirrored(which), mirrored(rules), swapped)),
                         actionName(mirrored(decideTwoWay(which, rules, given.evidence))));
            }
        }
    }
}

void TestTwoWay::deletesThatAreNotPassedOn()
{
    for (const RowStates &states : everyState()) {
        const TwoWayCase which = twoWayCase(states);
        const TwoWayAction action = decideTwoWay(which, {ConflictPolicy::Ask, ConflictPolicy::Ask, false}, {});
        QVERIFY(action != TwoWayAction::DeleteSource && action != TwoWayAction::DeleteTarget);
        // A row that was deleted at one side does not come back by itself either.
        if (states.base == BaseRow::Present)
            QVERIFY(action != TwoWayAction::InsertSource && action != TwoWayAction::InsertTarget);
    }
}

void TestTwoWay::firstHasItsOwnPolicy()
{
    const TwoWayRules rules{ConflictPolicy::Ask, ConflictPolicy::Source, true};
    QCOMPARE(actionName(decideTwoWay(TwoWayCase::FirstMeeting, rules, {})), u"~>"_s);
    QCOMPARE(actionName(decideTwoWay(TwoWayCase::BothInserted, rules, {})), u"ask"_s);
    QVERIFY(policyFor(TwoWayCase::FirstMeeting, rules) == ConflictPolicy::Source);
    QVERIFY(policyFor(TwoWayCase::BothInserted, rules) == ConflictPolicy::Ask);
}

void TestTwoWay::kindsAndNames()
{
    QCOMPARE(conflictKindName(conflictKind(TwoWayCase::BothUpdated)), u"both-updated"_s);
    QCOMPARE(conflictKindName(conflictKind(TwoWayCase::BothInserted)), u"both-inserted"_s);
    QCOMPARE(conflictKindName(conflictKind(TwoWayCase::FirstMeeting)), u"both-inserted"_s);
    QCOMPARE(conflictKindName(conflictKind(TwoWayCase::SourceDeletedTargetUpdated)), u"updated-and-deleted"_s);
    QCOMPARE(conflictKindName(conflictKind(TwoWayCase::TargetDeletedSourceUpdated)), u"updated-and-deleted"_s);
    for (const ConflictKind kind : {ConflictKind::Differs, ConflictKind::GuardFailed, ConflictKind::Constraint,
                                    ConflictKind::InDoubt, ConflictKind::BothUpdated})
        QVERIFY(conflictKindFromName(conflictKindName(kind)) == kind);
    QVERIFY(!conflictKindFromName(u"else"));
    std::set<QString> names;
    for (int which = 0; which < twoWayCaseCount; ++which)
        names.insert(caseName(TwoWayCase(which)));
    QCOMPARE(int(names.size()), twoWayCaseCount);
}

QTEST_GUILESS_MAIN(TestTwoWay)
#include "tst_twoway.moc"
