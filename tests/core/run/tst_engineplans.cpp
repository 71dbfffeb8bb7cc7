// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journal/planfile.h"
#include "tests/core/run/enginerig.h"

using namespace tidemark;
using namespace Qt::StringLiterals;

// Approved plans on a fake pair: they write what a direct run would, and nothing that changed since.
class TestEnginePlans : public QObject
{
    Q_OBJECT

private:
    static void scopes()
    {
        QTest::addColumn<QString>("scope");
        for (const char *scope : {"batch", "table", "run"})
            QTest::newRow(scope) << QString::fromLatin1(scope);
    }

private Q_SLOTS:
    void init() { m_rig = std::make_unique<EngineRig>(); }
    void cleanup()
    {
        QCOMPARE(m_rig->pair.violations().join(u'\n'), QString());
        m_rig.reset();
    }

    void anotherSchemaIsRefused_data()
    {
        QTest::addColumn<bool>("atSource");
        QTest::newRow("source") << true;
        QTest::newRow("target") << false;
    }
    void anotherSchemaIsRefused()
    {
        QFETCH(bool, atSource);
        const JobSettings job = seats(u"batch"_s);
        const QStringList before = m_rig->pair.targetRows(u"seats"_s);
        const RunReport report = m_rig->planAndRun(job, [&] {
            (atSource ? m_rig->pair.source : m_rig->pair.target).alterTable(u"seats"_s, [](TableSchema &schema) {
                Column added = schema.columns.last();
                added.name = u"unmapped"_s;
                added.nullable = true;
                schema.columns += added;
            });
        });
        QCOMPARE(report.tables.first().error->code, ErrorCode::PlanOutdated);
        QCOMPARE(report.exitCode(), 4);
        QCOMPARE(shown(report.totals()), u"+0 ~0 -0"_s);
        QCOMPARE(m_rig->pair.targetRows(u"seats"_s).size(), before.size());
    }

    void swapsUniqueValues_data() { scopes(); }
    void swapsUniqueValues()
    {
        QFETCH(QString, scope);
        const JobSettings job = seats(scope);
        const RunReport report = m_rig->planAndRun(job);
        QVERIFY2(shown(report) == u"completed +0 ~3 -0"_s, qPrintable(shown(report)));
        QCOMPARE(m_rig->pair.targetRows(u"seats"_s), m_rig->pair.sourceRows(u"seats"_s));
        QCOMPARE(shown(m_rig->run(job)), u"completed +0 ~0 -0"_s);
    }

    void breaksCircles_data() { scopes(); }
    void breaksCircles()
    {
        QFETCH(QString, scope);
        m_rig->pair.makeTable(u"a"_s, u"id integer key, b integer -> b.id"_s);
        m_rig->pair.makeTable(u"b"_s, u"id integer key, a integer not null -> a.id"_s);
        m_rig->pair.putSource(u"a"_s, {1, 10});
        m_rig->pair.putSource(u"b"_s, {10, 1});
        m_rig->pair.makeTable(u"people"_s, u"id integer key, boss integer -> people.id"_s);
        m_rig->pair.putSource(u"people"_s, {9, nullptr});
        m_rig->pair.putSource(u"people"_s, {1, 9});
        m_rig->pair.putSource(u"people"_s, {2, 5});
        m_rig->pair.putSource(u"people"_s, {5, 2});
        const JobSettings job =
            m_rig->job({{u"tables"_s, QJsonArray{u"b"_s, u"a"_s, u"people"_s}}, {u"transaction"_s, scope}});
        const RunReport report = m_rig->planAndRun(job);
        QVERIFY2(report.state == RunState::Completed, qPrintable(shown(report)));
        for (const QString &table : {u"a"_s, u"b"_s, u"people"_s})
            QCOMPARE(m_rig->pair.targetRows(table), m_rig->pair.sourceRows(table));
        QCOMPARE(shown(m_rig->run(job)), u"completed +0 ~0 -0"_s);
    }

