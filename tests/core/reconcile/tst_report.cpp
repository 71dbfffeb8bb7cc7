// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "core/reconcile/report.h"

using namespace tidemark;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(tidemark::RunReport)

namespace {

TableReport failedWith(ErrorCode code)
{
    TableReport table;
    table.error = Error{code, {}, {}};
    return table;
}

RunReport reportOf(RunState state, const QList<TableReport> &tables = {})
{
    RunReport report;
    report.state = state;
    report.tables = tables;
    return report;
}

} // namespace

class TestReport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void exitCodes_data();
    void exitCodes();
    void totalsAreSums();
    void namesAreStable();
};

void TestReport::exitCodes_data()
{
    QTest::addColumn<RunReport>("report");
    QTest::addColumn<int>("expected");
    const auto config = failedWith(ErrorCode::NoSuchTable);
    const auto transient = failedWith(ErrorCode::ConnectionLost);
    const auto row = failedWith(ErrorCode::ValueNotKept);
    QTest::newRow("done") << reportOf(RunState::Completed, {TableReport()}) << 0;
    QTest::newRow("planned") << reportOf(RunState::Planned) << 0;
    QTest::newRow("needs attention") << reportOf(RunState::NeedsAttention) << 1;
    RunReport attention = reportOf(RunState::Completed);
    attention.attention.append({Attention::Kind::Deletes, u"t"_s, 3});
    QTest::newRow("with attention") << attention << 1;
    QTest::newRow("a table failed") << reportOf(RunState::Failed, {transient}) << 2;
    QTest::newRow("4 before 2") << reportOf(RunState::Failed, {transient, config, TableReport()}) << 4;
    RunReport mixed = reportOf(RunState::Failed, {transient});
    mixed.attention.append({Attention::Kind::Quarantine, u"t"_s, 1});
    QTest::newRow("2 before 1") << mixed << 2;
    QTest::newRow("a table that a row stopped") << reportOf(RunState::Failed, {row}) << 4;
    QTest::newRow("attention and failure") << reportOf(RunState::NeedsAttention, {transient}) << 2;
    QTest::newRow("cancelled before all") << reportOf(RunState::Cancelled, {config}) << 3;
    QTest::newRow("busy before all") << reportOf(RunState::Busy, {config}) << 5;
    RunReport whole = reportOf(RunState::Failed);
    whole.error = Error{ErrorCode::WrongPassword, {}, {}};
    QTest::newRow("the whole run") << whole << 4;
    whole.error = Error{ErrorCode::Internal, {}, {}};
    QTest::newRow("a fault of ours") << whole << 2;
}

void TestReport::exitCodes()
{
    QFETCH(RunReport, report);
    QTEST(report.exitCode(), "expected");
}

void TestReport::totalsAreSums()
{
    TableReport one;
    one.toTarget = {1, 2, 3};
    TableReport two;
    two.toTarget = {10, 20, 30};
    const WriteCounts expected{11, 22, 33};
    QCOMPARE(reportOf(RunState::Completed, {one, two}).totals(), expected);
    QCOMPARE(expected.total(), 66);
    QCOMPARE(RunReport().totals(), WriteCounts());
}

void TestReport::namesAreStable()
{
    QCOMPARE(runStateName(RunState::Completed), u"completed"_s);
    QCOMPARE(runStateName(RunState::NeedsAttention), u"needs-attention"_s);
    QCOMPARE(runStateName(RunState::Failed), u"failed"_s);
    QCOMPARE(runStateName(RunState::Cancelled), u"cancelled"_s);
    QCOMPARE(runStateName(RunState::Busy), u"busy"_s);
    QCOMPARE(runStateName(RunState::Planned), u"planned"_s);
    QCOMPARE(attentionName(Attention::Kind::Deletes), u"deletes"_s);
    QCOMPARE(attentionName(Attention::Kind::Review), u"review"_s);
    QCOMPARE(attentionName(Attention::Kind::Quarantine), u"quarantine"_s);
    QCOMPARE(attentionName(Attention::Kind::Conflicts), u"conflicts"_s);
}

QTEST_APPLESS_MAIN(TestReport)
#include "tst_report.moc"
