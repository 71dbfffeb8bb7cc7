// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFileInfo>

#include "core/detect/compare.h"
#include "core/journal/undofile.h"
#include "core/run/undohistory.h"
#include "core/run/undorun.h"
#include "tests/core/run/enginerig.h"

using namespace tidemark;
using namespace Qt::StringLiterals;

namespace {

constexpr auto columns = u"id integer key, name text(20), amount integer";

} // namespace

// A run on a fake pair is taken back: what it left is as it was, and what is not as it left it stays.
class TestUndo : public QObject
{
    Q_OBJECT

private:
    UndoOutcome undo(const JobSettings &job, const QString &run, const std::function<void(UndoRequest &)> &more = {})
    {
        UndoRequest request;
        request.run = run;
        request.yes = true;
        if (more)
            more(request);
        m_rig->pair.clock.advanceMs(1000);
        Cancellation cancellation;
        ProgressBoard progress;
        return undoRun(m_rig->pair.connector, *m_rig->journal, m_rig->pair.clock, job, request, cancellation, progress);
    }
    QString undoPath(const QString &run) const { return undoFile(m_rig->journal->undoFolder(), run); }
    QStringList items() const { return m_rig->pair.targetRows(u"items"_s); }

    // Two equal rows at both sides, one to be updated, one to be inserted, one to be deleted.
    void fill()
    {
        m_rig->pair.makeTable(u"items"_s, QString::fromUtf16(columns));
        for (int id = 1; id <= 30; ++id) {
            m_rig->pair.putSource(u"items"_s, {id, u"same"_s, id});
            m_rig->pair.putTarget(u"items"_s, {id, u"same"_s, id});
        }
        m_rig->pair.putSource(u"items"_s, {2, u"new"_s, 22});
        m_rig->pair.putSource(u"items"_s, {40, u"fresh"_s, 40});
        m_rig->pair.removeSource(u"items"_s, {7});
    }

    static void scopes()
    {
        QTest::addColumn<QString>("scope");
        for (const char *scope : {"batch", "table", "run"})
            QTest::newRow(scope) << QString::fromLatin1(scope);
    }

    std::unique_ptr<EngineRig> m_rig;

private Q_SLOTS:
    void init() { m_rig = std::make_unique<EngineRig>(); }
    void cleanup()
    {
        QCOMPARE(m_rig->pair.violations().join(u'\n'), QString());
        m_rig.reset();
    }

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

    void whatKeepsARunFromBeingUndone()
    {
        fill();
        JobSettings job = m_rig->job();
        QCOMPARE(undo(job, u"2026-01-01T000000.000Z-0000"_s).report.error->code, ErrorCode::NoSuchRun);
        QCOMPARE(undo(job, u"../journal"_s).report.error->code, ErrorCode::NoSuchRun);
        job.undo.days = 0;
        RunReport run = m_rig->run(job);
        QVERIFY(!QFileInfo::exists(undoPath(run.run)));
        QCOMPARE(undo(job, run.run).report.error->code, ErrorCode::UndoMissing);
        // A run that wrote nothing.
        run = m_rig->run(job);
        const UndoOutcome nothing = undo(job, run.run);
        QVERIFY(!nothing.report.error);
        QCOMPARE(nothing.report.exitCode(), 0);
        QVERIFY(nothing.report.run.isEmpty());
        // More than the job keeps.
        job.undo = UndoSettings{30, 100};
        m_rig->pair.putSource(u"items"_s, {3, u"again"_s, 3});
        m_rig->pair.putSource(u"items"_s, {4, u"again"_s, 4});
        run = m_rig->run(job);
        QCOMPARE(run.totals().updates, 2);
        const UndoOutcome much = undo(job, run.run);
        QCOMPARE(much.report.error->code, ErrorCode::UndoMissing);
        // Other columns, another mapping.
        job.undo = {};
        m_rig->pair.putSource(u"items"_s, {5, u"again"_s, 5});
        run = m_rig->run(job);
        for (FakeDatabase *side : {&m_rig->pair.source, &m_rig->pair.target}) {
            side->alterTable(u"items"_s, [](TableSchema &schema) {
                Column added = schema.columns.last();
                added.name = u"more"_s;
                added.nullable = true;
                schema.columns += added;
            });
        }
        const QStringList now = items();
        const UndoOutcome other = undo(job, run.run);
        QCOMPARE(other.report.error->code, ErrorCode::UndoOutdated);
        QCOMPARE(other.report.error->facts.value(Fact::Table), u"items"_s);
        QCOMPARE(other.report.exitCode(), 4);
        QCOMPARE(items(), now);
    }

    void aHeldLockMeansBusy()
    {
        fill();
        const JobSettings job = m_rig->job();
        const RunReport run = m_rig->run(job);
        m_rig->pair.target.holdJobLock(job.id);
        const UndoOutcome back = undo(job, run.run);
        QCOMPARE(back.report.state, RunState::Busy);
        QCOMPARE(back.report.exitCode(), 5);
    }

