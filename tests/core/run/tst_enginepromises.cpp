// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/run/enginerig.h"

using namespace tidemark;
using namespace Qt::StringLiterals;

namespace {

constexpr qint64 minuteUs = 60'000'000;

const QJsonObject byStamp{{u"by"_s, u"timestamp"_s}, {u"column"_s, u"stamp"_s}};
const QString pairName = u"items → items"_s;

} // namespace

// What a run promises about positions, the retry set, deletes and bad rows, sentence by sentence.
class TestEnginePromises : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_rig = std::make_unique<EngineRig>();
        m_rig->pair.makeTable(u"items"_s, u"id integer key, name text(20), stamp timestamp(6), pending integer"_s);
        m_rig->setBound(usAt(59), usAt(59));
    }
    void cleanup()
    {
        QCOMPARE(m_rig->pair.violations().join(u'\n'), QString());
        m_rig.reset();
    }

    // A key that was read and not applied is durable before the commit that moves the watermark past it.
    void theRetrySetComesBeforeTheCommit()
    {
        put(1, 10);
        const JobSettings job = m_rig->job({{u"detect"_s, byStamp}});
        m_rig->run(job);
        put(5, 20);
        put(6, 21);
        refuse(u"5"_s);
        QList<qint64> known;
        m_rig->pair.target.onOperation([&](const QString &operation) {
            if (operation == u"commit"_s)
                known += m_rig->journal->waitingCount(job.id, {}, RetryReason::SetAside).value();
        });
        QCOMPARE(shown(m_rig->run(job)), u"needs-attention +1 ~0 -0"_s);
        m_rig->pair.target.onOperation({});
        QCOMPARE(known, QList<qint64>{1});
    }

    // An advance that applied no row is kept in the journal alone, and reaches the checkpoint with the next rows.
    void anAdvanceWithoutRows()
    {
        const QJsonObject table{
            {u"source"_s, u"items"_s},
            {u"columns"_s, QJsonArray{QJsonObject{{u"source"_s, u"stamp"_s}, {u"target"_s, QJsonValue::Null}}}}};
        const JobSettings job =
            m_rig->job({{u"mode"_s, u"update"_s}, {u"detect"_s, byStamp}, {u"tables"_s, QJsonArray{table}}});
        put(1, 10);
        put(2, 11);
        m_rig->run(job);
        const CheckpointKey key{job.id, pairName, u"source"_s};
        const Checkpoint before = m_rig->pair.target.checkpoint({job.id, pairName, u"source"_s}).value();
        put(1, 20); // stamped anew, and the same for the target
        put(2, 21);
        QCOMPARE(m_rig->run(job).tables.first().rowsRead, 2);
        QCOMPARE(m_rig->run(job).tables.first().rowsRead, 1); // the last one again: its stamp may come twice
        QCOMPARE(m_rig->pair.target.checkpoint({job.id, pairName, u"source"_s}).value(), before);
        const Checkpoint ahead = m_rig->journal->checkpoint(key).value().value();
        QCOMPARE(ahead.generation, before.generation);
        QVERIFY(ahead.watermark != before.watermark);
        put(3, 22);
        QCOMPARE(shown(m_rig->run(job)), u"completed +1 ~0 -0"_s);
        const Checkpoint after = m_rig->pair.target.checkpoint({job.id, pairName, u"source"_s}).value();
        QVERIFY(after.generation != before.generation);
        QVERIFY(after.epoch > before.epoch);
        QCOMPARE(Watermark::fromBytes(after.watermark)->cursor.value(), QByteArray("2026-01-01 00:22:00"));
    }

    // How far the watermark stays behind: 2 s where the oldest transaction is known, 5 min where it is not.
    void theLagFollowsTheBound_data()
    {
        QTest::addColumn<QJsonObject>("detect");
        QTest::addColumn<bool>("known");
        QTest::addColumn<QByteArray>("expected");
        QJsonObject none = byStamp;
        none[u"lag"_s] = u"0s"_s;
        QJsonObject ten = byStamp;
        ten[u"lag"_s] = u"10m"_s;
        QTest::newRow("known") << byStamp << true << QByteArray("2026-01-01 00:39:00");
        QTest::newRow("not known") << byStamp << false << QByteArray("2026-01-01 00:35:00");
        QTest::newRow("none") << none << false << QByteArray("2026-01-01 00:40:00");
        QTest::newRow("ten minutes") << ten << true << QByteArray("2026-01-01 00:30:00");
    }
    void theLagFollowsTheBound()
    {
        QFETCH(QJsonObject, detect);
        QFETCH(bool, known);
        QFETCH(QByteArray, expected);
        for (int minute = 1; minute < 50; ++minute)
            put(minute, minute);
        m_rig->setBound(usAt(40), usAt(40), known);
        const JobSettings job = m_rig->job({{u"detect"_s, detect}});
        const auto position = [&] {
            const auto kept = m_rig->pair.target.checkpoint({job.id, pairName, u"source"_s});
            return Watermark::fromBytes(kept->watermark)->cursor.value();
        };
        QCOMPARE(shown(m_rig->run(job)), u"completed +49 ~0 -0"_s);
        QCOMPARE(position(), expected);
        put(60, 41);
        QCOMPARE(shown(m_rig->run(job)), u"completed +1 ~0 -0"_s);
        QCOMPARE(position(), expected);
    }

    void aRefusedRowKeepsItsFlag()
    {
        const QJsonObject flag{{u"by"_s, u"flag"_s}, {u"column"_s, u"pending"_s}, {u"pending"_s, 1}, {u"done"_s, 0}};
        for (int id = 1; id <= 3; ++id)
            m_rig->pair.putSource(u"items"_s, {id, u"a"_s, nullptr, 1});
        refuse(u"2"_s);
        const JobSettings job = m_rig->job({{u"mode"_s, u"update"_s}, {u"detect"_s, flag}});
        QCOMPARE(shown(m_rig->run(job)), u"needs-attention +2 ~0 -0"_s);
        QCOMPARE(m_rig->pair.sourceRows(u"items"_s), (QStringList{u"1|a|NULL|0"_s, u"2|a|NULL|1"_s, u"3|a|NULL|0"_s}));
        m_rig->pair.target.acceptRows();
        QCOMPARE(shown(m_rig->run(job)), u"completed +1 ~0 -0"_s);
        QCOMPARE(m_rig->pair.sourceRows(u"items"_s).at(1), u"2|a|NULL|0"_s);
    }

    // A row that left the filter is still there; one that is gone is not. They are told apart.
    void rowsThatLeftTheFilter_data()
    {
        QTest::addColumn<QString>("leftFilter");
        QTest::addColumn<QJsonObject>("detect");
        QTest::addColumn<QString>("expected");
        for (const QJsonObject &detect : {QJsonObject{{u"by"_s, u"hash"_s}}, byStamp}) {
            const QByteArray by = detect[u"by"_s].toString().toUtf8();
            QTest::addRow("deleted, %s", by.constData()) << u"delete"_s << detect << u"completed +0 ~0 -2"_s;
            QTest::addRow("kept, %s", by.constData()) << u"keep"_s << detect << u"completed +0 ~0 -1"_s;
        }
    }
    void rowsThatLeftTheFilter()
    {
        QFETCH(QString, leftFilter);
        QFETCH(QJsonObject, detect);
        QFETCH(QString, expected);
        for (FakeDatabase *side : {&m_rig->pair.source, &m_rig->pair.target})
            side->setWhere(u"pending = 1"_s, [](const QStringList &cells) { return cells[3] == u"1"_s; });
        for (int id = 1; id <= 30; ++id)
            m_rig->pair.putSource(u"items"_s, {id, u"a"_s, stampAt(1), 1});
        const QJsonObject where{{u"source"_s, u"pending = 1"_s}, {u"target"_s, u"pending = 1"_s}};
        const QJsonObject table{{u"source"_s, u"items"_s}, {u"where"_s, where}, {u"leftFilter"_s, leftFilter}};
        const JobSettings job = m_rig->job({{u"tables"_s, QJsonArray{table}}, {u"detect"_s, detect}});
        QCOMPARE(shown(m_rig->run(job)), u"completed +30 ~0 -0"_s);
        m_rig->pair.putSource(u"items"_s, {3, u"a"_s, stampAt(1), 2}); // left
        m_rig->pair.removeSource(u"items"_s, {4}); // gone
        m_rig->pair.putTarget(u"items"_s, {99, u"outside"_s, nullptr, 2}); // no business of the job's
        QCOMPARE(shown(m_rig->run(job)), expected);
        QVERIFY(m_rig->pair.targetRows(u"items"_s).contains(u"99|outside|NULL|2"_s));
        QCOMPARE(m_rig->pair.targetRows(u"items"_s).contains(u"3|a|2026-01-01 00:01:00|1"_s), leftFilter == u"keep"_s);
    }

    // A guard withholds the deletes of its table; everything else runs, and the run wants a person.
    void aGuardedTableLetsTheOthersRun_data()
    {
        QTest::addColumn<int>("rows");
        QTest::addColumn<int>("deletes");
        QTest::addColumn<bool>("guarded");
        QTest::newRow("emptied") << 3 << 3 << true;
        QTest::newRow("two of three") << 3 << 2 << false;
        QTest::newRow("nine of fifty") << 50 << 9 << false;
        QTest::newRow("ten of fifty") << 50 << 10 << true;
        QTest::newRow("ten of a hundred") << 100 << 10 << false;
        QTest::newRow("eleven of a hundred") << 100 << 11 << true;
    }
    void aGuardedTableLetsTheOthersRun()
    {
        QFETCH(int, rows);
        QFETCH(int, deletes);
        QFETCH(bool, guarded);
        m_rig->pair.makeTable(u"other"_s, u"id integer key"_s);
        for (int id = 1; id <= 20; ++id)
            m_rig->pair.putTarget(u"other"_s, {id});
        for (int id = 2; id <= 20; ++id)
            m_rig->pair.putSource(u"other"_s, {id});
        for (int id = 1; id <= rows; ++id)
            m_rig->pair.putTarget(u"items"_s, {id, u"a"_s, nullptr, 0});
        for (int id = deletes + 1; id <= rows; ++id)
            m_rig->pair.putSource(u"items"_s, {id, u"b"_s, nullptr, 0});
        const int updates = rows - deletes;
        const JobSettings job = m_rig->job();
        const RunReport planned = m_rig->plan(job, u"plan.db"_s);
        QCOMPARE(planned.attention.size(), guarded ? 1 : 0);
        if (!guarded) {
            QCOMPARE(shown(m_rig->run(job)), u"completed +0 ~%1 -%2"_s.arg(updates).arg(deletes + 1));
            return;
        }
        QCOMPARE(planned.attention.first(), (Attention{Attention::Kind::Deletes, u"items"_s, deletes}));
        const RunReport report = m_rig->run(job);
        QCOMPARE(shown(report), u"needs-attention +0 ~%1 -1"_s.arg(updates));
        QCOMPARE(report.exitCode(), 1);
        QCOMPARE(report.attention, planned.attention);
        RunOptions options;
        options.allowDeletes = deletes - 1; // a number is for a whole table or for none of it
        QCOMPARE(shown(m_rig->run(job, options)), u"needs-attention +0 ~0 -0"_s);
        options.allowDeletes = deletes;
        QCOMPARE(shown(m_rig->run(job, options)), u"completed +0 ~0 -%1"_s.arg(deletes));
    }

    // What is absent at another database was not deleted: somebody has to say so, however few rows it is.
    void aSideThatIsAnotherProvesNothing_data()
    {
        QTest::addColumn<bool>("planned");
        QTest::newRow("a direct run") << false;
        QTest::newRow("a plan") << true;
    }
    void aSideThatIsAnotherProvesNothing()
    {
        QFETCH(bool, planned);
        for (int id = 1; id <= 50; ++id)
            put(id, 10);
        const JobSettings job = m_rig->job();
        m_rig->run(job);
        m_rig->pair.source.facts.identity = u"another server"_s;
        m_rig->pair.removeSource(u"items"_s, {3});
        put(60, 10);
        const RunReport plan = m_rig->plan(job, u"plan.db"_s);
        QCOMPARE(plan.attention, (QList<Attention>{{Attention::Kind::Deletes, u"items"_s, 1}}));
        QVERIFY(plan.tables.first().sidesChanged);
        RunOptions options;
        if (planned)
            options.planFile = m_rig->path(u"plan.db"_s);
        const RunReport held = m_rig->run(job, options);
        QCOMPARE(shown(held), u"needs-attention +1 ~0 -0"_s);
        QVERIFY(held.tables.first().sidesChanged);
        QCOMPARE(shown(m_rig->run(job)), u"needs-attention +0 ~0 -0"_s);
        options = {};
        options.allowDeletes = 1;
        QCOMPARE(shown(m_rig->run(job, options)), u"completed +0 ~0 -1"_s);
        m_rig->pair.removeSource(u"items"_s, {4});
        const RunReport known = m_rig->run(job);
        QCOMPARE(shown(known), u"completed +0 ~0 -1"_s);
        QVERIFY(!known.tables.first().sidesChanged);
    }

    // One bad row: set aside under `batch`, rolled back under the others, unless the job says otherwise.
    void onBadRow_data()
    {
        QTest::addColumn<QString>("scope");
        QTest::addColumn<QString>("onBadRow");
        QTest::addColumn<QString>("expected");
        const QString skipped = u"needs-attention +11 ~0 -0"_s;
        QTest::newRow("batch") << u"batch"_s << QString() << skipped;
        QTest::newRow("batch, skip") << u"batch"_s << u"skip"_s << skipped;
        QTest::newRow("batch, stop") << u"batch"_s << u"stop"_s << u"failed +4 ~0 -0 [items: check-violated ]"_s;
        for (const QString &scope : {u"table"_s, u"run"_s}) {
            QTest::addRow("%s", qPrintable(scope))
                << scope << QString() << u"failed +0 ~0 -0 [items: check-violated ]"_s;
            QTest::addRow("%s, skip", qPrintable(scope)) << scope << u"skip"_s << skipped;
        }
    }
    void onBadRow()
    {
        QFETCH(QString, scope);
        QFETCH(QString, onBadRow);
        QFETCH(QString, expected);
        for (int id = 1; id <= 12; ++id)
            put(id, 10);
        refuse(u"6"_s);
        QJsonObject changes{{u"transaction"_s, scope}, {u"batch"_s, QJsonObject{{u"rows"_s, 4}}}};
        if (!onBadRow.isEmpty())
            changes[u"onBadRow"_s] = onBadRow;
        const RunReport report = m_rig->run(m_rig->job(changes));
        QCOMPARE(shown(report), expected);
        QCOMPARE(m_rig->pair.targetRows(u"items"_s).size(), report.totals().inserts);
        QCOMPARE(report.exitCode(), report.state == RunState::Failed ? 4 : 1);
    }

    // How often keys are compared where a cursor cannot see deletes.
    void keysAreComparedWhenTheyAreDue_data()
    {
        QTest::addColumn<QString>("keyCompare");
        QTest::addColumn<bool>("soon");
        QTest::addColumn<bool>("later");
        QTest::newRow("always") << u"always"_s << true << true;
        QTest::newRow("an hour") << u"1h"_s << false << true;
        QTest::newRow("never") << u"never"_s << false << false;
    }
    void keysAreComparedWhenTheyAreDue()
    {
        QFETCH(QString, keyCompare);
        QFETCH(bool, soon);
        QFETCH(bool, later);
        for (int id = 1; id <= 30; ++id)
            put(id, 10);
        const JobSettings job = m_rig->job({{u"detect"_s, byStamp}, {u"keyCompare"_s, keyCompare}});
        m_rig->run(job);
        m_rig->pair.removeSource(u"items"_s, {3});
        m_rig->setBound(usAt(59) + 59 * minuteUs, usAt(59) + 59 * minuteUs);
        RunReport report = m_rig->run(job);
        QCOMPARE(report.tables.first().deletesChecked, soon);
        QCOMPARE(report.totals().deletes, soon ? 1 : 0);
        m_rig->setBound(usAt(59) + 60 * minuteUs, usAt(59) + 60 * minuteUs);
        report = m_rig->run(job);
        QCOMPARE(report.tables.first().deletesChecked, later);
        QCOMPARE(m_rig->pair.sidesAreEqual(u"items"_s), later);
    }

    void aChangedKeyIsADeleteAndAnInsert()
    {
        for (int id = 1; id <= 30; ++id)
            put(id, 10);
        const JobSettings job = m_rig->job();
        m_rig->run(job);
        m_rig->pair.removeSource(u"items"_s, {3});
        put(300, 10);
        QCOMPARE(shown(m_rig->run(job)), u"completed +1 ~0 -1"_s);
    }

private:
    void put(int id, int minute) { m_rig->pair.putSource(u"items"_s, {id, u"name"_s, stampAt(minute), 0}); }
    void refuse(const QString &id)
    {
        m_rig->pair.target.refuseRows(
            u"items"_s, [id](const QStringList &cells) { return cells[0] == id; },
            Error{ErrorCode::CheckViolated, {}, {}});
    }

    std::unique_ptr<EngineRig> m_rig;
};

QTEST_GUILESS_MAIN(TestEnginePromises)
#include "tst_enginepromises.moc"
