// SPDX-License-Identifier: GPL-3.0-or-later
#include <condition_variable>
#include <mutex>
#include <set>

#include <QTest>

#include "tests/core/run/twowayjobrig.h"

using namespace tidemark;

namespace {

const Error lost{ErrorCode::ConnectionLost, {}, {}};

// Two groups: orders with their lines, and items by themselves.
struct ScopeRig : EngineRig
{
    ScopeRig()
    {
        pair.makeTable(u"orders"_s, u"id integer key, note text(40)"_s);
        pair.makeTable(u"lines"_s, u"id integer key, order_id integer -> orders.id, note text(40)"_s);
        pair.makeTable(u"items"_s, u"id integer key, note text(40)"_s);
        for (int id = 1; id <= 4; ++id) {
            putBoth(u"orders"_s, {id, "same"});
            putBoth(u"lines"_s, {id, id, "same"});
            putBoth(u"items"_s, {id, "same"});
        }
    }
    void putBoth(const QString &table, const FakeValues &row)
    {
        pair.putSource(table, row);
        pair.putTarget(table, row);
    }
    JobSettings scoped(const QString &scope, const QJsonObject &more = {}) const
    {
        QJsonObject changes{{u"mode"_s, u"two-way"_s}, {u"transaction"_s, scope}};
        for (auto it = more.begin(); it != more.end(); ++it)
            changes[it.key()] = it.value();
        JobSettings settings = job(changes);
        settings.retry.attempts = 1;
        return settings;
    }
    void change() // of both sides, in every table
    {
        pair.putSource(u"orders"_s, {1, "source"});
        pair.putTarget(u"orders"_s, {2, "target"});
        pair.putSource(u"orders"_s, {5, "new"});
        pair.putSource(u"lines"_s, {5, 5, "new"});
        pair.removeSource(u"lines"_s, {3});
        pair.putTarget(u"lines"_s, {4, 4, "target"});
        pair.putSource(u"items"_s, {1, "source"});
        pair.putTarget(u"items"_s, {2, "target"});
    }
    QString state() const
    {
        QStringList rows;
        for (const QString &table : {u"orders"_s, u"lines"_s, u"items"_s})
            rows += pair.sourceRows(table).join(u' ') + u" / "_s + pair.targetRows(table).join(u' ');
        return rows.join(u'\n');
    }
    bool inStep() const
    {
        return pair.sidesAreEqual(u"orders"_s) && pair.sidesAreEqual(u"lines"_s) && pair.sidesAreEqual(u"items"_s);
    }
    static bool is(const QStringList &cells, qsizetype at, const QString &text) { return cells.at(at) == text; }
};

} // namespace

// What one transaction holds, and what is left of it where it fails.
class TestTwoWayTransactions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void allIsWrittenAtBothSides_data() { scopes(); }
    void allIsWrittenAtBothSides();
    void oneBadRowTakesAllBack_data();
    void oneBadRowTakesAllBack();
    void otherGroupsAreTheirOwn();
    void theRestIsWrittenWhereOnlyTheRowIsLeft_data() { scopes(); }
    void theRestIsWrittenWhereOnlyTheRowIsLeft();
    void aTableThatCannotBeComparedStopsItsOwn();
    void theSecondCommitFails_data() { scopes(); }
    void theSecondCommitFails();
    void aMergeCutOffBetweenTheCommitsIsFinished();
    void aTransactionLargerThanABatchIsKeptInStep();
    void killedAnywhereItResumes_data() { scopes(); }
    void killedAnywhereItResumes();
    void tablesAreComparedAtOnce();
    void whatRefersToARowGoesBeforeIt_data() { scopes(); }
    void whatRefersToARowGoesBeforeIt();

private:
    static void scopes()
    {
        QTest::addColumn<QString>("scope");
        QTest::newRow("a group") << u"table"_s;
        QTest::newRow("the run") << u"run"_s;
    }
};

void TestTwoWayTransactions::allIsWrittenAtBothSides()
{
    QFETCH(QString, scope);
    ScopeRig rig;
    const JobSettings job = rig.scoped(scope);
    QCOMPARE(shown(rig.run(job)), u"completed +0 ~0 -0"_s);
    rig.change();
    rig.pair.resetCounters();
    QCOMPARE(shown(rig.run(job)), u"completed +2 ~5 -1"_s);
    QVERIFY(rig.inStep());
    // Beside the marks, one of each table at the beginning and the end: one commit a group, or one.
    const int units = scope == u"run"_s ? 1 : 2;
    QCOMPARE(rig.pair.target.counters().commits, 3 + 3 + units);
    QCOMPARE(rig.pair.source.counters().commits, 3 + units);
    QCOMPARE(shown(rig.run(job)), u"completed +0 ~0 -0"_s);
    QCOMPARE(rig.pair.violations(), QStringList());
}

