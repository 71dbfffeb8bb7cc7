// SPDX-License-Identifier: GPL-3.0-or-later
#include <QAction>
#include <QSignalSpy>
#include <QTableView>

#include "app/wording/wording.h"
#include "core/config/jsontext.h"
#include "tests/ui/support/pages.h"
#include "tests/ui/support/person.h"
#include "tests/ui/support/twowaystage.h"
#include "ui/conflicts/conflictcellview.h"
#include "ui/conflicts/conflictlistmodel.h"
#include "ui/conflicts/conflictwindow.h"
#include "ui/history/historywindow.h"
#include "ui/main/mainwindow.h"

using namespace Qt::StringLiterals;
using namespace tidemark;

// Windows that stand open while somebody else works in the same workspace: the command line, `watch`, another window.
class TestConflictFollows : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { wording::useLanguage(u"en"_s); }
    void whatIsRunAndAnsweredElsewhere();
    void whatIsBegunIsAskedFor();

private:
    template <typename Window> static Window *shown()
    {
        const QWidgetList windows = QApplication::topLevelWidgets();
        for (QWidget *widget : windows) {
            if (auto *window = qobject_cast<Window *>(widget); window && window->isVisible())
                return window;
        }
        return nullptr;
    }
};

void TestConflictFollows::whatIsRunAndAnsweredElsewhere()
{
    TwoWayStage stage;
    QVERIFY(stage.isReady());
    MainWindow::Options options;
    options.folder = stage.workspace();
    options.preferences.language = u"en"_s;
    person::elsewhere([&] { options.preferences.trust(jobHash(*readJsonFile(stage.job().file))); });
    MainWindow window(options);
    QVERIFY(pages::openWorkspace(window));
    QVERIFY(pages::selectJob(window, u"Till and tablet"_s));
    QVERIFY(pages::compare(window));
    QTest::keyClick(&window, Qt::Key_H, Qt::ControlModifier);
    QTRY_VERIFY(shown<HistoryWindow>());
    auto *runs = shown<HistoryWindow>()->findChild<QTableView *>(u"historyRuns"_s)->model();
    QTRY_VERIFY(runs->rowCount() > 0);
    const int before = runs->rowCount();
    window.activateWindow();
    QTRY_VERIFY(window.isActiveWindow());
    QTest::keyClick(&window, Qt::Key_F4);
    QTRY_VERIFY(shown<ConflictWindow>());
    ConflictWindow &conflicts = *shown<ConflictWindow>();
    QTRY_VERIFY2(person::shows(conflicts, u"found by a comparison"_s),
                 qPrintable(person::texts(conflicts).join(u'\n'))); // no run has met it
    auto *cells = conflicts.findChild<ConflictCellView *>();
    QTRY_VERIFY(cells->model()->rowCount() > 0);
    QTest::keyClick(cells, Qt::Key_Less); // begun
    const QString begun = cells->model()->index(0, ConflictCellModel::Outcome).data().toString();

    stage.compare();
    const RunReport report = stage.apply();
    QCOMPARE(report.state, RunState::NeedsAttention);
    QTRY_COMPARE(runs->rowCount(), before + 1);
    person::elsewhere([&] {
        const QList<Conflict> open = stage.desk().journal().conflicts(stage.job().id, {}).value();
        const Conflict &last = open.last();
        if (!stage.desk().journal().answerConflicts(
                stage.job().id, {{last.id, ConflictAnswer::Skip, {}, {}, picturesPrint(last)}}, u"bob"_s, 1))
            qFatal("not answered");
    });
    QTRY_VERIFY2(person::shows(conflicts, u"1 open"_s), qPrintable(person::texts(conflicts).join(u'\n')));
    QCOMPARE(cells->model()->index(0, ConflictCellModel::Outcome).data().toString(), begun); // never under the hand
}

void TestConflictFollows::whatIsBegunIsAskedFor()
{
    TwoWayStage stage;
    stage.compare();
    stage.apply();
    auto window = std::make_unique<ConflictWindow>(stage.shared(), stage.job());
    window->show();
    auto *cells = window->findChild<ConflictCellView *>();
    QTRY_VERIFY(cells->model()->rowCount() > 0);
    QTest::keyClick(cells, Qt::Key_Less);
    QTest::keyClick(cells, Qt::Key_Escape);
    QTRY_VERIFY(window->findChild<QWidget *>(u"begunAnswers"_s));
    QVERIFY(window->isVisible());
    QVERIFY(person::click(*window->findChild<QWidget *>(u"begunAnswers"_s), u"Go on answering"_s));
    QTRY_VERIFY(!window->findChild<QWidget *>(u"begunAnswers"_s));
    QVERIFY(window->isVisible());
    window->close();
    QTRY_VERIFY(window->findChild<QWidget *>(u"begunAnswers"_s));
    QVERIFY(person::click(*window->findChild<QWidget *>(u"begunAnswers"_s), u"Close without saving"_s));
    QTRY_VERIFY(!window->isVisible());
}

QTEST_MAIN(TestConflictFollows)
#include "tst_conflictfollows.moc"
