// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "core/journal/basefile.h"
#include "core/run/conflictpolicy.h"
#include "tests/core/journal/someconflict.h"

using namespace tidemark;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(tidemark::ConflictPolicy)
Q_DECLARE_METATYPE(tidemark::ConflictAnswer)
Q_DECLARE_METATYPE(tidemark::CellKind)

namespace {

Conflict withBase(const PlanTable &table, Conflict conflict, const QString &base)
{
    if (!base.isEmpty()) {
        RowBatch batch(table.layout());
        append(batch, table, base.split(u'|'));
        conflict.base = encodePicture(batch, 0, batch, 0);
    }
    return conflict;
}

JobSettings someJob()
{
    JobSettings job;
    job.defaults.conflicts.newestSource = u"qty"_s;
    job.defaults.conflicts.newestTarget = u"quantity"_s; // as the job may write it
    return job;
}

} // namespace

class TestConflictPolicy : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void judges_data();
    void judges();
    void usesTheRulesOfTheTable();
    void refusesWhatTellsNothing();
    void judgesRowsOfOneWay_data();
    void judgesRowsOfOneWay();
    void leavesOthersToPeople();
    void tellsWhoMoved();
    void answersByChoices();
    void choicesThatDecideNothing();
    void readsValues_data();
    void readsValues();
};

void TestConflictPolicy::judges_data()
{
    QTest::addColumn<ConflictPolicy>("policy");
    QTest::addColumn<QString>("base");
    QTest::addColumn<QString>("source");
    QTest::addColumn<QString>("target");
    QTest::addColumn<ConflictAnswer>("answer");
    QTest::addColumn<QString>("rows"); // of a merge: for the source; for the target
    const auto add = [](const char *name, ConflictPolicy policy, const char *base, const char *source,
                        const char *target, ConflictAnswer answer, const char *rows = "") {
        QTest::newRow(name) << policy << QString::fromLatin1(base) << QString::fromLatin1(source)
                            << QString::fromLatin1(target) << answer << QString::fromLatin1(rows);
    };
    const auto source = ConflictPolicy::Source, target = ConflictPolicy::Target, newest = ConflictPolicy::Newest,
               merge = ConflictPolicy::Merge, ask = ConflictPolicy::Ask;
    const auto none = ConflictAnswer::None, toTarget = ConflictAnswer::Source, toSource = ConflictAnswer::Target,
               row = ConflictAnswer::Row;
    add("source", source, "", "1|a|1|x", "1|b|2|y", toTarget);
    add("target", target, "", "1|a|1|x", "1|b|2|y", toSource);
    add("ask", ask, "", "1|a|1|x", "1|b|2|y", none);
    add("newest, source", newest, "", "1|a|3|x", "1|b|2|y", toTarget);
    add("newest, target", newest, "", "1|a|1|x", "1|b|2|y", toSource);
    add("newest, equal", newest, "", "1|a|2|x", "1|b|2|y", none);
    add("merge", merge, "1|a|1|x", "1|b|1|p", "1|a|2|q", row, "1|b|2|p;1|b|2|q");
    add("merge, clash", merge, "1|a|1|x", "1|b|1|p", "1|c|2|q", none);
    add("merge, no base", merge, "", "1|b|1|p", "1|a|2|q", none);
    add("source deleted it", source, "1|a|1|x", "", "1|b|1|x", toTarget);
    add("target deleted it", source, "1|a|1|x", "1|b|1|x", "", toTarget);
    add("target wins a delete", target, "1|a|1|x", "1|b|1|x", "", toSource);
    add("nobody is newer than a delete", newest, "1|a|1|x", "", "1|b|1|x", none);
    add("a delete does not merge", merge, "1|a|1|x", "", "1|b|1|x", none);
}

void TestConflictPolicy::judges()
{
    QFETCH(ConflictPolicy, policy);
    QFETCH(QString, base);
    QFETCH(QString, source);
    QFETCH(QString, target);
    QFETCH(ConflictAnswer, answer);
    QFETCH(QString, rows);
    const PlanTable table = someTable();
    Conflict conflict = withBase(table, conflictOf(table, source, target), base);
    conflict.kind = source.isEmpty() || target.isEmpty() ? ConflictKind::UpdatedAndDeleted
        : base.isEmpty()                                 ? ConflictKind::BothInserted
                                                         : ConflictKind::BothUpdated;
    const auto judge = ConflictJudge::open(someJob(), table, policy);
    QVERIFY(judge.has_value());
    const ConflictReply reply = judge->reply(conflict);
    QCOMPARE(reply.id, 7);
    QCOMPARE(reply.answer, answer);
    QCOMPARE(reply.shown, picturesPrint(conflict));
    QCOMPARE(reply.rowForSource.isEmpty(), rows.isEmpty());
    if (!rows.isEmpty())
        QCOMPARE(textOf(table, reply.rowForSource) + u';' + textOf(table, reply.rowForTarget), rows);
}