void TestTwoWayTransactions::oneBadRowTakesAllBack_data()
{
    QTest::addColumn<QString>("scope");
    QTest::addColumn<bool>("atTarget");
    for (const char *scope : {"table", "run"}) {
        QTest::addRow("%s, target", scope) << QString::fromLatin1(scope) << true;
        QTest::addRow("%s, source", scope) << QString::fromLatin1(scope) << false;
    }
}

// The source is written last: what the target took before goes, too.
void TestTwoWayTransactions::oneBadRowTakesAllBack()
{
    QFETCH(QString, scope);
    QFETCH(bool, atTarget);
    ScopeRig rig;
    const JobSettings job = rig.scoped(scope);
    QCOMPARE(rig.run(job).state, RunState::Completed);
    rig.change();
    FakeDatabase &side = atTarget ? rig.pair.target : rig.pair.source;
    const QString bad = atTarget ? u"new"_s : u"target"_s;
    side.refuseRows(
        u"lines"_s, [&](const QStringList &cells) { return ScopeRig::is(cells, 2, bad); },
        Error{ErrorCode::CheckViolated, {}, {}});
    const QString before = rig.state();
    const RunReport report = rig.run(scope == u"run"_s ? job : [&] {
        JobSettings two = job; // the other group is another transaction
        two.allTables = false;
        two.tables = {job.defaults, job.defaults};
        two.tables[0].source = TableName{{}, u"orders"_s};
        two.tables[1].source = TableName{{}, u"lines"_s};
        return two;
    }());
    QCOMPARE(report.state, RunState::Failed);
    QCOMPARE(report.totals().total(), 0);
    for (const TableReport &table : report.tables)
        QCOMPARE(codeName(table.error->code), codeName(ErrorCode::CheckViolated));
    QCOMPARE(rig.state(), before);
    side.acceptRows();
    QCOMPARE(shown(rig.run(job)), u"completed +2 ~5 -1"_s);
    QVERIFY(rig.inStep());
}

void TestTwoWayTransactions::otherGroupsAreTheirOwn()
{
    ScopeRig rig;
    const JobSettings job = rig.scoped(u"table"_s);
    QCOMPARE(rig.run(job).state, RunState::Completed);
    rig.change();
    rig.pair.source.refuseRows(
        u"items"_s, [](const QStringList &cells) { return ScopeRig::is(cells, 1, u"target"_s); },
        Error{ErrorCode::CheckViolated, {}, {}});
    QCOMPARE(shown(rig.run(job)), u"failed +2 ~3 -1 [items: check-violated ]"_s);
    QVERIFY(rig.pair.sidesAreEqual(u"orders"_s) && rig.pair.sidesAreEqual(u"lines"_s));
    QCOMPARE(rig.pair.targetRows(u"items"_s).first(), u"1|same"_s);
}

void TestTwoWayTransactions::theRestIsWrittenWhereOnlyTheRowIsLeft()
{
    QFETCH(QString, scope);
    ScopeRig rig;
    const JobSettings job = rig.scoped(scope, {{u"onBadRow"_s, u"skip"_s}});
    QCOMPARE(rig.run(job).state, RunState::Completed);
    rig.change();
    rig.pair.source.refuseRows(
        u"items"_s, [](const QStringList &cells) { return ScopeRig::is(cells, 1, u"target"_s); },
        Error{ErrorCode::CheckViolated, {}, {}});
    const RunReport report = rig.run(job);
    QCOMPARE(shown(report), u"needs-attention +2 ~4 -1"_s);
    QCOMPARE(rig.pair.sourceRows(u"items"_s).at(1), u"2|same"_s);
    rig.pair.source.acceptRows();
    QCOMPARE(shown(rig.run(job)), u"completed +0 ~1 -0"_s);
    QVERIFY(rig.inStep());
}

