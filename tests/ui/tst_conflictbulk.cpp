// SPDX-License-Identifier: GPL-3.0-or-later
// Many conflicts at once: filtered, answered alike, or as a policy would.
#include <QTest>

#include <QApplication>
#include <QAbstractItemModelTester>
#include <QElapsedTimer>
#include <QLineEdit>
#include <QListView>
#include <QPointer>
#include <QPushButton>
#include <QTableView>

#include "app/wording/wording.h"
#include "tests/ui/support/conflictscene.h"
#include "tests/ui/support/person.h"
#include "ui/conflicts/answersdialog.h"
#include "ui/widgets/style.h"

using namespace Qt::StringLiterals;
using namespace tidemark;
using Cells = ConflictCellModel;

class TestConflictBulk : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        QApplication::setStyle(new TidemarkStyle);
        wording::useLanguage(u"en"_s);
    }
    void filters();
    void similar();
    void policies();
    void tenThousand();
};

void TestConflictBulk::filters()
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

void TestConflictBulk::similar()
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

void TestConflictBulk::policies()
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
    QTRY_COMPARE(keys->index(1, ProposedModel::Answer).data().toString(),
                 u"Keep Tablet · a: y · changed: 2024-01-03 00:00:00"_s);
    QVERIFY(person::shows(*dialog, u"To make it the rule"_s));
    QVERIFY(person::click(*dialog, u"Answer this 1 so"_s));
    QTRY_COMPARE(stage.conflicts().at(1).answer, ConflictAnswer::Target);
    QCOMPARE(stage.conflicts().at(0).state, ConflictState::Open);
}

void TestConflictBulk::tenThousand()
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

QTEST_MAIN(TestConflictBulk)
#include "tst_conflictbulk.moc"
