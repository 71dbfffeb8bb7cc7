// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "tests/core/run/twowayjobrig.h"

using namespace tidemark;
using namespace Qt::StringLiterals;

namespace {

QByteArray chainOf(const JobRig &rig, const Conflict &conflict, const QByteArray &text)
{
    return chainWith(*rig.journal, rig.twoWay().id, conflict, text);
}

} // namespace

// Two-way jobs as people run them: reports, conflicts and their answers.
class TestTwoWayEngine : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bothDirectionsAreReported();
    void whatAnotherSideMadeOfAValueIsNoEdit();
    void aBaseThatCountsForNothingIsTold_data();
    void aBaseThatCountsForNothingIsTold();
    void aConflictIsKeptAndClosesByItself_data();
    void aConflictIsKeptAndClosesByItself();
    void answers_data();
    void answers();
    void whatMovedSinceIsAskedAgain();
    void aSkippedOneRestsUntilASideMoves();
    void anAnswerThatNobodyWroteIsWrittenByTheNextRun();
    void answersWriteNothingElse();
    void anAnswerIsGivenOnce();
    void aMergeThatBothTookIsNoConflict();
    void rowsThatNeverWereInStepStayFirstOnes();
    void answersRollForwardOrOpenAgain_data();
    void answersRollForwardOrOpenAgain();
    void transientFailuresAreTriedAgain();
    void aReadOnlySourceIsRefused();
};

void TestTwoWayEngine::bothDirectionsAreReported()
{
    JobRig rig;
    QCOMPARE(rig.synced(), quiet);
    rig.pair.putSource(u"t"_s, {1, "source", 10});
    rig.pair.putTarget(u"t"_s, {2, "target", 10});
    rig.pair.putTarget(u"t"_s, {7, "new", 1});
    rig.pair.removeSource(u"t"_s, {3});
    QCOMPARE(rig.synced(), u"completed > +0 ~1 -1 < +1 ~1 -0, 0 open"_s);
    rig.pair.putSource(u"t"_s, {4, "left", 10});
    rig.pair.putTarget(u"t"_s, {4, "same", 11});
    QCOMPARE(rig.synced(u"merge"_s), u"completed > +0 ~1 -0 < +0 ~1 -0, 0 open"_s);
    QCOMPARE(rig.row(4), u"4|left|11 / 4|left|11"_s);
    const auto kept = rig.journal->lastRun(rig.twoWay().id);
    QVERIFY(kept && *kept);
    QCOMPARE((*kept)->tables.first().merged, 1);
    QCOMPARE((*kept)->tables.first().toSource.updates, 1);
    QCOMPARE(rig.synced(), quiet);
}

// A target that cuts fractions: an edit of another cell there takes them from nobody.
void TestTwoWayEngine::whatAnotherSideMadeOfAValueIsNoEdit()
{
    JobRig rig;
    rig.pair.source.createTable(
        fakeTable(u"r"_s, u"id integer key, note text(40), price decimal(10.4), carried integer"_s));
    rig.pair.target.createTable(
        fakeTable(u"r"_s, u"id integer key, note text(40), price decimal(10.2), carried integer"_s));
    for (int id = 1; id <= 3; ++id)
        rig.pair.putSource(u"r"_s, {id, "same", "1.2345", 0});
    const QJsonObject carried{{u"source"_s, u"carried"_s}, {u"compare"_s, false}}; // goes over with any edit
    const QJsonObject table{{u"source"_s, u"r"_s}, {u"columns"_s, QJsonArray{carried}}};
    const auto synced = [&](const QString &policy) {
        JobSettings job = rig.job({{u"mode"_s, u"two-way"_s},
                                   {u"tables"_s, QJsonArray{table}},
                                   {u"conflicts"_s, QJsonObject{{u"policy"_s, policy}}}});
        return JobRig::words(rig.run(job));
    };
    const auto rows = [&rig]() -> QString {
        return rig.pair.sourceRows(u"r"_s).join(u' ') + u" / "_s + rig.pair.targetRows(u"r"_s).join(u' ');
    };
    QCOMPARE(synced(u"ask"_s), u"completed > +3 ~0 -0 < +0 ~0 -0, 0 open"_s);
    rig.pair.putTarget(u"r"_s, {1, "edited", "1.23", 7});
    rig.pair.putTarget(u"r"_s, {2, "same", "9.87", 0});
    rig.pair.putSource(u"r"_s, {3, "edited", "1.2345", 0});
    QCOMPARE(synced(u"ask"_s), u"completed > +0 ~1 -0 < +0 ~2 -0, 0 open"_s);
    QCOMPARE(rows(),
             u"1|edited|1.2345|7 2|same|9.87|0 3|edited|1.2345|0 / 1|edited|1.23|7 2|same|9.87|0 3|edited|1.23|0"_s);
    QCOMPARE(synced(u"ask"_s), quiet);
    QCOMPARE(rig.pair.violations(), QStringList());
}

