// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/detect/compare.h"
#include "tests/core/run/undorig.h"

using namespace tidemark;

// A run on a fake pair is taken back: what it left is as it was, and what is not as it left it stays.
class TestUndo : public QObject, private UndoRig
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
    void init() { begin(); }
    void cleanup() { end(); }

    void takesBackWhatARunWrote_data() { scopes(); }
    void takesBackWhatARunWrote()
    {
        QFETCH(QString, scope);
        fill();
        const QStringList before = items();
        const JobSettings job = m_rig->job({{u"transaction"_s, scope}, {u"batch"_s, QJsonObject{{u"rows"_s, 2}}}});
        const RunReport run = m_rig->run(job);
        QCOMPARE(shown(run), u"completed +1 ~1 -1"_s);
        const QStringList after = items();
        QVERIFY(after != before);
        QVERIFY(QFileInfo::exists(undoPath(run.run)));
        QCOMPARE(QFileInfo(undoPath(run.run)).permissions() & ~(QFile::ReadUser | QFile::WriteUser),
                 QFile::ReadOwner | QFile::WriteOwner);

        const UndoOutcome back = undo(job, run.run);
        QVERIFY2(shown(back.report) == u"completed +1 ~1 -1"_s, qPrintable(shown(back.report)));
        QCOMPARE(items(), before);
        QCOMPARE(back.report.undoes, run.run);
        QVERIFY(back.tables.first().comesBack);
        QCOMPARE(m_rig->journal->findRun(back.report.run).value().value().undoes, run.run);

        // Not twice; but what took it back can be taken back, and then the first may be again.
        const UndoOutcome twice = undo(job, run.run);
        QCOMPARE(twice.report.error->code, ErrorCode::UndoneAlready);
        QCOMPARE(twice.report.error->facts.value(Fact::Run), back.report.run);
        const UndoOutcome forth = undo(job, back.report.run);
        QVERIFY2(shown(forth.report) == u"completed +1 ~1 -1"_s, qPrintable(shown(forth.report)));
        QCOMPARE(items(), after);
        QCOMPARE(shown(undo(job, run.run).report), u"completed +1 ~1 -1"_s);
        QCOMPARE(items(), before);
        QCOMPARE(shown(m_rig->run(job)), u"completed +1 ~1 -1"_s);
        QCOMPARE(items(), after);
    }

    // Each of the three rows has been changed by somebody since.
    void whatChangedSinceIsLeftAndListed()
    {
        fill();
        const JobSettings job = m_rig->job();
        const RunReport run = m_rig->run(job);
        m_rig->pair.putTarget(u"items"_s, {2, u"edited"_s, 22});
        m_rig->pair.putTarget(u"items"_s, {40, u"edited"_s, 40});
        m_rig->pair.putTarget(u"items"_s, {7, u"again"_s, 7});
        const QStringList now = items();
        const UndoOutcome back = undo(job, run.run);
        QCOMPARE(shown(back.report), u"needs-attention +0 ~0 -0"_s);
        QCOMPARE(back.report.exitCode(), 1);
        QCOMPARE(back.report.tables.first().changedSincePlan, 3);
        QCOMPARE(items(), now);
        QCOMPARE(m_rig->journal->waitingCount(job.id, {}, RetryReason::ChangedSincePlan).value(), 3);
        // What was put back by hand is done.
        m_rig->pair.putTarget(u"items"_s, {2, u"same"_s, 2});
        m_rig->pair.removeTarget(u"items"_s, {40});
        const UndoOutcome again = undo(job, run.run);
        QCOMPARE(again.tables.first().asBefore, 2);
        QCOMPARE(again.report.tables.first().changedSincePlan, 1);
    }

    // Between the plan and the write.
    void aRowThatChangesInTheMiddleIsLeft()
    {
        fill();
        const JobSettings job = m_rig->job();
        const RunReport run = m_rig->run(job);
        bool done = false;
        m_rig->pair.target.onOperation([&](const QString &operation) {
            if (operation == u"beginWrite"_s && !std::exchange(done, true))
                m_rig->pair.putTarget(u"items"_s, {2, u"elsewhere"_s, 0});
        });
        const UndoOutcome back = undo(job, run.run);
        m_rig->pair.target.onOperation({});
        QCOMPARE(shown(back.report), u"needs-attention +1 ~0 -1"_s);
        QVERIFY(items().contains(u"2|elsewhere|0"_s));
    }

    // The commit's answer is lost: applied or not, the file tells no tale of its own.
    void lostAnswers_data()
    {
        QTest::addColumn<QString>("scope");
        QTest::addColumn<bool>("applied");
        QTest::addColumn<int>("skip");
        for (const char *scope : {"batch", "run"})
            for (const bool applied : {true, false})
                for (const int skip : {0, 1})
                    QTest::addRow("%s, %s, after %d", scope, applied ? "applied" : "not applied", skip)
                        << QString::fromLatin1(scope) << applied << skip;
    }
    void lostAnswers()
    {
        QFETCH(QString, scope);
        QFETCH(bool, applied);
        QFETCH(int, skip);
        fill();
        const QStringList before = items();
        const JobSettings job = m_rig->job({{u"transaction"_s, scope}});
        m_rig->pair.target.failCommit(applied, skip);
        const RunReport run = m_rig->run(job);
        m_rig->pair.target.failNoMore();
        QVERIFY2(run.state == RunState::Completed, qPrintable(shown(run)));
        QVERIFY(m_rig->pair.sidesAreEqual(u"items"_s));
        const UndoOutcome back = undo(job, run.run);
        QVERIFY2(back.report.state == RunState::Completed, qPrintable(shown(back.report)));
        QCOMPARE(items(), before);
    }

    // Ended between the file and the target, or between the target and the mark, and never taken up again.
    void cutOff_data()
    {
        QTest::addColumn<bool>("applied");
        QTest::addColumn<bool>("runsBetween"); // another run of the job writes before it is undone
        QTest::addColumn<QString>("checkpoint"); // "journal": the rows alone can tell
        for (const bool applied : {true, false})
            for (const bool between : {true, false})
                for (const char *place : {"target", "journal"})
                    QTest::addRow("%s%s, checkpoint at the %s", applied ? "after the commit" : "before the commit",
                                  between ? ", another run between" : "", place)
                        << applied << between << QString::fromLatin1(place);
    }
    void cutOff()
    {
        QFETCH(bool, applied);
        QFETCH(bool, runsBetween);
        QFETCH(QString, checkpoint);
        fill();
        const QStringList before = items();
        JobSettings job = m_rig->job({{u"checkpoint"_s, checkpoint}});
        job.retry.attempts = 1;
        m_rig->pair.target.failCommit(applied, 0);
        m_rig->pair.target.onOperation([&](const QString &operation) {
            if (operation == u"commit"_s) // and nobody can look it up
                m_rig->pair.target.failOn(u"open"_s, Error{ErrorCode::Unreachable, {}, {}}, 0, -1);
        });
        const RunReport run = m_rig->run(job);
        m_rig->pair.target.onOperation({});
        m_rig->pair.target.failNoMore();
        QVERIFY2(run.state == RunState::Failed, qPrintable(shown(run)));
        QCOMPARE(items() != before, applied);
        if (runsBetween)
            QCOMPARE(m_rig->run(job).state, RunState::Completed);
        const QStringList between = items();
        const UndoOutcome back = undo(job, run.run);
        if (applied) {
            QCOMPARE(back.report.state, RunState::Completed);
            QVERIFY(back.report.totals().total() > 0);
        } else {
            QVERIFY2(back.report.totals().total() == 0 || runsBetween, qPrintable(shown(back.report)));
        }
        if (!runsBetween)
            QCOMPARE(items(), before);
    }

    // Under `run` the second table's failure takes the first one's rows back: they must not be in the file.
    void whatWasRolledBackIsNotKept()
    {
        fill();
        m_rig->pair.makeTable(u"others"_s, u"id integer key, name text(20)"_s);
        m_rig->pair.putTarget(u"others"_s, {1, u"x"_s});
        m_rig->pair.putSource(u"others"_s, {1, u"bad"_s});
        m_rig->pair.target.refuseRows(
            u"others"_s, [](const QStringList &cells) { return cells.last() == "bad"_L1; },
            Error{ErrorCode::CheckViolated, {}, {}});
        const RunReport run = m_rig->run(m_rig->job({{u"transaction"_s, u"run"_s}}));
        QCOMPARE(run.state, RunState::Failed);
        QVERIFY(!QFileInfo::exists(undoPath(run.run)));
        QVERIFY(!QFileInfo::exists(undoPath(run.run) + u"-wal"_s));
    }

    // A refused row goes back to its savepoint: of the batch only the others are kept.
    void refusedRowsAreNotKept()
    {
        fill();
        m_rig->pair.putSource(u"items"_s, {3, u"bad"_s, 3});
        m_rig->pair.target.refuseRows(
            u"items"_s, [](const QStringList &cells) { return cells.at(1) == "bad"_L1; },
            Error{ErrorCode::CheckViolated, {}, {}});
        const JobSettings job = m_rig->job();
        const QStringList before = items();
        const RunReport run = m_rig->run(job);
        QCOMPARE(shown(run), u"needs-attention +1 ~1 -1"_s);
        const auto file = std::move(*UndoReader::open(undoPath(run.run)));
        QStringList keys;
        QVERIFY(file->scan(0, {}, [&](const UndoChange &change) -> Result<void> {
            RowBatch key(std::make_shared<RowLayout>(RowLayout{{CellType{CellKind::Integer}}, 1, 1}));
            key.appendChain({change.key.constData(), std::size_t(change.key.size())});
            keys += keyText(key, 0);
            return {};
        }));
        QCOMPARE(keys, (QStringList{u"2"_s, u"7"_s, u"40"_s}));
        QCOMPARE(shown(undo(job, run.run).report), u"completed +1 ~1 -1"_s);
        QCOMPARE(items(), before);
    }

    void rowsInEachOthersWay_data() { scopes(); }
    void rowsInEachOthersWay()
    {
        QFETCH(QString, scope);
        m_rig->pair.makeTable(u"seats"_s, u"id integer key, place text(20) unique"_s);
        m_rig->pair.makeTable(u"people"_s, u"id integer key, boss integer -> people.id"_s);
        const QStringList places{u"front"_s, u"middle"_s, u"back"_s};
        for (int i = 0; i < 3; ++i) {
            m_rig->pair.putTarget(u"seats"_s, {i + 1, places[i]});
            m_rig->pair.putSource(u"seats"_s, {i + 1, places[(i + 1) % 3]});
        }
        m_rig->pair.putSource(u"people"_s, {9, nullptr});
        m_rig->pair.putTarget(u"people"_s, {9, nullptr});
        m_rig->pair.putSource(u"people"_s, {1, 2});
        m_rig->pair.putSource(u"people"_s, {2, 1});
        const QStringList seats = m_rig->pair.targetRows(u"seats"_s);
        const QStringList people = m_rig->pair.targetRows(u"people"_s);
        const JobSettings job = m_rig->job({{u"transaction"_s, scope}});
        const RunReport run = m_rig->run(job);
        QVERIFY2(run.state == RunState::Completed, qPrintable(shown(run)));
        const UndoOutcome back = undo(job, run.run);
        QVERIFY2(back.report.state == RunState::Completed, qPrintable(shown(back.report)));
        QCOMPARE(m_rig->pair.targetRows(u"seats"_s), seats);
        QCOMPARE(m_rig->pair.targetRows(u"people"_s), people);
    }

    void foreignKeysGoInOrder_data() { scopes(); }
    void foreignKeysGoInOrder()
    {
        QFETCH(QString, scope);
        m_rig->pair.makeTable(u"orders"_s, u"id integer key, name text(20)"_s);
        m_rig->pair.makeTable(u"lines"_s, u"id integer key, order_id integer -> orders.id"_s);
        m_rig->pair.putTarget(u"orders"_s, {1, u"old"_s});
        m_rig->pair.putTarget(u"lines"_s, {1, 1});
        m_rig->pair.putSource(u"orders"_s, {2, u"new"_s});
        m_rig->pair.putSource(u"lines"_s, {2, 2});
        const QStringList orders = m_rig->pair.targetRows(u"orders"_s);
        const QStringList lines = m_rig->pair.targetRows(u"lines"_s);
        const JobSettings job = m_rig->job({{u"transaction"_s, scope}});
        RunOptions options;
        options.yes = true;
        const RunReport run = m_rig->run(job, options);
        QCOMPARE(shown(run), u"completed +2 ~0 -2"_s);
        QCOMPARE(shown(undo(job, run.run).report), u"completed +2 ~0 -2"_s);
        QCOMPARE(m_rig->pair.targetRows(u"orders"_s), orders);
        QCOMPARE(m_rig->pair.targetRows(u"lines"_s), lines);
    }

    void aFilledTableIsEmptiedAgain_data() { scopes(); }
    void aFilledTableIsEmptiedAgain()
    {
        QFETCH(QString, scope);
        m_rig->pair.makeTable(u"items"_s, QString::fromUtf16(columns));
        for (int id = 1; id <= 50; ++id)
            m_rig->pair.putSource(u"items"_s, {id, u"x"_s, id});
        const JobSettings job = m_rig->job({{u"transaction"_s, scope}, {u"batch"_s, QJsonObject{{u"rows"_s, 7}}}});
        const RunReport run = m_rig->run(job);
        QCOMPARE(shown(run), u"completed +50 ~0 -0"_s);
        {
            const auto file = std::move(*UndoReader::open(undoPath(run.run)));
            QVERIFY(file->tables().value().first().filled);
            QCOMPARE(file->filledWith(0, false).rows, 50);
            int rows = 0;
            QVERIFY(file->scan(0, {}, [&](const UndoChange &) -> Result<void> {
                ++rows;
                return {};
            }));
            QCOMPARE(rows, 0);
        }
        // One row edited: as many rows, and not those that the run left.
        m_rig->pair.putTarget(u"items"_s, {3, u"edited"_s, 3});
        UndoOutcome back = undo(job, run.run);
        QCOMPARE(back.report.error->code, ErrorCode::UndoLoadChanged);
        QCOMPARE(items().size(), 50);
        m_rig->pair.putTarget(u"items"_s, {3, u"x"_s, 3});
        m_rig->pair.putTarget(u"items"_s, {51, u"more"_s, 0});
        back = undo(job, run.run);
        QCOMPARE(back.report.error->code, ErrorCode::UndoLoadChanged);
        QCOMPARE(back.report.error->facts.value(Fact::Expected), u"50"_s);
        QCOMPARE(back.report.error->facts.value(Fact::Found), u"51"_s);
        m_rig->pair.removeTarget(u"items"_s, {51});
        // The guard asks: all of the table would go.
        back = undo(job, run.run, [](UndoRequest &request) { request.yes = false; });
        QCOMPARE(shown(back.report), u"needs-attention +0 ~0 -0"_s);
        QCOMPARE(back.report.attention.first().kind, Attention::Kind::Deletes);
        back = undo(job, run.run, [](UndoRequest &request) {
            request.yes = false;
            request.allowDeletes = 50;
        });
        QVERIFY2(shown(back.report) == u"completed +0 ~0 -50"_s, qPrintable(shown(back.report)));
        QCOMPARE(items().size(), 0);
        QCOMPARE(shown(undo(job, back.report.run).report), u"completed +50 ~0 -0"_s);
        QVERIFY(m_rig->pair.sidesAreEqual(u"items"_s));
    }

    // Detection that looks where something has changed must be told of rows that were taken back.
    void takenBackRowsComeAgain_data()
    {
        QTest::addColumn<QJsonObject>("detect");
        const QJsonObject version{{u"by"_s, u"version"_s}, {u"column"_s, u"amount"_s}};
        QTest::newRow("hash") << QJsonObject{{u"by"_s, u"hash"_s}};
        QTest::newRow("version") << version;
        QTest::newRow("flag") << QJsonObject{
            {u"by"_s, u"flag"_s}, {u"column"_s, u"amount"_s}, {u"pending"_s, 1}, {u"done"_s, 0}};
    }
    void takenBackRowsComeAgain()
    {
        QFETCH(QJsonObject, detect);
        m_rig->pair.makeTable(u"items"_s, QString::fromUtf16(columns));
        const JobSettings job = m_rig->job({{u"mode"_s, u"update"_s}, {u"detect"_s, detect}});
        for (int id = 1; id <= 5; ++id)
            m_rig->pair.putSource(u"items"_s, {id, u"first"_s, 1});
        QCOMPARE(m_rig->run(job).totals().inserts, 5);
        m_rig->pair.putSource(u"items"_s, {2, u"second"_s, 1});
        m_rig->pair.putSource(u"items"_s, {6, u"second"_s, 1});
        RunReport run = m_rig->run(job);
        QVERIFY2(run.totals().total() == 2, qPrintable(shown(run)));
        const UndoOutcome back = undo(job, run.run);
        QVERIFY2(back.report.totals().total() == 2, qPrintable(shown(back.report)));
        run = m_rig->run(job);
        QVERIFY2(run.totals().total() == 2, qPrintable(shown(run)));
        QCOMPARE(m_rig->run(job).totals().total(), 0);
    }

    // The same where more was taken back than is remembered row by row.
    void aFilledTableComesAgain()
    {
        m_rig->pair.makeTable(u"items"_s, QString::fromUtf16(columns));
        const JobSettings job =
            m_rig->job({{u"mode"_s, u"update"_s},
                        {u"detect"_s, QJsonObject{{u"by"_s, u"version"_s}, {u"column"_s, u"amount"_s}}}});
        for (int id = 1; id <= 5; ++id)
            m_rig->pair.putSource(u"items"_s, {id, u"first"_s, id});
        const RunReport run = m_rig->run(job);
        QCOMPARE(run.totals().inserts, 5);
        QCOMPARE(undo(job, run.run).report.totals().deletes, 5);
        QCOMPARE(m_rig->run(job).totals().inserts, 5);
    }
};

QTEST_GUILESS_MAIN(TestUndo)
#include "tst_undo.moc"
