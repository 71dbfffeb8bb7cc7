// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QComboBox>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QListWidget>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTableView>
#include <QTemporaryDir>
#include <QThreadPool>

#include "app/wording/wording.h"
#include "core/config/jsontext.h"
#include "tests/ui/support/person.h"
#include "ui/jobs/editorchecks.h"
#include "ui/jobs/engine.h"
#include "ui/jobs/jobdialog.h"
#include "ui/main/sample.h"
#include "ui/widgets/accentbutton.h"

using namespace Qt::StringLiterals;
using namespace tidemark;

// The job editor as a person uses it, by key and mouse, on the sample's two databases.
class TestJobEditor : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void aNewJobIsMadeAndSaved();
    void problemsLeadToTheirField();
    void editsAreUndoneOverAllFields();
    void sidesAreSwapped();
    void tablesAreTickedMappedAndFound();
    void columnsAreLeftOutAndKeysChosen();
    void aFilterIsCountedWhileItIsWritten();
    void detectionOfATableIsItsOwn();
    void theAdviserIsAskedAndFollowed();
    void rulesTakeWhatIsTyped_data();
    void rulesTakeWhatIsTyped();
    void aTableSaysOtherwiseThanTheJob();
    void whatWillBeCreatedIsShown();
    void theTypesAreRehearsed();
    void unsavedChangesAreAskedAbout();
    void anotherProgramsChangeIsNotOverwritten();
    void aSideThatIsLostLosesNothing();
    void aFileThatIsNoJobIsSaid();
    void aFileIsSavedAsItWas();
    void everyControlHasAName();

private:
    std::unique_ptr<JobDialog> open(const QString &job);
    static void page(JobDialog &dialog, int number);
    static void settle(const JobDialog &dialog); // until both sides are checked
    static void clear(const JobDialog &dialog, const QString &field);
    static QTableView *tables(const JobDialog &dialog) { return dialog.findChild<QTableView *>(u"tables"_s); }
    static bool pickTable(const JobDialog &dialog, const QString &name);
    static QJsonObject table(const JobDialog &dialog, const QString &name);
    void write(const QString &name, const QJsonObject &job);
    QJsonObject plainJob(const QString &name, const QJsonValue &tables) const;

    std::unique_ptr<QTemporaryDir> m_folder;
    std::shared_ptr<Desk> m_desk;
    std::unique_ptr<person::Watch> m_watch;
};

void TestJobEditor::initTestCase() { wording::useLanguage(u"en"_s); }

void TestJobEditor::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    person::elsewhere([this] {
        m_desk = *Desk::open(m_folder->filePath(u"workspace"_s), {});
        Cancellation cancellation;
        QVERIFY(buildSample(*m_desk, m_folder->filePath(u"samples"_s), cancellation));
    });
    m_watch = std::make_unique<person::Watch>();
}

void TestJobEditor::cleanup()
{
    m_watch.reset();
    QThreadPool::globalInstance()->waitForDone();
    m_desk.reset();
}

