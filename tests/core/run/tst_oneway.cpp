// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/journal/planfile.h"
#include "tests/core/run/enginerig.h"

using namespace tidemark;
using namespace Qt::StringLiterals;

namespace {

const QString pairName = u"items → items"_s;
const QJsonObject byStamp{{u"by"_s, u"timestamp"_s}, {u"column"_s, u"stamp"_s}};
const QJsonObject newest{{u"policy"_s, u"newest"_s}, {u"column"_s, u"stamp"_s}, {u"margin"_s, u"2m"_s}};

QJsonObject policy(const QString &name) { return {{u"policy"_s, name}}; }

QString shownWith(const RunReport &report)
{
    return shown(report)
        + u", %1 open, %2 left"_s.arg(report.tables.value(0).conflicts).arg(report.tables.value(0).skipped);
}

} // namespace

// What one-way jobs do with rows that both sides have, unequal.
class TestOneWay : public QObject
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

    // 1 at the source alone, 2 equal, 3 newer at the source, 4 newer at the target, 5 within the margin, 6 NULL at the
    // target, 7 NULL at the source, 8 NULL at both, 9 at the target alone.
    void policies_data()
    {
        QTest::addColumn<QJsonObject>("conflicts");
        QTest::addColumn<QString>("mode");
        QTest::addColumn<QString>("outcome");
        QTest::addColumn<QString>("source"); // keys whose rows at the target are the source's
        QTest::newRow("source") << policy(u"source"_s) << u"update"_s << u"completed +1 ~6 -0, 0 open, 0 left"_s
                                << u"12345678"_s;
        QTest::newRow("target") << policy(u"target"_s) << u"update"_s << u"completed +1 ~0 -0, 0 open, 6 left"_s
                                << u"12"_s;
        QTest::newRow("target, mirror") << policy(u"target"_s) << u"mirror"_s << u"completed +1 ~0 -1, 0 open, 6 left"_s
                                        << u"12"_s;
        QTest::newRow("newest") << newest << u"update"_s << u"needs-attention +1 ~2 -0, 2 open, 2 left"_s << u"1236"_s;
        QTest::newRow("newest, mirror") << newest << u"mirror"_s << u"needs-attention +1 ~2 -1, 2 open, 2 left"_s
                                        << u"1236"_s;
        QTest::newRow("ask") << policy(u"ask"_s) << u"update"_s << u"needs-attention +1 ~0 -0, 6 open, 0 left"_s
                             << u"12"_s;
    }
    void policies()
    {
        QFETCH(QJsonObject, conflicts);
        QFETCH(QString, mode);
        putAll();
        const QJsonObject guard{{u"rows"_s, 100}, {u"percent"_s, 100}};
        const JobSettings job = m_rig->job({{u"mode"_s, mode}, {u"conflicts"_s, conflicts}, {u"guard"_s, guard}});
        // The plan says what a run does.
        const RunReport planned = m_rig->plan(job, u"seen.db"_s);
        const RunReport report = m_rig->run(job);
        QTEST(shownWith(report), "outcome");
        QCOMPARE(shown(planned.totals()), shown(report.totals()));
        QCOMPARE(planned.tables.first().conflicts, report.tables.first().conflicts);
        QCOMPARE(planned.tables.first().skipped, report.tables.first().skipped);
        QCOMPARE(report.exitCode(), report.tables.first().conflicts > 0 ? 1 : 0);
        QTEST(taken(), "source");
        QCOMPARE(m_rig->pair.targetRows(u"items"_s).filter(u"9|"_s).size(), mode == u"mirror"_s ? 0 : 1);
        // Again: nothing is written, and as much is left.
        const RunReport again = m_rig->run(job);
        QCOMPARE(shown(again.totals()), u"+0 ~0 -0"_s);
        QCOMPARE(again.tables.first().conflicts, report.tables.first().conflicts);
        QCOMPARE(again.tables.first().skipped, report.tables.first().skipped);
        // What differs differs, whatever the policy.
        Cancellation cancellation;
        ProgressBoard progress;
        const RunReport verified =
            Runner(m_rig->pair.connector, *m_rig->journal, m_rig->pair.clock).verify(job, cancellation, progress);
        QCOMPARE(verified.tables.first().toTarget.updates,
                 report.tables.first().conflicts + report.tables.first().skipped);
    }

    void aTableHasAPolicyOfItsOwn()
    {
        putAll();
        const QJsonObject table{{u"source"_s, u"items"_s}, {u"conflicts"_s, policy(u"target"_s)}};
        const RunReport report = m_rig->run(m_rig->job({{u"mode"_s, u"update"_s}, {u"tables"_s, QJsonArray{table}}}));
        QCOMPARE(shownWith(report), u"completed +1 ~0 -0, 0 open, 6 left"_s);
    }

    void aColumnThatIsNotThere()
    {
        const QJsonObject conflicts{{u"policy"_s, u"newest"_s}, {u"column"_s, u"nowhere"_s}};
        const RunReport report = m_rig->run(m_rig->job({{u"conflicts"_s, conflicts}}));
        QCOMPARE(report.exitCode(), 4);
        QCOMPARE(report.tables.first().error->code, ErrorCode::NoSuchColumn);
    }

    // The target changes between the comparison and the lock: the row that is there by then is the one to be judged.
    void theLockedRowDecides_data()
    {
        QTest::addColumn<QJsonObject>("conflicts");
        QTest::addColumn<bool>("there"); // when it is compared
        QTest::addColumn<QString>("outcome");
        QTest::newRow("newest") << newest << true << u"completed +0 ~0 -0, 0 open, 1 left"_s;
        QTest::newRow("newest, inserted") << newest << false << u"completed +0 ~0 -0, 0 open, 1 left"_s;
        QTest::newRow("target, inserted") << policy(u"target"_s) << false << u"completed +0 ~0 -0, 0 open, 1 left"_s;
        QTest::newRow("ask, inserted") << policy(u"ask"_s) << false << u"needs-attention +0 ~0 -0, 1 open, 0 left"_s;
    }
    void theLockedRowDecides()
    {
        QFETCH(QJsonObject, conflicts);
        QFETCH(bool, there);
        for (const QString &scope : {u"batch"_s, u"table"_s}) {
            init();
            m_rig->pair.putSource(u"items"_s, {3, "source", stampAt(20), 0});
            if (there)
                m_rig->pair.putTarget(u"items"_s, {3, "old", stampAt(10), 0});
            bool moved = false;
            m_rig->pair.target.onOperation([&](const QString &operation) {
                if (operation == u"beginWrite"_s && !std::exchange(moved, true))
                    m_rig->pair.putTarget(u"items"_s, {3, "newer", stampAt(30), 0});
            });
            const JobSettings job =
                m_rig->job({{u"mode"_s, u"update"_s}, {u"conflicts"_s, conflicts}, {u"transaction"_s, scope}});
            const RunReport report = m_rig->run(job);
            m_rig->pair.target.onOperation({});
            QVERIFY(moved);
            QTEST(shownWith(report), "outcome");
            QVERIFY(m_rig->pair.targetRows(u"items"_s).first().startsWith(u"3|newer"_s));
            QCOMPARE(open(job).size(), report.tables.first().conflicts);
        }
    }

    void conflictsShowBothRows()
    {
        putAll();
        const JobSettings job = m_rig->job({{u"mode"_s, u"update"_s}, {u"conflicts"_s, newest}});
        const RunReport report = m_rig->run(job);
        QCOMPARE(report.attention, (QList<Attention>{{Attention::Kind::Conflicts, u"items"_s, 2}}));
        const QList<Conflict> found = open(job);
        QCOMPARE(found.size(), 2);
        QCOMPARE(found.first().kind, ConflictKind::Differs);
        QCOMPARE(found.first().keyText, u"5"_s);
        QCOMPARE(found.first().run, report.run);
        QVERIFY(!found.first().source.isEmpty() && !found.first().target.isEmpty());
        QVERIFY(m_rig->journal->conflictTable(job.id, pairName).value());
    }

    // Open conflicts lie below the watermark: they are read again whatever their cursors, and close when equal.
    void cursorsPassThem()
    {
        m_rig->pair.putSource(u"items"_s, {3, "source", stampAt(20), 0});
        m_rig->pair.putTarget(u"items"_s, {3, "target", stampAt(20), 0});
        const JobSettings job =
            m_rig->job({{u"mode"_s, u"update"_s}, {u"conflicts"_s, policy(u"ask"_s)}, {u"detect"_s, byStamp}});
        QCOMPARE(shownWith(m_rig->run(job)), u"needs-attention +0 ~0 -0, 1 open, 0 left"_s);
        QCOMPARE(m_rig->journal->retries(job.id, pairName).value().size(), 1);
        m_rig->pair.putSource(u"items"_s, {4, "new", stampAt(30), 0});
        QCOMPARE(shownWith(m_rig->run(job)), u"needs-attention +1 ~0 -0, 1 open, 0 left"_s);
        const qint64 since = open(job).first().sinceUs;
        m_rig->pair.putTarget(u"items"_s, {3, "moved", stampAt(20), 0}); // no cursor sees the target
        QCOMPARE(shownWith(m_rig->run(job)), u"needs-attention +0 ~0 -0, 1 open, 0 left"_s);
        QCOMPARE(open(job).first().sinceUs, since);
        m_rig->pair.putTarget(u"items"_s, {3, "source", stampAt(20), 0});
        QCOMPARE(shownWith(m_rig->run(job)), u"completed +0 ~0 -0, 0 open, 0 left"_s);
        QVERIFY(m_rig->journal->retries(job.id, pairName).value().isEmpty());
        QCOMPARE(open(job).size(), 0);
    }

    // Rows that one policy left lie below the watermark of the next.
    void anotherPolicyLooksAtAllRows()
    {
        putAll();
        QJsonObject changes{{u"mode"_s, u"update"_s}, {u"conflicts"_s, policy(u"target"_s)}, {u"detect"_s, byStamp}};
        m_rig->run(m_rig->job(changes));
        changes[u"conflicts"_s] = policy(u"ask"_s);
        QCOMPARE(m_rig->run(m_rig->job(changes)).tables.first().conflicts, 6);
        changes.remove(u"conflicts"_s);
        const RunReport report = m_rig->run(m_rig->job(changes));
        QCOMPARE(shownWith(report), u"completed +0 ~6 -0, 0 open, 0 left"_s);
        QCOMPARE(open(m_rig->job(changes)).size(), 0);
    }

    void flagsStayUntilDecided()
    {
        const QJsonObject byFlag{{u"by"_s, u"flag"_s}, {u"column"_s, u"pending"_s}, {u"pending"_s, 1}, {u"done"_s, 0}};
        const QJsonObject uncompared{{u"source"_s, u"pending"_s}, {u"target"_s, QJsonValue::Null}};
        const QJsonObject table{{u"source"_s, u"items"_s}, {u"columns"_s, QJsonArray{uncompared}}};
        m_rig->pair.putSource(u"items"_s, {3, "source", stampAt(20), 1});
        m_rig->pair.putSource(u"items"_s, {4, "source", stampAt(20), 1});
        m_rig->pair.putTarget(u"items"_s, {3, "target", stampAt(20), 0});
        const JobSettings job = m_rig->job({{u"mode"_s, u"update"_s},
                                            {u"conflicts"_s, policy(u"ask"_s)},
                                            {u"detect"_s, byFlag},
                                            {u"tables"_s, QJsonArray{table}}});
        QCOMPARE(shownWith(m_rig->run(job)), u"needs-attention +1 ~0 -0, 1 open, 0 left"_s);
        const QStringList rows = m_rig->pair.sourceRows(u"items"_s);
        QVERIFY(rows.at(0).endsWith(u"|1"_s));
        QVERIFY(rows.at(1).endsWith(u"|0"_s));
    }

    // Each answer, written by `resolve` or by the next run.
    void answers_data()
    {
        QTest::addColumn<ConflictAnswer>("answer");
        QTest::addColumn<QString>("target");
        QTest::addColumn<QString>("outcome");
        QTest::addColumn<QString>("next"); // of a run afterwards
        const QString written = u"completed +0 ~1 -0, 0 open, 0 left"_s;
        const QString left = u"completed +0 ~0 -0, 0 open, 1 left"_s;
        QTest::newRow("source") << ConflictAnswer::Source << u"source"_s << written
                                << u"completed +0 ~0 -0, 0 open, 0 left"_s;
        QTest::newRow("target") << ConflictAnswer::Target << u"target"_s << u"completed +0 ~0 -0, 0 open, 0 left"_s
                                << left;
        QTest::newRow("skip") << ConflictAnswer::Skip << u"target"_s << u"completed +0 ~0 -0, 0 open, 0 left"_s << left;
        QTest::newRow("row") << ConflictAnswer::Row << u"merged"_s << written << left;
    }
    void answers()
    {
        QFETCH(ConflictAnswer, answer);
        QFETCH(QString, target);
        for (const QJsonObject &detect : {QJsonObject{{u"by"_s, u"hash"_s}}, byStamp}) {
            for (const bool resolves : {true, false}) {
                init();
                m_rig->pair.putSource(u"items"_s, {3, "source", stampAt(20), 0});
                m_rig->pair.putTarget(u"items"_s, {3, "target", stampAt(20), 0});
                const JobSettings job =
                    m_rig->job({{u"mode"_s, u"update"_s}, {u"conflicts"_s, policy(u"ask"_s)}, {u"detect"_s, detect}});
                m_rig->run(job);
                m_rig->pair.putSource(u"items"_s, {4, "later", stampAt(30), 0}); // an answer brings no other row
                const ConflictReply reply = replyOf(job, answer);
                if (resolves) {
                    QTEST(shownWith(resolve(job, {reply})), "outcome");
                    QCOMPARE(m_rig->pair.targetRows(u"items"_s).size(), 1);
                } else {
                    const ConflictReply carried{reply.id,
                                                answer == ConflictAnswer::Target ? ConflictAnswer::Skip : answer,
                                                reply.rowForSource, reply.rowForTarget};
                    QCOMPARE(m_rig->journal->answerConflicts(job.id, {carried}, u"me"_s, 1).value(), 1);
                    m_rig->run(job);
                }
                QCOMPARE(m_rig->pair.targetRows(u"items"_s).first().section(u'|', 1, 1), target);
                QCOMPARE(m_rig->pair.sourceRows(u"items"_s).first().section(u'|', 1, 1), u"source"_s);
                m_rig->run(job);
                m_rig->pair.resetCounters();
                QTEST(shownWith(m_rig->run(job)), "next");
                QCOMPARE(m_rig->pair.target.counters().writes(), 0);
                // Until a side moves.
                m_rig->pair.putTarget(u"items"_s, {3, "moved", stampAt(20), 0});
                const bool isSeen =
                    answer != ConflictAnswer::Source || detect != byStamp; // that cursor is the source's
                QCOMPARE(m_rig->run(job).tables.first().conflicts, isSeen ? 1 : 0);
            }
        }
    }

    // An answer that the database refuses is not done with: once it is possible it is carried out.
    void answersThatAreRefusedStay()
    {
        m_rig->pair.putSource(u"items"_s, {3, "source", stampAt(20), 0});
        m_rig->pair.putTarget(u"items"_s, {3, "target", stampAt(20), 0});
        const JobSettings job = m_rig->job({{u"mode"_s, u"update"_s}, {u"conflicts"_s, policy(u"ask"_s)}});
        m_rig->run(job);
        QCOMPARE(m_rig->journal->answerConflicts(job.id, {replyOf(job, ConflictAnswer::Source)}, u"me"_s, 1).value(),
                 1);
        m_rig->pair.target.refuseRows(
            u"items"_s, [](const QStringList &cells) { return cells.at(1) == u"source"_s; },
            Error{ErrorCode::CheckViolated, {}, {}});
        QCOMPARE(m_rig->run(job).tables.first().quarantined, 1);
        ConflictFilter answered;
        answered.states = {ConflictState::Answered};
        QCOMPARE(m_rig->journal->conflicts(job.id, answered)->size(), 1);
        m_rig->pair.target.acceptRows();
        QCOMPARE(shown(m_rig->run(job).totals()), u"+0 ~1 -0"_s);
        QCOMPARE(m_rig->journal->conflicts(job.id, answered)->size(), 0);
    }

    // The same values in other columns are another row: what was said of the first one is not said of it.
    void answersAreOfTheirMapping()
    {
        m_rig->pair.makeTable(u"pairs"_s, u"id integer key, name text(20), other text(20)"_s);
        m_rig->pair.putSource(u"pairs"_s, {3, "source", "x"});
        m_rig->pair.putTarget(u"pairs"_s, {3, "target", "target"});
        const auto jobOf = [&](const QString &target) {
            QJsonArray columns{QJsonObject{{u"source"_s, u"other"_s}, {u"target"_s, QJsonValue::Null}},
                               QJsonObject{{u"source"_s, u"name"_s}, {u"target"_s, target}}};
            const QJsonObject table{{u"source"_s, u"pairs"_s}, {u"columns"_s, columns}};
            return m_rig->job(
                {{u"mode"_s, u"update"_s}, {u"conflicts"_s, policy(u"ask"_s)}, {u"tables"_s, QJsonArray{table}}});
        };
        QCOMPARE(shownWith(m_rig->run(jobOf(u"name"_s))), u"needs-attention +0 ~0 -0, 1 open, 0 left"_s);
        const JobSettings other = jobOf(u"other"_s);
        const ConflictReply reply = replyOf(other, ConflictAnswer::Source);
        QCOMPARE(m_rig->journal->answerConflicts(other.id, {reply}, u"me"_s, 1).value(), 1);
        QCOMPARE(shownWith(m_rig->run(other)), u"needs-attention +0 ~0 -0, 1 open, 0 left"_s);
        QCOMPARE(m_rig->pair.targetRows(u"pairs"_s), QStringList{u"3|target|target"_s});
    }

    // A row that has moved since it was shown is not written.
    void answersAreGuarded_data()
    {
        QTest::addColumn<bool>("underLock");
        QTest::newRow("before") << false;
        QTest::newRow("between the look and the lock") << true;
    }
    void answersAreGuarded()
    {
        QFETCH(bool, underLock);
        m_rig->pair.putSource(u"items"_s, {3, "source", stampAt(20), 0});
        m_rig->pair.putTarget(u"items"_s, {3, "target", stampAt(20), 0});
        const JobSettings job = m_rig->job({{u"mode"_s, u"update"_s}, {u"conflicts"_s, policy(u"ask"_s)}});
        m_rig->run(job);
        const ConflictReply reply = replyOf(job, ConflictAnswer::Source);
        const QByteArray shownThen = open(job).first().target;
        bool moved = false;
        const auto move = [&] {
            if (!std::exchange(moved, true))
                m_rig->pair.putTarget(u"items"_s, {3, "moved", stampAt(20), 0});
        };
        m_rig->pair.target.onOperation([&](const QString &operation) {
            if (operation == u"beginWrite"_s)
                move();
        });
        if (!underLock)
            move();
        const RunReport report = resolve(job, {reply});
        m_rig->pair.target.onOperation({});
        QVERIFY(moved);
        QCOMPARE(shownWith(report), u"needs-attention +0 ~0 -0, 1 open, 0 left"_s);
        QVERIFY(m_rig->pair.targetRows(u"items"_s).first().startsWith(u"3|moved"_s));
        const QList<Conflict> found = open(job);
        QCOMPARE(found.size(), 1);
        QVERIFY(found.first().target != shownThen);
        QCOMPARE(found.first().id, reply.id);
    }

    // Rows that are to be deleted, or that left the source, are none of resolve's.
    void resolveDeletesNothing()
    {
        m_rig->pair.putSource(u"items"_s, {3, "source", stampAt(20), 0});
        m_rig->pair.putTarget(u"items"_s, {3, "target", stampAt(20), 0});
        const JobSettings job = m_rig->job({{u"conflicts"_s, policy(u"ask"_s)}});
        m_rig->run(job);
        m_rig->pair.putTarget(u"items"_s, {9, "alone", stampAt(20), 0});
        m_rig->pair.removeSource(u"items"_s, {3});
        QCOMPARE(shownWith(resolve(job, {replyOf(job, ConflictAnswer::Source)})),
                 u"completed +0 ~0 -0, 0 open, 0 left"_s);
        QCOMPARE(m_rig->pair.targetRows(u"items"_s).size(), 2);
    }

    void planLeavesThemToAPerson()
    {
        putAll();
        const JobSettings job = m_rig->job({{u"mode"_s, u"update"_s}, {u"conflicts"_s, newest}});
        const RunReport report = m_rig->planAndRun(job);
        QCOMPARE(shownWith(report), u"needs-attention +1 ~2 -0, 2 open, 0 left"_s);
        QCOMPARE(open(job).size(), 2);
        QCOMPARE(taken(), u"1236"_s);
        const RunReport planned = m_rig->plan(job, u"rows.db"_s);
        QCOMPARE(planned.tables.first().conflicts, 2);
        const auto plan = PlanReader::open(m_rig->path(u"rows.db"_s));
        QVERIFY(plan);
        QCOMPARE((*plan)->rows(0, Decision::Conflict, 0, 10).value().size(), 2);
        // What is answered is a write of the next plan.
        QList<ConflictReply> replies;
        for (const Conflict &conflict : open(job))
            replies += ConflictReply{conflict.id, ConflictAnswer::Source, {}, {}};
        QCOMPARE(m_rig->journal->answerConflicts(job.id, replies, u"me"_s, 1).value(), 2);
        QCOMPARE(shownWith(m_rig->planAndRun(job)), u"completed +0 ~2 -0, 0 open, 0 left"_s);
        QCOMPARE(taken(), u"123568"_s);
    }

    // Killed at any operation: nothing that a person was asked of is written, and the conflicts are there at last.
    void anyOperationMayFail()
    {
        int failures = 0;
        for (int skip = 0; skip < 200; ++skip) {
            init();
            putAll();
            const JobSettings job = m_rig->job({{u"mode"_s, u"update"_s},
                                                {u"conflicts"_s, newest},
                                                {u"detect"_s, byStamp},
                                                {u"batch"_s, QJsonObject{{u"rows"_s, 2}}},
                                                {u"retry"_s, QJsonObject{{u"attempts"_s, 1}}}});
            m_rig->pair.target.failOn({}, Error{ErrorCode::ConnectionLost, {}, {}}, skip);
            const bool failed = m_rig->run(job).state == RunState::Failed;
            m_rig->pair.target.failNoMore();
            if (!failed && skip > 4)
                break;
            failures += failed ? 1 : 0;
            const RunReport report = m_rig->run(job);
            QCOMPARE(report.tables.first().conflicts, 2);
            QCOMPARE(taken(), u"1236"_s);
            QCOMPARE(open(job).size(), 2);
        }
        QVERIFY(failures > 5 && failures < 200);
    }

