// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/run/enginerig.h"

using namespace tidemark;
using namespace Qt::StringLiterals;

// Rows that the target refuses: which are tried again, which are set aside, and what the run says then.
class TestEngineRefused : public QObject
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

    // Without a snapshot for all tables, a row may be read whose parent came after the parents were: that is no fault
    // of the row's, and the run looks again before it says so.
    void aParentThatCameAfterItsTableWasRead_data()
    {
        QTest::addColumn<QJsonObject>("changes");
        for (const QString &scope : {u"batch"_s, u"table"_s, u"run"_s})
            QTest::addRow("%s", qPrintable(scope)) << QJsonObject{{u"transaction"_s, scope}};
        QTest::newRow("table, skip") << QJsonObject{{u"transaction"_s, u"table"_s}, {u"onBadRow"_s, u"skip"_s}};
        QTest::newRow("whole before the first write") << QJsonObject{{u"description"_s, u"holds"_s}};
    }
    void aParentThatCameAfterItsTableWasRead()
    {
        QFETCH(QJsonObject, changes);
        makeFamily();
        const bool holds = !changes.take(u"description"_s).isUndefined();
        m_rig->pair.target.facts.readersBlockWriters = holds;
        m_rig->pair.source.offersSnapshots = false;
        const auto stop = afterReading(u"orders"_s, [this] {
            m_rig->pair.putSource(u"orders"_s, {7});
            m_rig->pair.putSource(u"lines"_s, {70, 7});
        });
        const JobSettings job = familyJob(changes);
        const RunReport report = m_rig->run(job);
        QVERIFY2(report.state == RunState::Completed, qPrintable(shown(report)));
        QCOMPARE(report.exitCode(), 0);
        QCOMPARE(m_rig->pair.targetRows(u"lines"_s), m_rig->pair.sourceRows(u"lines"_s));
        QCOMPARE(m_rig->pair.targetRows(u"orders"_s), m_rig->pair.sourceRows(u"orders"_s));
        QCOMPARE(report.totals().inserts, 8);
        QCOMPARE(m_rig->journal->asideCount(job.id, {}).value(), 0);
        m_rig->pair.resetCounters();
        QCOMPARE(shown(m_rig->run(job)), u"completed +0 ~0 -0"_s);
        QCOMPARE(m_rig->pair.target.counters().writes(), 0);
    }

    // Likewise the other way: a parent whose last child went after the children were read.
    void aParentThatIsStillReferredTo()
    {
        makeFamily();
        m_rig->pair.source.offersSnapshots = false;
        m_rig->pair.target.facts.readersBlockWriters = true; // all is read before the first write, in the job's order
        const JobSettings job = familyJob({{u"tables"_s, QJsonArray{u"lines"_s, u"orders"_s}}});
        QCOMPARE(m_rig->run(job).state, RunState::Completed);
        const auto stop = afterReading(u"lines"_s, [this] {
            m_rig->pair.removeSource(u"lines"_s, {10});
            m_rig->pair.removeSource(u"orders"_s, {1});
        });
        QCOMPARE(shown(m_rig->run(job)), u"completed +0 ~0 -2"_s);
        QCOMPARE(m_rig->pair.targetRows(u"orders"_s), m_rig->pair.sourceRows(u"orders"_s));
        QCOMPARE(m_rig->journal->waitingCount(job.id, {}, {}).value(), 0);
    }

    void anOrphanIsSetAsideOnceItHasFailedTwice()
    {
        makeFamily();
        m_rig->pair.source.offersSnapshots = false;
        m_rig->pair.putSource(u"lines"_s, {90, 9}); // nobody has order 9
        const JobSettings job = familyJob({});
        const RunReport report = m_rig->run(job);
        QCOMPARE(shown(report), u"needs-attention +6 ~0 -0"_s);
        QCOMPARE(report.exitCode(), 1);
        QCOMPARE(report.tables.at(1).quarantined, 1);
        QCOMPARE(m_rig->journal->asideRows(job.id, {}, 0, 10).value().first().error.code,
                 ErrorCode::ForeignKeyViolated);
        // It is known by now: the tables are not read twice for it again.
        m_rig->pair.resetCounters();
        QCOMPARE(shown(m_rig->run(job)), u"needs-attention +0 ~0 -0"_s);
        QCOMPARE(m_rig->pair.source.log().count(u"read lines"_s), 1);
        m_rig->pair.putSource(u"orders"_s, {9});
        QCOMPARE(shown(m_rig->run(job)), u"completed +2 ~0 -0"_s);
        QCOMPARE(m_rig->journal->asideCount(job.id, {}).value(), 0);
        QCOMPARE(m_rig->journal->waitingCount(job.id, {}, {}).value(), 0);
    }

    // One snapshot for all tables: what failed once is wrong.
    void underOneSnapshotOneFailureIsEnough()
    {
        makeFamily();
        m_rig->pair.putSource(u"lines"_s, {90, 9});
        m_rig->pair.resetCounters();
        QCOMPARE(shown(m_rig->run(familyJob({}))), u"needs-attention +6 ~0 -0"_s);
        QCOMPARE(m_rig->pair.source.log().count(u"read lines"_s), 1);
    }

    void rowsThatReferToEachOtherAreDeleted()
    {
        m_rig->pair.makeTable(u"people"_s, u"id integer key, boss integer -> people.id"_s);
        const QList<FakeValues> rows{{1, nullptr}, {2, 1}, {3, 2}, {4, 3}};
        for (const FakeValues &row : rows) {
            m_rig->pair.putSource(u"people"_s, row);
            m_rig->pair.putTarget(u"people"_s, row);
        }
        for (int id = 5; id < 60; ++id) {
            m_rig->pair.putSource(u"people"_s, {id, nullptr});
            m_rig->pair.putTarget(u"people"_s, {id, nullptr});
        }
        for (int id = 1; id <= 4; ++id)
            m_rig->pair.removeSource(u"people"_s, {id});
        const JobSettings job =
            m_rig->job({{u"tables"_s, QJsonArray{u"people"_s}}, {u"batch"_s, QJsonObject{{u"rows"_s, 1}}}});
        QCOMPARE(shown(m_rig->run(job)), u"completed +0 ~0 -4"_s);
        QCOMPARE(m_rig->journal->waitingCount(job.id, {}, {}).value(), 0);
    }

    void uniqueValuesSwapPlacesInEveryScope_data() { scopes(); }
    void uniqueValuesSwapPlacesInEveryScope()
    {
        QFETCH(QString, scope);
        m_rig->pair.makeTable(u"seats"_s, u"id integer key, seat text(20) unique"_s);
        m_rig->pair.putSource(u"seats"_s, {1, "front"});
        m_rig->pair.putSource(u"seats"_s, {2, "back"});
        m_rig->pair.putTarget(u"seats"_s, {1, "back"});
        m_rig->pair.putTarget(u"seats"_s, {2, "front"});
        const RunReport report =
            m_rig->run(m_rig->job({{u"tables"_s, QJsonArray{u"seats"_s}}, {u"transaction"_s, scope}}));
        QVERIFY2(shown(report) == u"completed +0 ~2 -0"_s, qPrintable(shown(report)));
    }

    // Tables share a transaction: the second attempt of one must not cost the rows of another.
    void aSecondAttemptKeepsEveryTable_data() { scopes(); }
    void aSecondAttemptKeepsEveryTable()
    {
        QFETCH(QString, scope);
        makeFamily();
        m_rig->pair.target.failOn(u"insert lines"_s, Error{ErrorCode::Deadlock, {}, {}});
        const JobSettings job = familyJob({{u"transaction"_s, scope}});
        QCOMPARE(shown(m_rig->run(job)), u"completed +6 ~0 -0"_s);
        QCOMPARE(m_rig->pair.targetRows(u"orders"_s), m_rig->pair.sourceRows(u"orders"_s));
        QCOMPARE(m_rig->pair.targetRows(u"lines"_s), m_rig->pair.sourceRows(u"lines"_s));
    }

    // All keys that the target equates are set aside, whichever would have come first.
    void equatedKeysAreAllSetAside_data()
    {
        QTest::addColumn<bool>("planned");
        QTest::addColumn<bool>("ordered"); // by another unique value, too
        for (const bool planned : {false, true}) {
            for (const bool unique : {false, true})
                QTest::addRow("%s%s", planned ? "a plan" : "a direct run", unique ? ", another unique value" : "")
                    << planned << unique;
        }
    }
    void equatedKeysAreAllSetAside()
    {
        QFETCH(bool, planned);
        QFETCH(bool, ordered);
        const QString columns = ordered ? u", n integer unique"_s : u", n integer"_s;
        m_rig->pair.source.createTable(fakeTable(u"words"_s, u"word text(20) key"_s + columns));
        m_rig->pair.target.createTable(fakeTable(u"words"_s, u"word text(20) key nocase"_s + columns));
        m_rig->pair.putSource(u"words"_s, {"ABC", 1});
        m_rig->pair.putSource(u"words"_s, {"abc", 2});
        m_rig->pair.putSource(u"words"_s, {"Ghi", 3}); // the target has ghi, and it differs
        m_rig->pair.putSource(u"words"_s, {"ghi", 4});
        m_rig->pair.putTarget(u"words"_s, {"ghi", 40});
        m_rig->pair.putSource(u"words"_s, {"xyz", 5});
        m_rig->pair.putSource(u"words"_s, {QString::fromUtf8("\xc3\xa9t\xc3\xa9"), 6}); // only look alike
        m_rig->pair.putSource(u"words"_s, {"ete", 7});
        const JobSettings job = m_rig->job({{u"tables"_s, QJsonArray{u"words"_s}}});
        const RunReport report = planned ? m_rig->planAndRun(job) : m_rig->run(job);
        QCOMPARE(shown(report), u"needs-attention +3 ~0 -0"_s);
        QCOMPARE(report.tables.first().quarantined, 4);
        QCOMPARE(m_rig->pair.targetRows(u"words"_s).size(), 4);
        QVERIFY(m_rig->pair.targetRows(u"words"_s).contains(u"ghi|40"_s));
        const auto aside = m_rig->journal->asideRows(job.id, {}, 0, 10).value();
        QCOMPARE(aside.size(), 4);
        for (const SetAsideRow &row : aside)
            QCOMPARE(row.error.code, ErrorCode::KeyCollision);
        QCOMPARE(shown(m_rig->run(job)), u"needs-attention +0 ~0 -0"_s);
        m_rig->pair.removeSource(u"words"_s, {"ABC"});
        m_rig->pair.removeSource(u"words"_s, {"Ghi"});
        QCOMPARE(shown(m_rig->run(job)), u"completed +1 ~1 -0"_s);
        QCOMPARE(m_rig->pair.targetRows(u"words"_s), m_rig->pair.sourceRows(u"words"_s));
        QCOMPARE(m_rig->journal->asideCount(job.id, {}).value(), 0);
    }

    // Another unique value in the way of a key that collates is no collision.
    void aUniqueValueFreedByADeleteWhereKeysCollate()
    {
        m_rig->pair.makeTable(u"words"_s, u"word text(20) key nocase, n integer unique"_s);
        for (int i = 0; i < 12; ++i) {
            m_rig->pair.putSource(u"words"_s, {u"word %1"_s.arg(i), i});
            m_rig->pair.putTarget(u"words"_s, {u"word %1"_s.arg(i), i});
        }
        m_rig->pair.removeSource(u"words"_s, {"word 3"});
        m_rig->pair.putSource(u"words"_s, {"other", 3});
        QCOMPARE(shown(m_rig->run(m_rig->job({{u"tables"_s, QJsonArray{u"words"_s}}}))), u"completed +1 ~0 -1"_s);
    }

    // A table that was rolled back because of a row has failed until something is edited.
    void aRolledBackTableHasFailed_data()
    {
        QTest::addColumn<QString>("scope");
        QTest::addColumn<ErrorCode>("code");
        for (const QString &scope : {u"table"_s, u"run"_s}) {
            QTest::addRow("%s, check", qPrintable(scope)) << scope << ErrorCode::CheckViolated;
            QTest::addRow("%s, foreign key", qPrintable(scope)) << scope << ErrorCode::ForeignKeyViolated;
        }
    }
    void aRolledBackTableHasFailed()
    {
        QFETCH(QString, scope);
        QFETCH(ErrorCode, code);
        m_rig->pair.makeTable(u"items"_s, u"id integer key, name text(20)"_s);
        m_rig->pair.putSource(u"items"_s, {1, "fine"});
        m_rig->pair.putSource(u"items"_s, {2, "refused"});
        m_rig->pair.target.refuseRows(
            u"items"_s, [](const QStringList &cells) { return cells[0] == u"2"_s; }, Error{code, {}, {}});
        const JobSettings job = m_rig->job({{u"transaction"_s, scope}});
        const RunReport report = m_rig->run(job);
        QCOMPARE(report.state, RunState::Failed);
        QCOMPARE(report.exitCode(), 4);
        QCOMPARE(report.tables.first().error->code, code);
        QVERIFY(!report.tables.first().error->isTransient());
        QCOMPARE(report.totals().total(), 0);
        QCOMPARE(report.tables.first().quarantined, 0);
        QCOMPARE(m_rig->pair.targetRows(u"items"_s), QStringList());
        m_rig->pair.target.acceptRows();
        QCOMPARE(shown(m_rig->run(job)), u"completed +2 ~0 -0"_s);
    }

