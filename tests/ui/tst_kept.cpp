// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <QComboBox>
#include <QFileInfo>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTabWidget>
#include <QTableView>
#include <QTableWidget>
#include <QThreadPool>

#include "app/wording/wording.h"
#include "core/journal/basefile.h"
#include "core/run/basereset.h"
#include "core/run/twowayexecution.h"
#include "tests/ui/support/looks.h"
#include "tests/ui/support/person.h"
#include "tests/ui/support/twowaystage.h"
#include "ui/jobs/editorchecks.h"
#include "ui/jobs/editorkept.h"
#include "ui/jobs/jobdialog.h"
#include "ui/jobs/keptsize.h"
#include "ui/main/sample.h"
#include "ui/main/settingsdialog.h"
#include "ui/main/startpage.h"
#include "ui/plan/firststrip.h"
#include "ui/plan/previewwindow.h"
#include "ui/widgets/askbox.h"
#include "ui/widgets/style.h"

using namespace Qt::StringLiterals;
using namespace tidemark;

// What is kept of people's rows on this machine: shown with its size, cleared when asked and after a question, and what
// a job does once it is gone.
class TestKept : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QApplication::setStyle(new TidemarkStyle); }
    void cleanup() { QThreadPool::globalInstance()->waitForDone(); }
    void resetMakesTheNextRunAFirstOne();
    void resetWaitsForNoRun();
    void estimateIsOfTheRightSize();
    void storageIsClearedAfterAQuestion();
    void aJobsUndoFilesGo();
    void theFirstRuleIsAskedOnce();
    void theEditorForgets();
    void screens_data() { looks::settings_data(); }
    void screens();

private:
    void shoot(QWidget &window, const QString &name)
    {
        QCoreApplication::processEvents();
        for (const QString &fault : looks::shoot(window, u"kept-"_s + name))
            m_faults << name + u": "_s + fault;
    }
    QStringList m_faults;
};

static QPushButton *button(QWidget &window, const QString &name) { return window.findChild<QPushButton *>(name); }

static RunReport planned(TwoWayStage &stage, const JobSettings &job, const QString &file)
{
    Cancellation cancellation;
    ProgressBoard board;
    return stage.desk().plan(job, {}, file, cancellation, board);
}

static Result<int> reset(TwoWayStage &stage, const QStringList &tables)
{
    Cancellation cancellation;
    return resetBase(stage.job(), tables, stage.desk().connector(), stage.desk().journal(), stage.desk().clock(),
                     cancellation);
}

void TestKept::resetMakesTheNextRunAFirstOne()
{
    TwoWayStage stage;
    QVERIFY(stage.isReady());
    const RunReport before = stage.compare();
    QVERIFY(!before.tables.isEmpty());
    for (const TableReport &table : before.tables)
        QVERIFY(table.deletesChecked);
    QCOMPARE(firstMeeting(before.tables), FirstMeeting{});
    const QString name = before.tables.first().source;
    const auto forgotten = reset(stage, {name});
    QVERIFY2(forgotten, forgotten ? "" : qPrintable(forgotten.error().detail));
    QCOMPARE(*forgotten, 1);
    QCOMPARE(reset(stage, {name}).value(), 0); // it is gone
    const RunReport after = planned(stage, stage.job(), stage.planFile() + u"2"_s);
    for (const TableReport &table : after.tables)
        QCOMPARE(table.deletesChecked, table.source != name);
    QCOMPARE(firstMeeting(after.tables).tables, qint64(1));
    QCOMPARE(reset(stage, {}).value(), int(before.tables.size()) - 1); // the others
    QCOMPARE(reset(stage, {u"no such table"_s}).error().code, ErrorCode::NoSuchTable);
}

void TestKept::resetWaitsForNoRun()
{
    TwoWayStage stage;
    QVERIFY(stage.isReady());
    OpenOptions options;
    options.writable = true;
    const auto session = stage.desk().connector().openSql(stage.job().target, options);
    QVERIFY(session);
    QVERIFY((*session)->tryJobLock(stage.job().id).value());
    const auto forgotten = reset(stage, {});
    QVERIFY(!forgotten);
    QCOMPARE(forgotten.error().code, ErrorCode::Busy);
}

