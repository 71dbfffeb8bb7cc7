// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <QAbstractButton>
#include <QApplication>
#include <QListWidget>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTableView>
#include <QThreadPool>

#include "tests/ui/support/looks.h"
#include "tests/ui/support/person.h"
#include "tests/ui/support/twowaystage.h"
#include "ui/jobs/editorchecks.h"
#include "ui/jobs/jobdialog.h"
#include "ui/jobs/jobpanel.h"
#include "ui/plan/confirmdialog.h"
#include "ui/plan/planrowmodel.h"
#include "ui/plan/previewwindow.h"
#include "ui/plan/rowsview.h"
#include "ui/report/reportwindow.h"
#include "ui/widgets/style.h"

using namespace Qt::StringLiterals;
using namespace tidemark;

// What a two-way job looks like from its editor to its report, in every language, theme and size of fonts.
class TestTwoWayScreens : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QApplication::setStyle(new TidemarkStyle); }
    void preview_data() { looks::settings_data(); }
    void preview();
    void runs_data() { looks::settings_data(); }
    void runs();
    void editor_data() { looks::settings_data(); }
    void editor();

private:
    void shoot(QWidget &window, const QString &name)
    {
        QCoreApplication::processEvents();
        for (const QString &fault : looks::shoot(window, u"two-way-"_s + name))
            m_faults << name + u": "_s + fault;
    }
    QStringList m_faults;
};

#define NO_FAULTS()                                                                                                    \
    const QStringList faults = std::exchange(m_faults, {});                                                            \
    QVERIFY2(faults.isEmpty(), qPrintable(u"\n    "_s + faults.join(u"\n    "_s)))

void TestTwoWayScreens::preview()
{
    looks::use(looks::fetch());
    TwoWayStage stage;
    QVERIFY(stage.isReady());
    JobSettings job = stage.job();
    const RunReport planned = stage.compare();
    {
        PreviewWindow window(job, planned, stage.planFile());
        window.setDesk(stage.shared());
        QSignalSpy ready(&window, &PreviewWindow::ready);
        window.show();
        QVERIFY(ready.wait(30'000));
        auto *rows = window.findChild<RowsView *>();
        auto *model = window.findChild<PlanRowModel *>();
        QTRY_VERIFY(rows->current().isValid());
        int merged = -1, conflict = -1;
        for (int row = 0; row < model->rowCount(); ++row) {
            merged = model->row(row)->decision == Decision::Merge ? row : merged;
            conflict = model->row(row)->decision == Decision::Conflict ? row : conflict;
        }
        rows->select(merged, 2);
        QTRY_VERIFY(person::shows(window, u"6.9"_s));
        shoot(window, u"1-merged"_s);
        rows->select(conflict, 2);
        QTRY_VERIFY(window.findChild<QAbstractButton *>(u"answerButton"_s)->isVisible());
        shoot(window, u"2-conflict"_s);
        window.resize(window.minimumSize());
        shoot(window, u"3-smallest"_s);
        QTest::keyClick(&window, Qt::Key_F9);
        QTRY_VERIFY(window.findChild<ConfirmDialog *>());
        auto *confirm = window.findChild<ConfirmDialog *>();
        shoot(*confirm, u"4-confirm"_s);
        confirm->reject();
    }
    QThreadPool::globalInstance()->waitForDone();
    NO_FAULTS();
}

void TestTwoWayScreens::runs()
{
    looks::use(looks::fetch());
    TwoWayStage stage;
    QVERIFY(stage.isReady());
    JobEntry entry;
    entry.key = u"job"_s;
    entry.settings = stage.job();
    entry.name = stage.job().name;
    entry.planned = stage.compare();
    entry.planFile = stage.planFile();
    entry.settings->source.production = true;
    JobPanel panel;
    panel.showJob(&entry);
    panel.resize(420, 520);
    panel.show();
    shoot(panel, u"5-panel"_s);
    const RunReport report = stage.apply();
    ReportWindow window(stage.shared(), stage.job(), report, false);
    window.show();
    shoot(window, u"6-report"_s);
    entry.planned.reset();
    entry.last = report;
    panel.showJob(&entry);
    shoot(panel, u"7-after"_s);
    QThreadPool::globalInstance()->waitForDone();
    NO_FAULTS();
}

void TestTwoWayScreens::editor()
{
    looks::use(looks::fetch());
    TwoWayStage stage(
        {{u"conflicts"_s, QJsonObject{{u"policy"_s, u"newest"_s}, {u"column"_s, u"id"_s}, {u"margin"_s, u"2s"_s}}}});
    QVERIFY(stage.isReady());
    {
        JobDialog dialog(stage.shared(), stage.job().file, {});
        dialog.show();
        QTRY_VERIFY_WITH_TIMEOUT(dialog.checks().state() == EditorChecks::State::Checked, 15'000);
        auto *pages = dialog.findChild<QListWidget *>(u"pages"_s);
        shoot(dialog, u"8-sides"_s);
        pages->setCurrentRow(1);
        auto *tables = dialog.findChild<QTableView *>(u"tables"_s);
        QTRY_VERIFY(tables->model()->rowCount() >= 2);
        QVERIFY(person::click(dialog.findChild<QWidget *>(u"someTables"_s)));
        tables->setCurrentIndex(tables->model()->index(0, 0));
        auto *tabs = dialog.findChild<QTabWidget *>(u"tableTabs"_s);
        QVERIFY(tabs->isTabVisible(1));
        tabs->setCurrentIndex(3);
        shoot(dialog, u"9-table-rules"_s);
        pages->setCurrentRow(2);
        shoot(dialog, u"9-rules"_s);
    }
    QThreadPool::globalInstance()->waitForDone();
    NO_FAULTS();
}

QTEST_MAIN(TestTwoWayScreens)
#include "tst_twowayscreens.moc"
