// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QComboBox>
#include <QElapsedTimer>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPointer>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QThreadPool>

#include "tests/ui/support/conflictscene.h"
#include "tests/ui/support/person.h"
#include "app/wording/wording.h"
#include "tests/ui/support/twowaystage.h"
#include "ui/conflicts/answersdialog.h"
#include "ui/conflicts/conflictcellview.h"
#include "ui/conflicts/conflictlistmodel.h"
#include "ui/conflicts/conflictwindow.h"
#include "ui/widgets/style.h"

using namespace Qt::StringLiterals;
using namespace tidemark;
using Cells = ConflictCellModel;

namespace {

const QStringList products{u"id integer"_s,    u"name"_s,           u"price decimal 2"_s,
                           u"stock integer"_s, u"active boolean"_s, u"changed timestamp"_s};

} // namespace

class TestConflictWindow : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        QApplication::setStyle(new TidemarkStyle);
        wording::useLanguage(u"en"_s);
    }
    void empty();
    void twoCellsOfForty();
    void wholeRow();
    void mergesWhatOneSideChanged();
    void editsByType_data();
    void editsByType();
    void refusesWhatIsNoValue();
    void absentRows();
    void keepsDrafts();
    void takesBack();
    void filters();
    void similar();
    void policies();
    void movedUnderTheHand();
    void goneUnderTheHand();
    void waitsForARun();
    void opensWhereItIsTold();
    void closesWhileEditing();
    void tenThousand();
    void wholeWay();
};

void TestConflictWindow::empty()
{
    ConflictStage stage;
    QVERIFY(stage.isReady());
    ConflictScene scene(stage);
    QTRY_VERIFY(person::shows(scene.window, u"No conflict waits"_s));
    QVERIFY(!scene.button("writeAnswers")->isVisible());
}

void TestConflictWindow::twoCellsOfForty()
{
    ConflictStage stage;
    QStringList columns{u"id integer"_s}, base{u"1"_s};
    for (int i = 0; i < 40; ++i) {
        columns << u"c%1"_s.arg(i);
        base << u"v"_s;
    }
    QStringList source = base, target = base;
    source[7] = u"s7"_s;
    target[7] = u"t7"_s;
    source[30] = u"s30"_s;
    target[30] = u"t30"_s;
    stage.addTable(u"wide"_s, columns);
    stage.meet(u"wide"_s, base.join(u'|'), source.join(u'|'), target.join(u'|'));
    stage.flush();
    const person::Watch watch;
    ConflictScene scene(stage);
    QSignalSpy counts(&scene.window, &ConflictWindow::countChanged);
    SHOWN(scene, u"both changed c6, c29"_s);
    QTRY_COMPARE(scene.cells->model()->rowCount(), 2);
    QVERIFY(person::shows(scene.window, u"38 columns agree"_s));
    QCOMPARE(scene.text(0, Cells::Base), u"v"_s);
    QCOMPARE(scene.text(0, Cells::Source), u"s7"_s);
    QCOMPARE(scene.text(0, Cells::Target), u"t7"_s);
    QCOMPARE(scene.outcome(0), u"unanswered"_s);
    QVERIFY(!scene.button("saveAndNext")->isEnabled());
    scene.press(Qt::Key_Less); // goes on to the next one
    QCOMPARE(scene.outcome(0), u"s7"_s);
    QVERIFY(!scene.button("saveAndNext")->isEnabled());
    scene.press(Qt::Key_Greater);
    QCOMPARE(scene.outcome(1), u"t30"_s);
    scene.press(Qt::Key_Return);
    QTRY_VERIFY(person::shows(scene.window, u"1 answer saved and not yet written"_s));
    const Conflict answered = stage.conflicts().first();
    QCOMPARE(answered.state, ConflictState::Answered);
    QVERIFY(!answered.answeredBy.isEmpty());
    target[7] = u"s7"_s;
    QCOMPARE(stage.row(answered, false), target.join(u'|'));
    QCOMPARE(stage.row(answered, true), target.join(u'|'));
    QCOMPARE(counts.last().first().toLongLong(), 0);
    QSignalSpy wish(&scene.window, &ConflictWindow::writeRequested);
    QVERIFY(person::click(scene.window, u"Write 1 answer"_s));
    QCOMPARE(wish.size(), 1);
}

