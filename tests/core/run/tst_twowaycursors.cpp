// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "tests/core/run/twowayjobrig.h"

using namespace tidemark;

namespace {

// A table whose rows each side stamps; a row is put with its minute of the first hour of 2026.
struct CursorRig : EngineRig
{
    CursorRig()
    {
        pair.makeTable(u"t"_s, u"id integer key, note text(40), at timestamp(0)"_s);
        for (int id = 1; id <= 6; ++id) {
            putSource(id, "same", id);
            putTarget(id, "same", id);
        }
        boundAt(30);
    }
    void putSource(int id, const char *note, int minute) { pair.putSource(u"t"_s, {id, note, stampAt(minute)}); }
    void putTarget(int id, const char *note, int minute) { pair.putTarget(u"t"_s, {id, note, stampAt(minute)}); }
    void boundAt(int minute)
    {
        pair.source.setCommitBound({usAt(minute), usAt(minute), true});
        pair.target.setCommitBound({usAt(minute), usAt(minute), true});
    }
    JobSettings stamped(const QJsonObject &more = {}) const
    {
        QJsonObject changes{
            {u"mode"_s, u"two-way"_s},
            {u"detect"_s, QJsonObject{{u"by"_s, u"timestamp"_s}, {u"column"_s, u"at"_s}, {u"lag"_s, u"0s"_s}}}};
        for (auto it = more.begin(); it != more.end(); ++it)
            changes[it.key()] = it.value();
        return job(changes);
    }
    // "completed > +0 ~1 -0 < +0 ~0 -0, 0 open, 2 looked at": rows read, of both sides.
    QString synced(const QJsonObject &more = {})
    {
        const RunReport report = run(stamped(more));
        return JobRig::words(report) + u", %1 looked at"_s.arg(report.tables.isEmpty() ? 0 : report.tables[0].rowsRead);
    }
};

} // namespace

// Two ways by a column that each side stamps its rows with.
class TestTwoWayCursors : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsStampedIsLookedAt();
    void aVersionReadsItsOverlapAgain();
    void whatCommitsLateIsFound();
    void whatIsCommittedAfterTheSnapshotIsFound();
    void deletesAreFoundByKeys_data();
    void deletesAreFoundByKeys();
    void whatIsNotSettledIsLookedAtAgain();
    void aMergeThatWasCutOffIsLookedAtAgain();
    void aPositionOfAnotherColumnIsVoid();
    void aRowThatCannotBeReadIsLookedAtAgain();
    void whatWasNotApprovedIsLookedAtAgain();
    void theBoundIsReadBeforeTheRows();
    void anotherBaseIsComparedWhole();
    void eachSideByItsOwnColumn();
    void aColumnThatTheTargetLacksIsNamed();
    void killedAnywhereItResumes();
};

void TestTwoWayCursors::whatIsStampedIsLookedAt()
{
    CursorRig rig;
    QCOMPARE(rig.synced(), quiet + u", 12 looked at"_s); // whole: there was no base
    rig.boundAt(40);
    // Rows at the position itself are read again.
    QCOMPARE(rig.synced(), quiet + u", 2 looked at"_s);
    rig.putSource(1, "source", 31);
    rig.putTarget(2, "target", 32);
    rig.putSource(3, "one", 33);
    rig.putTarget(3, "two", 33);
    rig.putTarget(9, "new", 34);
    QCOMPARE(rig.synced(), u"needs-attention > +0 ~1 -0 < +1 ~1 -0, 1 open, 9 looked at"_s);
    QCOMPARE(rig.pair.targetRows(u"t"_s).first(), u"1|source|2026-01-01 00:31:00"_s);
    QCOMPARE(rig.pair.sourceRows(u"t"_s).at(1), u"2|target|2026-01-01 00:32:00"_s);
    rig.putSource(3, "two", 33);
    QCOMPARE(rig.synced().section(u", "_s, 0, 1), quiet); // the conflict is over, whatever its stamp
    QCOMPARE(rig.synced().section(u", "_s, 0, 1), quiet);
    QCOMPARE(rig.pair.violations(), QStringList());
}