private:
    void putAll()
    {
        const auto put = [this](int id, const FakeValue &source, const FakeValue &target) {
            m_rig->pair.putSource(u"items"_s, {id, "source", source, 0});
            m_rig->pair.putTarget(u"items"_s, {id, "target", target, 0});
        };
        m_rig->pair.putSource(u"items"_s, {1, "source", stampAt(10), 0});
        m_rig->pair.putSource(u"items"_s, {2, "source", stampAt(10), 0});
        m_rig->pair.putTarget(u"items"_s, {2, "source", stampAt(10), 0});
        put(3, stampAt(20), stampAt(18)); // by the margin
        put(4, stampAt(18), stampAt(20));
        put(5, stampAt(20), stampAt(19));
        put(6, stampAt(20), nullptr);
        put(7, nullptr, stampAt(20));
        put(8, nullptr, nullptr);
        m_rig->pair.putTarget(u"items"_s, {9, "target", stampAt(10), 0});
    }
    QString taken() const
    {
        QString keys;
        for (const QString &row : m_rig->pair.targetRows(u"items"_s)) {
            if (row.section(u'|', 1, 1) == u"source"_s)
                keys += row.section(u'|', 0, 0);
        }
        return keys;
    }
    QList<Conflict> open(const JobSettings &job) const
    {
        ConflictFilter filter;
        filter.states = {ConflictState::Open};
        return m_rig->journal->conflicts(job.id, filter).value();
    }
    // The merged row: the target's, by another name.
    ConflictReply replyOf(const JobSettings &job, ConflictAnswer answer) const
    {
        const Conflict conflict = open(job).value(0);
        ConflictReply reply{conflict.id, answer, {}, {}};
        if (answer == ConflictAnswer::Row) {
            reply.rowForTarget = QByteArray(conflict.target).replace("target", "merged");
            reply.rowForSource = reply.rowForTarget;
        }
        return reply;
    }
    RunReport resolve(const JobSettings &job, const QList<ConflictReply> &replies)
    {
        m_rig->pair.clock.advanceMs(1000);
        Cancellation cancellation;
        ProgressBoard progress;
        return Runner(m_rig->pair.connector, *m_rig->journal, m_rig->pair.clock)
            .resolve(job, replies, u"me"_s, {}, cancellation, progress);
    }

    std::unique_ptr<EngineRig> m_rig;
};

QTEST_GUILESS_MAIN(TestOneWay)
#include "tst_oneway.moc"