void TestTwoWayEngine::aBaseThatCountsForNothingIsTold_data()
{
    QTest::addColumn<QString>("how");
    QTest::addColumn<QString>("why");
    QTest::newRow("as it was left") << QString() << QString();
    QTest::newRow("the journal is lost") << u"journal"_s << u"base-journal"_s;
    QTest::newRow("so is the workspace") << u"workspace"_s << u"base-absent"_s;
    QTest::newRow("another mapping") << u"mapping"_s << u"base-mapping"_s;
    QTest::newRow("a side is restored") << u"restored"_s << u"base-generation"_s;
}

// Nothing is overwritten or deleted then, and the report says why everything is compared.
void TestTwoWayEngine::aBaseThatCountsForNothingIsTold()
{
    QFETCH(QString, how);
    JobRig rig;
    const auto old = rig.pair.target.backUp();
    RunReport report = rig.run(rig.twoWay());
    QCOMPARE(JobRig::words(report), quiet);
    QCOMPARE(report.tables.first().whyWhole, QString()); // the first run of all
    JobSettings job = rig.twoWay();
    const QString base = QFileInfo(rig.journal->undoFolder()).absolutePath() + u"/base/"_s + job.id + u".db"_s;
    QVERIFY(QFile::exists(base));
    if (how == u"journal"_s || how == u"workspace"_s)
        rig.reopenJournal(u"another.db"_s);
    if (how == u"workspace"_s)
        QVERIFY(QFile::remove(base));
    if (how == u"mapping"_s)
        job = rig.job(
            {{u"mode"_s, u"two-way"_s},
             {u"tables"_s,
              QJsonArray{QJsonObject{
                  {u"source"_s, u"t"_s},
                  {u"columns"_s, QJsonArray{QJsonObject{{u"source"_s, u"qty"_s}, {u"target"_s, QJsonValue()}}}}}}}});
    if (how == u"restored"_s) {
        rig.pair.putTarget(u"t"_s, {1, "then", 10});
        QCOMPARE(rig.synced(), u"completed > +0 ~0 -0 < +0 ~1 -0, 0 open"_s);
        rig.pair.target.restore(old);
    }
    rig.pair.putSource(u"t"_s, {2, "later", 10});
    rig.pair.removeSource(u"t"_s, {3});
    report = rig.plan(job, u"p.db"_s);
    QTEST(report.tables.first().whyWhole, "why");
    report = rig.run(job);
    QTEST(report.tables.first().whyWhole, "why");
    QCOMPARE(rig.row(3).endsWith(u"-"_s), how.isEmpty());
    QCOMPARE(rig.run(job).tables.first().whyWhole, QString());
}

void TestTwoWayEngine::aConflictIsKeptAndClosesByItself_data()
{
    QTest::addColumn<QString>("how");
    for (const QString &how : {u"equal"_s, u"policy"_s, u"deleted"_s})
        QTest::newRow(qPrintable(how)) << how;
}