void TestTwoWayTransactions::aTableThatCannotBeComparedStopsItsOwn()
{
    ScopeRig rig;
    QCOMPARE(rig.run(rig.scoped(u"run"_s)).state, RunState::Completed);
    rig.change();
    const QString before = rig.state();
    rig.pair.target.failOn(u"read items"_s, Error{ErrorCode::NoRights, {}, {}}, 0, -1);
    const RunReport together = rig.run(rig.scoped(u"run"_s));
    QCOMPARE(together.state, RunState::Failed);
    QCOMPARE(rig.state(), before);
    for (const TableReport &table : together.tables)
        QCOMPARE(table.error->facts.value(Fact::Table), u"items"_s);
    const RunReport apart = rig.run(rig.scoped(u"table"_s));
    QCOMPARE(shown(apart.totals()), u"+2 ~3 -1"_s);
    QVERIFY(rig.pair.sidesAreEqual(u"orders"_s) && rig.pair.sidesAreEqual(u"lines"_s));
}

// Two databases commit one after the other. What the target has by then is true; the rest is decided afresh.
void TestTwoWayTransactions::theSecondCommitFails()
{
    QFETCH(QString, scope);
    ScopeRig rig;
    const JobSettings job = rig.scoped(scope);
    QCOMPARE(rig.run(job).state, RunState::Completed);
    rig.change();
    bool armed = false;
    rig.pair.source.onOperation([&](const QString &operation) {
        if (operation == u"update orders"_s)
            armed = true;
        if (armed && operation == u"commit"_s)
            rig.pair.source.failOn(u"commit"_s, lost);
    });
    QCOMPARE(rig.run(job).state, RunState::Failed);
    rig.pair.source.onOperation({});
    rig.pair.source.failNoMore();
    QCOMPARE(rig.pair.targetRows(u"orders"_s).first(), u"1|source"_s);
    QCOMPARE(rig.pair.sourceRows(u"orders"_s).at(1), u"2|same"_s);
    // The target's own edit of a row that it was just given is no conflict: the base knows the row.
    rig.pair.putTarget(u"orders"_s, {5, "edited"});
    QVERIFY(rig.run(job).state == RunState::Completed);
    QVERIFY2(rig.inStep(), qPrintable(rig.state()));
    QCOMPARE(rig.pair.sourceRows(u"orders"_s).last(), u"5|edited"_s);
    QCOMPARE(shown(rig.run(job)), u"completed +0 ~0 -0"_s);
}

void TestTwoWayTransactions::aMergeCutOffBetweenTheCommitsIsFinished()
{
    ScopeRig rig;
    rig.pair.makeTable(u"stock"_s, u"id integer key, note text(40), qty integer"_s);
    rig.putBoth(u"stock"_s, {1, "same", 10});
    QJsonObject sum{{u"source"_s, u"qty"_s}, {u"rule"_s, u"sum"_s}};
    const JobSettings job = rig.scoped(
        u"run"_s,
        {{u"conflicts"_s, QJsonObject{{u"policy"_s, u"merge"_s}}},
         {u"tables"_s, QJsonArray{QJsonObject{{u"source"_s, u"stock"_s}, {u"columns"_s, QJsonArray{sum}}}}}});
    QCOMPARE(rig.run(job).state, RunState::Completed);
    rig.pair.putSource(u"stock"_s, {1, "same", 13});
    rig.pair.putTarget(u"stock"_s, {1, "same", 8});
    bool armed = false;
    rig.pair.source.onOperation([&](const QString &operation) {
        armed = armed || operation == u"update stock"_s;
        if (armed && operation == u"commit"_s)
            rig.pair.source.failOn(u"commit"_s, lost);
    });
    QCOMPARE(rig.run(job).state, RunState::Failed);
    rig.pair.source.onOperation({});
    rig.pair.source.failNoMore();
    QCOMPARE(rig.pair.targetRows(u"stock"_s), QStringList(u"1|same|11"_s));
    QCOMPARE(rig.pair.sourceRows(u"stock"_s), QStringList(u"1|same|13"_s));
    QCOMPARE(shown(rig.run(job)), u"completed +0 ~1 -0"_s);
    QCOMPARE(rig.pair.sourceRows(u"stock"_s), QStringList(u"1|same|11"_s));
}

