// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <QTemporaryDir>

#include "core/journal/planfile.h"
#include "ui/jobs/engine.h"
#include "ui/main/sample.h"

using namespace Qt::StringLiterals;
using namespace tidemark;

// Sample 1 by the real engine: its counts are the specification's, its history is true, and once synchronised there is
// nothing to do.
class TestSample : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void countsAreThoseOfTheStory();
    void canBeBuiltAgain();
    void synchronisesByItsPlan();

private:
    struct Built
    {
        std::shared_ptr<Desk> desk;
        JobSettings job;
    };
    static Built build(const QTemporaryDir &folder);
    static RunReport plan(const Built &built, const QString &file);
};

TestSample::Built TestSample::build(const QTemporaryDir &folder)
{
    auto desk = Desk::open(folder.filePath(u"workspace"_s), {});
    if (!desk)
        qFatal("%s", qPrintable(codeName(desk.error().code)));
    Cancellation cancellation;
    const auto sample = buildSample(**desk, folder.filePath(u"samples"_s), cancellation);
    if (!sample)
        qFatal("%s: %s", qPrintable(codeName(sample.error().code)), qPrintable(sample.error().detail));
    return {*desk, (*desk)->workspace().job(sample->job).value()};
}

RunReport TestSample::plan(const Built &built, const QString &file)
{
    Cancellation cancellation;
    ProgressBoard board;
    return built.desk->plan(built.job, {}, file, cancellation, board);
}

static void compareStory(const RunReport &report)
{
    struct Row
    {
        QString table;
        qint64 equal;
        WriteCounts counts;
    };
    const Row story[] = {{u"customers"_s, 11, {1, 1, 0}},
                         {u"products"_s, 21, {0, 2, 1}},
                         {u"orders"_s, 38, {3, 1, 1}},
                         {u"order_lines"_s, 88, {5, 0, 2}}};
    if (report.error)
        qWarning("%s %s", qPrintable(codeName(report.error->code)), qPrintable(report.error->detail));
    QCOMPARE(report.state, RunState::Planned);
    QCOMPARE(report.tables.size(), qsizetype(4));
    for (const Row &row : story) {
        bool found = false;
        for (const TableReport &table : report.tables) {
            if (table.source != row.table)
                continue;
            found = true;
            QVERIFY(!table.error);
            QCOMPARE(table.identical, std::optional(row.equal));
            QCOMPARE(table.toTarget, row.counts);
        }
        QVERIFY2(found, qPrintable(row.table));
    }
    QCOMPARE(report.totals(), (WriteCounts{9, 4, 4}));
}

void TestSample::countsAreThoseOfTheStory()
{
    QTemporaryDir folder;
    const Built built = build(folder);
    const auto last = built.desk->journal().lastRun(built.job.id);
    QVERIFY(last && *last);
    QCOMPARE((*last)->state, RunState::Completed);
    QCOMPARE((*last)->totals(), (WriteCounts{166, 0, 0}));
    compareStory(plan(built, folder.filePath(u"plan.db"_s)));
}

void TestSample::canBeBuiltAgain()
{
    QTemporaryDir folder;
    build(folder);
    const Built again = build(folder);
    compareStory(plan(again, folder.filePath(u"plan.db"_s)));
    QCOMPARE(again.desk->workspace().connections().value().size(), qsizetype(2));
    QCOMPARE(again.desk->workspace().jobs().value().size(), qsizetype(1));
}

void TestSample::synchronisesByItsPlan()
{
    QTemporaryDir folder;
    const Built built = build(folder);
    RunOptions options;
    options.planFile = folder.filePath(u"plan.db"_s);
    compareStory(plan(built, options.planFile));
    Cancellation cancellation;
    ProgressBoard board;
    const RunReport run = built.desk->run(built.job, options, cancellation, board);
    QCOMPARE(run.state, RunState::Completed);
    QCOMPARE(run.totals(), (WriteCounts{9, 4, 4}));
    const RunReport verified = built.desk->verify(built.job, cancellation, board);
    QCOMPARE(verified.totals().total(), qint64(0));
    QCOMPARE(plan(built, folder.filePath(u"second.db"_s)).totals().total(), qint64(0));
}

QTEST_GUILESS_MAIN(TestSample)
#include "tst_sample.moc"