void TestTwoWayEngine::aConflictIsKeptAndClosesByItself()
{
    QFETCH(QString, how);
    JobRig rig;
    QCOMPARE(rig.synced(), quiet);
    rig.clash();
    const RunReport report = rig.run(rig.twoWay());
    QCOMPARE(JobRig::words(report), u"needs-attention > +0 ~0 -0 < +0 ~0 -0, 1 open"_s);
    QCOMPARE(report.attention, QList<Attention>({{Attention::Kind::Conflicts, u"t"_s, 1}}));
    QCOMPARE(report.exitCode(), 1);
    const QList<Conflict> first = rig.listed();
    QCOMPARE(first.size(), 1);
    QCOMPARE(first.first().kind, ConflictKind::BothUpdated);
    QCOMPARE(first.first().keyText, u"1"_s);
    QVERIFY(!first.first().base.isEmpty());
    // Its pictures follow a side that moves; the conflict is the same one.
    rig.pair.putSource(u"t"_s, {1, "uno", 10});
    QCOMPARE(rig.synced(), u"needs-attention > +0 ~0 -0 < +0 ~0 -0, 1 open"_s);
    QCOMPARE(rig.listed().size(), 1);
    QCOMPARE(rig.listed().first().id, first.first().id);
    QCOMPARE(rig.listed().first().sinceUs, first.first().sinceUs);
    QVERIFY(rig.listed().first().source != first.first().source);
    if (how == u"equal")
        rig.pair.putSource(u"t"_s, {1, "two", 10});
    if (how == u"deleted") {
        rig.pair.removeSource(u"t"_s, {1});
        rig.pair.removeTarget(u"t"_s, {1});
    }
    const QString policy = how == u"policy" ? u"source"_s : u"ask"_s;
    QVERIFY(rig.synced(policy).endsWith(u", 0 open"_s));
    QCOMPARE(rig.listed().size(), 0);
    const QList<Conflict> closed = rig.listed({ConflictState::Closed});
    QCOMPARE(closed.size(), 1);
    QCOMPARE(closed.first().end, ConflictEnd::Settled);
    QCOMPARE(rig.synced(), quiet);
}

void TestTwoWayEngine::answers_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<ConflictAnswer>("answer");
    QTest::addColumn<QString>("after");
    const auto row = [](const char *kind, ConflictAnswer answer, const char *after) {
        const QString name = QString::fromLatin1(kind) + u' ' + QString::number(int(answer));
        QTest::newRow(qPrintable(name)) << QString::fromLatin1(kind) << answer << QString::fromLatin1(after);
    };
    row("both-updated", ConflictAnswer::Source, "1|one|10 / 1|one|10");
    row("both-updated", ConflictAnswer::Target, "1|two|10 / 1|two|10");
    row("both-updated", ConflictAnswer::Row, "1|made|10 / 1|made|10");
    row("both-updated", ConflictAnswer::Skip, "1|one|10 / 1|two|10");
    row("both-inserted", ConflictAnswer::Source, "9|one|1 / 9|one|1");
    row("both-inserted", ConflictAnswer::Target, "9|two|2 / 9|two|2");
    row("both-inserted", ConflictAnswer::Row, "9|made|1 / 9|made|1");
    row("source-deleted", ConflictAnswer::Source, "- / -");
    row("source-deleted", ConflictAnswer::Target, "1|two|10 / 1|two|10");
    row("target-deleted", ConflictAnswer::Source, "1|one|10 / 1|one|10");
    row("target-deleted", ConflictAnswer::Target, "- / -");
    row("target-deleted", ConflictAnswer::Row, "1|made|10 / 1|made|10");
    row("no-base", ConflictAnswer::Source, "1|one|10 / 1|one|10");
    row("no-base", ConflictAnswer::Row, "1|made|10 / 1|made|10");
}