    // A row that waits for others is guarded again when its turn comes: the first transaction's locks are gone.
    void aRowThatChangedWhileItWaitedIsLeft()
    {
        const JobSettings job = seats(u"batch"_s);
        int writes = 0;
        m_rig->pair.target.onOperation([&](const QString &operation) {
            if (operation == u"beginWrite"_s && ++writes == 2)
                m_rig->pair.putTarget(u"seats"_s, {2, "elsewhere"});
        });
        const RunReport report = m_rig->planAndRun(job);
        m_rig->pair.target.onOperation({});
        QVERIFY(writes >= 2);
        QCOMPARE(shown(report), u"needs-attention +0 ~2 -0"_s);
        QCOMPARE(report.tables.first().changedSincePlan, 1);
        QCOMPARE(m_rig->pair.targetRows(u"seats"_s), (QStringList{u"1|middle"_s, u"2|elsewhere"_s, u"3|front"_s}));
        const auto waiting =
            m_rig->journal->waitingRows(job.id, u"seats → seats"_s, RetryReason::ChangedSincePlan, 0, 10).value();
        QCOMPARE(waiting.size(), 1);
        QCOMPARE(waiting.first().retry.keyText, u"2"_s);
        QCOMPARE(waiting.first().retry.run, report.run);
        QVERIFY(waiting.first().retry.sinceUs > 0);
        QCOMPARE(shown(m_rig->run(job)), u"completed +0 ~1 -0"_s);
    }

    void changedRowsAreLeftAndListed()
    {
        const JobSettings job = seats(u"batch"_s);
        const RunReport report = m_rig->planAndRun(job, [this] {
            m_rig->pair.putTarget(u"seats"_s, {2, "elsewhere"});
        });
        QCOMPARE(shown(report), u"needs-attention +0 ~2 -0"_s);
        QCOMPARE(report.attention.first().kind, Attention::Kind::Review);
        QCOMPARE(m_rig->journal->waitingCount(job.id, {}, RetryReason::ChangedSincePlan).value(), 1);
    }

    // What the ordered merge found before its order broke is dropped: a key twice in a plan would be two decisions.
    void aBrokenOrderBeginsAgain_data()
    {
        QTest::addColumn<bool>("atSource");
        QTest::newRow("source") << true;
        QTest::newRow("target") << false;
    }
    void aBrokenOrderBeginsAgain()
    {
        QFETCH(bool, atSource);
        m_rig->pair.makeTable(u"items"_s, u"id integer key, name text(20)"_s);
        for (int id = 1; id <= 20; ++id) {
            m_rig->pair.putSource(u"items"_s, {id, u"name %1"_s.arg(id)});
            if (id % 2 == 0)
                m_rig->pair.putTarget(u"items"_s, {id, u"old %1"_s.arg(id)});
        }
        (atSource ? m_rig->pair.source : m_rig->pair.target).breaksOrder = true;
        const JobSettings job = m_rig->job({{u"batch"_s, QJsonObject{{u"rows"_s, 4}}}});
        const RunReport planned = m_rig->plan(job, u"plan.db"_s);
        QCOMPARE(shown(planned), u"planned +10 ~10 -0"_s);
        const auto plan = std::move(*PlanReader::open(m_rig->path(u"plan.db"_s)));
        QCOMPARE(plan->rowCount(0, std::nullopt).value(), 20);
        QCOMPARE(plan->includedCounts(0).value(), planned.totals());
        RunOptions options;
        options.planFile = m_rig->path(u"plan.db"_s);
        QCOMPARE(shown(m_rig->run(job, options)), u"completed +10 ~10 -0"_s);
        QCOMPARE(m_rig->pair.targetRows(u"items"_s), m_rig->pair.sourceRows(u"items"_s));
    }