// What it tells the base is set down in parts; taken back, none of it is true.
void TestTwoWayTransactions::aTransactionLargerThanABatchIsKeptInStep()
{
    ScopeRig rig;
    const JobSettings job = rig.scoped(u"run"_s, {{u"batch"_s, QJsonObject{{u"rows"_s, 3}}}});
    QCOMPARE(rig.run(job).state, RunState::Completed);
    for (int id = 11; id <= 30; ++id) {
        rig.pair.putSource(u"items"_s, {id, "new"});
        rig.pair.putTarget(u"orders"_s, {id, "new"});
    }
    rig.pair.source.refuseRows(
        u"orders"_s, [](const QStringList &cells) { return ScopeRig::is(cells, 0, u"30"_s); },
        Error{ErrorCode::CheckViolated, {}, {}});
    QCOMPARE(rig.run(job).state, RunState::Failed);
    rig.pair.source.acceptRows();
    // Had the base kept what was taken back, the row would look deleted at the target.
    QCOMPARE(shown(rig.run(job)), u"completed +40 ~0 -0"_s);
    QVERIFY(rig.inStep());
    QCOMPARE(shown(rig.run(job)), u"completed +0 ~0 -0"_s);
}

// A connection that dies at each operation in turn: after a quiet run all is as if nothing had happened.
void TestTwoWayTransactions::killedAnywhereItResumes()
{
    QFETCH(QString, scope);
    for (const bool atTarget : {true, false}) {
        for (int skip = 0;; ++skip) {
            ScopeRig rig;
            const JobSettings job = rig.scoped(scope);
            QCOMPARE(rig.run(job).state, RunState::Completed);
            rig.change();
            FakeDatabase &side = atTarget ? rig.pair.target : rig.pair.source;
            side.failOn({}, lost, skip);
            const bool met = rig.run(job).state == RunState::Failed;
            side.failNoMore();
            const QString where = u"%1 %2 "_s.arg(atTarget ? u"target"_s : u"source"_s).arg(skip);
            const RunReport after = rig.run(job);
            QVERIFY2(after.state == RunState::Completed && rig.inStep(),
                     qPrintable(where + shown(after) + u'\n' + rig.state()));
            QCOMPARE(rig.pair.sourceRows(u"orders"_s),
                     QStringList({u"1|source"_s, u"2|target"_s, u"3|same"_s, u"4|same"_s, u"5|new"_s}));
            QCOMPARE(rig.pair.targetRows(u"lines"_s),
                     QStringList({u"1|1|same"_s, u"2|2|same"_s, u"4|4|target"_s, u"5|5|new"_s}));
            QVERIFY2(rig.pair.violations().isEmpty(), qPrintable(where + rig.pair.violations().join(u'\n')));
            if (!met)
                break;
        }
    }
}

// Each of two tables waits until the other is being read, too.
void TestTwoWayTransactions::tablesAreComparedAtOnce()
{
    ScopeRig rig;
    JobSettings job = rig.scoped(u"batch"_s);
    job.parallel = 2;
    std::mutex mutex;
    std::condition_variable arrived;
    std::set<QString> reading;
    bool met = false;
    rig.pair.target.onOperation([&](const QString &operation) {
        if (!operation.startsWith(u"read "_s))
            return;
        std::unique_lock lock(mutex);
        reading.insert(operation);
        arrived.notify_all();
        met = arrived.wait_for(lock, std::chrono::seconds(5), [&] { return reading.size() > 1; }) && met;
        met = met || reading.size() > 1;
    });
    QCOMPARE(rig.run(job).state, RunState::Completed);
    rig.pair.target.onOperation({});
    QVERIFY(met);
    rig.change();
    QCOMPARE(shown(rig.run(job)), u"completed +2 ~5 -1"_s);
    QVERIFY(rig.inStep());
    QCOMPARE(rig.pair.violations(), QStringList());
}

// Not only once the database has refused it the other way round.
void TestTwoWayTransactions::whatRefersToARowGoesBeforeIt()
{
    QFETCH(QString, scope);
    ScopeRig rig;
    const JobSettings job = rig.scoped(scope, {{u"guard"_s, QJsonObject{{u"rows"_s, 100}, {u"percent"_s, 100}}}});
    QCOMPARE(shown(rig.run(job)), u"completed +0 ~0 -0"_s);
    rig.pair.removeSource(u"lines"_s, {3});
    rig.pair.removeSource(u"orders"_s, {3});
    QStringList order;
    rig.pair.target.onOperation([&order](const QString &operation) {
        if (operation.startsWith("remove "_L1))
            order += operation;
    });
    QCOMPARE(shown(rig.run(job)), u"completed +0 ~0 -2"_s);
    rig.pair.target.onOperation({});
    QCOMPARE(order, (QStringList{u"remove lines"_s, u"remove orders"_s}));
    QVERIFY(rig.inStep());
}

QTEST_GUILESS_MAIN(TestTwoWayTransactions)
#include "tst_twowaytransactions.moc"
