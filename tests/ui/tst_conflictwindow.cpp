// SPDX-License-Identifier: GPL-3.0-or-later
// One conflict after the other: what is shown of it, and how it is answered.
#include <QTest>

#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>

#include "app/wording/wording.h"
#include "tests/ui/support/conflictscene.h"
#include "tests/ui/support/person.h"
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
    void refusedByADatabase();
    void keepsDrafts();
    void takesBack();
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
    stage.meetOne(column, {}, u"1|NULL"_s, column.contains(u' ') ? u"1|"_s + shown : u"1|other"_s);
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
    stage.meetOne(u"price decimal 2"_s, {}, u"1|1.00"_s, u"1|2.00"_s);
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

// The words of the database, once, and the answer as before: what it refused may be right by now.
void TestConflictWindow::refusedByADatabase()
{
    ConflictStage stage;
    stage.addTable(u"orders"_s, {u"id integer"_s, u"state"_s});
    stage.meet(u"orders"_s, u"1|new"_s, u"1|sent"_s, u"1|lost"_s);
    stage.refuse(Error{ErrorCode::CheckViolated, {{Fact::Table, u"orders"_s}}, u"CHECK constraint failed: states"_s});
    stage.meet(u"orders"_s, u"2|new"_s, u"2|sent"_s, u"2|lost"_s);
    stage.flush();
    ConflictScene scene(stage);
    SHOWN(scene, u"orders 1 · a database refuses the row"_s);
    QTRY_COMPARE(scene.cells->model()->rowCount(), 1);
    const QString said = person::texts(scene.window).join(u'\n');
    QVERIFY2(said.count(u"CHECK constraint failed: states"_s) == 1, qPrintable(said));
    QVERIFY(person::choose(scene.window, u"conflictKinds"_s, u"Refused by a database"_s));
    QCOMPARE(scene.list->model()->rowCount(), 1);
    scene.press(Qt::Key_Greater, Qt::ControlModifier);
    QCOMPARE(scene.outcome(0), u"lost"_s);
    scene.press(Qt::Key_Return);
    QTRY_COMPARE(stage.conflicts().first().answer, ConflictAnswer::Target);
    QVERIFY(person::choose(scene.window, u"conflictKinds"_s, u"All kinds"_s));
    const Conflict other = stage.conflicts().at(1);
    scene.window.focusOn(other.table, other.key);
    SHOWN(scene, u"orders 2"_s);
    QVERIFY(!person::shows(scene.window, u"CHECK constraint"_s)); // it was said of the other one
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
    stage.meetOne(u"a"_s, {}, u"1|x"_s, u"1|y"_s);
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

QTEST_MAIN(TestConflictWindow)
#include "tst_conflictwindow.moc"