void TestTwoWayCursors::aVersionReadsItsOverlapAgain()
{
    CursorRig rig;
    rig.pair.makeTable(u"v"_s, u"id integer key, note text(40), version integer"_s);
    for (int id = 1; id <= 30; ++id) {
        rig.pair.putSource(u"v"_s, {id, "same", id});
        rig.pair.putTarget(u"v"_s, {id, "same", id});
    }
    const QJsonObject by{
        {u"tables"_s, QJsonArray{u"v"_s}},
        {u"detect"_s, QJsonObject{{u"by"_s, u"version"_s}, {u"column"_s, u"version"_s}, {u"overlap"_s, 5}}}};
    QCOMPARE(rig.synced(by), quiet + u", 60 looked at"_s);
    rig.pair.putSource(u"v"_s, {1, "late", 26}); // drawn before 30, visible after it
    rig.pair.putSource(u"v"_s, {2, "too late", 20});
    QCOMPARE(rig.synced(by), u"completed > +0 ~1 -0 < +0 ~0 -0, 0 open, 14 looked at"_s);
    QCOMPARE(rig.pair.targetRows(u"v"_s).first(), u"1|late|26"_s);
}

// A transaction that was open while the run before read: its rows are stamped earlier than what was read.
void TestTwoWayCursors::whatCommitsLateIsFound()
{
    CursorRig rig;
    QCOMPARE(rig.synced().section(u", "_s, 0, 1), quiet);
    rig.boundAt(31);
    rig.putSource(1, "read", 40);
    rig.putTarget(2, "read", 40);
    QCOMPARE(rig.synced().section(u", "_s, 0, 1), u"completed > +0 ~1 -0 < +0 ~1 -0, 0 open"_s);
    rig.boundAt(50);
    rig.putSource(3, "late", 35);
    rig.putTarget(4, "late", 35);
    QCOMPARE(rig.synced().section(u", "_s, 0, 1), u"completed > +0 ~1 -0 < +0 ~1 -0, 0 open"_s);
}

// The tables share a snapshot of the source, and one may wait for its turn: its cursor is that of the same snapshot.
void TestTwoWayCursors::whatIsCommittedAfterTheSnapshotIsFound()
{
    CursorRig rig;
    bool shared = false;
    bool wrote = false;
    rig.pair.source.onOperation([&](const QString &operation) {
        if (shared && !std::exchange(wrote, true)) {
            rig.boundAt(40);
            rig.putSource(1, "after", 35);
            rig.putSource(2, "after", 36);
        }
        shared = shared || operation == u"exportSnapshot"_s;
    });
    QCOMPARE(rig.synced().section(u", "_s, 0, 1), quiet); // whole: there was no base
    QVERIFY(wrote);
    rig.pair.source.onOperation({});
    rig.boundAt(50);
    QCOMPARE(rig.synced().section(u", "_s, 0, 1), u"completed > +0 ~2 -0 < +0 ~0 -0, 0 open"_s);
}

// A transaction that ends once rows are read: what it stamped is earlier than the latest of those.
void TestTwoWayCursors::theBoundIsReadBeforeTheRows()
{
    CursorRig rig;
    QCOMPARE(rig.synced().section(u", "_s, 0, 1), quiet);
    rig.boundAt(24);
    rig.putTarget(2, "read", 30);
    bool reads = false;
    bool ended = false;
    rig.pair.target.onOperation([&](const QString &operation) {
        if (reads && !std::exchange(ended, true)) {
            rig.boundAt(40);
            rig.putTarget(1, "late", 25);
        }
        reads = reads || operation == u"beginRead"_s;
    });
    QCOMPARE(rig.synced().section(u", "_s, 0, 1), u"completed > +0 ~0 -0 < +0 ~1 -0, 0 open"_s);
    rig.pair.target.onOperation({});
    QVERIFY(ended);
    QCOMPARE(rig.synced().section(u", "_s, 0, 1), u"completed > +0 ~0 -0 < +0 ~1 -0, 0 open"_s);
    QCOMPARE(rig.pair.sourceRows(u"t"_s).first(), u"1|late|2026-01-01 00:25:00"_s);
}