void TestConflictWindow::wholeRow()
{
    ConflictStage stage;
    stage.addTable(u"products"_s, products);
    stage.meet(u"products"_s, u"1|Tea|1.00|5|true|2024-01-01 00:00:00"_s, u"1|Te|1.50|5|true|2024-01-02 00:00:00"_s,
               u"1|Tee|1.00|6|true|2024-01-03 00:00:00"_s);
    stage.meet(u"products"_s, u"2|Ink|1.00|5|true|2024-01-01 00:00:00"_s, u"2|Ink|1.50|5|true|2024-01-01 00:00:00"_s,
               u"2|Ink|1.60|5|true|2024-01-01 00:00:00"_s);
    stage.flush();
    ConflictScene scene(stage);
    SHOWN(scene, u"1 of 2"_s);
    QTRY_COMPARE(scene.cells->model()->rowCount(), 2); // name and changed; price and stock merge
    scene.press(Qt::Key_Greater, Qt::ControlModifier);
    QCOMPARE(scene.outcome(0), u"Tee"_s);
    scene.press(Qt::Key_Return);
    scene.press(Qt::Key_Less, Qt::ControlModifier); // faster than the journal: meant for nothing that is shown
    SHOWN(scene, u"2 of 2"_s);
    QCOMPARE(stage.conflicts().first().answer, ConflictAnswer::Target);
    QTRY_COMPARE(scene.text(0, Cells::Base), u"1.00"_s);
    QVERIFY(person::click(scene.button("keepSource")));
    QVERIFY(person::click(scene.button("saveAndNext")));
    QTRY_COMPARE(stage.conflicts().last().answer, ConflictAnswer::Source);
    QTRY_VERIFY(scene.note().contains("Every conflict"_L1));
}