private:
    void makeFamily()
    {
        m_rig->pair.makeTable(u"orders"_s, u"id integer key"_s);
        m_rig->pair.makeTable(u"lines"_s, u"id integer key, parent integer -> orders.id"_s);
        for (int id = 1; id <= 3; ++id) {
            m_rig->pair.putSource(u"orders"_s, {id});
            m_rig->pair.putSource(u"lines"_s, {id * 10, id});
        }
    }
    JobSettings familyJob(QJsonObject changes) const
    {
        if (!changes.contains(u"tables"_s))
            changes[u"tables"_s] = QJsonArray{u"orders"_s, u"lines"_s};
        changes[u"guard"_s] = QJsonObject{{u"rows"_s, 1000}, {u"percent"_s, 100}};
        return m_rig->job(changes);
    }
    // Once, when this table was read and another one is about to be.
    std::shared_ptr<void> afterReading(const QString &table, const std::function<void()> &change)
    {
        const auto state = std::make_shared<std::atomic<int>>(0);
        m_rig->pair.source.onOperation([=](const QString &operation) {
            int read = 1;
            if (operation == u"read "_s + table && *state == 0)
                *state = 1;
            else if (operation == u"beginRead"_s && state->compare_exchange_strong(read, 2))
                change();
        });
        return {nullptr, [this](void *) { m_rig->pair.source.onOperation({}); }};
    }

    std::unique_ptr<EngineRig> m_rig;
};

QTEST_GUILESS_MAIN(TestEngineRefused)
#include "tst_enginerefused.moc"