void TestTwoWayCursors::deletesAreFoundByKeys_data()
{
    QTest::addColumn<QString>("keyCompare");
    QTest::addColumn<QString>("first"); // after a minute
    QTest::addColumn<QString>("second"); // after two hours
    const QString found = u"completed > +0 ~0 -1 < +0 ~0 -1, 0 open"_s;
    QTest::newRow("always") << u"always"_s << found << quiet;
    QTest::newRow("each hour") << u"1h"_s << quiet << found;
    QTest::newRow("never") << u"never"_s << quiet << quiet;
}

void TestTwoWayCursors::deletesAreFoundByKeys()
{
    QFETCH(QString, keyCompare);
    CursorRig rig;
    const QJsonObject keys{{u"keyCompare"_s, keyCompare}, {u"guard"_s, QJsonObject{{u"percent"_s, 100}}}};
    const auto synced = [&] { return rig.synced(keys).section(u", "_s, 0, 1); };
    QCOMPARE(synced(), quiet);
    rig.boundAt(31);
    rig.pair.removeSource(u"t"_s, {1});
    rig.pair.removeTarget(u"t"_s, {2});
    rig.pair.removeSource(u"t"_s, {3});
    rig.pair.removeTarget(u"t"_s, {3});
    const RunReport report = rig.run(rig.stamped(keys));
    QTEST(JobRig::words(report), "first");
    QCOMPARE(report.tables[0].deletesChecked, keyCompare == u"always"_s);
    rig.boundAt(59 + 60 + 30);
    QTEST(synced(), "second");
    QCOMPARE(synced(), quiet);
    rig.putSource(3, "again", 59); // which both had lost: no edit of a row that the other side deleted
    rig.putTarget(3, "again", 59);
    QCOMPARE(synced(), quiet);
}

// Below the position by then: conflicts, and rows that a side refused.
void TestTwoWayCursors::whatIsNotSettledIsLookedAtAgain()
{
    CursorRig rig;
    QCOMPARE(rig.synced().section(u", "_s, 0, 1), quiet);
    rig.boundAt(40);
    rig.putSource(1, "refused", 31);
    rig.putSource(4, "one", 31);
    rig.putTarget(4, "two", 31);
    rig.putSource(6, "newer", 33); // what is read last is read again: neither of those two
    rig.putTarget(7, "newer", 34);
    rig.pair.target.refuseRows(
        u"t"_s, [](const QStringList &cells) { return cells.at(1) == u"refused"_s; },
        Error{ErrorCode::CheckViolated, {}, {}});
    QCOMPARE(rig.run(rig.stamped()).state, RunState::NeedsAttention);
    rig.pair.target.acceptRows();
    rig.boundAt(50);
    rig.putTarget(5, "later", 45);
    QCOMPARE(rig.synced().section(u", "_s, 0, 1), u"needs-attention > +0 ~1 -0 < +0 ~1 -0, 1 open"_s);
    QCOMPARE(rig.pair.targetRows(u"t"_s).first(), u"1|refused|2026-01-01 00:31:00"_s);
    rig.putTarget(4, "one", 31);
    QCOMPARE(rig.synced().section(u", "_s, 0, 1), quiet);
}

