// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <QApplication>
#include <QClipboard>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLabel>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTemporaryDir>

#include "app/wording/wording.h"
#include "tests/app/clirun.h"
#include "tests/ui/support/person.h"
#include "ui/jobs/engine.h"
#include "ui/plan/confirmdialog.h"
#include "ui/report/reporttext.h"
#include "ui/report/reportwindow.h"
#include "ui/widgets/accentbutton.h"

using namespace Qt::StringLiterals;
using namespace tidemark;

// What the report says and hands on, held against what the command line says of the same run.
class TestReportWindow : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { wording::useLanguage(u"en"_s); }
    void theJsonIsTheCommandLines();
    void anUnreadableJournalCopiesNothing();
    void deletesOfAnotherDatabaseSayWhy_data();
    void deletesOfAnotherDatabaseSayWhy();
    void anotherDatabasesDeletesAreTyped();
    void timesHaveOneForm();
    void whatWaitsForAPersonComesFirst();
};

static JobSettings someJob()
{
    JobSettings job;
    job.id = u"11111111-2222-3333-4444-555555555555"_s;
    job.name = u"shop"_s;
    return job;
}

static std::shared_ptr<Desk> opened(const QString &folder)
{
    std::shared_ptr<Desk> desk;
    person::elsewhere([&] { desk = Desk::open(folder, {}).value(); });
    return desk;
}

// Field by field, with the row that was set aside.
void TestReportWindow::theJsonIsTheCommandLines()
{
    const CliFolder folder;
    QVERIFY(folder
                .sql(u"a.db"_s,
                     "CREATE TABLE orders (id INTEGER PRIMARY KEY, note TEXT);"
                     "INSERT INTO orders VALUES (1, 'one'), (2, 'two')")
                .isEmpty());
    QVERIFY(folder.sql(u"b.db"_s, "CREATE TABLE orders (id INTEGER PRIMARY KEY, note TEXT CHECK (note <> 'two'))")
                .isEmpty());
    folder.job(u"shop"_s, R"("id": "11111111-2222-3333-4444-555555555555", "tables": ["orders"])");
    const auto told = folder.json({u"run"_s, u"shop.json"_s});
    QVERIFY2(told.exitCode == 1, told.said().constData());
    QCOMPARE(told.json().value("leftRows"_L1).toArray().size(), 1);

    const std::shared_ptr<Desk> desk = opened(folder.path(u"workspace"_s));
    QList<RunReport> runs;
    person::elsewhere([&] { runs = desk->journal().runs(someJob().id, 1).value(); });
    QCOMPARE(runs.size(), 1);
    const person::Watch watch;
    ReportWindow window(desk, someJob(), runs.first(), false);
    window.show();
    QApplication::clipboard()->clear();
    QVERIFY(person::click(window, u"Copy as JSON"_s));
    QTRY_VERIFY(!QApplication::clipboard()->text().isEmpty());
    const auto copied = QJsonDocument::fromJson(QApplication::clipboard()->text().toUtf8());
    QCOMPARE(copied.toJson(), QJsonDocument(told.json()).toJson());
}

void TestReportWindow::anUnreadableJournalCopiesNothing()
{
    const CliFolder folder;
    const std::shared_ptr<Desk> desk = opened(folder.path(u"workspace"_s));
    RunReport report;
    report.jobId = someJob().id;
    report.state = RunState::NeedsAttention;
    report.attention = {{Attention::Kind::Quarantine, u"orders"_s, 1}};
    ReportWindow window(desk, someJob(), report, false);
    window.show();
    QCOMPARE(folder.sql(u"workspace/journal.db"_s, "DROP TABLE aside"), QStringList());
    QApplication::clipboard()->setText(u"before"_s);
    QVERIFY(person::click(window, u"Copy as JSON"_s));
    QTRY_VERIFY(person::shows(window, u"Not copied:"_s));
    QCOMPARE(QApplication::clipboard()->text(), u"before"_s);
    QVERIFY(person::button(window, u"Copy as JSON"_s)->isEnabled());
}

static TableReport withheld(bool sidesChanged)
{
    TableReport table;
    table.source = table.target = u"orders"_s;
    table.withheldDeletes = 3;
    table.sidesChanged = sidesChanged;
    return table;
}

