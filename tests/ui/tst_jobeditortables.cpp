// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QFile>
#include <QJsonArray>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QTabWidget>
#include <QTableView>

#include "app/wording/wording.h"
#include "tests/ui/support/jobstage.h"

using namespace Qt::StringLiterals;
using namespace tidemark;

// The tables of a job: which, onto which, by which key and columns, which rows, found how.
class TestJobEditorTables : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { wording::useLanguage(u"en"_s); }
    void init() { m_stage = std::make_unique<JobStage>(); }
    void cleanup() { m_stage.reset(); }
    void tablesAreTickedMappedAndFound();
    void aTickTurnsAllIntoAList();
    void columnsAreLeftOutAndKeysChosen();
    void aTableToBeCreatedHasNoTypesYet();
    void figuresAreNotCut();
    void aFilterIsCountedWhileItIsWritten();
    void detectionOfATableIsItsOwn();
    void theAdviserIsAskedAndFollowed();

private:
    std::unique_ptr<JobStage> m_stage;
};

void TestJobEditorTables::tablesAreTickedMappedAndFound()
{
    const auto dialog = m_stage->open(u"Till → Report copy"_s);
    editor::page(*dialog, 2);
    QTableView *view = editor::tables(*dialog);
    QTRY_COMPARE(view->model()->rowCount(), 4);
    const QAbstractItemModelTester tester(view->model());
    QTRY_VERIFY(view->model()->index(0, 2).data().toString().startsWith(u'≈'));
    QVERIFY(person::type(*dialog, u"tableSearch"_s, u"order"_s));
    QCOMPARE(view->model()->rowCount(), 2);
    editor::clear(*dialog, u"tableSearch"_s);
    QVERIFY(person::click(*dialog, u"List the tables"_s));
    QCOMPARE(draft::tables(dialog->draft().json()).size(), qsizetype(4));
    // By hand to another table, then by name again.
    QVERIFY(editor::pickTable(*dialog, u"customers"_s));
    QTest::keyClick(view, Qt::Key_F2);
    auto *target = view->findChild<QComboBox *>(u"target"_s);
    QVERIFY(target);
    QTest::keyClick(target->lineEdit(), Qt::Key_A, Qt::ControlModifier);
    QTest::keyClicks(target->lineEdit(), u"products"_s);
    QTest::keyClick(target->lineEdit(), Qt::Key_Return);
    QTRY_COMPARE(editor::table(*dialog, u"customers"_s).value("target"_L1).toString(), u"products"_s);
    QTRY_VERIFY(!dialog->checks().problems().isEmpty());
    QVERIFY(dialog->checks().problems().first().text.contains(u"same target"_s));
    QTest::keyClick(dialog.get(), Qt::Key_Z, Qt::ControlModifier);
    QTRY_VERIFY(dialog->checks().problems().isEmpty());
    // Back and forth between all and the list keeps the list.
    QVERIFY(editor::pickTable(*dialog, u"orders"_s));
    QTest::keyClick(view, Qt::Key_Space);
    QVERIFY(person::click(*dialog, u"All tables that both sides have"_s));
    QVERIFY(draft::allTables(dialog->draft().json()));
    QVERIFY(person::click(*dialog, u"Only those ticked"_s));
    QCOMPARE(draft::tables(dialog->draft().json()).size(), qsizetype(3));
    QVERIFY(editor::pickTable(*dialog, u"orders"_s));
    QVERIFY(person::click(*dialog, u"Take it in"_s));
    QCOMPARE(draft::tables(dialog->draft().json()).size(), qsizetype(4));
}