void TestTwoWayEngine::answers()
{
    QFETCH(QString, kind);
    QFETCH(ConflictAnswer, answer);
    QFETCH(QString, after);
    JobRig rig;
    if (kind != u"no-base")
        QCOMPARE(rig.synced(), quiet);
    const int id = kind == u"both-inserted" ? 9 : 1;
    if (kind == u"both-inserted") {
        rig.pair.putSource(u"t"_s, {9, "one", 1});
        rig.pair.putTarget(u"t"_s, {9, "two", 2});
    } else {
        rig.clash();
    }
    if (kind == u"source-deleted")
        rig.pair.removeSource(u"t"_s, {1});
    if (kind == u"target-deleted")
        rig.pair.removeTarget(u"t"_s, {1});
    QCOMPARE(rig.synced(), u"needs-attention > +0 ~0 -0 < +0 ~0 -0, 1 open"_s);
    const Conflict conflict = rig.listed().first();
    ConflictReply reply{conflict.id, answer, {}, {}};
    if (answer == ConflictAnswer::Row)
        reply.rowForSource = reply.rowForTarget = chainOf(rig, conflict, "made");
    const RunReport report = rig.answered(reply);
    QCOMPARE(report.state, RunState::Completed);
    QCOMPARE(rig.row(id), after);
    QCOMPARE(rig.listed().size(), 0);
    const Conflict closed = rig.listed({}).first();
    QCOMPARE(closed.state, answer == ConflictAnswer::Skip ? ConflictState::Skipped : ConflictState::Closed);
    QCOMPARE(closed.answeredBy, u"anna"_s);
    if (answer != ConflictAnswer::Skip)
        QCOMPARE(closed.end, ConflictEnd::Answered);
    rig.pair.resetCounters();
    const QString next =
        answer == ConflictAnswer::Skip ? u"completed > +0 ~0 -0 < +0 ~0 -0, 0 open, 1 skipped"_s : quiet;
    QCOMPARE(rig.synced(), next);
    QCOMPARE(rig.pair.source.counters().commits + rig.pair.target.counters().commits, 0);
    QCOMPARE(rig.pair.violations(), QStringList());
}

void TestTwoWayEngine::whatMovedSinceIsAskedAgain()
{
    JobRig rig;
    QCOMPARE(rig.synced(), quiet);
    rig.clash();
    (void)rig.synced();
    const Conflict shown = rig.listed().first();
    rig.pair.putTarget(u"t"_s, {1, "third", 10});
    const RunReport report = rig.answered({shown.id, ConflictAnswer::Source, {}, {}});
    QCOMPARE(JobRig::words(report), u"needs-attention > +0 ~0 -0 < +0 ~0 -0, 1 open"_s);
    QCOMPARE(rig.row(1), u"1|one|10 / 1|third|10"_s);
    const Conflict again = rig.listed().first();
    QCOMPARE(again.id, shown.id);
    QVERIFY(again.target != shown.target);
    QCOMPARE(again.answer, ConflictAnswer::None);
}

void TestTwoWayEngine::aSkippedOneRestsUntilASideMoves()
{
    JobRig rig;
    QCOMPARE(rig.synced(), quiet);
    rig.clash();
    (void)rig.synced();
    (void)rig.answered({rig.listed().first().id, ConflictAnswer::Skip, {}, {}});
    QCOMPARE(rig.synced(), u"completed > +0 ~0 -0 < +0 ~0 -0, 0 open, 1 skipped"_s);
    rig.pair.putSource(u"t"_s, {1, "third", 10});
    QCOMPARE(rig.synced(), u"needs-attention > +0 ~0 -0 < +0 ~0 -0, 1 open"_s);
    QCOMPARE(rig.row(1), u"1|third|10 / 1|two|10"_s);
}

void TestTwoWayEngine::anAnswerThatNobodyWroteIsWrittenByTheNextRun()
{
    JobRig rig;
    QCOMPARE(rig.synced(), quiet);
    rig.clash();
    rig.pair.putSource(u"t"_s, {2, "other", 10});
    rig.pair.putTarget(u"t"_s, {2, "another", 10});
    (void)rig.synced();
    QCOMPARE(rig.listed().size(), 2);
    const ConflictReply reply{rig.listed().first().id, ConflictAnswer::Target, {}, {}};
    QVERIFY(rig.journal->answerConflicts(rig.twoWay().id, {reply}, u"anna"_s, 1));
    QCOMPARE(rig.synced(), u"needs-attention > +0 ~0 -0 < +0 ~1 -0, 1 open"_s);
    QCOMPARE(rig.row(1), u"1|two|10 / 1|two|10"_s);
    QCOMPARE(rig.row(2), u"2|other|10 / 2|another|10"_s);
}

