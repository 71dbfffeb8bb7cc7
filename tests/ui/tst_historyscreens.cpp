// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <QApplication>
#include <QComboBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTabBar>
#include <QTableView>
#include <QThreadPool>

#include "tests/ui/support/looks.h"
#include "tests/ui/support/person.h"
#include "tests/ui/support/twowaystage.h"
#include "ui/history/historyrowsmodel.h"
#include "ui/history/historywindow.h"
#include "ui/widgets/style.h"

using namespace Qt::StringLiterals;
using namespace tidemark;

// What the history looks like, in every language, theme and size of fonts.
class TestHistoryScreens : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QApplication::setStyle(new TidemarkStyle); }
    void history_data() { looks::settings_data(); }
    void history();
    void empty_data() { looks::settings_data(); }
    void empty();

private:
    void shoot(QWidget &window, const QString &name)
    {
        QCoreApplication::processEvents();
        for (const QString &fault : looks::shoot(window, u"history-"_s + name))
            m_faults << name + u": "_s + fault;
    }
    QStringList m_faults;
};

#define NO_FAULTS()                                                                                                    \
    const QStringList faults = std::exchange(m_faults, {});                                                            \
    QVERIFY2(faults.isEmpty(), qPrintable(u"\n    "_s + faults.join(u"\n    "_s)))

void TestHistoryScreens::history()
{
    looks::use(looks::fetch());
    TwoWayStage stage(QJsonObject{{u"conflicts"_s, QJsonObject{{u"policy"_s, u"source"_s}}}});
    QVERIFY(stage.isReady());
    stage.compare();
    const RunReport report = stage.apply();
    // Runs of other days and fates, as the journal tells of them.
    person::elsewhere([&] {
        for (int i = 1; i <= 12; ++i) {
            RunReport run = report;
            run.run = u"2026-01-%1T080000.000Z-0001"_s.arg(i, 2, 10, QChar(u'0'));
            run.startedUs = report.startedUs - qint64{20 - i} * 86'400'000'000;
            run.finishedUs = run.startedUs + qint64{i % 5 + 1} * 900'000;
            run.tables[0].toTarget.updates = i * 7 % 23;
            if (i == 4)
                run.tables[0].error = Error{ErrorCode::NoKey, {{Fact::Table, u"products"_s}}, {}};
            if (i == 7) {
                run.tables[0].conflicts = 3;
                run.state = RunState::NeedsAttention;
            }
            if (!stage.desk().journal().startRun(run.jobId, run.job, run.run, run.startedUs)
                || !stage.desk().journal().finishRun(run))
                qWarning("a run was not kept");
        }
    });
    {
        HistoryWindow window(stage.shared());
        window.show();
        auto *box = window.findChild<QComboBox *>(u"historyTable"_s);
        QTRY_VERIFY(box->count() > 0);
        int tablet = -1;
        for (int i = 0; i < box->count(); ++i) {
            if (box->itemText(i).contains(u"products"_s) && box->itemText(i).contains(u"Tablet"_s))
                tablet = i;
        }
        box->setCurrentIndex(tablet);
        auto *rows = window.findChild<QTableView *>(u"historyRows"_s);
        QTRY_VERIFY(!rows->model()->index(0, HistoryRowsModel::Key).data().toString().isEmpty());
        for (int row = 0; row < rows->model()->rowCount(); ++row) {
            if (rows->model()->index(row, HistoryRowsModel::Key).data().toString() == u"1"_s)
                rows->setCurrentIndex(rows->model()->index(row, 0));
        }
        shoot(window, u"1-run"_s);
        auto *tabs = window.findChild<QTabBar *>();
        tabs->setCurrentIndex(1);
        shoot(window, u"2-sql"_s);
        tabs->setCurrentIndex(0);
        window.resize(window.minimumSize());
        shoot(window, u"3-smallest"_s);
        window.resize(1280, 800);
        auto *runs = window.findChild<QTableView *>(u"historyRuns"_s);
        runs->setCurrentIndex(runs->model()->index(runs->model()->rowCount() - 4, 0)); // failed in part
        QTRY_VERIFY(window.findChild<QPushButton *>(u"undoRun"_s)->toolTip().size() > 10);
        QTRY_COMPARE(box->count(), 0);
        shoot(window, u"4-failed"_s);
    }
    QThreadPool::globalInstance()->waitForDone();
    NO_FAULTS();
}

void TestHistoryScreens::empty()
{
    looks::use(looks::fetch());
    QTemporaryDir folder;
    std::shared_ptr<Desk> desk;
    person::elsewhere([&] { desk = Desk::open(folder.path(), {}).value(); });
    HistoryWindow window(desk);
    window.show();
    QThreadPool::globalInstance()->waitForDone();
    QCoreApplication::processEvents();
    shoot(window, u"5-empty"_s);
    NO_FAULTS();
}

QTEST_MAIN(TestHistoryScreens)
#include "tst_historyscreens.moc"