void TestConflictPolicy::usesTheRulesOfTheTable()
{
    const PlanTable table = someTable();
    JobSettings job = someJob();
    JobTable settings;
    settings.source.name = u"orders"_s;
    ColumnRule rule;
    rule.source = u"qty"_s;
    rule.rule = CellRule::Sum;
    settings.rules.columns = {rule};
    job.tables = {JobTable{}, settings};
    const auto judge = ConflictJudge::open(job, table, ConflictPolicy::Merge);
    QVERIFY(judge.has_value());
    Conflict conflict = withBase(table, conflictOf(table, u"1|a|12|x"_s, u"1|a|7|x"_s), u"1|a|10|x"_s);
    const ConflictReply reply = judge->reply(conflict);
    QCOMPARE(textOf(table, reply.rowForTarget), u"1|a|9|x"_s);
}

void TestConflictPolicy::refusesWhatTellsNothing()
{
    PlanTable flags = someTable();
    for (PlanColumn &column : flags.columns) {
        if (column.source == u"note"_s)
            column.type.kind = CellKind::Boolean;
    }
    const auto judge = ConflictJudge::open(someJob(), flags, ConflictPolicy::Newest, u"note"_s);
    QVERIFY(!judge.has_value());
    QCOMPARE(judge.error().code, ErrorCode::TypesIncompatible);
    QVERIFY(ConflictJudge::open({}, someTable(), ConflictPolicy::Newest, u"Quantity"_s).has_value());
}

void TestConflictPolicy::judgesRowsOfOneWay_data()
{
    QTest::addColumn<ConflictPolicy>("policy");
    QTest::addColumn<QString>("source");
    QTest::addColumn<ConflictAnswer>("answer");
    const auto row = [](const char *name, ConflictPolicy policy, const QString &source, ConflictAnswer answer) {
        QTest::newRow(name) << policy << source << answer;
    };
    row("source", ConflictPolicy::Source, u"1|a|1|x"_s, ConflictAnswer::Source);
    row("target", ConflictPolicy::Target, u"1|a|1|x"_s, ConflictAnswer::Target);
    row("ask", ConflictPolicy::Ask, u"1|a|1|x"_s, ConflictAnswer::None);
    row("a merge is none of theirs", ConflictPolicy::Merge, u"1|a|1|x"_s, ConflictAnswer::None);
    row("newest, source", ConflictPolicy::Newest, u"1|a|3|x"_s, ConflictAnswer::Source);
    row("newest, target", ConflictPolicy::Newest, u"1|a|1|x"_s, ConflictAnswer::Target);
    row("newest, neither", ConflictPolicy::Newest, u"1|a|2|x"_s, ConflictAnswer::None);
}

void TestConflictPolicy::judgesRowsOfOneWay()
{
    QFETCH(ConflictPolicy, policy);
    QFETCH(QString, source);
    QFETCH(ConflictAnswer, answer);
    const PlanTable table = someTable();
    JobSettings job = someJob();
    job.mode = Mode::Mirror;
    Conflict conflict = conflictOf(table, source, u"1|b|2|y"_s);
    conflict.kind = ConflictKind::Differs;
    const auto judge = ConflictJudge::open(job, table, policy);
    QVERIFY(judge.has_value());
    const ConflictReply reply = judge->reply(conflict);
    QCOMPARE(reply.answer, answer);
    QCOMPARE(reply.shown, picturesPrint(conflict));
    QVERIFY(reply.rowForSource.isEmpty() && reply.rowForTarget.isEmpty());
}

void TestConflictPolicy::leavesOthersToPeople()
{
    const PlanTable table = someTable();
    const auto judge = ConflictJudge::open(someJob(), table, ConflictPolicy::Source);
    Conflict conflict = conflictOf(table, u"1|a|1|x"_s, u"1|b|2|y"_s);
    for (const ConflictKind kind : {ConflictKind::InDoubt, ConflictKind::GuardFailed, ConflictKind::Constraint}) {
        conflict.kind = kind;
        QCOMPARE(judge->reply(conflict).answer, ConflictAnswer::None);
    }
    conflict.kind = ConflictKind::BothUpdated;
    conflict.mappingDigest = "another";
    QCOMPARE(judge->reply(conflict).answer, ConflictAnswer::None);
}