void TestReportWindow::deletesOfAnotherDatabaseSayWhy_data()
{
    QTest::addColumn<bool>("changed");
    QTest::addColumn<QString>("what");
    QTest::newRow("the guard") << false << u"3 deletes withheld."_s;
    QTest::newRow("another database") << true
                                      << u"3 deletes withheld: a side is another database than at the last run."_s;
}

void TestReportWindow::deletesOfAnotherDatabaseSayWhy()
{
    QFETCH(bool, changed);
    RunReport report;
    report.state = RunState::NeedsAttention;
    report.tables = {withheld(changed)};
    const QList<ReportText::Problem> problems = ReportText::problems(report);
    QCOMPARE(problems.size(), 1);
    QTEST(problems.first().what, "what");
    QVERIFY(problems.first().next.contains(u"confirm the number"_s));
    QCOMPARE(problems.first().next.contains(u"may never have been in it"_s), changed);
}

// However few they are; otherwise the run would withhold what nobody was asked about.
void TestReportWindow::anotherDatabasesDeletesAreTyped()
{
    TableReport table = withheld(true);
    table.withheldDeletes = 0; // of a plan
    table.toTarget.deletes = 1;
    table.targetRows = 1000;
    QCOMPARE(guardedDeletes({table}, JobSettings()).deletes, 1);
    table.sidesChanged = false;
    QCOMPARE(guardedDeletes({table}, JobSettings()).deletes, 0);
}

void TestReportWindow::timesHaveOneForm()
{
    const QTemporaryDir folder;
    const std::shared_ptr<Desk> desk = opened(folder.path());
    SetAsideRow row;
    row.table = u"orders → orders"_s;
    row.key = "1";
    row.keyText = u"id = 1"_s;
    row.sinceUs = 1'700'000'000'000'000; // 2023-11-14 22:13:20 UTC
    person::elsewhere([&] { QVERIFY(desk->journal().setAside(someJob().id, {row})); });
    RunReport report;
    report.jobId = someJob().id;
    report.startedUs = row.sinceUs;
    const QString moment = QDateTime::fromMSecsSinceEpoch(row.sinceUs / 1000).toString(u"yyyy-MM-dd HH:mm"_s);
    for (const QString &language : {u"en"_s, u"zh_CN"_s}) {
        wording::useLanguage(language);
        LeftRowsModel model(desk);
        model.show(someJob().id, LeftRowsModel::Kind::Aside, 1);
        const QModelIndex since = model.index(0, LeftRowsModel::Since);
        QTRY_COMPARE(since.data().toString(), moment);
        ReportWindow window(desk, someJob(), report, false);
        window.show();
        QVERIFY(person::shows(window, moment));
        QVERIFY(ReportText::plainText(report, {}).contains(moment + u":"_s)); // and the seconds
    }
    wording::useLanguage(u"en"_s);
}

// By F4, as everywhere, and by the one filled button.
void TestReportWindow::whatWaitsForAPersonComesFirst()
{
    const CliFolder folder;
    ReportWindow window(opened(folder.path(u"workspace"_s)), someJob(), RunReport(), false);
    window.show();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    const QSignalSpy wanted(&window, &ReportWindow::conflictsRequested);
    const auto *answer = window.findChild<AccentButton *>(u"answer"_s);
    const auto *compare = window.findChild<AccentButton *>(u"compareAgain"_s);
    window.setOffers(false, true, 0);
    QVERIFY(!answer->isVisible());
    QVERIFY(compare->isAccent());
    QTest::keyClick(&window, Qt::Key_F4);
    QCOMPARE(wanted.size(), 0);
    window.setOffers(false, true, 3);
    QVERIFY(answer->isVisible());
    QVERIFY(answer->isAccent());
    QVERIFY(!compare->isAccent());
    QTest::keyClick(&window, Qt::Key_F4);
    QCOMPARE(wanted.size(), 1);
    window.setOffers(false, false, 3); // while the job runs
    QTest::keyClick(&window, Qt::Key_F4);
    QCOMPARE(wanted.size(), 1);
}

QTEST_MAIN(TestReportWindow)
#include "tst_reportwindow.moc"