void TestJobEditorTables::aTickTurnsAllIntoAList()
{
    QJsonObject kept{{u"source"_s, u"orders"_s}, {u"onBadRow"_s, u"stop"_s}};
    m_stage->write(u"j"_s, JobStage::plainJob(u"j"_s, QJsonArray{kept, u"customers"_s}));
    const auto dialog = m_stage->open(u"j"_s);
    editor::page(*dialog, 2);
    QTableView *view = editor::tables(*dialog);
    QTRY_COMPARE(view->model()->rowCount(), 4);
    QVERIFY(person::click(*dialog, u"All tables that both sides have"_s));
    QVERIFY(editor::pickTable(*dialog, u"products"_s));
    QVERIFY(person::shows(*dialog, u"also those that are made later"_s));
    QTest::keyClick(view, Qt::Key_Space);
    const QJsonObject &job = dialog->draft().json();
    QCOMPARE(draft::tables(job), (QList<TableName>{{{}, u"customers"_s}, {{}, u"order_lines"_s}, {{}, u"orders"_s}}));
    QCOMPARE(editor::table(*dialog, u"orders"_s), kept); // as the list said before
    QVERIFY(person::button(*dialog, u"Only those ticked"_s)->isChecked());
    QTest::keyClick(view, Qt::Key_Z, Qt::ControlModifier); // one step
    QVERIFY(draft::allTables(job));
    // By mouse too.
    const QRect cell = view->visualRect(view->model()->index(0, 0));
    QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, QPoint(cell.left() + 14, cell.center().y()));
    QCOMPARE(draft::tables(job).size(), qsizetype(3));
    QCOMPARE(draft::indexOf(job, {{}, u"customers"_s}), -1);
}

// The source's types would be the wrong ones in another database.
void TestJobEditorTables::aTableToBeCreatedHasNoTypesYet()
{
    QJsonObject job = JobStage::plainJob(u"j"_s, QJsonArray{u"customers"_s});
    const QString file = m_stage->path(u"empty.db"_s);
    person::elsewhere([&] { QVERIFY(QFile(file).open(QIODevice::WriteOnly)); });
    job[u"target"_s] = QJsonObject{{u"driver"_s, u"sqlite"_s}, {u"database"_s, file}};
    job[u"create"_s] = true;
    const auto dialog = m_stage->openAt(job, u"customers"_s);
    QVERIFY(dialog);
    const QAbstractItemModel *columns = dialog->findChild<QTableView *>(u"columns"_s)->model();
    QTRY_COMPARE(columns->rowCount(), 4);
    QCOMPARE(columns->index(1, 1).data().toString(), u"name  TEXT"_s);
    QCOMPARE(columns->index(1, 2).data().toString(), u"name"_s);
}

void TestJobEditorTables::figuresAreNotCut()
{
    const auto dialog = m_stage->open(u"Till → Report copy"_s);
    editor::page(*dialog, 2);
    QTableView *view = editor::tables(*dialog);
    QTRY_VERIFY(view->model()->index(0, 2).data().toString().startsWith(u'≈'));
    QVERIFY(view->columnWidth(2) >= view->sizeHintForIndex(view->model()->index(0, 2)).width());
    view->setFont(QFont(view->font().family(), view->font().pointSize() * 3)); // as wide as 199,986 would be
    QTRY_VERIFY(view->columnWidth(2) >= view->sizeHintForIndex(view->model()->index(1, 2)).width());
}