// Within a factor of three of what a real base takes.
void TestKept::estimateIsOfTheRightSize()
{
    QTemporaryDir folder;
    TableSchema schema;
    Column id;
    id.name = u"id"_s;
    id.type.kind = CellKind::Integer;
    Column name;
    name.name = u"name"_s;
    name.type.kind = CellKind::Text;
    schema.columns = {id, name, name, name};
    schema.primaryKey = {u"id"_s};
    constexpr int rows = 20'000;
    for (const bool cells : {true, false}) {
        const QString file = folder.filePath(cells ? u"cells.db"_s : u"prints.db"_s);
        {
            const auto base = BaseFile::open(file);
            QVERIFY(base);
            std::vector<BaseChange> changes;
            for (int row = 0; row < rows; ++row) {
                BaseRecord record;
                record.source.low = record.target.low = quint64(row);
                if (cells)
                    record.picture = QByteArray(5 + 13 + 3 * (4 + 18), 'x'); // names of 18 letters
                changes.push_back({u"%1"_s.arg(row, 9, 10, QLatin1Char('0')).toStdString(), record});
            }
            QVERIFY((*base)->change(u"t"_s, changes));
        }
        const double real = double(QFileInfo(file).size());
        const KeptSize size = keptSize(&schema, rows, cells);
        QCOMPARE(size.rows, qint64(rows));
        QVERIFY2(double(size.bytes) > real / 2 && double(size.bytes) < real * 2,
                 qPrintable(u"%1 for %2"_s.arg(size.bytes).arg(real)));
    }
    QCOMPARE(keptSize(nullptr, 5, true), (KeptSize{0, 0, 1}));
    QCOMPARE(keptSize(&schema, -1, true), (KeptSize{0, 0, 1}));
    QVERIFY(keptSize(&schema, rows, false).bytes < keptSize(&schema, rows, true).bytes);
}

void TestKept::storageIsClearedAfterAQuestion()
{
    wording::useLanguage(u"en"_s);
    TwoWayStage stage;
    QVERIFY(stage.isReady());
    stage.compare();
    stage.apply();
    const auto runs = [&] { return stage.desk().journal().undoRuns(stage.job().id).value().size(); };
    const qsizetype before = runs();
    QVERIFY(before > 0);
    SettingsDialog dialog({});
    dialog.setDesk(stage.shared());
    dialog.show();
    auto *jobs = dialog.findChild<QTableWidget *>(u"storageJobs"_s);
    QTRY_COMPARE(jobs->rowCount(), 1);
    QCOMPARE(jobs->item(0, 0)->text(), stage.job().name);
    QCOMPARE(jobs->item(0, 1)->text(), QString::number(before));
    QVERIFY(dialog.findChild<QLabel *>(u"storageTotals"_s)->text().startsWith(u"Journal "_s));
    QVERIFY(!button(dialog, u"storageOfJob"_s)->isEnabled()); // nothing is selected
    // None is older: nothing is asked.
    QTRY_VERIFY(button(dialog, u"storageOlder"_s)->isEnabled());
    QTest::mouseClick(button(dialog, u"storageOlder"_s), Qt::LeftButton);
    QTRY_COMPARE(dialog.findChild<QLabel *>(u"storageSaid"_s)->text(), u"No undo file is that old."_s);
    QVERIFY(!dialog.findChild<AskBox *>(u"storageBox"_s));
    QTest::mouseClick(button(dialog, u"storageConflicts"_s), Qt::LeftButton);
    QTRY_COMPARE(dialog.findChild<QLabel *>(u"storageSaid"_s)->text(), u"There are no closed conflicts."_s);
    QCOMPARE(runs(), before);
}