void TestConflictPolicy::tellsWhoMoved()
{
    const PlanTable table = someTable();
    const auto moves = [&](const QString &base, const QString &source, const QString &target) {
        const Conflict conflict = withBase(table, conflictOf(table, source, target), base);
        return cellMoves(conflict, *conflictRows(table, conflict));
    };
    using enum CellMove;
    QVERIFY(moves(u"1|a|1|x"_s, u"1|b|1|p"_s, u"1|a|2|q"_s) == (std::vector{None, Source, Target, None}));
    QVERIFY(moves(u"1|a|1|x"_s, u"1|b|3|p"_s, u"1|b|2|q"_s) == (std::vector{None, None, Both, None}));
    QVERIFY(moves({}, u"1|b|3|p"_s, u"1|b|2|q"_s) == (std::vector{None, None, Unknown, None}));
    QVERIFY(moves(u"1|a|1|x"_s, u"1|b|3|p"_s, {}) == std::vector(4, None));
}

void TestConflictPolicy::answersByChoices()
{
    const PlanTable table = someTable();
    const Conflict conflict = withBase(table, conflictOf(table, u"1|b|3|p"_s, u"1|c|2|q"_s), u"1|a|1|x"_s);
    using From = CellChoice::From;
    const auto rows = [&](const std::vector<CellChoice> &choices) {
        const auto reply = chosenAnswer(table, conflict, choices);
        return reply ? textOf(table, reply->rowForSource) + u';' + textOf(table, reply->rowForTarget) : QString();
    };
    QCOMPARE(rows({{}, {From::Source}, {From::Target}, {}}), u"1|b|2|p;1|b|2|q"_s);
    QCOMPARE(rows({{}, {From::Base}, {From::Own}, {}}), u"1|a|3|p;1|a|2|q"_s);
    const CellBytes null;
    const CellBytes five = cellFromText(table.columns[2], u"5"_s).value();
    QCOMPARE(rows({{}, {From::Given, null}, {From::Given, five}, {From::Own}}), u"1|NULL|5|p;1|NULL|5|q"_s);
}

void TestConflictPolicy::choicesThatDecideNothing()
{
    const PlanTable table = someTable();
    const Conflict conflict = conflictOf(table, u"1|b|3|p"_s, u"1|c|3|q"_s);
    using From = CellChoice::From;
    const auto missing = [&](const std::vector<CellChoice> &choices) {
        const auto reply = chosenAnswer(table, conflict, choices);
        return reply ? u"none"_s : reply.error().facts.value(Fact::Expected);
    };
    QCOMPARE(missing({{}, {From::Source}, {}, {}}), u"none"_s);
    QCOMPARE(missing({{}, {}, {}, {}}), u"note"_s);
    QCOMPARE(missing({{}, {From::Base}, {}, {}}), u"note"_s); // unknown
    QCOMPARE(missing({{}, {From::Source}, {}, {From::Target}}), u"seen"_s); // each side's own
    QCOMPARE(missing({{From::Source}, {From::Source}, {}, {}}), u"id"_s);
    QVERIFY(missing({{From::Source}}) != "none"_L1);
}

void TestConflictPolicy::readsValues_data()
{
    QTest::addColumn<CellKind>("kind");
    QTest::addColumn<int>("scale");
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("good");
    QTest::newRow("decimal") << CellKind::Decimal << 2 << u"3.45"_s << true;
    QTest::newRow("decimal, zeros") << CellKind::Decimal << 2 << u"3.4500"_s << true;
    QTest::newRow("decimal, a digit lost") << CellKind::Decimal << 2 << u"3.455"_s << false;
    QTest::newRow("decimal, any scale") << CellKind::Decimal << -1 << u"3.455"_s << true;
    QTest::newRow("decimal, words") << CellKind::Decimal << 2 << u"three"_s << false;
    QTest::newRow("integer") << CellKind::Integer << -1 << u"-7"_s << true;
    QTest::newRow("integer, empty") << CellKind::Integer << -1 << QString(u""_s) << false;
    QTest::newRow("date") << CellKind::Date << -1 << u"2024-02-29"_s << true;
    QTest::newRow("no such day") << CellKind::Date << -1 << u"2023-02-29"_s << false;
    QTest::newRow("text, empty") << CellKind::Text << -1 << QString(u""_s) << true;
    QTest::newRow("JSON") << CellKind::Json << -1 << u"{\"a\": 1}"_s << true;
    QTest::newRow("blob") << CellKind::Blob << -1 << u"0x00ff"_s << true;
    QTest::newRow("blob, half a byte") << CellKind::Blob << -1 << u"0x0"_s << false;
}

void TestConflictPolicy::readsValues()
{
    QFETCH(CellKind, kind);
    QFETCH(int, scale);
    QFETCH(QString, text);
    PlanColumn column{u"c"_s, u"c"_s, {kind}, true};
    column.type.scale = scale;
    const auto value = cellFromText(column, text);
    QTEST(value.has_value(), "good");
    if (value)
        QVERIFY(!value->isNull);
    QVERIFY(cellFromText(column, {})->isNull);
}

QTEST_APPLESS_MAIN(TestConflictPolicy)
#include "tst_conflictpolicy.moc"
