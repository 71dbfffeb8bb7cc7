// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "core/reconcile/decision.h"

using namespace tidemark;
using namespace Qt::StringLiterals;

// The table "one way: two states decide", line by line.
class TestDecision : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void oneWay_data();
    void oneWay();
    void unequal_data();
    void unequal();
    void policyDecidesUnequalRowsAlone();
    void onlyWritesAreWrites();
    void namesAreStable();
};

void TestDecision::oneWay_data()
{
    QTest::addColumn<bool>("atSource");
    QTest::addColumn<bool>("atTarget");
    QTest::addColumn<bool>("equal");
    QTest::addColumn<bool>("mirror");
    QTest::addColumn<QString>("decision");
    QTest::addColumn<QString>("reason");
    QTest::newRow("there, absent: update")
        << true << false << false << false << u"insert-target"_s << u"missing-at-target"_s;
    QTest::newRow("there, absent: mirror")
        << true << false << false << true << u"insert-target"_s << u"missing-at-target"_s;
    QTest::newRow("there, equal: update") << true << true << true << false << u"equal"_s << QString();
    QTest::newRow("there, equal: mirror") << true << true << true << true << u"equal"_s << QString();
    QTest::newRow("there, unequal: update")
        << true << true << false << false << u"update-target"_s << u"cells-differ"_s;
    QTest::newRow("there, unequal: mirror") << true << true << false << true << u"update-target"_s << u"cells-differ"_s;
    QTest::newRow("absent, there: update") << false << true << false << false << u"keep"_s << u"missing-at-source"_s;
    QTest::newRow("absent, there: mirror")
        << false << true << false << true << u"delete-target"_s << u"missing-at-source"_s;
}

void TestDecision::oneWay()
{
    QFETCH(bool, atSource);
    QFETCH(bool, atTarget);
    QFETCH(bool, equal);
    QFETCH(bool, mirror);
    const Verdict verdict = decideOneWay(atSource, atTarget, equal, {.propagateDeletes = mirror});
    QTEST(decisionName(verdict.decision), "decision");
    QTEST(reasonName(verdict.reason), "reason");
    // "Equal" says something only where both are there.
    if (atSource != atTarget)
        QCOMPARE(decideOneWay(atSource, atTarget, !equal, {.propagateDeletes = mirror}), verdict);
}

// Every policy, and every side that may be newer.
void TestDecision::unequal_data()
{
    QTest::addColumn<ConflictPolicy>("policy");
    QTest::addColumn<std::optional<JobSide>>("newer");
    QTest::addColumn<QString>("decision");
    using Newer = std::optional<JobSide>;
    const Newer nobody;
    const Newer source = JobSide::Source;
    const Newer target = JobSide::Target;
    const auto row = [](ConflictPolicy policy, const Newer &newer, const QString &decision) {
        const QString who = !newer ? u"nobody"_s : *newer == JobSide::Source ? u"source"_s : u"target"_s;
        QTest::addRow("%s, newer: %s", qPrintable(policyName(policy)), qPrintable(who)) << policy << newer << decision;
    };
    row(ConflictPolicy::Source, nobody, u"update-target"_s);
    row(ConflictPolicy::Source, source, u"update-target"_s);
    row(ConflictPolicy::Source, target, u"update-target"_s);
    row(ConflictPolicy::Target, nobody, u"keep"_s);
    row(ConflictPolicy::Target, source, u"keep"_s);
    row(ConflictPolicy::Target, target, u"keep"_s);
    row(ConflictPolicy::Newest, nobody, u"conflict"_s);
    row(ConflictPolicy::Newest, source, u"update-target"_s);
    row(ConflictPolicy::Newest, target, u"keep"_s);
    row(ConflictPolicy::Merge, nobody, u"conflict"_s);
    row(ConflictPolicy::Merge, source, u"conflict"_s);
    row(ConflictPolicy::Merge, target, u"conflict"_s);
    row(ConflictPolicy::Ask, nobody, u"conflict"_s);
    row(ConflictPolicy::Ask, source, u"conflict"_s);
    row(ConflictPolicy::Ask, target, u"conflict"_s);
}

void TestDecision::unequal()
{
    QFETCH(ConflictPolicy, policy);
    QFETCH(std::optional<JobSide>, newer);
    for (const bool mirror : {false, true}) {
        const Verdict verdict = decideOneWay(true, true, false, {mirror, policy}, newer);
        QTEST(decisionName(verdict.decision), "decision");
        QCOMPARE(verdict.reason, Reason::CellsDiffer);
    }
}

void TestDecision::policyDecidesUnequalRowsAlone()
{
    const std::pair<bool, bool> there[] = {{true, false}, {false, true}, {true, true}};
    for (int i = 0; i <= int(ConflictPolicy::Ask); ++i) {
        for (const auto &[atSource, atTarget] : there) {
            for (const bool mirror : {false, true})
                QCOMPARE(decideOneWay(atSource, atTarget, true, {mirror, ConflictPolicy(i)}),
                         decideOneWay(atSource, atTarget, true, {.propagateDeletes = mirror}));
        }
    }
}

void TestDecision::onlyWritesAreWrites()
{
    QVERIFY(!isWrite(Decision::Equal));
    QVERIFY(!isWrite(Decision::Keep));
    QVERIFY(isWrite(Decision::InsertTarget));
    QVERIFY(isWrite(Decision::UpdateTarget));
    QVERIFY(isWrite(Decision::DeleteTarget));
}

void TestDecision::namesAreStable()
{
    QCOMPARE(decisionName(Decision::Equal), u"equal"_s);
    QCOMPARE(decisionName(Decision::Keep), u"keep"_s);
    QCOMPARE(decisionName(Decision::InsertTarget), u"insert-target"_s);
    QCOMPARE(decisionName(Decision::UpdateTarget), u"update-target"_s);
    QCOMPARE(decisionName(Decision::DeleteTarget), u"delete-target"_s);
    QCOMPARE(reasonName(Reason::LeftFilter), u"left-filter"_s);
}

QTEST_APPLESS_MAIN(TestDecision)
#include "tst_decision.moc"