void TestConflictWindow::mergesWhatOneSideChanged()
{
    ConflictStage stage;
    stage.addTable(u"products"_s, products);
    stage.meet(u"products"_s, u"1|Tea|1.00|5|true|2024-01-01 00:00:00"_s, u"1|Te|1.50|5|true|2024-01-01 00:00:00"_s,
               u"1|Tee|1.00|6|true|2024-01-01 00:00:00"_s);
    stage.flush();
    ConflictScene scene(stage);
    QTRY_COMPARE(scene.cells->model()->rowCount(), 1);
    QVERIFY(person::shows(scene.window, u"2 changed on one side alone"_s));
    QVERIFY(person::click(scene.window.findChild<QWidget *>(u"agreeing"_s)));
    QCOMPARE(scene.cells->model()->rowCount(), 5);
    QCOMPARE(scene.outcome(1), u"1.50"_s);
    QCOMPARE(scene.outcome(2), u"6"_s);
    scene.press(Qt::Key_Slash);
    QCOMPARE(scene.outcome(0), u"Tea"_s);
    scene.press(Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE(stage.row(stage.conflicts().first(), true), u"1|Tea|1.50|6|true|2024-01-01 00:00:00"_s);
}

void TestConflictWindow::editsByType_data()
{
    QTest::addColumn<QString>("column");
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("shown");
    QTest::newRow("text") << u"name"_s << u"Green tea"_s << u"Green tea"_s;
    QTest::newRow("nothing is no NULL") << u"name"_s << u""_s << u"''"_s;
    QTest::newRow("number") << u"price decimal 2"_s << u"3.4"_s << u"3.4"_s;
    QTest::newRow("whole number") << u"stock integer"_s << u"-7"_s << u"-7"_s;
    QTest::newRow("time") << u"changed timestamp"_s << u"2024-02-29 13:05:00"_s << u"2024-02-29 13:05:00"_s;
    QTest::newRow("date") << u"day date"_s << u"2024-02-29"_s << u"2024-02-29"_s;
}

void TestConflictWindow::editsByType()
{
    QFETCH(QString, column);
    QFETCH(QString, typed);
    QFETCH(QString, shown);
    ConflictStage stage;
    stage.addTable(u"t"_s, {u"id integer"_s, column});
    stage.meet(u"t"_s, {}, u"1|NULL"_s, column.contains(u' ') ? u"1|"_s + shown : u"1|other"_s);
    stage.flush();
    ConflictScene scene(stage);
    QTRY_COMPARE(scene.cells->model()->rowCount(), 1);
    scene.press(Qt::Key_F2);
    auto *editor = qobject_cast<QLineEdit *>(QApplication::focusWidget());
    QVERIFY(editor && scene.cells->isAncestorOf(editor));
    QTest::keyClicks(editor, typed);
    QTest::keyClick(editor, Qt::Key_Return);
    QTRY_COMPARE(scene.outcome(0), shown);
    scene.press(Qt::Key_Return);
    QTRY_COMPARE(stage.conflicts().first().answer, ConflictAnswer::Row);
    QCOMPARE(stage.row(stage.conflicts().first(), true), u"1|"_s + typed);
}

void TestConflictWindow::refusesWhatIsNoValue()
{
    ConflictStage stage;
    stage.addTable(u"t"_s, {u"id integer"_s, u"price decimal 2"_s});
    stage.meet(u"t"_s, {}, u"1|1.00"_s, u"1|2.00"_s);
    stage.flush();
    ConflictScene scene(stage);
    QTRY_COMPARE(scene.cells->model()->rowCount(), 1);
    scene.press(Qt::Key_F2);
    QTest::keyClicks(QApplication::focusWidget(), u"1.234"_s);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
    QTRY_VERIFY2(scene.note().contains(u"price: A number with at most 2 digits"_s), qPrintable(scene.note()));
    QCOMPARE(scene.outcome(0), u"1.234"_s); // as typed, to be mended
    QVERIFY(!scene.button("saveAndNext")->isEnabled());
    scene.press(Qt::Key_Return, Qt::ControlModifier);
    QCOMPARE(stage.conflicts().first().state, ConflictState::Open);
    scene.press(Qt::Key_0, Qt::ControlModifier);
    QCOMPARE(scene.outcome(0), u"NULL"_s);
    QVERIFY(scene.button("saveAndNext")->isEnabled());
    scene.press(Qt::Key_Delete);
    QCOMPARE(scene.outcome(0), u"unanswered"_s);
}

void TestConflictWindow::absentRows()
{
    ConflictStage stage;
    stage.addTable(u"customers"_s, {u"id integer"_s, u"name"_s, u"phone"_s});
    stage.meet(u"customers"_s, u"3|Ana|555-1"_s, {}, u"3|Ana|555-2"_s);
    stage.meet(u"customers"_s, u"4|Bo|555-1"_s, u"4|Bo|555-2"_s, {});
    stage.flush();
    ConflictScene scene(stage);
    SHOWN(scene, u"Till deleted it, Tablet changed it"_s);
    QTRY_COMPARE(scene.cells->model()->rowCount(), 1); // the phone
    QCOMPARE(scene.text(0, Cells::Source), u"not there"_s);
    QCOMPARE(scene.text(0, Cells::Target), u"555-2"_s);
    QCOMPARE(scene.button("keepSource")->text(), u"Delete the row as Till did"_s);
    QCOMPARE(scene.button("keepTarget")->text(), u"Keep Tablet"_s);
    scene.press(Qt::Key_F2); // nothing to edit in a row that may go
    QCOMPARE(QApplication::focusWidget(), scene.cells);
    scene.press(Qt::Key_Less);
    QCOMPARE(scene.outcome(0), u"to be deleted"_s);
    scene.press(Qt::Key_Return);
    SHOWN(scene, u"Tablet deleted it, Till changed it"_s);
    QCOMPARE(stage.conflicts().first().answer, ConflictAnswer::Source);
    QTRY_COMPARE(scene.text(0, Cells::Target), u"not there"_s);
    QVERIFY(person::click(scene.button("leaveBoth")));
    QTRY_COMPARE(stage.conflicts().last().state, ConflictState::Skipped);
}

void TestConflictWindow::keepsDrafts()
{
    ConflictStage stage;
    stage.addTable(u"t"_s, {u"id integer"_s, u"a"_s, u"b"_s});
    stage.meet(u"t"_s, {}, u"1|x|x"_s, u"1|y|y"_s);
    stage.meet(u"t"_s, {}, u"2|p|p"_s, u"2|q|q"_s);
    stage.flush();
    ConflictScene scene(stage);
    QTRY_COMPARE(scene.text(0, Cells::Source), u"x"_s);
    scene.press(Qt::Key_Greater);
    QTest::keyClick(&scene.window, Qt::Key_F8);
    QTRY_COMPARE(scene.text(0, Cells::Source), u"p"_s);
    QCOMPARE(scene.outcome(0), u"unanswered"_s);
    QTest::keyClick(&scene.window, Qt::Key_F7);
    QTRY_COMPARE(scene.text(0, Cells::Source), u"x"_s);
    QCOMPARE(scene.outcome(0), u"y"_s);
    QCOMPARE(scene.outcome(1), u"unanswered"_s);
    QCOMPARE(stage.conflicts().first().state, ConflictState::Open);
}

void TestConflictWindow::takesBack()
{
    ConflictStage stage;
    stage.addTable(u"t"_s, {u"id integer"_s, u"a"_s});
    stage.meet(u"t"_s, {}, u"1|x"_s, u"1|y"_s);
    stage.flush();
    ConflictScene scene(stage);
    QTRY_COMPARE(scene.cells->model()->rowCount(), 1);
    const QList<Conflict> before = stage.conflicts();
    scene.press(Qt::Key_Less, Qt::ControlModifier);
    scene.press(Qt::Key_Return);
    QTRY_COMPARE(stage.conflicts().first().answer, ConflictAnswer::Source);
    QTRY_VERIFY(person::shows(scene.window, u"Answered by"_s));
    scene.press(Qt::Key_Greater, Qt::ControlModifier); // said otherwise, before it is written
    scene.press(Qt::Key_Return);
    QTRY_COMPARE(stage.conflicts().first().answer, ConflictAnswer::Target);
    QTRY_VERIFY(scene.button("writeAnswers")->isEnabled());
    QTest::keyClick(&scene.window, Qt::Key_Z, Qt::ControlModifier);
    QTRY_COMPARE(stage.conflicts().first().answer, ConflictAnswer::Source);
    QTRY_VERIFY(scene.note().contains("taken back"_L1));
    QTest::keyClick(&scene.window, Qt::Key_Z, Qt::ControlModifier);
    QTRY_VERIFY(stage.conflicts() == before);
    QTRY_COMPARE(scene.outcome(0), u"unanswered"_s);
    QTest::keyClick(&scene.window, Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_COMPARE(stage.conflicts().first().answer, ConflictAnswer::Source);
}

void TestConflictWindow::filters()
{
    ConflictStage stage;
    stage.addTable(u"products"_s, {u"id integer"_s, u"price"_s, u"stock"_s});
    stage.addTable(u"customers"_s, {u"id integer"_s, u"phone"_s});
    stage.meet(u"products"_s, {}, u"17|a|1"_s, u"17|b|1"_s);
    stage.meet(u"products"_s, {}, u"18|a|1"_s, u"18|a|2"_s);
    stage.meet(u"customers"_s, u"19|a"_s, u"19|b"_s, {});
    stage.flush();
    ConflictScene scene(stage);
    QTRY_COMPARE(scene.list->model()->rowCount(), 3);
    const auto shown = [&](const QString &text) {
        scene.window.findChild<QLineEdit *>(u"conflictFilter"_s)->setText(text);
        return scene.list->model()->rowCount();
    };
    QCOMPARE(shown(u"STOCK"_s), 1);
    SHOWN(scene, u"products 18"_s);
    QCOMPARE(shown(u"17"_s), 1);
    QCOMPARE(shown(u"nothing such"_s), 0);
    QVERIFY(person::shows(scene.window, u"Nothing passes the filter."_s));
    QVERIFY(!scene.button("policies")->isEnabled());
    QCOMPARE(shown({}), 3);
    QVERIFY(scene.button("policies")->isEnabled());
    QVERIFY(person::choose(scene.window, u"conflictKinds"_s, u"Deleted and changed"_s));
    QCOMPARE(scene.list->model()->rowCount(), 1);
    QVERIFY(person::choose(scene.window, u"conflictKinds"_s, u"All kinds"_s));
    QVERIFY(person::choose(scene.window, u"conflictTables"_s, u"products"_s));
    QCOMPARE(scene.list->model()->rowCount(), 2);
    QVERIFY(person::choose(scene.window, u"conflictStates"_s, u"Left as they are"_s));
    QCOMPARE(scene.list->model()->rowCount(), 0);
}

void TestConflictWindow::similar()
{
    ConflictStage stage;
    stage.addTable(u"products"_s, {u"id integer"_s, u"price"_s, u"stock"_s});
    for (int i = 1; i <= 5; ++i)
        stage.meet(u"products"_s, u"%1|o|o"_s.arg(i), u"%1|s%1|o"_s.arg(i), u"%1|t%1|%2"_s.arg(i).arg(i == 3 ? 9 : 8));
    stage.meet(u"products"_s, u"6|o|o"_s, u"6|s|s"_s, u"6|t|t"_s); // over other columns
    stage.flush();
    ConflictScene scene(stage);
    QTRY_COMPARE(scene.cells->model()->rowCount(), 1);
    QVERIFY(!scene.button("similar")->isEnabled());
    scene.press(Qt::Key_Greater);
    QTRY_COMPARE(scene.button("similar")->text(), u"Same for 4 similar…"_s);
    QVERIFY(person::click(scene.button("similar")));
    QPointer<AnswersDialog> dialog = scene.dialog();
    QVERIFY(dialog);
    auto *keys = dialog->findChild<QTableView *>(u"proposed"_s)->model();
    QTRY_COMPARE(keys->rowCount(), 5);
    QAbstractItemModelTester tester(keys, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QCOMPARE(keys->index(0, ProposedModel::Key).data().toString(), u"1"_s);
    for (const Conflict &conflict : stage.conflicts())
        QCOMPARE(conflict.state, ConflictState::Open); // nothing yet
    QVERIFY(person::click(*dialog, u"Answer these 5"_s));
    QTRY_COMPARE(stage.conflicts().at(4).state, ConflictState::Answered);
    QCOMPARE(stage.row(stage.conflicts().at(2), false), u"3|t3|9"_s); // each with its own values
    QCOMPARE(stage.conflicts().at(5).state, ConflictState::Open);
    SHOWN(scene, u"products 6"_s);
    QTRY_VERIFY(!dialog);
    scene.window.activateWindow();
    QTRY_VERIFY(scene.window.isActiveWindow());
    QTest::keyClick(&scene.window, Qt::Key_Z, Qt::ControlModifier); // one step
    QTRY_COMPARE(stage.conflicts().at(4).state, ConflictState::Open);
    QCOMPARE(stage.conflicts().at(0).state, ConflictState::Open);
}

void TestConflictWindow::policies()
{
    ConflictStage stage;
    stage.addTable(u"t"_s, {u"id integer"_s, u"a"_s, u"b"_s, u"changed timestamp"_s});
    stage.meet(u"t"_s, u"1|o|o|2024-01-01 00:00:00"_s, u"1|x|o|2024-01-01 00:00:00"_s,
               u"1|o|y|2024-01-01 00:00:00"_s); // merges
    stage.meet(u"t"_s, u"2|o|o|2024-01-01 00:00:00"_s, u"2|x|o|2024-01-02 00:00:00"_s, u"2|y|o|2024-01-03 00:00:00"_s);
    stage.flush();
    ConflictScene scene(stage);
    QTRY_COMPARE(scene.list->model()->rowCount(), 2);
    QTRY_VERIFY(scene.cells->model()->rowCount() > 0);
    QVERIFY(person::click(scene.button("policies")));
    QPointer<AnswersDialog> dialog = scene.dialog();
    QVERIFY(dialog);
    QTRY_VERIFY2(person::shows(*dialog, u"It would answer 1 of 2 open conflicts in the list and leave 1 to you."_s),
                 qPrintable(person::texts(*dialog).join(u'\n')));
    auto *keys = dialog->findChild<QTableView *>(u"proposed"_s)->model();
    QCOMPARE(keys->index(0, ProposedModel::Answer).data().toString(), u"a: x · b: y"_s);
    QCOMPARE(keys->index(1, ProposedModel::Answer).data().toString(), u"Asks you"_s);
    QVERIFY(person::choose(*dialog, u"policy"_s, u"The newer row wins, by changed"_s));
    QTRY_COMPARE(keys->index(1, ProposedModel::Answer).data().toString(), u"Keep Tablet"_s);
    QVERIFY(person::shows(*dialog, u"To make it the rule"_s));
    QVERIFY(person::click(*dialog, u"Answer this 1 so"_s));
    QTRY_COMPARE(stage.conflicts().at(1).answer, ConflictAnswer::Target);
    QCOMPARE(stage.conflicts().at(0).state, ConflictState::Open);
}

void TestConflictWindow::movedUnderTheHand()
{
    ConflictStage stage;
    stage.addTable(u"t"_s, {u"id integer"_s, u"a"_s, u"b"_s});
    stage.meet(u"t"_s, {}, u"1|x|x"_s, u"1|y|y"_s);
    stage.flush();
    ConflictScene scene(stage);
    QTRY_COMPARE(scene.text(0, Cells::Source), u"x"_s);
    stage.meet(u"t"_s, {}, u"1|moved|x"_s, u"1|y|y"_s);
    stage.flush();
    scene.press(Qt::Key_Less, Qt::ControlModifier); // has begun; a run was faster, and nobody told the window
    scene.press(Qt::Key_Return);
    QTRY_VERIFY2(scene.note().contains("moved since"_L1), qPrintable(scene.note()));
    QCOMPARE(stage.conflicts().first().state, ConflictState::Open);
    QTRY_COMPARE(scene.text(0, Cells::Source), u"moved"_s);

    scene.press(Qt::Key_Greater);
    stage.meet(u"t"_s, {}, u"1|again|x"_s, u"1|y|y"_s);
    stage.flush();
    scene.window.reload();
    QTRY_VERIFY(scene.button("showMoved")->isVisible());
    QVERIFY(person::shows(scene.window, u"Till moved at"_s));
    QCOMPARE(scene.text(0, Cells::Source), u"moved"_s);
    QCOMPARE(scene.outcome(0), u"y"_s); // as the hand left it
    QVERIFY(!scene.button("saveAndNext")->isEnabled());
    QVERIFY(person::click(scene.button("showMoved")));
    QCOMPARE(scene.text(0, Cells::Source), u"again"_s);
    QCOMPARE(scene.outcome(0), u"unanswered"_s);
    QVERIFY(!scene.button("showMoved")->isVisible());
}

void TestConflictWindow::goneUnderTheHand()
{
    ConflictStage stage;
    stage.addTable(u"t"_s, {u"id integer"_s, u"a"_s});
    stage.meet(u"t"_s, {}, u"1|x"_s, u"1|y"_s);
    stage.meet(u"t"_s, {}, u"2|p"_s, u"2|q"_s);
    stage.flush();
    ConflictScene scene(stage);
    QTRY_COMPARE(scene.text(0, Cells::Source), u"x"_s);
    scene.press(Qt::Key_Less);
    stage.close(stage.conflicts().first());
    scene.window.reload();
    QTRY_VERIFY(scene.button("showMoved")->isVisible());
    QCOMPARE(scene.text(0, Cells::Source), u"x"_s);
    QVERIFY(!scene.button("saveAndNext")->isEnabled());
    QVERIFY(person::click(scene.button("showMoved")));
    QTRY_COMPARE(scene.text(0, Cells::Source), u"p"_s);
    stage.close(stage.conflicts().last()); // and one that nobody has touched
    scene.window.reload();
    QTRY_VERIFY(person::shows(scene.window, u"No conflict waits"_s));
}

void TestConflictWindow::waitsForARun()
{
    ConflictStage stage;
    stage.addTable(u"t"_s, {u"id integer"_s, u"a"_s});
    stage.meet(u"t"_s, {}, u"1|x"_s, u"1|y"_s);
    stage.flush();
    ConflictScene scene(stage);
    QTRY_COMPARE(scene.cells->model()->rowCount(), 1);
    scene.window.setIdle(false);
    QVERIFY(scene.note().contains("The job is running"_L1));
    scene.press(Qt::Key_Less);
    QCOMPARE(scene.outcome(0), u"x"_s);
    scene.press(Qt::Key_Return, Qt::ControlModifier);
    QVERIFY(!scene.button("saveAndNext")->isEnabled());
    scene.window.setIdle(true);
    QCOMPARE(stage.conflicts().first().state, ConflictState::Open);
    scene.press(Qt::Key_Return);
    QTRY_COMPARE(stage.conflicts().first().state, ConflictState::Answered);
}

void TestConflictWindow::opensWhereItIsTold()
{
    ConflictStage stage;
    stage.addTable(u"t"_s, {u"id integer"_s, u"a"_s});
    for (int i = 1; i <= 3; ++i)
        stage.meet(u"t"_s, {}, u"%1|x"_s.arg(i), u"%1|y"_s.arg(i));
    stage.flush();
    const QList<Conflict> all = stage.conflicts();
    ConflictScene scene(stage);
    scene.window.focusOn(all[1].table, all[1].key); // before the list is there
    SHOWN(scene, u"2 of 3"_s);
    scene.window.findChild<QLineEdit *>(u"conflictFilter"_s)->setText(u"nothing such"_s);
    scene.window.focusOn(all[2].table, all[2].key);
    SHOWN(scene, u"3 of 3"_s);
}

void TestConflictWindow::closesWhileEditing()
{
    ConflictStage stage;
    stage.addTable(u"t"_s, {u"id integer"_s, u"a"_s});
    stage.meet(u"t"_s, {}, u"1|x"_s, u"1|y"_s);
    stage.flush();
    {
        ConflictScene scene(stage);
        QTRY_COMPARE(scene.cells->model()->rowCount(), 1);
        scene.press(Qt::Key_F2);
        QTest::keyClicks(QApplication::focusWidget(), u"half"_s);
    }
    QCOMPARE(stage.conflicts().first().state, ConflictState::Open);
}

void TestConflictWindow::tenThousand()
{
    constexpr int count = 10'000;
    ConflictStage stage;
    stage.meetMany(count);
    const person::Watch watch; // no database and no file on this thread
    qint64 longest = 0;
    {
        ConflictScene scene(stage);
        QTRY_COMPARE_WITH_TIMEOUT(scene.list->model()->rowCount(), count, 30'000);
        QTRY_COMPARE(scene.cells->model()->rowCount(), 1);
        QElapsedTimer timer;
        timer.start();
        scene.window.findChild<QLineEdit *>(u"conflictFilter"_s)->setText(u"999"_s);
        longest = timer.elapsed();
        QCOMPARE(scene.list->model()->rowCount(), 19);
        scene.window.findChild<QLineEdit *>(u"conflictFilter"_s)->clear();
        QTRY_VERIFY(scene.cells->model()->rowCount() == 1);
        scene.press(Qt::Key_Less);
        QCOMPARE(scene.button("similar")->text(), u"Same for 9999 similar…"_s);
        QVERIFY(person::click(scene.button("similar")));
        QPointer<AnswersDialog> dialog = scene.dialog();
        QTRY_VERIFY_WITH_TIMEOUT(dialog->findChild<QPushButton *>(u"answerThese"_s)->isEnabled(), 30'000);
        QCOMPARE(dialog->findChild<QTableView *>(u"proposed"_s)->model()->rowCount(), count);
        QVERIFY(person::click(dialog->findChild<QPushButton *>(u"answerThese"_s)));
        QTRY_VERIFY_WITH_TIMEOUT(person::shows(scene.window, u"10000 answers saved"_s)
                                     || person::shows(scene.window, u"10,000 answers saved"_s),
                                 20'000);
        QTRY_VERIFY(!dialog);
        scene.window.activateWindow();
        QTRY_VERIFY(scene.window.isActiveWindow());
        QTest::keyClick(&scene.window, Qt::Key_Z, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(person::shows(scene.window, u"Nothing waits to be written."_s), 20'000);
    }
    qInfo("10,000 conflicts filtered in %lld ms", longest);
    for (const Conflict &conflict : stage.conflicts())
        QCOMPARE(conflict.state, ConflictState::Open);
}

void TestConflictWindow::wholeWay()
{
    TwoWayStage stage;
    QVERIFY(stage.isReady());
    stage.compare();
    stage.apply(); // leaves the conflicts open
    const person::Watch watch;
    ConflictWindow window(stage.shared(), stage.job());
    window.show();
    auto *cells = window.findChild<ConflictCellView *>();
    auto *headline = window.findChild<QLabel *>(u"conflictHeadline"_s);
    QTRY_VERIFY2(headline->text().contains("1 of 2"_L1), qPrintable(headline->text()));
    QTRY_VERIFY(cells->model()->rowCount() == 1 && cells->hasFocus());
    const bool customersFirst = headline->text().contains("customers"_L1);
    for (int i = 0; i < 2; ++i) {
        const bool isCustomer = (i == 0) == customersFirst;
        QTRY_COMPARE(headline->text().contains("customers"_L1), isCustomer);
        QTRY_COMPARE(cells->model()->index(0, Cells::Name).data().toString(), isCustomer ? u"phone"_s : u"price"_s);
        QTest::keyClick(cells, Qt::Key_Greater);
        QTest::keyClick(cells, Qt::Key_Return);
    }
    QTRY_VERIFY(person::shows(window, u"2 answers saved"_s));
    bool done = false;
    person::elsewhere([&] {
        Cancellation cancellation;
        ProgressBoard board;
        done = stage.desk().resolve(stage.job(), {}, cancellation, board).state == RunState::Completed;
    });
    QVERIFY(done);
    window.reload();
    QTRY_VERIFY(person::shows(window, u"No conflict waits"_s));
    QCOMPARE(stage.rows(false, u"SELECT price FROM products WHERE id = 1"_s), QStringList{u"3.4"_s});
    QCOMPARE(stage.rows(false, u"SELECT phone FROM customers WHERE id = 3"_s), QStringList{u"555-0199"_s});
    QThreadPool::globalInstance()->waitForDone();
}

QTEST_MAIN(TestConflictWindow)
#include "tst_conflictwindow.moc"