    void fingerprintsAloneUndoInsertsAlone()
    {
        fill();
        const JobSettings job = m_rig->job({{u"keep"_s, u"fingerprints"_s}, {u"mode"_s, u"update"_s}});
        RunReport run = m_rig->run(job);
        QCOMPARE(shown(run), u"completed +1 ~1 -0"_s);
        const UndoOutcome refused = undo(job, run.run);
        QCOMPARE(refused.report.error->code, ErrorCode::UndoMissing);
        QCOMPARE(refused.report.error->facts.value(Fact::Table), u"items"_s);
        QFile file(undoPath(run.run));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(!file.readAll().contains("same")); // the values are really not there
        m_rig->pair.putSource(u"items"_s, {41, u"later"_s, 41});
        run = m_rig->run(job);
        QCOMPARE(shown(undo(job, run.run).report), u"completed +0 ~0 -1"_s);
    }

    void purgesByDaysAndBytes()
    {
        fill();
        JobSettings job = m_rig->job();
        const QString first = m_rig->run(job).run;
        m_rig->pair.clock.advanceMs(qint64{20} * 86'400'000);
        m_rig->pair.putSource(u"items"_s, {3, u"third"_s, 3});
        const QString second = m_rig->run(job).run;
        QVERIFY(QFileInfo::exists(undoPath(first)));
        m_rig->pair.clock.advanceMs(qint64{11} * 86'400'000);
        m_rig->run(job);
        QVERIFY(!QFileInfo::exists(undoPath(first)));
        QVERIFY(QFileInfo::exists(undoPath(second)));
        // Another job's files are its own.
        JobSettings other = job;
        other.id = u"6f1c0e0a-0000-4000-8000-000000000002"_s;
        m_rig->pair.putSource(u"items"_s, {4, u"fourth"_s, 4});
        const QString third = m_rig->run(other).run;
        QVERIFY(QFileInfo::exists(undoPath(third)));
        m_rig->pair.putSource(u"items"_s, {5, u"fifth"_s, 5});
        job.undo.bytes = QFileInfo(undoPath(second)).size() + 20'000;
        const QString fourth = m_rig->run(job).run;
        QVERIFY(!QFileInfo::exists(undoPath(second)));
        QVERIFY(QFileInfo::exists(undoPath(third)));
        QVERIFY(QFileInfo::exists(undoPath(fourth)));
        QVERIFY(m_rig->journal->removeJob(job.id));
        QVERIFY(!QFileInfo::exists(undoPath(fourth)));
        QVERIFY(QFileInfo::exists(undoPath(third)));
    }

    void aRowsHistory()
    {
        fill();
        const JobSettings job = m_rig->job();
        const QString first = m_rig->run(job).run; // 2 updated, 40 inserted, 7 deleted
        m_rig->pair.putSource(u"items"_s, {40, u"newer"_s, 41});
        const QString second = m_rig->run(job).run;
        const auto of = [&](const QString &id) {
            return rowHistory(*m_rig->journal, job.id, {}, {{u"id"_s, id}}).value().changes;
        };
        QList<RowChange> changes = of(u"40"_s);
        QCOMPARE(changes.size(), 2);
        QCOMPARE(changes[0].run, second);
        QCOMPARE(changes[0].entry.decision, Decision::UpdateTarget);
        QCOMPARE(changes[0].entry.reason, Reason::CellsDiffer);
        QCOMPARE(changes[1].run, first);
        QCOMPARE(changes[1].entry.decision, Decision::InsertTarget);
        QCOMPARE(changes[1].entry.reason, Reason::MissingAtTarget);
        QCOMPARE(changes[1].entry.after, changes[0].entry.before); // known from the run that overwrote it
        changes = of(u"7"_s);
        QCOMPARE(changes.size(), 1);
        QCOMPARE(changes[0].entry.reason, Reason::MissingAtSource);
        QVERIFY(!changes[0].entry.before.isEmpty());
        QVERIFY(of(u"1"_s).isEmpty());
        const UndoOutcome back = undo(job, second);
        changes = of(u"40"_s);
        QCOMPARE(changes.size(), 3);
        QCOMPARE(changes[0].undoes, second);
        QCOMPARE(changes[1].undoneBy, back.report.run);
        for (const QMap<QString, QString> &bad :
             {QMap<QString, QString>{{u"name"_s, u"x"_s}}, QMap<QString, QString>{{u"id"_s, u"x"_s}}}) {
            const auto refused = rowHistory(*m_rig->journal, job.id, {}, bad);
            QCOMPARE(refused.error().code, ErrorCode::Usage);
        }
    }

    void oneRowAlone()
    {
        fill();
        const QStringList before = items();
        const JobSettings job = m_rig->job();
        const RunReport run = m_rig->run(job);
        const auto row = [](const QString &id) {
            return [id](UndoRequest &request) { request.key = {{u"id"_s, id}}; };
        };
        QCOMPARE(undo(job, run.run, row(u"1"_s)).report.error->code, ErrorCode::UndoMissing);
        QCOMPARE(shown(undo(job, run.run, row(u"7"_s)).report), u"completed +1 ~0 -0"_s);
        QCOMPARE(shown(undo(job, run.run, row(u"2"_s)).report), u"completed +0 ~1 -0"_s);
        QCOMPARE(items().size(), before.size() + 1);
        const UndoOutcome rest = undo(job, run.run);
        QCOMPARE(shown(rest.report), u"completed +0 ~0 -1"_s);
        QCOMPARE(rest.tables.first().asBefore, 2);
        QCOMPARE(items(), before);
    }
};

QTEST_GUILESS_MAIN(TestUndo)
#include "tst_undo.moc"