// What was answered has come to one side, and the run that would bring it to the other fails as well: no conflict names
// the row by then, no retry set, and no cursor.
void TestTwoWayCursors::aMergeThatWasCutOffIsLookedAtAgain()
{
    CursorRig rig;
    QCOMPARE(rig.synced().section(u", "_s, 0, 1), quiet);
    rig.boundAt(40);
    rig.putSource(1, "one", 31);
    rig.putTarget(1, "two", 31);
    rig.putSource(5, "newer", 35);
    rig.putTarget(6, "newer", 35);
    QCOMPARE(rig.run(rig.stamped()).state, RunState::NeedsAttention);
    JobSettings job = rig.stamped();
    job.retry.attempts = 1;
    const QList<Conflict> open = rig.journal->conflicts(job.id, {}).value_or(QList<Conflict>());
    QCOMPARE(open.size(), 1);
    ConflictReply reply{open.first().id, ConflictAnswer::Row, {}, {}};
    reply.rowForSource = reply.rowForTarget = chainWith(*rig.journal, job.id, open.first(), "made");
    const auto dies = [&rig] {
        rig.pair.source.failOn(u"writer t"_s, Error{ErrorCode::ConnectionLost, {}, {}}, 0, 1000);
    };
    Cancellation cancellation;
    ProgressBoard progress;
    dies();
    QCOMPARE(Runner(rig.pair.connector, *rig.journal, rig.pair.clock)
                 .resolve(job, {reply}, u"anna"_s, {}, cancellation, progress)
                 .state,
             RunState::Failed);
    QCOMPARE(rig.pair.targetRows(u"t"_s).first(), u"1|made|2026-01-01 00:31:00"_s);
    QCOMPARE(rig.pair.sourceRows(u"t"_s).first(), u"1|one|2026-01-01 00:31:00"_s);
    QCOMPARE(rig.run(job).state, RunState::Failed);
    rig.pair.source.failNoMore();
    QCOMPARE(rig.synced().section(u", "_s, 0, 1), u"completed > +0 ~0 -0 < +0 ~1 -0, 0 open"_s);
    QCOMPARE(rig.pair.sourceRows(u"t"_s).first(), u"1|made|2026-01-01 00:31:00"_s);
}

// How far one column has been read says nothing of another.
void TestTwoWayCursors::aPositionOfAnotherColumnIsVoid()
{
    CursorRig rig;
    rig.pair.makeTable(u"e"_s, u"id integer key, note text(40), a integer, b integer"_s);
    for (int id = 1; id <= 6; ++id) {
        rig.pair.putSource(u"e"_s, {id, "same", 90, 0});
        rig.pair.putTarget(u"e"_s, {id, "same", 90, 0});
    }
    const auto by = [](const QString &column) {
        return QJsonObject{
            {u"tables"_s, QJsonArray{u"e"_s}},
            {u"detect"_s, QJsonObject{{u"by"_s, u"version"_s}, {u"column"_s, column}, {u"overlap"_s, 0}}}};
    };
    QCOMPARE(rig.synced(by(u"a"_s)), quiet + u", 12 looked at"_s);
    rig.pair.putSource(u"e"_s, {1, "changed", 91, 1});
    QCOMPARE(rig.synced(by(u"b"_s)), u"completed > +0 ~1 -0 < +0 ~0 -0, 0 open, 12 looked at"_s);
    rig.pair.putTarget(u"e"_s, {2, "changed", 91, 2});
    QCOMPARE(rig.synced(by(u"b"_s)).section(u", "_s, 0, 1), u"completed > +0 ~0 -0 < +0 ~1 -0, 0 open"_s);
}