// Also where the base is gone, and everything has to be compared: the next run decides the rest.
void TestTwoWayEngine::answersWriteNothingElse()
{
    for (const bool lost : {false, true}) {
        JobRig rig;
        QCOMPARE(rig.synced(), quiet);
        rig.clash();
        rig.pair.putSource(u"t"_s, {2, "one", 10});
        rig.pair.putTarget(u"t"_s, {2, "two", 10});
        (void)rig.synced();
        QCOMPARE(rig.listed().size(), 2);
        rig.pair.putSource(u"t"_s, {3, "source", 10});
        rig.pair.putTarget(u"t"_s, {2, "one", 10}); // a conflict no more
        rig.pair.putTarget(u"t"_s, {8, "new", 1});
        const auto replies = rig.listed();
        if (lost) {
            for (const QString &suffix : {QString(), u"-wal"_s, u"-shm"_s})
                QFile::remove(rig.path(u"base/"_s + rig.twoWay().id + u".db"_s + suffix));
        }
        (void)rig.answered({replies.first().id, ConflictAnswer::Source, {}, {}});
        QCOMPARE(rig.row(1), lost ? u"1|one|10 / 1|two|10"_s : u"1|one|10 / 1|one|10"_s);
        QCOMPARE(rig.row(3), u"3|source|10 / 3|same|10"_s);
        QCOMPARE(rig.row(8), u"- / 8|new|1"_s);
        const JobSettings job =
            rig.job({{u"mode"_s, u"two-way"_s},
                     {u"conflicts"_s, QJsonObject{{u"policy"_s, u"target"_s}, {u"first"_s, u"ask"_s}}}});
        (void)rig.run(job);
        QCOMPARE(rig.row(3),
                 lost ? u"3|source|10 / 3|same|10"_s : u"3|source|10 / 3|source|10"_s); // without a base: asked
        QCOMPARE(rig.row(8), u"8|new|1 / 8|new|1"_s);
    }
}

// An answer was written, and the run cut off before its conflict was closed. The same pictures come about again: they
// are new ones, and nobody has been asked.
void TestTwoWayEngine::anAnswerIsGivenOnce()
{
    for (int skip = 0;; ++skip) {
        JobRig rig;
        QCOMPARE(rig.synced(), quiet);
        rig.clash();
        rig.pair.removeSource(u"t"_s, {1});
        (void)rig.synced();
        rig.pair.source.failOn({}, Error{ErrorCode::ConnectionLost, {}, {}}, skip, 1000);
        const RunReport cut = rig.answered({rig.listed().first().id, ConflictAnswer::Target, {}, {}});
        rig.pair.source.failNoMore();
        const bool written = rig.row(1) == u"1|two|10 / 1|two|10"_s;
        if (written)
            rig.pair.removeSource(u"t"_s, {1}); // as if nobody had answered
        const QString after = rig.synced();
        QVERIFY2(!written || rig.row(1) == u"- / -"_s, qPrintable(QString::number(skip) + u' ' + after + rig.row(1)));
        if (cut.state != RunState::Failed)
            break;
    }
}

// Both sides have taken it, and the run ends before it is settled: what a side does then is an edit of the merged row.
void TestTwoWayEngine::aMergeThatBothTookIsNoConflict()
{
    for (int skip = 0;; ++skip) {
        JobRig rig;
        QCOMPARE(rig.synced(u"merge"_s), quiet);
        rig.pair.putSource(u"t"_s, {4, "left", 10});
        rig.pair.putTarget(u"t"_s, {4, "same", 11});
        rig.pair.target.failOn({}, Error{ErrorCode::ConnectionLost, {}, {}}, skip, 1000);
        const QString cut = rig.synced(u"merge"_s);
        rig.pair.target.failNoMore();
        if (rig.row(4) == u"4|left|11 / 4|left|11"_s) {
            rig.pair.putSource(u"t"_s, {4, "edited", 11});
            const QString after = rig.synced(u"merge"_s);
            QVERIFY2(rig.row(4) == u"4|edited|11 / 4|edited|11"_s, qPrintable(QString::number(skip) + u' ' + after));
        }
        if (!cut.startsWith(u"failed"_s))
            break;
    }
}

void TestTwoWayEngine::rowsThatNeverWereInStepStayFirstOnes()
{
    JobRig rig;
    rig.clash();
    const auto job = [&rig](const QString &first) {
        return rig.job({{u"mode"_s, u"two-way"_s},
                        {u"conflicts"_s, QJsonObject{{u"policy"_s, u"target"_s}, {u"first"_s, first}}}});
    };
    const QString open = u"needs-attention > +0 ~0 -0 < +0 ~0 -0, 1 open"_s;
    for (int run = 0; run < 3; ++run)
        QCOMPARE(JobRig::words(rig.run(job(u"ask"_s))), open);
    QCOMPARE(rig.listed().first().kind, conflictKind(TwoWayCase::FirstMeeting));
    QCOMPARE(JobRig::words(rig.run(job(u"source"_s))), u"completed > +0 ~1 -0 < +0 ~0 -0, 0 open"_s);
    // In step by now: the policy decides what comes.
    rig.clash();
    QCOMPARE(JobRig::words(rig.run(job(u"ask"_s))), u"completed > +0 ~0 -0 < +0 ~1 -0, 0 open"_s);
    QCOMPARE(JobRig::words(rig.run(job(u"ask"_s))), quiet);
}