    // A new row is found by its cursor, by its missing key, by its flag, and in the retry set: it is one row.
    void oneDecisionAKey_data()
    {
        QTest::addColumn<QJsonObject>("detect");
        QTest::addColumn<bool>("first"); // run: nothing is known yet
        QTest::addColumn<bool>("leftOut"); // by an earlier plan
        const QJsonObject stamp{{u"by"_s, u"timestamp"_s}, {u"column"_s, u"stamp"_s}};
        const QJsonObject flag{{u"by"_s, u"flag"_s}, {u"column"_s, u"pending"_s}, {u"pending"_s, 1}, {u"done"_s, 0}};
        const QJsonObject version{{u"by"_s, u"version"_s}, {u"column"_s, u"version"_s}};
        QJsonObject row = version;
        row[u"scope"_s] = u"row"_s;
        const std::pair<const char *, QJsonObject> kinds[]{{"hash", {{u"by"_s, u"hash"_s}}},
                                                           {"timestamp", stamp},
                                                           {"flag", flag},
                                                           {"version", version},
                                                           {"version a row", row}};
        for (const auto &[name, detect] : kinds) {
            QTest::addRow("%s, first run", name) << detect << true << false;
            QTest::addRow("%s, later run", name) << detect << false << false;
            QTest::addRow("%s, left out before", name) << detect << false << true;
        }
    }
    void oneDecisionAKey()
    {
        QFETCH(QJsonObject, detect);
        QFETCH(bool, first);
        QFETCH(bool, leftOut);
        m_rig->pair.makeTable(u"items"_s,
                              u"id integer key, name text(20), stamp timestamp(6), version integer, pending integer"_s);
        m_rig->setBound(1'767'225'600'000'000, 1'767'225'600'000'000); // 2026
        const JobSettings job = m_rig->job({{u"detect"_s, detect}});
        for (int id = 1; id <= 40; ++id) {
            m_rig->pair.putSource(u"items"_s, {id, u"same"_s, u"2025-01-01 00:00:00"_s, 1, 0});
            m_rig->pair.putTarget(u"items"_s, {id, u"same"_s, u"2025-01-01 00:00:00"_s, 1, 0});
        }
        if (!first)
            m_rig->run(job);
        m_rig->pair.putSource(u"items"_s, {1, u"changed"_s, u"2025-02-01 00:00:00"_s, 2, 1});
        m_rig->pair.putSource(u"items"_s, {50, u"new"_s, u"2025-02-01 00:00:00"_s, 2, 1});
        m_rig->pair.removeSource(u"items"_s, {7});
        if (leftOut) {
            QCOMPARE(shown(m_rig->plan(job, u"left.db"_s)), u"planned +1 ~1 -1"_s);
            const auto plan = std::move(*PlanReader::open(m_rig->path(u"left.db"_s)));
            for (int row = 0; row < 3; ++row)
                QVERIFY(plan->setRowIncluded(0, row, false));
            RunOptions options;
            options.planFile = m_rig->path(u"left.db"_s);
            QCOMPARE(shown(m_rig->run(job, options)), u"completed +0 ~0 -0"_s);
        }
        QCOMPARE(shown(m_rig->plan(job, u"plan.db"_s)), u"planned +1 ~1 -1"_s);
        RunOptions options;
        if (!leftOut)
            options.planFile = m_rig->path(u"plan.db"_s);
        QCOMPARE(shown(m_rig->run(job, options)), u"completed +1 ~1 -1"_s);
        QCOMPARE(shown(m_rig->run(job)), u"completed +0 ~0 -0"_s);
    }

    void someTablesAlone()
    {
        for (const QString &table : {u"one"_s, u"two"_s, u"three"_s}) {
            m_rig->pair.makeTable(table, u"id integer key, name text(20)"_s);
            m_rig->pair.putSource(table, {1, "a"});
        }
        const JobSettings job = m_rig->job();
        RunOptions options;
        options.onlyTables = {u"two"_s};
        QCOMPARE(shown(m_rig->plan(job, u"some.db"_s, options)), u"planned +1 ~0 -0"_s);
        QCOMPARE(m_rig->plan(job, u"all.db"_s).tables.size(), 3);
        options.planFile = m_rig->path(u"all.db"_s);
        const RunReport report = m_rig->run(job, options);
        QCOMPARE(shown(report), u"completed +1 ~0 -0"_s);
        QCOMPARE(report.tables.size(), 1);
        QCOMPARE(m_rig->pair.targetRows(u"one"_s), QStringList());
        options.planFile.clear();
        options.onlyTables = {u"two"_s, u"three"_s};
        QCOMPARE(shown(m_rig->run(job, options)), u"completed +1 ~0 -0"_s);
        QCOMPARE(m_rig->pair.targetRows(u"one"_s), QStringList());
        options.onlyTables = {u"two"_s, u"four"_s};
        const RunReport unknown = m_rig->run(job, options);
        QCOMPARE(unknown.exitCode(), 4);
        QCOMPARE(unknown.error->facts.value(Fact::Table), u"four"_s);
        QCOMPARE(shown(m_rig->run(job)), u"completed +1 ~0 -0"_s);
    }

private:
    // Three people who each move one seat further; the target has the seats of yesterday.
    JobSettings seats(const QString &scope)
    {
        m_rig->pair.makeTable(u"seats"_s, u"id integer key, seat text(20) unique"_s);
        const QStringList before{u"front"_s, u"middle"_s, u"back"_s};
        for (int id = 1; id <= 3; ++id) {
            m_rig->pair.putTarget(u"seats"_s, {id, before[id - 1]});
            m_rig->pair.putSource(u"seats"_s, {id, before[id % 3]});
        }
        return m_rig->job({{u"tables"_s, QJsonArray{u"seats"_s}}, {u"transaction"_s, scope}});
    }

    std::unique_ptr<EngineRig> m_rig;
};

QTEST_GUILESS_MAIN(TestEnginePlans)
#include "tst_engineplans.moc"