void TestTwoWayCursors::aRowThatCannotBeReadIsLookedAtAgain()
{
    CursorRig rig;
    rig.pair.source.createTable(fakeTable(u"f"_s, u"id integer key, n text(20), at timestamp(0)"_s));
    rig.pair.target.createTable(fakeTable(u"f"_s, u"id integer key, n integer, at timestamp(0)"_s));
    for (int id = 1; id <= 6; ++id) {
        rig.pair.putSource(u"f"_s, {id, "10", stampAt(id)});
        rig.pair.putTarget(u"f"_s, {id, 10, stampAt(id)});
    }
    const JobSettings job = rig.stamped({{u"tables"_s, QJsonArray{u"f"_s}}});
    QCOMPARE(JobRig::words(rig.run(job)), quiet);
    rig.boundAt(40);
    rig.pair.putSource(u"f"_s, {1, "no number", stampAt(31)});
    rig.pair.putSource(u"f"_s, {2, "20", stampAt(32)});
    RunReport report = rig.run(job);
    QCOMPARE(JobRig::words(report), u"needs-attention > +0 ~1 -0 < +0 ~0 -0, 0 open"_s);
    QCOMPARE(report.tables[0].quarantined, 1);
    rig.boundAt(50);
    report = rig.run(job);
    QCOMPARE(report.tables[0].quarantined, 1); // still not in step
    QCOMPARE(report.state, RunState::NeedsAttention);
    rig.pair.putSource(u"f"_s, {1, "30", stampAt(31)});
    QCOMPARE(JobRig::words(rig.run(job)), u"completed > +0 ~1 -0 < +0 ~0 -0, 0 open"_s);
}

void TestTwoWayCursors::whatWasNotApprovedIsLookedAtAgain()
{
    CursorRig rig;
    QCOMPARE(rig.synced().section(u", "_s, 0, 1), quiet);
    rig.boundAt(40);
    rig.putSource(1, "left out", 31);
    rig.putTarget(2, "target", 32);
    rig.putSource(3, "source", 33);
    QCOMPARE(rig.plan(rig.stamped(), u"p.db"_s).state, RunState::Planned);
    {
        const auto plan = PlanReader::open(rig.path(u"p.db"_s));
        const auto rows = (*plan)->rows(0, Decision::UpdateTarget, 0, 10);
        QCOMPARE(rows->size(), 2);
        QVERIFY((*plan)->setRowIncluded(0, rows->first().number, false));
    }
    RunOptions options;
    options.planFile = rig.path(u"p.db"_s);
    QCOMPARE(JobRig::words(rig.run(rig.stamped(), options)), u"completed > +0 ~1 -0 < +0 ~1 -0, 0 open"_s);
    QCOMPARE(rig.pair.targetRows(u"t"_s).first(), u"1|same|2026-01-01 00:01:00"_s);
    rig.boundAt(50);
    QCOMPARE(rig.synced().section(u", "_s, 0, 1), u"completed > +0 ~1 -0 < +0 ~0 -0, 0 open"_s);
}

void TestTwoWayCursors::anotherBaseIsComparedWhole()
{
    CursorRig rig;
    QCOMPARE(rig.synced().section(u", "_s, 0, 1), quiet);
    const auto old = rig.pair.target.backUp();
    rig.boundAt(40);
    rig.putSource(1, "source", 31);
    QCOMPARE(rig.synced().section(u", "_s, 0, 1), u"completed > +0 ~1 -0 < +0 ~0 -0, 0 open"_s);
    rig.pair.target.restore(old);
    QCOMPARE(rig.synced(), u"needs-attention > +0 ~0 -0 < +0 ~0 -0, 1 open, 12 looked at"_s);
    RunOptions full;
    full.full = true;
    QCOMPARE(rig.run(rig.stamped(), full).tables[0].rowsRead, 12);
}