void TestKept::aJobsUndoFilesGo()
{
    wording::useLanguage(u"en"_s);
    TwoWayStage stage;
    QVERIFY(stage.isReady());
    stage.compare();
    stage.apply();
    const auto runs = [&] { return stage.desk().journal().undoRuns(stage.job().id).value().size(); };
    const qsizetype before = runs();
    SettingsDialog dialog({});
    dialog.setDesk(stage.shared());
    dialog.show();
    auto *jobs = dialog.findChild<QTableWidget *>(u"storageJobs"_s);
    QTRY_COMPARE(jobs->rowCount(), 1);
    jobs->selectRow(0);
    auto *remove = button(dialog, u"storageOfJob"_s);
    QTRY_VERIFY(remove->isEnabled());
    QTest::mouseClick(remove, Qt::LeftButton);
    QTRY_VERIFY(dialog.findChild<AskBox *>(u"storageBox"_s));
    auto *box = dialog.findChild<AskBox *>(u"storageBox"_s);
    QVERIFY2(box->text().contains(before == 1 ? u"1 run cannot be undone any more."_s
                                              : u"%1 runs cannot be undone any more."_s.arg(before)),
             qPrintable(box->text()));
    QTest::keyClick(box, Qt::Key_Escape); // keeps
    QTRY_VERIFY(!dialog.findChild<AskBox *>(u"storageBox"_s));
    QCOMPARE(runs(), before);
    QTest::mouseClick(remove, Qt::LeftButton);
    QTRY_VERIFY(dialog.findChild<AskBox *>(u"storageBox"_s));
    for (QAbstractButton *choice : dialog.findChild<AskBox *>(u"storageBox"_s)->buttons()) {
        if (choice->text().startsWith(u"Remove"_s))
            QTest::mouseClick(choice, Qt::LeftButton);
    }
    QTRY_COMPARE(runs(), qsizetype(0));
    QTRY_VERIFY(dialog.findChild<QLabel *>(u"storageSaid"_s)->text().startsWith(u"Removed: "_s));
    QTRY_COMPARE(jobs->item(0, 1)->text(), u"0"_s);
}