std::unique_ptr<JobDialog> TestJobEditor::open(const QString &job)
{
    const QString file = job.isEmpty() ? QString() : m_desk->workspace().jobFile(job);
    auto dialog = std::make_unique<JobDialog>(m_desk, file, QStringList{u"taken"_s});
    dialog->show();
    if (!QTest::qWaitFor([&] { return dialog->isEnabled(); }, 10'000))
        qWarning("the editor does not open");
    return dialog;
}

void TestJobEditor::page(JobDialog &dialog, int number)
{
    QTest::keyClick(&dialog, static_cast<Qt::Key>(Qt::Key_0 + number), Qt::ControlModifier);
}

void TestJobEditor::settle(const JobDialog &dialog)
{
    QSignalSpy changed(&dialog.checks(), &EditorChecks::changed);
    QVERIFY(changed.wait(10'000));
    QTRY_VERIFY_WITH_TIMEOUT(dialog.checks().state() == EditorChecks::State::Checked, 10'000);
}

void TestJobEditor::clear(const JobDialog &dialog, const QString &field)
{
    auto *line = qobject_cast<QLineEdit *>(person::field(dialog, field));
    line->setFocus();
    QTest::keyClick(line, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClick(line, Qt::Key_Delete);
}

bool TestJobEditor::pickTable(const JobDialog &dialog, const QString &name)
{
    QTableView *view = tables(dialog);
    for (int row = 0; row < view->model()->rowCount(); ++row) {
        const QModelIndex index = view->model()->index(row, 1);
        if (view->model()->index(row, 0).data().toString() != name)
            continue;
        view->scrollTo(index);
        QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, view->visualRect(index).center());
        return view->currentIndex().row() == row;
    }
    return false;
}

QJsonObject TestJobEditor::table(const JobDialog &dialog, const QString &name)
{
    const int at = draft::indexOf(dialog.draft().json(), {{}, name});
    return dialog.draft().json().value("tables"_L1).toArray().at(at).toObject();
}

QJsonObject TestJobEditor::plainJob(const QString &name, const QJsonValue &tables) const
{
    return {{u"tidemark"_s, 1},       {u"name"_s, name},    {u"source"_s, u"Till"_s}, {u"target"_s, u"Report copy"_s},
            {u"mode"_s, u"mirror"_s}, {u"tables"_s, tables}};
}

void TestJobEditor::write(const QString &name, const QJsonObject &job)
{
    person::elsewhere([&] { QVERIFY(replaceFile(m_desk->workspace().jobFile(name), jsonText(job), true)); });
}

void TestJobEditor::aNewJobIsMadeAndSaved()
{
    const auto dialog = open({});
    QSignalSpy saved(dialog.get(), &JobDialog::saved);
    QTRY_VERIFY(person::shows(*dialog, u"Cannot be saved yet"_s));
    QVERIFY(!person::button(*dialog, u"Save"_s)->isEnabled());
    QVERIFY(person::choose(*dialog, u"source"_s, u"Till"_s));
    QVERIFY(person::choose(*dialog, u"target"_s, u"Report copy"_s));
    // Called after its sides until somebody names it.
    QCOMPARE(dialog->findChild<QLineEdit *>(u"name"_s)->text(), u"Till → Report copy"_s);
    QVERIFY(person::type(*dialog, u"name"_s, u"two tables"_s));
    QVERIFY(person::click(*dialog, u"Make identical"_s));
    page(*dialog, 2);
    QTRY_COMPARE(tables(*dialog)->model()->rowCount(), 4);
    QVERIFY(person::click(*dialog, u"Only those ticked"_s));
    for (const QString &name : {u"orders"_s, u"order_lines"_s}) {
        QVERIFY(pickTable(*dialog, name));
        QTest::keyClick(tables(*dialog), Qt::Key_Space);
    }
    QVERIFY(person::shows(*dialog, u"2 in the job"_s));
    settle(*dialog);
    QTRY_VERIFY(person::button(*dialog, u"Save"_s)->isEnabled());
    QVERIFY(person::click(*dialog, u"Save"_s));
    QVERIFY(saved.wait());
    person::elsewhere([this] {
        const auto job = m_desk->workspace().job(u"two tables"_s);
        QVERIFY(job);
        QCOMPARE(job->mode, Mode::Mirror);
        QCOMPARE(job->tables.size(), qsizetype(2));
        QCOMPARE(job->source.name, u"Till"_s);
        QVERIFY(!job->id.isEmpty());
    });
}

void TestJobEditor::problemsLeadToTheirField()
{
    const auto dialog = open(u"Till → Report copy"_s);
    QVERIFY(person::type(*dialog, u"name"_s, u"taken"_s));
    QTRY_VERIFY(!dialog->checks().problems().isEmpty());
    auto *strip = dialog->findChild<QListView *>(u"problems"_s);
    QCOMPARE(strip->model()->index(0, 1).data().toString(), u"There is a job with this name already."_s);
    QVERIFY(!person::button(*dialog, u"Save"_s)->isEnabled());
    page(*dialog, 3);
    QVERIFY(person::type(*dialog, u"batch.rows"_s, u"many"_s));
    QTRY_COMPARE(strip->model()->rowCount(), 2);
    auto *pages = dialog->findChild<QListWidget *>(u"pages"_s);
    QCOMPARE(pages->item(0)->data(Qt::AccessibleTextRole).toString(), u"Sides, 1 problem"_s);
    QCOMPARE(pages->item(2)->data(Qt::AccessibleTextRole).toString(), u"Rules, 1 problem"_s);
    QTest::mouseClick(strip->viewport(), Qt::LeftButton, {}, strip->visualRect(strip->model()->index(0, 1)).center());
    QCOMPARE(pages->currentRow(), 0);
    QCOMPARE(QApplication::focusWidget(), dialog->findChild<QWidget *>(u"name"_s));
    QVERIFY(person::type(*dialog, u"name"_s, u"free"_s));
    QTRY_COMPARE(strip->model()->rowCount(), 1);
    strip->setFocus();
    QTest::keyClick(strip, Qt::Key_Down);
    QTest::keyClick(strip, Qt::Key_Return);
    QCOMPARE(pages->currentRow(), 2);
    QCOMPARE(QApplication::focusWidget()->objectName(), u"batch.rows"_s);
}

void TestJobEditor::editsAreUndoneOverAllFields()
{
    const auto dialog = open(u"Till → Report copy"_s);
    const QJsonObject before = dialog->draft().json();
    QVERIFY(person::type(*dialog, u"name"_s, u"other"_s));
    QVERIFY(person::click(*dialog, u"Add and update"_s));
    page(*dialog, 3);
    QVERIFY(person::type(*dialog, u"parallel"_s, u"4"_s));
    QVERIFY(person::choose(*dialog, u"transaction"_s, u"The whole run"_s));
    const QJsonObject after = dialog->draft().json();
    auto *line = dialog->findChild<QLineEdit *>(u"parallel"_s);
    line->setFocus();
    QTest::keyClick(line, Qt::Key_Z, Qt::ControlModifier);
    QVERIFY(!dialog->draft().json().contains("transaction"_L1));
    QTest::keyClick(line, Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(line->text(), QString());
    for (int i = 0; i < 3; ++i)
        QTest::keyClick(line, Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(dialog->draft().json(), before);
    QVERIFY(!dialog->isWindowModified());
    for (int i = 0; i < 5; ++i)
        QTest::keyClick(line, Qt::Key_Y, Qt::ControlModifier);
    QCOMPARE(dialog->draft().json(), after);
}

void TestJobEditor::sidesAreSwapped()
{
    const auto dialog = open(u"Till → Report copy"_s);
    QVERIFY(person::click(dialog->findChild<QWidget *>(u"swap"_s)));
    QCOMPARE(dialog->findChild<QComboBox *>(u"source"_s)->currentText(), u"Report copy"_s);
    QCOMPARE(dialog->draft().json().value("target"_L1).toString(), u"Till"_s);
    QVERIFY(person::choose(*dialog, u"target"_s, u"Report copy"_s));
    QTRY_VERIFY(!dialog->checks().problems().isEmpty());
    QCOMPARE(dialog->checks().problems().first().text, u"Source and target are the same connection."_s);
}

void TestJobEditor::tablesAreTickedMappedAndFound()
{
    const auto dialog = open(u"Till → Report copy"_s);
    page(*dialog, 2);
    QTableView *view = tables(*dialog);
    QTRY_COMPARE(view->model()->rowCount(), 4);
    const QAbstractItemModelTester tester(view->model());
    QTRY_VERIFY(view->model()->index(0, 2).data().toString().startsWith(u'≈'));
    QVERIFY(person::type(*dialog, u"tableSearch"_s, u"order"_s));
    QCOMPARE(view->model()->rowCount(), 2);
    clear(*dialog, u"tableSearch"_s);
    QVERIFY(person::click(*dialog, u"List the tables"_s));
    QCOMPARE(draft::tables(dialog->draft().json()).size(), qsizetype(4));
    // By hand to another table, then by name again.
    QVERIFY(pickTable(*dialog, u"customers"_s));
    QTest::keyClick(view, Qt::Key_F2);
    auto *target = view->findChild<QComboBox *>(u"target"_s);
    QVERIFY(target);
    QTest::keyClick(target->lineEdit(), Qt::Key_A, Qt::ControlModifier);
    QTest::keyClicks(target->lineEdit(), u"products"_s);
    QTest::keyClick(target->lineEdit(), Qt::Key_Return);
    QTRY_COMPARE(table(*dialog, u"customers"_s).value("target"_L1).toString(), u"products"_s);
    QTRY_VERIFY(!dialog->checks().problems().isEmpty());
    QVERIFY(dialog->checks().problems().first().text.contains(u"same target"_s));
    QTest::keyClick(dialog.get(), Qt::Key_Z, Qt::ControlModifier);
    QTRY_VERIFY(dialog->checks().problems().isEmpty());
    // Back and forth between all and the list keeps the list.
    QVERIFY(pickTable(*dialog, u"orders"_s));
    QTest::keyClick(view, Qt::Key_Space);
    QVERIFY(person::click(*dialog, u"All tables that both sides have"_s));
    QVERIFY(draft::allTables(dialog->draft().json()));
    QVERIFY(person::click(*dialog, u"Only those ticked"_s));
    QCOMPARE(draft::tables(dialog->draft().json()).size(), qsizetype(3));
    QVERIFY(pickTable(*dialog, u"orders"_s));
    QVERIFY(person::click(*dialog, u"Take it in"_s));
    QCOMPARE(draft::tables(dialog->draft().json()).size(), qsizetype(4));
}

void TestJobEditor::columnsAreLeftOutAndKeysChosen()
{
    write(u"j"_s, plainJob(u"j"_s, QJsonArray{u"customers"_s}));
    const auto dialog = open(u"j"_s);
    page(*dialog, 2);
    QTRY_COMPARE(tables(*dialog)->model()->rowCount(), 4);
    QVERIFY(pickTable(*dialog, u"customers"_s));
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
    QCOMPARE(table(*dialog, u"customers"_s).value("columns"_L1).toArray(),
             (QJsonArray{QJsonObject{{u"source"_s, u"phone"_s}, {u"compare"_s, false}},
                         QJsonObject{{u"source"_s, u"city"_s}, {u"write"_s, false}}}));
    press(3, 3);
    press(2, 4);
    QCOMPARE(dialog->draft().json().value("tables"_L1).toArray(), QJsonArray{u"customers"_s});
    // Left out by key alone, then by name again.
    columns->setFocus();
    columns->setCurrentIndex(columns->model()->index(1, 2));
    QTest::keyClick(columns, Qt::Key_F2);
    auto *target = columns->findChild<QComboBox *>(u"target"_s);
    QVERIFY(target);
    QTest::keyClick(target->lineEdit(), Qt::Key_A, Qt::ControlModifier);
    QTest::keyClicks(target->lineEdit(), u"Leave out"_s);
    QTest::keyClick(target->lineEdit(), Qt::Key_Return);
    QTRY_VERIFY(
        table(*dialog, u"customers"_s).value("columns"_L1).toArray().at(0).toObject().value("target"_L1).isNull());
    QVERIFY(columns->model()->index(1, 2).data().toString() == u"left out"_s);
    QTest::keyClick(dialog.get(), Qt::Key_Z, Qt::ControlModifier);
    press(1, 0); // the name joins the key
    QCOMPARE(table(*dialog, u"customers"_s).value("key"_L1).toArray(), (QJsonArray{u"id"_s, u"name"_s}));
    QVERIFY(person::click(*dialog, u"Key by the table"_s));
    QVERIFY(!table(*dialog, u"customers"_s).contains("key"_L1));
    QVERIFY(person::tick(*dialog, u"Only these columns"_s, true));
    QCOMPARE(table(*dialog, u"customers"_s).value("columns"_L1).toArray().size(), qsizetype(4));
    QVERIFY(person::tick(*dialog, u"Only these columns"_s, false));
    QCOMPARE(dialog->draft().json().value("tables"_L1).toArray(), QJsonArray{u"customers"_s});
}

void TestJobEditor::aFilterIsCountedWhileItIsWritten()
{
    write(u"j"_s, plainJob(u"j"_s, QJsonArray{u"customers"_s}));
    const auto dialog = open(u"j"_s);
    page(*dialog, 2);
    QTRY_COMPARE(tables(*dialog)->model()->rowCount(), 4);
    QVERIFY(pickTable(*dialog, u"customers"_s));
    auto *tabs = dialog->findChild<QTabWidget *>(u"tableTabs"_s);
    tabs->setCurrentIndex(1);
    auto *where = dialog->findChild<QPlainTextEdit *>(u"where.source"_s);
    auto *count = dialog->findChild<QLabel *>(u"where.source.count"_s);
    where->setFocus();
    QTest::keyClicks(where, u"id <= 3"_s);
    QTRY_COMPARE(count->text(), u"3 rows pass, of about 13."_s);
    QCOMPARE(table(*dialog, u"customers"_s).value("where"_L1).toString(), u"id <= 3"_s);
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

void TestJobEditor::detectionOfATableIsItsOwn()
{
    QJsonObject job = plainJob(u"j"_s, QJsonArray{u"orders"_s});
    job["mode"_L1] = u"update"_s;
    write(u"j"_s, job);
    const auto dialog = open(u"j"_s);
    page(*dialog, 2);
    QTRY_COMPARE(tables(*dialog)->model()->rowCount(), 4);
    QVERIFY(pickTable(*dialog, u"orders"_s));
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
    QCOMPARE(table(*dialog, u"orders"_s).value("detect"_L1).toObject(),
             (QJsonObject{{u"by"_s, u"timestamp"_s}, {u"column"_s, u"ordered_at"_s}, {u"lag"_s, u"30s"_s}}));
    QVERIFY(person::choose(*changes, u"detect.by"_s, u"As the job: Compare all rows"_s));
    QCOMPARE(dialog->draft().json().value("tables"_L1).toArray(), QJsonArray{u"orders"_s});
}

void TestJobEditor::theAdviserIsAskedAndFollowed()
{
    write(u"j"_s, plainJob(u"j"_s, QJsonArray{u"orders"_s}));
    const auto dialog = open(u"j"_s);
    page(*dialog, 2);
    QTRY_COMPARE(tables(*dialog)->model()->rowCount(), 4);
    QVERIFY(pickTable(*dialog, u"orders"_s));
    dialog->findChild<QTabWidget *>(u"tableTabs"_s)->setCurrentIndex(2);
    auto *advice = dialog->findChild<QAbstractItemView *>(u"advice"_s);
    QTRY_VERIFY_WITH_TIMEOUT(advice->model()->rowCount() > 1, 10'000);
    QVERIFY(person::shows(*dialog, u"Recommended"_s));
    auto *sql = dialog->findChild<QPlainTextEdit *>(u"adviceSql"_s);
    QVERIFY(!sql->toPlainText().isEmpty());
    QVERIFY(person::click(*dialog, u"Use this way"_s));
    QVERIFY(table(*dialog, u"orders"_s).contains("detect"_L1));
}

void TestJobEditor::rulesTakeWhatIsTyped_data()
{
    QTest::addColumn<QString>("field");
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QJsonValue>("value");
    QTest::addColumn<bool>("fits");
    const auto row = [](const char *field, const char *typed, const QJsonValue &value, bool fits) {
        QTest::addRow("%s: %s", field, typed)
            << QString::fromLatin1(field) << QString::fromLatin1(typed) << value << fits;
    };
    row("batch.rows", "100", 100, true);
    row("batch.rows", "0", 0, false);
    row("batch.rows", "1.5", u"1.5"_s, false);
    row("batch.rows", "all", u"all"_s, false);
    row("batch.bytes", "4MiB", u"4MiB"_s, true);
    row("batch.bytes", "4", u"4"_s, false);
    row("parallel", "64", 64, true);
    row("parallel", "65", 65, false);
    row("guard.rows", "0", 0, true);
    row("guard.rows", "-1", -1, false);
    row("guard.percent", "2.5", 2.5, true);
    row("guard.percent", "101", 101, false);
    row("compare.floatTolerance", "0.01", 0.01, true);
    row("compare.floatTolerance", "-1", -1, false);
    row("retry.attempts", "3", 3, true);
    row("retry.attempts", "many", u"many"_s, false);
    row("retry.delay", "500ms", u"500ms"_s, true);
    row("retry.delay", "soon", u"soon"_s, false);
    row("retry.factor", "1.5", 1.5, true);
    row("retry.factor", "0", 0, false);
    row("retry.maxDelay", "2m", u"2m"_s, true);
    row("retry.maxDelay", "2 minutes", u"2 minutes"_s, false);
}

void TestJobEditor::rulesTakeWhatIsTyped()
{
    QFETCH(QString, field);
    QFETCH(QString, typed);
    QFETCH(QJsonValue, value);
    QFETCH(bool, fits);
    const auto dialog = open(u"Till → Report copy"_s);
    page(*dialog, 3);
    QVERIFY(person::type(*dialog, field, typed));
    QCOMPARE(dialog->draft().value(JobDraft::job, field.split(u'.')), value);
    if (!fits) {
        QTRY_COMPARE(dialog->checks().problems().size(), qsizetype(1));
        QCOMPARE(dialog->checks().problems().first().field, field);
        QCOMPARE(dialog->checks().problems().first().page, EditorPage::Rules);
        QVERIFY(!person::button(*dialog, u"Save"_s)->isEnabled());
    }
    clear(*dialog, field);
    QTRY_VERIFY(dialog->checks().canSave());
    QVERIFY(dialog->draft().value(JobDraft::job, field.split(u'.')).isUndefined());
}

void TestJobEditor::aTableSaysOtherwiseThanTheJob()
{
    write(u"j"_s, plainJob(u"j"_s, QJsonArray{u"orders"_s}));
    const auto dialog = open(u"j"_s);
    page(*dialog, 3);
    QVERIFY(person::tick(*dialog, u"Trailing spaces count"_s, false));
    page(*dialog, 2);
    QTRY_COMPARE(tables(*dialog)->model()->rowCount(), 4);
    QVERIFY(pickTable(*dialog, u"orders"_s));
    auto *tabs = dialog->findChild<QTabWidget *>(u"tableTabs"_s);
    tabs->setCurrentIndex(3);
    QWidget *rules = tabs->widget(3);
    auto *spaces = rules->findChild<QComboBox *>(u"compare.trailingSpaces"_s);
    QCOMPARE(spaces->currentText(), u"As the job: No"_s);
    QVERIFY(person::choose(*rules, u"compare.trailingSpaces"_s, u"Yes"_s));
    QCOMPARE(table(*dialog, u"orders"_s).value("compare"_L1).toObject(), (QJsonObject{{u"trailingSpaces"_s, true}}));
    QVERIFY(person::choose(*rules, u"compare.trailingSpaces"_s, u"As the job: No"_s));
    QCOMPARE(dialog->draft().json().value("tables"_L1).toArray(), QJsonArray{u"orders"_s});
    QCOMPARE(rules->findChild<QLineEdit *>(u"guard.rows"_s)->placeholderText(), u"as the job: 1000"_s);
}

void TestJobEditor::whatWillBeCreatedIsShown()
{
    ConnectionSettings empty;
    empty.name = u"Empty"_s;
    empty.database = m_folder->filePath(u"empty.db"_s);
    person::elsewhere([&] {
        QFile(empty.database).open(QIODevice::WriteOnly);
        QVERIFY(m_desk->workspace().saveConnection(empty));
    });
    QJsonObject job = plainJob(u"j"_s, u"*"_s);
    job["target"_L1] = u"Empty"_s;
    write(u"j"_s, job);
    const auto dialog = open(u"j"_s);
    // Nothing matches yet: the problem stands on the tables' page.
    QTRY_COMPARE_WITH_TIMEOUT(dialog->checks().problems().size(), qsizetype(1), 10'000);
    QCOMPARE(dialog->checks().problems().first().page, EditorPage::Tables);
    page(*dialog, 2);
    QTRY_VERIFY(person::shows(*dialog, u"4 not at the target"_s));
    QVERIFY(person::tick(*dialog, u"Create tables missing at the target"_s, true));
    QTRY_VERIFY_WITH_TIMEOUT(dialog->checks().remarks().size() >= 5, 10'000);
    page(*dialog, 4);
    auto *remarks = dialog->findChild<QTableView *>(u"remarks"_s);
    const QAbstractItemModelTester tester(remarks->model());
    auto *detail = dialog->findChild<QPlainTextEdit *>(u"remarkDetail"_s);
    int creates = 0;
    for (int row = 0; row < remarks->model()->rowCount(); ++row) {
        QTest::mouseClick(remarks->viewport(), Qt::LeftButton, {},
                          remarks->visualRect(remarks->model()->index(row, 1)).center());
        if (!detail->toPlainText().startsWith(u"CREATE TABLE"_s))
            continue;
        ++creates;
        QVERIFY(person::click(*dialog, u"Copy the SQL"_s));
        QCOMPARE(QApplication::clipboard()->text(), detail->toPlainText());
    }
    QVERIFY(creates >= 5); // and Tidemark's own
}

void TestJobEditor::theTypesAreRehearsed()
{
    const auto dialog = open(u"Till → Report copy"_s);
    settle(*dialog);
    page(*dialog, 4);
    QVERIFY(person::click(*dialog, u"Try the values"_s));
    QTRY_VERIFY_WITH_TIMEOUT(person::shows(*dialog, u"Tried:"_s), 20'000);
    QVERIFY(person::button(*dialog, u"Try the values"_s));
}

void TestJobEditor::unsavedChangesAreAskedAbout()
{
    const auto dialog = open(u"Till → Report copy"_s);
    QVERIFY(person::type(*dialog, u"description"_s, u"x"_s));
    QTest::keyClick(dialog.get(), Qt::Key_Escape);
    QPointer<QMessageBox> box = dialog->findChild<QMessageBox *>(u"unsavedBox"_s);
    QVERIFY(box && dialog->isVisible());
    QVERIFY(person::click(*box, u"Keep editing"_s));
    QVERIFY(dialog->isVisible());
    QCOMPARE(dialog->findChild<QLineEdit *>(u"description"_s)->text(), u"x"_s);
    QTRY_VERIFY(!box);
    QTest::keyClick(dialog.get(), Qt::Key_Escape);
    box = dialog->findChild<QMessageBox *>(u"unsavedBox"_s);
    QVERIFY(box && person::click(*box, u"Discard"_s));
    QTRY_VERIFY(!dialog->isVisible());
}

void TestJobEditor::anotherProgramsChangeIsNotOverwritten()
{
    write(u"j"_s, plainJob(u"j"_s, u"*"_s));
    const auto dialog = open(u"j"_s);
    QSignalSpy saved(dialog.get(), &JobDialog::saved);
    QJsonObject theirs = plainJob(u"j"_s, u"*"_s);
    theirs["parallel"_L1] = 7;
    write(u"j"_s, theirs);
    QVERIFY(person::type(*dialog, u"description"_s, u"mine"_s));
    QTRY_VERIFY(person::button(*dialog, u"Save"_s)->isEnabled());
    QTest::keyClick(dialog.get(), Qt::Key_S, Qt::ControlModifier);
    QTRY_VERIFY(dialog->findChild<QMessageBox *>(u"changedBox"_s));
    QVERIFY(saved.isEmpty());
    QVERIFY(person::click(*dialog->findChild<QMessageBox *>(u"changedBox"_s), u"Save as a copy"_s));
    QVERIFY(saved.wait());
    QCOMPARE(saved.first().first().toString(), u"j (copy)"_s);
    person::elsewhere([this] {
        QCOMPARE(m_desk->workspace().job(u"j"_s)->parallel, 7);
        QCOMPARE(m_desk->workspace().job(u"j (copy)"_s)->description, u"mine"_s);
    });
}

void TestJobEditor::aSideThatIsLostLosesNothing()
{
    const auto dialog = open(u"Till → Report copy"_s);
    settle(*dialog);
    const QString file = m_folder->filePath(u"samples/report.db"_s);
    person::elsewhere([&] { QVERIFY(QFile::rename(file, file + u".away"_s)); });
    QVERIFY(person::click(*dialog, u"Add and update"_s));
    QTRY_VERIFY_WITH_TIMEOUT(dialog->checks().state() == EditorChecks::State::Unreachable, 10'000);
    auto *again = dialog->findChild<QPushButton *>(u"noticeButton"_s);
    QVERIFY(again->isVisible());
    page(*dialog, 2);
    QCOMPARE(tables(*dialog)->model()->rowCount(), 4); // as they were read
    QVERIFY(person::button(*dialog, u"Save"_s)->isEnabled());
    person::elsewhere([&] { QVERIFY(QFile::rename(file + u".away"_s, file)); });
    QVERIFY(person::click(again));
    QTRY_VERIFY_WITH_TIMEOUT(dialog->checks().state() == EditorChecks::State::Checked, 10'000);
    QVERIFY(!again->isVisible());
    QCOMPARE(dialog->draft().json().value("mode"_L1).toString(), u"update"_s);
}

void TestJobEditor::aFileThatIsNoJobIsSaid()
{
    person::elsewhere([this] {
        QFile file(m_desk->workspace().jobFile(u"broken"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("{\"tidemark\": 1, \"name\": ");
    });
    const auto dialog = open(u"broken"_s);
    QVERIFY(dialog->findChild<QPushButton *>(u"noticeButton"_s)->isVisible());
    QVERIFY(!person::button(*dialog, u"Save"_s)->isEnabled());
    QTest::keyClick(dialog.get(), Qt::Key_Escape);
    QVERIFY(!dialog->isVisible());
}

void TestJobEditor::aFileIsSavedAsItWas()
{
    const QJsonObject job = QJsonDocument::fromJson(R"({
      "tidemark": 1, "id": "6f1c0e0a-0000-4000-8000-000000000000", "name": "all keys", "description": "d",
      "enabled": true, "source": "Till", "target": "Report copy", "mode": "mirror", "create": false,
      "checkpoint": "target", "detect": {"by": "timestamp", "column": "ordered_at", "lag": "30s"},
      "deletes": "propagate", "keyCompare": "1d", "guard": {"rows": 1000, "percent": 10},
      "conflicts": {"policy": "source"},
      "compare": {"case": true, "trailingSpaces": true, "floatTolerance": 0, "timePrecision": "auto",
                  "emptyIsNull": false, "json": "canonical"},
      "tables": [{"source": "orders", "target": "orders", "key": ["id"],
                  "columns": [{"source": "status", "target": null},
                              {"source": "ordered_at", "compare": true, "write": true, "rule": null, "zone": null,
                               "zeroDate": "refuse", "mask": null}],
                  "columnsOnly": false, "where": {"source": "id > 0", "target": "id > 0"}, "detect": {"by": "hash"},
                  "leftFilter": "keep", "onBadRow": "skip", "allowNonTransactional": false, "keep": "cells"}],
      "batch": {"rows": 5000, "bytes": "8MiB"}, "transaction": "batch", "parallel": 2,
      "retry": {"attempts": 5, "delay": "1s", "factor": 2, "maxDelay": "60s"},
      "throttle": {"rows": null, "bytes": null}, "undo": {"days": 30, "bytes": "1GiB"}, "schedule": null})")
                                .object();
    QVERIFY(!job.isEmpty());
    write(u"all keys"_s, job);
    const auto dialog = open(u"all keys"_s);
    QSignalSpy saved(dialog.get(), &JobDialog::saved);
    for (int number = 1; number <= 4; ++number)
        page(*dialog, number);
    settle(*dialog);
    QCOMPARE(dialog->draft().json(), job);
    QVERIFY(!dialog->isWindowModified());
    QTRY_VERIFY(person::button(*dialog, u"Save"_s)->isEnabled());
    QVERIFY(person::click(*dialog, u"Save"_s));
    QVERIFY(saved.wait());
    person::elsewhere([&] { QCOMPARE(readJsonFile(m_desk->workspace().jobFile(u"all keys"_s)).value(), job); });
}

void TestJobEditor::everyControlHasAName()
{
    write(u"j"_s, plainJob(u"j"_s, QJsonArray{u"orders"_s}));
    const auto dialog = open(u"j"_s);
    for (int number = 1; number <= 4; ++number) {
        page(*dialog, number);
        const QList<QWidget *> widgets = dialog->findChildren<QWidget *>();
        for (const QWidget *widget : widgets) {
            if (widget->focusPolicy() == Qt::NoFocus || !widget->isVisible() || widget->inherits("QLineEdit"))
                continue;
            const auto *button = qobject_cast<const QAbstractButton *>(widget);
            const bool named = !widget->accessibleName().isEmpty() || (button && !button->text().isEmpty());
            const bool isPart = widget->inherits("QHeaderView") || widget->inherits("QScrollArea")
                || widget->inherits("QTabBar") || widget->inherits("QTabWidget") || widget->inherits("QSplitterHandle");
            QVERIFY2(named || isPart,
                     qPrintable(QString::fromLatin1(widget->metaObject()->className()) + u' ' + widget->objectName()));
        }
    }
}

QTEST_MAIN(TestJobEditor)
#include "tst_jobeditor.moc"