void TestJobEditorTables::columnsAreLeftOutAndKeysChosen()
{
    const auto dialog = m_stage->openAt(JobStage::plainJob(u"j"_s, QJsonArray{u"customers"_s}), u"customers"_s);
    QVERIFY(dialog);
    auto *columns = dialog->findChild<QTableView *>(u"columns"_s);
    QTRY_COMPARE(columns->model()->rowCount(), 4);
    const QAbstractItemModelTester tester(columns->model());
    QVERIFY(person::shows(*dialog, u"Rows are matched by id"_s));
    const auto press = [&](int row, int column) {
        const QRect cell = columns->visualRect(columns->model()->index(row, column));
        QTest::mouseClick(columns->viewport(), Qt::LeftButton, {}, QPoint(cell.left() + 14, cell.center().y()));
    };
    press(3, 3); // do not compare the phone
    press(2, 4); // do not write the city
    QCOMPARE(editor::table(*dialog, u"customers"_s).value("columns"_L1).toArray(),
             (QJsonArray{QJsonObject{{u"source"_s, u"phone"_s}, {u"compare"_s, false}},
                         QJsonObject{{u"source"_s, u"city"_s}, {u"write"_s, false}}}));
    press(3, 3);
    press(2, 4);
    QCOMPARE(dialog->draft().json().value("tables"_L1).toArray(), QJsonArray{u"customers"_s});
    // By key: the city is neither compared nor written.
    columns->setFocus();
    for (const int tick : {3, 4}) {
        columns->setCurrentIndex(columns->model()->index(2, tick));
        QTest::keyClick(columns, Qt::Key_Space);
    }
    QCOMPARE(editor::table(*dialog, u"customers"_s).value("columns"_L1).toArray(),
             (QJsonArray{QJsonObject{{u"source"_s, u"city"_s}, {u"compare"_s, false}, {u"write"_s, false}}}));
    QTest::keyClick(dialog.get(), Qt::Key_Z, Qt::ControlModifier);
    QTest::keyClick(dialog.get(), Qt::Key_Z, Qt::ControlModifier);
    // Left out by key alone, then by name again.
    columns->setCurrentIndex(columns->model()->index(1, 2));
    QTest::keyClick(columns, Qt::Key_F2);
    auto *target = columns->findChild<QComboBox *>(u"target"_s);
    QVERIFY(target);
    QTest::keyClick(target->lineEdit(), Qt::Key_A, Qt::ControlModifier);
    QTest::keyClicks(target->lineEdit(), u"Leave out"_s);
    QTest::keyClick(target->lineEdit(), Qt::Key_Return);
    QTRY_VERIFY(editor::table(*dialog, u"customers"_s)
                    .value("columns"_L1)
                    .toArray()
                    .at(0)
                    .toObject()
                    .value("target"_L1)
                    .isNull());
    QVERIFY(columns->model()->index(1, 2).data().toString() == u"left out"_s);
    QTest::keyClick(dialog.get(), Qt::Key_Z, Qt::ControlModifier);
    press(1, 0); // the name joins the key
    QCOMPARE(editor::table(*dialog, u"customers"_s).value("key"_L1).toArray(), (QJsonArray{u"id"_s, u"name"_s}));
    QVERIFY(person::click(*dialog, u"Key by the table"_s));
    QVERIFY(!editor::table(*dialog, u"customers"_s).contains("key"_L1));
    QVERIFY(person::tick(*dialog, u"Only these columns"_s, true));
    QCOMPARE(editor::table(*dialog, u"customers"_s).value("columns"_L1).toArray().size(), qsizetype(4));
    QVERIFY(person::tick(*dialog, u"Only these columns"_s, false));
    QCOMPARE(dialog->draft().json().value("tables"_L1).toArray(), QJsonArray{u"customers"_s});
}

void TestJobEditorTables::aFilterIsCountedWhileItIsWritten()
{
    const auto dialog = m_stage->openAt(JobStage::plainJob(u"j"_s, QJsonArray{u"customers"_s}), u"customers"_s);
    QVERIFY(dialog);
    auto *tabs = dialog->findChild<QTabWidget *>(u"tableTabs"_s);
    tabs->setCurrentIndex(1);
    auto *where = dialog->findChild<QPlainTextEdit *>(u"where.source"_s);
    auto *count = dialog->findChild<QLabel *>(u"where.source.count"_s);
    where->setFocus();
    QTest::keyClicks(where, u"id <= 3"_s);
    QTRY_COMPARE(count->text(), u"3 rows pass, of about 13."_s);
    QCOMPARE(editor::table(*dialog, u"customers"_s).value("where"_L1).toString(), u"id <= 3"_s);
    // Deletes propagate here: the target needs its filter too.
    QTRY_VERIFY(!dialog->checks().problems().isEmpty());
    QCOMPARE(dialog->checks().problems().first().field, u"where.target"_s);
    QVERIFY(!dialog->checks().canSave());
    auto *other = dialog->findChild<QPlainTextEdit *>(u"where.target"_s);
    other->setFocus();
    QTest::keyClicks(other, u"id <= 3"_s);
    QTRY_VERIFY(dialog->checks().canSave());
    where->setFocus();
    QTest::keyClick(where, Qt::Key_End, Qt::ControlModifier);
    QTest::keyClicks(where, u" and nothing"_s);
    QTRY_VERIFY(!count->text().contains(u"pass"_s) && !count->text().contains(u"Counting"_s));
    QTRY_VERIFY(!dialog->checks().problems().isEmpty());
    QVERIFY(dialog->checks().canSave()); // the file can be read; only the database refuses it
    QTest::keyClick(where, Qt::Key_Z, Qt::ControlModifier);
    QTRY_VERIFY(dialog->checks().problems().isEmpty() && count->text().contains(u"pass"_s));
}

