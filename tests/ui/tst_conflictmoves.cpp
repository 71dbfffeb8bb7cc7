// SPDX-License-Identifier: GPL-3.0-or-later
// Conflicts that change while somebody looks at them, and the whole way from a run to the rows.
#include <QTest>

#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QThreadPool>

#include "app/wording/wording.h"
#include "tests/ui/support/conflictscene.h"
#include "tests/ui/support/person.h"
#include "tests/ui/support/twowaystage.h"
#include "ui/widgets/style.h"

using namespace Qt::StringLiterals;
using namespace tidemark;
using Cells = ConflictCellModel;

class TestConflictMoves : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        QApplication::setStyle(new TidemarkStyle);
        wording::useLanguage(u"en"_s);
    }
    void movedUnderTheHand();
    void goneUnderTheHand();
    void waitsForARun();
    void opensWhereItIsTold();
    void closesWhileEditing();
    void wholeWay();
};

void TestConflictMoves::movedUnderTheHand()
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
    QTRY_VERIFY(scene.button("showMoved")->isVisible());
    QCOMPARE(scene.text(0, Cells::Source), u"x"_s);
    QCOMPARE(scene.outcome(0), u"x"_s); // what was begun is not lost
    QVERIFY(!scene.button("saveAndNext")->isEnabled());
    QVERIFY(person::click(scene.button("showMoved")));
    QCOMPARE(scene.text(0, Cells::Source), u"moved"_s);

    scene.press(Qt::Key_Greater);
    scene.press(Qt::Key_Greater);
    QVERIFY(scene.button("saveAndNext")->isEnabled());
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

void TestConflictMoves::goneUnderTheHand()
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

void TestConflictMoves::waitsForARun()
{
    ConflictStage stage;
    stage.meetOne(u"a"_s, {}, u"1|x"_s, u"1|y"_s);
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

void TestConflictMoves::opensWhereItIsTold()
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

void TestConflictMoves::closesWhileEditing()
{
    ConflictStage stage;
    stage.meetOne(u"a"_s, {}, u"1|x"_s, u"1|y"_s);
    {
        ConflictScene scene(stage);
        QTRY_COMPARE(scene.cells->model()->rowCount(), 1);
        scene.press(Qt::Key_F2);
        QTest::keyClicks(QApplication::focusWidget(), u"half"_s);
    }
    QCOMPARE(stage.conflicts().first().state, ConflictState::Open);
}

void TestConflictMoves::wholeWay()
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

QTEST_MAIN(TestConflictMoves)
#include "tst_conflictmoves.moc"