void TestTwoWayEngine::answersRollForwardOrOpenAgain_data()
{
    QTest::addColumn<ConflictAnswer>("answer");
    QTest::addColumn<QString>("after");
    QTest::newRow("source") << ConflictAnswer::Source << u"1|one|10 / 1|one|10"_s;
    QTest::newRow("target") << ConflictAnswer::Target << u"1|two|10 / 1|two|10"_s;
    QTest::newRow("row") << ConflictAnswer::Row << u"1|made|10 / 1|made|10"_s;
}

// A connection that dies at each operation in turn, for good: the next run finishes what was answered.
void TestTwoWayEngine::answersRollForwardOrOpenAgain()
{
    QFETCH(ConflictAnswer, answer);
    QFETCH(QString, after);
    for (const bool atTarget : {true, false}) {
        for (int skip = 0;; ++skip) {
            JobRig rig;
            QCOMPARE(rig.synced(), quiet);
            rig.clash();
            (void)rig.synced();
            const Conflict conflict = rig.listed().first();
            ConflictReply reply{conflict.id, answer, {}, {}};
            if (answer == ConflictAnswer::Row)
                reply.rowForSource = reply.rowForTarget = chainOf(rig, conflict, "made");
            FakeDatabase &side = atTarget ? rig.pair.target : rig.pair.source;
            side.failOn({}, Error{ErrorCode::ConnectionLost, {}, {}}, skip, 1000);
            const RunReport cut = rig.answered(reply);
            side.failNoMore();
            const QString context = u"%1 %2: "_s.arg(atTarget ? u"target"_s : u"source"_s).arg(skip);
            const bool met = cut.state == RunState::Failed;
            QCOMPARE(rig.listed({ConflictState::Open}).size(), 0);
            (void)rig.synced();
            QVERIFY2(rig.row(1) == after, qPrintable(context + rig.row(1)));
            QVERIFY2(rig.listed({ConflictState::Open, ConflictState::Answered}).isEmpty(), qPrintable(context));
            const QString next = rig.synced();
            QVERIFY2(next == quiet, qPrintable(context + next));
            QCOMPARE(rig.pair.violations(), QStringList());
            if (!met)
                break;
        }
    }
}

void TestTwoWayEngine::transientFailuresAreTriedAgain()
{
    for (const bool atTarget : {true, false}) {
        for (int skip = 0; skip < 40; ++skip) {
            JobRig rig;
            QCOMPARE(rig.synced(), quiet);
            rig.pair.putSource(u"t"_s, {1, "source", 10});
            rig.pair.putTarget(u"t"_s, {2, "target", 10});
            FakeDatabase &side = atTarget ? rig.pair.target : rig.pair.source;
            side.failOn({}, Error{ErrorCode::ConnectionLost, {}, {}}, skip);
            QCOMPARE(rig.synced(), u"completed > +0 ~1 -0 < +0 ~1 -0, 0 open"_s);
            side.failNoMore();
            QCOMPARE(rig.synced(), quiet);
            QCOMPARE(rig.pair.violations(), QStringList());
        }
    }
}

void TestTwoWayEngine::aReadOnlySourceIsRefused()
{
    JobRig rig;
    JobSettings job = rig.twoWay();
    job.source.readOnly = true;
    const RunReport report = rig.run(job);
    QCOMPARE(JobRig::words(report), u"failed read-only"_s);
    QCOMPARE(report.error->facts.value(Fact::Connection), job.source.label());
    QCOMPARE(rig.plan(job, u"p.db"_s).state, RunState::Planned); // which writes nothing
}

QTEST_GUILESS_MAIN(TestTwoWayEngine)
#include "tst_twowayengine.moc"