void TestJobEditorTables::detectionOfATableIsItsOwn()
{
    QJsonObject job = JobStage::plainJob(u"j"_s, QJsonArray{u"orders"_s});
    job["mode"_L1] = u"update"_s;
    const auto dialog = m_stage->openAt(job, u"orders"_s);
    QVERIFY(dialog);
    auto *tabs = dialog->findChild<QTabWidget *>(u"tableTabs"_s);
    tabs->setCurrentIndex(2);
    QWidget *changes = tabs->widget(2);
    auto *by = changes->findChild<QComboBox *>(u"detect.by"_s);
    QCOMPARE(by->currentText(), u"As the job: Compare all rows"_s);
    QVERIFY(person::choose(*changes, u"detect.by"_s, u"By a time stamp"_s));
    QTRY_COMPARE(dialog->checks().problems().size(), qsizetype(1));
    QCOMPARE(dialog->checks().problems().first().text, u"orders: Choose the column that tells what changed."_s);
    auto *column = changes->findChild<QComboBox *>(u"detect.column"_s);
    QTest::keyClicks(column->lineEdit(), u"ordered_at"_s);
    QVERIFY(person::type(*changes, u"detect.lag"_s, u"soon"_s));
    QTRY_COMPARE(dialog->checks().problems().value(0).field, u"detect.lag"_s);
    QVERIFY(dialog->checks().problems().first().text.contains(u"Re-read the last"_s));
    QVERIFY(person::type(*changes, u"detect.lag"_s, u"30s"_s));
    QTRY_VERIFY(dialog->checks().canSave());
    QCOMPARE(editor::table(*dialog, u"orders"_s).value("detect"_L1).toObject(),
             (QJsonObject{{u"by"_s, u"timestamp"_s}, {u"column"_s, u"ordered_at"_s}, {u"lag"_s, u"30s"_s}}));
    QVERIFY(person::choose(*changes, u"detect.by"_s, u"As the job: Compare all rows"_s));
    QCOMPARE(dialog->draft().json().value("tables"_L1).toArray(), QJsonArray{u"orders"_s});
}

void TestJobEditorTables::theAdviserIsAskedAndFollowed()
{
    const auto dialog = m_stage->openAt(JobStage::plainJob(u"j"_s, QJsonArray{u"orders"_s}), u"orders"_s);
    QVERIFY(dialog);
    dialog->findChild<QTabWidget *>(u"tableTabs"_s)->setCurrentIndex(2);
    auto *advice = dialog->findChild<QAbstractItemView *>(u"advice"_s);
    QTRY_VERIFY_WITH_TIMEOUT(advice->model()->rowCount() > 1, 10'000);
    QVERIFY(person::shows(*dialog, u"Recommended"_s));
    auto *sql = dialog->findChild<QPlainTextEdit *>(u"adviceSql"_s);
    QVERIFY(!sql->toPlainText().isEmpty());
    // Its figures are those of the rows that pass the filter, and change with it.
    QTRY_VERIFY(person::shows(*dialog, u"small"_s));
    auto *where = editor::tab(*dialog, 1)->findChild<QPlainTextEdit *>(u"where.source"_s);
    where->setFocus();
    QTest::keyClicks(where, u"nothing = 1"_s);
    editor::tab(*dialog, 2);
    QTRY_VERIFY_WITH_TIMEOUT(person::shows(*dialog, u"nothing"_s), 10'000);
    QCOMPARE(advice->model()->rowCount(), 0);
    QTest::keyClick(dialog.get(), Qt::Key_Z, Qt::ControlModifier);
    QTRY_VERIFY_WITH_TIMEOUT(advice->model()->rowCount() > 1, 10'000);
    QVERIFY(person::click(*dialog, u"Use this way"_s));
    QVERIFY(editor::table(*dialog, u"orders"_s).contains("detect"_L1));
}

QTEST_MAIN(TestJobEditorTables)
#include "tst_jobeditortables.moc"