void TestKept::theFirstRuleIsAskedOnce()
{
    wording::useLanguage(u"en"_s);
    TwoWayStage stage;
    QVERIFY(stage.isReady());
    QVERIFY(reset(stage, {}));
    const RunReport report = stage.compare();
    const FirstMeeting meeting = firstMeeting(report.tables);
    QVERIFY(meeting.tables > 0 && meeting.differ > 0);
    PreviewWindow window(stage.job(), report, stage.planFile());
    QSignalSpy ready(&window, &PreviewWindow::ready);
    QSignalSpy chosen(&window, &PreviewWindow::firstRuleChosen);
    window.show();
    QVERIFY(ready.wait(30'000));
    auto *strip = window.findChild<FirstStrip *>();
    QVERIFY(strip->isVisible());
    auto *choice = window.findChild<QComboBox *>(u"firstChoice"_s);
    QVERIFY(!choice->isVisible()); // nobody would hear it
    window.offerFirstRules();
    QVERIFY(choice->isVisible());
    auto *use = button(window, u"firstUse"_s);
    QVERIFY(!use->isEnabled()); // as the job has it
    choice->setCurrentIndex(choice->findData(u"source"_s));
    QVERIFY(use->isEnabled());
    QTest::mouseClick(use, Qt::LeftButton);
    QCOMPARE(chosen.size(), 1);
    QCOMPARE(chosen.first().first().toString(), u"source"_s);
    // As the job has it from then on: every row that differs goes to one side, and nobody is asked.
    JobSettings answered = stage.job();
    answered.defaults.conflicts.first = ConflictPolicy::Source;
    for (JobTable &table : answered.tables)
        table.conflicts.first = ConflictPolicy::Source;
    const RunReport after = planned(stage, answered, stage.planFile() + u"2"_s);
    qint64 conflicts = 0;
    for (const TableReport &table : after.tables)
        conflicts += table.conflicts;
    QCOMPARE(conflicts, qint64(0));
    QCOMPARE(firstMeeting(after.tables), meeting);
}

static bool openKept(JobDialog &dialog)
{
    dialog.show();
    if (!QTest::qWaitFor([&] { return dialog.checks().state() == EditorChecks::State::Checked; }, 15'000))
        return false;
    dialog.findChild<QListWidget *>(u"pages"_s)->setCurrentRow(1);
    auto *tables = dialog.findChild<QTableView *>(u"tables"_s);
    if (!QTest::qWaitFor([&] { return tables->model()->rowCount() >= 2; }, 30'000))
        return false;
    if (!person::click(dialog.findChild<QWidget *>(u"someTables"_s)))
        return false;
    tables->setCurrentIndex(tables->model()->index(0, 0));
    auto *tabs = dialog.findChild<QTabWidget *>(u"tableTabs"_s);
    tabs->setCurrentIndex(4);
    return tabs->isTabVisible(4);
}

void TestKept::theEditorForgets()
{
    wording::useLanguage(u"en"_s);
    TwoWayStage stage;
    QVERIFY(stage.isReady());
    JobDialog dialog(stage.shared(), stage.job().file, {});
    QVERIFY(openKept(dialog));
    QTRY_VERIFY(dialog.findChild<QLabel *>(u"keptSize"_s)->text().startsWith(u"About "_s));
    QTRY_VERIFY(dialog.findChild<QLabel *>(u"modeSize"_s)->text().contains(u"are kept on this machine"_s));
    auto *forget = button(dialog, u"resetBase"_s);
    QVERIFY(forget->isEnabled());
    QTest::mouseClick(forget, Qt::LeftButton);
    QTRY_VERIFY(dialog.findChild<AskBox *>(u"resetBox"_s));
    for (QAbstractButton *choice : dialog.findChild<AskBox *>(u"resetBox"_s)->buttons()) {
        if (choice->text() == u"Forget")
            QTest::mouseClick(choice, Qt::LeftButton);
    }
    QTRY_VERIFY(dialog.findChild<QLabel *>(u"keptSaid"_s)->text().startsWith(u"Forgotten."_s));
    QCOMPARE(firstMeeting(stage.compare().tables).tables, qint64(1));
    // Fingerprints alone are said in the job, of this table.
    auto *keep = dialog.findChild<EditorKept *>()->findChild<QComboBox *>(u"keep"_s);
    keep->setCurrentIndex(keep->findText(u"Its fingerprint alone"_s));
    Q_EMIT keep->activated(keep->currentIndex());
    const auto kept = [&] {
        QStringList names;
        for (const JobTable &table : dialog.checks().job()->tables)
            names << (table.kept == Kept::Fingerprints ? table.source.name : QString());
        return names.join(QString());
    };
    QTRY_COMPARE(kept(), u"customers"_s);
}

void TestKept::screens()
{
    looks::use(looks::fetch());
    TwoWayStage stage;
    QVERIFY(stage.isReady());
    StartPage start;
    start.offerSecondSample();
    start.resize(1000, 600);
    start.show();
    shoot(start, u"1-start"_s);
    {
        JobDialog dialog(stage.shared(), stage.job().file, {});
        QVERIFY(openKept(dialog));
        QTRY_VERIFY(!dialog.findChild<QLabel *>(u"modeSize"_s)->text().isEmpty());
        shoot(dialog, u"2-table"_s);
        dialog.findChild<QListWidget *>(u"pages"_s)->setCurrentRow(0);
        shoot(dialog, u"3-sides"_s);
    }
    QVERIFY(reset(stage, {}));
    const RunReport report = stage.compare();
    {
        PreviewWindow window(stage.job(), report, stage.planFile());
        window.offerFirstRules();
        QSignalSpy ready(&window, &PreviewWindow::ready);
        window.show();
        QVERIFY(ready.wait(30'000));
        shoot(window, u"4-first"_s);
    }
    stage.apply();
    SettingsDialog dialog({});
    dialog.setDesk(stage.shared());
    dialog.show();
    auto *jobs = dialog.findChild<QTableWidget *>(u"storageJobs"_s);
    QTRY_VERIFY(jobs->rowCount() > 0);
    jobs->selectRow(0);
    shoot(dialog, u"5-storage"_s);
    QTRY_VERIFY(button(dialog, u"storageOfJob"_s)->isEnabled());
    button(dialog, u"storageOfJob"_s)->click();
    QTRY_VERIFY(dialog.findChild<AskBox *>(u"storageBox"_s));
    shoot(*dialog.findChild<AskBox *>(u"storageBox"_s), u"6-question"_s);
    dialog.findChild<AskBox *>(u"storageBox"_s)->reject();
    QThreadPool::globalInstance()->waitForDone();
    const QStringList faults = std::exchange(m_faults, {});
    QVERIFY2(faults.isEmpty(), qPrintable(u"\n    "_s + faults.join(u"\n    "_s)));
}

QTEST_MAIN(TestKept)
#include "tst_kept.moc"