void TestTwoWayCursors::eachSideByItsOwnColumn()
{
    CursorRig rig;
    rig.pair.makeTable(u"e"_s, u"id integer key, note text(40), a integer, b integer"_s);
    for (int id = 1; id <= 6; ++id) {
        rig.pair.putSource(u"e"_s, {id, "same", id, 0});
        rig.pair.putTarget(u"e"_s, {id, "same", 0, id});
    }
    const auto version = [](const QString &column) {
        return QJsonObject{{u"by"_s, u"version"_s}, {u"column"_s, column}, {u"overlap"_s, 0}};
    };
    const QJsonObject by{
        {u"tables"_s,
         QJsonArray{QJsonObject{{u"source"_s, u"e"_s},
                                {u"columns"_s,
                                 QJsonArray{QJsonObject{{u"source"_s, u"a"_s}, {u"target"_s, QJsonValue()}},
                                            QJsonObject{{u"source"_s, u"b"_s}, {u"target"_s, QJsonValue()}}}}}}},
        {u"detect"_s, QJsonObject{{u"source"_s, version(u"a"_s)}, {u"target"_s, version(u"b"_s)}}}};
    QCOMPARE(rig.synced(by), quiet + u", 12 looked at"_s);
    rig.pair.putSource(u"e"_s, {1, "source", 7, 0});
    rig.pair.putTarget(u"e"_s, {2, "target", 0, 7});
    rig.pair.putTarget(u"e"_s, {3, "not stamped", 0, 3});
    QCOMPARE(rig.synced(by), u"completed > +0 ~1 -0 < +0 ~1 -0, 0 open, 6 looked at"_s);
    QCOMPARE(rig.pair.sourceRows(u"e"_s).at(2), u"3|same|3|0"_s);
}

void TestTwoWayCursors::aColumnThatTheTargetLacksIsNamed()
{
    CursorRig rig;
    const QJsonObject by{
        {u"detect"_s,
         QJsonObject{{u"source"_s, QJsonObject{{u"by"_s, u"timestamp"_s}, {u"column"_s, u"at"_s}}},
                     {u"target"_s, QJsonObject{{u"by"_s, u"timestamp"_s}, {u"column"_s, u"changed"_s}}}}}};
    const RunReport report = rig.run(rig.stamped(by));
    QCOMPARE(codeName(report.tables[0].error->code), codeName(ErrorCode::NoSuchColumn));
    QCOMPARE(report.tables[0].error->facts.value(Fact::Column), u"changed"_s);
    QCOMPARE(report.tables[0].error->facts.value(Fact::Connection), u"target"_s);
}

// A connection that dies at each operation in turn: no change is passed over by a position that moved too early.
void TestTwoWayCursors::killedAnywhereItResumes()
{
    for (const bool atTarget : {true, false}) {
        for (int skip = 0;; ++skip) {
            CursorRig rig;
            JobSettings job = rig.stamped({{u"guard"_s, QJsonObject{{u"percent"_s, 100}}}});
            job.retry.attempts = 1;
            QCOMPARE(rig.run(job).state, RunState::Completed);
            rig.boundAt(40);
            rig.putSource(1, "source", 31);
            rig.putTarget(2, "target", 32);
            rig.putSource(4, "source", 33); // the last one read is read again, and is not the first
            rig.putTarget(5, "target", 34);
            rig.pair.removeSource(u"t"_s, {3});
            FakeDatabase &side = atTarget ? rig.pair.target : rig.pair.source;
            side.failOn({}, Error{ErrorCode::ConnectionLost, {}, {}}, skip);
            const bool met = rig.run(job).state == RunState::Failed;
            side.failNoMore();
            const QString where = u"%1 %2 "_s.arg(atTarget ? u"target"_s : u"source"_s).arg(skip);
            const RunReport after = rig.run(job);
            QVERIFY2(after.state == RunState::Completed && rig.pair.sidesAreEqual(u"t"_s),
                     qPrintable(where + JobRig::words(after)));
            QCOMPARE(rig.pair.sourceRows(u"t"_s).size(), 5);
            QVERIFY(rig.pair.sourceRows(u"t"_s).at(1).startsWith(u"2|target"_s));
            if (!met)
                break;
        }
    }
}

QTEST_GUILESS_MAIN(TestTwoWayCursors)
#include "tst_twowaycursors.moc"
